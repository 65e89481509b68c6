//! The difference of two families: linear part and kinks (N1), without division. Where there are biases it is that of the homogenised families on
//! x_{d+1} > 0.

use num_traits::{One as _, Signed as _, Zero as _};

use super::expression::Expression;
use super::network::{Family, Neuron};
use super::polynomial::Place;
use super::quotient::Quotient;
use super::sketch::Sketch;
use super::unproved::Unproved;
use crate::certificate::Range;
use crate::exact::Rational;
use crate::exact::scalar::{Order as _, minors};
use crate::watch::Watch;

/// A kink: a line's normal and the jump matrix there.
#[derive(Clone, Debug)]
pub struct Kink {
    /// a_H, the inner weights of the first neuron of the class.
    pub normal: Vec<Expression>,
    /// J_H, D rows as long as the normal.
    pub jump: Vec<Vec<Expression>>,
}

/// f(x) = M x + ½ Σ_H J_H x sgn⟨a_H,x⟩, as in the certificate's [family module](crate::certificate::SectionFact).
#[derive(Clone, Debug)]
pub struct Difference {
    /// M, D rows of d, or with biases d + 1, the constant last.
    pub linear: Vec<Vec<Expression>>,
    /// d: how many columns of M and of jumps the Jacobian speaks of.
    pub columns: usize,
    /// The kinks, by first neuron.
    pub kinks: Vec<Kink>,
}

fn all_zero<'a>(sketch: &Sketch, mut entries: impl Iterator<Item = &'a Expression>) -> bool {
    entries.all(|e| sketch.is_zero(e))
}

/// c aᵀ, negated for a neuron that is subtracted.
fn product(neuron: &Neuron, negate: bool) -> Vec<Vec<Expression>> {
    let row = |c: &Expression| {
        let c = if negate { c.neg() } else { c.clone() };
        neuron.inner().iter().map(|a| c.mul(a)).collect()
    };
    neuron.outer().iter().map(row).collect()
}

fn times(matrix: &[Vec<Expression>], factor: Rational) -> Vec<Vec<Expression>> {
    let factor = Expression::from(factor);
    let row = |row: &Vec<Expression>| row.iter().map(|entry| entry.mul(&factor)).collect();
    matrix.iter().map(row).collect()
}

fn add_to(sum: &mut [Vec<Expression>], matrix: &[Vec<Expression>], negate: bool) {
    for (row, other) in sum.iter_mut().zip(matrix) {
        for (entry, e) in row.iter_mut().zip(other) {
            *entry = if negate { entry.sub(e) } else { entry.add(e) };
        }
    }
}

impl Difference {
    /// plus − minus on a range of k; `None` where the decomposition depends on a sign that is not the same on all of it.
    pub fn on(
        range: Range,
        plus: &Family,
        minus: Option<&Family>,
        activation: &Rational,
    ) -> Option<Self> {
        let mut sketch = Sketch::new(Place::On(range), &Watch::none());
        let difference = Self::new(&mut sketch, plus, minus, activation).ok()?;
        sketch.proved_on(range).then_some(difference)
    }

