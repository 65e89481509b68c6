//! Signs, and what is asked of them. Of a function of k a sign is meant everywhere.

use std::cmp::Ordering;

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

    /// The signs that are among both.
    pub(crate) fn and(self, other: Signs) -> Signs {
        Signs {
            minus: self.minus && other.minus,
            zero: self.zero && other.zero,
            plus: self.plus && other.plus,
        }
    }

    /// The signs that are among either.
    pub(crate) fn or(self, other: Signs) -> Signs {
        Signs {
            minus: self.minus || other.minus,
            zero: self.zero || other.zero,
            plus: self.plus || other.plus,
        }
    }

    /// Whether there is one sign alone.
    pub(crate) fn one(self) -> bool {
        [self.minus, self.zero, self.plus]
            .map(u8::from)
            .iter()
            .sum::<u8>()
            <= 1
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
