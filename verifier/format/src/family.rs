//! Claims and rules about families: networks whose entries depend on a parameter k, and statements that hold for every integer
//! k ≥ 1.
//!
//! A `for-all-k` claim states the family networks whole and a list of *sections*: parts of the half-line k ≥ 1, each with what holds
//! there. The networks of the statement (`networks.gamma`, and `networks.theta` if the claim has a Θ) are the families at k = 1, which
//! the verifier compares; there is no Φ there.
//!
//! In a section all numbers are functions on a set of *real* k ([`Range`]), and everything the verifier needs to see about a number is its sign, the same
//! at every k of the set. It substitutes k = k_0 + t for `k >= k_0`, k = (a + b·t)/(1 + t) for `a <= k < b` (t ≥ 0), and the value itself for
//! `k = a`. A sign of a polynomial in t is then seen from its coefficients (none negative: not negative; also a constant term: positive), or, with a
//! power of t divided out, by Sturm's theorem on [0, ∞). A number A + B·√q has, with Δ = A² − B²q, the sign of A where Δ > 0, that of B where Δ < 0, and
//! where Δ = 0 it is zero if A and B have different signs. A number whose sign is not the same everywhere is a rejection.
//! No denominator and no radicand may fail this way either: denominators are nowhere 0, radicands nowhere negative.
//!
//! **Kinks.** The difference is R(Θ) − R(Γ), or R(Γ) if the claim has no Θ; its neurons are those of Θ, then those of Γ with −c. Neurons with a or c
//! identically zero are left out. The others are gathered into classes of parallel a_i (all 2×2 minors identically zero) in order of their first neuron,
//! whose a is the class's a_H; the neurons' orientations against it are the signs of products of entries. J_H = Σ ± c_i a_iᵀ over the class (− for
//! opposite ones) is the jump matrix, and
//! f(x) = M x + ½ Σ_H J_H·x·sgn⟨a_H,x⟩ with M = ½ Σ c_i a_iᵀ, identically in k. Classes with J_H identically zero are dropped; the others are the *kinks*, numbered from 0,
//! and some entry of each a_H must be nowhere zero in the section.
//!
//! **Biases.** Where Γ or Θ has biases a section speaks of R^d of the original variables, as claims about networks of numbers do (the *affine* difference):
//! all networks are homogenised, a_i followed by b_i (0 where a network has none), and the output bias e is one more, last neuron, with
//! a = (0, …, 0, 1), which is linear: it adds 2e to the last column of 2M. A class whose a_H has d identically zero first entries is no kink but linear on
//! x_{d+1} > 0, with the sign of a_H's last entry. Entries of the Jacobian and of jumps are those of the first d columns, the last column is the constant;
//! points have d + 1 coordinates, the last one positive; and g = (0, …, 0, 1) counts as one more kink in circuits, numbered after all others and always
//! decided with sign +. `regions` of a box are of the affine kind too, and in their circuits x_0 − lower_0, upper_0 − x_0, x_1 − lower_1, … are numbered
//! after g, as such kinks. In `nearest`, `separated` and `reparametrization` b_i is entry a_{i,d}, Φ has biases too, and entry c_o of neuron m is e_o.
//!
//! **Activation.** With an `activation` a of the statement, which `equal`, `seminorm` and `jump-norm` allow, ϱ(t) = max(a·t, t) = (1 + a)/2·t + |1 − a|/2·|t|
//! stands in place of ρ: the c_i a_iᵀ of neurons count (1 + a)-fold in 2M, and |1 − a|-fold in J_H. The output bias is added after it.
//!
//! The kinks are *distinct* if for any two some 2×2 minor of (a_H, a_H′), and for each some entry of J_H (of its first d columns), is nowhere zero in the section.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::facts::{Among, Form};
use super::formula::{Formula, as_text};
use super::number::StatedRational;

/// The real k that a section speaks of, as text `k >= 4`, `1 <= k < 4` or `k = 3`. All numbers are at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// All k from here on.
    From(u64),
    /// A half-open interval; the first number is the smaller one.
    Between(u64, u64),
    /// One value.
    At(u64),
}

