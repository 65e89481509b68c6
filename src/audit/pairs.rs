//! Adversarial random pairs for the case analyses, and random networks for the lift: near the boundaries of every case, with zero
//! neurons, dead ones, parallel ones that merge, merge to zero, and the theorem's extremal configurations.

use num_traits::{One, Signed, Zero};

use super::random::Random;
use crate::exact::Rational;
use crate::network::{Biased, Neuron, Shallow};

/// Γ and Θ of the same shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RandomPair {
    /// Γ.
    pub gamma: Shallow,
    /// Θ.
    pub theta: Shallow,
}

fn small(p: i64, q: i64) -> Rational {
    Rational::new(p.into(), q.into())
}

fn times(row: &[Rational], factor: &Rational) -> Vec<Rational> {
    row.iter().map(|entry| entry * factor).collect()
}

/// A pair for Theorem 3.1 (one output): hypotheses hold often, but not always.
pub fn main_pair(random: &mut Random) -> Option<RandomPair> {
    if random.chance(1, 12) {
        return extremal_main(random);
    }
    let inputs = 1 + random.below(3);
    let neurons = 1 + random.below(4);
    let (mut gamma, mut theta) = (Vec::new(), Vec::new());
    for _ in 0..neurons {
        let own = match random.below(12) {
            0 => Neuron::zero(inputs, 1),
            1 => one_dead(random, inputs),
            _ => live(random, inputs),
        };
        if theta.len() < neurons {
            let partner = partner(random, &own);
            theta.push(partner);
        }
        if theta.len() < neurons && random.chance(1, 4) {
            // A positive multiple of the last one: they merge, sometimes to zero.
            let last: &Neuron = &theta[theta.len() - 1];
            let factor = random.positive();
            let outer = match random.chance(1, 3) {
                true => times(last.outer(), &-factor.recip()),
                false => vec![random.fraction()],
            };
            theta.push(Neuron::rational(times(last.inner(), &factor), outer));
        }
        gamma.push(own);
    }
    theta.truncate(neurons);
    let order = random.order(neurons);
    let theta = order.iter().map(|&j| theta[j].clone()).collect();
    Some(RandomPair {
        gamma: Shallow::new(gamma).ok()?,
        theta: Shallow::new(theta).ok()?,
    })
}

fn live(random: &mut Random, inputs: usize) -> Neuron {
    let mut inner: Vec<Rational> = (0..inputs).map(|_| random.fraction()).collect();
    if inner.iter().all(Zero::is_zero) {
        inner[0] = Rational::one();
    }
    let scale = random.positive();
    let inner = times(&inner, &scale);
    let outer = match random.below(4) {
        // Balanced.
        0 | 1 => {
            let size = largest(&inner);
            if random.chance(1, 2) { -size } else { size }
        }
        _ => {
            let factor = random.positive();
            let c = random.fraction() * factor;
            if c.is_zero() { Rational::one() } else { c }
        }
    };
    Neuron::rational(inner, vec![outer])
}

fn one_dead(random: &mut Random, inputs: usize) -> Neuron {
    let alive = live(random, inputs);
    match random.chance(1, 2) {
        true => Neuron::rational(alive.inner().to_vec(), vec![Rational::zero()]),
        false => Neuron::rational(vec![Rational::zero(); inputs], alive.outer().to_vec()),
    }
}

/// Θ's neuron against a neuron of Γ: mostly on its hyperplane, with a product near p, near 0, of the other sign, or exactly off by
/// what others give; sometimes elsewhere, opposite, zero or dead.
fn partner(random: &mut Random, own: &Neuron) -> Neuron {
    let inputs = own.inner().len();
    let choice = random.below(16);
    if choice < 3 || !own.has_hyperplane() {
        return match random.below(4) {
            0 => Neuron::zero(inputs, 1),
            1 => one_dead(random, inputs),
            _ => live(random, inputs),
        };
    }
    let p = &own.outer()[0] * largest(own.inner());
    let q = match choice {
        3 | 4 => p.clone(),
        5..=7 => &p + small(1, 5),
        8 => &p * small(11, 10),
        9 => &p * small(99, 100),
        10 => -&p,
        11 => -&p * small(1, 10),
        12 => Rational::zero(),
        13 => &p + &p,
        14 => &p + Rational::one(),
        _ => &p * small(1, 2),
    };
    let length = random.positive();
    let unit = largest(own.inner()).recip();
    let mut inner = times(own.inner(), &(unit * &length));
    if random.chance(1, 40) {
        inner = times(&inner, &-Rational::one());
    }
    Neuron::rational(inner, vec![q / length])
}

fn largest(row: &[Rational]) -> Rational {
    let sizes = row.iter().map(|entry| entry.abs());
    sizes.max().unwrap_or_else(Rational::zero)
}

