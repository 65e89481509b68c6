//! Networks: shallow ones with and without biases as lists of neurons (s, c, a), deep ones as layers; and their files.

mod deep;
mod neuron;
mod shallow;

pub use deep::{Deep, Layer};
pub(crate) use neuron::largest;
pub use neuron::{Neuron, RadicalMisfit};
pub use shallow::{Biased, Shallow, ShapeError};

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
}