impl Range {
    /// The smallest k.
    pub fn first(self) -> u64 {
        match self {
            Range::From(a) | Range::Between(a, _) | Range::At(a) => a,
        }
    }

    /// The integer after the largest one; none without end.
    pub fn end(self) -> Option<u64> {
        match self {
            Range::From(_) => None,
            Range::Between(_, b) => Some(b),
            Range::At(a) => Some(a.saturating_add(1)),
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Range::From(a) => write!(f, "k >= {a}"),
            Range::Between(a, b) => write!(f, "{a} <= k < {b}"),
            Range::At(a) => write!(f, "k = {a}"),
        }
    }
}

impl FromStr for Range {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FORMS: &str =
            "a range is like 'k >= 4', '1 <= k < 4' or 'k = 3', with integers from 1 on";
        let number = |text: &str| text.parse().ok().filter(|k: &u64| *k >= 1);
        let range = if let Some(from) = text.strip_prefix("k >= ") {
            number(from).map(Range::From)
        } else if let Some(at) = text.strip_prefix("k = ") {
            number(at).map(Range::At)
        } else {
            let (from, to) = text.split_once(" <= k < ").unwrap_or_default();
            let pair = number(from).zip(number(to)).filter(|(from, to)| from < to);
            pair.map(|(from, to)| Range::Between(from, to))
        };
        range.filter(|range| range.to_string() == text).ok_or(FORMS)
    }
}

as_text!(Range);

/// A shallow network R(x) = Σ c_i ρ(⟨a_i,x⟩ + b_i) + e whose entries depend on k, one row a neuron.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FamilyNetwork {
    /// Number of inputs.
    pub d: usize,
    /// Number of neurons.
    pub m: usize,
    /// Number of outputs.
    #[serde(rename = "D")]
    pub outputs: usize,
    /// Inner weights, m rows of d.
    pub a: Vec<Vec<Formula>>,
    /// Inner biases, m; absent in networks without biases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub b: Option<Vec<Formula>>,
    /// Outer weights, m rows of D.
    pub c: Vec<Vec<Formula>>,
    /// Output bias, D; present exactly when `b` is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub e: Option<Vec<Formula>>,
}

/// For every integer k ≥ 1 the `holds` of the section that contains k is true, of the networks at that k.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForAllK {
    /// Γ.
    pub gamma: FamilyNetwork,
    /// Θ, where what holds speaks of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theta: Option<FamilyNetwork>,
    /// In increasing order; the first one contains 1, each later one begins at the integer after the last one of the section before it, and the last one
    /// has no end. All hold the same kind of thing.
    pub sections: Vec<Section>,
    /// If given, the statement is true for all real k from here on too: here a section begins, and neither it nor a later one is a single value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub real: Option<u64>,
}

/// What holds in a part of the half-line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The part.
    pub range: Range,
    /// What holds for all k in it.
    pub holds: Holds,
}

/// An input and its label, as functions of k.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleForAllK {
    /// d numbers.
    pub x: Vec<Formula>,
    /// D numbers.
    pub y: Vec<Formula>,
}

/// What a section says of a theorem that applies at T = 2r or J: R(Φ) = R(Θ), ‖Φ − Γ‖_∞ = `distance` ≤ `bound`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedTheorem {
    /// Whether T is 2r or J.
    pub form: Form,
    /// r or J.
    pub measure: Formula,
    /// β, where the theorem has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beta: Option<Formula>,
    /// β + √T, or 2√T (for Theorem 3.1 D04; the paper's β + 2√r is not less); none where T has square roots itself: then the verifier sees that the distance is at most β, or its
    /// excess squared at most T, or 4T.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<Formula>,
    /// Φ.
    pub phi: FamilyNetwork,
    /// ‖Φ − Γ‖_∞.
    pub distance: Formula,
}

