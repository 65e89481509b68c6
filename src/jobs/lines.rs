//! Files of lines: JSON each, the last one with a hash of all others.

use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::error::SplitError;
use crate::network::file::plain_words;

/// Bytes or so of a line with nodes of a tree.
pub(crate) const LINE: usize = 1 << 16;

/// Lines in the making.
#[derive(Debug, Default)]
pub(crate) struct Lines(String);

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EndLine {
    sha256: String,
}

impl Lines {
    /// One more line.
    pub fn push<T: Serialize>(&mut self, value: &T) {
        let line = serde_json::to_string(value)
            .expect("invariant: numbers are kept as text, so that this serialises");
        self.0.push_str(&line);
        self.0.push('\n');
    }

    /// A line before all others, in their place: there may be no room for two of them.
    pub fn push_first<T: Serialize>(&mut self, value: &T) {
        let mut first = Lines::default();
        first.push(value);
        self.0.insert_str(0, &first.0);
    }

    /// The bytes so far.
    pub fn bytes(&self) -> usize {
        self.0.len()
    }

    /// The whole file, and its hash.
    pub fn finish(mut self) -> (String, String) {
        let sha256 = hash(&self.0);
        let end = EndLine {
            sha256: sha256.clone(),
        };
        self.push(&end);
        (self.0, sha256)
    }
}

fn hash(text: &str) -> String {
    let digest = Sha256::digest(text);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a file begins with, whatever it is.
#[derive(Deserialize)]
struct Tag {
    relucert: String,
}

/// The form of a file, from its first line; empty if that is none.
pub(crate) fn form(text: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    let tag = serde_json::from_str::<Tag>(first);
    tag.map(|tag| tag.relucert).unwrap_or_default()
}

/// The text of a file.
pub(crate) fn text(path: &Path) -> Result<String, SplitError> {
    let wrong = |error| SplitError::wrong(&path.display().to_string(), plain_words(&error));
    fs::read_to_string(path).map_err(wrong)
}

/// A segment of another statement is refused, by the hashes of its own and of the one that is here.
pub(crate) fn check_statement(file: &str, its: &str, here: &str) -> Result<(), SplitError> {
    match its == here {
        true => Ok(()),
        false => Err(SplitError::wrong(
            file,
            format!("is of another search: it serves the statement {its}, here it is {here}"),
        )),
    }
}

/// A file of some form: its first line, the lines between, and its hash.
pub(crate) struct File<'a, H> {
    pub head: H,
    /// Line 2 and those after it, but for the last.
    pub lines: std::str::Lines<'a>,
    pub hash: String,
}

/// Reads a file of this form.
pub(crate) fn read<'a, H: DeserializeOwned>(
    file: &str,
    text: &'a str,
    form: &str,
) -> Result<File<'a, H>, SplitError> {
    let wrong = |reason: String| SplitError::wrong(file, reason);
    let cut = || wrong("the last line is missing or damaged: the file is not whole".to_owned());
    let first = text.lines().next().unwrap_or_default();
    let tag: Tag = serde_json::from_str(first)
        .map_err(|_| wrong(format!("line 1: expected a file of the form {form}")))?;
    if tag.relucert != form {
        return Err(wrong(format!(
            "line 1: is of the form {}, expected {form}: another version wrote it",
            tag.relucert
        )));
    }
    let body = text.strip_suffix('\n').ok_or_else(cut)?;
    let start = body.rfind('\n').ok_or_else(cut)? + 1;
    let end: EndLine = serde_json::from_str(&body[start..]).map_err(|_| cut())?;
    let found = hash(&text[..start]);
    if found != end.sha256 {
        return Err(wrong(format!(
            "was changed: its last line has the hash {}, but what is above it has {found}",
            end.sha256
        )));
    }
    let head = serde_json::from_str(first).map_err(|error| wrong(format!("line 1: {error}")))?;
    let mut lines = text[..start].lines();
    lines.next();
    Ok(File {
        head,
        lines,
        hash: found,
    })
}
