//! Numbers x + y√t with rational x, y, t: the levels and scalings of one pair of neurons.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use crate::exact::{Rational, Surd, rational_root};

/// x + y√t. If y ≠ 0 then t is not the square of a rational; if y = 0 then t = 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quadratic {
    x: Rational,
    y: Rational,
    t: Rational,
}

impl From<Rational> for Quadratic {
    fn from(x: Rational) -> Self {
        Quadratic {
            x,
            y: Rational::zero(),
            t: Rational::zero(),
        }
    }
}

impl Quadratic {
    /// 0.
    pub fn zero() -> Self {
        Rational::zero().into()
    }

    /// x + y√t.
    ///
    /// # Panics
    /// If t is negative.
    pub fn new(x: Rational, y: Rational, t: Rational) -> Self {
        assert!(!t.is_negative(), "the radicand is not negative");
        if y.is_zero() || t.is_zero() {
            return x.into();
        }
        match rational_root(&t) {
            Some(root) => (x + y * root).into(),
            None => Quadratic { x, y, t },
        }
    }

    /// The value, if it is rational.
    pub fn to_rational(&self) -> Option<&Rational> {
        self.y.is_zero().then_some(&self.x)
    }

    /// y²t for a value y√t with y > 0: its square.
    pub fn square_of_pure_root(&self) -> Option<Rational> {
        (self.x.is_zero() && self.y.is_positive()).then(|| &self.y * &self.y * &self.t)
    }

    fn with(&self, x: Rational, y: Rational) -> Self {
        Quadratic {
            t: if y.is_zero() {
                Rational::zero()
            } else {
                self.t.clone()
            },
            x,
            y,
        }
    }

    /// self + a rational.
    pub fn plus(&self, value: &Rational) -> Self {
        self.with(&self.x + value, self.y.clone())
    }

    /// self times a rational.
    pub fn times(&self, factor: &Rational) -> Self {
        self.with(&self.x * factor, &self.y * factor)
    }

    /// −self.
    pub fn negated(&self) -> Self {
        self.with(-&self.x, -&self.y)
    }

    /// self + other, both over the same root (or rational).
    ///
    /// # Panics
    /// If they are over different roots.
    pub fn add_same_root(&self, other: &Self) -> Self {
        assert!(
            self.y.is_zero() || other.y.is_zero() || self.t == other.t,
            "both are over one root"
        );
        let root = if self.y.is_zero() { other } else { self };
        root.with(&self.x + &other.x, &self.y + &other.y)
    }

    /// 1/self; `None` for 0.
    pub fn inverse(&self) -> Option<Self> {
        let norm = &self.x * &self.x - &self.y * &self.y * &self.t;
        (!norm.is_zero()).then(|| self.with(&self.x / &norm, -&self.y / &norm))
    }

    /// The sign, exactly.
    pub fn sign(&self) -> Ordering {
        let of = |value: &Rational| value.cmp(&Rational::zero());
        let (x, y) = (of(&self.x), of(&self.y));
        if y == Ordering::Equal || x == y {
            return x;
        }
        if x == Ordering::Equal {
            return y;
        }
        // Opposite signs, and x² ≠ y²t because t is no square.
        if &self.x * &self.x > &self.y * &self.y * &self.t {
            x
        } else {
            y
        }
    }

    /// Compares two values over the same root (or rational).
    ///
    /// # Panics
    /// If they are over different roots.
    pub fn compare_same_root(&self, other: &Self) -> Ordering {
        self.add_same_root(&other.negated()).sign()
    }

    /// An integer n such that this value and the others, all over the same root or rational, are x + y√n with rational x, y.
    pub fn integer_radicand(&self, others: &[&Self]) -> BigInt {
        let mut t = std::iter::once(&self).chain(others).map(|value| &value.t);
        let t = t.find(|t| !t.is_zero());
        t.map_or_else(BigInt::zero, |t| t.numer() * t.denom())
    }

    /// Integers x, y and w > 0 with self = (x + y√n)/w, for the n of [`Self::integer_radicand`].
    ///
    /// # Panics
    /// If n is not that number, and the value is not rational.
    pub fn over_integer_root(&self, n: &BigInt) -> ((BigInt, BigInt), BigInt) {
        if self.y.is_zero() {
            return (
                (self.x.numer().clone(), BigInt::zero()),
                self.x.denom().clone(),
            );
        }
        assert_eq!(*n, self.t.numer() * self.t.denom(), "n is the radicand");
        // √t = √n/denominator of t.
        let down = self.y.denom() * self.t.denom();
        let x = self.x.numer() * &down;
        let y = self.y.numer() * self.x.denom();
        ((x, y), down * self.x.denom())
    }

    /// √s·self.
    ///
    /// # Panics
    /// If s is negative.
    pub fn times_root(&self, s: &Rational) -> Surd {
        let first = Surd::multiple_of_root(&self.x, s);
        if self.y.is_zero() {
            return first;
        }
        first.add(&Surd::multiple_of_root(&self.y, &(s * &self.t)))
    }

    /// The value as a sum of square roots.
    pub fn to_surd(&self) -> Surd {
        self.times_root(&Rational::one())
    }

    /// Rationals low ≤ self ≤ high with high − low ≤ 2^−bits; both are the value itself if it is rational.
    pub fn enclosure(&self, bits: u64) -> (Rational, Rational) {
        if self.y.is_zero() {
            return (self.x.clone(), self.x.clone());
        }
        // |y|√t = √(y²t), floored on the grid 2^−bits.
        let square = &self.y * &self.y * &self.t;
        let unit: BigInt = BigInt::one() << bits;
        let floor = ((square.numer() * &unit * &unit) / square.denom()).sqrt();
        let low = Rational::new(floor.clone(), unit.clone());
        let high = Rational::new(floor + 1, unit);
        if self.y.is_positive() {
            (&self.x + low, &self.x + high)
        } else {
            (&self.x - high, &self.x - low)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(numerator: i64, denominator: i64) -> Rational {
        Rational::new(numerator.into(), denominator.into())
    }

    #[test]
    fn signs_inverses_and_enclosures_are_exact() {
        let values = [
            (3, -2, 2),
            (-3, 2, 2),
            (-7, 5, 2),
            (7, -5, 2),
            (0, 1, 3),
            (1, 0, 7),
            (-5, 3, 3),
        ];
        for (x, y, t) in values {
            let value = Quadratic::new(q(x, 1), q(y, 1), q(t, 1));
            assert_eq!(value.sign(), value.to_surd().sign(), "{x} {y} {t}");
            let inverse = value.inverse().unwrap();
            assert_eq!(inverse.to_surd(), value.to_surd().inverse().unwrap());
            let (low, high) = value.enclosure(40);
            assert!(Surd::from(low.clone()).compare(&value.to_surd()).is_le());
            assert!(Surd::from(high.clone()).compare(&value.to_surd()).is_ge());
            assert!(high - low <= Rational::new(1.into(), BigInt::one() << 40u32));
        }
        assert_eq!(Quadratic::new(q(1, 2), q(3, 1), q(4, 9)), q(5, 2).into());
    }
}
