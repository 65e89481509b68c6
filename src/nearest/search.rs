//! The nearest parametrization: which flips, which assignment, and what no parametrization can do better than.

use super::answer::{Answer, Contradiction, Gap, Lower, Nearest, NearestError, Options};
use super::bottleneck::Costs;
use super::build::{Builder, Construction};
use super::copy::copy;
use super::doubles::{Single, single};
use super::enclosed;
use super::flipped::{Flipped, hall_evidence, nearest_of};
use super::metric::Metric;
use super::problem::Problem;
use super::rewritten::Rewritten;
use super::source::{Orientation, Source};
use super::split::improve;
use crate::certificate::{Against, Among, Side};
use crate::degeneracy::membership;
use crate::exact::Surd;
use crate::network::{Network, Shallow};
use crate::parametrizations::{Limits, Outcome, Solutions, flip_sets};
use crate::realization::CanonicalForm;
use crate::stability::{Pair, Rewriting};
use crate::watch::{Stop, Watch};

/// Asks for the parametrization of R(Θ) with as many neurons as Γ that is nearest to Γ in ‖·‖_∞.
///
/// With as many kinks as neurons the answer is exact wherever the flip sets are known (N5); with fewer kinks it is an interval.
///
/// Cost, for m neurons, d inputs, D outputs, and each flip set: m² pair costs, decided in fixed point by O(d + D) operations at
/// each level of a bisection, a matching of O(m^2.5) for each of these levels, and exact costs for the pairs that may be the
/// largest. The flip sets themselves cost what [`flip_sets`] does. With a limit in `options.watch` the answer is a bracket.
///
/// # Errors
/// [`NearestError`] if the networks are deep or of different shape, or time is up before anything is known.
pub fn nearest(
    gamma: &Network,
    theta: &Network,
    options: &Options,
) -> Result<Answer, NearestError> {
    let pair = Pair::new(gamma, theta)?;
    for (what, gamma, theta) in [
        ("inputs", gamma.inputs(), theta.inputs()),
        ("outputs", gamma.outputs(), theta.outputs()),
    ] {
        if gamma != theta {
            return Err(NearestError::Shapes { what, gamma, theta });
        }
    }
    let extra = usize::from(pair.homogenised);
    let problem = Problem {
        gamma: &pair.gamma,
        places: pair.gamma.neurons().len() - extra,
        biased: pair.homogenised,
        watch: &options.watch,
    };
    let sums = pair.sums();
    if options.among == Among::NStar {
        if let Some((network, neuron)) = sums {
            return Err(NearestError::Sums { network, neuron });
        }
        return problem.in_n_star(&pair.theta);
    }
    let form = CanonicalForm::of(theta).ok_or(Contradiction::Deep)?;
    let kinks = form.kinks().len();
    if kinks > problem.places {
        return Ok(Answer::TooManyKinks {
            kinks,
            neurons: problem.places,
        });
    }
    if let Some((rewritten, phi)) = copy(&problem, &pair.theta) {
        return Ok(Answer::Nearest(Box::new(Nearest {
            kinks,
            ..problem.answer(rewritten, Surd::zero(), Lower::Nothing, phi, None)
        })));
    }
    if sums.is_some_and(|(network, _)| network == "Γ") {
        let neighbour = enclosed::neighbour(gamma)?;
        let answer = nearest(&neighbour, theta, options)?;
        return enclosed::widened(answer, &pair.gamma);
    }
    let count = pair.theta.neurons().len() - extra;
    let mut rewritten = Rewritten::new(Rewriting::new(&pair.theta), count, pair.homogenised);
    if rewritten.live > problem.places {
        let linear = gamma.inputs();
        rewritten = match single(&rewritten, linear, pair.homogenised, &options.flips) {
            Single::Found(rewritten) => rewritten,
            Single::Impossible if kinks == problem.places => {
                return Ok(Answer::NoOrientation { kinks });
            }
            Single::Impossible | Single::Unknown => return problem.crowded(&rewritten, &form),
        };
    }
    rewritten.resize(problem.places);
    let found = match kinks == problem.places {
        true => problem.generic(rewritten.clone(), &options.flips),
        false => problem.few_kinks(rewritten.clone(), &pair.theta, &form),
    };
    let nearest = match found {
        Err(NearestError::Stopped(stop)) => problem.in_order(rewritten, stop)?,
        found => found?,
    };
    Ok(Answer::Nearest(Box::new(nearest)))
}

