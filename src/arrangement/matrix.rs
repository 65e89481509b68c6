//! The normals restricted to a flat, column by column, in the smallest ring that holds them.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::Signed;

use crate::exact::ring::{OrderedRing, Overflow};

/// A ring with the bulk operations of the recursion.
pub(crate) trait Entry: OrderedRing {
    /// The bit length of the largest entry in absolute value.
    fn bits(values: &[Self]) -> u64;
    /// `out = p·x − q·y`, entry by entry.
    fn combine(
        p: &Self,
        x: &[Self],
        q: &Self,
        y: &[Self],
        out: &mut [Self],
    ) -> Result<(), Overflow>;
    /// The sign of `a·d − b·c`.
    fn cross_sign(a: &Self, b: &Self, c: &Self, d: &Self) -> Ordering;
    /// The value modulo 2^64.
    fn low_word(&self) -> u64;
    /// Entries of more bits than this are worth dividing by common factors.
    const COMFORTABLE: u64;
}

impl Entry for i64 {
    const COMFORTABLE: u64 = 24;
    #[inline]
    fn bits(values: &[Self]) -> u64 {
        let all = values
            .iter()
            .fold(0, |all, &value| all | (value ^ (value >> 63)));
        u64::from(64 - all.leading_zeros())
    }
    #[inline]
    fn combine(
        p: &Self,
        x: &[Self],
        q: &Self,
        y: &[Self],
        out: &mut [Self],
    ) -> Result<(), Overflow> {
        let bits =
            |factor: &Self, column| Self::bits(std::slice::from_ref(factor)) + Self::bits(column);
        if bits(p, x).max(bits(q, y)) > 61 {
            return Err(Overflow);
        }
        for ((out, x), y) in out.iter_mut().zip(x).zip(y) {
            *out = p * x - q * y;
        }
        Ok(())
    }
    #[inline]
    fn cross_sign(a: &Self, b: &Self, c: &Self, d: &Self) -> Ordering {
        let wide = |value: &Self| i128::from(*value);
        (wide(a) * wide(d)).cmp(&(wide(b) * wide(c)))
    }
    #[inline]
    fn low_word(&self) -> u64 {
        self.cast_unsigned()
    }
}

impl Entry for i128 {
    const COMFORTABLE: u64 = 58;
    fn bits(values: &[Self]) -> u64 {
        let all = values
            .iter()
            .fold(0, |all, &value| all | (value ^ (value >> 127)));
        u64::from(128 - all.leading_zeros())
    }
    fn combine(
        p: &Self,
        x: &[Self],
        q: &Self,
        y: &[Self],
        out: &mut [Self],
    ) -> Result<(), Overflow> {
        let bits =
            |factor: &Self, column| Self::bits(std::slice::from_ref(factor)) + Self::bits(column);
        if bits(p, x).max(bits(q, y)) > 125 {
            return Err(Overflow);
        }
        for ((out, x), y) in out.iter_mut().zip(x).zip(y) {
            *out = p * x - q * y;
        }
        Ok(())
    }
    fn cross_sign(a: &Self, b: &Self, c: &Self, d: &Self) -> Ordering {
        let sign = |x: &Self, y: &Self| x.signum() * y.signum();
        let (left, right) = (sign(a, d), sign(b, c));
        if left != right || left == 0 {
            return left.cmp(&right);
        }
        let order = wide_product(a.unsigned_abs(), d.unsigned_abs())
            .cmp(&wide_product(b.unsigned_abs(), c.unsigned_abs()));
        if left > 0 { order } else { order.reverse() }
    }
    fn low_word(&self) -> u64 {
        // Truncation is meant: the value modulo 2^64.
        self.cast_unsigned() as u64
    }
}

