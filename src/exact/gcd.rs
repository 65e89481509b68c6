//! The one place where greatest common divisors of big integers are taken.
//!
//! num-bigint's gcd is the measured bottleneck of rational arithmetic; dashu-int's is several times faster even with the
//! conversions, so large operands go through it and small ones through machine words.

use dashu_int::UBig;
use dashu_int::ops::Gcd;
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};

use super::Rational;

fn to_dashu(value: &BigUint) -> UBig {
    UBig::from_le_bytes(&value.to_bytes_le())
}

fn from_dashu(value: &UBig) -> BigUint {
    BigUint::from_bytes_le(&value.to_le_bytes())
}

/// The non-negative greatest common divisor; `gcd(0, 0) = 0`.
pub fn gcd(left: &BigInt, right: &BigInt) -> BigInt {
    if left.is_zero() || right.is_zero() {
        return BigInt::from_biguint(Sign::Plus, (left + right).magnitude().clone());
    }
    let (left, right) = (left.magnitude(), right.magnitude());
    if let (Some(x), Some(y)) = (left.to_u128(), right.to_u128()) {
        return BigInt::from(Integer::gcd(&x, &y));
    }
    let gcd = Gcd::gcd(&to_dashu(left), &to_dashu(right));
    BigInt::from_biguint(Sign::Plus, from_dashu(&gcd))
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
    Rational::new_raw(numerator / &common, denominator / common)
}
