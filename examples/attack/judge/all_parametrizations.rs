//! Statements for all k about lifts, least networks, flips, regions, and what is nearest in N*.

use std::collections::BTreeSet;

use relucert::certificate::{
    Claim, FlipsClaim, Formula, Holds, LiftClaim, MinimalClaim, Networks, Range, StatedNetwork,
    StatedRational, Statement, UniqueClaim,
};
use relucert::degeneracy::membership;
use relucert::family::{
    Expression, Family, Neuron, Place, Signs, count_regions, degeneracies, flips_for_all,
    prove_equal, prove_nearest_in_n_star, smaller_for_all,
};
use relucert::network::Network;
use relucert::parametrizations::Outcome;
use relucert::realization::Domain;
use relucert::watch::Watch;

use super::compared::Compared;
use super::formulas::{box_of, expression, family};
use super::parametrizations::limits;
use super::read::network;
use super::{Doubt, Judged, given, holds, judge, known};

/// What a section of Γ alone says at one k, as a claim of numbers: there Φ stands first.
pub fn at_k(says: &Holds, gamma: StatedNetwork, phi: Option<StatedNetwork>) -> Judged {
    let claim = match says {
        Holds::Lift { .. } => Claim::Lift(LiftClaim {}),
        Holds::Minimal { lower, upper, .. } => Claim::Minimal(MinimalClaim {
            lower: *lower,
            upper: *upper,
        }),
        Holds::Flips { sets } if sets.is_empty() => Claim::Unique(UniqueClaim {}),
        Holds::Flips { sets } => Claim::Flips(FlipsClaim { sets: sets.clone() }),
        _ => return known(None, "a section of another kind"),
    };
    let networks = match phi {
        Some(phi) => Networks {
            gamma: phi,
            theta: Some(gamma),
            phi: None,
        },
        None => Networks {
            gamma,
            theta: None,
            phi: None,
        },
    };
    judge(&Statement {
        networks,
        activation: None,
        claim,
    })
}

pub fn in_n_star(phi: &StatedNetwork) -> Judged {
    let Network::Shallow(phi) = network(phi)? else {
        return holds(false, "networks in N* have no biases");
    };
    holds(membership(&phi).in_n_star(), "Φ is not in N*")
}

/// In N* for all k, as the engine sees it.
fn always_in_n_star(phi: &Family) -> Judged {
    holds(phi.offset().is_none(), "networks in N* have no biases")?;
    let found = degeneracies(phi, &Watch::none()).ok();
    let found = known(found, "membership in N* for all k")?;
    let all = found.iter().all(|(_, found)| found.n_star);
    known(all.then_some(()), "membership in N* where it changes")
}

/// Whether a part of an answer meets the section, whose k is moved.
fn meets(range: &Range, compared: &Compared) -> bool {
    let end = compared.range.end().map(|end| end - compared.shift);
    end.is_none_or(|end| range.first() < end)
}

/// What a section of Γ alone says for all k in it.
pub fn proved(says: &Holds, gamma: &Family, compared: &Compared) -> Judged {
    let same = |phi: &Family| {
        let found = prove_equal(gamma, phi, &Watch::none()).ok();
        known(found, "equality for all k").map(drop)
    };
    match says {
        Holds::Lift { phi } => {
            let phi = family(phi, compared.shift)?;
            always_in_n_star(&phi)?;
            same(&lowered(&phi)?)
        }
        Holds::Minimal { lower, phi, .. } => {
            same(&family(phi, compared.shift)?)?;
            let found = known(
                smaller_for_all(gamma, false, &limits()).ok(),
                "a least number",
            )?;
            let mut parts = found.parts.iter();
            let sure = parts.all(|(range, found)| !meets(range, compared) || *lower <= found.lower);
            known(sure.then_some(()), "a least number that is only bracketed")
        }
        Holds::Flips { sets } => {
            let found = known(flips_for_all(gamma, &limits()).ok(), "flips for all k")?;
            for (range, found) in found
                .parts
                .iter()
                .filter(|(range, _)| meets(range, compared))
            {
                // Single k with other sets were looked at, where the section is about integers alone.
                let other = matches!(range, Range::At(_)) && compared.real;
                known((!other).then_some(()), "flips for real k")?;
                let same = matches!(&found.outcome, Outcome::All(all) if all.sets == *sets);
                holds(same && found.is_generic(), "other sets can be flipped")?;
            }
            Ok(())
        }
        Holds::Regions { domain, points } => {
            let row = |point: &Vec<Formula>| {
                let entries = point.iter().map(|f| expression(f, compared.shift));
                entries.collect::<Result<Vec<_>, Doubt>>()
            };
            let points = points.iter().map(row).collect::<Result<Vec<_>, Doubt>>()?;
            let domain = domain.as_deref().map(box_of).transpose()?;
            regions(gamma, domain.as_ref(), &points, compared.moved(), |range| {
                meets(range, compared)
            })
        }
        _ => known(None, "a section of another kind"),
    }
}

