//! The rows of a system, in every machine ring that holds them.

use std::cmp::Ordering;

use num_bigint::BigInt;

use crate::exact::ring::OrderedRing;

/// Integer rows of equal length, kept in every machine ring that holds them all.
#[derive(Clone, Debug)]
pub struct RowTable {
    pub(super) dimension: usize,
    count: usize,
    pub(super) small: Option<Vec<i64>>,
    pub(super) medium: Option<Vec<i128>>,
    pub(super) large: Vec<BigInt>,
}

impl RowTable {
    /// The table of `rows`.
    ///
    /// # Panics
    /// If a row has not `dimension` entries.
    pub fn new(rows: &[Vec<BigInt>], dimension: usize) -> Self {
        assert!(
            rows.iter().all(|row| row.len() == dimension),
            "every row has {dimension} entries"
        );
        let large: Vec<BigInt> = rows.iter().flatten().cloned().collect();
        let small = large.iter().map(i64::from_integer).collect();
        let medium = large.iter().map(i128::from_integer).collect();
        Self {
            dimension,
            count: rows.len(),
            small: Result::ok(small),
            medium: Result::ok(medium),
            large,
        }
    }

    /// The number of entries of a row.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The entries of one row.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn row(&self, row: usize) -> &[BigInt] {
        &self.large[row * self.dimension..][..self.dimension]
    }

    /// The bit length of the longest entry in absolute value.
    pub fn bits(&self) -> u64 {
        self.large.iter().map(BigInt::bits).max().unwrap_or(0)
    }

    /// The rows as `i64`, one after another, if all entries fit.
    pub fn small(&self) -> Option<&[i64]> {
        self.small.as_deref()
    }

    /// The sign of ⟨a_row, point⟩.
    ///
    /// # Panics
    /// If there is no such row, or the point has another number of coordinates.
    pub fn side(&self, row: usize, point: &[BigInt]) -> Ordering {
        assert_eq!(
            point.len(),
            self.dimension,
            "a point has as many coordinates as a row entries"
        );
        let product: BigInt = self.row(row).iter().zip(point).map(|(a, x)| a * x).sum();
        product.cmp(&BigInt::ZERO)
    }
}
