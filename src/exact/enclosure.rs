//! Signs of the solution of a square linear system, by fixed point with a bound of its own error.
//!
//! For A y = b with an approximate inverse R of A: if ‖I − R A‖ ≤ e < 1 then A is invertible, and y differs from any ỹ by at most ‖R(Aỹ − b)‖/(1 − e)
//! (Krawczyk; Rump). R and ỹ may come from anywhere; here from elimination in fixed point. What is proved is computed in integers that do not
//! overflow, with the rounding of the rows counted in. So a sign that is answered is right, and where numbers are too close none is.

use num_bigint::BigInt;
use num_traits::{Signed as _, ToPrimitive as _};

/// Bits after the point of rows, whose entries are below 1.
const ROW: u32 = 54;
/// Bits after the point of the inverse, and of the solution.
const FRACTION: u32 = 40;
/// Entries of the inverse, and of the solution, are below 2^SIZE.
const SIZE: u32 = 22;
/// Dimensions up to which sums do not overflow.
const MOST: usize = 200;

/// The columns' entries of a row over a power of two that makes the largest nearly 1, in units of 2^−ROW and rounded down in absolute value.
pub(super) fn rounded(row: &[BigInt], columns: &[usize]) -> Vec<i64> {
    let row = columns.iter().map(|k| &row[*k]);
    let bits = row.clone().map(BigInt::bits).max().unwrap_or(0);
    let (down, up) = (
        bits.saturating_sub(u64::from(ROW)),
        u64::from(ROW).saturating_sub(bits),
    );
    let entry = |x: &BigInt| {
        let size = ((x.abs() << up) >> down).to_i64().unwrap_or(0);
        if x.is_negative() { -size } else { size }
    };
    row.map(entry).collect()
}

/// Room for the matrices, kept from one system to the next.
#[derive(Debug, Default)]
pub(super) struct Enclosure {
    work: Vec<i64>,
    inverse: Vec<i64>,
    columns: Vec<i64>,
    right: Vec<i64>,
    solution: Vec<i64>,
    defect: Vec<i128>,
}

impl Enclosure {
    /// Whether Σ μ_j g_j = 0 over the oriented rows has, up to a factor, one solution only, with all μ_j > 0; none if that cannot be told here. There
    /// are one more rows than they have entries.
    pub(super) fn is_positive<'a>(
        &mut self,
        rows: impl ExactSizeIterator<Item = (&'a [i64], bool)> + Clone,
    ) -> Option<bool> {
        let size = rows
            .len()
            .checked_sub(1)
            .filter(|size| (1..=MOST).contains(size))?;
        // A y = b: the columns of A are the first rows, b is the last one turned round.
        self.columns.clear();
        self.columns.resize(size * size, 0);
        self.right.clear();
        for (j, (row, plus)) in rows.enumerate() {
            let turn = |x: i64| if plus { x } else { -x };
            match j < size {
                true => (0..size).for_each(|i| self.columns[i * size + j] = turn(row[i])),
                false => self.right.extend(row.iter().map(|x| -turn(*x))),
            }
        }
        self.invert(size)?;
        self.solve(size)?;
        let error = self.error(size)?;
        // All are far from 0, or it is not told.
        match self
            .solution
            .iter()
            .all(|y| i128::from(y.unsigned_abs()) > error)
        {
            true => Some(self.solution.iter().all(|y| *y > 0)),
            false => None,
        }
    }

    /// An approximate inverse.
    fn invert(&mut self, size: usize) -> Option<()> {
        let limit = 1i128 << (SIZE + FRACTION);
        let fit = |x: i128| (x.abs() < limit).then_some(x as i64);
        self.work.clear();
        self.work
            .extend(self.columns.iter().map(|x| x >> (ROW - FRACTION)));
        self.inverse.clear();
        self.inverse.resize(size * size, 0);
        for k in 0..size {
            self.inverse[k * size + k] = 1 << FRACTION;
        }
        for k in 0..size {
            let best = (k..size).max_by_key(|i| self.work[i * size + k].unsigned_abs())?;
            let pivot = i128::from(self.work[best * size + k]);
            if pivot == 0 {
                return None;
            }
            for j in 0..size {
                self.work.swap(k * size + j, best * size + j);
                self.inverse.swap(k * size + j, best * size + j);
            }
            let reciprocal = i128::from(fit((1i128 << (2 * FRACTION)) / pivot)?);
            let scaled = |x: i64| fit((i128::from(x) * reciprocal) >> FRACTION);
            for j in 0..size {
                if j >= k {
                    self.work[k * size + j] = scaled(self.work[k * size + j])?;
                }
                self.inverse[k * size + j] = scaled(self.inverse[k * size + j])?;
            }
            for i in 0..size {
                let factor = i128::from(self.work[i * size + k]);
                if i == k || factor == 0 {
                    continue;
                }
                for j in k..size {
                    let less = (factor * i128::from(self.work[k * size + j])) >> FRACTION;
                    self.work[i * size + j] = fit(i128::from(self.work[i * size + j]) - less)?;
                }
                for j in 0..size {
                    let less = (factor * i128::from(self.inverse[k * size + j])) >> FRACTION;
                    let entry = i128::from(self.inverse[i * size + j]) - less;
                    self.inverse[i * size + j] = fit(entry)?;
                }
            }
        }
        Some(())
    }

