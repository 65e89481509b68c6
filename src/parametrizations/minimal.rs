//! The least number of neurons that realise a function (N4), with a network that attains it or comes near.

use super::exhaustion::{Existence, Limits, any_set};
use super::kinks::{Blueprint, Kinks, lengths};
use super::merge::{Merged, merge};
use crate::certificate::{Exhaustion, NoOrientation};
use crate::network::{Network, ShapeError, TwoLayer};
use crate::realization::CanonicalForm;

/// Most sets of orientations that are tried for a better network where the least number is not known (D > 1).
const MOST_TRIALS: usize = 2000;

/// Most kinks for which all 3^h choices are tried (D > 1).
const MOST_TRIED: usize = 8;

/// What is known of the least number of neurons; the output bias is not counted.
#[derive(Clone, Debug)]
pub struct Minimal {
    /// h, the number of hyperplanes across which the gradient of the function jumps.
    pub kinks: usize,
    /// No network has fewer neurons.
    pub lower: usize,
    /// The number of neurons of `network`.
    pub upper: usize,
    /// A network of the function; one zero neuron stands for none.
    pub network: Network,
    /// Whether `network` is the given one without dead, constant and parallel neurons (otherwise neurons were turned round or
    /// made anew).
    pub kept: bool,
    /// Evidence for a lower end that a certificate can show, `shown` ≤ `lower`.
    pub evidence: Vec<NoOrientation>,
    /// That lower end.
    pub shown: usize,
    /// Where a limit was reached: how many kinks are free, the exponent of the search that would be needed.
    pub open: Option<usize>,
}

impl Minimal {
    /// The least number, if it is known.
    pub fn least(&self) -> Option<usize> {
        (self.lower == self.upper).then_some(self.lower)
    }
}

/// The least number of neurons of a shallow network's function; `None` for a deep network.
///
/// h kinks need h neurons. h are enough iff some set F of kinks has Σ_F κ_H n_Hᵀ = R_0; h + 1 iff that holds modulo some kink's
/// line, which then carries two neurons; one output never needs more than h + 2. For D > 1 all choices are tried for few kinks, and
/// otherwise the upper end comes from the best of many constructions.
///
/// Source: N4. Cost: at most h + 1 questions of [`any_set`](super::any_set) about h vectors, none where the network has as many
/// neurons as kinks.
///
/// # Errors
/// Never for a network; the type is that of making one.
pub fn minimal(network: &Network, limits: &Limits) -> Result<Option<Minimal>, ShapeError> {
    let (Some(affine), Some(form)) = (TwoLayer::of(network), CanonicalForm::of(network)) else {
        return Ok(None);
    };
    let merged = merge(&affine);
    let mut search = Search::new(&affine, merged, form, limits);
    search.run();
    search.finish().map(Some)
}

struct Search<'a> {
    kinks: Kinks,
    limits: &'a Limits,
    given: &'a TwoLayer,
    merged: Merged,
    lower: usize,
    upper: usize,
    blueprint: Option<Blueprint>,
    evidence: Vec<NoOrientation>,
    open: Option<usize>,
}

impl<'a> Search<'a> {
    fn new(given: &'a TwoLayer, merged: Merged, form: CanonicalForm, limits: &'a Limits) -> Self {
        let kinks = Kinks::of(form);
        let h = kinks.count();
        Search {
            upper: merged.network.neurons.len(),
            kinks,
            limits,
            given,
            merged,
            lower: h,
            blueprint: None,
            evidence: Vec::new(),
            open: None,
        }
    }

    fn run(&mut self) {
        if self.lower == self.upper {
            return;
        }
        match any_set(&self.kinks.question(None), self.limits) {
            Existence::Found(set) => return self.offer(&set),
            Existence::None(exhaustion) => {
                self.lower += 1;
                self.show(None, exhaustion);
            }
            Existence::Unknown { nullity } => self.open = Some(nullity),
        }
        if self.lower < self.upper {
            self.one_more();
        }
        if self.lower < self.upper {
            self.construct();
        }
    }

    /// Looks for a kink whose line can carry what the others lack.
    fn one_more(&mut self) {
        let (mut evidence, mut all) = (Vec::new(), true);
        for line in 0..self.kinks.count() {
            if self.late() {
                all = false;
                break;
            }
            match any_set(&self.kinks.question(Some(line)), self.limits) {
                Existence::Found(set) => {
                    // The line's own neuron more is found by the construction.
                    return self.offer(&set);
                }
                Existence::None(exhaustion) => evidence.push((line, exhaustion)),
                Existence::Unknown { nullity } => {
                    self.open = self.open.max(Some(nullity));
                    all = false;
                    if nullity > self.limits.most_free {
                        break;
                    }
                }
            }
        }
        // h + 1 must be known to be the next candidate.
        if all && self.lower > self.kinks.count() {
            self.lower += 1;
            for (line, exhaustion) in evidence {
                self.show(Some(line), exhaustion);
            }
        }
    }

