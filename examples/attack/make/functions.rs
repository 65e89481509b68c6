//! Certificates about functions.

use num_traits::{One as _, Zero as _};
use relucert::audit::Random;
use relucert::certificate::Networks;
use relucert::exact::Rational;
use relucert::network::{Network, Neuron, to_certificate};
use relucert::realization::{
    CanonicalForm, Domain, SeminormLimits, Subject, SupNormLimits, branch_and_bound,
    differ_certificate, equal_certificate, jump_certificate, nonzero_point, seminorm_certificate,
    sup_norm as largest_on, sup_norm_certificate,
};

use crate::networks::{network, nonzero_row, nudged, of_neurons, parts, ratio, rewritten};

/// Two networks, or one, and the activation.
struct Functions {
    gamma: Network,
    theta: Option<Network>,
    activation: Option<Rational>,
}

impl Functions {
    fn subject(&self) -> Option<Subject> {
        Some(Subject {
            networks: Networks {
                gamma: to_certificate(&self.gamma)?,
                theta: self.theta.as_ref().and_then(to_certificate),
                phi: None,
            },
            activation: self.activation.clone(),
        })
    }

    fn form(&self, network: &Network) -> Option<CanonicalForm> {
        let a = self.activation.clone().unwrap_or_default();
        CanonicalForm::with_activation(network, &a)
    }

    fn difference(&self) -> Option<CanonicalForm> {
        let gamma = self.form(&self.gamma)?;
        match &self.theta {
            None => Some(gamma),
            Some(theta) => self.form(theta)?.minus(&gamma),
        }
    }

    fn affine(&self) -> bool {
        let both = [Some(&self.gamma), self.theta.as_ref()];
        both.into_iter()
            .flatten()
            .any(|n| matches!(n, Network::Biased(_)))
    }
}

fn activation(random: &mut Random) -> Option<Rational> {
    let values = [
        None,
        None,
        None,
        Some(ratio(1, 4)),
        Some(ratio(3, 1)),
        Some(ratio(1, 1)),
    ];
    random.pick(&values).clone()
}

fn shape(random: &mut Random, large: bool) -> [usize; 3] {
    match large {
        true => [
            2 + random.below(5),
            20 + random.below(30),
            1 + random.below(3),
        ],
        false => [
            1 + random.below(3),
            1 + random.below(4),
            1 + random.below(2),
        ],
    }
}

/// [−1, 1] or wider on every side.
pub fn cube(random: &mut Random, inputs: usize) -> Domain {
    let side = |random: &mut Random| (-random.positive(), random.positive());
    let sides = (0..inputs).map(|_| side(random)).collect();
    Domain::new(sides).expect("lower ends below upper ones")
}

pub fn equal(random: &mut Random, large: bool) -> Option<String> {
    let shape = shape(random, large);
    let biased = random.chance(1, 2);
    let gamma = network(random, shape, biased);
    let pair = Functions {
        theta: Some(rewritten(random, &gamma, true)),
        gamma,
        activation: activation(random),
    };
    let equal = pair.difference()?.is_zero();
    equal.then(|| {
        pair.subject()
            .map(|subject| equal_certificate(subject, None))
    })?
}

/// Θ has one more neuron, which is inactive on the box.
pub fn equal_on_a_box(random: &mut Random, large: bool) -> Option<String> {
    let [d, m, outputs] = shape(random, large);
    let gamma = network(random, [d, m, outputs], true);
    let domain = cube(random, d);
    let mut inner = nonzero_row(random, d);
    let sides = inner.iter().zip(domain.sides());
    let most: Rational = sides.map(|(a, (l, u))| (a * l).max(a * u)).sum();
    // Sometimes it is active at a corner of the box at most.
    let gap = random
        .pick(&[Rational::zero(), ratio(1, 1000), Rational::one()])
        .clone();
    inner.push(-most - gap);
    let (mut neurons, offset) = parts(&rewritten(random, &gamma, false));
    neurons.push(Neuron::rational(inner, nonzero_row(random, outputs)));
    let pair = Functions {
        gamma,
        theta: Some(of_neurons(neurons, offset)),
        activation: None,
    };
    let equal = domain.restrict(&pair.difference()?).ok()?.is_zero();
    equal.then(|| {
        pair.subject()
            .map(|subject| equal_certificate(subject, Some(&domain)))
    })?
}

