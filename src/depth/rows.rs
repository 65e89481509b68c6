//! Rows up to a positive factor: primitive integers, bias last. Where denominators are powers of two, as of floats, no common divisor is taken entry
//! by
//! entry.

use num_bigint::BigInt;
use num_traits::{One as _, Zero as _};

use super::rewriting::times;
use crate::exact::Rational;
use crate::exact::gcd::{gcd_all, reduced};
use crate::exact::rows::{IntegerRow, clear_denominators};
use crate::network::Layer;

/// Rows, bias last, of primitive integers, and the positive factor that each had; a row of zeros has the factor 1.
#[derive(Clone, Debug)]
pub(super) struct Primitive {
    pub(super) rows: Vec<Vec<BigInt>>,
    pub(super) factors: Vec<Rational>,
}

/// The factors of the neurons that a layer reads, as numbers and over a common denominator if that is a power of two.
pub(super) struct Read {
    factors: Vec<Rational>,
    whole: Option<IntegerRow>,
}

fn is_power(number: &BigInt) -> bool {
    let zeros = number.magnitude().trailing_zeros();
    zeros.is_some_and(|zeros| zeros + 1 == number.bits())
}

fn is_binary(row: &[Rational]) -> bool {
    row.iter().all(|x| is_power(x.denom()))
}

impl Read {
    pub(super) fn new(factors: Vec<Rational>) -> Self {
        let whole = is_binary(&factors).then(|| clear_denominators(&factors));
        Read { factors, whole }
    }

    /// A row of weights, each times the factor of what it reads, and the bias: integers over a denominator.
    fn row(&self, weights: &[Rational], bias: &Rational) -> IntegerRow {
        let binary = is_binary(weights) && is_power(bias.denom());
        if let (Some(factors), true) = (&self.whole, binary) {
            let weights = clear_denominators(weights);
            let products = weights.entries.iter().zip(&factors.entries);
            let mut entries: Vec<BigInt> = products.map(|(x, y)| x * y).collect();
            let mut denominator = weights.denominator * &factors.denominator;
            // Both are powers of two: the larger one is a multiple of the other.
            if bias.denom() > &denominator {
                let more = bias.denom() / &denominator;
                entries.iter_mut().for_each(|x| *x *= &more);
                denominator = bias.denom().clone();
            }
            entries.push(bias.numer() * (&denominator / bias.denom()));
            return IntegerRow {
                entries,
                denominator,
            };
        }
        clear_denominators(&self.rationals(weights, bias))
    }

    /// The same as rationals.
    pub(super) fn rationals(&self, weights: &[Rational], bias: &Rational) -> Vec<Rational> {
        let weights = weights.iter().zip(&self.factors);
        let weights = weights.map(|(x, y)| times(x, y));
        weights.chain([bias.clone()]).collect()
    }
}

/// The rows of a layer that reads neurons with these factors, or the input where there are none.
pub(super) fn primitive(layer: &Layer, read: Option<&Read>) -> Primitive {
    let (mut rows, mut factors) = (Vec::new(), Vec::new());
    for (weights, bias) in layer.weights.iter().zip(&layer.biases) {
        let row = match read {
            Some(read) => read.row(weights, bias),
            None => {
                let whole = weights.iter().chain([bias]).cloned();
                clear_denominators(&whole.collect::<Vec<_>>())
            }
        };
        let IntegerRow {
            mut entries,
            denominator,
        } = row;
        let content = gcd_all(&entries);
        let factor = match content.is_zero() {
            true => Rational::one(),
            false => reduced(content.clone(), denominator),
        };
        if !content.is_zero() && !content.is_one() {
            entries.iter_mut().for_each(|entry| *entry /= &content);
        }
        rows.push(entries);
        factors.push(factor);
    }
    Primitive { rows, factors }
}
