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
