//! Peaks of concave functions, by the simplex method in floats.

use num_bigint::BigInt;
use num_traits::{Signed as _, ToPrimitive as _};

use super::advisor::{Guide, Question};
use super::rows::floats;
use crate::exact::lp::{Bend, Field, Hill, Peak, climb};
use crate::watch::Watch;

impl Field for f64 {
    fn zero() -> Self {
        0.0
    }
    fn one() -> Self {
        1.0
    }
    fn plus(&self, other: &Self) -> Self {
        self + other
    }
    fn minus(&self, other: &Self) -> Self {
        self - other
    }
    fn times(&self, other: &Self) -> Self {
        self * other
    }
    fn by(&self, other: &Self) -> Self {
        self / other
    }
    fn is_small(&self) -> bool {
        self.abs() <= 1e-9
    }
}

/// The rows with largest entry 1.
#[derive(Debug)]
pub(super) struct FloatGuide {
    rows: Vec<Vec<f64>>,
    /// The largest entries in absolute value.
    lengths: Vec<BigInt>,
}

impl FloatGuide {
    pub(super) fn new(rows: &[Vec<BigInt>]) -> Self {
        let length = |row: &Vec<BigInt>| row.iter().map(BigInt::abs).max().unwrap_or_default();
        FloatGuide {
            rows: rows.iter().map(|row| floats(row.iter())).collect(),
            lengths: rows.iter().map(length).collect(),
        }
    }
}

impl Guide for FloatGuide {
    fn peak(&mut self, question: &Question<'_>) -> Peak {
        let width = question.affine.len();
        // All of one unit.
        let mut numbers = question.affine.to_vec();
        for (row, bounds) in question.bends {
            let length = self.lengths.get(*row).cloned().unwrap_or_default();
            numbers.extend(bounds.iter().map(|bound| bound * &length));
        }
        let numbers = floats(numbers.iter());
        let (affine, bounds) = numbers.split_at(width);
        let side = |end: &i64| end.to_f64().unwrap_or(0.0) / question.unit.to_f64().unwrap_or(1.0);
        let bends = question.bends.iter().zip(bounds.chunks_exact(2));
        let hill = Hill {
            ends: question
                .ends
                .iter()
                .map(|ends| ends.each_ref().map(side))
                .collect(),
            affine: affine.to_vec(),
            bends: bends
                .map(|((row, _), bounds)| Bend {
                    row: self.rows[*row].clone(),
                    least: bounds[0],
                    most: bounds[1],
                })
                .collect(),
        };
        let most = 20 + 16 * (hill.ends.len() + hill.bends.len());
        climb(&hill, None, Some(most), &Watch::none()).unwrap_or_default()
    }
}
