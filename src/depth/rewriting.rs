//! A network of any depth that is rewritten, and the steps by which.

use std::mem;

use num_traits::{Signed as _, Zero as _};

use crate::certificate::{
    DeepDrop, DeepMerge, DeepPermute, DeepScale, DeepShorten, DeepStep, Row, Side,
};
use crate::exact::Rational;
use crate::exact::gcd::product;
use crate::network::{Deep, Layer};

/// One change of a layer, numbered as it is then, that leaves the function as it is; each is what the step of a certificate of that name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// New neuron i is old neuron order\[i\].
    Permute {
        /// The layer.
        layer: usize,
        /// A permutation of its neurons.
        order: Vec<usize>,
    },
    /// Row i times factor i, column i divided by it.
    Scale {
        /// The layer.
        layer: usize,
        /// One positive factor a neuron.
        factors: Vec<Rational>,
    },
    /// Neurons of one value, or that nothing reads.
    Drop {
        /// The layer.
        layer: usize,
        /// Increasing.
        neurons: Vec<usize>,
    },
    /// Neurons that are positive multiples of others: pairs of one that is left out, and one that stays.
    Merge {
        /// The layer.
        layer: usize,
        /// Increasing in the first.
        pairs: Vec<[usize; 2]>,
    },
    /// The layer has no neurons: all layers up to it are left out.
    Shorten {
        /// The layer.
        layer: usize,
    },
}

/// The layers of a network as they are now, and what was done to them. A layer may have no neurons until it is left out.
#[derive(Clone, Debug)]
pub struct Rewriting {
    inputs: usize,
    layers: Vec<Layer>,
    moves: Vec<Move>,
}

/// x·y, where many factors are 1.
pub(super) fn times(x: &Rational, y: &Rational) -> Rational {
    product(x, y)
}

impl Move {
    /// The step of a certificate, of one of its networks.
    pub fn step(&self, of: Side) -> DeepStep {
        match self.clone() {
            Move::Permute { layer, order } => DeepStep::Permute(DeepPermute { of, layer, order }),
            Move::Scale { layer, factors } => {
                let factors = Row::of(&factors);
                DeepStep::Scale(DeepScale { of, layer, factors })
            }
            Move::Drop { layer, neurons } => DeepStep::Drop(DeepDrop { of, layer, neurons }),
            Move::Merge { layer, pairs } => DeepStep::Merge(DeepMerge { of, layer, pairs }),
            Move::Shorten { layer } => DeepStep::Shorten(DeepShorten { of, layer }),
        }
    }
}

impl Rewriting {
    /// Nothing is done yet.
    pub fn new(network: &Deep) -> Self {
        Rewriting {
            inputs: network.inputs(),
            layers: network.layers().to_vec(),
            moves: Vec::new(),
        }
    }

    /// The layers as they are now.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// What was done, first to last.
    pub fn moves(&self) -> &[Move] {
        &self.moves
    }

    /// The network as it is now, if every layer has neurons, and what was done.
    pub fn finish(self) -> Option<(Deep, Vec<Move>)> {
        Some((Deep::new(self.layers).ok()?, self.moves))
    }

    /// The layer and the one that reads it.
    fn pair(&mut self, layer: usize) -> [&mut Layer; 2] {
        let [one, next] = &mut self.layers[layer..layer + 2] else {
            unreachable!("a range of two")
        };
        [one, next]
    }

    /// New neuron i is old neuron `order[i]`; nothing is done where that is the order they have.
    ///
    /// # Panics
    /// If the layer is the last one, or `order` no permutation of its neurons.
    pub fn permute(&mut self, layer: usize, order: Vec<usize>) {
        if order.iter().enumerate().all(|(i, old)| i == *old) {
            return;
        }
        let [one, next] = self.pair(layer);
        reorder(&mut one.weights, &order);
        reorder(&mut one.biases, &order);
        for row in &mut next.weights {
            reorder(row, &order);
        }
        self.moves.push(Move::Permute { layer, order });
    }

