//! The normals restricted to a flat, column by column, in the shortest integers that hold them.

use std::cmp::Ordering;

use num_bigint::BigInt;

use super::entry::{Entry, divide_by_content};
use super::multiword::Multiword;
use crate::exact::ring::Overflow;

/// A matrix with a row for each hyperplane class and a column for each basis vector of the flat.
///
/// Columns may be scaled and exchanged freely: they are another basis of the same flat. Entries are kept to minors of the original
/// matrix (Bareiss's elimination): the next restriction can be divided by the last pivot.
#[derive(Clone, Debug)]
pub(crate) struct Columns<R> {
    rows: usize,
    entries: Vec<R>,
    /// The bit lengths of the columns.
    bits: Vec<u64>,
    /// What divides all entries of the next restriction.
    pivot: R,
}

impl<R: Entry> Columns<R> {
    fn empty() -> Self {
        Self {
            rows: 0,
            entries: Vec::new(),
            bits: Vec::new(),
            pivot: R::one(),
        }
    }

    pub(crate) fn dimension(&self) -> usize {
        self.bits.len()
    }

    pub(crate) fn column(&self, column: usize) -> &[R] {
        &self.entries[column * self.rows..][..self.rows]
    }

    /// The same in another kind of integers, which must be long enough.
    fn convert<S: Entry>(&self) -> Columns<S> {
        let mut words = vec![0; (self.longest() / 64 + 2) as usize];
        let mut convert = |value: &R| {
            value.store(&mut words);
            S::load(&words)
        };
        Columns {
            rows: self.rows,
            entries: self.entries.iter().map(&mut convert).collect(),
            bits: self.bits.clone(),
            pivot: convert(&self.pivot),
        }
    }

    /// The largest number of bits of an entry or the pivot.
    fn longest(&self) -> u64 {
        let bits = self.bits.iter().copied();
        bits.fold(self.pivot.bits(), u64::max)
    }

    fn select(&mut self, rows: &[u32]) {
        let mut entries = Vec::with_capacity(rows.len() * self.dimension());
        for column in 0..self.dimension() {
            let column = self.column(column);
            entries.extend(rows.iter().map(|&row| column[row as usize].clone()));
        }
        self.entries = entries;
        self.rows = rows.len();
    }

    /// The non-zero entry of least absolute value of a row, as (column, entry); rows that vanish have none.
    fn pivot_of(&self, row: usize) -> Option<(usize, &R)> {
        let entries = (0..self.dimension()).map(|column| (column, &self.column(column)[row]));
        entries
            .filter(|(_, entry)| !entry.is_zero())
            .min_by_key(|(_, entry)| entry.bits())
    }

    /// Writes the first `keep` rows of the restriction to the hyperplane of `row` into `into`; answers the column eliminated.
    fn restrict(&self, row: usize, keep: usize, into: &mut Columns<R>) -> Result<usize, Overflow> {
        let Some((eliminated, pivot)) = self.pivot_of(row) else {
            unreachable!("only hyperplanes that cut the flat are restricted to");
        };
        into.rows = keep;
        into.entries.clear();
        into.bits.clear();
        let pivot_column = &self.column(eliminated)[..keep];
        let pivot_bits = pivot.bits();
        let divisor = self.pivot.divisor();
        for column in (0..self.dimension()).filter(|&column| column != eliminated) {
            let factor = &self.column(column)[row];
            let source = &self.column(column)[..keep];
            let factor_bits = factor.bits();
            let bits = [
                pivot_bits,
                self.bits[column],
                factor_bits,
                self.bits[eliminated],
            ];
            let start = into.entries.len();
            R::eliminate(
                (pivot, source),
                (factor, pivot_column),
                bits,
                &divisor,
                &mut into.entries,
            )?;
            into.bits.push(R::column_bits(&into.entries[start..]));
        }
        into.pivot = pivot.clone();
        Ok(eliminated)
    }
}

impl Columns<i64> {
    /// The columns of a matrix of dimension 2 if products of entries are sure to fit.
    pub(crate) fn narrow(&self) -> Option<(&[i64], &[i64])> {
        let narrow = self.bits.iter().all(|&bits| bits <= 31);
        narrow.then(|| (self.column(0), self.column(1)))
    }
}

