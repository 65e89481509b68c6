//! `relucert report`: a page to look at in a browser.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::answer::Answer;
use super::failure::Failure;
use super::inputs::{Files, Inputs};
use super::limits::LimitArgs;
use super::output::Output;
use super::words::texts;
use crate::degeneracy::MembershipWords;
use crate::depth::{self, Equality, Points};
use crate::exact::decimal::brief;
use crate::exact::{Rational, Surd};
use crate::nearest::{Answer as Found, Nearest, Options, nearest};
use crate::network::{Network, ShapeError};
use crate::page::{Comparison, Matched, Read, layers_matched, networks_page, proof_page};
use crate::parametrizations::Limits;
use crate::realization::CanonicalForm;
use crate::report::{Certificate, is_deep, retold};
use crate::verify::{self, Bindings, verify_text};
use crate::watch::Watch;

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
        let (about, page, watch) = match self.files.as_slice() {
            [certificate] if is_certificate(certificate) => {
                let watch = self.limits.watch(output);
                let page = of_certificate(certificate, inputs, &watch)?;
                ("certificate", page, watch)
            }
            files if files.iter().any(|path| is_certificate(path)) => {
                let text = "report takes one certificate, or one network or two";
                return Err(Failure::Usage(text.to_owned()));
            }
            files => {
                let networks = read(files, inputs)?;
                // Reading standard input is no work to be watched.
                let watch = self.limits.watch(output);
                ("networks", of_networks(&networks, &watch)?, watch)
            }
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
        match watch.check() {
            Ok(()) => Ok(Answer::Yes),
            Err(stop) => {
                let words = format!("{stop}; the page has what is known, and names what it lacks");
                Err(Failure::Limit(words))
            }
        }
    }
}

fn read(files: &[PathBuf], inputs: &Inputs) -> Result<Vec<(String, Network)>, Failure> {
    let mut networks = Vec::new();
    for path in files {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        networks.push((name.into_owned(), inputs.network(path)?));
    }
    Ok(networks)
}

fn of_networks(networks: &[(String, Network)], watch: &Watch) -> Result<String, Failure> {
    let compared = match networks {
        [(_, a), (_, b)] => compared(a, b, watch)?,
        _ => Comparison::default(),
    };
    Ok(networks_page(networks, &compared, watch))
}

/// What is known of two networks.
fn compared(a: &Network, b: &Network, watch: &Watch) -> Result<Comparison, Failure> {
    let shapes = |network: &Network| (network.inputs(), network.outputs());
    if shapes(a) != shapes(b) {
        return Err(Failure::Usage(
            "the two networks have different numbers of inputs or outputs".to_owned(),
        ));
    }
    match (CanonicalForm::of(a), CanonicalForm::of(b)) {
        (Some(first), Some(second)) => compared_shallow([a, b], [&first, &second], watch),
        _ => compared_deep(a, b, watch),
    }
}

fn compared_shallow(
    [a, b]: [&Network; 2],
    [first, second]: [&CanonicalForm; 2],
    watch: &Watch,
) -> Result<Comparison, Failure> {
    let difference = second.minus(first);
    let difference = difference.ok_or_else(|| Failure::Internal("two shapes".to_owned()))?;
    let mut lines = vec![match difference.is_zero() {
        true => "They are the same function, everywhere.".to_owned(),
        false => "They are not the same function.".to_owned(),
    }];
    let jump = Surd::from(difference.jump_norm());
    lines.push(format!(
        "The largest jump of the gradient of their difference: {}.",
        brief(&jump)
    ));
    let options = Options {
        watch: watch.clone(),
        flips: Limits {
            watch: watch.clone(),
            ..Limits::default()
        },
        ..Options::default()
    };
    let mut matching = Vec::new();
    match nearest(a, b, &options) {
        Ok(Found::Nearest(found)) => {
            matching = vec![matched(&found)];
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

/// The same where one of them has not exactly two layers.
fn compared_deep(a: &Network, b: &Network, watch: &Watch) -> Result<Comparison, Failure> {
    let (Some(gamma), Some(theta)) = (a.to_deep(), b.to_deep()) else {
        let text = "one network has weights that are not rational, and the other one is deep; networks of any depth have rational ones";
        return Err(Failure::Usage(text.to_owned()));
    };
    let misfit = |error: ShapeError| Failure::Usage(error.to_string());
    let mut lines = Vec::new();
    let found = depth::compare(&gamma, &theta, Points::default(), watch).map_err(misfit)?;
    lines.push(match found {
        Equality::Equal(_) => "They are the same function, everywhere: both have one form, up to order and positive scale of hidden neurons.".to_owned(),
        Equality::Different { point, .. } => format!(
            "They are not the same function: they differ at {}.",
            match point.len() {
                ..=8 => format!("x = ({})", texts(&point).join(", ")),
                n => format!("a point of {n} coordinates"),
            }
        ),
        Equality::Unknown { points, .. } => format!(
            "Whether they are the same function is not known: up to order and positive scale of hidden neurons they are different, and they have the same values at {points} points."
        ),
    });
    let surd = |value: &Rational| brief(&Surd::from(value.clone()));
    let mut matching = Vec::new();
    match depth::nearest(&gamma, &theta, watch) {
        Ok(found) => {
            lines.push(format!(
                "As they are given, the weights are {} apart; with the second network’s hidden neurons in another order and rescaled, {}.",
                surd(&found.before),
                surd(&found.distance)
            ));
            if let Some(bound) = &found.class_lower {
                lines.push(format!(
                    "No order and positive scales of them come nearer than {}, by the first layer.",
                    brief(bound)
                ));
            }
            if let Some(stop) = found.stopped {
                lines.push(format!("A nearer one was looked for: {stop}."));
            }
            matching = layers_matched(found.places);
        }
        Err(error) => lines.push(format!("Their neurons are not matched: {error}.")),
    }
    Ok(Comparison { lines, matching })
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
fn of_certificate(path: &Path, inputs: &Inputs, watch: &Watch) -> Result<String, Failure> {
    let text = inputs.text(path)?;
    let unread = |error| Failure::Usage(format!("{}: {error}", path.display()));
    let told = retold(&text).map_err(unread)?;
    let limits = verify::Limits::default();
    let verdict = verify_text(text.as_bytes(), &limits, &Bindings::default());
    let verified = matches!(verdict, verify::Verdict::Verified(_));
    let said = match verdict {
        verify::Verdict::Verified(_) => "The verifier says: s VERIFIED".to_owned(),
        verify::Verdict::Rejected(rejection) => {
            format!("The verifier says: s REJECTED: {rejection}")
        }
        verify::Verdict::Declined(declined) => format!("The verifier says: s DECLINED: {declined}"),
    };
    let read = match is_deep(&text) {
        true => Read::Deep {
            certificate: Box::new(Certificate::read(&text).map_err(unread)?),
            verified,
        },
        false => Read::Shallow(Box::new(Certificate::read(&text).map_err(unread)?)),
    };
    Ok(proof_page(&told, &read, &said, watch))
}
