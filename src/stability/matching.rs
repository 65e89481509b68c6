//! Which neuron of Θ stands against which neuron of Γ: the sets I_1, I_2 and the permutation π of the proof (55)–(59).

use std::collections::HashMap;

use crate::exact::rows::direction;
use crate::network::Neuron;

/// π and the set of matched neurons I_2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matching {
    /// `order[i]` is the neuron of Θ that goes to place i.
    pub order: Vec<usize>,
    /// Whether place i holds two neurons on the same hyperplane.
    pub matched: Vec<bool>,
}

/// Matches neurons with the same direction; what is left of Γ, zero neurons included, is paired with what is left of Θ, both
/// in ascending order. No two non-zero neurons within a list may be parallel, or the order is no permutation.
///
/// # Panics
/// If the lists have different lengths.
pub fn match_neurons(gamma: &[Neuron], theta: &[Neuron]) -> Matching {
    assert_eq!(gamma.len(), theta.len(), "the lists have one length");
    let on_direction: HashMap<_, usize> = theta
        .iter()
        .enumerate()
        .filter(|(_, neuron)| neuron.has_hyperplane())
        .map(|(j, neuron)| (direction(neuron.inner()), j))
        .collect();
    let partner = |neuron: &Neuron| match neuron.has_hyperplane() {
        true => on_direction.get(&direction(neuron.inner())).copied(),
        false => None,
    };
    let partners: Vec<Option<usize>> = gamma.iter().map(partner).collect();
    Matching::of(partners, theta.len())
}

impl Matching {
    /// Of the neurons of Γ with their partners among so many neurons of Θ, none of them twice.
    pub(crate) fn of(partners: Vec<Option<usize>>, theta: usize) -> Self {
        let mut taken = vec![false; theta];
        partners.iter().flatten().for_each(|&j| taken[j] = true);
        let mut left = (0..theta).filter(|&j| !taken[j]);
        let order = partners.iter().filter_map(|p| p.or_else(|| left.next()));
        Matching {
            order: order.collect(),
            matched: partners.iter().map(Option::is_some).collect(),
        }
    }
}
