//! What is asked, and the hyperplanes that it is asked of.

use super::lines::{Asked, StatementHead};
use crate::arrangement::affine::Affine;
use crate::arrangement::mask::MAX_CLASSES;
use crate::arrangement::normals::Arrangement;
use crate::certificate::{StatedNetwork, StatedRational};
use crate::exact::Rational;
use crate::network::{Network, from_certificate};
use crate::watch::Watch;

/// The regions of which hyperplanes, in what domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The network whose neurons have the hyperplanes, as certificates state it; with biases if there is a domain.
    pub network: StatedNetwork,
    /// The functions that are positive in the domain; none for all of space.
    pub domain: Vec<Affine>,
    /// What is wanted.
    pub asked: Asked,
    /// Whether points inside the joined regions, and circuits of their certificate, are found without advice, as with [`Exact`](crate::advice::Exact)
    /// as [`Options::advice`](crate::arrangement::Options::advice); else as with [`Floats`](crate::advice::Floats).
    pub unadvised: bool,
}

impl Question {
    pub(super) fn stated(head: &StatementHead) -> Result<Question, String> {
        let sides = head.domain.iter().flatten().map(|side| {
            let mut normal: Vec<Rational> = side.iter().map(|x| x.0.clone()).collect();
            let offset = normal.pop().ok_or("a side of the domain has no entries")?;
            Ok(Affine { normal, offset })
        });
        Ok(Question {
            network: head.network.clone(),
            domain: sides.collect::<Result<_, &str>>()?,
            asked: head.asked,
            unadvised: head.unadvised,
        })
    }

    /// The domain as a statement has it.
    pub(super) fn sides(&self) -> Option<Vec<Vec<StatedRational>>> {
        let side = |side: &Affine| {
            let entries = side.normal.iter().chain([&side.offset]);
            entries.cloned().map(StatedRational).collect()
        };
        (!self.domain.is_empty()).then(|| self.domain.iter().map(side).collect())
    }

    /// The hyperplanes of the neurons; that of a neuron is that of its rational weights.
    pub(super) fn arrangement(&self) -> Result<Arrangement, String> {
        let network = from_certificate(&self.network).map_err(|error| error.to_string())?;
        let (inputs, watch) = (network.inputs(), &Watch::none());
        let rows = |neurons: &crate::network::Shallow| -> Vec<Vec<Rational>> {
            let neurons = neurons.neurons().iter();
            neurons.map(|neuron| neuron.inner().to_vec()).collect()
        };
        let made = match &network {
            Network::Deep(_) => return Err("a deep network has no hyperplanes".to_owned()),
            Network::Shallow(_) if !self.domain.is_empty() => {
                return Err("within a domain the network has biases".to_owned());
            }
            Network::Shallow(network) => Arrangement::new_within(&rows(network), inputs, watch),
            Network::Biased(network) => {
                let functions = rows(network.rows()).into_iter().filter_map(|mut normal| {
                    let offset = normal.pop()?;
                    Some(Affine { normal, offset })
                });
                let functions: Vec<Affine> = functions.collect();
                Arrangement::affine(&functions, &self.domain, inputs, watch)
            }
        };
        let made = made.map_err(|error| error.to_string())?;
        match made.classes().len() {
            few if few < MAX_CLASSES => Ok(made),
            many => Err(format!(
                "there are {many} hyperplanes, and at most {} can be divided",
                MAX_CLASSES - 1
            )),
        }
    }
}
