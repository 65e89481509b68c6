//! What is said of files on the command line, where they do not say it themselves.

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
    /// A network as an ONNX model
    Onnx,
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
            FormatArg::Onnx => Format::Onnx,
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
    /// Binary floats, in a graph of Gemm and Relu
    Onnx,
}

impl WrittenArg {
    /// The format.
    pub(super) fn format(self) -> Format {
        match self {
            WrittenArg::Json => Format::Json,
            WrittenArg::Safetensors => Format::Safetensors,
            WrittenArg::Npz => Format::Npz,
            WrittenArg::Onnx => Format::Onnx,
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

/// `--batch-norm`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum BatchNormArg {
    /// Single precision
    F32,
    /// Double precision
    F64,
}

impl BatchNormArg {
    /// The precision.
    pub(super) fn precision(self) -> Precision {
        match self {
            BatchNormArg::F32 => Precision::F32,
            BatchNormArg::F64 => Precision::F64,
        }
    }
}

/// The flags that say how files are read.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) format: Option<Format>,
    pub(super) layers: Option<Vec<String>>,
    pub(super) decimals: Option<DecimalsArg>,
    pub(super) normalize: bool,
    pub(super) batch_norm: Option<BatchNormArg>,
    pub(super) k: Option<u64>,
}
