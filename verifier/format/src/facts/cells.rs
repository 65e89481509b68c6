//! What functions of networks of any depth do on a box, by one tree whose splits are neurons: bounds of values and of slopes, and the regions of one network.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::number::StatedRational;

/// A tree over the claim's box, in preorder: after a node that divides, the tree of the first part, then that of the second. Hidden neurons of the current forms
/// of Γ and, where the statement has it, Θ are numbered together, Γ's first, layer by layer.
///
/// At a node a neuron of the first layer has an affine pre-activation t. If t ≤ 0 on the part of the box, by the corners, the neuron is *off*, else if t ≥ 0 there it is *on*; others
/// are decided by splits. Once all of a layer are decided, the next layer of its network has affine pre-activations. Splits restrict the node's *cell*, the points
/// inside the part of the box with t > 0 for what a split has put on and t < 0 for what it has put off.
///
/// Undecided neurons of a layer are bounded, where a leaf needs it: with t between u < 0 and v > 0 on the part of the box and s = ⌊2^8 v/(v − u)⌋/2^8 the neuron is s·t + z, with a new
/// coordinate z between 0 and the larger one of (1 − s)v and −s·u; and its slopes are between 0 and those of t. Then the next layer's pre-activations are affine in more coordinates, and
/// each of its neurons is on, off or undecided by the corners of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepTree {
    /// What the leaves show.
    pub goal: CellGoal,
    /// The tree in preorder; where it is not complete, the next step is [`DeepMore`].
    pub nodes: Vec<Cut>,
}

/// More nodes, in preorder, of the tree of the step before this one: of a [`DeepTree`] or of another `DeepMore` that left it incomplete. Until the tree is complete
/// nothing is established, and no other step may come between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepMore {
    /// The nodes, at least one.
    pub nodes: Vec<Cut>,
}

/// What a tree shows of f, which is R(Θ) − R(Γ), or R(Γ) where the statement has no Θ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum CellGoal {
    /// |f| is at most this on the box, in every output.
    Height(StatedRational),
    /// No entry of the Jacobian of f has a larger absolute value than this, anywhere in the box where there is a Jacobian.
    Slope(StatedRational),
    /// How many regions Γ as stated has in the box, before any rewriting: its sets of hidden neurons that are positive, all others not, on a part of the box with interior points. No
    /// side is halved, and Θ is not there.
    Regions,
}

/// Members of a list: neurons that splits above have decided, increasing, each with a positive factor.
pub type Factors = Vec<(usize, StatedRational)>;

/// Why ±f_l is at most the bound in a leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slack {
    /// The output l.
    pub output: usize,
    /// Whether −f_l is meant.
    pub negative: bool,
    /// What is added.
    pub factors: Factors,
}

/// One node, as text `x2`, `s3`, `e4 1;7 3/8`, `l`, `l0+4 1;7 3/8|2-7 1` or `r1/2 -3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The side of the box is halved, the lower half first (`x`); at most 32 times on one path.
    Halve(usize),
    /// An undecided neuron with an affine pre-activation is decided, on first, then off (`s`).
    Split(usize),
    /// The cell is empty (`e`): Σ factor·(±t), with − for what is off, is at most 0 on the part of the box. At least one factor.
    Empty(Factors),
    /// A leaf (`l`). For [`CellGoal::Height`] ±f_l, with undecided neurons bounded as said at [`DeepTree`], plus Σ factor·(±t) of the slack given for it, if any, is at most
    /// the bound on the part of the box, for every output and both signs; slacks increase in the output, + before −. For [`CellGoal::Slope`] the bounds of the slopes are. In trees of
    /// regions none is counted there, and so not all are known.
    Leaf(Vec<Slack>),
    /// A region, with a point inside the cell, where all neurons are decided (`r`).
    Region(Vec<StatedRational>),
}