/// At one k there are as many regions as points, one in each.
pub fn regions_at_k(
    gamma: &StatedNetwork,
    domain: Option<&[(StatedRational, StatedRational)]>,
    points: &[Vec<Formula>],
    k: u64,
) -> Judged {
    let gamma = given(Family::of_network(&network(gamma)?), "a deep network")?;
    let point = |point: &Vec<Formula>| {
        let entries = point.iter().map(|formula| {
            let value = expression(formula, 0)?.fixed(k);
            given(value, "a point is not defined at some k")
        });
        entries.collect::<Result<Vec<_>, Doubt>>()
    };
    let points = points
        .iter()
        .map(point)
        .collect::<Result<Vec<_>, Doubt>>()?;
    let domain = domain.map(box_of).transpose()?;
    let domain = domain.as_ref();
    regions(&gamma, domain, &points, Range::From(1), |_| true)
}

/// As many as points in all sections that `meets` says, and the points in the box, if there is one, and on different sides of the hyperplanes at every k of the range.
fn regions(
    gamma: &Family,
    domain: Option<&Domain>,
    points: &[Vec<Expression>],
    range: Range,
    meets: impl Fn(&Range) -> bool,
) -> Judged {
    let mut sides = BTreeSet::new();
    for point in points {
        holds(
            point.len() == gamma.inputs(),
            "a point of another dimension",
        )?;
        for (x, (lower, upper)) in point.iter().zip(domain.map_or(&[][..], Domain::sides)) {
            let ends = [lower, upper].map(|end| Expression::from(end.clone()));
            for distance in [x.sub(&ends[0]), ends[1].sub(x)] {
                let found = distance.signs(Place::On(range));
                holds(found.positive, "a point outside the box")?;
                known(
                    (!found.negative && !found.zero).then_some(()),
                    "a point that is in the box for all k",
                )?;
            }
        }
        let mut signs = Vec::new();
        for neuron in gamma.neurons() {
            let (row, bias) = neuron.inner().split_at(gamma.inputs());
            // A neuron may be without a hyperplane at one k alone.
            let vanishes = |a: &Expression| a.signs(Place::On(range)) == Signs::ZERO;
            if row.iter().all(vanishes) {
                continue;
            }
            let products = row.iter().zip(point).map(|(a, x)| a.mul(x));
            let start = bias.first().cloned().unwrap_or_else(Expression::zero);
            let side = products.fold(start, |sum, p| sum.add(&p));
            let found = side.signs(Place::On(range));
            holds(found != Signs::ZERO, "a point on a hyperplane")?;
            known(
                found.definite().then_some(()),
                "the side of a point for all k",
            )?;
            signs.push(found == Signs::POSITIVE);
        }
        holds(sides.insert(signs), "two points in one region")?;
    }
    let counted = known(count_regions(gamma, domain, &Watch::none()).ok(), "regions")?;
    for (_, count) in counted.iter().filter(|(range, _)| meets(range)) {
        holds(
            *count == points.len().to_string(),
            "another number of regions",
        )?;
    }
    Ok(())
}

/// Φ at (x, 1, −1).
fn lowered(phi: &Family) -> Result<Family, Doubt> {
    let neurons = phi.neurons().iter().map(|neuron| {
        let (row, [p, q]) = given(neuron.inner().split_last_chunk::<2>(), "too few inputs")?;
        let row = row.iter().cloned().chain([p.sub(q)]).collect();
        Ok(Neuron::of(row, neuron.outer().to_vec()))
    });
    let neurons = neurons.collect::<Result<Vec<_>, Doubt>>()?;
    let zeros = vec![Expression::zero(); phi.outputs()];
    given(
        Family::new(neurons, Some(zeros)).ok(),
        "a family of no shape",
    )
}

/// Γ, Θ and Φ; the distance, and what it exceeds.
pub fn nearest_in_n_star(
    [gamma, theta, phi]: &[Family; 3],
    [distance, above]: [Option<&Formula>; 2],
    compared: &Compared,
) -> Judged {
    always_in_n_star(phi)?;
    let found = prove_nearest_in_n_star(gamma, theta, &Watch::none()).ok();
    let found = known(found, "the nearest in N* for all k")?;
    let distance = given(distance, "no distance")?;
    compared.equal(distance, &found)?;
    let Some(above) = above else { return Ok(()) };
    let [distance, above] = [distance, above].map(|text| expression(text, compared.shift));
    compared.ordered(&above?, &distance?, compared.moved(), true)
}
