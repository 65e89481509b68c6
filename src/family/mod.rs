//! Statements for all k: networks whose entries are functions of a parameter k = 1, 2, 3, …
//!
//! The algorithms run over the ordered field Q(k) at one [`Place`], for large k or just below an integer, and find there the structure of a
//! proof: kinks, regions, the entry that is attained, bindings. Every sign the proof depends on is remembered (`sketch`), and then proved for a
//! range of k as long as possible (`sections`). The verifier sees the same signs itself.

mod boxed;
mod choices;
mod construction;
mod cost;
mod describe;
mod difference;
mod domain;
mod evaluate;
mod examples;
mod expression;
mod fingerprint;
mod hypotheses;
mod instances;
mod lift;
mod linear;
mod local_minimum;
mod moving;
mod nearest;
mod need;
mod network;
mod norms;
mod parametrizations;
mod polynomial;
mod prove;
mod quotient;
mod refine;
mod regions;
mod scalar;
mod sections;
mod signs;
mod sketch;
mod star;
mod sums;
mod text;
mod theorems;
mod turned;
mod unproved;
mod wedge;

pub use boxed::{prove_equal_on, prove_sup_norm};
pub use construction::NeuronCaseForAllK;
pub use describe::{Degeneracies, canonical, degeneracies};
pub use difference::{Difference, Kink};
pub use evaluate::{Values, values};
pub use examples::{EXAMPLES, Example};
pub use expression::Expression;
pub use fingerprint::fingerprint;
pub use hypotheses::{MissingForAllK, NotInNStar};
pub use instances::Sections;
pub use lift::{Lift, lift_for_all, prove_lift};
pub use local_minimum::{Labelled, prove_local_minimum};
pub use need::Need;
pub use network::{Family, Neuron};
pub use parametrizations::{
    Smaller, flips_for_all, one_for_all, prove_flips, prove_minimal, smaller_for_all,
};
pub use polynomial::{Place, Polynomial, Signs};
pub use prove::{
    Question, prove_distance, prove_distance_with, prove_equal, prove_equal_with, prove_jump,
    prove_jump_with, prove_nearest, prove_regions, prove_reparametrization, prove_separated,
};
pub use quotient::Quotient;
pub use regions::{FamilyRegion, FamilyRegions, count_regions, list_regions};
pub use sections::{Part, Proved, real_from};
pub use sketch::Draft;
pub use star::{InNStar, nearest_in_n_star, prove_nearest_in_n_star};
pub use text::parse;
pub use theorems::{ConstructionForAllK, TheoremForAllK, TheoremQuestion, TheoremSection, theorem};
pub use unproved::{Contradiction, Misfit, Obstacle, TooMany, Unproved};
