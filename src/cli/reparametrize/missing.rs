//! Which hypotheses fail, and where.

use serde::Serialize;

use crate::certificate::{ConditionName, Side};
use crate::degeneracy::MembershipWords;
use crate::stability::{Missing, Violation};

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
pub(super) fn violations_in_words(missing: &[Missing]) -> Vec<String> {
    violated(missing).map(ToString::to_string).collect()
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
