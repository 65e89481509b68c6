//! The theorems for all k: hypotheses, cases and Φ of two families, as [for numbers](crate::stability).

use super::construction::{NeuronCaseForAllK, construct};
use super::difference::Difference;
use super::expression::Expression;
use super::hypotheses::{MissingForAllK, Rows, not_in_n_star, nothing};
use super::nearest::reached;
use super::network::{Family, Neuron};
use super::norms;
use super::polynomial::Place;
use super::prove::check_shapes;
use super::sections::{Pair, Part, Proved, cover, proved};
use super::sketch::{Draft, Sketch};
use super::turned::turned;
use super::unproved::{Misfit, Unproved};
use crate::certificate::{Form, Holds, Range, SectionFact, Side, StatedTheorem};
use crate::exact::Rational;
use crate::exact::scalar::{Order as _, Scalar as _};
use crate::stability::{Case, Theorem};
use crate::watch::Watch;

/// What is asked of a theorem.
#[derive(Clone, Debug)]
pub struct TheoremQuestion {
    /// Which one.
    pub theorem: Theorem,
    /// Whether products are compared with 2r or with J; if not given with 2r, in the refined form with J.
    pub form: Option<Form>,
    /// β of C.1; the least that works if not given. For Theorem 3.1 alone.
    pub beta: Option<Expression>,
    /// When to give up.
    pub watch: Watch,
}

impl TheoremQuestion {
    /// Of a theorem, in its own form and without limits.
    pub fn of(theorem: Theorem) -> Self {
        TheoremQuestion {
            theorem,
            form: None,
            beta: None,
            watch: Watch::none(),
        }
    }

    /// 2r or J.
    pub fn form(&self) -> Form {
        self.form.unwrap_or(match self.theorem {
            Theorem::Refined => Form::Jump,
            Theorem::Main | Theorem::Star => Form::Seminorm,
        })
    }
}

/// What a theorem says of two families on a range of k.
#[derive(Clone, Debug)]
pub struct TheoremSection {
    /// r or J, as the form says.
    pub measure: Expression,
    /// β; in the refined form the largest max(|c_i|, ‖a_i‖) over neurons without a partner, if no hypothesis fails. Theorem 3.3 needs none.
    pub beta: Option<Expression>,
    /// The neurons of Θ that are turned round for C.3, Σ c_i a_i over them being 0; the theorem asks for some Θ of g. For Theorem 3.1 alone.
    pub flipped: Vec<usize>,
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
    /// β + √T with T = 2r or J, in Theorem 3.3 2√T, which the distance is at most; none where T has square roots itself.
    pub bound: Option<Expression>,
    /// One entry a neuron of Γ.
    pub cases: Vec<NeuronCaseForAllK>,
}

/// What a theorem says of two families, by ranges of k, with a certificate if it applies on all of them.
#[derive(Clone, Debug)]
pub struct TheoremForAllK {
    /// Which one.
    pub theorem: Theorem,
    /// In increasing order.
    pub sections: Vec<(Range, TheoremSection)>,
    /// The proof, where the theorem applies for all k.
    pub proved: Option<Proved>,
}

