//! Polynomials in the parameter k with rational coefficients, and their signs.
//!
//! Q(k) is ordered in many ways: by what happens for large k, just below some integer, or at one value. [`Place`] names an ordering or a part
//! of the half-line k ≥ 1; [`Polynomial::signs`] answers which signs a polynomial has there. On a part of the half-line the answer is a
//! proof: the part is mapped to t ≥ 0, and either no coefficient changes sign, or Sturm's theorem finds no root.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use crate::certificate::Range;
use crate::exact::Rational;
use crate::exact::gcd::gcd;
use crate::exact::rows::{clear_denominators, direction, over, primitive};

/// Where signs are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// All sufficiently large k.
    Infinity,
    /// All k < the number that are close enough to it.
    Before(u64),
    /// Every real k of a range.
    On(Range),
}

/// The signs a number may have at a place; more than one if they differ or are not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    /// It may be negative.
    pub negative: bool,
    /// It may be zero.
    pub zero: bool,
    /// It may be positive.
    pub positive: bool,
}

impl Signs {
    /// Nothing is known.
    pub const ANY: Signs = Signs::new(true, true, true);
    /// There is nothing that has a sign.
    pub(super) const NONE: Signs = Signs::new(false, false, false);
    /// Zero everywhere.
    pub const ZERO: Signs = Signs::new(false, true, false);
    /// Positive everywhere.
    pub const POSITIVE: Signs = Signs::new(false, false, true);
    /// Negative everywhere.
    pub const NEGATIVE: Signs = Signs::new(true, false, false);

    const fn new(negative: bool, zero: bool, positive: bool) -> Self {
        Signs {
            negative,
            zero,
            positive,
        }
    }

    fn of(value: &Rational) -> Self {
        value.cmp(&Rational::zero()).into()
    }

    /// The signs of the negative.
    pub fn reversed(self) -> Self {
        Signs::new(self.positive, self.zero, self.negative)
    }

    /// The signs of a product.
    pub fn times(self, other: Self) -> Self {
        Signs::new(
            self.negative && other.positive || self.positive && other.negative,
            self.zero || other.zero,
            self.negative && other.negative || self.positive && other.positive,
        )
    }

    /// The signs that are among both.
    pub(super) fn and(self, other: Self) -> Self {
        Signs::new(
            self.negative && other.negative,
            self.zero && other.zero,
            self.positive && other.positive,
        )
    }

    /// The signs that are among either.
    pub(super) fn or(self, other: Self) -> Self {
        Signs::new(
            self.negative || other.negative,
            self.zero || other.zero,
            self.positive || other.positive,
        )
    }

    /// Whether there is one sign alone.
    pub(super) fn one(self) -> bool {
        u8::from(self.negative) + u8::from(self.zero) + u8::from(self.positive) <= 1
    }

    /// The sign, where there is one: what may be negative counts as negative.
    pub(super) fn seen(self) -> Ordering {
        match self {
            Signs::POSITIVE => Ordering::Greater,
            signs if signs.negative => Ordering::Less,
            _ => Ordering::Equal,
        }
    }

    /// Whether the number is nowhere zero and has one sign.
    pub fn definite(self) -> bool {
        self == Signs::POSITIVE || self == Signs::NEGATIVE
    }
}

impl From<Ordering> for Signs {
    fn from(sign: Ordering) -> Self {
        Signs::new(sign.is_lt(), sign.is_eq(), sign.is_gt())
    }
}

/// A polynomial: the coefficient of k^i at i, the last one not zero.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Polynomial(Vec<Rational>);

impl Polynomial {
    /// The polynomial with these coefficients, that of k^0 first.
    pub fn new(mut coefficients: Vec<Rational>) -> Self {
        while coefficients.last().is_some_and(Rational::is_zero) {
            coefficients.pop();
        }
        Polynomial(coefficients)
    }

    /// The polynomial with these integer coefficients.
    pub(super) fn whole(coefficients: Vec<BigInt>) -> Self {
        let coefficients = coefficients.into_iter().map(Rational::from_integer);
        Polynomial::new(coefficients.collect())
    }

    /// A constant.
    pub fn constant(value: Rational) -> Self {
        Polynomial::new(vec![value])
    }

    /// k.
    pub fn k() -> Self {
        Polynomial(vec![Rational::zero(), Rational::one()])
    }

    /// The coefficients.
    pub fn coefficients(&self) -> &[Rational] {
        &self.0
    }

    /// Whether it is 0.
    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// Its value, if it does not depend on k.
    pub fn to_constant(&self) -> Option<Rational> {
        match self.0.as_slice() {
            [] => Some(Rational::zero()),
            [value] => Some(value.clone()),
            _ => None,
        }
    }

