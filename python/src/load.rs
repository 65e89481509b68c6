//! Files, read as the program's flags say it.

use std::path::PathBuf;

use pyo3::prelude::*;
use relucert::network::file::{Decimals, Format, Precision, Rounding, Source};

use crate::fault;
use crate::network::Network;

/// How a file is to be read, as the program's flags say it.
pub struct Asked {
    pub format: Option<String>,
    pub layers: Option<Vec<String>>,
    pub decimals: Option<String>,
    pub normalize: bool,
    pub batch_norm: Option<String>,
}

impl Asked {
    /// The format, where it is given.
    pub fn format(&self) -> PyResult<Option<Format>> {
        let format = self.format.as_deref().map(str::parse::<Format>).transpose();
        format.map_err(fault::usage)
    }

    /// The source, read so.
    pub fn told(self, mut source: Source) -> PyResult<Source> {
        if let Some(layers) = &self.layers {
            source = source.with_layers(layers);
        }
        match self.decimals.as_deref() {
            None => {}
            Some("exact") => source = source.with_decimals(Decimals::Exact),
            Some(name) => source = source.with_decimals(Decimals::Nearest(precision(name)?)),
        }
        if self.normalize {
            source = source.with_normalization();
        }
        match self.batch_norm.as_deref() {
            None => Ok(source),
            Some(name) => Ok(source.with_batch_norm(precision(name)?)),
        }
    }
}

/// A float format by its name.
pub fn precision(name: &str) -> PyResult<Precision> {
    let all = [
        Precision::Bf16,
        Precision::F16,
        Precision::F32,
        Precision::F64,
    ];
    let found = all.into_iter().find(|precision| precision.name() == name);
    found.ok_or_else(|| {
        fault::usage(format!(
            "'{name}' is not a float format: bf16, f16, f32, f64"
        ))
    })
}

/// What becomes of numbers that are no floats.
pub fn rounding(round: Option<&str>) -> PyResult<Rounding> {
    match round {
        None => Ok(Rounding::Refused),
        Some("nearest") => Ok(Rounding::AsGiven),
        Some(name) => Ok(Rounding::To(precision(name)?)),
    }
}

/// Reads a network: .json, .safetensors, .npz, .onnx, .nnet, every number exactly. A family is read by `Family.load`.
///
/// The keywords are the program's flags `--input-format`, `--layers`, `--decimals`, `--normalize`, `--batch-norm`.
///
/// >>> import pathlib, tempfile
/// >>> import relucert
/// >>> path = pathlib.Path(tempfile.mkdtemp()) / "net.json"
/// >>> _ = path.write_text('{"a": [["1/2", 0]], "c": [[3]]}')
/// >>> relucert.load(path)
/// Network(inputs=2, neurons=1, outputs=1)
#[pyfunction]
#[pyo3(signature = (path, *, format = None, layers = None, decimals = None, normalize = false, batch_norm = None))]
pub fn load(
    py: Python<'_>,
    path: PathBuf,
    format: Option<String>,
    layers: Option<Vec<String>>,
    decimals: Option<String>,
    normalize: bool,
    batch_norm: Option<String>,
) -> PyResult<Network> {
    let asked = Asked {
        format,
        layers,
        decimals,
        normalize,
        batch_norm,
    };
    let format = asked.format()?;
    py.detach(|| {
        let source = match format {
            Some(format) => Source::open_as(&path, format),
            None => Source::open(&path),
        };
        let source = asked.told(source.map_err(fault::file)?)?;
        source.network().map(Network::new).map_err(fault::file)
    })
}
