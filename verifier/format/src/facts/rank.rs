//! The rank of the derivative of θ ↦ (R_θ(x_1), …, R_θ(x_N)) is as large as it can be.

use serde::{Deserialize, Serialize};

use crate::number::Rational;

/// The rank is P − h, for points x_1, …, x_N of the regions of the stops. The obligations:
///
/// `prime` is a prime p between 2^60 and 2^61 which divides no denominator of Γ's weights. At a stop no hidden neuron has pre-activation 0. A *crossing* is two stops of a
/// line, one after the other, whose signs differ at one hidden neuron j alone; others count for nothing. Forms and weights are modulo p: n_i(s) is the affine form of the pre-activation of i with the signs
/// of s (its constant is there where there are biases); the outputs are weighted with powers of 3, from the power 0 on, and u_i(s) is the weight from i to their sum.
///
/// Layer by layer a neuron is *settled* by its crossings s with u_j(s) ≠ 0 and n_j(s) ≠ 0 at which no variation remains before j: every active neuron i of the layer before
/// with w_ji ≠ 0 is settled, and none remains before it. In the first hidden layer one crossing is enough. In others let k be the first entry where n_j(s) is not 0;
/// each entry m ≠ k is an equation n_j(s)[k]·δ[m] = n_j(s)[m]·δ[k] for the variations of j's incoming weights and bias, δ being the sum of w′_i n_i(s) over the active neurons i before, and b′ times the
/// constant 1. The neuron is settled if its equations leave but one dimension.
///
/// Where neurons are not settled, the open parameters are their incoming weights and biases, their weights to the outputs if they are of the last hidden layer,
/// and the output biases; the derivatives of all entries of the Jacobian and of the constants, in the regions of the stops in their order, must have as rank
/// the number of open parameters less that of the neurons that are not settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankFact {
    /// p.
    pub prime: Rational,
    /// Where the points are.
    pub lines: Vec<RankLine>,
}

/// Points from + t·by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankLine {
    /// d rationals.
    pub from: Vec<Rational>,
    /// d rationals.
    pub by: Vec<Rational>,
    /// The numbers t, increasing.
    pub stops: Vec<Rational>,
}
