//! Certificates of the theorems and of their hypotheses.

use num_traits::One as _;
use relucert::audit::{Random, main_pair, star_pair};
use relucert::certificate::{
    Claim, ConditionName, Distance, Form, Networks, PRODUCER, Reparametrization, StatedNetwork,
    Statement, Step, Surd as Number, Writer,
};
use relucert::exact::{Rational, Surd};
use relucert::network::{Network, Neuron, Shallow, to_certificate};
use relucert::parametrizations::{C3, Limits, c3_certificate, c3_possible};
use relucert::reparametrize::Options;
use relucert::stability::{Missing, Pair, Rewriting, Theorem, Violation, distance};

use crate::networks::{
    large_pair, neuron, nonzero_row, of_neurons, ratio, row, shuffle, small_pair, star_neurons,
    times, with_a_flip,
};

/// Γ and Θ as given and as the theorems see them.
struct Given {
    pair: Pair,
    networks: Networks,
}

impl Given {
    fn new(gamma: &Network, theta: &Network) -> Option<Self> {
        Some(Given {
            pair: Pair::new(gamma, theta).ok()?,
            networks: Networks {
                gamma: to_certificate(gamma)?,
                theta: to_certificate(theta),
                phi: None,
            },
        })
    }

    fn reaching(&self, phi: StatedNetwork) -> Networks {
        Networks {
            phi: Some(phi),
            ..self.networks.clone()
        }
    }
}

/// In one of three cases the last input becomes a bias.
fn with_biases(random: &mut Random, gamma: Vec<Neuron>, theta: Vec<Neuron>) -> Option<Given> {
    let several = gamma.first()?.inner().len() > 1;
    if !(several && random.chance(1, 3)) {
        return Given::new(&of_neurons(gamma, None), &of_neurons(theta, None));
    }
    let outputs = gamma.first()?.outer().len();
    let one = row(random, outputs);
    let other = if random.chance(1, 2) {
        one.clone()
    } else {
        row(random, outputs)
    };
    Given::new(
        &of_neurons(gamma, Some(one)),
        &of_neurons(theta, Some(other)),
    )
}

/// A pair with one output; the hypotheses hold often.
fn one_output(random: &mut Random, large: bool) -> Option<Given> {
    if large {
        let neurons = 10 + random.below(10);
        let [gamma, theta] = large_pair(random, neurons);
        return with_biases(random, gamma, theta);
    }
    match random.below(4) {
        0 => return flipped_pair(random),
        1 => {
            let [gamma, theta] = small_pair(random);
            return with_biases(random, gamma, theta);
        }
        _ => {}
    }
    let pair = main_pair(random)?;
    with_biases(
        random,
        pair.gamma.neurons().to_vec(),
        pair.theta.neurons().to_vec(),
    )
}

/// Γ has the orientations that Θ has once some of its neurons are turned round: C.3 holds for that Θ′ of g alone.
fn flipped_pair(random: &mut Random) -> Option<Given> {
    let more = random.below(2);
    let mut theta = with_a_flip(random, 2, 1, more);
    let gamma = theta.iter().enumerate().map(|(i, neuron)| {
        let sign = if i < 3 {
            -Rational::one()
        } else {
            Rational::one()
        };
        let outer = times(
            neuron.outer(),
            random.pick(&[ratio(1, 1), ratio(101, 100), ratio(-1, 9)]),
        );
        Neuron::new(neuron.scale().clone(), outer, times(neuron.inner(), &sign))
    });
    let gamma = gamma.collect::<Option<Vec<Neuron>>>()?;
    shuffle(random, &mut theta);
    Given::new(&of_neurons(gamma, None), &of_neurons(theta, None))
}

/// What a theorem proves of a pair.
fn proved(given: &Given, theorem: Theorem, form: Option<Form>) -> Option<String> {
    let options = Options {
        theorem: Some(theorem),
        form,
        ..Options::default()
    };
    let answer = given.pair.reparametrize(&options).ok()?;
    answer.theorem()?;
    answer.certificate().ok().flatten()
}

pub fn theorem31(random: &mut Random, large: bool, form: Form) -> Option<String> {
    proved(&one_output(random, large)?, Theorem::Main, Some(form))
}

pub fn refined31(random: &mut Random, large: bool) -> Option<String> {
    let form = *random.pick(&[None, Some(Form::Seminorm)]);
    proved(&one_output(random, large)?, Theorem::Refined, form)
}

/// A pair in N*.
pub fn star_networks(random: &mut Random, large: bool) -> Option<[Network; 2]> {
    if !large {
        let pair = star_pair(random)?;
        return Some([Network::Shallow(pair.gamma), Network::Shallow(pair.theta)]);
    }
    let (count, outputs) = (10 + random.below(10), 1 + random.below(2));
    let gamma = star_neurons(random, count, outputs);
    let mut theta: Vec<Neuron> = gamma
        .iter()
        .map(|own| {
            let factors = [ratio(1, 1), ratio(1, 1), ratio(99, 100), ratio(11, 10)];
            let factor = random.pick(&factors);
            let (inner, outer) = (times(own.inner(), factor), times(own.outer(), factor));
            Neuron::rational(inner, outer)
        })
        .collect();
    shuffle(random, &mut theta);
    Some([gamma, theta].map(|neurons| of_neurons(neurons, None)))
}

