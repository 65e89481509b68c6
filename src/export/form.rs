//! What the format asks of a statement and the checker is not told: a statement that breaks it says something else than what would be proved.

use crate::certificate::{
    Claim, ConditionClaim, ConditionName, FamilyNetwork, InjectiveClaim, Side, StatedNetwork,
    Statement, Violation,
};
use crate::report::family;

use super::refusal::{NotCovered, not_covered};

/// Refuses a statement that is not of the form.
pub(super) fn check(statement: &Statement) -> Result<(), NotCovered> {
    let networks = &statement.networks;
    let all = [
        Some(&networks.gamma),
        networks.theta.as_ref(),
        networks.phi.as_ref(),
    ];
    if !all.into_iter().flatten().all(has_shape) {
        return not_covered("a network of no shape");
    }
    match &statement.claim {
        Claim::ForAllK(claim) => {
            let theta = match (&networks.theta, &claim.theta) {
                (Some(network), Some(family)) => is_instance(network, family),
                (None, None) => true,
                _ => false,
            };
            match theta && is_instance(&networks.gamma, &claim.gamma) {
                true => Ok(()),
                false => not_covered("families that are not the networks at k = 1"),
            }
        }
        Claim::Arrangement(claim) | Claim::Injective(InjectiveClaim(claim))
            if claim.count != claim.regions.len() =>
        {
            not_covered("regions of another number than is claimed")
        }
        Claim::Condition(claim) if !belongs(claim) => {
            not_covered("a violation that is not one of its hypothesis")
        }
        _ => Ok(()),
    }
}

fn has_shape(network: &StatedNetwork) -> bool {
    let StatedNetwork {
        d,
        m,
        outputs,
        a,
        b,
        c,
        e,
    } = network;
    let rows = a.len() == *m && a.iter().all(|row| row.len() == *d);
    let outer = c.len() == *m && c.iter().all(|row| row.len() == *outputs);
    let biases = match (b, e) {
        (Some(b), Some(e)) => b.len() == *m && e.len() == *outputs,
        (None, None) => true,
        _ => false,
    };
    rows && outer && biases
}

/// The network is the family at k = 1.
fn is_instance(network: &StatedNetwork, of: &FamilyNetwork) -> bool {
    family(of).and_then(|family| family.instance(1)).as_ref() == Some(network)
}

/// The violation is one of the hypothesis that the claim names.
fn belongs(claim: &ConditionClaim) -> bool {
    use ConditionName as Name;
    match (&claim.violation, claim.name, claim.network) {
        (Violation::Unbalanced { .. }, Name::Balance, None)
        | (Violation::NoOrientation {}, Name::NoOppositePossible, None)
        | (Violation::Multiple { .. }, Name::NoOppositeBetween, None)
        | (Violation::Multiple { .. }, Name::NoParallel, Some(Side::Gamma)) => true,
        (Violation::Multiple { .. }, Name::NoOppositeWithin, Some(side)) => side != Side::Phi,
        _ => false,
    }
}
