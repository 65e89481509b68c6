//! What a theorem's hypotheses lack, and in words.

use std::fmt;

use super::error::StabilityError;
use crate::certificate::{ConditionName, Side};
use crate::degeneracy::{
    Membership, MembershipWords, Multiple, opposite_between, opposite_pairs, parallel_pairs,
};
use crate::exact::Surd;
use crate::exact::decimal::{brief, named};
use crate::network::Shallow;

/// Why a theorem does not apply to a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Missing {
    /// Theorem 3.1 is about one output; here are more.
    OneOutput {
        /// How many.
        outputs: usize,
    },
    /// A hypothesis of Theorem 3.1 fails.
    Condition(Violation),
    /// The theorems speak of sizes of weights with one square root a neuron.
    OneRoot {
        /// Γ or Θ.
        network: &'static str,
        /// The first neuron whose weights are sums of square roots.
        neuron: usize,
    },
    /// A network is not in N*, which Theorem 3.3 asks for.
    Star {
        /// Γ or Θ.
        network: Side,
        /// Why not.
        membership: Box<Membership>,
    },
}

/// A violated hypothesis of Theorem 3.1, with every neuron that violates it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Which one.
    pub name: ConditionName,
    /// In which network, for C.2 and C.3a.
    pub network: Option<Side>,
    /// For C.1: the neurons of Γ.
    pub neurons: Vec<usize>,
    /// For C.1: of each of these max(|c_i|, ‖a_i‖).
    pub sizes: Vec<Surd>,
    /// For C.2 and C.3. In C.3b `i` is of Γ and `j` of Θ; in the refined form neurons of Θ are numbered after merging.
    pub pairs: Vec<Multiple>,
}

impl Violation {
    /// C.1, if any neuron violates it.
    pub(super) fn balance(gamma: &Shallow, neurons: Vec<usize>) -> Option<Self> {
        (!neurons.is_empty()).then(|| Violation {
            name: ConditionName::Balance,
            network: None,
            sizes: neurons.iter().map(|&i| gamma.neurons()[i].size()).collect(),
            neurons,
            pairs: Vec::new(),
        })
    }

    /// C.2, C.3a and C.3b, those that fail.
    pub(super) fn multiples(gamma: &Shallow, theta: &Shallow) -> impl Iterator<Item = Self> {
        use ConditionName::{NoOppositeBetween, NoOppositeWithin, NoParallel};
        let all = [
            (NoParallel, Some(Side::Gamma), parallel_pairs(gamma)),
            (NoOppositeWithin, Some(Side::Gamma), opposite_pairs(gamma)),
            (NoOppositeWithin, Some(Side::Theta), opposite_pairs(theta)),
            (NoOppositeBetween, None, opposite_between(gamma, theta)),
        ];
        let failing = all.into_iter().filter(|(.., pairs)| !pairs.is_empty());
        failing.map(|(name, network, pairs)| Violation {
            name,
            network,
            neurons: Vec::new(),
            sizes: Vec::new(),
            pairs,
        })
    }
}

impl fmt::Display for Missing {
    /// With its theorem, in a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Missing::OneOutput { outputs } => {
                write!(f, "Theorem 3.1 is about one output, here are {outputs}")
            }
            Missing::Condition(violation) => write!(f, "Theorem 3.1: {violation}"),
            &Missing::OneRoot { network, neuron } => {
                StabilityError::Sums { network, neuron }.fmt(f)
            }
            Missing::Star {
                network,
                membership,
            } => {
                let name = match network {
                    Side::Theta => "Θ",
                    _ => "Γ",
                };
                let reason = MembershipWords::not_star(membership).unwrap_or_default();
                write!(f, "Theorem 3.3: {name} is not in N*: {reason}")
            }
        }
    }
}

/// More pairs or neurons than this are counted, not listed.
const MOST_LISTED: usize = 10;

impl fmt::Display for Violation {
    /// `C.3b: a_0 of Θ = (-2)·a_1 of Γ`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.name {
            ConditionName::Balance => "C.1",
            ConditionName::NoParallel => "C.2",
            ConditionName::NoOppositeWithin => "C.3a",
            ConditionName::NoOppositeBetween => "C.3b",
            ConditionName::NoOppositePossible => "C.3",
        })?;
        f.write_str(match self.network {
            Some(Side::Gamma) => " in Γ",
            Some(Side::Theta) => " in Θ",
            Some(Side::Phi) => " in Φ",
            None => "",
        })?;
        let neurons = self
            .neurons
            .iter()
            .zip(&self.sizes)
            .map(|(i, size)| named(&format!("neuron {i} of Γ: max(|c|, ‖a‖)"), &brief(size)));
        let pairs = self.pairs.iter().map(|p| {
            let factor = brief(&p.factor);
            match self.name {
                ConditionName::NoOppositeBetween => {
                    format!("a_{} of Θ = ({factor})·a_{} of Γ", p.j, p.i)
                }
                _ => format!("a_{} = ({factor})·a_{}", p.j, p.i),
            }
        });
        let shown: Vec<String> = neurons.chain(pairs).take(MOST_LISTED).collect();
        write!(f, ": {}", shown.join("; "))?;
        match (self.neurons.len() + self.pairs.len()).saturating_sub(MOST_LISTED) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}
