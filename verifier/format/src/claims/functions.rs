//! Claims about functions on R^d, and about the loss.

use serde::{Deserialize, Serialize};

use crate::number::StatedRational;

/// R(Γ) = R(Θ) on all of R^d, or on a box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EqualClaim {
    /// The box, one pair lower < upper an input.
    #[serde(rename = "box", default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Vec<(StatedRational, StatedRational)>>,
}

/// R(Γ)(x) ≠ R(Θ)(x) at the point of the `differ` step, which lies in the box if there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DifferClaim {
    /// The box, one pair lower < upper an input.
    #[serde(rename = "box", default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Vec<(StatedRational, StatedRational)>>,
}

/// lower ≤ |f|_{W^{1,∞}} ≤ upper for the difference f (R(Θ) − R(Γ), or R(Γ) without Θ); at least one is present, 0 ≤ lower ≤ upper,
/// and the seminorm is known exactly iff they are equal. An at-least step shows the lower end; the upper end needs at-most steps with
/// bound ≤ upper that cover every entry and both signs (one without a target covers all). An entry with a sign needs no step if ±M + ½ Σ |v_H| ≤ upper,
/// with M and v_H as said at [`Members`](super::super::Members). Where the difference is not affine, a step for the sign of an entry's M (for either
/// sign, if M = 0) covers the other sign too: Σ ε_H v_H changes its sign as x becomes −x.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeminormClaim {
    /// The lower end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower: Option<StatedRational>,
    /// The upper end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<StatedRational>,
}

/// The jump norm of the difference is `value`: max_H ‖κ_H‖_∞·‖n_H‖_∞; where there are biases, with n_H in the original variables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JumpNormClaim {
    /// J.
    pub value: StatedRational,
}

/// max over the closed box and the outputs of |f| is `value`, for the difference f (R(Θ) − R(Γ), or R(Γ) without Θ). It rests on a `sup-norm` step, or on
/// `height` steps: one where the value is reached, and for every output and its negative one that it is at most that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupNormClaim {
    /// The box, one pair lower < upper an input.
    #[serde(rename = "box")]
    pub domain: Vec<(StatedRational, StatedRational)>,
    /// The sup norm.
    pub value: StatedRational,
}

/// The mean of ‖R(Γ)(x) − y‖² over the samples is `loss`, and every network Φ of Γ's shape with ‖Φ − Γ‖_∞ ≤ `radius` has at least this loss: Γ is
/// a local minimum with this radius (7), (9). All weights of Γ are rational, and there is no Θ. It rests on a `local-minimum` step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalMinimumClaim {
    /// The samples, at least one.
    pub samples: Vec<Sample>,
    /// The loss of Γ.
    pub loss: StatedRational,
    /// The radius, at least 0.
    pub radius: StatedRational,
}

/// An input and its label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// d numbers.
    pub x: Vec<StatedRational>,
    /// D numbers.
    pub y: Vec<StatedRational>,
}
