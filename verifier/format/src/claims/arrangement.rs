//! Claims about the regions of an arrangement: that they are all, and that the layer of the neurons is injective.

use serde::{Deserialize, Serialize};

use crate::number::StatedRational;

/// The regions of the arrangement of the hyperplanes ⟨a_i,x⟩ = 0 of Γ (an arrangement given by normals alone is stated as a network
/// with outer weights 0), or of ⟨a_i,x⟩ + b_i = 0 in R^d where Γ has biases, in the interior of `domain` if there is one. There is no
/// Θ and no Φ. It rests on `regions` steps: inner points, and either what lies around, or the count.
///
/// Two regions are adjacent iff their signs differ on exactly one class of parallel hyperplanes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArrangementClaim {
    /// A cone in the variables of the rows (a_i, or a_i followed by b_i on (x, 1)): the x with ⟨g,x⟩ > 0 for all its rows g, at
    /// least one and none of them zero. Where Γ has biases it is present, and its first row is (0, …, 0, 1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Vec<Vec<StatedRational>>>,
    /// How many regions there are.
    pub count: usize,
    /// How many unordered pairs of adjacent regions there are.
    pub edges: usize,
    /// The regions, at least one: one sign a neuron, `+`, `-`, or `0` for a zero row; in increasing order of the text (`+` before
    /// `-`), none twice. Without a domain the negation of every region is listed too, unless all rows are zero.
    pub regions: Vec<String>,
}

/// The same of the layer's arrangement; and the layer is injective.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InjectiveClaim(pub ArrangementClaim);

/// The layer x ↦ (ρ(⟨a_i,x⟩ + b_i))_i of Γ's neurons is not injective on R^d: two points have the same values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotInjectiveClaim {}
