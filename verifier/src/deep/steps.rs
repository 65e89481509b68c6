//! The checker of every kind of step, and what it establishes.

use relucert_format::{DeepNetworks, DeepStep, Differ, Side};

use super::near::{self, Nearness};
use super::rewriting;
use crate::kernel::budget::Budget;
use crate::kernel::cost;
use crate::kernel::deep::Deep;
use crate::kernel::layers::Layers;
use crate::kernel::modulus::Modulus;
use crate::kernel::number::Q;
use crate::kernel::rank::full_rank;
use crate::kernel::verdict::{Locate as _, Stop, equal, reject};

/// The statement's networks, which steps rewrite into others of the same functions.
pub(super) struct Networks {
    pub(super) gamma: Deep,
    pub(super) theta: Option<Deep>,
    pub(super) phi: Option<Deep>,
    /// Where and how far Γ and Θ may differ, if the claim says so.
    pub(super) near: Option<Nearness>,
    /// Whether Γ was rewritten.
    moved: bool,
}

/// What a step has established.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    /// One of the networks has another form.
    Rewritten,
    /// Two networks have the same function; the smaller side first.
    Same(Side, Side),
    /// R(Γ) and R(Θ) differ.
    Differ,
    /// The rank of the derivative by Γ's parameters is the number, P − h.
    Rank(usize),
    /// Γ and Θ differ by at most the claim's bound on its box.
    Near,
}

impl Fact {
    /// In whichever order they are named.
    pub(super) fn same(one: Side, other: Side) -> Fact {
        Fact::Same(one.min(other), one.max(other))
    }
}

impl Networks {
    pub(super) fn stated(stated: &DeepNetworks, limits: &Budget) -> Result<Networks, Stop> {
        let read = |network, name: &str| Deep::stated(network, limits).in_part(|| name.to_owned());
        let theta = stated.theta.as_ref().map(|theta| read(theta, "Θ"));
        let phi = stated.phi.as_ref().map(|phi| read(phi, "Φ"));
        Ok(Networks {
            gamma: read(&stated.gamma, "Γ")?,
            theta: theta.transpose()?,
            phi: phi.transpose()?,
            near: None,
            moved: false,
        })
    }

    fn get(&self, side: Side) -> Result<&Deep, Stop> {
        let network = match side {
            Side::Gamma => Some(&self.gamma),
            Side::Theta => self.theta.as_ref(),
            Side::Phi => self.phi.as_ref(),
        };
        match network {
            Some(network) => Ok(network),
            None => reject(format!("the statement lacks {}", name(side))),
        }
    }

    fn moving(&mut self, side: Side) -> Result<&mut Deep, Stop> {
        self.get(side)?;
        match side {
            Side::Gamma => {
                self.moved = true;
                Ok(&mut self.gamma)
            }
            Side::Theta => self.theta.as_mut().map_or_else(|| reject("no Θ"), Ok),
            Side::Phi => self.phi.as_mut().map_or_else(|| reject("no Φ"), Ok),
        }
    }
}

fn name(side: Side) -> &'static str {
    match side {
        Side::Gamma => "Γ",
        Side::Theta => "Θ",
        Side::Phi => "Φ",
    }
}

/// Checks a step, by the checker of its kind.
pub(super) fn check(
    step: &DeepStep,
    networks: &mut Networks,
    limits: &Budget,
) -> Result<Fact, Stop> {
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
            let Some(near) = &networks.near else {
                return reject("the claim speaks of no box");
            };
            let both = [Side::Gamma, Side::Theta].map(|side| networks.get(side));
            let [gamma, theta] = both;
            near::check(step, [gamma?, theta?], near, limits)?;
            return Ok(Fact::Near);
        }
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
