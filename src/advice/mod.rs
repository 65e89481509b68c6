//! Where to look, proposed in machine floats: index sets and sides, never numbers.
//!
//! Exact linear programs on the weights of trained networks take most of a second; the same program in floats takes microseconds, and what it is
//! asked for is small: *which* hyperplanes depend on each other, *on which sides* of them a point might lie. Whoever asks establishes the answer
//! in exact arithmetic, or drops it. So a float decides how long a search takes, and never what it answers. Nothing here answers a float, and no
//! other room has any.
//!
//! All operations are IEEE 754's own (sum, product, quotient, square root, comparison) in a fixed order: proposals are the same on every machine.

mod advisor;
mod circuits;
mod exact;
mod floats;
mod peaks;
mod prices;
mod rays;
mod rows;

pub(crate) use advisor::Asked;
pub use advisor::{Advice, Advisor, Corner, Guide, Proposal, Question, Ray, Wanted};
pub use circuits::FloatAdvisor;
pub use exact::Exact;
pub use floats::Floats;