/// The largest |f_l| over the outputs l is `value` at `point`, which lies in the closed box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepPeak {
    /// The point, d rationals.
    pub point: Vec<StatedRational>,
    /// The value.
    pub value: StatedRational,
}

/// At `point`, inside the box, no pre-activation is 0 but those that are 0 around it, and entry (`output`, `input`) of the Jacobian of f has the absolute value `value`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepSlope {
    /// The point, d rationals.
    pub point: Vec<StatedRational>,
    /// Row of the Jacobian.
    pub output: usize,
    /// Column of the Jacobian.
    pub input: usize,
    /// The absolute value there.
    pub value: StatedRational,
}

fn index(digits: &str) -> Option<usize> {
    let canonical = digits == "0" || !digits.starts_with(['0', '+']);
    digits.parse().ok().filter(|_| canonical)
}

fn factors(text: &str) -> Option<Factors> {
    let factor = |text: &str| {
        let (neuron, factor) = text.split_once(' ')?;
        Some((index(neuron)?, factor.parse().ok()?))
    };
    text.split(';').map(factor).collect()
}

fn slack(text: &str) -> Option<Slack> {
    let end = text.find(['+', '-'])?;
    let (output, rest) = text.split_at(end);
    Some(Slack {
        output: index(output)?,
        negative: rest.starts_with('-'),
        factors: factors(&rest[1..])?,
    })
}

impl Cut {
    /// The node that this text stands for; one text for every node.
    pub fn parse(text: &str) -> Option<Cut> {
        match text.split_at_checked(1)? {
            ("x", digits) => index(digits).map(Cut::Halve),
            ("s", digits) => index(digits).map(Cut::Split),
            ("e", text) => factors(text).map(Cut::Empty),
            ("l", "") => Some(Cut::Leaf(Vec::new())),
            ("l", text) => text
                .split('|')
                .map(slack)
                .collect::<Option<_>>()
                .map(Cut::Leaf),
            ("r", text) => {
                let numbers = text.split(' ').map(|number| number.parse().ok());
                numbers.collect::<Option<_>>().map(Cut::Region)
            }
            _ => None,
        }
    }
}

fn write_factors(factors: &Factors, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (place, (neuron, factor)) in factors.iter().enumerate() {
        let between = if place == 0 { "" } else { ";" };
        write!(f, "{between}{neuron} {factor}")?;
    }
    Ok(())
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cut::Halve(side) => write!(f, "x{side}"),
            Cut::Split(neuron) => write!(f, "s{neuron}"),
            Cut::Empty(factors) => {
                f.write_str("e")?;
                write_factors(factors, f)
            }
            Cut::Leaf(slacks) => {
                f.write_str("l")?;
                for (place, slack) in slacks.iter().enumerate() {
                    let between = if place == 0 { "" } else { "|" };
                    let sign = if slack.negative { '-' } else { '+' };
                    write!(f, "{between}{}{sign}", slack.output)?;
                    write_factors(&slack.factors, f)?;
                }
                Ok(())
            }
            Cut::Region(point) => {
                for (place, x) in point.iter().enumerate() {
                    write!(f, "{}{x}", if place == 0 { "r" } else { " " })?;
                }
                Ok(())
            }
        }
    }
}

impl Serialize for Cut {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cut {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Cut::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(
                "a cut is 'x<i>', 's<i>', 'e<i> <number>;…', 'l', 'l<i>+<j> <number>;…|<k>-…' or 'r<number> …'",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_for_every_node() {
        for text in [
            "x2",
            "s0",
            "e4 1;7 3/8",
            "l",
            "l0+4 1;7 3/8|2-7 1",
            "r1/2 -3",
        ] {
            assert_eq!(Cut::parse(text).unwrap().to_string(), text);
        }
        for text in [
            "", "x", "s01", "e", "e4", "e4 2/4", "l0", "l0*4 1", "r", "r1  2", "l0+", "q1", "é",
        ] {
            assert_eq!(Cut::parse(text), None, "{text}");
        }
    }
}
