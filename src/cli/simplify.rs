//! `relucert simplify`: the same function with fewer neurons, balanced on request, exactly or rounded to floats with the cost printed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::flips::SetLimits;
use super::output::{Output, brief};
use super::{Answer, Failure, Files, Inputs};
use crate::certificate::{self, Networks};
use crate::exact::Surd;
use crate::network::file::{FileError, Precision, Problem, to_json, to_safetensors};
use crate::network::{Network, Shallow, ShapeError, to_certificate};
use crate::parametrizations::{Simplified, simplify};
use crate::realization::{
    CanonicalForm, SeminormLimits, Subject, branch_and_bound, equal_certificate,
};
use crate::stability::distance;

/// Compute the same function with fewer neurons
#[derive(Debug, Args)]
pub(super) struct Simplify {
    /// The network: two layers
    #[arg(value_name = "NET")]
    network: PathBuf,
    /// Make inner and outer weights of each neuron equally large, with square roots where needed
    #[arg(long)]
    balance: bool,
    /// Write the certificate that both networks are equal there
    #[arg(short = 'o', value_name = "FILE.rcert")]
    certificate: Option<PathBuf>,
    /// Write the network there: .json exactly, .safetensors as binary floats
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Round to this format for a .safetensors file; without it only networks that are binary floats already are written so
    #[arg(long, value_enum, requires = "output")]
    round: Option<Format>,
    #[command(flatten)]
    limits: SetLimits,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Single precision
    F32,
    /// Double precision
    F64,
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
    network: certificate::Shallow,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounding: Option<Rounding>,
}

/// What rounding costs.
#[derive(Serialize)]
struct Rounding {
    format: &'static str,
    /// How many numbers are changed.
    changed: usize,
    /// The largest change of a parameter.
    distance: String,
    /// The seminorm of the difference of the functions, if it is known exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    seminorm: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lower: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upper: Option<String>,
    #[serde(skip)]
    words: String,
}

impl Simplify {
    pub(super) fn files(&self) -> Files<'_> {
        Files::new([self.network.as_path()])
            .writing("-o", self.certificate.as_deref())
            .writing("--output", self.output.as_deref())
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        let network = inputs.shallow_network(&self.network, "simplify")?;
        let deep = || Failure::Internal("a deep network reached simplify".to_owned());
        let limits = self.limits.limits(output);
        let found = simplify(&network, self.balance, &limits).map_err(internal)?;
        let found = found.ok_or_else(deep)?;
        let given = to_certificate(&network).ok_or_else(deep)?;
        let simplified = to_certificate(&found.network).ok_or_else(deep)?;
        let rounding = match &self.output {
            Some(path) => self.save(path, &found.network, output)?,
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

    /// Writes the network; what rounding costs, if it was rounded.
    fn save(
        &self,
        path: &Path,
        network: &Network,
        output: &Output,
    ) -> Result<Option<Rounding>, Failure> {
        let extension = path.extension().map(|e| e.to_ascii_lowercase());
        match extension.as_ref().and_then(|e| e.to_str()) {
            Some("json") if self.round.is_none() => {
                output.save(path, &to_json(network))?;
                Ok(None)
            }
            Some("json") => Err(Failure::Usage(
                "--round is for .safetensors files: JSON holds every number exactly".to_owned(),
            )),
            Some("safetensors") => {
                let precision = self.round.map(|format| match format {
                    Format::F32 => Precision::F32,
                    Format::F64 => Precision::F64,
                });
                let file = to_safetensors(network, precision).map_err(|problem| {
                    let hint = match self.round {
                        None => "; use --round f32 or --round f64, or a .json file",
                        Some(_) => "",
                    };
                    Failure::File(FileError {
                        file: path.display().to_string(),
                        position: None,
                        field: None,
                        problem: Box::new(Problem::Other(format!("{problem}{hint}"))),
                    })
                })?;
                output.save_bytes(path, &file.bytes)?;
                let cost = self
                    .round
                    .map(|_| self.cost(network, &file.network, output));
                let Some(cost) = cost.transpose()? else {
                    return Ok(None);
                };
                Ok(Some(Rounding {
                    format: file.precision.name(),
                    changed: file.rounded,
                    ..cost
                }))
            }
            _ => Err(Failure::Usage(format!(
                "{}: networks are written to .json and .safetensors files",
                path.display()
            ))),
        }
    }

    fn cost(
        &self,
        exact: &Network,
        rounded: &Network,
        output: &Output,
    ) -> Result<Rounding, Failure> {
        let fault = || Failure::Internal("rounding changed the network's shape".to_owned());
        let [a, b] = [exact, rounded].map(homogeneous);
        let change = a
            .zip(b)
            .and_then(|(a, b)| distance(&a, &b))
            .ok_or_else(fault)?;
        let forms = [exact, rounded].map(CanonicalForm::of);
        let [Some(a), Some(b)] = &forms else {
            return Err(fault());
        };
        let difference = b.minus(a).ok_or_else(fault)?;
        let limits = SeminormLimits {
            deadline: self.limits.limits(output).deadline,
            ..SeminormLimits::default()
        };
        let affine = matches!(exact, Network::Biased(_));
        let found = branch_and_bound(&difference, affine, &limits);
        let known = found.exact().map(ToString::to_string);
        let shown = |value: &crate::exact::Rational| brief(&Surd::from(value.clone()));
        let (lower, upper) = (&found.lower.value, &found.upper);
        let seminorm = match found.exact() {
            Some(value) => shown(value),
            None => format!("between {} and {}", shown(lower), shown(upper)),
        };
        Ok(Rounding {
            format: "",
            changed: 0,
            distance: change.value.to_string(),
            lower: known.is_none().then(|| lower.to_string()),
            upper: known.is_none().then(|| upper.to_string()),
            seminorm: known,
            words: format!(
                "largest change   {}\nseminorm         {seminorm}\n",
                brief(&change.value)
            ),
        })
    }
}

fn internal(error: ShapeError) -> Failure {
    Failure::Internal(error.to_string())
}

fn homogeneous(network: &Network) -> Option<Shallow> {
    match network {
        Network::Shallow(network) => Some(network.clone()),
        Network::Biased(network) => Some(network.homogenised()),
        Network::Deep(_) => None,
    }
}

fn object(
    found: &Simplified,
    before: usize,
    network: certificate::Shallow,
    rounding: Option<Rounding>,
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
        let format = format!("{}, {} numbers changed", rounding.format, rounding.changed);
        line("rounded to", &format);
        text.push_str(&rounding.words);
    }
    text
}
