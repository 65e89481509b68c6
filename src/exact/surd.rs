//! Rationals plus rational multiples of square roots, compared exactly.
//!
//! Bounds and distances of the theory are sums such as β + 2√r or |p√s − q√t|. Their signs are decided in rationals: first
//! by an integer square-root enclosure at growing precision, then by isolating one radical at a time and squaring. Nothing is
//! ever factored to decide anything; small square factors are moved out of radicands only so that `sqrt(8)` prints as
//! `2*sqrt(2)`.

use std::cmp::Ordering;
use std::fmt;

use num_bigint::{BigInt, Sign};
use num_integer::Integer as _;
use num_traits::{One, Signed, Zero};

use super::gcd::{lcm, reduced};
use super::rational::Rational;
use super::root::{exact_root, without_small_squares};
use super::scalar::Scalar;
use super::tower::Tower;
use crate::certificate;

/// `rational + Σ coefficient·√radicand`, with non-zero coefficients and increasing integer radicands ≥ 2, no two of which have
/// a product that is a perfect square, and none a perfect square itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Surd {
    rational: Rational,
    terms: Vec<(Rational, BigInt)>,
}

impl Surd {
    /// 0.
    pub fn zero() -> Self {
        Rational::zero().into()
    }

    /// √radicand; `None` if the radicand is negative.
    pub fn sqrt(radicand: &Rational) -> Option<Self> {
        (!radicand.is_negative()).then(|| Surd::multiple_of_root(&Rational::one(), radicand))
    }

    /// coefficient·√radicand.
    ///
    /// # Panics
    /// If the radicand is negative.
    pub fn multiple_of_root(coefficient: &Rational, radicand: &Rational) -> Self {
        assert!(!radicand.is_negative(), "the radicand is not negative");
        if radicand.is_one() {
            return coefficient.clone().into();
        }
        let product = radicand.numer() * radicand.denom();
        let (outside, inside) = if product.is_zero() {
            return Surd::zero();
        } else {
            without_small_squares(&product)
        };
        let coefficient = coefficient * reduced(outside, radicand.denom().clone());
        if coefficient.is_zero() {
            Surd::zero()
        } else if inside.is_one() {
            coefficient.into()
        } else {
            Surd {
                rational: Rational::zero(),
                terms: vec![(coefficient, inside)],
            }
        }
    }

    /// The rational part.
    pub fn rational_part(&self) -> &Rational {
        &self.rational
    }

    /// The radical terms: pairs (coefficient, radicand).
    pub fn terms(&self) -> &[(Rational, BigInt)] {
        &self.terms
    }

    /// The value, if it is rational.
    pub fn to_rational(&self) -> Option<&Rational> {
        self.terms.is_empty().then_some(&self.rational)
    }

    fn push(&mut self, coefficient: Rational, radicand: BigInt) {
        for (index, (old, other)) in self.terms.iter_mut().enumerate() {
            // √radicand = root/other·√other iff the product is a square.
            let dependent = if *other == radicand {
                Some(coefficient.clone())
            } else {
                exact_root(&(&*other * &radicand))
                    .map(|root| &coefficient * reduced(root, other.clone()))
            };
            if let Some(same) = dependent {
                *old += same;
                if old.is_zero() {
                    self.terms.remove(index);
                }
                return;
            }
        }
        if !coefficient.is_zero() {
            let at = self.terms.partition_point(|(_, other)| *other < radicand);
            self.terms.insert(at, (coefficient, radicand));
        }
    }

    /// The sum.
    pub fn add(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        sum.rational += &other.rational;
        for (coefficient, radicand) in &other.terms {
            sum.push(coefficient.clone(), radicand.clone());
        }
        sum
    }

    /// The negative.
    pub fn neg(&self) -> Self {
        let terms = self.terms.iter();
        Surd {
            rational: -&self.rational,
            terms: terms.map(|(c, n)| (-c, n.clone())).collect(),
        }
    }

    /// The difference.
    pub fn sub(&self, other: &Self) -> Self {
        self.add(&other.neg())
    }

    /// A rational multiple.
    pub fn scale(&self, factor: &Rational) -> Self {
        if factor.is_zero() {
            return Surd::zero();
        }
        let terms = self.terms.iter();
        Surd {
            rational: &self.rational * factor,
            terms: terms.map(|(c, n)| (c * factor, n.clone())).collect(),
        }
    }

    /// The product.
    ///
    /// Cost: a product of radicands and a comparison with all others for each of the t₁·t₂ pairs of terms.
    pub fn mul(&self, other: &Self) -> Self {
        let mut product = self.scale(&other.rational);
        for (coefficient, radicand) in &other.terms {
            product = product.add(&Surd::multiple_of_root(
                &(coefficient * &self.rational),
                &Rational::from_integer(radicand.clone()),
            ));
            for (own, own_radicand) in &self.terms {
                product = product.add(&Surd::multiple_of_root(
                    &(coefficient * own),
                    &Rational::from_integer(radicand * own_radicand),
                ));
            }
        }
        product
    }

