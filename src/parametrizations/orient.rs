//! Whether some Θ of a function satisfies C.3 with a given Γ (D03), and which neurons to turn round.

use std::collections::BTreeMap;

use num_bigint::BigInt;

use super::classes::is_zero;
use super::exhaustion::{Existence, Limits, any_set, contribution_of};
use super::kinks::Kinks;
use crate::certificate::NoOrientation;
use crate::exact::rows::line_of;
use crate::network::{Neuron, Shallow};
use crate::realization::CanonicalForm;

/// Whether C.3 can be satisfied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum C3 {
    /// It can: with the neurons `flip` (increasing; perhaps none) turned round, a ↦ −a, and parallel neurons merged, Θ satisfies C.3a, and
    /// C.3b with Γ. Σ c_i a_iᵀ over them is zero.
    Possible {
        /// Neurons of Θ.
        flip: Vec<usize>,
    },
    /// Γ itself violates C.3a, so no Θ helps.
    GammaOpposite,
    /// No Θ does. The evidence is that of a `condition` claim, if a certificate can show it.
    Impossible {
        /// A `no-orientation` step with `forced`.
        evidence: Option<NoOrientation>,
    },
    /// The limits were reached.
    Unknown {
        /// How many kinks are free: the exponent of the search that would be needed.
        nullity: usize,
    },
}

/// Whether some Θ′ with R(Θ′) = R(Θ) satisfies C.3 with Γ. Networks as Theorem 3.1 sees them: homogenised where there are biases, any D.
///
/// C.3a leaves one neuron a kink, once parallel ones are merged, so Θ′ is a choice of orientations with Σ_F κ_H n_Hᵀ = R_0 (N2). Γ
/// forces those of kinks on its own hyperplanes; the rest is a subset sum. With `only_live` neurons of Γ with c_i = 0 force
/// nothing (as in Theorem 3.1's refined form).
///
/// Source: D03. Cost: one question of [`any_set`](super::any_set) about the kinks of Θ, none where Θ as it is, or with single
/// neurons turned, will do.
///
/// # Panics
/// If Γ and Θ have different numbers of inputs or outputs.
pub fn c3_possible(gamma: &Shallow, theta: &Shallow, only_live: bool, limits: &Limits) -> C3 {
    let shape = |network: &Shallow| (network.inputs(), network.outputs());
    assert_eq!(shape(gamma), shape(theta), "the networks have one shape");
    let counts = |neuron: &&Neuron| match only_live {
        true => neuron.is_live(),
        false => neuron.has_hyperplane(),
    };
    let mut forced: BTreeMap<Vec<BigInt>, bool> = BTreeMap::new();
    for neuron in gamma.neurons().iter().filter(counts) {
        let (line, reversed) = line_of(neuron.inner());
        let positive = !reversed;
        if forced
            .insert(line, positive)
            .is_some_and(|before| before != positive)
        {
            return C3::GammaOpposite;
        }
    }
    // Θ as it is may do.
    let flip = against(theta, &forced, BTreeMap::new());
    if cancels(theta, &flip) {
        return C3::Possible { flip };
    }
    let kinks = Kinks::of(CanonicalForm::of_shallow(theta));
    let lines = kinks.form.kinks.iter();
    let lines: Vec<Vec<BigInt>> = lines.map(|kink| line_of(&kink.normal).0).collect();
    let mut question = kinks.question(None);
    question.decided = lines
        .iter()
        .map(|line| forced.get(line).map(|positive| !positive))
        .collect();
    match any_set(&question, limits) {
        Existence::Found(set) => {
            let chosen = lines.into_iter().enumerate();
            let chosen = chosen.map(|(k, line)| (line, !set.contains(&k))).collect();
            C3::Possible {
                flip: against(theta, &forced, chosen),
            }
        }
        Existence::None(exhaustion) => C3::Impossible {
            evidence: exhaustion.map(|exhaustion| NoOrientation {
                line: None,
                forced: true,
                exhaustion,
            }),
        },
        Existence::Unknown { nullity } => C3::Unknown { nullity },
    }
}

/// The neurons that are oriented against `forced`, else against `chosen`, else against the first neuron on their hyperplane. Where
/// the choice is a solution, turning them round changes nothing: on every line the sum of what is turned is what N_H lacks or has too
/// much.
fn against(
    theta: &Shallow,
    forced: &BTreeMap<Vec<BigInt>, bool>,
    mut chosen: BTreeMap<Vec<BigInt>, bool>,
) -> Vec<usize> {
    let mut flip = Vec::new();
    for (i, neuron) in theta.neurons().iter().enumerate() {
        if !neuron.has_hyperplane() {
            continue;
        }
        let (line, reversed) = line_of(neuron.inner());
        let positive = !reversed;
        let wanted = match forced.get(&line) {
            Some(wanted) => *wanted,
            None => *chosen.entry(line).or_insert(positive),
        };
        if wanted != positive {
            flip.push(i);
        }
    }
    flip
}

/// Whether Σ c_i a_iᵀ over these neurons is zero.
fn cancels(network: &Shallow, set: &[usize]) -> bool {
    let neurons: Vec<&Neuron> = set.iter().map(|&i| &network.neurons()[i]).collect();
    is_zero(&contribution_of(&neurons, network.inputs()))
}
