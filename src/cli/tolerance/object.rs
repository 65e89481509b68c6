//! What `simplify --tolerance` is asked and answers.

use std::path::Path;

use num_traits::Signed as _;
use serde::Serialize;

use crate::certificate::StatedNetwork;
use crate::cli::answer::Answer;
use crate::cli::deep::Layers;
use crate::cli::failure::Failure;
use crate::cli::flips::SetLimits;
use crate::cli::network_out::{Cost, NetworkOut};
use crate::exact::decimal::brief;
use crate::exact::{Rational, Surd, text};
use crate::network::{Network, to_certificate};
use crate::watch::Stop;

/// What is asked.
pub(in crate::cli) struct Smaller<'a> {
    pub(in crate::cli) network: &'a Network,
    pub(in crate::cli) path: &'a Path,
    /// `--tolerance`; above 0 where there is no box.
    pub(in crate::cli) tolerance: Rational,
    /// `--domain`.
    pub(in crate::cli) domain: Option<&'a str>,
    pub(in crate::cli) certificate: Option<&'a Path>,
    /// Where the smaller network goes.
    pub(in crate::cli) out: Option<NetworkOut<'a>>,
    pub(in crate::cli) limits: &'a SetLimits,
}

/// The number of `--tolerance`, which is not negative.
pub(in crate::cli) fn number(text: &str) -> Result<Rational, Failure> {
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
pub(super) struct Object {
    pub(super) neurons_before: usize,
    pub(super) neurons: usize,
    pub(super) tolerance: String,
    /// Which distance is meant: `seminorm`, or `sup-norm` on the box.
    pub(super) norm: &'static str,
    /// The functions are at most this far apart.
    pub(super) distance: String,
    /// Whether this is the distance itself.
    pub(super) exact: bool,
    /// Neurons left out, by layer and index as given.
    pub(super) dropped: Vec<Dropped>,
    /// Neurons of a layer for which one of them stands.
    pub(super) merged: Vec<Merged>,
    pub(super) network: Written,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rounding: Option<Cost>,
}

#[derive(Serialize)]
pub(super) struct Dropped {
    pub(super) layer: usize,
    pub(super) neurons: Vec<usize>,
    /// As without a tolerance; or `small` where what is lost is within it, `near-constant` where a constant stands for them.
    pub(super) why: &'static str,
}

#[derive(Serialize)]
pub(super) struct Merged {
    pub(super) layer: usize,
    pub(super) neurons: Vec<usize>,
}

/// A network as JSON has it.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Written {
    Shallow(Box<StatedNetwork>),
    Deep(Layers),
}

impl Written {
    pub(super) fn of(network: &Network) -> Result<Self, Failure> {
        match network {
            Network::Deep(network) => Ok(Written::Deep(Layers::from(network))),
            network => match to_certificate(network) {
                Some(stated) => Ok(Written::Shallow(Box::new(stated))),
                None => Err(Failure::Internal("a network is not written".to_owned())),
            },
        }
    }
}

/// The answer, where a limit may have ended the search for a smaller network.
pub(super) fn ended(stopped: Option<Stop>) -> Result<Answer, Failure> {
    match stopped {
        None => Ok(Answer::Yes),
        Some(stop) => Err(Failure::Limit(format!(
            "{stop}: perhaps fewer neurons are within the tolerance too"
        ))),
    }
}

/// Neurons in hidden layers.
pub(super) fn neurons(network: &Network) -> usize {
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
    pub(super) fn words(&self, distance: &Rational, layers: bool) -> String {
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
