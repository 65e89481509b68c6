//! The same function with fewer neurons, at any depth.

use std::collections::HashMap;

use num_traits::{Signed as _, Zero as _};

use super::rewriting::{Move, Rewriting, keep_others};
use super::rows::{Read, primitive};
use crate::exact::Rational;
use crate::network::{Deep, Layer};

/// Why a neuron is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Its column in the next layer is 0.
    Unread,
    /// Its weights are all 0: it has one value, which went into the next biases.
    Constant,
    /// It reads neurons, which are nowhere negative, and its weights and bias are all at most 0: it is 0.
    NeverPositive,
    /// What comes later does not depend on the input.
    BeforeConstant,
}

/// A neuron that was left out, by layer and index of the network as given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dropped {
    /// The layer.
    pub layer: usize,
    /// The neuron; several where positive multiples of each other became one before.
    pub neurons: Vec<usize>,
    /// Why.
    pub why: Why,
}

/// A network and a smaller one of the same function.
#[derive(Clone, Debug)]
pub struct Simplified {
    /// The smaller one: no neuron of it has weights that are all 0, or a column of zeros in the next layer, and no two of a layer are positive
    /// multiples of each
    /// other.
    pub network: Deep,
    /// How one comes from the other.
    pub moves: Vec<Move>,
    /// Neurons that were left out, by layer and index as given.
    pub dropped: Vec<Dropped>,
    /// Layer, and neurons of it, as given, that became one: positive multiples of each other, at least when those that they do not read were left
    /// out.
    pub merged: Vec<(usize, Vec<usize>)>,
    /// For every layer of neurons of the smaller network its number as given, and the indices as given of what each of its neurons was.
    pub kept: Vec<(usize, Vec<Vec<usize>>)>,
}

/// Which neurons of which layer of the given network stand where.
struct Names {
    /// For every layer of neurons its number as given, and for each of its neurons the indices of those it was.
    layers: Vec<(usize, Vec<Vec<usize>>)>,
    dropped: Vec<Dropped>,
}

/// Leaves out what does nothing and merges what is parallel, again and again until nothing changes.
///
/// Cost: a pass looks at every weight, and there are hardly ever more than three.
pub fn simplify(network: &Deep) -> Simplified {
    let mut rewriting = Rewriting::new(network);
    let hidden = network
        .layers()
        .split_last()
        .map_or(&[][..], |(_, all)| all);
    let layers = hidden.iter().enumerate();
    let mut names = Names {
        layers: layers
            .map(|(l, layer)| (l, (0..layer.weights.len()).map(|i| vec![i]).collect()))
            .collect(),
        dropped: Vec::new(),
    };
    while pass(&mut rewriting, &mut names) {}
    let mut merged = Vec::new();
    for (layer, neurons) in &names.layers {
        let groups = neurons.iter().filter(|group| group.len() > 1);
        merged.extend(groups.map(|group| (*layer, group.clone())));
    }
    let mut dropped = names.dropped;
    dropped.sort();
    let (network, moves) = rewriting
        .finish()
        .expect("layers without neurons are left out");
    Simplified {
        network,
        moves,
        dropped,
        merged,
        kept: names.layers,
    }
}

/// From the first layer to the last one; whether anything changed.
fn pass(rewriting: &mut Rewriting, names: &mut Names) -> bool {
    let mut changed = false;
    let mut read: Option<Read> = None;
    let mut l = 0;
    while l + 1 < rewriting.layers().len() {
        let dead = dead(&rewriting.layers()[l], &rewriting.layers()[l + 1], l > 0);
        if !dead.is_empty() {
            names.drop_neurons(l, &dead);
            rewriting.drop_neurons(l, dead.into_iter().map(|(i, _)| i).collect());
            changed = true;
        }
        let rows = primitive(&rewriting.layers()[l], read.as_ref());
        let mut first: HashMap<&[num_bigint::BigInt], usize> = HashMap::new();
        let mut pairs = Vec::new();
        for (i, row) in rows.rows.iter().enumerate() {
            match first.get(row.as_slice()) {
                Some(j) => pairs.push([i, *j]),
                None => drop(first.insert(row, i)),
            }
        }
        let mut factors = rows.factors.clone();
        if !pairs.is_empty() {
            let out: Vec<usize> = pairs.iter().map(|[i, _]| *i).collect();
            keep_others(&mut factors, &out);
            names.merge(l, &pairs);
            rewriting.merge(l, pairs);
            changed = true;
        }
        if rewriting.layers()[l].weights.is_empty() {
            names.shorten(l);
            rewriting.shorten(l);
            (l, read, changed) = (0, None, true);
            continue;
        }
        read = Some(Read::new(factors));
        l += 1;
    }
    changed
}

/// Neurons of a layer that have one value, or that the next one does not read, with the reason; `reads_positive` where the layer reads neurons, and
/// not the
/// input.
///
/// Cost: a look at every weight.
pub fn dead(layer: &Layer, next: &Layer, reads_positive: bool) -> Vec<(usize, Why)> {
    let mut is_read = vec![false; layer.weights.len()];
    for row in &next.weights {
        for (is_read, weight) in is_read.iter_mut().zip(row) {
            *is_read |= !weight.is_zero();
        }
    }
    let why = |(i, (row, bias)): (usize, (&Vec<Rational>, &Rational))| {
        let why = if !is_read[i] {
            Why::Unread
        } else if row.iter().all(Rational::is_zero) {
            Why::Constant
        } else if reads_positive && row.iter().chain([bias]).all(|x| !x.is_positive()) {
            Why::NeverPositive
        } else {
            return None;
        };
        Some((i, why))
    };
    let rows = layer.weights.iter().zip(&layer.biases).enumerate();
    rows.filter_map(why).collect()
}

impl Names {
    fn drop_neurons(&mut self, l: usize, dead: &[(usize, Why)]) {
        let (layer, neurons) = &mut self.layers[l];
        for &(i, why) in dead {
            self.dropped.push(Dropped {
                layer: *layer,
                neurons: neurons[i].clone(),
                why,
            });
        }
        let out: Vec<usize> = dead.iter().map(|(i, _)| *i).collect();
        keep_others(neurons, &out);
    }

    fn merge(&mut self, l: usize, pairs: &[[usize; 2]]) {
        let neurons = &mut self.layers[l].1;
        for &[i, j] in pairs {
            let own = neurons[i].clone();
            neurons[j].extend(own);
            neurons[j].sort_unstable();
        }
        let out: Vec<usize> = pairs.iter().map(|[i, _]| *i).collect();
        keep_others(neurons, &out);
    }

    fn shorten(&mut self, l: usize) {
        for (layer, neurons) in self.layers.drain(..=l) {
            let dropped = neurons.into_iter().map(|neurons| Dropped {
                layer,
                neurons,
                why: Why::BeforeConstant,
            });
            self.dropped.extend(dropped);
        }
    }
}
