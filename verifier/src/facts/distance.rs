//! The rewriting has arrived at Φ, and how far Φ is from Γ.

use std::cmp::Ordering;

use crate::kernel::cost;
use crate::kernel::surd::Sum;
use crate::kernel::verdict::{Locate as _, Stop, differ, equal_shape, reject};
use relucert_format::{Coordinate, Distance, Part};

use super::fact::{Fact, FactForAllK};
use crate::scene::Scene;
use crate::section::Section;

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

/// At every k of a section R(Φ) = R(Θ), and ‖Φ − Γ‖_∞ is the section's distance, attained at the named entry.
pub(super) fn for_all_k(
    neuron: usize,
    named: Coordinate,
    section: &Section,
) -> Result<FactForAllK, Stop> {
    let (gamma, limits) = (&section.gamma, section.limits);
    let phi = section.phi()?;
    equal_shape("Φ", phi.shape(), gamma.shape())?;
    section
        .jumps(&phi, Some(section.theta()?))?
        .vanish(limits)
        .in_part(|| "R(Φ) = R(Θ)".to_owned())?;
    let distance = section.distance()?;
    let mut attained = None;
    for (i, (phi, gamma)) in phi.neurons.iter().zip(&gamma.neurons).enumerate() {
        for part in [Part::Inner, Part::Outer] {
            for (index, (x, y)) in phi.part(part).iter().zip(gamma.part(part)).enumerate() {
                let change = x.sub(y, limits)?;
                let here = Coordinate { part, index };
                distance
                    .bounds(&change, ["the distance", "the change"], limits)
                    .in_part(|| format!("entry {here} of neuron {i}"))?;
                if i == neuron && here == named {
                    attained = Some(change);
                }
            }
        }
    }
    match attained {
        Some(change) => change.has_size("the change of the named entry", &distance, limits)?,
        None => return reject(format!("there is no entry {named} of neuron {neuron}")),
    }
    Ok(FactForAllK::Distance)
}
