//! Claims and rules about all parametrizations of one function: Theorem 3.3, the lift, flips, the least number of neurons and the
//! nearest parametrization (N2–N7).
//!
//! The claims [`FlipsClaim`], [`UniqueClaim`], [`MinimalClaim`], [`NearestClaim`] and [`LiftClaim`] speak of functions on R^d of the
//! original variables, as claims about functions do. Where the statement has biases their networks are homogenised as everywhere,
//! with (a_i, b_i) as inner weights and the output bias e as the outer weights of one more, last neuron (0, …, 0, 1). But that
//! neuron is not a neuron that may be moved: it is e. It is not counted, no rewriting step may name it (`permute` leaves it last),
//! and *linear parts* below mean the first d columns alone; constants are absorbed by e. The columns (a_i, b_i) all count in
//! parallelism, scalings and distances. A neuron is *live* if c_i ≠ 0 and the first d entries of a_i are not all zero.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::number::{Rational, Surd};
use super::rule::{Part, Side};
use super::statement::{Form, SeminormBracket};

/// Theorem 3.3 for Γ and g = R(Θ), any D: Γ and Θ are in N*, Φ is Θ with its neurons in another order, R(Φ) = g, and
/// ‖Φ − Γ‖_∞ = `distance` ≤ every one of `bounds`. Γ, Θ, Φ have the same number of neurons. (Homogenised where there are biases:
/// then the output bias is a neuron like any other.)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theorem33 {
    /// The threshold of the cases, 2r or J.
    pub form: Form,
    /// The seminorm r = |g − R(Γ)|_{W^{1,∞}}, exactly or bracketed. Must be exact in the form `seminorm`.
    pub r: SeminormBracket,
    /// The jump norm J, exactly.
    pub jump: Rational,
    /// ‖Φ − Γ‖_∞, exactly.
    pub distance: Surd,
    /// The bounds proved for Φ.
    pub bounds: StarBounds,
}

/// Bounds of Theorem 3.3; at least one is present. With r only bracketed, `paper` and `sharp` are taken at its lower end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StarBounds {
    /// 4√r (37).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Surd>,
    /// 2√2·√r (N7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sharp: Option<Surd>,
    /// 2√J (N7 and N10), at most the sharp one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jump: Option<Surd>,
}

/// Theorem 3.1 in refined form (N6), D = 1: no two live neurons of Γ are positive multiples of each other (C.2), and for live
/// neurons C.3a and C.3b hold for Γ and some Θ′ with R(Θ′) = g (the current network at the condition steps). Dead neurons may be anything. R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ =
/// `distance` ≤ `bound` = max(√T, max_{i ∈ U} (β_i + √T)) with T = 2r (`seminorm`) or J (`jump`), β_i = max(|c_i|, ‖a_i‖_∞), and U the neurons of Γ that
/// are dead, or on no hyperplane of a live neuron of the current network at the condition steps, or on such a hyperplane where the
/// outer weight of the merged neuron has the other sign or is 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refined31 {
    /// T.
    pub form: Form,
    /// The seminorm; exact in the form `seminorm`.
    pub r: SeminormBracket,
    /// The jump norm J, exactly.
    pub jump: Rational,
    /// ‖Φ − Γ‖_∞, exactly.
    pub distance: Surd,
    /// The refined bound.
    pub bound: Surd,
}

/// Lemma A.6: Γ (without biases, d + 2 inputs) is in N*, and R(Γ)(x, 1, −1) = R(Θ)(x) for all x in R^d, where Θ may have biases and any number
/// of neurons. It rests on one `lift` step and one `member` step for Γ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LiftClaim {}

/// Γ has only live neurons on pairwise different hyperplanes, and the non-empty sets F with Σ_F c_i a_iᵀ = 0 (linear parts) are
/// exactly `sets`: every parametrization of R(Γ) with as many neurons is Γ up to permutation, positive rescaling and a flip of one of these
/// sets (N3). There is no Θ. It rests on one `flips` step, with the current network Γ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlipsClaim {
    /// The sets, each increasing, the list in lexicographic order; at least one.
    pub sets: Vec<Vec<usize>>,
}

