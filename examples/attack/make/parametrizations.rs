//! Certificates about all parametrizations of one function.

use relucert::audit::{Random, biased_network, main_pair};
use relucert::certificate::{Among, Networks};
use relucert::nearest::{self, Answer, Options, nearest};
use relucert::network::{Biased, Network, Neuron, to_certificate};
use relucert::parametrizations::{
    Limits, Outcome, flippable, flips_certificate, minimal as least, minimal_certificate,
};
use relucert::stability::{lift, lift_certificate};

use super::theorems::star_networks;
use crate::networks::{large_pair, network, nudged, of_neurons, rewritten, row, with_a_flip};

fn networks(gamma: &Network, theta: &Network) -> Option<Networks> {
    Some(Networks {
        gamma: to_certificate(gamma)?,
        theta: to_certificate(theta),
        phi: None,
    })
}

fn biased(random: &mut Random, large: bool) -> Option<Biased> {
    if !large {
        return biased_network(random);
    }
    let shape = [2, 12 + random.below(8), 1 + random.below(2)];
    match network(random, shape, true) {
        Network::Biased(network) => Some(network),
        _ => None,
    }
}

pub fn lifted(random: &mut Random, large: bool) -> Option<String> {
    let theta = biased(random, large)?;
    let gamma = Network::Shallow(lift(&theta).ok()?);
    Some(lift_certificate(networks(&gamma, &Network::Biased(theta))?))
}

fn all_flips(network: &Network, unique: bool) -> Option<String> {
    let found = flippable(network, &Limits::default())?;
    let Outcome::All(solutions) = &found.outcome else {
        return None;
    };
    let wanted = found.is_generic() && solutions.sets.is_empty() == unique;
    wanted.then(|| flips_certificate(to_certificate(network)?, solutions))?
}

pub fn flips(random: &mut Random, large: bool) -> Option<String> {
    let [inputs, outputs, more] = match large {
        true => [4, 3, 7 + random.below(3)],
        false => [2 + random.below(2), 1 + random.below(2), random.below(3)],
    };
    let neurons = with_a_flip(random, inputs, outputs, more);
    // The last input may be the bias: then more sets can be flipped.
    let offset = (inputs > 2 && random.chance(1, 2)).then(|| row(random, outputs));
    all_flips(&of_neurons(neurons, offset), false)
}

pub fn unique(random: &mut Random, large: bool) -> Option<String> {
    let shape = match large {
        true => [4, 10 + random.below(5), 3],
        false => [
            1 + random.below(3),
            1 + random.below(4),
            1 + random.below(2),
        ],
    };
    let biased = random.chance(1, 2);
    all_flips(&network(random, shape, biased), true)
}

pub fn minimal(random: &mut Random, large: bool) -> Option<String> {
    let given = match random.below(3) {
        0 => of_neurons(with_a_flip(random, 2, 1, 1), None),
        _ => Network::Biased(biased(random, large)?),
    };
    let given = rewritten(random, &given, true);
    let limits = Limits {
        most_free: 16,
        ..Limits::default()
    };
    let found = least(&given, &limits).ok()??;
    let attained = to_certificate(&found.network)?;
    Some(minimal_certificate(
        attained,
        to_certificate(&given)?,
        &found,
    ))
}

fn nearest_one(gamma: &Network, theta: &Network, among: Among) -> Option<String> {
    let options = Options {
        among,
        ..Options::default()
    };
    let Ok(Answer::Nearest(found)) = nearest(gamma, theta, &options) else {
        return None;
    };
    nearest::certificate(networks(gamma, theta)?, &found)
}

pub fn nearest_of_all(random: &mut Random, large: bool) -> Option<String> {
    let [gamma, theta] = match random.below(4) {
        _ if large => {
            let neurons = 8 + random.below(8);
            large_pair(random, neurons).map(|neurons| of_neurons(neurons, None))
        }
        0 => {
            let pair = main_pair(random)?;
            [Network::Shallow(pair.gamma), Network::Shallow(pair.theta)]
        }
        1 => {
            let theta = with_a_flip(random, 2, 1, 1);
            let turned = theta.iter().map(|n| {
                let inner = n.inner().iter().map(|a| -a).collect();
                Neuron::new(n.scale().clone(), n.outer().to_vec(), inner)
            });
            let gamma = of_neurons(turned.collect::<Option<_>>()?, None);
            let theta = of_neurons(theta, None);
            [nudged(random, &gamma), theta]
        }
        _ => {
            let shape = [
                1 + random.below(2),
                1 + random.below(3),
                1 + random.below(2),
            ];
            let biased = random.chance(1, 2);
            let gamma = network(random, shape, biased);
            let theta = rewritten(random, &gamma, false);
            [gamma, nudged(random, &theta)]
        }
    };
    nearest_one(&gamma, &theta, Among::All)
}

pub fn nearest_in_n_star(random: &mut Random, large: bool) -> Option<String> {
    let [gamma, theta] = star_networks(random, large)?;
    nearest_one(&gamma, &theta, Among::NStar)
}
