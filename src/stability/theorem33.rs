//! Theorem 3.3, constructively (any D): on N* only the order of the neurons changes.

use super::distance::{Distance, distance};
use super::matching::match_neurons;
use super::rewriting::Rewriting;
use super::theorem31::{
    FacetWitness, Measured, StabilityError, check_shapes, directions, facets, twice,
};
use crate::certificate::{CaseLabel, Form, StarBounds, Step};
use crate::degeneracy::{Membership, membership};
use crate::exact::{Rational, Surd};
use crate::network::Shallow;
use crate::realization::SeminormLimits;

/// One neuron's case in the proof of Theorem 3.3.
#[derive(Clone, Debug)]
pub struct StarCase {
    /// The neuron of Γ.
    pub gamma: usize,
    /// The neuron of Θ that was put in its place.
    pub theta: usize,
    /// 1, A.1, A.2 or B.
    pub case: CaseLabel,
    /// ‖c^Γ‖‖a^Γ‖.
    pub p: Rational,
    /// ‖c^Θ‖‖a^Θ‖.
    pub q: Rational,
    /// The witnesses of the jumps.
    pub facets: Vec<FacetWitness>,
}

/// Φ and everything on the way to it.
#[derive(Clone, Debug)]
pub struct StarConstruction {
    /// The permutation, if it is not the identity.
    pub rewriting: Vec<Step>,
    /// One entry a neuron, in Γ's order.
    pub cases: Vec<StarCase>,
    /// Θ with its neurons in another order.
    pub phi: Shallow,
    /// ‖Φ − Γ‖_∞.
    pub distance: Distance,
    /// The bounds that hold for this Φ.
    pub bounds: StarBounds,
}

/// What Theorem 3.3 says about a pair.
#[derive(Clone, Debug)]
pub struct Theorem33 {
    /// r and J of g − R(Γ).
    pub measured: Measured,
    /// Which threshold the cases use.
    pub form: Form,
    /// 2r or J.
    pub threshold: Rational,
    /// Whether Γ is in N*, and if not, why.
    pub gamma: Membership,
    /// The same for Θ.
    pub theta: Membership,
    /// Φ, if both are in N*.
    pub construction: Option<StarConstruction>,
}

/// The theorem's bounds for a pair, with r at the lower end of its bracket.
#[derive(Clone, Debug)]
pub struct StarBoundValues {
    /// 4√r.
    pub paper: Surd,
    /// 2√2·√r (N7).
    pub sharp: Surd,
    /// 2√J (N7, N10).
    pub jump: Surd,
}

impl StarBoundValues {
    /// At r (the lower end) and J.
    pub fn new(measured: &Measured) -> Self {
        let multiple = |factor: i64, square: &Rational| {
            Surd::multiple_of_root(&Rational::from_integer(factor.into()), square)
        };
        let r = &measured.seminorm.lower.value;
        StarBoundValues {
            paper: multiple(4, r),
            sharp: multiple(2, &twice(r)),
            jump: multiple(2, &measured.jump),
        }
    }
}

/// Asks Theorem 3.3 of Γ and Θ (homogenised where they have biases): same shape, any D.
///
/// # Errors
/// [`StabilityError`] if the shapes differ, r is needed exactly and is not known, or a limit of the arrangement is met.
pub fn theorem33(
    gamma: &Shallow,
    theta: &Shallow,
    form: Option<Form>,
    limits: &SeminormLimits,
) -> Result<Theorem33, StabilityError> {
    check_shapes(gamma, theta)?;
    let (in_gamma, in_theta) = (membership(gamma), membership(theta));
    let measured = Measured::new(gamma, theta, limits)?;
    let (form, threshold) = measured.threshold(form)?;
    let construction = match in_gamma.in_n_star() && in_theta.in_n_star() {
        true => Some(construct(gamma, theta, &measured, form, &threshold)?),
        false => None,
    };
    Ok(Theorem33 {
        measured,
        form,
        threshold,
        gamma: in_gamma,
        theta: in_theta,
        construction,
    })
}

fn construct(
    gamma: &Shallow,
    theta: &Shallow,
    measured: &Measured,
    form: Form,
    threshold: &Rational,
) -> Result<StarConstruction, StabilityError> {
    let mut rewriting = Rewriting::new(theta);
    let matching = match_neurons(gamma.neurons(), rewriting.neurons());
    rewriting.permute(matching.order.clone());
    let placed = rewriting.neurons().to_vec();
    let rows = directions(gamma, &placed);
    let mut cases = Vec::with_capacity(placed.len());
    for (i, own) in gamma.neurons().iter().enumerate() {
        let (p, q) = (own.product_norm(), placed[i].product_norm());
        let matched = matching.matched[i];
        let case = match (matched, p <= *threshold, q <= *threshold) {
            (false, ..) => CaseLabel::Unmatched,
            (true, true, _) => CaseLabel::GammaSmall,
            (true, false, true) => CaseLabel::ThetaSmall,
            (true, false, false) => CaseLabel::Large,
        };
        cases.push(StarCase {
            gamma: i,
            theta: matching.order[i],
            case,
            p,
            q,
            facets: facets(&rows, gamma, &placed, i, matched)?,
        });
    }
    let phi =
        Shallow::new(placed).map_err(|_| StabilityError::Impossible("a permuted shape changed"))?;
    let distance =
        distance(&phi, gamma).ok_or(StabilityError::Impossible("Φ has another shape than Γ"))?;
    let bounds = proved(StarBoundValues::new(measured), form, &distance.value)?;
    Ok(StarConstruction {
        rewriting: rewriting.take_steps(),
        cases,
        phi,
        distance,
        bounds,
    })
}

/// The bounds that are at least the distance; the theorem says that the form's own are.
fn proved(
    values: StarBoundValues,
    form: Form,
    distance: &Surd,
) -> Result<StarBounds, StabilityError> {
    let kept = |bound: &Surd| distance.compare(bound).is_le().then_some(bound.into());
    let bounds = StarBounds {
        paper: kept(&values.paper),
        sharp: kept(&values.sharp),
        jump: kept(&values.jump),
    };
    let own = match form {
        Form::Seminorm => bounds.paper.is_some() && bounds.sharp.is_some(),
        Form::Jump => bounds.jump.is_some(),
    };
    match own {
        true => Ok(bounds),
        false => Err(StabilityError::Impossible(
            "the construction exceeds the theorem's bound",
        )),
    }
}
