//! The claims of Theorems 3.1 and 3.3, of Lemma A.6, and of a violated hypothesis.

use serde::{Deserialize, Serialize};

use crate::facts::{ConditionName, Form, Side, Violation};
use crate::number::{StatedRational, Surd};

/// A proved bracket lower ≤ r ≤ upper of the seminorm r = |g − R(Γ)|_{W^{1,∞}}; exact iff both agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeminormBracket {
    /// Attained at a point of the certificate.
    pub lower: StatedRational,
    /// Shown by region trees of the certificate: every entry and both signs, as for [`SeminormClaim`](super::SeminormClaim).
    pub upper: StatedRational,
}

/// R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = `distance` ≤ `bound`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reparametrization {
    /// ‖Φ − Γ‖_∞, exactly.
    pub distance: Surd,
    /// A number the distance does not exceed.
    pub bound: Surd,
}

/// The bounds on ‖Φ − Γ‖_∞ that a certificate of Theorem 3.1 or 3.3 proves for its Φ. At least one is present.
///
/// With r exact, `paper` and `sharp` are expressions in r, and `jump` is one in J. With r only bracketed, `paper` and `sharp` are the same
/// expressions at the bracket's lower end (and the least β there), so they hold for the true r too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// β + 2√r (31)/(35); in Theorem 3.3 4√r (37).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Surd>,
    /// β + √2·√r (D04); in Theorem 3.3 2√2·√r (N7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sharp: Option<Surd>,
    /// β_J + √J (N10); in Theorem 3.3 2√J (N7 and N10), at most the sharp one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jump: Option<Surd>,
}

impl Bounds {
    /// All three, in this order.
    pub fn all(&self) -> [Option<&Surd>; 3] {
        [&self.paper, &self.sharp, &self.jump].map(Option::as_ref)
    }
}

/// Theorem 3.1 for Γ and g = R(Θ): C.1 (with β at the form's threshold), C.2 and C.3 hold, R(Φ) = g, and ‖Φ − Γ‖_∞ =
/// `distance` ≤ every one of `bounds`. D = 1, and Γ, Θ, Φ have the same number of neurons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theorem31 {
    /// The threshold the hypothesis C.1 and the cases use.
    pub form: Form,
    /// β of C.1: ‖c_i a_i‖ ≤ threshold implies |c_i|, ‖a_i‖ ≤ β. At the threshold 2r (`seminorm`) or J (`jump`).
    pub beta: Surd,
    /// The seminorm, exactly or bracketed. Must be exact in the form `seminorm`.
    pub r: SeminormBracket,
    /// The jump norm J, exactly.
    pub jump: StatedRational,
    /// ‖Φ − Γ‖_∞, exactly.
    pub distance: Surd,
    /// The bounds proved for Φ.
    pub bounds: Bounds,
}

/// A hypothesis of Theorem 3.1 does not hold for Γ and Θ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionClaim {
    /// Which one.
    pub name: ConditionName,
    /// The network, for C.2 (Γ) and C.3a (Γ or Θ); absent for C.1 and C.3b.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<Side>,
    /// The neurons that violate it.
    pub violation: Violation,
}

/// Theorem 3.3 for Γ and g = R(Θ), any D: Γ and Θ are in N*, Φ is Θ with its neurons in another order, R(Φ) = g, and
/// ‖Φ − Γ‖_∞ = `distance` ≤ every one of `bounds`. Γ, Θ, Φ have the same number of neurons. (Homogenised where there are biases:
/// then the output bias is a neuron like any other.)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theorem33 {
    /// The threshold of the cases, 2r or J.
    pub form: Form,
    /// The seminorm r = |g − R(Γ)|_{W^{1,∞}}, exactly or bracketed. Must be exact in the form `seminorm`.
    pub r: SeminormBracket,
    /// The jump norm J, exactly.
    pub jump: StatedRational,
    /// ‖Φ − Γ‖_∞, exactly.
    pub distance: Surd,
    /// The bounds proved for Φ.
    pub bounds: Bounds,
}

/// Theorem 3.1 in refined form (N6), D = 1: no two live neurons of Γ are positive multiples of each other (C.2), and for live
/// neurons C.3a and C.3b hold for Γ and some Θ′ with R(Θ′) = g (the current network at the condition steps). Dead neurons may be anything. R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ =
/// `distance` ≤ `bound` = max(√T, max_{i ∈ U} (β_i + √T)) with T = 2r (`seminorm`) or J (`jump`), β_i = max(|c_i|, ‖a_i‖_∞), and U the neurons of Γ that
/// are dead, or on no hyperplane of a live neuron of the current network at the condition steps, or on such a hyperplane where the
/// outer weight of the merged neuron has the other sign or is 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refined31 {
    /// T.
    pub form: Form,
    /// The seminorm; exact in the form `seminorm`.
    pub r: SeminormBracket,
    /// The jump norm J, exactly.
    pub jump: StatedRational,
    /// ‖Φ − Γ‖_∞, exactly.
    pub distance: Surd,
    /// The refined bound.
    pub bound: Surd,
}

/// Lemma A.6: Γ (without biases, d + 2 inputs) is in N*, and R(Γ)(x, 1, −1) = R(Θ)(x) for all x in R^d, where Θ may have biases and any number
/// of neurons. It rests on `equal` (of these two functions) and on a `condition` step: Γ is a member of N*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LiftClaim {}
