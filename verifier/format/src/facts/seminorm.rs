//! The seminorm r = |f|_{W^{1,∞}} of the difference f, from below and from above.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::circuits::Circuit;
use crate::number::StatedRational;

/// A bound of r.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum SeminormFact {
    /// r ≥ value.
    AtLeast(AtLeast),
    /// r ≤ bound.
    AtMost(AtMost),
    /// More of the tree that the step before left incomplete.
    Further(Further),
}

/// r ≥ `value`: at `point`, which lies on no hyperplane of the difference, entry (`output`, `input`) of the Jacobian of
/// g − R(Γ) has absolute value `value`. The verifier recomputes `signs` (one `+` or `-` a hyperplane of the difference, in its
/// numbering) and the entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AtLeast {
    /// The point, d rationals.
    pub point: Vec<StatedRational>,
    /// The signs of ⟨n_H, point⟩, as text.
    pub signs: String,
    /// Row of the Jacobian.
    pub output: usize,
    /// Column of the Jacobian.
    pub input: usize,
    /// The absolute value there.
    pub value: StatedRational,
}

/// r ≤ `bound`, by a binary tree over the hyperplanes of the difference, in preorder: after a split its two subtrees, the + branch first, or with a
/// target perhaps the − branch ([`Node::SplitMinus`]). No hyperplane is split twice on one path.
///
/// At a leaf some hyperplanes H are decided, with signs ε_H. A [`Node::Bound`] leaf obliges the verifier to see, for every entry,
/// |M + ½ Σ_decided ε_H κ_H n_Hᵀ| + ½ Σ_undecided |κ_H n_Hᵀ| ≤ bound; with a target, the same for ±(that entry) without the
/// absolute value around it. A [`Node::Farkas`] leaf obliges it to see that no region is there: Σ μ_H n_H = 0 over the named circuit,
/// all H of it decided, and the signs of μ_H all equal ε_H or all opposite. What a [`Node::Circuits`] leaf obliges it to see is written at
/// [`Members`]. Without a target the bound is not negative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AtMost {
    /// The number shown to be at least r.
    pub bound: StatedRational,
    /// If given, the tree shows only that ±(one entry) ≤ bound, and leaves speak of that alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// Linear dependences of this step alone; leaves number them after those of all earlier `circuits` steps.
    pub circuits: Vec<Circuit>,
    /// The tree in preorder; where it is not complete, the next step is [`Further`].
    pub nodes: Vec<Node>,
}

/// More nodes, in preorder, of the tree of the step before this one: of an [`AtMost`] or of another `Further` that left it incomplete. The step
/// that completes the tree establishes what the `AtMost` says; until then nothing is established, and no other step may come between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Further {
    /// The nodes, at least one.
    pub nodes: Vec<Node>,
}

/// One entry of the Jacobian with a sign: the tree shows that entry ≤ bound (or −entry ≤ bound, with `negative`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Row of the Jacobian.
    pub output: usize,
    /// Column of the Jacobian.
    pub input: usize,
    /// Whether the entry's negative is meant.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub negative: bool,
}

/// Circuits by their members alone, each a list of increasing indices of hyperplanes; in the affine case the number after the last stands for
/// g = (0, …, 0, 1), which is decided with sign +.
///
/// With v_H = ±(κ_H n_Hᵀ)_entry the target's value is ±M_entry + ½ Σ ε_H v_H, at most ±M_entry + ½ Σ |v_H|, its *ideal*, and every undecided H with
/// v_H ≠ 0 prefers the sign of v_H. In every circuit each member is decided or has v_H ≠ 0, and ε_H is its decided sign, else the preferred one. The vectors
/// ε_H n_H of its members must have exactly one dependence Σ μ_H ε_H n_H = 0 up to a factor, with all μ_H > 0; the verifier finds that itself. So at no point
/// all members have these signs, and some undecided one must give way, which loses |v_H|.
///
/// The circuits are paid in the order given. Residuals begin, at every leaf, as |v_H|; a circuit pays the least residual y of its undecided members, which must
/// not be 0, and takes it from the residual of each of them. Then ideal − (Σ |v_H| over the H decided against v_H) − Σ y ≤ bound. A circuit without undecided
/// members shows that no region is there, whatever the bound; it must be the last of its leaf.
pub type Members = Vec<Vec<usize>>;

/// One node of a region tree, as text `s3`, `t3`, `b`, `f0` or `c1 4 7;2 9`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Split on an undecided hyperplane; two subtrees follow, the + branch first (`s`).
    Split(usize),
    /// The same, the − branch first (`t`); only with a target.
    SplitMinus(usize),
    /// A leaf where the bound holds whatever the undecided signs.
    Bound,
    /// A leaf that no region meets, by the circuit of this index.
    Farkas(usize),
    /// A leaf closed by circuits that stand here; only with a target. At least one circuit, each with at least one member.
    Circuits(Members),
}

impl Serialize for Node {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::Split(hyperplane) => write!(f, "s{hyperplane}"),
            Node::SplitMinus(hyperplane) => write!(f, "t{hyperplane}"),
            Node::Bound => f.write_str("b"),
            Node::Farkas(circuit) => write!(f, "f{circuit}"),
            Node::Circuits(circuits) => {
                for (index, circuit) in circuits.iter().enumerate() {
                    f.write_str(if index == 0 { "c" } else { ";" })?;
                    for (place, member) in circuit.iter().enumerate() {
                        f.write_str(if place == 0 { "" } else { " " })?;
                        write!(f, "{member}")?;
                    }
                }
                Ok(())
            }
        }
    }
}

impl Node {
    /// The node that this text stands for; one text for every node.
    pub fn parse(text: &str) -> Option<Node> {
        let index = |digits: &str| {
            let canonical = digits == "0" || !digits.starts_with(['0', '+']);
            digits.parse::<usize>().ok().filter(|_| canonical)
        };
        match text.split_at_checked(1)? {
            ("s", digits) => index(digits).map(Node::Split),
            ("t", digits) => index(digits).map(Node::SplitMinus),
            ("f", digits) => index(digits).map(Node::Farkas),
            ("b", "") => Some(Node::Bound),
            ("c", circuits) => {
                let circuits = circuits.split(';');
                let members = circuits.map(|circuit| circuit.split(' ').map(index).collect());
                members.collect::<Option<Members>>().map(Node::Circuits)
            }
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Node::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(
                "a tree node is 's<i>', 't<i>', 'b', 'f<i>' or 'c<i> <j> …;<k> <l> …'",
            )
        })
    }
}
