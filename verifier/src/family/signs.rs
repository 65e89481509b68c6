//! What is asked of a number, with the number in the rejection.

use super::number::Number;
use crate::kernel::budget::Budget;
use crate::kernel::verdict::{Stop, reject};

/// a ≥ b everywhere, or a rejection that shows a − b.
pub(super) fn at_least(what: &str, a: &Number, b: &Number, limits: &Budget) -> Result<(), Stop> {
    let difference = a.sub(b, limits)?;
    match difference.signs(limits)?.minus {
        false => Ok(()),
        true => reject(format!(
            "{what}: not seen to be >= 0 for all t >= 0: {difference}"
        )),
    }
}

/// One sign everywhere, and nowhere zero: true for positive.
pub(super) fn definite(what: &str, number: &Number, limits: &Budget) -> Result<bool, Stop> {
    match number.signs(limits)?.definite() {
        Some(sign) => Ok(sign),
        None => reject(format!("{what} has not one sign for all t >= 0: {number}")),
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
        false => reject(format!("{what} is not positive: {number}")),
    }
}
