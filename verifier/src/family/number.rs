//! Functions of k on one range, as Σ p_j·√q_j with p_j, q_j in Q(t), t ≥ 0, and their signs.

#[path = "quotients.rs"]
mod quotients;
#[path = "roots.rs"]
mod roots;

use std::fmt;

use num_bigint::BigInt;

use super::polynomial::Poly;
use crate::kernel::budget::{Budget, size};
use crate::kernel::cost;
use crate::kernel::number::Q;
use crate::kernel::scalar::{Scalar, Signs};
use crate::kernel::verdict::{Stop, decline, differ};
use relucert_format::{self, Formula, Range};

/// Most different roots in a number that is computed.
const ROOTS: usize = 6;
/// Most roots that are split off a number to see its sign.
const DEPTH: usize = 5;

/// A quotient in lowest terms; the denominator is monic and nowhere 0, so positive for t ≥ 0.
#[derive(Clone, Debug, PartialEq)]
struct Quotient {
    above: Poly,
    below: Poly,
}

impl Quotient {
    fn one() -> Quotient {
        Quotient::constant(Q::one())
    }

    fn constant(value: Q) -> Quotient {
        Quotient {
            above: Poly::constant(value),
            below: Poly::constant(Q::one()),
        }
    }

    /// The denominator is known to be nowhere 0.
    fn new(above: Poly, below: Poly, limits: &Budget) -> Result<Quotient, Stop> {
        // However short the numbers are, they are many and stand on the heap.
        limits.charge(32 * cost::ANY)?;
        let common = above.gcd(&below, limits)?;
        let (above, below) = match common.is_constant() {
            true => (above, below),
            false => (
                above.divide(&common, limits)?.0,
                below.divide(&common, limits)?.0,
            ),
        };
        let inverse = below.leading().inverse().unwrap_or_else(Q::one);
        Ok(Quotient {
            above: above.scale(&inverse, limits)?.checked()?,
            below: below.scale(&inverse, limits)?.checked()?,
        })
    }

    fn stated(
        text: &relucert_format::Fraction,
        range: Range,
        limits: &Budget,
    ) -> Result<Quotient, Stop> {
        let number = |k: u64| Q::from(BigInt::from(k));
        let line = |a: u64, b: u64| Poly::new(vec![number(a), number(b)]);
        let (u, w) = match range {
            Range::From(a) => (line(a, 1), line(1, 0)),
            Range::Between(a, b) => (line(a, b), line(1, 1)),
            Range::At(a) => (line(a, 0), line(1, 0)),
        };
        let n = text.numerator.len().max(text.denominator.len());
        let part = |c: &[BigInt]| {
            let polynomial = Poly::new(c.iter().cloned().map(Q::from).collect());
            polynomial.substituted(n, &u, &w, limits)
        };
        let (above, below) = (part(&text.numerator)?, part(&text.denominator)?);
        if below.signs(limits)?.definite().is_none() {
            return differ(
                "a denominator may be 0",
                text,
                format!("a denominator that is not 0 for any {range}"),
            );
        }
        Quotient::new(above, below, limits)
    }

    fn add(&self, other: &Quotient, limits: &Budget) -> Result<Quotient, Stop> {
        let (left, right) = (
            self.above.mul(&other.below, limits)?,
            other.above.mul(&self.below, limits)?,
        );
        let below = self.below.mul(&other.below, limits)?;
        Quotient::new(left.add(&right, limits)?, below, limits)
    }

    fn mul(&self, other: &Quotient, limits: &Budget) -> Result<Quotient, Stop> {
        Quotient::new(
            self.above.mul(&other.above, limits)?,
            self.below.mul(&other.below, limits)?,
            limits,
        )
    }
}

/// Σ coefficient·√radicand; none is negative, none is seen to be a square times another, 1 stands for no root.
#[derive(Clone, Debug)]
pub(crate) struct Number(Vec<(Quotient, Quotient)>);

impl Number {
    pub(crate) fn zero() -> Number {
        Number(Vec::new())
    }

    pub(crate) fn stated(text: &Formula, range: Range, limits: &Budget) -> Result<Number, Stop> {
        let mut number = Number::zero();
        let rational = Quotient::stated(&text.rational, range, limits)?;
        number.push(rational, Quotient::one(), limits)?;
        for (coefficient, radicand) in &text.terms {
            let root = Quotient::stated(radicand, range, limits)?;
            if root.above.signs(limits)?.minus {
                return differ(
                    "a radicand may be negative",
                    radicand,
                    format!("a radicand >= 0 for all {range}"),
                );
            }
            number.push(Quotient::stated(coefficient, range, limits)?, root, limits)?;
        }
        Ok(number)
    }

