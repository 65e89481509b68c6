//! Claims about all parametrizations of one function: flips, the least number of neurons and the
//! nearest parametrization (N2–N5).
//!
//! The claims [`FlipsClaim`], [`UniqueClaim`], [`MinimalClaim`], [`NearestClaim`] and [`LiftClaim`](super::LiftClaim) speak of functions on R^d of the
//! original variables, as claims about functions do. Where the statement has biases their networks are homogenised as everywhere,
//! with (a_i, b_i) as inner weights and the output bias e as the outer weights of one more, last neuron (0, …, 0, 1). But that
//! neuron is not a neuron that may be moved: it is e. It is not counted, no rewriting step may name it (`permute` leaves it last),
//! and *linear parts* below mean the first d columns alone; constants are absorbed by e. The columns (a_i, b_i) all count in
//! parallelism, scalings and distances. A neuron is *live* if c_i ≠ 0 and the first d entries of a_i are not all zero.

use serde::{Deserialize, Serialize};

use crate::facts::Among;
use crate::number::Surd;

/// Γ has only live neurons on pairwise different hyperplanes, and the non-empty sets F with Σ_F c_i a_iᵀ = 0 (linear parts) are
/// exactly `sets`: every parametrization of R(Γ) with as many neurons is Γ up to permutation, positive rescaling and a flip of one of these
/// sets (N3). There is no Θ. It rests on a `flips` step; its current network is Γ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlipsClaim {
    /// The sets, each increasing, the list in lexicographic order; at least one.
    pub sets: Vec<Vec<usize>>,
}

/// [`FlipsClaim`] with no set: Γ is the only parametrization of its function with as many neurons, up to permutation and positive
/// rescaling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UniqueClaim {}

/// R(Γ) = R(Θ), Γ has `upper` neurons (the output bias not counted; Γ stated with one zero neuron may have `upper` 0), and no network with fewer than `lower` neurons has the
/// same function; 0 ≤ lower ≤ upper, and the least number is known iff they agree. It rests on `equal`, and if `lower` is
/// more than the number h of kinks of the function, on `no-orientation` steps: for h + 1 one with no `line`, for h + 2 also one for each
/// kink as `line`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MinimalClaim {
    /// The lower end.
    pub lower: usize,
    /// The number of neurons of Γ.
    pub upper: usize,
}

/// R(Φ) = R(Θ) =: g, ‖Φ − Γ‖_∞ = `upper`, and every parametrization Φ′ of g with as many neurons as Γ (in N*, if `among` says so) has
/// ‖Φ′ − Γ‖_∞ ≥ `lower`. Φ is nearest, and this is known, iff the two agree. Θ may have another number of neurons than Γ.
///
/// `upper` rests on a `distance` step; `lower`, unless it is 0, on either one `apart` step that does not depend on flips, or a `flips`
/// step and for the empty set and each of its sets an `apart` step, all with values at least `lower`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NearestClaim {
    /// Who competes. With `n-star` Φ is in N* (a `condition` step: a member).
    pub among: Among,
    /// A number that no competitor is nearer than.
    pub lower: Surd,
    /// ‖Φ − Γ‖_∞.
    pub upper: Surd,
}

/// Γ has a neighbourhood in which every network with the same function is Γ up to positive rescalings of its hidden neurons: of its P parameters (weights, and biases where
/// it has them) and h hidden neurons, the derivative of θ ↦ (R_θ(x_1), …, R_θ(x_N)) at Γ has, for some points at which no pre-activation is 0, the rank P − h, the largest there can be.
/// (Rescalings make an h-dimensional manifold on which R_θ does not change; by the theorem of constant rank nothing else near Γ has the same values at the points.)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentifiableClaim {
    /// P − h.
    pub rank: usize,
}
