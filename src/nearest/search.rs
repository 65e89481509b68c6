//! The nearest parametrization: which flips, which assignment, and what no parametrization can do better than.

use std::time::Instant;

use num_traits::{Signed as _, Zero};

use super::base::Base;
use super::bottleneck::{Costs, HallEvidence, Optimum, OutOfTime};
use super::build::{Builder, Construction};
use super::metric::{Metric, Orientation, Source};
use crate::certificate::{Against, Among, Exhaustion, Rule, Side};
use crate::degeneracy::{Membership, membership};
use crate::exact::{Rational, Surd};
use crate::network::{Network, Neuron, Shallow};
use crate::parametrizations::{Limits, Outcome, flip_sets};
use crate::realization::CanonicalForm;
use crate::stability::{NotShallow, Pair, Rewriting};

/// What to ask, and how hard to look.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which parametrizations compete.
    pub among: Among,
    /// When to stop.
    pub deadline: Option<Instant>,
    /// When to give up looking for flip sets.
    pub flips: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            among: Among::All,
            deadline: None,
            flips: Limits::default(),
        }
    }
}

/// Why two networks cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NearestError {
    /// A deep network.
    #[error(transparent)]
    NotShallow(#[from] NotShallow),
    /// Different numbers of inputs or outputs.
    #[error("Γ and Θ must have the same number of {what}, but Γ has {gamma} and Θ has {theta}")]
    Shapes {
        /// `inputs` or `outputs`.
        what: &'static str,
        /// Γ's number.
        gamma: usize,
        /// Θ's number.
        theta: usize,
    },
    /// The deadline came; [`nearest`] then answers what it knows.
    #[error("the time limit was reached")]
    OutOfTime,
    /// Something the theory proves impossible happened: a mistake in this program.
    #[error("{0}")]
    Impossible(&'static str),
}

impl From<OutOfTime> for NearestError {
    fn from(_: OutOfTime) -> Self {
        NearestError::OutOfTime
    }
}

/// The answer.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The nearest parametrization, or an interval.
    Nearest(Box<Nearest>),
    /// There is none: g has more kinks than Γ has neurons.
    TooManyKinks {
        /// Kinks of g.
        kinks: usize,
        /// Neurons of Γ.
        neurons: usize,
    },
    /// In N*: this network is not in N*.
    NotInNStar {
        /// Γ or Θ.
        network: Side,
        /// Why.
        membership: Box<Membership>,
        /// Neurons of Γ.
        neurons: usize,
    },
    /// In N*: a function in R(N*) has exactly as many kinks as its network has neurons (D25).
    OtherNumber {
        /// Neurons of Γ.
        gamma: usize,
        /// Neurons of Θ.
        theta: usize,
    },
}

/// What is not known, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Not all flip sets are known: so many contributions are free.
    Flips {
        /// The number of neurons less the rank of their contributions.
        nullity: usize,
    },
    /// The flip sets are known, but in a way that no certificate shows.
    FlipsUnshown,
    /// g has fewer kinks than Γ has neurons: neurons can be shared out and added in more ways than are searched.
    FewerKinks,
    /// The rewritten Θ has more live neurons than Γ has places, though g has no more kinks.
    Crowded {
        /// Live neurons of the rewritten Θ.
        live: usize,
    },
    /// The time limit was reached.
    Time,
}

/// Why a flipped Θ is not nearer.
#[derive(Clone, Debug)]
pub enum FlippedReason {
    /// By Hall's theorem.
    Hall(Surd, HallEvidence),
    /// By an entry of the output bias.
    Constant {
        /// The entry.
        output: usize,
        /// The difference there.
        value: Rational,
    },
}

/// Why no parametrization is nearer than the lower bound.
#[derive(Clone, Debug)]
pub enum Lower {
    /// The lower bound is 0.
    Nothing,
    /// One Hall violator, whatever is flipped.
    Hall {
        /// What is placed.
        against: Against,
        /// At least the lower bound.
        value: Surd,
        /// The violator.
        evidence: HallEvidence,
    },
    /// All flip sets, and a reason for each and for no flip.
    Flips {
        /// The sets.
        sets: Vec<Vec<usize>>,
        /// Why there are no others.
        exhaustion: Exhaustion,
        /// The reasons.
        reasons: Vec<(Vec<usize>, FlippedReason)>,
    },
}

