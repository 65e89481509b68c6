//! Rules that rewrite the current network without changing its function: kill, merge, permute, scale, radical.

use super::limits::Limits;
use super::network::{Network, Neuron, below};
use super::number::Q;
use super::verdict::{Stop, differ, reject};
use crate::certificate::{Kill, Merge, Permute, Radical, Scale};

impl Network {
    fn neuron_mut(&mut self, i: usize) -> Result<&mut Neuron, Stop> {
        let count = self.neurons.len();
        match self.neurons.get_mut(i) {
            Some(neuron) => Ok(neuron),
            None => differ("there is no such neuron", i, below(count)),
        }
    }

    /// Neuron i becomes zero.
    fn clear(&mut self, i: usize) -> Result<(), Stop> {
        self.neuron_mut(i)?.clear();
        if let Some(direction) = self.directions.get_mut(i) {
            *direction = None;
        }
        Ok(())
    }

    /// A neuron with a = 0 or c = 0 becomes zero.
    pub(super) fn kill(&mut self, step: &Kill) -> Result<(), Stop> {
        let neuron = self.neuron(step.neuron)?;
        let live = neuron.c.iter().any(|c| !c.is_zero()) && neuron.a.iter().any(|a| !a.is_zero());
        if live {
            return reject(format!(
                "neuron {} is live: neither a nor c is zero",
                step.neuron
            ));
        }
        self.clear(step.neuron)
    }

    /// s_i c_i ρ(⟨a_i,x⟩) + s_j c_j ρ(⟨μ a_i,x⟩) = s_i (c_i + μ (s_j/s_i) c_j) ρ(⟨a_i,x⟩) for μ > 0.
    pub(super) fn merge(&mut self, step: &Merge, limits: &Limits) -> Result<(), Stop> {
        let Merge { into, ref from } = *step;
        let kept = self.neuron(into)?;
        let Some(direction) = self.direction(into) else {
            return reject(format!("neuron {into} has a = 0: nothing merges with it"));
        };
        let (Some(length), Some(s)) = (direction.length(&kept.a).inverse(), kept.s.inverse())
        else {
            return reject(format!("neuron {into} has no length"));
        };
        let mut sum = kept.c.clone();
        if from.is_empty() {
            return reject("no neuron is merged");
        }
        let mut last = into;
        for &j in from {
            if j <= last {
                return reject(format!(
                    "the merged neurons must increase from {into}: {j} after {last}"
                ));
            }
            last = j;
            let merged = self.neuron(j)?;
            if self.direction(j) != Some(direction) {
                return reject(format!(
                    "a of neuron {j} is no positive multiple of a of neuron {into}"
                ));
            }
            let factor = &(&direction.length(&merged.a) * &length) * &(&merged.s * &s);
            for (sum, c) in sum.iter_mut().zip(&merged.c) {
                *sum = &*sum + &(&factor * c);
                limits.check(sum)?;
            }
        }
        self.neuron_mut(into)?.c = sum;
        from.iter().try_for_each(|&j| self.clear(j))
    }

    /// New neuron i is old neuron order[i].
    pub(super) fn permute(&mut self, step: &Permute) -> Result<(), Stop> {
        let count = self.neurons.len();
        if step.order.len() != count {
            return differ("length of the order", step.order.len(), count);
        }
        let mut seen = vec![false; count];
        let mut neurons = Vec::with_capacity(count);
        let mut directions = Vec::with_capacity(count);
        for &i in &step.order {
            neurons.push(self.neuron(i)?.clone());
            directions.push(self.direction(i).cloned());
            if let Some(seen) = seen.get_mut(i)
                && std::mem::replace(seen, true)
            {
                return reject(format!("the order names neuron {i} twice"));
            }
        }
        self.neurons = neurons;
        self.directions = directions;
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
