//! Functions of k on one range, sums of square roots over Q(t) for t ≥ 0: their signs, and what is asked of them.

use super::budget::Budget;
use super::cost;
use super::quotient::Quotient;
use super::roots::Roots;
use super::scalar::{Asked, Scalar as _, Signs};
use super::verdict::{Stop, decline, differ, reject};
use relucert_format::{Formula, Range};

/// Most roots that are split off a function to see its sign.
const DEPTH: usize = 5;

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
            function.push(Quotient::stated(coefficient, range, limits)?, root, limits)?;
        }
        Ok(function)
    }

    /// The largest degree in t.
    pub(crate) fn degree(&self) -> usize {
        self.parts().map(Quotient::degree).max().unwrap_or(0)
    }

    /// The signs for t ≥ 0. With one root split off, A + B√q, and Δ = A² − B²q: that of A where Δ > 0, that of B where Δ < 0.
    pub(super) fn split_signs(&self, limits: &Budget) -> Result<Signs, Stop> {
        self.signs_within(DEPTH, limits)
    }

    /// Splits at most so many roots off, one in the other: where roots depend on each other, Δ may have no fewer than the function.
    fn signs_within(&self, depth: usize, limits: &Budget) -> Result<Signs, Stop> {
        limits.charge(cost::ANY)?;
        let Some(((b, root), rest)) = self.roots.split_first() else {
            return self.plain.above.signs(limits);
        };
        let Some(depth) = depth.checked_sub(1) else {
            return decline(format!("more than {DEPTH} roots are split off one number"));
        };
        let a = Roots {
            plain: self.plain.clone(),
            roots: rest.to_vec(),
        };
        let left = a.signs_within(depth, limits)?;
        let right = b.above.signs(limits)?.times(root.above.signs(limits)?);
        let (minus, plus) = (left.minus || right.minus, left.plus || right.plus);
        if !(minus && plus) {
            return Ok(Signs {
                minus,
                zero: left.zero && right.zero,
                plus,
            });
        }
        let square = Roots::of(b.mul(b, limits)?.mul(root, limits)?);
        let delta = a.mul(&a, limits)?.sub(&square, limits)?;
        let delta = delta.signs_within(depth, limits)?;
        // Where Δ = 0 the function is 0, or 2A if A and B have the same sign.
        let both = (left.minus && right.minus, left.plus && right.plus);
        Ok(Signs {
            minus: delta.plus && left.minus || delta.minus && right.minus || delta.zero && both.0,
            zero: delta.zero,
            plus: delta.plus && left.plus || delta.minus && right.plus || delta.zero && both.1,
        })
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
#[path = "../tests/family.rs"]
mod tests;
