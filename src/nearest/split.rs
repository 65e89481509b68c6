//! Fewer kinks than places, one output: several places may share one neuron of g, and every place that need not be dead helps.
//!
//! At level C a place can hold a neuron ν·a with outer weight o for ν and o in intervals, so the contribution p = s·ν·o of its ridge lies in an
//! interval; a group of places realises c_j ρ(⟨a_j,x⟩) iff c_j lies in the sum of its intervals. Which place goes to which group is
//! chosen greedily, so this gives upper bounds only.

use num_traits::{Signed, Zero};

use super::build::{Builder, Construction};
use super::fixed_point::Decision;
use super::matching::Graph;
use super::metric::Metric;
use super::pair_cost::Constraints;
use super::problem::Problem;
use super::quadratic::Quadratic;
use super::rewritten::Rewritten;
use super::scaling::{Scaling, simplest};
use super::source::{Source, contribution};
use crate::exact::{Rational, Surd};
use crate::network::Neuron;
use crate::watch::Stop;

/// How often the interval of levels is halved.
const HALVINGS: usize = 24;
/// Precision of a level over √s, and of the levels tried.
const PRECISION: u64 = 64;

/// What a place can hold of one ridge at a level.
#[derive(Clone, Debug)]
struct Share {
    /// ν from, to; positive.
    scaling: (Rational, Rational),
    /// o from, to.
    outer: (Rational, Rational),
    /// s ν o from, to.
    product: (Rational, Rational),
}

/// Which ridge each place belongs to, if any, and the shares.
struct Groups {
    of_place: Vec<Option<usize>>,
    shares: Vec<Vec<Option<Share>>>,
}

/// A Φ nearer than `upper`, where sharing neurons gives one; only with one output.
pub fn improve(
    problem: &Problem,
    rewritten: &Rewritten,
    lower: &Surd,
    upper: &Surd,
) -> Result<Option<Construction>, Stop> {
    if problem.gamma.outputs() != 1 || rewritten.live == 0 || lower.compare(upper).is_ge() {
        return Ok(None);
    }
    let lines = rewritten
        .neurons()
        .iter()
        .map(|n| Source::Line(n.inner().to_vec()));
    let lines = Metric::new(lines.collect(), problem.place_neurons().to_vec());
    let (mut low, mut high) = (rational_above(lower), rational_above(upper));
    let mut best = None;
    let attempt = |level: &Rational| -> Result<Option<Construction>, Stop> {
        problem.watch.check()?;
        let Some(groups) = assign(problem, rewritten, &lines, level) else {
            return Ok(None);
        };
        let built = build(problem, rewritten, &groups);
        Ok(built.filter(|c| c.distance.value.compare(&Surd::from(level.clone())).is_le()))
    };
    // The lower bound itself, where it is rational: then the answer is exact.
    if let Some(found) = attempt(&low)? {
        return Ok(Some(found));
    }
    for _ in 0..HALVINGS {
        let middle = (&low + &high) / Rational::from_integer(2.into());
        match attempt(&middle)? {
            Some(found) => {
                high = middle;
                best = Some(found);
            }
            None => low = middle,
        }
    }
    if best.is_some()
        && low.is_positive()
        && let Some(found) = attempt(&simplest(low, high))?
    {
        best = Some(found);
    }
    Ok(best.filter(|c| c.distance.value.compare(upper).is_lt()))
}

/// The value, or a rational slightly above.
fn rational_above(value: &Surd) -> Rational {
    if let Some(rational) = value.to_rational() {
        return rational.clone();
    }
    // Bisection on a fine grid: Σ |terms| bounds the value.
    let size = value
        .terms()
        .iter()
        .map(|(c, n)| c.abs() * Rational::from_integer(n.clone()));
    let mut high = value.rational_part().abs() + size.sum::<Rational>();
    let mut low = Rational::zero();
    for _ in 0..PRECISION {
        let middle = (&low + &high) / Rational::from_integer(2.into());
        match Surd::from(middle.clone()).compare(value).is_ge() {
            true => high = middle,
            false => low = middle,
        }
    }
    high
}

/// A rational at most level/√s, the level itself for s = 1.
fn over_root(level: &Rational, scale: &Rational) -> Rational {
    let quotient = Quadratic::new(Rational::zero(), level.clone(), scale.recip());
    quotient.enclosure(PRECISION).0
}

