//! The case analysis in the proof of Theorem 3.1: facet and case.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use num_bigint::BigInt;
use num_traits::Zero as _;

use super::limits::Limits;
use super::network::{Network, Neuron};
use super::number::{Q, integers, largest, product};
use super::verdict::{Stop, differ, reject};
use crate::certificate::{Case, CaseLabel, Facet};

/// The neurons that a facet names, of Γ and of the current network.
pub(super) type FacetOf = (Option<usize>, Option<usize>);

/// The point lies on the hyperplane of the named neurons and of no others; across it the gradient jumps by `jump`.
pub(super) fn facet(
    step: &Facet,
    gamma: &Network,
    current: &Network,
    limits: &Limits,
) -> Result<(), Stop> {
    if step.point.len() != gamma.inputs {
        return differ("length of the point", step.point.len(), gamma.inputs);
    }
    let coordinates: Vec<Q> = step.point.iter().map(Q::from).collect();
    let coordinates = integers(&coordinates, limits)?;
    for (network, named, name) in [
        (gamma, step.gamma, "Γ"),
        (current, step.theta, "the current network"),
    ] {
        if let Some(i) = named {
            network.neuron(i)?;
            if network.direction(i).is_none() {
                return reject(format!("a of neuron {i} of {name} is zero"));
            }
        }
        for (i, direction) in network.directions.iter().enumerate() {
            let Some(direction) = direction else { continue };
            let on = product(&direction.line, &coordinates).is_zero();
            if on && named != Some(i) {
                return reject(format!(
                    "the point also lies on the hyperplane of neuron {i} of {name}"
                ));
            }
            if !on && named == Some(i) {
                return reject(format!(
                    "the point is not on the hyperplane of neuron {i} of {name}"
                ));
            }
        }
    }
    let found = match (step.gamma, step.theta) {
        (None, None) => return reject("a facet names at least one neuron"),
        (Some(i), None) => gamma.neuron(i)?.size(),
        (None, Some(j)) => current.neuron(j)?.size(),
        (Some(i), Some(j)) => {
            if gamma.direction(i) != current.direction(j) {
                return reject("the two neurons do not have the same direction");
            }
            jump(gamma.neuron(i)?, current.neuron(j)?)
        }
    };
    let stated = Q::from(&step.jump);
    if stated != found {
        return differ("jump of the gradient", stated, found);
    }
    Ok(())
}

/// ‖c_γ a_γ − c_θ a_θ‖_∞ for two neurons of the same direction: their outer products have the same line as factor, so this
/// is ‖c_γ‖a_γ‖ − c_θ‖a_θ‖‖_∞.
fn jump(gamma: &Neuron, theta: &Neuron) -> Q {
    let scale = |neuron: &Neuron| &neuron.s * &largest(&neuron.a);
    let (one, other) = (scale(gamma), scale(theta));
    let pairs = gamma.c.iter().zip(&theta.c);
    let entries = pairs.map(|(c, other_c)| &(c * &one) - &(other_c * &other));
    largest(&entries.collect::<Vec<Q>>())
}

/// The hyperplanes of Γ and of the current network, dead neurons included.
pub(super) struct Lines {
    gamma: BTreeSet<Vec<BigInt>>,
    current: BTreeSet<Vec<BigInt>>,
}

impl Lines {
    pub(super) fn new(gamma: &Network, current: &Network) -> Lines {
        let lines = |network: &Network| {
            let directions = network.directions.iter().flatten();
            directions.map(|direction| direction.line.clone()).collect()
        };
        Lines {
            gamma: lines(gamma),
            current: lines(current),
        }
    }
}

/// Checks everything about a case but its facets; answers the pairs (neuron of Γ, current neuron) that they must show.
pub(super) fn case(
    step: &Case,
    gamma: &Network,
    current: &Network,
    lines: &Lines,
    threshold: &Q,
) -> Result<Vec<FacetOf>, Stop> {
    let i = step.neuron;
    let (neuron, other) = (gamma.neuron(i)?, current.neuron(i)?);
    let (p, q) = (signed_size(neuron), signed_size(other));
    for (name, stated, found) in [("p", &step.p, &p), ("q", &step.q, &q)] {
        let stated = Q::from(stated);
        if stated != *found {
            return differ(name, stated, found);
        }
    }
    let at_most = |name: &str, value: &Q| match value.abs() <= *threshold {
        true => Ok(()),
        false => differ(
            format!("absolute value of {name}"),
            value.abs(),
            format!("at most {threshold}"),
        ),
    };
    let (one, two) = (gamma.direction(i), current.direction(i));
    if step.case == CaseLabel::Unmatched {
        if one.is_some_and(|one| lines.current.contains(&one.line)) {
            return reject(format!(
                "neuron {i} of Γ lies on a hyperplane of the current network"
            ));
        }
        if two.is_some_and(|two| lines.gamma.contains(&two.line)) {
            return reject(format!(
                "neuron {i} of the current network lies on a hyperplane of Γ"
            ));
        }
        at_most("p", &p)?;
        at_most("q", &q)?;
        let facets = [one.map(|_| (Some(i), None)), two.map(|_| (None, Some(i)))];
        return Ok(facets.into_iter().flatten().collect());
    }
    if one.is_none() || one != two {
        return reject(format!(
            "neuron {i} does not have the same direction in both networks"
        ));
    }
    at_most("p - q", &(&p - &q))?;
    if step.case == CaseLabel::Small {
        at_most("p", &p)?;
    } else {
        if p.abs() <= *threshold {
            return differ(
                "absolute value of p",
                p.abs(),
                format!("more than {threshold}"),
            );
        }
        // |c| and ‖a‖ carry the same √s.
        let order = largest(&neuron.c).cmp(&largest(&neuron.a));
        let expected = match step.case {
            CaseLabel::OuterLarger => Ordering::Greater,
            CaseLabel::InnerLarger => Ordering::Less,
            _ => Ordering::Equal,
        };
        if order != expected {
            return differ(
                format!("|c| against the norm of a, of neuron {i} of Γ"),
                format!("{order:?}"),
                format!("{expected:?}"),
            );
        }
    }
    Ok(vec![(Some(i), Some(i))])
}

/// c·‖a‖_∞ of the real weights, for one output.
fn signed_size(neuron: &Neuron) -> Q {
    let c = neuron.c.first().cloned().unwrap_or_else(Q::zero);
    &neuron.s * &(&c * &largest(&neuron.a))
}

#[cfg(test)]
#[path = "tests/cases.rs"]
mod tests;
