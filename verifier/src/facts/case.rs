//! The case analysis in the proofs of Theorems 3.1 and 3.3: case and facets.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::Zero as _;

use crate::kernel::cost;
use crate::kernel::network::{Direction, Network, Neuron};
use crate::kernel::number::{Q, coordinates, largest, product};
use crate::kernel::verdict::{Stop, differ, equal, reject};
use relucert_format::{Case, CaseLabel, Facet};

use super::fact::{Cased, Fact};
use crate::scene::Scene;

/// The neurons that a facet is of, of Γ and of the current network.
type FacetOf = (Option<usize>, Option<usize>);

/// Checks a case, the inequalities that select it, and the facets where its jumps are read.
pub(crate) fn case(step: &Case, scene: &Scene) -> Result<Fact, Stop> {
    let (gamma, current, limits) = (&scene.gamma, scene.current()?, scene.limits);
    scene.as_many()?;
    let threshold = Q::from(&step.threshold);
    // Whether a hyperplane is another neuron's is asked of all.
    let neurons = gamma.neurons.len() + current.neurons.len();
    let entries = 8 * (gamma.inputs + gamma.outputs);
    limits.charge(cost::times(neurons + entries, 2 * cost::ANY))?;
    let facets = inequalities(step, gamma, current, &threshold)?;
    equal("number of facets", step.facets.len(), facets.len())?;
    for (stated, of) in step.facets.iter().zip(facets) {
        facet(stated, of, scene)?;
    }
    Ok(Fact::Case(Cased {
        neuron: step.neuron,
        threshold,
        star: step.star,
        moves: scene.moves,
    }))
}

/// The point lies on the hyperplane of the named neurons and of no others; across it the gradient jumps by `jump`.
fn facet(step: &Facet, (of_gamma, of_current): FacetOf, scene: &Scene) -> Result<(), Stop> {
    let (gamma, current, limits) = (&scene.gamma, scene.current()?, scene.limits);
    let coordinates = coordinates(&step.point, gamma.inputs, limits)?;
    let longest = coordinates.iter().map(BigInt::bits).max().unwrap_or(0);
    limits.charge(gamma.work(longest).saturating_add(current.work(longest)))?;
    for (network, named, name) in [
        (gamma, of_gamma, "Γ"),
        (current, of_current, "the current network"),
    ] {
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
    let found = match (of_gamma, of_current) {
        (Some(i), Some(j)) => jump(gamma.neuron(i)?, current.neuron(j)?),
        (Some(i), None) => gamma.neuron(i)?.size(),
        (None, Some(j)) => current.neuron(j)?.size(),
        (None, None) => Q::zero(),
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

/// Checks everything about a case but its facets; answers of which neurons these must be.
fn inequalities(
    step: &Case,
    gamma: &Network,
    current: &Network,
    threshold: &Q,
) -> Result<Vec<FacetOf>, Stop> {
    let i = step.neuron;
    let (neuron, other) = (gamma.neuron(i)?, current.neuron(i)?);
    let star = step.star;
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
    // Case 1 of both theorems.
    if step.case == CaseLabel::Unmatched {
        if one.is_some_and(|one| is_on(current, one)) {
            return reject(format!(
                "neuron {i} of Γ lies on a hyperplane of the current network"
            ));
        }
        if two.is_some_and(|two| is_on(gamma, two)) {
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
            // Case A.1 of Theorem 3.3.
            (true, _) => CaseLabel::GammaSmall,
            // Case A.2 of Theorem 3.3.
            (false, true) => CaseLabel::ThetaSmall,
            // Case B of Theorem 3.3.
            (false, false) => CaseLabel::Large,
        };
        is_labelled(step, label, "p and q against the threshold")?;
        return Ok(vec![(Some(i), Some(i))]);
    }
    at_most("p - q", &(&p - &q))?;
    // Case A.
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
            // Case B.1.
            Ordering::Greater => CaseLabel::OuterLarger,
            // Case B.2.
            Ordering::Less => CaseLabel::InnerLarger,
            // Case B.3.
            Ordering::Equal => CaseLabel::Balanced,
        };
        let reason = format!("|c| against the norm of a in neuron {i} of Γ");
        is_labelled(step, label, &reason)?;
    }
    Ok(vec![(Some(i), Some(i))])
}

/// Whether a neuron of the network is on this hyperplane, dead or not.
fn is_on(network: &Network, of: &Direction) -> bool {
    let mut directions = network.directions();
    directions.any(|(_, direction)| direction.line == of.line)
}

fn is_labelled(step: &Case, label: CaseLabel, reason: &str) -> Result<(), Stop> {
    equal(reason, format!("{:?}", step.case), format!("{label:?}"))
}

/// c·‖a‖_∞ of the real weights, for one output.
fn signed_size(neuron: &Neuron) -> Q {
    let c = neuron.c.first().cloned().unwrap_or_else(Q::zero);
    &neuron.s * &(&c * &largest(&neuron.a))
}
