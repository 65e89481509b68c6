//! `relucert canonical`: the canonical form R(x) = M x + q + ½ Σ_H κ_H |⟨n_H,x⟩ + β_H| (N1).

use std::fmt::Write as _;
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
use super::words::{text_rows, texts};
use crate::exact::Rational;
use crate::exact::decimal::with_decimal;
use crate::network::Network;
use crate::realization::CanonicalForm;

/// The canonical form: equal for two networks exactly if they are equal as functions; of networks that have not two layers a form up to order and positive
/// scale of hidden neurons, and what does nothing or is parallel
#[derive(Debug, Args)]
pub(super) struct Canonical {
    /// The network
    #[arg(value_name = "NET")]
    network: PathBuf,
    /// Print a fingerprint of the function too: equal for equal functions, however they are parametrized; where there are not two layers, of the form: equal
    /// means equal functions, different says nothing
    #[arg(long)]
    hash: bool,
    /// relu, or prelu:A for max(A·t, t)
    #[arg(long, default_value = "relu", value_name = "ACTIVATION")]
    activation: String,
    #[command(flatten)]
    limits: LimitArgs,
}

#[derive(Serialize)]
struct Object {
    /// M, one row an output.
    linear: Vec<Vec<String>>,
    /// q, one number an output.
    constant: Vec<String>,
    /// By increasing normal, then offset.
    kinks: Vec<KinkObject>,
    /// SHA-256 of the form.
    #[serde(skip_serializing_if = "Option::is_none")]
    hash: Option<String>,
}

#[derive(Serialize)]
struct KinkObject {
    /// n_H, first non-zero entry 1.
    normal: Vec<String>,
    /// β_H.
    offset: String,
    /// κ_H ≠ 0, one number an output.
    jump: Vec<String>,
}

impl Canonical {
    pub(super) fn files(&self) -> Files<'_> {
        Files::new([self.network.as_path()])
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        if let Some(family) = inputs.family(&self.network)? {
            let activation = arguments::activation(&self.activation)?;
            let watch = self.limits.watch(output);
            return families::canonical(&family, &activation, self.hash, &watch, output);
        }
        self.limits.guard(output);
        let network = inputs.network(&self.network)?;
        if matches!(network, Network::Deep(_)) {
            let activation = !arguments::activation(&self.activation)?.is_zero();
            deep::without(activation, "--activation", "others have ReLU")?;
            return deep::canonical(&network, &self.network, self.hash, output);
        }
        let form =
            CanonicalForm::with_activation(&network, &arguments::activation(&self.activation)?)
                .ok_or_else(|| {
                    Failure::Internal("a shallow network has no canonical form".into())
                })?;
        let kinks = form.kinks().iter().map(|kink| KinkObject {
            normal: texts(&kink.normal),
            offset: kink.offset.to_string(),
            jump: texts(&kink.jump),
        });
        let object = Object {
            linear: text_rows(form.linear()),
            constant: texts(form.constant()),
            kinks: kinks.collect(),
            hash: self.hash.then(|| form.fingerprint()),
        };
        output.answer("canonical", &object, || {
            let hash = object.hash.iter().map(|hash| format!("SHA-256 {hash}\n"));
            text(&form) + &hash.collect::<String>()
        })?;
        Ok(Answer::Yes)
    }
}

fn text(form: &CanonicalForm) -> String {
    let kinks = form.kinks();
    let mut text =
        String::from("R(x) = M x + q + 1/2 sum over H of jump_H |<n_H, x> + offset_H|\n");
    // Writing to a String cannot fail.
    for (output, (row, constant)) in form.linear().iter().zip(form.constant()).enumerate() {
        let _ = writeln!(text, "output {output}: M = ({})", texts(row).join(", "));
        let constant = with_decimal(&constant.clone().into());
        let _ = writeln!(text, "output {output}: q = {constant}");
    }
    let _ = writeln!(text, "{} hyperplanes", kinks.len());
    let tuple = |values: &[Rational]| format!("({})", texts(values).join(", "));
    for kink in kinks {
        let (normal, offset, jump) = (tuple(&kink.normal), &kink.offset, tuple(&kink.jump));
        let _ = writeln!(text, "n = {normal}  offset = {offset}  jump = {jump}");
    }
    text
}
