//! What can be proved of families for all k.

use num_traits::Zero as _;

use super::describe::alone;
use super::difference::Difference;
use super::domain::check;
use super::expression::Expression;
use super::nearest::{Lower, candidates, lower_bounds, reached};
use super::network::Family;
use super::norms;
use super::polynomial::Place;
use super::sections::{Build, Pair, Proved, prove};
use super::sketch::{Draft, Sketch};
use super::unproved::Unproved;
use crate::certificate::{AgainstForAllK, Among, Formula, Holds, Range, SectionFact};
use crate::exact::Rational;
use crate::realization::Domain;
use crate::watch::Watch;

/// R(Θ) − R(Γ), or R(Γ) without Θ.
fn difference(sketch: &mut Sketch, pair: &Pair) -> Result<Difference, Unproved> {
    match &pair.theta {
        Some(theta) => Difference::new(sketch, theta, Some(&pair.gamma), &pair.activation),
        None => Difference::new(sketch, &pair.gamma, None, &pair.activation),
    }
}

pub(super) fn check_shapes(gamma: &Family, theta: &Family) -> Result<(), Unproved> {
    match (gamma.inputs(), gamma.outputs()) == (theta.inputs(), theta.outputs()) {
        true => Ok(()),
        false => Err(Unproved::Shapes {
            inputs: [gamma.inputs(), theta.inputs()],
            outputs: [gamma.outputs(), theta.outputs()],
        }),
    }
}

/// Proves something about R(Θ) − R(Γ), or R(Γ), for all k.
pub(super) fn about_difference(
    gamma: &Family,
    theta: Option<&Family>,
    activation: &Rational,
    watch: &Watch,
    draft: impl Fn(Sketch, Place, &Difference) -> Result<Draft, Unproved>,
) -> Result<Proved, Unproved> {
    if let Some(theta) = theta {
        check_shapes(gamma, theta)?;
    }
    let pair = Pair {
        gamma: gamma.clone(),
        theta: theta.cloned(),
        activation: activation.clone(),
        watch: watch.clone(),
    };
    let build: &Build = &|pair, place, mut sketch| {
        let difference = difference(&mut sketch, pair)?;
        Ok(vec![draft(sketch, place, &difference)?])
    };
    prove(&pair, build)
}

/// The seminorm of R(Θ) − R(Γ) (of R(Γ) without Θ) as a function of k, exactly, for all integers k ≥ 1, with a certificate.
///
/// The proof is found at one place, for k large, and holds from a threshold of at most 100 on; below it the same is done for
/// ranges that end there, and for single k where no range serves. Cost, a range: the regions of at most 12 kinks, each by
/// Fourier–Motzkin elimination with at most 4,000 inequalities, and Sturm sequences for every sign the proof needs. Families
/// have at most 64 neurons.
///
/// # Errors
/// What could not be proved.
pub fn prove_distance(
    gamma: &Family,
    theta: Option<&Family>,
    watch: &Watch,
) -> Result<Proved, Unproved> {
    prove_distance_with(gamma, theta, &Rational::zero(), watch)
}

/// The same with the activation max(a·t, t), a ≥ 0.
///
/// # Errors
/// What could not be proved.
pub fn prove_distance_with(
    gamma: &Family,
    theta: Option<&Family>,
    activation: &Rational,
    watch: &Watch,
) -> Result<Proved, Unproved> {
    about_difference(gamma, theta, activation, watch, norms::seminorm)
}

/// The jump norm, likewise.
///
/// Source: N10. Cost: one canonical form a range, and a comparison of all jumps.
///
/// # Errors
/// What could not be proved.
pub fn prove_jump(
    gamma: &Family,
    theta: Option<&Family>,
    watch: &Watch,
) -> Result<Proved, Unproved> {
    prove_jump_with(gamma, theta, &Rational::zero(), watch)
}

/// The same with the activation max(a·t, t), a ≥ 0.
///
/// # Errors
/// What could not be proved.
pub fn prove_jump_with(
    gamma: &Family,
    theta: Option<&Family>,
    activation: &Rational,
    watch: &Watch,
) -> Result<Proved, Unproved> {
    about_difference(gamma, theta, activation, watch, |sketch, _, difference| {
        norms::jump_norm(sketch, difference)
    })
}

/// That two families are the same function for every integer k ≥ 1.
///
/// Source: N1. Cost: that of one canonical form a range.
///
/// # Errors
/// Where they differ, or what could not be proved.
pub fn prove_equal(gamma: &Family, theta: &Family, watch: &Watch) -> Result<Proved, Unproved> {
    prove_equal_with(gamma, theta, &Rational::zero(), watch)
}