/// The high and low half of a 256-bit product.
fn wide_product(x: u128, y: u128) -> (u128, u128) {
    let low = |value: u128| value & u128::from(u64::MAX);
    let (x1, x0, y1, y0) = (x >> 64, low(x), y >> 64, low(y));
    let (bottom, cross1, cross2, top) = (x0 * y0, x1 * y0, x0 * y1, x1 * y1);
    let middle = (bottom >> 64) + low(cross1) + low(cross2);
    (
        top + (cross1 >> 64) + (cross2 >> 64) + (middle >> 64),
        (middle << 64) | low(bottom),
    )
}

impl Entry for BigInt {
    const COMFORTABLE: u64 = 0;
    fn bits(values: &[Self]) -> u64 {
        values.iter().map(BigInt::bits).max().unwrap_or(0)
    }
    fn combine(
        p: &Self,
        x: &[Self],
        q: &Self,
        y: &[Self],
        out: &mut [Self],
    ) -> Result<(), Overflow> {
        for ((out, x), y) in out.iter_mut().zip(x).zip(y) {
            *out = p * x - q * y;
        }
        Ok(())
    }
    fn cross_sign(a: &Self, b: &Self, c: &Self, d: &Self) -> Ordering {
        (a * d).cmp(&(b * c))
    }
    fn low_word(&self) -> u64 {
        let word = self.iter_u64_digits().next().unwrap_or(0);
        if self.is_negative() {
            word.wrapping_neg()
        } else {
            word
        }
    }
}

/// A matrix with a row for each hyperplane class and a column for each basis vector of the flat.
///
/// Columns may be scaled and exchanged freely: they are another basis of the same flat.
#[derive(Clone, Debug)]
pub(crate) struct Columns<R> {
    rows: usize,
    entries: Vec<R>,
}

impl<R: Entry> Columns<R> {
    pub(crate) fn dimension(&self) -> usize {
        self.entries.len().checked_div(self.rows).unwrap_or(0)
    }

    pub(crate) fn column(&self, column: usize) -> &[R] {
        &self.entries[column * self.rows..][..self.rows]
    }

    fn convert<S: Entry>(&self) -> Result<Columns<S>, Overflow> {
        let entries = self.entries.iter();
        Ok(Columns {
            rows: self.rows,
            entries: entries
                .map(|x| S::from_integer(&x.to_integer()))
                .collect::<Result<_, _>>()?,
        })
    }

    fn select(&mut self, rows: &[u32]) {
        let dimension = self.dimension();
        let mut entries = Vec::with_capacity(rows.len() * dimension);
        for column in 0..dimension {
            entries.extend(
                rows.iter()
                    .map(|&row| self.column(column)[row as usize].clone()),
            );
        }
        self.entries = entries;
        self.rows = rows.len();
    }

    /// The non-zero entry of least absolute value of a row, as (column, entry); rows that vanish have none.
    fn pivot(&self, row: usize) -> Option<(usize, &R)> {
        let mut best: Option<(usize, &R)> = None;
        for column in 0..self.dimension() {
            let entry = &self.column(column)[row];
            if entry.is_zero() {
                continue;
            }
            let smaller = |best: &R| {
                R::bits(std::slice::from_ref(entry)) < R::bits(std::slice::from_ref(best))
            };
            if best.is_none_or(|(_, best)| smaller(best)) {
                best = Some((column, entry));
            }
        }
        best
    }

    /// Writes the first `keep` rows of the restriction to the hyperplane of `row` into `into`; answers the column eliminated.
    fn restrict(&self, row: usize, keep: usize, into: &mut Columns<R>) -> Result<usize, Overflow> {
        let Some((eliminated, pivot)) = self.pivot(row) else {
            unreachable!("only hyperplanes that cut the flat are restricted to");
        };
        into.rows = keep;
        into.entries.clear();
        let pivot_column = &self.column(eliminated)[..keep];
        for column in (0..self.dimension()).filter(|&column| column != eliminated) {
            let factor = &self.column(column)[row];
            let source = &self.column(column)[..keep];
            if factor.is_zero() {
                into.entries.extend_from_slice(source);
                continue;
            }
            let start = into.entries.len();
            into.entries.resize(start + keep, R::zero());
            let target = &mut into.entries[start..];
            R::combine(pivot, source, factor, pivot_column, target)?;
            if R::bits(target) > R::COMFORTABLE {
                divide_by_content(target)?;
            }
        }
        Ok(eliminated)
    }
}

