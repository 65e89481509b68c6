//! No parametrization is nearer: lower bounds by Hall's theorem, or by the output bias (N5).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::distance::Coordinate;
use crate::number::{StatedRational, Surd};

/// Which parametrizations of g compete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Among {
    /// All with as many neurons as Γ.
    #[default]
    All,
    /// Those in N*.
    NStar,
}

impl Among {
    /// Whether all compete.
    pub fn is_all(&self) -> bool {
        *self == Among::All
    }
}

/// A lower bound of the distance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum ApartFact {
    /// By Hall's theorem.
    Hall(Hall),
    /// By the output bias.
    Bias(Constant),
}

/// What is compared.
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
    /// The kinks of g = R(Θ), numbered as for `no-orientation`: some neuron of Φ′ has its a on each kink's line, whatever its length and orientation.
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
    pub value: StatedRational,
}

impl fmt::Display for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Binding::One(coordinate) => coordinate.fmt(f),
            Binding::Two(lower, upper) => write!(f, "{lower}>{upper}"),
        }
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
