//! `relucert equal`: whether two networks compute the same function.

use std::path::PathBuf;

use clap::Args;
use num_traits::Zero as _;
use serde::Serialize;

use super::answer::Answer;
use super::arguments;
use super::deep;
use super::failure::Failure;
use super::families;
use super::inputs::{Files, Inputs};
use super::limits::LimitArgs;
use super::output::Output;
use super::words::{differing, texts};
use crate::certificate::Networks;
use crate::exact::Rational;
use crate::network::file::{Reading, near_floats};
use crate::network::{Network, ShapeError, to_certificate};
use crate::realization::{
    CanonicalForm, Domain, Subject, differ_certificate, equal_certificate, nonzero_point,
};

/// Decide whether two networks are the same function, on all of R^d or on a box
#[derive(Debug, Args)]
pub(super) struct EqualArgs {
    /// The first network
    #[arg(value_name = "A")]
    first: PathBuf,
    /// The second network; it may have another number of neurons
    #[arg(value_name = "B")]
    second: PathBuf,
    /// Compare on a box only: lower:upper for every input, separated by commas, or one for all
    #[arg(long, value_name = "BOX", allow_hyphen_values = true)]
    domain: Option<String>,
    /// relu, or prelu:A for max(A·t, t)
    #[arg(long, default_value = "relu", value_name = "ACTIVATION")]
    activation: String,
    /// Write the certificate there
    #[arg(short, value_name = "FILE.rcert")]
    output: Option<PathBuf>,
    #[command(flatten)]
    limits: LimitArgs,
}

#[derive(Serialize)]
struct Object {
    equal: bool,
    /// A point where they differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_a: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_b: Option<Vec<String>>,
}

/// Two shallow networks with the same inputs and outputs, and their difference second − first.
pub(super) struct Comparison {
    pub first: Network,
    pub second: Network,
    pub forms: [CanonicalForm; 2],
    pub difference: CanonicalForm,
    /// What to say if one file has decimals that round to the other's binary floats.
    near_floats: Option<String>,
}

impl Comparison {
    /// Of networks with two layers.
    pub(super) fn of(
        [first, second]: [&PathBuf; 2],
        [one, other]: [Reading; 2],
        activation: &Rational,
    ) -> Result<Self, Failure> {
        let near = |name: &PathBuf, text: &Reading, floats: &Reading| {
            let near = near_floats(text, floats)?;
            Some(format!("{}: {near}", name.display()))
        };
        let near_floats = near(first, &one, &other).or_else(|| near(second, &other, &one));
        let (a, b) = (one.network, other.network);
        let (form_a, form_b) = (form(&a, activation)?, form(&b, activation)?);
        let difference = form_b.minus(&form_a).ok_or_else(|| {
            Failure::Usage(format!(
                "{} has {} inputs and {} outputs, but {} has {} and {}",
                first.display(),
                a.inputs(),
                a.outputs(),
                second.display(),
                b.inputs(),
                b.outputs(),
            ))
        })?;
        Ok(Comparison {
            first: a,
            second: b,
            forms: [form_a, form_b],
            difference,
            near_floats,
        })
    }

    pub(super) fn subject(&self, activation: &Rational) -> Result<Subject, Failure> {
        subject(&self.first, Some(&self.second), activation)
    }
}

pub(super) fn form(network: &Network, activation: &Rational) -> Result<CanonicalForm, Failure> {
    CanonicalForm::with_activation(network, activation)
        .ok_or_else(|| Failure::Internal("a shallow network has no canonical form".to_owned()))
}

pub(super) fn subject(
    gamma: &Network,
    theta: Option<&Network>,
    activation: &Rational,
) -> Result<Subject, Failure> {
    let deep = || Failure::Internal("a deep network reached a certificate".to_owned());
    let theta = theta.map(|theta| to_certificate(theta).ok_or_else(deep));
    Ok(Subject {
        networks: Networks {
            gamma: to_certificate(gamma).ok_or_else(deep)?,
            theta: theta.transpose()?,
            phi: None,
        },
        activation: (!activation.is_zero()).then(|| activation.clone()),
    })
}

impl EqualArgs {
    pub(super) fn files(&self) -> Files<'_> {
        Files::new([self.first.as_path(), &self.second]).writing("-o", self.output.as_deref())
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        let activation = arguments::activation(&self.activation)?;
        if let Some((a, b)) = inputs.families(&self.first, &self.second)? {
            let domain = self.domain.as_deref();
            let read = |text| Ok::<_, Failure>((text, arguments::domain(text, a.inputs())?));
            let domain = domain.map(read).transpose()?;
            let (path, watch) = (self.output.as_deref(), self.limits.watch(output));
            return families::equal(&a, &b, &activation, domain, path, &watch, output);
        }
        let readings = [inputs.given(&self.first)?, inputs.given(&self.second)?];
        if deep::is_deep(readings.each_ref()) {
            return self.deep(&readings, &activation, output);
        }
        self.limits.guard(output);
        let both = Comparison::of([&self.first, &self.second], readings, &activation)?;
        let domain = self.domain.as_deref();
        let domain: Option<Domain> = domain
            .map(|text| arguments::domain(text, both.first.inputs()))
            .transpose()?;
        let shape = |error: ShapeError| Failure::Usage(error.to_string());
        let found = nonzero_point(&both.difference, domain.as_ref()).map_err(shape)?;
        let equal = found.is_none();
        let mut object = Object {
            equal,
            witness: None,
            value_a: None,
            value_b: None,
        };
        let subject = both.subject(&activation)?;
        let (certificate, words) = if let Some(point) = found {
            let [a, b] = both.forms.each_ref().map(|form| form.eval(&point));
            let (a, b) = (a.map_err(shape)?, b.map_err(shape)?);
            let certificate = differ_certificate(subject, domain.as_ref(), &point, &a, &b);
            let [shown_a, shown_b] = differing(&a, &b);
            let words = format!(
                "not equal: at x = ({})\n  A(x) = ({shown_a})\n  B(x) = ({shown_b})\n",
                texts(&point).join(", ")
            );
            object.witness = Some(texts(&point));
            object.value_a = Some(texts(&a));
            object.value_b = Some(texts(&b));
            (certificate, words)
        } else {
            let place = match &self.domain {
                Some(text) => format!("on the box {text}"),
                None => format!("on all of R^{}", both.first.inputs()),
            };
            (
                equal_certificate(subject, domain.as_ref()),
                format!("equal {place}\n"),
            )
        };
        if let Some(path) = &self.output {
            output.save_certificate(path, &certificate)?;
        }
        output.answer("equal", &object, || words)?;
        if let Some(remark) = both.near_floats.filter(|_| !equal) {
            output.remark(&remark);
        }
        Ok(if equal { Answer::Yes } else { Answer::No })
    }

    fn deep(
        &self,
        [one, other]: &[Reading; 2],
        activation: &Rational,
        output: &Output,
    ) -> Result<Answer, Failure> {
        deep::without(!activation.is_zero(), "--activation", "others have ReLU")?;
        let domain = self.domain.as_deref();
        let domain = domain.map(|text| arguments::domain(text, one.network.inputs()));
        let domain = domain.transpose()?;
        let compared = deep::Compared {
            domain: domain.as_ref(),
            networks: [&one.network, &other.network],
            paths: [&self.first, &self.second],
            certificate: self.output.as_deref(),
        };
        deep::equal(&compared, &self.limits.watch(output), output)
    }
}
