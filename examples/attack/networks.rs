//! Random networks: small and adversarial, or of tens of neurons; and networks of the same function.

use num_traits::{One as _, Signed as _, Zero as _};
use relucert::audit::Random;
use relucert::exact::Rational;
use relucert::network::{Biased, Network, Neuron, Shallow};

/// p/q.
pub fn ratio(p: i64, q: i64) -> Rational {
    Rational::new(p.into(), q.into())
}

pub fn times(row: &[Rational], factor: &Rational) -> Vec<Rational> {
    row.iter().map(|entry| entry * factor).collect()
}

pub fn row(random: &mut Random, length: usize) -> Vec<Rational> {
    (0..length).map(|_| random.fraction()).collect()
}

/// Not all zero.
pub fn nonzero_row(random: &mut Random, length: usize) -> Vec<Rational> {
    let mut row = row(random, length);
    if row.iter().all(Rational::is_zero) {
        row[random.below(length)] = Rational::one();
    }
    row
}

/// Mostly live, with a root in one of six, dead in one of twelve.
pub fn neuron(random: &mut Random, inputs: usize, outputs: usize) -> Neuron {
    let (mut inner, mut outer) = (nonzero_row(random, inputs), nonzero_row(random, outputs));
    match random.below(24) {
        0 => inner.fill(Rational::zero()),
        1 => outer.fill(Rational::zero()),
        _ => {}
    }
    let scale = *random.pick(&[1, 1, 1, 1, 1, 2]);
    Neuron::new(ratio(scale, 1), outer, inner).expect("a positive scale")
}

/// A network of this shape, inputs and outputs counted without biases.
pub fn network(random: &mut Random, [d, m, outputs]: [usize; 3], biased: bool) -> Network {
    let inputs = d + usize::from(biased);
    let neurons = (0..m).map(|_| neuron(random, inputs, outputs)).collect();
    of_neurons(neurons, biased.then(|| row(random, outputs)))
}

/// Rows with a bias last where there is an output bias.
pub fn of_neurons(neurons: Vec<Neuron>, offset: Option<Vec<Rational>>) -> Network {
    let rows = Shallow::new(neurons).expect("rows of equal length");
    match offset {
        None => Network::Shallow(rows),
        Some(offset) => Network::Biased(Biased::new(rows, offset).expect("rows with biases")),
    }
}

/// The rows and the output bias.
pub fn parts(network: &Network) -> (Vec<Neuron>, Option<Vec<Rational>>) {
    match network {
        Network::Shallow(network) => (network.neurons().to_vec(), None),
        Network::Biased(network) => (
            network.rows().neurons().to_vec(),
            Some(network.offset().to_vec()),
        ),
        Network::Deep(_) => unreachable!("no deep network is made here"),
    }
}

pub fn shuffle<T: Clone>(random: &mut Random, items: &mut Vec<T>) {
    let order = random.order(items.len());
    *items = order.iter().map(|&i| items[i].clone()).collect();
}

/// The same function: other order and scalings; with `wider` also neurons split in two, and dead ones.
pub fn rewritten(random: &mut Random, network: &Network, wider: bool) -> Network {
    let (mut neurons, offset) = parts(network);
    if wider {
        let at = random.below(neurons.len());
        let old = neurons[at].clone();
        let (part, rest) = (ratio(1, 3), ratio(2, 3));
        neurons[at] = old.with_outer(times(old.outer(), &part));
        neurons.push(old.with_outer(times(old.outer(), &rest)));
        if random.chance(1, 2) {
            let inner = row(random, old.inner().len());
            neurons.push(Neuron::rational(
                inner,
                vec![Rational::zero(); old.outer().len()],
            ));
        }
    }
    for neuron in &mut neurons {
        if let Some(scaled) = neuron.scaled(&random.positive()) {
            *neuron = scaled;
        }
    }
    shuffle(random, &mut neurons);
    of_neurons(neurons, offset)
}

/// The same network with one weight moved, sometimes by very little.
pub fn nudged(random: &mut Random, network: &Network) -> Network {
    let (mut neurons, offset) = parts(network);
    let at = random.below(neurons.len());
    let old = &neurons[at];
    let (mut inner, mut outer) = (old.inner().to_vec(), old.outer().to_vec());
    let step = random
        .pick(&[ratio(1, 1), ratio(1, 3), ratio(1, 1_000_000_000)])
        .clone();
    match random.chance(1, 2) {
        true => *pick_mut(random, &mut inner) += step,
        false => *pick_mut(random, &mut outer) += step,
    }
    neurons[at] = Neuron::new(old.scale().clone(), outer, inner).expect("a positive scale");
    of_neurons(neurons, offset)
}

/// One of the items, which are not empty.
pub fn one_of<T: Copy>(random: &mut Random, items: &[T]) -> T {
    *random.pick(items)
}

pub fn pick_mut<'a, T>(random: &mut Random, items: &'a mut [T]) -> &'a mut T {
    let at = random.below(items.len());
    &mut items[at]
}

