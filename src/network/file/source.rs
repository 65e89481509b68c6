//! A file as it was given: its name, its format and its bytes, so that every verb reads it once, from wherever it comes.

use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::error::{FileError, Position, Problem};
use super::json::{self, FamilyText};
use super::layout::Reading;
use super::nnet::{self, Decimals};
use super::npz;
use super::onnx;
use super::open::{check_size, open, read_all};
use super::precision::Precision;
use super::safetensors;
use super::scan::Scanner;

/// What a file holds, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A network or a family of networks as JSON text.
    Json,
    /// The tensors of a network's layers; also of a network in several files, by the name of their index.
    Safetensors,
    /// The arrays of a network's layers, as numpy writes them.
    Npz,
    /// A network as a graph of operators.
    Onnx,
    /// A network as text whose decimals stand for floats.
    Nnet,
    /// An arrangement by its normals, as text.
    Arr,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 6] = [
        Format::Json,
        Format::Safetensors,
        Format::Npz,
        Format::Onnx,
        Format::Nnet,
        Format::Arr,
    ];

    /// The formats in which networks are written.
    pub const WRITTEN: [Format; 4] = [Format::Json, Format::Safetensors, Format::Npz, Format::Onnx];

    /// The format's name, which is also the extension of its files.
    pub fn name(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Safetensors => "safetensors",
            Format::Npz => "npz",
            Format::Onnx => "onnx",
            Format::Nnet => "nnet",
            Format::Arr => "arr",
        }
    }

    /// The format that a file's extension says, in upper or lower case; `.safetensors.index.json` is that of [`Format::Safetensors`].
    ///
    /// # Errors
    /// [`FileError`] with the path if there is no extension or an unknown one.
    pub fn of(path: &Path) -> Result<Self, FileError> {
        let Some(extension) = path.extension() else {
            return Err(unknown(path, "the file name has no extension".to_owned()));
        };
        if safetensors::is_index(path) {
            return Ok(Format::Safetensors);
        }
        let extension = extension.to_string_lossy();
        extension
            .to_ascii_lowercase()
            .parse()
            .map_err(|_| unknown(path, format!("unknown extension .{extension}")))
    }
}

fn unknown(path: &Path, found: String) -> FileError {
    FileError::whole(&path.display().to_string(), Problem::Extension { found })
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text that names no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("'{0}' is not a format that is read: json, safetensors, npz, onnx, nnet, arr")]
pub struct UnknownFormat(pub String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        let mut all = Format::ALL.into_iter();
        let found = all.find(|format| format.name() == text);
        found.ok_or_else(|| UnknownFormat(text.chars().take(60).collect()))
    }
}

/// The bytes of a file, of standard input or of a test, with the name that messages give them.
///
/// ```
/// use relucert::network::file::{Format, Source};
/// let source = Source::new("standard input", Format::Json, br#"{"a": [["1"]], "c": [["2"]]}"#.to_vec())?;
/// assert_eq!(source.network()?.network.inputs(), 1);
/// # Ok::<(), relucert::network::file::FileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    name: String,
    format: Format,
    bytes: Vec<u8>,
    layers: Option<Vec<String>>,
    options: nnet::Options,
    /// The files that an index names.
    shards: Vec<PathBuf>,
    batch_norm: Option<Precision>,
}

