//! The least number of neurons that realise a function (N4), with a network that attains it or comes near.

use super::exhaustion::{Existence, Limits, any_set};
use super::kinks::{Blueprint, Kinks, Lengths};
use super::merge::merge;
use super::system::Sums;
use crate::certificate::{Exhaustion, NoOrientation};
use crate::exact::scalar::{Numbers, Scalar, known};
use crate::network::{Network, ShapeError, TwoLayer};
use crate::realization::CanonicalForm;

/// Most sets of orientations that are tried for a better network where the least number is not known (D > 1).
const MOST_TRIALS: usize = 2000;

/// Most kinks for which all 3^h choices are tried (D > 1).
const MOST_TRIED: usize = 8;

/// Most kinks for which all these choices are ranked over functions of k, whose ranks may be less at single k.
const MOST_RANKED: usize = 5;

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
    let merged = known(merge(&mut Numbers, &affine));
    let least = known(least(&mut Numbers, &affine, &merged.network, form, limits));
    Ok(Some(Minimal {
        kinks: least.kinks,
        lower: least.lower,
        upper: least.upper,
        kept: least.kept,
        network: least.network.into_network()?,
        evidence: least.evidence,
        shown: least.shown,
        open: least.open,
    }))
}

/// What is known of the least number of neurons over any numbers; see [`Minimal`].
#[derive(Clone, Debug)]
pub(crate) struct Least<S> {
    pub kinks: usize,
    pub lower: usize,
    pub upper: usize,
    pub network: TwoLayer<S>,
    pub kept: bool,
    pub evidence: Vec<NoOrientation>,
    pub shown: usize,
    pub open: Option<usize>,
}

/// The least number of neurons of a network's function, whose canonical form is given; `merged` is the network without dead, constant and
/// parallel neurons. The network that is answered has the function wherever its numbers are defined.
pub(crate) fn least<S: Scalar, O: Sums<S>>(
    order: &mut O,
    given: &TwoLayer<S>,
    merged: &TwoLayer<S>,
    form: CanonicalForm<S>,
    limits: &Limits,
) -> Result<Least<S>, O::Undecided> {
    let kinks = Kinks::of(form);
    let mut search = Search {
        upper: merged.neurons.len(),
        lower: kinks.count(),
        kinks,
        order,
        limits,
        given,
        merged,
        blueprint: None,
        evidence: Vec::new(),
        open: None,
    };
    search.run()?;
    search.finish()
}

struct Search<'a, S: Scalar, O: Sums<S>> {
    order: &'a mut O,
    kinks: Kinks<S>,
    limits: &'a Limits,
    given: &'a TwoLayer<S>,
    merged: &'a TwoLayer<S>,
    lower: usize,
    upper: usize,
    blueprint: Option<Blueprint<S>>,
    evidence: Vec<NoOrientation>,
    open: Option<usize>,
}

