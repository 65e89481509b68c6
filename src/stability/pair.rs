//! Two networks as the theorems see them: shallow, and homogenised where one has biases.

use crate::network::{Biased, Network, Shallow};

/// Γ and Θ without biases.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Γ, homogenised if `homogenised`.
    pub gamma: Shallow,
    /// Θ, homogenised if `homogenised`.
    pub theta: Shallow,
    /// Whether the networks were made homogeneous: inputs (x, 1), output bias as one more, last neuron (0, …, 0, 1).
    pub homogenised: bool,
}

/// A network the theorems do not speak of.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{network} has {layers} layer(s); the theorems are about shallow networks: two layers with ReLU between them"
)]
pub struct NotShallow {
    /// Γ or Θ.
    pub network: &'static str,
    /// How many layers it has.
    pub layers: usize,
}

impl Pair {
    /// Both networks as they are if neither has biases, both homogenised otherwise.
    pub fn new(gamma: &Network, theta: &Network) -> Result<Self, NotShallow> {
        if let (Network::Shallow(gamma), Network::Shallow(theta)) = (gamma, theta) {
            return Ok(Pair {
                gamma: gamma.clone(),
                theta: theta.clone(),
                homogenised: false,
            });
        }
        Ok(Pair {
            gamma: biased(gamma, "Γ")?.homogenised(),
            theta: biased(theta, "Θ")?.homogenised(),
            homogenised: true,
        })
    }
}

fn biased(network: &Network, name: &'static str) -> Result<Biased, NotShallow> {
    match network {
        Network::Shallow(network) => Ok(network.clone().into()),
        Network::Biased(network) => Ok(network.clone()),
        Network::Deep(network) => Err(NotShallow {
            network: name,
            layers: network.layers().len(),
        }),
    }
}
