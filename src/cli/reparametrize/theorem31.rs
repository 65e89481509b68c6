//! What Theorem 3.1 answered, as JSON and in words.

use std::fmt::Write as _;

use serde::Serialize;

use super::given::Given;
use super::{bound_line, lines, whole};
use crate::certificate::{self, CaseLabel, ConditionName, Form, Side};
use crate::cli::output::{brief, named};
use crate::degeneracy::Multiple;
use crate::exact::{Rational, Surd, text};
use crate::parametrizations::C3;
use crate::stability::{Construction, Hypotheses, Pair, Theorem31};

#[derive(Serialize)]
pub(super) struct Object {
    /// "3.1", or null if a hypothesis fails.
    theorem: Option<&'static str>,
    form: Form,
    homogenised: bool,
    /// r, or null if it is only bracketed.
    r: Option<String>,
    r_lower: String,
    r_upper: String,
    jump: String,
    beta: String,
    /// The bound of the form: β + 2√r, or β_J + √J.
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
    /// Every violated hypothesis with all its neurons; empty if the theorem applies.
    violations: Vec<ViolationObject>,
    /// Where C.3 alone fails for Θ: whether another Θ of g satisfies it, if that was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    c3_possible: Option<bool>,
    /// The neurons of Θ that were flipped for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    flipped: Vec<usize>,
}

#[derive(Serialize)]
pub(super) struct BoundObject {
    name: &'static str,
    pub(super) formula: &'static str,
    /// The value; at the lower end of r where r is bracketed.
    pub(super) value: String,
    approx: String,
    /// Whether the certificate proves it for this Φ.
    pub(super) proved: bool,
    /// Whether it was evaluated at the lower end of a bracket of r, so that the true bound is at least this.
    pub(super) at_lower_r: bool,
}

#[derive(Serialize)]
struct NeuronObject {
    gamma: usize,
    theta: usize,
    case: CaseLabel,
    p: String,
    q: String,
}

#[derive(Serialize)]
pub(super) struct ViolationObject {
    condition: ConditionName,
    /// gamma, theta, or null where it concerns both.
    network: Option<Side>,
    /// For C.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    neurons: Option<Vec<usize>>,
    /// For C.2 and C.3: a_j = factor·a_i.
    #[serde(skip_serializing_if = "Option::is_none")]
    pairs: Option<Vec<PairObject>>,
}

#[derive(Serialize)]
pub(super) struct PairObject {
    i: usize,
    j: usize,
    factor: String,
}

impl BoundObject {
    pub(super) fn new(
        name: &'static str,
        formula: &'static str,
        value: &Surd,
        proved: bool,
        at_lower_r: bool,
    ) -> Self {
        BoundObject {
            name,
            formula,
            value: value.to_string(),
            approx: value.approx(8),
            proved,
            at_lower_r,
        }
    }
}

/// The JSON object; `bound` is the sharp one if that was asked.
pub(super) fn object(pair: &Pair, analysis: &Theorem31, c3: &Option<C3>, sharp: bool) -> Object {
    let hypotheses = &analysis.hypotheses;
    let construction = analysis.construction.as_ref();
    let given = construction.and_then(|c| Given::new(pair, &c.phi, &c.distance));
    let own_bound = construction.and_then(|c| match hypotheses.form {
        Form::Seminorm if sharp => c.bounds.sharp.as_ref(),
        Form::Seminorm => c.bounds.paper.as_ref(),
        Form::Jump => c.bounds.jump.as_ref(),
    });
    Object {
        theorem: construction.map(|_| "3.1"),
        form: hypotheses.form,
        homogenised: pair.homogenised,
        r: analysis.seminorm.exact().map(Rational::to_string),
        r_lower: analysis.seminorm.lower.value.to_string(),
        r_upper: analysis.seminorm.upper.bound.to_string(),
        jump: analysis.jump.to_string(),
        beta: hypotheses.beta.to_string(),
        bound: own_bound.map(ToString::to_string),
        bounds: construction.map(|construction| bounds(pair, analysis, construction)),
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
        violations: violations(hypotheses),
        c3_possible: c3.as_ref().and_then(|c3| match c3 {
            C3::Possible { .. } => Some(true),
            C3::Impossible { .. } | C3::GammaOpposite => Some(false),
            C3::Unknown { .. } => None,
        }),
        flipped: match c3 {
            Some(C3::Possible { flip }) => flip.clone(),
            _ => Vec::new(),
        },
    }
}

fn bounds(pair: &Pair, analysis: &Theorem31, construction: &Construction) -> Vec<BoundObject> {
    let values = analysis.bound_values(&pair.gamma);
    let rows = [
        ("paper", "β + 2√r", values.paper, &construction.bounds.paper),
        (
            "sharp",
            "β + √2·√r",
            values.sharp,
            &construction.bounds.sharp,
        ),
        ("jump", "β_J + √J", values.jump, &construction.bounds.jump),
    ];
    let bracketed = analysis.seminorm.exact().is_none();
    let rows = rows.map(|(name, formula, value, proved)| {
        BoundObject::new(
            name,
            formula,
            &value,
            proved.is_some(),
            name != "jump" && bracketed,
        )
    });
    rows.into()
}