impl<S: Scalar, O: Sums<S>> Search<'_, S, O> {
    fn run(&mut self) -> Result<(), O::Undecided> {
        if self.lower == self.upper {
            return Ok(());
        }
        match self.ask(None)? {
            Existence::Found(set) => {
                self.offer(&set);
                return Ok(());
            }
            Existence::None(exhaustion) => {
                self.lower += 1;
                self.show(None, exhaustion);
            }
            Existence::Unknown { nullity } => self.open = Some(nullity),
        }
        if self.lower < self.upper {
            self.one_more()?;
        }
        if self.lower < self.upper {
            self.construct()?;
        }
        Ok(())
    }

    fn ask(&mut self, line: Option<usize>) -> Result<Existence, O::Undecided> {
        let question = self.order.rational(self.kinks.question(line))?;
        Ok(any_set(&question, self.limits))
    }

    /// Looks for a kink whose line can carry what the others lack.
    fn one_more(&mut self) -> Result<(), O::Undecided> {
        let (mut evidence, mut all) = (Vec::new(), true);
        for line in 0..self.kinks.count() {
            if self.late() {
                all = false;
                break;
            }
            match self.ask(Some(line))? {
                Existence::Found(set) => {
                    // The line's own neuron more is found by the construction.
                    self.offer(&set);
                    return Ok(());
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
        Ok(())
    }

    /// The best of many constructions: the given network's orientations and their neighbours.
    fn construct(&mut self) -> Result<(), O::Undecided> {
        let mut best = self.own_orientations()?;
        self.consider(&best);
        let mut cost = self.kinks.blueprint(&best).neurons();
        if self.kinks.form.outputs() == 1 {
            return Ok(());
        }
        if self.kinks.count() <= MOST_TRIED {
            return self.try_all();
        }
        let mut trials = 0;
        loop {
            let before = cost;
            for k in 0..best.len() {
                if trials == MOST_TRIALS || self.late() || self.lower == self.upper {
                    return Ok(());
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
                return Ok(());
            }
        }
    }

    /// The formula of N4 for D > 1: the least of h + |T| + 2·(rank of the residual modulo the normals of T) over all disjoint sets F, T of
    /// kinks, F oriented negatively and T both ways. T need only be tried with independent normals: one that depends on others adds 1
    /// and saves nothing.
    fn try_all(&mut self) -> Result<(), O::Undecided> {
        for lines in by_size(self.kinks.count()) {
            // Larger sets T alone cost more than what is known.
            if self.kinks.count() + lines.len() >= self.upper {
                break;
            }
            if !self.kinks.independent(&lines) {
                continue;
            }
            for set in subsets(self.kinks.count(), &lines) {
                if self.late() {
                    return Ok(());
                }
                let set = self.mask(&set);
                let blueprint = self.kinks.blueprint_on(&set, &lines);
                if blueprint.neurons() < self.upper {
                    self.upper = blueprint.neurons();
                    self.blueprint = Some(blueprint);
                }
            }
        }
        if !O::EVERYWHERE && !self.ranks_suffice()? {
            return Ok(());
        }
        self.lower = self.upper;
        Ok(())
    }

    fn mask(&self, set: &[usize]) -> Vec<bool> {
        let all = 0..self.kinks.count();
        all.map(|k| set.contains(&k)).collect()
    }

    /// Whether no choice costs less than what is known, wherever the answer holds.
    fn ranks_suffice(&mut self) -> Result<bool, O::Undecided> {
        let h = self.kinks.count();
        if h > MOST_RANKED {
            return Ok(false);
        }
        for lines in by_size(h) {
            let least = h + lines.len();
            if least >= self.upper {
                break;
            }
            if !self.kinks.independent(&lines) {
                continue;
            }
            for set in subsets(h, &lines) {
                let rest = self.kinks.rest(&self.mask(&set), &lines);
                let rank = self.order.rank(&rest)?;
                if self.late() || least + 2 * rank < self.upper {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// For every kink, whether the given network's first neuron there is oriented negatively.
    fn own_orientations(&mut self) -> Result<Vec<bool>, O::Undecided> {
        let all: Vec<usize> = (0..self.merged.neurons.len()).collect();
        let first = self.kinks.first(self.order, self.merged, &all)?;
        let negative = |first: Option<(usize, S)>| match first {
            Some((_, factor)) => Ok(self.order.sign(&factor)?.is_lt()),
            None => Ok(false),
        };
        first.into_iter().map(negative).collect()
    }

    fn offer(&mut self, set: &[usize]) {
        let set = self.mask(set);
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

    /// (s, ‖a‖ relative to the kink's normal) of the given network's first neuron on each kink.
    fn lengths(&mut self) -> Result<Lengths<S>, O::Undecided> {
        let live = self.given.live(self.order)?;
        let first = self.kinks.first(self.order, self.given, &live)?;
        let length = |first: Option<(usize, S)>| match first {
            Some((neuron, factor)) => {
                let scale = self.given.neurons[neuron].scale().clone();
                Ok(Some((scale, self.order.size(&factor)?)))
            }
            None => Ok(None),
        };
        first.into_iter().map(length).collect()
    }

    fn finish(mut self) -> Result<Least<S>, O::Undecided> {
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
        let network = match self.blueprint.take() {
            Some(blueprint) => {
                let lengths = self.lengths()?;
                (self.kinks.network(&blueprint, biased, &lengths), false)
            }
            None => (self.merged.clone(), true),
        };
        Ok(Least {
            kinks: h,
            lower: self.lower,
            upper: self.upper,
            kept: network.1,
            network: network.0,
            evidence: self.evidence,
            shown,
            open: self.open.filter(|_| self.lower < self.upper),
        })
    }
}

/// All sets of kinks without some.
fn subsets(kinks: usize, without: &[usize]) -> impl Iterator<Item = Vec<usize>> + use<> {
    let known = without.iter().fold(0_usize, |mask, k| mask | 1 << k);
    let masks = (0..1_usize << kinks).filter(move |mask| mask & known == 0);
    masks.map(move |mask| (0..kinks).filter(|k| mask >> k & 1 == 1).collect())
}

/// All sets of kinks, small ones first.
fn by_size(kinks: usize) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = subsets(kinks, &[]).collect();
    sets.sort_by_key(Vec::len);
    sets
}
