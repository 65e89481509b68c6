//! What networks of any depth do on a box, exactly: trees whose splits are neurons. Where the signs of all neurons before are known a neuron's pre-activation is affine;
//! corners of the part decide it, or the part is split by its sign, or halved.
//!
//! Bounds of values and slopes where neurons are undecided are affine in more coordinates (a zonotope); what decided neurons add to them is a linear program, with
//! advice in floats that is established exactly. The rules of the trees are those of [`DeepTree`](crate::certificate::DeepTree).

mod answer;
mod ask;
mod cell;
mod certify;
mod count;
mod forms;
mod look;
mod loose;
mod place;
mod search;
mod seen;
mod tree;

pub use answer::{Bracket, CellCount, CellLimits, CellRegion, Open};
pub use ask::Difference;
pub(super) use certify::sides;
