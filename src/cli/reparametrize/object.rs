//! The answer as JSON.

use serde::Serialize;

use super::found::nearest_of;
use super::missing::{NotInStar, ViolationObject, not_in_n_star, violations};
use crate::certificate::{self, Form};
use crate::exact::{Rational, Surd};
use crate::network::to_certificate;
use crate::parametrizations::C3;
use crate::reparametrize::Reparametrization;
use crate::stability::{Analysis, Bound, BoundName, Case, NeuronCase, Theorem};

/// What one theorem said.
#[derive(Serialize)]
pub(super) struct Object {
    /// "3.1" or "3.3", or null if a hypothesis fails.
    theorem: Option<&'static str>,
    /// True in the refined form.
    #[serde(skip_serializing_if = "Option::is_none")]
    refined: Option<bool>,
    form: Form,
    homogenised: bool,
    #[serde(flatten)]
    measured: MeasuredObject,
    /// Of C.1; in the refined form the largest β_i over U. Null in Theorem 3.3: its bounds need none.
    beta: Option<String>,
    /// The bound of the form, if it is proved.
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bounds: Option<Vec<BoundObject>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    distance: Option<String>,
    /// That of `phi`, which has the shape of the given networks, where it is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    distance_as_given: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phi: Option<certificate::StatedNetwork>,
    #[serde(skip_serializing_if = "Option::is_none")]
    neurons: Option<Vec<NeuronObject>>,
    /// Every violated hypothesis of Theorem 3.1 with all its neurons; empty if the theorem applies. In the refined form C.2, C.3a, C.3b for
    /// live neurons; indices of Θ are those after merging.
    #[serde(skip_serializing_if = "Option::is_none")]
    violations: Option<Vec<ViolationObject>>,
    /// Where C.3 alone fails for Θ: whether another Θ of g satisfies it, if that was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    c3_possible: Option<bool>,
    /// The neurons of Θ that were flipped for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    flipped: Vec<usize>,
    /// Theorem 3.3: why Γ or Θ is not in N*.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_in_n_star: Option<NotInStar>,
}

#[derive(Serialize)]
struct MeasuredObject {
    /// r, or null if it is only bracketed.
    r: Option<String>,
    r_lower: String,
    r_upper: String,
    jump: String,
}

#[derive(Serialize)]
struct BoundObject {
    name: &'static str,
    formula: &'static str,
    /// The value; at the lower end of r where r is bracketed.
    value: String,
    approx: String,
    /// Whether the certificate proves it for this Φ.
    proved: bool,
    /// Whether it was evaluated at the lower end of a bracket of r, so that the true bound is at least this.
    at_lower_r: bool,
}

#[derive(Serialize)]
struct NeuronObject {
    gamma: usize,
    theta: usize,
    case: Case,
    #[serde(skip_serializing_if = "Option::is_none")]
    p: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    q: Option<String>,
}

impl MeasuredObject {
    fn new(answer: &Reparametrization) -> Self {
        let r = answer.r();
        MeasuredObject {
            r: r.exact().map(Rational::to_string),
            r_lower: r.lower.value.to_string(),
            r_upper: r.upper.to_string(),
            jump: answer.jump().to_string(),
        }
    }
}

impl From<&Bound> for BoundObject {
    fn from(bound: &Bound) -> Self {
        BoundObject {
            name: match bound.name {
                BoundName::Paper => "paper",
                BoundName::Sharp => "sharp",
                BoundName::Jump => "jump",
                BoundName::Refined => "refined",
            },
            formula: bound.formula,
            value: bound.value.to_string(),
            approx: bound.value.approx(8),
            proved: bound.proved,
            at_lower_r: bound.at_lower_r,
        }
    }
}

impl From<&NeuronCase> for NeuronObject {
    fn from(of: &NeuronCase) -> Self {
        let sizes = matches!(of.case, Case::Proof(_));
        NeuronObject {
            gamma: of.gamma,
            theta: of.theta,
            case: of.case,
            p: sizes.then(|| of.p.to_string()),
            q: sizes.then(|| of.q.to_string()),
        }
    }
}

