//! Concave functions on a box: the dual simplex method with bounded multipliers, over any ordered field.
//!
//! A hill is ⟨a, (x, 1)⟩ + Σ_j min over μ ∈ [least_j, most_j] of μ⟨g_j, (x, 1)⟩ on a box. Its dual: the least, over multipliers μ_j within their bounds, of what the
//! affine function a + Σ μ_j g_j is at most on the box. A basis has d members, ends of the box and rows, so that there is always one to begin with:
//! a corner. Of a corner or a row in between, which is all that a [`Peak`] says, the multipliers and the point follow by linear equations.

use std::cmp::Ordering;

use num_traits::{One, Zero};

use crate::exact::rational::Rational;
use crate::watch::{Stop, Watch};

/// A number of an ordered field, or what is taken for one.
pub trait Field: Clone + PartialOrd {
    /// 0.
    fn zero() -> Self;
    /// 1.
    fn one() -> Self;
    /// The sum.
    fn plus(&self, other: &Self) -> Self;
    /// The difference.
    fn minus(&self, other: &Self) -> Self;
    /// The product.
    fn times(&self, other: &Self) -> Self;
    /// The quotient.
    fn by(&self, other: &Self) -> Self;
    /// Whether it counts as 0.
    fn is_small(&self) -> bool;
}

/// A row that bends the function.
#[derive(Clone, Debug)]
pub struct Bend<T> {
    /// g, d + 1 numbers.
    pub row: Vec<T>,
    /// The least multiplier.
    pub least: T,
    /// The largest multiplier.
    pub most: T,
}

/// A concave function on a box.
#[derive(Clone, Debug)]
pub struct Hill<T> {
    /// Both ends of each coordinate.
    pub ends: Vec<[T; 2]>,
    /// a, d + 1 numbers.
    pub affine: Vec<T>,
    /// The rows.
    pub bends: Vec<Bend<T>>,
}

/// Where a hill is highest, or may be: index sets and sides alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Peak {
    /// Coordinates that are at no end.
    pub free: Vec<usize>,
    /// Rows that are 0 there, as many as free coordinates.
    pub tight: Vec<usize>,
    /// For every coordinate that is not free, whether it is at the upper end.
    pub upper: Vec<bool>,
    /// For every row that is not tight, whether its multiplier is the largest one.
    pub most: Vec<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    End(usize),
    Row(usize),
}

/// What enters, in which direction, and how much is gained by it.
struct Entering<T> {
    column: Column,
    up: bool,
    gain: T,
}

/// The peak, from a corner or from a guess where that is a basis.
///
/// `pivots` limits the work; without it the answer is right in a field, by the least-index rule after the first pivots (Bland 1977). Cost: d·(d + rows) products a pivot.
///
/// # Errors
/// The limit of `watch` that was met.
///
/// # Panics
/// If rows have other lengths than d + 1, or the guess names coordinates or rows that there are not.
pub fn climb<T: Field>(
    hill: &Hill<T>,
    guess: Option<&Peak>,
    pivots: Option<usize>,
    watch: &Watch,
) -> Result<Peak, Stop> {
    let mut state = State::new(hill);
    if let Some(guess) = guess
        && !state.take(guess)
    {
        state = State::new(hill);
    }
    let quick = 40 + 8 * (hill.ends.len() + hill.bends.len());
    for round in 0..pivots.unwrap_or(usize::MAX) {
        watch.check()?;
        let by_index = round >= quick;
        let Some(entering) = state.entering(by_index) else {
            break;
        };
        if !state.pivot(&entering, by_index) {
            break;
        }
    }
    Ok(state.peak())
}

struct State<'a, T> {
    hill: &'a Hill<T>,
    basis: Vec<Column>,
    /// The inverse of the basis, by rows: one for each member.
    inverse: Vec<T>,
    /// The values of the members: slopes at ends, multipliers of rows.
    levels: Vec<T>,
    is_basic: [Vec<bool>; 2],
    most: Vec<bool>,
    /// Which end a member's slope asks for; of a slope that is 0 it may be either.
    upper: Vec<bool>,
    point: Vec<T>,
}

impl<'a, T: Field> State<'a, T> {
    fn new(hill: &'a Hill<T>) -> Self {
        let size = hill.ends.len();
        let mut inverse = vec![T::zero(); size * size];
        for k in 0..size {
            inverse[k * size + k] = T::one();
        }
        let mut state = State {
            hill,
            basis: (0..size).map(Column::End).collect(),
            inverse,
            levels: Vec::new(),
            is_basic: [vec![true; size], vec![false; hill.bends.len()]],
            most: vec![false; hill.bends.len()],
            upper: vec![true; size],
            point: Vec::new(),
        };
        state.find_levels();
        state
    }

    fn size(&self) -> usize {
        self.hill.ends.len()
    }

    fn bound(&self, row: usize, most: bool) -> &T {
        let bend = &self.hill.bends[row];
        if most { &bend.most } else { &bend.least }
    }