    /// plus − minus, with the activation max(a·t, t) = (1 + a)/2·t + |1 − a|/2·|t|; a = 0 for ReLU.
    ///
    /// # Errors
    /// A sign the decomposition depends on is not known.
    pub(super) fn new(
        sketch: &mut Sketch,
        plus: &Family,
        minus: Option<&Family>,
        activation: &Rational,
    ) -> Result<Self, Unproved> {
        let columns = plus.inputs();
        let affine = plus.offset().is_some() || minus.is_some_and(|f| f.offset().is_some());
        let whole = |family: &Family| match affine {
            true => family.with_biases().homogenised(),
            false => family.clone(),
        };
        let networks = [Some((whole(plus), false)), minus.map(|f| (whole(f), true))];
        let neurons = networks.iter().flatten().flat_map(|(family, negate)| {
            let count = family.neurons().len();
            let neurons = family.neurons().iter().enumerate();
            neurons.map(move |(i, neuron)| (neuron, *negate, affine && i + 1 == count))
        });
        let width = columns + usize::from(affine);
        let mut linear = vec![vec![Expression::zero(); width]; plus.outputs()];
        let (mut normals, mut jumps) = (Vec::new(), Vec::new());
        for (neuron, negate, is_output_bias) in neurons {
            if all_zero(sketch, neuron.inner().iter()) || all_zero(sketch, neuron.outer().iter()) {
                continue;
            }
            let mut jump = product(neuron, negate);
            if is_output_bias {
                // Halved below.
                add_to(&mut linear, &jump, false);
                add_to(&mut linear, &jump, false);
                continue;
            }
            if activation.is_zero() {
                add_to(&mut linear, &jump, false);
            } else {
                add_to(
                    &mut linear,
                    &times(&jump, Rational::one() + activation),
                    false,
                );
                jump = times(&jump, (Rational::one() - activation).abs());
            }
            normals.push(neuron.inner());
            jumps.push(jump);
        }
        let mut kinks: Vec<Kink> = Vec::new();
        for line in sketch.place().lines(&normals)? {
            let normal = normals[line[0].0];
            let mut jump = std::mem::take(&mut jumps[line[0].0]);
            for &(i, opposite) in &line[1..] {
                let products = normal.iter().zip(normals[i]).map(|(x, y)| x.mul(y));
                sketch.some_definite(products.collect())?;
                add_to(&mut jump, &jumps[i], opposite);
            }
            kinks.push(Kink {
                normal: normal.to_vec(),
                jump,
            });
        }
        kinks.retain(|kink| !all_zero(sketch, kink.jump.iter().flatten()));
        let mut kept = Vec::with_capacity(kinks.len());
        for kink in kinks {
            sketch.some_definite(kink.normal.clone())?;
            match kink.normal.get(columns) {
                // |x_{d+1}| = x_{d+1}.
                Some(last) if all_zero(sketch, kink.normal[..columns].iter()) => {
                    sketch.definite(last)?;
                    add_to(&mut linear, &kink.jump, sketch.signs(last).negative);
                }
                _ => kept.push(kink),
            }
        }
        let entries = linear.iter_mut().flatten();
        entries.for_each(|entry| *entry = entry.half());
        Ok(Difference {
            linear,
            columns,
            kinks: kept,
        })
    }

    /// The proof needs the kinks to be kinks, on different hyperplanes.
    ///
    /// # Errors
    /// They are not.
    pub(super) fn distinct(&self, sketch: &mut Sketch) -> Result<(), Unproved> {
        for (h, kink) in self.kinks.iter().enumerate() {
            sketch.some_definite(self.jump(kink).cloned().collect())?;
            for other in &self.kinks[..h] {
                sketch.some_definite(minors(&kink.normal, &other.normal))?;
            }
        }
        Ok(())
    }

    /// The entries of a jump that the Jacobian has too.
    pub(super) fn jump<'a>(&self, kink: &'a Kink) -> impl Iterator<Item = &'a Expression> {
        let columns = self.columns;
        kink.jump.iter().flat_map(move |row| &row[..columns])
    }

    /// Whether it is about x_{d+1} > 0.
    pub(super) fn is_affine(&self) -> bool {
        self.linear
            .first()
            .is_some_and(|row| row.len() > self.columns)
    }

    /// The proof needs the difference to be zero.
    ///
    /// # Errors
    /// It is not.
    pub(super) fn vanishes(&self, sketch: &mut Sketch) -> Result<(), Unproved> {
        if let Some(kink) = self.kinks.first() {
            let normal = kink.normal.clone();
            return Err(Unproved::Kink { normal });
        }
        for entry in self.linear.iter().flatten() {
            let differ = |_| Unproved::Linear {
                coefficient: entry.clone(),
            };
            sketch.zero(entry.clone()).map_err(differ)?;
        }
        Ok(())
    }
}

/// The row divided by the root all its entries have in common, and that root's radicand; `None` if there is none.
pub fn direction(row: &[Expression]) -> Option<(Vec<Quotient>, Quotient)> {
    let first = row.iter().find(|e| e.single().is_some())?;
    let root = first.single()?.1.clone();
    let entry = |e: &Expression| match e.single() {
        Some((coefficient, radicand)) => (*radicand == root).then(|| coefficient.clone()),
        None => e.to_quotient(),
    };
    Some((row.iter().map(entry).collect::<Option<_>>()?, root))
}
