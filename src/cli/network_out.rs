//! Networks that verbs write, and what rounding them to binary floats costs.

use std::path::Path;

use clap::ValueEnum;
use serde::Serialize;

use super::failure::Failure;
use super::inputs::is_standard;
use super::output::Output;
use crate::exact::decimal::brief;
use crate::exact::{Rational, Surd};
use crate::network::file::{Encoded, FloatFile, Layout, Precision, Reading, Rounding, encode};
use crate::network::{Network, Shallow};
use crate::realization::{CanonicalForm, SeminormLimits, branch_and_bound};
use crate::stability::distance;

/// `--round`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Round {
    /// Single precision
    F32,
    /// Double precision
    F64,
    /// The precision of the file that was given
    Nearest,
}

/// A network to be written, and how.
pub(super) struct NetworkOut<'a> {
    pub(super) path: &'a Path,
    pub(super) round: Option<Round>,
    /// How the given file has its network.
    pub(super) layout: &'a Layout,
}

/// What rounding costs.
#[derive(Serialize)]
pub(super) struct Cost {
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
    words: [(&'static str, String); 3],
}

impl Cost {
    /// Label and value, one a line.
    pub(super) fn words(&self) -> [(&'static str, String); 3] {
        self.words.clone()
    }
}

impl NetworkOut<'_> {
    /// The lines that say where Φ was written and what rounding cost.
    pub(super) fn words(&self, cost: Option<&Cost>) -> Vec<(&'static str, String)> {
        let mut rows = vec![("Φ", format!("{} (written)", self.path.display()))];
        rows.extend(cost.into_iter().flat_map(Cost::words));
        rows
    }

    /// Writes the network, in the format that the name says, JSON for standard output; what rounding costs, if it was rounded.
    pub(super) fn save(
        &self,
        network: &Network,
        limits: SeminormLimits,
        output: &Output,
    ) -> Result<Option<Cost>, Failure> {
        let encoded = self.write(network, output)?;
        match encoded {
            Encoded::Floats(file) if self.round.is_some() => {
                Ok(Some(cost(network, &file, limits)?))
            }
            _ => Ok(None),
        }
    }

    /// What numbers are rounded to, where they are rounded before the network is written.
    pub(super) fn precision(&self) -> Result<Option<Precision>, Failure> {
        let given = || match self.layout {
            Layout::Neurons | Layout::Layers => Ok(Precision::F64),
            Layout::Tensors(layers) => {
                let tensors = layers.iter();
                let mut tensors = tensors.flat_map(|l| std::iter::once(&l.weight).chain(&l.bias));
                let first = tensors
                    .next()
                    .map_or(Precision::F64, |first| first.precision);
                match tensors.all(|tensor| tensor.precision == first) {
                    true => Ok(first),
                    false => Err(Failure::Usage(
                        "--round nearest: the file given has several formats; say --round f32 or f64".to_owned(),
                    )),
                }
            }
        };
        Ok(match self.round {
            None => None,
            Some(Round::F32) => Some(Precision::F32),
            Some(Round::F64) => Some(Precision::F64),
            Some(Round::Nearest) => Some(given()?),
        })
    }

    /// The same without a look at what rounding costs.
    pub(super) fn write(&self, network: &Network, output: &Output) -> Result<Encoded, Failure> {
        let named = match is_standard(self.path) {
            true => Path::new("standard output.json"),
            false => self.path,
        };
        let rounding = match self.round {
            None => Rounding::Refused,
            Some(Round::F32) => Rounding::To(Precision::F32),
            Some(Round::F64) => Rounding::To(Precision::F64),
            Some(Round::Nearest) => Rounding::AsGiven,
        };
        let encoded = encode(named, network, self.layout, rounding)?;
        output.save_bytes(self.path, encoded.bytes())?;
        Ok(encoded)
    }
}

/// The change of the function is beside the question: after so many nodes its bracket will do; `distance` goes on.
const MOST_NODES: u64 = 64;

fn cost(exact: &Network, file: &FloatFile, limits: SeminormLimits) -> Result<Cost, Failure> {
    let rounded = &file.network;
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
    let affine = matches!(exact, Network::Biased(_));
    let limits = SeminormLimits {
        nodes: Some(MOST_NODES),
        keep: false,
        ..limits
    };
    let found = branch_and_bound(&difference, affine, &limits);
    let known = found.exact().map(ToString::to_string);
    let shown = |value: &Rational| brief(&Surd::from(value.clone()));
    let (lower, upper) = (&found.lower.value, &found.upper);
    let seminorm = match found.exact() {
        Some(value) => shown(value),
        None => format!("between {} and {}", shown(lower), shown(upper)),
    };
    let format = file.precision.map_or("mixed", Precision::name);
    Ok(Cost {
        format,
        changed: file.rounded,
        distance: change.value.to_string(),
        lower: known.is_none().then(|| lower.to_string()),
        upper: known.is_none().then(|| upper.to_string()),
        seminorm: known,
        words: [
            (
                "rounded to",
                format!("{format}, {} numbers changed", file.rounded),
            ),
            ("largest change", brief(&change.value)),
            ("seminorm", seminorm),
        ],
    })
}

fn homogeneous(network: &Network) -> Option<Shallow> {
    match network {
        Network::Shallow(network) => Some(network.clone()),
        Network::Biased(network) => Some(network.homogenised()),
        Network::Deep(_) => None,
    }
}

/// The layout that Φ is written in: that of Θ's file, or of Γ's where Θ's names no tensors.
pub(super) fn kept_layout(gamma: &Reading, theta: &Reading) -> Layout {
    let tensors = |layout: &Layout| matches!(layout, Layout::Tensors(_));
    match tensors(&gamma.layout) && !tensors(&theta.layout) {
        true => gamma.layout.clone(),
        false => theta.layout.clone(),
    }
}