    /// Slopes and multipliers, from the multipliers that are at their bounds.
    fn find_levels(&mut self) {
        let size = self.size();
        let mut sums = self.hill.affine[..size].to_vec();
        for (row, bend) in self.hill.bends.iter().enumerate() {
            if !self.is_basic[1][row] {
                let multiplier = self.bound(row, self.most[row]);
                for (sum, g) in sums.iter_mut().zip(&bend.row) {
                    *sum = sum.plus(&multiplier.times(g));
                }
            }
        }
        let lines = self.inverse.chunks_exact(size.max(1));
        self.levels = lines.map(|line| product(line, &sums)).collect();
        for (column, level) in self.basis.iter().zip(&self.levels) {
            if let Column::End(k) = column {
                self.upper[*k] = *level >= T::zero();
            }
        }
    }

    /// Begins at the guess; false if it is no basis.
    fn take(&mut self, guess: &Peak) -> bool {
        let size = self.size();
        self.most.clone_from(&guess.most);
        let mut open = vec![false; size];
        guess.free.iter().for_each(|k| open[*k] = true);
        for row in &guess.tight {
            let along = self.along(Column::Row(*row));
            let mut best: Option<usize> = None;
            for (i, step) in along.iter().enumerate() {
                let leaves = matches!(self.basis[i], Column::End(k) if open[k]);
                let longer = |old: usize| size_of(step) > size_of(&along[old]);
                if leaves && !step.is_small() && best.is_none_or(longer) {
                    best = Some(i);
                }
            }
            let Some(out) = best else { return false };
            self.exchange(out, Column::Row(*row), &along);
        }
        self.find_levels();
        let within = self
            .basis
            .iter()
            .zip(&self.levels)
            .all(|(column, level)| match column {
                Column::End(_) => true,
                Column::Row(row) => {
                    level >= self.bound(*row, false) && level <= self.bound(*row, true)
                }
            });
        within && guess.free.len() == guess.tight.len()
    }

    /// A column in terms of the basis.
    fn along(&self, column: Column) -> Vec<T> {
        let lines = self.inverse.chunks_exact(self.size().max(1));
        let of = |line: &[T]| match column {
            Column::End(k) => line[k].clone(),
            Column::Row(row) => T::zero().minus(&product(line, &self.hill.bends[row].row)),
        };
        lines.map(of).collect()
    }

    /// The point where members' rows are 0, and members' coordinates at the end that their slope asks for.
    fn find_point(&mut self) {
        let size = self.size();
        let mut point = vec![T::zero(); size];
        for (i, column) in self.basis.iter().enumerate() {
            let cost = match column {
                Column::End(k) => &self.hill.ends[*k][usize::from(self.upper[*k])],
                Column::Row(row) => &self.hill.bends[*row].row[size],
            };
            for (x, entry) in point.iter_mut().zip(&self.inverse[i * size..]) {
                *x = x.plus(&cost.times(entry));
            }
        }
        self.point = point;
    }

    /// What makes the bound smaller: most of all, or the first.
    fn entering(&mut self, first: bool) -> Option<Entering<T>> {
        self.find_point();
        let size = self.size();
        let mut best: Option<Entering<T>> = None;
        let mut offer = |column: Column, up: bool, gain: T| {
            let gains = gain > T::zero() && !gain.is_small();
            if gains && best.as_ref().is_none_or(|best| !first && gain > best.gain) {
                best = Some(Entering { column, up, gain });
            }
        };
        for (k, [lower, upper]) in self.hill.ends.iter().enumerate() {
            if !self.is_basic[0][k] {
                offer(Column::End(k), true, self.point[k].minus(upper));
                offer(Column::End(k), false, lower.minus(&self.point[k]));
            }
        }
        for (row, bend) in self.hill.bends.iter().enumerate() {
            if self.is_basic[1][row] || bend.least >= bend.most {
                continue;
            }
            let value = product(&self.point, &bend.row).plus(&bend.row[size]);
            match self.most[row] {
                true => offer(Column::Row(row), false, value),
                false => offer(Column::Row(row), true, T::zero().minus(&value)),
            }
        }
        best
    }

