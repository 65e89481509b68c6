//! A network is at distance 0 from itself, shuffled and rescaled, whatever dead, constant, duplicate, cancelling or tied neurons it has; and no
//! further from a copy that is moved a little than it was moved.

mod support;

use num_traits::Zero as _;
use relucert::certificate::Networks;
use relucert::exact::{Rational, Surd, text};
use relucert::nearest::{Answer, Gap, Nearest, Options, certificate, nearest};
use relucert::network::file::{network_from_bytes, to_json};
use relucert::network::{Biased, Network, Neuron, Shallow, to_certificate};
use relucert::realization::CanonicalForm;
use support::Random;
use support::certificates::accepted;

fn q(numerator: i64, denominator: i64) -> Rational {
    Rational::new(numerator.into(), denominator.into())
}

/// A positive rational.
fn positive(random: &mut Random) -> Rational {
    q(1 + random.below(7) as i64, 1 + random.below(5) as i64)
}

/// A neuron of the kind that pruning and merging leave, made of those that are there; `width` inner weights, the last a bias if `biased`.
fn planted(random: &mut Random, neurons: &[Neuron], biased: bool) -> Neuron {
    let old = neurons[random.below(neurons.len())].clone();
    let (width, outputs) = (old.inner().len(), old.outer().len());
    let zeros = |length: usize| vec![Rational::zero(); length];
    match random.below(if biased { 9 } else { 7 }) {
        0 => old,
        1 => old.scaled(&positive(random)).expect("a positive factor"),
        2 => {
            let outer = old.outer().iter().map(|c| -c).collect();
            old.with_outer(outer)
                .scaled(&positive(random))
                .expect("a positive factor")
        }
        3 => old.with_outer(random.row(outputs)),
        4 => Neuron::rational(random.row(width), zeros(outputs)),
        5 => Neuron::rational(zeros(width), random.row(outputs)),
        6 => {
            let inner = old.inner().iter().map(|a| -a).collect();
            Neuron::rational(inner, old.outer().to_vec())
        }
        kind => {
            let mut inner = zeros(width);
            let bias = positive(random);
            inner[width - 1] = if kind == 7 { bias } else { -bias };
            Neuron::rational(inner, random.row(outputs))
        }
    }
}

fn network(neurons: &[Neuron], offset: Option<&Vec<Rational>>) -> Network {
    let rows = Shallow::new(neurons.to_vec()).unwrap();
    match offset {
        Some(offset) => Network::Biased(Biased::new(rows, offset.clone()).unwrap()),
        None => Network::Shallow(rows),
    }
}

fn shuffled(random: &mut Random, neurons: &[Neuron]) -> Vec<Neuron> {
    let mut neurons = neurons.to_vec();
    for i in (1..neurons.len()).rev() {
        neurons.swap(i, random.below(i + 1));
    }
    neurons
}

/// The answer, after the verifier has accepted its certificate.
fn verified(gamma: &Network, theta: &Network) -> Nearest {
    let Answer::Nearest(found) = nearest(gamma, theta, &Options::default()).unwrap() else {
        panic!("{}\n{}", to_json(gamma), to_json(theta));
    };
    let networks = Networks {
        gamma: to_certificate(gamma).unwrap(),
        theta: to_certificate(theta),
        phi: None,
    };
    let text = certificate(networks, &found).expect("Φ was found");
    accepted(&text);
    *found
}

struct Instance {
    neurons: Vec<Neuron>,
    offset: Option<Vec<Rational>>,
}

fn instance(random: &mut Random) -> Instance {
    let biased = random.below(2) == 0;
    let (inputs, outputs) = (1 + random.below(4), 1 + random.below(3));
    let width = inputs + usize::from(biased);
    let mut neurons: Vec<Neuron> = (0..1 + random.below(4))
        .map(|_| Neuron::rational(random.row(width), random.row(outputs)))
        .collect();
    for _ in 0..1 + random.below(5) {
        let new = planted(random, &neurons, biased);
        let new = match random.below(4) {
            0 => new
                .rescaled_by_root(&positive(random))
                .expect("a positive factor"),
            _ => new,
        };
        neurons.push(new);
    }
    let neurons = shuffled(random, &neurons);
    let offset = biased.then(|| random.row(outputs));
    Instance { neurons, offset }
}

