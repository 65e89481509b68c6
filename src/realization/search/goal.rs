//! What is to be made large: one entry of the Jacobian with a sign.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{Signed as _, ToPrimitive as _, Zero as _};

use crate::exact::lp::RowTable;
use crate::realization::gradient::GradientTable;

/// One entry with a sign: value = ideal − 2·Σ |v_H| over the hyperplanes on the side that they do not prefer. Values are in units of 1/(2·scale) of
/// the [`GradientTable`].
#[derive(Clone, Debug)]
pub(crate) struct Goal {
    pub(crate) entry: usize,
    pub(crate) negative: bool,
    /// The value if every hyperplane had the side that it prefers.
    pub(crate) ideal: BigInt,
    /// v_H.
    pub(crate) values: Vec<BigInt>,
    /// |v_H| without its last `shift` bits.
    sizes: Vec<i64>,
    shift: u64,
}

/// Bits of the sum of all sizes.
const BITS: u64 = 46;

impl Goal {
    pub(crate) fn new(table: &GradientTable, entry: usize, negative: bool) -> Self {
        let signed = |value: BigInt| if negative { -value } else { value };
        let values: Vec<BigInt> = (0..table.hyperplanes())
            .map(|h| signed(table.jump(h, entry)))
            .collect();
        let sum: BigInt = values.iter().map(BigInt::abs).sum();
        let shift = sum.bits().saturating_sub(BITS);
        let sizes = values.iter().map(|v| units(v, shift)).collect();
        Goal {
            entry,
            negative,
            ideal: signed(table.base()[entry].clone()) + sum,
            values,
            sizes,
            shift,
        }
    }

    pub(crate) fn hyperplanes(&self) -> usize {
        self.values.len()
    }

    /// Whether the hyperplane matters.
    pub(crate) fn is_soft(&self, h: usize) -> bool {
        !self.values[h].is_zero()
    }

    /// The side on which the value is larger; + where it does not matter.
    pub(crate) fn prefers(&self, h: usize) -> bool {
        !self.values[h].is_negative()
    }

    /// |v_H|, roughly; exactly where [`is_exact`](Self::is_exact).
    pub(crate) fn size(&self, h: usize) -> i64 {
        self.sizes[h]
    }

    /// Whether sizes are exact.
    pub(crate) fn is_exact(&self) -> bool {
        self.shift == 0
    }

    /// What must be lost for a value of at most `best`: at least this where sizes are exact, else no less than this.
    pub(crate) fn need(&self, best: &BigInt) -> i64 {
        // Rounded up: half a unit lost is one.
        let half: BigInt = (&self.ideal - best + 1) >> 1;
        if half.is_negative() {
            return 0;
        }
        let need = units(&half, self.shift);
        match self.is_exact() {
            true => need,
            false => need.saturating_sub(self.hyperplanes() as i64 + 1),
        }
    }

    /// No value is less than this.
    pub(crate) fn least(&self) -> BigInt {
        let all: BigInt = self.values.iter().map(BigInt::abs).sum();
        &self.ideal - all * 2
    }

    /// The value on given sides of all hyperplanes.
    pub(crate) fn value(&self, sides: impl Iterator<Item = bool>) -> BigInt {
        let lost = sides
            .enumerate()
            .filter(|(h, plus)| *plus != self.prefers(*h));
        let lost: BigInt = lost.map(|(h, _)| self.values[h].abs()).sum();
        &self.ideal - lost * 2
    }

    /// The value near a point, on the worse side of hyperplanes that it lies on; the first rows are the hyperplanes.
    pub(crate) fn value_at(&self, rows: &RowTable, point: &[BigInt]) -> BigInt {
        let side = |h: usize| match rows.side(h, point) {
            Ordering::Greater => true,
            Ordering::Less => false,
            Ordering::Equal => !self.prefers(h),
        };
        self.value((0..self.hyperplanes()).map(side))
    }
}

fn units(value: &BigInt, shift: u64) -> i64 {
    (value.abs() >> shift).to_i64().unwrap_or(i64::MAX)
}
