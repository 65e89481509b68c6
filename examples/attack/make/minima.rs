//! Local minima: samples on which Γ is exact, and samples on which no neuron is active, nor any near it.

use num_traits::{One as _, Signed as _, Zero as _};
use relucert::audit::Random;
use relucert::certificate::{
    Claim, LocalMinimum, LocalMinimumClaim, Networks, PRODUCER, Sample, StatedRational, Statement,
    Step, Writer,
};
use relucert::exact::Rational;
use relucert::network::{Network, to_certificate};

use crate::networks::{directions, of_neurons, ratio, row, times};

pub fn local_minimum(random: &mut Random, large: bool) -> Option<String> {
    let (d, m, outputs) = match large {
        true => (2, 20 + random.below(20), 1 + random.below(2)),
        false => (2, 1 + random.below(3), 1 + random.below(2)),
    };
    let biased = random.chance(1, 4);
    let rows = directions(random, d + usize::from(biased), m).into_iter();
    let neurons = rows.map(|inner| {
        let inner = times(&inner, &ratio(1, 4));
        relucert::network::Neuron::rational(inner, row(random, outputs))
    });
    let gamma = of_neurons(neurons.collect(), None);
    let gamma = match gamma {
        Network::Shallow(rows) if biased => {
            let offset = row(random, outputs);
            of_neurons(rows.neurons().to_vec(), Some(offset))
        }
        gamma => gamma,
    };
    let (mut samples, mut radius) = (Vec::new(), None);
    for _ in 0..1 + random.below(4) {
        let mut x = row(random, d);
        if random.chance(1, 2) {
            // Far below, where all last inner weights are positive.
            x[d - 1] = ratio(-200, 1);
        }
        let value = gamma.eval(&x).ok()?;
        let margin = (!biased).then(|| inactive(&gamma, &x)).flatten();
        let y = match margin {
            Some(margin) => {
                radius = Some(radius.map_or(margin.clone(), |r: Rational| r.min(margin)));
                row(random, outputs)
            }
            None => value.clone(),
        };
        samples.push((x, y, value));
    }
    let radius = match random.below(4) {
        0 => Rational::zero(),
        1 => radius.unwrap_or_else(Rational::one),
        _ => radius.unwrap_or_else(Rational::one) * ratio(1, 2),
    };
    let squares = samples.iter().map(|(_, y, value)| {
        let pairs = y.iter().zip(value);
        pairs
            .map(|(y, value)| (y - value) * (y - value))
            .sum::<Rational>()
    });
    let loss = squares.sum::<Rational>() / Rational::from_integer(samples.len().into());
    let numbers = |row: Vec<Rational>| row.into_iter().map(StatedRational).collect();
    let samples = samples.into_iter().map(|(x, y, _)| Sample {
        x: numbers(x),
        y: numbers(y),
    });
    let claim = LocalMinimumClaim {
        samples: samples.collect(),
        loss: StatedRational(loss),
        radius: StatedRational(radius),
    };
    let mut writer = Writer::new(
        PRODUCER,
        Statement {
            networks: Networks {
                gamma: to_certificate(&gamma)?,
                theta: None,
                phi: None,
            },
            activation: None,
            claim: Claim::LocalMinimum(claim),
        },
    );
    writer.step(Step::LocalMinimum(LocalMinimum {}));
    Some(writer.finish())
}

/// By how much all weights may move so that no neuron becomes active at x; `None` if one is active.
fn inactive(gamma: &Network, x: &[Rational]) -> Option<Rational> {
    let Network::Shallow(gamma) = gamma else {
        return None;
    };
    let length: Rational = x.iter().map(Rational::abs).sum();
    let margins = gamma.neurons().iter().map(|neuron| {
        let value: Rational = neuron.inner().iter().zip(x).map(|(a, x)| a * x).sum();
        -value
    });
    let least = margins.min()?;
    (least.is_positive() && !length.is_zero()).then(|| least / length)
}
