//! The hypotheses C.1, C.2, C.3a and C.3b of Theorem 3.1, violations of them, and the sets N′ and N*.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use num_bigint::BigInt;

use crate::kernel::budget::Budget;
use crate::kernel::network::{Direction, Network, Neuron, weight_text};
use crate::kernel::number::Q;
use crate::kernel::surd::Sum;
use crate::kernel::verdict::{Stop, differ, reject};
use relucert_format::{
    BalancedSet, Claim, Condition, ConditionClaim, ConditionFact, ConditionName, Member, Side,
    Surd, Violation,
};

use super::fact::Fact;
use crate::kernel::number::largest;
use crate::scene::Scene;

pub(crate) fn condition(step: &ConditionFact, scene: &Scene) -> Result<Fact, Stop> {
    match step {
        ConditionFact::Holds(step) => holds(step, scene),
        ConditionFact::Violated {} => {
            let Claim::Condition(claim) = scene.claim else {
                return reject("the claim speaks of no violation");
            };
            violation(claim, scene)?;
            Ok(Fact::Violated)
        }
        ConditionFact::Member(Member { network, set }) => {
            scene.with_network(*network, |network, name| {
                member(network, *set, name, scene.limits)
            })?;
            Ok(Fact::Member(*network, *set))
        }
    }
}

fn holds(step: &Condition, scene: &Scene) -> Result<Fact, Stop> {
    let (gamma, live) = (&scene.gamma, step.live);
    // Every direction is compared and copied, every weight compared.
    scene.limits.charge(scene.looked_at(4))?;
    match (step.name, &step.beta, &step.threshold) {
        (ConditionName::Balance, Some(beta), Some(threshold)) if !live => {
            let threshold = Q::from(threshold);
            balance(gamma, beta, &threshold, scene.limits)?;
            return Ok(Fact::Balanced(beta.clone(), threshold));
        }
        (ConditionName::Balance, ..) => {
            return reject("C.1 needs beta and threshold, and is of all neurons");
        }
        (_, None, None) => {}
        _ => return reject("beta and threshold belong to C.1 alone"),
    }
    match step.name {
        ConditionName::NoParallel => no_parallel(gamma, live, "Γ")?,
        ConditionName::NoOppositePossible => {
            let (current, one, other) = (scene.current()?, "Γ", "the current network");
            no_opposite(gamma, gamma, live, ["C.3a", one, one])?;
            no_opposite(current, current, live, ["C.3a", other, other])?;
            no_opposite(gamma, current, live, ["C.3b", one, other])?;
        }
        _ => return reject("C.3a and C.3b are shown together, as C.3"),
    }
    Ok(Fact::Holds(step.name, live, scene.moves))
}

/// The network is in N′ or N*.
pub(super) fn member(
    network: &Network,
    set: BalancedSet,
    name: &str,
    limits: &Budget,
) -> Result<(), Stop> {
    limits.charge(network.work(64).saturating_mul(2))?;
    for (i, neuron) in network.neurons.iter().enumerate() {
        // All weights of a neuron have the same root.
        let (outer, inner) = (largest(&neuron.c), largest(&neuron.a));
        if outer != inner || neuron.stretch.is_some() {
            return differ(
                format!("neuron {i} of {name} is not balanced: its largest outer weight"),
                outer,
                format!("{inner}, times the same root"),
            );
        }
    }
    no_parallel(network, false, name)?;
    if set == BalancedSet::NStar {
        let Some(first) = network.inputs.checked_sub(2) else {
            return reject("N* needs two inputs");
        };
        for (i, neuron) in network.neurons.iter().enumerate() {
            if !neuron.a.iter().skip(first).all(Q::is_positive) {
                return reject(format!(
                    "neuron {i} of {name} is not in N*: the last two entries of its a are not both positive"
                ));
            }
        }
    }
    Ok(())
}

/// C.1: ‖c_i a_i‖ ≤ threshold implies |c_i|, ‖a_i‖ ≤ β, for every i.
fn balance(gamma: &Network, beta: &Surd, threshold: &Q, limits: &Budget) -> Result<(), Stop> {
    let allowed = Sum::stated(beta, limits)?;
    for (i, neuron) in gamma.neurons.iter().enumerate() {
        if neuron.size() > *threshold {
            continue;
        }
        let largest = neuron.largest_weight(limits)?;
        if largest.compare(&allowed, limits)? == Ordering::Greater {
            let weight = weight_text(&neuron.largest_part(), &neuron.s);
            return differ(
                format!("C.1 fails at neuron {i} of Γ"),
                format!("a weight {weight}"),
                format!("at most beta = {beta}"),
            );
        }
    }
    Ok(())
}