/// Scaled, reordered variants of the pair that attains β + √2·√r: jumps −r, 2r, −r.
fn extremal_main(random: &mut Random) -> Option<RandomPair> {
    let size = random.positive();
    let large = small(10 + i64::try_from(random.below(90)).ok()?, 1);
    let row = |x: &Rational, y: Rational| vec![x.clone(), y];
    let two = small(2, 1);
    let side = &large + &two / &large;
    let tilt = small(1 + random.integer(3).abs(), 5);
    let gamma = [
        (row(&large, Rational::one()), large.clone()),
        (row(&two, tilt.clone()), two.clone()),
        (row(&-&large, Rational::one()), large.clone()),
    ];
    let theta = [
        (row(&large, Rational::one()), side.clone()),
        (row(&-&two, tilt), -&two),
        (row(&-&large, Rational::one()), side.clone()),
    ];
    if random.chance(1, 3) {
        return matched_extremal(
            random,
            &[row(&large, Rational::one()), row(&-&large, Rational::one())],
            &large,
            &side,
        );
    }
    let order = random.order(3);
    let build = |neurons: &[(Vec<Rational>, Rational)]| {
        let neurons = order.iter().map(|&i| {
            let (inner, outer) = &neurons[i];
            Neuron::rational(times(inner, &size), vec![outer * &size])
        });
        Shallow::new(neurons.collect()).ok()
    };
    Some(RandomPair {
        gamma: build(&gamma)?,
        theta: build(&theta)?,
    })
}

/// The same jumps with all hyperplanes shared: two neurons change their products by exactly 2r. `sides` are the two rows that
/// compensate, with outer weights `large` in Γ and `side` in Θ.
fn matched_extremal(
    random: &mut Random,
    sides: &[Vec<Rational>; 2],
    large: &Rational,
    side: &Rational,
) -> Option<RandomPair> {
    let middle = [2, -2].map(|x| vec![small(x, 1), small(2, 5)]);
    let order = random.order(4);
    let build = |outer: &Rational, inner: i64| {
        let sides = sides
            .iter()
            .map(|row| Neuron::rational(row.clone(), vec![outer.clone()]));
        let middle = middle
            .iter()
            .map(|row| Neuron::rational(row.clone(), vec![small(inner, 1)]));
        let all: Vec<Neuron> = sides.chain(middle).collect();
        Shallow::new(order.iter().map(|&i| all[i].clone()).collect()).ok()
    };
    Some(RandomPair {
        gamma: build(large, 4)?,
        theta: build(side, 2)?,
    })
}

/// A pair in N* (Theorem 3.3), one or two outputs.
pub fn star_pair(random: &mut Random) -> Option<RandomPair> {
    if random.chance(1, 12) {
        return extremal_star(random);
    }
    let inputs = 2 + random.below(2);
    let outputs = 1 + random.below(2);
    let neurons = 1 + random.below(4);
    let mut gamma: Vec<Neuron> = Vec::new();
    let mut theta: Vec<Neuron> = Vec::new();
    for _ in 0..neurons {
        let own = star_neuron(random, inputs, outputs);
        let other = match random.below(8) {
            0 | 1 => star_neuron(random, inputs, outputs),
            2 => own.clone(),
            3 => stretched(&own, &small(11, 10)),
            4 => stretched(&own, &small(99, 100)),
            5 => turned(random, &own),
            6 => stretched(&turned(random, &own), &random.positive()),
            _ => stretched(&own, &random.positive()),
        };
        gamma.push(own);
        theta.push(other);
    }
    let order = random.order(neurons);
    let theta = order.iter().map(|&j| theta[j].clone()).collect();
    Some(RandomPair {
        gamma: Shallow::new(gamma).ok()?,
        theta: Shallow::new(theta).ok()?,
    })
}

/// Balanced, the last two weights positive.
fn star_neuron(random: &mut Random, inputs: usize, outputs: usize) -> Neuron {
    let mut inner: Vec<Rational> = (0..inputs).map(|_| random.fraction()).collect();
    for entry in &mut inner[inputs - 2..] {
        *entry = if entry.is_zero() {
            Rational::one()
        } else {
            entry.abs()
        };
    }
    let mut inner = times(&inner, &random.positive());
    let size = largest(&inner);
    let mut outer: Vec<Rational> = (0..outputs)
        .map(|_| &size * small(random.integer(4), 4))
        .collect();
    let at = random.below(outputs);
    outer[at] = if random.chance(1, 2) {
        size.clone()
    } else {
        -&size
    };
    // Also neurons with a root: √s·a and √s·c.
    let scale = *random.pick(&[1, 1, 1, 2, 3]);
    if scale > 1 {
        inner = times(&inner, &small(1, 2));
        outer = times(&outer, &small(1, 2));
    }
    Neuron::new(small(scale, 1), outer, inner).unwrap_or_else(|| Neuron::zero(inputs, outputs))
}

/// Inner and outer weights times the factor.
fn stretched(neuron: &Neuron, factor: &Rational) -> Neuron {
    let (inner, outer) = (times(neuron.inner(), factor), times(neuron.outer(), factor));
    Neuron::new(neuron.scale().clone(), outer, inner).unwrap_or_else(|| neuron.clone())
}

