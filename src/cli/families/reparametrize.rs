//! `reparametrize G T` of families: Theorems 3.1 and 3.3 for all k.

use std::path::Path;

use serde::Serialize;

use super::scope::{Scope, declined, phi_lines, row, write};
use super::written::{Written, write_network};
use crate::certificate::{FamilyNetwork, Form, Holds};
use crate::cli::answer::Answer;
use crate::cli::cases;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::exact::text::parse_non_negative;
use crate::family::{
    self, ConstructionForAllK, Expression, Family, Proved, Question, TheoremForAllK,
    TheoremQuestion, TheoremSection,
};
use crate::stability::{Case, Theorem};
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
    #[serde(skip_serializing_if = "Option::is_none")]
    beta: Option<String>,
    /// β + √T, T = 2r or J; 2√T of Theorem 3.3.
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    distance: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phi: Option<FamilyNetwork>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    neurons: Vec<NeuronObject>,
    /// The neurons of Θ that are turned round for C.3.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    flipped: Vec<usize>,
    /// The hypotheses that fail.
    missing: Vec<String>,
}

#[derive(Clone, Serialize)]
struct NeuronObject {
    gamma: usize,
    theta: usize,
    /// The paper's label, or `partner` or `U`.
    case: Case,
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

/// Why Theorem 3.3 does not apply either.
#[derive(Serialize)]
struct StarObject {
    range: String,
    missing: Vec<String>,
}

#[derive(Serialize)]
struct Object {
    /// "3.1" or "3.3", or null if a hypothesis of each fails for some k.
    theorem: Option<&'static str>,
    /// Whether 3.1 is asked in refined form.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    refined: bool,
    form: Form,
    /// Whether the networks have biases, and are asked homogenised.
    homogenised: bool,
    /// What one formula says for all k.
    #[serde(flatten)]
    whole: Option<SectionObject>,
    sections: Vec<SectionObject>,
    /// What fails of Theorem 3.3 where 3.1 was asked first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    star: Vec<StarObject>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    nearest: Vec<NearestObject>,
    #[serde(flatten)]
    scope: Scope,
}

/// What `reparametrize` was told of the theorem.
pub(in crate::cli) struct Asked<'a> {
    /// Which one; the first that applies if not given.
    pub(in crate::cli) theorem: Option<Theorem>,
    /// 2r or J; the theorem's own if not given.
    pub(in crate::cli) form: Option<Form>,
    /// `--beta`.
    pub(in crate::cli) beta: Option<&'a str>,
    /// `-o`.
    pub(in crate::cli) certificate: Option<&'a Path>,
    /// `--phi-out`.
    pub(in crate::cli) phi: Option<&'a Path>,
}

/// `reparametrize G T`: Φ by the first theorem that applies, or what fails, with the nearest Φ where that is found.
pub(in crate::cli) fn reparametrize(
    gamma: &Family,
    theta: &Family,
    asked: &Asked<'_>,
    watch: &Watch,
    output: &Output,
) -> Result<Answer, Failure> {
    let beta = asked.beta.map(beta).transpose()?;
    let theorems = match (asked.theorem, gamma.outputs()) {
        (Some(theorem), _) => vec![theorem],
        (None, 1) if beta.is_some() => vec![Theorem::Main],
        (None, 1) => vec![Theorem::Main, Theorem::Refined, Theorem::Star],
        (None, _) => vec![Theorem::Star],
    };
    let (mut all, mut unproved) = (Vec::new(), None);
    for theorem in theorems {
        let question = TheoremQuestion {
            // Among several theorems a form is for the others: the refined bound is least with J.
            form: asked
                .form
                .filter(|_| theorem != Theorem::Refined || asked.theorem.is_some()),
            beta: beta.clone(),
            watch: watch.clone(),
            ..TheoremQuestion::of(theorem)
        };
        match family::theorem(gamma, theta, &question) {
            Ok(found) if found.proved.is_some() => {
                all = vec![(question.form(), found)];
                unproved = None;
                break;
            }
            Ok(found) => all.push((question.form(), found)),
            Err(reason) => unproved = unproved.or(Some(reason)),
        }
    }
    if let Some(reason) = unproved {
        return Err(declined(reason));
    }
    let mut all = all.into_iter();
    let (form, found) = all.next().ok_or_else(|| declined("no theorem"))?;
    let star = all.find(|(_, other)| other.theorem == Theorem::Star);
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
        star.map(|(_, star)| star),
        form,
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

fn section(range: String, section: &TheoremSection, form: Form) -> SectionObject {
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
        beta: section.beta.as_ref().map(Expression::to_string),
        bound: construction
            .and_then(|c| c.bound.as_ref())
            .map(Expression::to_string),
        distance: construction.map(|c| c.distance.to_string()),
        phi: construction.map(|c| c.phi.to_certificate()),
        neurons: construction.map(neurons).unwrap_or_default(),
        flipped: section.flipped.clone(),
        missing: section.missing.iter().map(ToString::to_string).collect(),
    }
}

