//! Arrangements on a two-dimensional flat: one sweep over the rays of a half-circle.

use std::cmp::Ordering;

use super::entry::Entry;
use super::mask::Mask;
use super::matrix::{Columns, Matrix};

/// The restrictions to a flat of dimension 2, as far as the sweep needs them.
trait Pencil {
    /// The number of rows.
    fn rows(&self) -> usize;
    /// The sign of the determinant of two rows.
    fn turn(&self, one: usize, other: usize) -> Ordering;
    /// Whether a row vanishes.
    fn vanishes(&self, row: usize) -> bool;
    /// Whether two parallel rows, neither of which vanishes, point the same way.
    fn same_way(&self, one: usize, other: usize) -> bool;
}

impl<R: Entry> Pencil for Columns<R> {
    fn rows(&self) -> usize {
        self.column(0).len()
    }
    fn turn(&self, one: usize, other: usize) -> Ordering {
        let (x, y) = (self.column(0), self.column(1));
        R::cross_sign(&x[one], &y[one], &x[other], &y[other])
    }
    fn vanishes(&self, row: usize) -> bool {
        self.column(0)[row].is_zero() && self.column(1)[row].is_zero()
    }
    fn same_way(&self, one: usize, other: usize) -> bool {
        let signs =
            |column: usize| self.column(column)[one].sign() == self.column(column)[other].sign();
        signs(0) && signs(1)
    }
}

/// Rows with entries of at most 31 bits: their products fit machine words.
struct Narrow<'a> {
    x: &'a [i64],
    y: &'a [i64],
}

impl Pencil for Narrow<'_> {
    #[inline]
    fn rows(&self) -> usize {
        self.x.len()
    }
    #[inline]
    fn turn(&self, one: usize, other: usize) -> Ordering {
        (self.x[one] * self.y[other]).cmp(&(self.y[one] * self.x[other]))
    }
    #[inline]
    fn vanishes(&self, row: usize) -> bool {
        self.x[row] | self.y[row] == 0
    }
    #[inline]
    fn same_way(&self, one: usize, other: usize) -> bool {
        self.x[one].signum() == self.x[other].signum()
            && self.y[one].signum() == self.y[other].signum()
    }
}

/// Rows of long integers with their leading bits, which decide most questions.
struct Leading<'a> {
    exact: &'a dyn Pencil,
    /// Each row is divided by a power of two of its own and rounded down, to entries below 2^62 in absolute value.
    leading: Narrow<'a>,
}

impl Pencil for Leading<'_> {
    fn rows(&self) -> usize {
        self.leading.rows()
    }
    fn turn(&self, one: usize, other: usize) -> Ordering {
        let product = |x: i64, y: i64| i128::from(x) * i128::from(y);
        let Narrow { x, y } = self.leading;
        let difference = product(x[one], y[other]) - product(y[one], x[other]);
        // Each entry is off by less than 1, so each product by less than 2^63 + 1.
        if difference.unsigned_abs() >> 65 != 0 {
            difference.cmp(&0)
        } else {
            self.exact.turn(one, other)
        }
    }
    fn vanishes(&self, row: usize) -> bool {
        self.leading.vanishes(row)
    }
    fn same_way(&self, one: usize, other: usize) -> bool {
        self.exact.same_way(one, other)
    }
}

/// The leading bits of the rows.
fn leading<R: Entry>(columns: &Columns<R>, x: &mut Vec<i64>, y: &mut Vec<i64>) {
    x.clear();
    y.clear();
    for (one, other) in columns.column(0).iter().zip(columns.column(1)) {
        let shift = one.bits().max(other.bits()).saturating_sub(62);
        x.push(one.window(shift).cast_signed());
        y.push(other.window(shift).cast_signed());
    }
}

/// What a sweep finds, and working memory.
#[derive(Debug, Default)]
pub(crate) struct Sweep {
    /// The rows on whose − side the half-circle begins.
    minus: Vec<u32>,
    /// Rows that change sign, with the number of the group of equal rays of candidates at which they have done so.
    flips: Vec<(u32, u32)>,
    /// The number of groups.
    groups: u32,
    /// For each row, whether its normal lies clockwise of the first.
    turned: Vec<bool>,
    rays: Vec<u32>,
    others: Vec<u32>,
    leaders: Vec<u32>,
    leading: (Vec<i64>, Vec<i64>),
}