fn share(source: &Neuron, place: &Neuron, level: &Rational) -> Option<Share> {
    let level = over_root(level, place.scale());
    // The outer weight is free, so only the inner weights bound ν.
    let constraints = Constraints::new((source.inner(), &[]), (place.inner(), &[]), false);
    let (low, high) = constraints.interval(&level.clone().into())?;
    let (low, high) = (low.to_rational()?.clone(), high.to_rational()?.clone());
    if !high.is_positive() {
        return None;
    }
    // ν > 0 may be as small as one likes; a positive number simpler to write does as well.
    let low = if low.is_positive() {
        low
    } else {
        &high / Rational::from_integer(1024.into())
    };
    let weight = place.outer().first()?;
    let outer = (weight - &level, weight + &level);
    let least = if outer.0.is_negative() { &high } else { &low };
    let most = if outer.1.is_negative() { &low } else { &high };
    let product = (
        place.scale() * least * &outer.0,
        place.scale() * most * &outer.1,
    );
    Some(Share {
        scaling: (low, high),
        outer,
        product,
    })
}

/// Groups for a level, or none found.
fn assign(
    problem: &Problem,
    rewritten: &Rewritten,
    lines: &Metric,
    level: &Rational,
) -> Option<Groups> {
    let places = problem.place_neurons();
    if let Some((_, gap)) = problem.constant_gap(rewritten.rewriting.neurons(), &[])
        && gap > *level
    {
        return None;
    }
    let targets: Vec<Rational> = rewritten
        .neurons()
        .iter()
        .map(|n| contribution(n).swap_remove(0))
        .collect();
    let units = lines.level_above(level);
    let is_far = |j: usize, i: usize| {
        let decision = units.map(|units| lines.decide(j, i, false, units));
        matches!(decision, Some(Decision::Far(_)))
    };
    let rows = rewritten.neurons().iter().enumerate();
    let shares: Vec<Vec<Option<Share>>> = rows
        .map(|(j, source)| {
            let row = places.iter().enumerate();
            let near = |(i, place): (usize, &Neuron)| match is_far(j, i) {
                true => None,
                false => share(source, place, level),
            };
            row.map(near).collect()
        })
        .collect();
    let may_die: Vec<bool> = places
        .iter()
        .map(|place| place.inner_norm().min(place.outer_norm()) <= over_root(level, place.scale()))
        .collect();
    let mut groups = Groups {
        of_place: vec![None; places.len()],
        shares,
    };
    // Alone where a place can hold the whole ridge; places that may not be dead are tried first.
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|&i| may_die[i]);
    let edges = targets.iter().enumerate().map(|(j, target)| {
        let alone = |i: &&usize| {
            groups.shares[j][**i]
                .as_ref()
                .is_some_and(|s| contains(&s.product, target))
        };
        order.iter().filter(alone).copied().collect()
    });
    let graph = Graph {
        edges: edges.collect(),
        places: places.len(),
    };
    let matched = graph.maximum_matching();
    for (j, place) in matched.place.iter().enumerate() {
        if let Some(i) = place {
            groups.of_place[*i] = Some(j);
        }
    }
    for (j, target) in targets.iter().enumerate() {
        if matched.place[j].is_none() {
            groups.collect(j, target, &order)?;
        }
    }
    // The others must be dead or join a group that still fits.
    for i in (0..places.len()).filter(|&i| !may_die[i]) {
        if groups.of_place[i].is_none() {
            groups.join(i, &targets)?;
        }
    }
    Some(groups)
}

fn contains(interval: &(Rational, Rational), value: &Rational) -> bool {
    interval.0 <= *value && *value <= interval.1
}

impl Groups {
    fn sum(&self, j: usize) -> (Rational, Rational) {
        let members = self
            .of_place
            .iter()
            .enumerate()
            .filter(|(_, of)| **of == Some(j));
        let shares = members.filter_map(|(i, _)| self.shares[j][i].as_ref());
        shares.fold((Rational::zero(), Rational::zero()), |sum, share| {
            (sum.0 + &share.product.0, sum.1 + &share.product.1)
        })
    }

    /// Gives ridge j free places until its target is in the sum of their intervals, always the one that helps most.
    fn collect(&mut self, j: usize, target: &Rational, order: &[usize]) -> Option<()> {
        loop {
            let sum = self.sum(j);
            let some = self.of_place.contains(&Some(j));
            if some && contains(&sum, target) {
                return Some(());
            }
            let upwards = sum.1 < *target;
            let free = order.iter().filter(|&&i| self.of_place[i].is_none());
            let helpful = free.filter_map(|&i| {
                let product = &self.shares[j][i].as_ref()?.product;
                let gain = if upwards {
                    product.1.clone()
                } else {
                    -&product.0
                };
                (gain.is_positive() || !some).then_some((gain, i))
            });
            let best = helpful.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
            self.of_place[best.1] = Some(j);
        }
    }