pub fn theorem33(random: &mut Random, large: bool) -> Option<String> {
    let [gamma, theta] = star_networks(random, large)?;
    let form = *random.pick(&[Some(Form::Jump), Some(Form::Seminorm)]);
    proved(&Given::new(&gamma, &theta)?, Theorem::Star, form)
}

/// Θ is rewritten by moves of all kinds; the bound is the distance, or larger.
pub fn reparametrization(random: &mut Random, large: bool) -> Option<String> {
    let (d, m, outputs) = match large {
        true => (3, 20 + random.below(20), 1 + random.below(2)),
        false => (
            1 + random.below(3),
            2 + random.below(3),
            1 + random.below(2),
        ),
    };
    let neurons = |random: &mut Random| -> Vec<Neuron> {
        (0..m).map(|_| neuron(random, d, outputs)).collect()
    };
    let gamma = neurons(random);
    let mut theta = match (m > 3 && d > 1).then(|| random.below(2)) {
        Some(0) => with_a_flip(random, d, outputs, m - 3),
        _ => neurons(random),
    };
    if random.chance(1, 2) {
        theta[1] = theta[0].with_outer(nonzero_row(random, outputs));
    }
    let given = with_biases(random, gamma, theta)?;
    let (gamma, theta) = (&given.pair.gamma, &given.pair.theta);
    let mut rewriting = Rewriting::new(theta);
    rewriting.kill_dead();
    if random.chance(1, 2) {
        rewriting.merge_parallel();
    }
    let count = rewriting.neurons().len();
    let order = random.order(count);
    rewriting.permute(order);
    for _ in 0..1 + random.below(3) {
        let at = random.below(count);
        match random.below(3) {
            0 => rewriting.scale(at, random.positive()),
            1 => rewriting.radical(at, ratio(2, 1)),
            _ => rewriting.balance(at),
        }
    }
    let phi = Shallow::new(rewriting.neurons().to_vec()).ok()?;
    let found = distance(&phi, gamma)?;
    let value = Number::from(&found.value);
    let bound = match random.chance(1, 2) {
        true => value.clone(),
        false => (&found.value.add(&Surd::from(random.positive()))).into(),
    };
    let claim = Reparametrization {
        distance: value.clone(),
        bound,
    };
    let mut writer = Writer::new(
        PRODUCER,
        Statement {
            networks: given.reaching((&phi).into()),
            activation: None,
            claim: Claim::Reparametrization(claim),
        },
    );
    for step in rewriting.take_steps() {
        writer.step(step);
    }
    writer.step(Step::Distance(Distance {
        value,
        neuron: found.neuron,
        part: found.part,
        index: found.index,
    }));
    Some(writer.finish())
}

/// A hypothesis that fails; with C.1 for a β that is too small.
pub fn condition(random: &mut Random, large: bool, name: ConditionName) -> Option<String> {
    let given = match large {
        true => {
            let neurons = |random: &mut Random| -> Vec<Neuron> {
                (0..12).map(|_| neuron(random, 2, 1)).collect()
            };
            let (gamma, theta) = (neurons(random), neurons(random));
            with_biases(random, gamma, theta)?
        }
        false => one_output(random, false)?,
    };
    let beta = random.pick(&[ratio(0, 1), ratio(1, 2)]).clone();
    let options = Options {
        theorem: Some(Theorem::Main),
        beta: (name == ConditionName::Balance).then(|| Surd::from(beta)),
        ..Options::default()
    };
    let answer = given.pair.reparametrize(&options).ok()?;
    let named = answer.missing().iter().filter_map(|missing| match missing {
        Missing::Condition(violation) if violation.name == name => Some(violation),
        _ => None,
    });
    let named: Vec<&Violation> = named.collect();
    let violation = (!named.is_empty()).then(|| *random.pick(&named))?;
    answer.violation_certificate(violation)
}

/// No Θ of g satisfies C.3.
pub fn no_c3(random: &mut Random, large: bool) -> Option<String> {
    let (d, m, outputs) = match large {
        true => (6, 12, 2),
        false => (
            2 + random.below(2),
            1 + random.below(4),
            1 + random.below(2),
        ),
    };
    let gamma: Vec<Neuron> = (0..m).map(|_| neuron(random, d, outputs)).collect();
    let turned = gamma.iter().map(|neuron| {
        let sign = if random.chance(1, 2) {
            -Rational::one()
        } else {
            Rational::one()
        };
        let inner = times(neuron.inner(), &sign);
        Neuron::rational(inner, nonzero_row(random, outputs))
    });
    let theta = turned.collect();
    let given = with_biases(random, gamma, theta)?;
    let found = c3_possible(
        &given.pair.gamma,
        &given.pair.theta,
        false,
        &Limits::default(),
    );
    let C3::Impossible {
        evidence: Some(evidence),
    } = found
    else {
        return None;
    };
    let Networks { gamma, theta, .. } = given.networks;
    Some(c3_certificate(gamma, theta?, &evidence))
}
