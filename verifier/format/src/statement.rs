//! The statement: the networks whole, then one claim.

use serde::{Deserialize, Serialize};

use super::claims::{
    FlipsClaim, LiftClaim, MinimalClaim, NearestClaim, Refined31, Theorem33, UniqueClaim,
};
use super::facts::{ConditionName, Side, Violation};
use super::family::ForAllK;
use super::number::{Rational, Surd};

/// A shallow network R(x) = Σ c_i ρ(⟨a_i,x⟩ + b_i) + e, one row a neuron.
///
/// All numbers of one neuron are rational, or all its non-zero numbers are rational multiples of the same √n: this is the
/// representation (s, c, a) of the theory with s = n. With `b` there is also `e`, both rational where the neuron is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shallow {
    /// Number of inputs.
    pub d: usize,
    /// Number of neurons.
    pub m: usize,
    /// Number of outputs.
    #[serde(rename = "D")]
    pub outputs: usize,
    /// Inner weights, m rows of d.
    pub a: Vec<Vec<Surd>>,
    /// Inner biases, m; absent in networks without biases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub b: Option<Vec<Surd>>,
    /// Outer weights, m rows of D.
    pub c: Vec<Vec<Surd>>,
    /// Output bias, D; present exactly when `b` is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub e: Option<Vec<Rational>>,
}

/// The networks a statement speaks of. Γ is always there; Θ and Φ where the claim needs them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Networks {
    /// Γ, the network whose weights are to be kept close.
    pub gamma: Shallow,
    /// Θ, a parametrization of g.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theta: Option<Shallow>,
    /// Φ, the reparametrization of g near Γ. Never has biases: where Γ or Θ has them, Φ is the homogenised network on (x, 1). In
    /// `reparametrization` and `nearest` claims its entries may be any sums of square roots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phi: Option<Shallow>,
}

kinds! {
    /// What a certificate shows, in the verifier's hands the only thing that counts.
    ///
    /// Where Γ or Θ has biases the claims `reparametrization`, `theorem-3.1` and `condition` speak of the homogenised networks: inputs
    /// (x, 1), a_i followed by b_i, and the output bias as one more, last neuron (0, …, 0, 1) with c = e. The others speak of R^d. Norms
    /// are the largest absolute entry.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    Claim {
        /// R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = distance ≤ bound.
        Reparametrization(Reparametrization) = "reparametrization",
        /// Theorem 3.1 for this pair, with hypotheses and case analysis.
        Theorem31(Box<Theorem31>) = "theorem-3.1",
        /// A hypothesis of Theorem 3.1 is violated.
        Condition(ConditionClaim) = "condition",
        /// These are the regions of the arrangement of Γ's hyperplanes, all of them.
        Arrangement(ArrangementClaim) = "arrangement",
        /// R(Γ) = R(Θ).
        Equal(EqualClaim) = "equal",
        /// R(Γ) ≠ R(Θ).
        Differ(DifferClaim) = "differ",
        /// Bounds of a seminorm.
        Seminorm(SeminormClaim) = "seminorm",
        /// The jump norm.
        JumpNorm(JumpNormClaim) = "jump-norm",
        /// The largest value on a box.
        SupNorm(SupNormClaim) = "sup-norm",
        /// A minimum of the mean squared error near Γ.
        LocalMinimum(LocalMinimumClaim) = "local-minimum",
        /// Theorem 3.1 in refined form (N6).
        Refined31(Box<Refined31>) = "theorem-3.1-refined",
        /// Theorem 3.3 for this pair.
        Theorem33(Box<Theorem33>) = "theorem-3.3",
        /// Lemma A.6.
        Lift(LiftClaim) = "lift",
        /// All flip sets.
        Flips(FlipsClaim) = "flips",
        /// No flip set.
        Unique(UniqueClaim) = "unique",
        /// The least number of neurons.
        Minimal(MinimalClaim) = "minimal",
        /// The nearest parametrization.
        Nearest(NearestClaim) = "nearest",
        /// Something holds for every integer k ≥ 1.
        ForAllK(Box<ForAllK>) = "for-all-k",
    }
}

