//! `relucert convert`: the same network in another format, exactly or not at all.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::answer::Answer;
use super::failure::Failure;
use super::families;
use super::formats::WrittenArg;
use super::inputs::{Files, Inputs, is_standard};
use super::limits::LimitArgs;
use super::output::Output;
use super::words::alternatives;
use crate::family::Family;
use crate::network::Network;
use crate::network::file::{
    Encoded, Format, Precision, Reading, Rounding, encode_as, written_format,
};

/// Write the same network in another format, exactly or not at all
#[derive(Debug, Args)]
#[command(
    after_help = "Numbers stay what they are. Tensors keep their names, and their formats unless --dtype says another; where there are none, \
                  .safetensors and .onnx have PyTorch's names 0.weight, 0.bias, 2.weight, …, .npz has scikit-learn's coefs_0, intercepts_0, coefs_1, …, \
                  and numbers are f32 if all are that, else f64. A number that is no such float is refused; JSON holds every one, and families, entry by entry."
)]
pub(super) struct Convert {
    /// The network
    #[arg(value_name = "IN")]
    network: PathBuf,
    /// Where it goes: .json, .safetensors, .npz or .onnx, or - for standard output
    #[arg(value_name = "OUT")]
    target: PathBuf,
    /// The format of all numbers in a file of binary floats
    #[arg(long, value_enum)]
    dtype: Option<Dtype>,
    /// The format of standard output (-) and of files whose name does not say it
    #[arg(long, value_enum, value_name = "FORMAT")]
    output_format: Option<WrittenArg>,
    #[command(flatten)]
    limits: LimitArgs,
}

/// `--dtype`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Dtype {
    /// Half precision
    F16,
    /// Half precision with the range of single, not in .npz
    Bf16,
    /// Single precision
    F32,
    /// Double precision
    F64,
}

#[derive(Serialize)]
struct Object {
    output: String,
    format: &'static str,
    /// Of all numbers; none in JSON, or where they are of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    dtype: Option<&'static str>,
    /// Of the inputs, and of each layer's outputs.
    sizes: Vec<usize>,
    /// How many weights and biases the network has.
    numbers: usize,
    bytes: usize,
}

impl Convert {
    pub(super) fn files(&self) -> Files<'_> {
        Files::new([self.network.as_path()]).writing("OUT", Some(&self.target))
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        self.limits.guard(output);
        let format = self.format()?;
        let rounding = match self.dtype {
            None => Rounding::Refused,
            Some(_) if format == Format::Json => {
                let reason = "is for files of binary floats: JSON holds every number exactly";
                return Err(Failure::Usage(format!("--dtype {reason}")));
            }
            Some(Dtype::F16) => Rounding::Exactly(Precision::F16),
            Some(Dtype::Bf16) => Rounding::Exactly(Precision::Bf16),
            Some(Dtype::F32) => Rounding::Exactly(Precision::F32),
            Some(Dtype::F64) => Rounding::Exactly(Precision::F64),
        };
        if format == Format::Json
            && let Some(family) = inputs.family(&self.network)?
        {
            return self.family(&family, output);
        }
        let Reading {
            network, layout, ..
        } = inputs.given(&self.network)?;
        let name = match is_standard(&self.target) {
            true => "standard output".to_owned(),
            false => self.target.display().to_string(),
        };
        let encoded = encode_as(&name, format, &network, &layout, rounding)?;
        output.save_bytes(&self.target, encoded.bytes())?;
        let (sizes, numbers) = sizes(&network);
        let object = Object {
            output: self.target.display().to_string(),
            format: format.name(),
            dtype: match &encoded {
                Encoded::Json(_) => None,
                Encoded::Floats(file) => file.precision.map(Precision::name),
            },
            sizes,
            numbers,
            bytes: encoded.bytes().len(),
        };
        output.answer("convert", &object, || words(&object))?;
        Ok(Answer::Yes)
    }

    /// A family in its normal form.
    fn family(&self, family: &Family, output: &Output) -> Result<Answer, Failure> {
        let text = families::text(family)?;
        output.save(&self.target, &text)?;
        let (d, m, outputs) = (family.inputs(), family.neurons().len(), family.outputs());
        let biases = family.offset().map_or(0, |e| m + e.len());
        let object = Object {
            output: self.target.display().to_string(),
            format: Format::Json.name(),
            dtype: None,
            sizes: vec![d, m, outputs],
            numbers: d * m + m * outputs + biases,
            bytes: text.len(),
        };
        output.answer("convert", &object, || words(&object))?;
        Ok(Answer::Yes)
    }

    /// The format of the output, as its name or the flag says.
    fn format(&self) -> Result<Format, Failure> {
        let named = Format::of(&self.target);
        let standard = is_standard(&self.target);
        match (self.output_format, named) {
            (Some(_), Ok(_)) if !standard => {
                let reason = "is for standard output (-) and for files whose name does not say their format";
                Err(Failure::Usage(format!("--output-format {reason}")))
            }
            (Some(format), _) => Ok(format.format()),
            (None, _) if standard => {
                let formats = alternatives(&Format::WRITTEN.map(Format::name));
                Err(Failure::Usage(format!("standard output: give --output-format {formats}")))
            }
            (None, _) => written_format(&self.target).ok_or_else(|| Failure::Usage(format!(
                "{}: networks are written to {} files; --output-format says what a file of another name is",
                self.target.display(),
                alternatives(&Format::WRITTEN.map(|format| format!(".{format}")))
            ))),
        }
    }
}

/// The numbers of inputs and of each layer's outputs; how many weights and biases there are.
fn sizes(network: &Network) -> (Vec<usize>, usize) {
    let (shallow, biased) = match network {
        Network::Shallow(network) => (network, false),
        Network::Biased(network) => (network.rows(), true),
        Network::Deep(network) => {
            let outputs = network.layers().iter().map(|layer| layer.weights.len());
            let sizes: Vec<usize> = [network.inputs()].into_iter().chain(outputs).collect();
            let pairs = sizes.iter().zip(sizes.iter().skip(1));
            let numbers = pairs.map(|(inputs, outputs)| (inputs + 1) * outputs).sum();
            return (sizes, numbers);
        }
    };
    let (d, m, outputs) = (network.inputs(), shallow.neurons().len(), network.outputs());
    let biases = if biased { m + outputs } else { 0 };
    (vec![d, m, outputs], d * m + m * outputs + biases)
}

fn words(object: &Object) -> String {
    let sizes: Vec<String> = object.sizes.iter().map(usize::to_string).collect();
    let dtype = match object.dtype {
        Some(dtype) => format!(", {dtype}"),
        None => String::new(),
    };
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "network          {} ({} numbers)",
        sizes.join("-"),
        object.numbers
    );
    let _ = writeln!(
        text,
        "written          {} ({}{dtype}, {} bytes)",
        object.output, object.format, object.bytes
    );
    text
}
