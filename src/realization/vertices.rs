//! Vertices of arrangements: how many there may be, and where they are.

use num_traits::Zero as _;

use crate::exact::Rational;

/// There are too many vertices to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error(
    "the answer is found at vertices, and there are up to {candidates} of them, more than {limit}"
)]
pub struct TooManyVertices {
    /// Upper bound for the number of vertices.
    pub candidates: u128,
    /// The limit.
    pub limit: u128,
}

/// The one solution of d equations (row, right-hand side) in d unknowns, if there is exactly one.
pub(super) fn intersection(rows: &[&Vec<Rational>]) -> Option<Vec<Rational>> {
    let count = rows.len();
    let mut matrix: Vec<Vec<Rational>> = rows.iter().map(|row| (*row).clone()).collect();
    for column in 0..count {
        let pivot = (column..count).find(|r| !matrix[*r][column].is_zero())?;
        matrix.swap(column, pivot);
        let inverse = matrix[column][column].recip();
        let own: Vec<Rational> = matrix[column].iter().map(|x| x * &inverse).collect();
        for (r, row) in matrix.iter_mut().enumerate() {
            if r != column && !row[column].is_zero() {
                let factor = row[column].clone();
                for (x, y) in row.iter_mut().zip(&own) {
                    *x -= &factor * y;
                }
            }
        }
        matrix[column] = own;
    }
    matrix.into_iter().map(|mut row| row.pop()).collect()
}

/// n over k, or the largest number there is.
pub(super) fn binomial(n: usize, k: usize) -> u128 {
    (0..k).fold(1u128, |all, i| {
        all.saturating_mul((n - i) as u128) / (i as u128 + 1)
    })
}
