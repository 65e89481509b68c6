//! `relucert eval`: R(x), exactly.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::answer::Answer;
use super::arguments;
use super::failure::Failure;
use super::families;
use super::inputs::{Files, Inputs};
use super::limits::LimitArgs;
use super::output::Output;
use super::words::{text_rows, texts};
use crate::exact::Rational;
use crate::exact::decimal::{named, with_decimal};

/// Evaluate a network of any depth exactly
#[derive(Debug, Args)]
pub(super) struct Eval {
    /// The network: .json, .safetensors, .npz, .onnx or .nnet
    #[arg(value_name = "NET")]
    network: PathBuf,
    /// A point such as 1,1/2,-3, or for families 1/k,2; may be given several times
    #[arg(
        long,
        value_name = "POINT",
        required = true,
        allow_hyphen_values = true
    )]
    at: Vec<String>,
    #[command(flatten)]
    limits: LimitArgs,
}

#[derive(Serialize)]
struct Object {
    /// R at the first point, one number an output.
    value: Vec<String>,
    /// R at every point, if there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Vec<Vec<String>>>,
    /// The points.
    at: Vec<Vec<String>>,
}

/// More coordinates than this are not repeated in the text.
const MOST_SHOWN: usize = 12;

impl Eval {
    pub(super) fn files(&self) -> Files<'_> {
        Files::new([self.network.as_path()])
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        if let Some(family) = inputs.family(&self.network)? {
            return families::eval(&family, &self.at, &self.limits.watch(output), output);
        }
        self.limits.guard(output);
        let network = inputs.network(&self.network)?;
        let points = self.at.iter();
        let points: Vec<Vec<Rational>> = points
            .map(|text| arguments::point(text, network.inputs()))
            .collect::<Result<_, _>>()?;
        let values: Vec<Vec<Rational>> = points
            .iter()
            .map(|point| network.eval(point))
            .collect::<Result<_, _>>()
            .map_err(|error| Failure::Internal(error.to_string()))?;
        let object = Object {
            value: values.first().map(|value| texts(value)).unwrap_or_default(),
            values: (values.len() > 1).then(|| text_rows(&values)),
            at: text_rows(&points),
        };
        output.answer("eval", &object, || {
            let mut text = String::new();
            for (index, (point, value)) in points.iter().zip(&values).enumerate() {
                line(&mut text, index, point, value);
            }
            text
        })?;
        Ok(Answer::Yes)
    }
}

fn line(text: &mut String, index: usize, point: &[Rational], value: &[Rational]) {
    let place = match point.len() {
        0..=MOST_SHOWN => texts(point).join(", "),
        _ => format!("point {index}"),
    };
    let shown = |value: &Rational| with_decimal(&value.clone().into());
    // Writing to a String cannot fail.
    let _ = match value {
        [value] => writeln!(text, "{}", named(&format!("R({place})"), &shown(value))),
        _ => writeln!(text, "R({place}) ="),
    };
    if value.len() > 1 {
        for (output, value) in value.iter().enumerate() {
            let _ = writeln!(text, "  {output}: {}", shown(value));
        }
    }
}
