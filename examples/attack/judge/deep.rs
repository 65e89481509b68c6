//! Claims about networks of any depth.

use num_traits::{Signed as _, Zero as _};
use relucert::audit::Random;
use relucert::certificate::{self, DeepClaim, DeepNetworks, DeepStatement, DeepWithin};
use relucert::depth::{Equality, Points, compare};
use relucert::exact::Rational;
use relucert::identify::{Options, identify};
use relucert::network::{Deep, Network, from_deep_certificate};
use relucert::realization::{CanonicalForm, Domain, SupNormLimits, sup_norm};
use relucert::watch::Watch;

use super::{Doubt, Judged, cells, given, holds};

fn network(stated: &certificate::Deep) -> Result<Deep, Doubt> {
    from_deep_certificate(stated).map_err(Doubt::False)
}

fn compared(one: &Deep, other: &Deep) -> Result<Equality, Doubt> {
    compare(one, other, Points::default(), &Watch::none())
        .map_err(|error| Doubt::False(error.to_string()))
}

fn equal(one: &Deep, other: &Deep) -> Judged {
    match compared(one, other)? {
        Equality::Equal(_) => Ok(()),
        Equality::Different { .. } => Err(Doubt::False("the functions differ".to_owned())),
        Equality::Unknown { .. } => Err(Doubt::Undecided("whether they are equal".to_owned())),
    }
}

/// Whether the statement is true.
pub fn judge(statement: &DeepStatement) -> Judged {
    let DeepNetworks { gamma, theta, phi } = &statement.networks;
    let gamma = network(gamma)?;
    if let DeepClaim::Identifiable(claim) = &statement.claim {
        holds(theta.is_none() && phi.is_none(), "Γ alone is spoken of")?;
        return identifiable(gamma, claim.rank);
    }
    if let DeepClaim::Regions(claim) = &statement.claim {
        holds(theta.is_none() && phi.is_none(), "Γ alone is spoken of")?;
        return cells::regions(&gamma, claim);
    }
    let measured = match &statement.claim {
        DeepClaim::SupNorm(claim) => Some((true, &claim.domain, [&claim.lower, &claim.upper])),
        DeepClaim::Seminorm(claim) => Some((false, &claim.domain, [&claim.lower, &claim.upper])),
        _ => None,
    };
    if let Some((is_height, domain, ends)) = measured {
        holds(phi.is_none(), "no Φ is spoken of")?;
        let theta = theta.as_ref().map(network).transpose()?;
        return match is_height {
            true => cells::sup_norm(&gamma, theta.as_ref(), domain, ends),
            false => cells::seminorm(&gamma, theta.as_ref(), domain, ends),
        };
    }
    let theta = network(given(theta.as_ref(), "there is no Θ")?)?;
    match &statement.claim {
        DeepClaim::Equal(claim) => {
            holds(phi.is_none(), "no Φ is spoken of")?;
            if let Some(domain) = &claim.domain {
                return holds(
                    cells::equal(&gamma, &theta, domain)?,
                    "they are equal there",
                );
            }
            equal(&gamma, &theta)
        }
        DeepClaim::Differ(claim) => {
            holds(phi.is_none(), "no Φ is spoken of")?;
            if let Some(domain) = &claim.domain {
                return holds(!cells::equal(&gamma, &theta, domain)?, "they differ there");
            }
            match compared(&gamma, &theta)? {
                Equality::Different { .. } => Ok(()),
                Equality::Equal(_) => Err(Doubt::False("the functions are equal".to_owned())),
                Equality::Unknown { .. } => {
                    Err(Doubt::Undecided("whether they are equal".to_owned()))
                }
            }
        }
        DeepClaim::Reparametrization(claim) => {
            let phi = network(given(phi.as_ref(), "there is no Φ")?)?;
            let distance = given(distance(&gamma, &phi), "Φ has the shape of Γ")?;
            holds(distance == claim.distance.0, "the distance is this")?;
            holds(theta.inputs() == gamma.inputs(), "Θ has the inputs of Γ")?;
            equal(&phi, &theta)
        }
        DeepClaim::Identifiable(_)
        | DeepClaim::SupNorm(_)
        | DeepClaim::Seminorm(_)
        | DeepClaim::Regions(_) => Ok(()),
        DeepClaim::Within(claim) => {
            holds(phi.is_none(), "no Φ is spoken of")?;
            within([gamma, theta], claim)
        }
    }
}

