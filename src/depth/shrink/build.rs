//! A network in which some neurons stand for others, and how far it is from the given one.

use num_traits::Signed as _;

use super::interval::{Interval, above, middle};
use super::walk::{Given, Stand, Walk};
use crate::exact::Rational;
use crate::network::{Deep, Layer};

/// What becomes of a neuron.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stays.
    Kept,
    /// This neuron of its layer, which stays, stands for it, with the factor.
    Into(usize, Rational),
    /// A constant stands for it.
    Constant,
}

/// A network with fewer neurons, and what differs.
#[derive(Clone, Debug)]
pub(super) struct Built {
    pub(super) network: Deep,
    /// Hidden layers only.
    pub(super) images: Vec<Vec<Stand>>,
    /// How large a difference of an output can be, as far as intervals say.
    pub(super) bound: Rational,
}

/// Neurons that stand for others take what is read of them; the middle of what differs goes into biases. Every number is rounded as told.
///
/// Cost: some products a weight.
pub(super) fn build(
    given: &Given,
    fates: &[Vec<Fate>],
    round: &dyn Fn(Rational) -> Rational,
) -> Built {
    let layers = given.network.layers();
    let mut walk = Walk::new(given);
    let (mut built, mut images) = (Vec::new(), Vec::new());
    for (l, layer) in layers.iter().enumerate() {
        let carried = walk.carried(&given.rows[l]);
        let fates = fates.get(l).map(Vec::as_slice);
        let mut places = vec![0; layer.weights.len()];
        let mut new = Layer {
            weights: Vec::new(),
            biases: Vec::new(),
        };
        for (i, (row, bias)) in layer.weights.iter().zip(&layer.biases).enumerate() {
            if fates.is_some_and(|fates| fates[i] != Fate::Kept) {
                continue;
            }
            places[i] = new.weights.len();
            let weights = walk.translated(row);
            new.weights.push(weights.into_iter().map(round).collect());
            new.biases.push(round(bias + middle(&carried[i])));
        }
        let stand = |i: usize| match fates.map(|fates| &fates[i]) {
            None | Some(Fate::Kept) => Stand::itself(places[i]),
            Some(Fate::Into(j, factor)) => Stand::Neuron(places[*j], factor.clone()),
            Some(Fate::Constant) => Stand::Nothing,
        };
        let stands: Vec<Stand> = (0..layer.weights.len()).map(stand).collect();
        if fates.is_some() {
            images.push(stands.clone());
        }
        walk.go(&new, stands, &carried);
        built.push(new);
    }
    Built {
        network: Deep::new(built).expect("invariant: every layer keeps a neuron"),
        images,
        bound: above(&largest(&walk.end())),
    }
}

/// The largest absolute value of any number in the intervals.
fn largest(intervals: &[Interval]) -> Rational {
    let sizes = intervals
        .iter()
        .map(|(lower, upper)| lower.abs().max(upper.abs()));
    sizes.max().unwrap_or_default()
}
