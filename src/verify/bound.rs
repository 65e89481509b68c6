//! The rewriting has arrived at Φ, and how far Φ is from Γ.

use std::cmp::Ordering;

use super::limits::Limits;
use super::network::{Network, Neuron, weight_text};
use super::number::Q;
use super::surd::Sum;
use super::verdict::{Stop, differ, reject};
use crate::certificate::{Bound, Part};

const PARTS: [(Part, &str); 2] = [(Part::Inner, "a"), (Part::Outer, "c")];

/// The current network is Φ, and ‖Φ − Γ‖_∞ is `distance`, attained at the named entry. All three have the same shape.
pub(super) fn bound(
    step: &Bound,
    gamma: &Network,
    phi: &Network,
    current: &Network,
    limits: &Limits,
) -> Result<(), Stop> {
    if gamma.shape() != phi.shape() || current.shape() != phi.shape() {
        return reject("Γ, Φ and the current network must have the same shape");
    }
    for (i, (found, stated)) in current.neurons.iter().zip(&phi.neurons).enumerate() {
        for (part, name) in PARTS {
            let pairs = found.part(part).iter().zip(stated.part(part));
            for (k, (x, y)) in pairs.enumerate() {
                if !same_weight((x, &found.s), (y, &stated.s)) {
                    return differ(
                        format!("the current network is not Φ: entry {k} of {name} of neuron {i}"),
                        weight_text(x, &found.s),
                        weight_text(y, &stated.s),
                    );
                }
            }
        }
    }
    let distance = Sum::stated(&step.distance)?;
    let mut attained = false;
    for (i, (one, other)) in gamma.neurons.iter().zip(&phi.neurons).enumerate() {
        for (part, name) in PARTS {
            for k in 0..one.part(part).len() {
                let order = gap(one, other, part, k).compare(&distance, limits);
                let opposite = gap(other, one, part, k).compare(&distance, limits);
                let (order, opposite) = (order?, opposite?);
                if order.max(opposite) == Ordering::Greater {
                    return differ(
                        format!("Φ − Γ exceeds the distance: entry {k} of {name} of neuron {i}"),
                        &step.distance,
                        "at least the absolute value there",
                    );
                }
                let named = (step.neuron, step.part, step.index) == (i, part, k);
                attained |= named && order.max(opposite) == Ordering::Equal;
            }
        }
    }
    if !attained {
        return reject("the distance is not attained at the named entry");
    }
    Ok(())
}

/// x√s = y√t as real numbers: same sign, same square.
fn same_weight((x, s): (&Q, &Q), (y, t): (&Q, &Q)) -> bool {
    x.sign() == y.sign() && (x == y && s == t || s * &x.square() == t * &y.square())
}

/// Entry k of one neuron's weights minus the other's.
fn gap(one: &Neuron, other: &Neuron, part: Part, k: usize) -> Sum {
    let entry = |neuron: &Neuron| match neuron.part(part).get(k) {
        Some(weight) => Sum::zero().plus_root(weight, &neuron.s),
        None => Sum::zero(),
    };
    entry(one).minus(&entry(other))
}

#[cfg(test)]
#[path = "tests/bound.rs"]
mod tests;
