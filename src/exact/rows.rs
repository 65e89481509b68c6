//! Rational rows as integer rows over a common denominator: denominators are cleared once, results reduced once.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One, Signed as _, ToPrimitive as _, Zero};

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
    if let Some(short) = clear_short_denominators(row) {
        return short;
    }
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

/// The same in two machine words, if the common denominator fits.
fn clear_short_denominators(row: &[Rational]) -> Option<IntegerRow> {
    let mut common = 1_u128;
    let denominators = row.iter().map(|value| value.denom().to_u128());
    let denominators = denominators.collect::<Option<Vec<u128>>>()?;
    for denominator in &denominators {
        if !common.is_multiple_of(*denominator) {
            common = (common / common.gcd(denominator)).checked_mul(*denominator)?;
        }
    }
    let scaled = |(value, denominator): (&Rational, &u128)| value.numer() * (common / denominator);
    Some(IntegerRow {
        entries: row.iter().zip(&denominators).map(scaled).collect(),
        denominator: common.into(),
    })
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

/// The primitive row up to sign, its first non-zero entry positive: the same for all rows on one line through the origin; and whether the row
/// points the other way.
pub(crate) fn line(entries: &[BigInt]) -> (Vec<BigInt>, bool) {
    let mut line = primitive(entries);
    let reversed = line
        .iter()
        .find(|entry| !entry.is_zero())
        .is_some_and(BigInt::is_negative);
    if reversed {
        line.iter_mut().for_each(|entry| *entry = -&*entry);
    }
    (line, reversed)
}

/// The same of a rational row.
pub(crate) fn line_of(row: &[Rational]) -> (Vec<BigInt>, bool) {
    line(&clear_denominators(row).entries)
}

/// Integers over one power of two, so that the longest has this many bits, at most 62; their last bits are cut off.
pub(crate) fn leading_bits<'a>(
    entries: impl Iterator<Item = &'a BigInt> + Clone,
    length: u64,
) -> impl Iterator<Item = i64> {
    let bits = entries.clone().map(BigInt::bits).max().unwrap_or(0);
    let (down, up) = (bits.saturating_sub(length), length.saturating_sub(bits));
    entries.map(move |x| {
        let size = ((x.abs() << up) >> down).to_i64().unwrap_or(0);
        if x.is_negative() { -size } else { size }
    })
}

/// Entries over a common denominator back as rationals in lowest terms.
pub fn over(entries: &[BigInt], denominator: &BigInt) -> Vec<Rational> {
    let entries = entries.iter();
    entries
        .map(|entry| reduced(entry.clone(), denominator.clone()))
        .collect()
}
