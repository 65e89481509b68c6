//! The seminorm r = |f|_{W^{1,∞}} of the difference f, from below and from above.

use serde::{Deserialize, Serialize};

use super::circuits::Circuit;
use crate::number::Rational;

/// A bound of r.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum SeminormFact {
    /// r ≥ value.
    AtLeast(AtLeast),
    /// r ≤ bound.
    AtMost(AtMost),
}

/// r ≥ `value`: at `point`, which lies on no hyperplane of the difference, entry (`output`, `input`) of the Jacobian of
/// g − R(Γ) has absolute value `value`. The verifier recomputes `signs` (one `+` or `-` a hyperplane of the difference, in its
/// numbering) and the entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AtLeast {
    /// The point, d rationals.
    pub point: Vec<Rational>,
    /// The signs of ⟨n_H, point⟩, as text.
    pub signs: String,
    /// Row of the Jacobian.
    pub output: usize,
    /// Column of the Jacobian.
    pub input: usize,
    /// The absolute value there.
    pub value: Rational,
}

/// r ≤ `bound`, by a binary tree over the hyperplanes of the difference, in preorder (the + branch before the − branch).
///
/// At a leaf some hyperplanes H are decided, with signs ε_H. A `Node::Bound` leaf obliges the verifier to see, for every entry,
/// |M + ½ Σ_decided ε_H κ_H n_Hᵀ| + ½ Σ_undecided |κ_H n_Hᵀ| ≤ bound; with a target, the same for ±(that entry) without the
/// absolute value around it. A `Node::Farkas` leaf obliges it to see that no region is there: Σ μ_H n_H = 0 over the named circuit,
/// all H of it decided, and the signs of μ_H all equal ε_H or all opposite. Without a target the bound is not negative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AtMost {
    /// The number shown to be at least r.
    pub bound: Rational,
    /// If given, the tree shows only that ±(one entry) ≤ bound, and leaves speak of that alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// Linear dependences of this step alone; leaves number them after those of all earlier `circuits` steps.
    pub circuits: Vec<Circuit>,
    /// Packings of circuits, shared by the leaves; only with a target.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packings: Vec<Packing>,
    /// The tree in preorder.
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

/// Pairs (circuit, y), y > 0, no circuit twice. With v_H = ±(κ_H n_Hᵀ)_entry the target's value is ±M_entry + ½ Σ ε_H v_H, at most
/// ±M_entry + ½ Σ |v_H|, and every undecided H prefers the sign of v_H. In every circuit named, each H is decided or has v_H ≠ 0,
/// and the signs of μ_H all equal, or are all opposite to, the decided or preferred ones: some undecided H of it must give way. At
/// the leaf Σ_{C ∋ H} y_C ≤ |v_H| for every undecided H, so at least Σ y is lost beside Σ |v_H| over the H decided against v_H, and
/// the leaf obliges the verifier to see ±M_entry + ½ Σ |v_H| − (these losses) ≤ bound.
pub type Packing = Vec<(usize, Rational)>;

/// One node of a region tree, as text `s3`, `b`, `f0` or `p0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// Split on an undecided hyperplane; two subtrees follow.
    Split(usize),
    /// A leaf where the bound holds whatever the undecided signs.
    Bound,
    /// A leaf that no region meets, by the circuit of this index.
    Farkas(usize),
    /// A leaf closed by the packing of this index.
    Packing(usize),
}

impl Serialize for Node {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Node::Split(hyperplane) => serializer.collect_str(&format_args!("s{hyperplane}")),
            Node::Bound => serializer.serialize_str("b"),
            Node::Farkas(circuit) => serializer.collect_str(&format_args!("f{circuit}")),
            Node::Packing(packing) => serializer.collect_str(&format_args!("p{packing}")),
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        let index = |digits: &str| {
            let canonical = digits == "0" || !digits.starts_with(['0', '+']);
            digits.parse().ok().filter(|_| canonical)
        };
        let node = match text.split_at_checked(1) {
            Some(("s", digits)) => index(digits).map(Node::Split),
            Some(("f", digits)) => index(digits).map(Node::Farkas),
            Some(("p", digits)) => index(digits).map(Node::Packing),
            Some(("b", "")) => Some(Node::Bound),
            _ => None,
        };
        node.ok_or_else(|| serde::de::Error::custom("a tree node is 's<i>', 'b', 'f<i>' or 'p<i>'"))
    }
}
