//! What is asked of a number, with the number in the rejection.

use super::number::Number;
use crate::kernel::budget::Budget;
use crate::kernel::scalar::{Asked, Scalar as _};
use crate::kernel::verdict::{Stop, reject};

/// Rejects a number of which what was asked is not seen.
pub(super) fn unseen<T>(what: &str, asked: Asked, number: &Number) -> Result<T, Stop> {
    let how = match asked {
        Asked::Zero => " is not identically 0",
        Asked::NotNegative => ": not seen to be >= 0 for all t >= 0",
        Asked::OneSign => " has not one sign for all t >= 0",
        Asked::Positive => " is not positive",
    };
    reject(format!("{what}{how}: {number}"))
}

/// a ≥ b everywhere, or a rejection that shows a − b.
pub(super) fn at_least(what: &str, a: &Number, b: &Number, limits: &Budget) -> Result<(), Stop> {
    let difference = a.sub(b, limits)?;
    match difference.signs(limits)?.minus {
        false => Ok(()),
        true => unseen(what, Asked::NotNegative, &difference),
    }
}

/// −a ≤ b ≤ a everywhere: `a less b` and `a plus b` are not negative.
pub(super) fn within(
    [a_name, b_name]: [&str; 2],
    a: &Number,
    b: &Number,
    limits: &Budget,
) -> Result<(), Stop> {
    at_least(&format!("{a_name} less {b_name}"), a, b, limits)?;
    at_least(&format!("{a_name} plus {b_name}"), a, &b.neg(), limits)
}

/// One sign everywhere, and nowhere zero: true for positive.
pub(super) fn definite(what: &str, number: &Number, limits: &Budget) -> Result<bool, Stop> {
    match number.signs(limits)?.definite() {
        Some(sign) => Ok(sign),
        None => unseen(what, Asked::OneSign, number),
    }
}

/// Entry is ±value identically, value ≥ 0.
pub(super) fn is_value(
    what: &str,
    entry: &Number,
    value: &Number,
    limits: &Budget,
) -> Result<(), Stop> {
    at_least("the value", value, &Number::zero(), limits)?;
    let (difference, sum) = (entry.sub(value, limits)?, entry.add(value, limits)?);
    match difference.is_zero(limits)? || sum.is_zero(limits)? {
        true => Ok(()),
        false => reject(format!("{what} is {entry}, in t, not ± the value {value}")),
    }
}

/// Positive everywhere.
pub(super) fn positive(what: &str, number: &Number, limits: &Budget) -> Result<(), Stop> {
    match definite(what, number, limits)? {
        true => Ok(()),
        false => unseen(what, Asked::Positive, number),
    }
}
