//! Files read by their paths, or from bytes.

use std::path::Path;

use super::error::FileError;
use super::source::{Format, Source};
use crate::network::Network;

/// Reads a network; the extension says how: `.json`, `.safetensors` (also in several files, by their index), `.npz`, `.onnx`. Whoever reads a
/// `.nnet` file says what its decimals stand for: [`Source::with_decimals`].
///
/// Nothing is rounded: decimals and hexadecimal floats are the rationals they write, tensors the binary floats they hold, bit
/// for bit. Cost: linear in the file but for numbers longer than a machine word, within the limits of [`file`](super).
///
/// # Errors
/// [`FileError`] with the path as the user wrote it.
pub fn read_network(path: &Path) -> Result<Network, FileError> {
    Ok(Source::open(path)?.network()?.network)
}

/// The text of a file of any extension, within the same limits and without a byte order mark.
///
/// # Errors
/// [`FileError`] with the path as the user wrote it: unreadable, too long or not UTF-8.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    let source = Source::open_as(path, Format::Arr)?;
    Ok(source.text()?.to_owned())
}

/// Reads a network from bytes that came with a file name; only its extension matters, and messages name it.
///
/// # Errors
/// [`FileError`] with that name.
///
/// ```
/// use relucert::network::file::network_from_bytes;
/// let net = network_from_bytes("net.json", br#"{"a": [["1", "-1/2"]], "c": [["sqrt(4)"]]}"#).unwrap();
/// assert_eq!((net.inputs(), net.outputs()), (2, 1));
/// let error = network_from_bytes("net.json", br#"{"a": [["1", "x"]], "c": [["1"]]}"#).unwrap_err();
/// assert!(error.to_string().starts_with("net.json, line 1, column 14, field a[0][1]: 'x' is not a number"));
/// ```
pub fn network_from_bytes(name: &str, bytes: &[u8]) -> Result<Network, FileError> {
    let format = Format::of(Path::new(name))?;
    Ok(Source::new(name, format, bytes.to_vec())?
        .network()?
        .network)
}
