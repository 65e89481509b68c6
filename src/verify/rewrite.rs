//! Rules that rewrite the current network without changing its function: kill, merge, permute, scale, radical.

use super::limits::Limits;
use super::network::{Network, Neuron};
use super::number::Q;
use super::verdict::{Stop, differ, equal, reject};
use crate::certificate::{Kill, Merge, Permute, Radical, Scale};

impl Network {
    fn neuron_mut(&mut self, i: usize) -> Result<&mut Neuron, Stop> {
        self.neuron(i)?;
        match self.neurons.get_mut(i) {
            Some(neuron) => Ok(neuron),
            None => reject("there is no such neuron"),
        }
    }

    /// A neuron with a = 0 or c = 0 becomes zero.
    pub(super) fn kill(&mut self, step: &Kill) -> Result<(), Stop> {
        let neuron = self.neuron_mut(step.neuron)?;
        if neuron.direction.is_some() && neuron.c.iter().any(|c| !c.is_zero()) {
            let i = step.neuron;
            return reject(format!("neuron {i} is live: neither a nor c is zero"));
        }
        neuron.clear();
        Ok(())
    }

    /// s_i c_i ρ(⟨a_i,x⟩) + s_j c_j ρ(⟨μ a_i,x⟩) = s_i (c_i + μ (s_j/s_i) c_j) ρ(⟨a_i,x⟩) for μ > 0.
    pub(super) fn merge(&mut self, step: &Merge, limits: &Limits) -> Result<(), Stop> {
        let Merge { into, ref from } = *step;
        let kept = self.neuron(into)?;
        let Some(scale) = kept.scale().inverse() else {
            return reject(format!("neuron {into} has a = 0: nothing merges with it"));
        };
        if from.is_empty() {
            return reject("no neuron is merged");
        }
        let mut sum = kept.c.clone();
        let mut last = into;
        for &j in from {
            if j <= last {
                let reason = format!("the merged neurons must increase from {into}");
                return differ(reason, j, format!("more than {last}"));
            }
            last = j;
            let merged = self.neuron(j)?;
            if merged.direction != kept.direction {
                return reject(format!(
                    "a of neuron {j} is no positive multiple of a of neuron {into}"
                ));
            }
            // μ s_j/s_i, as a neuron's scale is s times the length of its a.
            let factor = &merged.scale() * &scale;
            for (sum, c) in sum.iter_mut().zip(&merged.c) {
                *sum = &*sum + &(&factor * c);
                limits.check(sum.bits())?;
            }
        }
        self.neuron_mut(into)?.c = sum;
        for &j in from {
            self.neuron_mut(j)?.clear();
        }
        Ok(())
    }

    /// New neuron i is old neuron order[i].
    pub(super) fn permute(&mut self, step: &Permute) -> Result<(), Stop> {
        equal("length of the order", step.order.len(), self.neurons.len())?;
        let old = std::mem::take(&mut self.neurons);
        let mut old: Vec<Option<Neuron>> = old.into_iter().map(Some).collect();
        for &i in &step.order {
            match old.get_mut(i).and_then(Option::take) {
                Some(neuron) => self.neurons.push(neuron),
                None => {
                    return reject(format!(
                        "the order names neuron {i} twice, or there is none"
                    ));
                }
            }
        }
        Ok(())
    }

    /// a ← factor·a, c ← c/factor.
    pub(super) fn scale(&mut self, step: &Scale, limits: &Limits) -> Result<(), Stop> {
        let (factor, inverse) = positive(Q::from(&step.factor))?;
        let neuron = self.neuron_mut(step.neuron)?;
        neuron.a.iter_mut().for_each(|a| *a = &*a * &factor);
        neuron.c.iter_mut().for_each(|c| *c = &*c * &inverse);
        neuron.check(limits)
    }

    /// √s·a ← √factor·√s·a, √s·c ← √s·c/√factor.
    pub(super) fn radical(&mut self, step: &Radical, limits: &Limits) -> Result<(), Stop> {
        let (factor, inverse) = positive(Q::from(&step.factor))?;
        let neuron = self.neuron_mut(step.neuron)?;
        neuron.s = &neuron.s * &factor;
        neuron.c.iter_mut().for_each(|c| *c = &*c * &inverse);
        neuron.check(limits)
    }
}

/// A positive factor and its inverse.
fn positive(factor: Q) -> Result<(Q, Q), Stop> {
    match factor.inverse() {
        Some(inverse) if factor.is_positive() => Ok((factor, inverse)),
        _ => differ("the factor must be positive", factor, "> 0"),
    }
}

#[cfg(test)]
#[path = "tests/rewrite.rs"]
mod tests;
