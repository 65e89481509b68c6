//! Why no other sums of functions of k are another, for all k of a range: evidence of the kind [`Choices`].

use super::difference::Difference;
use super::expression::Expression;
use super::linear::{inverse, pivot_columns};
use super::quotient::Quotient;
use super::sketch::Sketch;
use super::unproved::{Contradiction, Misfit, TooMany, Unproved};
use crate::certificate::Choices;

/// Most contributions that are free, of whose sums each is looked at.
const MOST_FREE: usize = 12;

/// Σ_F v_i = t: numbers i, increasing, with v_i, and t.
pub(super) struct Equation {
    pub(super) vectors: Vec<(usize, Vec<Expression>)>,
    pub(super) target: Vec<Expression>,
}

impl Equation {
    /// Σ_F 2J_H = Σ J_H − 2M of the kinks of a function, with one perhaps left out, modulo all matrices N·a_Hᵀ of it.
    pub(super) fn of_kinks(
        sketch: &mut Sketch,
        function: &Difference,
        line: Option<usize>,
    ) -> Result<Equation, Unproved> {
        let linear = function.linear.iter();
        let linear = linear.flat_map(|row| &row[..function.columns]);
        let mut target: Vec<Expression> = linear.map(|e| e.add(e).neg()).collect();
        let mut vectors = Vec::new();
        for (h, kink) in function.kinks.iter().enumerate() {
            let jump: Vec<&Expression> = function.jump(kink).collect();
            for (sum, entry) in target.iter_mut().zip(&jump) {
                *sum = sum.add(entry);
            }
            if line != Some(h) {
                vectors.push((h, jump.iter().map(|e| e.add(e)).collect()));
            }
        }
        let mut equation = Equation { vectors, target };
        if let Some(line) = line {
            equation.modulo(sketch, &function.kinks[line].normal[..function.columns])?;
        }
        Ok(equation)
    }

    /// Every row x becomes x·n_p − x_p·n.
    fn modulo(&mut self, sketch: &mut Sketch, normal: &[Expression]) -> Result<(), Unproved> {
        let pivot = normal.iter().position(|entry| !sketch.is_zero(entry));
        let pivot = pivot.ok_or(Contradiction::Normal)?;
        sketch.definite(&normal[pivot])?;
        let vectors = self.vectors.iter_mut().map(|(_, vector)| vector);
        for matrix in vectors.chain([&mut self.target]) {
            for row in matrix.chunks_mut(normal.len()) {
                let x = row[pivot].clone();
                for (entry, n) in row.iter_mut().zip(normal) {
                    *entry = entry.mul(&normal[pivot]).sub(&x.mul(n));
                }
            }
        }
        Ok(())
    }

    /// The solutions that there are for all k, each increasing, in lexicographic order; the proof needs others to be one at no k.
    ///
    /// Cost: one elimination over Q(k), and 2^free times as many products as there are entries.
    ///
    /// # Errors
    /// Vectors with roots; too many that are free; a choice that is a solution at the place, and not everywhere.
    pub(super) fn solve(
        &self,
        sketch: &mut Sketch,
    ) -> Result<(Vec<Vec<usize>>, Choices), Unproved> {
        let quotients = |(_, vector): &(usize, Vec<Expression>)| {
            let quotients = vector.iter().map(Expression::to_quotient);
            quotients.collect::<Option<Vec<Quotient>>>()
        };
        let rows = self.vectors.iter().map(quotients);
        let rows = rows.collect::<Option<Vec<_>>>();
        let rows = rows.ok_or(Misfit::Contributions)?;
        let turned = |rows: &[Vec<Quotient>]| -> Vec<Vec<Quotient>> {
            let columns = 0..self.target.len();
            columns
                .map(|j| rows.iter().map(|row| row[j].clone()).collect())
                .collect()
        };
        let rest = pivot_columns(&turned(&rows));
        let nullity = rows.len() - rest.len();
        if nullity > MOST_FREE {
            return Err(TooMany::Free { nullity }.into());
        }
        let chosen: Vec<Vec<Quotient>> = rest.iter().map(|&i| rows[i].clone()).collect();
        let columns = pivot_columns(&chosen);
        let square = chosen
            .iter()
            .map(|row| columns.iter().map(|&j| row[j].clone()).collect());
        let duals = inverse(square.collect()).ok_or(Misfit::Dependent)?;
        let functional = |i: usize| {
            let mut functional = vec![Expression::zero(); self.target.len()];
            for (row, &j) in duals.iter().zip(&columns) {
                functional[j] = row[i].clone().into();
            }
            functional
        };
        let functionals: Vec<_> = (0..rest.len()).map(functional).collect();
        let free = (0..rows.len()).filter(|i| !rest.contains(i));
        let free: Vec<usize> = free.collect();
        let mut solutions = Vec::new();
        for choice in 0..1_u64 << free.len() {
            sketch.watch().check()?;
            let picked = free.iter().enumerate();
            let picked = picked.filter_map(|(bit, i)| (choice >> bit & 1 == 1).then_some(*i));
            let picked: Vec<usize> = picked.collect();
            if let Some(solution) = self.look(sketch, &picked, &rest, &functionals)? {
                solutions.push(solution);
            }
        }
        solutions.sort_unstable();
        let written = functionals.iter().map(|row| sketch.formulas(row));
        let functionals = written.collect::<Result<Vec<_>, _>>()?;
        let free = free.iter().map(|&i| self.vectors[i].0).collect();
        Ok((solutions, Choices { free, functionals }))
    }

    /// The solution with these free ones, if there is one.
    fn look(
        &self,
        sketch: &mut Sketch,
        picked: &[usize],
        rest: &[usize],
        functionals: &[Vec<Expression>],
    ) -> Result<Option<Vec<usize>>, Unproved> {
        let mut missing = self.target.clone();
        for &f in picked {
            subtract(&mut missing, &self.vectors[f].1, &Expression::one());
        }
        let (mut left, mut vanish, mut set) = (missing.clone(), Vec::new(), picked.to_vec());
        for (functional, &i) in functionals.iter().zip(rest) {
            let products = functional.iter().zip(&missing).map(|(l, x)| l.mul(x));
            let x = products.fold(Expression::zero(), |sum, product| sum.add(&product));
            subtract(&mut left, &self.vectors[i].1, &x);
            let less = x.sub(&Expression::one());
            if sketch.is_zero(&less) {
                sketch.zero(less)?;
                set.push(i);
            } else if sketch.is_zero(&x) {
                sketch.zero(x)?;
            } else {
                vanish.push(x.mul(&less));
            }
        }
        if vanish.is_empty() && left.iter().all(|entry| sketch.is_zero(entry)) {
            for entry in left {
                sketch.zero(entry)?;
            }
            let mut numbers: Vec<usize> = set.iter().map(|&i| self.vectors[i].0).collect();
            numbers.sort_unstable();
            return Ok(Some(numbers));
        }
        vanish.append(&mut left);
        sketch.some_definite(vanish)?;
        Ok(None)
    }
}

fn subtract(sums: &mut [Expression], row: &[Expression], factor: &Expression) {
    for (sum, entry) in sums.iter_mut().zip(row) {
        *sum = sum.sub(&factor.mul(entry));
    }
}
