//! The one way networks are written: in the format that the file's name says, exactly or rounded to binary floats.

use std::path::Path;

use super::error::{FileError, Problem};
use super::floats::{FloatFile, Rounding, to_safetensors};
use super::layout::Layout;
use super::onnx::to_onnx;
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

/// A network as a file of this name: `.json` has every number exactly, `.safetensors` and `.onnx` have binary floats, in tensors of the names and formats
/// that `layout` gives.
///
/// # Errors
/// [`FileError`] with the name: another extension, a number that is no float where nothing is rounded, or rounding where nothing need be.
pub fn encode(
    path: &Path,
    network: &Network,
    layout: &Layout,
    rounding: Rounding,
) -> Result<Encoded, FileError> {
    let wrong = |problem| FileError::whole(&path.display().to_string(), problem);
    match (Format::of(path), rounding) {
        (Ok(Format::Json), Rounding::Refused) => Ok(Encoded::Json(to_json(network))),
        (Ok(Format::Json), _) => Err(wrong(Problem::Other(
            "--round is for files of binary floats, such as .safetensors: JSON holds every number exactly".to_owned(),
        ))),
        (Ok(format @ (Format::Safetensors | Format::Onnx)), _) => {
            let file = match format {
                Format::Onnx => to_onnx(network, layout, rounding),
                _ => to_safetensors(network, layout, rounding),
            };
            let file = file.map_err(|problem| {
                let hint = match rounding {
                    Rounding::Refused => "; use --round f32, f64 or nearest, or a .json file",
                    _ => "",
                };
                wrong(Problem::Other(format!("{problem}{hint}")))
            })?;
            Ok(Encoded::Floats(Box::new(file)))
        }
        _ => Err(wrong(Problem::Other(
            "networks are written to .json, .safetensors and .onnx files".to_owned(),
        ))),
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
