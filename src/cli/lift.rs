//! `relucert lift`: Lemma A.6, every network as one of N* with two more inputs, and Corollary 1.4's samples.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use num_traits::Zero as _;
use serde::Serialize;

use super::answer::Answer;
use super::failure::Failure;
use super::families;
use super::inputs::{Files, Inputs};
use super::limits::LimitArgs;
use super::network_out::NetworkOut;
use super::output::Output;
use crate::certificate::{self, Networks};
use crate::degeneracy::{MembershipWords, membership};
use crate::exact::decimal::brief;
use crate::exact::{Rational, text};
use crate::network::file::Layout;
use crate::network::{Biased, Network, Shallow, to_certificate};
use crate::realization::SeminormLimits;
use crate::stability::{is_lift, lift, lift_certificate, published_lift};

/// Lift a network into N*: R(lift)(x, 1, -1) = R(NET)(x) (Lemma A.6)
#[derive(Debug, Args)]
pub(super) struct LiftVerb {
    /// The network, with two layers
    #[arg(value_name = "NET")]
    network: PathBuf,
    /// Build the paper's published version, which can leave N*, and say where it does
    #[arg(long)]
    published: bool,
    /// Write the lifted network there: .json exactly, .safetensors, .npz and .onnx where all its numbers are binary floats
    #[arg(long, value_name = "FILE")]
    network_out: Option<PathBuf>,
    /// Write the certificate there
    #[arg(short, value_name = "FILE.rcert")]
    output: Option<PathBuf>,
    /// Samples, a line x_1,…,x_d,y_1,…,y_D each: also answer Corollary 1.4's samples (x, 1, -1), y
    #[arg(long, value_name = "CSV")]
    samples: Option<PathBuf>,
    /// Write the samples there instead of printing them
    #[arg(long, value_name = "CSV", requires = "samples")]
    samples_out: Option<PathBuf>,
    #[command(flatten)]
    limits: LimitArgs,
}

#[derive(Serialize)]
struct Object {
    network: certificate::StatedNetwork,
    /// Whether R(Γ)(x, 1, −1) = R(Θ)(x), by canonical forms.
    realises: bool,
    n_star: bool,
    /// Why it is not in N*.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    published: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    samples: Option<Vec<Vec<String>>>,
    /// The mean of ‖R(x) − y‖² over the samples: the same for both networks.
    #[serde(skip_serializing_if = "Option::is_none")]
    mean_squared_error: Option<String>,
}

/// Samples (x, 1, −1), y as text, and the loss.
struct Augmented {
    rows: Vec<Vec<String>>,
    loss: Rational,
}

impl LiftVerb {
    pub(super) fn files(&self) -> Files<'_> {
        Files::new([self.network.as_path()])
            .reading(self.samples.as_deref())
            .writing("-o", self.output.as_deref())
            .writing("--network-out", self.network_out.as_deref())
            .writing("--samples-out", self.samples_out.as_deref())
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        if let Some(family) = inputs.family(&self.network)? {
            let watch = self.limits.watch(output);
            let paths = [self.network_out.as_deref(), self.output.as_deref()];
            return families::lift(&family, self.published, paths, &watch, output);
        }
        self.limits.guard(output);
        let network = inputs.shallow_network(&self.network, "lift")?;
        let theta: Biased = match &network {
            Network::Shallow(network) => network.clone().into(),
            Network::Biased(network) => network.clone(),
            Network::Deep(_) => return Err(Failure::Internal("a deep network".into())),
        };
        let build = if self.published { published_lift } else { lift };
        let gamma = build(&theta).map_err(|error| Failure::Internal(error.to_string()))?;
        let sets = membership(&gamma);
        let (realises, n_star) = (is_lift(&gamma, &theta), sets.in_n_star());
        if !realises || !(n_star || self.published) {
            return Err(Failure::Internal("the lift is not one".into()));
        }
        let samples = self.samples.as_deref();
        let augmented = samples
            .map(|path| augment(inputs, path, &theta, &gamma))
            .transpose()?;
        if let Some(path) = &self.network_out {
            let out = NetworkOut {
                path,
                round: None,
                layout: &Layout::Neurons,
            };
            let lifted = Network::Shallow(gamma.clone());
            out.save(&lifted, SeminormLimits::default(), output)?;
        }
        if let Some((path, augmented)) = self.samples_out.as_ref().zip(augmented.as_ref()) {
            output.save(path, &csv(&augmented.rows))?;
        }
        let mut size = None;
        if let Some(path) = &self.output {
            if n_star {
                let networks = Networks {
                    gamma: (&gamma).into(),
                    theta: to_certificate(&network),
                    phi: None,
                };
                let text = lift_certificate(networks);
                let saved = output.save_certificate(path, &text)?;
                size = saved.then_some((path, text.len()));
            } else {
                output.no_certificate(path, "the published construction left N*");
            }
        }
        let object = Object {
            network: (&gamma).into(),
            realises,
            n_star,
            reason: MembershipWords::not_star(&sets),
            published: self.published,
            mean_squared_error: augmented.as_ref().map(|a| a.loss.to_string()),
            samples: augmented.as_ref().map(|a| a.rows.clone()),
        };
        output.answer("lift", &object, || {
            let mut text = words(&theta, &gamma, &object);
            if let Some(augmented) = &augmented {
                let loss = brief(&augmented.loss.clone().into());
                let _ = writeln!(
                    text,
                    "{:<20} {loss}, for both networks",
                    "mean squared error"
                );
                match &self.samples_out {
                    Some(path) => {
                        let _ = writeln!(text, "{:<20} {}", "samples", path.display());
                    }
                    None => text += &csv(&augmented.rows),
                }
            }
            if let Some((path, bytes)) = size {
                let path = path.display();
                let _ = writeln!(text, "{:<20} {path} ({bytes} bytes)", "certificate");
            }
            text
        })?;
        Ok(match n_star {
            true => Answer::Yes,
            false => Answer::No,
        })
    }
}

