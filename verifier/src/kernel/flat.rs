//! Flats: where hyperplanes meet, by elimination without fractions.

use super::number::Whole;

/// Where some rows (n, r), each ⟨n,x⟩ = r, meet, by elimination without fractions: each has `scale` at its own pivot and 0 at the others'.
pub(crate) struct Flat<T> {
    rows: Vec<Vec<T>>,
    pivots: Vec<usize>,
    scale: T,
}

impl<T: Whole> Flat<T> {
    /// R^d.
    pub(crate) fn whole() -> Flat<T> {
        Flat {
            rows: Vec::new(),
            pivots: Vec::new(),
            scale: T::one(),
        }
    }

    /// How many rows there are.
    pub(crate) fn rank(&self) -> usize {
        self.rows.len()
    }

    /// Limb operations for a product of two of its numbers.
    pub(crate) fn work(&self) -> u64 {
        self.scale.work()
    }

    /// Entry `column` of a row, less what the rows that are here say of it. None if it does not fit, as in all that follows.
    fn reduced(&self, row: &[T], column: usize) -> Option<T> {
        let mut entry = self.scale.checked_mul(row.get(column)?)?;
        for (own, pivot) in self.rows.iter().zip(&self.pivots) {
            entry = entry.checked_sub(&row.get(*pivot)?.checked_mul(own.get(column)?)?)?;
        }
        Some(entry)
    }

    /// The pivot of a row among the columns that have none.
    fn pivot(&self, row: &[T]) -> Option<Option<(usize, T)>> {
        for column in 0..row.len().saturating_sub(1) {
            if !self.pivots.contains(&column) {
                let entry = self.reduced(row, column)?;
                if !entry.is_zero() {
                    return Some(Some((column, entry)));
                }
            }
        }
        Some(None)
    }

    /// The flat on one more hyperplane, if that depends on no others here.
    pub(crate) fn with(&self, row: &[T]) -> Option<Option<Flat<T>>> {
        let Some((pivot, scale)) = self.pivot(row)? else {
            return Some(None);
        };
        let columns = 0..row.len();
        let new = columns.map(|column| self.reduced(row, column));
        let new = new.collect::<Option<Vec<T>>>()?;
        let mut rows = Vec::with_capacity(self.rows.len() + 1);
        for own in &self.rows {
            let factor = own.get(pivot)?;
            let pairs = own.iter().zip(&new);
            let row = pairs.map(|(x, y)| scale.cross(x, factor, y)?.checked_div(&self.scale));
            rows.push(row.collect::<Option<Vec<T>>>()?);
        }
        rows.push(new);
        let mut pivots = self.pivots.clone();
        pivots.push(pivot);
        Some(Some(Flat {
            rows,
            pivots,
            scale,
        }))
    }

    /// The point where a line meets a hyperplane, if there is one: numerators, and their positive denominator.
    pub(crate) fn vertex(&self, row: &[T]) -> Option<Option<(Vec<T>, T)>> {
        let Some((pivot, scale)) = self.pivot(row)? else {
            return Some(None);
        };
        let last = row.len() - 1;
        let right = self.reduced(row, last)?;
        let mut point = vec![T::zero(); last];
        for (own, place) in self.rows.iter().zip(&self.pivots) {
            let entry = scale.cross(own.get(last)?, own.get(pivot)?, &right)?;
            *point.get_mut(*place)? = entry.checked_div(&self.scale)?;
        }
        *point.get_mut(pivot)? = right;
        if scale.is_positive() {
            return Some(Some((point, scale)));
        }
        let negated = point.iter().map(|x| T::zero().checked_sub(x));
        let point = negated.collect::<Option<Vec<T>>>()?;
        Some(Some((point, T::zero().checked_sub(&scale)?)))
    }
}
