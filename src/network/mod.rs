//! Networks: shallow ones with and without biases as lists of neurons (s, c, a), deep ones as layers; and their files.

mod any;
mod certificate;
mod deep;
pub mod file;
mod neuron;
mod shallow;
mod two_layer;

pub use any::Network;
pub use certificate::{
    CertificateNetworkError, from_certificate, from_deep_certificate, to_certificate,
    to_deep_certificate,
};
pub use deep::{Deep, Layer};
pub(crate) use neuron::largest;
pub use neuron::{Neuron, RadicalMisfit, Stretch};
pub use shallow::{Biased, Shallow, ShapeError};
pub(crate) use shallow::{check_point, dot};
pub use two_layer::TwoLayer;
