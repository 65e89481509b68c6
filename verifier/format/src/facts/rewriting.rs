//! Rewriting the current network without changing its function.

use serde::{Deserialize, Serialize};

use crate::number::Surd;

/// Neurons are replaced by neurons that make the same function: the canonical form of Σ over `replaces` less Σ over the new ones is 0.
///
/// The first new neurons stand in the places of `replaces`, in order; more of them follow after the last neuron, and places that are left over are
/// removed. Where claims speak of R^d and networks have biases (see [`Claim`](crate::Claim)), the canonical form is the affine one, its constant
/// is added to the output bias e, and e itself, the last neuron, is not replaced and stays the last one. At least one neuron stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rewrite {
    /// Indices of current neurons, increasing.
    pub replaces: Vec<usize>,
    /// Inner weights of the new neurons, one row each, of a length with biases where networks are homogenised.
    pub a: Vec<Vec<Surd>>,
    /// Outer weights of the new neurons, as many rows.
    pub c: Vec<Vec<Surd>>,
    /// What the producer calls it, for the reader: nothing is checked of this word.
    pub why: Why,
}

/// The producer's word for a rewriting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// A neuron that contributes nothing (a = 0 or c = 0) becomes zero.
    Kill,
    /// (43)/(87): neurons with positively parallel a become one, the others zero.
    Merge,
    /// a ← λ·a, c ← c/λ.
    Scale,
    /// Inner weights times √t, outer weights divided by it.
    Radical,
    /// A rescaling by a sum of square roots.
    Stretch,
    /// The a of neurons with Σ c_i a_iᵀ = 0 change their sign.
    Flip,
    /// A neuron and a zero one share its outer weights.
    Split,
    /// A zero neuron gets weights that do not contribute.
    Revive,
    /// A constant neuron goes into the output bias.
    Fold,
    /// Zero neurons are added or removed.
    Resize,
}

/// New neuron i is old neuron `order[i]`; `order` is a permutation of all indices (59).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Permute {
    /// The permutation π.
    pub order: Vec<usize>,
}
