//! Functions of k as numbers, whose signs a proof remembers.

use std::cmp::Ordering;

use super::expression::Expression;
use super::polynomial::Signs;
use super::quotient::Quotient;
use super::sketch::Sketch;
use super::unproved::Unproved;
use crate::exact::scalar::{Order, Scalar};

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

    fn square_root(&self) -> Option<Self> {
        Expression::sqrt(self).to_quotient()
    }
}

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

    /// It is enough that one entry has one sign everywhere.
    fn some(&mut self, row: &[Expression]) -> Result<bool, Unproved> {
        if row.iter().all(|entry| self.is_zero(entry)) {
            row.iter().try_for_each(|entry| self.zero(entry.clone()))?;
            return Ok(false);
        }
        self.some_definite(row.to_vec())?;
        Ok(true)
    }
}

impl Order<Quotient> for Sketch {
    type Undecided = Unproved;

    fn sign(&mut self, number: &Quotient) -> Result<Ordering, Unproved> {
        self.sign(&Expression::from(number.clone()))
    }
}
