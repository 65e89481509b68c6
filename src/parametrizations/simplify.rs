//! The same function with fewer neurons.

use super::exhaustion::Limits;
use super::merge::merge;
use super::minimal::{Minimal, minimal};
use crate::exact::scalar::{Numbers, known};
use crate::network::{Network, Neuron, ShapeError, TwoLayer};

/// A smaller network of the same function, and what became of the given one's neurons.
#[derive(Clone, Debug)]
pub struct Simplified {
    /// The network; one zero neuron stands for none.
    pub network: Network,
    /// Neurons that contribute nothing, alone or, where parallel ones cancel, together.
    pub dead: Vec<usize>,
    /// Neurons with a_i = 0 that went into the output bias.
    pub constant: Vec<usize>,
    /// Positively parallel neurons that became one, group by group.
    pub merged: Vec<Vec<usize>>,
    /// How many neurons are left after that.
    pub after_merging: usize,
    /// What is known of the least number.
    pub minimal: Minimal,
}

/// Drops dead neurons, folds constants, merges parallel ones, and turns neurons round where that saves some (flips, opposite pairs): the least
/// number of neurons for one output within the limits, and as few as [`minimal`] finds for more. With `balance` every neuron has
/// ‖c_i‖_∞ = ‖a_i‖_∞ (its bias counted with a_i), with square roots where needed. `None` for a deep network.
///
/// Cost: that of [`minimal`].
///
/// # Errors
/// Never for a network; the type is that of making one.
pub fn simplify(
    network: &Network,
    balance: bool,
    limits: &Limits,
) -> Result<Option<Simplified>, ShapeError> {
    let (Some(affine), Some(minimal)) = (TwoLayer::of(network), minimal(network, limits)?) else {
        return Ok(None);
    };
    let merged = known(merge(&mut Numbers, &affine));
    let mut smaller = minimal.network.clone();
    if balance && let Some(mut network) = TwoLayer::of(&smaller) {
        network.neurons = network.neurons.iter().map(Neuron::balanced).collect();
        smaller = network.into_network()?;
    }
    Ok(Some(Simplified {
        network: smaller,
        after_merging: merged.network.neurons.len(),
        dead: merged.dead,
        constant: merged.constant,
        merged: merged.groups,
        minimal,
    }))
}
