//! Network files: JSON and safetensors in and out.
//!
//! Reading is exact and total: every file either gives a network or a [`FileError`] that names file, place, field, what stands
//! there and what was expected. Limits keep hostile files from eating memory; they are constants of this module.

mod error;
mod floats;
mod json;
mod safetensors;
mod scan;
mod write;

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

pub use error::{FileError, Position, Problem};
pub use floats::{FloatFile, Precision, to_safetensors};
pub use write::{
    biased_to_json, deep_to_json, remove_unfinished, shallow_to_json, to_json, write_bytes_whole,
    write_whole,
};

use super::Network;

/// Largest file that is read, in bytes.
pub const MOST_BYTES: u64 = 1 << 30;
/// Most numbers in one file.
pub const MOST_NUMBERS: usize = 5_000_000;
/// Most characters of one number in a text file.
pub const MOST_CHARACTERS: usize = 30_000;
/// Most bits of all numbers of one file together.
pub const MOST_BITS: u64 = 1 << 32;

/// Reads a network; the extension says how: `.json`, `.safetensors`.
///
/// # Errors
/// [`FileError`] with the path as the user wrote it.
pub fn read_network(path: &Path) -> Result<Network, FileError> {
    let name = path.display().to_string();
    let format = Format::of(path).map_err(|problem| FileError::whole(&name, problem))?;
    let bytes = read_bytes(path, &name)?;
    format.read(&name, &bytes, Wanted::Parametrization)
}

/// Reads a network for its function: a neuron's weights may then be any sums of square roots, as long as its contribution is rational, as those
/// of the nearest parametrizations are. Such a neuron becomes a rational one with the same contribution, and other weights.
///
/// # Errors
/// As [`read_network`].
pub fn read_function(path: &Path) -> Result<Network, FileError> {
    let name = path.display().to_string();
    let format = Format::of(path).map_err(|problem| FileError::whole(&name, problem))?;
    let bytes = read_bytes(path, &name)?;
    format.read(&name, &bytes, Wanted::Function)
}

/// What a network is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// Its weights.
    Parametrization,
    /// Its function alone.
    Function,
}

/// The text of a file of another kind, within the same limits.
///
/// # Errors
/// [`FileError`] with the path as the user wrote it: unreadable, too long or not UTF-8.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    let name = path.display().to_string();
    String::from_utf8(read_bytes(path, &name)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..at]
            .iter()
            .filter(|b| **b == b'\n')
            .count()
            + 1;
        let problem = Problem::Other(format!("line {line}: not UTF-8 text"));
        FileError::whole(&name, problem)
    })
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
    let format = Format::of(Path::new(name)).map_err(|problem| FileError::whole(name, problem))?;
    format.read(name, bytes, Wanted::Parametrization)
}

#[derive(Clone, Copy, Debug)]
enum Format {
    Json,
    Safetensors,
}

impl Format {
    fn of(path: &Path) -> Result<Self, Problem> {
        let extension = path.extension().map(|text| text.to_string_lossy());
        let lower = extension.as_ref().map(|text| text.to_ascii_lowercase());
        match (lower.as_deref(), extension) {
            (Some("json"), _) => Ok(Format::Json),
            (Some("safetensors"), _) => Ok(Format::Safetensors),
            (_, Some(extension)) => Err(Problem::Extension {
                found: format!("unknown extension .{extension}"),
            }),
            (_, None) => Err(Problem::Extension {
                found: "the file name has no extension".to_owned(),
            }),
        }
    }

    fn read(self, name: &str, bytes: &[u8], what: Wanted) -> Result<Network, FileError> {
        check_size(name, bytes.len() as u64)?;
        match self {
            Format::Json => json::read(name, bytes, what),
            Format::Safetensors => safetensors::read(name, bytes),
        }
    }
}

fn check_size(name: &str, bytes: u64) -> Result<(), FileError> {
    if bytes <= MOST_BYTES {
        return Ok(());
    }
    let problem = Problem::Limit {
        found: format!("a file of at least {bytes} bytes"),
        limit: format!("{MOST_BYTES} bytes"),
    };
    Err(FileError::whole(name, problem))
}

/// All bytes of a file, or of a pipe up to the limit.
fn read_bytes(path: &Path, name: &str) -> Result<Vec<u8>, FileError> {
    let unreadable =
        |error: std::io::Error| FileError::whole(name, Problem::Unreadable(plain_words(&error)));
    let file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if metadata.is_dir() {
        let reason = "it is a directory".to_owned();
        return Err(FileError::whole(name, Problem::Unreadable(reason)));
    }
    check_size(name, metadata.len())?;
    let mut bytes = Vec::new();
    // A file may grow, and a pipe has no length.
    file.take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    check_size(name, bytes.len() as u64)?;
    Ok(bytes)
}

/// The reason without Rust's `(os error 2)`.
pub(crate) fn plain_words(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_lowercase(),
        None => text,
    }
}
