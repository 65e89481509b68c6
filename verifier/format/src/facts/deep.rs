//! Steps of claims about networks of any depth. Each of the statement's networks has a *current* form, which starts as stated; a step rewrites that
//! of one of
//! them without changing its function, or compares two of them. A rewriting speaks of the neurons of one layer, never the last one, which are rows
//! of its
//! weights (with biases) and columns of the next layer's weights.

use serde::{Deserialize, Serialize};

use super::cells::{DeepMore, DeepPeak, DeepSlope, DeepTree};
use super::condition::Side;
use super::equal::Differ;
use super::near::DeepNear;
use super::rank::RankFact;
use crate::deep::Row;

kinds! {
    /// One step of a proof about networks of any depth.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    DeepStep {
        /// The neurons of a layer are put in another order.
        Permute(DeepPermute) = "permute",
        /// The neurons of a layer are rescaled.
        Scale(DeepScale) = "scale",
        /// Neurons of a layer that have one value, or that nothing reads, are left out.
        Drop(DeepDrop) = "drop",
        /// Neurons of a layer that are positive multiples of others are left out.
        Merge(DeepMerge) = "merge",
        /// A layer without neurons is left out, with all before it.
        Shorten(DeepShorten) = "shorten",
        /// Two current networks are the same, number by number.
        Same(DeepSame) = "same",
        /// R(Γ)(x) = `gamma` and R(Θ)(x) = `theta`, which are not the same.
        Differ(Differ) = "differ",
        /// What holds in all parts of the claim's box, by a tree whose splits are neurons.
        Tree(DeepTree) = "tree",
        /// More of the tree that the step before left incomplete.
        More(DeepMore) = "more",
        /// |f| has the value at a point of the claim's box.
        Peak(DeepPeak) = "peak",
        /// An entry of the Jacobian of f has the absolute value at a point inside the claim's box.
        Slope(DeepSlope) = "slope",
        /// The rank of the derivative of what Γ's parameters are mapped to is full; before any rewriting of Γ.
        Rank(RankFact) = "rank",
        /// Γ and Θ are near each other on the claim's box.
        Near(DeepNear) = "near",
    }
}

/// New neuron i is old neuron `order[i]`; `order` is a permutation of all neurons of the layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepPermute {
    /// Whose neurons.
    pub of: Side,
    /// Of which layer.
    pub layer: usize,
    /// The permutation.
    pub order: Vec<usize>,
}

/// The row of neuron i, with its bias, is multiplied by factor i, and its column in the next layer divided by it: ρ(λt) = λρ(t). All factors are
/// positive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepScale {
    /// Whose neurons.
    pub of: Side,
    /// Of which layer.
    pub layer: usize,
    /// One factor a neuron.
    pub factors: Row,
}

/// These neurons are left out. Each has a column of zeros in the next layer; or weights that are all 0, and then its column times ρ(bias) is added
/// to the next
/// layer's biases; or, in a layer that is not the first one, weights and a bias that are all at most 0: as what it reads is nowhere negative, it is
/// 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepDrop {
    /// Whose neurons.
    pub of: Side,
    /// Of which layer.
    pub layer: usize,
    /// Which neurons, increasing; at least one.
    pub neurons: Vec<usize>,
}

/// For each pair [i, j] the row of neuron i, with its bias, is λ > 0 times that of neuron j, which is not 0: λ times column i is added to column j,
/// and neuron i is
/// left out. No j is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepMerge {
    /// Whose neurons.
    pub of: Side,
    /// Of which layer.
    pub layer: usize,
    /// Pairs [i, j], increasing in i; at least one.
    pub pairs: Vec<[usize; 2]>,
}

/// The layer has no neurons (any more): what comes after it does not depend on the input. The next layer becomes the first one: its biases stay, its
/// weights
/// are 0, as many columns as there are inputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepShorten {
    /// Whose layers.
    pub of: Side,
    /// Which one has no neurons.
    pub layer: usize,
}

/// Both current networks have the same widths and numbers, and so both networks of the statement have the same function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepSame {
    /// One network.
    pub one: Side,
    /// Another one.
    pub other: Side,
}
