//! What is said of files on the command line, where their names do not say it.

use clap::ValueEnum;

use crate::network::file::{Decimals, Format, Precision};

/// `--input-format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatArg {
    /// A network or family as JSON
    Json,
    /// A network as safetensors
    Safetensors,
    /// A network as numpy's arrays
    Npz,
    /// A network as text in the format of ACAS Xu
    Nnet,
    /// An arrangement: a line `m d`, then one normal a line
    Arr,
}

impl FormatArg {
    /// The format.
    pub(super) fn format(self) -> Format {
        match self {
            FormatArg::Json => Format::Json,
            FormatArg::Safetensors => Format::Safetensors,
            FormatArg::Npz => Format::Npz,
            FormatArg::Nnet => Format::Nnet,
            FormatArg::Arr => Format::Arr,
        }
    }
}

/// `--output-format`: the formats in which networks are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum WrittenArg {
    /// JSON, every number exactly
    Json,
    /// Binary floats, for PyTorch
    Safetensors,
    /// Binary floats, for numpy and scikit-learn
    Npz,
}

impl WrittenArg {
    /// The format.
    pub(super) fn format(self) -> Format {
        match self {
            WrittenArg::Json => Format::Json,
            WrittenArg::Safetensors => Format::Safetensors,
            WrittenArg::Npz => Format::Npz,
        }
    }
}

/// `--decimals`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DecimalsArg {
    /// 0.1 is 1/10
    Exact,
    /// The nearest single
    F32,
    /// The nearest double
    F64,
}

impl DecimalsArg {
    /// What they stand for.
    pub(super) fn decimals(self) -> Decimals {
        match self {
            DecimalsArg::Exact => Decimals::Exact,
            DecimalsArg::F32 => Decimals::Nearest(Precision::F32),
            DecimalsArg::F64 => Decimals::Nearest(Precision::F64),
        }
    }
}