impl Problem<'_> {
    /// As many kinks as neurons: every parametrization is a permutation, positive rescaling and flip of the rewritten Θ (N3).
    fn generic(&self, rewritten: Rewritten, limits: &Limits) -> Result<Nearest, NearestError> {
        let sources = rewritten
            .neurons()
            .iter()
            .cloned()
            .map(Source::Ridge)
            .collect();
        let metric = Metric::new(sources, self.place_neurons().to_vec());
        let mut costs = Costs::new(&metric, self.watch);
        let current = rewritten.rewriting.neurons();
        let kept = vec![Orientation::Kept; self.places];
        let as_is = Flipped::new(self, &mut costs, current, Vec::new())?;
        let either = vec![Orientation::Either; self.places];
        let free = costs.optimum(&either)?;
        if free.value.compare(&as_is.distance).is_eq() {
            let evidence = hall_evidence(&mut costs, &either, &free, Against::Both)?;
            return self.finish(rewritten, &mut costs, as_is, free.value, evidence, None);
        }
        let linear = self.gamma.inputs() - usize::from(self.biased);
        let outcome = flip_sets(rewritten.neurons(), linear, limits);
        let (Outcome::All(Solutions { sets, .. }) | Outcome::Unknown { found: sets, .. }) =
            &outcome;
        let mut all = vec![as_is];
        let mut late: Option<Stop> = None;
        for set in sets {
            match Flipped::new(self, &mut costs, current, set.clone()) {
                Err(NearestError::Stopped(stop)) => {
                    late = Some(stop);
                    break;
                }
                flipped => all.push(flipped?),
            }
        }
        // What was found so far is shown, however long that takes.
        costs.without_limits();
        let best = nearest_of(&all);
        let (exhaustion, gap) = match outcome {
            _ if late.is_some() => (None, late.map(Gap::Stopped)),
            Outcome::Unknown { nullity, .. } => (None, Some(Gap::Flips { nullity })),
            Outcome::All(solutions) => match solutions.exhaustion {
                Some(exhaustion) => (Some((solutions.sets, exhaustion)), None),
                None => (None, Some(Gap::FlipsUnshown)),
            },
        };
        let lower = all[best].distance.clone();
        let Some((sets, exhaustion)) = exhaustion else {
            let evidence = hall_evidence(&mut costs, &either, &free, Against::Both)?;
            let best = all.swap_remove(best);
            let gap = gap.filter(|_| free.value.compare(&best.distance).is_lt());
            return self.finish(rewritten, &mut costs, best, free.value, evidence, gap);
        };
        let mut reasons = Vec::with_capacity(all.len());
        if lower.sign().is_gt() {
            for flipped in &all {
                reasons.push((
                    flipped.set.clone(),
                    flipped.reason(&mut costs, &kept, &lower)?,
                ));
            }
        }
        let evidence = match reasons.is_empty() {
            true => Lower::Nothing,
            false => Lower::Flips {
                sets,
                exhaustion,
                reasons,
            },
        };
        let best = all.swap_remove(best);
        self.finish(rewritten, &mut costs, best, lower, evidence, None)
    }

    fn finish(
        &self,
        rewritten: Rewritten,
        costs: &mut Costs,
        best: Flipped,
        lower: Surd,
        evidence: Lower,
        gap: Option<Gap>,
    ) -> Result<Nearest, NearestError> {
        let phi = self.build(
            &rewritten,
            costs,
            &best.optimum.place,
            &best.set,
            &best.distance,
        )?;
        Ok(self.answer(rewritten, lower, evidence, phi, gap))
    }

    fn answer(
        &self,
        rewritten: Rewritten,
        lower: Surd,
        evidence: Lower,
        phi: Construction,
        gap: Option<Gap>,
    ) -> Nearest {
        Nearest {
            among: Among::All,
            lower,
            evidence,
            phi: Some(phi),
            kinks: rewritten.lines,
            neurons: self.places,
            steps: rewritten.steps,
            origin: rewritten.origin,
            homogenised: self.biased,
            gap,
        }
    }

    /// Φ for an assignment of the rewritten Θ's neurons, the dead ones included: flip, permute, rescale, revive.
    fn build(
        &self,
        rewritten: &Rewritten,
        costs: &mut Costs,
        place: &[usize],
        flipped: &[usize],
        allowed: &Surd,
    ) -> Result<Construction, NearestError> {
        let mut order = vec![0; self.places];
        for (source, &place) in place.iter().enumerate() {
            order[place] = source;
        }
        let mut builder = Builder::new(rewritten.rewriting.clone(), self.places);
        builder.rewriting.flip(flipped, self.biased);
        let whole = order
            .iter()
            .copied()
            .chain(self.biased.then_some(self.places));
        builder.rewriting.permute(whole.collect());
        for (at, place) in self.place_neurons().iter().enumerate() {
            let source = order[at];
            if source >= rewritten.live {
                builder.revive(at, place);
                continue;
            }
            let own = costs.exact(source, at, flipped.binary_search(&source).is_ok());
            builder
                .fit(at, place, &own.level, allowed)
                .ok_or(Contradiction::Place)?;
        }
        let built = builder
            .finish(self.gamma, order, flipped.to_vec())
            .filter(|construction| construction.distance.value.compare(allowed).is_le());
        Ok(built.ok_or(Contradiction::Distance)?)
    }

    /// The rewritten Θ's neurons in their own order, rescaled: what can be said at once.
    fn in_order(&self, rewritten: Rewritten, stop: Stop) -> Result<Nearest, NearestError> {
        let ridges = rewritten.neurons().iter().cloned().map(Source::Ridge);
        let metric = Metric::new(ridges.collect(), self.place_neurons().to_vec());
        let mut costs = Costs::new(&metric, &Watch::none());
        let place: Vec<usize> = (0..self.places).collect();
        let mut allowed = Surd::zero();
        for i in 0..rewritten.live {
            let cost = &costs.exact(i, i, false).value;
            if cost.compare(&allowed).is_gt() {
                allowed = cost.clone();
            }
        }
        for place in &self.place_neurons()[rewritten.live..] {
            let least = place.inner_norm().min(place.outer_norm());
            let cost = Surd::multiple_of_root(&least, place.scale());
            if cost.compare(&allowed).is_gt() {
                allowed = cost;
            }
        }
        if let Some((_, gap)) = self.constant_gap(rewritten.rewriting.neurons(), &[]) {
            let gap = Surd::from(gap);
            if gap.compare(&allowed).is_gt() {
                allowed = gap;
            }
        }
        let phi = self.build(&rewritten, &mut costs, &place, &[], &allowed)?;
        let lower = Surd::zero();
        let gap = Some(Gap::Stopped(stop));
        Ok(self.answer(rewritten, lower, Lower::Nothing, phi, gap))
    }

    /// Only permutations compete (D25).
    fn in_n_star(&self, theta: &Shallow) -> Result<Answer, NearestError> {
        for (network, side) in [(self.gamma, Side::Gamma), (theta, Side::Theta)] {
            let membership = membership(network);
            if !membership.in_n_star() {
                return Ok(Answer::NotInNStar {
                    network: side,
                    membership: Box::new(membership),
                    neurons: self.places,
                });
            }
        }
        let neurons = theta.neurons().len();
        if neurons != self.places {
            return Ok(Answer::OtherNumber {
                gamma: self.places,
                theta: neurons,
            });
        }
        let sources = theta.neurons().iter().cloned().map(Source::Still).collect();
        let metric = Metric::new(sources, self.place_neurons().to_vec());
        let mut costs = Costs::new(&metric, self.watch);
        let kept = vec![Orientation::Kept; neurons];
        let optimum = costs.optimum(&kept)?;
        let evidence = hall_evidence(&mut costs, &kept, &optimum, Against::Fixed)?;
        let mut order = vec![0; neurons];
        for (source, &place) in optimum.place.iter().enumerate() {
            order[place] = source;
        }
        let mut builder = Builder::new(Rewriting::new(theta), neurons);
        builder.rewriting.permute(order.clone());
        let phi = builder.finish(self.gamma, order, Vec::new());
        Ok(Answer::Nearest(Box::new(Nearest {
            among: Among::NStar,
            lower: optimum.value,
            evidence,
            steps: Vec::new(),
            phi,
            origin: (0..neurons).collect(),
            homogenised: false,
            kinks: neurons,
            neurons,
            gap: None,
        })))
    }

    /// Fewer kinks than neurons: every kink's line must be some neuron's, and the rest is an upper bound.
    fn few_kinks(
        &self,
        rewritten: Rewritten,
        theta: &Shallow,
        form: &CanonicalForm,
    ) -> Result<Nearest, NearestError> {
        let (lower, evidence) = self.line_bound(form)?;
        let metric = self.with_dead(&rewritten);
        let mut costs = Costs::new(&metric, self.watch);
        let plain = Flipped::new(self, &mut costs, rewritten.rewriting.neurons(), Vec::new())?;
        // Out of time the plain assignment stands.
        let better = improve(self, &rewritten, &lower, &plain.distance).unwrap_or(None);
        let live = rewritten.live;
        let mut nearest = self.finish(rewritten, &mut costs, plain, lower, evidence, None)?;
        nearest.phi = better.or(nearest.phi);
        if nearest.exact().is_none() {
            // Θ's own neurons may be nearer than what became of them by merging.
            let whole = self.unmerged(theta, live, nearest.phi.as_ref());
            if let Some((rewritten, phi)) = whole.unwrap_or(None) {
                nearest = self.answer(rewritten, nearest.lower, nearest.evidence, phi, None);
            }
        }
        nearest.kinks = form.kinks().len();
        nearest.gap = nearest.exact().is_none().then_some(Gap::FewerKinks);
        Ok(nearest)
    }

    /// The rewritten Θ's live neurons, and dead ones for all other places.
    fn with_dead(&self, rewritten: &Rewritten) -> Metric {
        let ridges = rewritten.neurons().iter().cloned().map(Source::Ridge);
        let dead = std::iter::repeat_n(Source::Dead, self.places - rewritten.live);
        Metric::new(ridges.chain(dead).collect(), self.place_neurons().to_vec())
    }

    /// The best assignment of Θ's neurons as they are, neither folded nor merged, where that is another question than the one of the `live`
    /// merged neurons; if it is nearer than `known`.
    fn unmerged(
        &self,
        theta: &Shallow,
        live: usize,
        known: Option<&Construction>,
    ) -> Result<Option<(Rewritten, Construction)>, NearestError> {
        let count = theta.neurons().len() - usize::from(self.biased);
        let mut rewritten = Rewritten::unmerged(Rewriting::new(theta), count, self.biased);
        if rewritten.live == live || rewritten.live > self.places {
            return Ok(None);
        }
        rewritten.resize(self.places);
        let metric = self.with_dead(&rewritten);
        let mut costs = Costs::new(&metric, self.watch);
        let found = Flipped::new(self, &mut costs, rewritten.rewriting.neurons(), Vec::new())?;
        if known.is_some_and(|known| found.distance.compare(&known.distance.value).is_ge()) {
            return Ok(None);
        }
        costs.without_limits();
        let place = &found.optimum.place;
        let phi = self.build(&rewritten, &mut costs, place, &[], &found.distance)?;
        Ok(Some((rewritten, phi)))
    }

    /// No parametrization is nearer than this: some neuron's a lies on each kink's line, different ones for different kinks.
    fn line_bound(&self, form: &CanonicalForm) -> Result<(Surd, Lower), NearestError> {
        let lines = form.kinks().iter().map(|kink| {
            let mut row = kink.normal.clone();
            row.extend(self.biased.then(|| kink.offset.clone()));
            Source::Line(row)
        });
        let lines: Vec<Source> = lines.collect();
        let kept = vec![Orientation::Kept; lines.len()];
        let metric = Metric::new(lines, self.place_neurons().to_vec());
        let mut costs = Costs::new(&metric, self.watch);
        let optimum = costs.optimum(&kept)?;
        let evidence = hall_evidence(&mut costs, &kept, &optimum, Against::Lines)?;
        Ok((optimum.value, evidence))
    }

    /// More live neurons than places: only the lower bound is known.
    fn crowded(&self, rewritten: &Rewritten, form: &CanonicalForm) -> Result<Answer, NearestError> {
        let (lower, evidence) = self.line_bound(form)?;
        Ok(Answer::Nearest(Box::new(Nearest {
            among: Among::All,
            lower,
            evidence,
            steps: rewritten.steps.clone(),
            phi: None,
            origin: rewritten.origin.clone(),
            homogenised: self.biased,
            kinks: form.kinks().len(),
            neurons: self.places,
            gap: Some(Gap::Crowded {
                live: rewritten.live,
            }),
        })))
    }
}
