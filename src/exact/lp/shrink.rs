//! Points made small.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::Signed;

use super::ring::LpRing;
use super::table::RowTable;
use crate::exact::gcd::gcd_all;
use crate::exact::ring::{OrderedRing, Overflow};

pub(super) fn divide_by_content(mut point: Vec<BigInt>) -> Vec<BigInt> {
    let content = gcd_all(&point);
    if content > BigInt::one() {
        for entry in &mut point {
            *entry /= &content;
        }
    }
    point
}

/// A smaller integer point on the same side of the given rows of `table`.
///
/// The point is divided by its content and then by the largest power of two for which rounding to the nearest integers leaves
/// the sign of every product as it is. Rows on which the point is zero must stay at zero.
///
/// Cost: at most as many rounds as the point has bits, each at most one product with every row; in machine integers where rows
/// and point allow.
pub fn shrink(
    point: &[BigInt],
    table: &RowTable,
    rows: impl IntoIterator<Item = usize>,
) -> Vec<BigInt> {
    let point = divide_by_content(point.to_vec());
    let rows: Vec<usize> = rows.into_iter().collect();
    let small: Result<Vec<i64>, Overflow> = point.iter().map(i64::from_integer).collect();
    if let (Some(table), Ok(small)) = (&table.small, small)
        && let Ok(shrunk) = shrink_small(&small, table, &rows)
    {
        return divide_by_content(shrunk.into_iter().map(BigInt::from).collect());
    }
    let bits = point.iter().map(BigInt::bits).max().unwrap_or(0);
    let mut sides: Vec<(usize, Ordering)> = rows
        .iter()
        .map(|&row| (row, table.side(row, &point)))
        .collect();
    if let Some(small) = &table.small
        && bits > 62
    {
        // A long point hardly ever needs more than its leading bits; if these do, the rest is for machine integers.
        let leading: Vec<BigInt> = point
            .iter()
            .map(|entry| rounded(entry, bits - 62))
            .collect();
        let words: Result<Vec<i64>, Overflow> = leading.iter().map(i64::from_integer).collect();
        if sides
            .iter()
            .all(|&(row, side)| table.side(row, &leading) == side)
            && let Ok(shrunk) = words.and_then(|words| shrink_small(&words, small, &rows))
        {
            return divide_by_content(shrunk.into_iter().map(BigInt::from).collect());
        }
    }
    for shift in (1..bits).rev() {
        let rounded: Vec<BigInt> = point.iter().map(|entry| rounded(entry, shift)).collect();
        // The row that refuted one candidate is the likeliest to refute the next.
        match sides
            .iter()
            .position(|&(row, side)| table.side(row, &rounded) != side)
        {
            None => return divide_by_content(rounded),
            Some(refuting) => sides.swap(0, refuting),
        }
    }
    point
}

/// The integer nearest to `value` / 2^`shift`; of two, the one further from 0. `shift` is positive.
fn rounded(value: &BigInt, shift: u64) -> BigInt {
    let magnitude = (value.abs() + (BigInt::one() << (shift - 1))) >> shift;
    if value.is_negative() {
        -magnitude
    } else {
        magnitude
    }
}

/// As [`shrink`], on machine integers; the content is left in.
fn shrink_small(point: &[i64], table: &[i64], rows: &[usize]) -> Result<Vec<i64>, Overflow> {
    let dimension = point.len();
    let side =
        |row: usize, point: &[i64]| i64::dot_sign(&table[row * dimension..][..dimension], point);
    let bits = point
        .iter()
        .map(|entry| 64 - entry.unsigned_abs().leading_zeros())
        .max()
        .unwrap_or(0);
    let mut sides = rows
        .iter()
        .map(|&row| Ok((row, side(row, point)?)))
        .collect::<Result<Vec<(usize, Ordering)>, Overflow>>()?;
    let mut rounded = point.to_vec();
    'shifts: for shift in (1..bits).rev() {
        for (rounded, &entry) in rounded.iter_mut().zip(point) {
            let magnitude = (u128::from(entry.unsigned_abs()) + (1 << (shift - 1))) >> shift;
            let magnitude = i64::try_from(magnitude).map_err(|_| Overflow)?;
            *rounded = if entry < 0 { -magnitude } else { magnitude };
        }
        for index in 0..sides.len() {
            let (row, wanted) = sides[index];
            if side(row, &rounded)? != wanted {
                sides.swap(0, index);
                continue 'shifts;
            }
        }
        return Ok(rounded);
    }
    Ok(point.to_vec())
}
