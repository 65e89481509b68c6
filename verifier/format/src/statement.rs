//! The statement: the networks whole, then one claim.

use serde::{Deserialize, Serialize};

use super::claims::*;
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
        /// The layer x ↦ (ρ(⟨a_i,x⟩ + b_i))_i of Γ's neurons is injective on R^d (without its outer weights). The regions are these, all of them, in no
        /// narrower domain, and in each the a_i of the neurons with sign + span R^d. (At a point between regions still more neurons are not
        /// negative. If the layer has the same values at x and y, it does not change along the segment between them, so that every neuron that is
        /// positive somewhere on it, or zero, has ⟨a_i, x − y⟩ = 0: then x = y.)
        Injective(InjectiveClaim) = "injective",
        /// It is not injective.
        NotInjective(NotInjectiveClaim) = "not-injective",
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

impl Claim {
    /// The regions that the claim lists.
    pub fn arrangement(&self) -> Option<&ArrangementClaim> {
        match self {
            Claim::Arrangement(claim) => Some(claim),
            Claim::Injective(claim) => Some(&claim.0),
            _ => None,
        }
    }
}
