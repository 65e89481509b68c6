//! Fewer neurons within a tolerance in the seminorm.
//!
//! Neurons are left out, and none stands for another: a merge is never cheaper. Where the hyperplane H of a neuron c ρ(⟨a,x⟩) is not one of the smaller network's, the
//! jump c aᵀ across H is all there in the difference, and r is at least half of its largest entry, however near another hyperplane is (J ≤ 2r); without the
//! neuron r is at most that entry.

use num_traits::{Signed as _, Zero as _};

use super::exhaustion::Limits;
use super::simplify::{Simplified, simplify};
use crate::exact::Rational;
use crate::exact::rows::direction;
use crate::network::{Network, Neuron, ShapeError, TwoLayer};
use crate::realization::{BoundedSeminorm, CanonicalForm, SeminormLimits, branch_and_bound};

/// A network with fewer neurons whose function is near in the seminorm.
#[derive(Clone, Debug)]
pub struct Within {
    /// The network; one zero neuron stands for none.
    pub network: Network,
    /// How many neurons it has.
    pub neurons: usize,
    /// Neurons of the given network that are left out though they change the function.
    pub dropped: Vec<usize>,
    /// The seminorm of the difference.
    pub distance: BoundedSeminorm,
    /// What could be done without any change, first.
    pub simplified: Simplified,
}

/// How often more is tried, where the seminorm is less than it could have been.
const ROUNDS: usize = 6;

/// First [`simplify`], then neurons are left out, those with the least ‖c aᵀ‖ first, as long as the seminorm of what is lost is at most the tolerance: by sums of
/// entries, then by what [`branch_and_bound`] finds within its limits. `None` for a deep network.
///
/// # Errors
/// Never for a network; the type is that of making one.
///
/// Cost: that of [`simplify`], d·D sums a neuron, and some searches for a seminorm.
pub fn within(
    network: &Network,
    tolerance: &Rational,
    limits: &Limits,
    search: &SeminormLimits,
) -> Result<Option<Within>, ShapeError> {
    let (Some(simplified), Some(given)) = (
        simplify(network, false, limits)?,
        CanonicalForm::of(network),
    ) else {
        return Ok(None);
    };
    let Some(small) = TwoLayer::of(&simplified.network) else {
        return Ok(None);
    };
    let affine = small.offset().is_some();
    let mut order: Vec<(Rational, usize)> = Vec::new();
    for (i, neuron) in small.neurons().iter().enumerate() {
        let size =
            largest(neuron.outer()) * largest(&neuron.inner()[..small.inputs()]) * neuron.scale();
        if !size.is_zero() {
            order.push((size, i));
        }
    }
    order.sort();
    let mut best: Option<(Vec<usize>, Network, BoundedSeminorm)> = None;
    let mut budget = tolerance.clone();
    for _ in 0..ROUNDS {
        let left = cheapest(&small, &order, &budget);
        if best
            .as_ref()
            .is_some_and(|(before, ..)| left.len() <= before.len())
        {
            break;
        }
        let kept = small.neurons().iter().enumerate();
        let kept = kept
            .filter(|(i, _)| !left.contains(i))
            .map(|(_, neuron)| neuron.clone());
        let smaller = TwoLayer {
            neurons: kept.collect(),
            ..small.clone()
        };
        let smaller = smaller.into_network()?;
        let Some(difference) = CanonicalForm::of(&smaller).and_then(|form| form.minus(&given))
        else {
            break;
        };
        let distance = branch_and_bound(&difference, affine, search);
        if distance.upper > *tolerance {
            break;
        }
        let (upper, all) = (distance.upper.clone(), left.len() == order.len());
        best = Some((left, smaller, distance));
        if all || upper.is_zero() || search.watch.check().is_err() {
            break;
        }
        budget = budget * tolerance / upper;
    }
    let Some((left, smaller, distance)) = best else {
        return Ok(None);
    };
    let names = names(network, &small);
    let mut dropped: Vec<usize> = left.iter().flat_map(|i| names[*i].clone()).collect();
    dropped.sort_unstable();
    Ok(Some(Within {
        neurons: small
            .neurons()
            .iter()
            .filter(|neuron| is_live(neuron, small.inputs()))
            .count()
            - left.len(),
        network: smaller,
        dropped,
        distance,
        simplified,
    }))
}

fn largest(row: &[Rational]) -> Rational {
    row.iter().map(Rational::abs).max().unwrap_or_default()
}

fn is_live(neuron: &Neuron, inputs: usize) -> bool {
    !largest(neuron.outer()).is_zero() && !largest(&neuron.inner()[..inputs]).is_zero()
}

/// Neurons, one after the other, as long as no entry of what is lost can be larger than the budget: the sum of the entries of one sign, whatever sides there are.
fn cheapest(network: &TwoLayer, order: &[(Rational, usize)], budget: &Rational) -> Vec<usize> {
    let inputs = network.inputs();
    let mut sums = vec![[Rational::zero(), Rational::zero()]; inputs * network.outputs()];
    let mut left = Vec::new();
    for (size, i) in order {
        if size > budget {
            break;
        }
        let neuron = &network.neurons()[*i];
        let outer = neuron.outer().iter();
        let entries = outer.flat_map(|c| {
            neuron.inner()[..inputs]
                .iter()
                .map(move |a| c * a * neuron.scale())
        });
        let entries: Vec<Rational> = entries.collect();
        let side = |entry: &Rational| usize::from(entry.is_negative());
        let fits = entries.iter().zip(&sums);
        let fits = fits
            .clone()
            .all(|(entry, sums)| &sums[side(entry)] + entry.abs() <= *budget);
        if fits {
            for (entry, sums) in entries.iter().zip(&mut sums) {
                sums[side(entry)] += entry.abs();
            }
            left.push(*i);
        }
    }
    left
}

/// The neurons of the given network that have the direction of one of the simplified one, or where it was turned round the opposite one.
fn names(network: &Network, small: &TwoLayer) -> Vec<Vec<usize>> {
    let given = TwoLayer::of(network).map_or_else(Vec::new, |given| given.neurons().to_vec());
    let directions: Vec<_> = given
        .iter()
        .map(|neuron| direction(neuron.inner()))
        .collect();
    let of = |neuron: &Neuron| {
        let own = direction(neuron.inner());
        let opposite: Vec<_> = own.iter().map(|x| -x).collect();
        let same = |wanted: &[num_bigint::BigInt]| {
            let all = directions.iter().enumerate();
            all.filter(|(_, d)| d.as_slice() == wanted)
                .map(|(i, _)| i)
                .collect::<Vec<usize>>()
        };
        match same(&own) {
            found if found.is_empty() => same(&opposite),
            found => found,
        }
    };
    small.neurons().iter().map(of).collect()
}
