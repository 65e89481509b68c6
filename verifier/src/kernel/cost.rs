//! What operations on long numbers cost, in limb operations. One takes about a nanosecond; the figures are fitted to the arithmetic in use, and meant
//! to be right within a factor of two for numbers of 1 to 100,000 bits.

/// Limb operations for finding a place for a number, and whatever else does not depend on its length.
pub(crate) const ANY: u64 = 24;

/// Limbs of a number of so many bits.
pub(crate) fn limbs(bits: u64) -> u64 {
    bits / 64 + 1
}

/// A sum of two integers, the longer one of so many bits.
pub(crate) fn sum(bits: u64) -> u64 {
    ANY + limbs(bits)
}

/// A product or quotient of integers of so many bits.
pub(crate) fn product(x: u64, y: u64) -> u64 {
    ANY.saturating_add(limbs(x).saturating_mul(limbs(y)))
}

/// An inner product of rows of so many integers, with so many bits.
pub(crate) fn inner(length: usize, x: u64, y: u64) -> u64 {
    times(length, product(x, y).saturating_add(sum(x + y)))
}

/// A greatest common divisor of integers of so many bits: the slow one, bit by bit.
pub(crate) fn divisor(bits: u64) -> u64 {
    (ANY + 20 * bits).saturating_add(bits.saturating_mul(bits) / 230)
}

/// A sum or product of fractions with a numerator or denominator of so many bits: it is the common divisors that cost.
pub(crate) fn fraction(bits: u64) -> u64 {
    (400 + 80 * bits).saturating_add(bits.saturating_mul(bits) / 40)
}

/// The integer part of the square root of an integer of so many bits.
pub(crate) fn root(bits: u64) -> u64 {
    (300 + 3 * bits).saturating_add(bits.saturating_mul(bits) / 3000)
}

/// An integer from so many digits, or the digits of it.
pub(crate) fn converted(digits: u64) -> u64 {
    let limbs = digits / 19 + 1;
    (ANY + 4 * digits).saturating_add(limbs.saturating_mul(limbs))
}

/// That many times as much.
pub(crate) fn times(count: usize, one: u64) -> u64 {
    one.saturating_mul(count as u64)
}
