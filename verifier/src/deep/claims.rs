//! What each claim about networks of any depth asks and says.

use relucert_format::{DeepClaim, Side};

use super::networks::{Fact, Networks};
use crate::claims::{place, shown_box};
use crate::expect::shown_sides;
use crate::kernel::budget::Budget;
use crate::kernel::number::Q;
use crate::kernel::rank::identifiable;
use crate::kernel::verdict::{Stop, differ, equal, reject};
use crate::statement::check_box;
use crate::subject::Domain;

/// Its kind, and what narrows it, for callers who expect it.
pub(super) fn described(claim: &DeepClaim) -> Vec<(&'static str, Option<String>)> {
    let mut found = vec![(claim.kind(), value(claim))];
    if let Some(domain) = domain(claim) {
        found.push(("box", Some(shown_sides(domain))));
    }
    found
}

/// What narrows it in one text.
fn value(claim: &DeepClaim) -> Option<String> {
    let bracket = |lower: &dyn ToString, upper: &dyn ToString| {
        let (lower, upper) = (lower.to_string(), upper.to_string());
        match lower == upper {
            true => upper,
            false => format!("{lower} to {upper}"),
        }
    };
    match claim {
        DeepClaim::Equal(_) | DeepClaim::Differ(_) => None,
        DeepClaim::Reparametrization(claim) => Some(claim.distance.to_string()),
        DeepClaim::Identifiable(claim) => Some(claim.rank.to_string()),
        DeepClaim::SupNorm(claim) => Some(bracket(&claim.lower, &claim.upper)),
        DeepClaim::Seminorm(claim) => Some(bracket(&claim.lower, &claim.upper)),
        DeepClaim::Regions(claim) => Some(claim.regions.to_string()),
        DeepClaim::Within(claim) => Some(claim.bound.to_string()),
    }
}

/// The box that it speaks of, if it speaks of one.
pub(super) fn domain(claim: &DeepClaim) -> Option<&Domain> {
    match claim {
        DeepClaim::Equal(claim) => claim.domain.as_deref(),
        DeepClaim::Differ(claim) => claim.domain.as_deref(),
        DeepClaim::SupNorm(claim) => Some(&claim.domain),
        DeepClaim::Seminorm(claim) => Some(&claim.domain),
        DeepClaim::Regions(claim) => Some(&claim.domain),
        DeepClaim::Within(claim) => Some(&claim.domain),
        DeepClaim::Reparametrization(_) | DeepClaim::Identifiable(_) => None,
    }
}

/// How far Γ and Θ may differ, where it says no more than that.
pub(super) fn bound(claim: &DeepClaim) -> Option<Q> {
    match claim {
        DeepClaim::Within(claim) => Some(Q::from(&claim.bound)),
        _ => None,
    }
}

/// Which networks it speaks of beside Γ: Θ and Φ, as far as they must be there or may not.
fn spoken_of(claim: &DeepClaim, networks: &Networks) -> Result<(), Stop> {
    let (theta, phi) = (networks.theta.is_some(), networks.phi.is_some());
    match claim {
        DeepClaim::Identifiable(_) | DeepClaim::Regions(_) if theta || phi => {
            return reject("this claim speaks of Γ alone");
        }
        DeepClaim::Equal(_)
        | DeepClaim::Differ(_)
        | DeepClaim::Reparametrization(_)
        | DeepClaim::Within(_)
            if !theta =>
        {
            return reject("the statement lacks Θ");
        }
        _ => {}
    }
    match (phi, matches!(claim, DeepClaim::Reparametrization(_))) {
        (true, false) => reject("this claim does not speak of Φ"),
        (false, true) => reject("the statement lacks Φ"),
        _ => Ok(()),
    }
}

/// The networks that it speaks of are there and fit together, before any step is read; and what is known from them alone.
pub(super) fn fits(claim: &DeepClaim, networks: &Networks, limits: &Budget) -> Result<(), Stop> {
    let gamma = &networks.gamma;
    spoken_of(claim, networks)?;
    if let Some(theta) = &networks.theta {
        equal("inputs of Θ against Γ", theta.inputs, gamma.inputs)?;
        equal("outputs of Θ against Γ", theta.outputs(), gamma.outputs())?;
    }
    if let Some(domain) = domain(claim) {
        check_box(domain, gamma.inputs)?;
    }
    let ends = match claim {
        DeepClaim::SupNorm(claim) => Some((&claim.lower, &claim.upper)),
        DeepClaim::Seminorm(claim) => Some((&claim.lower, &claim.upper)),
        _ => None,
    };
    if let Some((lower, upper)) = ends.map(|(lower, upper)| (Q::from(lower), Q::from(upper)))
        && lower > upper
    {
        return differ("the lower end", lower, format!("at most {upper}"));
    }
    if let Some(bound) = bound(claim).filter(Q::is_negative) {
        return differ("the bound", bound, ">= 0");
    }
    if let (DeepClaim::Reparametrization(claim), Some(phi)) = (claim, &networks.phi) {
        let found = gamma.distance(phi, limits)?;
        equal("the distance of Φ from Γ", Q::from(&claim.distance), found)?;
    }
    Ok(())
}

