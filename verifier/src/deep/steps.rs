//! The checker of every kind of step, and what it establishes.

use relucert_format::{DeepNetworks, DeepStep, Differ, Side};

use super::{boxed, near, rewriting};
use crate::kernel::budget::Budget;
use crate::kernel::cost;
use crate::kernel::deep::Deep;
use crate::kernel::layers::Layers;
use crate::kernel::modulus::Modulus;
use crate::kernel::number::Q;
use crate::kernel::rank::full_rank;
use crate::kernel::verdict::{Locate as _, Stop, equal, reject};
use crate::subject::Domain;

/// The statement's networks, which steps rewrite into others of the same functions.
pub(super) struct Networks {
    pub(super) gamma: Deep,
    pub(super) theta: Option<Deep>,
    pub(super) phi: Option<Deep>,
    /// How far Γ and Θ may differ, if the claim says so.
    pub(super) bound: Option<Q>,
    /// The claim's box.
    pub(super) domain: Option<Box<Domain>>,
    /// Whether Γ was rewritten.
    pub(super) moved: bool,
    /// A tree that the step before left incomplete.
    pub(super) open: Option<boxed::Open>,
}

/// What a step has established.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    /// One of the networks has another form.
    Rewritten,
    /// Two networks have the same function; the smaller side first.
    Same(Side, Side),
    /// R(Γ) and R(Θ) differ.
    Differ,
    /// The rank of the derivative by Γ's parameters is the number, P − h.
    Rank(usize),
    /// A tree was begun.
    Begun,
    /// |f| is at most this on the box.
    Height(Q),
    /// No entry of the Jacobian of f is larger there.
    Slope(Q),
    /// |f| has this value at a point of the box.
    Peak(Q),
    /// An entry of the Jacobian of f has it inside the box.
    Steep(Q),
    /// Γ has so many regions in the box, or more where they are not said to be all.
    Regions(usize, bool),
}

impl Fact {
    /// In whichever order they are named.
    pub(super) fn same(one: Side, other: Side) -> Fact {
        Fact::Same(one.min(other), one.max(other))
    }
}

impl Networks {
    pub(super) fn stated(
        stated: &DeepNetworks,
        domain: Option<&Domain>,
        limits: &Budget,
    ) -> Result<Networks, Stop> {
        let read = |network, name: &str| Deep::stated(network, limits).in_part(|| name.to_owned());
        let theta = stated.theta.as_ref().map(|theta| read(theta, "Θ"));
        let phi = stated.phi.as_ref().map(|phi| read(phi, "Φ"));
        Ok(Networks {
            gamma: read(&stated.gamma, "Γ")?,
            theta: theta.transpose()?,
            phi: phi.transpose()?,
            bound: None,
            domain: domain.map(Box::from),
            moved: false,
            open: None,
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
