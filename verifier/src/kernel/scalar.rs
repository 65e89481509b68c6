//! What sums of square roots are over: the rational numbers, or the quotients of polynomials in t. Of a function a sign is meant everywhere.

use std::cmp::Ordering;

use super::budget::Budget;
use super::number::Q;
use super::roots::Roots;
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

/// What is asked of a sum, where it is not seen.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Asked {
    Zero,
    NotNegative,
    OneSign,
    Positive,
}

/// A rational number, or a quotient of polynomials, with what is its own of sums of square roots over these.
pub(crate) trait Scalar: Clone + PartialEq + From<Q> {
    /// Most different roots of a sum that is computed, with the part without roots.
    const ROOTS: usize;
    /// Whether each coordinate of a [pair](super::binding::Pair) may show that there is no multiple at all; else only a bound from above of inner entries,
    /// and one from below of outer ones.
    const EACH: bool;

    fn is_zero(&self) -> bool;

    fn add(&self, other: &Self, limits: &Budget) -> Result<Self, Stop>;

    fn mul(&self, other: &Self, limits: &Budget) -> Result<Self, Stop>;

    fn neg(&self) -> Self;

    /// The inverse; the number must be nowhere 0, or if `formal` not everywhere.
    fn inverse(&self, formal: bool, limits: &Budget) -> Result<Self, Stop>;

    /// Whether it may stand under a root: nowhere negative, or if `formal` no negative constant.
    fn has_root(&self, formal: bool, limits: &Budget) -> Result<bool, Stop>;

    /// c·√q as it is kept.
    fn kept(coefficient: Self, radicand: Self, _: &Budget) -> Result<(Self, Self), Stop> {
        Ok((coefficient, radicand))
    }

    /// |s|, if √radicand is seen to be |s|·√root, or |s| where there is no root.
    fn multiple(
        radicand: &Self,
        root: Option<&Self>,
        limits: &Budget,
    ) -> Result<Option<Self>, Stop>;

    /// Whether this radicand is written before one that comes later.
    fn precedes(&self, _: &Self) -> bool {
        true
    }

    /// The signs that a sum has, and none that it cannot be seen not to have.
    fn signs(sum: &Roots<Self>, limits: &Budget) -> Result<Signs, Stop>;

    /// What to say of a sum of which what was asked is not seen, if it decides.
    fn unseen(what: &str, asked: Asked, sum: &Roots<Self>) -> Result<(), Stop>;

    /// Bytes it takes.
    fn memory(&self) -> u64;
}
