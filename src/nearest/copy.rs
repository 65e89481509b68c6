//! Γ computes g already, by Θ's neurons: the same ones in another order, each rescaled, and others that contribute nothing.
//!
//! Asked before anything is merged: networks with duplicate, cancelling, constant or dead neurons are at distance 0 from themselves.

use std::collections::HashMap;

use num_traits::{Signed as _, Zero as _};

use super::build::{Builder, Construction};
use super::problem::Problem;
use super::rewritten::Rewritten;
use crate::exact::Rational;
use crate::network::{Neuron, Shallow};
use crate::stability::Rewriting;

/// What no positive rescaling of a live neuron changes, in short: its first non-zero inner and outer weights' places, the sign of the inner
/// one and their product.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    inner: usize,
    outer: usize,
    negative: bool,
    product: Rational,
}

impl Key {
    /// `None` for a dead neuron.
    fn of(neuron: &Neuron) -> Option<Key> {
        let first = |row: &[Rational]| row.iter().position(|value| !value.is_zero());
        let (inner, outer) = (first(neuron.inner())?, first(neuron.outer())?);
        let (a, c) = (&neuron.inner()[inner], &neuron.outer()[outer]);
        Some(Key {
            inner,
            outer,
            negative: a.is_negative(),
            product: a * c * neuron.scale(),
        })
    }
}

/// Whether one row is a multiple of the other, whose entry `at` is not 0, by the quotient of these entries.
fn proportional(left: &[Rational], right: &[Rational], at: usize) -> bool {
    let (one, other) = (&left[at], &right[at]);
    let mut pairs = left.iter().zip(right);
    pairs.all(|(x, y)| match (x.is_zero(), y.is_zero()) {
        (true, true) => true,
        (false, false) => x * other == y * one,
        _ => false,
    })
}

/// For every live neuron of Γ a live neuron of Θ that is a positive rescaling of it, all live ones of Θ once; `None` if there are none.
fn partners(places: &[Neuron], sources: &[Neuron]) -> Option<Vec<Option<usize>>> {
    let live = |neurons: &[Neuron]| neurons.iter().filter(|neuron| neuron.is_live()).count();
    if live(places) != live(sources) {
        return None;
    }
    let mut of_key: HashMap<Key, Vec<usize>> = HashMap::new();
    // The last of a list is taken first: the one with the least index.
    for (j, source) in sources.iter().enumerate().rev() {
        if let Some(key) = Key::of(source) {
            of_key.entry(key).or_default().push(j);
        }
    }
    let mut partners = Vec::with_capacity(places.len());
    for place in places {
        let Some(key) = Key::of(place) else {
            partners.push(None);
            continue;
        };
        let (inner, outer) = (key.inner, key.outer);
        let same = of_key.get_mut(&key)?;
        let at = same.iter().rposition(|&j| {
            proportional(place.inner(), sources[j].inner(), inner)
                && proportional(place.outer(), sources[j].outer(), outer)
        });
        partners.push(Some(same.remove(at?)));
    }
    Some(partners)
}

/// The rewritten Θ that keeps all of Θ's live neurons, and Γ built from it; `None` if Γ has other live neurons than Θ.
pub(super) fn copy(problem: &Problem, theta: &Shallow) -> Option<(Rewritten, Construction)> {
    let count = theta.neurons().len() - usize::from(problem.biased);
    let places = problem.place_neurons();
    let offsets = |network: &Shallow| network.neurons().last().map(|last| last.outer().to_vec());
    if problem.biased && offsets(theta) != offsets(problem.gamma) {
        return None;
    }
    let partners = partners(places, &theta.neurons()[..count])?;
    let mut rewritten = Rewritten::unmerged(Rewriting::new(theta), count, problem.biased);
    rewritten.resize(places.len());
    let mut unused = rewritten.live..places.len();
    let mut order = Vec::with_capacity(places.len());
    for partner in &partners {
        order.push(match partner {
            Some(source) => rewritten.origin.binary_search(source).ok()?,
            None => unused.next()?,
        });
    }
    let mut builder = Builder::new(rewritten.rewriting.clone(), places.len());
    let whole = order.iter().copied();
    let whole = whole.chain(problem.biased.then_some(places.len()));
    builder.rewriting.permute(whole.collect());
    for (at, (place, partner)) in places.iter().zip(&partners).enumerate() {
        if partner.is_none() {
            builder.revive(at, place);
            continue;
        }
        let own = builder.rewriting.neurons()[at].inner().iter();
        let mut pairs = place.inner().iter().zip(own);
        let (target, own) = pairs.find(|(_, own)| !own.is_zero())?;
        let factor = target / own;
        builder.meet(at, place, factor);
    }
    let built = builder.finish(problem.gamma, order, Vec::new())?;
    built
        .distance
        .value
        .sign()
        .is_eq()
        .then_some((rewritten, built))
}
