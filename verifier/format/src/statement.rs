//! The statement: the networks whole, then one claim.

use serde::{Deserialize, Serialize};

use super::claims::{Claim, DeepClaim};
use super::deep::Deep;
use super::number::{StatedRational, Surd};

/// A shallow network R(x) = Σ c_i ρ(⟨a_i,x⟩ + b_i) + e, one row a neuron.
///
/// All numbers of one neuron are rational, or all its non-zero numbers are rational multiples of the same √n: this is the
/// representation (s, c, a) of the theory with s = n. With `b` there is also `e`, both rational where the neuron is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedNetwork {
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
    pub e: Option<Vec<StatedRational>>,
}

/// The networks a statement speaks of. Γ is always there; Θ and Φ where the claim needs them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Networks {
    /// Γ, the network whose weights are to be kept close.
    pub gamma: StatedNetwork,
    /// Θ, a parametrization of g.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theta: Option<StatedNetwork>,
    /// Φ, the reparametrization of g near Γ. Never has biases: where Γ or Θ has them, Φ is the homogenised network on (x, 1). In
    /// `reparametrization` and `nearest` claims its entries may be any sums of square roots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phi: Option<StatedNetwork>,
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
    pub activation: Option<StatedRational>,
    /// One claim.
    pub claim: Claim,
}

/// The networks that a statement about networks of any depth speaks of: Γ always, Θ and Φ where the claim needs them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepNetworks {
    /// Γ.
    pub gamma: Deep,
    /// Θ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theta: Option<Deep>,
    /// Φ, a parametrization of the function of Θ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phi: Option<Deep>,
}

/// What is to be verified of networks of any depth. The kind of its claim tells it from a [`Statement`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepStatement {
    /// All networks, whole.
    pub networks: DeepNetworks,
    /// One claim.
    pub claim: DeepClaim,
}
