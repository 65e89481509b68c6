//! Membership in N′ (balanced and C.2) and N* (N′ with the last two coordinates of every a_i positive); D24, D25.

use num_traits::Signed as _;

use super::multiples::{Multiple, parallel_pairs};
use crate::exact::Surd;
use crate::network::Shallow;

/// A neuron with ‖c_i‖_∞ ≠ ‖a_i‖_∞.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unbalanced {
    /// The neuron.
    pub neuron: usize,
    /// ‖a_i‖_∞.
    pub inner: Surd,
    /// ‖c_i‖_∞.
    pub outer: Surd,
}

/// A weight among the last two of some a_i that is not positive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotPositive {
    /// The neuron.
    pub neuron: usize,
    /// The coordinate, d − 2 or d − 1.
    pub coordinate: usize,
    /// The weight there.
    pub weight: Surd,
}

/// Why the last condition of N* fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotStar {
    /// d < 2.
    TooFewInputs,
    /// The first weight that is not positive.
    NotPositive(NotPositive),
}

/// Which of the theory's sets a parametrization belongs to; each `None` is a condition that holds, each `Some` its first
/// violation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// ‖c_i‖_∞ = ‖a_i‖_∞ for all i.
    pub unbalanced: Option<Unbalanced>,
    /// C.2: no two a_i are positive multiples of each other.
    pub parallel: Option<Multiple>,
    /// The last two coordinates of every a_i are positive, d ≥ 2.
    pub not_star: Option<NotStar>,
}

impl Membership {
    /// Whether the parametrization is in N′: balanced and C.2.
    pub fn in_n_prime(&self) -> bool {
        self.unbalanced.is_none() && self.parallel.is_none()
    }

    /// Whether it is in N*: in N′, d ≥ 2, and the last two coordinates of every a_i are positive (D25).
    pub fn in_n_star(&self) -> bool {
        self.in_n_prime() && self.not_star.is_none()
    }
}

/// Decides membership in N′ and N*.
///
/// Source: D25 (Definition 3.2). Cost: m·d greatest common divisors, and two comparisons of square roots a neuron.
pub fn membership(network: &Shallow) -> Membership {
    Membership {
        unbalanced: first_unbalanced(network),
        parallel: parallel_pairs(network).into_iter().next(),
        not_star: not_star(network),
    }
}

/// The first neuron with ‖c_i‖_∞ ≠ ‖a_i‖_∞.
pub fn first_unbalanced(network: &Shallow) -> Option<Unbalanced> {
    let neurons = network.neurons().iter().enumerate();
    neurons.into_iter().find_map(|(neuron, weights)| {
        // One root for both sizes says nothing about which is larger, a stretch does.
        let differ = match weights.stretch() {
            None => weights.inner_norm() != weights.outer_norm(),
            Some(_) => weights.inner_size().compare(&weights.outer_size()).is_ne(),
        };
        differ.then(|| Unbalanced {
            neuron,
            inner: weights.inner_size(),
            outer: weights.outer_size(),
        })
    })
}

/// Why not every a_i has positive last two coordinates.
pub fn not_star(network: &Shallow) -> Option<NotStar> {
    let Some(first) = network.inputs().checked_sub(2) else {
        return Some(NotStar::TooFewInputs);
    };
    network
        .neurons()
        .iter()
        .enumerate()
        .find_map(|(neuron, n)| {
            let last_two = n.inner().iter().enumerate().skip(first);
            let (coordinate, _) = last_two.into_iter().find(|(_, w)| !w.is_positive())?;
            Some(NotStar::NotPositive(NotPositive {
                neuron,
                coordinate,
                weight: n.inner_weights().swap_remove(coordinate),
            }))
        })
}
