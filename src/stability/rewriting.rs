//! Rewriting a network step by step without changing its function; every step is recorded as a rule of the certificate.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::{One, Zero};

use crate::certificate::{Kill, Merge, Permute, Radical, Rule, Scale};
use crate::exact::Rational;
use crate::exact::rows::direction;
use crate::network::{Neuron, Shallow};

/// The current network and the steps that led to it.
#[derive(Clone, Debug)]
pub struct Rewriting {
    pub(super) neurons: Vec<Neuron>,
    pub(super) steps: Vec<Rule>,
}

fn one_root(neuron: &Neuron) -> Neuron {
    match neuron.stretch() {
        None => neuron.clone(),
        Some(_) => Neuron::from_weights(&neuron.inner_weights(), &neuron.outer_weights())
            .map_or_else(|_| neuron.unstretched(), |same| same.unstretched()),
    }
}

impl Rewriting {
    /// Starts at a network, its neurons with one square root each: any positive rescaling of a neuron is the same to what follows. Which one it
    /// is depends on the weights alone, as the verifier sees no more of them.
    pub fn new(network: &Shallow) -> Self {
        Rewriting {
            neurons: network.neurons().iter().map(one_root).collect(),
            steps: Vec::new(),
        }
    }

    /// The current neurons.
    pub fn neurons(&self) -> &[Neuron] {
        &self.neurons
    }

    /// The steps since the last call, in order.
    pub fn take_steps(&mut self) -> Vec<Rule> {
        std::mem::take(&mut self.steps)
    }

    /// Every neuron with a = 0 but c ≠ 0 becomes zero: the proof's first replacement. Neurons with a ≠ 0, c = 0 keep their
    /// hyperplane, and with it their place against Γ; balancing makes them zero later (E3).
    pub fn kill_without_hyperplane(&mut self) {
        for neuron in 0..self.neurons.len() {
            let old = &self.neurons[neuron];
            if !old.has_hyperplane() && old.outer().iter().any(|c| !c.is_zero()) {
                self.kill(neuron);
            }
        }
    }

    /// Every dead neuron that is not zero becomes zero.
    pub fn kill_dead(&mut self) {
        for neuron in 0..self.neurons.len() {
            let old = &self.neurons[neuron];
            let is_zero = !old.has_hyperplane() && old.outer().iter().all(Zero::is_zero);
            if !old.is_live() && !is_zero {
                self.kill(neuron);
            }
        }
    }

    pub(super) fn kill(&mut self, neuron: usize) {
        let old = &self.neurons[neuron];
        self.neurons[neuron] = Neuron::zero(old.inner().len(), old.outer().len());
        self.steps.push(Rule::Kill(Kill { neuron }));
    }

    /// Neurons with positively parallel a become one, the first of them (43)/(87).
    pub fn merge_parallel(&mut self) {
        let mut groups: BTreeMap<Vec<BigInt>, Vec<usize>> = BTreeMap::new();
        for (i, neuron) in self.neurons.iter().enumerate() {
            if neuron.has_hyperplane() {
                groups.entry(direction(neuron.inner())).or_default().push(i);
            }
        }
        let mut groups: Vec<Vec<usize>> = groups.into_values().filter(|g| g.len() > 1).collect();
        groups.sort_unstable();
        for group in groups {
            let into = group[0];
            let from = group[1..].to_vec();
            let others: Vec<&Neuron> = from.iter().map(|&j| &self.neurons[j]).collect();
            self.neurons[into] = self.neurons[into]
                .absorbing(&others)
                .expect("invariant: a group is of one direction");
            for &j in &from {
                let old = &self.neurons[j];
                self.neurons[j] = Neuron::zero(old.inner().len(), old.outer().len());
            }
            self.steps.push(Rule::Merge(Merge { into, from }));
        }
    }

    /// New neuron i is old neuron `order[i]` (59).
    ///
    /// # Panics
    /// If `order` is no permutation of the indices.
    pub fn permute(&mut self, order: Vec<usize>) {
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert!(
            sorted.into_iter().eq(0..self.neurons.len()),
            "the order is a permutation of the neurons"
        );
        if order.iter().enumerate().all(|(i, j)| i == *j) {
            return;
        }
        self.neurons = order.iter().map(|&j| self.neurons[j].clone()).collect();
        self.steps.push(Rule::Permute(Permute { order }));
    }

    /// a ← λ·a, c ← c/λ.
    ///
    /// # Panics
    /// Unless there is such a neuron and λ > 0.
    pub fn scale(&mut self, neuron: usize, factor: Rational) {
        if factor.is_one() {
            return;
        }
        self.neurons[neuron] = self.neurons[neuron]
            .scaled(&factor)
            .expect("the factor is positive");
        let factor = factor.into();
        self.steps.push(Rule::Scale(Scale { neuron, factor }));
    }

    /// Inner weights times √t, outer ones divided by it.
    ///
    /// # Panics
    /// Unless there is such a neuron and t > 0.
    pub fn radical(&mut self, neuron: usize, factor: Rational) {
        if factor.is_one() {
            return;
        }
        self.neurons[neuron] = self.neurons[neuron]
            .rescaled_by_root(&factor)
            .expect("the factor is positive");
        let factor = factor.into();
        self.steps.push(Rule::Radical(Radical { neuron, factor }));
    }

    /// Makes ‖c‖ = ‖a‖ for a live neuron (60)/(104), and both 0 for a dead one (E3).
    ///
    /// # Panics
    /// If there is no such neuron.
    pub fn balance(&mut self, neuron: usize) {
        let current = &self.neurons[neuron];
        if current.is_live() {
            let factor = current.outer_norm() / current.inner_norm();
            self.radical(neuron, factor);
        } else if current.has_hyperplane() || current.outer().iter().any(|c| !c.is_zero()) {
            self.kill(neuron);
        }
    }

    /// Gives a live neuron the outer weight of `target`, of the same sign, as a number (69): one output.
    ///
    /// # Panics
    /// If there is no such neuron, or its first outer weight and that of `target` are not both positive or both negative.
    pub fn take_outer(&mut self, neuron: usize, target: &Neuron) {
        self.radical(neuron, target.scale() / self.neurons[neuron].scale());
        let [own, other] = [self.neurons[neuron].outer(), target.outer()].map(|c| &c[0]);
        assert!(!other.is_zero(), "the outer weights have the same sign");
        let factor = own / other;
        self.scale(neuron, factor);
    }

    /// Gives a neuron the inner weights of `target`, a positive multiple of its own (70).
    ///
    /// # Panics
    /// If there is no such neuron, or one of the two has a = 0.
    pub fn take_inner(&mut self, neuron: usize, target: &Neuron) {
        self.radical(neuron, target.scale() / self.neurons[neuron].scale());
        let own = self.neurons[neuron].inner_norm();
        assert!(!own.is_zero(), "the neuron has a hyperplane");
        let factor = target.inner_norm() / own;
        self.scale(neuron, factor);
    }
}
