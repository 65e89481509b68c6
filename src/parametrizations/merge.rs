//! What can be left out of a network without looking at other functions: dead, constant and parallel neurons.

use crate::exact::scalar::{Order, Scalar};
use crate::network::{Neuron, TwoLayer};

/// A network without dead, constant and parallel neurons, and what became of the neurons of the given one.
#[derive(Clone, Debug)]
pub(crate) struct Merged<S> {
    pub network: TwoLayer<S>,
    /// Neurons without contribution, alone or, where merged ones cancel, together.
    pub dead: Vec<usize>,
    /// Neurons that went into the output bias.
    pub constant: Vec<usize>,
    /// Neurons that became one, each group increasing; the first of each stays.
    pub groups: Vec<Vec<usize>>,
}

/// Drops dead neurons, folds constant ones into e and merges positively parallel ones (43), the first of each keeping its inner weights.
pub(crate) fn merge<S: Scalar, O: Order<S>>(
    order: &mut O,
    network: &TwoLayer<S>,
) -> Result<Merged<S>, O::Undecided> {
    let (mut dead, mut constant, mut groups) = (Vec::new(), Vec::new(), Vec::new());
    let mut offset = network.offset.clone();
    let live = network.live(order)?;
    for (i, neuron) in network.neurons.iter().enumerate() {
        if live.binary_search(&i).is_ok() {
            continue;
        }
        // Not live: either c = 0, or the bias alone is left of a.
        match (neuron.inner().get(network.inputs), &mut offset) {
            (Some(bias), Some(offset))
                if !order.all_vanish(neuron.outer())? && order.sign(bias)?.is_gt() =>
            {
                let value = bias.times(neuron.scale());
                for (sum, c) in offset.iter_mut().zip(neuron.outer()) {
                    *sum = sum.plus(&c.times(&value));
                }
                constant.push(i);
            }
            _ => dead.push(i),
        }
    }
    let mut kept: Vec<Neuron<S>> = Vec::new();
    for group in network.classes(order, &live, false)? {
        let mut sum = network.neurons[group[0]].clone();
        for &i in &group[1..] {
            let other = &network.neurons[i];
            let factor = order.factor(other.inner(), sum.inner())?;
            sum = sum.plus_parallel(order, other, &factor)?;
        }
        if order.all_vanish(sum.outer())? {
            dead.extend(group);
            continue;
        }
        kept.push(sum);
        if group.len() > 1 {
            groups.push(group);
        }
    }
    dead.sort_unstable();
    Ok(Merged {
        network: TwoLayer {
            neurons: kept,
            offset,
            ..*network
        },
        dead,
        constant,
        groups,
    })
}
