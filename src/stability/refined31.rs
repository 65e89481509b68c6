//! Theorem 3.1 in refined form (N6): conditions for live neurons only, and β only over neurons without a partner.

use num_traits::Signed as _;

use super::analysis::{Analysis, BoundName, Case, Construction, NeuronCase, Theorem, bounds};
use super::cases::Taking;
use super::error::{Contradiction, StabilityError, check_one_output};
use super::matching::match_neurons;
use super::measured::Measured;
use super::missing::{Missing, Violation};
use super::reached::Reached;
use super::rewriting::Rewriting;
use super::theorem31::signed_product;
use crate::certificate::Form;
use crate::exact::scalar::{Numbers, known};
use crate::exact::{Rational, Surd};
use crate::network::{Neuron, Shallow};

/// Asks the refined Theorem 3.1 of Γ and Θ: one output, same shape; `measured` is of them. Without a form the threshold is J, the
/// smaller one.
pub(crate) fn refined31(
    gamma: &Shallow,
    theta: &Shallow,
    measured: &Measured,
    form: Option<Form>,
) -> Result<Analysis, StabilityError> {
    check_one_output(gamma, theta)?;
    let (form, threshold) = measured.threshold(Some(form.unwrap_or(Form::Jump)))?;
    let mut rewriting = Rewriting::new(theta);
    rewriting.kill_dead();
    rewriting.merge_parallel();
    rewriting.kill_dead();
    let live_gamma = alive(gamma.neurons())?;
    let live_theta = alive(rewriting.neurons())?;
    let matching = match_neurons(live_gamma.neurons(), live_theta.neurons());
    let case = |i: usize, own: &Neuron| {
        let other = &live_theta.neurons()[matching.order[i]];
        let same_sign = signed_product(own) * signed_product(other);
        match matching.matched[i] && same_sign.is_positive() {
            true => Case::Partner,
            false => Case::Alone,
        }
    };
    let all = gamma.neurons().iter().enumerate();
    let cases: Vec<Case> = all.map(|(i, own)| case(i, own)).collect();
    let alone = gamma.neurons().iter().zip(&cases);
    let alone = alone.filter(|(_, case)| **case == Case::Alone);
    let largest = alone
        .map(|(own, _)| own.size())
        .max_by(|one, two| one.compare(two));
    let missing = Violation::multiples(&live_gamma, &live_theta).map(Missing::Condition);
    let mut analysis = Analysis {
        theorem: Theorem::Refined,
        form,
        beta: Some(largest.clone().unwrap_or_else(Surd::zero)),
        threshold,
        prelude: Vec::new(),
        missing: missing.collect(),
        construction: None,
    };
    if !analysis.missing.is_empty() {
        return Ok(analysis);
    }
    rewriting.permute(matching.order.clone());
    let steps = rewriting.take_steps();
    let mut done = Vec::with_capacity(cases.len());
    for ((i, own), case) in gamma.neurons().iter().enumerate().zip(cases) {
        let q = signed_product(&rewriting.neurons()[i]);
        match case {
            Case::Partner => {
                let (gap, sizes) = (
                    signed_product(own) - &q,
                    [&own.outer_norm(), &own.inner_norm()],
                );
                let taking = Taking::of_partners(&mut Numbers, &gap, sizes, own.scale());
                rewriting.take(i, known(taking), own);
            }
            _ => rewriting.balance(i),
        }
        done.push(NeuronCase {
            gamma: i,
            theta: matching.order[i],
            case,
            p: signed_product(own),
            q,
            facets: Vec::new(),
            rescaling: rewriting.take_steps(),
        });
    }
    let found = Reached::new(rewriting, gamma, theta)?;
    for (i, step) in found.revived {
        done[i].rescaling.push(step);
    }
    let one = Rational::from_integer(1.into());
    let root = Surd::multiple_of_root(&one, &analysis.threshold);
    let bound = match largest {
        Some(beta) => beta.add(&root),
        None => root,
    };
    let bound = [(BoundName::Refined, "max(√T, β_U + √T)", bound)];
    analysis.construction = Some(Construction {
        rewriting: steps,
        cases: done,
        phi: found.phi,
        bounds: bounds(bound, measured, form, &found.distance)?,
        distance: found.distance,
    });
    Ok(analysis)
}

/// The neurons with dead ones replaced by zero ones, so that only live ones have directions.
fn alive(neurons: &[Neuron]) -> Result<Shallow, StabilityError> {
    let zero = |neuron: &Neuron| Neuron::zero(neuron.inner().len(), neuron.outer().len());
    let live = neurons.iter().map(|neuron| match neuron.is_live() {
        true => neuron.clone(),
        false => zero(neuron),
    });
    Shallow::new(live.collect()).map_err(|_| StabilityError::Impossible(Contradiction::Dropped))
}
