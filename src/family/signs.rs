//! Signs of sums of roots: whether one vanishes, and which signs it has at a place.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Zero as _};

use super::expression::Expression;
use super::polynomial::{Place, Polynomial, Signs};
use super::quotient::Quotient;
use crate::certificate::Range;
use crate::exact::gcd::{gcd_all, lcm};
use crate::exact::{Rational, rational_root};

/// Most roots that are split off one in the other: where roots depend on each other, Δ may have no fewer than the number.
const DEPTH: usize = 5;

impl Expression {
    /// Whether it is 0 everywhere at a place, as far as its signs there show.
    ///
    /// Cost: that of products of two radicands each; of [`signs`](Self::signs) where one of them is a square.
    pub fn is_zero_at(&self, place: Place) -> bool {
        let single = matches!(place, Place::On(Range::At(_))) && self.degree() > 0;
        if self.terms().is_empty() || !single && self.is_independent() {
            return self.terms().is_empty();
        }
        self.signs(place) == Signs::ZERO
    }

    /// Whether it is 0 for all large k.
    pub fn is_zero(&self) -> bool {
        self.is_zero_at(Place::Infinity)
    }

    /// Whether no root in it is a multiple of another by an element of Q(k): then they are linearly independent over Q(k) (Besicovitch).
    fn is_independent(&self) -> bool {
        let mut pairs = self.terms().iter().enumerate();
        pairs.all(|(i, (_, r))| self.terms().iter().take(i).all(|(_, s)| !is_square(r, s)))
    }

    /// The signs it has at a place. With A + B√q and Δ = A² − B²q: that of A where Δ > 0, that of B where Δ < 0.
    /// Unknown after five roots split off one in the other, and where a denominator may be 0.
    pub fn signs(&self, place: Place) -> Signs {
        let mut signs = self.signs_within(DEPTH, place);
        // Which root shows most when it is split off first is not known before: each shows signs that there cannot be.
        let others = match self.roots() {
            0 | 1 => None,
            _ => self.cleared(place),
        };
        for (a, b, q) in others.iter().flat_map(Expression::splits).skip(1) {
            if signs.one() {
                break;
            }
            signs = signs.and(split_off(&a, &b, &q, DEPTH - 1, place));
        }
        signs
    }

    fn signs_within(&self, depth: usize, place: Place) -> Signs {
        let Some(whole) = self.cleared(place) else {
            return Signs::ANY;
        };
        if let Some(value) = whole.to_quotient() {
            return value.signs(place);
        }
        let Some(depth) = depth.checked_sub(1) else {
            return Signs::ANY;
        };
        match whole.split() {
            Some((a, b, q)) => split_off(&a, &b, &q, depth, place),
            None => Signs::ANY,
        }
    }

    /// A positive multiple at the place whose coefficients are polynomials with integer coefficients that have no common factor: what is squared
    /// and added then needs no quotients in lowest terms. `None` if a denominator may be 0 there.
    fn cleared(&self, place: Place) -> Option<Expression> {
        let mut multiple = Polynomial::constant(Rational::one());
        for (c, _) in self.terms() {
            let common = multiple.gcd(&c.denominator);
            multiple = multiple.mul(&c.denominator.div_rem(&common).0);
        }
        let sign = match multiple.signs(place) {
            Signs::POSITIVE => BigInt::one(),
            Signs::NEGATIVE => -BigInt::one(),
            _ => return None,
        };
        let whole = |(c, _): &(Quotient, Quotient)| match multiple.degree() {
            0 => c.numerator.clone(),
            _ => c.numerator.mul(&multiple.div_rem(&c.denominator).0),
        };
        let wholes: Vec<Polynomial> = self.terms().iter().map(whole).collect();
        let numbers = || wholes.iter().flat_map(Polynomial::coefficients);
        let below = numbers().fold(BigInt::one(), |sum, c| lcm(&sum, c.denom()));
        let above = gcd_all(numbers().map(Rational::numer));
        if above.is_zero() {
            return Some(Expression::zero());
        }
        let integer = |c: &Rational| c.numer() * (&below / c.denom()) / &above * &sign;
        let wholes = wholes
            .iter()
            .map(|p| p.coefficients().iter().map(integer).collect());
        let wholes = wholes.map(|integers| Quotient::whole(Polynomial::whole(integers)));
        Some(self.with_coefficients(wholes))
    }
}

/// What splitting off the root of q in A + B√q shows.
fn split_off(a: &Expression, b: &Expression, q: &Quotient, depth: usize, place: Place) -> Signs {
    let left = a.signs_within(depth, place);
    let right = b.signs_within(depth, place).times(q.signs(place));
    let sum = Signs {
        negative: left.negative || right.negative,
        zero: left.zero && right.zero
            || left.negative && right.positive
            || left.positive && right.negative,
        positive: left.positive || right.positive,
    };
    if !(sum.negative && sum.positive) {
        return sum;
    }
    let square = b.mul(b).mul(&q.clone().into());
    let larger = a.mul(a).sub(&square).signs_within(depth, place);
    Signs {
        negative: larger.positive && left.negative
            || larger.negative && right.negative
            || larger.zero && left.negative && right.negative,
        zero: larger.zero,
        positive: larger.positive && left.positive
            || larger.negative && right.positive
            || larger.zero && left.positive && right.positive,
    }
}

/// Whether the product of two radicands is the square of an element of Q(k).
fn is_square(r: &Quotient, s: &Quotient) -> bool {
    let leading = r.numerator.leading() * s.numerator.leading();
    if rational_root(&leading).is_none() {
        return false;
    }
    let above = r.numerator.mul(&s.numerator);
    let below = r.denominator.mul(&s.denominator);
    let product = above.mul(&below);
    product.degree().is_even() && product.square_parts().1.degree() == 0
}
