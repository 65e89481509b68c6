//! The rewriting has arrived at Φ, and how far Φ is from Γ.

use std::cmp::Ordering;

use super::limits::Limits;
use super::network::{Network, weight_text};
use super::number::Q;
use super::surd::Sum;
use super::verdict::{Stop, differ, reject};
use crate::certificate::{Bound, Part};

/// The current network is Φ, and ‖Φ − Γ‖_∞ is `distance`, attained at the named entry.
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
    let distance = Sum::stated(&step.distance)?;
    let mut attained = false;
    let neurons = gamma.neurons.iter().zip(&phi.neurons).zip(&current.neurons);
    for (i, ((gamma, phi), current)) in neurons.enumerate() {
        for (part, name) in [(Part::Inner, "a"), (Part::Outer, "c")] {
            let weights = gamma
                .part(part)
                .iter()
                .zip(phi.part(part))
                .zip(current.part(part));
            for (k, ((x, y), z)) in weights.enumerate() {
                if !same_weight((y, &phi.s), (z, &current.s)) {
                    return differ(
                        format!("the current network is not Φ: entry {k} of {name} of neuron {i}"),
                        weight_text(z, &current.s),
                        weight_text(y, &phi.s),
                    );
                }
                let gap = Sum::zero().plus_root(y, &phi.s).plus_root(&-x, &gamma.s);
                let opposite = Sum::zero().minus(&gap);
                let order = gap
                    .compare(&distance, limits)?
                    .max(opposite.compare(&distance, limits)?);
                if order == Ordering::Greater {
                    return differ(
                        format!("Φ − Γ exceeds the distance: entry {k} of {name} of neuron {i}"),
                        &step.distance,
                        "at least the absolute value there",
                    );
                }
                let named = (step.neuron, step.part, step.index) == (i, part, k);
                attained |= named && order == Ordering::Equal;
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

#[cfg(test)]
#[path = "tests/bound.rs"]
mod tests;