fn object(
    found: &TheoremForAllK,
    star: Option<TheoremForAllK>,
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
        theorem: found.proved.as_ref().map(|_| found.theorem.number()),
        refined: found.theorem == Theorem::Refined,
        form,
        homogenised,
        whole: match sections.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        },
        nearest: nearest.collect(),
        star: star.map(unmet).unwrap_or_default(),
        sections,
        scope: Scope::of(&ranges),
    }
}

fn unmet(star: TheoremForAllK) -> Vec<StarObject> {
    let sections = star.sections.into_iter();
    let sections = sections.map(|(range, section)| StarObject {
        range: range.to_string(),
        missing: section.missing.iter().map(ToString::to_string).collect(),
    });
    sections.collect()
}

fn words(object: &Object, found: &TheoremForAllK) -> String {
    let mut text = String::new();
    if object.homogenised {
        text += &row(
            "",
            "homogenised: inputs (x, 1), a_i followed by b_i, output bias as last neuron",
        );
    }
    let (measure, root) = match object.form {
        Form::Seminorm => ("r", "√(2r)"),
        Form::Jump => ("jump norm J", "√J"),
    };
    let formula = match found.theorem {
        Theorem::Star => format!("2{root}"),
        Theorem::Main | Theorem::Refined => format!("β + {root}"),
    };
    for (section, (_, asked)) in object.sections.iter().zip(&found.sections) {
        if object.sections.len() > 1 {
            text += &row("for", &section.range);
        }
        text += &row(measure, &asked.measure.to_string());
        let beta = section.beta.clone().unwrap_or_default();
        if found.theorem == Theorem::Main {
            text += &row("β", &beta);
        }
        for missing in &section.missing {
            text += &row("fails", missing);
        }
        let Some(construction) = &asked.construction else {
            let (theorem, fails) = cases::refusal(found.theorem);
            text += &row(theorem, &fails);
            continue;
        };
        if !section.flipped.is_empty() {
            let (label, value) = cases::flipped(&section.flipped);
            text += &row(label, &value);
        }
        if found.theorem == Theorem::Star {
            text += &row("hypotheses", "Γ and Θ are in N*");
        }
        let neurons = construction.cases.iter();
        let cases: Vec<Case> = neurons.map(|neuron| neuron.case).collect();
        for (label, value) in cases::rows(found.theorem, beta, &cases) {
            text += &row(label, &value);
        }
        match &section.bound {
            Some(bound) => text += &row(&formula, &format!("{bound}   proved")),
            None => text += &row(&formula, "not written with square roots of quotients alone"),
        }
        text += &row("‖Φ − Γ‖_∞", &construction.distance.to_string());
        if let Some(phi) = &section.phi {
            text += &phi_lines("Φ", phi);
        }
    }
    for star in &object.star {
        for missing in &star.missing {
            text += &row("Theorem 3.3", &format!("for {}: {missing}", star.range));
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