/// [`FlipsClaim`] with no set: Γ is the only parametrization of its function with as many neurons, up to permutation and positive
/// rescaling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UniqueClaim {}

/// R(Γ) = R(Θ), Γ has `upper` neurons (the output bias not counted; Γ stated with one zero neuron may have `upper` 0), and no network with fewer than `lower` neurons has the
/// same function; 0 ≤ lower ≤ upper, and the least number is known iff they agree. It rests on one `equal` step, and if `lower` is
/// more than the number h of kinks of the function, on `orientations` steps without a match: for h + 1 one with no `line`, for h + 2 also one for each
/// kink as `line`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MinimalClaim {
    /// The lower end.
    pub lower: usize,
    /// The number of neurons of Γ.
    pub upper: usize,
}

/// Which parametrizations of g compete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Among {
    /// All with as many neurons as Γ.
    All,
    /// Those in N*.
    NStar,
}

/// R(Φ) = R(Θ) =: g, ‖Φ − Γ‖_∞ = `upper`, and every parametrization Φ′ of g with as many neurons as Γ (in N*, if `among` says so) has
/// ‖Φ′ − Γ‖_∞ ≥ `lower`. Φ is nearest, and this is known, iff the two agree. Θ may have another number of neurons than Γ.
///
/// `upper` rests on a `bound` step; `lower`, unless it is 0, on either one `hall` step that does not depend on flips, or a `flips`
/// step and for the empty set and each of its sets a `hall` or `constant` step, all with values at least `lower`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NearestClaim {
    /// Who competes. With `n-star` Φ is in N* (a `member` step for Φ).
    pub among: Among,
    /// A number that no competitor is nearer than.
    pub lower: Surd,
    /// ‖Φ − Γ‖_∞.
    pub upper: Surd,
}

/// A set of parametrizations: N′ (balanced, C.2) or N* (N′, and the last two coordinates of every a_i positive).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Set {
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
    pub set: Set,
}

/// R(Γ)(x, 1, −1) and R(Θ)(x) have the same canonical form: neuron i of Γ becomes (first d entries of a_i, a_{i,d+1} − a_{i,d+2}, c_i).
/// The verifier sees this itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lift {}

/// All neurons of `neurons` (increasing, not empty) change the sign of a. Σ c_i a_iᵀ over them is zero, so the function stays; in the
/// claims of this module only its linear part need be zero, and e grows by Σ c_i b_i over them (before the change).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flip {
    /// F.
    pub neurons: Vec<usize>,
}

/// A neuron with contribution s_i c_i ρ(⟨a_i,x⟩) is split: the zero neuron `into` becomes (s_i, `outer`, factor·a_i), and
/// c_i ← c_i − factor·`outer`; factor > 0. The reverse of a merge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// The neuron that is split.
    pub neuron: usize,
    /// A neuron with a = 0 and c = 0.
    pub into: usize,
    /// The factor of a.
    pub factor: Rational,
    /// The outer weights of the new neuron, without the common root.
    pub outer: Vec<Rational>,
}

/// The zero neuron `neuron` becomes (scale, outer, inner) with inner or outer all zero: it still contributes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revive {
    /// A neuron with a = 0 and c = 0.
    pub neuron: usize,
    /// s > 0.
    pub scale: Rational,
    /// a.
    pub inner: Vec<Rational>,
    /// c.
    pub outer: Vec<Rational>,
}

/// In the claims of this module: a neuron whose a is zero in the first d columns becomes zero, and its value s c ρ(b) is added to e.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fold {
    /// The neuron.
    pub neuron: usize,
}

/// The current network gets `neurons` neurons (e not counted): zero neurons are added after the last one, or the last ones, all zero, are
/// removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resize {
    /// The new number.
    pub neurons: usize,
}

