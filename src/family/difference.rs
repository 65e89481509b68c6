//! The difference of two families: linear part and kinks (N1), without division.

use super::expression::Expression;
use super::network::{Family, Neuron};
use super::polynomial::Place;
use super::quotient::Quotient;
use super::sketch::Sketch;
use super::unproved::Unproved;
use crate::certificate::Range;
use crate::exact::scalar::minors;
use crate::watch::Watch;

/// A kink: a line's normal and the jump matrix there.
#[derive(Clone, Debug)]
pub struct Kink {
    /// a_H, the inner weights of the first neuron of the class.
    pub normal: Vec<Expression>,
    /// J_H, D rows of d.
    pub jump: Vec<Vec<Expression>>,
}

/// f(x) = M x + ½ Σ_H J_H x sgn⟨a_H,x⟩, as in the certificate's [family module](crate::certificate::SectionFact).
#[derive(Clone, Debug)]
pub struct Difference {
    /// M, D rows of d.
    pub linear: Vec<Vec<Expression>>,
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

fn add_to(sum: &mut [Vec<Expression>], matrix: &[Vec<Expression>], negate: bool) {
    for (row, other) in sum.iter_mut().zip(matrix) {
        for (entry, e) in row.iter_mut().zip(other) {
            *entry = if negate { entry.sub(e) } else { entry.add(e) };
        }
    }
}

impl Difference {
    /// plus − minus on a range of k; `None` where the decomposition depends on a sign that is not the same on all of it.
    pub fn on(range: Range, plus: &Family, minus: Option<&Family>) -> Option<Self> {
        let mut sketch = Sketch::new(Place::On(range), &Watch::none());
        let difference = Self::new(&mut sketch, plus, minus).ok()?;
        sketch.proved_on(range).then_some(difference)
    }

    /// plus − minus.
    ///
    /// # Errors
    /// A sign the decomposition depends on is not known.
    pub(super) fn new(
        sketch: &mut Sketch,
        plus: &Family,
        minus: Option<&Family>,
    ) -> Result<Self, Unproved> {
        let first = plus.neurons().iter().map(|n| (n, false));
        let rest = minus.into_iter().flat_map(|family| family.neurons());
        let mut linear = vec![vec![Expression::zero(); plus.inputs()]; plus.outputs()];
        let mut kinks: Vec<Kink> = Vec::new();
        for (neuron, negate) in first.chain(rest.map(|n| (n, true))) {
            if all_zero(sketch, neuron.inner().iter()) || all_zero(sketch, neuron.outer().iter()) {
                continue;
            }
            let jump = product(neuron, negate);
            add_to(&mut linear, &jump, false);
            let parallel =
                |kink: &&mut Kink| all_zero(sketch, minors(&kink.normal, neuron.inner()).iter());
            let Some(kink) = kinks.iter_mut().find(parallel) else {
                kinks.push(Kink {
                    normal: neuron.inner().to_vec(),
                    jump,
                });
                continue;
            };
            let products: Vec<_> = kink
                .normal
                .iter()
                .zip(neuron.inner())
                .map(|(x, y)| x.mul(y))
                .collect();
            let opposite = products.iter().any(|p| sketch.signs(p).negative);
            sketch.some_definite(products)?;
            add_to(&mut kink.jump, &jump, opposite);
        }
        linear
            .iter_mut()
            .flatten()
            .for_each(|entry| *entry = entry.half());
        kinks.retain(|kink| !all_zero(sketch, kink.jump.iter().flatten()));
        for kink in &kinks {
            sketch.some_definite(kink.normal.clone())?;
        }
        Ok(Difference { linear, kinks })
    }

    /// The proof needs the kinks to be kinks, on different hyperplanes.
    ///
    /// # Errors
    /// They are not.
    pub(super) fn distinct(&self, sketch: &mut Sketch) -> Result<(), Unproved> {
        for (h, kink) in self.kinks.iter().enumerate() {
            sketch.some_definite(kink.jump.iter().flatten().cloned().collect())?;
            for other in &self.kinks[..h] {
                sketch.some_definite(minors(&kink.normal, &other.normal))?;
            }
        }
        Ok(())
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
