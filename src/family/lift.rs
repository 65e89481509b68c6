//! Lemma A.6 for families: every one, with biases or without, as one of N* with two more inputs held at 1 and −1.

use super::describe::{degeneracies_at, joined};
use super::difference::{Difference, direction};
use super::expression::Expression;
use super::network::{Family, Neuron};
use super::parametrizations::folded;
use super::sections::{Pair, cover};
use super::sketch::Sketch;
use super::unproved::Unproved;
use crate::certificate::Range;
use crate::exact::Rational;
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
    let theta = theta.with_biases();
    let pair = Pair {
        activation: Rational::default(),
        gamma: Family {
            neurons: theta.neurons.iter().map(freed).collect(),
            ..theta
        },
        theta: None,
        watch: watch.clone(),
    };
    let parts = cover(&pair, &|pair, _, mut sketch| {
        let theta = &pair.gamma;
        let neurons = match as_published {
            true => published(&mut sketch, theta)?,
            false => lifted(&mut sketch, theta)?,
        };
        let of = |neurons: Vec<Neuron>| Family {
            neurons,
            inputs: theta.inputs() + 2,
            outputs: theta.outputs(),
            offset: None,
        };
        let network = neurons.iter().map(folded);
        let network = of(network.collect::<Result<_, _>>()?);
        sketch.network(&network)?;
        // Function and membership are those of the neurons (s, c, a) with √s in another place, or left out: no roots come in.
        let whole = |n: &Neuron| Neuron::of(n.inner().to_vec(), n.factors());
        let whole = of(neurons.iter().map(whole).collect());
        let realises = realises(&mut sketch, &whole, theta)?;
        let plain = |n: &Neuron| Neuron::of(n.inner().to_vec(), n.outer().to_vec());
        let plain = of(neurons.iter().map(plain).collect());
        let n_star = degeneracies_at(&mut sketch, &plain)?.n_star;
        let lift = Lift {
            network,
            realises,
            n_star,
        };
        Ok(vec![(lift, sketch)])
    })?;
    Ok(joined(parts))
}

/// The root that all inner weights have in common as a factor of the outer ones: beside it (b⁺, b⁻) would make a hyperplane with roots.
fn freed(neuron: &Neuron) -> Neuron {
    let Some((row, radicand)) = direction(neuron.inner()) else {
        let silent = neuron.inner().iter().all(Expression::is_zero);
        return match direction(neuron.outer()).filter(|_| silent) {
            // What ρ(0) is multiplied by needs no root either.
            Some((outer, _)) => {
                neuron.with_outer(outer.into_iter().map(Expression::from).collect())
            }
            None => neuron.clone(),
        };
    };
    let root = Expression::sqrt(&radicand);
    Neuron::of(
        row.into_iter().map(Expression::from).collect(),
        neuron.outer().iter().map(|c| c.mul(&root)).collect(),
    )
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
    let difference = Difference::new(sketch, &gamma, Some(&theta), &Rational::default())?;
    match difference.vanishes(sketch) {
        Ok(()) => Ok(true),
        Err(Unproved::Kink { .. } | Unproved::Linear { .. }) => Ok(false),
        Err(reason) => Err(reason),
    }
}
