//! The question, as all parts of the search see it.

use num_traits::{Signed as _, Zero};

use crate::exact::Rational;
use crate::network::{Neuron, Shallow};
use crate::watch::Watch;

/// Γ, and what of it may be matched.
pub(super) struct Problem<'a> {
    pub(super) gamma: &'a Shallow,
    /// How many neurons of Γ are places: all but the output bias.
    pub(super) places: usize,
    pub(super) biased: bool,
    pub(super) watch: &'a Watch,
}

impl Problem<'_> {
    /// The neurons of Γ that are places.
    pub(super) fn place_neurons(&self) -> &[Neuron] {
        &self.gamma.neurons()[..self.places]
    }

    /// The entry where the output bias differs most after flipping, and by how much; `None` without biases.
    pub(super) fn constant_gap(
        &self,
        current: &[Neuron],
        flipped: &[usize],
    ) -> Option<(usize, Rational)> {
        let (target, own) = (self.gamma.neurons().last()?, current.last()?);
        let gaps = (0..target.outer().len()).map(|l| {
            let mut e = own.outer()[l].clone();
            for &i in flipped {
                let neuron = &current[i];
                let bias = neuron
                    .inner()
                    .last()
                    .cloned()
                    .unwrap_or_else(Rational::zero);
                e += bias * neuron.scale() * &neuron.outer()[l];
            }
            (l, (e - &target.outer()[l]).abs())
        });
        let largest = gaps.reduce(|best, next| if next.1 > best.1 { next } else { best });
        largest.filter(|_| self.biased)
    }
}
