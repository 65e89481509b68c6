//! A point on wanted sides of hyperplanes, in machine integers.
//!
//! By projections (Agmon; Motzkin and Schoenberg, 1954): whenever the point is on the wrong side of a hyperplane, or too near to it,
//! it is moved straight to a fixed distance on the right side. If there is a point well inside all half-spaces this finds one, in
//! time that grows with dimension times hyperplanes only. Or, for independent hyperplanes, by solving for a point at the same
//! distance from all. Both are proposals: rows are rounded here, and whoever uses the point looks at its sides exactly.

use num_bigint::BigInt;
use num_traits::{Signed as _, ToPrimitive as _};

use crate::watch::Watch;

/// Bits of a row's largest entry, for projections.
const ROW_BITS: u64 = 24;
/// The same for independent rows; and bits after the point there.
const LONG_BITS: u64 = 30;
const FRACTION: u32 = 50;
/// See [`at_distances`].
const NEAR: u32 = 20;
/// Bits of a coordinate of the point: inner products stay below 2^62 in fewer than 2^10 dimensions.
const POINT_BITS: u32 = 28;
/// How far on the right side a point is moved, as a multiple of the row's length.
const MARGIN: i64 = 1 << 10;

/// What is not found after so many sweeps hardly ever is.
const MOST_SWEEPS: u64 = 4096;

/// A half-space ⟨row, x⟩ > 0, rounded.
struct Side {
    row: Vec<i64>,
    /// ⟨row, row⟩.
    square: i64,
    /// `MARGIN`·|row|, roughly.
    wanted: i64,
}

/// The row, turned so that its + side is wanted, with its largest entry of about so many bits.
fn rounded(row: &[BigInt], plus: bool, length: u64) -> Vec<i64> {
    let bits = row.iter().map(BigInt::bits).max().unwrap_or(0);
    let (down, up) = (bits.saturating_sub(length), length.saturating_sub(bits));
    let entry = |x: &BigInt| {
        let size = ((x.abs() << up) >> down).to_i64().unwrap_or(0);
        if x.is_negative() == plus { -size } else { size }
    };
    row.iter().map(entry).collect()
}

impl Side {
    fn new(row: &[BigInt], plus: bool) -> Self {
        let row = rounded(row, plus, ROW_BITS);
        let square: i64 = row.iter().map(|x| x * x).sum::<i64>().max(1);
        Side {
            wanted: (square as u64).isqrt() as i64 * MARGIN,
            square,
            row,
        }
    }
}

/// A point for which as many of the wanted sides as could be had within `work` multiplications are right, or about so many.
/// Rows have `dimension` entries; `None` for 2^10 dimensions or more.
pub(super) fn project<'a>(
    wanted: impl Iterator<Item = (&'a [BigInt], bool)>,
    dimension: usize,
    work: u64,
    watch: &Watch,
) -> Option<Vec<BigInt>> {
    if dimension >= 1 << 10 {
        return None;
    }
    let sides: Vec<Side> = wanted.map(|(row, plus)| Side::new(row, plus)).collect();
    let sweep = (dimension * sides.len()).max(1) as u64;
    let mut x = vec![0i64; dimension];
    for round in 0..(work / sweep).min(MOST_SWEEPS) {
        if round % 16 == 0 && watch.check().is_err() {
            break;
        }
        let mut moved = false;
        for side in &sides {
            let product: i64 = side.row.iter().zip(&x).map(|(a, x)| a * x).sum();
            if product >= side.wanted / 2 {
                continue;
            }
            moved = true;
            let lacking = i128::from(side.wanted - product) << ROW_BITS;
            // In units of 2^−24.
            let step = (lacking / i128::from(side.square)) as i64;
            for (x, a) in x.iter_mut().zip(&side.row) {
                *x += (a * step) >> ROW_BITS;
            }
        }
        let largest = x.iter().map(|x| x.unsigned_abs()).max().unwrap_or(0);
        if !moved || largest >> POINT_BITS > 0 {
            break;
        }
    }
    let bound = 1i64 << POINT_BITS;
    Some(x.iter().map(|x| (*x).clamp(-bound, bound).into()).collect())
}