/// The same inner weights, outer weights of another sign or direction and the same size.
fn turned(random: &mut Random, neuron: &Neuron) -> Neuron {
    let mut outer: Vec<Rational> = neuron.outer().iter().map(|c| -c).collect();
    if random.chance(1, 2) {
        outer.reverse();
    }
    neuron.with_outer(outer)
}

/// Scaled, reordered variants of the pair that attains 2√2·√r.
fn extremal_star(random: &mut Random) -> Option<RandomPair> {
    let size = random.positive();
    let row = |x: Rational, slope: Rational| {
        let second = &x * slope;
        vec![x, second]
    };
    let slopes = [
        small(1, 10),
        small(1, 5),
        small(3, 10),
        small(2, 5),
        small(1, 2),
    ];
    let gamma = [
        (row(small(199, 20), slopes[0].clone()), small(199, 20)),
        (row(small(2, 1), slopes[1].clone()), small(2, 1)),
        (row(small(99, 10), slopes[2].clone()), small(99, 10)),
        (row(small(199, 20), slopes[4].clone()), small(199, 20)),
    ];
    let theta = [
        (row(small(201, 20), slopes[0].clone()), small(201, 20)),
        (row(small(101, 10), slopes[2].clone()), small(101, 10)),
        (row(small(2, 1), slopes[3].clone()), small(-2, 1)),
        (row(small(201, 20), slopes[4].clone()), small(201, 20)),
    ];
    let orders = [random.order(4), random.order(4)];
    let build = |neurons: &[(Vec<Rational>, Rational)], order: &[usize]| {
        let neurons = order.iter().map(|&i| {
            let (inner, outer) = &neurons[i];
            Neuron::rational(times(inner, &size), vec![outer * &size])
        });
        Shallow::new(neurons.collect()).ok()
    };
    Some(RandomPair {
        gamma: build(&gamma, &orders[0])?,
        theta: build(&theta, &orders[1])?,
    })
}

/// A network with biases, of every degenerate kind that E2 names: zero neurons, c_i = 0, a_i = 0, duplicates, positive multiples,
/// constants against e, e = 0.
pub fn biased_network(random: &mut Random) -> Option<Biased> {
    let inputs = 1 + random.below(3);
    let outputs = 1 + random.below(2);
    let count = 1 + random.below(4);
    let mut neurons: Vec<Neuron> = Vec::new();
    for _ in 0..count {
        let mut inner: Vec<Rational> = (0..inputs).map(|_| small(random.integer(2), 1)).collect();
        inner.push(match random.below(4) {
            0 => Rational::zero(),
            1 => Rational::one(),
            _ => random.fraction(),
        });
        let mut outer: Vec<Rational> = (0..outputs).map(|_| random.fraction()).collect();
        match random.below(8) {
            0 => outer.fill(Rational::zero()),
            1 => inner[..inputs].fill(Rational::zero()),
            2 if !neurons.is_empty() => {
                let other = &neurons[random.below(neurons.len())];
                let factor = *random.pick(&[1, 1, 2]);
                inner = times(other.inner(), &small(factor, 1));
                if random.chance(1, 3) {
                    outer = times(other.outer(), &small(-1, factor));
                }
            }
            _ => {}
        }
        neurons.push(Neuron::rational(inner, outer));
    }
    let offset = match random.chance(1, 2) {
        true => vec![Rational::zero(); outputs],
        false => (0..outputs).map(|_| small(random.integer(2), 1)).collect(),
    };
    Biased::new(Shallow::new(neurons).ok()?, offset).ok()
}

/// The pair with one neuron changed a little: scaled, tilted, or with other outer weights.
pub fn changed(random: &mut Random, pair: &RandomPair) -> Option<RandomPair> {
    let mut pair = pair.clone();
    let network = match random.chance(1, 2) {
        true => &mut pair.gamma,
        false => &mut pair.theta,
    };
    let mut neurons = network.neurons().to_vec();
    let at = random.below(neurons.len());
    let old = &neurons[at];
    let factor = *random.pick(&[(2, 1), (1, 2), (11, 10), (10, 11), (101, 100), (100, 101)]);
    let factor = small(factor.0, factor.1);
    let (mut inner, mut outer) = (old.inner().to_vec(), old.outer().to_vec());
    match random.below(4) {
        0 => {
            inner = times(&inner, &factor);
            outer = times(&outer, &factor);
        }
        1 => {
            let k = random.below(inner.len());
            inner[k] *= &factor;
        }
        2 => {
            let k = random.below(outer.len());
            outer[k] *= &factor;
        }
        _ => {
            let k = random.below(outer.len());
            outer[k] = -&outer[k];
        }
    }
    neurons[at] = Neuron::new(old.scale().clone(), outer, inner)?;
    *network = Shallow::new(neurons).ok()?;
    Some(pair)
}
