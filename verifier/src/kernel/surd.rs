//! Sums of square roots of integers and their exact signs.

use std::cmp::Ordering;

use num_traits::Signed as _;

use super::budget::{Budget, size};
use super::cost;
use super::number::{Q, common_denominator, over};
use super::roots::{Roots, Scalar};
use super::signs::{Asked, Signs};
use super::verdict::{Stop, decline, reject};
use relucert_format::Surd;

/// Radicals in one stated number: a stretched weight has at most three roots √n, and its inverse weight their products.
const MAX_RADICALS: usize = 16;

/// Limb operations that a product of two stated numbers may take.
const LONGEST_PRODUCT: u64 = 1 << 29;

/// The working precision, in bits, that is tried first.
const FIRST_PRECISION: u64 = 64;

/// A rational number plus rational multiples of square roots of integers. None of these nor a product of two is a perfect square: so they and 1 are linearly
/// independent over Q.
pub(crate) type Sum = Roots<Q>;

impl Sum {
    /// The value of a number in a certificate; declines more radicals than any claim needs.
    pub(crate) fn stated(surd: &Surd, limits: &Budget) -> Result<Sum, Stop> {
        if surd.terms.len() > MAX_RADICALS {
            return decline(format!("a number has more than {MAX_RADICALS} radicals"));
        }
        let parts = surd.terms.iter();
        let bits = parts.flat_map(|(q, n)| [q.numer().bits(), q.denom().bits(), n.bits()]);
        let bits = bits.chain([surd.rational.numer().bits(), surd.rational.denom().bits()]);
        let bits = bits.max().unwrap_or(0);
        let pairs = (1 + surd.terms.len()).pow(2);
        let product = cost::times(4 * pairs, cost::fraction(2 * bits));
        if !surd.terms.is_empty() && product > LONGEST_PRODUCT {
            return decline(format!("a number with radicals has {bits} bits"));
        }
        Sum::surd(surd, limits)
    }

    /// Twice the bits of the rational part, or those of the square of a root's multiple, whatever is more. How squares are split between
    /// coefficient and radicand does not matter.
    pub(crate) fn longest_square(&self) -> u64 {
        let squares = self.roots.iter().map(|(q, n)| (&q.square() * n).bits());
        squares.max().unwrap_or(0).max(2 * self.plain.bits())
    }

    /// Bits of all numerators, denominators and radicands.
    pub(crate) fn all_bits(&self) -> u64 {
        let bits = |q: &Q| q.numerator().bits() + q.denominator().bits();
        self.parts().map(bits).sum()
    }

    /// Orders the absolute value and a number exactly.
    pub(crate) fn compare_size(&self, other: &Sum, limits: &Budget) -> Result<Ordering, Stop> {
        match self.sign(limits)?.is_lt() {
            true => self.neg().compare(other, limits),
            false => self.compare(other, limits),
        }
    }

    /// Orders two numbers exactly.
    pub(crate) fn compare(&self, other: &Sum, limits: &Budget) -> Result<Ordering, Stop> {
        self.sub(other, limits)?.sign(limits)
    }

    /// The exact sign: as the roots are independent, a sum that has some is not 0, and some enclosure decides.
    pub(crate) fn sign(&self, limits: &Budget) -> Result<Ordering, Stop> {
        limits.charge(cost::ANY)?;
        if self.roots.is_empty() {
            return Ok(self.plain.sign());
        }
        let mut precision = FIRST_PRECISION;
        loop {
            if let Some(sign) = self.enclosed_sign(precision, limits)? {
                return Ok(sign);
            }
            precision = precision.saturating_mul(2);
        }
    }