/// Inner weights times `factor` > 0, outer weights times `inverse` = 1/factor, both sums of square roots. A neuron is stretched at most
/// once, and no other step may name it afterwards; a `permute` may still move it. Only in `reparametrization` and `nearest` claims, where the
/// entries of the stated Φ may be any sums of square roots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// The neuron.
    pub neuron: usize,
    /// μ.
    pub factor: Surd,
    /// 1/μ.
    pub inverse: Surd,
}

/// Evidence that Σ_F v_i = t, with v_i in some Q^N, has no other solutions F than listed ones, found by going through few of them.
///
/// A *forcing* functional ℓ with s = ⟨ℓ,t⟩ less what the neurons decided so far contribute (those decided to be in F): if the sum of the
/// negative ⟨ℓ,v_i⟩ over undecided i is more than s, there is no solution at all; if it equals s, then every undecided i with ⟨ℓ,v_i⟩ < 0 is
/// in F and every one with ⟨ℓ,v_i⟩ > 0 is not. (Otherwise the functional is of no use, and the verifier rejects it.) After all functionals, the
/// undecided i that are not in `free` have linearly independent v_i, so each of the 2^|free| choices for `free` leaves at most one solution,
/// which the verifier computes; it is one only if all its coefficients are 0 or 1. Independence is seen modulo a prime of [`Field`](super::Field). 2^|free| choices are work (`--limit-work`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exhaustion {
    /// Functionals, each a D × d matrix by rows, in the order of use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub functionals: Vec<Vec<Rational>>,
    /// Increasing.
    pub free: Vec<usize>,
}

/// The current network's neurons (e apart) are all live and on pairwise different hyperplanes, and the non-empty sets F with
/// Σ_F c_i a_iᵀ = 0 (linear parts; v_i = s_i c_i a_iᵀ, t = 0) are exactly `sets` (each increasing, the list in lexicographic order).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flips {
    /// The sets.
    pub sets: Vec<Vec<usize>>,
    /// Why there are no others.
    pub exhaustion: Exhaustion,
}

/// No set F of kinks of the function g has Σ_F κ_H n_Hᵀ = R_0 := ½ Σ_H κ_H n_Hᵀ − M (linear parts, N2). Kinks are numbered from 0 in
/// increasing lexicographic order of n_H (of the affine canonical form where there are biases). g is R(Γ) in `minimal` claims, R(Θ) in `condition` claims.
///
/// With `line` = H_0 that kink is left out, and the equation is asked modulo all matrices N·n_{H_0}ᵀ, N in R^D: two neurons on that line do
/// not help. With `forced` (for C.3) every kink on a hyperplane of Γ has the orientation of Γ's neurons there: it is in F if they are negative multiples of
/// n_H and out of F if positive, and only the others are undecided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Orientations {
    /// H_0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Whether Γ forces orientations.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub forced: bool,
    /// Why there is none.
    pub exhaustion: Exhaustion,
}

/// What a `hall` step compares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Against {
    /// Neurons of the current network, in both orientations (two bindings a pair, as they are and flipped): holds whatever is flipped.
    Both,
    /// Neurons of the current network after flipping this set F; the empty set, or one of the `sets` of an earlier `flips` step.
    Flipped(Vec<usize>),
    /// Neurons of the current network as they are, entry by entry, without scaling; for `n-star` claims, where Θ and the current network
    /// are in N*.
    Fixed,
    /// The kinks of g = R(Θ), numbered as for `orientations`: some neuron of Φ′ has its a on each kink's line, whatever its length and orientation.
    Lines,
}