    /// The degree; 0 for 0.
    pub fn degree(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    /// The coefficient of the highest power of k; 0 for the polynomial 0.
    pub fn leading(&self) -> Rational {
        self.0.last().cloned().unwrap_or_else(Rational::zero)
    }

    /// The sum.
    pub fn add(&self, other: &Self) -> Self {
        let (long, short) = if self.0.len() < other.0.len() {
            (other, self)
        } else {
            (self, other)
        };
        let mut sum = long.0.clone();
        for (to, from) in sum.iter_mut().zip(&short.0) {
            // A sum of integers is one: num-rational would look for common factors.
            *to = match to.is_integer() && from.is_integer() {
                true => Rational::from_integer(to.numer() + from.numer()),
                false => &*to + from,
            };
        }
        Polynomial::new(sum)
    }

    /// A rational multiple.
    pub fn scale(&self, factor: &Rational) -> Self {
        Polynomial::new(self.0.iter().map(|c| c * factor).collect())
    }

    /// The difference.
    pub fn sub(&self, other: &Self) -> Self {
        self.add(&Polynomial(other.0.iter().map(|c| -c).collect()))
    }

    /// The product.
    ///
    /// Cost: the product of both numbers of coefficients.
    pub fn mul(&self, other: &Self) -> Self {
        if self.is_zero() || other.is_zero() {
            return Polynomial(Vec::new());
        }
        let [x, y] = [self, other].map(|p| clear_denominators(&p.0));
        let mut product = vec![BigInt::zero(); self.0.len() + other.0.len() - 1];
        for (i, x) in x.entries.iter().enumerate() {
            for (sum, y) in product[i..].iter_mut().zip(&y.entries) {
                *sum += x * y;
            }
        }
        match x.denominator * y.denominator {
            one if one.is_one() => Polynomial::whole(product),
            denominator => Polynomial::new(over(&product, &denominator)),
        }
    }

    /// Quotient and remainder; the divisor is not 0 (a zero divisor answers quotient 0).
    pub fn div_rem(&self, divisor: &Self) -> (Self, Self) {
        let mut rest = self.clone();
        let mut quotient = vec![Rational::zero(); self.0.len()];
        while !divisor.is_zero() && rest.0.len() >= divisor.0.len() {
            let shift = rest.0.len() - divisor.0.len();
            let factor = rest.leading() / divisor.leading();
            for (i, c) in divisor.0.iter().enumerate() {
                rest.0[i + shift] -= c * &factor;
            }
            quotient[shift] = factor;
            rest = Polynomial::new(rest.0);
        }
        (Polynomial::new(quotient), rest)
    }

    /// With leading coefficient 1, unless it is 0.
    pub fn monic(&self) -> Self {
        if self.is_zero() || self.leading().is_one() {
            self.clone()
        } else {
            self.scale(&self.leading().recip())
        }
    }

    /// The monic greatest common divisor; 0 of zeros.
    ///
    /// Cost: Euclid's, quadratic in the degree; coefficients are those of primitive remainders, as long as minors of the Sylvester matrix.
    pub fn gcd(&self, other: &Self) -> Self {
        if [self, other].iter().any(|p| p.0.len() == 1) {
            return Polynomial::constant(Rational::one());
        }
        let (mut a, mut b) = (direction(&self.0), direction(&other.0));
        while !b.is_empty() {
            (a, b) = (b.clone(), remainder(a, &b));
        }
        Polynomial::whole(a).monic()
    }

    /// The derivative.
    pub fn derivative(&self) -> Self {
        let terms = self.0.iter().enumerate().skip(1);
        Polynomial::new(
            terms
                .map(|(i, c)| c * Rational::from_integer(i.into()))
                .collect(),
        )
    }

    /// The value at a number.
    pub fn eval(&self, at: &Rational) -> Rational {
        self.0
            .iter()
            .rev()
            .fold(Rational::zero(), |sum, c| sum * at + c)
    }

    /// Σ c_i u^i w^(n−i), n the degree: the numerator of the value at u/w.
    fn homogenised(&self, u: &Self, w: &Self) -> Self {
        let (mut sum, mut power) = (
            Polynomial(Vec::new()),
            Polynomial::constant(Rational::one()),
        );
        for c in self.0.iter().rev() {
            sum = sum.mul(u).add(&power.scale(c));
            power = power.mul(w);
        }
        sum
    }

    /// A polynomial in t ≥ 0 with the same signs as this one on the range.
    fn on(&self, range: Range) -> Self {
        let number = |k: u64| Rational::from_integer(k.into());
        let line =
            |constant: u64, slope: u64| Polynomial::new(vec![number(constant), number(slope)]);
        match range {
            Range::From(a) => self.homogenised(&line(a, 1), &line(1, 0)),
            Range::Between(a, b) => self.homogenised(&line(a, b), &line(1, 1)),
            Range::At(a) => Polynomial::constant(self.eval(&number(a))),
        }
    }

    /// The signs it has at a place.
    ///
    /// Cost: that of a Sturm sequence, as of [`gcd`](Self::gcd).
    ///
    /// ```
    /// use relucert::certificate::Range;
    /// use relucert::family::{Place, Polynomial, Signs};
    /// // k² − 6k + 10 has no real root, k² − 6k + 8 has the roots 2 and 4.
    /// let p = |c: i64| Polynomial::new([c, -6, 1].map(|n| num_rational::BigRational::from_integer(n.into())).to_vec());
    /// assert_eq!(p(10).signs(Place::On(Range::From(1))), Signs::POSITIVE);
    /// assert_eq!(p(8).signs(Place::On(Range::From(5))), Signs::POSITIVE);
    /// assert_eq!(p(8).signs(Place::On(Range::At(3))), Signs::NEGATIVE);
    /// assert_eq!(p(8).signs(Place::Before(2)), Signs::POSITIVE);
    /// assert!(!p(8).signs(Place::On(Range::Between(1, 4))).definite());
    /// ```
    pub fn signs(&self, place: Place) -> Signs {
        match place {
            Place::Infinity => Signs::of(&self.leading()),
            Place::Before(k) => {
                let shifted = self.on(Range::From(k));
                match shifted.0.iter().enumerate().find(|(_, c)| !c.is_zero()) {
                    None => Signs::ZERO,
                    Some((power, c)) if power % 2 == 0 => Signs::of(c),
                    Some((_, c)) => Signs::of(c).reversed(),
                }
            }
            Place::On(range) => self.on(range).signs_on_half_line(),
        }
    }

    /// The signs on [0, ∞).
    fn signs_on_half_line(&self) -> Signs {
        let Some(zeros) = self.0.iter().position(|c| !c.is_zero()) else {
            return Signs::ZERO;
        };
        let rest = Polynomial(self.0[zeros..].to_vec());
        let first = Signs::of(&rest.0[0]);
        let constant_sign = rest.0.iter().all(|c| Signs::of(c) == first || c.is_zero());
        if constant_sign || rest.positive_roots() == 0 {
            return Signs {
                zero: zeros > 0,
                ..first
            };
        }
        // At a root of even multiplicity it is 0, and has one sign on both sides.
        match rest.square_parts().1.positive_roots() {
            0 => first.or(Signs::ZERO),
            _ => Signs::ANY,
        }
    }

    /// The number of distinct roots in (0, ∞), where 0 is none, by Sturm's theorem.
    pub(super) fn positive_roots(&self) -> usize {
        let mut chain = vec![direction(&self.0), direction(&self.derivative().0)];
        while let [.., a, b] = chain.as_slice() {
            if b.is_empty() {
                break;
            }
            let next = remainder(a.clone(), b).into_iter().map(|c| -c).collect();
            chain.push(next);
        }
        let variations = |value: fn(&Vec<BigInt>) -> Option<&BigInt>| {
            let values = chain.iter().filter_map(value).filter(|c| !c.is_zero());
            let signs: Vec<bool> = values.map(Signed::is_positive).collect();
            signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
        };
        let at_zero = variations(|p| p.first());
        let at_infinity = variations(|p| p.last());
        at_zero.saturating_sub(at_infinity)
    }

    /// (o, i) with self = leading·o²·i, both monic, i square-free: the square-free decomposition (Yun).
    pub fn square_parts(&self) -> (Self, Self) {
        let one = Polynomial::constant(Rational::one());
        let (mut outside, mut inside) = (one.clone(), one);
        let monic = self.monic();
        let slope = monic.derivative();
        let mut common = monic.gcd(&slope);
        let mut rest = monic.div_rem(&common).0;
        // After i rounds `rest` holds the factors of multiplicity above i, once each.
        let mut multiplicity = 1;
        while rest.degree() > 0 {
            let next = rest.gcd(&common);
            let factor = rest.div_rem(&next).0;
            for _ in 0..multiplicity / 2 {
                outside = outside.mul(&factor);
            }
            if multiplicity % 2 == 1 {
                inside = inside.mul(&factor);
            }
            common = common.div_rem(&next).0;
            rest = next;
            multiplicity += 1;
        }
        (outside, inside)
    }
}

/// A positive multiple of the remainder of a division by a polynomial that is not 0, without a common factor.
fn remainder(mut rest: Vec<BigInt>, divisor: &[BigInt]) -> Vec<BigInt> {
    let Some(leading) = divisor.last() else {
        return rest;
    };
    while rest.len() >= divisor.len() {
        // Both leading coefficients without what they share; that of the rest is multiplied by a positive number.
        let last = rest.pop().unwrap_or_default();
        let common = gcd(leading, &last) * leading.signum();
        let (keep, take) = (leading / &common, last / &common);
        let shift = rest.len() + 1 - divisor.len();
        for c in &mut rest {
            *c *= &keep;
        }
        for (c, d) in rest[shift..].iter_mut().zip(divisor) {
            *c -= d * &take;
        }
        while rest.last().is_some_and(BigInt::is_zero) {
            rest.pop();
        }
    }
    primitive(&rest)
}