/// What one theorem said; `bound` is the sharp one if `sharp` and r is known.
pub(super) fn of_theorem(answer: &Reparametrization, analysis: &Analysis, sharp: bool) -> Object {
    let theorem = analysis.theorem;
    let construction = analysis.construction.as_ref();
    let own = match (theorem, analysis.form) {
        (Theorem::Refined, _) => BoundName::Refined,
        (_, Form::Jump) => BoundName::Jump,
        (_, Form::Seminorm) if sharp => BoundName::Sharp,
        (_, Form::Seminorm) => BoundName::Paper,
    };
    let refined = theorem == Theorem::Refined;
    let star = theorem == Theorem::Star;
    Object {
        theorem: construction.map(|_| theorem.number()),
        refined: refined.then_some(true),
        form: analysis.form,
        homogenised: answer.pair().homogenised,
        measured: MeasuredObject::new(answer),
        beta: analysis.beta.as_ref().map(Surd::to_string),
        bound: construction.and_then(|c| c.proved(own).map(Surd::to_string)),
        bounds: construction
            .filter(|_| !refined)
            .map(|c| c.bounds.iter().map(Into::into).collect()),
        distance: construction.map(|c| c.distance.value.to_string()),
        distance_as_given: other_distance(answer).map(|distance| distance.to_string()),
        phi: answer.phi().and_then(to_certificate),
        neurons: construction.map(|c| c.cases.iter().map(Into::into).collect()),
        violations: (!star).then(|| violations(&analysis.missing)),
        c3_possible: answer.c3().and_then(|c3| match c3 {
            C3::Possible { .. } => Some(true),
            C3::Impossible { .. } | C3::GammaOpposite => Some(false),
            C3::Unknown { .. } => None,
        }),
        flipped: match answer.c3() {
            Some(C3::Possible { flip }) => flip.clone(),
            _ => Vec::new(),
        },
        not_in_n_star: star.then(|| not_in_n_star(&analysis.missing)),
    }
}

/// ‖Φ − Γ‖_∞ of Φ as it is written, if that is another than that of the homogenised networks.
pub(super) fn other_distance(answer: &Reparametrization) -> Option<Surd> {
    let own = answer.pair().distance_as_given(answer.phi()?)?.value;
    let other = answer.distance()?.compare(&own).is_ne();
    other.then_some(own)
}

/// No theorem applies: what is missing, and the best Φ that was found.
#[derive(Serialize)]
pub(super) struct NoTheorem {
    /// Always null.
    theorem: Option<&'static str>,
    homogenised: bool,
    #[serde(flatten)]
    measured: MeasuredObject,
    /// Hypotheses of Theorem 3.1 that fail; with D > 1 it says nothing.
    violations: Vec<ViolationObject>,
    /// Why Γ or Θ is not in N* (Theorem 3.3).
    not_in_n_star: NotInStar,
    /// In words, one a theorem.
    missing: Vec<String>,
    /// ‖Φ − Γ‖_∞ of the Φ built; null if g has none with as many neurons.
    distance: Option<String>,
    /// No parametrization is nearer than this.
    lower: Option<String>,
    phi: Option<certificate::StatedNetwork>,
}

pub(super) fn without_theorem(answer: &Reparametrization) -> NoTheorem {
    let (pair, missing) = (answer.pair(), answer.missing());
    let nearest = nearest_of(answer);
    let phi = nearest.and_then(|nearest| nearest.phi.as_ref());
    NoTheorem {
        theorem: None,
        homogenised: pair.homogenised,
        measured: MeasuredObject::new(answer),
        violations: violations(missing),
        not_in_n_star: not_in_n_star(missing),
        missing: missing.iter().map(ToString::to_string).collect(),
        distance: phi.map(|phi| phi.distance.value.to_string()),
        lower: nearest.map(|nearest| nearest.lower.to_string()),
        phi: phi.map(|phi| phi.phi.network(pair.homogenised)),
    }
}
