//! A function on a box in integers, with the box as unit cube.

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use crate::exact::Rational;
use crate::exact::gcd::reduced;
use crate::exact::rows::{clear_denominators, direction};
use crate::realization::canonical::CanonicalForm;
use crate::realization::domain::Domain;

/// Ends of parts of the cube are multiples of 2^−HALVINGS.
pub(super) const HALVINGS: u32 = 32;
/// The unit.
pub(super) const UNIT: i64 = 1 << HALVINGS;

/// f(l + (u − l)y) for y in the unit cube: output by output ⟨linear, (y, 1)⟩ + Σ weight·|⟨row, (y, 1)⟩|, over one denominator.
pub(super) struct Scaled<'a> {
    domain: &'a Domain,
    /// One integer row of d + 1 entries for every kink.
    pub rows: Vec<Vec<BigInt>>,
    pub linear: Vec<Vec<BigInt>>,
    /// By outputs, then kinks.
    pub weights: Vec<Vec<BigInt>>,
    pub denominator: BigInt,
}

/// A point of the cube, and what it is over.
#[derive(Clone, Debug)]
pub(super) struct CubePoint {
    pub numerators: Vec<BigInt>,
    /// Positive.
    pub denominator: BigInt,
}

impl<'a> Scaled<'a> {
    /// `form` and `domain` have the same number of inputs.
    pub fn new(form: &CanonicalForm, domain: &'a Domain) -> Self {
        let (inputs, outputs) = (form.inputs(), form.outputs());
        let sides = domain.sides();
        let moved = |normal: &[Rational], offset: &Rational| -> Vec<Rational> {
            let pairs = normal.iter().zip(sides);
            let mut row: Vec<Rational> = pairs.clone().map(|(n, (l, u))| n * (u - l)).collect();
            row.push(pairs.map(|(n, (l, _))| n * l).sum::<Rational>() + offset);
            row
        };
        let mut rows = Vec::with_capacity(form.kinks().len());
        let mut numbers = Vec::new();
        for (row, constant) in form.linear().iter().zip(form.constant()) {
            numbers.extend(moved(row, constant));
        }
        for kink in form.kinks() {
            let row = moved(&kink.normal, &kink.offset);
            let whole = direction(&row);
            let at = whole.iter().position(|x| !x.is_zero()).unwrap_or(0);
            let half = &row[at] / Rational::from_integer(&whole[at] * 2);
            numbers.extend(kink.jump.iter().map(|jump| jump * &half));
            rows.push(whole);
        }
        let whole = clear_denominators(&numbers);
        let (linear, weights) = whole.entries.split_at(outputs * (inputs + 1));
        let of = |output: usize| {
            let of_kinks = weights.chunks_exact(outputs.max(1));
            of_kinks.map(|jump| jump[output].clone()).collect()
        };
        Scaled {
            domain,
            linear: linear
                .chunks_exact(inputs + 1)
                .map(<[BigInt]>::to_vec)
                .collect(),
            weights: (0..outputs).map(of).collect(),
            rows,
            denominator: whole.denominator,
        }
    }

    /// The range of a row's value on the whole cube, over the unit.
    pub fn range(&self, kink: usize) -> [BigInt; 2] {
        let Some((constant, row)) = self.rows[kink].split_last() else {
            return [BigInt::zero(), BigInt::zero()];
        };
        let mut range = [constant << HALVINGS, constant << HALVINGS];
        for x in row {
            range[usize::from(x.is_positive())] += x << HALVINGS;
        }
        range
    }

    /// The point of the box.
    pub fn in_box(&self, point: &CubePoint) -> Vec<Rational> {
        let sides = self.domain.sides().iter().zip(&point.numerators);
        sides
            .map(|((lower, upper), y)| {
                lower + (upper - lower) * reduced(y.clone(), point.denominator.clone())
            })
            .collect()
    }
}

impl CubePoint {
    /// ⟨row, (y, 1)⟩ times the denominator.
    pub fn value(&self, row: &[BigInt]) -> BigInt {
        let (head, last) = row.split_at(self.numerators.len());
        let products = head.iter().zip(&self.numerators).map(|(x, y)| x * y);
        products
            .chain(last.iter().map(|x| x * &self.denominator))
            .sum()
    }
}
