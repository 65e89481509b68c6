//! Subset sums of functions of k as subset sums of numbers: a sum vanishes for all k exactly if its coefficients do.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Signed as _, ToPrimitive as _, Zero as _};

use super::expression::Expression;
use super::linear::{determinant, pivot_columns};
use super::polynomial::Polynomial;
use super::quotient::Quotient;
use super::sketch::Sketch;
use super::unproved::{Misfit, Unproved};
use crate::exact::Rational;
use crate::exact::gcd::lcm;
use crate::parametrizations::{Question, Sums};

/// Every coordinate is cleared of denominators, and each of its coefficients is a coordinate of the question about numbers: what is a sum
/// there is one for all k. Any other sum is no sum from a bound on the roots of all sums on, which the sketch remembers; for smaller k one has to
/// look ([`instances`](super::instances)).
impl Sums<Expression> for Sketch {
    const EVERYWHERE: bool = false;

    fn rational(&mut self, question: Question<Expression>) -> Result<Question, Unproved> {
        let mut columns: Vec<Vec<Rational>> = Vec::new();
        for (_, _, values) in question.coordinates() {
            self.watch().check()?;
            let quotients = values.iter().map(Expression::to_quotient);
            let quotients = quotients.collect::<Option<Vec<Quotient>>>();
            let numerators = cleared(&quotients.ok_or(Misfit::Contributions)?);
            self.sums_beyond(beyond(&numerators));
            let length = numerators.iter().map(|p| p.coefficients().len()).max();
            for power in 0..length.unwrap_or(0) {
                let coefficient = |p: &Polynomial| p.coefficients().get(power).cloned();
                let all = numerators.iter().map(coefficient);
                columns.push(all.map(Option::unwrap_or_default).collect());
            }
        }
        let vector = |i: usize| columns.iter().map(|column| column[i].clone()).collect();
        let count = question.vectors.len();
        Ok(Question {
            inputs: columns.len(),
            vectors: (0..count).map(vector).collect(),
            target: vector(count),
            lines: Vec::new(),
            decided: question.decided,
        })
    }

    /// The rank over Q(k): from a bound on the roots of a minor on it is no less.
    fn rank(&mut self, rows: &[Vec<Expression>]) -> Result<usize, Unproved> {
        self.watch().check()?;
        let quotients = |row: &Vec<Expression>| {
            let row = row.iter().map(Expression::to_quotient);
            let row = row.collect::<Option<Vec<_>>>()?;
            Some(cleared(&row).into_iter().map(Quotient::whole).collect())
        };
        let rows = rows.iter().map(quotients);
        let rows = rows.collect::<Option<Vec<Vec<Quotient>>>>();
        let rows = rows.ok_or(Misfit::Contributions)?;
        let columns = pivot_columns(&rows);
        // Rows and columns that carry the rank meet in a minor that is not 0.
        let turned = columns
            .iter()
            .map(|&j| rows.iter().map(|row| row[j].clone()).collect());
        let chosen = pivot_columns(&turned.collect::<Vec<_>>());
        let minor = chosen
            .iter()
            .map(|&i| columns.iter().map(|&j| rows[i][j].clone()).collect());
        let minor = determinant(minor.collect());
        self.sums_beyond(beyond(&cleared(&[minor])));
        Ok(columns.len())
    }
}

/// The numerators over a common denominator, with integer coefficients.
fn cleared(row: &[Quotient]) -> Vec<Polynomial> {
    let mut multiple = Polynomial::constant(Rational::one());
    for entry in row {
        let common = multiple.gcd(&entry.denominator);
        multiple = multiple.mul(&entry.denominator.div_rem(&common).0);
    }
    let whole = |q: &Quotient| q.numerator.mul(&multiple.div_rem(&q.denominator).0);
    let wholes: Vec<Polynomial> = row.iter().map(whole).collect();
    let numbers = wholes.iter().flat_map(Polynomial::coefficients);
    let below = numbers.fold(BigInt::one(), |sum, c| lcm(&sum, c.denom()));
    let below = Rational::from_integer(below);
    wholes.iter().map(|p| p.scale(&below)).collect()
}

fn integers(p: &Polynomial) -> Vec<BigInt> {
    p.coefficients().iter().map(|c| c.numer().clone()).collect()
}

/// From here on no sum of some of these polynomials with integer coefficients, less the last one, vanishes, unless it is 0.
///
/// A sum of degree n has a leading coefficient of size g_n at least, the gcd of all coefficients of k^n, and others of size B_i at most, the sum of the
/// sizes of all: Cauchy's bound 1 + max B_i/g_n and Fujiwara's 2 max (B_(n−i)/g_n)^(1/i), with half of B_0, hold for all of them.
fn beyond(all: &[Polynomial]) -> u64 {
    let all: Vec<Vec<BigInt>> = all.iter().map(integers).collect();
    let length = all.iter().map(Vec::len).max().unwrap_or(0);
    let at = |power: usize| all.iter().filter_map(move |p| p.get(power));
    let sizes: Vec<BigInt> = (0..length)
        .map(|power| at(power).map(BigInt::abs).sum())
        .collect();
    let mut most = BigInt::zero();
    for n in 1..length {
        let least = at(n).fold(BigInt::zero(), |gcd, c| gcd.gcd(c));
        if least.is_zero() {
            continue;
        }
        let cauchy = sizes[..n].iter().map(|size| size.div_ceil(&least)).max();
        let cauchy: BigInt = cauchy.unwrap_or_default() + 1;
        let fujiwara = (1..=n).map(|i| {
            let below: BigInt = if i == n { &least * 2 } else { least.clone() };
            ceiling_root(&sizes[n - i].div_ceil(&below), i) * 2
        });
        most = most.max(cauchy.min(fujiwara.max().unwrap_or_default()));
    }
    most.to_u64()
        .map_or(u64::MAX, |most| most.saturating_add(1))
}

fn ceiling_root(value: &BigInt, degree: usize) -> BigInt {
    let degree = u32::try_from(degree).unwrap_or(u32::MAX);
    let root = value.nth_root(degree);
    match root.pow(degree) < *value {
        true => root + 1,
        false => root,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sum_vanishes_from_the_bound_on() {
        let mut state = 3_u64;
        let mut next = |n: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        };
        let mut sharp = 0;
        for _ in 0..200 {
            let mut number =
                |n: i64| Rational::from_integer((next(2 * n as u64 + 1) as i64 - n).into());
            let mut polynomial =
                || Polynomial::new(vec![number(30), number(9), number(2), number(1)]);
            let all = [polynomial(), polynomial(), polynomial(), polynomial()];
            let bound = beyond(&all);
            for mask in 0..16 {
                let members = all.iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1);
                let sum = members.fold(Polynomial::constant(Rational::zero()), |sum, (_, p)| {
                    sum.add(p)
                });
                if sum.is_zero() {
                    continue;
                }
                for k in 1..300_u64 {
                    let zero = sum.eval(&Rational::from_integer(k.into())).is_zero();
                    assert!(!zero || k < bound, "{sum:?} at {k}, bound {bound}");
                    sharp = sharp.max(if zero { k } else { 0 });
                }
            }
        }
        assert!(sharp > 20, "{sharp}");
    }
}
