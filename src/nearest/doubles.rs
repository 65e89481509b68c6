//! Hyperplanes with two neurons, one on each side: a flip that turns one of each pair makes one neuron of the two.

use num_traits::Zero;

use super::rewritten::{Rewritten, line};
use crate::exact::Rational;
use crate::network::Neuron;
use crate::parametrizations::{Existence, Limits, Question, any_set};

/// What became of the pairs.
#[derive(Clone, Debug)]
pub enum Single {
    /// The rewritten Θ with one neuron a hyperplane.
    Found(Rewritten),
    /// No network of g has one neuron a hyperplane of the rewritten Θ: no orientation of the pairs' sums fits (N2).
    Impossible,
    /// The limits were reached.
    Unknown,
}

/// s c aᵀ by rows, with the first `linear` entries of a.
fn contribution(neuron: &Neuron, linear: usize) -> Vec<Rational> {
    let rows = neuron.outer().iter().map(|c| c * neuron.scale());
    rows.flat_map(|c| neuron.inner()[..linear].iter().map(move |a| a * &c))
        .collect()
}

/// Flips a set of the rewritten Θ's neurons that has exactly one of every two on the same hyperplane, and merges.
///
/// With v_p, v_q the contributions of such a pair and x_p ∈ {0, 1} for "p is in the set" (and q is not), the condition Σ_F v_i = 0 is
/// Σ x_p (v_p − v_q) + Σ_others x_i v_i = −Σ v_q: a subset sum again.
pub fn single(rewritten: &Rewritten, linear: usize, biased: bool, limits: &Limits) -> Single {
    let neurons = rewritten.neurons();
    let mut groups: std::collections::BTreeMap<_, Vec<usize>> = std::collections::BTreeMap::new();
    for (i, neuron) in neurons.iter().enumerate() {
        groups.entry(line(neuron)).or_default().push(i);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
    groups.sort_unstable();
    let outputs = neurons.first().map_or(0, |neuron| neuron.outer().len());
    let mut question = Question {
        inputs: linear,
        vectors: Vec::with_capacity(groups.len()),
        target: vec![Rational::zero(); linear * outputs],
        lines: Vec::new(),
        decided: vec![None; groups.len()],
    };
    for group in &groups {
        let mut vector = contribution(&neurons[group[0]], linear);
        if let Some(&other) = group.get(1) {
            let other = contribution(&neurons[other], linear);
            for ((v, t), other) in vector.iter_mut().zip(&mut question.target).zip(other) {
                *v -= &other;
                *t -= other;
            }
        }
        question.vectors.push(vector);
    }
    let chosen = match any_set(&question, limits) {
        Existence::Found(set) => set,
        Existence::None(_) => return Single::Impossible,
        Existence::Unknown { .. } => return Single::Unknown,
    };
    let mut flipped: Vec<usize> = Vec::new();
    for (k, group) in groups.iter().enumerate() {
        match (chosen.binary_search(&k).is_ok(), group.get(1)) {
            (true, _) => flipped.push(group[0]),
            (false, Some(&other)) => flipped.push(other),
            (false, None) => {}
        }
    }
    flipped.sort_unstable();
    let mut rewriting = rewritten.rewriting.clone();
    rewriting.flip(&flipped, biased);
    let flip = rewriting.take_steps();
    let mut merged = Rewritten::new(rewriting, rewritten.neurons, biased);
    // Steps and origins from Θ on.
    let origin = merged.origin.iter();
    merged.origin = origin
        .filter_map(|&k| rewritten.origin.get(k).copied())
        .collect();
    merged.steps = [rewritten.steps.clone(), flip, merged.steps].concat();
    Single::Found(merged)
}