    /// The best of many constructions: the given network's orientations and their neighbours.
    fn construct(&mut self) {
        let mut best = self.own_orientations();
        self.consider(&best);
        let mut cost = self.kinks.blueprint(&best).neurons();
        if self.kinks.form.outputs() == 1 {
            return;
        }
        if self.kinks.count() <= MOST_TRIED {
            self.try_all();
            return;
        }
        let mut trials = 0;
        loop {
            let before = cost;
            for k in 0..best.len() {
                if trials == MOST_TRIALS || self.late() || self.lower == self.upper {
                    return;
                }
                trials += 1;
                best[k] = !best[k];
                let other = self.kinks.blueprint(&best).neurons();
                if other < cost {
                    cost = other;
                    self.consider(&best);
                } else {
                    best[k] = !best[k];
                }
            }
            if cost == before {
                return;
            }
        }
    }

    /// The formula of N4 for D > 1: the least of h + |T| + 2·(rank of the residual modulo the normals of T) over all disjoint sets F, T of
    /// kinks, F oriented negatively and T both ways. T need only be tried with independent normals: one that depends on others adds 1
    /// and saves nothing.
    fn try_all(&mut self) {
        let h = self.kinks.count();
        let members = |mask: usize| (0..h).filter(move |k| mask >> k & 1 == 1);
        let mut shared: Vec<usize> = (0..1 << h).collect();
        shared.sort_by_key(|mask| mask.count_ones());
        for both in shared {
            let lines: Vec<usize> = members(both).collect();
            // Larger sets T alone cost more than what is known.
            if h + lines.len() >= self.upper {
                break;
            }
            if !self.kinks.independent(&lines) {
                continue;
            }
            for set in (0..1usize << h).filter(|set| set & both == 0) {
                if self.late() {
                    return;
                }
                let set: Vec<bool> = (0..h).map(|k| set >> k & 1 == 1).collect();
                let blueprint = self.kinks.blueprint_on(&set, &lines);
                if blueprint.neurons() < self.upper {
                    self.upper = blueprint.neurons();
                    self.blueprint = Some(blueprint);
                }
            }
        }
        self.lower = self.upper;
    }

    /// For every kink, whether the given network's first neuron there is oriented negatively.
    fn own_orientations(&self) -> Vec<bool> {
        let network = &self.merged.network;
        let groups = network.hyperplanes();
        let biased = network.offset.is_some();
        let negative = |kink: &crate::realization::Kink| {
            let mut row = kink.normal.clone();
            if biased {
                row.push(kink.offset.clone());
            }
            let group = groups.get(&super::classes::hyperplane(&row).0);
            let neuron = group.map(|group| &network.neurons[group[0]]);
            neuron.is_some_and(|n| !super::classes::hyperplane(n.inner()).1)
        };
        self.kinks.form.kinks().iter().map(negative).collect()
    }

    fn offer(&mut self, set: &[usize]) {
        let set: Vec<bool> = (0..self.kinks.count()).map(|k| set.contains(&k)).collect();
        self.consider(&set);
    }

    fn consider(&mut self, set: &[bool]) {
        let blueprint = self.kinks.blueprint(set);
        if blueprint.neurons() < self.upper {
            self.upper = blueprint.neurons();
            self.blueprint = Some(blueprint);
        }
    }

    fn show(&mut self, line: Option<usize>, exhaustion: Option<Exhaustion>) {
        self.evidence
            .extend(exhaustion.map(|exhaustion| NoOrientation {
                line,
                forced: false,
                exhaustion,
            }));
    }

    fn late(&self) -> bool {
        self.limits.watch.check().is_err()
    }

    fn finish(mut self) -> Result<Minimal, ShapeError> {
        let h = self.kinks.count();
        // h + 1 rests on the step without a line, h + 2 also on one for each kink.
        let shown = match self.evidence.first() {
            Some(first) if first.line.is_none() => match self.evidence.len() == h + 1 {
                true => self.lower.min(h + 2),
                false => h + 1,
            },
            _ => h,
        };
        if shown < h + 2 {
            self.evidence.truncate(shown - h);
        }
        let biased = self.given.offset.is_some();
        let network = match &self.blueprint {
            Some(blueprint) => self.kinks.network(blueprint, biased, &lengths(self.given)),
            None => self.merged.network.clone(),
        };
        Ok(Minimal {
            kinks: h,
            lower: self.lower,
            upper: self.upper,
            kept: self.blueprint.is_none(),
            network: network.into_network()?,
            evidence: self.evidence,
            shown,
            open: self.open.filter(|_| self.lower < self.upper),
        })
    }
}
