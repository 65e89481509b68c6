//! How high the difference f rises on a box: a point, and trees of affine functions above it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::number::StatedRational;

/// A bound of the largest |f| on the claim's box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum HeightFact {
    /// |f| has the value at a point of the box.
    Reached(Reached),
    /// One output, or its negative, is at most the bound on the box.
    Below(Below),
    /// More of the tree that the step before left incomplete.
    More(More),
}

/// The largest |f_l| over the outputs l is `value` at `point`, which lies in the closed box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reached {
    /// The value.
    pub value: StatedRational,
    /// The point, d rationals.
    pub point: Vec<StatedRational>,
}

/// ±f_l ≤ `bound` on the claim's box for the output l, with − where `negative` says so, by a binary tree in preorder: after a node that divides, the tree of the first
/// part, then that of the second. A path halves the box along its sides, and decides hyperplanes; no side is halved more than 32 times, and no hyperplane decided
/// twice, on one path.
///
/// With w_H = ±½(κ_H)_l and t_H = ⟨n_H, x⟩, ±f_l is an affine function plus Σ w_H|t_H|. At a node every H with w_H ≠ 0 has an interval [l, u]: the range of t_H
/// on the node's part of the box, without what lies on the other side of 0 where H is decided. A leaf gives slopes: for some H, each with 0 inside the whole
/// range of t_H on the part of the box, a number s_H. The others have s_H = 1 if l ≥ 0, else −1 if u ≤ 0; else, if w_H > 0, ⌊2^16 (u + l)/(u − l)⌋/2^16; else 1 if l + u ≥ 0, and −1 if not. Whatever the slopes, on the part
/// w_H|t_H| ≤ w_H s_H t_H + γ_H, where γ_H is the largest w_H(|t| − s_H t) over t = l, t = u, and t = 0 if l < 0 < u. The leaf obliges the verifier to see that
/// the affine function plus Σ (w_H s_H t_H + γ_H), which is largest at a corner of the part, is at most `bound` there; or that an interval is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Below {
    /// The number shown to be at least ±f_l.
    pub bound: StatedRational,
    /// The output l.
    pub output: usize,
    /// Whether −f_l is meant.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub negative: bool,
    /// The tree in preorder; where it is not complete, the next step is [`More`].
    pub nodes: Vec<Piece>,
}

/// More nodes, in preorder, of the tree of the step before this one: of a [`Below`] or of another `More` that left it incomplete. The step that completes the
/// tree establishes what the `Below` says; until then nothing is established, and no other step may come between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct More {
    /// The nodes, at least one.
    pub nodes: Vec<Piece>,
}

/// One node of a tree, as text `x2`, `s3`, `l` or `l4 -1;7 3/8`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The side of the box is halved, the lower half first (`x`).
    Halve(usize),
    /// An undecided hyperplane is decided, t_H ≥ 0 first, then t_H ≤ 0 (`s`).
    Decide(usize),
    /// A leaf, with the slopes of some hyperplanes, increasing (`l`).
    Leaf(Vec<(usize, StatedRational)>),
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Piece::Halve(side) => write!(f, "x{side}"),
            Piece::Decide(hyperplane) => write!(f, "s{hyperplane}"),
            Piece::Leaf(slopes) => {
                f.write_str("l")?;
                for (index, (hyperplane, slope)) in slopes.iter().enumerate() {
                    let between = if index == 0 { "" } else { ";" };
                    write!(f, "{between}{hyperplane} {slope}")?;
                }
                Ok(())
            }
        }
    }
}

impl Piece {
    /// The node that this text stands for; one text for every node.
    pub fn parse(text: &str) -> Option<Piece> {
        let index = |digits: &str| {
            let canonical = digits == "0" || !digits.starts_with(['0', '+']);
            digits.parse::<usize>().ok().filter(|_| canonical)
        };
        let slope = |text: &str| {
            let (hyperplane, slope) = text.split_once(' ')?;
            Some((index(hyperplane)?, slope.parse().ok()?))
        };
        match text.split_at_checked(1)? {
            ("x", digits) => index(digits).map(Piece::Halve),
            ("s", digits) => index(digits).map(Piece::Decide),
            ("l", "") => Some(Piece::Leaf(Vec::new())),
            ("l", slopes) => {
                let slopes = slopes.split(';').map(slope);
                slopes.collect::<Option<_>>().map(Piece::Leaf)
            }
            _ => None,
        }
    }
}

impl Serialize for Piece {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Piece {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Piece::parse(&text).ok_or_else(|| {
            serde::de::Error::custom("a piece is 'x<i>', 's<i>', 'l' or 'l<i> <number>;…'")
        })
    }
}
