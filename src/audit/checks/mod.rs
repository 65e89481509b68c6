//! Exact computations that audit entries rest on where no certificate is needed or none exists: each recomputes both sides of its claim.

mod errors;
mod examples;
mod found;
mod functions;
mod networks;
mod table;

pub use examples::ExampleA1;
pub use found::{Found, SEED};
pub use table::Check;
