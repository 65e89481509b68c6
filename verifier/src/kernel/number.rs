//! Rational numbers that compare by cross-multiplication, and rows of them over one denominator.
//!
//! `num_rational::Ratio` compares, tests for equality and hashes by recursion along continued fractions, so two long numbers
//! in a certificate could overflow the stack. [`Q`] keeps the arithmetic and replaces those.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{
    CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, One as _, Signed, ToPrimitive, Zero as _,
};

use super::budget::Budget;
use super::cost;
use super::verdict::{Stop, equal};
use relucert_format::{Rational, common_divisor};

/// A rational number in lowest terms.
#[derive(Clone, Debug)]
pub(crate) struct Q(BigRational);

impl Q {
    pub(crate) fn zero() -> Q {
        Q(BigRational::zero())
    }

    pub(crate) fn one() -> Q {
        Q(BigRational::one())
    }

    /// None if the denominator is not positive.
    pub(crate) fn fraction(numerator: BigInt, denominator: BigInt) -> Option<Q> {
        let is_positive = denominator.is_positive();
        is_positive.then(|| Q::reduced(numerator, denominator))
    }

    /// In lowest terms already.
    fn raw(numerator: BigInt, denominator: BigInt) -> Q {
        Q(BigRational::new_raw(numerator, denominator))
    }

    /// In lowest terms; the denominator is not 0.
    fn reduced(numerator: BigInt, denominator: BigInt) -> Q {
        let divisor = common_divisor(&numerator, &denominator);
        match divisor.is_one() {
            true => Q::raw(numerator, denominator),
            false => Q::raw(numerator / &divisor, denominator / divisor),
        }
    }

    /// x/d ± y/e, by `join` of numerators. Common divisors are taken of the parts: those of the whole are longer, and slower by the square of that.
    fn joined(&self, other: &Q, join: impl Fn(BigInt, BigInt) -> BigInt) -> Q {
        let (x, y) = (self.numerator(), other.numerator());
        let (d, e) = (self.denominator(), other.denominator());
        if d == e {
            return Q::reduced(join(x.clone(), y.clone()), d.clone());
        }
        let common = common_divisor(d, e);
        if common.is_one() {
            return Q::raw(join(x * e, y * d), d * e);
        }
        let (rest, other_rest) = (d / &common, e / &common);
        let numerator = join(x * &other_rest, y * rest);
        // What numerator and denominator share divides the common part.
        let shared = common_divisor(&numerator, &common);
        Q::raw(numerator / &shared, d / shared * other_rest)
    }

    pub(crate) fn numerator(&self) -> &BigInt {
        self.0.numer()
    }

    /// Always positive.
    pub(crate) fn denominator(&self) -> &BigInt {
        self.0.denom()
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.numerator().is_zero()
    }

    pub(crate) fn is_one(&self) -> bool {
        self.numerator() == self.denominator()
    }

    pub(crate) fn sign(&self) -> Ordering {
        self.numerator().cmp(&BigInt::ZERO)
    }

    pub(crate) fn is_positive(&self) -> bool {
        self.sign() == Ordering::Greater
    }

    pub(crate) fn is_negative(&self) -> bool {
        self.sign() == Ordering::Less
    }

    pub(crate) fn abs(&self) -> Q {
        Q(self.0.abs())
    }

    pub(crate) fn double(&self) -> Q {
        self + self
    }

    pub(crate) fn square(&self) -> Q {
        self * self
    }

    /// None if the number is 0.
    pub(crate) fn inverse(&self) -> Option<Q> {
        (!self.is_zero()).then(|| Q(self.0.recip()))
    }

    /// Bits of the larger of numerator and denominator.
    pub(crate) fn bits(&self) -> u64 {
        self.numerator().bits().max(self.denominator().bits())
    }
}

impl Default for Q {
    fn default() -> Q {
        Q::zero()
    }
}

