//! The files of a folder: lines of JSON, the last one with a hash of all others.

use num_bigint::BigInt;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::error::SplitError;
use crate::certificate::{Networks, Node, Rational as Number, Target};
use crate::exact::Rational;
use crate::realization::search::decode;

/// The form of a statement, and that of a segment: whatever changes what a file means changes these.
pub(super) const STATEMENT: &str = "split/1";
pub(super) const SEGMENT: &str = "segment/1";

/// Bytes or so of a line with nodes.
const LINE: usize = 1 << 16;

/// First line of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatementHead {
    pub relucert: String,
    pub producer: String,
    pub networks: Networks,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activation: Option<Number>,
    /// A bracket this narrow will do.
    pub gap: Number,
    /// Where the lower end is attained.
    pub point: Vec<Number>,
    /// Nodes evaluated.
    pub nodes: u64,
}

/// First line of a segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SegmentHead {
    pub relucert: String,
    pub producer: String,
    /// The hash of the statement.
    pub statement: String,
    pub job: String,
    /// The entry is at most this under the decisions, but for the open leaves.
    pub bound: Number,
    /// A point with a larger entry than the statement's, if one was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<Vec<Number>>,
    /// Nodes evaluated.
    pub nodes: u64,
    /// How many leaves are open.
    pub open: usize,
}

/// Begins a tree, or the part of it under some decisions: `+3`, `-7`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Below {
    pub below: Target,
    pub decided: Vec<String>,
}

/// Nodes as in a certificate, an open leaf with `?` before it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nodes {
    nodes: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EndLine {
    sha256: String,
}

impl Below {
    pub fn new(target: Target, decisions: &[(usize, bool)]) -> Self {
        let decided = decisions.iter();
        let decided = decided.map(|(h, plus)| format!("{}{h}", if *plus { '+' } else { '-' }));
        Below {
            below: target,
            decided: decided.collect(),
        }
    }
}

/// A tree of a file that was read, its nodes not looked at.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub below: Below,
    lines: Vec<String>,
}

/// Lines in the making.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    pub fn push<T: Serialize>(&mut self, value: &T) {
        let line = serde_json::to_string(value)
            .expect("invariant: numbers are kept as text, so that this serialises");
        self.0.push_str(&line);
        self.0.push('\n');
    }

    /// A tree.
    pub fn section(&mut self, below: &Below, mut tree: &[u8]) {
        self.push(below);
        let (mut nodes, mut bytes) = (Vec::new(), 0);
        while let Some((node, open)) = decode(&mut tree) {
            let text = format!("{}{node}", if open { "?" } else { "" });
            bytes += text.len() + 3;
            nodes.push(text);
            if bytes >= LINE {
                let nodes = std::mem::take(&mut nodes);
                self.push(&Nodes { nodes });
                bytes = 0;
            }
        }
        if !nodes.is_empty() {
            self.push(&Nodes { nodes });
        }
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

/// Reads a file of this form: its first line, trees and hash.
pub(super) fn read<H: DeserializeOwned>(
    file: &str,
    text: &str,
    form: &str,
) -> Result<(H, Vec<Section>, String), SplitError> {
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
    let at = |line: usize, error: serde_json::Error| wrong(format!("line {line}: {error}"));
    let head = serde_json::from_str(first).map_err(|error| at(1, error))?;
    let mut sections: Vec<Section> = Vec::new();
    for (index, line) in text[..start].lines().enumerate().skip(1) {
        if line.starts_with("{\"nodes\"") {
            let section = sections.last_mut();
            let section =
                section.ok_or_else(|| wrong(format!("line {}: nodes of no tree", index + 1)))?;
            section.lines.push(line.to_owned());
            continue;
        }
        let below = serde_json::from_str(line).map_err(|error| at(index + 1, error))?;
        sections.push(Section {
            below,
            lines: Vec::new(),
        });
    }
    Ok((head, sections, found))
}

impl Section {
    /// The nodes, and whether each is an open leaf.
    pub fn nodes(self) -> impl Iterator<Item = Result<(Node, bool), String>> {
        self.lines.into_iter().flat_map(|line| {
            let nodes = match serde_json::from_str::<Nodes>(&line) {
                Ok(line) => line.nodes.into_iter().map(|text| parse(&text)).collect(),
                Err(error) => vec![Err(format!("a line of nodes: {error}"))],
            };
            nodes.into_iter()
        })
    }
}

fn parse(text: &str) -> Result<(Node, bool), String> {
    let (open, plain) = match text.strip_prefix('?') {
        Some(leaf) => (true, leaf),
        None => (false, text),
    };
    match Node::parse(plain) {
        Some(Node::Farkas(_)) | None => Err(format!("'{text}' is no node of a job's tree")),
        Some(Node::Split(_) | Node::SplitMinus(_)) if open => {
            Err(format!("'{text}': only leaves are open"))
        }
        Some(node) => Ok((node, open)),
    }
}

/// A point as text.
pub(super) fn numbers(point: &[BigInt]) -> Vec<Number> {
    let point = point.iter().cloned();
    point.map(|x| Number(Rational::from_integer(x))).collect()
}

/// A point of integers, so many.
pub(super) fn point(file: &str, text: &[Number], count: usize) -> Result<Vec<BigInt>, SplitError> {
    if text.len() != count {
        let found = text.len();
        let reason = format!("the point has {found} coordinates, expected {count}");
        return Err(SplitError::wrong(file, reason));
    }
    let whole = |x: &Number| match x.0.is_integer() {
        true => Ok(x.0.numer().clone()),
        false => {
            let reason = format!("the point's coordinate {x} is no integer");
            Err(SplitError::wrong(file, reason))
        }
    };
    text.iter().map(whole).collect()
}