/// [`Columns`] of the shortest integers that were found to do.
#[derive(Clone, Debug)]
pub(crate) enum Matrix {
    Small(Columns<i64>),
    Two(Columns<Multiword<2>>),
    Four(Columns<Multiword<4>>),
    Eight(Columns<Multiword<8>>),
    Sixteen(Columns<Multiword<16>>),
    Large(Columns<BigInt>),
}

/// Evaluates an expression on the columns of a matrix, whichever integers they are of.
macro_rules! on_columns {
    ($matrix:expr, $columns:ident => $body:expr) => {
        match $matrix {
            Matrix::Small($columns) => $body,
            Matrix::Two($columns) => $body,
            Matrix::Four($columns) => $body,
            Matrix::Eight($columns) => $body,
            Matrix::Sixteen($columns) => $body,
            Matrix::Large($columns) => $body,
        }
    };
}

impl Default for Matrix {
    fn default() -> Self {
        Matrix::Small(Columns::empty())
    }
}

impl Matrix {
    /// The matrix of integer rows with `dimension` entries each.
    pub(crate) fn new(rows: &[Vec<BigInt>], dimension: usize) -> Self {
        let mut columns = Columns::empty();
        columns.rows = rows.len();
        for column in 0..dimension {
            let mut entries: Vec<BigInt> = rows.iter().map(|row| row[column].clone()).collect();
            divide_by_content(&mut entries);
            columns.bits.push(BigInt::column_bits(&entries));
            columns.entries.extend(entries);
        }
        Matrix::Large(columns).lowered()
    }

    /// The dimension of the flat.
    pub(crate) fn dimension(&self) -> usize {
        on_columns!(self, columns => columns.dimension())
    }

    /// The number of bits of the integers in use, and of the longest of them.
    fn lengths(&self) -> (u64, u64) {
        fn lengths<R: Entry>(columns: &Columns<R>) -> (u64, u64) {
            (R::BITS, columns.longest())
        }
        on_columns!(self, columns => lengths(columns))
    }

    /// The matrix in the shortest integers that hold values of `bits` bits.
    fn with_bits(&self, bits: u64) -> Self {
        on_columns!(self, columns => match bits {
            0..=62 => Matrix::Small(columns.convert()),
            63..=126 => Matrix::Two(columns.convert()),
            127..=254 => Matrix::Four(columns.convert()),
            255..=510 => Matrix::Eight(columns.convert()),
            511..=1022 => Matrix::Sixteen(columns.convert()),
            _ => Matrix::Large(columns.convert()),
        })
    }

    fn lowered(self) -> Self {
        let (room, needed) = self.lengths();
        let shorter = match room {
            0..=63 => false,
            64..=1023 => needed < room / 2,
            _ => needed <= 1022,
        };
        if shorter {
            self.with_bits(needed)
        } else {
            self
        }
    }

    fn raised(&self) -> Self {
        let (room, _) = self.lengths();
        self.with_bits(room.saturating_add(1))
    }

    /// Writes the first `keep` rows of the restriction to the hyperplane of `row`, which must cut the flat, into `into`, in
    /// whatever integers hold them; answers the column eliminated: two rows that vanish together have the same orientation if and
    /// only if their entries in that column have the same sign.
    pub(crate) fn restrict(&self, row: usize, keep: usize, into: &mut Matrix) -> usize {
        if let Matrix::Small(columns) = self {
            if !matches!(into, Matrix::Small(_)) {
                *into = Matrix::default();
            }
            if let Matrix::Small(target) = into
                && let Ok(eliminated) = columns.restrict(row, keep, target)
            {
                return eliminated;
            }
        }
        self.restrict_large(row, keep, into)
    }