impl Ord for Q {
    fn cmp(&self, other: &Q) -> Ordering {
        if self.denominator() == other.denominator() {
            return self.numerator().cmp(other.numerator());
        }
        (self.numerator() * other.denominator()).cmp(&(other.numerator() * self.denominator()))
    }
}

impl PartialOrd for Q {
    fn partial_cmp(&self, other: &Q) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Q {
    fn eq(&self, other: &Q) -> bool {
        self.numerator() == other.numerator() && self.denominator() == other.denominator()
    }
}

impl Eq for Q {}

impl Add for &Q {
    type Output = Q;
    fn add(self, other: &Q) -> Q {
        self.joined(other, |x, y| x + y)
    }
}

impl Sub for &Q {
    type Output = Q;
    fn sub(self, other: &Q) -> Q {
        self.joined(other, |x, y| x - y)
    }
}

impl Mul for &Q {
    type Output = Q;
    fn mul(self, other: &Q) -> Q {
        let across = |above: &BigInt, below: &BigInt| {
            let shared = common_divisor(above, below);
            match shared.is_one() {
                true => (above.clone(), below.clone()),
                false => (above / &shared, below / shared),
            }
        };
        let (x, e) = across(self.numerator(), other.denominator());
        let (y, d) = across(other.numerator(), self.denominator());
        Q::raw(x * y, d * e)
    }
}

impl Neg for &Q {
    type Output = Q;
    fn neg(self) -> Q {
        Q(-&self.0)
    }
}

impl From<&Rational> for Q {
    fn from(stated: &Rational) -> Q {
        Q(stated.0.clone())
    }
}

impl From<&BigRational> for Q {
    fn from(stated: &BigRational) -> Q {
        Q(stated.clone())
    }
}

impl From<BigInt> for Q {
    fn from(integer: BigInt) -> Q {
        Q(BigRational::from_integer(integer))
    }
}

impl fmt::Display for Q {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The largest absolute value in a row; 0 for an empty one.
pub(crate) fn largest(row: &[Q]) -> Q {
    row.iter().map(Q::abs).max().unwrap_or_else(Q::zero)
}

/// The largest absolute value among integers; 0 if there are none.
pub(crate) fn largest_integer(row: &[BigInt]) -> BigUint {
    let sizes = row.iter().map(BigInt::magnitude);
    sizes.max().cloned().unwrap_or_default()
}

/// The least common denominator. What [`over`] does with it is counted too.
pub(crate) fn common_denominator<'a>(
    numbers: impl IntoIterator<Item = &'a Q>,
    limits: &Budget,
) -> Result<BigInt, Stop> {
    let mut common = BigInt::one();
    let (mut count, mut words) = (0_usize, 0_u64);
    for number in numbers {
        let (own, bits) = (number.denominator(), number.denominator().bits());
        (count, words) = (
            count + 1,
            words + cost::limbs(number.numerator().bits()) + cost::limbs(bits),
        );
        limits.charge(cost::product(common.bits(), bits))?;
        // The remainder keeps the two arguments of the slow gcd short.
        let rest = &common % own;
        if !rest.is_zero() {
            limits.charge(cost::divisor(bits))?;
            common *= own / common_divisor(&rest, own);
            limits.charge(cost::product(common.bits(), bits))?;
        }
    }
    limits.charge(cost::times(count, 3 * cost::ANY))?;
    limits.charge(cost::limbs(common.bits()).saturating_mul(words))?;
    Ok(common)
}

/// `common` times each number, where `common` is a multiple of every denominator.
pub(crate) fn over(numbers: &[Q], common: &BigInt) -> Vec<BigInt> {
    let scaled = |number: &Q| number.numerator() * (common / number.denominator());
    numbers.iter().map(scaled).collect()
}

/// A row times its least common denominator.
pub(crate) fn integers(row: &[Q], limits: &Budget) -> Result<Vec<BigInt>, Stop> {
    let common = common_denominator(row, limits)?;
    limits.room(row.len(), common.bits())?;
    Ok(over(row, &common))
}

/// The bits of the longest numerator or denominator; 0 if there are none.
pub(crate) fn longest<'a>(numbers: impl IntoIterator<Item = &'a Q>) -> u64 {
    numbers.into_iter().map(Q::bits).max().unwrap_or(0)
}