/// The same with the activation max(a·t, t), a ≥ 0.
///
/// # Errors
/// Where they differ, or what could not be proved.
pub fn prove_equal_with(
    gamma: &Family,
    theta: &Family,
    activation: &Rational,
    watch: &Watch,
) -> Result<Proved, Unproved> {
    about_difference(
        gamma,
        Some(theta),
        activation,
        watch,
        |sketch, _, difference| norms::equal(sketch, difference),
    )
}

/// The regions of the hyperplanes of a family's neurons, those that meet the inside of a box if there is one, with points inside, by sections.
///
/// Cost, a range: one elimination by Fourier and Motzkin for each node of the tree of regions, of at most 12 hyperplanes.
///
/// # Errors
/// What could not be proved; [`Unproved::Sides`] if the box has not one side an input.
pub fn prove_regions(
    family: &Family,
    domain: Option<&Domain>,
    watch: &Watch,
) -> Result<Proved, Unproved> {
    if let Some(domain) = domain {
        check(domain, family)?;
    }
    prove(
        &alone(family, &Rational::zero(), watch),
        &|pair, place, mut sketch| {
            let gamma = match domain {
                Some(_) => &pair.gamma.with_biases(),
                None => &pair.gamma,
            };
            let neurons = gamma.neurons.iter();
            let neurons = neurons.map(|neuron| neuron.with_outer(vec![Expression::one()]));
            // With 1 for all outer weights no hyperplanes cancel.
            let plain = Family {
                neurons: neurons.collect(),
                outputs: 1,
                offset: gamma.offset.as_ref().map(|_| vec![Expression::zero()]),
                inputs: gamma.inputs,
            };
            let arrangement = Difference::new(&mut sketch, &plain, None, &pair.activation)?;
            Ok(vec![norms::regions(sketch, place, &arrangement, domain)?])
        },
    )
}

/// What is asked about the distance of the parametrizations of one function.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// Φ, if it is known.
    pub phi: Option<Family>,
    /// Prove this lower bound instead of the largest one.
    pub at_least: Option<Expression>,
    /// Prove also that the distance is greater than this.
    pub above: Option<Expression>,
    /// When to give up.
    pub watch: Watch,
}

/// A lower bound's draft: the section's `separated`.
fn separated(lower: &Lower, above: Option<&Expression>) -> Result<Draft, Unproved> {
    let mut sketch = lower.sketch.clone();
    let mut steps = lower.steps.clone();
    let above = margin(&mut sketch, &mut steps, &lower.value, above)?;
    let distance = sketch.formula(&lower.value)?;
    let value = Some(lower.value.clone());
    Ok(Draft {
        holds: Holds::Separated { distance, above },
        value,
        steps,
        sketch,
    })
}

/// The step that the distance is greater than something.
fn margin(
    sketch: &mut Sketch,
    steps: &mut Vec<SectionFact>,
    distance: &Expression,
    above: Option<&Expression>,
) -> Result<Option<Formula>, Unproved> {
    let Some(above) = above else { return Ok(None) };
    let margin = distance.sub(above);
    let less = |_| Unproved::NotGreater {
        distance: distance.clone(),
        above: above.clone(),
    };
    sketch.positive(margin.clone()).map_err(less)?;
    let value = sketch.formula(&margin)?;
    steps.push(SectionFact::Positive { value });
    Ok(Some(sketch.formula(above)?))
}

/// A Φ's draft, with a lower bound that it attains or without.
fn reaching(
    pair: &Pair,
    phi: &Family,
    lower: Option<&Lower>,
    fresh: &Sketch,
    above: Option<&Expression>,
) -> Result<Draft, Unproved> {
    let mut sketch = lower.map_or(fresh, |lower| &lower.sketch).clone();
    let (gamma, theta) = pair.alike();
    let theta = theta.ok_or(Unproved::NoTheta)?;
    // With biases, where Γ or Θ has some.
    let phi = &match gamma.offset() {
        Some(_) => phi.with_biases(),
        None => phi.clone(),
    };
    let (value, step) = reached(&mut sketch, &gamma, &theta, phi)?;
    let (phi, mut steps) = (
        phi.to_certificate(),
        lower.map_or(Vec::new(), |lower| lower.steps.clone()),
    );
    steps.push(step);
    let distance = sketch.formula(&value)?;
    let holds = match lower {
        None => Holds::Reparametrization { phi, distance },
        Some(lower) => {
            let further = |_| Unproved::NotAttained {
                distance: value.clone(),
                lower: lower.value.clone(),
            };
            let room = lower.value.sub(&value);
            sketch.non_negative(room).map_err(further)?;
            let above = margin(&mut sketch, &mut steps, &value, above)?;
            Holds::Nearest {
                among: Among::All,
                phi,
                distance,
                above,
            }
        }
    };
    Ok(Draft {
        holds,
        value: Some(value),
        steps,
        sketch,
    })
}