#[test]
fn a_network_is_at_distance_0_from_itself() {
    let mut random = Random::new(2026);
    for round in 0..400 {
        let Instance { neurons, offset } = instance(&mut random);
        let gamma = network(&neurons, offset.as_ref());
        let rescaled = shuffled(&mut random, &neurons);
        let rescaled: Vec<Neuron> = rescaled
            .iter()
            .map(|neuron| {
                neuron
                    .scaled(&positive(&mut random))
                    .expect("a positive factor")
            })
            .collect();
        let mut order = neurons.clone();
        order.reverse();
        for theta in [neurons, order, rescaled] {
            let theta = network(&theta, offset.as_ref());
            let found = verified(&gamma, &theta);
            assert_eq!(
                found.exact(),
                Some(&Surd::zero()),
                "round {round}\n{}\n{}",
                to_json(&gamma),
                to_json(&theta)
            );
            assert_eq!(found.gap, None);
        }
    }
}

/// A positive sum of square roots.
fn sum(random: &mut Random) -> Surd {
    let texts = [
        "1+sqrt(2)",
        "sqrt(3)-1",
        "sqrt(5)+1/2*sqrt(2)",
        "2",
        "7-4*sqrt(3)",
    ];
    text::parse(texts[random.below(texts.len())]).unwrap()
}

#[test]
fn weights_that_are_sums_of_square_roots_are_weights() {
    let mut random = Random::new(1);
    let mut brackets = 0;
    for round in 0..60 {
        let Instance { neurons, offset } = instance(&mut random);
        let mut rescaled = |neurons: &[Neuron]| -> Vec<Neuron> {
            let stretched = neurons
                .iter()
                .map(|n| n.stretched(&sum(&mut random)).unwrap());
            stretched.collect()
        };
        let (mut one, mut other) = (rescaled(&neurons), rescaled(&neurons));
        other.reverse();
        let read = |neurons: &[Neuron]| {
            let network = network(neurons, offset.as_ref());
            let text = to_json(&network);
            let read = network_from_bytes("x.json", text.as_bytes()).unwrap();
            // The same numbers; (s, c, a) and the stretch may be others.
            assert_eq!(to_json(&read), text);
            read
        };
        let (gamma, theta) = (read(&one), read(&other));
        assert_eq!(verified(&gamma, &gamma).exact(), Some(&Surd::zero()));
        assert_eq!(verified(&gamma, &theta).exact(), Some(&Surd::zero()));
        // Another function: a bracket, or exact where Γ has one root a neuron.
        let moved = one.pop().unwrap();
        one.push(moved.with_outer(random.row(moved.outer().len())));
        let found = verified(&read(&one), &theta);
        let upper = &found.phi.as_ref().unwrap().distance.value;
        assert!(found.lower.compare(upper).is_le(), "round {round}");
        brackets += usize::from(matches!(found.gap, Some(Gap::Enclosed { .. })));
        // Φ may be read again, whatever its weights, and is a parametrization of g.
        let phi = found.phi.unwrap().given_shape(offset.is_some()).unwrap();
        let again = network_from_bytes("phi.json", to_json(&phi).as_bytes()).unwrap();
        assert_eq!(verified(&again, &phi).exact(), Some(&Surd::zero()));
        let forms = [&again, &theta].map(|network| CanonicalForm::of(network).unwrap());
        assert!(forms[0].minus(&forms[1]).unwrap().is_zero());
    }
    assert!(brackets > 8, "{brackets}");
}

#[test]
fn a_copy_that_was_moved_is_no_further_than_it_was_moved() {
    let mut random = Random::new(7);
    let mut brackets = 0;
    for round in 0..120 {
        let Instance { neurons, offset } = instance(&mut random);
        let theta = shuffled(&mut random, &neurons);
        let theta: Vec<Neuron> = theta
            .iter()
            .map(|neuron| {
                neuron
                    .scaled(&positive(&mut random))
                    .expect("a positive factor")
            })
            .collect();
        let step = q(1, 64);
        let mut moved = |row: &[Rational]| -> Vec<Rational> {
            row.iter()
                .map(|value| value + &step * q(random.below(3) as i64 - 1, 1))
                .collect()
        };
        // Rational weights, so that a step is a step.
        let plain = neurons.iter().filter(|n| n.scale() == &q(1, 1));
        let gamma: Vec<Neuron> = plain
            .map(|n| Neuron::rational(moved(n.inner()), moved(n.outer())))
            .collect();
        if gamma.len() < neurons.len() {
            continue;
        }
        let (gamma, theta) = (
            network(&gamma, offset.as_ref()),
            network(&theta, offset.as_ref()),
        );
        let found = verified(&gamma, &theta);
        let upper = &found.phi.as_ref().unwrap().distance.value;
        assert!(
            upper.compare(&step.clone().into()).is_le(),
            "round {round}: {upper}\n{}\n{}",
            to_json(&gamma),
            to_json(&theta)
        );
        brackets += usize::from(found.exact().is_none());
    }
    assert!(brackets > 10, "{brackets}");
}
