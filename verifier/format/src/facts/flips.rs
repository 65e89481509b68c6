//! Which neurons can change their sign together, and which orientations of kinks fit a function (N2, N3).

use serde::{Deserialize, Serialize};

use crate::number::StatedRational;

/// Evidence that Σ_F v_i = t, with v_i in some Q^N, has no other solutions F than listed ones, found by going through few of them.
///
/// A *forcing* functional ℓ with s = ⟨ℓ,t⟩ less what the neurons decided so far contribute (those decided to be in F): if the sum of the
/// negative ⟨ℓ,v_i⟩ over undecided i is more than s, there is no solution at all; if it equals s, then every undecided i with ⟨ℓ,v_i⟩ < 0 is
/// in F and every one with ⟨ℓ,v_i⟩ > 0 is not. (Otherwise the functional is of no use, and the verifier rejects it.) After all functionals, the
/// undecided i that are not in `free` have linearly independent v_i, so each of the 2^|free| choices for `free` leaves at most one solution,
/// which the verifier computes; it is one only if all its coefficients are 0 or 1. |free| is limited (`--limit-free`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exhaustion {
    /// Functionals, each a D × d matrix by rows, in the order of use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub functionals: Vec<Vec<StatedRational>>,
    /// Increasing.
    pub free: Vec<usize>,
}

/// The current network's neurons (e apart) are all live and on pairwise different hyperplanes, and the non-empty sets F with
/// Σ_F c_i a_iᵀ = 0 (linear parts; v_i = s_i c_i a_iᵀ, t = 0) are exactly `sets` (each increasing, the list in lexicographic order).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flips {
    /// The sets.
    pub sets: Vec<Vec<usize>>,
    /// Why there are no others.
    pub exhaustion: Exhaustion,
}

/// No set F of kinks of the function g has Σ_F κ_H n_Hᵀ = R_0 := ½ Σ_H κ_H n_Hᵀ − M (linear parts, N2). Kinks are numbered from 0 in
/// increasing lexicographic order of n_H (of the affine canonical form where there are biases). g is R(Γ) in `minimal` claims, R(Θ) in `condition` claims.
///
/// With `line` = H_0 that kink is left out, and the equation is asked modulo all matrices N·n_{H_0}ᵀ, N in R^D: two neurons on that line do
/// not help. With `forced` (for C.3) every kink on a hyperplane of Γ has the orientation of Γ's neurons there: it is in F if they are negative multiples of
/// n_H and out of F if positive, and only the others are undecided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoOrientation {
    /// H_0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Whether Γ forces orientations.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub forced: bool,
    /// Why there is none.
    pub exhaustion: Exhaustion,
}
