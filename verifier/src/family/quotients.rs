//! Numbers that are made, not stated: constants, inverses and roots.

use super::{Number, Poly, Quotient};
use crate::kernel::budget::Budget;
use crate::kernel::number::Q;
use crate::kernel::scalar::Scalar as _;
use crate::kernel::verdict::{Stop, decline, reject};
use relucert_format::Surd;

/// Most roots that are split off a number to invert it.
const DEPTH: usize = 5;

impl Quotient {
    pub(super) fn neg(&self) -> Quotient {
        Quotient {
            above: self.above.neg(),
            below: self.below.clone(),
        }
    }

    fn degree(&self) -> usize {
        let length = |p: &Poly| p.0.len().saturating_sub(1);
        length(&self.above).max(length(&self.below))
    }

    /// The inverse; it must be nowhere 0 for t ≥ 0, or if `formal` not everywhere.
    fn inverse(&self, formal: bool, limits: &Budget) -> Result<Quotient, Stop> {
        let zero = self.above.is_zero();
        if zero || !formal && self.above.signs(limits)?.definite().is_none() {
            return reject("division by zero");
        }
        Quotient::new(self.below.clone(), self.above.clone(), limits)
    }
}

impl Number {
    pub(crate) fn constant(value: Q) -> Number {
        match value.is_zero() {
            true => Number::zero(),
            false => Number(vec![(Quotient::constant(value), Quotient::one())]),
        }
    }

    /// A number that does not depend on k.
    pub(crate) fn surd(surd: &Surd, limits: &Budget) -> Result<Number, Stop> {
        let mut number = Number::constant(Q::from(&surd.rational));
        for (coefficient, radicand) in &surd.terms {
            let radicand = Quotient::constant(Q::from(radicand.clone()));
            number.push(Quotient::constant(Q::from(coefficient)), radicand, limits)?;
        }
        Ok(number)
    }

    /// The largest degree in t.
    pub(crate) fn degree(&self) -> usize {
        let terms = self.0.iter();
        let degrees = terms.map(|(c, r)| c.degree().max(r.degree()));
        degrees.max().unwrap_or(0)
    }

    /// The number of square roots.
    pub(crate) fn roots(&self) -> usize {
        let one = Quotient::one();
        self.0.iter().filter(|(_, r)| *r != one).count()
    }

    /// The square root; what is under it has no roots, and is nowhere negative for t ≥ 0, or if `formal` is no negative constant.
    pub(crate) fn root(&self, formal: bool, limits: &Budget) -> Result<Number, Stop> {
        let radicand = match self.0.as_slice() {
            [] => return Ok(Number::zero()),
            [(value, root)] if *root == Quotient::one() => value.clone(),
            _ => return reject("a square root inside a square root"),
        };
        let negative = radicand.above.signs(limits)?.minus;
        if negative && (!formal || radicand.degree() == 0) {
            return reject("the square root of a negative number");
        }
        let mut root = Number::zero();
        root.push(Quotient::one(), radicand, limits)?;
        Ok(root)
    }

    /// The inverse, where it has one for all t ≥ 0, or if `formal` somewhere: 1/(A + B√q) = (A − B√q)/(A² − B²q).
    pub(crate) fn inverse(&self, formal: bool, limits: &Budget) -> Result<Number, Stop> {
        let (mut above, mut below) = (Number::constant(Q::one()), self.clone());
        for _ in 0..=DEPTH {
            if below.is_zero(limits)? {
                return reject("division by zero");
            }
            // √q/(c·q) is 1/(c·√q).
            if let [(c, q)] = &below.0[..] {
                let inverse = c.mul(q, limits)?.inverse(formal, limits)?;
                return above.mul(&Number(vec![(inverse, q.clone())]), limits);
            }
            let (mut conjugate, one) = (below.clone(), Quotient::one());
            let Some((c, _)) = conjugate.0.iter_mut().find(|(_, r)| *r != one) else {
                return reject("division by zero");
            };
            *c = c.neg();
            above = above.mul(&conjugate, limits)?;
            below = below.mul(&conjugate, limits)?;
        }
        decline("a quotient of sums of too many square roots")
    }
}
