//! What can be left out of a network without looking at other functions: dead, constant and parallel neurons.

use num_traits::Signed as _;

use super::classes::is_zero;
use crate::network::{Neuron, TwoLayer};

/// A network without dead, constant and parallel neurons, and what became of the neurons of the given one.
#[derive(Clone, Debug)]
pub(super) struct Merged {
    pub network: TwoLayer,
    /// Neurons without contribution, alone or, where merged ones cancel, together.
    pub dead: Vec<usize>,
    /// Neurons that went into the output bias.
    pub constant: Vec<usize>,
    /// Neurons that became one, each group increasing; the first of each stays.
    pub groups: Vec<Vec<usize>>,
}

/// Drops dead neurons, folds constant ones into e and merges positively parallel ones (43), the first of each keeping its inner weights.
pub(super) fn merge(network: &TwoLayer) -> Merged {
    let (mut dead, mut constant, mut groups) = (Vec::new(), Vec::new(), Vec::new());
    let mut offset = network.offset.clone();
    for (i, neuron) in network.neurons.iter().enumerate() {
        if network.is_live(i) {
            continue;
        }
        // Not live: either c = 0, or the bias alone is left of a.
        let bias = neuron.inner().get(network.inputs);
        match (bias.filter(|b| b.is_positive()), &mut offset) {
            (Some(bias), Some(offset)) if !is_zero(neuron.outer()) => {
                let value = bias * neuron.scale();
                for (sum, c) in offset.iter_mut().zip(neuron.outer()) {
                    *sum += c * &value;
                }
                constant.push(i);
            }
            _ => dead.push(i),
        }
    }
    let mut kept: Vec<(usize, Neuron)> = Vec::new();
    for group in network.directions().into_values() {
        let neurons: Vec<&Neuron> = group.iter().map(|&i| &network.neurons[i]).collect();
        let sum = neurons[0]
            .absorbing(&neurons[1..])
            .expect("invariant: a group is of one direction");
        if is_zero(sum.outer()) {
            dead.extend(group);
            continue;
        }
        kept.push((group[0], sum));
        if group.len() > 1 {
            groups.push(group);
        }
    }
    kept.sort_unstable_by_key(|(i, _)| *i);
    dead.sort_unstable();
    groups.sort_unstable();
    Merged {
        network: TwoLayer {
            neurons: kept.into_iter().map(|(_, neuron)| neuron).collect(),
            offset,
            ..*network
        },
        dead,
        constant,
        groups,
    }
}
