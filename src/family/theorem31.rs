//! Theorem 3.1 for all k: hypotheses, cases and Φ of two families with one output, as [for numbers](crate::stability).

use std::cmp::Ordering;

use super::difference::Difference;
use super::expression::Expression;
use super::hypotheses::{MissingForAllK, Rows, nothing};
use super::nearest::reached;
use super::network::{Family, Neuron};
use super::norms;
use super::polynomial::Place;
use super::prove::check_shapes;
use super::sections::{Pair, Part, Proved, cover, proved};
use super::sketch::{Draft, Sketch};
use super::unproved::{Misfit, Unproved};
use crate::certificate::{Form, Holds, ProofCase, Range, SectionFact};
use crate::exact::Rational;
use crate::exact::scalar::{Order, Scalar};
use crate::watch::Watch;

/// What is asked of Theorem 3.1.
#[derive(Clone, Debug, Default)]
pub struct Theorem31Question {
    /// Whether products are compared with 2r or with J; 2r if not given.
    pub form: Option<Form>,
    /// β of C.1; the least that works if not given.
    pub beta: Option<Expression>,
    /// When to give up.
    pub watch: Watch,
}

/// What Theorem 3.1 says of two families on a range of k.
#[derive(Clone, Debug)]
pub struct Theorem31Section {
    /// r or J, as the form says.
    pub measure: Expression,
    /// β.
    pub beta: Expression,
    /// The hypotheses that fail, in the paper's order.
    pub missing: Vec<MissingForAllK>,
    /// Φ, if none fails.
    pub construction: Option<ConstructionForAllK>,
}

/// Φ, and the case of every neuron.
#[derive(Clone, Debug)]
pub struct ConstructionForAllK {
    /// The reparametrization.
    pub phi: Family,
    /// ‖Φ − Γ‖_∞.
    pub distance: Expression,
    /// β + √T with T = 2r or J, which the distance is at most; none where T has square roots itself.
    pub bound: Option<Expression>,
    /// One entry a neuron of Γ.
    pub cases: Vec<NeuronCaseForAllK>,
}

/// One neuron's case.
#[derive(Clone, Debug)]
pub struct NeuronCaseForAllK {
    /// The neuron of Θ that was put in its place.
    pub theta: usize,
    /// The case.
    pub case: ProofCase,
    /// c^Γ‖a^Γ‖.
    pub p: Expression,
    /// The same of the merged Θ.
    pub q: Expression,
}

/// What Theorem 3.1 says of two families, by ranges of k, with a certificate if it applies on all of them.
#[derive(Clone, Debug)]
pub struct Theorem31ForAllK {
    /// In increasing order.
    pub sections: Vec<(Range, Theorem31Section)>,
    /// The proof, where the theorem applies for all k.
    pub proved: Option<Proved>,
}

/// Asks Theorem 3.1 of Γ and Θ for all integers k ≥ 1. Networks with biases are asked homogenised.
///
/// Source: Theorem 3.1, (60)–(75), with the sharp bound D04. Cost, a range: that of
/// [`prove_distance`](super::prove_distance) (or [`prove_jump`](super::prove_jump) with J), and the signs of m² minors.
///
/// # Errors
/// What could not be proved; more than one output.
pub fn theorem31(
    gamma: &Family,
    theta: &Family,
    question: &Theorem31Question,
) -> Result<Theorem31ForAllK, Unproved> {
    check_shapes(gamma, theta)?;
    if gamma.outputs() != 1 {
        return Err(Misfit::Outputs.into());
    }
    let (gamma, theta) = match gamma.offset().or(theta.offset()) {
        None => (gamma.clone(), theta.clone()),
        Some(_) => {
            let [gamma, theta] = [gamma, theta].map(|family| family.with_biases().homogenised());
            (gamma, theta)
        }
    };
    if gamma.neurons().len() != theta.neurons().len() {
        return Err(Unproved::Neurons);
    }
    let pair = Pair {
        activation: Rational::default(),
        gamma,
        theta: Some(theta),
        watch: question.watch.clone(),
    };
    let found = cover(&pair, &|pair, place, sketch| {
        let theta = pair.theta.as_ref().ok_or(Unproved::NoTheta)?;
        let (section, steps, sketch) = asked(sketch, place, &pair.gamma, theta, question)?;
        Ok(vec![((section, steps, sketch.clone()), sketch)])
    })?;
    let form = question.form.unwrap_or(Form::Seminorm);
    let parts: Option<Vec<Part>> = found
        .iter()
        .map(|(range, (section, steps, sketch))| {
            let holds = holds(form, section)?;
            Some(Part {
                range: *range,
                value: None,
                draft: Draft {
                    holds,
                    value: None,
                    steps: steps.clone(),
                    sketch: sketch.clone(),
                },
            })
        })
        .collect();
    let proved = parts.map(|parts| proved(&pair, parts)).transpose()?;
    let sections = found.into_iter();
    Ok(Theorem31ForAllK {
        sections: sections
            .map(|(range, (section, ..))| (range, section))
            .collect(),
        proved,
    })
}

