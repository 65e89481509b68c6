//! What numbers and functions of k have in common: sums, products, and signs. Of a function a sign is meant everywhere.

use std::cmp::Ordering;

use super::budget::Budget;
use super::verdict::Stop;

/// The signs that something may have; a number has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Signs {
    pub(crate) minus: bool,
    pub(crate) zero: bool,
    pub(crate) plus: bool,
}

impl Signs {
    pub(crate) const ZERO: Signs = Signs::of(Ordering::Equal);

    pub(crate) const ANY: Signs = Signs {
        minus: true,
        zero: true,
        plus: true,
    };

    pub(crate) const fn of(order: Ordering) -> Signs {
        Signs {
            minus: order.is_lt(),
            zero: order.is_eq(),
            plus: order.is_gt(),
        }
    }

    pub(crate) fn times(self, other: Signs) -> Signs {
        Signs {
            minus: self.minus && other.plus || self.plus && other.minus,
            zero: self.zero || other.zero,
            plus: self.minus && other.minus || self.plus && other.plus,
        }
    }

    /// Nowhere zero, and one sign: true for positive.
    pub(crate) fn definite(self) -> Option<bool> {
        match (self.minus, self.zero, self.plus) {
            (true, false, false) => Some(false),
            (false, false, true) => Some(true),
            _ => None,
        }
    }
}

/// What is asked of one, where it is not seen.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Asked {
    Zero,
    NotNegative,
    OneSign,
    Positive,
}

/// An exact number, or a function.
pub(crate) trait Scalar: Clone {
    fn add(&self, other: &Self, limits: &Budget) -> Result<Self, Stop>;

    fn mul(&self, other: &Self, limits: &Budget) -> Result<Self, Stop>;

    fn neg(&self) -> Self;

    /// The signs that it has, and none that it cannot be seen not to have.
    fn signs(&self, limits: &Budget) -> Result<Signs, Stop>;

    fn sub(&self, other: &Self, limits: &Budget) -> Result<Self, Stop> {
        self.add(&other.neg(), limits)
    }

    /// The sum or the difference.
    fn join(&self, other: &Self, plus: bool, limits: &Budget) -> Result<Self, Stop> {
        match plus {
            true => self.add(other, limits),
            false => self.sub(other, limits),
        }
    }

    fn is_zero(&self, limits: &Budget) -> Result<bool, Stop> {
        Ok(self.signs(limits)? == Signs::ZERO)
    }
}
