//! Linear dependences: they show that no point has certain signs.

use serde::{Deserialize, Serialize};

use crate::number::StatedRational;

/// Σ μ_H n_H = 0: pairs (hyperplane H, μ_H), H increasing, μ_H ≠ 0, not empty.
pub type Circuit = Vec<(usize, StatedRational)>;

/// Linear dependences, numbered on from those of earlier `circuits` steps. In `arrangement` claims they are among the hyperplanes
/// of the arrangement: Σ μ_i a_i = 0, where a_i is the row (with biases a_i followed by b_i) without its square root, i the lowest
/// index of its class of parallel rows, and with a domain number m + k is its row k. In other claims they are among the hyperplanes
/// of the difference. Each must be so, also where no later step uses it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circuits {
    /// The dependences.
    pub circuits: Vec<Circuit>,
}
