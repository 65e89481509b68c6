//! What differs between two networks on a box, layer by layer, by which neuron stands for which: intervals, as
//! [`DeepNear`](crate::certificate::DeepNear) says.

use num_traits::{One as _, Signed as _, Zero as _};

use super::interval::{Interval, Intervals, positive};
use crate::exact::Rational;
use crate::exact::rows::{IntegerRow, clear_denominators};
use crate::network::{Deep, Layer};

/// What stands for a neuron: one of the other network's, times a factor > 0, or nothing: then what reads it has its share, about, in a bias.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stand {
    /// The neuron of the other network's layer, and the factor.
    Neuron(usize, Rational),
    /// Nothing.
    Nothing,
}

impl Stand {
    /// A neuron itself.
    pub(super) fn itself(neuron: usize) -> Self {
        Stand::Neuron(neuron, Rational::one())
    }
}

/// A network on a box: its rows as integers, and where the sums of its layers lie, before ρ.
pub(super) struct Given<'a> {
    pub(super) network: &'a Deep,
    pub(super) domain: &'a [Interval],
    pub(super) rows: Vec<Vec<IntegerRow>>,
    pub(super) sums: Vec<Vec<Interval>>,
}

impl<'a> Given<'a> {
    /// Cost: two products a weight.
    pub(super) fn new(network: &'a Deep, domain: &'a [Interval]) -> Self {
        let mut given = Given {
            network,
            domain,
            rows: Vec::new(),
            sums: Vec::new(),
        };
        for (l, layer) in network.layers().iter().enumerate() {
            let reads = Intervals::new(&given.reads(l));
            let rows: Vec<IntegerRow> = layer
                .weights
                .iter()
                .map(|row| clear_denominators(row))
                .collect();
            let sums = rows.iter().zip(&layer.biases);
            given
                .sums
                .push(sums.map(|(row, bias)| reads.sum(row, bias)).collect());
            given.rows.push(rows);
        }
        given
    }

    /// Where the numbers lie that a layer reads.
    pub(super) fn reads(&self, layer: usize) -> Vec<Interval> {
        match layer.checked_sub(1) {
            None => self.domain.to_vec(),
            Some(before) => self.sums[before].iter().map(positive).collect(),
        }
    }
}

/// What is known of the numbers that the next layer reads.
pub(super) struct Walk<'a> {
    given: &'a Given<'a>,
    layer: usize,
    /// Where those of the other network lie.
    other: Vec<Interval>,
    /// What stands for those of the given one.
    pub(super) images: Vec<Stand>,
    /// How much these differ.
    differences: Vec<Interval>,
}

impl<'a> Walk<'a> {
    /// At the inputs.
    pub(super) fn new(given: &'a Given<'a>) -> Self {
        let inputs = given.domain.len();
        Walk {
            given,
            layer: 0,
            other: given.domain.to_vec(),
            images: (0..inputs).map(Stand::itself).collect(),
            differences: vec![(Rational::zero(), Rational::zero()); inputs],
        }
    }

    /// Where w·D lies for a row of the layer, D what differs in what it reads.
    pub(super) fn carried(&self, rows: &[IntegerRow]) -> Vec<Interval> {
        let differing = Intervals::new(&self.differences);
        let sums = rows.iter().map(|row| differing.sum(row, &Rational::zero()));
        sums.collect()
    }

    /// A row of the given network's layer in terms of what the other network reads.
    pub(super) fn translated(&self, row: &[Rational]) -> Vec<Rational> {
        let mut weights = vec![Rational::zero(); self.other.len()];
        for (x, image) in row.iter().zip(&self.images).filter(|(x, _)| !x.is_zero()) {
            match image {
                Stand::Nothing => {}
                Stand::Neuron(l, share) if weights[*l].is_zero() && share.is_one() => {
                    weights[*l] = x.clone()
                }
                Stand::Neuron(l, share) if share.is_one() => weights[*l] += x,
                Stand::Neuron(l, share) => weights[*l] += x * share,
            }
        }
        weights
    }

    /// Through one layer, with the other network's in its place and what stands for its neurons, or outputs; `carried` as [`carried`](Self::carried)
    /// says of all rows of the layer. Cost: some products a weight.
    pub(super) fn go(&mut self, other: &Layer, images: Vec<Stand>, carried: &[Interval]) {
        let layer = &self.given.network.layers()[self.layer];
        let own = &self.given.sums[self.layer];
        let hidden = self.layer + 1 < self.given.network.layers().len();
        let reads = Intervals::new(&self.other);
        let rows = other.weights.iter().zip(&other.biases);
        let sums: Vec<Interval> = rows
            .map(|(row, bias)| reads.sum(&clear_denominators(row), bias))
            .collect();
        let mut differences = Vec::with_capacity(images.len());
        for (i, image) in images.iter().enumerate() {
            let (j, factor) = match image {
                Stand::Neuron(j, factor) => (*j, factor),
                Stand::Nothing => {
                    differences.push(positive(&own[i]));
                    continue;
                }
            };
            let mut rest = self.translated(&layer.weights[i]);
            for (x, y) in rest.iter_mut().zip(&other.weights[j]) {
                match factor.is_one() {
                    true if x == y => *x = Rational::zero(),
                    true => *x -= y,
                    false => *x -= factor * y,
                }
            }
            let constant = &layer.biases[i] - factor * &other.biases[j];
            let (lower, upper) = reads.sum(&clear_denominators(&rest), &constant);
            let (less, more) = &carried[i];
            let sum = (lower + less, upper + more);
            differences.push(match hidden {
                true => behind(sum, &own[i], &sums[j], factor),
                false => sum,
            });
        }
        self.other = sums.iter().map(positive).collect();
        (self.images, self.differences) = (images, differences);
        self.layer += 1;
    }

    /// After the last layer: where the outputs of the given network less those of the other one lie.
    pub(super) fn end(self) -> Vec<Interval> {
        self.differences
    }
}

/// Where ρ(z) − ρ(t z′) lies, if z − t z′ lies in the interval.
fn behind(
    (lower, upper): Interval,
    own: &Interval,
    image: &Interval,
    factor: &Rational,
) -> Interval {
    let zero = Rational::zero;
    let active = !own.0.is_negative() && !image.0.is_negative();
    let (least, most) = match active {
        true => (lower, upper),
        false => (lower.min(zero()), upper.max(zero())),
    };
    let ((from, to), (image_from, image_to)) = (positive(own), positive(image));
    (
        least.max(from - factor * image_to),
        most.min(to - factor * image_from),
    )
}
