//! Integer rows as unit vectors of floats.

use std::sync::Arc;

use num_bigint::BigInt;
use num_traits::{Signed as _, ToPrimitive as _};

use crate::exact::modular;
use crate::watch::Watch;

/// Unit rows, without the columns that depend on others: sides of points are the same without them.
#[derive(Clone, Debug)]
pub(super) struct UnitRows {
    entries: Arc<[f64]>,
    /// The columns that are kept.
    columns: Arc<[usize]>,
    width: usize,
    count: usize,
}

/// Bits that are kept of a row.
const BITS: u64 = 1000;

/// Integers as floats with a common factor, which is of no consequence.
pub(super) fn floats<'a>(integers: impl Iterator<Item = &'a BigInt> + Clone) -> Vec<f64> {
    let bits = integers.clone().map(BigInt::bits).max().unwrap_or(0);
    let shift = bits.saturating_sub(BITS);
    let float = |x: &BigInt| {
        let size = (x.abs() >> shift).to_f64().unwrap_or(0.0);
        if x.is_negative() { -size } else { size }
    };
    let mut row: Vec<f64> = integers.map(float).collect();
    // Squares must not overflow.
    let largest = row.iter().fold(0.0, |max: f64, x| max.max(x.abs()));
    if largest > 0.0 {
        row.iter_mut().for_each(|x| *x /= largest);
    }
    row
}

impl UnitRows {
    pub(super) fn new(rows: &[Vec<BigInt>]) -> Self {
        let width = rows.first().map_or(0, Vec::len);
        let slices = rows.iter().map(Vec::as_slice);
        // Without a limit nothing stops it.
        let columns = match modular::echelon(slices, width, &Watch::none()) {
            Ok(echelon) => echelon.pivot_columns,
            Err(_) => (0..width).collect(),
        };
        let mut entries = Vec::with_capacity(rows.len() * columns.len());
        for row in rows {
            let kept = floats(columns.iter().map(|k| &row[*k]));
            let square: f64 = kept.iter().map(|x| x * x).sum();
            let length = if square > 0.0 { square.sqrt() } else { 1.0 };
            entries.extend(kept.iter().map(|x| x / length));
        }
        let (width, count) = (columns.len(), rows.len());
        UnitRows {
            entries: entries.into(),
            columns: columns.into(),
            width,
            count,
        }
    }

    /// The columns that are kept.
    pub(super) fn columns(&self) -> &[usize] {
        &self.columns
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// All rows in order.
    pub(super) fn all(&self) -> impl Iterator<Item = &[f64]> {
        let rows = self.entries.chunks_exact(self.width.max(1));
        let none: &[f64] = &[];
        let empty = if self.width == 0 { self.count } else { 0 };
        rows.chain(std::iter::repeat_n(none, empty))
    }

    pub(super) fn row(&self, index: usize) -> &[f64] {
        &self.entries[index * self.width..][..self.width]
    }
}

/// Sums that are made side by side in an inner product.
const LANES: usize = 8;

/// ⟨x, y⟩: every eighth product summed from the left, then these sums, then what is left over.
pub(super) fn dot(x: &[f64], y: &[f64]) -> f64 {
    let (x, y) = (x.chunks_exact(LANES), y.chunks_exact(LANES));
    let rest = x.remainder().iter().zip(y.remainder());
    let mut sums = [0.0f64; LANES];
    for (x, y) in x.zip(y) {
        for ((sum, x), y) in sums.iter_mut().zip(x).zip(y) {
            *sum += x * y;
        }
    }
    let rest: f64 = rest.map(|(x, y)| x * y).sum();
    sums.iter().sum::<f64>() + rest
}

/// The inverse of a square matrix given by rows, by exchange steps in place with row pivoting; none if it is nearly singular.
pub(super) fn inverse(mut matrix: Vec<f64>, size: usize) -> Option<Vec<f64>> {
    let mut chosen = Vec::with_capacity(size);
    let mut lead = vec![0.0; size];
    for k in 0..size {
        let mut best = k;
        for i in k..size {
            if matrix[i * size + k].abs() > matrix[best * size + k].abs() {
                best = i;
            }
        }
        let pivot = matrix[best * size + k];
        if pivot.abs() < 1e-10 {
            return None;
        }
        chosen.push(best);
        for j in 0..size {
            matrix.swap(k * size + j, best * size + j);
        }
        let row = &mut matrix[k * size..][..size];
        row[k] = 1.0;
        row.iter_mut().for_each(|x| *x /= pivot);
        lead.copy_from_slice(row);
        for (i, row) in matrix.chunks_exact_mut(size).enumerate() {
            let factor = row[k];
            if i == k || factor == 0.0 {
                continue;
            }
            row[k] = 0.0;
            for (x, above) in row.iter_mut().zip(&lead) {
                *x -= factor * above;
            }
        }
    }
    // Rows exchanged are columns of the inverse.
    for (k, best) in chosen.into_iter().enumerate().rev() {
        for row in matrix.chunks_exact_mut(size) {
            row.swap(k, best);
        }
    }
    Some(matrix)
}

#[cfg(test)]
mod tests {
    use super::{dot, inverse};

    #[test]
    fn a_matrix_times_its_inverse() {
        let mut random = 1u64;
        let mut next = move || {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            (random % 2001) as f64 / 1000.0 - 1.0
        };
        for size in [1, 2, 7, 8, 19] {
            let matrix: Vec<f64> = (0..size * size).map(|_| next()).collect();
            let inverse = inverse(matrix.clone(), size).expect("regular");
            for i in 0..size {
                for j in 0..size {
                    let column: Vec<f64> = (0..size).map(|k| inverse[k * size + j]).collect();
                    let entry = dot(&matrix[i * size..][..size], &column);
                    let wanted = if i == j { 1.0 } else { 0.0 };
                    assert!(
                        (entry - wanted).abs() < 1e-7,
                        "{size}: {entry} for {wanted}"
                    );
                }
            }
        }
        assert_eq!(inverse(vec![1.0, 2.0, 2.0, 4.0], 2), None);
    }
}
