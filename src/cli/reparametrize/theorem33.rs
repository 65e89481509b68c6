//! What Theorem 3.3 answered, as JSON and in words.

use serde::Serialize;

use super::given::Given;
use super::theorem31::BoundObject;
use super::{bound_line, lines, opening, whole};
use crate::certificate::{self, CaseLabel, Form};
use crate::cli::membership::MembershipWords;
use crate::exact::Rational;
use crate::stability::{Pair, StarBoundValues, StarConstruction, Theorem33};

#[derive(Serialize)]
pub(super) struct Object {
    /// "3.3", or null if a network is not in N*.
    theorem: Option<&'static str>,
    form: Form,
    homogenised: bool,
    r: Option<String>,
    r_lower: String,
    r_upper: String,
    jump: String,
    /// Balanced networks satisfy C.1 with β = √(2r); the theorem's bounds need none.
    beta: Option<String>,
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
    phi: Option<certificate::Shallow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    neurons: Option<Vec<NeuronObject>>,
    /// Why Γ or Θ is not in N*.
    not_in_n_star: NotInStar,
}

#[derive(Serialize)]
struct NotInStar {
    gamma: Option<String>,
    theta: Option<String>,
}

#[derive(Serialize)]
struct NeuronObject {
    gamma: usize,
    theta: usize,
    case: CaseLabel,
    p: String,
    q: String,
}

/// The JSON object; `bound` is the sharp one if `sharp`, where r is exact.
pub(super) fn object(pair: &Pair, analysis: &Theorem33, sharp: bool) -> Object {
    let construction = analysis.construction.as_ref();
    let given = construction.and_then(|c| Given::new(pair, &c.phi, &c.distance));
    let own = construction.and_then(|c| match analysis.form {
        Form::Seminorm if sharp => c.bounds.sharp.as_ref(),
        Form::Seminorm => c.bounds.paper.as_ref(),
        Form::Jump => c.bounds.jump.as_ref(),
    });
    let measured = &analysis.measured;
    Object {
        theorem: construction.map(|_| "3.3"),
        form: analysis.form,
        homogenised: pair.homogenised,
        r: measured.seminorm.exact().map(Rational::to_string),
        r_lower: measured.seminorm.lower.value.to_string(),
        r_upper: measured.seminorm.upper.bound.to_string(),
        jump: measured.jump.to_string(),
        beta: None,
        bound: own.map(ToString::to_string),
        bounds: construction.map(|construction| bounds(analysis, construction)),
        distance: construction.map(|c| c.distance.value.to_string()),
        distance_as_given: given
            .as_ref()
            .and_then(|g| g.distance.as_ref().map(ToString::to_string)),
        phi: given.as_ref().and_then(Given::stated),
        neurons: construction.map(|c| {
            let neurons = c.cases.iter().map(|case| NeuronObject {
                gamma: case.gamma,
                theta: case.theta,
                case: case.case,
                p: case.p.to_string(),
                q: case.q.to_string(),
            });
            neurons.collect()
        }),
        not_in_n_star: NotInStar {
            gamma: MembershipWords::not_star(&analysis.gamma),
            theta: MembershipWords::not_star(&analysis.theta),
        },
    }
}

fn bounds(analysis: &Theorem33, construction: &StarConstruction) -> Vec<BoundObject> {
    let values = StarBoundValues::new(&analysis.measured);
    let proved = &construction.bounds;
    let exact = analysis.measured.seminorm.exact().is_some();
    let rows = [
        ("paper", "4√r", values.paper, proved.paper.is_some()),
        ("sharp", "2√2·√r", values.sharp, proved.sharp.is_some()),
        ("jump", "2√J", values.jump, proved.jump.is_some()),
    ];
    let rows = rows.map(|(name, formula, value, proved)| {
        BoundObject::new(name, formula, &value, proved, name != "jump" && !exact)
    });
    rows.into()
}

/// The answer in words.
pub(super) fn words(pair: &Pair, analysis: &Theorem33) -> String {
    let measured = &analysis.measured;
    let mut rows = opening(pair, &measured.seminorm, &measured.jump);
    let mut line = |label: &'static str, value: String| rows.push((label, value));
    for (name, membership) in [("Γ", &analysis.gamma), ("Θ", &analysis.theta)] {
        match MembershipWords::not_star(membership) {
            None => line("in N*", format!("{name}: yes")),
            Some(reason) => line("in N*", format!("{name}: no: {reason}")),
        }
    }
    let Some(construction) = &analysis.construction else {
        line("Theorem 3.3", "does not apply".to_owned());
        return lines(rows);
    };
    let labels = [
        (CaseLabel::Unmatched, "1"),
        (CaseLabel::GammaSmall, "A.1"),
        (CaseLabel::ThetaSmall, "A.2"),
        (CaseLabel::Large, "B"),
    ];
    let counts = labels.map(|(label, name)| {
        let of_label = construction.cases.iter().filter(|c| c.case == label);
        format!("{name}: {}", of_label.count())
    });
    line("cases", counts.join("   "));
    for bound in bounds(analysis, construction) {
        let text = bound_line(&bound.value, bound.at_lower_r, bound.proved);
        line(bound.formula, text);
    }
    line("‖Φ − Γ‖_∞", whole(&construction.distance.value));
    lines(rows)
}
