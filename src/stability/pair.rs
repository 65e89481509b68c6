//! Two networks as the theorems see them: shallow, and homogenised where one has biases.

use std::path::Path;

use num_traits::{Signed as _, Zero as _};

use super::distance::{Distance, distance};
use crate::certificate::Networks;
use crate::exact::Rational;
use crate::network::file::{FileError, read_network};
use crate::network::{Biased, Network, Neuron, Shallow, to_certificate};

/// Γ and Θ, as given and without biases.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Γ, homogenised if `homogenised`.
    pub gamma: Shallow,
    /// Θ, homogenised if `homogenised`.
    pub theta: Shallow,
    /// Whether the networks were made homogeneous: inputs (x, 1), output bias as one more, last neuron (0, …, 0, 1).
    pub homogenised: bool,
    given: [Network; 2],
}

/// Why two files are no pair.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PairError {
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// A deep network.
    #[error(transparent)]
    NotShallow(#[from] NotShallow),
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
    /// Reads Γ and Θ from files, `.json` or `.safetensors`; see [`new`](Self::new).
    ///
    /// # Errors
    /// [`PairError`] with the path, and for malformed files line, field and value, or if a network is deep.
    pub fn read(gamma: impl AsRef<Path>, theta: impl AsRef<Path>) -> Result<Self, PairError> {
        let (gamma, theta) = (read_network(gamma.as_ref())?, read_network(theta.as_ref())?);
        Ok(Pair::new(&gamma, &theta)?)
    }

    /// Both networks as they are if neither has biases, both homogenised otherwise.
    ///
    /// # Errors
    /// [`NotShallow`] if a network is deep.
    pub fn new(gamma: &Network, theta: &Network) -> Result<Self, NotShallow> {
        let given = [gamma.clone(), theta.clone()];
        Ok(match (gamma, theta) {
            (Network::Shallow(gamma), Network::Shallow(theta)) => Pair {
                gamma: gamma.clone(),
                theta: theta.clone(),
                homogenised: false,
                given,
            },
            _ => Pair {
                gamma: biased(gamma, "Γ")?.homogenised(),
                theta: biased(theta, "Θ")?.homogenised(),
                homogenised: true,
                given,
            },
        })
    }

    /// A pair of networks without biases.
    pub fn unbiased(gamma: Shallow, theta: Shallow) -> Self {
        Pair {
            given: [gamma.clone(), theta.clone()].map(Network::Shallow),
            gamma,
            theta,
            homogenised: false,
        }
    }

    /// Γ as given.
    pub fn given_gamma(&self) -> &Network {
        &self.given[0]
    }

    /// Θ as given.
    pub fn given_theta(&self) -> &Network {
        &self.given[1]
    }

    /// Γ and Θ as given, for the statement of a certificate; `None` of deep networks, of which there is no pair.
    pub(crate) fn networks(&self) -> Option<Networks> {
        Some(Networks {
            gamma: to_certificate(self.given_gamma())?,
            theta: Some(to_certificate(self.given_theta())?),
            phi: None,
        })
    }
}

impl Pair {
    /// A network as the theorems see it, in the shape of the given ones: where they have biases, the neuron in the last place that has a = 0 but
    /// for its bias, or contributes nothing, becomes the output bias, e = c ρ(b); another one with that property if the last has not. `None` if
    /// none has: then no network of that shape has these neurons.
    ///
    /// Where there are biases, ‖Φ − Γ‖_∞ of the two forms may differ: the theorem compares (c, b) of the output bias with (e, 1) of Γ, and e is
    /// their product.
    pub fn given_shape(&self, network: &Shallow) -> Option<Network> {
        if !self.homogenised {
            return Some(Network::Shallow(network.clone()));
        }
        let mut neurons = network.neurons().to_vec();
        let last = neurons.len().checked_sub(1)?;
        let at = (0..=last)
            .rev()
            .find(|&i| constant(&neurons[i]).is_some())?;
        neurons.swap(at, last);
        let offset = constant(&neurons.pop()?)?;
        let rows = Shallow::new(neurons).ok()?;
        Biased::new(rows, offset).ok().map(Network::Biased)
    }

    /// ‖Φ − Γ‖_∞ of a network of the given shape; `None` if it has another.
    pub fn distance_as_given(&self, phi: &Network) -> Option<Distance> {
        match phi {
            Network::Shallow(phi) => distance(phi, &self.gamma),
            Network::Biased(phi) => distance(&phi.homogenised(), &self.gamma),
            Network::Deep(_) => None,
        }
    }

    /// The first network, Γ or Θ, with weights that are sums of square roots, and the neuron.
    pub fn sums(&self) -> Option<(&'static str, usize)> {
        [("Γ", &self.gamma), ("Θ", &self.theta)]
            .into_iter()
            .find_map(|(name, network)| {
                let mut neurons = network.neurons().iter();
                Some((name, neurons.position(|n| n.stretch().is_some())?))
            })
    }
}

/// c ρ(b) of a homogenised neuron that is constant.
fn constant(neuron: &Neuron) -> Option<Vec<Rational>> {
    if !neuron.is_live() {
        return Some(vec![Rational::zero(); neuron.outer().len()]);
    }
    let (bias, linear) = neuron.inner().split_last()?;
    if linear.iter().any(|a| !a.is_zero()) {
        return None;
    }
    let value = match bias.is_positive() {
        true => bias * neuron.scale(),
        false => Rational::zero(),
    };
    Some(neuron.outer().iter().map(|c| c * &value).collect())
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