    /// 1/self; `None` for zero.
    ///
    /// Cost: in the field of all t independent roots, 2^t rationals.
    pub fn inverse(&self) -> Option<Self> {
        if let Some(rational) = self.to_rational() {
            return (!rational.is_zero()).then(|| rational.recip().into());
        }
        let inverse = Tower::of(&self.rational, &self.terms).inverse()?;
        let terms = inverse.terms();
        Some(terms.fold(Surd::zero(), |sum, (coefficient, radicand)| {
            sum.add(&Surd::multiple_of_root(coefficient, &radicand))
        }))
    }

    /// |self|.
    pub fn abs(&self) -> Self {
        match self.sign() {
            Ordering::Less => self.neg(),
            _ => self.clone(),
        }
    }

    /// The sign, exactly.
    ///
    /// Cost: integer square roots of 64, then 256 more bits than the numbers have; where these do not tell it from 0, by
    /// squaring in the field of the t independent roots, O(4^t) products. Numbers read from files have at most six roots.
    pub fn sign(&self) -> Ordering {
        let zero = Rational::zero();
        match self.terms.as_slice() {
            [] => self.rational.cmp(&zero),
            [(coefficient, _)] if self.rational.is_zero() => coefficient.cmp(&zero),
            _ => self
                .sign_by_enclosure(64)
                .or_else(|| self.sign_by_enclosure(256))
                .unwrap_or_else(|| Tower::of(&self.rational, &self.terms).sign()),
        }
    }

    /// Compares two values exactly.
    ///
    /// Cost: that of the [sign](Self::sign) of the difference.
    pub fn compare(&self, other: &Self) -> Ordering {
        if let (Some(x), Some(y)) = (self.to_rational(), other.to_rational()) {
            return (x.numer() * y.denom()).cmp(&(y.numer() * x.denom()));
        }
        self.sub(other).sign()
    }

    /// Integers `low ≤ 2^bits·self·denominator ≤ high`, where denominator > 0 is answered third.
    pub(super) fn enclosure(&self, bits: u64) -> (BigInt, BigInt, BigInt) {
        let mut denominator = self.rational.denom().clone();
        for (coefficient, _) in &self.terms {
            denominator = lcm(&denominator, coefficient.denom());
        }
        let whole = |q: &Rational| q.numer() * (&denominator / q.denom());
        let mut low: BigInt = whole(&self.rational) << bits;
        let mut high = low.clone();
        for (coefficient, radicand) in &self.terms {
            let factor = whole(coefficient);
            // factor·√n = ±√(factor²·n): one rounding, so the enclosure is one unit wide a term.
            let root = ((&factor * &factor * radicand) << (2 * bits)).sqrt();
            if factor.sign() == Sign::Minus {
                low -= &root + 1;
                high -= root;
            } else {
                high += &root + 1;
                low += root;
            }
        }
        (low, high, denominator)
    }

    /// ⌊self/2^exponent⌋, and whether that is no rounding.
    pub fn floor_over(&self, exponent: i64) -> (BigInt, bool) {
        let one = BigInt::one();
        let unit = match exponent < 0 {
            true => Rational::from_integer(one << exponent.unsigned_abs()),
            false => Rational::new(one.clone(), one << exponent),
        };
        let scaled = self.scale(&unit);
        if let Some(value) = scaled.to_rational() {
            return (value.floor().to_integer(), value.is_integer());
        }
        // The roots and 1 are linearly independent, so the value is no integer, and some enclosure holds none.
        let mut bits = 64;
        loop {
            let (low, high, denominator) = scaled.enclosure(bits);
            let whole = denominator << bits;
            let floor = low.div_floor(&whole);
            if floor == high.div_floor(&whole) {
                return (floor, false);
            }
            bits *= 2;
        }
    }

    fn sign_by_enclosure(&self, bits: u64) -> Option<Ordering> {
        let (low, high, _) = self.enclosure(bits);
        if low.is_positive() {
            Some(Ordering::Greater)
        } else if high.is_negative() {
            Some(Ordering::Less)
        } else {
            None
        }
    }
}

impl Scalar for Surd {
    fn plus(&self, other: &Self) -> Self {
        self.add(other)
    }

    fn times(&self, other: &Self) -> Self {
        self.mul(other)
    }

    fn negative(&self) -> Self {
        self.neg()
    }

    fn less(&self, other: &Self) -> Self {
        self.sub(other)
    }

    fn reciprocal(&self) -> Option<Self> {
        self.inverse()
    }

    fn square_root(&self) -> Option<Self> {
        Surd::sqrt(self.to_rational()?)
    }

    fn is_nil(&self) -> bool {
        *self == Surd::zero()
    }
}

impl From<Rational> for Surd {
    fn from(rational: Rational) -> Self {
        Surd {
            rational,
            terms: Vec::new(),
        }
    }
}

impl From<Surd> for certificate::Surd {
    fn from(surd: Surd) -> Self {
        let Surd { rational, terms } = surd;
        certificate::Surd { rational, terms }
    }
}

impl From<&Surd> for certificate::Surd {
    fn from(surd: &Surd) -> Self {
        surd.clone().into()
    }
}

impl From<&certificate::Surd> for Surd {
    fn from(surd: &certificate::Surd) -> Self {
        let mut value = Surd::from(surd.rational.clone());
        for (coefficient, radicand) in &surd.terms {
            let term = Surd::multiple_of_root(coefficient, &Rational::from(radicand.clone()));
            value = value.add(&term);
        }
        value
    }
}

impl fmt::Display for Surd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        certificate::Surd::from(self).fmt(f)
    }
}