/// What a section states, where the theorem applies.
fn holds(form: Form, section: &Theorem31Section) -> Option<Holds> {
    let construction = section.construction.as_ref()?;
    Some(Holds::Theorem31 {
        form,
        measure: section.measure.to_certificate(),
        beta: section.beta.to_certificate(),
        bound: construction.bound.as_ref().map(Expression::to_certificate),
        phi: construction.phi.to_certificate(),
        distance: construction.distance.to_certificate(),
    })
}

type Answer = (Theorem31Section, Vec<SectionFact>, Sketch);

fn asked(
    mut sketch: Sketch,
    place: Place,
    gamma: &Family,
    theta: &Family,
    question: &Theorem31Question,
) -> Result<Answer, Unproved> {
    let difference = Difference::new(&mut sketch, theta, Some(gamma), &Rational::default())?;
    let form = question.form.unwrap_or(Form::Seminorm);
    let draft = match form {
        Form::Seminorm => norms::seminorm(sketch, place, &difference)?,
        Form::Jump => norms::jump_norm(sketch, &difference)?,
    };
    let (mut sketch, mut steps) = (draft.sketch, draft.steps);
    let measure = draft.value.unwrap_or_else(Expression::zero);
    let threshold = match form {
        Form::Seminorm => measure.add(&measure),
        Form::Jump => measure.clone(),
    };
    let (beta, mut missing) = balance(&mut sketch, gamma, &threshold, question, place)?;
    let own = Rows::of(&mut sketch, gamma)?;
    missing.extend(own.within(&mut sketch, false)?);
    let mut other = Rows::of(&mut sketch, theta)?;
    let mut opposite = other.opposite(&mut sketch, &own)?;
    if !opposite.is_empty() {
        // C.3 is asked of some Θ of g: one without its dead neurons is as good.
        other = other.live(&mut sketch)?;
        opposite = other.opposite(&mut sketch, &own)?;
    }
    missing.extend(opposite);
    let mut section = Theorem31Section {
        measure,
        beta,
        missing,
        construction: None,
    };
    if section.missing.is_empty() {
        steps.push(SectionFact::Conditions {
            threshold: sketch.formula(&threshold)?,
            beta: sketch.formula(&section.beta)?,
        });
        let built = construct(&mut sketch, &own, &other, &threshold)?;
        for (neuron, case) in built.1.iter().enumerate() {
            steps.push(SectionFact::Case {
                neuron,
                case: case.case,
                threshold: sketch.formula(&threshold)?,
            });
        }
        let phi = built.0;
        let (distance, step) = reached(&mut sketch, gamma, theta, &phi)?;
        steps.push(step);
        sketch.written([&section.measure, &distance])?;
        let bound = threshold.square_root().map(|root| section.beta.add(&root));
        match &bound {
            Some(bound) => {
                sketch.written([bound])?;
                sketch.non_negative(bound.sub(&distance))?;
            }
            None => {
                let gap = distance.sub(&section.beta);
                sketch.non_negative(match sketch.is_positive(&gap) {
                    true => threshold.sub(&gap.mul(&gap)),
                    false => gap.neg(),
                })?;
            }
        }
        section.construction = Some(ConstructionForAllK {
            phi,
            distance,
            bound,
            cases: built.1,
        });
    }
    Ok((section, steps, sketch))
}

