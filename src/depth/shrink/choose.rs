//! Which neurons are left out: those whose loss costs least first, as long as what is left differs by no more than is allowed.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use num_traits::Zero as _;

use super::build::{Built, Fate, build};
use super::candidates::{Candidate, Weights, candidates, weights};
use super::walk::Given;
use crate::exact::Rational;
use crate::network::Deep;
use crate::watch::{Stop, Watch};

/// A neuron that is left out: its layer, its index, what stands for it.
type Left = (usize, usize, Fate);

/// What could be left out, and what that costs.
pub(super) struct Choice<'a> {
    given: &'a Given<'a>,
    candidates: Vec<Vec<Vec<Candidate>>>,
    weights: Weights,
}

impl<'a> Choice<'a> {
    pub(super) fn new(given: &'a Given<'a>, watch: &Watch) -> Result<Self, Stop> {
        let hidden = given.network.layers().len() - 1;
        let all = (0..hidden).map(|layer| candidates(given, layer, watch));
        Ok(Choice {
            given,
            candidates: all.collect::<Result<_, _>>()?,
            weights: weights(given),
        })
    }

    /// Neurons to be left out, one after the other the cheapest, as long as no output changes by more than the budget, about. What stands for another
    /// one stays, and so does one neuron of every layer.
    fn within(&self, budget: &Rational) -> Vec<Left> {
        let cost = |layer: usize, i: usize, candidate: &Candidate| {
            let weights = self.weights[layer][i].iter();
            weights
                .max()
                .map_or_else(Rational::zero, |weight| weight * &candidate.half)
        };
        let mut kept: Vec<usize> = self.candidates.iter().map(Vec::len).collect();
        let mut next = BinaryHeap::new();
        for (layer, neurons) in self.candidates.iter().enumerate() {
            for (i, found) in neurons.iter().enumerate() {
                if let Some(candidate) = found.first() {
                    next.push(Reverse((cost(layer, i, candidate), layer, i, 0)));
                }
            }
        }
        let (mut out, mut needed) = (BTreeSet::new(), BTreeSet::new());
        let mut changes = vec![Rational::zero(); self.given.network.outputs()];
        let mut left = Vec::new();
        while let Some(Reverse((least, layer, i, place))) = next.pop() {
            if least > *budget {
                break;
            }
            if needed.contains(&(layer, i)) || kept[layer] == 1 {
                continue;
            }
            let found = &self.candidates[layer][i];
            let candidate = &found[place];
            if let Fate::Into(j, _) = &candidate.fate
                && out.contains(&(layer, *j))
            {
                if let Some(candidate) = found.get(place + 1) {
                    next.push(Reverse((cost(layer, i, candidate), layer, i, place + 1)));
                }
                continue;
            }
            let shares = self.weights[layer][i]
                .iter()
                .map(|weight| weight * &candidate.half);
            let sums: Vec<Rational> = changes
                .iter()
                .zip(shares)
                .map(|(sum, share)| sum + share)
                .collect();
            if sums.iter().any(|sum| sum > budget) {
                continue;
            }
            changes = sums;
            kept[layer] -= 1;
            out.insert((layer, i));
            if let Fate::Into(j, _) = &candidate.fate {
                needed.insert((layer, *j));
            }
            left.push((layer, i, candidate.fate.clone()));
        }
        left
    }

    /// The network without them.
    fn without(
        &self,
        left: &[Left],
        round: &dyn Fn(Rational) -> Rational,
    ) -> (Built, Vec<Vec<Fate>>) {
        let layers = self.candidates.iter();
        let mut fates: Vec<Vec<Fate>> = layers.map(|layer| vec![Fate::Kept; layer.len()]).collect();
        for (layer, i, fate) in left {
            fates[*layer][*i] = fate.clone();
        }
        (build(self.given, &fates, round), fates)
    }

    /// The network with the fewest neurons that was found within the tolerance, by what `measure` says of networks: where even the one with all neurons is not, none.
    ///
    /// # Errors
    /// The limit that was reached before any was found.
    ///
    /// Cost: some ten networks are built and measured.
    pub(super) fn search(
        &self,
        tolerance: &Rational,
        round: &dyn Fn(Rational) -> Rational,
        measure: &mut dyn FnMut(&Deep, &Rational) -> Rational,
        watch: &Watch,
    ) -> Result<Search, Stop> {
        let mut best = None;
        let mut most = 0;
        let mut budget = tolerance.clone();
        for _ in 0..ROUNDS {
            let left = self.within(&budget);
            if best.is_some() && left.len() <= most {
                break;
            }
            // Of these as many as can be, the cheapest: all, or found by halving.
            let (mut fits, mut fails, mut tried) = (most, left.len() + 1, left.len());
            let mut last = None;
            loop {
                if let Err(stop) = watch.check() {
                    let best = last.or(best);
                    return match best.is_some() {
                        true => Ok(Search {
                            best,
                            stopped: Some(stop),
                        }),
                        false => Err(stop),
                    };
                }
                let (built, fates) = self.without(&left[..tried], round);
                let found = measure(&built.network, &built.bound);
                match found <= *tolerance {
                    true => (fits, last) = (tried, Some((built, fates, found))),
                    false => fails = tried,
                }
                let known = last.is_some() || best.is_some();
                tried = match known {
                    true if fits + 1 < fails => (fits + fails) / 2,
                    false if fails > 0 => fails / 2,
                    _ => break,
                };
            }
            let Some(found) = last else { break };
            let (all, distance) = (fits == left.len(), found.2.clone());
            most = fits;
            best = Some(found);
            if !all || distance.is_zero() {
                break;
            }
            // What is measured is less than was expected: more can be left out.
            budget = budget * tolerance / distance;
        }
        Ok(Search {
            best,
            stopped: None,
        })
    }
}

/// What a search has found.
pub(super) struct Search {
    /// The network, what became of the neurons, and how far it is from the given one.
    pub(super) best: Option<(Built, Vec<Vec<Fate>>, Rational)>,
    /// Why it did not go on.
    pub(super) stopped: Option<Stop>,
}

/// How often the budget is raised.
const ROUNDS: usize = 6;