fn differing(random: &mut Random, large: bool, domain: bool) -> Option<String> {
    let shape = shape(random, large);
    let biased = random.chance(1, 2);
    let gamma = network(random, shape, biased);
    let theta = match random.chance(1, 2) {
        true => network(random, shape, !biased),
        false => {
            let theta = rewritten(random, &gamma, true);
            nudged(random, &theta)
        }
    };
    let domain = domain.then(|| cube(random, shape[0]));
    let pair = Functions {
        gamma,
        theta: Some(theta),
        activation: activation(random),
    };
    let point = nonzero_point(&pair.difference()?, domain.as_ref()).ok()??;
    let values =
        [&pair.gamma, pair.theta.as_ref()?].map(|network| pair.form(network)?.eval(&point).ok());
    let [gamma, theta] = values;
    let subject = pair.subject()?;
    Some(differ_certificate(
        subject,
        domain.as_ref(),
        &point,
        &gamma?,
        &theta?,
    ))
}

pub fn differ(random: &mut Random, large: bool) -> Option<String> {
    differing(random, large, false)
}

pub fn differ_on_a_box(random: &mut Random, large: bool) -> Option<String> {
    differing(random, large, true)
}

/// One function, two unlike ones, or two that are nearly the same.
fn measured(random: &mut Random, shape: [usize; 3]) -> Functions {
    let biased = random.chance(1, 2);
    let gamma = network(random, shape, biased);
    let theta = match random.below(3) {
        0 => None,
        1 => {
            let biased = random.chance(1, 2);
            Some(network(random, shape, biased))
        }
        _ => {
            let theta = rewritten(random, &gamma, true);
            Some(nudged(random, &theta))
        }
    };
    Functions {
        gamma,
        theta,
        activation: activation(random),
    }
}

fn bounded(functions: &Functions, nodes: u64, exact: bool) -> Option<String> {
    let form = functions.difference()?;
    let limits = SeminormLimits {
        nodes: Some(nodes),
        ..SeminormLimits::default()
    };
    let affine = functions.affine();
    let found = branch_and_bound(&form, affine, &limits);
    if found.exact().is_some() != exact {
        return None;
    }
    let subject = functions.subject()?;
    seminorm_certificate(subject, &found).ok()
}

pub fn seminorm_exact(random: &mut Random, large: bool) -> Option<String> {
    let shape = match large {
        true => [2, 10 + random.below(5), 1],
        false => [
            1 + random.below(3),
            2 + random.below(4),
            1 + random.below(2),
        ],
    };
    bounded(&measured(random, shape), 20_000, true)
}

/// Branch and bound ends before it has begun, or soon after.
pub fn seminorm_bracket(random: &mut Random, large: bool) -> Option<String> {
    let shape = match large {
        true => [3, 15 + random.below(8), 1],
        false => [
            2 + random.below(2),
            5 + random.below(3),
            1 + random.below(2),
        ],
    };
    let biased = random.chance(1, 2);
    let functions = Functions {
        gamma: network(random, shape, biased),
        theta: Some(network(random, shape, biased)),
        activation: None,
    };
    bounded(&functions, random.below(3) as u64, false)
}

pub fn jump_norm(random: &mut Random, large: bool) -> Option<String> {
    let shape = shape(random, large);
    let functions = measured(random, shape);
    let value = functions.difference()?.jump_norm();
    Some(jump_certificate(functions.subject()?, &value))
}

pub fn sup_norm(random: &mut Random, large: bool) -> Option<String> {
    let shape = match large {
        true => [1, 25, 1],
        false => [
            1 + random.below(2),
            1 + random.below(3),
            1 + random.below(2),
        ],
    };
    let functions = measured(random, shape);
    let domain = cube(random, shape[0]);
    let found = largest_on(&functions.difference()?, &domain, &SupNormLimits::default()).ok()?;
    found.exact()?;
    Some(sup_norm_certificate(functions.subject()?, &domain, &found))
}
