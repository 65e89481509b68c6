//! Square roots among integers and rationals, and square factors taken out of radicands.

use num_bigint::BigInt;
use num_integer::Roots;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::rational::Rational;

/// `root` with `root² = value`, if there is one among the integers.
pub(super) fn exact_root(value: &BigInt) -> Option<BigInt> {
    if value.is_negative() {
        return None;
    }
    let root = value.sqrt();
    (&root * &root == *value).then_some(root)
}

/// √value for a rational square.
pub fn rational_root(value: &Rational) -> Option<Rational> {
    Some(Rational::new_raw(
        exact_root(value.numer())?,
        exact_root(value.denom())?,
    ))
}

/// Writes n = outside²·inside, for printing: complete for n < 2^48, otherwise only primes below 1000 and a square cofactor
/// are taken out.
pub(super) fn without_small_squares(n: &BigInt) -> (BigInt, BigInt) {
    let (mut outside, mut inside) = (BigInt::one(), BigInt::one());
    let mut rest = n.clone();
    let limit = match n.to_u64() {
        Some(word) => word.cbrt().min(1 << 16) as u32,
        None => 1000,
    };
    let mut divide = |prime: u32, rest: &mut BigInt| {
        let mut power = 0;
        while (&*rest % prime).is_zero() {
            *rest /= prime;
            power += 1;
        }
        outside *= BigInt::from(prime).pow(power / 2);
        if power % 2 == 1 {
            inside *= prime;
        }
    };
    divide(2, &mut rest);
    let mut candidate = 3;
    while candidate <= limit && !rest.is_one() {
        divide(candidate, &mut rest);
        candidate += 2;
    }
    match exact_root(&rest) {
        Some(root) => (outside * root, inside),
        None => (outside, inside * rest),
    }
}
