//! The nearest parametrization in N* for all k: there only permutations compete (D25).

use super::expression::Expression;
use super::hypotheses::not_in_n_star;
use super::nearest::reached;
use super::network::{Family, Neuron};
use super::prove::{ask, check_shapes};
use super::sections::{Pair, Proved, cover};
use super::sketch::{Draft, Sketch};
use super::unproved::{Misfit, Unproved};
use crate::certificate::{
    AgainstForAllK, Among, Binding, Coordinate, Holds, Part, Range, SectionFact, Side,
};
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
        let (found, _) = found(&mut sketch, &pair.gamma, theta)?;
        Ok(vec![(found, sketch)])
    })
}

/// That it is nearest, by sections, where there is one for every k.
///
/// # Errors
/// What could not be proved; that there is none.
pub fn prove_nearest_in_n_star(
    gamma: &Family,
    theta: &Family,
    watch: &Watch,
) -> Result<Proved, Unproved> {
    ask(gamma, theta, watch, &|pair, _, mut sketch| {
        let theta = pair.theta.as_ref().ok_or(Unproved::NoTheta)?;
        if pair.gamma.offset().is_some() || theta.offset().is_some() {
            return Err(Unproved::NoneInNStar);
        }
        let (found, apart) = found(&mut sketch, &pair.gamma, theta)?;
        let (InNStar::Nearest { phi, distance, .. }, Some(apart)) = (found, apart) else {
            return Err(Unproved::NoneInNStar);
        };
        let (value, reached) = reached(&mut sketch, &pair.gamma, theta, &phi)?;
        sketch.zero(value.sub(&distance))?;
        Ok(vec![Draft {
            holds: Holds::Nearest {
                among: Among::NStar,
                phi: phi.to_certificate(),
                distance: sketch.formula(&distance)?,
                above: None,
            },
            value: Some(distance),
            steps: vec![reached, SectionFact::member(Side::Phi), apart],
            sketch,
        }])
    })
}

/// The answer, and the step that none is nearer.
fn found(
    sketch: &mut Sketch,
    gamma: &Family,
    theta: &Family,
) -> Result<(InNStar, Option<SectionFact>), Unproved> {
    for (network, side) in [(gamma, Side::Gamma), (theta, Side::Theta)] {
        if not_in_n_star(sketch, network.neurons())?.is_some() {
            return Ok((InNStar::NotInNStar(side), None));
        }
    }
    if theta.neurons().len() != gamma.neurons().len() {
        return Ok((InNStar::OtherNumber, None));
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
    let mut bindings = Vec::new();
    for &j in &placing.violator.sources {
        let mut row = Vec::new();
        for (i, place) in gamma.neurons().iter().enumerate() {
            if placing.violator.places.contains(&i) {
                continue;
            }
            let changes = changes(&theta.neurons()[j], place);
            let mut sizes = changes.iter().map(|change| sketch.abs(change)).enumerate();
            let far = sizes.find(|(_, size)| *size == costs[j][i]);
            let (at, far) = far.unwrap_or_else(|| (0, Expression::zero()));
            sketch.non_negative(far.sub(&value))?;
            let (part, index) = match at.checked_sub(gamma.inputs()) {
                None => (Part::Inner, at),
                Some(index) => (Part::Outer, index),
            };
            row.push(Binding::One(Coordinate { part, index }));
        }
        bindings.push(row);
    }
    sketch.non_negative(value.clone())?;
    let apart = SectionFact::Apart {
        value: sketch.formula(&value)?,
        against: AgainstForAllK::Fixed,
        sources: placing.violator.sources,
        places: placing.violator.places,
        bindings,
    };
    let neurons = order.iter().map(|&j| theta.neurons()[j].clone()).collect();
    let nearest = InNStar::Nearest {
        phi: Family::new(neurons, None).map_err(|_| Unproved::PhiShape)?,
        distance: value,
        order,
    };
    Ok((nearest, Some(apart)))
}
