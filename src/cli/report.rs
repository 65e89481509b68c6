//! `relucert report`: a page to look at in a browser.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::answer::Answer;
use super::failure::Failure;
use super::inputs::{Files, Inputs};
use super::limits::LimitArgs;
use super::output::Output;
use crate::degeneracy::MembershipWords;
use crate::exact::decimal::brief;
use crate::nearest::{Answer as Found, Nearest, Options, nearest};
use crate::network::Network;
use crate::page::{Comparison, Matched, networks_page, proof_page};
use crate::parametrizations::Limits;
use crate::realization::CanonicalForm;
use crate::report::{Certificate, is_deep, retold};
use crate::verify::{self, Bindings, verify_text};

/// Write one self-contained page about a certificate, a network or two networks, to look at in a browser
#[derive(Debug, Args)]
pub(super) struct ReportVerb {
    /// A certificate, or one network or two
    #[arg(value_name = "FILE", required = true, num_args = 1..=2)]
    files: Vec<PathBuf>,
    /// Where the page goes
    #[arg(short, value_name = "FILE.html")]
    output: PathBuf,
    #[command(flatten)]
    limits: LimitArgs,
}

#[derive(Serialize)]
struct Object {
    /// `certificate` or `networks`.
    about: &'static str,
    file: String,
    bytes: usize,
}

fn is_certificate(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "rcert")
}

impl ReportVerb {
    pub(super) fn files(&self) -> Files<'_> {
        let (others, networks) = self
            .files
            .iter()
            .map(PathBuf::as_path)
            .partition(|path| is_certificate(path));
        Files {
            networks,
            others,
            ..Files::default()
        }
        .writing("-o", Some(&self.output))
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        let (about, page) = match self.files.as_slice() {
            [certificate] if is_certificate(certificate) => {
                self.limits.guard(output);
                ("certificate", of_certificate(certificate, inputs)?)
            }
            files if files.iter().any(|path| is_certificate(path)) => {
                let text = "report takes one certificate, or one network or two";
                return Err(Failure::Usage(text.to_owned()));
            }
            files => ("networks", self.of_networks(files, inputs, output)?),
        };
        output.save(&self.output, &page)?;
        let object = Object {
            about,
            file: self.output.display().to_string(),
            bytes: page.len(),
        };
        output.answer("report", &object, || {
            format!("{} ({} bytes)\n", object.file, object.bytes)
        })?;
        Ok(Answer::Yes)
    }

    fn of_networks(
        &self,
        files: &[PathBuf],
        inputs: &Inputs,
        output: &Output,
    ) -> Result<String, Failure> {
        let mut networks = Vec::new();
        for path in files {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            networks.push((name.into_owned(), inputs.shallow_network(path, "report")?));
        }
        let compared = match networks.as_slice() {
            [(_, a), (_, b)] => self.compared(a, b, output)?,
            _ => {
                self.limits.guard(output);
                Comparison::default()
            }
        };
        Ok(networks_page(&networks, &compared))
    }

    /// What is known of two networks.
    fn compared(&self, a: &Network, b: &Network, output: &Output) -> Result<Comparison, Failure> {
        let (Some(first), Some(second)) = (CanonicalForm::of(a), CanonicalForm::of(b)) else {
            return Err(Failure::Internal("a deep network".to_owned()));
        };
        let difference = second.minus(&first).ok_or_else(|| {
            Failure::Usage(
                "the two networks have different numbers of inputs or outputs".to_owned(),
            )
        })?;
        let mut lines = vec![match difference.is_zero() {
            true => "They are the same function, everywhere.".to_owned(),
            false => "They are not the same function.".to_owned(),
        }];
        let jump = crate::exact::Surd::from(difference.jump_norm());
        lines.push(format!(
            "The largest jump of the gradient of their difference: {}.",
            brief(&jump)
        ));
        let watch = self.limits.watch(output);
        let options = Options {
            watch: watch.clone(),
            flips: Limits {
                watch,
                ..Limits::default()
            },
            ..Options::default()
        };
        let mut matching = Vec::new();
        match nearest(a, b, &options) {
            Ok(Found::Nearest(found)) => {
                matching = matched(&found);
                lines.push(match found.exact() {
                    Some(distance) => format!("The parametrization of the second network’s function nearest to the first is at distance {}.", brief(distance)),
                    None => format!("Every parametrization of the second network’s function is at least {} away from the first.", brief(&found.lower)),
                });
                if let Some(phi) = &found.phi {
                    lines.push(format!("One is {} away.", brief(&phi.distance.value)));
                }
            }
            Ok(none) => lines.push(none_words(&none)),
            Err(error) => lines.push(format!(
                "The nearest parametrization is not known: {error}."
            )),
        }
        Ok(Comparison { lines, matching })
    }
}

/// The neurons of Θ in the places of Γ; the output bias is no neuron.
fn matched(found: &Nearest) -> Vec<Matched> {
    let Some(phi) = &found.phi else {
        return Vec::new();
    };
    let places = phi.order.iter().zip(&phi.scales).take(found.neurons);
    let matched = places.map(|(base, factor)| Matched {
        neuron: found.origin.get(*base).copied(),
        factor: factor.clone(),
    });
    matched.collect()
}

fn none_words(found: &Found) -> String {
    match found {
        Found::TooManyKinks { kinks, neurons } => {
            format!(
                "The second function has {kinks} kinks, too many for the first network’s {neurons} neurons."
            )
        }
        Found::NoOrientation { kinks } => {
            format!(
                "No orientation of {kinks} neurons, one a kink, has the second network’s function."
            )
        }
        Found::NotInNStar { membership, .. } => {
            let words = MembershipWords::of(membership);
            words.n_star.or(words.n_prime).unwrap_or_default()
        }
        _ => "The networks have different numbers of neurons.".to_owned(),
    }
}

/// The page of a certificate, with what the verifier says of it.
fn of_certificate(path: &Path, inputs: &Inputs) -> Result<String, Failure> {
    let text = inputs.text(path)?;
    let unread = |error| Failure::Usage(format!("{}: {error}", path.display()));
    let told = retold(&text).map_err(unread)?;
    let certificate = match is_deep(&text) {
        true => None,
        false => Some(Certificate::read(&text).map_err(unread)?),
    };
    let said = match verify_text(
        text.as_bytes(),
        &verify::Limits::default(),
        &Bindings::default(),
    ) {
        verify::Verdict::Verified(_) => "The verifier says: s VERIFIED".to_owned(),
        verify::Verdict::Rejected(rejection) => {
            format!("The verifier says: s REJECTED: {rejection}")
        }
        verify::Verdict::Declined(declined) => format!("The verifier says: s DECLINED: {declined}"),
    };
    Ok(proof_page(&told, certificate.as_ref(), &said))
}
