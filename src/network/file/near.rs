//! Networks written as decimals beside the binary floats they stand for.

use std::fmt;

use super::layout::{Layout, Reading};
use super::precision::Precision;
use super::round::nearest;
use crate::exact::Surd;
use crate::network::Network;

/// A text file has decimals that round to the floats of another file, and are not these floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearFloats {
    /// How many numbers are not the float they round to.
    pub different: usize,
    /// How many numbers there are.
    pub all: usize,
    /// The most precise format of the floats.
    pub precision: Precision,
}

impl fmt::Display for NearFloats {
    /// What to say of the text file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} of its {} numbers are exact decimals that round to the {} floats of the other file, and are not these floats \
             (0.1 is read as 1/10; floats are written exactly as \"0x1.8p-3\")",
            self.different,
            self.all,
            self.precision.name()
        )
    }
}

/// Compares a network from text with one from tensors of the same shapes: `None` unless every number of the first rounds to the float of the second in
/// its place, and some number is not that float.
pub fn near_floats(text: &Reading, floats: &Reading) -> Option<NearFloats> {
    let (Layout::Neurons | Layout::Layers, Layout::Tensors(layers)) =
        (&text.layout, &floats.layout)
    else {
        return None;
    };
    let (text, floats) = (numbers(&text.network), numbers(&floats.network));
    if text.len() != floats.len() {
        return None;
    }
    let mut found = NearFloats {
        different: 0,
        all: text.len(),
        precision: Precision::Bf16,
    };
    for ((place, number), (same, float)) in text.iter().zip(&floats) {
        let tensors = layers.get(place.layer).filter(|_| place == same)?;
        let precision = match (place.bias, &tensors.bias) {
            (true, Some(bias)) => bias.precision,
            _ => tensors.weight.precision,
        };
        found.precision = found.precision.max(precision);
        if number == float {
            continue;
        }
        let rounded = nearest(number, precision).ok()?;
        if Some(&rounded.value) != float.to_rational() {
            return None;
        }
        found.different += 1;
    }
    (found.different > 0).then_some(found)
}

/// Where a number stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    layer: usize,
    bias: bool,
    row: usize,
}

fn numbers(network: &Network) -> Vec<(Place, Surd)> {
    let mut numbers = Vec::new();
    let mut add = |layer, bias, row, number| numbers.push((Place { layer, bias, row }, number));
    let (rows, d) = match network {
        Network::Shallow(network) => (network, network.inputs()),
        Network::Biased(network) => (network.rows(), network.inputs()),
        Network::Deep(network) => {
            for (l, layer) in network.layers().iter().enumerate() {
                for (i, row) in layer.weights.iter().enumerate() {
                    row.iter().for_each(|w| add(l, false, i, w.clone().into()));
                }
                let biases = layer.biases.iter().enumerate();
                biases.for_each(|(i, b)| add(l, true, i, b.clone().into()));
            }
            return numbers;
        }
    };
    for (i, neuron) in rows.neurons().iter().enumerate() {
        let inner = neuron.inner_weights().into_iter().enumerate();
        inner.for_each(|(k, weight)| add(0, k >= d, i, weight));
        let outer = neuron.outer_weights().into_iter();
        outer.for_each(|weight| add(1, false, i, weight));
    }
    if let Network::Biased(network) = network {
        let offset = network.offset().iter().enumerate();
        offset.for_each(|(l, e)| add(1, true, l, e.clone().into()));
    }
    numbers
}