impl Sweep {
    /// Appends the regions of the pencil that `matrix`, of dimension 2, holds: of the lines in `candidates` (ascending, none of
    /// which vanishes), on the + side of the first. Each region is given by the full sign vector of one of its points that is on
    /// no line of the pencil (0 bits where a row vanishes), and the regions are sorted by the signs on the candidates.
    pub(crate) fn regions<M: Mask>(
        &mut self,
        matrix: &Matrix,
        candidates: &[u32],
        out: &mut Vec<M>,
    ) {
        match matrix {
            Matrix::Small(columns) => match columns.narrow() {
                Some((x, y)) => self.find(&Narrow { x, y }, candidates),
                None => self.find(columns, candidates),
            },
            Matrix::Two(columns) => self.find_long(columns, candidates),
            Matrix::Four(columns) => self.find_long(columns, candidates),
            Matrix::Eight(columns) => self.find_long(columns, candidates),
            Matrix::Sixteen(columns) => self.find_long(columns, candidates),
            Matrix::Large(columns) => self.find_long(columns, candidates),
        }
        let start = out.len();
        let first = self
            .minus
            .iter()
            .fold(M::EMPTY, |signs, &row| signs.or(M::bit(row as usize)));
        out.resize(start + self.groups as usize + 1, M::EMPTY);
        let found = &mut out[start..];
        found[0] = first;
        for &(group, row) in &self.flips {
            let flips = &mut found[group as usize + 1];
            *flips = flips.or(M::bit(row as usize));
        }
        for index in 1..found.len() {
            found[index] = found[index].xor(found[index - 1]);
        }
        found.sort_unstable();
    }

    fn find_long<R: Entry>(&mut self, columns: &Columns<R>, candidates: &[u32]) {
        let (mut x, mut y) = std::mem::take(&mut self.leading);
        leading(columns, &mut x, &mut y);
        let pencil = Leading {
            exact: columns,
            leading: Narrow { x: &x, y: &y },
        };
        self.find(&pencil, candidates);
        self.leading = (x, y);
    }

    fn find<P: Pencil>(&mut self, pencil: &P, candidates: &[u32]) {
        self.minus.clear();
        self.flips.clear();
        self.rays.clear();
        self.others.clear();
        self.leaders.clear();
        self.turned.clear();
        let first = candidates[0] as usize;
        let mut next_candidate = candidates.iter().copied().peekable();
        for row in 0..pencil.rows() {
            let is_candidate = next_candidate.next_if_eq(&(row as u32)).is_some();
            // At the start of the half-circle a line whose ray is still to come shows its − side if its normal lies
            // counterclockwise of the first normal.
            let turn = pencil.turn(first, row);
            self.turned.push(turn == Ordering::Less);
            if turn == Ordering::Greater
                || (turn == Ordering::Equal && self.opposite(pencil, first, row))
            {
                self.minus.push(row as u32);
            }
            if turn != Ordering::Equal {
                if is_candidate {
                    self.rays.push(row as u32)
                } else {
                    self.others.push(row as u32)
                }
            }
        }
        let turned = &self.turned;
        let order = |one: u32, other: u32| {
            let turn = pencil.turn(other as usize, one as usize);
            if turned[one as usize] == turned[other as usize] {
                turn
            } else {
                turn.reverse()
            }
        };
        self.rays.sort_unstable_by(|&one, &other| order(one, other));
        for &ray in &self.rays {
            if self
                .leaders
                .last()
                .is_none_or(|&leader| order(leader, ray) != Ordering::Equal)
            {
                self.leaders.push(ray);
            }
            self.flips.push((self.leaders.len() as u32 - 1, ray));
        }
        self.groups = self.leaders.len() as u32;
        for &ray in &self.others {
            let group = self
                .leaders
                .partition_point(|&leader| order(leader, ray) == Ordering::Less);
            if group < self.leaders.len() {
                self.flips.push((group as u32, ray));
            }
        }
    }

    fn opposite<P: Pencil>(&self, pencil: &P, first: usize, row: usize) -> bool {
        !pencil.vanishes(row) && !pencil.same_way(first, row)
    }
}
