//! Complete lists of regions.

use num_traits::Zero as _;
use relucert::arrangement::{Affine, Arrangement, Completeness, Options, box_facets};
use relucert::audit::Random;
use relucert::exact::Rational;
use relucert::network::{Network, to_certificate};
use relucert::watch::Watch;

use crate::networks::{network, parts};

/// Dimension and number of hyperplanes.
fn shape(random: &mut Random, large: bool) -> [usize; 3] {
    match large {
        true => *random.pick(&[[2, 40, 1], [3, 12, 1]]),
        false => [1 + random.below(3), 1 + random.below(5), 1],
    }
}

fn certificate(gamma: &Network, prepared: &Arrangement, how: Completeness) -> Option<String> {
    let regions = prepared.regions(&Options::default()).ok()?;
    regions.certificate(to_certificate(gamma)?, how, &Watch::none()).ok()
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
        lower.push(if random.chance(1, 3) { Rational::zero() } else { -random.positive() });
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
