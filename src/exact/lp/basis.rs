//! The method, in one ring: a basis and its pivots.

use std::cmp::Ordering;

use num_bigint::BigInt;

use super::ring::LpRing;
use super::table::RowTable;
use crate::exact::gcd::gcd_all;
use crate::exact::ring::{Halt, Overflow};
use crate::watch::Pulse;

/// A row together with the side asked for: `(row, true)` demands ⟨a_row, x⟩ > 0, `(row, false)` demands ⟨a_row, x⟩ < 0.
pub type Decision = (usize, bool);

/// The answer of [`Simplex::solve`](super::Simplex::solve).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Feasibility {
    /// There is a point; see [`Simplex::point`](super::Simplex::point).
    Interior,
    /// There is none; see [`Simplex::multipliers`](super::Simplex::multipliers).
    Empty,
}

/// A basis of Q^d: rows of the system held at ⟨g, x⟩ = 1, and coordinates not yet replaced, held at 0.
#[derive(Clone, Debug)]
pub(super) struct Basis<R> {
    /// The determinant of the basis up to sign; positive.
    determinant: R,
    /// The columns of the adjugate, one after another: `determinant` times the inverse of the basis.
    columns: Vec<R>,
    /// For each column, the position among the decisions of the row it belongs to; `None` for a coordinate.
    members: Vec<Option<usize>>,
    /// `determinant` times the point where all members hold with equality.
    pub(super) point: Vec<R>,
    /// The position of a row that no point satisfies together with the members, once found.
    refuted: Option<usize>,
    /// Working memory: a row in terms of the members, and the columns of the next basis.
    coefficients: Vec<R>,
    spare: Vec<R>,
}

impl<R: LpRing> Basis<R> {
    pub(super) fn new(dimension: usize) -> Self {
        let mut columns = vec![R::zero(); dimension * dimension];
        for i in 0..dimension {
            columns[i * dimension + i] = R::one();
        }
        Self {
            determinant: R::one(),
            columns,
            members: vec![None; dimension],
            point: vec![R::zero(); dimension],
            refuted: None,
            coefficients: Vec::new(),
            spare: Vec::new(),
        }
    }

    pub(super) fn convert<S: LpRing>(&self) -> Result<Basis<S>, Overflow> {
        let convert = |value: &R| S::from_integer(&value.to_integer());
        Ok(Basis {
            determinant: convert(&self.determinant)?,
            columns: self.columns.iter().map(convert).collect::<Result<_, _>>()?,
            members: self.members.clone(),
            point: self.point.iter().map(convert).collect::<Result<_, _>>()?,
            refuted: self.refuted,
            coefficients: Vec::new(),
            spare: Vec::new(),
        })
    }

    /// Takes over another state, but not its working memory.
    pub(super) fn copy(&mut self, from: &Self) {
        self.determinant = from.determinant.clone();
        self.columns.clone_from(&from.columns);
        self.members.clone_from(&from.members);
        self.point.clone_from(&from.point);
        self.refuted = from.refuted;
    }

    /// Pivots until the point is strictly inside, or a row shows that there is none. On overflow the state is still valid.
    pub(super) fn run(
        &mut self,
        rows: &[R],
        decided: &[Decision],
        pulse: &mut Pulse<'_>,
    ) -> Result<Feasibility, Halt> {
        let dimension = self.members.len();
        let row_of = |position: usize| &rows[decided[position].0 * dimension..][..dimension];
        self.coefficients.resize(dimension, R::zero());
        self.spare.resize(dimension * dimension, R::zero());
        let mut quick_pivots = 20 * (dimension + 4);
        loop {
            let line = dimension as u64 * self.determinant.work();
            let Some(violated) = self.violated(rows, decided)? else {
                return Ok(Feasibility::Interior);
            };
            pulse.beat(line * (decided.len() - violated) as u64)?;
            let by_index = quick_pivots == 0;
            quick_pivots = quick_pivots.saturating_sub(1);
            let leaving = if by_index {
                self.first_short(rows, decided)?.unwrap_or(violated)
            } else {
                violated
            };
            let plus = decided[leaving].1;
            for (column, value) in self.coefficients.iter_mut().enumerate() {
                pulse.beat(line)?;
                let product = R::dot(
                    row_of(leaving),
                    &self.columns[column * dimension..][..dimension],
                )?;
                *value = if plus { product } else { product.neg()? };
            }
            match self.entering(by_index)? {
                Some(column) => self.pivot(column, leaving, pulse)?,
                None => {
                    self.refuted = Some(leaving);
                    return Ok(Feasibility::Empty);
                }
            }
        }
    }

