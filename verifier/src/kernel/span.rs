//! Rows modulo a prime, in echelon form, to which others are added.

use super::budget::{Budget, Held, size};
use super::cost;
use super::modulus::Modulus;
use super::verdict::Stop;

/// The rows that were independent when they came.
#[derive(Debug)]
pub(crate) struct Span {
    modulus: Modulus,
    /// By their first entry that is not 0, which is 1.
    rows: Vec<Option<Vec<u64>>>,
    rank: usize,
    held: Held,
}

impl Span {
    /// No rows, of so many columns.
    pub(crate) fn new(columns: usize, modulus: Modulus, limits: &Budget) -> Result<Span, Stop> {
        let held = limits.hold(size(columns, 0))?;
        Ok(Span {
            modulus,
            rows: vec![None; columns],
            rank: 0,
            held,
        })
    }

    /// How many are independent.
    pub(crate) fn rank(&self) -> usize {
        self.rank
    }

    /// Adds a row of elements.
    pub(crate) fn add(&mut self, mut row: Vec<u64>, limits: &Budget) -> Result<(), Stop> {
        let modulus = self.modulus;
        for (column, lead) in self.rows.iter_mut().enumerate() {
            let Some(&first) = row.get(column).filter(|entry| **entry != 0) else {
                continue;
            };
            limits.charge(cost::times(row.len() - column, 4))?;
            let Some(lead) = lead else {
                let factor = modulus.inverse(first);
                for entry in row.iter_mut().skip(column) {
                    *entry = modulus.product(*entry, factor);
                }
                self.held.grow(cost::times(row.len(), 8), limits)?;
                *lead = Some(row);
                self.rank += 1;
                return Ok(());
            };
            let minus = modulus.negative(first);
            for (entry, above) in row.iter_mut().zip(lead.iter()).skip(column) {
                *entry = modulus.sum(*entry, modulus.product(minus, *above));
            }
        }
        Ok(())
    }
}
