//! Steps of the claims about all parametrizations: they change the number of neurons, the orientation of some, or the output bias.
//!
//! Where there are biases the networks are homogenised and the last neuron (0, …, 0, 1) holds the output bias e; it is never moved.

use num_traits::{Signed, Zero};

use super::rewriting::Rewriting;
use crate::certificate::Why;
use crate::exact::Rational;
use crate::network::Neuron;

impl Rewriting {
    /// Every neuron among the first `count`, if there are so many, with a = 0 or c = 0, but not both, becomes zero.
    pub fn kill_dead_among_first(&mut self, count: usize) {
        for neuron in 0..count.min(self.neurons.len()) {
            let old = &self.neurons[neuron];
            let silent = old.outer().iter().all(Zero::is_zero);
            if !old.is_live() && (old.has_hyperplane() || !silent) {
                self.kill(neuron);
            }
        }
    }

    /// Homogenised networks: every neuron whose a is zero but for its bias, and whose c and bias are not zero, goes into the output bias.
    pub fn fold_constants(&mut self) {
        for index in 0..self.neurons.len().saturating_sub(1) {
            let Some((last, neurons)) = self.neurons.split_last_mut() else {
                return;
            };
            let neuron = &mut neurons[index];
            let Some((bias, linear)) = neuron.inner().split_last() else {
                continue;
            };
            if linear.iter().any(|a| !a.is_zero()) || !neuron.is_live() {
                continue;
            }
            if bias.is_positive() {
                let value = bias * neuron.scale();
                add_to_bias(last, neuron.outer().iter().map(|c| c * &value));
            }
            *neuron = Neuron::zero(neuron.inner().len(), neuron.outer().len());
            self.replaced(vec![index], Why::Fold);
        }
    }

    /// Zero neurons are added after the first `from` ones, or the last of those, all zero, removed, so that there are `to`.
    ///
    /// # Panics
    /// If there are fewer than `from` neurons.
    pub fn resize(&mut self, from: usize, to: usize) {
        let Some(first) = self.neurons.first().filter(|_| from != to) else {
            return;
        };
        let zero = Neuron::zero(first.inner().len(), first.outer().len());
        let kept = from.min(to);
        let new = vec![zero; to - kept];
        self.neurons.splice(kept..from, new.iter().cloned());
        self.resized((kept..from).collect(), new);
    }

    /// The a of all these neurons change sign; Σ s c a over them must be zero (in its linear part, where `biased`: then e takes the rest).
    ///
    /// # Panics
    /// If there is no such neuron.
    pub fn flip(&mut self, neurons: &[usize], biased: bool) {
        if neurons.is_empty() {
            return;
        }
        for &index in neurons {
            let old = &self.neurons[index];
            let inner = old.inner().iter().map(|a| -a).collect();
            let outer = old.outer().to_vec();
            let bias = old.inner().last().cloned().unwrap_or_else(Rational::zero) * old.scale();
            let gain: Vec<Rational> = outer.iter().map(|c| c * &bias).collect();
            // A neuron's scale is positive, so the new one exists.
            if let Some(new) = Neuron::new(old.scale().clone(), outer, inner) {
                self.neurons[index] = new;
            }
            if let Some(last) = self.neurons.last_mut().filter(|_| biased) {
                add_to_bias(last, gain.into_iter());
            }
        }
        self.replaced(neurons.to_vec(), Why::Flip);
    }

    /// The zero neuron `into` takes the outer weights `outer` (over √s) from `neuron`, with a times `factor` > 0.
    ///
    /// # Panics
    /// If one of the two neurons does not exist.
    pub fn split(&mut self, neuron: usize, into: usize, factor: Rational, outer: Vec<Rational>) {
        let old = &self.neurons[neuron];
        let inner = old.inner().iter().map(|a| a * &factor).collect();
        let rest = old
            .outer()
            .iter()
            .zip(&outer)
            .map(|(c, taken)| c - &factor * taken);
        let rest = rest.collect();
        let Some(new) = Neuron::new(old.scale().clone(), outer, inner) else {
            return;
        };
        self.neurons[neuron] = old.with_outer(rest);
        self.neurons[into] = new;
        let mut places = vec![neuron, into];
        places.sort_unstable();
        self.replaced(places, Why::Split);
    }

    /// The zero neuron `neuron` becomes `new`.
    ///
    /// # Panics
    /// If there is no such neuron, or `new` is not dead.
    pub fn revive(&mut self, neuron: usize, new: Neuron) {
        assert!(!new.is_live(), "a revived neuron is dead");
        self.neurons[neuron] = new;
        self.replaced(vec![neuron], Why::Revive);
    }

    /// The zero neuron `neuron` takes what is larger of the a and c of `place`, and stays dead: as near to `place` as a dead neuron can be.
    pub fn revive_like(&mut self, neuron: usize, place: &Neuron) {
        let zeros = |row: &[Rational]| vec![Rational::zero(); row.len()];
        let (inner, outer) = match place.outer_norm() <= place.inner_norm() {
            true => (place.inner().to_vec(), zeros(place.outer())),
            false => (zeros(place.inner()), place.outer().to_vec()),
        };
        // The scale is that of a neuron, so it is positive.
        if let Some(new) = Neuron::new(place.scale().clone(), outer, inner)
            && new.inner_norm().max(new.outer_norm()).is_positive()
        {
            self.revive(neuron, new);
        }
    }
}

/// The last neuron is (0, …, 0, 1), its c is e.
fn add_to_bias(last: &mut Neuron, gain: impl Iterator<Item = Rational>) {
    let outer = last.outer().iter().zip(gain).map(|(e, gain)| e + gain);
    *last = last.with_outer(outer.collect());
}
