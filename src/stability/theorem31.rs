//! Theorem 3.1, constructively (D = 1): from Γ and Θ to a parametrization Φ of R(Θ) near Γ.

use num_traits::{Signed as _, Zero as _};

use super::analysis::{Analysis, BoundName, Case, Construction, NeuronCase, Theorem, bounds};
use super::cases::{Taking, main_case};
use super::error::{Contradiction, StabilityError, check_one_output};
use super::facets::{directions, facets};
use super::matching::match_neurons;
use super::measured::{Measured, twice};
use super::missing::{Missing, Violation};
use super::reached::Reached;
use super::rewriting::Rewriting;
use crate::certificate::Form;
use crate::degeneracy::{balance_violations, least_beta};
use crate::exact::scalar::{Numbers, known};
use crate::exact::{Rational, Surd};
use crate::network::{Neuron, Shallow};

/// Asks Theorem 3.1 of Γ and Θ: one output, same shape; `measured` is of them. β is the least that works if not given.
pub(crate) fn theorem31(
    gamma: &Shallow,
    theta: &Shallow,
    measured: &Measured,
    form: Option<Form>,
    beta: Option<&Surd>,
) -> Result<Analysis, StabilityError> {
    check_one_output(gamma, theta)?;
    let (form, threshold) = measured.threshold(form)?;
    let beta = beta.map_or_else(|| least_beta(gamma, &threshold), Surd::clone);
    let unbalanced = balance_violations(gamma, &threshold, &beta);
    let failing = Violation::balance(gamma, unbalanced)
        .into_iter()
        .chain(Violation::multiples(gamma, theta));
    let missing: Vec<Missing> = failing.map(Missing::Condition).collect();
    let construction = match missing.is_empty() {
        true => Some(construct(gamma, theta, measured, form, &threshold, &beta)?),
        false => None,
    };
    Ok(Analysis {
        theorem: Theorem::Main,
        form,
        threshold,
        beta: Some(beta),
        prelude: Vec::new(),
        missing,
        construction,
    })
}

/// As [`theorem31`] for the Θ′ that has the neurons `flip` of Θ turned round, a ↦ −a, and dead ones zero: the theorem asks for some Θ of g
/// that satisfies C.3 (D03). Σ s_i c_i a_i over `flip` must be zero.
pub(crate) fn theorem31_flipped(
    gamma: &Shallow,
    theta: &Shallow,
    flip: &[usize],
    measured: &Measured,
    form: Option<Form>,
    beta: Option<&Surd>,
) -> Result<Analysis, StabilityError> {
    let mut rewriting = Rewriting::new(theta);
    rewriting.kill_dead();
    rewriting.flip(flip, false);
    let flipped = Shallow::new(rewriting.neurons().to_vec())
        .map_err(|_| StabilityError::Impossible(Contradiction::Flipped))?;
    Ok(Analysis {
        prelude: rewriting.take_steps(),
        ..theorem31(gamma, &flipped, measured, form, beta)?
    })
}

fn construct(
    gamma: &Shallow,
    theta: &Shallow,
    measured: &Measured,
    form: Form,
    threshold: &Rational,
    beta: &Surd,
) -> Result<Construction, StabilityError> {
    let mut rewriting = Rewriting::new(theta);
    rewriting.kill_without_hyperplane();
    rewriting.merge_parallel();
    let matching = match_neurons(gamma.neurons(), rewriting.neurons());
    rewriting.permute(matching.order.clone());
    let steps = rewriting.take_steps();
    let placed = rewriting.neurons().to_vec();
    let rows = directions(gamma, &placed);
    let mut cases = Vec::with_capacity(placed.len());
    for (i, own) in gamma.neurons().iter().enumerate() {
        let (p, q) = (signed_product(own), signed_product(&placed[i]));
        let matched = matching.matched[i];
        let sizes = [&own.outer_norm(), &own.inner_norm()];
        let case = known(main_case(&mut Numbers, matched, &p.abs(), threshold, sizes));
        let facets = facets(&rows, gamma, &placed, i, matched)?;
        rewriting.take(i, Taking::in_case(case), own);
        cases.push(NeuronCase {
            gamma: i,
            theta: matching.order[i],
            case: Case::Proof(case),
            p,
            q,
            facets,
            rescaling: rewriting.take_steps(),
        });
    }
    let found = Reached::new(rewriting, gamma, theta)?;
    for (i, step) in found.revived {
        cases[i].rescaling.push(step);
    }
    let values = values(gamma, measured, form, beta);
    Ok(Construction {
        rewriting: steps,
        cases,
        phi: found.phi,
        bounds: bounds(values, measured, form, &found.distance)?,
        distance: found.distance,
    })
}

/// c‖a‖ of the true weights, with the sign of c: s·c·‖a‖, for one output.
pub(super) fn signed_product(neuron: &Neuron) -> Rational {
    let outer = neuron.outer().first().cloned();
    outer.unwrap_or_else(Rational::zero) * neuron.scale() * neuron.inner_norm()
}

/// β + 2√r, β + √(2r), β_J + √J, each with its own β; r is the lower end of its bracket.
fn values(
    gamma: &Shallow,
    measured: &Measured,
    form: Form,
    beta: &Surd,
) -> [(BoundName, &'static str, Surd); 3] {
    let (r, jump) = (&measured.seminorm.lower.value, &measured.jump);
    let (beta_r, beta_j) = match form {
        Form::Seminorm => (beta.clone(), least_beta(gamma, jump)),
        Form::Jump => (least_beta(gamma, &twice(r)), beta.clone()),
    };
    let one = Rational::from_integer(1.into());
    let root = |value: &Rational| Surd::multiple_of_root(&one, value);
    let paper = beta_r.add(&root(r).scale(&twice(&one)));
    let sharp = beta_r.add(&root(&twice(r)));
    [
        (BoundName::Paper, "β + 2√r", paper),
        (BoundName::Sharp, "β + √2·√r", sharp),
        (BoundName::Jump, "β_J + √J", beta_j.add(&root(jump))),
    ]
}
