//! Linear algebra modulo a large prime: fast, and certain in one direction.
//!
//! A minor that is not 0 modulo the prime is not 0. So a rank found here is a lower bound, and entries of a reduced echelon form
//! that are not 0 here are not 0 exactly, if both have the same pivots; an unlucky prime only makes more look dependent than is.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{Signed as _, ToPrimitive as _};

use crate::watch::{Pulse, Stop, Watch};

/// 2^61 − 1.
pub(crate) const PRIME: u64 = (1 << 61) - 1;

/// x + y.
pub(crate) fn add(x: u64, y: u64) -> u64 {
    let sum = x + y;
    if sum >= PRIME { sum - PRIME } else { sum }
}

/// x − y.
pub(crate) fn sub(x: u64, y: u64) -> u64 {
    if x >= y { x - y } else { x + PRIME - y }
}

/// x·y.
pub(crate) fn mul(x: u64, y: u64) -> u64 {
    let product = u128::from(x) * u128::from(y);
    // 2^61 = 1: the two halves are added.
    let low = (product & u128::from(PRIME)) as u64;
    add(low, (product >> 61) as u64)
}

/// 1/x, for x not 0.
pub(crate) fn inverse(x: u64) -> u64 {
    let (mut power, mut result, mut exponent) = (x, 1, PRIME - 2);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = mul(result, power);
        }
        power = mul(power, power);
        exponent >>= 1;
    }
    result
}

/// The residue of an integer.
pub(crate) fn residue(value: &BigInt) -> u64 {
    match value.to_i64() {
        Some(small) => {
            let size = small.unsigned_abs() % PRIME;
            if small < 0 { sub(0, size) } else { size }
        }
        None => {
            let size = value.abs().mod_floor(&PRIME.into()).to_u64().unwrap_or(0);
            if value.is_negative() {
                sub(0, size)
            } else {
                size
            }
        }
    }
}

/// row −= row[pivot]·other.
pub(crate) fn subtract(row: &mut [u64], other: &[u64], pivot: usize) {
    let factor = row[pivot];
    if factor != 0 {
        for (x, y) in row.iter_mut().zip(other) {
            *x = sub(*x, mul(factor, *y));
        }
    }
}

/// The reduced row echelon form of a matrix modulo the prime.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Echelon {
    /// The non-zero rows, with 1 in their pivots.
    pub(crate) rows: Vec<Vec<u64>>,
    /// The first columns that are independent of those before them, modulo the prime.
    pub(crate) pivot_columns: Vec<usize>,
    /// For each echelon row, which input row it replaced. With the pivot columns these make a minor that is not 0.
    pub(crate) pivot_rows: Vec<usize>,
}

/// Eliminates integer rows with `columns` entries each, with the pivots that [`linear::echelon`](super::linear::echelon) takes
/// unless the prime is unlucky.
pub(crate) fn echelon<'a>(
    rows: impl IntoIterator<Item = &'a [BigInt]>,
    columns: usize,
    watch: &Watch,
) -> Result<Echelon, Stop> {
    eliminate(rows, columns, true, watch)
}

/// How many of these integer rows are independent modulo the prime.
pub(crate) fn rank<'a>(
    rows: impl IntoIterator<Item = &'a [BigInt]>,
    columns: usize,
    watch: &Watch,
) -> Result<usize, Stop> {
    Ok(eliminate(rows, columns, false, watch)?.pivot_columns.len())
}

/// An echelon form, reduced or not.
fn eliminate<'a>(
    rows: impl IntoIterator<Item = &'a [BigInt]>,
    columns: usize,
    reduced: bool,
    watch: &Watch,
) -> Result<Echelon, Stop> {
    let mut pulse = Pulse::new(watch);
    let mut matrix = Vec::new();
    for row in rows {
        pulse.beat(20 * columns as u64)?;
        matrix.push(row.iter().map(residue).collect::<Vec<u64>>());
    }
    let mut origin: Vec<usize> = (0..matrix.len()).collect();
    let mut pivot_columns = Vec::new();
    for column in 0..columns {
        let done = pivot_columns.len();
        let Some(found) = (done..matrix.len()).find(|&i| matrix[i][column] != 0) else {
            continue;
        };
        matrix[done..=found].rotate_right(1);
        origin[done..=found].rotate_right(1);
        let factor = inverse(matrix[done][column]);
        let (before, rest) = matrix.split_at_mut(done);
        let Some((lead, after)) = rest.split_first_mut() else {
            break;
        };
        // There are zeros before.
        let lead = &mut lead[column..];
        lead.iter_mut().for_each(|x| *x = mul(*x, factor));
        let before = if reduced { before } else { &mut [] };
        for row in before.iter_mut().chain(after) {
            pulse.beat(3 * lead.len() as u64)?;
            subtract(&mut row[column..], lead, 0);
        }
        pivot_columns.push(column);
    }
    matrix.truncate(pivot_columns.len());
    origin.truncate(pivot_columns.len());
    Ok(Echelon {
        rows: matrix,
        pivot_columns,
        pivot_rows: origin,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::linear;

    #[test]
    fn arithmetic() {
        for x in [1, 2, 12345, PRIME - 1, PRIME / 2] {
            assert_eq!(mul(x, inverse(x)), 1);
            assert_eq!(add(x, sub(0, x)), 0);
        }
        let huge = BigInt::from(PRIME) * 7 + 5;
        assert_eq!(residue(&huge), 5);
        assert_eq!(residue(&-huge), PRIME - 5);
        assert_eq!(residue(&(-3).into()), PRIME - 3);
        assert_eq!(
            residue(&i64::MIN.into()),
            residue(&(BigInt::from(i64::MIN) * 1))
        );
    }

    #[test]
    fn echelon_forms_are_residues_of_exact_ones() {
        let mut seed = 0x2545_f491_4f6c_dd1d_u64;
        let mut next = move |n: u64| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed % n
        };
        for _ in 0..200 {
            let (count, columns) = (next(7) as usize, 1 + next(6) as usize);
            let rows: Vec<Vec<BigInt>> = (0..count)
                .map(|_| (0..columns).map(|_| (next(5) as i64 - 2).into()).collect())
                .collect();
            let exact = linear::echelon(&rows, columns, &Watch::none()).expect("no limit");
            let slices = rows.iter().map(Vec::as_slice);
            let found = echelon(slices, columns, &Watch::none()).expect("no limit");
            assert_eq!(found.pivot_columns, exact.pivot_columns, "{rows:?}");
            let rank = rank(rows.iter().map(Vec::as_slice), columns, &Watch::none());
            assert_eq!(rank, Ok(exact.pivot_columns.len()), "{rows:?}");
            assert_eq!(found.pivot_rows, exact.pivot_rows, "{rows:?}");
            let by = inverse(residue(&exact.pivot));
            let residues = exact
                .rows
                .iter()
                .map(|row| row.iter().map(|x| mul(residue(x), by)).collect());
            assert_eq!(found.rows, residues.collect::<Vec<Vec<u64>>>(), "{rows:?}");
        }
    }
}
