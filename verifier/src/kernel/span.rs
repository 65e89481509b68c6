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

    /// Adds a row of elements; whether it is independent.
    pub(crate) fn add(&mut self, mut row: Vec<u64>, limits: &Budget) -> Result<bool, Stop> {
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
                return Ok(true);
            };
            let minus = modulus.negative(first);
            for (entry, above) in row.iter_mut().zip(lead.iter()).skip(column) {
                *entry = modulus.sum(*entry, modulus.product(minus, *above));
            }
        }
        Ok(false)
    }

    /// A basis of the vectors that all rows make 0.
    pub(crate) fn kernel(&self, limits: &Budget) -> Result<Vec<Vec<u64>>, Stop> {
        let columns = self.rows.len();
        let mut kernel = Vec::new();
        for (free, _) in self
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.is_none())
        {
            limits.keep(cost::times(columns, 8))?;
            let mut vector = vec![0; columns];
            if let Some(entry) = vector.get_mut(free) {
                *entry = self.modulus.one();
            }
            for (column, row) in self.rows.iter().enumerate().take(free).rev() {
                let Some(row) = row else { continue };
                limits.charge(cost::times(columns - column, 4))?;
                let terms = row.iter().zip(&vector).skip(column + 1);
                let sum = terms.fold(0, |sum, (x, y)| {
                    self.modulus.sum(sum, self.modulus.product(*x, *y))
                });
                if let Some(entry) = vector.get_mut(column) {
                    *entry = self.modulus.negative(sum);
                }
            }
            kernel.push(vector);
        }
        Ok(kernel)
    }
}
