//! Inverse stability: what Theorems 3.1 and 3.3 say about a pair of networks, constructively, Lemma A.6, and the certificates of what
//! they build. Which theorem is asked, [`crate::reparametrize`] decides.

mod analysis;
mod cases;
mod certify;
mod distance;
mod error;
mod facets;
mod lift;
mod matching;
mod measured;
mod missing;
mod pair;
mod reached;
mod refined31;
mod reshaping;
mod rewriting;
mod theorem31;
mod theorem33;

pub use analysis::{
    Analysis, Bound, BoundName, Case, Construction, FacetWitness, NeuronCase, Theorem,
};
pub(crate) use cases::{Taking, main_case, star_case};
pub(crate) use certify::{reached, violation_certificate, write_certificate};
pub use distance::{Distance, distance, distance_to_line};
pub(crate) use error::check_one_output;
pub use error::{Contradiction, StabilityError};
pub use lift::{is_lift, lift, lift_certificate, published_lift, restricted};
pub(crate) use lift::{lifted, published};
pub use matching::{Matching, match_neurons};
pub use measured::Measured;
pub use missing::{Missing, Violation};
pub use pair::{NotShallow, Pair, PairError};
pub(crate) use refined31::refined31;
pub use rewriting::Rewriting;
pub(crate) use theorem31::{theorem31, theorem31_flipped};
pub(crate) use theorem33::theorem33;