    /// Puts a place into the first group whose target stays reachable.
    fn join(&mut self, i: usize, targets: &[Rational]) -> Option<()> {
        let fits = |j: &usize| {
            let Some(share) = self.shares[*j][i].as_ref() else {
                return false;
            };
            let sum = self.sum(*j);
            let more = (sum.0 + &share.product.0, sum.1 + &share.product.1);
            contains(&more, &targets[*j])
        };
        self.of_place[i] = Some((0..targets.len()).find(fits)?);
        Some(())
    }
}

/// Products that add up to the target, each in its interval and not 0, as simple as that allows.
fn products(shares: &[&Share], target: &Rational) -> Option<Vec<Rational>> {
    let mut rest = target.clone();
    let mut chosen = Vec::with_capacity(shares.len());
    for (k, share) in shares.iter().enumerate() {
        let later = &shares[k + 1..];
        let least: Rational = later.iter().map(|s| s.product.0.clone()).sum();
        let most: Rational = later.iter().map(|s| s.product.1.clone()).sum();
        let low = share.product.0.clone().max(&rest - most);
        let high = share.product.1.clone().min(&rest - least);
        if low > high {
            return None;
        }
        let value = if later.is_empty() {
            rest.clone()
        } else {
            inner_value(low, high)
        };
        if value.is_zero() {
            return None;
        }
        rest -= &value;
        chosen.push(value);
    }
    rest.is_zero().then_some(chosen)
}

/// A simple number of the middle half of [low, high], not 0 if there is another.
fn inner_value(low: Rational, high: Rational) -> Rational {
    if low == high {
        return low;
    }
    let quarter = (&high - &low) / Rational::from_integer(4.into());
    let (low, high) = (low + &quarter, high - quarter);
    if low.is_positive() {
        simplest(low, high)
    } else if high.is_negative() {
        -simplest(-high, -low)
    } else if high.is_positive() {
        simplest(&high / Rational::from_integer(2.into()), high)
    } else {
        -simplest(-&low / Rational::from_integer(2.into()), -low)
    }
}

/// ν for a product p ≠ 0 with p/(s ν) among the outer weights.
fn scaling_for(share: &Share, scale: &Rational, product: &Rational) -> Option<Rational> {
    let size = product.abs() / scale;
    // With the sign changed so that the product is positive, o lies in [from, to].
    let (from, to) = match product.is_positive() {
        true => share.outer.clone(),
        false => (-&share.outer.1, -&share.outer.0),
    };
    if !to.is_positive() {
        return None;
    }
    let low = share.scaling.0.clone().max(&size / to);
    let high = match from.is_positive() {
        true => share.scaling.1.clone().min(size / from),
        false => share.scaling.1.clone(),
    };
    (low <= high).then(|| simplest(low, high))
}

fn build(problem: &Problem, rewritten: &Rewritten, groups: &Groups) -> Option<Construction> {
    let places = problem.place_neurons();
    let mut builder = Builder::new(rewritten.rewriting.clone(), places.len());
    let mut order = vec![usize::MAX; places.len()];
    let mut scalings: Vec<Option<Rational>> = vec![None; places.len()];
    let mut unused = rewritten.live..places.len();
    let mut origin = Vec::new();
    for (j, source) in rewritten.neurons().iter().enumerate() {
        let members = (0..places.len()).filter(|&i| groups.of_place[i] == Some(j));
        let members: Vec<usize> = members.collect();
        let shares: Option<Vec<&Share>> = members
            .iter()
            .map(|&i| groups.shares[j][i].as_ref())
            .collect();
        let shares = shares?;
        let chosen = products(&shares, &contribution(source).swap_remove(0))?;
        for (k, ((&i, share), product)) in members.iter().zip(&shares).zip(&chosen).enumerate() {
            scalings[i] = Some(scaling_for(share, places[i].scale(), product)?);
            order[i] = j;
            if k > 0 {
                let into = unused.next()?;
                let outer = vec![product / source.scale()];
                builder
                    .rewriting
                    .split(j, into, Rational::from_integer(1.into()), outer);
                order[i] = into;
                origin.push((into, j));
            }
        }
    }
    for at in order.iter_mut().filter(|at| **at == usize::MAX) {
        *at = unused.next()?;
    }
    let whole = order
        .iter()
        .copied()
        .chain(problem.biased.then_some(places.len()));
    builder.rewriting.permute(whole.collect());
    for (at, place) in places.iter().enumerate() {
        match scalings[at].take() {
            Some(nu) => builder.rescale(at, place, Scaling::Rational(nu)),
            None => builder.revive(at, place),
        }
    }
    // Neurons split off come from where their ridge does.
    for at in &mut order {
        if let Some((_, j)) = origin.iter().find(|(into, _)| into == at) {
            *at = *j;
        }
    }
    builder.finish(problem.gamma, order, Vec::new())
}