/// Inner weights whose last entry is positive, all of different directions: no two of them are parallel or opposite.
pub fn directions(random: &mut Random, inputs: usize, count: usize) -> Vec<Vec<Rational>> {
    let mut found: Vec<Vec<Rational>> = Vec::new();
    while found.len() < count {
        let mut inner: Vec<Rational> = (0..inputs).map(|_| ratio(random.integer(40), 1)).collect();
        let last = ratio(1 + random.integer(9).abs(), 1);
        if let Some(entry) = inner.last_mut() {
            *entry = last;
        }
        let same = |other: &Vec<Rational>| {
            let pairs = inner.iter().zip(other);
            let (x, y) = (&inner[inputs - 1], &other[inputs - 1]);
            pairs.into_iter().all(|(a, b)| a * y == b * x)
        };
        if inputs == 1 && !found.is_empty() {
            break;
        }
        if !found.iter().any(same) {
            found.push(inner);
        }
    }
    found
}

/// Γ and Θ for Theorem 3.1: Θ shares some of Γ's directions with other weights, with roots, in another order, sometimes split in two
/// parallel neurons. The hypotheses often, not always, hold.
pub fn small_pair(random: &mut Random) -> [Vec<Neuron>; 2] {
    let (inputs, count) = (1 + random.below(3), 1 + random.below(4));
    let neuron = |random: &mut Random| Neuron::rational(row(random, inputs), row(random, 1));
    let gamma: Vec<Neuron> = (0..count).map(|_| neuron(random)).collect();
    let mut theta: Vec<Neuron> = Vec::new();
    for own in &gamma {
        let (mut inner, mut outer) = (own.inner().to_vec(), own.outer().to_vec());
        match random.below(6) {
            0 => inner = row(random, inputs),
            1 => outer = row(random, 1),
            2 => outer[0] += ratio(1, 3),
            3 => inner = times(&inner, &ratio(1 + random.integer(1).abs(), 2)),
            4 => outer[0] = Rational::zero(),
            _ => {}
        }
        let scale = ratio(one_of(random, &[1, 1, 1, 2, 3]), 1);
        theta.push(Neuron::new(scale, outer, inner).expect("a positive scale"));
    }
    if count > 1 && random.chance(1, 3) {
        // The last neuron becomes a second copy of the first one's direction.
        theta[count - 1] = theta[0].scaled(&ratio(2, 1)).expect("a positive factor");
    }
    shuffle(random, &mut theta);
    [gamma, theta]
}

/// Γ and Θ with many neurons, for which the hypotheses of Theorem 3.1 hold: the same lines, other products, another order.
pub fn large_pair(random: &mut Random, neurons: usize) -> [Vec<Neuron>; 2] {
    let inputs = 2 + random.below(2);
    let (mut gamma, mut theta) = (Vec::new(), Vec::new());
    for inner in directions(random, inputs, neurons) {
        let c = nonzero_row(random, 1);
        let own = Neuron::rational(times(&inner, &ratio(1, 8)), c.clone());
        let factor = random.positive();
        let other = match random.below(6) {
            0 => times(&c, &ratio(99, 100)),
            1 => times(&c, &ratio(-1, 10)),
            2 => vec![&c[0] + ratio(1, 7)],
            _ => c,
        };
        let other = Neuron::rational(times(own.inner(), &factor), times(&other, &factor.recip()));
        gamma.push(own);
        theta.push(other);
    }
    shuffle(random, &mut theta);
    [gamma, theta]
}

/// Neurons in N*: balanced, the last two inner weights positive, pairwise different directions.
pub fn star_neurons(random: &mut Random, count: usize, outputs: usize) -> Vec<Neuron> {
    let inputs = 3;
    let rows = directions(random, inputs, count).into_iter();
    rows.map(|mut inner| {
        inner[inputs - 2] = inner[inputs - 2].abs() + Rational::one();
        let size = inner.iter().map(Rational::abs).max().unwrap_or_default();
        let mut outer: Vec<Rational> = (0..outputs)
            .map(|_| &size * ratio(random.integer(4), 4))
            .collect();
        *pick_mut(random, &mut outer) = size;
        Neuron::rational(inner, outer)
    })
    .collect()
}

/// Three neurons, and others, where turning the first three round changes nothing: Σ c_i a_i over them is zero.
pub fn with_a_flip(random: &mut Random, inputs: usize, outputs: usize, more: usize) -> Vec<Neuron> {
    let c = nonzero_row(random, outputs);
    let (one, two) = (nonzero_row(random, inputs), nonzero_row(random, inputs));
    let three = one.iter().zip(&two).map(|(x, y)| -(x + y)).collect();
    let mut neurons: Vec<Neuron> = [one, two, three]
        .into_iter()
        .map(|inner| Neuron::rational(inner, c.clone()))
        .collect();
    for neuron in &mut neurons {
        if let Some(scaled) = neuron.scaled(&random.positive()) {
            *neuron = scaled;
        }
    }
    neurons.extend((0..more).map(|_| neuron(random, inputs, outputs)));
    neurons
}
