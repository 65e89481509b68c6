//! The table of claims: each kind with what it says and the facts that must stand for it. The data of a claim is in a file of its own or of its kin.

mod arrangement;
mod deep;
mod functions;
mod parametrizations;
mod theorems;

use serde::{Deserialize, Serialize};

use crate::family::ForAllK;

pub use arrangement::*;
pub use deep::*;
pub use functions::*;
pub use parametrizations::*;
pub use theorems::*;

kinds! {
    /// What a certificate shows, in the verifier's hands the only thing that counts.
    ///
    /// Where Γ or Θ has biases the claims `reparametrization`, `theorem-3.1` and `condition` speak of the homogenised networks: inputs
    /// (x, 1), a_i followed by b_i, and the output bias as one more, last neuron (0, …, 0, 1) with c = e. The others speak of R^d. Norms
    /// are the largest absolute entry.
    ///
    /// Each kind says which facts must stand for it. Inequalities between numbers of the statement (distance ≤ bound, and that a bound is its
    /// formula) need no step: the verifier computes them.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    Claim {
        /// R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = distance ≤ bound. Facts: `distance` of this value.
        Reparametrization(Reparametrization) = "reparametrization",
        /// Theorem 3.1 for this pair, with hypotheses and case analysis. Facts: `seminorm` at least r's lower end, at most its upper end (see
        /// [`SeminormClaim`]), `jump-norm`, `condition` C.1 (with β and threshold), C.2, C.3, a `case` for every neuron of Γ with the threshold,
        /// `distance`; distance ≤ every bound, which are the formulas at [`Bounds`]. C.3 and all cases are of the same current network: no rewriting
        /// lies between them.
        Theorem31(Box<Theorem31>) = "theorem-3.1",
        /// A hypothesis of Theorem 3.1 is violated. Facts: `condition` violated; for C.1 also `seminorm` at least r_lower, for C.3 `no-orientation` with
        /// `forced`.
        Condition(ConditionClaim) = "condition",
        /// These are the regions of the arrangement of Γ's hyperplanes, all of them. Facts: `regions` inside for every region, and around for every
        /// region, or the count.
        Arrangement(ArrangementClaim) = "arrangement",
        /// The layer x ↦ (ρ(⟨a_i,x⟩ + b_i))_i of Γ's neurons is injective on R^d (without its outer weights). The regions are these, all of them, in no
        /// narrower domain, and in each the a_i of the neurons with sign + span R^d. (At a point between regions still more neurons are not
        /// negative. If the layer has the same values at x and y, it does not change along the segment between them, so that every neuron that is
        /// positive somewhere on it, or zero, has ⟨a_i, x − y⟩ = 0: then x = y.) Facts: those of `arrangement`, and `layer` spans.
        Injective(InjectiveClaim) = "injective",
        /// It is not injective. Facts: `layer` collides.
        NotInjective(NotInjectiveClaim) = "not-injective",
        /// R(Γ) = R(Θ). Facts: `equal`.
        Equal(EqualClaim) = "equal",
        /// R(Γ) ≠ R(Θ). Facts: `differ`.
        Differ(DifferClaim) = "differ",
        /// Bounds of a seminorm. Facts: `seminorm` at least the lower end, at most the upper.
        Seminorm(SeminormClaim) = "seminorm",
        /// The jump norm. Facts: `jump-norm`.
        JumpNorm(JumpNormClaim) = "jump-norm",
        /// The largest value on a box. Facts: `sup-norm`; or `height` reached with the value, and below with at most the value for every output and its
        /// negative.
        SupNorm(SupNormClaim) = "sup-norm",
        /// A minimum of the mean squared error near Γ. Facts: `local-minimum`.
        LocalMinimum(LocalMinimumClaim) = "local-minimum",
        /// Theorem 3.1 in refined form (N6). Facts: those of `theorem-3.1` without C.1 and cases, the conditions `live`; distance ≤ bound, the formula at
        /// [`Refined31`].
        Refined31(Box<Refined31>) = "theorem-3.1-refined",
        /// Theorem 3.3 for this pair. Facts: `seminorm`, `jump-norm`, `condition` member of N* for Γ and for Θ, a `case` with `star` for every neuron,
        /// `distance`, with no rewriting but `permute` before it; distance ≤ every bound.
        Theorem33(Box<Theorem33>) = "theorem-3.3",
        /// Lemma A.6. Facts: `equal` of R(Γ)(x, 1, −1) and R(Θ)(x), `condition` member of N* for Γ.
        Lift(LiftClaim) = "lift",
        /// All flip sets. Facts: `flips` of these sets.
        Flips(FlipsClaim) = "flips",
        /// No flip set. Facts: `flips` of none.
        Unique(UniqueClaim) = "unique",
        /// The least number of neurons. Facts: `equal`, `no-orientation` as said at [`MinimalClaim`].
        Minimal(MinimalClaim) = "minimal",
        /// The nearest parametrization. Facts: `distance` of value upper, with `n-star` `condition` member for Φ, `apart` at least lower as said at
        /// [`NearestClaim`].
        Nearest(NearestClaim) = "nearest",
        /// Γ is locally identifiable. Facts: `rank`, and the claim's rank is P − h.
        Identifiable(IdentifiableClaim) = "identifiable",
        /// Something holds for every integer k ≥ 1. Facts: in every section what is said at [`Holds`](crate::Holds).
        ForAllK(Box<ForAllK>) = "for-all-k",
    }
}

/// The value of an expression for the content of a claim, whatever its kind: `each_claim!(claim, content => content.method())`. Who gives all contents a trait
/// needs no list of kinds.
#[macro_export]
macro_rules! each_claim {
    ($claim:expr, $content:ident => $value:expr) => {
        match $claim {
            $crate::Claim::Reparametrization($content) => $value,
            $crate::Claim::Theorem31($content) => $value,
            $crate::Claim::Condition($content) => $value,
            $crate::Claim::Arrangement($content) => $value,
            $crate::Claim::Injective($content) => $value,
            $crate::Claim::NotInjective($content) => $value,
            $crate::Claim::Equal($content) => $value,
            $crate::Claim::Differ($content) => $value,
            $crate::Claim::Seminorm($content) => $value,
            $crate::Claim::JumpNorm($content) => $value,
            $crate::Claim::SupNorm($content) => $value,
            $crate::Claim::LocalMinimum($content) => $value,
            $crate::Claim::Refined31($content) => $value,
            $crate::Claim::Theorem33($content) => $value,
            $crate::Claim::Lift($content) => $value,
            $crate::Claim::Flips($content) => $value,
            $crate::Claim::Unique($content) => $value,
            $crate::Claim::Minimal($content) => $value,
            $crate::Claim::Nearest($content) => $value,
            $crate::Claim::Identifiable($content) => $value,
            $crate::Claim::ForAllK($content) => $value,
        }
    };
}