    fn restrict_large(&self, row: usize, keep: usize, into: &mut Matrix) -> usize {
        fn attempt<R: Entry>(
            columns: &Columns<R>,
            (row, keep): (usize, usize),
            wrap: fn(Columns<R>) -> Matrix,
        ) -> Result<(Matrix, usize), Overflow> {
            let mut target = Columns::empty();
            let eliminated = columns.restrict(row, keep, &mut target)?;
            Ok((wrap(target), eliminated))
        }
        let what = (row, keep);
        let outcome = match self {
            Matrix::Small(columns) => attempt(columns, what, Matrix::Small),
            Matrix::Two(columns) => attempt(columns, what, Matrix::Two),
            Matrix::Four(columns) => attempt(columns, what, Matrix::Four),
            Matrix::Eight(columns) => attempt(columns, what, Matrix::Eight),
            Matrix::Sixteen(columns) => attempt(columns, what, Matrix::Sixteen),
            Matrix::Large(columns) => attempt(columns, what, Matrix::Large),
        };
        match outcome {
            Ok((target, eliminated)) => {
                *into = target.lowered();
                eliminated
            }
            Err(Overflow) => self.raised().restrict_large(row, keep, into),
        }
    }

    /// The sign of an entry.
    pub(crate) fn sign(&self, row: usize, column: usize) -> Ordering {
        on_columns!(self, columns => Entry::sign(&columns.column(column)[row]))
    }

    /// Whether a row vanishes on the flat.
    #[cfg(test)]
    pub(crate) fn vanishes(&self, row: usize) -> bool {
        on_columns!(self, columns => (0..columns.dimension()).all(|c| columns.column(c)[row].is_zero()))
    }

    /// Keeps the given rows only.
    pub(crate) fn select(&mut self, rows: &[u32]) {
        on_columns!(self, columns => columns.select(rows));
    }

    /// The number of rows.
    pub(crate) fn rows(&self) -> usize {
        on_columns!(self, columns => columns.rows)
    }

    /// Calls back with every row that vanishes on the flat, in ascending order.
    pub(crate) fn vanishing(&self, mut found: impl FnMut(usize)) {
        on_columns!(self, columns => {
            for (row, entry) in columns.column(0).iter().enumerate() {
                if entry.is_zero() && (1..columns.dimension()).all(|c| columns.column(c)[row].is_zero()) {
                    found(row);
                }
            }
        });
    }

    /// Keeps of the given rows, none of which vanishes, those not parallel to an earlier one; the order stays.
    pub(crate) fn representatives(&self, rows: &[u32], into: &mut Vec<u32>) {
        on_columns!(self, columns => representatives(columns, rows, into, |_| ()));
    }

    /// The same, and for each of the given rows the place among those kept of the one that it is parallel to.
    pub(crate) fn classes(&self, rows: &[u32], into: &mut Vec<u32>, places: &mut Vec<u32>) {
        places.clear();
        let place = |place: usize| places.push(place as u32);
        on_columns!(self, columns => representatives(columns, rows, into, place));
    }

    /// The sign, for every row, at a point of the flat that is on no hyperplane except those containing the flat, and on the
    /// + side of `positive`: the first non-zero of the signs at a basis vector and, infinitesimally, at all the others.
    pub(crate) fn generic_point(&self, positive: usize, mut minus: impl FnMut(usize)) {
        on_columns!(self, columns => {
            let first = (0..columns.dimension()).find(|&c| !columns.column(c)[positive].is_zero());
            let Some(first) = first else { unreachable!("the positive hyperplane cuts the flat") };
            let flipped = Entry::sign(&columns.column(first)[positive]) == Ordering::Less;
            for row in 0..columns.rows {
                let sign = Entry::sign(&columns.column(first)[row]);
                let sign = if flipped { sign.reverse() } else { sign };
                let rest = (0..columns.dimension()).map(|c| Entry::sign(&columns.column(c)[row]));
                if rest.fold(sign, Ordering::then) == Ordering::Less {
                    minus(row);
                }
            }
        });
    }
}