/// Every Φ′ that competes has ‖Φ′ − Γ‖_∞ ≥ `value`, by Hall's theorem: each of `sources` must go to a different place (a neuron of Γ), there are
/// more of them than `places` (|places| < |sources|), and each of them is at least `value` away from every place not in `places`.
///
/// Except with `lines`, the current network has as many neurons as Γ, all live and on pairwise different hyperplanes, so that by N3 every Φ′ is
/// a permutation, positive rescaling and flip of it.
///
/// For source j with contribution c_j ρ(⟨a_j,x⟩) (s_j in c_j) and place i: with v = `value`, every binding obliges the verifier to see that no μ > 0
/// has all |μ a_jk − √s_i a_ik| < v and |c_jl/μ − √s_i c_il| < v. See [`Binding`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hall {
    /// The lower bound.
    pub value: Surd,
    /// What is placed.
    pub against: Against,
    /// Indices of neurons or kinks, increasing.
    pub sources: Vec<usize>,
    /// Places that the sources may be near to, increasing.
    pub places: Vec<usize>,
    /// One row a source, in order; in it, for every place not in `places` in increasing order, one binding, or with `both` two.
    pub bindings: Vec<Vec<Binding>>,
}

/// Coordinate k of the inner or outer weights, as text `a3` or `c0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coordinate {
    /// Inner or outer.
    pub part: Part,
    /// The position.
    pub index: usize,
}

/// Why a neuron (source) is at least v away from a place.
///
/// One coordinate, text `a3`: the source's entry there is 0 and the place's is at least v in absolute value; with `fixed` the two entries differ
/// by at least v.
///
/// Two coordinates, text `a3>c0`: at level v the first one's lower bound for μ is at least the second one's upper bound. With signs changed so that
/// the source's entry α is positive and the place's is β, |μα − β| < v is (β − v)/α < μ < (β + v)/α, and |α/μ − β| < v is
/// α/(β + v) < μ, never if β + v ≤ 0, and μ < α/(β − v) if β − v > 0. Bounds from above that are not positive suffice with any first one.
/// In `lines` both are inner, and μ may be any real number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// One coordinate.
    One(Coordinate),
    /// Lower bound, upper bound.
    Two(Coordinate, Coordinate),
}

/// Every Φ′ that comes from flipping `flipped` (empty, or one of the sets of an earlier `flips` step) in the current network has the output bias
/// e + Σ c_i b_i, and its entry `output` differs from Γ's by `value`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constant {
    /// F.
    pub flipped: Vec<usize>,
    /// Entry of the output bias.
    pub output: usize,
    /// The absolute difference.
    pub value: Rational,
}

impl fmt::Display for Coordinate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = match self.part {
            Part::Inner => 'a',
            Part::Outer => 'c',
        };
        write!(f, "{letter}{}", self.index)
    }
}

impl fmt::Display for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Binding::One(coordinate) => coordinate.fmt(f),
            Binding::Two(lower, upper) => write!(f, "{lower}>{upper}"),
        }
    }
}

impl Coordinate {
    fn parse(text: &str) -> Option<Self> {
        let (letter, digits) = text.split_at_checked(1)?;
        let part = match letter {
            "a" => Part::Inner,
            "c" => Part::Outer,
            _ => return None,
        };
        let canonical = digits == "0" || !digits.starts_with(['0', '+']);
        let index = digits.parse().ok().filter(|_| canonical)?;
        Some(Coordinate { part, index })
    }
}

impl Binding {
    fn parse(text: &str) -> Option<Self> {
        match text.split_once('>') {
            None => Coordinate::parse(text).map(Binding::One),
            Some((lower, upper)) => Some(Binding::Two(
                Coordinate::parse(lower)?,
                Coordinate::parse(upper)?,
            )),
        }
    }
}

impl Serialize for Coordinate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Coordinate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Coordinate::parse(&text)
            .ok_or_else(|| serde::de::Error::custom("a coordinate is like 'a0' or 'c1'"))
    }
}

impl Serialize for Binding {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Binding {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Binding::parse(&text).ok_or_else(|| {
            serde::de::Error::custom("a binding is like 'a0', 'c1', 'a0>c1' or 'c0>a2'")
        })
    }
}
