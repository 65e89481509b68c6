//! The hypotheses of the theorems: that they hold, that one fails, that a network is in N′ or N*.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::number::{StatedRational, Surd};

/// What is decided about a hypothesis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum ConditionFact {
    /// A hypothesis of Theorem 3.1 holds.
    Holds(Condition),
    /// The claim's violation is there, except that r ≥ its `r_lower`, and that no orientation fits: these are facts of their own.
    Violated {},
    /// A network is in N′ or N*.
    Member(Member),
}

/// The hypotheses of Theorem 3.1 (numbering of the paper).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ConditionName {
    /// For all i: ‖c_i a_i‖ ≤ threshold ⇒ |c_i|, ‖a_i‖ ≤ β, in Γ.
    #[serde(rename = "C.1")]
    Balance,
    /// No two non-zero a_i of Γ are positive multiples of each other.
    #[serde(rename = "C.2")]
    NoParallel,
    /// No two non-zero a_i are negative multiples of each other, in Γ and in Θ.
    #[serde(rename = "C.3a")]
    NoOppositeWithin,
    /// No non-zero a_i of Γ is a negative multiple of an a_j of Θ.
    #[serde(rename = "C.3b")]
    NoOppositeBetween,
    /// Some Θ′ of g satisfies C.3a and C.3b with Γ (D03).
    #[serde(rename = "C.3")]
    NoOppositePossible,
}

/// The paper's name, as it is serialised.
impl fmt::Display for ConditionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// The hypothesis `name` holds: C.1 and C.2 for Γ; `C.3` for Γ and the current network, which realises g whatever has been done to Θ: C.3a of
/// each, and C.3b of both (the theorem asks for some Θ′ of g). C.3a and C.3b alone are only claimed violated. The verifier decides it itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Which hypothesis.
    pub name: ConditionName,
    /// β of C.1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beta: Option<Surd>,
    /// The threshold of C.1: 2r (r exact) or J.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<StatedRational>,
    /// Whether dead neurons (a = 0 or c = 0) do not count; not for C.1. For `theorem-3.1-refined`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub live: bool,
}

/// Γ, Θ, or Φ where a claim has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Γ.
    Gamma,
    /// Θ.
    Theta,
    /// Φ; only of sets.
    Phi,
}

/// The neurons at which a hypothesis fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Violation {
    /// C.1 at neuron i of Γ: ‖c_i a_i‖ ≤ 2·r_lower (a `seminorm` step shows r ≥ r_lower), but |c_i| or ‖a_i‖ is `size` > β.
    Unbalanced {
        /// The neuron.
        i: usize,
        /// β that C.1 was asked with.
        beta: Surd,
        /// max(|c_i|, ‖a_i‖).
        size: Surd,
        /// A proved lower bound of r.
        r_lower: StatedRational,
    },
    /// C.2, C.3a: a_j = factor·a_i in the claim's network, i < j; factor > 0 for C.2, < 0 for C.3a. C.3b: a_j of Θ is
    /// factor·a_i of Γ, factor < 0.
    Multiple {
        /// First neuron (of Γ, for C.3b).
        i: usize,
        /// Second neuron (of Θ, for C.3b).
        j: usize,
        /// The factor, a rational multiple of one square root.
        factor: Surd,
    },
    /// C.3: no Θ whatever of g = R(Θ) satisfies it with this Γ, by a `no-orientation` step with `forced`.
    NoOrientation {},
}

/// A set of parametrizations: N′ (balanced, C.2) or N* (N′, and the last two coordinates of every a_i positive).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BalancedSet {
    /// N′.
    NPrime,
    /// N*.
    NStar,
}

/// The network of the statement (homogenised) is in the set: ‖c_i‖_∞ = ‖a_i‖_∞ for all i, no two non-zero a_i are positive multiples of each
/// other, and for N* d ≥ 2 and the last two entries of every a_i are positive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Γ, Θ or Φ.
    pub network: Side,
    /// N′ or N*.
    pub set: BalancedSet,
}