    /// Goes as far as the bound becomes smaller; false if that has no end.
    fn pivot(&mut self, entering: &Entering<T>, by_index: bool) -> bool {
        let along = self.along(entering.column);
        // A step forward changes each level by this.
        let steps: Vec<T> = along
            .iter()
            .map(|x| {
                if entering.up {
                    T::zero().minus(x)
                } else {
                    x.clone()
                }
            })
            .collect();
        let mut breaks: Vec<(T, usize, Option<T>)> = Vec::new();
        for (i, step) in steps.iter().enumerate() {
            if step.is_small() {
                continue;
            }
            let (forward, level) = (*step > T::zero(), &self.levels[i]);
            match self.basis[i] {
                Column::End(k) => {
                    if self.upper[k] != forward {
                        let [lower, upper] = &self.hill.ends[k];
                        let cost = size_of(step).times(&upper.minus(lower));
                        breaks.push((size_of(&level.by(step)), i, Some(cost)));
                    }
                }
                Column::Row(row) => {
                    let room = self.bound(row, forward).minus(level).by(step);
                    let room = if room > T::zero() { room } else { T::zero() };
                    breaks.push((room, i, None));
                }
            }
        }
        let order = |i: usize| match self.basis[i] {
            Column::End(k) => k,
            Column::Row(row) => self.size() + row,
        };
        breaks.sort_by(|x, y| {
            let lengths = x.0.partial_cmp(&y.0).unwrap_or(Ordering::Equal);
            lengths.then(order(x.1).cmp(&order(y.1)))
        });
        let own = match entering.column {
            Column::End(_) => None,
            Column::Row(row) => Some(self.bound(row, true).minus(self.bound(row, false))),
        };
        let mut left = entering.gain.clone();
        let mut leaving = None;
        for (length, i, cost) in breaks {
            if own.as_ref().is_some_and(|own| length > *own) {
                break;
            }
            if let (Some(cost), false) = (cost, by_index) {
                left = left.minus(&cost);
                if left > T::zero() && !left.is_small() {
                    if let Column::End(k) = self.basis[i] {
                        self.upper[k] = !self.upper[k];
                    }
                    continue;
                }
            }
            leaving = Some((length, i));
            break;
        }
        let length = match (&leaving, &own) {
            (Some((length, _)), _) => length,
            (None, Some(own)) => own,
            (None, None) => return false,
        };
        for (level, step) in self.levels.iter_mut().zip(&steps) {
            *level = level.plus(&step.times(length));
        }
        let length = if entering.up {
            length.clone()
        } else {
            T::zero().minus(length)
        };
        let Some((_, out)) = leaving else {
            if let Column::Row(row) = entering.column {
                self.most[row] = entering.up;
            }
            return true;
        };
        if let Column::Row(row) = self.basis[out] {
            self.most[row] = steps[out] > T::zero();
        }
        let level = match entering.column {
            Column::End(k) => {
                self.upper[k] = entering.up;
                length
            }
            Column::Row(row) => self.bound(row, self.most[row]).plus(&length),
        };
        self.exchange(out, entering.column, &along);
        self.levels[out] = level;
        true
    }

    fn exchange(&mut self, out: usize, column: Column, along: &[T]) {
        let size = self.size();
        let (above, rest) = self.inverse.split_at_mut(out * size);
        let (lead, below) = rest.split_at_mut(size);
        for x in lead.iter_mut() {
            *x = x.by(&along[out]);
        }
        let lines = above
            .chunks_exact_mut(size)
            .chain(below.chunks_exact_mut(size));
        for (i, line) in (0..size).filter(|i| *i != out).zip(lines) {
            if along[i] == T::zero() {
                continue;
            }
            for (x, lead) in line.iter_mut().zip(&*lead) {
                if *lead != T::zero() {
                    *x = x.minus(&along[i].times(lead));
                }
            }
        }
        for (column, basic) in [(self.basis[out], false), (column, true)] {
            match column {
                Column::End(k) => self.is_basic[0][k] = basic,
                Column::Row(row) => self.is_basic[1][row] = basic,
            }
        }
        self.basis[out] = column;
    }

    fn peak(&self) -> Peak {
        let chosen = |basic: bool, list: &[bool]| {
            let list = list.iter().enumerate();
            let chosen = list.filter(|(_, is)| **is == basic);
            chosen.map(|(index, _)| index).collect()
        };
        Peak {
            free: chosen(false, &self.is_basic[0]),
            tight: chosen(true, &self.is_basic[1]),
            upper: self.upper.clone(),
            most: self.most.clone(),
        }
    }
}

fn size_of<T: Field>(x: &T) -> T {
    match *x < T::zero() {
        true => T::zero().minus(x),
        false => x.clone(),
    }
}

/// ⟨x, y⟩ over as many entries as both have.
fn product<T: Field>(x: &[T], y: &[T]) -> T {
    let pairs = x.iter().zip(y);
    pairs.fold(T::zero(), |sum, (x, y)| sum.plus(&x.times(y)))
}

impl Field for Rational {
    fn zero() -> Self {
        Zero::zero()
    }
    fn one() -> Self {
        One::one()
    }
    fn plus(&self, other: &Self) -> Self {
        self + other
    }
    fn minus(&self, other: &Self) -> Self {
        self - other
    }
    fn times(&self, other: &Self) -> Self {
        match self.is_zero() || other.is_zero() {
            true => Zero::zero(),
            false => self * other,
        }
    }
    fn by(&self, other: &Self) -> Self {
        self / other
    }
    fn is_small(&self) -> bool {
        self.is_zero()
    }
}