/// Every violated hypothesis with all its neurons.
pub(super) fn violations(hypotheses: &Hypotheses) -> Vec<ViolationObject> {
    let failures = hypotheses.failures();
    let objects = failures.iter().map(|failure| {
        let pairs = match (failure.name, failure.network) {
            (ConditionName::Balance, _) => None,
            (ConditionName::NoParallel, _) => Some(&hypotheses.parallel),
            (ConditionName::NoOppositeWithin, Some(Side::Theta)) => {
                Some(&hypotheses.opposite_theta)
            }
            (ConditionName::NoOppositeWithin, _) => Some(&hypotheses.opposite_gamma),
            (ConditionName::NoOppositeBetween, _) => Some(&hypotheses.opposite_between),
            (ConditionName::NoOppositePossible, _) => None,
        };
        let object = |pair: &Multiple| PairObject {
            i: pair.i,
            j: pair.j,
            factor: pair.factor.to_string(),
        };
        ViolationObject {
            condition: failure.name,
            network: failure.network,
            neurons: failure.neuron.map(|_| hypotheses.unbalanced.clone()),
            pairs: pairs.map(|pairs| pairs.iter().map(object).collect()),
        }
    });
    objects.collect()
}

/// The answer in words.
pub(super) fn words(pair: &Pair, analysis: &Theorem31, object: &Object) -> String {
    let mut rows: Vec<(&str, String)> = super::opening(pair, &analysis.seminorm, &analysis.jump);
    let mut line = |label: &'static str, value: String| rows.push((label, value));
    let hypotheses = &analysis.hypotheses;
    let threshold = match hypotheses.form {
        Form::Seminorm => "2r",
        Form::Jump => "J",
    };
    line(
        "β",
        format!(
            "{} (C.1 at the threshold {threshold})",
            brief(&hypotheses.beta)
        ),
    );
    let Some(construction) = &analysis.construction else {
        for violation in &object.violations {
            line("fails", violation_words(violation, pair));
        }
        if object.c3_possible == Some(false) {
            line(
                "C.3",
                "no Θ of g satisfies it: Γ forces orientations that no other neurons make up for"
                    .to_owned(),
            );
        }
        line("Theorem 3.1", "does not apply".to_owned());
        return lines(rows);
    };
    if !object.flipped.is_empty() {
        let flipped: Vec<String> = object.flipped.iter().map(usize::to_string).collect();
        line(
            "Θ′",
            format!(
                "Θ with neurons {} flipped: Σ c_i a_i over them is 0",
                flipped.join(", ")
            ),
        );
    }
    line("hypotheses", "C.1, C.2, C.3a, C.3b hold".to_owned());
    line("cases", case_counts(construction));
    for bound in bounds(pair, analysis, construction) {
        line(
            bound.formula,
            bound_line(&bound.value, bound.at_lower_r, bound.proved),
        );
    }
    line("‖Φ − Γ‖_∞", whole(&construction.distance.value));
    let stated = &construction.bounds;
    let stated = [&stated.paper, &stated.sharp, &stated.jump];
    let bound = stated.into_iter().flatten().map(Surd::from);
    let bound = bound.max_by(Surd::compare);
    let given = Given::new(pair, &construction.phi, &construction.distance);
    rows.extend(given.and_then(|given| given.words(bound.as_ref())));
    lines(rows)
}

fn case_counts(construction: &Construction) -> String {
    let labels = [
        (CaseLabel::Unmatched, "1"),
        (CaseLabel::Small, "A"),
        (CaseLabel::OuterLarger, "B.1"),
        (CaseLabel::InnerLarger, "B.2"),
        (CaseLabel::Balanced, "B.3"),
    ];
    let counts = labels.map(|(label, name)| {
        let count = construction
            .cases
            .iter()
            .filter(|c| c.case == label)
            .count();
        format!("{name}: {count}")
    });
    counts.join("   ")
}

/// More pairs or neurons than this are counted, not listed, in the text.
const MOST_LISTED: usize = 10;

/// A violation in a line.
pub(super) fn violation_words(violation: &ViolationObject, pair: &Pair) -> String {
    let name = match violation.condition {
        ConditionName::Balance => "C.1",
        ConditionName::NoParallel => "C.2",
        ConditionName::NoOppositeWithin => "C.3a",
        ConditionName::NoOppositeBetween => "C.3b",
        ConditionName::NoOppositePossible => "C.3",
    };
    let place = match violation.network {
        Some(Side::Gamma) => " in Γ",
        Some(Side::Theta) => " in Θ",
        Some(Side::Phi) => " in Φ",
        None => "",
    };
    let neurons = violation.neurons.iter().flatten().map(|i| {
        let size = pair.gamma.neurons()[*i].size();
        named(&format!("neuron {i} of Γ: max(|c|, ‖a‖)"), &brief(&size))
    });
    let pairs = violation.pairs.iter().flatten().map(|p| {
        let factor = text::parse(&p.factor).map_or_else(|_| p.factor.clone(), |f| brief(&f));
        match violation.condition {
            ConditionName::NoOppositeBetween => {
                format!("a_{} of Θ = ({factor})·a_{} of Γ", p.j, p.i)
            }
            _ => format!("a_{} = ({factor})·a_{}", p.j, p.i),
        }
    });
    let all: Vec<String> = neurons.chain(pairs).collect();
    let mut shown = all
        .iter()
        .take(MOST_LISTED)
        .cloned()
        .collect::<Vec<_>>()
        .join("; ");
    if all.len() > MOST_LISTED {
        let _ = write!(shown, "; and {} more", all.len() - MOST_LISTED);
    }
    format!("{name}{place}: {shown}")
}