/// Proves something of the parametrizations of R(Θ) for all k.
pub(super) fn ask(
    gamma: &Family,
    theta: &Family,
    watch: &Watch,
    build: &Build,
) -> Result<Proved, Unproved> {
    check_shapes(gamma, theta)?;
    prove(
        &Pair {
            gamma: gamma.clone(),
            theta: Some(theta.clone()),
            activation: Rational::zero(),
            watch: watch.clone(),
        },
        build,
    )
}

/// A lower bound, as a function of k, for the distance from Γ of every parametrization of R(Θ) with as many neurons as Γ, for all
/// integers k ≥ 1: the largest that lines (N2) or neurons (N3, N5) give, or the one asked for.
///
/// Cost, a range: m² pair costs, each a comparison of O((d + D)²) formulas.
///
/// # Errors
/// What could not be proved.
pub fn prove_separated(
    gamma: &Family,
    theta: &Family,
    question: &Question,
) -> Result<Proved, Unproved> {
    ask(gamma, theta, &question.watch, &|pair, _, sketch| {
        let (gamma, own) = pair.alike();
        let theta = own.as_ref().unwrap_or(theta);
        let lower = lower_bounds(&sketch, &gamma, theta, question.at_least.as_ref())?;
        // A smaller bound is not what was asked for, even if it is easier to prove or holds for more k. A bound by neurons as they are is exact.
        let exact = |lower: &Lower| lower.placed == AgainstForAllK::AsTheyAre;
        let only_exact = question.at_least.is_none() && lower.iter().any(exact);
        let largest = |other: &&Lower| {
            sketch.is_non_negative(&other.value.sub(&lower[0].value))
                && (exact(other) || !only_exact)
        };
        let drafts = lower.iter().filter(largest);
        drafts
            .map(|lower| separated(lower, question.above.as_ref()))
            .collect()
    })
}

/// The nearest parametrization of R(Θ) to Γ and its distance as a function of k, for all integers k ≥ 1: a lower bound and a Φ that attains
/// it, the given one or one found by placing and scaling the neurons of Θ (N5).
///
/// Cost: that of [`prove_separated`], and of proving every candidate Φ nearest until one is.
///
/// # Errors
/// What could not be proved; with a Φ that is further away than the lower bound, both distances.
pub fn prove_nearest(
    gamma: &Family,
    theta: &Family,
    question: &Question,
) -> Result<Proved, Unproved> {
    ask(gamma, theta, &question.watch, &|pair, place, sketch| {
        let (gamma, own) = pair.alike();
        let theta = own.as_ref().unwrap_or(theta);
        let lower = lower_bounds(&sketch, &gamma, theta, None)?;
        let largest = |other: &&Lower| sketch.is_non_negative(&other.value.sub(&lower[0].value));
        let (mut drafts, mut obstacle) = (Vec::new(), Unproved::NoPhi);
        for lower in lower.iter().filter(largest) {
            let mut phis = match &question.phi {
                Some(phi) => vec![fixed_where_needed(phi, place)?],
                None => candidates(&sketch, &gamma, theta, lower),
            };
            if question.phi.is_none() {
                phis.push(theta.clone());
            }
            for phi in phis {
                match reaching(pair, &phi, Some(lower), &sketch, question.above.as_ref()) {
                    Ok(draft) => drafts.push(draft),
                    Err(reason) => obstacle = reason,
                }
            }
        }
        if drafts.is_empty() {
            Err(obstacle)
        } else {
            Ok(drafts)
        }
    })
}

/// That R(Φ) = R(Θ), and ‖Φ − Γ‖_∞ as a function of k, for all integers k ≥ 1.
///
/// # Errors
/// What could not be proved.
pub fn prove_reparametrization(
    gamma: &Family,
    theta: &Family,
    phi: &Family,
    watch: &Watch,
) -> Result<Proved, Unproved> {
    ask(gamma, theta, watch, &|pair, place, sketch| {
        let phi = fixed_where_needed(phi, place)?;
        Ok(vec![reaching(pair, &phi, None, &sketch, None)?])
    })
}

/// At a single k, the network there.
fn fixed_where_needed(phi: &Family, place: Place) -> Result<Family, Unproved> {
    match place {
        Place::On(Range::At(k)) => phi.fixed(k).ok_or(Unproved::UndefinedPhi { k }),
        _ => Ok(phi.clone()),
    }
}
