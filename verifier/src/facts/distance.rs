//! The rewriting has arrived at Φ, and how far Φ is from Γ.

use std::cmp::Ordering;

use crate::kernel::cost;
use crate::kernel::surd::Sum;
use crate::kernel::verdict::{Stop, differ, reject};
use relucert_format::{Distance, Part};

use super::fact::Fact;
use crate::scene::Scene;

/// The current network is Φ, and ‖Φ − Γ‖_∞ is the step's value, attained at the named entry.
pub(crate) fn distance(step: &Distance, scene: &Scene) -> Result<Fact, Stop> {
    let (gamma, current, phi) = (&scene.gamma, scene.current()?, scene.phi()?);
    let limits = scene.limits;
    let shape = [phi.d, phi.m, phi.outputs];
    if gamma.shape() != shape || current.shape() != shape {
        return reject("Γ, Φ and the current network must have the same shape");
    }
    let distance = Sum::stated(&step.value, limits)?;
    let mut attained = false;
    let rows = phi.a.iter().zip(&phi.c);
    let neurons = gamma.neurons.iter().zip(rows).zip(&current.neurons);
    for (i, ((gamma, (inner, outer)), current)) in neurons.enumerate() {
        for (part, name, phi) in [(Part::Inner, "a", inner), (Part::Outer, "c", outer)] {
            let weights = gamma.weights(part, limits).zip(phi);
            let weights = weights.zip(current.weights(part, limits));
            for (k, ((x, y), z)) in weights.enumerate() {
                limits.charge(8 * cost::ANY)?;
                let (x, y, z) = (x?, Sum::stated(y, limits)?, z?);
                if z.compare(&y, limits)?.is_ne() {
                    return differ(
                        format!("the current network is not Φ: entry {k} of {name} of neuron {i}"),
                        z,
                        y,
                    );
                }
                let order = y.sub(&x, limits)?.compare_size(&distance, limits)?;
                if order == Ordering::Greater {
                    return differ(
                        format!("Φ − Γ exceeds the distance: entry {k} of {name} of neuron {i}"),
                        &step.value,
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
    Ok(Fact::Distance(step.value.clone(), scene.moves))
}
