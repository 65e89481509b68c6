//! Inverse stability: Theorems 3.1 and 3.3, constructively, Lemma A.6, and the certificates of what they build.

mod certify;
mod distance;
mod lift;
mod matching;
mod moves;
mod pair;
mod reached;
mod refined31;
mod rewriting;
mod theorem31;
mod theorem33;

pub(crate) use certify::reached;
pub use certify::{certificate, refined_certificate, star_certificate, violation_certificate};
pub use distance::{Distance, distance, distance_to_line};
pub use lift::{is_lift, lift, lift_certificate, published_lift, restricted};
pub use matching::{Matching, match_neurons};
pub use pair::{NotShallow, Pair};
pub use refined31::{Refined31, RefinedConstruction, refined31};
pub use rewriting::Rewriting;
pub use theorem31::{
    BoundValues, Construction, FacetWitness, Failure, Hypotheses, Measured, NeuronCase, Options,
    StabilityError, Theorem31, theorem31, theorem31_flipped,
};
pub use theorem33::{StarBoundValues, StarCase, StarConstruction, Theorem33, theorem33};