/// Asks Theorem 3.1, its refined form or Theorem 3.3 of Γ and Θ for all integers k ≥ 1. Networks with biases are asked homogenised.
///
/// Source: Theorem 3.1, (60)–(75), with the sharp bound D04; N6; Theorem 3.3 with N7. Cost, a range: that of
/// [`prove_distance`](super::prove_distance) (or [`prove_jump`](super::prove_jump) with J), and the signs of m² minors.
///
/// # Errors
/// What could not be proved; more than one output, but for Theorem 3.3.
pub fn theorem(
    gamma: &Family,
    theta: &Family,
    question: &TheoremQuestion,
) -> Result<TheoremForAllK, Unproved> {
    check_shapes(gamma, theta)?;
    if gamma.outputs() != 1 && question.theorem != Theorem::Star {
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
    let parts: Option<Vec<Part>> = found
        .iter()
        .map(|(range, (section, steps, sketch))| {
            let holds = holds(question, section)?;
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
    Ok(TheoremForAllK {
        theorem: question.theorem,
        sections: sections
            .map(|(range, (section, ..))| (range, section))
            .collect(),
        proved,
    })
}

/// What a section states, where the theorem applies.
fn holds(question: &TheoremQuestion, section: &TheoremSection) -> Option<Holds> {
    let construction = section.construction.as_ref()?;
    let stated = StatedTheorem {
        form: question.form(),
        measure: section.measure.to_certificate(),
        beta: section.beta.as_ref().map(Expression::to_certificate),
        bound: construction.bound.as_ref().map(Expression::to_certificate),
        phi: construction.phi.to_certificate(),
        distance: construction.distance.to_certificate(),
    };
    Some(match question.theorem {
        Theorem::Main => Holds::Theorem31(stated),
        Theorem::Refined => Holds::Refined31(stated),
        Theorem::Star => Holds::Theorem33(stated),
    })
}

type Answer = (TheoremSection, Vec<SectionFact>, Sketch);

fn asked(
    mut sketch: Sketch,
    place: Place,
    gamma: &Family,
    theta: &Family,
    question: &TheoremQuestion,
) -> Result<Answer, Unproved> {
    let difference = Difference::new(&mut sketch, theta, Some(gamma), &Rational::default())?;
    let form = question.form();
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
    let (mut beta, mut flipped) = (None, Vec::new());
    let mut own = Rows::of(&mut sketch, gamma.neurons())?;
    let (missing, merged) = match question.theorem {
        Theorem::Main => {
            let (least, missing) = balance(&mut sketch, gamma, &threshold, question, place)?;
            beta = Some(least);
            let found = main_hypotheses(&mut sketch, &own, theta, missing)?;
            flipped = found.flipped;
            (found.missing, found.merged)
        }
        Theorem::Refined => {
            own = own.live(&mut sketch)?;
            refined_hypotheses(&mut sketch, &own, theta)?
        }
        Theorem::Star => {
            let mut missing = Vec::new();
            for (network, family) in [(Side::Gamma, gamma), (Side::Theta, theta)] {
                let reason = not_in_n_star(&mut sketch, family.neurons())?;
                missing.extend(reason.map(|reason| MissingForAllK::Star { network, reason }));
            }
            (missing, theta.neurons().to_vec())
        }
    };
    let mut section = TheoremSection {
        measure,
        beta,
        flipped,
        missing,
        construction: None,
    };
    if !section.missing.is_empty() {
        return Ok((section, steps, sketch));
    }
    let of_theta = (theta, &merged[..]);
    let (phi, cases) = construct(&mut sketch, question.theorem, &own, of_theta, &threshold)?;
    match question.theorem {
        Theorem::Main => {}
        Theorem::Refined => section.beta = Some(over_alone(&mut sketch, gamma, &cases)?),
        Theorem::Star => {
            let sides = [Side::Gamma, Side::Theta, Side::Phi];
            steps.extend(sides.map(SectionFact::member));
        }
    }
    if let Some(beta) = &section.beta {
        let beta = sketch.formula(beta)?;
        steps.push(match question.theorem {
            Theorem::Main => SectionFact::Conditions {
                threshold: sketch.formula(&threshold)?,
                beta,
                flip: section.flipped.clone(),
            },
            _ => SectionFact::LiveConditions { beta },
        });
    }
    for (neuron, case) in cases.iter().enumerate() {
        if let Case::Proof(case) = case.case {
            steps.push(SectionFact::Case {
                neuron,
                case,
                threshold: sketch.formula(&threshold)?,
            });
        }
    }
    let (distance, step) = reached(&mut sketch, gamma, theta, &phi)?;
    steps.push(step);
    sketch.written([&section.measure, &distance])?;
    let bound = bounded(
        &mut sketch,
        question.theorem,
        section.beta.as_ref(),
        &threshold,
        &distance,
    )?;
    section.construction = Some(ConstructionForAllK {
        phi,
        distance,
        bound,
        cases,
    });
    Ok((section, steps, sketch))
}

/// β + √T, in Theorem 3.3 2√T, which the distance is at most; none where T has square roots itself.
fn bounded(
    sketch: &mut Sketch,
    theorem: Theorem,
    beta: Option<&Expression>,
    threshold: &Expression,
    distance: &Expression,
) -> Result<Option<Expression>, Unproved> {
    let beta = beta.cloned().unwrap_or_else(Expression::zero);
    let square = match theorem {
        Theorem::Star => threshold.mul(&Rational::from_integer(4.into()).into()),
        Theorem::Main | Theorem::Refined => threshold.clone(),
    };
    let bound = square.square_root().map(|root| beta.add(&root));
    match &bound {
        Some(bound) => {
            sketch.written([bound])?;
            sketch.non_negative(bound.sub(distance))?;
        }
        None => {
            let gap = distance.sub(&beta);
            sketch.non_negative(match sketch.is_positive(&gap) {
                true => square.sub(&gap.mul(&gap)),
                false => gap.neg(),
            })?;
        }
    }
    Ok(bound)
}

/// Of Theorem 3.1: which neurons of Θ are turned round, what fails, and Θ without parallel neurons.
struct Comparable {
    flipped: Vec<usize>,
    missing: Vec<MissingForAllK>,
    merged: Vec<Neuron>,
}

/// C.2 and C.3, besides what fails of C.1.
fn main_hypotheses(
    sketch: &mut Sketch,
    own: &Rows,
    theta: &Family,
    mut missing: Vec<MissingForAllK>,
) -> Result<Comparable, Unproved> {
    missing.extend(own.within(sketch, false)?);
    let mut other = Rows::of(sketch, theta.neurons())?;
    let mut opposite = other.opposite(sketch, own)?;
    let (mut flipped, mut neurons) = (Vec::new(), theta.neurons().to_vec());
    if !opposite.is_empty() {
        // C.3 is asked of some Θ of g: one without its dead neurons is as good.
        other = other.live(sketch)?;
        opposite = other.opposite(sketch, own)?;
    }
    if !opposite.is_empty() && missing.is_empty() {
        // Where it is not found whether another Θ does, it is said what fails of this one.
        let mut further = sketch.clone();
        if let Ok(found) = turned(&mut further, own, &other) {
            *sketch = further;
            if let Some(flip) = found {
                for &j in &flip {
                    neurons[j] = neurons[j].reversed();
                }
                (flipped, opposite) = (flip, Vec::new());
            }
        }
    }
    missing.extend(opposite);
    let merged = match flipped.is_empty() {
        true => other.merged(sketch)?,
        false => Rows::of(sketch, &neurons)?.live(sketch)?.merged(sketch)?,
    };
    Ok(Comparable {
        flipped,
        missing,
        merged,
    })
}

/// What fails of C.2 and C.3 for live neurons, and Θ with the live ones of each direction as one, or as none where they cancel.
fn refined_hypotheses(
    sketch: &mut Sketch,
    own: &Rows,
    theta: &Family,
) -> Result<(Vec<MissingForAllK>, Vec<Neuron>), Unproved> {
    let mut merged = Rows::of(sketch, theta.neurons())?
        .live(sketch)?
        .merged(sketch)?;
    let other = Rows::of(sketch, &merged)?.live(sketch)?;
    let mut missing = own.within(sketch, false)?;
    missing.extend(other.opposite(sketch, own)?);
    let live = other.on;
    for (j, neuron) in merged.iter_mut().enumerate() {
        if !live.contains(&j) {
            *neuron = nothing(neuron);
        }
    }
    Ok((missing, merged))
}

/// β of the refined form, over the neurons of Γ without a partner; 0 if there are none.
fn over_alone(
    sketch: &mut Sketch,
    gamma: &Family,
    cases: &[NeuronCaseForAllK],
) -> Result<Expression, Unproved> {
    let mut largest = Expression::zero();
    let neurons = gamma.neurons().iter().zip(cases);
    for (neuron, _) in neurons.filter(|(_, case)| case.case == Case::Alone) {
        for part in [neuron.inner(), neuron.outer()] {
            let size = sketch.largest(part)?;
            largest = sketch.larger(largest, size)?;
        }
    }
    Ok(largest)
}

/// β, and the neurons of Γ that violate C.1.
fn balance(
    sketch: &mut Sketch,
    gamma: &Family,
    threshold: &Expression,
    question: &TheoremQuestion,
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
