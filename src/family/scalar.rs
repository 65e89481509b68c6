//! Functions of k as numbers, whose signs a proof remembers.

use std::cmp::Ordering;

use super::expression::Expression;
use super::polynomial::{Place, Signs};
use super::quotient::Quotient;
use super::sketch::Sketch;
use super::unproved::{Misfit, Unproved};
use crate::exact::scalar::{Order, Scalar, minors};

impl Scalar for Expression {
    fn plus(&self, other: &Self) -> Self {
        self.add(other)
    }

    fn times(&self, other: &Self) -> Self {
        self.mul(other)
    }

    fn negative(&self) -> Self {
        self.neg()
    }

    fn reciprocal(&self) -> Option<Self> {
        self.inverse()
    }

    fn square_root(&self) -> Option<Self> {
        self.to_quotient()
            .map(|radicand| Expression::sqrt(&radicand))
    }

    fn is_nil(&self) -> bool {
        self.is_zero()
    }
}

impl Scalar for Quotient {
    fn plus(&self, other: &Self) -> Self {
        self.add(other)
    }

    fn times(&self, other: &Self) -> Self {
        self.mul(other)
    }

    fn negative(&self) -> Self {
        self.neg()
    }

    fn reciprocal(&self) -> Option<Self> {
        self.inverse()
    }

    /// It is not looked for: among [`Expression`]s all of these have one.
    fn square_root(&self) -> Option<Self> {
        None
    }

    fn is_nil(&self) -> bool {
        self.is_zero()
    }
}

/// The order of Q(k) at a place.
impl Order<Quotient> for Place {
    type Undecided = Misfit;

    fn sign(&mut self, number: &Quotient) -> Result<Ordering, Misfit> {
        Ok(number.signs(*self).seen())
    }

    fn over(&mut self, number: &Quotient, divisor: &Quotient) -> Result<Quotient, Misfit> {
        let inverse = divisor.inverse().ok_or(Misfit::Inverse)?;
        Ok(number.mul(&inverse))
    }
}

/// What is seen at a place, where numbers have one sign, and no proof of it: what may be negative counts as negative where that is not known.
impl Order<Expression> for Place {
    type Undecided = Misfit;

    fn sign(&mut self, number: &Expression) -> Result<Ordering, Misfit> {
        if number.is_zero_at(*self) {
            return Ok(Ordering::Equal);
        }
        Ok(number.signs(*self).seen())
    }

    fn over(&mut self, number: &Expression, divisor: &Expression) -> Result<Expression, Misfit> {
        number.div(divisor).ok_or(Misfit::Inverse)
    }

    /// By the signs of products of entries, which are shorter than their sum.
    fn oriented(
        &mut self,
        row: &[Expression],
        other: &[Expression],
    ) -> Result<Option<Ordering>, Misfit> {
        if !self.all_vanish(&minors(row, other))? {
            return Ok(None);
        }
        let mut products = row.iter().zip(other).map(|(x, y)| x.mul(y));
        Ok(Some(match products.any(|p| p.signs(*self).negative) {
            true => Ordering::Less,
            false => Ordering::Greater,
        }))
    }

    fn all_vanish(&mut self, row: &[Expression]) -> Result<bool, Misfit> {
        Ok(row.iter().all(|entry| entry.is_zero_at(*self)))
    }
}

/// The signs are those at the place, and the proof needs them wherever it is to hold.
impl Order<Expression> for Sketch {
    type Undecided = Unproved;

    fn sign(&mut self, number: &Expression) -> Result<Ordering, Unproved> {
        if self.is_zero(number) {
            self.zero(number.clone())?;
            return Ok(Ordering::Equal);
        }
        self.definite(number)?;
        Ok(match self.signs(number) {
            Signs::NEGATIVE => Ordering::Less,
            _ => Ordering::Greater,
        })
    }

    fn over(&mut self, number: &Expression, divisor: &Expression) -> Result<Expression, Unproved> {
        let quotient = number.div(divisor).ok_or(Misfit::Inverse)?;
        self.written([&quotient])?;
        Ok(quotient)
    }

    /// That one entry is nowhere 0 is enough for a row that is not.
    fn all_vanish(&mut self, row: &[Expression]) -> Result<bool, Unproved> {
        let zero = row.iter().all(|entry| self.is_zero(entry));
        match zero {
            true => row.iter().try_for_each(|entry| self.zero(entry.clone()))?,
            false => self.some_definite(row.to_vec())?,
        }
        Ok(zero)
    }

    // Where two numbers meet, either is the larger one.

    fn positive_part(&mut self, number: &Expression) -> Result<Expression, Unproved> {
        if self.is_positive(number) {
            self.non_negative(number.clone())?;
            return Ok(number.clone());
        }
        self.non_negative(number.neg())?;
        Ok(Expression::zero())
    }

    fn size(&mut self, number: &Expression) -> Result<Expression, Unproved> {
        let size = self.abs(number);
        self.non_negative(size.clone())?;
        Ok(size)
    }

    fn larger(&mut self, first: Expression, second: Expression) -> Result<Expression, Unproved> {
        let (larger, other) = match self.is_positive(&second.sub(&first)) {
            true => (second, first),
            false => (first, second),
        };
        self.non_negative(larger.sub(&other))?;
        Ok(larger)
    }
}
