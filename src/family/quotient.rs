//! The field Q(k): quotients of polynomials.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One, Zero};

use super::polynomial::{Place, Polynomial, Signs};
use crate::certificate;
use crate::exact::Rational;

/// A quotient of polynomials in lowest terms with a monic denominator.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quotient {
    pub(super) numerator: Polynomial,
    pub(super) denominator: Polynomial,
}

impl From<Rational> for Quotient {
    fn from(value: Rational) -> Self {
        Quotient::constant(value)
    }
}

impl Quotient {
    /// numerator/denominator; `None` if the denominator is 0.
    pub fn new(numerator: &Polynomial, denominator: &Polynomial) -> Option<Self> {
        if denominator.is_zero() {
            return None;
        }
        let common = numerator.gcd(denominator);
        let leading = denominator.leading().recip();
        let reduced = |p: &Polynomial| match common.degree() {
            0 if leading.is_one() => p.clone(),
            0 => p.scale(&leading),
            _ => p.div_rem(&common).0.scale(&leading),
        };
        Some(Quotient {
            numerator: reduced(numerator),
            denominator: reduced(denominator),
        })
    }

    pub(super) fn whole(numerator: Polynomial) -> Self {
        let denominator = Polynomial::constant(Rational::one());
        Quotient {
            numerator,
            denominator,
        }
    }

    /// A constant.
    pub fn constant(value: Rational) -> Self {
        Quotient::whole(Polynomial::constant(value))
    }

    /// 0.
    pub fn zero() -> Self {
        Quotient::constant(Rational::zero())
    }

    /// 1.
    pub fn one() -> Self {
        Quotient::constant(Rational::one())
    }

    /// k.
    pub fn k() -> Self {
        Quotient::whole(Polynomial::k())
    }

    /// Whether it is identically 0.
    pub fn is_zero(&self) -> bool {
        self.numerator.is_zero()
    }

    /// Its value, if it does not depend on k.
    pub fn to_constant(&self) -> Option<Rational> {
        let numerator = self.numerator.to_constant()?;
        Some(numerator / self.denominator.to_constant()?)
    }

    /// The larger degree of numerator and denominator.
    pub fn degree(&self) -> usize {
        self.numerator.degree().max(self.denominator.degree())
    }

    pub(super) fn over(numerator: Polynomial, denominator: Polynomial) -> Self {
        // Denominators are products of monic polynomials.
        Quotient::new(&numerator, &denominator).unwrap_or_else(Quotient::zero)
    }

    /// The sum.
    pub fn add(&self, other: &Self) -> Self {
        let left = self.numerator.mul(&other.denominator);
        let right = other.numerator.mul(&self.denominator);
        Quotient::over(left.add(&right), self.denominator.mul(&other.denominator))
    }

    /// The negative.
    pub fn neg(&self) -> Self {
        Quotient {
            numerator: Polynomial::constant(Rational::zero()).sub(&self.numerator),
            denominator: self.denominator.clone(),
        }
    }

    /// A rational multiple.
    pub fn scale(&self, factor: &Rational) -> Self {
        Quotient {
            numerator: self.numerator.scale(factor),
            denominator: if factor.is_zero() {
                Polynomial::constant(Rational::one())
            } else {
                self.denominator.clone()
            },
        }
    }

    /// The difference.
    pub fn sub(&self, other: &Self) -> Self {
        self.add(&other.neg())
    }

    /// The product.
    pub fn mul(&self, other: &Self) -> Self {
        Quotient::over(
            self.numerator.mul(&other.numerator),
            self.denominator.mul(&other.denominator),
        )
    }

    /// 1/self; `None` for 0.
    pub fn inverse(&self) -> Option<Self> {
        Quotient::new(&self.denominator, &self.numerator)
    }

    /// The value at an integer k, if the denominator is not 0 there.
    pub fn at(&self, k: u64) -> Option<Rational> {
        let k = Rational::from_integer(k.into());
        let denominator = self.denominator.eval(&k);
        (!denominator.is_zero()).then(|| self.numerator.eval(&k) / denominator)
    }

    /// The signs it has at a place; all of them if it may not be defined somewhere there.
    pub fn signs(&self, place: Place) -> Signs {
        match self.denominator.signs(place) {
            below if below.definite() => self.numerator.signs(place).times(below),
            _ => Signs::ANY,
        }
    }

    pub(super) fn is_defined(&self, place: Place) -> bool {
        self.denominator.signs(place).definite()
    }

    pub(super) fn to_certificate(&self) -> certificate::Fraction {
        let all = || {
            self.numerator
                .coefficients()
                .iter()
                .chain(self.denominator.coefficients())
        };
        let multiple = all().fold(BigInt::one(), |lcm, c| lcm.lcm(c.denom()));
        let whole = |c: &Rational| c.numer() * (&multiple / c.denom());
        let content = all().fold(BigInt::zero(), |gcd, c| gcd.gcd(&whole(c)));
        let part = |p: &Polynomial| {
            p.coefficients()
                .iter()
                .map(|c| whole(c) / &content)
                .collect()
        };
        certificate::Fraction {
            numerator: part(&self.numerator),
            denominator: part(&self.denominator),
        }
    }
}
