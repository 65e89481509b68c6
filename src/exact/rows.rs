//! Rational rows as integer rows over a common denominator: denominators are cleared once, results reduced once.

use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::gcd::{gcd_all, lcm, reduced};
use super::rational::Rational;

/// entries / denominator; the denominator is positive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegerRow {
    /// The numerators.
    pub entries: Vec<BigInt>,
    /// Their common denominator.
    pub denominator: BigInt,
}

/// Clears the denominators of a row with the least common denominator.
pub fn clear_denominators(row: &[Rational]) -> IntegerRow {
    let mut denominator = BigInt::one();
    for value in row {
        if !value.denom().is_one() && !(&denominator % value.denom()).is_zero() {
            denominator = lcm(&denominator, value.denom());
        }
    }
    let entries = row.iter();
    IntegerRow {
        entries: entries
            .map(|value| value.numer() * (&denominator / value.denom()))
            .collect(),
        denominator,
    }
}

/// The row divided by the gcd of its entries, with its orientation kept; a zero row stays zero.
pub fn primitive(entries: &[BigInt]) -> Vec<BigInt> {
    let content = gcd_all(entries);
    if content.is_zero() || content.is_one() {
        return entries.to_vec();
    }
    entries.iter().map(|entry| entry / &content).collect()
}

/// The primitive integer row of the same direction as a rational row.
pub fn direction(row: &[Rational]) -> Vec<BigInt> {
    primitive(&clear_denominators(row).entries)
}

/// Entries over a common denominator back as rationals in lowest terms.
pub fn over(entries: &[BigInt], denominator: &BigInt) -> Vec<Rational> {
    let entries = entries.iter();
    entries
        .map(|entry| reduced(entry.clone(), denominator.clone()))
        .collect()
}
