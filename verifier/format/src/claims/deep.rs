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
        /// R(Γ) = R(Θ) on all of R^d, or on a box. Facts: `same` of Γ and Θ; or, on a box, `tree` with the height 0.
        Equal(DeepEqual) = "deep-equal",
        /// R(Γ) ≠ R(Θ), in a box if there is one. Facts: `differ`.
        Differ(DeepDiffer) = "deep-differ",
        /// R(Φ) = R(Θ), and ‖Φ − Γ‖_∞ is the distance. Facts: `same` of Φ and Θ. The verifier computes the distance.
        Reparametrization(DeepReparametrization) = "deep-reparametrization",
        /// Γ is locally identifiable. Facts: `rank` of Γ as stated, and the claim's rank is P − h.
        Identifiable(DeepIdentifiable) = "deep-identifiable",
        /// Γ and Θ are this near each other on a box. Facts: `near`, or `tree` with the height of the bound.
        Within(DeepWithin) = "deep-within",
        /// Bounds of the largest |f| on a box, where f is R(Θ) − R(Γ), or R(Γ) without Θ. Facts: `peak` with the lower end, `tree` with the height of the upper end.
        SupNorm(DeepSupNorm) = "deep-sup-norm",
        /// Bounds of the largest absolute entry of the Jacobian of the same f on a box. Facts: `slope` with the lower end, `tree` with the slope of the upper end.
        Seminorm(DeepSeminorm) = "deep-seminorm",
        /// The number of Γ's regions in a box, or a lower bound. Facts: `tree` of so many regions, with all of them if the number is exact.
        Regions(DeepRegions) = "deep-regions",
    }
}

/// R(Γ) = R(Θ) on all of R^d, or on a box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepEqual {
    /// The box, one pair lower < upper an input.
    #[serde(rename = "box", default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Vec<(StatedRational, StatedRational)>>,
}

/// R(Γ)(x) ≠ R(Θ)(x) at the point of the `differ` step, which lies in the box if there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepDiffer {
    /// The box, one pair lower < upper an input.
    #[serde(rename = "box", default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Vec<(StatedRational, StatedRational)>>,
}

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

/// lower ≤ max over the closed box and the outputs of |f| ≤ upper; known exactly iff they are equal. f is R(Θ) − R(Γ), or R(Γ) without Θ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepSupNorm {
    /// The box, one pair lower < upper an input.
    #[serde(rename = "box")]
    pub domain: Vec<(StatedRational, StatedRational)>,
    /// The lower end.
    pub lower: StatedRational,
    /// The upper end.
    pub upper: StatedRational,
}

/// lower ≤ the largest absolute entry of the Jacobian of f on the box, wherever there is one, ≤ upper; known exactly iff they are equal. f as for [`DeepSupNorm`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepSeminorm {
    /// The box, one pair lower < upper an input.
    #[serde(rename = "box")]
    pub domain: Vec<(StatedRational, StatedRational)>,
    /// The lower end.
    pub lower: StatedRational,
    /// The upper end.
    pub upper: StatedRational,
}

/// Γ has exactly, or at least, so many regions in the box: sets of hidden neurons that are positive, all others not, on a part of the box with interior points. (On each the
/// function is affine. A neuron whose pre-activation is 0 all over such a part is not positive.)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepRegions {
    /// The box, one pair lower < upper an input.
    #[serde(rename = "box")]
    pub domain: Vec<(StatedRational, StatedRational)>,
    /// How many.
    pub regions: usize,
    /// Whether there are no more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exact: bool,
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