/// Inner product; rows of equal length.
pub(crate) fn product(x: &[BigInt], y: &[BigInt]) -> BigInt {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

/// Integers that may not fit: computation with machine integers is redone with longer ones where they do not.
pub(crate) trait Whole:
    Integer + Signed + Clone + CheckedMul + CheckedAdd + CheckedSub + CheckedDiv + Into<BigInt>
{
    /// The same number, if it fits.
    fn of(number: &BigInt) -> Option<Self>;

    /// Limb operations for a product with a number as long.
    fn work(&self) -> u64;

    /// Bytes it takes.
    fn memory(&self) -> u64;

    /// self·x − y·z.
    fn cross(&self, x: &Self, y: &Self, z: &Self) -> Option<Self> {
        self.checked_mul(x)?.checked_sub(&y.checked_mul(z)?)
    }
}

impl Whole for i64 {
    fn of(number: &BigInt) -> Option<i64> {
        number.to_i64()
    }
    fn work(&self) -> u64 {
        2
    }
    fn memory(&self) -> u64 {
        8
    }
}

impl Whole for i128 {
    fn of(number: &BigInt) -> Option<i128> {
        number.to_i128()
    }
    fn work(&self) -> u64 {
        12
    }
    fn memory(&self) -> u64 {
        16
    }
}

impl Whole for BigInt {
    fn of(number: &BigInt) -> Option<BigInt> {
        Some(number.clone())
    }
    fn work(&self) -> u64 {
        cost::product(self.bits(), self.bits())
    }
    fn memory(&self) -> u64 {
        64 + self.bits() / 8
    }
}

/// The inner product of rows of equal length, if it fits.
pub(crate) fn checked_product<T: Whole>(x: &[T], y: &[T]) -> Option<T> {
    let mut pairs = x.iter().zip(y);
    pairs.try_fold(T::zero(), |sum, (x, y)| sum.checked_add(&x.checked_mul(y)?))
}

/// Integers, as machine integers too where all of them fit.
pub(crate) struct Integers {
    big: Vec<BigInt>,
    small: Option<Vec<i64>>,
    bits: u64,
}

impl Integers {
    pub(crate) fn new(big: Vec<BigInt>) -> Integers {
        let small = big.iter().map(ToPrimitive::to_i64).collect();
        let bits = big.iter().map(BigInt::bits).max().unwrap_or(0);
        Integers { big, small, bits }
    }

    pub(crate) fn big(&self) -> &[BigInt] {
        &self.big
    }

    /// Limb operations for [`side`](Self::side).
    pub(crate) fn work(&self, other: &Integers) -> u64 {
        match self.small.is_some() && other.small.is_some() {
            true => cost::times(self.big.len(), 4) + cost::ANY,
            false => cost::inner(self.big.len(), self.bits, other.bits),
        }
    }

    /// The sign of the inner product with a row of equal length.
    pub(crate) fn side(&self, other: &Integers) -> Ordering {
        if let (Some(x), Some(y)) = (&self.small, &other.small) {
            let mut pairs = x.iter().zip(y);
            // A product of two machine integers fits; their sum may not.
            let sum = pairs.try_fold(0_i128, |sum, (x, y)| {
                sum.checked_add(i128::from(*x) * i128::from(*y))
            });
            if let Some(sum) = sum {
                return sum.cmp(&0);
            }
        }
        product(&self.big, &other.big).cmp(&BigInt::ZERO)
    }
}

/// A point as integers, multiplied by its common denominator: this changes no sign.
pub(crate) fn coordinates(
    point: &[Rational],
    inputs: usize,
    limits: &Budget,
) -> Result<Vec<BigInt>, Stop> {
    equal("length of the point", point.len(), inputs)?;
    let point: Vec<Q> = point.iter().map(Q::from).collect();
    integers(&point, limits)
}
