//! Network files: JSON and safetensors in and out.
//!
//! Reading is exact and total: every file either gives a network or a [`FileError`] that names file, place, field, what stands
//! there and what was expected. Limits keep hostile files from eating memory; they are constants of this module.

mod bits;
mod encode;
mod error;
mod floats;
mod json;
mod layout;
mod near;
mod safetensors;
mod scan;
mod source;
mod write;

use std::path::Path;

pub use encode::{Encoded, encode, write_network};
pub use error::{FileError, Position, Problem};
pub use floats::{FloatFile, Precision, Rounding, to_safetensors};
pub use layout::{LayerTensors, Layout, Reading, TensorName};
pub use near::{NearFloats, near_floats};
pub use source::{Format, Source, UnknownFormat};
pub use write::{
    biased_to_json, deep_to_json, remove_unfinished, shallow_to_json, to_json, write_bytes_whole,
    write_whole,
};

pub(crate) use json::{Cell, FamilyText};

use super::Network;
use crate::exact::text::LONGEST_TEXT;

/// Largest file that is read, in bytes.
pub const MOST_BYTES: u64 = 1 << 28;
/// Most numbers in one file.
pub const MOST_NUMBERS: usize = 5_000_000;
/// Most characters of one number in a text file.
pub const MOST_CHARACTERS: usize = LONGEST_TEXT;
/// Most neurons of a family.
pub const MOST_FAMILY_NEURONS: usize = 64;
/// Most entries of a family.
pub const MOST_FAMILY_ENTRIES: usize = 4096;
/// Most bits of all numbers of one file together.
pub const MOST_BITS: u64 = 1 << 32;

/// Reads a network; the extension says how: `.json`, `.safetensors`.
///
/// Nothing is rounded: decimals and hexadecimal floats are the rationals they write, tensors the binary floats they hold, bit
/// for bit. Cost: linear in the file but for numbers longer than a machine word, within the limits of this module.
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

/// The reason without Rust's `(os error 2)`.
pub(crate) fn plain_words(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_lowercase(),
        None => text,
    }
}
