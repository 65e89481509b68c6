//! What is wrong with a model: at which node or tensor, and what.

use crate::network::ShapeError;
use crate::network::file::error::{FileError, Problem};

/// A place in the model, if there is one to name, and what is wrong there.
#[derive(Debug)]
pub(super) struct Fault {
    field: Option<String>,
    problem: Box<Problem>,
}

impl Fault {
    /// Something about the model as a whole.
    pub(super) fn whole(problem: impl Into<Problem>) -> Self {
        Fault {
            field: None,
            problem: Box::new(problem.into()),
        }
    }

    /// The same in words.
    pub(super) fn words(words: impl Into<String>) -> Self {
        Fault::whole(Problem::Other(words.into()))
    }

    /// `found …, expected …`.
    pub(super) fn wrong(found: impl Into<String>, expected: impl Into<String>) -> Self {
        Fault::whole(Problem::wrong(found, expected))
    }

    /// More than is read.
    pub(super) fn limit(found: impl Into<String>, limit: impl Into<String>) -> Self {
        Fault::whole(Problem::Limit {
            found: found.into(),
            limit: limit.into(),
        })
    }

    /// The same at a place, unless it names one already.
    pub(super) fn at(mut self, place: impl FnOnce() -> String) -> Self {
        self.field.get_or_insert_with(place);
        self
    }

    pub(super) fn in_file(self, file: &str) -> FileError {
        FileError {
            file: file.to_owned(),
            position: None,
            field: self.field,
            problem: self.problem,
        }
    }
}

impl From<ShapeError> for Fault {
    fn from(error: ShapeError) -> Self {
        Fault::whole(error)
    }
}

/// A name from the file, shortened to what a message has room for.
pub(super) fn short(name: &str) -> String {
    let mut short: String = name.chars().take(80).collect();
    if short.len() < name.len() {
        short.push('…');
    }
    short
}

/// `[1, 3, 32]`, shortened.
pub(super) fn shape_words(shape: &[usize]) -> String {
    match shape.len() <= 8 {
        true => format!("{shape:?}"),
        false => format!("of {} dimensions", shape.len()),
    }
}
