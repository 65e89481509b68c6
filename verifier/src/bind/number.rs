//! The numbers of network files: rationals and sums of square roots.

use std::fmt;

use super::expression::{Arithmetic, LONGEST, evaluate};
use super::fault::{Fault, limit, wrong};
use crate::kernel::budget::Budget;
use crate::kernel::number::Q;
use crate::kernel::surd::Sum;

/// Most different square roots in a number.
const MOST_ROOTS: usize = 6;
/// Most bits of the numerator or denominator of a number, or for a square root of half its square's; of every number on the way too.
const MOST_BITS: u64 = 100_000;

/// A number of a file, with its text if it has one.
#[derive(Clone, Debug)]
pub(super) struct Number {
    text: String,
    value: Sum,
}

impl Number {
    /// Reads a text of a file.
    pub(super) fn read(text: &str, limits: &Budget) -> Result<Number, Fault> {
        let value = evaluate(text, &Numbers { limits })?;
        let text = text.to_owned();
        Ok(Number { text, value })
    }

    /// The same for a number that must be rational.
    pub(super) fn rational(text: &str, limits: &Budget) -> Result<Number, Fault> {
        let number = Number::read(text, limits)?;
        match number.value.root_count() {
            0 => Ok(number),
            _ => wrong("a rational number is expected, not a square root"),
        }
    }

    pub(super) fn zero() -> Number {
        Number::from(Q::zero())
    }

    pub(super) fn value(&self) -> &Sum {
        &self.value
    }

    /// Bits of all its parts.
    pub(super) fn bits(&self) -> u64 {
        self.value.all_bits()
    }

    /// Bytes it takes.
    pub(super) fn memory(&self) -> u64 {
        48 + self.text.len() as u64 + self.value.memory()
    }
}

impl From<Q> for Number {
    fn from(value: Q) -> Number {
        Number {
            text: String::new(),
            value: Sum::from(value),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.text.is_empty() {
            true => self.value.fmt(f),
            false => f.write_str(&self.text),
        }
    }
}

/// The first number that is not 0, of which all must be rational multiples; none if all are 0.
pub(super) fn first_of_multiples<'a>(
    row: &[&'a Sum],
    limits: &Budget,
) -> Result<Option<&'a Sum>, Fault> {
    let mut first: Option<(&Sum, Sum)> = None;
    for number in row {
        if number.is_zero(limits)? {
            continue;
        }
        match &first {
            None => {
                let inverse = Numbers { limits }.small(number.inverse(false, limits)?)?;
                first = Some((number, inverse));
            }
            Some((_, inverse)) => {
                if number.mul(inverse, limits)?.root_count() > 0 {
                    return wrong("weights are not rational multiples of each other");
                }
            }
        }
    }
    Ok(first.map(|(number, _)| number))
}

/// The numbers of files.
struct Numbers<'a> {
    limits: &'a Budget,
}

impl Arithmetic for Numbers<'_> {
    type Scalar = Q;
    const LONGEST: usize = LONGEST;
    const DEEPEST: usize = 64;
    const LARGEST_POWER: u32 = 20_000;
    const FRACTIONAL_POWERS: bool = false;

    fn limits(&self) -> &Budget {
        self.limits
    }

    fn formal(&self) -> bool {
        false
    }

    fn parameter(&self) -> Option<Result<Sum, Fault>> {
        None
    }

    fn small(&self, value: Sum) -> Result<Sum, Fault> {
        if value.root_count() > MOST_ROOTS {
            return limit(format!("more than {MOST_ROOTS} square roots"));
        }
        if value.longest_square() > 2 * MOST_BITS {
            return limit(format!("a value of more than {MOST_BITS} bits"));
        }
        Ok(value)
    }
}