/// Whether the rank is as many as parameters less hidden neurons, at other points than a certificate has.
fn identifiable(gamma: Deep, rank: usize) -> Judged {
    let options = Options {
        seed: 7,
        ..Options::default()
    };
    let answer = identify(&Network::Deep(gamma), &options);
    holds(rank == answer.full(), "the rank is P − h")?;
    match answer.identifiable() {
        Some(true) => Ok(()),
        Some(false) => Err(Doubt::False(
            "the function does not change in a direction".to_owned(),
        )),
        None => Err(Doubt::Undecided("the rank at other points".to_owned())),
    }
}

/// The largest entry of the difference of networks of one shape.
fn distance(one: &Deep, other: &Deep) -> Option<Rational> {
    let shape = |network: &Deep| -> Vec<usize> {
        let widths = network.layers().iter().map(|layer| layer.weights.len());
        std::iter::once(network.inputs()).chain(widths).collect()
    };
    if shape(one) != shape(other) {
        return None;
    }
    let numbers = |network: &Deep| -> Vec<Rational> {
        let layers = network.layers().iter();
        let numbers = layers.flat_map(|layer| layer.weights.iter().flatten().chain(&layer.biases));
        numbers.cloned().collect()
    };
    let pairs = numbers(one).into_iter().zip(numbers(other));
    let differences = pairs.map(|(x, y)| (x - y).abs());
    Some(differences.max().unwrap_or_else(Rational::zero))
}

/// Of networks with two layers by the largest difference on the box, of others by corners and other points.
fn within([gamma, theta]: [Deep; 2], claim: &DeepWithin) -> Judged {
    let sides = claim.domain.iter();
    let sides: Vec<_> = sides.map(|(l, u)| (l.0.clone(), u.0.clone())).collect();
    let fits = sides.len() == gamma.inputs() && gamma.inputs() == theta.inputs();
    holds(
        fits && gamma.outputs() == theta.outputs(),
        "networks and box fit",
    )?;
    let domain = Domain::new(sides).map_err(|error| Doubt::False(error.to_string()))?;
    let form = |network: &Deep| CanonicalForm::of(&Network::Biased(network.to_biased()?));
    if let (Some(one), Some(other)) = (form(&gamma), form(&theta)) {
        let difference = other.minus(&one);
        let difference = given(difference, "the functions have a difference")?;
        let limits = SupNormLimits {
            nodes: Some(10_000),
            keep: false,
            ..SupNormLimits::default()
        };
        let found = sup_norm(&difference, &domain, &limits);
        let found = found.map_err(|error| Doubt::False(error.to_string()))?;
        holds(found.value <= claim.bound.0, "no difference is larger")?;
        return match found.upper <= claim.bound.0 {
            true => Ok(()),
            false => Err(Doubt::Undecided("the largest difference".to_owned())),
        };
    }
    let mut random = Random::of_trial(11, 0);
    for trial in 0..200 {
        let coordinate = |(lower, upper): &(Rational, Rational)| {
            let steps = if trial % 2 == 0 { 1 } else { 7 };
            let share = Rational::new(
                (random.below(steps + 1) as i64).into(),
                (steps as i64).into(),
            );
            lower + (upper - lower) * share
        };
        let point: Vec<Rational> = domain.sides().iter().map(coordinate).collect();
        let (one, other) = (gamma.eval(&point), theta.eval(&point));
        let (Ok(one), Ok(other)) = (one, other) else {
            return Err(Doubt::False("no point of the inputs".to_owned()));
        };
        let pairs = one.iter().zip(&other);
        let largest = pairs.map(|(x, y)| (x - y).abs()).max();
        holds(
            largest.unwrap_or_default() <= claim.bound.0,
            "no difference is larger",
        )?;
    }
    Err(Doubt::Undecided("points other than those tried".to_owned()))
}
