//! `reparametrize G T` of families: Theorem 3.1 for all k.

use std::path::Path;

use serde::Serialize;

use super::scope::{Scope, declined, phi_lines, row, write};
use super::written::{Written, write_network};
use crate::certificate::{FamilyNetwork, Form, Holds, ProofCase};
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::exact::text::parse_non_negative;
use crate::family::{
    self, ConstructionForAllK, Expression, Family, Proved, Question, Theorem31ForAllK,
    Theorem31Question, Theorem31Section,
};
use crate::watch::Watch;

/// What is said of one range of k.
#[derive(Clone, Serialize)]
struct SectionObject {
    range: String,
    /// r, with the form `seminorm`.
    #[serde(skip_serializing_if = "Option::is_none")]
    r: Option<String>,
    /// J, with the form `jump`.
    #[serde(skip_serializing_if = "Option::is_none")]
    jump: Option<String>,
    beta: String,
    /// β + √T, T = 2r or J.
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    distance: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phi: Option<FamilyNetwork>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    neurons: Vec<NeuronObject>,
    /// The hypotheses that fail.
    missing: Vec<String>,
}

#[derive(Clone, Serialize)]
struct NeuronObject {
    gamma: usize,
    theta: usize,
    case: ProofCase,
    p: String,
    q: String,
}

/// The nearest parametrization, where the theorem does not apply.
#[derive(Serialize)]
struct NearestObject {
    range: String,
    distance: String,
    phi: FamilyNetwork,
}

#[derive(Serialize)]
struct Object {
    /// "3.1", or null if a hypothesis fails for some k.
    theorem: Option<&'static str>,
    form: Form,
    /// Whether the networks have biases, and are asked homogenised.
    homogenised: bool,
    /// What one formula says for all k.
    #[serde(flatten)]
    whole: Option<SectionObject>,
    sections: Vec<SectionObject>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    nearest: Vec<NearestObject>,
    #[serde(flatten)]
    scope: Scope,
}

/// What `reparametrize` was told of the theorem.
pub(in crate::cli) struct Asked<'a> {
    /// 2r or J.
    pub(in crate::cli) form: Form,
    /// `--beta`.
    pub(in crate::cli) beta: Option<&'a str>,
    /// `-o`.
    pub(in crate::cli) certificate: Option<&'a Path>,
    /// `--phi-out`.
    pub(in crate::cli) phi: Option<&'a Path>,
}

/// `reparametrize G T`: Φ by Theorem 3.1, or what fails, with the nearest Φ where that is found.
pub(in crate::cli) fn reparametrize(
    gamma: &Family,
    theta: &Family,
    asked: &Asked<'_>,
    watch: &Watch,
    output: &Output,
) -> Result<Answer, Failure> {
    let question = Theorem31Question {
        form: Some(asked.form),
        beta: asked.beta.map(beta).transpose()?,
        watch: watch.clone(),
    };
    let found = family::theorem31(gamma, theta, &question).map_err(declined)?;
    let nearest = match &found.proved {
        Some(_) => None,
        None => {
            let question = Question {
                watch: watch.clone(),
                ..Question::default()
            };
            family::prove_nearest(gamma, theta, &question).ok()
        }
    };
    if let Some(proved) = found.proved.as_ref().or(nearest.as_ref()) {
        write(asked.certificate, proved, output)?;
    } else if let Some(path) = asked.certificate {
        output.no_certificate(path, "the theorem does not apply for all k");
    }
    let object = object(
        &found,
        asked.form,
        gamma.offset().is_some(),
        nearest.as_ref(),
    );
    output.answer("reparametrize", &object, || words(&object, &found))?;
    // What is known is printed even if it cannot be written.
    if let Some(path) = asked.phi {
        let ranges: Vec<_> = found.sections.iter().map(|(range, _)| *range).collect();
        let one = object.whole.as_ref().and_then(|whole| whole.phi.as_ref());
        let one = one.map(Written::stated);
        write_network("--phi-out", path, one, &ranges, output)?;
    }
    let at_zero = |nearest: &Proved| {
        let mut values = nearest.values().into_iter();
        values.all(|(_, value)| value == "0")
    };
    match found.proved.is_some() || nearest.as_ref().is_some_and(at_zero) {
        true => Ok(Answer::Yes),
        false => Ok(Answer::No),
    }
}

