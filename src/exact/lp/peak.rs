//! Multipliers and points of peaks: linear equations, solved in integers.

use num_bigint::BigInt;
use num_traits::{One as _, Signed as _};

use super::hill::Peak;
use crate::exact::linear;
use crate::exact::rational::Rational;
use crate::watch::{Stop, Watch};

impl Peak {
    /// A proposal as it must be for so many coordinates and rows: indices that there are, increasing, and as many free coordinates as tight rows; else a corner.
    pub(crate) fn fitting(mut self, sides: usize, rows: usize) -> Self {
        let is_list = |list: &[usize], below: usize| {
            list.is_sorted_by(|x, y| x < y) && list.last().is_none_or(|last| *last < below)
        };
        self.upper.resize(sides, false);
        self.most.resize(rows, false);
        let fits = is_list(&self.free, sides) && is_list(&self.tight, rows);
        if !fits || self.free.len() != self.tight.len() {
            self.free.clear();
            self.tight.clear();
        }
        self
    }

    /// Multipliers of all rows of a hill with this affine function: at a bound, or by the equations of the free coordinates, within the bounds.
    pub(crate) fn multipliers(
        &self,
        affine: &[BigInt],
        rows: &[&[BigInt]],
        bounds: &[[BigInt; 2]],
        watch: &Watch,
    ) -> Result<Vec<Rational>, Stop> {
        let bound = |row: usize| &bounds[row][usize::from(self.most[row])];
        let mut multipliers: Vec<Rational> = (0..rows.len())
            .map(|row| Rational::from_integer(bound(row).clone()))
            .collect();
        let mut equations = Vec::with_capacity(self.free.len());
        for coordinate in &self.free {
            let mut sum = affine[*coordinate].clone();
            for (place, row) in rows.iter().enumerate() {
                if !self.tight.contains(&place) {
                    sum += &row[*coordinate] * bound(place);
                }
            }
            let tight = self.tight.iter();
            let mut equation: Vec<BigInt> = tight
                .map(|place| rows[*place][*coordinate].clone())
                .collect();
            equation.push(-sum);
            equations.push(equation);
        }
        if let Some((solution, pivot)) = solved(&equations, watch)? {
            for (place, multiplier) in self.tight.iter().zip(solution) {
                let [least, most] = bounds[*place].each_ref();
                let multiplier = Rational::new(multiplier, pivot.clone());
                let least = Rational::from_integer(least.clone());
                let most = Rational::from_integer(most.clone());
                multipliers[*place] = multiplier.clamp(least, most);
            }
        }
        Ok(multipliers)
    }

    /// The point of the peak, moved into the box where it lies beside it: numerators and the denominator. Ends are over the unit, and so is the last entry of a row.
    pub(crate) fn point(
        &self,
        rows: &[&[BigInt]],
        ends: &[[i64; 2]],
        unit: i64,
        watch: &Watch,
    ) -> Result<(Vec<BigInt>, BigInt), Stop> {
        let end = |side: usize| ends[side][usize::from(self.upper[side])];
        let mut is_free = vec![false; ends.len()];
        self.free.iter().for_each(|side| is_free[*side] = true);
        let mut equations = Vec::with_capacity(self.tight.len());
        for place in &self.tight {
            let (head, last) = rows[*place].split_at(ends.len());
            let mut sum: BigInt = last.iter().map(|x| x * unit).sum();
            for (side, entry) in head.iter().enumerate() {
                if !is_free[side] {
                    sum += entry * end(side);
                }
            }
            let mut row: Vec<BigInt> = self.free.iter().map(|side| head[*side].clone()).collect();
            row.push(-sum);
            equations.push(row);
        }
        let (solution, pivot) = match solved(&equations, watch)? {
            Some(solved) => solved,
            None => (
                self.free.iter().map(|side| end(*side).into()).collect(),
                BigInt::one(),
            ),
        };
        let mut numerators: Vec<BigInt> = (0..ends.len()).map(|side| &pivot * end(side)).collect();
        for (side, x) in self.free.iter().zip(solution) {
            let [lower, upper] = ends[*side].map(|end| &pivot * end);
            numerators[*side] = x.clamp(lower, upper);
        }
        Ok((numerators, pivot * unit))
    }
}

/// Numerators of the solution of a square system with the right side as last column, and their positive denominator; none if there is not exactly one.
fn solved(rows: &[Vec<BigInt>], watch: &Watch) -> Result<Option<(Vec<BigInt>, BigInt)>, Stop> {
    let count = rows.len();
    if count == 0 {
        return Ok(Some((Vec::new(), BigInt::one())));
    }
    let echelon = linear::echelon(rows, count + 1, watch)?;
    if !echelon.pivot_columns.iter().copied().eq(0..count) {
        return Ok(None);
    }
    let pivot = echelon.pivot.abs();
    let turned = echelon.pivot.is_negative();
    let solution = echelon.rows.into_iter().filter_map(|mut row| row.pop());
    let solution = solution.map(|x| if turned { -x } else { x });
    Ok(Some((solution.collect(), pivot)))
}