fn representatives<R: Entry>(
    columns: &Columns<R>,
    rows: &[u32],
    into: &mut Vec<u32>,
    mut place: impl FnMut(usize),
) {
    // Two fixed linear forms modulo 2^64: parallel rows have proportional values, and few others do.
    const FORMS: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd1b5_4a32_d192_ed03];
    let value = |row: u32, form: u64| {
        (0..columns.dimension()).fold(0u64, |sum, c| {
            let entry = columns.column(c)[row as usize].window(0);
            sum.wrapping_mul(form).wrapping_add(entry)
        })
    };
    into.clear();
    let mut values: Vec<(u64, u64)> = Vec::with_capacity(rows.len());
    for &row in rows {
        let (u, v) = (value(row, FORMS[0]), value(row, FORMS[1]));
        let known = values
            .iter()
            .zip(into.iter())
            .position(|(&(x, y), &earlier)| {
                u.wrapping_mul(y) == v.wrapping_mul(x) && parallel(columns, row, earlier)
            });
        place(known.unwrap_or(into.len()));
        if known.is_none() {
            values.push((u, v));
            into.push(row);
        }
    }
}

fn parallel<R: Entry>(columns: &Columns<R>, x: u32, y: u32) -> bool {
    let entry = |row: u32, column: usize| &columns.column(column)[row as usize];
    let Some(lead) = (0..columns.dimension()).find(|&c| !entry(x, c).is_zero()) else {
        return false;
    };
    (0..columns.dimension()).all(|c| {
        R::cross_sign(entry(x, lead), entry(x, c), entry(y, lead), entry(y, c)) == Ordering::Equal
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn big(rows: &[&[i64]]) -> Vec<Vec<BigInt>> {
        rows.iter()
            .map(|row| row.iter().map(|&x| BigInt::from(x)).collect())
            .collect()
    }

    #[test]
    fn restriction_changes_the_ring_as_needed() {
        let big_value = i64::MAX / 5;
        let rows = big(&[
            &[big_value, 5, 1],
            &[7, big_value - 4, 2],
            &[1, 1, 1],
            &[-14, 8 - 2 * big_value, -4],
        ]);
        let matrix = Matrix::new(&rows, 3);
        assert!(matches!(matrix, Matrix::Small(_)));
        let mut child = Matrix::default();
        matrix.restrict(0, 4, &mut child);
        assert!(matches!(child, Matrix::Small(_) | Matrix::Two(_)));
        assert!(child.vanishes(0) && !child.vanishes(1));
        let mut kept = Vec::new();
        child.representatives(&[1, 2, 3], &mut kept);
        assert_eq!(kept, [1, 2]);
        let mut leaf = Matrix::default();
        let eliminated = child.restrict(1, 4, &mut leaf);
        assert!(leaf.vanishes(1) && leaf.vanishes(3) && !leaf.vanishes(2));
        assert_eq!(
            child.sign(1, eliminated),
            child.sign(3, eliminated).reverse()
        );
    }

    #[test]
    fn long_integers_give_the_same_restrictions() {
        // The same rows, and their multiples by a matrix of determinant 1 with long entries: another basis of the same space.
        let rows = big(&[
            &[3, -1, 4, 1],
            &[5, 9, -2, 6],
            &[5, 3, 5, -8],
            &[9, 7, 9, 3],
            &[-2, 3, 8, 4],
            &[8, 12, 3, -2],
        ]);
        for bits in [20, 45, 110, 230, 480, 700] {
            let long = BigInt::from(3) << bits;
            let stretched: Vec<Vec<BigInt>> = rows
                .iter()
                .map(|row| {
                    let mut row = row.clone();
                    for column in 1..4 {
                        let add = &row[column - 1] * (&long + column);
                        row[column] += add;
                    }
                    row
                })
                .collect();
            let (mut plain, mut other) = (Matrix::new(&rows, 4), Matrix::new(&stretched, 4));
            for row in 0..3 {
                let (mut plain_child, mut other_child) = (Matrix::default(), Matrix::default());
                let one = plain.restrict(row, 6, &mut plain_child);
                let two = other.restrict(row, 6, &mut other_child);
                assert!((0..6).all(|k| plain_child.vanishes(k) == other_child.vanishes(k)));
                for k in (0..6).filter(|&k| plain_child.vanishes(k) && !plain.vanishes(k)) {
                    let same = |matrix: &Matrix, column| {
                        matrix.sign(k, column) == matrix.sign(row, column)
                    };
                    assert_eq!(same(&plain, one), same(&other, two));
                }
                (plain, other) = (plain_child, other_child);
            }
        }
    }
}
