//! Minors of rows that are taken one after another, without division.

use std::collections::BTreeMap;

use super::quotient::Quotient;

/// Most columns that have names.
pub(super) const MOST_COLUMNS: usize = 64;

/// All minors of the rows taken, by their columns as bits; none is 0. Rows with few entries have few.
#[derive(Clone, Debug)]
pub(super) struct Wedge(BTreeMap<u64, Quotient>);

impl Wedge {
    /// Of no rows: 1.
    pub(super) fn none() -> Self {
        Wedge(BTreeMap::from([(0, Quotient::one())]))
    }

    /// With one more, last row.
    pub(super) fn with(&self, row: &[Quotient]) -> Self {
        let mut all = BTreeMap::new();
        for (columns, minor) in &self.0 {
            for (j, entry) in row.iter().enumerate() {
                let bit = 1 << j;
                if columns & bit != 0 || entry.is_zero() {
                    continue;
                }
                let product = minor.mul(entry);
                // The entry changes places with those of the columns after its own.
                let product = match (columns >> j).count_ones() % 2 {
                    0 => product,
                    _ => product.neg(),
                };
                let sum = all.entry(columns | bit).or_insert_with(Quotient::zero);
                *sum = sum.add(&product);
            }
        }
        all.retain(|_, minor| !minor.is_zero());
        Wedge(all)
    }

    /// Whether the rows are dependent in the first so many columns.
    pub(super) fn are_dependent(&self, columns: usize) -> bool {
        self.0
            .keys()
            .all(|minor| minor.checked_shr(columns as u32).unwrap_or(0) != 0)
    }

    /// Whether the rows are dependent.
    pub(super) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// Of one row less than columns: the minors without one column, signed so that all rows have the product 0 with them.
    pub(super) fn cofactors(&self, columns: usize) -> Vec<Quotient> {
        let all = u64::MAX >> (MOST_COLUMNS - columns);
        let entry = |j: usize| match self.0.get(&(all & !(1 << j))) {
            None => Quotient::zero(),
            Some(minor) if (columns - 1 - j).is_multiple_of(2) => minor.clone(),
            Some(minor) => minor.neg(),
        };
        (0..columns).map(entry).collect()
    }
}

/// n over r, or the largest number there is.
pub(super) fn choices(n: usize, r: usize) -> u128 {
    (0..r).fold(1u128, |all, i| {
        all.saturating_mul(n.saturating_sub(i) as u128) / (i as u128 + 1)
    })
}
