//! What the refined form of Theorem 3.1 answered, as JSON and in words.

use serde::Serialize;

use super::given::Given;
use super::theorem31::{ViolationObject, violation_words, violations};
use super::{lines, opening, whole};
use crate::certificate::{self, Form};
use crate::cli::output::brief;
use crate::exact::Rational;
use crate::stability::{Pair, Refined31};

#[derive(Serialize)]
pub(super) struct Object {
    /// "3.1", or null if a hypothesis fails.
    theorem: Option<&'static str>,
    refined: bool,
    form: Form,
    homogenised: bool,
    r: Option<String>,
    r_lower: String,
    r_upper: String,
    jump: String,
    /// The largest β_i over `unmatched`.
    beta: String,
    /// max(√J, β + √J) over `unmatched`, √J if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    distance: Option<String>,
    /// That of `phi`, which has the shape of the given networks, where it is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    distance_as_given: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phi: Option<certificate::Shallow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    neurons: Option<Vec<NeuronObject>>,
    /// C.2, C.3a, C.3b for live neurons; indices of Θ are those after merging.
    violations: Vec<ViolationObject>,
}

#[derive(Serialize)]
struct NeuronObject {
    gamma: usize,
    theta: usize,
    /// `partner`: same hyperplane and sign; `U`: not.
    case: &'static str,
}

/// The JSON object.
pub(super) fn object(pair: &Pair, analysis: &Refined31) -> Object {
    let measured = &analysis.measured;
    let construction = analysis.construction.as_ref();
    let given = construction.and_then(|c| Given::new(pair, &c.phi, &c.distance));
    Object {
        theorem: construction.map(|_| "3.1"),
        refined: true,
        form: analysis.form,
        homogenised: pair.homogenised,
        r: measured.seminorm.exact().map(Rational::to_string),
        r_lower: measured.seminorm.lower.value.to_string(),
        r_upper: measured.seminorm.upper.bound.to_string(),
        jump: measured.jump.to_string(),
        beta: analysis.hypotheses.beta.to_string(),
        bound: construction.map(|c| c.bound.to_string()),
        distance: construction.map(|c| c.distance.value.to_string()),
        distance_as_given: given
            .as_ref()
            .and_then(|g| g.distance.as_ref().map(ToString::to_string)),
        phi: given.as_ref().and_then(Given::stated),
        neurons: construction.map(|c| {
            let neurons = c.order.iter().enumerate();
            let neurons = neurons.map(|(gamma, &theta)| NeuronObject {
                gamma,
                theta,
                case: match c.unmatched.contains(&gamma) {
                    true => "U",
                    false => "partner",
                },
            });
            neurons.collect()
        }),
        violations: violations(&analysis.hypotheses),
    }
}

/// The answer in words.
pub(super) fn words(pair: &Pair, analysis: &Refined31) -> String {
    let measured = &analysis.measured;
    let mut rows = opening(pair, &measured.seminorm, &measured.jump);
    let mut line = |label: &'static str, value: String| rows.push((label, value));
    let Some(construction) = &analysis.construction else {
        for violation in violations(&analysis.hypotheses) {
            line("fails", violation_words(&violation, pair));
        }
        line("Theorem 3.1", "does not apply in refined form".to_owned());
        return lines(rows);
    };
    line(
        "hypotheses",
        "C.2, C.3a, C.3b hold for live neurons".to_owned(),
    );
    let all = construction.order.len();
    let unmatched = construction.unmatched.len();
    line(
        "partners",
        format!("{} of {all} neurons; U has {unmatched}", all - unmatched),
    );
    line("β over U", brief(&analysis.hypotheses.beta));
    line(
        "refined bound",
        format!("{}   proved", brief(&construction.bound)),
    );
    line("‖Φ − Γ‖_∞", whole(&construction.distance.value));
    let given = Given::new(pair, &construction.phi, &construction.distance);
    rows.extend(given.and_then(|given| given.words(Some(&construction.bound))));
    lines(rows)
}
