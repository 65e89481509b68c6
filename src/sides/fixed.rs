//! Points from what determines them, in fixed point; and on which side of a row they are, exactly.

use std::cmp::Ordering;

use num_bigint::BigInt;

use crate::advice::Corner;
use crate::exact::lp::RowTable;
use crate::exact::rows::leading_bits;

/// Bits of a row's largest entry.
const ROW: u32 = 54;
/// Bits after the point of unit rows.
const FRACTION: u32 = 48;
/// Entries stay below 2^SIZE while a system is solved.
const SIZE: u32 = 58;
/// Coordinates of points are below 2^POINT.
const POINT: u32 = 60;
/// Bits after the point of a solution: as many as leave room for its coordinates.
const PLACES: [u32; 3] = [52, 36, 20];
/// Dimensions up to which sums do not overflow.
const MOST: usize = 1000;

/// The rows of a table in fixed point.
#[derive(Debug)]
pub(super) struct FixedRows {
    width: usize,
    /// Rows over a power of two each, rounded down in absolute value.
    leading: Vec<i64>,
    /// Rows over their lengths, in units of 2^−FRACTION.
    units: Vec<i64>,
}

impl FixedRows {
    /// Of all rows; none if there are too many coordinates.
    pub(super) fn new(table: &RowTable) -> Option<Self> {
        let width = table.dimension();
        if width >= MOST {
            return None;
        }
        let (mut leading, mut units) = (Vec::new(), Vec::new());
        for row in 0..table.len() {
            let begin = leading.len();
            leading.extend(leading_bits(table.row(row).iter(), u64::from(ROW)));
            let entries = &leading[begin..];
            let square = |x: &i64| u128::from(x.unsigned_abs()).pow(2);
            let length = entries.iter().map(square).sum::<u128>().isqrt().max(1) as i128;
            units.extend(
                entries
                    .iter()
                    .map(|x| ((i128::from(*x) << FRACTION) / length) as i64),
            );
        }
        Some(FixedRows {
            width,
            leading,
            units,
        })
    }

    /// The sign of ⟨a_row, point⟩, for a point that [`solve`](Self::solve) or [`words`] answered.
    pub(super) fn side(&self, table: &RowTable, row: usize, point: &[i64]) -> Ordering {
        let entries = &self.leading[row * self.width..][..self.width];
        let (mut sum, mut doubt) = (0i128, 0u128);
        for (a, x) in entries.iter().zip(point) {
            sum += i128::from(*a) * i128::from(*x);
            // Each entry is rounded by less than 1.
            doubt += u128::from(x.unsigned_abs());
        }
        if sum.unsigned_abs() > doubt {
            return sum.cmp(&0);
        }
        table.side(row, &long(point))
    }

    /// The point that the corner determines, roughly; none if it determines none, or one that is too long.
    ///
    /// Cost: d³/3 products.
    pub(super) fn solve(&self, corner: &Corner) -> Option<Vec<i64>> {
        let mut system = self.system(corner)?;
        let size = self.width + 1;
        triangulate(&mut system, size)?;
        let point = |places| substitute(&system, size, places);
        let mut point = PLACES.into_iter().find_map(point)?;
        point.pop();
        Some(point)
    }

    /// The equations, a row each: the coordinates, t, and the right side.
    fn system(&self, corner: &Corner) -> Option<Vec<i64>> {
        let (width, one) = (self.width, 1i64 << FRACTION);
        let equations =
            corner.level.len() + corner.below.len() + corner.ends.len() + usize::from(corner.unit);
        if equations != width + 1 {
            return None;
        }
        let mut system = Vec::with_capacity((width + 1) * (width + 2));
        for (rows, right) in [(&corner.level, 0), (&corner.below, -one)] {
            for &(row, plus) in rows {
                let unit = self.units.get(row * width..)?.get(..width)?;
                system.extend(unit.iter().map(|x| if plus { *x } else { -x }));
                system.extend([-one, right]);
            }
        }
        for &end in &corner.ends {
            if end >= width {
                return None;
            }
            system.extend((0..width).map(|k| if k == end { one } else { 0 }));
            system.extend([0, -one]);
        }
        if corner.unit {
            system.extend(std::iter::repeat_n(0, width));
            system.extend([one, one]);
        }
        Some(system)
    }
}

fn fit(x: i128, bits: u32) -> Option<i64> {
    (x.unsigned_abs() < 1 << bits).then_some(x as i64)
}

/// Gaussian elimination with row pivoting of `size` rows of one entry more; none if there is no pivot, or no room.
fn triangulate(system: &mut [i64], size: usize) -> Option<()> {
    let length = size + 1;
    for k in 0..size {
        let best = (k..size).max_by_key(|i| system[i * length + k].unsigned_abs())?;
        let pivot = i128::from(system[best * length + k]);
        if pivot == 0 {
            return None;
        }
        for j in k..length {
            system.swap(k * length + j, best * length + j);
        }
        let (above, below) = system.split_at_mut((k + 1) * length);
        let lead = &above[k * length + k..];
        for row in below.chunks_exact_mut(length) {
            let factor = (i128::from(row[k]) << FRACTION) / pivot;
            if factor == 0 {
                continue;
            }
            for (x, lead) in row[k..].iter_mut().zip(lead) {
                let less = (factor * i128::from(*lead)) >> FRACTION;
                *x = fit(i128::from(*x) - less, SIZE)?;
            }
        }
    }
    Some(())
}

/// The solution of a triangular system, with so many bits after the point; none if it is too long.
fn substitute(system: &[i64], size: usize, places: u32) -> Option<Vec<i64>> {
    let length = size + 1;
    let mut solution = vec![0i64; size];
    for k in (0..size).rev() {
        let row = &system[k * length..][..length];
        let later = row[k + 1..size].iter().zip(&solution[k + 1..]);
        let sum: i128 = later.map(|(a, x)| i128::from(*a) * i128::from(*x)).sum();
        let right = i128::from(row[size]) << places;
        solution[k] = fit((right - sum).checked_div(i128::from(row[k]))?, POINT)?;
    }
    Some(solution)
}

/// The point in machine integers, if it fits.
pub(super) fn words(point: &[BigInt]) -> Option<Vec<i64>> {
    let word = |x: &BigInt| fit(i128::try_from(x).ok()?, POINT);
    point.iter().map(word).collect()
}

/// The point in big integers.
pub(super) fn long(point: &[i64]) -> Vec<BigInt> {
    point.iter().map(|x| BigInt::from(*x)).collect()
}
