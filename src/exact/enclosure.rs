//! Signs of the solution of a square linear system, by fixed point with a bound of its own error.
//!
//! For A y = b with an approximate inverse R of A: if ‖I − R A‖ ≤ e < 1 then A is invertible, and y differs from any ỹ by at most ‖R(Aỹ − b)‖/(1 − e)
//! (Krawczyk; Rump). R and ỹ may come from anywhere; here R is kept from one system to the next and a column exchanged at a time, in fixed point. What is
//! proved is computed in integers that do not overflow, with the rounding of the rows counted in. So a sign that is answered is right, and where numbers
//! are too close none is.

use num_bigint::BigInt;

use super::lp::Decision;
use super::rows::leading_bits;

/// Bits after the point of rows, whose entries are below 1.
const ROW: u32 = 54;
/// Bits after the point of the inverse, and of the solution.
const FRACTION: u32 = 40;
/// Entries of the inverse, and of the solution, are below 2^SIZE.
const SIZE: u32 = 22;
/// Dimensions up to which sums do not overflow.
const MOST: usize = 200;
/// Bits that are kept of an entry of a row, and of the inverse, for a first look at how rough the inverse is: sums of so short products fit machine integers.
const SHORT: (u32, u32) = (24, 30);
/// A column is not exchanged for another where the pivot is below 2^−SMALL.
const SMALL: u32 = 18;

/// The rows' entries in these columns, each row over a power of two that makes its largest entry nearly 1, in units of 2^−ROW and rounded down in absolute
/// value. Columns are multiplied by powers of two before, which changes no dependence, so that each has an entry that is not small in its row.
pub(super) fn rounded<'a>(
    rows: impl Iterator<Item = &'a [BigInt]> + Clone,
    columns: &[usize],
) -> Vec<Vec<i64>> {
    let length = |row: &[BigInt]| columns.iter().map(|k| row[*k].bits()).max().unwrap_or(0);
    let lengths: Vec<u64> = rows.clone().map(length).collect();
    let missing = |k: usize| {
        let missing = rows
            .clone()
            .zip(&lengths)
            .filter(|(row, _)| row[k].bits() > 0);
        missing
            .map(|(row, length)| length - row[k].bits())
            .min()
            .unwrap_or(0)
    };
    let shifts: Vec<u64> = columns.iter().map(|k| missing(*k)).collect();
    let round = |row: &[BigInt]| {
        let places = columns.iter().zip(&shifts);
        let entries: Vec<BigInt> = places.map(|(k, shift)| &row[*k] << *shift).collect();
        leading_bits(entries.iter(), u64::from(ROW)).collect()
    };
    rows.clone().map(round).collect()
}

/// A matrix A whose columns are rows of a table, with an approximate inverse; and room to work in.
#[derive(Debug, Default)]
pub(super) struct Enclosure {
    /// The rows of the table that are A's columns; where there is none yet, a column of the identity.
    basis: Vec<Option<usize>>,
    /// R, row by row, in the order of the basis.
    inverse: Vec<i64>,
    /// Whether R is that of the identity.
    is_fresh: bool,
    /// R times a column.
    direction: Vec<i64>,
    /// The row that R gains in an exchange.
    lead: Vec<i64>,
    /// A's columns in few bits.
    short: Vec<u32>,
    solution: Vec<i64>,
    /// A ỹ − b in units of 2^(ROW + FRACTION).
    residual: Vec<i128>,
}

impl Enclosure {
    /// Whether Σ μ_j ε_j g_j = 0 over the members, rows of the table with a sign, has, up to a factor, one solution only, with all μ_j > 0; none if that
    /// cannot be told here. There is one member more than rows have entries.
    ///
    /// Cost: d³ products to prove R, and 2d² for every member that was not one before.
    pub(super) fn is_positive(&mut self, rows: &[Vec<i64>], members: &[Decision]) -> Option<bool> {
        let size = members
            .len()
            .checked_sub(1)
            .filter(|size| (1..=MOST).contains(size))?;
        if self.basis.len() != size {
            self.begin(size);
        }
        loop {
            let is_fresh = std::mem::take(&mut self.is_fresh);
            let told = self.tell(rows, members);
            if told.is_some() || is_fresh {
                return told;
            }
            // Errors may have added up.
            self.begin(size);
        }
    }

    /// The identity.
    fn begin(&mut self, size: usize) {
        self.is_fresh = true;
        self.basis.clear();
        self.basis.resize(size, None);
        self.inverse.clear();
        self.inverse.resize(size * size, 0);
        let diagonal = self.inverse.iter_mut().step_by(size + 1);
        diagonal.for_each(|entry| *entry = 1 << FRACTION);
    }