    /// A ỹ − b in units of 2^(ROW + FRACTION).
    fn residual(&self, size: usize, i: usize) -> i128 {
        let row = &self.columns[i * size..][..size];
        let sum: i128 = row
            .iter()
            .zip(&self.solution)
            .map(|(a, y)| i128::from(*a) * i128::from(*y))
            .sum();
        sum - (i128::from(self.right[i]) << FRACTION)
    }

    /// R times the residual, in units of 2^FRACTION.
    fn correction(&mut self, size: usize) -> impl Iterator<Item = i128> + '_ {
        self.defect.clear();
        for i in 0..size {
            let residual = self.residual(size, i) >> ROW;
            self.defect.push(residual);
        }
        (0..size).map(move |i| {
            let row = &self.inverse[i * size..][..size];
            let terms = row.iter().zip(&self.defect);
            let sum: i128 = terms
                .map(|(r, d)| i128::from(*r).saturating_mul(*d))
                .fold(0, i128::saturating_add);
            sum >> FRACTION
        })
    }

    /// An approximate solution: R b, corrected once.
    fn solve(&mut self, size: usize) -> Option<()> {
        let limit = 1i128 << (SIZE + FRACTION);
        self.solution.clear();
        for i in 0..size {
            let row = &self.inverse[i * size..][..size];
            let terms = row.iter().zip(&self.right);
            let sum: i128 = terms.map(|(r, b)| i128::from(*r) * i128::from(*b)).sum();
            let y = sum >> ROW;
            if y.abs() >= limit {
                return None;
            }
            self.solution.push(y as i64);
        }
        let corrections: Vec<i128> = self.correction(size).collect();
        for (y, less) in self.solution.iter_mut().zip(corrections) {
            let next = i128::from(*y) - less;
            if next.abs() >= limit {
                return None;
            }
            *y = next as i64;
        }
        Some(())
    }

    /// How far the solution may be off, in units of 2^−FRACTION, for all rows that are rounded to these; none if the inverse is too rough.
    fn error(&self, size: usize) -> Option<i128> {
        // Rows are rounded by less than one unit an entry.
        let unit = 1i128 << (ROW + FRACTION);
        let (mut rough, mut longest) = (0i128, 0i128);
        for i in 0..size {
            let inverse = &self.inverse[i * size..][..size];
            let length: i128 = inverse.iter().map(|r| i128::from(r.unsigned_abs())).sum();
            longest = longest.max(length);
            // Σ_j |δ_ij − Σ_k R_ik A_kj|, and what rounding of A adds: |R| times one unit for each j.
            let mut row = length * size as i128;
            self.defect_row(inverse, size, i, &mut row);
            rough = rough.max(row);
        }
        if rough >= unit / 2 {
            return None;
        }
        // |Aỹ − b| with the rounding of A and b, in units of 2^(ROW + FRACTION), rounded up to 2^FRACTION.
        let sizes: i128 = self
            .solution
            .iter()
            .map(|y| i128::from(y.unsigned_abs()))
            .sum();
        let worst =
            (0..size).map(|i| self.residual(size, i).abs()).max()? + sizes + (1 << FRACTION);
        // ‖R‖·worst/(1 − 1/2): in units of 2^(2·FRACTION + ROW).
        let worst = (worst >> (ROW - 14)) + 1;
        let error = longest.checked_mul(worst)?.checked_mul(2)?;
        Some((error >> (FRACTION + 14)) + 1)
    }

    fn defect_row(&self, inverse: &[i64], size: usize, i: usize, sum: &mut i128) {
        for j in 0..size {
            let mut entry: i128 = if i == j {
                -(1i128 << (ROW + FRACTION))
            } else {
                0
            };
            for (k, r) in inverse.iter().enumerate() {
                entry += i128::from(*r) * i128::from(self.columns[k * size + j]);
            }
            *sum = sum.saturating_add(entry.abs());
        }
    }
}
