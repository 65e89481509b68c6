//! `simplify --tolerance`: fewer neurons, as long as the function changes by no more than is allowed.

mod on_box;
mod seminorm;

use std::path::Path;

use num_traits::Signed as _;
use serde::Serialize;

use super::answer::Answer;
use super::deep::Layers;
use super::failure::Failure;
use super::flips::SetLimits;
use super::network_out::{Cost, NetworkOut};
use super::output::Output;
use crate::certificate::StatedNetwork;
use crate::exact::decimal::brief;
use crate::exact::{Rational, Surd, text};
use crate::network::{Network, to_certificate};
use crate::watch::Stop;

/// What is asked.
pub(super) struct Smaller<'a> {
    pub(super) network: &'a Network,
    pub(super) path: &'a Path,
    /// `--tolerance`; above 0 where there is no box.
    pub(super) tolerance: Rational,
    /// `--domain`.
    pub(super) domain: Option<&'a str>,
    pub(super) certificate: Option<&'a Path>,
    /// Where the smaller network goes.
    pub(super) out: Option<NetworkOut<'a>>,
    pub(super) limits: &'a SetLimits,
}

/// The number of `--tolerance`, which is not negative.
pub(super) fn number(text: &str) -> Result<Rational, Failure> {
    let found = text::parse_rational(text)
        .map_err(|error| Failure::Usage(format!("--tolerance '{text}': {error}")))?;
    match found.is_negative() {
        true => Err(Failure::Usage(format!(
            "--tolerance '{text}': must not be negative"
        ))),
        false => Ok(found),
    }
}

#[derive(Serialize)]
struct Object {
    neurons_before: usize,
    neurons: usize,
    tolerance: String,
    /// Which distance is meant: `seminorm`, or `sup-norm` on the box.
    norm: &'static str,
    /// The functions are at most this far apart.
    distance: String,
    /// Whether this is the distance itself.
    exact: bool,
    /// Neurons left out, by layer and index as given.
    dropped: Vec<Dropped>,
    /// Neurons of a layer for which one of them stands.
    merged: Vec<Merged>,
    network: Written,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounding: Option<Cost>,
}

#[derive(Serialize)]
struct Dropped {
    layer: usize,
    neurons: Vec<usize>,
    /// As without a tolerance; or `small` where what is lost is within it, `near-constant` where a constant stands for them.
    why: &'static str,
}

#[derive(Serialize)]
struct Merged {
    layer: usize,
    neurons: Vec<usize>,
}

/// A network as JSON has it.
#[derive(Serialize)]
#[serde(untagged)]
enum Written {
    Shallow(Box<StatedNetwork>),
    Deep(Layers),
}

impl Written {
    fn of(network: &Network) -> Result<Self, Failure> {
        match network {
            Network::Deep(network) => Ok(Written::Deep(Layers::from(network))),
            network => match to_certificate(network) {
                Some(stated) => Ok(Written::Shallow(Box::new(stated))),
                None => Err(Failure::Internal("a network is not written".to_owned())),
            },
        }
    }
}

/// Answers on the box, or on all of R^d in the seminorm.
pub(super) fn simplify(asked: &Smaller, output: &Output) -> Result<Answer, Failure> {
    match asked.domain {
        Some(domain) => on_box::simplify(asked, domain, output),
        None => seminorm::simplify(asked, output),
    }
}

/// The answer, where a limit may have ended the search for a smaller network.
fn ended(stopped: Option<Stop>) -> Result<Answer, Failure> {
    match stopped {
        None => Ok(Answer::Yes),
        Some(stop) => Err(Failure::Limit(format!(
            "{stop}: perhaps fewer neurons are within the tolerance too"
        ))),
    }
}

/// Neurons in hidden layers.
fn neurons(network: &Network) -> usize {
    match network {
        Network::Deep(network) => {
            let hidden = network.layers().iter().rev().skip(1);
            hidden.map(|layer| layer.weights.len()).sum()
        }
        Network::Shallow(network) => network.neurons().len(),
        Network::Biased(network) => network.rows().neurons().len(),
    }
}

impl Object {
    fn words(&self, distance: &Rational, layers: bool) -> String {
        let mut text = format!(
            "neurons          {} -> {}\n",
            self.neurons_before, self.neurons
        );
        let relation = if self.exact { "" } else { "at most " };
        let of = match self.norm {
            "seminorm" => "the seminorm of what was changed, over R^d",
            _ => "the largest change of an output on the box",
        };
        let shown = brief(&Surd::from(distance.clone()));
        text += &format!("distance         {relation}{shown}: {of}\n");
        let list = |layer: usize, neurons: &[usize]| {
            let texts: Vec<String> = neurons.iter().map(usize::to_string).collect();
            match layers {
                true => format!("layer {layer}: {}", texts.join(", ")),
                false => texts.join(", "),
            }
        };
        for Dropped {
            layer,
            neurons,
            why,
        } in &self.dropped
        {
            text += &format!("dropped          {} ({why})\n", list(*layer, neurons));
        }
        for Merged { layer, neurons } in &self.merged {
            text += &format!("merged           {}\n", list(*layer, neurons));
        }
        if let Some(rounding) = &self.rounding {
            for (label, value) in rounding.words() {
                text += &format!("{label:16} {value}\n");
            }
        }
        text
    }
}