    /// The sign, if it shows with roots known to within 2^−precision.
    fn enclosed_sign(&self, precision: u64, limits: &Budget) -> Result<Option<Ordering>, Stop> {
        for (coefficient, radicand) in &self.roots {
            let precise = cost::root(radicand.bits() + 2 * precision);
            let scaled = cost::product(radicand.bits() / 2 + precision, coefficient.bits());
            limits.charge(precise + scaled)?;
        }
        let coefficients = self.roots.iter().map(|(coefficient, _)| coefficient);
        let numbers: Vec<Q> = coefficients.chain([&self.plain]).cloned().collect();
        let mut scaled = over(&numbers, &common_denominator(&numbers, limits)?);
        let mut low = scaled.pop().unwrap_or_default() << precision;
        let mut high = low.clone();
        for ((_, radicand), coefficient) in self.roots.iter().zip(scaled) {
            // floor(2^p·√n) < 2^p·√n < floor(2^p·√n) + 1, as n is no perfect square.
            let floor = (radicand.numerator() << (2 * precision)).sqrt();
            let near = &coefficient * floor;
            let far = &near + &coefficient;
            let (lower, upper) = if coefficient.is_positive() {
                (near, far)
            } else {
                (far, near)
            };
            low += lower;
            high += upper;
        }
        Ok(match (low.is_positive(), high.is_negative()) {
            (true, _) => Some(Ordering::Greater),
            (_, true) => Some(Ordering::Less),
            _ => None,
        })
    }
}

impl Scalar for Q {
    const ROOTS: usize = usize::MAX;
    const EACH: bool = false;

    fn is_zero(&self) -> bool {
        self.is_zero()
    }

    fn join(&self, other: &Q, plus: bool, limits: &Budget) -> Result<Q, Stop> {
        limits.check(self.bits().max(other.bits()))?;
        Ok(if plus { self + other } else { self - other })
    }

    fn mul(&self, other: &Q, limits: &Budget) -> Result<Q, Stop> {
        limits.check(self.bits() + other.bits())?;
        Ok(self * other)
    }

    fn neg(&self) -> Q {
        -self
    }

    fn inverse(&self, _: bool, _: &Budget) -> Result<Q, Stop> {
        self.inverse()
            .map_or_else(|| reject("division by zero"), Ok)
    }

    fn has_root(&self, _: bool, _: &Budget) -> Result<bool, Stop> {
        Ok(!self.is_negative())
    }

    /// √(p/q) = √(pq)/q.
    fn kept(coefficient: &Q, radicand: &Q, limits: &Budget) -> Result<(Q, Q), Stop> {
        let denominator = Q::from(radicand.denominator().clone());
        match denominator.inverse() {
            Some(over) if !denominator.is_one() => {
                limits.check(2 * coefficient.bits().max(radicand.bits()))?;
                let product = radicand * &denominator.square();
                Ok((coefficient * &over, product))
            }
            _ => Ok((coefficient.clone(), radicand.clone())),
        }
    }

    /// √n′ = √(n′/n)·√n where n′/n is a square.
    fn multiple(radicand: &Q, root: Option<&Q>, limits: &Budget) -> Result<Option<Q>, Stop> {
        match root.and_then(Q::inverse) {
            None => square_root(radicand, limits),
            Some(inverse) => square_root(&radicand.mul(&inverse, limits)?, limits),
        }
    }

    fn precedes(&self, other: &Q) -> bool {
        self < other
    }

    fn signs(sum: &Sum, limits: &Budget) -> Result<Signs, Stop> {
        sum.sign(limits).map(Signs::of)
    }

    /// Nothing: of numbers it is said what does not hold in the end.
    fn unseen(_: &str, _: Asked, _: &Sum) -> Result<(), Stop> {
        Ok(())
    }

    fn memory(&self) -> u64 {
        size(1, self.bits())
    }
}

/// The root of a square.
pub(super) fn square_root(square: &Q, limits: &Budget) -> Result<Option<Q>, Stop> {
    if square.is_negative() {
        return Ok(None);
    }
    limits.charge(2 * cost::root(square.bits()))?;
    let [above, below] = [square.numerator(), square.denominator()].map(|part| {
        let root = part.sqrt();
        (&root * &root == *part).then_some(root)
    });
    Ok(above
        .zip(below)
        .and_then(|(above, below)| Q::fraction(above, below)))
}

#[cfg(test)]
#[path = "../tests/surd.rs"]
mod tests;