/// The nearest parametrization of g to Γ as far as it is known: lower ≤ min ‖Φ − Γ‖_∞ ≤ the distance of `phi`.
#[derive(Clone, Debug)]
pub struct Nearest {
    /// Which parametrizations compete.
    pub among: Among,
    /// No parametrization is nearer.
    pub lower: Surd,
    /// Why.
    pub evidence: Lower,
    /// Steps from Θ to the network that the evidence speaks of.
    pub base: Vec<Rule>,
    /// The nearest found.
    pub phi: Option<Construction>,
    /// Which neuron of Θ each live neuron of the base comes from.
    pub origin: Vec<usize>,
    /// Whether the networks are homogenised: the last neuron is the output bias.
    pub homogenised: bool,
    /// Kinks of g.
    pub kinks: usize,
    /// Neurons of Γ, the output bias not counted.
    pub neurons: usize,
    /// Why the interval is not a point, if it is not.
    pub gap: Option<Gap>,
}

impl Nearest {
    /// The distance, if it is known exactly.
    pub fn exact(&self) -> Option<&Surd> {
        let upper = &self.phi.as_ref()?.distance.value;
        upper.compare(&self.lower).is_eq().then_some(upper)
    }
}

/// Γ, and what of it may be matched.
pub(super) struct Problem<'a> {
    pub(super) gamma: &'a Shallow,
    /// How many neurons of Γ are places: all but the output bias.
    pub(super) places: usize,
    pub(super) biased: bool,
    pub(super) deadline: Option<Instant>,
}

/// Asks for the parametrization of R(Θ) with as many neurons as Γ that is nearest to Γ in ‖·‖_∞.
///
/// With as many kinks as neurons the answer is exact wherever the flip sets are known (N5); with fewer kinks it is an interval.
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
        deadline: options.deadline,
    };
    if options.among == Among::NStar {
        return problem.in_n_star(&pair.theta);
    }
    let form = CanonicalForm::of(theta).ok_or(NearestError::Impossible("a deep network"))?;
    let kinks = form.kinks().len();
    if kinks > problem.places {
        return Ok(Answer::TooManyKinks {
            kinks,
            neurons: problem.places,
        });
    }
    let count = pair.theta.neurons().len() - extra;
    let mut base = Base::new(Rewriting::new(&pair.theta), count, pair.homogenised);
    if base.live > problem.places {
        return problem.crowded(&base, &form);
    }
    base.resize(problem.places);
    let found = match kinks == problem.places {
        true => problem.generic(base.clone(), &options.flips),
        false => problem.few_kinks(base.clone(), &form),
    };
    let nearest = match found {
        Err(NearestError::OutOfTime) => problem.in_order(base)?,
        found => found?,
    };
    Ok(Answer::Nearest(Box::new(nearest)))
}

