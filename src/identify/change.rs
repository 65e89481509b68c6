//! How one parameter changes.

use crate::exact::Rational;

/// A parameter changes by t times a number. Layers are numbered from 0, rows are the layer's outputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The layer of the weight; the last one is that of the outputs.
    pub layer: usize,
    /// The neuron, or the output, that the weight goes to.
    pub row: usize,
    /// The neuron or input that it comes from; none for the bias.
    pub column: Option<usize>,
    /// What it changes by at t = 1; not 0.
    pub by: Rational,
}
