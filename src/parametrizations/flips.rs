//! Whether a network is the only parametrization of its function with as many neurons (N3).

use super::exhaustion::{Limits, Outcome, Solutions, all_sets, contribution_of};
use super::merge::merge;
use super::modular::eliminate;
use super::system::{Question, Sums};
use crate::exact::Rational;
use crate::exact::modular::residue;
use crate::exact::rows::clear_denominators;
use crate::exact::scalar::{Groups, Numbers, Scalar, known};
use crate::network::{Network, Neuron, TwoLayer};

/// What N3 says of a network.
#[derive(Clone, Debug)]
pub struct Flippable {
    /// Neurons that are not live: c_i = 0, or a_i = 0 in the first d entries. They can be changed freely.
    pub dead: Vec<usize>,
    /// Live neurons that share a hyperplane, group by group: their contributions can be split in other ways.
    pub shared: Vec<Vec<usize>>,
    /// The non-empty sets F with Σ_F c_i a_iᵀ = 0 (linear parts). Positively parallel neurons are taken together: a set has all
    /// of them or none.
    pub outcome: Outcome,
    /// Why there is no set, if linear independence shows it.
    pub independent: Option<Independent>,
}

/// Linear independence that rules flips out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Independent {
    /// The a_i themselves are independent: Lemma A.3.
    InnerWeights,
    /// The matrices c_i a_iᵀ are.
    Contributions,
}

impl Flippable {
    /// Whether all neurons are live and on pairwise different hyperplanes, as N3 asks.
    pub fn is_generic(&self) -> bool {
        self.dead.is_empty() && self.shared.is_empty()
    }

    /// Whether the network is unique up to permutation and positive rescaling; `None` if it is not known.
    pub fn unique(&self) -> Option<bool> {
        match &self.outcome {
            _ if !self.is_generic() => Some(false),
            Outcome::All(Solutions { sets, .. }) => Some(sets.is_empty()),
            Outcome::Unknown { found, .. } => (!found.is_empty()).then_some(false),
        }
    }
}

/// The flips of a shallow network; `None` for a deep one.
///
/// Source: N3, Lemmas A.3 and A.5. Cost: that of [`all_sets`](super::all_sets) for one vector a hyperplane and direction.
pub fn flippable(network: &Network, limits: &Limits) -> Option<Flippable> {
    let network = TwoLayer::of(network)?;
    let (mut found, classes) = known(flips(&mut Numbers, &network, limits));
    let first = |class: &Vec<usize>| &network.neurons[class[0]].inner()[..network.inputs];
    let rows: Vec<&[Rational]> = classes.iter().map(first).collect();
    found.independent = match &found.outcome {
        _ if certainly_independent(&rows) => Some(Independent::InnerWeights),
        Outcome::All(Solutions {
            exhaustion: Some(evidence),
            ..
        }) if evidence.free.is_empty() && evidence.functionals.is_empty() => {
            Some(Independent::Contributions)
        }
        _ => None,
    };
    Some(found)
}

/// The flips of a network over any numbers, without a word on linear independence, and the classes of neurons that flip together.
pub(crate) fn flips<S: Scalar, O: Sums<S>>(
    order: &mut O,
    network: &TwoLayer<S>,
    limits: &Limits,
) -> Result<(Flippable, Groups), O::Undecided> {
    let live = network.live(order)?;
    let dead = (0..network.neurons.len()).filter(|i| live.binary_search(i).is_err());
    let mut shared = network.classes(order, &live, true)?;
    shared.retain(|group| group.len() > 1);
    let gone = merge(order, network)?.dead;
    let mut classes = network.classes(order, &live, false)?;
    classes.retain(|class| !gone.contains(&class[0]));
    let question = order.rational(question(network, &classes))?;
    let mut outcome = all_sets(&question, limits);
    let (Outcome::All(Solutions { sets, .. }) | Outcome::Unknown { found: sets, .. }) =
        &mut outcome;
    for set in sets.iter_mut() {
        *set = set.iter().flat_map(|&k| classes[k].clone()).collect();
        set.sort_unstable();
    }
    sets.retain(|set| !set.is_empty());
    sets.sort_unstable();
    let found = Flippable {
        dead: dead.collect(),
        shared,
        outcome,
        independent: None,
    };
    Ok((found, classes))
}

/// Which sets of classes have contributions that add up to zero?
fn question<S: Scalar>(network: &TwoLayer<S>, classes: &[Vec<usize>]) -> Question<S> {
    let vectors = classes.iter().map(|class| {
        let neurons: Vec<&Neuron<S>> = class.iter().map(|&i| &network.neurons[i]).collect();
        contribution_of(&neurons, network.inputs)
    });
    Question {
        inputs: network.inputs,
        vectors: vectors.collect(),
        target: vec![S::nil(); network.inputs * network.outputs],
        lines: Vec::new(),
        decided: vec![None; classes.len()],
    }
}

/// Linear independence of rows, shown modulo a prime. If it says no, the rows are most likely, but not certainly, dependent.
fn certainly_independent(rows: &[&[Rational]]) -> bool {
    let Some(columns) = rows.first().map(|row| row.len()) else {
        return true;
    };
    if rows.len() > columns {
        return false;
    }
    let equations = rows.iter().map(|row| {
        let mut residues: Vec<u64> = clear_denominators(row)
            .entries
            .iter()
            .map(residue)
            .collect();
        residues.push(0);
        residues
    });
    eliminate(equations, columns).pivots.len() == rows.len()
}
