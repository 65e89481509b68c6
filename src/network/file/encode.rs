//! The one way networks are written: in the format that the file's name says, exactly or rounded to binary floats.

use std::path::Path;

use super::error::{FileError, Problem};
use super::floats::{FloatFile, Rounding, to_npz, to_safetensors};
use super::layout::Layout;
use super::onnx::to_onnx;
use super::safetensors::is_index;
use super::source::Format;
use super::whole::write_bytes_whole;
use super::write::to_json;
use crate::network::Network;

/// A network as the bytes of a file.
#[derive(Clone, Debug)]
pub enum Encoded {
    /// JSON text, every number exactly.
    Json(String),
    /// Tensors of binary floats.
    Floats(Box<FloatFile>),
}

impl Encoded {
    /// The file.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Encoded::Json(text) => text.as_bytes(),
            Encoded::Floats(file) => &file.bytes,
        }
    }
}

/// A network as a file of this name: `.json` has every number exactly, `.safetensors`, `.npz` and `.onnx` have binary floats, in tensors of the
/// names and formats that `layout` gives.
///
/// # Errors
/// [`FileError`] with the name: another extension, a number that is no float where nothing is rounded, or rounding where nothing need be.
pub fn encode(
    path: &Path,
    network: &Network,
    layout: &Layout,
    rounding: Rounding,
) -> Result<Encoded, FileError> {
    let name = path.display().to_string();
    let format = written_format(path).ok_or_else(|| FileError::whole(&name, unwritten()))?;
    encoded(format, network, layout, rounding).map_err(|problem| {
        let hint = match rounding {
            Rounding::Refused if format != Format::Json => {
                "; use --round f32, f64 or nearest, or a .json file"
            }
            _ => "",
        };
        FileError::whole(&name, Problem::Other(format!("{problem}{hint}")))
    })
}

/// The format in which a network is written to a file of this name; none if it is not written to such files.
pub fn written_format(path: &Path) -> Option<Format> {
    let format = Format::of(path).ok()?;
    (Format::WRITTEN.contains(&format) && !is_index(path)).then_some(format)
}

/// A network as a file of this format; messages call it `name`.
///
/// # Errors
/// As [`encode`], for formats in which networks are not written.
pub fn encode_as(
    name: &str,
    format: Format,
    network: &Network,
    layout: &Layout,
    rounding: Rounding,
) -> Result<Encoded, FileError> {
    encoded(format, network, layout, rounding).map_err(|problem| FileError::whole(name, problem))
}

fn unwritten() -> Problem {
    Problem::Other("networks are written to .json, .safetensors, .npz and .onnx files".to_owned())
}

/// The one table of what is written how.
fn encoded(
    format: Format,
    network: &Network,
    layout: &Layout,
    rounding: Rounding,
) -> Result<Encoded, Problem> {
    let floats = |file: FloatFile| Encoded::Floats(Box::new(file));
    match (format, rounding) {
        (Format::Json, Rounding::Refused) => Ok(Encoded::Json(to_json(network))),
        (Format::Json, _) => Err(Problem::Other(
            "--round is for files of binary floats, such as .safetensors: JSON holds every number exactly"
                .to_owned(),
        )),
        (Format::Safetensors, _) => to_safetensors(network, layout, rounding).map(floats),
        (Format::Npz, _) => to_npz(network, layout, rounding).map(floats),
        (Format::Onnx, _) => to_onnx(network, layout, rounding).map(floats),
        (Format::Nnet | Format::Arr, _) => Err(unwritten()),
    }
}

/// [`encode`], and the file is written whole or not at all.
///
/// # Errors
/// As [`encode`], and where the file cannot be written.
///
/// ```
/// use relucert::network::file::{Layout, Rounding, network_from_bytes, read_network, write_network};
/// # let folder = tempfile::tempdir().unwrap();
/// let network = network_from_bytes("n.json", br#"{"a": [["1/2", "3"]], "c": [["sqrt(4)"]]}"#)?;
/// let path = folder.path().join("n.safetensors");
/// write_network(&path, &network, &Layout::Neurons, Rounding::Refused)?;
/// assert_eq!(read_network(&path)?, network);
/// # Ok::<(), relucert::network::file::FileError>(())
/// ```
pub fn write_network(
    path: &Path,
    network: &Network,
    layout: &Layout,
    rounding: Rounding,
) -> Result<(), FileError> {
    write_bytes_whole(path, encode(path, network, layout, rounding)?.bytes())
}