    /// The last row without a positive product with the point. It is the last row of all that a warm start has to repair.
    fn violated(&self, rows: &[R], decided: &[Decision]) -> Result<Option<usize>, Overflow> {
        let dimension = self.members.len();
        for (position, &(row, plus)) in decided.iter().enumerate().rev() {
            let sign = R::dot_sign(&rows[row * dimension..][..dimension], &self.point)?;
            let wanted = if plus {
                Ordering::Greater
            } else {
                Ordering::Less
            };
            if sign != wanted {
                return Ok(Some(position));
            }
        }
        Ok(None)
    }

    /// The first row with ⟨g, x⟩ < 1.
    fn first_short(&self, rows: &[R], decided: &[Decision]) -> Result<Option<usize>, Overflow> {
        let dimension = self.members.len();
        for (position, &(row, plus)) in decided.iter().enumerate() {
            let product = R::dot(&rows[row * dimension..][..dimension], &self.point)?;
            let product = if plus { product } else { product.neg()? };
            if product.sub(&self.determinant)?.sign() == Ordering::Less {
                return Ok(Some(position));
            }
        }
        Ok(None)
    }

    /// The column to exchange: a coordinate if possible, otherwise a member with positive coefficient, of least position or of
    /// largest coefficient.
    fn entering(&self, by_index: bool) -> Result<Option<usize>, Overflow> {
        let mut best: Option<usize> = None;
        for (column, coefficient) in self.coefficients.iter().enumerate() {
            let sign = coefficient.sign();
            if self.members[column].is_none() && sign != Ordering::Equal {
                return Ok(Some(column));
            }
            if sign != Ordering::Greater {
                continue;
            }
            let better = match best {
                None => true,
                Some(best) if by_index => self.members[column] < self.members[best],
                Some(best) => {
                    coefficient.sub(&self.coefficients[best])?.sign() == Ordering::Greater
                }
            };
            if better {
                best = Some(column);
            }
        }
        Ok(best)
    }

    fn pivot(&mut self, column: usize, position: usize, pulse: &mut Pulse<'_>) -> Result<(), Halt> {
        let dimension = self.members.len();
        let line = 3 * dimension as u64 * self.determinant.work();
        let pivot = &self.coefficients[column];
        // Only coordinates are exchanged on a negative coefficient; the adjugate then changes sign with the determinant.
        let negative = pivot.sign() == Ordering::Less;
        let kept = &self.columns[column * dimension..][..dimension];
        for (j, factor) in self.coefficients.iter().enumerate() {
            pulse.beat(line)?;
            let target = &mut self.spare[j * dimension..][..dimension];
            let source = &self.columns[j * dimension..][..dimension];
            for ((new, old), kept) in target.iter_mut().zip(source).zip(kept) {
                let value = if j == column {
                    kept.clone()
                } else {
                    R::exchange(pivot, old, factor, kept, &self.determinant)?
                };
                *new = if negative { value.neg()? } else { value };
            }
        }
        let determinant = if negative {
            pivot.neg()?
        } else {
            pivot.clone()
        };
        let mut point = vec![R::zero(); dimension];
        for (j, member) in self.members.iter().enumerate() {
            if j == column || member.is_some() {
                for (sum, value) in point
                    .iter_mut()
                    .zip(&self.spare[j * dimension..][..dimension])
                {
                    *sum = sum.add(value)?;
                }
            }
        }
        std::mem::swap(&mut self.columns, &mut self.spare);
        self.point = point;
        self.determinant = determinant;
        self.members[column] = Some(position);
        Ok(())
    }

    /// The refuted row times the determinant is a combination of members with no positive coefficient: its multipliers.
    pub(super) fn multipliers(
        &self,
        table: &RowTable,
        decided: &[Decision],
    ) -> Vec<(usize, BigInt)> {
        let Some(refuted) = self.refuted else {
            return Vec::new();
        };
        let (row, plus) = decided[refuted];
        let mut multipliers = vec![(row, self.determinant.to_integer())];
        for (column, member) in self.members.iter().enumerate() {
            let Some(member) = member else { continue };
            let entries = &self.columns[column * table.dimension..][..table.dimension];
            let entries = entries.iter().map(R::to_integer);
            let product: BigInt = table.row(row).iter().zip(entries).map(|(a, x)| a * x).sum();
            if product != BigInt::ZERO {
                multipliers.push((decided[*member].0, if plus { -product } else { product }));
            }
        }
        let content = gcd_all(multipliers.iter().map(|(_, multiplier)| multiplier));
        for (_, multiplier) in &mut multipliers {
            *multiplier /= &content;
        }
        multipliers.sort_unstable_by_key(|&(row, _)| row);
        multipliers
    }
}