impl Problem<'_> {
    /// The neurons of Γ that are places.
    pub(super) fn place_neurons(&self) -> &[Neuron] {
        &self.gamma.neurons()[..self.places]
    }

    /// The entry where the output bias differs most after flipping, and by how much; `None` without biases.
    fn constant_gap(&self, current: &[Neuron], flipped: &[usize]) -> Option<(usize, Rational)> {
        let (target, own) = (self.gamma.neurons().last()?, current.last()?);
        let gaps = (0..target.outer().len()).map(|l| {
            let mut e = own.outer()[l].clone();
            for &i in flipped {
                let neuron = &current[i];
                let bias = neuron
                    .inner()
                    .last()
                    .cloned()
                    .unwrap_or_else(Rational::zero);
                e += bias * neuron.scale() * &neuron.outer()[l];
            }
            (l, (e - &target.outer()[l]).abs())
        });
        let largest = gaps.reduce(|best, next| if next.1 > best.1 { next } else { best });
        largest.filter(|_| self.biased)
    }

    /// As many kinks as neurons: every parametrization is a permutation, positive rescaling and flip of the base (N3).
    fn generic(&self, base: Base, limits: &Limits) -> Result<Nearest, NearestError> {
        let sources = base.neurons().iter().cloned().map(Source::Ridge).collect();
        let metric = Metric::new(sources, self.place_neurons().to_vec());
        let mut costs = Costs::new(&metric, self.deadline);
        let current = base.rewriting.neurons();
        let kept = vec![Orientation::Kept; self.places];
        let as_is = Flipped::new(self, &mut costs, current, Vec::new())?;
        let either = vec![Orientation::Either; self.places];
        let free = costs.optimum(&either)?;
        if free.value.compare(&as_is.distance).is_eq() {
            let evidence = hall_evidence(&mut costs, &either, &free, Against::Both)?;
            return self.finish(base, &mut costs, as_is, free.value, evidence, None);
        }
        let linear = self.gamma.inputs() - usize::from(self.biased);
        let outcome = flip_sets(base.neurons(), linear, limits);
        let (Outcome::All(crate::parametrizations::Solutions { sets, .. })
        | Outcome::Unknown { found: sets, .. }) = &outcome;
        let mut all = vec![as_is];
        for set in sets {
            all.push(Flipped::new(self, &mut costs, current, set.clone())?);
        }
        let best = nearest_of(&all);
        let (exhaustion, gap) = match outcome {
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
            return self.finish(base, &mut costs, best, free.value, evidence, gap);
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
        self.finish(base, &mut costs, best, lower, evidence, None)
    }

    fn finish(
        &self,
        base: Base,
        costs: &mut Costs,
        best: Flipped,
        lower: Surd,
        evidence: Lower,
        gap: Option<Gap>,
    ) -> Result<Nearest, NearestError> {
        let phi = self.build(&base, costs, &best.optimum.place, &best.set, &best.distance)?;
        Ok(Nearest {
            among: Among::All,
            lower,
            evidence,
            phi: Some(phi),
            kinks: base.lines,
            neurons: self.places,
            base: base.steps,
            origin: base.origin,
            homogenised: self.biased,
            gap,
        })
    }

    /// Φ for an assignment of the base's neurons, the dead ones included: flip, permute, rescale, revive.
    pub(super) fn build(
        &self,
        base: &Base,
        costs: &mut Costs,
        place: &[usize],
        flipped: &[usize],
        allowed: &Surd,
    ) -> Result<Construction, NearestError> {
        let mut order = vec![0; self.places];
        for (source, &place) in place.iter().enumerate() {
            order[place] = source;
        }
        let mut builder = Builder::new(base.rewriting.clone(), self.places);
        builder.rewriting.flip(flipped, self.biased);
        let whole = order
            .iter()
            .copied()
            .chain(self.biased.then_some(self.places));
        builder.rewriting.permute(whole.collect());
        for (at, place) in self.place_neurons().iter().enumerate() {
            let source = order[at];
            if source >= base.live {
                builder.revive(at, place);
                continue;
            }
            let own = costs.exact(source, at, flipped.binary_search(&source).is_ok());
            builder
                .fit(at, place, &own.level, allowed)
                .ok_or(NearestError::Impossible("a neuron does not fit its place"))?;
        }
        builder
            .finish(self.gamma, order, flipped.to_vec())
            .filter(|construction| construction.distance.value.compare(allowed).is_le())
            .ok_or(NearestError::Impossible(
                "the construction is further than computed",
            ))
    }

    /// The base's neurons in their own order, rescaled: what can be said at once.
    fn in_order(&self, base: Base) -> Result<Nearest, NearestError> {
        let ridges = base.neurons().iter().cloned().map(Source::Ridge);
        let metric = Metric::new(ridges.collect(), self.place_neurons().to_vec());
        let mut costs = Costs::new(&metric, None);
        let place: Vec<usize> = (0..self.places).collect();
        let mut allowed = Surd::zero();
        for i in 0..base.live {
            let cost = &costs.exact(i, i, false).value;
            if cost.compare(&allowed).is_gt() {
                allowed = cost.clone();
            }
        }
        for place in &self.place_neurons()[base.live..] {
            let least = place.inner_norm().min(place.outer_norm());
            let cost = Surd::multiple_of_root(&least, place.scale());
            if cost.compare(&allowed).is_gt() {
                allowed = cost;
            }
        }
        if let Some((_, gap)) = self.constant_gap(base.rewriting.neurons(), &[]) {
            let gap = Surd::from(gap);
            if gap.compare(&allowed).is_gt() {
                allowed = gap;
            }
        }
        let phi = self.build(&base, &mut costs, &place, &[], &allowed)?;
        Ok(Nearest {
            among: Among::All,
            lower: Surd::zero(),
            evidence: Lower::Nothing,
            phi: Some(phi),
            kinks: base.lines,
            neurons: self.places,
            base: base.steps,
            origin: base.origin,
            homogenised: self.biased,
            gap: Some(Gap::Time),
        })
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
        let mut costs = Costs::new(&metric, self.deadline);
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
            base: Vec::new(),
            phi,
            origin: (0..neurons).collect(),
            homogenised: false,
            kinks: neurons,
            neurons,
            gap: None,
        })))
    }

    /// Fewer kinks than neurons: every kink's line must be some neuron's, and the rest is an upper bound.
    fn few_kinks(&self, base: Base, form: &CanonicalForm) -> Result<Nearest, NearestError> {
        let (lower, evidence) = self.line_bound(form)?;
        let ridges = base.neurons().iter().cloned().map(Source::Ridge);
        let dead = std::iter::repeat_n(Source::Dead, self.places - base.live);
        let metric = Metric::new(ridges.chain(dead).collect(), self.place_neurons().to_vec());
        let mut costs = Costs::new(&metric, self.deadline);
        let plain = Flipped::new(self, &mut costs, base.rewriting.neurons(), Vec::new())?;
        let gap = (lower.compare(&plain.distance).is_lt()).then_some(Gap::FewerKinks);
        let kinks = form.kinks().len();
        let mut nearest = self.finish(base, &mut costs, plain, lower, evidence, gap)?;
        nearest.kinks = kinks;
        Ok(nearest)
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
        let mut costs = Costs::new(&metric, self.deadline);
        let optimum = costs.optimum(&kept)?;
        let evidence = hall_evidence(&mut costs, &kept, &optimum, Against::Lines)?;
        Ok((optimum.value, evidence))
    }

    /// More live neurons than places: only the lower bound is known.
    fn crowded(&self, base: &Base, form: &CanonicalForm) -> Result<Answer, NearestError> {
        let (lower, evidence) = self.line_bound(form)?;
        Ok(Answer::Nearest(Box::new(Nearest {
            among: Among::All,
            lower,
            evidence,
            base: base.steps.clone(),
            phi: None,
            origin: base.origin.clone(),
            homogenised: self.biased,
            kinks: form.kinks().len(),
            neurons: self.places,
            gap: Some(Gap::Crowded { live: base.live }),
        })))
    }
}

