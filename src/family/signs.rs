//! Signs of sums of roots: whether one vanishes, and which signs it has at a place.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Zero as _};

use super::expression::Expression;
use super::polynomial::{Place, Polynomial, Signs};
use super::quotient::Quotient;
use super::refine;
use crate::certificate::Range;
use crate::exact::gcd::{gcd_all, lcm};
use crate::exact::{Rational, rational_root};

/// Most roots that are split off one in the other: where roots depend on each other, Δ may have no fewer than the number.
const DEPTH: usize = 5;

/// From so many roots on signs are looked for by refinement, and only then by squaring, which doubles degrees and bits with every root.
const REFINED: usize = 3;
/// Largest product of degree and bits of a square, a second or so, and most roots of what is squared.
const LARGEST: u64 = 20_000;
const MOST_ROOTS: usize = 7;

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

    /// The signs it has at a place, of three roots or more by refinement where they show so. With A + B√q and Δ = A² − B²q: that of A where Δ > 0, that of B where Δ < 0.
    /// Unknown after five roots split off one in the other, and where a denominator may be 0.
    pub fn signs(&self, place: Place) -> Signs {
        if let Place::On(Range::At(k)) = place {
            return self.at(k).map_or(Signs::ANY, |value| value.sign().into());
        }
        if self.roots() >= REFINED
            && let Some(signs) = self
                .cleared(place)
                .and_then(|whole| refine::signs(&whole, place))
        {
            return signs;
        }
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
    if !(sum.negative && sum.positive) || a.roots() > MOST_ROOTS {
        return sum;
    }
    let square = b.mul(b).mul(&q.clone().into());
    let larger = a.mul(a).sub(&square);
    let larger = match larger.degree() as u64 * larger.bits() > LARGEST {
        true => Signs::ANY,
        false => larger.signs_within(depth, place),
    };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::parse;

    fn sum(parts: &[String]) -> Expression {
        let parts = parts.iter().map(|part| parse(part).unwrap());
        parts.fold(Expression::zero(), |sum, part| sum.add(&part))
    }

    /// Three to six roots, of which squaring took seconds to hours: coefficients and radicands of one to sixteen bits, linear and cubic.
    #[test]
    fn signs_of_many_roots_are_those_of_the_values() {
        let mut state = 11_u64;
        let mut next = |n: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        };
        let (mut undecided, mut all) = (0, 0);
        for round in 0..60 {
            let (roots, degree, most) = (
                3 + round % 4,
                1 + round % 2 * 2,
                [3, 200, 60_000][round % 3],
            );
            let mut polynomial = |signed: bool| {
                let terms = (0..=degree).map(|i| {
                    let minus = signed && next(2) == 0;
                    format!("({}{})*k^{i}", if minus { "-" } else { "" }, 1 + next(most))
                });
                terms.collect::<Vec<_>>().join("+")
            };
            let mut parts = vec![polynomial(true)];
            for _ in 0..roots {
                parts.push(format!(
                    "({})*sqrt({})",
                    polynomial(true),
                    polynomial(false)
                ));
            }
            let number = sum(&parts);
            for range in [Range::From(1), Range::Between(2, 9), Range::At(4)] {
                let signs = number.signs(Place::On(range));
                let mut seen = Signs::NONE;
                for k in range.first()..range.end().unwrap_or(200) {
                    seen = seen.or(number.at(k).unwrap().sign().into());
                }
                assert_eq!(seen.and(signs), seen, "{number} for {range}");
                all += 1;
                undecided += usize::from(signs == Signs::ANY && seen.one());
            }
            let large = number.at(1 << 40).unwrap().sign();
            assert_eq!(number.signs(Place::Infinity), large.into(), "{number}");
            let before = number.signs(Place::Before(5));
            assert!(before.definite(), "{number}");
            let below = number.signs(Place::On(Range::At(5)));
            assert!(
                before == below || !below.one() || below == Signs::ZERO,
                "{number}"
            );
        }
        // Ones that change their sign between integers are among them.
        assert!(undecided * 20 <= all, "{undecided} of {all}");
    }

    /// Where roots cancel at infinity, or at the beginning or the end of the range.
    #[test]
    fn sums_that_vanish_at_an_end_have_their_sign_beside_it() {
        let signs = |text: &str, place: Place| {
            let parts: Vec<String> = text.split(' ').map(str::to_owned).collect();
            sum(&parts).signs(place)
        };
        let touching = "-6 sqrt(k+1) sqrt(k+6) sqrt(k-2)";
        // 0 at 9/4 alone.
        let between = "(284*k+2511)/420 -sqrt(k) -sqrt(k+4) -sqrt(k+10)";
        let never_negative = Signs::POSITIVE.or(Signs::ZERO);
        let third = "sqrt(k+1) -3*sqrt(k+2) 3*sqrt(k+3) -sqrt(k+4)";
        for (text, place, expected) in [
            (third, Place::On(Range::From(1)), Signs::NEGATIVE),
            (third, Place::Infinity, Signs::NEGATIVE),
            (
                touching,
                Place::On(Range::From(3)),
                Signs::POSITIVE.or(Signs::ZERO),
            ),
            (touching, Place::On(Range::Between(2, 3)), Signs::NEGATIVE),
            (touching, Place::Before(3), Signs::NEGATIVE),
            (touching, Place::On(Range::At(3)), Signs::ZERO),
            (touching, Place::On(Range::Between(2, 5)), Signs::ANY),
            (between, Place::On(Range::From(1)), never_negative),
            (between, Place::On(Range::Between(2, 3)), never_negative),
            (between, Place::On(Range::From(3)), Signs::POSITIVE),
            ("4*k^2-20*k+25", Place::On(Range::From(1)), never_negative),
            (
                "4*k^3-20*k^2+25*k",
                Place::On(Range::Between(2, 4)),
                never_negative,
            ),
            (
                "8*k^3-60*k^2+150*k-125",
                Place::On(Range::From(1)),
                Signs::ANY,
            ),
            (
                "1 sqrt(2) sqrt(3) -sqrt(17)",
                Place::Infinity,
                Signs::POSITIVE,
            ),
        ] {
            assert_eq!(signs(text, place), expected, "{text} at {place:?}");
        }
    }
}
