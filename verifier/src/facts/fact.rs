//! What steps establish, and the sentence that says so.

use std::ops::Range;

use relucert_format::{BalancedSet, ConditionName, Side, Surd, Target};

use crate::kernel::function::Function;
use crate::kernel::number::Q;
use crate::kernel::surd::Sum;

/// What a step has established. Two facts are the same if they have the same [sentence](Fact::sentence).
#[derive(Clone, Debug)]
pub(crate) enum Fact {
    /// The functions that the claim speaks of are the same, on the claim's box if there is one.
    Equal,
    /// The functions of Γ and Θ have different values at a point of the claim's box.
    Differ,
    /// r ≥ the number.
    AtLeast(Q),
    /// r ≤ the number, or ± one entry of the Jacobian alone.
    AtMost(Option<Target>, Q),
    /// Nothing yet: a tree that is not complete.
    Begun,
    /// J = the number.
    JumpNorm(Q),
    /// The largest absolute value on the claim's box.
    SupNorm(Q),
    /// A point of the claim's box where the largest absolute value is the number.
    Reached(Q),
    /// The output, or its negative, is at most the number on the claim's box.
    Below(usize, bool, Q),
    /// The claim's minimum.
    LocalMinimum,
    /// C.1 of Γ with this β and threshold.
    Balanced(Surd, Q),
    /// C.2 or C.3, perhaps of live neurons alone; of the current network after so many moves.
    Holds(ConditionName, bool, usize),
    /// The claim's violation, apart from r ≥ `r_lower` and from orientations.
    Violated,
    /// The network is in the set.
    Member(Side, BalancedSet),
    /// The neuron's case.
    Case(Cased),
    /// The current network is Φ, after so many moves, at this distance from Γ.
    Distance(Surd, usize),
    /// Every competitor is at least that far from Γ.
    Apart(Apart),
    /// The flip sets of the current network after so many moves.
    Flips(Vec<Vec<usize>>, usize),
    /// No orientation of the kinks fits, with this kink left out; whether Γ forces some.
    NoOrientation(Option<usize>, bool),
    /// Circuits that later steps may use.
    Circuits,
    /// These regions of the arrangement have inner points.
    Inside(Range<usize>),
    /// What lies across the hyperplanes of these regions is listed, or nothing.
    Around(Range<usize>),
    /// The number of regions.
    Count(usize),
    /// In every region of the claim active neurons span R^d.
    Spans,
    /// The layer has the same values at two points.
    Collides,
    /// The rank of the derivative by Γ's parameters is the number, P − h.
    Rank(usize),
    /// The current network was rewritten.
    Rewritten,
}

impl Fact {
    /// What is established, in words that determine it; none for what no claim asks for by its sentence.
    pub(crate) fn sentence(&self) -> Option<String> {
        Some(match self {
            Fact::Equal => "that they are equal".to_owned(),
            Fact::Differ => "that they differ".to_owned(),
            Fact::AtLeast(r) => format!("r >= {r}"),
            Fact::JumpNorm(j) => format!("the jump norm {j}"),
            Fact::SupNorm(value) => format!("the sup norm {value}"),
            Fact::Reached(value) => format!("that |f| reaches {value}"),
            Fact::LocalMinimum => "the minimum".to_owned(),
            Fact::Balanced(beta, t) => format!("C.1 with beta = {beta} at the threshold {t}"),
            Fact::Holds(name, live, _) => {
                let of = if *live { " of live neurons" } else { "" };
                format!("{name}{of}")
            }
            Fact::Violated => "the violation".to_owned(),
            Fact::Member(side, set) => {
                let network = name(*side);
                let set = match set {
                    BalancedSet::NPrime => "N′",
                    BalancedSet::NStar => "N*",
                };
                format!("that {network} is in {set}")
            }
            Fact::Distance(value, _) => format!("that Φ is reached, at the distance {value}"),
            Fact::Flips(sets, 0) => {
                format!("that {sets:?} are the sets of neurons that can be flipped")
            }
            Fact::NoOrientation(line, forced) => {
                let out = line.map(|h| format!(" with kink {h} left out"));
                let by = if *forced { " where Γ forces some" } else { "" };
                format!("that no orientation fits{}{by}", out.unwrap_or_default())
            }
            Fact::Spans => "that in every region the active neurons span R^d".to_owned(),
            Fact::Collides => "two points with the same values of the layer".to_owned(),
            Fact::Rank(rank) => {
                format!("that the rank is {rank}, as many as parameters less hidden neurons")
            }
            Fact::AtMost(..)
            | Fact::Begun
            | Fact::Below(..)
            | Fact::Case(_)
            | Fact::Apart(_)
            | Fact::Flips(..)
            | Fact::Circuits
            | Fact::Inside(_)
            | Fact::Around(_)
            | Fact::Count(_)
            | Fact::Rewritten => return None,
        })
    }
}

/// Γ, Θ or Φ.
pub(crate) fn name(side: Side) -> &'static str {
    match side {
        Side::Gamma => "Γ",
        Side::Theta => "Θ",
        Side::Phi => "Φ",
    }
}

/// Of a neuron's case: which neuron, with which threshold, of which theorem, after how many moves.
#[derive(Clone, Debug)]
pub(crate) struct Cased {
    pub(crate) neuron: usize,
    pub(crate) threshold: Q,
    pub(crate) star: bool,
    pub(crate) moves: usize,
}

/// A lower bound of distances.
#[derive(Clone, Debug)]
pub(crate) struct Apart {
    /// Of the competitors that come from flipping this set in the current network; of all, if none.
    pub(crate) flipped: Option<Vec<usize>>,
    /// Whether only those in N* compete.
    pub(crate) in_n_star: bool,
    pub(crate) value: Sum,
    pub(crate) moves: usize,
}

/// What a step has established for all k of its section.
#[derive(Debug)]
pub(crate) enum FactForAllK {
    /// The functions are the same.
    Equal,
    /// J = the number.
    JumpNorm(Function),
    /// The largest absolute value on the section's box is the number.
    SupNorm(Function),
    /// r ≥ the number.
    AtLeast(Function),
    /// r ≤ the number.
    AtMost(Function),
    /// No neurons of Θ can be flipped.
    Independent,
    /// Every competitor is at least that far from Γ; whether only those in N* compete.
    Apart(Function, bool),
    /// Φ is reached, at the section's distance.
    Distance,
    /// C.1 to C.3, with this threshold and β.
    Conditions(Function, Function),
    /// C.2 and C.3 of live neurons, with this β for those of Γ without a partner.
    LiveConditions(Function),
    /// The case of a neuron, with this threshold.
    Case(usize, Function),
    /// The section's minimum.
    LocalMinimum,
    /// The network is in N*.
    Member(Side),
    /// The flip sets of Γ.
    Flips(Vec<Vec<usize>>),
    /// No orientation of the kinks fits, with this kink left out.
    NoOrientation(Option<usize>),
    /// The section's points are in the regions, one in each.
    Regions,
    /// The number is positive.
    Positive(Function),
}
