//! Complete lists of regions.

use std::sync::Arc;

use num_traits::Zero as _;
use relucert::advice::Floats;
use relucert::arrangement::{Affine, Arrangement, Completeness, Options, box_facets};
use relucert::audit::Random;
use relucert::degeneracy::{Injectivity, injectivity};
use relucert::exact::Rational;
use relucert::network::{Network, Neuron, to_certificate};
use relucert::watch::Watch;

use crate::networks::{network, of_neurons, parts, ratio};

/// Dimension and number of hyperplanes.
fn shape(random: &mut Random, large: bool) -> [usize; 3] {
    match large {
        true => *random.pick(&[[2, 40, 1], [3, 12, 1]]),
        false => [1 + random.below(3), 1 + random.below(5), 1],
    }
}

fn certificate(gamma: &Network, prepared: &Arrangement, how: Completeness) -> Option<String> {
    let regions = prepared.regions(&Options::default()).ok()?;
    regions
        .certificate(to_certificate(gamma)?, how, &Watch::none())
        .ok()
}

fn central(random: &mut Random, large: bool, how: Completeness) -> Option<String> {
    let shape = shape(random, large);
    let gamma = network(random, shape, false);
    let rows: Vec<Vec<Rational>> = parts(&gamma).0.iter().map(|n| n.inner().to_vec()).collect();
    certificate(&gamma, &Arrangement::new(&rows, shape[0]).ok()?, how)
}

pub fn closure(random: &mut Random, large: bool) -> Option<String> {
    central(random, large, Completeness::Closure)
}

pub fn count(random: &mut Random, large: bool) -> Option<String> {
    central(random, large, Completeness::Count)
}

fn affine(random: &mut Random, large: bool, within: bool) -> Option<String> {
    let shape = shape(random, large);
    let gamma = network(random, shape, true);
    let functions: Vec<Affine> = parts(&gamma)
        .0
        .iter()
        .filter_map(|neuron| {
            let (offset, normal) = neuron.inner().split_last()?;
            Some(Affine {
                normal: normal.to_vec(),
                offset: offset.clone(),
            })
        })
        .collect();
    let (mut lower, mut upper) = (Vec::new(), Vec::new());
    for _ in 0..shape[0] {
        lower.push(if random.chance(1, 3) {
            Rational::zero()
        } else {
            -random.positive()
        });
        upper.push(random.positive());
    }
    let facets = match within {
        true => box_facets(&lower, &upper),
        false => Vec::new(),
    };
    let prepared = Arrangement::affine(&functions, &facets, shape[0], &Watch::none()).ok()?;
    let how = match !within && random.chance(1, 2) {
        true => Completeness::Count,
        false => Completeness::Closure,
    };
    certificate(&gamma, &prepared, how)
}

pub fn domain(random: &mut Random, large: bool) -> Option<String> {
    affine(random, large, true)
}

pub fn biases(random: &mut Random, large: bool) -> Option<String> {
    affine(random, large, false)
}

/// Whether the layer of a network is injective: of rows and their negatives it often is.
fn layer(random: &mut Random, large: bool, injective: bool) -> Option<String> {
    let shape = match (large, injective) {
        (true, true) => [2, 12, 1],
        (true, false) => [4, 10, 1],
        _ => [1 + random.below(3), 1 + random.below(4), 1],
    };
    let biased = random.chance(1, 2);
    let (mut neurons, offset) = parts(&network(random, shape, biased));
    for neuron in neurons.clone() {
        let mut inner: Vec<Rational> = neuron.inner().iter().map(|a| -a).collect();
        if let Some(bias) = inner.last_mut().filter(|_| biased) {
            *bias += random.pick(&[ratio(0, 1), ratio(1, 2)]);
        }
        if injective || (!large && random.chance(1, 2)) {
            neurons.push(Neuron::rational(inner, neuron.outer().to_vec()));
        }
    }
    match injectivity(
        &of_neurons(neurons, offset),
        Arc::new(Floats),
        &Watch::none(),
    )
    .ok()?
    {
        Injectivity::Injective { certificate, .. } => injective.then_some(certificate),
        Injectivity::Collision { certificate, .. } => (!injective).then_some(certificate),
    }
}

pub fn injective(random: &mut Random, large: bool) -> Option<String> {
    layer(random, large, true)
}

pub fn not_injective(random: &mut Random, large: bool) -> Option<String> {
    layer(random, large, false)
}
