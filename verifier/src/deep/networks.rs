//! The networks that steps speak of, as they are now, and what is established.

use relucert_format::{CellGoal, DeepNetworks, Side};

use crate::kernel::budget::Budget;
use crate::kernel::cells::Cells;
use crate::kernel::deep::Deep;
use crate::kernel::number::Q;
use crate::kernel::verdict::{Locate as _, Stop, reject};
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
    pub(super) open: Option<Open>,
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

    pub(super) fn get(&self, side: Side) -> Result<&Deep, Stop> {
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

    pub(super) fn moving(&mut self, side: Side) -> Result<&mut Deep, Stop> {
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

pub(super) fn name(side: Side) -> &'static str {
    match side {
        Side::Gamma => "Γ",
        Side::Theta => "Θ",
        Side::Phi => "Φ",
    }
}

/// A tree that a step has begun and not completed.
pub(super) struct Open(pub(super) Cells, pub(super) CellGoal);
