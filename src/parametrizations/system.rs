//! Σ_F v_i = t, with matrices v_i and t, modulo matrices that live on given lines: as integer equations, one a coordinate.

use std::convert::Infallible;

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use super::modular::{Reduced, eliminate};
use crate::exact::Rational;
use crate::exact::modular::residue;
use crate::exact::rows::clear_denominators;
use crate::exact::scalar::{Numbers, Order, Scalar};

/// Which sets F of the matrices `vectors` have Σ_F v_i = `target`? Matrices are D × d, by rows.
#[derive(Clone, Debug)]
pub struct Question<S = Rational> {
    /// d, the number of columns of a matrix.
    pub inputs: usize,
    /// The v_i, each D·d numbers.
    pub vectors: Vec<Vec<S>>,
    /// The target t, D·d numbers.
    pub target: Vec<S>,
    /// The equation is asked modulo all N·nᵀ, N in R^D, for every n here (rows of d numbers).
    pub lines: Vec<Vec<S>>,
    /// For every i, whether it is known beforehand that i is in F (`Some(true)`) or not (`Some(false)`).
    pub decided: Vec<Option<bool>>,
}

/// An order over which subset sums are asked as questions about rational numbers.
pub trait Sums<S: Scalar>: Order<S> {
    /// Whether what is independent in the field is so wherever the answer is to hold.
    const EVERYWHERE: bool;

    /// A question of numbers with the same answers. Sets that are none of them are none wherever the answer holds.
    ///
    /// # Errors
    /// Why there is none.
    fn rational(&mut self, question: Question<S>) -> Result<Question, Self::Undecided>;

    /// The rank of a matrix, which is as large wherever the answer holds.
    ///
    /// # Errors
    /// Why it is not known.
    fn rank(&mut self, rows: &[Vec<S>]) -> Result<usize, Self::Undecided>;
}

impl Sums<Rational> for Numbers {
    const EVERYWHERE: bool = true;

    fn rational(&mut self, question: Question) -> Result<Question, Infallible> {
        Ok(question)
    }

    fn rank(&mut self, rows: &[Vec<Rational>]) -> Result<usize, Infallible> {
        let columns = rows.first().map_or(0, Vec::len);
        Ok(reduced_rows(rows, columns).len())
    }
}

impl<S: Scalar> Question<S> {
    /// The equation in coordinates of the quotient by the lines: output, column, and the value of every vector and last of the target.
    pub(crate) fn coordinates(&self) -> Vec<(usize, usize, Vec<S>)> {
        let inputs = self.inputs.max(1);
        let lines = reduced_rows(&self.lines, inputs);
        let is_pivot = |column| lines.iter().any(|(pivot, _)| *pivot == column);
        // The entry of a row modulo the lines.
        let coordinate = |row: &[S], column: usize| {
            lines
                .iter()
                .fold(row[column].clone(), |value, (pivot, line)| {
                    value.less(&line[column].times(&row[*pivot]))
                })
        };
        let all = || self.vectors.iter().chain([&self.target]);
        let mut equations = Vec::new();
        for output in 0..self.target.len() / inputs {
            for column in (0..inputs).filter(|column| !is_pivot(*column)) {
                let row =
                    |matrix: &Vec<S>| coordinate(&matrix[output * inputs..][..inputs], column);
                let values: Vec<S> = all().map(row).collect();
                if !values.iter().all(S::is_nil) {
                    equations.push((output, column, values));
                }
            }
        }
        equations
    }

    /// Whether all lists have the lengths that belong together.
    pub(super) fn is_well_formed(&self) -> bool {
        let entries = self.target.len();
        let whole = match self.inputs {
            0 => entries == 0,
            inputs => entries.is_multiple_of(inputs),
        };
        whole
            && self.vectors.iter().all(|v| v.len() == entries)
            && self.lines.iter().all(|n| n.len() == self.inputs)
            && self.decided.len() == self.vectors.len()
    }
}

/// One coordinate of the equation, with integer coefficients: `functional` applied to all v_i and to t.
#[derive(Clone, Debug)]
struct Equation {
    entries: Vec<BigInt>,
    target: BigInt,
    /// The matrix entry this is, and what it was multiplied with.
    output: usize,
    column: usize,
    multiplier: BigInt,
}

/// The equation in coordinates of the quotient, and what is decided so far.
#[derive(Clone, Debug)]
pub(super) struct System {
    inputs: usize,
    outputs: usize,
    equations: Vec<Equation>,
    /// The lines' normals in reduced form: pivot column, row with 1 there.
    lines: Vec<(usize, Vec<Rational>)>,
    /// What is decided.
    pub decided: Vec<Option<bool>>,
    /// The functionals that decided something.
    pub functionals: Vec<Vec<Rational>>,
    /// Whether a functional showed that there is no solution.
    pub impossible: bool,
}

/// A combination of equations: pairs (equation, factor).
pub(super) type Combination = Vec<(usize, BigInt)>;

