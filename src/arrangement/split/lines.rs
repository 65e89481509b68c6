//! What is in the lines of a folder's files.

use std::str::FromStr as _;

use num_bigint::BigInt;
use serde::{Deserialize, Serialize};

use crate::certificate::{Circuit, StatedNetwork, StatedRational};

/// The form of a statement, and that of a segment: whatever changes what a file means changes these.
pub(super) const STATEMENT: &str = "regions-split/1";
pub(super) const SEGMENT: &str = "regions-segment/1";

/// What is wanted of the regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Asked {
    /// All of them, printed.
    List,
    /// All of them, and only their number printed.
    Size,
    /// Only their number: jobs count, and nothing is proved.
    Count,
}

/// First line of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatementHead {
    pub relucert: String,
    pub producer: String,
    /// The hyperplanes are those of its neurons.
    pub network: StatedNetwork,
    /// For each side the coefficients of a function that is positive inside, the constant last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Vec<Vec<StatedRational>>>,
    pub asked: Asked,
    /// Whether points inside and circuits are found without advice.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unadvised: bool,
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
    /// The prefix: a sign for each of the first classes of hyperplanes.
    pub below: String,
    /// How many regions were found.
    pub regions: u64,
    /// How many nodes are open.
    pub open: usize,
    /// Where counting ended: all regions before this prefix were counted. Only if some are left, and only where regions are counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A line of a tree.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase")]
pub(super) enum Line {
    /// Circuits for nodes that follow, numbered on from those before: members by number, classes first, then sides of the domain.
    Circuits(Vec<Circuit>),
    /// Nodes in preorder, + before −, separated by spaces.
    Nodes(String),
}

/// A node, or what nodes need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Both sides of the next class follow: `s`.
    Split,
    /// Nothing lies there, by this circuit: `c7`.
    Empty(usize),
    /// A region, with a point inside, in the coordinates of the reduced table: `r1,-2`.
    Region(Vec<BigInt>),
    /// Not walked: `?`.
    Open,
    /// Walked, and counted.
    Counted,
    /// No node: circuits that are known from here on.
    Circuits(Vec<Circuit>),
}

impl Token {
    /// The token of a text.
    fn parse(text: &str) -> Result<Token, String> {
        let wrong = || format!("'{text}' is no node of a tree of regions");
        match text.split_at_checked(1) {
            Some(("s", "")) => Ok(Token::Split),
            Some(("?", "")) => Ok(Token::Open),
            Some(("c", index)) => index.parse().map(Token::Empty).map_err(|_| wrong()),
            Some(("r", "")) => Ok(Token::Region(Vec::new())),
            Some(("r", point)) => {
                let coordinates = point.split(',').map(BigInt::from_str);
                let point = coordinates.collect::<Result<_, _>>();
                point.map(Token::Region).map_err(|_| wrong())
            }
            _ => Err(wrong()),
        }
    }

    /// The tokens of a line.
    pub fn of_line(line: &str) -> Vec<Result<Token, String>> {
        match serde_json::from_str::<Line>(line) {
            Ok(Line::Circuits(circuits)) => vec![Ok(Token::Circuits(circuits))],
            Ok(Line::Nodes(nodes)) => nodes.split_whitespace().map(Token::parse).collect(),
            Err(error) => vec![Err(format!("a line of a tree: {error}"))],
        }
    }

    /// The tokens of a count that went from one prefix to another; to the end, if there is none.
    pub fn of_count(below: &[bool], next: Option<&[bool]>) -> Vec<Token> {
        let Some(steps) = next.map(|next| &next[below.len()..]) else {
            return vec![Token::Counted];
        };
        let mut tokens = Vec::new();
        for plus in steps {
            tokens.push(Token::Split);
            if !plus {
                tokens.push(Token::Counted);
            }
        }
        let open = 1 + steps.iter().filter(|plus| **plus).count();
        tokens.extend(std::iter::repeat_n(Token::Open, open));
        tokens
    }
}

/// Sides as signs.
pub(super) fn signs(sides: &[bool]) -> String {
    let sides = sides.iter();
    sides.map(|plus| if *plus { '+' } else { '-' }).collect()
}

/// Signs as sides; `None` if there is anything else.
pub(super) fn sides(signs: &str) -> Option<Vec<bool>> {
    let side = |sign: char| match sign {
        '+' => Some(true),
        '-' => Some(false),
        _ => None,
    };
    signs.chars().map(side).collect()
}
