//! What is in the lines of a folder's files.

use num_bigint::BigInt;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::certificate::{Networks, Node, StatedRational, Target};
use crate::exact::Rational;
use crate::jobs::{LINE, Lines, SplitError, read as read_lines};
use crate::realization::search::decode;

/// The form of a statement, and that of a segment: whatever changes what a file means changes these.
pub(super) const STATEMENT: &str = "split/1";
pub(super) const SEGMENT: &str = "segment/1";

/// First line of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatementHead {
    pub relucert: String,
    pub producer: String,
    pub networks: Networks,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activation: Option<StatedRational>,
    /// A bracket this narrow will do.
    pub gap: StatedRational,
    /// Where the lower end is attained.
    pub point: Vec<StatedRational>,
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
    pub bound: StatedRational,
    /// A point with a larger entry than the statement's, if one was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<Vec<StatedRational>>,
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

/// Writes a tree.
pub(super) fn push_section(lines: &mut Lines, below: &Below, mut tree: &[u8]) {
    lines.push(below);
    let (mut nodes, mut bytes) = (Vec::new(), 0);
    while let Some((node, open)) = decode(&mut tree) {
        let text = format!("{}{node}", if open { "?" } else { "" });
        bytes += text.len() + 3;
        nodes.push(text);
        if bytes >= LINE {
            let nodes = std::mem::take(&mut nodes);
            lines.push(&Nodes { nodes });
            bytes = 0;
        }
    }
    if !nodes.is_empty() {
        lines.push(&Nodes { nodes });
    }
}

/// Reads a file of this form: its first line, trees and hash.
pub(super) fn read<H: DeserializeOwned>(
    file: &str,
    text: &str,
    form: &str,
) -> Result<(H, Vec<Section>, String), SplitError> {
    let found = read_lines(file, text, form)?;
    let mut sections: Vec<Section> = Vec::new();
    for (index, line) in found.lines.enumerate() {
        let wrong = |reason: String| {
            let reason = format!("line {}: {reason}", index + 2);
            SplitError::wrong(file, reason)
        };
        if line.starts_with("{\"nodes\"") {
            let section = sections.last_mut();
            let section = section.ok_or_else(|| wrong("nodes of no tree".to_owned()))?;
            section.lines.push(line.to_owned());
            continue;
        }
        let below = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
        sections.push(Section {
            below,
            lines: Vec::new(),
        });
    }
    Ok((found.head, sections, found.hash))
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
pub(super) fn numbers(point: &[BigInt]) -> Vec<StatedRational> {
    let point = point.iter().cloned();
    point
        .map(|x| StatedRational(Rational::from_integer(x)))
        .collect()
}

/// A point of integers, so many.
pub(super) fn point(
    file: &str,
    text: &[StatedRational],
    count: usize,
) -> Result<Vec<BigInt>, SplitError> {
    if text.len() != count {
        let found = text.len();
        let reason = format!("the point has {found} coordinates, expected {count}");
        return Err(SplitError::wrong(file, reason));
    }
    let whole = |x: &StatedRational| match x.0.is_integer() {
        true => Ok(x.0.numer().clone()),
        false => {
            let reason = format!("the point's coordinate {x} is no integer");
            Err(SplitError::wrong(file, reason))
        }
    };
    text.iter().map(whole).collect()
}