impl System {
    pub(super) fn new(question: &Question) -> Self {
        let inputs = question.inputs.max(1);
        let outputs = question.target.len() / inputs;
        let lines = reduced_rows(&question.lines, inputs);
        let mut system = System {
            inputs,
            outputs,
            equations: Vec::new(),
            lines,
            decided: question.decided.clone(),
            functionals: Vec::new(),
            impossible: false,
        };
        for (output, column, values) in question.coordinates() {
            let row = clear_denominators(&values);
            let mut entries = row.entries;
            let target = entries.pop().unwrap_or_default();
            system.equations.push(Equation {
                entries,
                target,
                output,
                column,
                multiplier: row.denominator,
            });
        }
        system
    }

    /// The undecided i, increasing.
    pub(super) fn undecided(&self) -> Vec<usize> {
        let decided = self.decided.iter().enumerate();
        decided
            .filter(|(_, known)| known.is_none())
            .map(|(i, _)| i)
            .collect()
    }

    /// How many equations there are.
    pub(super) fn equations(&self) -> usize {
        self.equations.len()
    }

    /// The coefficient of i in an equation.
    pub(super) fn entry(&self, equation: usize, i: usize) -> &BigInt {
        &self.equations[equation].entries[i]
    }

    /// An equation's right-hand side, less what is decided to be in F.
    pub(super) fn remaining(&self, equation: usize) -> BigInt {
        let equation = &self.equations[equation];
        let known = self.decided.iter().zip(&equation.entries);
        known
            .filter(|(known, _)| **known == Some(true))
            .fold(equation.target.clone(), |rest, (_, value)| rest - value)
    }

    /// Solves the equations of the undecided modulo the prime; columns are positions in `undecided`.
    pub(super) fn reduce(&self, undecided: &[usize]) -> Reduced {
        let rows = (0..self.equations.len()).map(|equation| {
            let entries = undecided.iter();
            let mut row: Vec<u64> = entries.map(|&i| residue(self.entry(equation, i))).collect();
            row.push(residue(&self.remaining(equation)));
            row
        });
        eliminate(rows, undecided.len())
    }

    /// Whether a choice for all undecided solves every equation, exactly.
    pub(super) fn holds(&self, undecided: &[usize], choice: &[bool]) -> bool {
        (0..self.equations.len()).all(|equation| {
            let chosen = undecided.iter().zip(choice).filter(|(_, x)| **x);
            let sum: BigInt = chosen.map(|(&i, _)| self.entry(equation, i)).sum();
            sum == self.remaining(equation)
        })
    }

    /// Uses a combination of equations as a forcing functional (see [`crate::certificate::Exhaustion`]), if it decides anything.
    pub(super) fn force(&mut self, combination: &Combination) -> bool {
        if self.impossible {
            return false;
        }
        let value = |system: &Self, i: usize| -> BigInt {
            let terms = combination.iter();
            terms.map(|(e, factor)| factor * system.entry(*e, i)).sum()
        };
        let undecided = self.undecided();
        let values: Vec<BigInt> = undecided.iter().map(|&i| value(self, i)).collect();
        let least: BigInt = values.iter().filter(|value| value.is_negative()).sum();
        let terms = combination.iter();
        let rest: BigInt = terms.map(|(e, factor)| factor * self.remaining(*e)).sum();
        if least > rest {
            self.impossible = true;
        } else if least < rest || values.iter().all(Zero::is_zero) {
            return false;
        }
        if !self.impossible {
            for (&i, value) in undecided.iter().zip(&values) {
                if !value.is_zero() {
                    self.decided[i] = Some(value.is_negative());
                }
            }
        }
        let functional = self.functional(combination);
        self.functionals.push(functional);
        true
    }

    /// The combination as a matrix that vanishes on the lines.
    fn functional(&self, combination: &Combination) -> Vec<Rational> {
        let mut matrix = vec![Rational::zero(); self.outputs * self.inputs];
        for (equation, factor) in combination {
            let equation = &self.equations[*equation];
            let factor = Rational::from_integer(&equation.multiplier * factor);
            let start = equation.output * self.inputs;
            for (pivot, line) in &self.lines {
                matrix[start + pivot] -= &factor * &line[equation.column];
            }
            matrix[start + equation.column] += factor;
        }
        matrix
    }
}

/// The reduced row echelon form of rows: (pivot column, row with 1 there and 0 in the other pivots). Pivots are sought among
/// the first `columns` entries; further ones are carried along.
///
/// # Panics
/// If an inverse is not found, which is a mistake: rows are multiples of rows without sums of roots.
pub(super) fn reduced_rows<S: Scalar>(rows: &[Vec<S>], columns: usize) -> Vec<(usize, Vec<S>)> {
    let mut basis: Vec<(usize, Vec<S>)> = Vec::new();
    let subtract = |row: &mut [S], other: &[S], pivot: usize| {
        let factor = row[pivot].clone();
        if !factor.is_nil() {
            for (x, y) in row.iter_mut().zip(other) {
                *x = x.less(&factor.times(y));
            }
        }
    };
    for row in rows {
        let mut row = row.clone();
        for (pivot, other) in &basis {
            subtract(&mut row, other, *pivot);
        }
        let Some(pivot) = row[..columns].iter().position(|x| !x.is_nil()) else {
            continue;
        };
        let factor = row[pivot].reciprocal();
        let factor = factor.expect("invariant: what is not 0 and no sum of roots has an inverse");
        row.iter_mut().for_each(|x| *x = x.times(&factor));
        for (_, other) in &mut basis {
            subtract(other, &row, pivot);
        }
        basis.push((pivot, row));
    }
    basis
}