/// The facts that it needs were established.
pub(super) fn stands(claim: &DeepClaim, established: &[Fact]) -> Result<(), Stop> {
    let need = |wanted: &[Fact], words: &str| match wanted.iter().any(|it| established.contains(it))
    {
        true => Ok(()),
        false => reject(format!("no step shows {words}")),
    };
    match claim {
        DeepClaim::Equal(claim) => {
            let mut wanted = vec![Fact::same(Side::Gamma, Side::Theta)];
            if claim.domain.is_some() {
                wanted.push(Fact::Height(Q::zero()));
            }
            need(&wanted, "that R(Γ) = R(Θ)")
        }
        DeepClaim::Differ(_) => need(&[Fact::Differ], "that they differ"),
        DeepClaim::Reparametrization(_) => {
            need(&[Fact::same(Side::Theta, Side::Phi)], "that R(Φ) = R(Θ)")
        }
        DeepClaim::Identifiable(claim) => need(
            &[Fact::Rank(claim.rank)],
            "that the rank is that of the claim, as many as parameters less hidden neurons",
        ),
        DeepClaim::SupNorm(claim) => {
            let (lower, upper) = (Q::from(&claim.lower), Q::from(&claim.upper));
            need(&[Fact::Peak(lower)], "that the lower end is reached")?;
            need(
                &[Fact::Height(upper)],
                "that nothing is above the upper end",
            )
        }
        DeepClaim::Seminorm(claim) => {
            let (lower, upper) = (Q::from(&claim.lower), Q::from(&claim.upper));
            need(&[Fact::Steep(lower)], "that an entry has the lower end")?;
            need(
                &[Fact::Slope(upper)],
                "that no entry is above the upper end",
            )
        }
        DeepClaim::Regions(claim) => {
            let mut wanted = vec![Fact::Regions(claim.regions, true)];
            if !claim.exact {
                wanted.push(Fact::Regions(claim.regions, false));
            }
            need(&wanted, "that there are so many regions")
        }
        DeepClaim::Within(claim) => {
            let bound = Fact::Height(Q::from(&claim.bound));
            need(&[bound], "that they are near each other on the box")
        }
    }
}

/// What was verified.
pub(super) fn sentence(claim: &DeepClaim, networks: &Networks) -> String {
    let function = match networks.theta {
        Some(_) => "R(Θ) − R(Γ)",
        None => "R(Γ)",
    };
    match claim {
        DeepClaim::Equal(claim) => format!("R(Γ) = R(Θ) {}.\n", place(claim.domain.as_deref())),
        DeepClaim::Differ(claim) => {
            let place = match &claim.domain {
                Some(domain) => shown_box(domain),
                None => "R^d".to_owned(),
            };
            format!("R(Γ) ≠ R(Θ): the two functions have different values at a point of {place}.\n")
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
        DeepClaim::SupNorm(claim) => format!(
            "The largest absolute value of {function} {}, over all outputs, is {}.\n",
            place(Some(&claim.domain)),
            bracket(&claim.lower, &claim.upper)
        ),
        DeepClaim::Seminorm(claim) => format!(
            "The largest absolute entry of the Jacobian of {function} {}, wherever there is one, is {}.\n",
            place(Some(&claim.domain)),
            bracket(&claim.lower, &claim.upper)
        ),
        DeepClaim::Regions(claim) => format!(
            "Γ has {} {} regions in {}: sets of hidden neurons that are positive, all others not, on a part of the box with interior points. On each of them R(Γ) is affine.\n",
            if claim.exact { "exactly" } else { "at least" },
            claim.regions,
            shown_box(&claim.domain)
        ),
    }
}

fn bracket(
    lower: &relucert_format::StatedRational,
    upper: &relucert_format::StatedRational,
) -> String {
    match lower == upper {
        true => upper.to_string(),
        false => format!("at least {lower} and at most {upper}"),
    }
}
