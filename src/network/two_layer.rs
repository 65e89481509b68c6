//! Networks with one hidden layer, with biases or without, over any numbers: rows (a_i, b_i) where there are biases, and the output bias apart.

use super::any::Network;
use super::neuron::Neuron;
use super::shallow::{Biased, Shallow, ShapeError, with_active};
use crate::exact::Rational;
use crate::exact::scalar::{Order, Scalar};

/// R(x) = Σ c_i ρ(⟨a_i,x⟩ + b_i) + e, or without biases Σ c_i ρ(⟨a_i,x⟩).
///
/// Over the rationals this is what [`Shallow`] and [`Biased`] are together, for algorithms that drop and add neurons: there may be none. Over
/// functions of k it is a [`Family`](crate::family::Family).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwoLayer<S = Rational> {
    /// Each with d inner weights, or d + 1 where there are biases.
    pub(crate) neurons: Vec<Neuron<S>>,
    pub(crate) inputs: usize,
    pub(crate) outputs: usize,
    /// e, where the network has biases.
    pub(crate) offset: Option<Vec<S>>,
}

impl<S: Scalar> TwoLayer<S> {
    /// From rows a_i, or (a_i, b_i) where there is an e.
    ///
    /// # Errors
    /// [`ShapeError`] if there is no neuron, or rows differ in length or are empty, or e has not D numbers.
    pub fn new(neurons: Vec<Neuron<S>>, offset: Option<Vec<S>>) -> Result<Self, ShapeError> {
        let rows = Shallow::new(neurons)?;
        Ok(match offset {
            None => TwoLayer::from(rows),
            Some(offset) => TwoLayer::from(Biased::new(rows, offset)?),
        })
    }

    /// d.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// D.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// The neurons, each with d inner weights, or d + 1 where there are biases.
    pub fn neurons(&self) -> &[Neuron<S>] {
        &self.neurons
    }

    /// e, where the network has biases.
    pub fn offset(&self) -> Option<&[S]> {
        self.offset.as_deref()
    }

    /// The number of entries of a row: d, or d + 1 with biases.
    pub fn width(&self) -> usize {
        self.inputs + usize::from(self.offset.is_some())
    }

    /// The network without biases that the theorems speak of: itself, or on inputs (x, 1) with e as one more, last neuron.
    pub fn homogenised(&self) -> Self {
        let Some(offset) = &self.offset else {
            return self.clone();
        };
        let mut neurons = self.neurons.clone();
        let mut inner = vec![S::nil(); self.inputs];
        inner.push(S::unit());
        neurons.push(Neuron::of(inner, offset.clone()));
        TwoLayer {
            neurons,
            inputs: self.inputs + 1,
            outputs: self.outputs,
            offset: None,
        }
    }

    /// The same function with biases, all 0 if it has none.
    pub fn with_biases(&self) -> Self {
        if self.offset.is_some() {
            return self.clone();
        }
        let neurons = self.neurons.iter().map(|neuron| {
            let inner = neuron.inner().iter().cloned();
            neuron.with_inner(inner.chain([S::nil()]).collect())
        });
        TwoLayer {
            neurons: neurons.collect(),
            offset: Some(vec![S::nil(); self.outputs]),
            ..*self
        }
    }

    /// R(x) for an x of d coordinates. Cost: m·(d + D) products, and as many signs as neurons.
    ///
    /// # Errors
    /// A sign is not known.
    pub fn value<O: Order<S>>(&self, order: &mut O, x: &[S]) -> Result<Vec<S>, O::Undecided> {
        let value = match &self.offset {
            Some(offset) => offset.clone(),
            None => vec![S::nil(); self.outputs],
        };
        let mut point = x.to_vec();
        point.resize(self.width(), S::unit());
        with_active(order, value, &self.neurons, &point)
    }
}

impl<S: Scalar> From<Shallow<S>> for TwoLayer<S> {
    fn from(network: Shallow<S>) -> Self {
        TwoLayer {
            inputs: network.inputs(),
            outputs: network.outputs(),
            neurons: network.neurons().to_vec(),
            offset: None,
        }
    }
}

impl<S: Scalar> From<Biased<S>> for TwoLayer<S> {
    fn from(network: Biased<S>) -> Self {
        TwoLayer {
            inputs: network.rows().inputs() - 1,
            outputs: network.rows().outputs(),
            neurons: network.rows().neurons().to_vec(),
            offset: Some(network.offset().to_vec()),
        }
    }
}

impl TwoLayer {
    /// `None` for a deep network.
    pub fn of(network: &Network) -> Option<Self> {
        match network {
            Network::Shallow(network) => Some(network.clone().into()),
            Network::Biased(network) => Some(network.clone().into()),
            Network::Deep(_) => None,
        }
    }

    /// The network; a zero neuron stands for none.
    ///
    /// # Errors
    /// [`ShapeError`] as for [`Shallow::new`].
    pub fn into_network(self) -> Result<Network, ShapeError> {
        let mut neurons = self.neurons;
        if neurons.is_empty() {
            let width = self.inputs + usize::from(self.offset.is_some());
            neurons.push(Neuron::zero(width, self.outputs));
        }
        let rows = Shallow::new(neurons)?;
        Ok(match self.offset {
            None => Network::Shallow(rows),
            Some(offset) => Network::Biased(Biased::new(rows, offset)?),
        })
    }
}