fn divide_by_content<R: Entry>(column: &mut [R]) -> Result<(), Overflow> {
    let mut content = R::zero();
    for entry in column.iter() {
        content = content.gcd(entry)?;
        if content == R::one() {
            return Ok(());
        }
    }
    if content.is_zero() {
        return Ok(());
    }
    for entry in column {
        if !entry.is_zero() {
            *entry = entry.exact_div(&content)?;
        }
    }
    Ok(())
}

/// [`Columns`] over the smallest ring that was found to do.
#[derive(Clone, Debug)]
pub(crate) enum Matrix {
    Small(Columns<i64>),
    Medium(Columns<i128>),
    Large(Columns<BigInt>),
}

/// Evaluates an expression on the columns of a matrix, whichever ring they are in.
macro_rules! on_columns {
    ($matrix:expr, $columns:ident => $body:expr) => {
        match $matrix {
            Matrix::Small($columns) => $body,
            Matrix::Medium($columns) => $body,
            Matrix::Large($columns) => $body,
        }
    };
}
pub(crate) use on_columns;

impl Default for Matrix {
    fn default() -> Self {
        Matrix::Small(Columns {
            rows: 0,
            entries: Vec::new(),
        })
    }
}

impl Matrix {
    /// The matrix of integer rows with `dimension` entries each.
    pub(crate) fn new(rows: &[Vec<BigInt>], dimension: usize) -> Self {
        let entry = |index: usize| rows[index % rows.len()][index / rows.len()].clone();
        let entries = (0..rows.len() * dimension).map(entry).collect();
        Matrix::Large(Columns {
            rows: rows.len(),
            entries,
        })
        .lowered()
    }

    /// The dimension of the flat.
    pub(crate) fn dimension(&self) -> usize {
        on_columns!(self, columns => columns.dimension())
    }

    fn lowered(self) -> Self {
        let medium = match self {
            Matrix::Small(_) => return self,
            Matrix::Medium(columns) => columns,
            Matrix::Large(columns) => match columns.convert() {
                Ok(medium) => medium,
                Err(Overflow) => return Matrix::Large(columns),
            },
        };
        match medium.convert() {
            Ok(small) => Matrix::Small(small),
            Err(Overflow) => Matrix::Medium(medium),
        }
    }

    fn raised(&self) -> Self {
        let raised = match self {
            Matrix::Small(columns) => columns.convert().map(Matrix::Medium),
            Matrix::Medium(columns) => columns.convert().map(Matrix::Large),
            Matrix::Large(columns) => Ok(Matrix::Large(columns.clone())),
        };
        raised.unwrap_or_else(|Overflow| unreachable!("every value fits the next larger ring"))
    }

