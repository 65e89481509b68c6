//! Networks as layers, for every verb: read, and as JSON has them.

use std::path::Path;

use serde::Serialize;

use crate::certificate;
use crate::cli::failure::Failure;
use crate::cli::words::{text_rows, texts};
use crate::network::{Deep, Network};

/// As layers, which a network with two layers has too, if its weights are rational.
pub(in crate::cli) fn layers(network: &Network, path: &Path) -> Result<Deep, Failure> {
    network.to_deep().ok_or_else(|| {
        Failure::Usage(format!(
            "{}: has weights that are not rational; networks of any depth have rational ones",
            path.display()
        ))
    })
}

/// A network as JSON has it.
#[derive(Serialize)]
pub(in crate::cli) struct Layers {
    pub(in crate::cli) layers: Vec<LayerObject>,
}

#[derive(Serialize)]
pub(in crate::cli) struct LayerObject {
    pub(in crate::cli) weights: Vec<Vec<String>>,
    pub(in crate::cli) biases: Vec<String>,
}

impl From<&Deep> for Layers {
    fn from(network: &Deep) -> Self {
        let layers = network.layers().iter().map(|layer| LayerObject {
            weights: text_rows(&layer.weights),
            biases: texts(&layer.biases),
        });
        Layers {
            layers: layers.collect(),
        }
    }
}

/// Inputs and outputs of the layers.
pub(super) fn widths(network: &Deep) -> String {
    let stated = certificate::Deep::from(network);
    let widths = std::iter::once(network.inputs()).chain(stated.widths());
    let widths: Vec<String> = widths.map(|n| n.to_string()).collect();
    widths.join(" -> ")
}
