//! Lemma A.6 for families: every one, with biases or without, as one of N* with two more inputs held at 1 and −1.

use super::describe::{alone, joined};
use super::difference::{Difference, direction};
use super::expression::Expression;
use super::hypotheses::not_in_n_star;
use super::network::{Family, Neuron};
use super::parametrizations::folded;
use super::sections::{Proved, cover, prove};
use super::sketch::{Draft, Sketch};
use super::unproved::Unproved;
use crate::certificate::{Holds, Range, SectionFact, Side};
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
    let parts = cover(
        &alone(theta, &Rational::default(), watch),
        &|pair, _, mut sketch| {
            let lift = found(&mut sketch, &pair.gamma, as_published)?;
            Ok(vec![(lift, sketch)])
        },
    )?;
    Ok(joined(parts))
}

/// That there is such a lift in N* for every integer k ≥ 1, by sections: the one of [`lift_for_all`].
///
/// # Errors
/// As [`lift_for_all`]; that the construction as published leaves N*.
pub fn prove_lift(theta: &Family, as_published: bool, watch: &Watch) -> Result<Proved, Unproved> {
    prove(
        &alone(theta, &Rational::default(), watch),
        &|pair, _, mut sketch| {
            let lift = found(&mut sketch, &pair.gamma, as_published)?;
            if !lift.n_star {
                return Err(Unproved::LeavesNStar);
            }
            // As the verifier sees them: of the weights that are written.
            let at = restricted(&lift.network, pair.gamma.inputs());
            let difference =
                Difference::new(&mut sketch, &pair.gamma, Some(&at), &pair.activation)?;
            difference.vanishes(&mut sketch)?;
            not_in_n_star(&mut sketch, lift.network.neurons())?;
            let phi = lift.network.to_certificate();
            Ok(vec![Draft {
                holds: Holds::Lift { phi },
                value: None,
                steps: vec![SectionFact::Equal {}, SectionFact::member(Side::Phi)],
                sketch,
            }])
        },
    )
}

/// The lift at one place.
fn found(sketch: &mut Sketch, theta: &Family, as_published: bool) -> Result<Lift, Unproved> {
    let theta = theta.with_biases();
    let theta = Family {
        neurons: theta.neurons.iter().map(freed).collect(),
        ..theta
    };
    let neurons = match as_published {
        true => published(sketch, &theta)?,
        false => lifted(sketch, &theta)?,
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
    let realises = realises(sketch, &whole, &theta)?;
    let plain = |n: &Neuron| Neuron::of(n.inner().to_vec(), n.outer().to_vec());
    let plain = of(neurons.iter().map(plain).collect());
    let n_star = not_in_n_star(sketch, plain.neurons())?.is_none();
    Ok(Lift {
        network,
        realises,
        n_star,
    })
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

/// Γ at (x, 1, −1): (a, p, q) becomes (a, p − q).
fn restricted(gamma: &Family, inputs: usize) -> Family {
    let neurons = gamma.neurons.iter().map(|neuron| {
        let (row, last) = neuron.inner().split_at(inputs);
        let bias = last[0].sub(&last[1]);
        let row = row.iter().cloned().chain([bias]).collect();
        Neuron::of(row, neuron.outer().to_vec())
    });
    Family {
        neurons: neurons.collect(),
        inputs,
        outputs: gamma.outputs(),
        offset: Some(vec![Expression::zero(); gamma.outputs()]),
    }
}

/// Whether R(Γ)(x, 1, −1) = R(Θ)(x) for all x; what is constant goes into the output bias.
fn realises(sketch: &mut Sketch, gamma: &Family, theta: &Family) -> Result<bool, Unproved> {
    let restricted = restricted(gamma, theta.inputs());
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