    /// Writes the first `keep` rows of the restriction to the hyperplane of `row`, which must cut the flat, into `into`, in
    /// whatever ring holds them; answers the column eliminated: two rows that vanish together have the same orientation if and only if their entries in
    /// that column have the same sign.
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
            row: usize,
            keep: usize,
        ) -> Result<(Columns<R>, usize), Overflow> {
            let mut target = Columns {
                rows: 0,
                entries: Vec::new(),
            };
            let eliminated = columns.restrict(row, keep, &mut target)?;
            Ok((target, eliminated))
        }
        let outcome = match self {
            Matrix::Small(_) => Err(Overflow),
            Matrix::Medium(columns) => {
                attempt(columns, row, keep).map(|(target, c)| (Matrix::Medium(target), c))
            }
            Matrix::Large(columns) => {
                attempt(columns, row, keep).map(|(target, c)| (Matrix::Large(target), c))
            }
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
        on_columns!(self, columns => OrderedRing::sign(&columns.column(column)[row]))
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
            for row in 0..columns.rows {
                if (0..columns.dimension()).all(|c| columns.column(c)[row].is_zero()) {
                    found(row);
                }
            }
        });
    }

    /// Keeps of the given rows, none of which vanishes, those not parallel to an earlier one; the order stays.
    pub(crate) fn representatives(&self, rows: &[u32], into: &mut Vec<u32>) {
        on_columns!(self, columns => representatives(columns, rows, into));
    }

    /// The sign, for every row, at a point of the flat that is on no hyperplane except those containing the flat, and on the
    /// + side of `positive`: the first non-zero of the signs at a basis vector and, infinitesimally, at all the others.
    pub(crate) fn generic_point(&self, positive: usize, mut minus: impl FnMut(usize)) {
        on_columns!(self, columns => {
            let first = (0..columns.dimension()).find(|&c| !columns.column(c)[positive].is_zero());
            let Some(first) = first else { unreachable!("the positive hyperplane cuts the flat") };
            let flipped = OrderedRing::sign(&columns.column(first)[positive]) == Ordering::Less;
            for row in 0..columns.rows {
                let sign = OrderedRing::sign(&columns.column(first)[row]);
                let sign = if flipped { sign.reverse() } else { sign };
                let rest = (0..columns.dimension()).map(|c| OrderedRing::sign(&columns.column(c)[row]));
                if rest.fold(sign, Ordering::then) == Ordering::Less {
                    minus(row);
                }
            }
        });
    }
}

fn representatives<R: Entry>(columns: &Columns<R>, rows: &[u32], into: &mut Vec<u32>) {
    // Two fixed linear forms modulo 2^64: parallel rows have proportional values, and few others do.
    const FORMS: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd1b5_4a32_d192_ed03];
    let value = |row: u32, form: u64| {
        (0..columns.dimension()).fold(0u64, |sum, c| {
            let entry = columns.column(c)[row as usize].low_word();
            sum.wrapping_mul(form).wrapping_add(entry)
        })
    };
    into.clear();
    let mut values: Vec<(u64, u64)> = Vec::with_capacity(rows.len());
    for &row in rows {
        let (u, v) = (value(row, FORMS[0]), value(row, FORMS[1]));
        let known = values.iter().zip(into.iter()).any(|(&(x, y), &earlier)| {
            u.wrapping_mul(y) == v.wrapping_mul(x) && parallel(columns, row, earlier)
        });
        if !known {
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
    use num_traits::ToPrimitive;

    use super::*;

    fn big(rows: &[&[i64]]) -> Vec<Vec<BigInt>> {
        rows.iter()
            .map(|row| row.iter().map(|&x| BigInt::from(x)).collect())
            .collect()
    }

    #[test]
    fn cross_signs_agree_between_rings() {
        let values = [0, 1, -1, 7, -7, i64::MAX, i64::MIN, i64::MAX - 1];
        let scale = [BigInt::from(1), BigInt::from(1) << 63];
        for a in values {
            for b in values {
                for c in values {
                    for d in values {
                        let small = i64::cross_sign(&a, &b, &c, &d);
                        for scale in &scale {
                            let wide = [a, b, c, d]
                                .map(|x| (BigInt::from(x) * scale).to_i128().expect("fits"));
                            assert_eq!(
                                i128::cross_sign(&wide[0], &wide[1], &wide[2], &wide[3]),
                                small
                            );
                        }
                        let large = [a, b, c, d].map(BigInt::from);
                        assert_eq!(
                            BigInt::cross_sign(&large[0], &large[1], &large[2], &large[3]),
                            small
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn restriction_changes_the_ring_as_needed() {
        let big_value = i64::MAX / 3;
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
        assert!(matches!(child, Matrix::Small(_) | Matrix::Medium(_)));
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
}
