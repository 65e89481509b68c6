//! `relucert simplify`: the same function with fewer neurons, balanced on request, exactly or rounded to floats with the cost printed.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use num_traits::Signed as _;
use serde::Serialize;

use super::answer::Answer;
use super::deep;
use super::failure::Failure;
use super::families;
use super::flips::SetLimits;
use super::inputs::{Files, Inputs};
use super::network_out::{Cost, NetworkOut, Round};
use super::output::Output;
use super::tolerance;
use crate::certificate::{self, Networks};
use crate::exact::Rational;
use crate::network::file::{Layout, Reading};
use crate::network::{Network, ShapeError, to_certificate};
use crate::parametrizations::{Simplified, simplify};
use crate::realization::{SeminormLimits, Subject, equal_certificate};

/// Compute the same function with fewer neurons
#[derive(Debug, Args)]
pub(super) struct Simplify {
    /// The network; of one that has not two layers what does nothing is left out, and what is parallel merged
    #[arg(value_name = "NET")]
    network: PathBuf,
    /// Make inner and outer weights of each neuron equally large, with square roots where needed
    #[arg(long)]
    balance: bool,
    /// Go on as long as the function changes by no more than this: in the seminorm, on all of R^d; or on the box of --domain
    #[arg(
        long,
        value_name = "NUMBER",
        allow_hyphen_values = true,
        conflicts_with = "balance"
    )]
    tolerance: Option<String>,
    /// With --tolerance: the largest change of an output on this box counts: lower:upper for every input, separated by commas, or one for all
    #[arg(
        long,
        value_name = "BOX",
        allow_hyphen_values = true,
        requires = "tolerance"
    )]
    domain: Option<String>,
    /// Write the certificate that both networks are equal there
    #[arg(short = 'o', value_name = "FILE.rcert")]
    certificate: Option<PathBuf>,
    /// Write the network there: .json exactly, .safetensors, .npz and .onnx as binary floats
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Round to this format for a .safetensors, .npz or .onnx file; without it only networks that are binary floats already are written so
    #[arg(long, value_enum, requires = "output")]
    round: Option<Round>,
    #[command(flatten)]
    limits: SetLimits,
}

#[derive(Serialize)]
struct Object {
    neurons_before: usize,
    neurons: usize,
    /// Whether no network has fewer.
    least: bool,
    /// No network has fewer than this.
    lower: usize,
    /// Neurons that contribute nothing (alone or merged with others) or a constant.
    dropped: Vec<usize>,
    /// Those of them that went into the output bias.
    constant: Vec<usize>,
    /// Positively parallel neurons that became one.
    merged: Vec<Vec<usize>>,
    /// Neurons saved beyond that, by turning neurons round and sharing hyperplanes.
    saved_by_flips: usize,
    network: certificate::StatedNetwork,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounding: Option<Cost>,
}

