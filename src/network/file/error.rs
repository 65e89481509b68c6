//! What is wrong with a file: which file, where in it, which field, what stands there and what was expected.

use std::fmt;

use crate::exact::text::NumberError;
use crate::network::{RadicalMisfit, ShapeError};

/// A place in a text file; both counts start at 1, columns count bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

/// Why a file cannot be read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub struct FileError {
    /// The file as the user named it.
    pub file: String,
    /// The place in a text file.
    pub position: Option<Position>,
    /// The field, such as `a[3][1]` or `layers[0].biases[2]`, or the tensor and index.
    pub field: Option<String>,
    /// What is wrong there.
    pub problem: Box<Problem>,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The file system refuses.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// The file system refuses.
    #[error("cannot be written: {0}; nothing was changed")]
    Unwritable(String),
    /// The extension is not one that is read.
    #[error(
        "{found}; networks are read from .json, .safetensors, .npz, .onnx and .nnet files, arrangements from .arr files"
    )]
    Extension {
        /// The extension, in words.
        found: String,
    },
    /// A family where a single network is expected.
    #[error("this is a family of networks, one for every k; a single network is expected here")]
    Family,
    /// More than the reader takes.
    #[error("{found}, more than the limit of {limit}")]
    Limit {
        /// What there is too much of.
        found: String,
        /// The limit, in words.
        limit: String,
    },
    /// Something else was expected.
    #[error("found {found}, expected {expected}")]
    Wrong {
        /// What stands there.
        found: String,
        /// What should stand there.
        expected: String,
    },
    /// A text that is not a number.
    #[error(transparent)]
    Number(#[from] NumberError),
    /// A neuron whose contribution is not rational.
    #[error(transparent)]
    Radical(#[from] RadicalMisfit),
    /// Lists of lengths that do not fit.
    #[error(transparent)]
    Shape(#[from] ShapeError),
    /// Anything else, said in words.
    #[error("{0}")]
    Other(String),
}

impl Problem {
    /// `found …, expected …`.
    pub(crate) fn wrong(found: impl Into<String>, expected: impl Into<String>) -> Self {
        Problem::Wrong {
            found: found.into(),
            expected: expected.into(),
        }
    }
}

impl FileError {
    /// Whether the file is within the format, but beyond what is read: a limit, not a fault.
    pub fn is_limit(&self) -> bool {
        match &*self.problem {
            Problem::Limit { .. } => true,
            Problem::Number(error) => error.limit,
            _ => false,
        }
    }

    /// A problem with the file as a whole.
    pub(super) fn whole(file: &str, problem: impl Into<Problem>) -> Self {
        FileError {
            file: file.to_owned(),
            position: None,
            field: None,
            problem: Box::new(problem.into()),
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(Position { line, column }) = self.position {
            write!(f, ", line {line}, column {column}")?;
        }
        if let Some(field) = &self.field {
            write!(f, ", field {field}")?;
        }
        write!(f, ": {}", self.problem)
    }
}

/// The reason without Rust's `(os error 2)`.
pub(crate) fn plain_words(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_lowercase(),
        None => text,
    }
}
