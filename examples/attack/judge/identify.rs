//! Local identifiability: degeneracies that exclude it, and the rank at points on both sides of every hyperplane.

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};
use relucert::Watch;
use relucert::audit::Random;
use relucert::certificate::{IdentifiableClaim, Statement};
use relucert::exact::Rational;
use relucert::exact::linear;
use relucert::exact::rows::{clear_denominators, direction};
use relucert::network::{Network, Neuron};

use super::read::{biased, gamma};
use super::{Judged, holds, known};
use crate::networks::{ratio, row};

/// ⟨a,x⟩ + b.
fn at(neuron: &Neuron, x: &[Rational]) -> Rational {
    let one = ratio(1, 1);
    let terms = neuron.inner().iter().zip(x.iter().chain([&one]));
    terms.map(|(a, x)| a * x).sum()
}

/// The derivatives of the outputs at x by all parameters, up to the scales of neurons: weights, biases if these are parameters, outer weights, output biases.
fn derivatives(
    neurons: &[Neuron],
    outputs: usize,
    moving_bias: bool,
    x: &[Rational],
) -> Vec<Vec<BigInt>> {
    let one = ratio(1, 1);
    let rows = (0..outputs).map(|o| {
        let mut row = Vec::new();
        for neuron in neurons {
            let value = at(neuron, x);
            let active = value.is_positive();
            let inputs = x.iter().chain(moving_bias.then_some(&one));
            row.extend(inputs.map(|x| {
                if active {
                    x * &neuron.outer()[o]
                } else {
                    Rational::zero()
                }
            }));
            let own = |k: usize| {
                if active && k == o {
                    value.clone()
                } else {
                    Rational::zero()
                }
            };
            row.extend((0..outputs).map(own));
        }
        if moving_bias {
            row.extend((0..outputs).map(|k| ratio((k == o).into(), 1)));
        }
        clear_denominators(&row).entries
    });
    rows.collect()
}

pub fn identifiable(statement: &Statement, claim: &IdentifiableClaim) -> Judged {
    let gamma = gamma(statement)?;
    let moving_bias = matches!(gamma, Network::Biased(_));
    let network = biased(gamma)?;
    let (neurons, inputs) = (network.rows().neurons(), network.inputs());
    let (m, outputs) = (neurons.len(), network.outputs());
    let width = inputs + usize::from(moving_bias);
    let offsets = if moving_bias { outputs } else { 0 };
    let full = m * (width + outputs) + offsets - m;
    holds(claim.rank == full, "the rank is not P − h")?;
    let mut lines = Vec::new();
    for neuron in neurons {
        let flat = neuron.inner()[..inputs].iter().all(Rational::is_zero);
        holds(!flat, "a neuron without inner weights")?;
        let dead = neuron.outer().iter().all(Rational::is_zero);
        holds(!dead || width == 1, "a dead neuron")?;
        let line = direction(neuron.inner());
        holds(!lines.contains(&line), "two parallel neurons")?;
        lines.push(line);
    }
    let mut random = Random::of_trial(11, 0);
    let mut rows = Vec::new();
    for neuron in neurons {
        let a = &neuron.inner()[..inputs];
        let square: Rational = a.iter().map(|a| a * a).sum();
        for _ in 0..inputs + 2 {
            let point: Vec<Rational> = row(&mut random, inputs)
                .iter()
                .map(|x| x * ratio(7, 5))
                .collect();
            for side in [-1, 1] {
                let step = ratio(side, 1_000_003) - at(neuron, &point) / &square;
                let x: Vec<Rational> = point.iter().zip(a).map(|(x, a)| x + a * &step).collect();
                if neurons.iter().all(|neuron| !at(neuron, &x).is_zero()) {
                    rows.extend(derivatives(neurons, outputs, moving_bias, &x));
                }
            }
        }
    }
    let rank = linear::rank(&rows, full + m, &Watch::none()).ok();
    known(
        rank.filter(|rank| *rank == full).map(drop),
        "the rank at other points",
    )
}
