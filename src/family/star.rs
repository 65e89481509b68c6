//! The nearest parametrization in N* for all k: there only permutations compete (D25).

use super::describe::degeneracies_at;
use super::expression::Expression;
use super::network::{Family, Neuron};
use super::prove::check_shapes;
use super::sections::{Pair, cover};
use super::sketch::Sketch;
use super::unproved::{Misfit, Unproved};
use crate::certificate::{Range, Side};
use crate::exact::Rational;
use crate::exact::scalar::Order as _;
use crate::nearest::bottleneck;
use crate::watch::Watch;

/// What is known of the nearest parametrization in N* on a range of k.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InNStar {
    /// It is a permutation of Θ, at this distance.
    Nearest {
        /// Φ.
        phi: Family,
        /// ‖Φ − Γ‖_∞.
        distance: Expression,
        /// For each place of Γ, the neuron of Θ in it.
        order: Vec<usize>,
    },
    /// There is none: this network is not in N*.
    NotInNStar(Side),
    /// There is none: Θ has another number of neurons than Γ.
    OtherNumber,
}

/// The nearest parametrization of R(Θ) in N* to Γ, for all integers k ≥ 1, by ranges. Networks with biases are asked homogenised, and are never in N*.
///
/// Source: D25. Cost, a range: m²·(d + D) comparisons.
///
/// # Errors
/// What could not be proved.
pub fn nearest_in_n_star(
    gamma: &Family,
    theta: &Family,
    watch: &Watch,
) -> Result<Vec<(Range, InNStar)>, Unproved> {
    check_shapes(gamma, theta)?;
    if gamma.offset().is_some() != theta.offset().is_some() {
        return nearest_in_n_star(&gamma.with_biases(), &theta.with_biases(), watch);
    }
    let pair = Pair {
        activation: Rational::default(),
        gamma: gamma.homogenised(),
        theta: Some(theta.homogenised()),
        watch: watch.clone(),
    };
    cover(&pair, &|pair, _, mut sketch| {
        let theta = pair.theta.as_ref().ok_or(Unproved::NoTheta)?;
        let found = found(&mut sketch, &pair.gamma, theta)?;
        Ok(vec![(found, sketch)])
    })
}

fn found(sketch: &mut Sketch, gamma: &Family, theta: &Family) -> Result<InNStar, Unproved> {
    for (network, side) in [(gamma, Side::Gamma), (theta, Side::Theta)] {
        if !degeneracies_at(sketch, network)?.n_star {
            return Ok(InNStar::NotInNStar(side));
        }
    }
    if theta.neurons().len() != gamma.neurons().len() {
        return Ok(InNStar::OtherNumber);
    }
    let changes = |source: &Neuron, place: &Neuron| -> Vec<Expression> {
        let inner = source.inner().iter().zip(place.inner());
        let outer = source.outer().iter().zip(place.outer());
        inner.chain(outer).map(|(x, y)| x.sub(y)).collect()
    };
    let mut order = sketch.place();
    let mut row = |source: &Neuron| {
        let places = gamma.neurons().iter();
        let costs = places.map(|place| order.largest(&changes(source, place)));
        costs.collect::<Result<Vec<_>, _>>()
    };
    let costs = theta.neurons().iter().map(&mut row);
    let costs = costs.collect::<Result<Vec<_>, _>>()?;
    let placing = bottleneck(&mut order, &costs)?.ok_or(Misfit::Kinks)?;
    let value = placing.value;
    let mut order = vec![0; placing.places.len()];
    for (j, &i) in placing.places.iter().enumerate() {
        order[i] = j;
        for change in changes(&theta.neurons()[j], &gamma.neurons()[i]) {
            sketch.non_negative(value.sub(&change))?;
            sketch.non_negative(value.add(&change))?;
        }
    }
    // Hall: these sources are at least the value away from all places but fewer than they are.
    for &j in &placing.violator.sources {
        for (i, place) in gamma.neurons().iter().enumerate() {
            if placing.violator.places.contains(&i) {
                continue;
            }
            let changes = changes(&theta.neurons()[j], place);
            let far = changes.iter().map(|change| sketch.abs(change));
            let far = far.into_iter().find(|size| *size == costs[j][i]);
            sketch.non_negative(far.unwrap_or_else(Expression::zero).sub(&value))?;
        }
    }
    let neurons = order.iter().map(|&j| theta.neurons()[j].clone()).collect();
    Ok(InNStar::Nearest {
        phi: Family::new(neurons, None).map_err(|_| Unproved::PhiShape)?,
        distance: value,
        order,
    })
}
