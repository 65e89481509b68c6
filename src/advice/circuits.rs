//! Circuits by a revised simplex method in floats, warm from question to question.
//!
//! Asked for λ ≥ 0 with Σ λ_j ε_j g_j = 0, Σ λ_j = 1 over the wanted sides. The first phase of the simplex method alone: artificial columns, and columns
//! that were wanted before and are still in the basis, cost 1. The right side is perturbed, because integer rows are degenerate.

use super::advisor::{Advisor, Corner, Proposal, Wanted};
use super::prices::Prices;
use super::rows::{UnitRows, dot, inverse};

/// Below this a multiplier or a reduced cost counts as 0.
const SMALL: f64 = 1e-9;
/// Least size of a pivot.
const PIVOT: f64 = 1e-8;
/// Pivots between two computations of the inverse from scratch.
const FRESH: usize = 80;

/// A column of the linear program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Artificial(usize),
    Row(usize, bool),
}

/// The simplex method on unit rows.
#[derive(Clone, Debug)]
pub struct FloatAdvisor {
    rows: UnitRows,
    /// Number of equations: the width of a row, and Σ λ = 1.
    size: usize,
    basis: Vec<Column>,
    /// Whether the row is in the basis, with its + or − side.
    is_basic: Vec<[bool; 2]>,
    inverse: Vec<f64>,
    right: Vec<f64>,
    levels: Vec<f64>,
    pivots: usize,
    /// The dual point, and a column in the basis: room that is kept.
    dual: Vec<f64>,
    direction: Vec<f64>,
    prices: Prices,
    wanted: Vec<Wanted>,
}

impl FloatAdvisor {
    /// `order` as for [`Advisor::fresh`].
    pub(super) fn new(rows: UnitRows, order: &[usize]) -> Self {
        let size = rows.width() + 1;
        let mut right = Vec::with_capacity(size);
        for k in 0..rows.width() {
            right.push(1e-11 * (1.0 + ((k * 7919) % 1009) as f64 / 1009.0));
        }
        right.push(1.0);
        let mut advisor = FloatAdvisor {
            is_basic: vec![[false; 2]; rows.count()],
            prices: Prices::new(&rows, order),
            wanted: vec![None; rows.count()],
            rows,
            size,
            basis: Vec::new(),
            inverse: Vec::new(),
            levels: Vec::new(),
            right,
            pivots: 0,
            dual: vec![0.0; size],
            direction: vec![0.0; size],
        };
        advisor.reset();
        advisor
    }

    /// The basis of artificial columns.
    fn reset(&mut self) {
        self.basis = (0..self.size).map(Column::Artificial).collect();
        self.is_basic.fill([false; 2]);
        self.inverse = vec![0.0; self.size * self.size];
        for k in 0..self.size {
            self.inverse[k * self.size + k] = 1.0;
        }
        self.levels = self.right.clone();
        self.pivots = 0;
    }

    /// The inverse from the basis; the basis of artificial columns if that fails.
    fn refresh(&mut self) {
        let size = self.size;
        let mut matrix = vec![0.0; size * size];
        for (j, column) in self.basis.iter().enumerate() {
            match *column {
                Column::Artificial(k) => matrix[k * size + j] = 1.0,
                Column::Row(row, plus) => {
                    for (k, x) in self.rows.row(row).iter().enumerate() {
                        matrix[k * size + j] = if plus { *x } else { -x };
                    }
                    matrix[(size - 1) * size + j] = 1.0;
                }
            }
        }
        let Some(fresh) = inverse(matrix, size) else {
            return self.reset();
        };
        self.inverse = fresh;
        for i in 0..size {
            self.levels[i] = dot(&self.inverse[i * size..][..size], &self.right);
        }
        if self.levels.iter().any(|level| *level < -1e-7) {
            return self.reset();
        }
        self.pivots = 0;
    }

    /// Whether it costs nothing.
    fn is_free(&self, column: Column) -> bool {
        matches!(column, Column::Row(row, plus) if self.wanted[row] == Some(plus))
    }

    /// Σ of the inverse's rows whose columns cost: the dual point.
    fn find_dual(&mut self) {
        let size = self.size;
        self.dual.fill(0.0);
        for (i, column) in self.basis.iter().enumerate() {
            if !self.is_free(*column) {
                let row = &self.inverse[i * size..][..size];
                self.dual.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
            }
        }
    }

    /// Unperturbed multipliers of the basis: the last column of the inverse.
    fn multiplier(&self, i: usize) -> f64 {
        self.inverse[i * self.size + self.size - 1]
    }

    /// Whether what costs has no multiplier: the others are a circuit.
    fn is_circuit(&self) -> bool {
        let mut basis = self.basis.iter().enumerate();
        basis.all(|(i, column)| self.is_free(*column) || self.multiplier(i).abs() <= SMALL)
    }