impl Source {
    /// Reads a file, in the format that its extension says, or an index `….safetensors.index.json` with all files that it names, whose tensors
    /// are put into one file.
    ///
    /// # Errors
    /// [`FileError`] with the path as the user wrote it: unreadable, too long, or without an extension that is known; and where an index and its
    /// files do not agree.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        if safetensors::is_index(path) {
            let joined = safetensors::join(path)?;
            let name = path.display().to_string();
            return Ok(Source {
                shards: joined.shards,
                ..Source::new(name, Format::Safetensors, joined.bytes)?
            });
        }
        // That there is no such file is said before its name is found wanting.
        let file = open(path)?;
        Source::read(&path.display().to_string(), Format::of(path)?, file)
    }

    /// Reads a file in the given format, whatever its extension.
    ///
    /// # Errors
    /// [`FileError`] with the path as the user wrote it: unreadable or too long.
    pub fn open_as(path: &Path, format: Format) -> Result<Self, FileError> {
        Source::read(&path.display().to_string(), format, open(path)?)
    }

    /// Reads a stream to its end; messages call it `name`.
    ///
    /// # Errors
    /// [`FileError`] with the name: unreadable or too long.
    pub fn read(name: &str, format: Format, stream: impl Read) -> Result<Self, FileError> {
        Source::new(name, format, read_all(name, stream)?)
    }

    /// Bytes that are there already; messages call them `name`.
    ///
    /// # Errors
    /// [`FileError`] with the name: too long.
    pub fn new(name: impl Into<String>, format: Format, bytes: Vec<u8>) -> Result<Self, FileError> {
        let name = name.into();
        check_size(&name, bytes.len() as u64)?;
        Ok(Source {
            name,
            format,
            bytes,
            layers: None,
            options: nnet::Options::default(),
            shards: Vec::new(),
            batch_norm: None,
        })
    }

    /// The same file with its layers in this order, first to last, by their names (those of their tensors without `.weight`); for a file
    /// of tensors whose names do not say it. Such a file must have just these layers.
    #[must_use]
    pub fn with_layers(mut self, layers: &[String]) -> Self {
        self.layers = Some(layers.to_vec());
        self
    }

    /// The same file with its decimals taken so, which a `.nnet` file does not say; other files are read as they are.
    #[must_use]
    pub fn with_decimals(mut self, decimals: Decimals) -> Self {
        self.options.decimals = Some(decimals);
        self
    }

    /// The same file with the means and ranges of a `.nnet` header folded into its first and last layers, exactly; that inputs are cut off at
    /// its smallest and largest values is left out, and a remark says so.
    #[must_use]
    pub fn with_normalization(mut self) -> Self {
        self.options.normalize = true;
        self
    }

    /// Whether this is a file of tensors with layers of just these names, in whatever order.
    pub fn has_layers(&self, names: &[String]) -> bool {
        let mut names = names.to_vec();
        names.sort_unstable();
        !names.is_empty() && self.layer_names() == names
    }

    /// The names of a file's layers as [`with_layers`](Self::with_layers) takes them, sorted; none where layers have no names. Linear in the file's length.
    pub fn layer_names(&self) -> Vec<String> {
        match self.format {
            Format::Safetensors => safetensors::layer_names(&self.bytes),
            Format::Npz => npz::layer_names(&self.bytes),
            Format::Json | Format::Onnx | Format::Nnet | Format::Arr => Vec::new(),
        }
    }

    /// The other files that were read, those that an index names.
    pub fn shards(&self) -> &[PathBuf] {
        &self.shards
    }

    /// The same file with the factors of batch normalization as floats of this format, computed as a runtime computes them; for an ONNX model that
    /// has some, which is refused otherwise, since their square roots are irrational in general.
    #[must_use]
    pub fn with_batch_norm(mut self, precision: Precision) -> Self {
        self.batch_norm = Some(precision);
        self
    }

    /// Whether this is an ONNX model with batch normalization.
    pub fn has_batch_norm(&self) -> bool {
        self.format == Format::Onnx && onnx::has_batch_norm(&self.bytes)
    }

    /// The name in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The format.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Every byte, a byte order mark included.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The text, without a byte order mark.
    ///
    /// # Errors
    /// [`FileError`] with the line that is not UTF-8.
    pub fn text(&self) -> Result<&str, FileError> {
        let bytes = self.bytes.as_slice();
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        std::str::from_utf8(bytes).map_err(|error| {
            let before = bytes[..error.valid_up_to()].iter();
            let line = 1 + before.filter(|byte| **byte == b'\n').count();
            let problem = Problem::Other(format!("line {line}: not UTF-8 text"));
            FileError::whole(&self.name, problem)
        })
    }

    /// Whether this is a family of networks: JSON with the field `parameter`, as far as it can be read.
    pub fn is_family(&self) -> bool {
        self.format == Format::Json && json::is_family(&self.bytes)
    }

    /// The texts of a family, or of a network without biases.
    pub(crate) fn family_text(&self) -> Result<FamilyText, FileError> {
        match self.format {
            Format::Json => json::family_text(&self.name, &self.bytes),
            Format::Safetensors | Format::Npz | Format::Onnx | Format::Nnet | Format::Arr => {
                let found = format!("a .{} file", self.format);
                let problem = Problem::wrong(found, "a family, which is a .json file");
                Err(FileError::whole(&self.name, problem))
            }
        }
    }

    /// The place of a byte.
    pub(crate) fn position(&self, at: usize) -> Position {
        Scanner::new(&self.bytes).line_and_column(at)
    }

    /// The network and how the file has it. A neuron's weights may be any sums of square roots, as those of the nearest parametrizations are, if
    /// its contribution is rational.
    ///
    /// # Errors
    /// [`FileError`] with name, place, field, what stands there and what was expected.
    pub fn network(&self) -> Result<Reading, FileError> {
        match self.format {
            Format::Json => json::read(&self.name, &self.bytes),
            Format::Safetensors => {
                safetensors::read(&self.name, &self.bytes, self.layers.as_deref())
            }
            Format::Npz => npz::read(&self.name, &self.bytes, self.layers.as_deref()),
            Format::Onnx => onnx::read(&self.name, &self.bytes, self.batch_norm),
            Format::Nnet => nnet::read(&self.name, self.text()?, self.options),
            Format::Arr => {
                let problem = Problem::wrong("the normals of an arrangement", "a network");
                Err(FileError::whole(&self.name, problem))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_known_by_its_extension() {
        for format in Format::ALL {
            let name = format!("dir.d/NET.{}", format.name().to_ascii_uppercase());
            assert_eq!(Format::of(Path::new(&name)), Ok(format));
        }
        let error = Format::of(Path::new("net.pt")).unwrap_err().to_string();
        assert!(error.starts_with("net.pt: unknown extension .pt; networks are read from"));
        let error = Format::of(Path::new("net")).unwrap_err().to_string();
        assert!(error.starts_with("net: the file name has no extension"));
    }

    #[test]
    fn what_is_no_file_is_said_first() {
        let folder = tempfile::tempdir().unwrap();
        let message = |path: &Path| Source::open(path).unwrap_err().to_string();
        assert!(message(folder.path()).ends_with("cannot be read: it is a directory"));
        let missing = folder.path().join("net");
        assert!(message(&missing).ends_with("cannot be read: no such file or directory"));
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        let source = |bytes: &[u8]| Source::new("x", Format::Arr, bytes.to_vec()).unwrap();
        assert_eq!(source(b"\xef\xbb\xbf1 2").text().unwrap(), "1 2");
        let error = source(b"1\n\n2 \xff").text().unwrap_err();
        assert_eq!(error.to_string(), "x: line 3: not UTF-8 text");
        let error = source(b"1 1\n2").network().unwrap_err().to_string();
        assert_eq!(
            error,
            "x: found the normals of an arrangement, expected a network"
        );
    }
}
