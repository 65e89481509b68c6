//! The nearest parametrization of a function to a given network, exactly (N5).
//!
//! With as many kinks as neurons every parametrization is a permutation, positive rescaling and flip of one of them (N3). So the distance is
//! the least, over the flip sets, of a bottleneck assignment of neurons to the places of Γ, whose pair costs are rationals or quadratic
//! surds. Below it there is a Hall violator: neurons that all lie too far from all but fewer places. With fewer kinks than
//! neurons the answer is an interval.

mod answer;
mod bottleneck;
mod build;
mod certify;
mod copy;
mod doubles;
mod enclosed;
mod entry;
mod fixed_point;
mod flipped;
mod layer;
mod matching;
mod metric;
mod pair_bounds;
mod pair_cost;
mod problem;
mod quadratic;
mod rewritten;
mod scaling;
mod search;
mod source;
mod split;
mod words;

pub use answer::{
    Answer, Contradiction, FlippedReason, Gap, Lower, Nearest, NearestError, Options,
};
pub use bottleneck::HallEvidence;
pub use build::{Construction, Weights};
pub use certify::certificate;
pub(crate) use entry::{Entry, Meeting};
pub(crate) use layer::{place, rows_apart};
pub use matching::Violator;
pub(crate) use matching::{Bottleneck, bottleneck};
pub use pair_cost::{Constraints, PairCost};
pub use quadratic::Quadratic;
pub use search::nearest;
