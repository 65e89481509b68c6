//! The case analysis in the proofs of Theorems 3.1 and 3.3: facet and case.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use num_bigint::BigInt;
use num_traits::Zero as _;

use super::limits::Limits;
use super::network::{Network, Neuron};
use super::norms::coordinates;
use super::number::{Q, largest, product};
use super::verdict::{Stop, differ, equal, reject};
use relucert_format::{Case, CaseLabel, Facet};

/// The neurons that a facet names, of Γ and of the current network.
pub(super) type FacetOf = (Option<usize>, Option<usize>);

/// The point lies on the hyperplane of the named neurons and of no others; across it the gradient jumps by `jump`.
pub(super) fn facet(
    step: &Facet,
    gamma: &Network,
    current: &Network,
    limits: &Limits,
) -> Result<(), Stop> {
    let coordinates = coordinates(&step.point, gamma.inputs, limits)?;
    for (network, named, name) in [
        (gamma, step.gamma, "Γ"),
        (current, step.theta, "the current network"),
    ] {
        if let Some(i) = named
            && network.neuron(i)?.direction.is_none()
        {
            return reject(format!("a of neuron {i} of {name} is zero"));
        }
        for (i, direction) in network.directions() {
            let on = product(&direction.line, &coordinates).is_zero();
            if on != (named == Some(i)) {
                let problem = if on { "also lies" } else { "is not" };
                return reject(format!(
                    "the point {problem} on the hyperplane of neuron {i} of {name}"
                ));
            }
        }
    }
    let found = match (step.gamma, step.theta) {
        (None, None) => return reject("a facet names at least one neuron"),
        (Some(i), None) => gamma.neuron(i)?.size(),
        (None, Some(j)) => current.neuron(j)?.size(),
        (Some(i), Some(j)) => {
            let (one, other) = (gamma.neuron(i)?, current.neuron(j)?);
            if one.direction != other.direction {
                return reject("the two neurons do not have the same direction");
            }
            jump(one, other)
        }
    };
    equal("jump of the gradient", Q::from(&step.jump), found)
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
            let directions = network.directions();
            directions
                .map(|(_, direction)| direction.line.clone())
                .collect()
        };
        Lines {
            gamma: lines(gamma),
            current: lines(current),
        }
    }
}

/// Checks everything about a case, `star` of Theorem 3.3, but its facets; answers the pairs (neuron of Γ, current neuron) that they
/// must show.
pub(super) fn case(
    step: &Case,
    gamma: &Network,
    current: &Network,
    lines: &Lines,
    threshold: &Q,
    star: bool,
) -> Result<Vec<FacetOf>, Stop> {
    let i = step.neuron;
    let (neuron, other) = (gamma.neuron(i)?, current.neuron(i)?);
    let size = if star { Neuron::size } else { signed_size };
    let (p, q) = (size(neuron), size(other));
    equal("p", &Q::from(&step.p), &p)?;
    equal("q", &Q::from(&step.q), &q)?;
    let at_most = |name: &str, value: &Q| match value.abs() <= *threshold {
        true => Ok(()),
        false => differ(
            format!("absolute value of {name}"),
            value.abs(),
            format!("at most {threshold}"),
        ),
    };
    let (one, two) = (neuron.direction.as_ref(), other.direction.as_ref());
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
    if star {
        at_most("the jump", &jump(neuron, other))?;
        let label = match (p <= *threshold, q <= *threshold) {
            (true, _) => CaseLabel::GammaSmall,
            (false, true) => CaseLabel::ThetaSmall,
            (false, false) => CaseLabel::Large,
        };
        is_labelled(step, label, "p and q against the threshold")?;
        return Ok(vec![(Some(i), Some(i))]);
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
        let label = match largest(&neuron.c).cmp(&largest(&neuron.a)) {
            Ordering::Greater => CaseLabel::OuterLarger,
            Ordering::Less => CaseLabel::InnerLarger,
            Ordering::Equal => CaseLabel::Balanced,
        };
        let reason = format!("|c| against the norm of a in neuron {i} of Γ");
        is_labelled(step, label, &reason)?;
    }
    Ok(vec![(Some(i), Some(i))])
}

fn is_labelled(step: &Case, label: CaseLabel, reason: &str) -> Result<(), Stop> {
    equal(reason, format!("{:?}", step.case), format!("{label:?}"))
}

/// c·‖a‖_∞ of the real weights, for one output.
fn signed_size(neuron: &Neuron) -> Q {
    let c = neuron.c.first().cloned().unwrap_or_else(Q::zero);
    &neuron.s * &(&c * &largest(&neuron.a))
}

#[cfg(test)]
#[path = "tests/cases.rs"]
mod tests;
