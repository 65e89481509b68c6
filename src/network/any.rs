//! Any network a file can hold: shallow without or with biases, or deep.

use num_traits::Zero as _;

use super::deep::{Deep, Layer};
use super::neuron::Neuron;
use super::shallow::{Biased, Shallow, ShapeError};
use crate::exact::{Rational, Surd};

/// Any network a file can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Network {
    /// R(x) = Σ c_i ρ(⟨a_i,x⟩).
    Shallow(Shallow),
    /// R(x) = Σ c_i ρ(⟨a_i,x⟩ + b_i) + e.
    Biased(Biased),
    /// W_L ∘ ρ ∘ … ∘ ρ ∘ W_1 with one layer or more than two.
    Deep(Deep),
}

impl Network {
    /// Number of inputs d.
    pub fn inputs(&self) -> usize {
        match self {
            Network::Shallow(network) => network.inputs(),
            Network::Biased(network) => network.inputs(),
            Network::Deep(network) => network.inputs(),
        }
    }

    /// Number of outputs D.
    pub fn outputs(&self) -> usize {
        match self {
            Network::Shallow(network) => network.outputs(),
            Network::Biased(network) => network.outputs(),
            Network::Deep(network) => network.outputs(),
        }
    }

    /// A network from layers: two of them make a shallow network (with biases if `biased`), any other number a deep one.
    ///
    /// # Errors
    /// [`ShapeError`] if a layer does not take what the one before gives.
    pub fn from_layers(layers: Vec<Layer>, biased: bool) -> Result<Self, ShapeError> {
        let deep = Deep::new(layers)?;
        match (deep.to_biased(), deep.layers()) {
            (Some(network), _) if biased => Ok(Network::Biased(network)),
            (Some(_), [first, second]) => {
                let rows = first.weights.iter().enumerate();
                let neurons = rows.map(|(i, row)| {
                    let outer = second.weights.iter().map(|row| row[i].clone());
                    Neuron::rational(row.clone(), outer.collect())
                });
                Ok(Network::Shallow(Shallow::new(neurons.collect())?))
            }
            _ => Ok(Network::Deep(deep)),
        }
    }

    /// The same weights as layers: a shallow network has two. `None` where a weight is not rational.
    pub fn to_deep(&self) -> Option<Deep> {
        let (rows, offset) = match self {
            Network::Deep(network) => return Some(network.clone()),
            Network::Shallow(network) => (network, None),
            Network::Biased(network) => (network.rows(), Some(network.offset())),
        };
        let rational = |weights: Vec<Surd>| {
            let weights = weights.iter().map(|weight| weight.to_rational().cloned());
            weights.collect::<Option<Vec<Rational>>>()
        };
        let neurons = rows.neurons().iter();
        let inner = neurons.clone().map(|n| rational(n.inner_weights()));
        let mut inner: Vec<Vec<Rational>> = inner.collect::<Option<_>>()?;
        let columns: Option<Vec<_>> = neurons.map(|n| rational(n.outer_weights())).collect();
        let columns = columns?;
        let biases = match offset {
            Some(_) => inner.iter_mut().filter_map(Vec::pop).collect(),
            None => vec![Rational::zero(); inner.len()],
        };
        let row = |k: usize| columns.iter().map(|column| column[k].clone()).collect();
        let outer = Layer {
            weights: (0..rows.outputs()).map(row).collect(),
            biases: offset.map_or_else(|| vec![Rational::zero(); rows.outputs()], <[_]>::to_vec),
        };
        let inner = Layer {
            weights: inner,
            biases,
        };
        Deep::new(vec![inner, outer]).ok()
    }

    /// R(x), exactly.
    ///
    /// Cost: m·(d + D) products for shallow networks, one product a weight for deep ones.
    ///
    /// # Errors
    /// [`ShapeError`] if `x` has not d coordinates.
    pub fn eval(&self, x: &[Rational]) -> Result<Vec<Rational>, ShapeError> {
        match self {
            Network::Shallow(network) => network.eval(x),
            Network::Biased(network) => network.eval(x),
            Network::Deep(network) => network.eval(x),
        }
    }
}