/// What a section can say; each is the claim of the same name at one k.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Holds {
    /// R(Γ) = R(Θ) on all of R^d, or on a box. Rests on an `equal` step.
    Equal {
        /// The box, one pair lower < upper an input.
        #[serde(rename = "box", default, skip_serializing_if = "Option::is_none")]
        domain: Option<Vec<(StatedRational, StatedRational)>>,
    },
    /// The jump norm of the difference is `value`. Rests on a `jump-norm` step.
    JumpNorm {
        /// J.
        value: Formula,
    },
    /// The seminorm of the difference is `value`. Rests on an `at-least` and an `at-most` step with this value.
    Seminorm {
        /// r.
        value: Formula,
    },
    /// The largest absolute value of the difference on the closed box, over all outputs, is `value`. Rests on a `sup-norm` step with this value.
    SupNorm {
        /// The box, one pair lower < upper an input.
        #[serde(rename = "box")]
        domain: Vec<(StatedRational, StatedRational)>,
        /// The sup norm.
        value: Formula,
    },
    /// Every parametrization of R(Θ) with as many neurons as Γ is at least `distance` away from Γ, in the largest absolute entry. Rests on an `apart` or an `output-bias` step.
    Separated {
        /// The lower bound.
        distance: Formula,
        /// If given, the distance is greater than this: a `positive` step shows `distance` − `above` > 0.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        above: Option<Formula>,
    },
    /// The same, and `phi` is a parametrization of R(Θ) at exactly this distance: it is nearest. Rests on such a step and a `distance` step.
    Nearest {
        /// Who competes. With `n-star` Φ is in N*, by a `member` step, and the `apart` step may be with `fixed`.
        #[serde(default, skip_serializing_if = "Among::is_all")]
        among: Among,
        /// Φ.
        phi: FamilyNetwork,
        /// ‖Φ − Γ‖_∞.
        distance: Formula,
        /// As for `separated`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        above: Option<Formula>,
    },
    /// Theorem 3.1 applies at T = 2r or J, with this β of C.1, nowhere negative, and `phi` is its Φ: the distance is at most β + √T. Rests on the steps of
    /// `seminorm` or `jump-norm` for `measure`, on a `conditions`, a `distance`, and for each neuron of Γ a `case` step.
    #[serde(rename = "theorem-3.1")]
    Theorem31(StatedTheorem),
    /// Theorem 3.1 applies in refined form (N6), with a β that is nowhere negative and at least |c_i| and ‖a_i‖ for the neurons i of Γ that are dead or have no partner in Θ; see
    /// [`Refined31`](crate::Refined31). The distance is at most β + √T. As before, with a `live-conditions` step in place of `conditions` and of cases.
    #[serde(rename = "theorem-3.1-refined")]
    Refined31(StatedTheorem),
    /// Theorem 3.3 applies, any number of outputs: Γ, Θ and Φ are in N*, so that Φ is Θ in another order (D25), and the distance is at most 2√T (N7; with T = 2r the paper's 4√r is
    /// not less). There is no β. As for `theorem-3.1`, with a `member` step for each of the three in place of `conditions`.
    #[serde(rename = "theorem-3.3")]
    Theorem33(StatedTheorem),
    /// Γ has the mean squared error `loss` on the samples, and no network of its shape within `radius` of it has less. Rests on a `local-minimum` step.
    LocalMinimum {
        /// The samples, at least one.
        samples: Vec<SampleForAllK>,
        /// The loss of Γ.
        loss: Formula,
        /// The radius, nowhere negative.
        radius: Formula,
    },
    /// Lemma A.6: R(Φ)(x, 1, −1) = R(Γ)(x) for all x in R^d, and Φ is in N* (see [`BalancedSet`](crate::BalancedSet)). Φ has no biases and d + 2 inputs, and stands in the place of the
    /// lemma's Γ, as Γ, which is alone, does in that of its Θ. Rests on an `equal` step, of these two functions, and a `member` step.
    Lift {
        /// Φ.
        phi: FamilyNetwork,
    },
    /// R(Φ) = R(Γ), Φ has `upper` neurons (the output bias not counted; one zero neuron stands for none), and no network with fewer than `lower` has the same function at any k; see
    /// [`MinimalClaim`](crate::MinimalClaim). Rests on an `equal` step, of these two functions, and if `lower` is more than the number of kinks, which are distinct, on
    /// `no-orientation` steps. There is no Θ.
    Minimal {
        /// The lower end.
        lower: usize,
        /// The number of neurons of Φ.
        upper: usize,
        /// Φ.
        phi: FamilyNetwork,
    },
    /// The non-empty sets of Γ's neurons that can be flipped are exactly these at every k; see [`FlipsClaim`](crate::FlipsClaim). If there is none, Γ is unique. Rests on a `flips`
    /// step. There is no Θ.
    Flips {
        /// The sets, each increasing, the list in lexicographic order.
        sets: Vec<Vec<usize>>,
    },
    /// The hyperplanes ⟨a_i,x⟩ + b_i = 0 of Γ's neurons with a_i ≠ 0 cut R^d, or the inside of a box, into as many regions as there are points, and one of these is in each. Rests on a
    /// `regions` step. There is no Θ.
    Regions {
        /// The box, one pair lower < upper an input.
        #[serde(rename = "box", default, skip_serializing_if = "Option::is_none")]
        domain: Option<Vec<(StatedRational, StatedRational)>>,
        /// d numbers each; at least one point.
        points: Vec<Vec<Formula>>,
    },
    /// R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = `distance`. Rests on a `distance` step.
    Reparametrization {
        /// Φ.
        phi: FamilyNetwork,
        /// ‖Φ − Γ‖_∞.
        distance: Formula,
    },
}

