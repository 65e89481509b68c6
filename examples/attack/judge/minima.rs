//! Local minima of the mean squared error: the loss itself, a bound by intervals, and networks nearby that are better.

use num_traits::{Signed as _, Zero as _};
use relucert::audit::Random;
use relucert::certificate::{LocalMinimumClaim, Statement};
use relucert::exact::Rational;
use relucert::network::{Biased, Network, Neuron, Shallow};

use super::read::{biased, gamma};
use super::{Judged, given, holds, known};

/// How many networks within the radius are tried.
const TRIED: u64 = 64;

/// The mean of ‖R(x) − y‖²; `None` if a sample has another shape.
fn loss(network: &Network, claim: &LocalMinimumClaim) -> Option<Rational> {
    let mut sum = Rational::zero();
    for sample in &claim.samples {
        let x: Vec<Rational> = sample.x.iter().map(|x| x.0.clone()).collect();
        let value = network.eval(&x).ok()?;
        if value.len() != sample.y.len() {
            return None;
        }
        for (value, y) in value.iter().zip(&sample.y) {
            let off = value - &y.0;
            sum += &off * &off;
        }
    }
    Some(sum / Rational::from_integer(claim.samples.len().into()))
}

/// Lower and upper end.
type Interval = (Rational, Rational);

fn around(middle: &Rational, radius: &Rational) -> Interval {
    (middle - radius, middle + radius)
}

fn product(x: &Interval, y: &Interval) -> Interval {
    let ends = [&x.0 * &y.0, &x.0 * &y.1, &x.1 * &y.0, &x.1 * &y.1];
    let least = ends.iter().min().cloned().unwrap_or_default();
    let largest = ends.iter().max().cloned().unwrap_or_default();
    (least, largest)
}

fn add(sum: &mut Interval, other: &Interval) {
    sum.0 += &other.0;
    sum.1 += &other.1;
}

/// No network within the radius has less loss than this: the values of all of them lie in intervals.
fn enclosed(network: &Biased, moving_bias: bool, claim: &LocalMinimumClaim) -> Rational {
    let radius = &claim.radius.0;
    let still = Rational::zero();
    let of_bias = if moving_bias { radius } else { &still };
    let mut sum = Rational::zero();
    for sample in &claim.samples {
        let offset = network.offset().iter();
        let mut values: Vec<Interval> = offset.map(|e| around(e, of_bias)).collect();
        for neuron in network.rows().neurons() {
            let (bias, row) = neuron.inner().split_last().unwrap_or((&still, &[]));
            let mut active = around(bias, of_bias);
            for (a, x) in row.iter().zip(&sample.x) {
                add(
                    &mut active,
                    &product(&around(a, radius), &around(&x.0, &still)),
                );
            }
            let active = (active.0.max(still.clone()), active.1.max(still.clone()));
            for (value, c) in values.iter_mut().zip(neuron.outer()) {
                add(value, &product(&around(c, radius), &active));
            }
        }
        for ((lower, upper), y) in values.into_iter().zip(&sample.y) {
            let gap = (lower - &y.0).max(&y.0 - upper).max(Rational::zero());
            sum += &gap * &gap;
        }
    }
    sum / Rational::from_integer(claim.samples.len().into())
}

/// The network with every weight moved by ± the radius, half of it, or not at all.
fn moved(
    network: &Biased,
    moving_bias: bool,
    radius: &Rational,
    random: &mut Random,
) -> Option<Network> {
    let mut step = |value: &Rational, moves: bool| {
        let parts = random.integer(2);
        match moves {
            true => value + radius * Rational::new(parts.into(), 2.into()),
            false => value.clone(),
        }
    };
    let offset = network.offset().iter();
    let offset = offset.map(|e| step(e, moving_bias)).collect();
    let mut neurons = Vec::new();
    for neuron in network.rows().neurons() {
        let last = neuron.inner().len() - 1;
        let inner = neuron.inner().iter().enumerate();
        let inner = inner
            .map(|(j, a)| step(a, j < last || moving_bias))
            .collect();
        let outer = neuron.outer().iter().map(|c| step(c, true)).collect();
        neurons.push(Neuron::rational(inner, outer));
    }
    Some(Network::Biased(
        Biased::new(Shallow::new(neurons).ok()?, offset).ok()?,
    ))
}

pub fn local_minimum(statement: &Statement, claim: &LocalMinimumClaim) -> Judged {
    let gamma = gamma(statement)?;
    holds(!claim.samples.is_empty(), "there are no samples")?;
    holds(!claim.radius.0.is_negative(), "a radius below 0")?;
    let own = given(loss(&gamma, claim), "a sample of another shape")?;
    holds(own == claim.loss.0, "the loss is another")?;
    let moving_bias = matches!(gamma, Network::Biased(_));
    let network = biased(gamma)?;
    let one = Rational::from_integer(1.into());
    let rational = network
        .rows()
        .neurons()
        .iter()
        .all(|n| *n.scale() == one && n.stretch().is_none());
    known(
        rational.then_some(()),
        "a local minimum among networks with roots",
    )?;
    if enclosed(&network, moving_bias, claim) >= own {
        return Ok(());
    }
    for trial in 0..TRIED {
        let mut random = Random::of_trial(7, trial);
        let other = moved(&network, moving_bias, &claim.radius.0, &mut random);
        let better = other
            .and_then(|other| loss(&other, claim))
            .is_some_and(|loss| loss < own);
        holds(!better, "a network within the radius has less loss")?;
    }
    known(None, "whether a network within the radius has less loss")
}
