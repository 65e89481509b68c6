//! Networks of any depth, for evaluation: R = W_L ∘ ρ ∘ … ∘ ρ ∘ W_1 (paper eq. 3), rational weights.

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use super::neuron::Neuron;
use super::shallow::{Biased, Shallow, ShapeError, check_point};
use crate::exact::Rational;
use crate::exact::gcd::reduced;
use crate::exact::rows::clear_denominators;

/// An affine map x ↦ weights·x + biases; rows of `weights` are outputs (PyTorch orientation).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// One row an output.
    pub weights: Vec<Vec<Rational>>,
    /// One number an output.
    pub biases: Vec<Rational>,
}

/// L ≥ 1 layers with ρ between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deep {
    layers: Vec<Layer>,
}

impl Deep {
    /// Checks that every layer is a matrix with one bias an output and takes what the layer before gives.
    ///
    /// # Errors
    /// [`ShapeError`] that names the first layer, row or bias list of another length; also where there are no layers, inputs or
    /// outputs.
    pub fn new(layers: Vec<Layer>) -> Result<Self, ShapeError> {
        let wrong = |place: String, found, expected| {
            Err(ShapeError {
                place,
                found,
                expected,
            })
        };
        let Some(first) = layers.first().and_then(|layer| layer.weights.first()) else {
            return wrong("the list of layers".to_owned(), 0, 1);
        };
        let mut inputs = first.len();
        if inputs == 0 {
            return wrong("row 0 of layer 0".to_owned(), 0, 1);
        }
        for (l, layer) in layers.iter().enumerate() {
            if layer.weights.is_empty() {
                return wrong(format!("the weights of layer {l}"), 0, 1);
            }
            for (i, row) in layer.weights.iter().enumerate() {
                if row.len() != inputs {
                    return wrong(format!("row {i} of layer {l}"), row.len(), inputs);
                }
            }
            inputs = layer.weights.len();
            if layer.biases.len() != inputs {
                return wrong(format!("biases of layer {l}"), layer.biases.len(), inputs);
            }
        }
        Ok(Deep { layers })
    }

    /// The layers, first to last.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The number of inputs N_0, that of columns of the first layer.
    pub fn inputs(&self) -> usize {
        self.layers[0].weights[0].len()
    }

    /// The number of outputs N_L, that of rows of the last layer.
    pub fn outputs(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.weights.len())
    }

    /// R(x), exactly.
    ///
    /// Cost: one product a weight, of integers over a common denominator. Numbers grow from layer to layer by the length of its weights.
    ///
    /// # Errors
    /// [`ShapeError`] if `x` has not N_0 coordinates.
    pub fn eval(&self, x: &[Rational]) -> Result<Vec<Rational>, ShapeError> {
        check_point(x, self.inputs())?;
        let mut value = x.to_vec();
        for (l, layer) in self.layers.iter().enumerate() {
            if l > 0 {
                for entry in value.iter_mut().filter(|entry| entry.is_negative()) {
                    *entry = Rational::zero();
                }
            }
            let whole = clear_denominators(&value);
            let rows = layer.weights.iter().zip(&layer.biases);
            let values = rows.map(|(row, bias)| {
                let row = clear_denominators(row);
                let products = row.entries.iter().zip(&whole.entries);
                let sum: BigInt = products.map(|(x, y)| x * y).sum();
                reduced(sum, row.denominator * &whole.denominator) + bias
            });
            value = values.collect();
        }
        Ok(value)
    }

    /// The same network as a shallow one, if there are exactly two layers.
    pub fn to_biased(&self) -> Option<Biased> {
        let [first, second] = self.layers.as_slice() else {
            return None;
        };
        let neurons = first.weights.iter().zip(&first.biases).enumerate();
        let neurons = neurons.map(|(i, (row, bias))| {
            let inner = row.iter().chain([bias]).cloned().collect();
            let outer = second.weights.iter().map(|row| row[i].clone()).collect();
            Neuron::rational(inner, outer)
        });
        let rows = Shallow::new(neurons.collect()).ok()?;
        Biased::new(rows, second.biases.clone()).ok()
    }
}