impl Simplify {
    pub(super) fn files(&self) -> Files<'_> {
        Files::new([self.network.as_path()])
            .writing("-o", self.certificate.as_deref())
            .writing("--output", self.output.as_deref())
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        if let Some(family) = inputs.family(&self.network)? {
            let wanted = families::Wanted {
                balance: self.balance,
                network: self.output.as_deref(),
                certificate: self.certificate.as_deref(),
            };
            let limits = self.limits.limits(output);
            return families::simplify(&family, &wanted, &limits, output);
        }
        let Reading {
            network, layout, ..
        } = inputs.given(&self.network)?;
        let tolerance = self.tolerance.as_deref().map(tolerance::number);
        // In the seminorm 0 is what is done without a tolerance.
        let approximate = |tolerance: &Rational| tolerance.is_positive() || self.domain.is_some();
        if let Some(tolerance) = tolerance.transpose()?.filter(approximate) {
            let asked = tolerance::Smaller {
                network: &network,
                path: &self.network,
                tolerance,
                domain: self.domain.as_deref(),
                certificate: self.certificate.as_deref(),
                out: self.output.as_deref().map(|path| NetworkOut {
                    path,
                    round: self.round,
                    layout: &layout,
                }),
                limits: &self.limits,
            };
            return tolerance::simplify(&asked, output);
        }
        if matches!(network, Network::Deep(_)) {
            return self.deep(&network, &layout, output);
        }
        let deep = || Failure::Internal("a deep network reached simplify".to_owned());
        let limits = self.limits.limits(output);
        let found = simplify(&network, self.balance, &limits).map_err(internal)?;
        let found = found.ok_or_else(deep)?;
        let given = to_certificate(&network).ok_or_else(deep)?;
        let simplified = to_certificate(&found.network).ok_or_else(deep)?;
        let rounding = match &self.output {
            Some(path) => {
                let out = NetworkOut {
                    path,
                    round: self.round,
                    layout: &layout,
                };
                let limits = SeminormLimits {
                    watch: limits.watch,
                    ..SeminormLimits::default()
                };
                out.save(&found.network, limits, output)?
            }
            None => None,
        };
        let before = given.m;
        if let Some(path) = &self.certificate {
            let networks = Networks {
                gamma: given,
                theta: Some(simplified.clone()),
                phi: None,
            };
            let subject = Subject {
                networks,
                activation: None,
            };
            output.save_certificate(path, &equal_certificate(subject, None))?;
        }
        let object = object(&found, before, simplified, rounding);
        output.answer("simplify", &object, || words(&object))?;
        Ok(Answer::Yes)
    }
}

impl Simplify {
    fn deep(&self, network: &Network, layout: &Layout, output: &Output) -> Result<Answer, Failure> {
        let why = "others keep their scales";
        deep::without(self.balance, "--balance", why)?;
        let why = "others are written without rounding";
        deep::without(self.round.is_some(), "--round", why)?;
        self.limits.without_sets(output)?;
        let asked = deep::Smaller {
            network,
            path: &self.network,
            certificate: self.certificate.as_deref(),
            out: self.output.as_deref().map(|path| NetworkOut {
                path,
                round: None,
                layout,
            }),
        };
        deep::simplify(&asked, output)
    }
}

fn internal(error: ShapeError) -> Failure {
    Failure::Internal(error.to_string())
}

fn object(
    found: &Simplified,
    before: usize,
    network: certificate::StatedNetwork,
    rounding: Option<Cost>,
) -> Object {
    let mut dropped: Vec<usize> = found.dead.iter().chain(&found.constant).copied().collect();
    dropped.sort_unstable();
    Object {
        neurons_before: before,
        neurons: found.minimal.upper,
        least: found.minimal.least().is_some(),
        lower: found.minimal.lower,
        dropped,
        constant: found.constant.clone(),
        merged: found.merged.clone(),
        saved_by_flips: found.after_merging - found.minimal.upper,
        network,
        rounding,
    }
}

fn words(object: &Object) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let mut line = |label: &str, value: &str| {
        let _ = writeln!(text, "{label:16} {value}");
    };
    let least = match object.least {
        true => "no network of this function has fewer".to_owned(),
        false => format!("at least {} are needed", object.lower),
    };
    let (before, after) = (object.neurons_before, object.neurons);
    line("neurons", &format!("{before} -> {after}; {least}"));
    let list = |indices: &[usize]| {
        let texts: Vec<String> = indices.iter().map(usize::to_string).collect();
        texts.join(", ")
    };
    if !object.dropped.is_empty() {
        line("dropped", &list(&object.dropped));
    }
    for group in &object.merged {
        line("merged", &list(group));
    }
    if object.saved_by_flips > 0 {
        let saved = format!("{} by turning neurons round", object.saved_by_flips);
        line("saved", &saved);
    }
    if let Some(rounding) = &object.rounding {
        for (label, value) in rounding.words() {
            line(label, &value);
        }
    }
    text
}
