//! The rank of the derivative of θ ↦ (R_θ(x_1), …, R_θ(x_N)) is as large as it can be.

use serde::{Deserialize, Serialize};

use crate::number::StatedRational;

/// The rank is P − h, for points x_1, …, x_N of the regions of the stops. The obligations:
///
/// `prime` is a prime p between 2^60 and 2^61 which divides no denominator of Γ's weights. At a stop no hidden neuron has pre-activation 0. A *crossing* is two stops of a
/// line, one after the other, whose signs differ at one hidden neuron j alone; others count for nothing. Forms and weights are modulo p: n_i(s) is the affine form of the pre-activation of i with the signs
/// of s (its constant is there where there are biases); the outputs are weighted with powers of 3, from the power 0 on, and u_i(s) is the weight from i to their sum.
///
/// Layer by layer, a crossing s of j is of use if u_j(s) ≠ 0 and n_j(s) ≠ 0 and what j rests on does not vary there (below). In the first hidden layer one of use *settles* the neuron.
/// In others let k be the first entry where n_j(s) is not 0; each entry m ≠ k is an equation `n_j(s)[k]·δ[m] = n_j(s)[m]·δ[k]` for the variations of j's incoming weights and bias, δ being the
/// sum of w′_i n_i(s) over the active neurons i before, and b′ times the constant 1. The neuron is settled if the equations leave but one dimension, after at least one crossing of use. Else what they leave is *open*: of
/// each of these variations that multiple of j's own weights and bias is taken away which makes the bias 0, if it is not 0 in Γ, else the first weight that is not 0.
/// What j rests on varies at s if there is a neuron i of the layer before, active with w_ji ≠ 0, that rests on something that varies, or whose form at s an open variation of i changes.
///
/// Where neurons are not settled, the open directions are their open variations, the weights to the outputs of those of the last hidden layer,
/// and the output biases. The derivatives of all entries of the Jacobian and of the constants in these directions, in the regions of the stops, must have as many independent rows as there are directions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankFact {
    /// p.
    pub prime: StatedRational,
    /// Where the points are.
    pub lines: Vec<RankLine>,
}

/// Points from + t·by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankLine {
    /// d rationals.
    pub from: Vec<StatedRational>,
    /// d rationals.
    pub by: Vec<StatedRational>,
    /// The numbers t, increasing.
    pub stops: Vec<StatedRational>,
}