impl Holds {
    /// The box it speaks of; none for all of R^d.
    pub fn domain(&self) -> Option<&[(StatedRational, StatedRational)]> {
        match self {
            Holds::Equal { domain } | Holds::Regions { domain, .. } => domain.as_deref(),
            Holds::SupNorm { domain, .. } => Some(domain),
            _ => None,
        }
    }

    /// Whether it speaks of Θ, or of Γ alone; none if it does the former where there is a Θ.
    pub fn speaks_of_theta(&self) -> Option<bool> {
        match self {
            Holds::JumpNorm { .. } | Holds::Seminorm { .. } | Holds::SupNorm { .. } => None,
            Holds::LocalMinimum { .. }
            | Holds::Lift { .. }
            | Holds::Minimal { .. }
            | Holds::Flips { .. }
            | Holds::Regions { .. } => Some(false),
            _ => Some(true),
        }
    }

    /// The Φ it states.
    pub fn phi(&self) -> Option<&FamilyNetwork> {
        match self {
            Holds::Nearest { phi, .. }
            | Holds::Reparametrization { phi, .. }
            | Holds::Lift { phi }
            | Holds::Minimal { phi, .. } => Some(phi),
            _ => self.theorem().map(|theorem| &theorem.phi),
        }
    }

    /// How far it states Φ to be from Γ.
    pub fn distance(&self) -> Option<&Formula> {
        match self {
            Holds::Nearest { distance, .. } | Holds::Reparametrization { distance, .. } => {
                Some(distance)
            }
            _ => self.theorem().map(|theorem| &theorem.distance),
        }
    }

    /// What it says of a theorem.
    pub fn theorem(&self) -> Option<&StatedTheorem> {
        match self {
            Holds::Theorem31(of) | Holds::Refined31(of) | Holds::Theorem33(of) => Some(of),
            _ => None,
        }
    }

    /// The name, as it is serialised.
    pub fn kind(&self) -> &'static str {
        match self {
            Holds::Equal { .. } => "equal",
            Holds::JumpNorm { .. } => "jump-norm",
            Holds::Seminorm { .. } => "seminorm",
            Holds::SupNorm { .. } => "sup-norm",
            Holds::Separated { .. } => "separated",
            Holds::Nearest { .. } => "nearest",
            Holds::Theorem31(_) => "theorem-3.1",
            Holds::Refined31(_) => "theorem-3.1-refined",
            Holds::Theorem33(_) => "theorem-3.3",
            Holds::LocalMinimum { .. } => "local-minimum",
            Holds::Lift { .. } => "lift",
            Holds::Minimal { .. } => "minimal",
            Holds::Flips { .. } => "flips",
            Holds::Regions { .. } => "regions",
            Holds::Reparametrization { .. } => "reparametrization",
        }
    }
}
