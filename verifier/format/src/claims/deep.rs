//! Claims about networks of any depth.

use serde::{Deserialize, Serialize};

use crate::number::StatedRational;

kinds! {
    /// What a certificate shows of networks of any depth. A [`Claim`](super::Claim) speaks of shallow networks, and of theirs alone; these speak of
    /// shallow ones
    /// too, with their weights as layers.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    DeepClaim {
        /// R(Γ) = R(Θ) on all of R^d. Facts: `same` of Γ and Θ.
        Equal(DeepEqual) = "deep-equal",
        /// R(Γ) ≠ R(Θ). Facts: `differ`.
        Differ(DeepDiffer) = "deep-differ",
        /// R(Φ) = R(Θ), and ‖Φ − Γ‖_∞ is the distance. Facts: `same` of Φ and Θ. The verifier computes the distance.
        Reparametrization(DeepReparametrization) = "deep-reparametrization",
        /// Γ is locally identifiable. Facts: `rank` of Γ as stated, and the claim's rank is P − h.
        Identifiable(DeepIdentifiable) = "deep-identifiable",
        /// Γ and Θ are this near each other on a box. Facts: `near`.
        Within(DeepWithin) = "deep-within",
    }
}

/// R(Γ) = R(Θ) on all of R^d.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepEqual {}

/// R(Γ)(x) ≠ R(Θ)(x) at the point of the `differ` step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepDiffer {}

/// R(Φ) = R(Θ); Φ has as many layers as Γ, of the same widths, and the largest absolute entry of Φ − Γ, over all weights and biases of all layers,
/// is this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepReparametrization {
    /// ‖Φ − Γ‖_∞.
    pub distance: StatedRational,
}

/// What [`IdentifiableClaim`](super::IdentifiableClaim) says, of a network of any depth; its biases count among the parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepIdentifiable {
    /// P − h.
    pub rank: usize,
}

/// |R(Θ)(x) − R(Γ)(x)| ≤ `bound` at every x of the closed box, in every output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepWithin {
    /// The box, one pair lower < upper an input.
    #[serde(rename = "box")]
    pub domain: Vec<(StatedRational, StatedRational)>,
    /// How far apart they are at most.
    pub bound: StatedRational,
}
