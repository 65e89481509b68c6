//! The normals restricted to a flat, column by column, in the smallest ring that holds them.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

use crate::exact::gcd::gcd_all;
use crate::exact::ring::{OrderedRing, Overflow};

/// A ring with the bulk operations of the recursion.
pub(crate) trait Entry: OrderedRing {
    /// What makes division by one value fast.
    type Divisor: Copy;
    /// The bit length of the largest entry in absolute value.
    fn bits(values: &[Self]) -> u64;
    /// Prepares for divisions by a value that is not zero.
    fn divisor(&self) -> Self::Divisor;
    /// `out = (p·x − q·y) / divisor`, entry by entry, where all divisions are exact. `bits` are those of p, x, q and y.
    fn eliminate(
        px: (&Self, &[Self]),
        qy: (&Self, &[Self]),
        bits: [u64; 4],
        divisor: Self::Divisor,
        out: &mut Vec<Self>,
    ) -> Result<(), Overflow>;
    /// What divides all entries of the restriction after the next, if the next is by this pivot.
    fn carried(&self) -> Self;
    /// The sign of `a·d − b·c`.
    fn cross_sign(a: &Self, b: &Self, c: &Self, d: &Self) -> Ordering;
    /// The value modulo 2^64.
    fn low_word(&self) -> u64;
}

/// A machine integer as a divisor: 2^`shift` times an odd number, whose inverse modulo the word size makes exact division a
/// multiplication (Jebelean, *An algorithm for exact division*, 1993).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exact<I> {
    shift: u32,
    inverse: I,
    bits: u64,
}

macro_rules! exact_divisor {
    ($integer:ty, $steps:expr) => {
        fn divisor(&self) -> Exact<$integer> {
            let shift = self.trailing_zeros();
            let odd = self >> shift;
            // Newton's iteration, from 3 correct bits on.
            let inverse = (0..$steps).fold(odd, |inverse, _| {
                inverse.wrapping_mul((2 as $integer).wrapping_sub(odd.wrapping_mul(inverse)))
            });
            Exact {
                shift,
                inverse,
                bits: Self::bits(std::slice::from_ref(self)),
            }
        }
    };
}

