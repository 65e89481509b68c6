//! Which hypotheses fail, and where, as JSON and in words.

use std::fmt::Write as _;

use serde::Serialize;

use crate::certificate::{ConditionName, Side};
use crate::cli::membership::MembershipWords;
use crate::cli::words::{brief, named};
use crate::stability::{Missing, Pair, StabilityError, Violation};

#[derive(Serialize)]
pub(super) struct ViolationObject {
    condition: ConditionName,
    /// gamma, theta, or null where it concerns both.
    network: Option<Side>,
    /// For C.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    neurons: Option<Vec<usize>>,
    /// For C.2 and C.3: a_j = factor·a_i.
    #[serde(skip_serializing_if = "Option::is_none")]
    pairs: Option<Vec<PairObject>>,
}

#[derive(Serialize)]
struct PairObject {
    i: usize,
    j: usize,
    factor: String,
}

/// Why Γ or Θ is not in N*.
#[derive(Default, Serialize)]
pub(super) struct NotInStar {
    gamma: Option<String>,
    theta: Option<String>,
}

/// The violated hypotheses of Theorem 3.1 among what is missing.
fn violated(missing: &[Missing]) -> impl Iterator<Item = &Violation> {
    missing.iter().filter_map(|missing| match missing {
        Missing::Condition(violation) => Some(violation),
        _ => None,
    })
}

/// Every violated hypothesis of Theorem 3.1 with all its neurons.
pub(super) fn violations(missing: &[Missing]) -> Vec<ViolationObject> {
    let object = |violation: &Violation| {
        let pairs = violation.pairs.iter().map(|pair| PairObject {
            i: pair.i,
            j: pair.j,
            factor: pair.factor.to_string(),
        });
        let balance = violation.name == ConditionName::Balance;
        ViolationObject {
            condition: violation.name,
            network: violation.network,
            neurons: balance.then(|| violation.neurons.clone()),
            pairs: (!balance).then(|| pairs.collect()),
        }
    };
    violated(missing).map(object).collect()
}

/// The same in words.
pub(super) fn violations_in_words(missing: &[Missing], pair: &Pair) -> Vec<String> {
    violated(missing)
        .map(|violation| violation_words(violation, pair))
        .collect()
}

/// Why Γ or Θ is not in N*.
pub(super) fn not_in_n_star(missing: &[Missing]) -> NotInStar {
    let mut found = NotInStar::default();
    for missing in missing {
        if let Missing::Star {
            network,
            membership,
        } = missing
        {
            let reason = MembershipWords::not_star(membership);
            match network {
                Side::Theta => found.theta = reason,
                _ => found.gamma = reason,
            }
        }
    }
    found
}

impl NotInStar {
    /// Both networks, with the reason.
    pub(super) fn named(&self) -> [(&'static str, Option<&str>); 2] {
        [("Γ", self.gamma.as_deref()), ("Θ", self.theta.as_deref())]
    }
}

/// All that is missing, in words, each with its theorem.
pub(super) fn in_words(missing: &[Missing], pair: &Pair) -> Vec<String> {
    let words = |missing: &Missing| match missing {
        Missing::OneOutput { outputs } => Some(format!(
            "Theorem 3.1 is about one output, here are {outputs}"
        )),
        Missing::Condition(violation) => {
            Some(format!("Theorem 3.1: {}", violation_words(violation, pair)))
        }
        &Missing::OneRoot { network, neuron } => {
            Some(StabilityError::Sums { network, neuron }.to_string())
        }
        Missing::Star {
            network,
            membership,
        } => {
            let name = match network {
                Side::Theta => "Θ",
                _ => "Γ",
            };
            let reason = MembershipWords::not_star(membership)?;
            Some(format!("Theorem 3.3: {name} is not in N*: {reason}"))
        }
    };
    missing.iter().filter_map(words).collect()
}

/// More pairs or neurons than this are counted, not listed, in the text.
const MOST_LISTED: usize = 10;

/// A violation in a line.
fn violation_words(violation: &Violation, pair: &Pair) -> String {
    let name = match violation.name {
        ConditionName::Balance => "C.1",
        ConditionName::NoParallel => "C.2",
        ConditionName::NoOppositeWithin => "C.3a",
        ConditionName::NoOppositeBetween => "C.3b",
        ConditionName::NoOppositePossible => "C.3",
    };
    let place = match violation.network {
        Some(Side::Gamma) => " in Γ",
        Some(Side::Theta) => " in Θ",
        Some(Side::Phi) => " in Φ",
        None => "",
    };
    let neurons = violation.neurons.iter().map(|i| {
        let size = pair.gamma.neurons()[*i].size();
        named(&format!("neuron {i} of Γ: max(|c|, ‖a‖)"), &brief(&size))
    });
    let pairs = violation.pairs.iter().map(|p| {
        let factor = brief(&p.factor);
        match violation.name {
            ConditionName::NoOppositeBetween => {
                format!("a_{} of Θ = ({factor})·a_{} of Γ", p.j, p.i)
            }
            _ => format!("a_{} = ({factor})·a_{}", p.j, p.i),
        }
    });
    let all: Vec<String> = neurons.chain(pairs).collect();
    let shown = &all[..all.len().min(MOST_LISTED)];
    let mut shown = shown.join("; ");
    if all.len() > MOST_LISTED {
        let _ = write!(shown, "; and {} more", all.len() - MOST_LISTED);
    }
    format!("{name}{place}: {shown}")
}