    /// Bytes it takes.
    pub(crate) fn memory(&self) -> u64 {
        let parts = self
            .0
            .iter()
            .flat_map(|(c, r)| [&c.above, &c.below, &r.above, &r.below]);
        let parts = parts.map(|p| size(p.0.len(), p.bits()) + 32);
        24 + parts.sum::<u64>()
    }

    /// The sum of products of two rows.
    pub(crate) fn dot(left: &[Number], right: &[Number], limits: &Budget) -> Result<Number, Stop> {
        let mut sum = Number::zero();
        for (x, y) in left.iter().zip(right) {
            sum = sum.add(&x.mul(y, limits)?, limits)?;
        }
        Ok(sum)
    }

    /// Splits at most so many roots off, one in the other: where roots depend on each other, Δ may have no fewer than the number.
    fn signs_within(&self, depth: usize, limits: &Budget) -> Result<Signs, Stop> {
        limits.charge(cost::ANY)?;
        let one = Quotient::one();
        let Some((_, root)) = self.0.iter().find(|(_, r)| *r != one) else {
            let value = self.0.first().map(|(value, _)| value.above.signs(limits));
            return value.unwrap_or(Ok(Signs::ZERO));
        };
        let Some(depth) = depth.checked_sub(1) else {
            return decline(format!("more than {DEPTH} roots are split off one number"));
        };
        let (with, without): (Vec<_>, Vec<_>) =
            self.0.iter().cloned().partition(|(_, r)| r == root);
        let a = Number(without);
        let b = Number(with.into_iter().map(|(c, _)| (c, one.clone())).collect());
        let left = a.signs_within(depth, limits)?;
        let right = b.signs_within(depth, limits)?;
        let right = right.times(root.above.signs(limits)?);
        let (minus, plus) = (left.minus || right.minus, left.plus || right.plus);
        if !(minus && plus) {
            return Ok(Signs {
                minus,
                zero: left.zero && right.zero,
                plus,
            });
        }
        let square = b
            .mul(&b, limits)?
            .mul(&Number(vec![(root.clone(), one)]), limits)?;
        let delta = a
            .mul(&a, limits)?
            .sub(&square, limits)?
            .signs_within(depth, limits)?;
        // Where Δ = 0 the number is 0, or 2A if A and B have the same sign.
        let both = (left.minus && right.minus, left.plus && right.plus);
        Ok(Signs {
            minus: delta.plus && left.minus || delta.minus && right.minus || delta.zero && both.0,
            zero: delta.zero,
            plus: delta.plus && left.plus || delta.minus && right.plus || delta.zero && both.1,
        })
    }
}

impl Scalar for Number {
    fn add(&self, other: &Number, limits: &Budget) -> Result<Number, Stop> {
        limits.charge(2 * cost::ANY)?;
        let mut sum = self.clone();
        for (coefficient, radicand) in &other.0 {
            sum.push(coefficient.clone(), radicand.clone(), limits)?;
        }
        Ok(sum)
    }

    fn mul(&self, other: &Number, limits: &Budget) -> Result<Number, Stop> {
        limits.charge(2 * cost::ANY)?;
        let mut product = Number::zero();
        for (c, r) in &self.0 {
            for (d, s) in &other.0 {
                let coefficient = c.mul(d, limits)?;
                if r == s {
                    product.push(coefficient.mul(r, limits)?, Quotient::one(), limits)?;
                } else {
                    product.push(coefficient, r.mul(s, limits)?, limits)?;
                }
            }
        }
        Ok(product)
    }

    fn neg(&self) -> Number {
        let terms = self.0.iter();
        Number(terms.map(|(c, r)| (c.neg(), r.clone())).collect())
    }

    /// The signs for t ≥ 0. With one root split off, A + B√q, and Δ = A² − B²q: that of A where Δ > 0, that of B where Δ < 0.
    fn signs(&self, limits: &Budget) -> Result<Signs, Stop> {
        self.signs_within(DEPTH, limits)
    }
}

impl fmt::Display for Number {
    /// In t, for messages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = Poly::constant(Q::one());
        let quotient = |q: &Quotient| match q.below == one {
            true => format!("({})", q.above),
            false => format!("({})/({})", q.above, q.below),
        };
        let term = |(c, r): &(Quotient, Quotient)| match *r == Quotient::one() {
            true => quotient(c),
            false => format!("{}*sqrt({})", quotient(c), quotient(r)),
        };
        let text = self.0.iter().map(term).collect::<Vec<_>>().join(" + ");
        f.write_str(if text.is_empty() { "0" } else { &text })
    }
}

#[cfg(test)]
#[path = "../tests/family.rs"]
mod tests;