impl Entry for i64 {
    type Divisor = Exact<i64>;
    #[inline]
    fn bits(values: &[Self]) -> u64 {
        let all = values
            .iter()
            .fold(0, |all, &value| all | (value ^ (value >> 63)));
        u64::from(64 - all.leading_zeros())
    }
    exact_divisor!(i64, 5);
    #[inline]
    fn carried(&self) -> Self {
        *self
    }
    #[inline]
    fn eliminate(
        (p, x): (&Self, &[Self]),
        (q, y): (&Self, &[Self]),
        bits: [u64; 4],
        divisor: Exact<i64>,
        out: &mut Vec<Self>,
    ) -> Result<(), Overflow> {
        let Exact { shift, inverse, .. } = divisor;
        let pairs = x.iter().zip(y);
        // The bit lengths of the products bound those of the difference and the quotient.
        let longest = (bits[0] + bits[1]).max(bits[2] + bits[3]);
        if longest <= 61 {
            out.extend(pairs.map(|(x, y)| ((p * x - q * y) >> shift).wrapping_mul(inverse)));
        } else if longest + 2 - divisor.bits <= 61 && longest <= 124 {
            let wide = |x: &i64, y: &i64| i128::from(*x) * i128::from(*y);
            out.extend(
                pairs.map(|(x, y)| {
                    (((wide(p, x) - wide(q, y)) >> shift) as i64).wrapping_mul(inverse)
                }),
            );
        } else {
            return Err(Overflow);
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
    type Divisor = Exact<i128>;
    fn bits(values: &[Self]) -> u64 {
        let all = values
            .iter()
            .fold(0, |all, &value| all | (value ^ (value >> 127)));
        u64::from(128 - all.leading_zeros())
    }
    exact_divisor!(i128, 6);
    fn carried(&self) -> Self {
        *self
    }
    fn eliminate(
        (p, x): (&Self, &[Self]),
        (q, y): (&Self, &[Self]),
        bits: [u64; 4],
        divisor: Exact<i128>,
        out: &mut Vec<Self>,
    ) -> Result<(), Overflow> {
        let Exact { shift, inverse, .. } = divisor;
        let pairs = x.iter().zip(y);
        let longest = (bits[0] + bits[1]).max(bits[2] + bits[3]);
        if longest <= 125 {
            out.extend(pairs.map(|(x, y)| ((p * x - q * y) >> shift).wrapping_mul(inverse)));
        } else if longest + 2 - divisor.bits <= 125 {
            out.extend(pairs.map(|(x, y)| {
                let (high, low) = wide_difference((*p, *x), (*q, *y));
                let shifted = if shift == 0 {
                    low
                } else {
                    (low >> shift) | (high << (128 - shift))
                };
                shifted.cast_signed().wrapping_mul(inverse)
            }));
        } else {
            return Err(Overflow);
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

/// The high and low half of `p·x − q·y` modulo 2^256.
fn wide_difference((p, x): (i128, i128), (q, y): (i128, i128)) -> (u128, u128) {
    let signed = |x: i128, y: i128| {
        let (high, low) = wide_product(x.unsigned_abs(), y.unsigned_abs());
        if (x < 0) != (y < 0) {
            let (low, borrow) = 0u128.overflowing_sub(low);
            (
                0u128.wrapping_sub(high).wrapping_sub(u128::from(borrow)),
                low,
            )
        } else {
            (high, low)
        }
    };
    let ((high, low), (other_high, other_low)) = (signed(p, x), signed(q, y));
    let (low, borrow) = low.overflowing_sub(other_low);
    (
        high.wrapping_sub(other_high)
            .wrapping_sub(u128::from(borrow)),
        low,
    )
}

impl Entry for BigInt {
    type Divisor = ();
    fn bits(values: &[Self]) -> u64 {
        values.iter().map(BigInt::bits).max().unwrap_or(0)
    }
    fn divisor(&self) {}
    fn carried(&self) -> Self {
        // Columns are divided by their contents, each by its own.
        BigInt::from(1)
    }
    fn eliminate(
        (p, x): (&Self, &[Self]),
        (q, y): (&Self, &[Self]),
        _: [u64; 4],
        (): (),
        out: &mut Vec<Self>,
    ) -> Result<(), Overflow> {
        let start = out.len();
        out.extend(x.iter().zip(y).map(|(x, y)| p * x - q * y));
        divide_by_content(&mut out[start..]);
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

fn divide_by_content(column: &mut [BigInt]) {
    let content = gcd_all(column.iter());
    if content > BigInt::from(1) {
        for entry in column {
            *entry /= &content;
        }
    }
}

/// A matrix with a row for each hyperplane class and a column for each basis vector of the flat.
///
/// Columns may be scaled and exchanged freely: they are another basis of the same flat. Machine integers are kept to minors of the
/// original matrix (Bareiss's elimination): the next restriction can be divided by the last pivot. Big integers are divided by
/// the content of their column, which is more.
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

    fn map<S>(&self, convert: impl Fn(&R) -> Result<S, Overflow>) -> Result<Columns<S>, Overflow> {
        Ok(Columns {
            rows: self.rows,
            entries: self
                .entries
                .iter()
                .map(&convert)
                .collect::<Result<_, _>>()?,
            bits: self.bits.clone(),
            pivot: convert(&self.pivot)?,
        })
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
        let length = |entry: &R| R::bits(std::slice::from_ref(entry));
        entries
            .filter(|(_, entry)| !entry.is_zero())
            .min_by_key(|(_, entry)| length(entry))
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
        let pivot_bits = R::bits(std::slice::from_ref(pivot));
        let divisor = self.pivot.divisor();
        for column in (0..self.dimension()).filter(|&column| column != eliminated) {
            let factor = &self.column(column)[row];
            let source = &self.column(column)[..keep];
            let factor_bits = R::bits(std::slice::from_ref(factor));
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
                divisor,
                &mut into.entries,
            )?;
            into.bits.push(R::bits(&into.entries[start..]));
        }
        into.pivot = pivot.carried();
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
            columns.bits.push(<BigInt as Entry>::bits(&entries));
            columns.entries.extend(entries);
        }
        Matrix::Large(columns).lowered()
    }

    /// The dimension of the flat.
    pub(crate) fn dimension(&self) -> usize {
        on_columns!(self, columns => columns.dimension())
    }

    fn lowered(self) -> Self {
        let fits = |bits: &[u64], word: u64| bits.iter().all(|&bits| bits < word);
        let medium = match self {
            Matrix::Large(columns) if fits(&columns.bits, 127) => {
                match columns.map(|value| value.to_i128().ok_or(Overflow)) {
                    Ok(medium) => medium,
                    Err(Overflow) => return Matrix::Large(columns),
                }
            }
            Matrix::Medium(columns) => columns,
            other => return other,
        };
        if !fits(&medium.bits, 63) {
            return Matrix::Medium(medium);
        }
        match medium.map(|&value| i64::try_from(value).map_err(|_| Overflow)) {
            Ok(small) => Matrix::Small(small),
            Err(Overflow) => Matrix::Medium(medium),
        }
    }

    fn raised(&self) -> Self {
        let raised = match self {
            Matrix::Small(columns) => columns
                .map(|&value| Ok(i128::from(value)))
                .map(Matrix::Medium),
            Matrix::Medium(columns) => columns
                .map(|&value| Ok(BigInt::from(value)))
                .map(Matrix::Large),
            Matrix::Large(columns) => Ok(Matrix::Large(columns.clone())),
        };
        raised.unwrap_or_else(|Overflow| unreachable!("every value fits the next larger ring"))
    }

    /// Writes the first `keep` rows of the restriction to the hyperplane of `row`, which must cut the flat, into `into`, in
    /// whatever ring holds them; answers the column eliminated: two rows that vanish together have the same orientation if and
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
            row: usize,
            keep: usize,
        ) -> Result<(Columns<R>, usize), Overflow> {
            let mut target = Columns::empty();
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
            for (row, entry) in columns.column(0).iter().enumerate() {
                if entry.is_zero() && (1..columns.dimension()).all(|c| columns.column(c)[row].is_zero()) {
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
    fn exact_division_by_multiplication() {
        for divisor in [1i64, -1, 2, -6, 7, 96, -1024, 12_345, 1 << 40, -(3 << 50)] {
            let wide = i128::from(divisor) << 62;
            for quotient in [0i64, 1, -1, 5, -77, 1000] {
                let mut out = Vec::new();
                let numerator = i128::from(divisor) * i128::from(quotient);
                if let Ok(numerator) = i64::try_from(numerator) {
                    // numerator = (numerator + 1)·1 − 1·1.
                    let bits = [i64::bits(&[numerator + 1]), 1, 1, 1];
                    let sides = ((&(numerator + 1), &[1][..]), (&1, &[1][..]));
                    if i64::eliminate(sides.0, sides.1, bits, divisor.divisor(), &mut out).is_ok() {
                        assert_eq!(out, [quotient]);
                    }
                }
                // (2⁶²·divisor)·(2·quotient) − (2⁶²·divisor)·quotient, of up to 188 bits.
                let mut out = Vec::new();
                let (x, y) = (i128::from(2 * quotient), i128::from(quotient));
                let bits = [
                    i128::bits(&[wide]),
                    i128::bits(&[x]),
                    i128::bits(&[wide]),
                    i128::bits(&[y]),
                ];
                let sides = ((&wide, &[x][..]), (&wide, &[y][..]));
                if i128::eliminate(sides.0, sides.1, bits, wide.divisor(), &mut out).is_ok() {
                    assert_eq!(out, [y]);
                }
                let (high, low) = wide_difference((wide, x), (wide, y));
                let exact = BigInt::from(wide) * y;
                let modulus = BigInt::from(1) << 256;
                let value = (BigInt::from(high) << 128) + low;
                assert_eq!(value, ((exact % &modulus) + &modulus) % &modulus);
            }
        }
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