    /// Its members.
    fn circuit(&self) -> Vec<usize> {
        let mut members = Vec::with_capacity(self.size);
        for (i, column) in self.basis.iter().enumerate() {
            if let Column::Row(row, _) = *column
                && self.is_free(*column)
                && self.multiplier(i) > SMALL
            {
                members.push(row);
            }
        }
        members.sort_unstable();
        members
    }

    /// The column that gains most, of those wanted and not in the basis; `first` takes the first that gains.
    fn entering(&mut self, first: bool) -> Option<(usize, bool)> {
        let (last, head) = self.dual.split_last()?;
        self.prices.price(head, *last);
        loop {
            let row = self.prices.best(SMALL, first)?;
            match self.wanted[row] {
                Some(plus) if !self.is_basic[row][usize::from(plus)] => return Some((row, plus)),
                // In the basis nothing is gained but by rounding.
                _ => self.prices.drop(row),
            }
        }
    }

    /// Brings the column into the basis; false if there is no pivot.
    fn pivot(&mut self, row: usize, plus: bool) -> bool {
        let size = self.size;
        let entries = self.rows.row(row);
        let mut direction = std::mem::take(&mut self.direction);
        direction.clear();
        direction.extend(self.inverse.chunks_exact(size).map(|inverse| {
            let (last, head) = (inverse[size - 1], &inverse[..size - 1]);
            let product = dot(head, entries);
            if plus { product + last } else { last - product }
        }));
        let (mut leaving, mut least) = (None, f64::INFINITY);
        for (i, step) in direction.iter().enumerate() {
            if *step < PIVOT {
                continue;
            }
            let ratio = self.levels[i].max(0.0) / step;
            let costs = |i: usize| !self.is_free(self.basis[i]);
            // Of equal ones, a column that costs; then the larger pivot.
            let better = match leaving {
                None => true,
                Some(_) if ratio < least - 1e-13 => true,
                Some(old) if ratio <= least + 1e-13 => {
                    (costs(i), *step) > (costs(old), direction[old])
                }
                Some(_) => false,
            };
            if better {
                (leaving, least) = (Some(i), ratio);
            }
        }
        let Some(out) = leaving else {
            self.direction = direction;
            return false;
        };
        let pivot = direction[out];
        let level = self.levels[out].max(0.0) / pivot;
        let (above, rest) = self.inverse.split_at_mut(out * size);
        let (lead, below) = rest.split_at_mut(size);
        lead.iter_mut().for_each(|x| *x /= pivot);
        let rows = above
            .chunks_exact_mut(size)
            .chain(below.chunks_exact_mut(size));
        let others = (0..size).filter(|i| *i != out);
        for (i, row) in others.zip(rows) {
            let factor = direction[i];
            if factor != 0.0 {
                row.iter_mut()
                    .zip(&*lead)
                    .for_each(|(x, above)| *x -= factor * above);
                self.levels[i] -= factor * level;
            }
        }
        self.levels[out] = level;
        self.direction = direction;
        if let Column::Row(row, plus) = self.basis[out] {
            self.is_basic[row][usize::from(plus)] = false;
        }
        self.basis[out] = Column::Row(row, plus);
        self.is_basic[row][usize::from(plus)] = true;
        self.pivots += 1;
        true
    }
}

impl Advisor for FloatAdvisor {
    fn fresh(&self, order: &[usize]) -> Box<dyn Advisor> {
        Box::new(FloatAdvisor::new(self.rows.clone(), order))
    }

    fn sides(&self) -> Vec<bool> {
        let head = &self.dual[..self.size - 1];
        self.rows.all().map(|row| dot(head, row) < 0.0).collect()
    }

    fn corner(&self) -> Option<Corner> {
        let mut corner = Corner::default();
        for column in &self.basis {
            match *column {
                Column::Row(row, plus) => match self.wanted[row] == Some(plus) {
                    true => corner.level.push((row, plus)),
                    false => corner.below.push((row, plus)),
                },
                Column::Artificial(k) => match self.rows.columns().get(k) {
                    Some(column) => corner.ends.push(*column),
                    None => corner.unit = true,
                },
            }
        }
        Some(corner)
    }

    fn want(&mut self, row: usize, side: Wanted) {
        self.wanted[row] = side;
        self.prices.want(row, side);
    }

    fn propose(&mut self) -> Proposal {
        let most = 40 + 8 * self.size;
        for round in 0..2 * most {
            if self.is_circuit() {
                let members = self.circuit();
                return match members.is_empty() {
                    true => Proposal::Nothing,
                    false => Proposal::Circuit(members),
                };
            }
            if self.pivots >= FRESH {
                self.refresh();
            }
            self.find_dual();
            let Some((row, plus)) = self.entering(round >= most) else {
                return Proposal::Possible;
            };
            if !self.pivot(row, plus) {
                self.reset();
            }
        }
        self.reset();
        Proposal::Nothing
    }
}
