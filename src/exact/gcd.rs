//! The one place where greatest common divisors of big integers are taken.
//!
//! num-bigint's gcd is the measured bottleneck of rational arithmetic; dashu-int's is several times faster even with the
//! conversions, so large operands go through it and small ones through machine words.

use dashu_int::UBig;
use dashu_int::ops::{BitTest as _, Gcd};
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};

use super::rational::Rational;

/// Shorter numbers are divided without extra memory.
const UNBALANCED_BITS: usize = 1024;

fn to_dashu(value: &BigUint) -> UBig {
    UBig::from_le_bytes(&value.to_bytes_le())
}

fn from_dashu(value: &UBig) -> BigUint {
    BigUint::from_bytes_le(&value.to_le_bytes())
}

/// The non-negative greatest common divisor; `gcd(0, 0) = 0`.
///
/// Cost: at most quadratic in the number of bits; machine words up to 128 bits.
pub fn gcd(left: &BigInt, right: &BigInt) -> BigInt {
    if left.is_zero() || right.is_zero() {
        return BigInt::from_biguint(Sign::Plus, (left + right).magnitude().clone());
    }
    let (left, right) = (left.magnitude(), right.magnitude());
    if is_power(left) || is_power(right) {
        let zeros = left.trailing_zeros().min(right.trailing_zeros());
        return BigInt::one() << zeros.unwrap_or(0);
    }
    if let (Some(x), Some(y)) = (left.to_u128(), right.to_u128()) {
        return short_gcd(x, y);
    }
    let (mut long, mut short) = (to_dashu(left), to_dashu(right));
    if long < short {
        std::mem::swap(&mut long, &mut short);
    }
    // dashu-int sets memory aside for the first of Euclid's divisions alone, and panics where a later one, by a remainder that is much
    // shorter, needs more. Where the first dividend has twice the divisor's length, none needs more than the first.
    if short.bit_len() > UNBALANCED_BITS && long.bit_len() < 2 * short.bit_len() + 64 {
        long += &short << (short.bit_len() + 64);
    }
    let gcd = Gcd::gcd(&long, &short);
    BigInt::from_biguint(Sign::Plus, from_dashu(&gcd))
}

/// Whether this is a power of two, as denominators of floats are.
fn is_power(value: &BigUint) -> bool {
    value
        .trailing_zeros()
        .is_some_and(|zeros| zeros + 1 == value.bits())
}

fn short_gcd(x: u128, y: u128) -> BigInt {
    let (long, short) = (x.max(y), x.min(y));
    // A word is divided much faster than two.
    match u64::try_from(short) {
        Ok(word) => BigInt::from(Integer::gcd(&word, &((long % short) as u64))),
        Err(_) => BigInt::from(Integer::gcd(&long, &short)),
    }
}

/// The non-negative greatest common divisor of all values; 0 if there are none or all are zero.
pub fn gcd_all<'a>(values: impl IntoIterator<Item = &'a BigInt>) -> BigInt {
    let mut common = BigInt::zero();
    for value in values {
        common = gcd(&common, value);
        if common.is_one() {
            break;
        }
    }
    common
}

/// The positive least common multiple of two non-zero integers.
pub fn lcm(left: &BigInt, right: &BigInt) -> BigInt {
    let product = left / gcd(left, right) * right;
    BigInt::from_biguint(Sign::Plus, product.magnitude().clone())
}

/// `numerator / denominator` in lowest terms; the denominator must not be zero.
pub fn reduced(numerator: BigInt, denominator: BigInt) -> Rational {
    debug_assert!(!denominator.is_zero());
    let mut common = gcd(&numerator, &denominator);
    if denominator.sign() == Sign::Minus {
        common = -common;
    }
    divided(numerator, denominator, &common)
}

/// Numerator and denominator divided by a common divisor.
fn divided(numerator: BigInt, denominator: BigInt, common: &BigInt) -> Rational {
    match common.is_one() {
        true => Rational::new_raw(numerator, denominator),
        false => Rational::new_raw(numerator / common, denominator / common),
    }
}

/// The product. Common divisors are taken of the factors, which are shorter.
pub fn product(x: &Rational, y: &Rational) -> Rational {
    let cross = |x: &Rational, y: &Rational| {
        let common = gcd(x.numer(), y.denom());
        divided(x.numer().clone(), y.denom().clone(), &common)
    };
    let (x, y) = (cross(x, y), cross(y, x));
    Rational::new_raw(x.numer() * y.numer(), x.denom() * y.denom())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Euclid's algorithm by num-bigint.
    fn slow(left: &BigInt, right: &BigInt) -> BigInt {
        let (mut x, mut y) = (left.clone(), right.clone());
        while !y.is_zero() {
            (x, y) = (y.clone(), x % y);
        }
        x
    }

    /// Operands whose remainders become much shorter in one division, at every size where the method of division changes.
    #[test]
    fn remainders_that_are_much_shorter() {
        let number = |bits: u64, seed: u32| -> BigInt {
            let digits = (0..bits / 32).scan(seed, |x, _| {
                *x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                Some(*x | 1)
            });
            BigInt::new(Sign::Plus, digits.collect())
        };
        let mut tried = 0;
        for bits in [64, 1024, 1088, 4096, 12_800, 40_000] {
            for part in [1, 2, 3, 5, 40] {
                let (long, short) = (number(bits, 7), number((bits / part).max(32), 11));
                for multiple in [1, 3] {
                    let other = &long * multiple + &short;
                    assert_eq!(gcd(&long, &other), slow(&long, &other), "{bits}/{part}");
                    let (x, y) = (&long * &short, &other * &short);
                    assert_eq!(gcd(&x, &y), slow(&x, &y), "{bits}/{part}");
                    tried += 2;
                }
            }
        }
        assert_eq!(tried, 120);
    }
}