/// A point on the wanted sides of linearly independent rows, as far as fixed point can tell; `None` if it cannot. Its distance from all of them is the
/// same, but for the rows that it is to be near: there it is 2^`NEAR` times less.
///
/// x = Σ y_i g_i/|g_i| where Σ_j ⟨g_i, g_j⟩/(|g_i||g_j|) y_j = 1 for all i: a positive definite system, which needs no pivoting.
pub(super) fn at_distances<'a>(
    wanted: impl Iterator<Item = (&'a [BigInt], bool, bool)>,
    dimension: usize,
    watch: &Watch,
) -> Option<Vec<BigInt>> {
    let (mut rows, mut right): (Vec<Vec<i64>>, Vec<BigInt>) = Default::default();
    for (row, plus, near) in wanted {
        rows.push(rounded(row, plus, LONG_BITS));
        right.push(BigInt::from(1) << (FRACTION - if near { NEAR } else { 0 }));
    }
    let product = |x: &[i64], y: &[i64]| -> i128 {
        let terms = x.iter().zip(y);
        terms.map(|(x, y)| i128::from(*x) * i128::from(*y)).sum()
    };
    let lengths: Vec<i128> = rows.iter().map(|row| product(row, row).isqrt()).collect();
    let mut system: Vec<Vec<i128>> = Vec::with_capacity(rows.len());
    for (i, row) in rows.iter().enumerate() {
        watch.check().ok()?;
        let entry = |j: usize| {
            let unit = lengths[i]
                .checked_mul(lengths[j])
                .filter(|unit| *unit > 0)?;
            Some(product(row, &rows[j]).checked_mul(1 << FRACTION)? / unit)
        };
        system.push((0..=i).map(entry).collect::<Option<_>>()?);
    }
    // Only the lower triangle is kept: row i has columns 0 … i.
    for k in (0..rows.len()).rev() {
        watch.check().ok()?;
        let (rest, pivot_row) = system.split_at_mut(k);
        let pivot_row = &pivot_row[0];
        let pivot = pivot_row[k];
        if pivot <= 0 {
            return None;
        }
        for (i, row) in rest.iter_mut().enumerate() {
            let factor = pivot_row[i].checked_mul(1 << FRACTION)? / pivot;
            for (entry, above) in row.iter_mut().zip(pivot_row) {
                *entry -= factor.checked_mul(*above)? >> FRACTION;
            }
            right[i] = &right[i] - ((&right[k] * factor) >> FRACTION);
        }
    }
    let mut y: Vec<BigInt> = Vec::with_capacity(rows.len());
    for (row, right) in system.iter().zip(&right) {
        let known: BigInt = row.iter().zip(&y).map(|(a, y)| y * a).sum();
        let pivot = row.last()?;
        y.push(((right << FRACTION) - known) / pivot);
    }
    let mut point = vec![BigInt::ZERO; dimension];
    for ((row, y), length) in rows.iter().zip(&y).zip(&lengths) {
        let y = (y << FRACTION) / length;
        for (x, a) in point.iter_mut().zip(row) {
            *x += &y * a;
        }
    }
    Some(point)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_that_can_be_had_are_had() {
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = move || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        };
        let mut solved = 0;
        for round in 0..60 {
            // Rows of 5 to 200 bits, and the sides of a random point.
            let (dimension, count) = (1 + round % 40, 1 + round % 50);
            let mut entry =
                |bits: u64| -> BigInt { (BigInt::from(next()) - (1u64 << 63)) << bits >> 59 };
            let point: Vec<BigInt> = (0..dimension).map(|_| entry(0)).collect();
            let rows: Vec<Vec<BigInt>> = (0..count)
                .map(|_| {
                    (0..dimension)
                        .map(|_| entry((round % 7) as u64 * 30))
                        .collect()
                })
                .collect();
            let product = |row: &[BigInt], x: &[BigInt]| -> BigInt {
                row.iter().zip(x).map(|(a, x)| a * x).sum()
            };
            let size = |x: &[BigInt]| product(x, x);
            // Only what is well inside is promised.
            let rows = rows.into_iter().filter(|row| {
                let inside = product(row, &point);
                &inside * &inside * 10_000 > size(row) * size(&point)
            });
            let rows: Vec<Vec<BigInt>> = rows.collect();
            let wanted = rows
                .iter()
                .map(|row| (row.as_slice(), product(row, &point).is_positive()));
            let found = project(wanted.clone(), dimension, 1 << 26, &Watch::none());
            let found = found.expect("few dimensions");
            for (row, plus) in wanted {
                assert_eq!(product(row, &found).is_positive(), plus, "round {round}");
            }
            // Independent ones can be had whatever the sides.
            if count <= dimension / 2 {
                let any = rows
                    .iter()
                    .enumerate()
                    .map(|(i, row)| (row.as_slice(), row[0].is_positive(), i % 2 == 0));
                let found = at_distances(any.clone(), dimension, &Watch::none());
                let found = found.expect("independent");
                for (row, plus, _) in any {
                    solved += 1;
                    assert_eq!(product(row, &found).is_positive(), plus, "round {round}");
                }
            }
        }
        assert!(solved > 50, "{solved}");
    }
}
