//! One layer of a network of any depth: its neurons in the places of another network's, rescaled by rational numbers.

use num_bigint::BigInt;
use num_traits::{One as _, Zero as _};

use super::bottleneck::Costs;
use super::metric::{Metric, ridge_constraints};
use super::scaling::{Scaling, scaling};
use super::source::{Orientation, Source};
use crate::exact::{Rational, Surd};
use crate::network::Neuron;
use crate::watch::{Stop, Watch};

/// Where neurons go.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    /// The largest entry by which a neuron differs from that of its place, over the best rescalings, real ones: no order and rescaling has a smaller
    /// one.
    pub value: Surd,
    /// The place of each neuron.
    pub places: Vec<usize>,
    /// The positive factor of each neuron, with which it is no further than value·(1 + 2⁻³⁹) from its place; none for one that contributes nothing.
    pub factors: Vec<Option<Rational>>,
}

/// How much further than the least a neuron may be, so that its factor is rational: one part in 2^39.
const SLACK: u32 = 39;

/// Puts neurons in as many places, the largest difference as small as possible; `None` if a factor was not found.
///
/// Cost: that of [`nearest`](super::nearest()) without flips.
///
/// # Errors
/// The limit that was met.
pub(crate) fn place(
    neurons: &[Neuron],
    places: Vec<Neuron>,
    watch: &Watch,
) -> Result<Option<Placed>, Stop> {
    let source = |neuron: &Neuron| match neuron.is_live() {
        true => Source::Ridge(neuron.clone()),
        false => Source::Dead,
    };
    let metric = Metric::new(neurons.iter().map(source).collect(), places);
    let mut costs = Costs::new(&metric, watch);
    let optimum = costs.optimum(&vec![Orientation::Kept; neurons.len()])?;
    let slack = Rational::one() + Rational::new(BigInt::one(), BigInt::one() << SLACK);
    let allowed = optimum.value.scale(&slack);
    let mut factors = Vec::with_capacity(neurons.len());
    for (i, (neuron, place)) in neurons.iter().zip(&optimum.place).enumerate() {
        if !neuron.is_live() {
            factors.push(None);
            continue;
        }
        let own = costs.exact(i, *place, false).level.clone();
        let constraints = ridge_constraints(neuron, &metric.places()[*place], false);
        match scaling(&constraints, &own, &Rational::one(), &allowed) {
            Some(Scaling::Rational(factor)) if !factor.is_zero() => factors.push(Some(factor)),
            _ => return Ok(None),
        }
    }
    Ok(Some(Placed {
        value: optimum.value,
        places: optimum.place,
        factors,
    }))
}

/// How near rows can come to as many others, each multiplied by a real number, whatever the order: a bound for positive multiples too.
///
/// # Errors
/// The limit that was met.
pub(crate) fn rows_apart(
    rows: Vec<Vec<Rational>>,
    places: Vec<Neuron>,
    watch: &Watch,
) -> Result<Surd, Stop> {
    let count = rows.len();
    let metric = Metric::new(rows.into_iter().map(Source::Line).collect(), places);
    let mut costs = Costs::new(&metric, watch);
    Ok(costs.optimum(&vec![Orientation::Kept; count])?.value)
}