    fn tell(&mut self, rows: &[Vec<i64>], members: &[Decision]) -> Option<bool> {
        let right = self.exchange(rows, members)?;
        let sign = |row| {
            if members.contains(&(row, true)) {
                1
            } else {
                -1
            }
        };
        // A y = b with b = −ε g for the last one: positive multiples of the members.
        self.solve(rows, &rows[right])?;
        let error = self.error(rows)?;
        let turn: i64 = -sign(right);
        let mut all_positive = true;
        for (y, row) in self.solution.iter().zip(&self.basis) {
            // All are far from 0, or it is not told.
            if i128::from(y.unsigned_abs()) <= error {
                return None;
            }
            all_positive &= y * sign((*row)?) * turn > 0;
        }
        Some(all_positive)
    }

    /// Has all members but one as columns of A; answers that one.
    fn exchange(&mut self, rows: &[Vec<i64>], members: &[Decision]) -> Option<usize> {
        let is_member = |row: usize| members.iter().any(|member| member.0 == row);
        let mut free: Vec<usize> = (0..self.basis.len())
            .filter(|place| !self.basis[*place].is_some_and(is_member))
            .collect();
        let mut right = None;
        for &(row, _) in members {
            if self.basis.contains(&Some(row)) {
                continue;
            }
            self.direct(&rows[row]);
            let pivot = |at: &usize| self.direction[free[*at]].unsigned_abs();
            let largest = (0..free.len()).max_by_key(pivot);
            match largest.filter(|at| pivot(at) >> (FRACTION - SMALL) > 0) {
                Some(at) => self.bring(row, free.swap_remove(at)),
                None if right.is_none() => right = Some(row),
                None => return None,
            }
        }
        right.filter(|_| free.is_empty())
    }

    /// R times a row of the table.
    fn direct(&mut self, row: &[i64]) {
        self.direction.clear();
        let inverse = self.inverse.chunks_exact(self.basis.len());
        self.direction
            .extend(inverse.map(|entries| (product(entries, row) >> ROW) as i64));
    }

    /// Exchanges the column at a place for the row that was [directed](Self::direct) last. What does not fit makes an R that proves nothing.
    fn bring(&mut self, row: usize, place: usize) {
        let size = self.basis.len();
        let pivot = i128::from(self.direction[place]);
        let reciprocal = ((1i128 << (2 * FRACTION)) / pivot) as i64;
        let lead = &mut self.inverse[place * size..][..size];
        lead.iter_mut().for_each(|x| *x = scaled(*x, reciprocal));
        self.lead.clear();
        self.lead.extend_from_slice(lead);
        let inverse = self.inverse.chunks_exact_mut(size).zip(&self.direction);
        for (i, (entries, factor)) in inverse.enumerate() {
            if i != place && *factor != 0 {
                for (x, lead) in entries.iter_mut().zip(&self.lead) {
                    *x = x.wrapping_sub(scaled(*lead, *factor));
                }
            }
        }
        self.basis[place] = Some(row);
    }

    /// The residual of the solution for the right side b.
    fn find_residual(&mut self, rows: &[Vec<i64>], right: &[i64]) {
        self.residual.clear();
        self.residual
            .extend(right.iter().map(|b| -(i128::from(*b) << FRACTION)));
        for (y, row) in self.solution.iter().zip(&self.basis) {
            let column = row.map_or(&[][..], |row| &rows[row]);
            for (sum, a) in self.residual.iter_mut().zip(column) {
                *sum += i128::from(*a) * i128::from(*y);
            }
        }
    }

    /// An approximate solution: R b, corrected once.
    fn solve(&mut self, rows: &[Vec<i64>], right: &[i64]) -> Option<()> {
        let limit = 1i128 << (SIZE + FRACTION);
        let fit = |y: i128| (y.abs() < limit).then_some(y as i64);
        let size = self.basis.len();
        self.solution.clear();
        for entries in self.inverse.chunks_exact(size) {
            self.solution.push(fit(product(entries, right) >> ROW)?);
        }
        self.find_residual(rows, right);
        let inverse = self.inverse.chunks_exact(size);
        for (y, entries) in self.solution.iter_mut().zip(inverse) {
            // With as many bits after the point as rows have.
            let less = corrected(entries, self.residual.iter().map(|x| x >> FRACTION))?;
            *y = fit(i128::from(*y) - (less >> ROW))?;
        }
        self.find_residual(rows, right);
        Some(())
    }

