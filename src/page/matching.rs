//! Which neuron of a network stands in which place of another one that has the same neurons in another order and scale.

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use crate::exact::Rational;
use crate::exact::rows::direction;
use crate::network::{Deep, Layer};

/// For every place of every hidden layer of `phi`, the neuron of `theta` that is there with the factor its row is multiplied by; `None` where there
/// is none with such a row: places whose neurons contribute nothing may hold anything.
///
/// Cost: a greatest common divisor a weight.
pub(super) fn matching(theta: &Deep, phi: &Deep) -> Vec<Vec<Option<(usize, Rational)>>> {
    let mut found: Vec<Vec<Option<(usize, Rational)>>> = Vec::new();
    let hidden = theta.layers().len().saturating_sub(1);
    for (own, placed) in theta.layers().iter().zip(phi.layers()).take(hidden) {
        // What Θ's row is over the neurons as Φ has them.
        let read = found.last();
        let row = |layer: &Layer, i: usize| -> Vec<Rational> {
            let weights = layer.weights[i].iter();
            weights.chain([&layer.biases[i]]).cloned().collect()
        };
        let over = |i: usize| -> Vec<Rational> {
            let given = row(own, i);
            let Some(read) = read else {
                return given;
            };
            let weights = read.iter().map(|place| match place {
                Some((neuron, factor)) => &given[*neuron] / factor,
                None => Rational::zero(),
            });
            weights.chain(given.last().cloned()).collect()
        };
        let rows: Vec<Vec<Rational>> = (0..own.weights.len()).map(over).collect();
        let directions: Vec<Vec<BigInt>> = rows.iter().map(|row| direction(row)).collect();
        let mut taken = vec![false; rows.len()];
        let place = |j: usize| {
            let mut target = row(placed, j);
            // What comes from places that hold anything says nothing.
            for (x, place) in target.iter_mut().zip(read.into_iter().flatten()) {
                if place.is_none() {
                    *x = Rational::zero();
                }
            }
            let wanted = direction(&target);
            let free = |i: &usize| !taken[*i] && directions[*i] == wanted;
            let neuron = (0..rows.len()).find(free)?;
            let mut ratios = target.iter().zip(&rows[neuron]);
            let (x, y) = ratios.find(|(_, y)| !y.is_zero())?;
            taken[neuron] = true;
            let factor = x / y;
            factor.is_positive().then_some((neuron, factor))
        };
        found.push((0..placed.weights.len()).map(place).collect());
    }
    found
}
