//! Theorem 3.1 in refined form (N6): conditions for live neurons only, and β only over neurons without a partner.

use num_traits::Signed as _;

use super::distance::Distance;
use super::matching::match_neurons;
use super::reached::Reached;
use super::rewriting::Rewriting;
use super::theorem31::{
    Failure, Hypotheses, Measured, StabilityError, check_one_output, signed_product,
};
use crate::certificate::{Form, Step};
use crate::degeneracy::{opposite_between, opposite_pairs, parallel_pairs};
use crate::exact::{Rational, Surd};
use crate::network::{Neuron, Shallow};
use crate::realization::SeminormLimits;

/// Φ by the refined form, and the bound.
#[derive(Clone, Debug)]
pub struct RefinedConstruction {
    /// Kill and merge steps from Θ; the conditions hold for the network they lead to.
    pub before: Vec<Step>,
    /// The permutation and the rescalings.
    pub after: Vec<Step>,
    /// The neuron of Θ at every place.
    pub order: Vec<usize>,
    /// The neurons of U: without a partner on their hyperplane, or with one of the other sign, or dead.
    pub unmatched: Vec<usize>,
    /// The reparametrization.
    pub phi: Shallow,
    /// ‖Φ − Γ‖_∞.
    pub distance: Distance,
    /// max(√T, max_{i ∈ U} (β_i + √T)).
    pub bound: Surd,
}

/// What the refined form says about a pair.
#[derive(Clone, Debug)]
pub struct Refined31 {
    /// r and J of g − R(Γ).
    pub measured: Measured,
    /// Which threshold T the bound uses.
    pub form: Form,
    /// C.2, C.3a and C.3b for live neurons, numbered as in Γ and in the merged Θ; `beta` is the largest β_i over U.
    pub hypotheses: Hypotheses,
    /// Φ, if they hold.
    pub construction: Option<RefinedConstruction>,
}

impl Refined31 {
    /// The violated hypotheses.
    pub fn failures(&self) -> Vec<Failure> {
        self.hypotheses.failures()
    }
}

/// Asks the refined Theorem 3.1 of Γ and Θ: one output, same shape. Without a form T is J, the smaller one.
///
/// # Errors
/// [`StabilityError`] as for Theorem 3.1.
pub fn refined31(
    gamma: &Shallow,
    theta: &Shallow,
    form: Option<Form>,
    limits: &SeminormLimits,
) -> Result<Refined31, StabilityError> {
    check_one_output(gamma, theta)?;
    let measured = Measured::new(gamma, theta, limits)?;
    let (form, threshold) = measured.threshold(Some(form.unwrap_or(Form::Jump)))?;
    let mut rewriting = Rewriting::new(theta);
    rewriting.kill_dead();
    rewriting.merge_parallel();
    rewriting.kill_dead();
    let before = rewriting.take_steps();
    let live_gamma = alive(gamma.neurons())?;
    let live_theta = alive(rewriting.neurons())?;
    let matching = match_neurons(live_gamma.neurons(), live_theta.neurons());
    let partner = |i: usize| -> Option<&Neuron> {
        let other = &live_theta.neurons()[matching.order[i]];
        let same_sign = signed_product(&gamma.neurons()[i]) * signed_product(other);
        (matching.matched[i] && same_sign.is_positive()).then_some(other)
    };
    let unmatched: Vec<usize> = (0..gamma.neurons().len())
        .filter(|&i| partner(i).is_none())
        .collect();
    let sizes = unmatched.iter().map(|&i| gamma.neurons()[i].size());
    let beta = sizes
        .max_by(|one, two| one.compare(two))
        .unwrap_or_else(Surd::zero);
    let hypotheses = Hypotheses {
        form,
        threshold: threshold.clone(),
        beta: beta.clone(),
        unbalanced: Vec::new(),
        parallel: parallel_pairs(&live_gamma),
        opposite_gamma: opposite_pairs(&live_gamma),
        opposite_theta: opposite_pairs(&live_theta),
        opposite_between: opposite_between(&live_gamma, &live_theta),
    };
    if !hypotheses.failures().is_empty() {
        return Ok(Refined31 {
            measured,
            form,
            hypotheses,
            construction: None,
        });
    }
    let partners: Vec<bool> = (0..gamma.neurons().len())
        .map(|i| partner(i).is_some())
        .collect();
    rewriting.permute(matching.order.clone());
    for (i, own) in gamma.neurons().iter().enumerate() {
        match partners[i] {
            true => approach(&mut rewriting, i, own),
            false => rewriting.balance(i),
        }
    }
    let mut after = rewriting.take_steps();
    let found = Reached::new(rewriting, gamma, theta)?;
    after.extend(found.revived.into_iter().map(|(_, step)| step));
    let (phi, distance) = (found.phi, found.distance);
    let root = Surd::multiple_of_root(&Rational::from_integer(1.into()), &threshold);
    let bound = match unmatched.is_empty() {
        true => root,
        false => beta.add(&root),
    };
    if distance.value.compare(&bound).is_gt() {
        return Err(StabilityError::Impossible(
            "the construction exceeds the refined bound",
        ));
    }
    Ok(Refined31 {
        measured,
        form,
        hypotheses,
        construction: Some(RefinedConstruction {
            before,
            after,
            order: matching.order,
            unmatched,
            phi,
            distance,
            bound,
        }),
    })
}

/// The pair lemma: p, q > 0 (up to a common sign) on one hyperplane come within √|q − p|. Where the larger of |c|, λ is at least
/// that, it is kept: the other one changes by |q − p| over it. Else q > p and balancing does: λ ≤ c < t, q = cλ + t², so t ≤ √q ≤ c + t
/// and √q ≤ λ + t.
fn approach(rewriting: &mut Rewriting, i: usize, own: &Neuron) {
    let gap = (signed_product(own) - signed_product(&rewriting.neurons()[i])).abs();
    let (outer, inner) = (own.outer_norm(), own.inner_norm());
    let larger = (&outer).max(&inner);
    if own.scale() * larger * larger < gap {
        rewriting.balance(i);
    } else if outer >= inner {
        rewriting.take_outer(i, own);
    } else {
        rewriting.take_inner(i, own);
    }
}

/// The neurons with dead ones replaced by zero ones, so that only live ones have directions.
fn alive(neurons: &[Neuron]) -> Result<Shallow, StabilityError> {
    let zero = |neuron: &Neuron| Neuron::zero(neuron.inner().len(), neuron.outer().len());
    let live = neurons.iter().map(|neuron| match neuron.is_live() {
        true => neuron.clone(),
        false => zero(neuron),
    });
    Shallow::new(live.collect())
        .map_err(|_| StabilityError::Impossible("dropping dead neurons changed the shape"))
}