    /// How far the solution may be off, in units of 2^−FRACTION, for all rows that are rounded to these; none if the inverse is too rough.
    fn error(&mut self, rows: &[Vec<i64>]) -> Option<i128> {
        let longest = self
            .inverse
            .chunks_exact(self.basis.len())
            .map(length)
            .max()?;
        let half = 1i128 << (ROW + FRACTION - 1);
        if self.shortly_rough(rows, longest)? >= half && self.rough(rows, longest)? >= half {
            return None;
        }
        // Rounding of A and b changes Aỹ − b by at most this, and |R| times that is added to |R(Aỹ − b)|, in units of 2^−(ROW + 2·FRACTION).
        let sizes = self.solution.iter().map(|y| i128::from(y.unsigned_abs()));
        let rounding = sizes.sum::<i128>() + (1 << FRACTION);
        let mut worst = 0;
        for inverse in self.inverse.chunks_exact(self.basis.len()) {
            let known = corrected(inverse, self.residual.iter().copied())?;
            let unknown = length(inverse).checked_mul(rounding)?;
            worst = known.checked_abs()?.checked_add(unknown)?.max(worst);
        }
        // Over 1 − 1/2.
        Some((worst >> (ROW + FRACTION - 1)) + 1)
    }

    /// At least ‖I − R A‖ = max_i Σ_j |δ_ij − Σ_k R_ik A_kj|, in units of 2^−(ROW + FRACTION), for all A that are rounded to this one.
    fn rough(&self, rows: &[Vec<i64>], longest: i128) -> Option<i128> {
        let size = self.basis.len();
        let mut rough = 0i128;
        for (i, inverse) in self.inverse.chunks_exact(size).enumerate() {
            let mut sum = 0i128;
            for (j, column) in self.basis.iter().enumerate() {
                let one = if i == j { 1 << (ROW + FRACTION) } else { 0 };
                let entry = product(inverse, &rows[(*column)?]) - one;
                sum = sum.saturating_add(entry.abs());
            }
            rough = rough.max(sum);
        }
        // Rounding of A adds less than |R| times one unit for each j.
        Some(rough.saturating_add(longest.saturating_mul(size as i128)))
    }

    /// The same, perhaps more, from the first bits of R and A: a fraction of the cost, and hardly ever too much.
    fn shortly_rough(&mut self, rows: &[Vec<i64>], longest: i128) -> Option<i128> {
        let size = self.basis.len();
        let (entry, most) = SHORT;
        let cut = ROW - entry;
        // Both with so much added that nothing is negative: products of such numbers are what machines do side by side.
        let (add, add_inverse) = (1i64 << entry, 1i64 << most);
        self.short.clear();
        for column in &self.basis {
            let column = rows[(*column)?].iter();
            self.short.extend(column.map(|a| ((a >> cut) + add) as u32));
        }
        let sum = |x: &[u32]| -> i128 { x.iter().map(|x| i128::from(*x)).sum() };
        let sums: Vec<i128> = self.short.chunks_exact(size).map(sum).collect();
        let largest = self.inverse.iter().map(|r| r.unsigned_abs()).max()?;
        let shift = (64 - largest.leading_zeros()).saturating_sub(most);
        let one = 1i128 << (ROW + FRACTION - cut - shift);
        let (mut rough, mut row) = (0i128, Vec::with_capacity(size));
        for (i, inverse) in self.inverse.chunks_exact(size).enumerate() {
            row.clear();
            row.extend(inverse.iter().map(|r| ((r >> shift) + add_inverse) as u32));
            let added = sum(&row) * i128::from(add) - size as i128 * i128::from(add * add_inverse);
            let mut total = 0i128;
            for (j, column) in self.short.chunks_exact(size).enumerate() {
                let terms = row.iter().zip(column);
                let product: u64 = terms.map(|(r, a)| u64::from(*r) * u64::from(*a)).sum();
                let entry = i128::from(product) - added - sums[j] * i128::from(add_inverse);
                total += (entry - if i == j { one } else { 0 }).abs();
            }
            rough = rough.max(total);
        }
        // An entry of R A differs by |R| times what is cut from A, at most 2^cut with its rounding, and what is cut from R times entries of A below 2^entry.
        let from_rows = longest.checked_mul(size as i128)?.checked_mul(1 << cut)?;
        let from_inverse = (size as i128 * size as i128).checked_shl(shift + ROW)?;
        let rough = rough.checked_mul(1i128 << (cut + shift))?;
        rough.checked_add(from_rows)?.checked_add(from_inverse)
    }
}

/// x·y with the point where it was.
fn scaled(x: i64, y: i64) -> i64 {
    ((i128::from(x) * i128::from(y)) >> FRACTION) as i64
}

/// Σ |x_k|.
fn length(x: &[i64]) -> i128 {
    x.iter().map(|x| i128::from(x.unsigned_abs())).sum()
}

/// The inner product with longer numbers, if it is not too large.
fn corrected(x: &[i64], y: impl Iterator<Item = i128>) -> Option<i128> {
    let mut terms = x.iter().zip(y);
    terms.try_fold(0i128, |sum, (x, y)| {
        sum.checked_add(i128::from(*x).checked_mul(y)?)
    })
}

/// The inner product.
fn product(x: &[i64], y: &[i64]) -> i128 {
    let terms = x.iter().zip(y);
    terms.map(|(x, y)| i128::from(*x) * i128::from(*y)).sum()
}
