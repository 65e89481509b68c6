//! What a check finds, and what all checks share.

use crate::audit::random::Random;
use crate::exact::Rational;
use crate::network::{Neuron, Shallow};
use crate::realization::{CanonicalForm, Domain, SupNormLimits, sup_norm};

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// In a line.
    pub line: String,
    /// On how many random instances, drawn from [`SEED`], if it was on random ones.
    pub random: Option<u64>,
}

impl From<String> for Found {
    fn from(line: String) -> Self {
        Found { line, random: None }
    }
}

/// Random instances a check.
pub(super) const COUNT: u64 = 300;
/// Their seed.
pub const SEED: u64 = 2026;

pub(super) fn q(p: i64, r: i64) -> Rational {
    Rational::new(p.into(), r.into())
}

pub(super) fn holds(condition: bool, what: &str) -> Result<(), String> {
    match condition {
        true => Ok(()),
        false => Err(what.to_owned()),
    }
}

pub(super) fn over_random(
    what: &str,
    test: impl Fn(&mut Random) -> Option<Result<(), String>>,
) -> Result<Found, String> {
    let mut tried = 0;
    for index in 0..COUNT {
        let mut random = Random::of_trial(SEED, index);
        match test(&mut random) {
            None => {}
            Some(Err(reason)) => return Err(format!("trial {index}: {reason}")),
            Some(Ok(())) => tried += 1,
        }
    }
    holds(tried > COUNT / 4, "too few instances")?;
    Ok(Found {
        line: format!("{what}: {tried} random instances, seed {SEED}"),
        random: Some(tried),
    })
}

pub(super) fn neuron(inner: &[Rational], outer: Rational) -> Neuron {
    Neuron::rational(inner.to_vec(), vec![outer])
}

pub(super) fn network(neurons: &[(&[i64], i64)]) -> Result<Shallow, String> {
    let row = |row: &[i64]| -> Vec<Rational> { row.iter().map(|&x| q(x, 1)).collect() };
    let neurons = neurons.iter().map(|(a, c)| neuron(&row(a), q(*c, 1)));
    Shallow::new(neurons.collect()).map_err(|error| error.to_string())
}

pub(super) fn point(random: &mut Random, dimension: usize) -> Vec<Rational> {
    (0..dimension).map(|_| random.fraction()).collect()
}

pub(super) fn cube(dimension: usize, size: &Rational) -> Result<Domain, String> {
    Domain::new(vec![(-size, size.clone()); dimension]).map_err(|error| error.to_string())
}

/// Vertices that may be looked at for a sup norm.
pub(super) const VERTICES: u128 = 200_000;

pub(super) fn sup(form: &CanonicalForm, domain: &Domain) -> Result<Rational, String> {
    let found = sup_norm(form, domain, &SupNormLimits::default());
    let found = found.map_err(|error| error.to_string())?;
    found.exact().cloned().ok_or_else(|| "a bracket".to_owned())
}
