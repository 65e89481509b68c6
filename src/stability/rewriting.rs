//! Rewriting a network step by step without changing its function; every step is recorded for the certificate.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::cases::Taking;
use crate::certificate::{Permute, Rewrite, Step, Why};
use crate::exact::rows::direction;
use crate::exact::{Rational, Surd};
use crate::network::{Neuron, Shallow};

/// The current network and the steps that led to it.
#[derive(Clone, Debug)]
pub struct Rewriting {
    pub(super) neurons: Vec<Neuron>,
    moves: Vec<Move>,
}

/// A step before it is written out.
#[derive(Clone, Debug)]
enum Move {
    /// The neurons at `places` gave way to these.
    Replaced {
        places: Vec<usize>,
        by: Vec<Neuron>,
        why: Why,
    },
    Permuted(Vec<usize>),
}

impl Move {
    fn step(self) -> Step {
        match self {
            Move::Replaced { places, by, why } => {
                let rows = |weights: fn(&Neuron) -> Vec<Surd>| {
                    let rows = by.iter().map(weights);
                    rows.map(|row| row.iter().map(Into::into).collect())
                        .collect()
                };
                Step::Rewrite(Rewrite {
                    a: rows(Neuron::inner_weights),
                    c: rows(Neuron::outer_weights),
                    replaces: places,
                    why,
                })
            }
            Move::Permuted(order) => Step::Permute(Permute { order }),
        }
    }
}

/// Whether this is a positive factor of a and its inverse of c.
fn rescales(why: Why) -> bool {
    matches!(why, Why::Scale | Why::Radical | Why::Stretch)
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
            moves: Vec::new(),
        }
    }

    /// The current neurons.
    pub fn neurons(&self) -> &[Neuron] {
        &self.neurons
    }

    /// The steps since the last call, in order.
    pub fn take_steps(&mut self) -> Vec<Step> {
        let moves = std::mem::take(&mut self.moves);
        moves.into_iter().map(Move::step).collect()
    }

    /// Records that the neurons now at `places` stand where others did. Rescalings of a neuron that follow each other are one step, and so
    /// are the weights that a zero neuron got and their rescaling.
    pub(super) fn replaced(&mut self, places: Vec<usize>, why: Why) {
        let by = places.iter().map(|&i| self.neurons[i].clone()).collect();
        if let Some(Move::Replaced {
            places: before,
            by: old,
            why: word,
        }) = self.moves.last_mut()
            && rescales(why)
            && (rescales(*word) || *word == Why::Revive)
            && *before == places
        {
            *old = by;
            *word = (*word).max(why);
            return;
        }
        self.moves.push(Move::Replaced { places, by, why });
    }

    /// Records that zero neurons were added behind the last neuron, or taken from `places`.
    pub(super) fn resized(&mut self, places: Vec<usize>, added: Vec<Neuron>) {
        let why = Why::Resize;
        let by = added;
        self.moves.push(Move::Replaced { places, by, why });
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
        self.replaced(vec![neuron], Why::Kill);
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
            let (into, from) = (group[0], &group[1..]);
            let others: Vec<&Neuron> = from.iter().map(|&j| &self.neurons[j]).collect();
            self.neurons[into] = self.neurons[into]
                .absorbing(&others)
                .expect("invariant: a group is of one direction");
            for &j in from {
                let old = &self.neurons[j];
                self.neurons[j] = Neuron::zero(old.inner().len(), old.outer().len());
            }
            self.replaced(group, Why::Merge);
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
        self.moves.push(Move::Permuted(order));
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
        self.replaced(vec![neuron], Why::Scale);
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
        self.replaced(vec![neuron], Why::Radical);
    }

    /// Inner weights times a sum of square roots, outer ones divided by it; once, and last of what is done with the neuron.
    ///
    /// # Panics
    /// Unless there is such a neuron and the factor is positive.
    pub fn stretch(&mut self, neuron: usize, factor: &Surd) {
        self.neurons[neuron] = self.neurons[neuron]
            .stretched(factor)
            .expect("the factor is positive");
        self.replaced(vec![neuron], Why::Stretch);
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

    /// Gives a live neuron the outer weight of `target`, of the same sign, as a number (69), as Case B.1 asks: one output.
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

    /// Gives a neuron the inner weights of `target`, a positive multiple of its own (70), as Case B.2 asks.
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

    /// What a live neuron takes over from `target`; where that is nothing, it is [balanced](Self::balance).
    pub(super) fn take(&mut self, neuron: usize, taking: Taking, target: &Neuron) {
        match taking {
            Taking::Outer => self.take_outer(neuron, target),
            Taking::Inner => self.take_inner(neuron, target),
            Taking::Nothing => self.balance(neuron),
        }
    }
}
