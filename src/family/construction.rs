//! Φ of the theorems for all k, and the cases of the neurons, as [for numbers](crate::stability).

use std::cmp::Ordering;

use super::expression::Expression;
use super::hypotheses::{Rows, nothing};
use super::network::{Family, Neuron};
use super::sketch::Sketch;
use super::unproved::{Misfit, Unproved};
use crate::exact::scalar::{Order as _, Scalar as _};
use crate::stability::{Case, Matching, Taking, Theorem, main_case, star_case};

/// One neuron's case.
#[derive(Clone, Debug)]
pub struct NeuronCaseForAllK {
    /// The neuron of Θ, after merging, that was put in its place.
    pub theta: usize,
    /// The case.
    pub case: Case,
    /// c^Γ‖a^Γ‖; in Theorem 3.3 ‖c^Γ‖‖a^Γ‖.
    pub p: Expression,
    /// The same of the merged Θ.
    pub q: Expression,
}

/// Which neuron of the merged Θ goes to which place of Γ (55)–(59), and whether both are on one hyperplane.
fn matched(sketch: &mut Sketch, own: &Rows, merged: &[Neuron]) -> Result<Matching, Unproved> {
    let mut partners = vec![None; merged.len()];
    for &i in &own.on {
        for (j, other) in merged.iter().enumerate() {
            let lies = other.inner().iter().any(|a| *a != Expression::zero());
            if lies && sketch.oriented(own.inner(i), other.inner())?.is_some() {
                partners[i] = Some(j);
                break;
            }
        }
    }
    // As many are left of Θ as of Γ, since no neuron of Θ has two partners (C.2).
    let matching = Matching::of(partners, merged.len());
    match matching.order.len() == merged.len() {
        true => Ok(matching),
        false => Err(Unproved::Neurons),
    }
}

/// c‖a‖ with the sign of c, of one output.
fn signed_product(sketch: &mut Sketch, neuron: &Neuron) -> Result<Expression, Unproved> {
    let size = sketch.largest(neuron.inner())?;
    Ok(neuron
        .outer()
        .first()
        .map_or_else(Expression::zero, |c| c.mul(&size)))
}

/// Φ and the cases, where no hypothesis fails; `own` are the neurons of Γ that count, `merged` is Θ without parallel ones. Where Θ is Γ but for the order
/// and positive factors of its neurons, those that contribute nothing have Γ's weights, and Φ is Γ.
pub(super) fn construct(
    sketch: &mut Sketch,
    theorem: Theorem,
    own: &Rows,
    (theta, merged): (&Family, &[Neuron]),
    threshold: &Expression,
) -> Result<(Family, Vec<NeuronCaseForAllK>), Unproved> {
    let places = matched(sketch, own, merged)?;
    let (mut neurons, mut cases) = (Vec::new(), Vec::new());
    let places = places.order.into_iter().zip(places.matched);
    for (gamma, (theta, matched)) in own.neurons.iter().zip(places) {
        let placed = &merged[theta];
        let outer = sketch.largest(gamma.outer())?;
        let inner = sketch.largest(gamma.inner())?;
        let sizes = [&outer, &inner];
        let mut product = |neuron: &Neuron| match theorem {
            Theorem::Star => {
                let outer = sketch.largest(neuron.outer())?;
                Ok(outer.mul(&sketch.largest(neuron.inner())?))
            }
            _ => signed_product(sketch, neuron),
        };
        let (p, q) = (product(gamma)?, product(placed)?);
        let (case, taking) = match theorem {
            Theorem::Main => {
                let size = sketch.size(&p)?;
                let case = main_case(sketch, matched, &size, threshold, sizes)?;
                (Case::Proof(case), Taking::in_case(case))
            }
            Theorem::Star => {
                let case = star_case(sketch, matched, [&p, &q], threshold)?;
                (Case::Proof(case), Taking::Nothing)
            }
            Theorem::Refined if matched && sketch.sign(&p.mul(&q))?.is_gt() => {
                let taking = Taking::of_partners(sketch, &p.sub(&q), sizes, &Expression::unit())?;
                (Case::Partner, taking)
            }
            Theorem::Refined => (Case::Alone, Taking::Nothing),
        };
        neurons.push(match (theorem, taking) {
            (Theorem::Star, _) => placed.clone(),
            (_, Taking::Outer) => taking_outer(placed, gamma)?,
            (_, Taking::Inner) => taking_inner(sketch, placed, gamma)?,
            (_, Taking::Nothing) => balanced(sketch, placed)?,
        });
        cases.push(NeuronCaseForAllK { theta, case, p, q });
    }
    let zero = |e: &Expression| *e == Expression::zero();
    if theorem != Theorem::Star && is_rescaled(sketch, own.neurons, theta.neurons()) {
        for (neuron, gamma) in neurons.iter_mut().zip(own.neurons) {
            if neuron.inner().iter().chain(neuron.outer()).all(zero) {
                *neuron = gamma.clone();
            }
        }
    }
    let phi = Family::new(neurons, None).map_err(|_| Unproved::PhiShape)?;
    Ok((phi, cases))
}