fn words(theta: &Biased, gamma: &Shallow, object: &Object) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{name:<20} {value}");
    };
    let shape = |d: usize, m: usize, outputs: usize| format!("{d}-{m}-{outputs}");
    let from = shape(
        theta.inputs(),
        theta.rows().neurons().len(),
        theta.outputs(),
    );
    let to = shape(gamma.inputs(), gamma.neurons().len(), gamma.outputs());
    line("lift", &format!("{from} to {to}, R(Γ)(x, 1, −1) = R(Θ)(x)"));
    if object.published {
        line("construction", "as published (107)–(110)");
    }
    match &object.reason {
        None => line("in N*", "yes"),
        Some(reason) => line("in N*", &format!("no: {reason}")),
    }
    let rows = object.network.a.iter().zip(&object.network.c).enumerate();
    // Networks of any size are in the JSON; a few neurons are shown.
    for (i, (a, c)) in rows.take(10) {
        let list = |row: &[certificate::Surd]| {
            let row: Vec<String> = row.iter().map(ToString::to_string).collect();
            row.join(", ")
        };
        let text = format!("a = ({}), c = ({})", list(a), list(c));
        if text.len() <= 160 {
            line(&format!("neuron {i}"), &text);
        }
    }
    text
}

fn csv(rows: &[Vec<String>]) -> String {
    rows.iter().map(|row| row.join(",") + "\n").collect()
}

/// The samples (x, 1, −1), y of Corollary 1.4, and the mean squared error (7), computed with both networks.
fn augment(
    inputs: &Inputs,
    path: &Path,
    theta: &Biased,
    gamma: &Shallow,
) -> Result<Augmented, Failure> {
    let content = inputs.text(path)?;
    let (inputs, outputs) = (theta.inputs(), theta.outputs());
    let mut rows = Vec::new();
    let mut losses = [Rational::zero(), Rational::zero()];
    for (number, line) in content.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let place =
            |what: &str| Failure::Usage(format!("{}: line {}: {what}", path.display(), number + 1));
        let fields = line.split(',').map(text::parse_rational);
        let values = fields
            .collect::<Result<Vec<Rational>, _>>()
            .map_err(|error| place(&error.to_string()))?;
        if values.len() != inputs + outputs {
            let found = values.len();
            return Err(place(&format!(
                "found {found} numbers, expected {inputs} inputs and {outputs} output(s)"
            )));
        }
        let (x, y) = values.split_at(inputs);
        let mut lifted = x.to_vec();
        lifted.extend([1, -1].map(|n| Rational::from_integer(n.into())));
        let all = theta
            .eval(x)
            .and_then(|one| Ok([one, gamma.eval(&lifted)?]));
        let all = all.map_err(|error| place(&error.to_string()))?;
        for (loss, value) in losses.iter_mut().zip(&all) {
            let squares = value.iter().zip(y).map(|(v, y)| (v - y) * (v - y));
            *loss += squares.sum::<Rational>();
        }
        let row = lifted.iter().chain(y).map(ToString::to_string);
        rows.push(row.collect::<Vec<String>>());
    }
    let [theta_loss, gamma_loss] = losses;
    if theta_loss != gamma_loss {
        return Err(Failure::Internal("the losses differ".into()));
    }
    if rows.is_empty() {
        return Err(Failure::Usage(format!("{}: no samples", path.display())));
    }
    let count = Rational::from_integer(rows.len().into());
    Ok(Augmented {
        loss: theta_loss / count,
        rows,
    })
}