    /// Row i times factor i, column i divided by it; nothing is done where all are 1.
    ///
    /// # Panics
    /// If the layer is the last one, or there is not one positive factor a neuron.
    pub fn scale(&mut self, layer: usize, factors: Vec<Rational>) {
        let one = Rational::from_integer(1.into());
        if factors.iter().all(|factor| *factor == one) {
            return;
        }
        assert!(
            factors.iter().all(Rational::is_positive),
            "positive factors"
        );
        let [this, next] = self.pair(layer);
        assert_eq!(factors.len(), this.weights.len(), "one factor a neuron");
        let rows = this.weights.iter_mut().zip(&mut this.biases);
        for ((row, bias), factor) in rows.zip(&factors).filter(|(_, factor)| **factor != one) {
            for x in row.iter_mut().chain([bias]) {
                *x = times(x, factor);
            }
        }
        let inverses: Vec<Rational> = factors.iter().map(Rational::recip).collect();
        for row in &mut next.weights {
            for (x, inverse) in row.iter_mut().zip(&inverses) {
                if *inverse != one {
                    *x = times(x, inverse);
                }
            }
        }
        self.moves.push(Move::Scale { layer, factors });
    }

    /// The rows of a layer were made these, by these factors; what reads them is still to be divided by them, which the caller does: see
    /// [`canonical`](super::canonical()).
    pub(super) fn scaled(&mut self, layer: usize, rows: Layer, factors: Vec<Rational>) {
        self.layers[layer] = rows;
        let one = Rational::from_integer(1.into());
        if factors.iter().any(|factor| *factor != one) {
            self.moves.push(Move::Scale { layer, factors });
        }
    }

    /// The last layer was made this one: its columns were divided by the factors before.
    pub(super) fn ended(&mut self, layer: Layer) {
        if let Some(last) = self.layers.last_mut() {
            *last = layer;
        }
    }

    /// Leaves out neurons that have one value, or that nothing reads: see [`dead`](super::simplify()).
    ///
    /// # Panics
    /// If the layer is the last one, or has no such neurons.
    pub fn drop_neurons(&mut self, layer: usize, neurons: Vec<usize>) {
        let reads_positive = layer > 0;
        let [this, next] = self.pair(layer);
        for &i in &neurons {
            let (row, bias) = (&this.weights[i], &this.biases[i]);
            let is_zero = reads_positive && row.iter().chain([bias]).all(|x| !x.is_positive());
            if !is_zero && bias.is_positive() && row.iter().all(Rational::is_zero) {
                for (row, sum) in next.weights.iter().zip(&mut next.biases) {
                    if !row[i].is_zero() {
                        *sum += times(&row[i], bias);
                    }
                }
            }
        }
        leave_out(this, next, &neurons);
        self.moves.push(Move::Drop { layer, neurons });
    }

    /// For every pair [i, j], neuron i a positive multiple of neuron j, i is left out and j read for both.
    ///
    /// # Panics
    /// If the layer is the last one, has no such neurons, or row j is 0.
    pub fn merge(&mut self, layer: usize, pairs: Vec<[usize; 2]>) {
        let [this, next] = self.pair(layer);
        for &[i, j] in &pairs {
            let row = |i: usize| this.weights[i].iter().chain([&this.biases[i]]);
            let ratio = |(x, y): (&Rational, &Rational)| (!y.is_zero()).then(|| x / y);
            let factor = row(i).zip(row(j)).find_map(ratio);
            let factor = factor.expect("a row that is not 0");
            for row in &mut next.weights {
                if !row[i].is_zero() {
                    let share = times(&row[i], &factor);
                    row[j] += share;
                }
            }
        }
        let out: Vec<usize> = pairs.iter().map(|[i, _]| *i).collect();
        leave_out(this, next, &out);
        self.moves.push(Move::Merge { layer, pairs });
    }

    /// Leaves out a layer without neurons, and all before it.
    ///
    /// # Panics
    /// If the layer is the last one.
    pub fn shorten(&mut self, layer: usize) {
        let inputs = self.inputs;
        let [_, next] = self.pair(layer);
        for row in &mut next.weights {
            *row = vec![Rational::zero(); inputs];
        }
        self.layers.drain(..=layer);
        self.moves.push(Move::Shorten { layer });
    }
}

/// Puts a list in another order.
fn reorder<T: Default>(list: &mut Vec<T>, order: &[usize]) {
    *list = order.iter().map(|i| mem::take(&mut list[*i])).collect();
}

/// Leaves out neurons: rows, biases and columns. The list is increasing.
fn leave_out(this: &mut Layer, next: &mut Layer, neurons: &[usize]) {
    keep_others(&mut this.weights, neurons);
    keep_others(&mut this.biases, neurons);
    for row in &mut next.weights {
        keep_others(row, neurons);
    }
}

/// Leaves out the entries at places of an increasing list.
pub(super) fn keep_others<T>(list: &mut Vec<T>, out: &[usize]) {
    let (mut at, mut out) = (0, out.iter().peekable());
    list.retain(|_| {
        let goes = out.next_if_eq(&&at).is_some();
        at += 1;
        !goes
    });
}
