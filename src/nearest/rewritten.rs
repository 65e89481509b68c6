//! From Θ to as few neurons as rewriting gives: constants folded, dead neurons gone, parallel ones merged.

use std::collections::BTreeSet;

use num_bigint::BigInt;

use crate::certificate::Step;
use crate::exact::rows::line_of;
use crate::network::Neuron;
use crate::stability::Rewriting;

/// The rewritten Θ, with its live neurons first; unless it was left unmerged, no two of them with the same a up to a positive factor.
#[derive(Clone, Debug)]
pub struct Rewritten {
    /// At the network with live neurons first, then zero ones, then the output bias where there is one.
    pub rewriting: Rewriting,
    /// The steps from Θ.
    pub steps: Vec<Step>,
    /// How many neurons are live.
    pub live: usize,
    /// Which neuron of Θ each live neuron comes from (the first of those merged).
    pub origin: Vec<usize>,
    /// On how many hyperplanes the live ones are.
    pub lines: usize,
    /// The number of neurons, the output bias not counted.
    pub neurons: usize,
}

/// The direction with first non-zero entry positive.
pub fn line(neuron: &Neuron) -> Vec<BigInt> {
    line_of(neuron.inner()).0
}

impl Rewritten {
    /// `count` neurons may be moved; with `biased` one more holds the output bias.
    pub fn new(mut rewriting: Rewriting, count: usize, biased: bool) -> Self {
        if biased {
            rewriting.fold_constants();
        }
        rewriting.kill_dead_among_first(count);
        rewriting.merge_parallel();
        Rewritten::unmerged(rewriting, count, biased)
    }

    /// The same without folding and merging: every live neuron stays, be it parallel to another or constant.
    pub fn unmerged(mut rewriting: Rewriting, count: usize, biased: bool) -> Self {
        rewriting.kill_dead_among_first(count);
        let (live, zero): (Vec<usize>, Vec<usize>) =
            (0..count).partition(|&i| rewriting.neurons()[i].is_live());
        let mut order: Vec<usize> = live.iter().chain(&zero).copied().collect();
        order.extend(biased.then_some(count));
        rewriting.permute(order);
        let lines: BTreeSet<_> = rewriting.neurons()[..live.len()].iter().map(line).collect();
        Rewritten {
            steps: rewriting.take_steps(),
            lines: lines.len(),
            live: live.len(),
            origin: live,
            neurons: count,
            rewriting,
        }
    }

    /// The live neurons.
    pub fn neurons(&self) -> &[Neuron] {
        &self.rewriting.neurons()[..self.live]
    }

    /// Gives the network `to` neurons, at least as many as are live.
    pub fn resize(&mut self, to: usize) {
        self.rewriting.resize(self.neurons, to);
        self.neurons = to;
        self.steps.extend(self.rewriting.take_steps());
    }
}
