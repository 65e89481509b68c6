//! Statements for all k: networks whose entries are functions of a parameter k = 1, 2, 3, …
//!
//! The algorithms run over the ordered field Q(k) at one [`Place`], for large k or just below an integer, and find there the structure of a
//! proof: kinks, regions, the entry that is attained, bindings. Every sign the proof depends on is remembered (`sketch`), and then proved for a
//! range of k as long as possible (`sections`). The verifier sees the same signs itself.

mod cost;
mod describe;
mod difference;
mod examples;
mod expression;
mod feasible;
mod moving;
mod nearest;
mod need;
mod network;
mod norms;
mod placing;
mod polynomial;
mod prove;
mod quotient;
mod scalar;
mod sections;
mod signs;
mod sketch;
mod text;
mod unproved;

pub use describe::{
    Degeneracies, FamilyForm, FamilyKink, canonical, degeneracies, fingerprint, regions,
};
pub use difference::{Difference, Kink};
pub use examples::{EXAMPLES, Example};
pub use expression::Expression;
pub use need::Need;
pub use network::{Family, Neuron};
pub use polynomial::{Place, Polynomial, Signs};
pub use prove::{
    Question, prove_distance, prove_distance_with, prove_equal, prove_equal_with, prove_jump,
    prove_jump_with, prove_nearest, prove_reparametrization, prove_separated,
};
pub use quotient::Quotient;
pub use sections::{Part, Proved, real_from};
pub use sketch::Draft;
pub use text::parse;
pub use unproved::{Contradiction, Misfit, Obstacle, TooMany, Unproved};