/// β, and the neurons of Γ that violate C.1.
fn balance(
    sketch: &mut Sketch,
    gamma: &Family,
    threshold: &Expression,
    question: &Theorem31Question,
    place: Place,
) -> Result<(Expression, Vec<MissingForAllK>), Unproved> {
    let mut sizes = Vec::new();
    for (i, neuron) in gamma.neurons().iter().enumerate() {
        let inner = sketch.largest(neuron.inner())?;
        let outer = sketch.largest(neuron.outer())?;
        if sketch.sign(&inner.mul(&outer).sub(threshold))?.is_le() {
            sizes.push((i, sketch.larger(inner, outer)?));
        }
    }
    let Some(beta) = &question.beta else {
        let mut least = Expression::zero();
        for (_, size) in sizes {
            least = sketch.larger(least, size)?;
        }
        return Ok((least, Vec::new()));
    };
    let beta = beta.on(place).ok_or(Unproved::Undefined { k: 1 })?;
    sketch.non_negative(beta.clone())?;
    let mut missing = Vec::new();
    for (neuron, size) in sizes {
        if sketch.sign(&size.sub(&beta))?.is_gt() {
            missing.push(MissingForAllK::Balance { neuron, size });
        }
    }
    Ok((beta, missing))
}

/// Which neuron of the merged Θ goes to which place of Γ (55)–(59), and whether both are on one hyperplane.
fn matched(
    sketch: &mut Sketch,
    own: &Rows,
    merged: &[Neuron],
) -> Result<Vec<(usize, bool)>, Unproved> {
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
    let mut left = (0..merged.len()).filter(|j| !partners.contains(&Some(*j)));
    let places = partners.iter().map(|partner| match partner {
        Some(j) => Some((*j, true)),
        None => left.next().map(|j| (j, false)),
    });
    // As many are left of Θ as of Γ, since no neuron of Θ has two partners (C.2).
    places.collect::<Option<_>>().ok_or(Unproved::Neurons)
}

/// c‖a‖ with the sign of c, of one output.
fn signed_product(sketch: &mut Sketch, neuron: &Neuron) -> Result<Expression, Unproved> {
    let size = sketch.largest(neuron.inner())?;
    Ok(neuron
        .outer()
        .first()
        .map_or_else(Expression::zero, |c| c.mul(&size)))
}

/// Φ and the cases.
fn construct(
    sketch: &mut Sketch,
    own: &Rows,
    other: &Rows,
    threshold: &Expression,
) -> Result<(Family, Vec<NeuronCaseForAllK>), Unproved> {
    let merged = other.merged(sketch)?;
    let places = matched(sketch, own, &merged)?;
    let (mut neurons, mut cases) = (Vec::new(), Vec::new());
    for (gamma, (j, matched)) in own.neurons.iter().zip(places) {
        let placed = &merged[j];
        let p = signed_product(sketch, gamma)?;
        let q = signed_product(sketch, placed)?;
        let size = sketch.size(&p)?;
        let case = match matched {
            // Case 1.
            false => ProofCase::Unmatched,
            // Case A.
            true if sketch.sign(&size.sub(threshold))?.is_le() => ProofCase::Small,
            true => {
                let outer = sketch.largest(gamma.outer())?;
                let inner = sketch.largest(gamma.inner())?;
                match sketch.sign(&outer.sub(&inner))? {
                    // Case B.1.
                    Ordering::Greater => ProofCase::OuterLarger,
                    // Case B.2.
                    Ordering::Less => ProofCase::InnerLarger,
                    // Case B.3.
                    Ordering::Equal => ProofCase::Balanced,
                }
            }
        };
        neurons.push(match case {
            ProofCase::OuterLarger => taking_outer(placed, gamma)?,
            ProofCase::InnerLarger => taking_inner(sketch, placed, gamma)?,
            _ => balanced(sketch, placed)?,
        });
        let theta = j;
        cases.push(NeuronCaseForAllK { theta, case, p, q });
    }
    let phi = Family::new(neurons, None).map_err(|_| Unproved::PhiShape)?;
    Ok((phi, cases))
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