/// Whether the neurons of one network are those of the other in some order, each rescaled by a positive factor, and that is seen. What is so at single k
/// of a range alone is not: the other Φ is within the bound there too.
fn is_rescaled(sketch: &mut Sketch, one: &[Neuron], other: &[Neuron]) -> bool {
    let mut free: Vec<&Neuron> = other.iter().collect();
    let found = one.iter().all(|neuron| {
        let at = free.iter().position(|candidate| {
            // What is asked of others than the one that is found is not needed.
            let mut further = sketch.clone();
            let found = matches!(is_multiple(&mut further, neuron, candidate), Ok(true));
            if found {
                *sketch = further;
            }
            found
        });
        at.map(|at| free.remove(at)).is_some()
    });
    found && free.is_empty()
}

/// Whether one neuron is the other, rescaled by a positive factor.
fn is_multiple(sketch: &mut Sketch, one: &Neuron, other: &Neuron) -> Result<bool, Unproved> {
    let mut products = [Expression::unit(), Expression::unit()];
    for rows in [[one.inner(), other.inner()], [one.outer(), other.outer()]] {
        let alike = match rows.map(|row| sketch.all_vanish(row)) {
            [Ok(false), Ok(false)] => sketch.oriented(rows[0], rows[1])? == Some(Ordering::Greater),
            [one, other] => one? == other?,
        };
        if !alike {
            return Ok(false);
        }
        for (product, row) in products.iter_mut().zip(rows) {
            *product = product.mul(&sketch.largest(row)?);
        }
    }
    let [one, other] = products;
    Ok(sketch.sign(&one.sub(&other))?.is_eq())
}

/// a times a factor, c divided by it.
fn scaled(neuron: &Neuron, factor: &Expression) -> Result<Neuron, Unproved> {
    let inverse = factor.inverse().ok_or(Misfit::Normal)?;
    let times = |row: &[Expression], by: &Expression| row.iter().map(|e| e.mul(by)).collect();
    Ok(Neuron::of(
        times(neuron.inner(), factor),
        times(neuron.outer(), &inverse),
    ))
}

/// ‖c‖ = ‖a‖ (60)/(104), and both 0 where there is nothing to balance (E3).
fn balanced(sketch: &mut Sketch, neuron: &Neuron) -> Result<Neuron, Unproved> {
    if sketch.all_vanish(neuron.outer())? || sketch.all_vanish(neuron.inner())? {
        return Ok(nothing(neuron));
    }
    let (inner, outer) = (
        sketch.largest(neuron.inner())?,
        sketch.largest(neuron.outer())?,
    );
    let square = outer.div(&inner).ok_or(Misfit::Normal)?;
    scaled(neuron, &square.square_root().ok_or(Misfit::Balance)?)
}

/// Case B.1 (69): c of the target.
fn taking_outer(neuron: &Neuron, target: &Neuron) -> Result<Neuron, Unproved> {
    let factor = neuron.outer()[0].div(&target.outer()[0]);
    scaled(neuron, &factor.ok_or(Misfit::Normal)?)
}

/// Case B.2 (70): a of the target, a positive multiple of the neuron's own.
fn taking_inner(sketch: &mut Sketch, neuron: &Neuron, target: &Neuron) -> Result<Neuron, Unproved> {
    let (inner, own) = (
        sketch.largest(target.inner())?,
        sketch.largest(neuron.inner())?,
    );
    scaled(neuron, &inner.div(&own).ok_or(Misfit::Normal)?)
}
