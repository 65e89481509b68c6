//! Whether some Θ of a function satisfies C.3 with a given Γ (D03), and which neurons to turn round.

use super::classes::is_zero;
use super::exhaustion::{Existence, Limits, any_set, contribution_of};
use super::kinks::Kinks;
use crate::certificate::NoOrientation;
use crate::exact::scalar::{Numbers, Order, Scalar, known};
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
    let kinks = Kinks::of(CanonicalForm::of_shallow(theta));
    let rows = Directions {
        gamma: gamma
            .neurons()
            .iter()
            .filter(counts)
            .map(Neuron::inner)
            .collect(),
        kinks: kinks
            .form
            .kinks
            .iter()
            .map(|kink| kink.normal.as_slice())
            .collect(),
        theta: theta.neurons(),
    };
    let Some(lines) = known(Line::all(&mut Numbers, &rows)) else {
        return C3::GammaOpposite;
    };
    // Θ as it is may do.
    let flip = against(&lines, |_, _| None);
    if cancels(theta, &flip) {
        return C3::Possible { flip };
    }
    let mut question = kinks.question(None);
    for line in &lines {
        if let (Some(kink), Some(forced)) = (line.kink, line.forced) {
            question.decided[kink.0] = Some(kink.1 != forced);
        }
    }
    match any_set(&question, limits) {
        Existence::Found(set) => {
            let chosen = |_, line: &Line| {
                line.kink
                    .map(|(kink, reversed)| reversed != set.contains(&kink))
            };
            C3::Possible {
                flip: against(&lines, chosen),
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

/// Rows whose lines are compared: of the neurons of Γ that count, of kinks, and of Θ.
pub(crate) struct Directions<'a, S> {
    pub(crate) gamma: Vec<&'a [S]>,
    pub(crate) kinks: Vec<&'a [S]>,
    pub(crate) theta: &'a [Neuron<S>],
}

/// A line of such rows; each points along the first of them, or against it (true).
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// How Γ's neuron here does, which Θ's must do alike (C.3b).
    pub(crate) forced: Option<bool>,
    /// The kink here.
    kink: Option<(usize, bool)>,
    /// The neurons of Θ here.
    pub(crate) own: Vec<(usize, bool)>,
}

impl Line {
    /// All of them; none where Γ itself violates C.3a.
    pub(crate) fn all<S: Scalar, O: Order<S>>(
        order: &mut O,
        rows: &Directions<S>,
    ) -> Result<Option<Vec<Self>>, O::Undecided> {
        let (gamma, kinks) = (rows.gamma.len(), rows.kinks.len());
        let mut all = [rows.gamma.as_slice(), &rows.kinks].concat();
        let mut numbers = Vec::new();
        for (j, neuron) in rows.theta.iter().enumerate() {
            if !order.all_vanish(neuron.inner())? {
                numbers.push(j);
                all.push(neuron.inner());
            }
        }
        let mut lines = Vec::new();
        for members in order.lines(&all)? {
            let mut line = Line::default();
            for (row, reversed) in members {
                if row >= gamma + kinks {
                    line.own.push((numbers[row - gamma - kinks], reversed));
                } else if row >= gamma {
                    line.kink = Some((row - gamma, reversed));
                } else if line.forced.is_some_and(|before| before != reversed) {
                    return Ok(None);
                } else {
                    line.forced = Some(reversed);
                }
            }
            lines.push(line);
        }
        Ok(Some(lines))
    }
}

/// The neurons of Θ that are oriented against Γ's, else against `chosen`, else against the first one on their hyperplane. Where the choice is a solution,
/// turning them round changes nothing: on every line the sum of what is turned is what N_H lacks or has too much.
pub(crate) fn against(lines: &[Line], chosen: impl Fn(usize, &Line) -> Option<bool>) -> Vec<usize> {
    let mut flip = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let first = line.own.first().map(|(_, reversed)| *reversed);
        let wanted = line.forced.or_else(|| chosen(number, line)).or(first);
        let turned = line
            .own
            .iter()
            .filter(|(_, reversed)| Some(*reversed) != wanted);
        flip.extend(turned.map(|(neuron, _)| *neuron));
    }
    flip.sort_unstable();
    flip
}

/// Whether Σ c_i a_iᵀ over these neurons is zero.
fn cancels(network: &Shallow, set: &[usize]) -> bool {
    let neurons: Vec<&Neuron> = set.iter().map(|&i| &network.neurons()[i]).collect();
    is_zero(&contribution_of(&neurons, network.inputs()))
}
