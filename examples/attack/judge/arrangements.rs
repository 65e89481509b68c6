//! The regions of an arrangement, listed anew.

use std::sync::Arc;

use num_bigint::BigInt;
use num_traits::Zero as _;
use relucert::advice::Floats;
use relucert::arrangement::{Arrangement, Options};
use relucert::certificate::{ArrangementClaim, Statement};
use relucert::degeneracy::{Injectivity, injectivity};
use relucert::exact::Rational;
use relucert::exact::rows::clear_denominators;
use relucert::network::{Network, Shallow};
use relucert::watch::Watch;

use super::read::gamma;
use super::{Doubt, Judged, given, holds, known};

fn integers(rows: &[Vec<Rational>]) -> Vec<Vec<BigInt>> {
    let rows = rows.iter();
    rows.map(|row| clear_denominators(row).entries).collect()
}

/// The rows of Γ, without the roots before them.
fn rows(network: &Shallow) -> Vec<Vec<Rational>> {
    let neurons = network.neurons().iter();
    neurons.map(|neuron| neuron.inner().to_vec()).collect()
}

pub fn arrangement(statement: &Statement, claim: &ArrangementClaim) -> Judged {
    let (normals, biased) = match gamma(statement)? {
        Network::Shallow(network) => (rows(&network), false),
        Network::Biased(network) => (rows(network.rows()), true),
        Network::Deep(_) => return holds(false, "a deep network"),
    };
    let dimension = given(normals.first(), "there are no rows")?.len();
    let domain: Vec<Vec<Rational>> = claim
        .domain
        .iter()
        .flatten()
        .map(|row| row.iter().map(|x| x.0.clone()).collect())
        .collect();
    let fits = |row: &Vec<Rational>| row.len() == dimension && row.iter().any(|x| !x.is_zero());
    holds(
        domain.iter().all(fits),
        "a row of the domain is no half-space",
    )?;
    holds(
        claim.domain.as_ref().is_none_or(|rows| !rows.is_empty()),
        "an empty domain",
    )?;
    if biased {
        let mut last = vec![Rational::zero(); dimension - 1];
        last.push(Rational::from_integer(1.into()));
        holds(domain.first() == Some(&last), "biases without x_{d+1} > 0")?;
    }
    let prepared = Arrangement::in_domain(
        &integers(&normals),
        &integers(&domain),
        dimension,
        &Watch::none(),
    );
    let prepared = prepared.map_err(|error| Doubt::Undecided(error.to_string()))?;
    let regions = known(
        prepared.regions(&Options::default()).ok(),
        "a list of regions",
    )?;
    let mut texts: Vec<String> = (0..regions.len())
        .map(|region| {
            let mut text = String::new();
            regions.write_signs(region, &mut text);
            text
        })
        .collect();
    texts.sort_unstable();
    holds(!texts.is_empty(), "there is no region")?;
    holds(texts == claim.regions, "the regions are others")?;
    holds(
        texts.len() == claim.count,
        "there are more or fewer regions",
    )?;
    let edges = known(regions.adjacency(&Watch::none()).ok(), "the adjacent pairs")?;
    holds(
        edges.len() == claim.edges,
        "there are more or fewer adjacent pairs",
    )
}

/// Whether the layer of Γ's neurons is injective.
fn is_injective(statement: &Statement) -> Result<bool, Doubt> {
    let found = injectivity(&gamma(statement)?, Arc::new(Floats), &Watch::none());
    match known(found.ok(), "whether the layer is injective")? {
        Injectivity::Injective { .. } => Ok(true),
        Injectivity::Collision { .. } => Ok(false),
    }
}

pub fn injective(statement: &Statement, claim: &ArrangementClaim) -> Judged {
    arrangement(statement, claim)?;
    let biased = usize::from(matches!(gamma(statement)?, Network::Biased(_)));
    let rows = claim.domain.as_ref().map_or(0, Vec::len);
    holds(rows == biased, "a narrower domain than R^d")?;
    holds(is_injective(statement)?, "the layer is not injective")
}

pub fn not_injective(statement: &Statement) -> Judged {
    holds(!is_injective(statement)?, "the layer is injective")
}
