//! What verbs answer for networks of any depth; one file a verb.

mod canonical;
mod equal;
mod inspect;
mod nearest;
mod simplify;

use std::path::Path;

use super::failure::Failure;
use crate::certificate;
use crate::network::file::Reading;
use crate::network::{Deep, Network};

pub(super) use canonical::canonical;
pub(super) use equal::{Compared, equal};
pub(super) use inspect::inspect;
pub(super) use nearest::{Near, nearest};
pub(super) use simplify::{Smaller, simplify};

/// Whether any network has not exactly two layers.
pub(super) fn is_deep<const N: usize>(readings: [&Reading; N]) -> bool {
    let deep = |reading: &&Reading| matches!(reading.network, Network::Deep(_));
    readings.iter().any(deep)
}

/// As layers, which a network with two layers has too, if its weights are rational.
fn layers(network: &Network, path: &Path) -> Result<Deep, Failure> {
    network.to_deep().ok_or_else(|| {
        Failure::Usage(format!(
            "{}: has weights that are not rational; networks of any depth have rational ones",
            path.display()
        ))
    })
}

/// Refuses a flag that has no meaning where a network has not exactly two layers.
pub(super) fn without(given: bool, flag: &str, why: &str) -> Result<(), Failure> {
    match given {
        true => Err(Failure::Usage(format!(
            "{flag} is for networks with two layers: {why}"
        ))),
        false => Ok(()),
    }
}

/// A network as JSON has it.
#[derive(serde::Serialize)]
struct Layers {
    layers: Vec<LayerObject>,
}

#[derive(serde::Serialize)]
struct LayerObject {
    weights: Vec<Vec<String>>,
    biases: Vec<String>,
}

impl From<&Deep> for Layers {
    fn from(network: &Deep) -> Self {
        let layers = network.layers().iter().map(|layer| LayerObject {
            weights: super::words::text_rows(&layer.weights),
            biases: super::words::texts(&layer.biases),
        });
        Layers {
            layers: layers.collect(),
        }
    }
}

/// Inputs and outputs of the layers.
fn widths(network: &Deep) -> String {
    let stated = certificate::Deep::from(network);
    let widths = std::iter::once(network.inputs()).chain(stated.widths());
    let widths: Vec<String> = widths.map(|n| n.to_string()).collect();
    widths.join(" -> ")
}
