//! What the module's other files ask of a network.

use std::sync::Arc;

use pyo3::prelude::*;
use relucert::certificate::StatedNetwork;
use relucert::network::file::{Encoded, Format, Layout, Reading, Rounding, Source, encode_as};
use relucert::network::to_certificate;

use crate::fault;
use crate::network::Network;

impl Network {
    /// A network that was read.
    pub fn new(reading: Reading) -> Self {
        Network {
            reading: Arc::new(reading),
        }
    }

    /// A network that no file has.
    pub fn plain(network: relucert::Network) -> Self {
        let layout = match network {
            relucert::Network::Deep(_) => Layout::Layers,
            _ => Layout::Neurons,
        };
        Network::new(Reading {
            network,
            layout,
            remarks: Vec::new(),
        })
    }

    /// The engine's network.
    pub fn inner(&self) -> &relucert::Network {
        &self.reading.network
    }

    /// A network from the text of a JSON file, whose errors name the call in its place.
    pub fn from_text(name: &str, text: String) -> PyResult<Self> {
        let source = Source::new(name, Format::Json, text.into_bytes());
        let reading = source.and_then(|source| Python::attach(|py| py.detach(|| source.network())));
        reading.map(Network::new).map_err(|mut error| {
            // Nobody has seen the text.
            error.position = None;
            fault::file(error)
        })
    }

    /// Whether it has not two layers.
    pub fn is_deep(&self) -> bool {
        matches!(self.inner(), relucert::Network::Deep(_))
    }

    /// The number of neurons of a shallow network.
    pub fn neurons(&self) -> usize {
        match self.inner() {
            relucert::Network::Shallow(network) => network.neurons().len(),
            relucert::Network::Biased(network) => network.rows().neurons().len(),
            relucert::Network::Deep(_) => 0,
        }
    }

    /// The network in the statement of a certificate; `what` is named if it is deep.
    pub fn stated(&self, what: &str) -> PyResult<StatedNetwork> {
        to_certificate(self.inner()).ok_or_else(|| {
            fault::usage(format!(
                "{what} is for networks with two layers, and this one has another number"
            ))
        })
    }

    /// The bytes of a file.
    pub fn encoded(&self, format: Format, rounding: Rounding) -> PyResult<Encoded> {
        let Reading {
            network, layout, ..
        } = &*self.reading;
        encode_as("Network", format, network, layout, rounding).map_err(fault::file)
    }
}
