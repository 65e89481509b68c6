//! Statements for all k about lifts, least networks, flips, and what is nearest in N*, of random families.

use relucert::audit::Random;
use relucert::exact::Rational;
use relucert::family::{
    Expression, Family, Neuron, prove_flips, prove_lift, prove_minimal, prove_nearest_in_n_star,
    prove_regions,
};
use relucert::parametrizations::Limits;
use relucert::watch::Watch;

use super::families::{entry, formula};
use super::functions::cube;
use crate::networks::one_of;

fn row(random: &mut Random, length: usize) -> Vec<Expression> {
    (0..length).map(|_| entry(random)).collect()
}

/// Random entries; sometimes a neuron is minus the sum of the others, with the same outer weights.
fn family(random: &mut Random, large: bool) -> Option<Family> {
    let (d, m) = match large {
        true => (2, 4),
        false => (1 + random.below(2), 1 + random.below(3)),
    };
    let biased = random.chance(1, 2);
    let width = d + usize::from(biased);
    let mut neurons: Vec<Neuron> = Vec::new();
    for _ in 0..m {
        neurons.push(Neuron::of(row(random, width), row(random, 1)));
    }
    if random.chance(1, 2) {
        let outer = vec![formula(one_of(random, &["1", "k", "-1"]))];
        let mut sum = vec![Expression::zero(); width];
        for neuron in &mut neurons {
            *neuron = neuron.with_outer(outer.clone());
            for (sum, a) in sum.iter_mut().zip(neuron.inner()) {
                *sum = sum.sub(a);
            }
        }
        if let Some(last) = sum.last_mut().filter(|_| biased) {
            *last = entry(random);
        }
        neurons.push(Neuron::of(sum, outer));
    }
    let offset = match biased {
        // An output bias has no roots.
        true => vec![Rational::from_integer((random.below(5) as i64 - 2).into()).into()],
        false => Vec::new(),
    };
    Family::new(neurons, biased.then_some(offset)).ok()
}

pub fn lift(random: &mut Random, large: bool) -> Option<String> {
    let theta = family(random, large)?;
    Some(prove_lift(&theta, false, &Watch::none()).ok()?.certificate)
}

pub fn minimal(random: &mut Random, large: bool) -> Option<String> {
    let given = family(random, large)?;
    Some(prove_minimal(&given, &Limits::default()).ok()?.certificate)
}

pub fn flips(random: &mut Random, large: bool) -> Option<String> {
    let gamma = family(random, large)?;
    Some(prove_flips(&gamma, &Limits::default()).ok()?.certificate)
}

pub fn regions(random: &mut Random, large: bool) -> Option<String> {
    let gamma = family(random, large)?;
    let domain = random.chance(1, 2).then(|| cube(random, gamma.inputs()));
    let proved = prove_regions(&gamma, domain.as_ref(), &Watch::none());
    Some(proved.ok()?.certificate)
}

/// Rows with positive last entries, and outer weights of the same size.
pub fn nearest_in_n_star(random: &mut Random, large: bool) -> Option<String> {
    const ROWS: [[&str; 3]; 5] = [
        ["1", "1/2", "1/k"],
        ["-1/2", "1", "1/(k+1)"],
        ["1/k", "k/(k+1)", "1"],
        ["0", "1", "1/(k+2)"],
        ["(k-3)/(k+3)", "1", "1/2"],
    ];
    let count = if large { 4 } else { 1 + random.below(3) };
    let first = random.below(ROWS.len());
    let neurons = (first..first + count).map(|i| {
        let factor = formula(one_of(random, &["1", "k", "2", "k+1", "1/k"]));
        let row = ROWS[i % ROWS.len()].map(|text| formula(text).mul(&factor));
        Neuron::of(row.to_vec(), vec![factor])
    });
    let gamma = Family::new(neurons.collect(), None).ok()?;
    let turned = gamma.neurons().iter().map(|neuron| {
        let factor = formula(one_of(random, &["1", "2", "1/2", "(k+1)/k"]));
        let times = |row: &[Expression]| row.iter().map(|x| x.mul(&factor)).collect();
        Neuron::of(times(neuron.inner()), times(neuron.outer()))
    });
    let theta = Family::new(turned.collect(), None).ok()?;
    let proved = prove_nearest_in_n_star(&gamma, &theta, &Watch::none());
    Some(proved.ok()?.certificate)
}