/// The best assignment after flipping one set.
struct Flipped {
    set: Vec<usize>,
    optimum: Optimum,
    constant: Option<(usize, Rational)>,
    /// The larger of both.
    distance: Surd,
}

impl Flipped {
    fn new(
        problem: &Problem,
        costs: &mut Costs,
        current: &[Neuron],
        set: Vec<usize>,
    ) -> Result<Self, NearestError> {
        let mut orientations = vec![Orientation::Kept; problem.places];
        for &i in &set {
            orientations[i] = Orientation::Flipped;
        }
        let optimum = costs.optimum(&orientations)?;
        let constant = problem.constant_gap(current, &set);
        let gap = constant.as_ref().map(|(_, gap)| Surd::from(gap.clone()));
        let distance = match gap {
            Some(gap) if gap.compare(&optimum.value).is_gt() => gap,
            _ => optimum.value.clone(),
        };
        Ok(Flipped {
            set,
            optimum,
            constant,
            distance,
        })
    }

    /// Why this flip is at least `lower` away.
    fn reason(
        &self,
        costs: &mut Costs,
        kept: &[Orientation],
        lower: &Surd,
    ) -> Result<FlippedReason, NearestError> {
        if let Some((output, value)) = &self.constant
            && Surd::from(value.clone()).compare(lower).is_ge()
        {
            return Ok(FlippedReason::Constant {
                output: *output,
                value: value.clone(),
            });
        }
        let mut orientations = kept.to_vec();
        for &i in &self.set {
            orientations[i] = Orientation::Flipped;
        }
        let evidence = costs.hall(&orientations, &self.optimum)?;
        let evidence = evidence.ok_or(NearestError::Impossible("no violator at the optimum"))?;
        Ok(FlippedReason::Hall(self.optimum.value.clone(), evidence))
    }
}

/// The first of the nearest.
fn nearest_of(all: &[Flipped]) -> usize {
    (0..all.len())
        .reduce(
            |best, next| match all[next].distance.compare(&all[best].distance).is_lt() {
                true => next,
                false => best,
            },
        )
        .unwrap_or(0)
}

fn hall_evidence(
    costs: &mut Costs,
    orientations: &[Orientation],
    optimum: &Optimum,
    against: Against,
) -> Result<Lower, NearestError> {
    if optimum.value.sign().is_eq() {
        return Ok(Lower::Nothing);
    }
    let evidence = costs.hall(orientations, optimum)?;
    Ok(Lower::Hall {
        against,
        value: optimum.value.clone(),
        evidence: evidence.ok_or(NearestError::Impossible("no violator at the optimum"))?,
    })
}