/// The regions of the arrangement of the hyperplanes ⟨a_i,x⟩ = 0 of Γ (an arrangement given by normals alone is stated as a network
/// with outer weights 0), or of ⟨a_i,x⟩ + b_i = 0 in R^d where Γ has biases, in the interior of `domain` if there is one. There is no
/// Θ and no Φ. It rests on `regions` steps: inner points, and either what lies around, or the count.
///
/// Two regions are adjacent iff their signs differ on exactly one class of parallel hyperplanes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArrangementClaim {
    /// A cone in the variables of the rows (a_i, or a_i followed by b_i on (x, 1)): the x with ⟨g,x⟩ > 0 for all its rows g, at
    /// least one and none of them zero. Where Γ has biases it is present, and its first row is (0, …, 0, 1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Vec<Vec<Rational>>>,
    /// How many regions there are.
    pub count: usize,
    /// How many unordered pairs of adjacent regions there are.
    pub edges: usize,
    /// The regions, at least one: one sign a neuron, `+`, `-`, or `0` for a zero row; in increasing order of the text (`+` before
    /// `-`), none twice. Without a domain the negation of every region is listed too, unless all rows are zero.
    pub regions: Vec<String>,
}

/// R(Γ) = R(Θ) on all of R^d, or on a box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EqualClaim {
    /// The box, one pair lower < upper an input.
    #[serde(rename = "box", default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Vec<(Rational, Rational)>>,
}

/// R(Γ)(x) ≠ R(Θ)(x) at the point of the `differ` step, which lies in the box if there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DifferClaim {
    /// The box, one pair lower < upper an input.
    #[serde(rename = "box", default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Vec<(Rational, Rational)>>,
}

/// lower ≤ |f|_{W^{1,∞}} ≤ upper for the difference f (R(Θ) − R(Γ), or R(Γ) without Θ); at least one is present, 0 ≤ lower ≤ upper,
/// and the seminorm is known exactly iff they are equal. An at-least step shows the lower end; the upper end needs at-most steps with
/// bound ≤ upper that cover every entry and both signs (one without a target covers all).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeminormClaim {
    /// The lower end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower: Option<Rational>,
    /// The upper end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<Rational>,
}

/// The jump norm of the difference is `value`: max_H ‖κ_H‖_∞·‖n_H‖_∞; where there are biases, with n_H in the original variables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JumpNormClaim {
    /// J.
    pub value: Rational,
}

/// The mean of ‖R(Γ)(x) − y‖² over the samples is `loss`, and every network Φ of Γ's shape with ‖Φ − Γ‖_∞ ≤ `radius` has at least this loss: Γ is
/// a local minimum with this radius (7), (9). All weights of Γ are rational, and there is no Θ. It rests on a `local-minimum` step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalMinimumClaim {
    /// The samples, at least one.
    pub samples: Vec<Sample>,
    /// The loss of Γ.
    pub loss: Rational,
    /// The radius, at least 0.
    pub radius: Rational,
}

/// An input and its label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// d numbers.
    pub x: Vec<Rational>,
    /// D numbers.
    pub y: Vec<Rational>,
}

/// max over the closed box and the outputs of |f| is `value`, for the difference f (R(Θ) − R(Γ), or R(Γ) without Θ). It rests on a `sup-norm` step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupNormClaim {
    /// The box, one pair lower < upper an input.
    #[serde(rename = "box")]
    pub domain: Vec<(Rational, Rational)>,
    /// The sup norm.
    pub value: Rational,
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

/// Which number the case analysis compares products ‖c_i a_i‖ with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// The paper's: 2r, r = |g − R(Γ)|_{W^{1,∞}} known exactly.
    Seminorm,
    /// The jump form (N10): J, the largest jump of the gradient of g − R(Γ) across a hyperplane; J ≤ 2r.
    Jump,
}

/// A proved bracket lower ≤ r ≤ upper of the seminorm r = |g − R(Γ)|_{W^{1,∞}}; exact iff both agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeminormBracket {
    /// Attained at a point of the certificate.
    pub lower: Rational,
    /// Shown by region trees of the certificate: every entry and both signs, as for [`SeminormClaim`], and one bound is this.
    pub upper: Rational,
}

/// The bounds on ‖Φ − Γ‖_∞ that this certificate proves for its Φ. At least one is present.
///
/// With r exact, `paper` = β + 2√r and `sharp` = β + √(2r), and with J, `jump` = β_J + √J. With r only bracketed, `paper` and
/// `sharp` are the same expressions at the bracket's lower end (and the least β there), so they hold for the true r too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// β + 2√r (31)/(35).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Surd>,
    /// β + √2·√r (D04).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sharp: Option<Surd>,
    /// β_J + √J (N10).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jump: Option<Surd>,
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
    pub jump: Rational,
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

/// What is to be verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// All networks, whole.
    pub networks: Networks,
    /// The a of the activation max(a·t, t), a ≥ 0, if it is not ReLU. Only for claims about functions: equal, differ, seminorm,
    /// jump-norm, sup-norm. In these Γ and Θ may have different numbers of neurons, and one of them biases; there is no Φ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activation: Option<Rational>,
    /// One claim.
    pub claim: Claim,
}
