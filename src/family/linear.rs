//! Elimination over the field Q(k).

use super::quotient::Quotient;

/// Columns that carry the rank of rows over Q(k). Cost: as many quotients and products as an elimination has.
pub(super) fn pivot_columns(rows: &[Vec<Quotient>]) -> Vec<usize> {
    let (mut work, mut pivots) = (rows.to_vec(), Vec::new());
    for column in 0..rows.first().map_or(0, Vec::len) {
        let Some(found) = work.iter().position(|row| !row[column].is_zero()) else {
            continue;
        };
        let lead = work.swap_remove(found);
        eliminate(&mut work, &lead, column);
        pivots.push(column);
    }
    pivots
}

/// The determinant of a square matrix.
pub(super) fn determinant(mut rows: Vec<Vec<Quotient>>) -> Quotient {
    let mut value = Quotient::one();
    for column in 0..rows.len() {
        let Some(found) = rows.iter().position(|row| !row[column].is_zero()) else {
            return Quotient::zero();
        };
        let lead = rows.remove(found);
        value = value.mul(&lead[column]);
        if found % 2 == 1 {
            value = value.neg();
        }
        eliminate(&mut rows, &lead, column);
    }
    value
}

/// The inverse of a square matrix; `None` if it has none.
pub(super) fn inverse(mut rows: Vec<Vec<Quotient>>) -> Option<Vec<Vec<Quotient>>> {
    let count = rows.len();
    for (i, row) in rows.iter_mut().enumerate() {
        let unit = |j| {
            if i == j {
                Quotient::one()
            } else {
                Quotient::zero()
            }
        };
        row.extend((0..count).map(unit));
    }
    for column in 0..count {
        let found = (column..count).find(|&i| !rows[i][column].is_zero())?;
        rows.swap(column, found);
        let (before, from) = rows.split_at_mut(column);
        let (lead, after) = from.split_first_mut()?;
        let inverse = lead[column].inverse()?;
        lead.iter_mut()
            .for_each(|entry| *entry = entry.mul(&inverse));
        eliminate(before, lead, column);
        eliminate(after, lead, column);
    }
    Some(
        rows.into_iter()
            .map(|mut row| row.split_off(count))
            .collect(),
    )
}

/// Takes multiples of `lead` from the rows, so that they are 0 in the column.
fn eliminate(rows: &mut [Vec<Quotient>], lead: &[Quotient], column: usize) {
    let Some(inverse) = lead[column].inverse() else {
        return;
    };
    for row in rows {
        let factor = row[column].mul(&inverse);
        for (x, y) in row.iter_mut().zip(lead) {
            *x = x.sub(&factor.mul(y));
        }
    }
}
