//! Networks to and from the certificate's plain data: shallow ones as lists of neurons, those of any depth as layers.

use num_traits::Zero as _;

use super::any::Network;
use super::deep::{Deep, Layer};
use super::neuron::{Neuron, RadicalMisfit};
use super::shallow::{Biased, Shallow, ShapeError};
use crate::certificate;
use crate::exact::{Rational, Surd};

/// Why a network of a certificate is not one of the engine's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateNetworkError {
    /// Lists of wrong length.
    #[error(transparent)]
    Shape(#[from] ShapeError),
    /// Two different square roots in one neuron.
    #[error("neuron {neuron}: {misfit}")]
    Radical {
        /// The neuron.
        neuron: usize,
        /// The two weights.
        misfit: RadicalMisfit,
    },
}

/// The network as certificates hold it; `None` for a deep one, which they do not hold.
pub fn to_certificate(network: &Network) -> Option<certificate::Shallow> {
    match network {
        Network::Shallow(network) => Some(network.into()),
        Network::Biased(network) => Some(network.into()),
        Network::Deep(_) => None,
    }
}

/// The network as certificates about networks of any depth hold it; `None` where a weight is not rational.
pub fn to_deep_certificate(network: &Network) -> Option<certificate::Deep> {
    network.to_deep().as_ref().map(certificate::Deep::from)
}

/// The engine's network of any depth.
///
/// # Errors
/// What is no canonical number, or a row of another length, in words.
pub fn from_deep_certificate(network: &certificate::Deep) -> Result<Deep, String> {
    let numbers = |row: &certificate::Row| {
        let numbers = row.numbers().map(|number| number.map(|number| number.0));
        let numbers: Result<Vec<Rational>, _> = numbers.collect();
        numbers.map_err(|error| error.to_string())
    };
    let layer = |layer: &certificate::DeepLayer| {
        let weights: Result<_, String> = layer.weights.iter().map(numbers).collect();
        Ok::<Layer, String>(Layer {
            weights: weights?,
            biases: numbers(&layer.biases)?,
        })
    };
    let layers: Result<Vec<Layer>, String> = network.layers.iter().map(layer).collect();
    Deep::new(layers?).map_err(|error| error.to_string())
}

/// The engine's network, with biases if the certificate's network has `b` or `e`.
///
/// # Errors
/// [`CertificateNetworkError`] if lists do not have the stated lengths or a neuron's contribution is not rational.
pub fn from_certificate(
    network: &certificate::Shallow,
) -> Result<Network, CertificateNetworkError> {
    let (m, d, outputs) = (network.m, network.d, network.outputs);
    let length = |place: String, found: usize, expected: usize| {
        let wrong = ShapeError {
            place,
            found,
            expected,
        };
        if found == expected {
            Ok(())
        } else {
            Err(wrong)
        }
    };
    length("a".to_owned(), network.a.len(), m)?;
    length("c".to_owned(), network.c.len(), m)?;
    if let Some(b) = &network.b {
        length("b".to_owned(), b.len(), m)?;
    }
    let biased = network.b.is_some() || network.e.is_some();
    let mut neurons = Vec::with_capacity(m);
    for (i, (a, c)) in network.a.iter().zip(&network.c).enumerate() {
        length(format!("row {i} of a"), a.len(), d)?;
        length(format!("row {i} of c"), c.len(), outputs)?;
        let mut inner: Vec<Surd> = a.iter().map(Surd::from).collect();
        if biased {
            let bias = network.b.as_ref().and_then(|b| b.get(i));
            inner.push(bias.map_or_else(Surd::zero, Surd::from));
        }
        let outer: Vec<Surd> = c.iter().map(Surd::from).collect();
        let neuron = Neuron::from_weights(&inner, &outer)
            .map_err(|misfit| CertificateNetworkError::Radical { neuron: i, misfit })?;
        neurons.push(neuron);
    }
    let rows = Shallow::new(neurons)?;
    if !biased {
        return Ok(Network::Shallow(rows));
    }
    let offset = match &network.e {
        Some(e) => e.iter().map(|value| value.0.clone()).collect(),
        None => vec![Rational::zero(); outputs],
    };
    Ok(Network::Biased(Biased::new(rows, offset)?))
}

fn surds(weights: Vec<Surd>) -> Vec<certificate::Surd> {
    weights.into_iter().map(certificate::Surd::from).collect()
}

impl From<&Deep> for certificate::Deep {
    fn from(network: &Deep) -> Self {
        let layer = |layer: &Layer| certificate::DeepLayer {
            weights: layer.weights.iter().map(certificate::Row::of).collect(),
            biases: certificate::Row::of(&layer.biases),
        };
        certificate::Deep {
            layers: network.layers().iter().map(layer).collect(),
        }
    }
}

impl From<&Shallow> for certificate::Shallow {
    fn from(network: &Shallow) -> Self {
        let neurons = network.neurons();
        certificate::Shallow {
            d: network.inputs(),
            m: neurons.len(),
            outputs: network.outputs(),
            a: neurons.iter().map(|n| surds(n.inner_weights())).collect(),
            b: None,
            c: neurons.iter().map(|n| surds(n.outer_weights())).collect(),
            e: None,
        }
    }
}

impl From<&Biased> for certificate::Shallow {
    fn from(network: &Biased) -> Self {
        let mut whole = certificate::Shallow::from(network.rows());
        whole.d = network.inputs();
        let biases = whole.a.iter_mut().filter_map(Vec::pop);
        whole.b = Some(biases.collect());
        let offset = network.offset().iter();
        whole.e = Some(offset.cloned().map(certificate::Rational).collect());
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::file::network_from_bytes;

    #[test]
    fn certificates_hold_networks_unchanged() {
        for text in [
            r#"{"a": [["0", "sqrt(18)"], ["0.5", 2]], "c": [["sqrt(2)"], [-1]]}"#,
            r#"{"a": [[1],["sqrt(3)"]], "b": ["1/3", 0], "c": [[1,2],["2*sqrt(3)",0]], "e": [5, 6]}"#,
        ] {
            let network = network_from_bytes("x.json", text.as_bytes()).unwrap();
            let data = to_certificate(&network).unwrap();
            let json = serde_json::to_string(&data).unwrap();
            let data: certificate::Shallow = serde_json::from_str(&json).unwrap();
            assert_eq!(from_certificate(&data).unwrap(), network);
            // A network file and a certificate's network are the same text form.
            assert_eq!(
                network_from_bytes("x.json", json.as_bytes()).unwrap(),
                network
            );
            let mut shorter = data.clone();
            shorter.c.pop();
            assert!(from_certificate(&shorter).is_err());
        }
    }
}