/// The least β for which C.1 holds at this threshold: max(|c_i|, ‖a_i‖) over ‖c_i a_i‖ ≤ threshold, 0 if there is no such i.
pub(crate) fn least_beta(gamma: &Network, threshold: &Q, limits: &Budget) -> Result<Sum, Stop> {
    let small = gamma.neurons.iter().filter(|n| n.size() <= *threshold);
    largest_weight(small, limits)
}

/// The largest weight of some neurons; 0 if there are none.
fn largest_weight<'a>(
    neurons: impl Iterator<Item = &'a Neuron>,
    limits: &Budget,
) -> Result<Sum, Stop> {
    let weights = neurons.map(|neuron| {
        let part = neuron.largest_part();
        (&part.square() * &neuron.s, part, &neuron.s)
    });
    // Largest weights are not negative, so they compare as their squares.
    match weights.max_by(|one, other| one.0.cmp(&other.0)) {
        Some((_, part, s)) => Sum::zero().plus_root(&part, s, limits),
        None => Ok(Sum::zero()),
    }
}

/// The refined bound (N6) max(√T, max_U (β_i + √T)).
///
/// Of C.3 for live neurons: on a hyperplane of a live neuron of Γ all live neurons of Θ′ have its direction, so their merged outer
/// weight has the sign of the jump κ of g, whatever Θ realises g. U are the neurons of Γ that are dead, or where c and κ do not have
/// the same sign.
pub(crate) fn refined_bound(
    gamma: &Network,
    theta: &Network,
    threshold: &Q,
    limits: &Budget,
) -> Result<Sum, Stop> {
    let mut jumps: BTreeMap<&[BigInt], Q> = BTreeMap::new();
    for neuron in &theta.neurons {
        if let (Some(direction), Some(w)) = (&neuron.direction, neuron.weight().first()) {
            let jump = jumps.entry(&direction.line).or_insert_with(Q::zero);
            *jump = &*jump + w;
        }
    }
    let apart = gamma.neurons.iter().filter(|neuron| {
        let line = neuron
            .direction
            .as_ref()
            .map(|direction| &direction.line[..]);
        let jump = line
            .and_then(|line| jumps.get(line))
            .map_or(Ordering::Equal, Q::sign);
        !neuron.is_live(gamma.inputs) || neuron.c.first().map(Q::sign) != Some(jump)
    });
    largest_weight(apart, limits)?.plus_root(&Q::one(), threshold, limits)
}

/// The directions of all neurons with a ≠ 0, or of the live ones alone.
fn directions(network: &Network, live: bool) -> impl Iterator<Item = (usize, &Direction)> {
    let counts = move |i: usize| {
        let neuron = network.neurons.get(i);
        !live || neuron.is_some_and(|neuron| neuron.is_live(network.inputs))
    };
    network.directions().filter(move |(i, _)| counts(*i))
}

/// C.2: no two non-zero a_i of the network are positive multiples of each other; perhaps of live neurons alone.
fn no_parallel(network: &Network, live: bool, name: &str) -> Result<(), Stop> {
    let mut seen = BTreeMap::new();
    for (j, direction) in directions(network, live) {
        if let Some(i) = seen.insert(direction, j) {
            return reject(format!(
                "C.2 fails: neurons {i} and {j} of {name} have the same direction"
            ));
        }
    }
    Ok(())
}

/// C.3: no non-zero a_j of the one network is a negative multiple of an a_i of the other (perhaps the same); perhaps of live
/// neurons alone.
fn no_opposite(one: &Network, other: &Network, live: bool, names: [&str; 3]) -> Result<(), Stop> {
    let seen: BTreeMap<&Direction, usize> = directions(one, live).map(|(i, d)| (d, i)).collect();
    for (j, direction) in directions(other, live) {
        let opposite = Direction {
            line: direction.line.clone(),
            positive: !direction.positive,
        };
        if let Some(i) = seen.get(&opposite) {
            let [condition, one, other] = names;
            return reject(format!(
                "{condition} fails: neuron {i} of {one} and neuron {j} of {other} have opposite directions"
            ));
        }
    }
    Ok(())
}

