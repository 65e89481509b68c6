//! The rewriting has arrived at Φ, and how far Φ is from Γ.

use std::cmp::Ordering;

use super::limits::Limits;
use super::network::{Network, Stated};
use super::surd::Sum;
use super::verdict::{Stop, differ, reject};
use relucert_format::{Bound, Part};

/// The current network is Φ, and ‖Φ − Γ‖_∞ is `distance`, attained at the named entry.
pub(super) fn bound(
    step: &Bound,
    gamma: &Network,
    phi: &Stated,
    current: &Network,
    limits: &Limits,
) -> Result<(), Stop> {
    if gamma.shape() != phi.shape || current.shape() != phi.shape {
        return reject("Γ, Φ and the current network must have the same shape");
    }
    let distance = Sum::stated(&step.distance)?;
    let mut attained = false;
    let rows = phi.inner.iter().zip(&phi.outer);
    let neurons = gamma.neurons.iter().zip(rows).zip(&current.neurons);
    for (i, ((gamma, (inner, outer)), current)) in neurons.enumerate() {
        for (part, name, phi) in [(Part::Inner, "a", inner), (Part::Outer, "c", outer)] {
            let weights = gamma.weights(part).zip(phi).zip(current.weights(part));
            for (k, ((x, y), z)) in weights.enumerate() {
                if z.compare(y, limits)?.is_ne() {
                    return differ(
                        format!("the current network is not Φ: entry {k} of {name} of neuron {i}"),
                        z,
                        y,
                    );
                }
                let order = y.clone().minus(&x).compare_size(&distance, limits)?;
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

#[cfg(test)]
#[path = "tests/bound.rs"]
mod tests;
