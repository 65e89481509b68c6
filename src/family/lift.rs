//! Lemma A.6 for families: every one, with biases or without, as one of N* with two more inputs held at 1 and −1.

use super::describe::{degeneracies_at, joined};
use super::difference::Difference;
use super::expression::Expression;
use super::network::{Family, Neuron};
use super::parametrizations::folded;
use super::sections::{Pair, cover};
use super::sketch::Sketch;
use super::unproved::Unproved;
use crate::certificate::Range;
use crate::parametrizations::merge;
use crate::stability::{lifted, published};
use crate::watch::Watch;

/// A lift on a range of k.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lift {
    /// Γ.
    pub network: Family,
    /// Whether R(Γ)(x, 1, −1) = R(Θ)(x) for all x.
    pub realises: bool,
    /// Whether Γ is in N*.
    pub n_star: bool,
}

/// Γ with R(Γ)(x, 1, −1) = R(Θ)(x), in N* unless the construction as published is asked for, for all integers k ≥ 1, by ranges.
///
/// Source: Lemma A.6, as [`lift`](crate::stability::lift). Cost: C(m, 2) comparisons of rows, and one canonical form, a range.
///
/// # Errors
/// What could not be proved; that a neuron would be balanced by a root of a sum of roots.
pub fn lift_for_all(
    theta: &Family,
    as_published: bool,
    watch: &Watch,
) -> Result<Vec<(Range, Lift)>, Unproved> {
    let pair = Pair {
        gamma: theta.with_biases(),
        theta: None,
        watch: watch.clone(),
    };
    let parts = cover(&pair, &|pair, _, mut sketch| {
        let theta = &pair.gamma;
        let neurons = match as_published {
            true => published(&mut sketch, theta)?,
            false => lifted(&mut sketch, theta)?,
        };
        let neurons = neurons.iter().map(folded);
        let network = Family {
            neurons: neurons.collect::<Result<_, _>>()?,
            inputs: theta.inputs() + 2,
            outputs: theta.outputs(),
            offset: None,
        };
        sketch.network(&network)?;
        let realises = realises(&mut sketch, &network, theta)?;
        let n_star = degeneracies_at(&mut sketch, &network)?.n_star;
        let lift = Lift {
            network,
            realises,
            n_star,
        };
        Ok(vec![(lift, sketch)])
    })?;
    Ok(joined(parts))
}

/// Whether R(Γ)(x, 1, −1) = R(Θ)(x) for all x: (a, p, q) becomes (a, p − q), and what is constant then goes into the output bias.
fn realises(sketch: &mut Sketch, gamma: &Family, theta: &Family) -> Result<bool, Unproved> {
    let inputs = theta.inputs();
    let restricted = gamma.neurons.iter().map(|neuron| {
        let (row, last) = neuron.inner().split_at(inputs);
        let bias = last[0].sub(&last[1]);
        let row = row.iter().cloned().chain([bias]).collect();
        Neuron::of(row, neuron.outer().to_vec())
    });
    let restricted = Family {
        neurons: restricted.collect(),
        inputs,
        outputs: theta.outputs(),
        offset: Some(vec![Expression::zero(); theta.outputs()]),
    };
    let [gamma, theta] = [
        merge(sketch, &restricted)?.network.homogenised(),
        merge(sketch, theta)?.network.homogenised(),
    ];
    let difference = Difference::new(sketch, &gamma, Some(&theta))?;
    match difference.vanishes(sketch) {
        Ok(()) => Ok(true),
        Err(Unproved::Kink { .. } | Unproved::Linear { .. }) => Ok(false),
        Err(reason) => Err(reason),
    }
}
