//! The gradients of a canonical form, as integers over one denominator.
//!
//! On a region with signs ε the Jacobian is M + ½ Σ_H ε_H κ_H n_Hᵀ. Twice its entries, times a common denominator, are
//! integers: this table holds them, so that walks over regions add and compare integers only.

use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::canonical::{CanonicalForm, Kink};
use crate::exact::Rational;
use crate::exact::dyads::Dyads;
use crate::exact::gcd::{lcm, product, reduced};
use crate::exact::modular;
use crate::exact::rows::direction;
use crate::watch::{Stop, Watch};

/// Twice the Jacobian's constant part 2M and jumps κ_H n_Hᵀ, entries flattened row by row (outputs by inputs).
///
/// The jumps are kept as what they are products of: networks have many more entries than that.
#[derive(Clone, Debug)]
pub struct GradientTable {
    inputs: usize,
    affine: bool,
    /// 2M·scale, and of each hyperplane one factor an output and one an input: their products are κ_H n_Hᵀ·scale.
    jumps: Dyads,
    /// See [`reach`](Self::reach).
    reach: Vec<BigInt>,
    /// The common denominator, positive.
    scale: BigInt,
    /// Primitive integer normals, oriented like n_H.
    normals: Vec<Vec<BigInt>>,
}

impl GradientTable {
    /// The table of a function on R^d without offsets; offsets and the constant are ignored.
    ///
    /// Cost: h·(d + D) greatest common divisors for h kinks, and h·d·D products. The table has h·(d + D) + d·D integers.
    pub fn new(form: &CanonicalForm) -> Self {
        let lines = lines(form);
        Self::with_rows(form, false, lines.clone(), lines)
    }

    /// The table of a function on R^d with offsets: normals (n_H, β_H), points (x, t) with t > 0 standing for x/t.
    pub fn affine(form: &CanonicalForm) -> Self {
        let row = |kink: &Kink| {
            let row: Vec<Rational> = kink.normal.iter().chain([&kink.offset]).cloned().collect();
            direction(&row)
        };
        let normals = form.kinks().iter().map(row).collect();
        Self::with_rows(form, true, lines(form), normals)
    }

    fn with_rows(
        form: &CanonicalForm,
        affine: bool,
        lines: Vec<Vec<BigInt>>,
        normals: Vec<Vec<BigInt>>,
    ) -> Self {
        let two = Rational::from_integer(2.into());
        let linear = form.linear().iter().flatten();
        let base: Vec<Rational> = linear.map(|m| product(m, &two)).collect();
        // κ nᵀ is a multiple of the primitive normal, whose entries have no common factor: denominators are those of the multiples.
        let jumps: Vec<(Vec<Rational>, Vec<BigInt>)> = form
            .kinks()
            .iter()
            .zip(lines)
            .map(|(kink, line)| {
                let first = line.iter().find(|n| !n.is_zero());
                let first = first.cloned().unwrap_or_else(BigInt::one);
                let inverse = Rational::from_integer(first).recip();
                let multiples = kink.jump.iter().map(|k| product(k, &inverse));
                (multiples.collect(), line)
            })
            .collect();
        let mut scale = BigInt::one();
        let multiples = jumps.iter().flat_map(|(multiples, _)| multiples);
        for value in base.iter().chain(multiples) {
            if !(&scale % value.denom()).is_zero() {
                scale = lcm(&scale, value.denom());
            }
        }
        let whole = |row: &[Rational]| -> Vec<BigInt> {
            row.iter()
                .map(|value| value.numer() * (&scale / value.denom()))
                .collect()
        };
        let jumps = jumps.into_iter();
        let pairs = jumps.map(|(multiples, line)| (whole(&multiples), line));
        let jumps = Dyads::new(whole(&base), pairs.collect());
        GradientTable {
            inputs: form.inputs(),
            reach: jumps.sizes(),
            jumps,
            affine,
            normals,
            scale,
        }
    }

    /// Number of hyperplanes.
    pub fn hyperplanes(&self) -> usize {
        self.jumps.len()
    }

    /// The primitive integer normals, oriented like the canonical ones.
    pub fn normals(&self) -> &[Vec<BigInt>] {
        &self.normals
    }

    /// Number of inputs d.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Number of coordinates of a point: d, or d + 1 with offsets.
    pub fn dimension(&self) -> usize {
        self.inputs + usize::from(self.affine)
    }

    /// The rows that all points must be on the positive side of: (0, …, 0, 1) with offsets, none without.
    pub fn domain(&self) -> Vec<Vec<BigInt>> {
        let mut row = vec![BigInt::zero(); self.dimension()];
        match row.last_mut().filter(|_| self.affine) {
            Some(last) => {
                *last = BigInt::one();
                vec![row]
            }
            None => Vec::new(),
        }
    }

    /// 2·scale·(entries of M).
    pub(super) fn base(&self) -> &[BigInt] {
        self.jumps.matrix()
    }

    /// scale·(an entry of κ_H n_Hᵀ).
    pub(super) fn jump(&self, hyperplane: usize, entry: usize) -> BigInt {
        let (row, column) = (entry / self.inputs, entry % self.inputs);
        self.jumps.entry(hyperplane, row, column)
    }

    /// The rational that an integer entry stands for: value/(2·scale).
    pub(super) fn to_rational(&self, value: &BigInt) -> Rational {
        reduced(value.clone(), &self.scale * 2)
    }

    /// The largest integer entry that stands for at most this rational.
    pub(super) fn to_units(&self, value: &Rational) -> BigInt {
        (value * Rational::from_integer(&self.scale * 2))
            .floor()
            .to_integer()
    }

    /// 2·scale times the Jacobian's entries on the region with these sides.
    pub(super) fn at_sides(&self, plus: impl Iterator<Item = bool>) -> Vec<BigInt> {
        self.jumps.sum(plus)
    }

    /// 2·scale times what each entry could be at most in absolute value if every sign vector occurred: |2M| + Σ_H |κ_H n_H|.
    pub(super) fn reach(&self) -> &[BigInt] {
        &self.reach
    }

    /// The bound that ignores which sign vectors occur: max over entries of |2M| + Σ_H |κ_H n_H|, halved.
    pub fn relaxation(&self) -> Rational {
        self.to_rational(&self.reach.iter().max().cloned().unwrap_or_default())
    }

    /// Whether the normals and the domain's row are linearly independent: every sign vector occurs then. Decided modulo a prime; the
    /// answer no may be wrong, yes is not.
    pub(super) fn is_independent(&self, watch: &Watch) -> Result<bool, Stop> {
        let domain = self.domain();
        let rows = self.normals.len() + domain.len();
        if rows > self.dimension() {
            return Ok(false);
        }
        let slices = self.normals.iter().chain(&domain).map(Vec::as_slice);
        Ok(modular::rank(slices, self.dimension(), watch)? == rows)
    }
}

/// The primitive integer rows of the directions of all n_H.
fn lines(form: &CanonicalForm) -> Vec<Vec<BigInt>> {
    let kinks = form.kinks().iter();
    kinks.map(|kink| direction(&kink.normal)).collect()
}
