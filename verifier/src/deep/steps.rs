//! The checker of every kind of step, and what it establishes.

use relucert_format::{DeepStep, Differ, Side};

use super::networks::{Fact, Networks, name};
use super::{boxed, near, rewriting};
use crate::kernel::budget::Budget;
use crate::kernel::cost;
use crate::kernel::deep::Deep;
use crate::kernel::layers::Layers;
use crate::kernel::modulus::Modulus;
use crate::kernel::number::Q;
use crate::kernel::rank::full_rank;
use crate::kernel::verdict::{Stop, equal, reject};

/// Checks a step, by the checker of its kind.
pub(super) fn check(
    step: &DeepStep,
    networks: &mut Networks,
    limits: &Budget,
) -> Result<Fact, Stop> {
    if networks.open.is_some() && !matches!(step, DeepStep::More(_)) {
        return reject("the step before leaves a tree incomplete");
    }
    match step {
        DeepStep::Permute(step) => {
            let network = networks.moving(step.of)?;
            rewriting::permute(network, step.layer, &step.order, limits)?;
        }
        DeepStep::Scale(step) => {
            let network = networks.moving(step.of)?;
            rewriting::scale(network, step.layer, &step.factors, limits)?;
        }
        DeepStep::Drop(step) => {
            let network = networks.moving(step.of)?;
            rewriting::drop_neurons(network, step.layer, &step.neurons, limits)?;
        }
        DeepStep::Merge(step) => {
            let network = networks.moving(step.of)?;
            rewriting::merge(network, step.layer, &step.pairs, limits)?;
        }
        DeepStep::Shorten(step) => {
            rewriting::shorten(networks.moving(step.of)?, step.layer, limits)?;
        }
        DeepStep::Same(step) => {
            let (one, other) = (networks.get(step.one)?, networks.get(step.other)?);
            if step.one == step.other {
                return reject("a network is compared with itself");
            }
            one.check_same(other, [name(step.one), name(step.other)], limits)?;
            return Ok(Fact::same(step.one, step.other));
        }
        DeepStep::Differ(step) => return differ(step, networks, limits),
        DeepStep::Near(step) => {
            let Some(bound) = &networks.bound else {
                return reject("the claim speaks of no bound");
            };
            let both = [Side::Gamma, Side::Theta].map(|side| networks.get(side));
            let [gamma, theta] = both;
            let domain = boxed::domain(networks)?;
            near::check(step, [gamma?, theta?], domain, bound, limits)?;
            return Ok(Fact::Height(bound.clone()));
        }
        DeepStep::Tree(step) => return boxed::tree(step, networks, limits),
        DeepStep::More(step) => return boxed::more(step, networks, limits),
        DeepStep::Peak(step) => return boxed::peak(step, networks, limits),
        DeepStep::Slope(step) => return boxed::slope(step, networks, limits),
        DeepStep::Rank(step) => {
            if networks.moved {
                return reject("the rank is that of Γ as stated, before it is rewritten");
            }
            let layers = |modulus| layers(&networks.gamma, modulus, limits);
            return Ok(Fact::Rank(full_rank(step, layers, limits)?));
        }
    }
    Ok(Fact::Rewritten)
}

/// The two networks have the stated values at the point, and these differ.
fn differ(step: &Differ, networks: &Networks, limits: &Budget) -> Result<Fact, Stop> {
    let point: Vec<Q> = step.point.iter().map(Q::from).collect();
    if let Some(domain) = &networks.domain {
        boxed::check_inside(&step.point, domain, false)?;
    }
    let mut found = Vec::new();
    for (side, stated) in [(Side::Gamma, &step.gamma), (Side::Theta, &step.theta)] {
        let values = networks.get(side)?.at(&point, limits)?;
        let name = name(side);
        equal(format!("values of {name}"), stated.len(), values.len())?;
        for (k, (stated, value)) in stated.iter().zip(&values).enumerate() {
            let reason = format!("output {k} of {name} at the point");
            equal(reason, &Q::from(stated), value)?;
        }
        found.push(values);
    }
    match found.first() == found.last() {
        true => reject("the two functions have the same values there"),
        false => Ok(Fact::Differ),
    }
}

/// The network as layers modulo a prime.
fn layers(network: &Deep, modulus: Modulus, limits: &Budget) -> Result<Layers, Stop> {
    let mut stated = Vec::with_capacity(network.layers.len());
    for layer in &network.layers {
        let mut rows = Vec::with_capacity(layer.rows.len());
        for (row, bias) in layer.rows.iter().zip(&layer.biases) {
            limits.charge(cost::times(row.len(), 4 * cost::ANY))?;
            rows.push(row.iter().chain([bias]).cloned().collect());
        }
        stated.push(rows);
    }
    Layers::new(&stated, network.inputs, true, modulus, limits)
}
