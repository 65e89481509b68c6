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

/// Sums of multiples of rows, reduced now and then.
#[derive(Debug)]
pub(crate) struct Sums {
    sums: Vec<u128>,
    /// How many products were added since.
    count: u32,
}

impl Sums {
    pub(crate) fn new(columns: usize) -> Self {
        Sums {
            sums: vec![0; columns],
            count: 0,
        }
    }

    /// Adds x·row.
    pub(crate) fn add(&mut self, x: u64, row: &[u64]) {
        // Products have 122 bits.
        if self.count == 60 {
            self.sums
                .iter_mut()
                .for_each(|sum| *sum = reduced(*sum).into());
            self.count = 1;
        }
        for (sum, y) in self.sums.iter_mut().zip(row) {
            *sum += u128::from(x) * u128::from(*y);
        }
        self.count += 1;
    }

    pub(crate) fn residues(&self) -> Vec<u64> {
        self.sums.iter().map(|sum| reduced(*sum)).collect()
    }
}

/// The residue of a number of two words.
fn reduced(x: u128) -> u64 {
    let low = (x & u128::from(PRIME)) as u64 % PRIME;
    let rest = x >> 61;
    let high = (rest & u128::from(PRIME)) as u64 % PRIME;
    add(add(low, high), (rest >> 61) as u64)
}

/// Rows in echelon form to which others are added, one after another.
#[derive(Clone, Debug)]
pub(crate) struct Growing {
    /// By their pivot, where they have 1; with zeros before it.
    rows: Vec<Option<Vec<u64>>>,
    rank: usize,
}

impl Growing {
    pub(crate) fn new(columns: usize) -> Self {
        Growing {
            rows: vec![None; columns],
            rank: 0,
        }
    }

    /// How many rows are independent.
    pub(crate) fn rank(&self) -> usize {
        self.rank
    }

    /// How many columns there are.
    pub(crate) fn columns(&self) -> usize {
        self.rows.len()
    }

    /// What is left of a row, and its first column that is not 0.
    fn left(&self, row: &[u64], pulse: &mut Pulse<'_>) -> Result<Option<(usize, Vec<u64>)>, Stop> {
        let mut row = row.to_vec();
        for column in 0..row.len() {
            if row[column] == 0 {
                continue;
            }
            let Some(lead) = &self.rows[column] else {
                return Ok(Some((column, row)));
            };
            pulse.beat(3 * (row.len() - column) as u64)?;
            subtract(&mut row[column..], &lead[column..], 0);
        }
        Ok(None)
    }

    /// Whether the row depends on those that are there.
    pub(crate) fn spans(&self, row: &[u64], pulse: &mut Pulse<'_>) -> Result<bool, Stop> {
        Ok(self.left(row, pulse)?.is_none())
    }

    /// Adds a row; whether the rank has grown.
    pub(crate) fn add(&mut self, row: &[u64], pulse: &mut Pulse<'_>) -> Result<bool, Stop> {
        let Some((column, mut row)) = self.left(row, pulse)? else {
            return Ok(false);
        };
        let factor = inverse(row[column]);
        row[column..].iter_mut().for_each(|x| *x = mul(*x, factor));
        self.rows[column] = Some(row);
        self.rank += 1;
        Ok(true)
    }

    /// For each column without a pivot the vector with 1 there, and 0 at the others without one, that all rows make 0.
    pub(crate) fn kernel(&self, pulse: &mut Pulse<'_>) -> Result<Vec<Vec<u64>>, Stop> {
        let columns = self.columns();
        let free = (0..columns).filter(|column| self.rows[*column].is_none());
        let mut kernel = Vec::new();
        for free in free {
            let mut vector = vec![0; columns];
            vector[free] = 1;
            for column in (0..free).rev() {
                let Some(row) = &self.rows[column] else {
                    continue;
                };
                pulse.beat(3 * (free - column) as u64)?;
                let terms = row[column + 1..=free]
                    .iter()
                    .zip(&vector[column + 1..=free]);
                let sum = terms.fold(0, |sum, (x, y)| add(sum, mul(*x, *y)));
                vector[column] = sub(0, sum);
            }
            kernel.push(vector);
        }
        Ok(kernel)
    }
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

    #[test]
    fn rows_are_added_one_by_one() {
        let watch = Watch::none();
        let (mut rows, mut pulse) = (Growing::new(4), Pulse::new(&watch));
        let mut add = |row: [u64; 4]| rows.add(&row, &mut pulse).expect("no limit");
        assert!(add([0, 2, 4, 0]) && add([1, 1, 1, 1]) && !add([2, 4, 6, 2]));
        assert!(add([1, 1, 1, 2]));
        let kernel = rows.kernel(&mut pulse).expect("no limit");
        assert_eq!(kernel, [[1, PRIME - 2, 1, 0]]);
        assert!(rows.rank() == 3 && rows.columns() == 4);
        let mut sums = Sums::new(1);
        (0..1000).for_each(|_| sums.add(PRIME - 1, &[PRIME - 1]));
        assert_eq!(sums.residues(), [1000]);
    }
}
