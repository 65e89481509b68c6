//! The network that a construction ends at: the paper's Φ, or Γ itself where Θ is Γ in another order and scale.

use num_bigint::BigInt;
use num_traits::Zero as _;

use super::distance::{Distance, distance};
use super::error::{Contradiction, StabilityError};
use super::rewriting::Rewriting;
use crate::certificate::Step;
use crate::exact::Rational;
use crate::exact::rows::direction;
use crate::network::{Neuron, Shallow};

/// Φ and its distance from Γ.
pub(super) struct Reached {
    pub(super) phi: Shallow,
    pub(super) distance: Distance,
    /// The steps that gave zero neurons weights again, each with its neuron.
    pub(super) revived: Vec<(usize, Step)>,
}

impl Reached {
    /// The construction makes zero neurons of those that contribute nothing. Where Θ is Γ but for the order and positive factors of its
    /// neurons, these keep Γ's weights, and Φ is Γ.
    pub(super) fn new(
        mut rewriting: Rewriting,
        gamma: &Shallow,
        theta: &Shallow,
    ) -> Result<Self, StabilityError> {
        let (phi, distance) = measured(&rewriting, gamma)?;
        let mut revived = Vec::new();
        if !is_rescaled(gamma, theta) {
            return Ok(Reached {
                phi,
                distance,
                revived,
            });
        }
        rewriting.take_steps();
        for (i, place) in gamma.neurons().iter().enumerate() {
            let own = &rewriting.neurons()[i];
            if !own.has_hyperplane() && own.outer().iter().all(|c| c.is_zero()) {
                rewriting.revive_like(i, place);
                revived.extend(rewriting.take_steps().into_iter().map(|step| (i, step)));
            }
        }
        let (nearer, shorter) = measured(&rewriting, gamma)?;
        Ok(match shorter.value.compare(&distance.value).is_lt() {
            true => Reached {
                phi: nearer,
                distance: shorter,
                revived,
            },
            false => Reached {
                phi,
                distance,
                revived: Vec::new(),
            },
        })
    }
}

/// Whether the neurons of one network are those of the other in some order, each rescaled by a positive factor.
fn is_rescaled(one: &Shallow, other: &Shallow) -> bool {
    // What a positive factor does not change, and what determines a neuron but for one.
    let invariant = |neuron: &Neuron| -> (Vec<BigInt>, Vec<BigInt>, Rational) {
        let product = neuron.product_norm();
        (
            direction(neuron.inner()),
            direction(neuron.outer()),
            product,
        )
    };
    let sorted = |network: &Shallow| {
        let mut all: Vec<_> = network.neurons().iter().map(invariant).collect();
        all.sort();
        all
    };
    sorted(one) == sorted(other)
}

fn measured(rewriting: &Rewriting, gamma: &Shallow) -> Result<(Shallow, Distance), StabilityError> {
    let phi = Shallow::new(rewriting.neurons().to_vec())
        .map_err(|_| StabilityError::Impossible(Contradiction::Rewritten))?;
    let distance = distance(&phi, gamma).ok_or(StabilityError::Impossible(Contradiction::Phi))?;
    Ok((phi, distance))
}
