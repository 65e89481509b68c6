//! The network that a construction ends at, its dead neurons as near to Γ's as dead ones can be.

use num_traits::Zero as _;

use super::distance::{Distance, distance};
use super::rewriting::Rewriting;
use super::theorem31::StabilityError;
use crate::certificate::Rule;
use crate::network::Shallow;

/// Φ and its distance from Γ.
pub(super) struct Reached {
    pub(super) phi: Shallow,
    pub(super) distance: Distance,
    /// The steps that gave zero neurons weights again, each with its neuron.
    pub(super) revived: Vec<(usize, Rule)>,
}

impl Reached {
    /// What contributes nothing may be any neuron that contributes nothing: zero neurons take from Γ's what a dead one can have, if Φ is
    /// nearer then.
    pub(super) fn new(mut rewriting: Rewriting, gamma: &Shallow) -> Result<Self, StabilityError> {
        let (phi, distance) = measured(&rewriting, gamma)?;
        let mut revived = Vec::new();
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

fn measured(rewriting: &Rewriting, gamma: &Shallow) -> Result<(Shallow, Distance), StabilityError> {
    let phi = Shallow::new(rewriting.neurons().to_vec())
        .map_err(|_| StabilityError::Impossible("rewriting changed the shape"))?;
    let distance =
        distance(&phi, gamma).ok_or(StabilityError::Impossible("Φ has another shape than Γ"))?;
    Ok((phi, distance))
}
