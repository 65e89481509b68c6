//! Intervals, ends included, of sums of numbers that lie in some; and short numbers near given ones.

use num_bigint::BigInt;
use num_traits::{One as _, Signed as _, Zero as _};

use crate::exact::Rational;
use crate::exact::gcd::reduced;
use crate::exact::rows::{IntegerRow, clear_denominators};

/// From the first number to the second, which is not less.
pub(super) type Interval = (Rational, Rational);

/// Numbers that each lie in an interval, over a common denominator.
pub(super) struct Intervals {
    /// Lower end plus upper end.
    sums: Vec<BigInt>,
    /// Upper end less lower end.
    lengths: Vec<BigInt>,
    /// Twice the denominator.
    twice: BigInt,
}

impl Intervals {
    pub(super) fn new(intervals: &[Interval]) -> Self {
        let ends = intervals.iter().flat_map(|(lower, upper)| [lower, upper]);
        let ends: Vec<Rational> = ends.cloned().collect();
        let ends = clear_denominators(&ends);
        let pairs = ends.entries.chunks_exact(2);
        let (sums, lengths) = pairs
            .map(|pair| (&pair[0] + &pair[1], &pair[1] - &pair[0]))
            .unzip();
        Intervals {
            sums,
            lengths,
            twice: ends.denominator * 2,
        }
    }

    /// Where Σ row_k x_k + more lies.
    pub(super) fn sum(&self, row: &IntegerRow, more: &Rational) -> Interval {
        let (mut sum, mut length) = (BigInt::zero(), BigInt::zero());
        let pairs = self.sums.iter().zip(&self.lengths);
        for (x, (s, l)) in row.entries.iter().zip(pairs).filter(|(x, _)| !x.is_zero()) {
            if !s.is_zero() {
                sum += x * s;
            }
            if !l.is_zero() {
                length += x.abs() * l;
            }
        }
        let whole = &row.denominator * &self.twice;
        let end = |end: BigInt| reduced(end, whole.clone()) + more;
        (end(&sum - &length), end(sum + length))
    }
}

/// ρ of the numbers of an interval.
pub(super) fn positive((lower, upper): &Interval) -> Interval {
    (not_negative(lower), not_negative(upper))
}

fn not_negative(x: &Rational) -> Rational {
    match x.is_negative() {
        true => Rational::zero(),
        false => x.clone(),
    }
}

/// Its middle, or a number near it that is shorter: its distance from the middle is at most a 2^-16 of the length, or so.
pub(super) fn middle((lower, upper): &Interval) -> Rational {
    let two = BigInt::from(2);
    let middle = (lower + upper) / Rational::from_integer(two);
    let length = upper - lower;
    if length.is_zero() {
        return middle;
    }
    let shift = length.denom().bits() as i64 - length.numer().bits() as i64 + 17;
    cut(&middle, shift)
}

/// The largest multiple of 2^-shift that is at most the number.
pub(super) fn cut(number: &Rational, shift: i64) -> Rational {
    let power = BigInt::one() << shift.unsigned_abs();
    match shift >= 0 {
        true => Rational::new(
            (number * Rational::from_integer(power.clone()))
                .floor()
                .to_integer(),
            power,
        ),
        false => {
            let power = Rational::from_integer(power);
            (number / &power).floor() * power
        }
    }
}

/// A number that is at least the given one, which is not negative, and shorter: larger by at most a 2^-30 of it.
pub(super) fn above(number: &Rational) -> Rational {
    let shift = number.denom().bits() as i64 - number.numer().bits() as i64 + 31;
    let least = -cut(&-number, shift);
    match least.denom().bits() + least.numer().bits()
        < number.denom().bits() + number.numer().bits()
    {
        true => least,
        false => number.clone(),
    }
}
