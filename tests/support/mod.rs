//! Shared by the integration tests: networks from text, and a seeded source of random ones.
#![allow(dead_code)]

pub mod advice;
pub mod certificates;
pub mod cli;
pub mod ended;
pub mod families;
pub mod onnx;
pub mod parts;
pub mod theorem_pairs;

use relucert::exact::text::parse;
use relucert::exact::{Rational, Surd};
use relucert::network::{Neuron, Shallow};
use relucert::reparametrize::{Options, Reparametrization};
use relucert::stability::{Pair, Theorem};

/// What one theorem says about two networks.
pub fn ask(
    theorem: Theorem,
    gamma: &Shallow,
    theta: &Shallow,
    options: Options,
) -> Reparametrization {
    let options = Options {
        theorem: Some(theorem),
        ..options
    };
    let pair = Pair::unbiased(gamma.clone(), theta.clone());
    pair.reparametrize(&options).expect("networks of one shape")
}

/// A network from rows written as text.
pub fn network(a: &[Vec<String>], c: &[Vec<String>]) -> Shallow {
    let row = |row: &Vec<String>| -> Vec<Surd> {
        row.iter()
            .map(|text| parse(text).expect("a number"))
            .collect()
    };
    let neurons = a
        .iter()
        .zip(c)
        .map(|(a, c)| Neuron::from_weights(&row(a), &row(c)).expect("one radical a neuron"));
    Shallow::new(neurons.collect()).expect("a network")
}

/// A network with one output from rows written as text, entries separated by spaces: `&["1 0 | 2"]` is a = (1, 0), c = 2.
pub fn net(rows: &[&str]) -> Shallow {
    let words = |text: &str| {
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let parts = rows.iter().map(|row| row.split_once('|').expect("a | c"));
    let (a, c): (Vec<_>, Vec<_>) = parts.map(|(a, c)| (words(a), words(c))).unzip();
    network(&a, &c)
}

/// A seeded generator; tests print the seed they use.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed ^ 0x5851_f42d_4c95_7f2d)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n as u64) as usize
    }

    /// One of these texts.
    pub fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    /// A small rational: integers −4 … 4, sometimes halves and thirds.
    pub fn number(&mut self) -> Rational {
        let numerator = self.below(9) as i64 - 4;
        let denominator = [1, 1, 1, 2, 3][self.below(5)];
        Rational::new(numerator.into(), denominator.into())
    }

    pub fn row(&mut self, length: usize) -> Vec<Rational> {
        (0..length).map(|_| self.number()).collect()
    }

    pub fn shallow(&mut self, inputs: usize, neurons: usize, outputs: usize) -> Shallow {
        let neurons = (0..neurons)
            .map(|_| Neuron::rational(self.row(inputs), self.row(outputs)))
            .collect();
        Shallow::new(neurons).expect("rows of equal length")
    }
}
