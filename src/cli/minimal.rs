//! `relucert minimal`: the least number of neurons of a function, with a network that attains it (N4).

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::answer::Answer;
use super::failure::Failure;
use super::families;
use super::flips::SetLimits;
use super::inputs::{Files, Inputs};
use super::network_out::NetworkOut;
use super::output::Output;
use crate::certificate;
use crate::network::file::Reading;
use crate::network::to_certificate;
use crate::parametrizations::{Minimal as Found, minimal, minimal_certificate};
use crate::realization::SeminormLimits;

/// The least number of neurons that compute the same function, and a network with so many
#[derive(Debug, Args)]
pub(super) struct Minimal {
    /// The network: two layers
    #[arg(value_name = "NET")]
    network: PathBuf,
    /// Write the certificate there
    #[arg(short = 'o', value_name = "FILE.rcert")]
    certificate: Option<PathBuf>,
    /// Write the smallest network found there
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    limits: SetLimits,
}

#[derive(Serialize)]
struct Object {
    /// The least number, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    minimal: Option<usize>,
    lower: usize,
    upper: usize,
    /// How many the network has.
    given: usize,
    /// h.
    kinks: usize,
    /// A network with `upper` neurons (0 stated as one zero neuron).
    network: certificate::StatedNetwork,
    /// The exponent of the search that would be needed, where a limit was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    free: Option<usize>,
}

impl Minimal {
    pub(super) fn files(&self) -> Files<'_> {
        Files::new([self.network.as_path()])
            .writing("-o", self.certificate.as_deref())
            .writing("--output", self.output.as_deref())
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        if let Some(family) = inputs.family(&self.network)? {
            let limits = self.limits.limits(output);
            let paths = [self.output.as_deref(), self.certificate.as_deref()];
            return families::minimal(&family, paths, &limits, output);
        }
        let Reading {
            network, layout, ..
        } = inputs.given_shallow(&self.network, "minimal")?;
        let deep = || Failure::Internal("a deep network reached minimal".to_owned());
        let internal = |error: crate::network::ShapeError| Failure::Internal(error.to_string());
        let found = minimal(&network, &self.limits.limits(output)).map_err(internal)?;
        let found = found.ok_or_else(deep)?;
        let given = to_certificate(&network).ok_or_else(deep)?;
        let attained = to_certificate(&found.network).ok_or_else(deep)?;
        let of = given.m;
        if let Some(path) = &self.output {
            let out = NetworkOut {
                path,
                round: None,
                layout: &layout,
            };
            out.save(&found.network, SeminormLimits::default(), output)?;
        }
        if let Some(path) = &self.certificate {
            let text = minimal_certificate(attained.clone(), given, &found);
            if output.save_certificate(path, &text)? && found.shown < found.lower {
                output.remark(&format!(
                    "the certificate shows {} as lower end: the search for {} cannot be shown",
                    found.shown, found.lower
                ));
            }
        }
        let object = Object {
            given: of,
            minimal: found.least(),
            lower: found.lower,
            upper: found.upper,
            kinks: found.kinks,
            network: attained,
            free: found.open,
        };
        output.answer("minimal", &object, || words(&found, of))?;
        match found.least() {
            Some(_) => Ok(Answer::Yes),
            None => Err(Failure::Limit(format!(
                "the least number of neurons is between {} and {}{}",
                found.lower,
                found.upper,
                match found.open {
                    Some(free) => format!(
                        "; {free} kinks are free, so 2^{free} orientations would have to be gone through"
                    ),
                    None => String::new(),
                }
            ))),
        }
    }
}

fn words(found: &Found, of: usize) -> String {
    let mut text = String::new();
    let h = found.kinks;
    let more = |n: usize| match n - h {
        0 => "as many as kinks: some choice of orientations has the function's linear part"
            .to_owned(),
        n => format!(
            "{n} more than kinks: no choice of orientations of fewer has the function's linear part"
        ),
    };
    // Writing to a String cannot fail.
    let _ = writeln!(text, "kinks            {h}");
    let _ = match found.least() {
        Some(least) if least >= h => writeln!(
            text,
            "least neurons    {least} of {of}\n                 {}",
            more(least)
        ),
        Some(least) => writeln!(text, "least neurons    {least} of {of}"),
        None => writeln!(
            text,
            "least neurons    between {} and {} of {of}",
            found.lower, found.upper
        ),
    };
    text
}
