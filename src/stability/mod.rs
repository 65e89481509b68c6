//! Inverse stability: Theorem 3.1, constructively, and the certificates of what it builds.

mod certify;
mod distance;
mod matching;
mod moves;
mod pair;
mod rewriting;
mod theorem31;

pub use certify::{certificate, violation_certificate};
pub use distance::{Distance, distance, distance_to_line};
pub use matching::{Matching, match_neurons};
pub use pair::{NotShallow, Pair};
pub use rewriting::Rewriting;
pub use theorem31::{
    BoundValues, Construction, Failure, Hypotheses, NeuronCase, Options, StabilityError, Theorem31,
    theorem31,
};
