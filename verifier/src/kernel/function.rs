//! Functions of k on one range, sums of square roots over Q(t) for t ≥ 0: their signs, and what is asked of them.

use super::budget::Budget;
use super::quotient::Quotient;
use super::roots::Roots;
use super::signs::Asked;
use super::verdict::{Stop, differ, reject};
use relucert_format::{Formula, Range};

/// A function of k on a range.
pub(crate) type Function = Roots<Quotient>;

impl Function {
    /// As stated, on a range.
    pub(crate) fn stated(text: &Formula, range: Range, limits: &Budget) -> Result<Function, Stop> {
        let mut function = Roots::of(Quotient::stated(&text.rational, range, limits)?);
        for (coefficient, radicand) in &text.terms {
            let root = Quotient::stated(radicand, range, limits)?;
            if root.above.signs(limits)?.minus {
                return differ(
                    "a radicand may be negative",
                    radicand,
                    format!("a radicand >= 0 for all {range}"),
                );
            }
            let coefficient = Quotient::stated(coefficient, range, limits)?;
            function = function.plus_root(&coefficient, &root, limits)?;
        }
        Ok(function)
    }

    /// The largest degree in t.
    pub(crate) fn degree(&self) -> usize {
        self.parts().map(Quotient::degree).max().unwrap_or(0)
    }

    /// One sign everywhere, and nowhere zero: true for positive.
    pub(crate) fn definite(&self, what: &str, limits: &Budget) -> Result<bool, Stop> {
        match self.signs(limits)?.definite() {
            Some(sign) => Ok(sign),
            None => self.unseen(what, Asked::OneSign),
        }
    }

    /// Positive everywhere.
    pub(crate) fn positive(&self, what: &str, limits: &Budget) -> Result<(), Stop> {
        match self.definite(what, limits)? {
            true => Ok(()),
            false => self.unseen(what, Asked::Positive).map(drop),
        }
    }

    /// −self ≤ b ≤ self everywhere: `self less b` and `self plus b` are not negative.
    pub(crate) fn bounds(
        &self,
        b: &Function,
        [own, other]: [&str; 2],
        limits: &Budget,
    ) -> Result<(), Stop> {
        self.at_least(&format!("{own} less {other}"), b, limits)?;
        self.at_least(&format!("{own} plus {other}"), &b.neg(), limits)
            .map(drop)
    }

    /// Whether it is seen that some |b| > self everywhere, the same b at every k.
    pub(crate) fn is_exceeded(&self, all: &[Function], limits: &Budget) -> Result<bool, Stop> {
        for b in all {
            for b in [b.clone(), b.neg()] {
                if b.sub(self, limits)?.signs(limits)?.definite() == Some(true) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// ±value identically, value ≥ 0.
    pub(crate) fn has_size(
        &self,
        what: &str,
        value: &Function,
        limits: &Budget,
    ) -> Result<(), Stop> {
        value.at_least("the value", &Function::zero(), limits)?;
        let (difference, sum) = (self.sub(value, limits)?, self.add(value, limits)?);
        match difference.is_zero(limits)? || sum.is_zero(limits)? {
            true => Ok(()),
            false => reject(format!("{what} is {self}, in t, not ± the value {value}")),
        }
    }
}

#[cfg(test)]
#[path = "../tests/function.rs"]
mod tests;
