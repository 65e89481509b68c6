//! Intervals of numbers, ends included, and of sums of numbers that lie in some.

use num_bigint::BigInt;
use num_traits::Signed as _;

use super::budget::{Budget, size};
use super::cost;
use super::number::{Q, common_denominator, over, product};
use super::verdict::Stop;

/// From the first number to the second, which is not less.
pub(crate) type Interval = (Q, Q);

/// Numbers that each lie in an interval, over a common denominator.
pub(crate) struct Intervals {
    /// Lower end plus upper end.
    sums: Vec<BigInt>,
    /// Upper end less lower end.
    lengths: Vec<BigInt>,
    common: BigInt,
    bits: u64,
}

impl Intervals {
    pub(crate) fn new(intervals: &[Interval], limits: &Budget) -> Result<Intervals, Stop> {
        let ends = intervals.iter().flat_map(|(lower, upper)| [lower, upper]);
        let common = common_denominator(ends, limits)?;
        let longest = intervals
            .iter()
            .map(|(lower, upper)| lower.bits().max(upper.bits()));
        let bits = common.bits() + longest.max().unwrap_or(0);
        limits.keep(size(2 * intervals.len(), bits))?;
        let (mut sums, mut lengths) = (Vec::new(), Vec::new());
        for (lower, upper) in intervals {
            let scaled = |end: &Q| end.numerator() * (&common / end.denominator());
            let (lower, upper) = (scaled(lower), scaled(upper));
            sums.push(&lower + &upper);
            lengths.push(upper - lower);
        }
        Ok(Intervals {
            sums,
            lengths,
            common,
            bits,
        })
    }

    /// Where Σ row_k x_k + more lies, if every x_k lies in its interval; as many as there are.
    pub(crate) fn sum(&self, row: &[Q], more: &Q, limits: &Budget) -> Result<Interval, Stop> {
        let below = common_denominator(row, limits)?;
        limits.room(row.len(), below.bits())?;
        let row = over(row, &below);
        let longest = row.iter().map(BigInt::bits).max().unwrap_or(0);
        limits.charge(cost::times(2, cost::inner(row.len(), longest, self.bits)))?;
        let sum = product(&row, &self.sums);
        let sizes: Vec<BigInt> = row.iter().map(BigInt::abs).collect();
        let length = product(&sizes, &self.lengths);
        let whole = BigInt::from(2) * below * &self.common;
        let end = |twice: BigInt| {
            let end = &Q::fraction(twice, whole.clone()).unwrap_or_else(Q::zero) + more;
            limits.check(2 * end.bits())?;
            Ok::<_, Stop>(end)
        };
        Ok((end(&sum - &length)?, end(sum + length)?))
    }
}

/// ρ of the numbers of an interval.
pub(crate) fn positive((lower, upper): &Interval) -> Interval {
    let positive = |end: &Q| end.clone().max(Q::zero());
    (positive(lower), positive(upper))
}
