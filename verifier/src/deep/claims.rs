//! What each claim about networks of any depth asks and says.

use relucert_format::{DeepClaim, Side};

use super::near::Nearness;
use super::steps::{Fact, Networks};
use crate::claims::shown_box;
use crate::expect::shown_sides;
use crate::kernel::budget::{Budget, size};
use crate::kernel::number::Q;
use crate::kernel::rank::identifiable;
use crate::kernel::verdict::{Stop, differ, equal, reject};
use crate::statement::check_box;

/// Its kind, and what narrows it, for callers who expect it.
pub(super) fn described(claim: &DeepClaim) -> Vec<(&'static str, Option<String>)> {
    let mut found = vec![(claim.kind(), value(claim))];
    if let DeepClaim::Within(claim) = claim {
        found.push(("box", Some(shown_sides(&claim.domain))));
    }
    found
}

/// The box and the bound that `near` steps speak of.
pub(super) fn nearness(claim: &DeepClaim, limits: &Budget) -> Result<Option<Nearness>, Stop> {
    let DeepClaim::Within(claim) = claim else {
        return Ok(None);
    };
    limits.keep(size(2 * claim.domain.len(), 64))?;
    let sides = claim.domain.iter();
    Ok(Some(Nearness {
        domain: sides.map(|(l, u)| (Q::from(l), Q::from(u))).collect(),
        bound: Q::from(&claim.bound),
    }))
}

fn value(claim: &DeepClaim) -> Option<String> {
    match claim {
        DeepClaim::Equal(_) | DeepClaim::Differ(_) => None,
        DeepClaim::Reparametrization(claim) => Some(claim.distance.to_string()),
        DeepClaim::Identifiable(claim) => Some(claim.rank.to_string()),
        DeepClaim::Within(claim) => Some(claim.bound.to_string()),
    }
}

/// The networks that it speaks of are there and fit together, before any step is read; and what is known from them alone.
pub(super) fn fits(claim: &DeepClaim, networks: &Networks, limits: &Budget) -> Result<(), Stop> {
    let of_phi = matches!(claim, DeepClaim::Reparametrization(_));
    let gamma = &networks.gamma;
    if matches!(claim, DeepClaim::Identifiable(_)) {
        return match (&networks.theta, &networks.phi) {
            (None, None) => Ok(()),
            _ => reject("this claim speaks of Γ alone"),
        };
    }
    let Some(theta) = &networks.theta else {
        return reject("the statement lacks Θ");
    };
    equal("inputs of Θ against Γ", theta.inputs, gamma.inputs)?;
    equal("outputs of Θ against Γ", theta.outputs(), gamma.outputs())?;
    if let DeepClaim::Within(claim) = claim {
        check_box(&claim.domain, gamma.inputs)?;
        let bound = Q::from(&claim.bound);
        if bound.is_negative() {
            return differ("the bound", bound, ">= 0");
        }
    }
    match (&networks.phi, of_phi) {
        (None, false) => {}
        (Some(_), false) => return reject("this claim does not speak of Φ"),
        (None, true) => return reject("the statement lacks Φ"),
        (Some(phi), true) => {
            if let DeepClaim::Reparametrization(claim) = claim {
                let found = gamma.distance(phi, limits)?;
                equal("the distance of Φ from Γ", Q::from(&claim.distance), found)?;
            }
        }
    }
    Ok(())
}

/// The fact that it needs was established.
pub(super) fn stands(claim: &DeepClaim, established: &[Fact]) -> Result<(), Stop> {
    let (wanted, words) = match claim {
        DeepClaim::Equal(_) => (Fact::same(Side::Gamma, Side::Theta), "that R(Γ) = R(Θ)"),
        DeepClaim::Differ(_) => (Fact::Differ, "that they differ"),
        DeepClaim::Reparametrization(_) => (Fact::same(Side::Theta, Side::Phi), "that R(Φ) = R(Θ)"),
        DeepClaim::Identifiable(claim) => (
            Fact::Rank(claim.rank),
            "that the rank is that of the claim, as many as parameters less hidden neurons",
        ),
        DeepClaim::Within(_) => (Fact::Near, "that they are near each other on the box"),
    };
    match established.contains(&wanted) {
        true => Ok(()),
        false => reject(format!("no step shows {words}")),
    }
}

/// What was verified.
pub(super) fn sentence(claim: &DeepClaim) -> String {
    match claim {
        DeepClaim::Equal(_) => "R(Γ) = R(Θ) on all of R^d.\n".to_owned(),
        DeepClaim::Differ(_) => {
            "R(Γ) ≠ R(Θ): the two functions have different values at a point of R^d.\n".to_owned()
        }
        DeepClaim::Reparametrization(claim) => format!(
            "R(Φ) = R(Θ) on all of R^d, and ‖Φ − Γ‖_∞ = {}: the largest absolute entry of Φ − Γ, over all weights and biases of all layers.\n",
            claim.distance
        ),
        DeepClaim::Identifiable(claim) => identifiable(claim.rank),
        DeepClaim::Within(claim) => format!(
            "|R(Θ)(x) − R(Γ)(x)| ≤ {} at every x of {}, in every output.\n",
            claim.bound,
            shown_box(&claim.domain)
        ),
    }
}