fn beta(text: &str) -> Result<Expression, Failure> {
    match parse_non_negative(text) {
        // Numbers are refused as for numbers; what else there is depends on k.
        Ok(_) => family::parse(text).map_err(|error| error.to_string()),
        Err(error) => match family::parse(text) {
            Ok(value) if value.degree() > 0 => Ok(value),
            _ => Err(error.to_string()),
        },
    }
    .map_err(|error| Failure::Usage(format!("--beta: {error}")))
}

fn section(range: String, section: &Theorem31Section, form: Form) -> SectionObject {
    let construction = section.construction.as_ref();
    let of = |wanted: Form| (form == wanted).then(|| section.measure.to_string());
    let neurons = |construction: &ConstructionForAllK| {
        let cases = construction.cases.iter().enumerate();
        let neuron = cases.map(|(gamma, case)| NeuronObject {
            gamma,
            theta: case.theta,
            case: case.case,
            p: case.p.to_string(),
            q: case.q.to_string(),
        });
        neuron.collect()
    };
    SectionObject {
        range,
        r: of(Form::Seminorm),
        jump: of(Form::Jump),
        beta: section.beta.to_string(),
        bound: construction
            .and_then(|c| c.bound.as_ref())
            .map(Expression::to_string),
        distance: construction.map(|c| c.distance.to_string()),
        phi: construction.map(|c| c.phi.to_certificate()),
        neurons: construction.map(neurons).unwrap_or_default(),
        missing: section.missing.iter().map(ToString::to_string).collect(),
    }
}

fn object(
    found: &Theorem31ForAllK,
    form: Form,
    homogenised: bool,
    nearest: Option<&Proved>,
) -> Object {
    let sections = found.sections.iter();
    let sections: Vec<SectionObject> = sections
        .map(|(range, of)| section(range.to_string(), of, form))
        .collect();
    let parts = nearest.into_iter().flat_map(|nearest| &nearest.parts);
    let nearest = parts.filter_map(|part| match &part.draft.holds {
        Holds::Nearest { phi, distance, .. } => Some(NearestObject {
            range: part.range.to_string(),
            distance: distance.to_string(),
            phi: phi.clone(),
        }),
        _ => None,
    });
    let ranges: Vec<_> = found.sections.iter().map(|(range, _)| *range).collect();
    Object {
        theorem: found.proved.is_some().then_some("3.1"),
        form,
        homogenised,
        whole: match sections.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        },
        nearest: nearest.collect(),
        sections,
        scope: Scope::of(&ranges),
    }
}

fn words(object: &Object, found: &Theorem31ForAllK) -> String {
    let mut text = String::new();
    if object.homogenised {
        text += &row(
            "",
            "homogenised: inputs (x, 1), a_i followed by b_i, output bias as last neuron",
        );
    }
    let (measure, root) = match object.form {
        Form::Seminorm => ("r", "β + √(2r)"),
        Form::Jump => ("jump norm J", "β + √J"),
    };
    for (section, (_, asked)) in object.sections.iter().zip(&found.sections) {
        if object.sections.len() > 1 {
            text += &row("for", &section.range);
        }
        text += &row(measure, &asked.measure.to_string());
        text += &row("β", &section.beta);
        for missing in &section.missing {
            text += &row("fails", missing);
        }
        let Some(construction) = &asked.construction else {
            text += &row("Theorem 3.1", "does not apply");
            continue;
        };
        text += &row("hypotheses", "C.1, C.2, C.3a, C.3b hold");
        let labels = [
            (ProofCase::Unmatched, "1"),
            (ProofCase::Small, "A"),
            (ProofCase::OuterLarger, "B.1"),
            (ProofCase::InnerLarger, "B.2"),
            (ProofCase::Balanced, "B.3"),
        ];
        let counts = labels.map(|(label, name)| {
            let cases = construction.cases.iter();
            format!(
                "{name}: {}",
                cases.filter(|case| case.case == label).count()
            )
        });
        text += &row("cases", &counts.join("   "));
        match &section.bound {
            Some(bound) => text += &row(root, &format!("{bound}   proved")),
            None => text += &row(root, "not written with square roots of quotients alone"),
        }
        text += &row("‖Φ − Γ‖_∞", &construction.distance.to_string());
        if let Some(phi) = &section.phi {
            text += &phi_lines("Φ", phi);
        }
    }
    text + &nearest_words(&object.nearest) + &object.scope.words()
}

fn nearest_words(nearest: &[NearestObject]) -> String {
    let section = |one: &NearestObject| {
        let distance = format!("{} for {}", one.distance, one.range);
        row("nearest", &distance) + &phi_lines("nearest Φ", &one.phi)
    };
    nearest.iter().map(section).collect()
}