/// Checks the violation of a `condition` claim, except that r is at least its `r_lower`, and that no orientation fits: these are facts of
/// their own.
fn violation(claim: &ConditionClaim, scene: &Scene) -> Result<(), Stop> {
    let (gamma, limits) = (&scene.gamma, scene.limits);
    let ConditionClaim {
        name,
        network,
        ref violation,
    } = *claim;
    match (name, network, violation) {
        (
            ConditionName::Balance,
            None,
            Violation::Unbalanced {
                i,
                beta,
                size,
                r_lower,
            },
        ) => unbalanced(gamma, *i, beta, size, &Q::from(r_lower), limits),
        // The fact is that none fits.
        (ConditionName::NoOppositePossible, None, Violation::NoOrientation {}) => Ok(()),
        (ConditionName::NoOppositeBetween, None, Violation::Multiple { i, j, factor }) => {
            multiple((gamma, *i), (scene.theta()?, *j), factor, false)
        }
        (
            ConditionName::NoParallel | ConditionName::NoOppositeWithin,
            Some(side),
            Violation::Multiple { i, j, factor },
        ) => {
            let parallel = name == ConditionName::NoParallel;
            let network = match side {
                Side::Gamma => gamma,
                Side::Theta if !parallel => scene.theta()?,
                Side::Theta => return reject("C.2 speaks of Γ alone"),
                Side::Phi => return reject("no hypothesis speaks of Φ"),
            };
            if i >= j {
                return differ(
                    "the two neurons must be in increasing order",
                    i,
                    format!("below {j}"),
                );
            }
            multiple((network, *i), (network, *j), factor, parallel)
        }
        _ => reject("the violation or the named network does not belong to this condition"),
    }
}

/// ‖c_i a_i‖ ≤ 2·r_lower, but max(|c_i|, ‖a_i‖) = size > β.
fn unbalanced(
    gamma: &Network,
    i: usize,
    beta: &Surd,
    size: &Surd,
    r_lower: &Q,
    limits: &Budget,
) -> Result<(), Stop> {
    let neuron = gamma.neuron(i)?;
    if neuron.size() > r_lower.double() {
        let most = format!("at most 2r >= {}", r_lower.double());
        return differ(
            format!("product of the weights of neuron {i}"),
            neuron.size(),
            most,
        );
    }
    let stated = Sum::stated(size, limits)?;
    let largest = neuron.largest_weight(limits)?;
    if largest.compare(&stated, limits)?.is_ne() {
        let weight = weight_text(&neuron.largest_part(), &neuron.s);
        return differ(format!("largest weight of neuron {i}"), size, weight);
    }
    let beta_value = Sum::stated(beta, limits)?;
    if beta_value.sign(limits)? == Ordering::Less {
        return differ("beta must not be negative", beta, ">= 0");
    }
    if stated.compare(&beta_value, limits)? != Ordering::Greater {
        return differ(
            "the largest weight does not exceed beta",
            size,
            format!("> {beta}"),
        );
    }
    Ok(())
}

/// √s_j a_j = factor·√s_i a_i ≠ 0, where the factor has the named sign.
fn multiple(
    (one, i): (&Network, usize),
    (other, j): (&Network, usize),
    factor: &Surd,
    positive: bool,
) -> Result<(), Stop> {
    let (coefficient, radicand) = match factor.terms.as_slice() {
        [] => (Q::from(&factor.rational), Q::one()),
        [(q, n)] if Q::from(&factor.rational).is_zero() => (Q::from(q), Q::from(n.clone())),
        _ => {
            return reject("the factor must be rational or a rational multiple of one square root");
        }
    };
    let sign = if positive {
        Ordering::Greater
    } else {
        Ordering::Less
    };
    if coefficient.sign() != sign {
        let expected = if positive { "> 0" } else { "< 0" };
        return differ("the factor's sign", factor, expected);
    }
    let (first, second) = (one.neuron(i)?, other.neuron(j)?);
    if first.direction.is_none() {
        return reject(format!("a of neuron {i} is zero"));
    }
    let ratio = &(&coefficient.square() * &radicand) * &first.s;
    for (k, (x, y)) in first.a.iter().zip(&second.a).enumerate() {
        let signs_agree = (x * &coefficient).sign() == y.sign();
        if !signs_agree || &ratio * &x.square() != &second.s * &y.square() {
            return reject(format!(
                "entry {k} of a of neuron {j} is not {factor} times that of neuron {i}"
            ));
        }
    }
    Ok(())
}
