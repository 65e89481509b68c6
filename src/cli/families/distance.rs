//! `distance A B` and `norm A` of families.

use std::path::Path;

use serde::Serialize;

use super::scope::{Scope, Value, declined, lines, only, ranges, values, write};
use crate::certificate::{Formula, SectionFact};
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::exact::Rational;
use crate::family::{self, Family, Proved};
use crate::realization::Domain;
use crate::watch::Watch;

#[derive(Serialize)]
struct DistanceObject {
    #[serde(skip_serializing_if = "Option::is_none")]
    seminorm: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jump: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    seminorm_sections: Vec<Value>,
    jump_sections: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    per_output: Option<Vec<OutputNorm>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sup: Option<SupObject>,
    #[serde(flatten)]
    scope: Scope,
}

/// What is asked of `distance A B` and `norm A`.
pub(in crate::cli) struct NormQuestion<'a> {
    /// Only the jump norm.
    pub(in crate::cli) jump: bool,
    /// The seminorm of every output too.
    pub(in crate::cli) per_output: bool,
    /// The a of max(a·t, t); 0 for ReLU.
    pub(in crate::cli) activation: Rational,
    /// The sup norm on the box too.
    pub(in crate::cli) sup: Option<Domain>,
    /// Where the sup norm's certificate goes.
    pub(in crate::cli) sup_certificate: Option<&'a Path>,
}

/// The sup norm on a box.
#[derive(Serialize)]
struct SupObject {
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    sections: Vec<SupSection>,
}

/// The sup norm on a range of k.
#[derive(Serialize)]
struct SupSection {
    #[serde(flatten)]
    value: Value,
    /// Where it is attained.
    point: Vec<String>,
}

impl SupObject {
    fn of(proved: &Proved) -> Self {
        let values = values(proved);
        let value = only(&values);
        let parts = values.into_iter().zip(&proved.parts);
        let sections = parts.map(|(value, part)| {
            let points = part.draft.steps.iter().filter_map(|step| match step {
                SectionFact::SupNorm { point, .. } => Some(point),
                _ => None,
            });
            let point = points.flatten().map(Formula::to_string).collect();
            SupSection { value, point }
        });
        SupObject {
            value,
            sections: sections.collect(),
        }
    }

    fn words(&self) -> String {
        let line = |section: &SupSection| {
            let (value, at) = (&section.value.value, section.point.join(", "));
            let range = match self.sections.len() {
                1 => String::new(),
                _ => format!("   for {}", section.value.range),
            };
            format!("{:<14} {value} at x = ({at}){range}\n", "sup norm")
        };
        self.sections.iter().map(line).collect()
    }
}

/// The seminorm of one output.
#[derive(Serialize)]
struct OutputNorm {
    #[serde(skip_serializing_if = "Option::is_none")]
    seminorm: Option<String>,
    sections: Vec<Value>,
}

fn output_norms(
    a: &Family,
    b: Option<&Family>,
    activation: &Rational,
    watch: &Watch,
) -> Result<Vec<OutputNorm>, Failure> {
    let norm = |output| {
        let part = |family: &Family| {
            let part = family.output(output);
            part.ok_or_else(|| declined("the networks have other outputs"))
        };
        let b = b.map(part).transpose()?;
        let proved = family::prove_distance_with(&part(a)?, b.as_ref(), activation, watch);
        let sections = values(&proved.map_err(declined)?);
        Ok(OutputNorm {
            seminorm: only(&sections),
            sections,
        })
    };
    (0..a.outputs()).map(norm).collect()
}

/// `distance A B` and `norm A`: the seminorm and the jump norm as functions of k. The certificate is that of the seminorm, or with `jump` that of the jump norm.
pub(in crate::cli) fn distance(
    verb: &str,
    a: &Family,
    b: Option<&Family>,
    question: &NormQuestion<'_>,
    certificate: Option<&Path>,
    watch: &Watch,
    output: &Output,
) -> Result<Answer, Failure> {
    let activation = &question.activation;
    let jumps = family::prove_jump_with(a, b, activation, watch).map_err(declined)?;
    let norm = if question.jump {
        None
    } else {
        Some(family::prove_distance_with(a, b, activation, watch).map_err(declined)?)
    };
    let main = norm.as_ref().unwrap_or(&jumps);
    write(certificate, main, output)?;
    let sup = question.sup.as_ref();
    let sup = sup.map(|domain| family::prove_sup_norm(a, b, activation, domain, watch));
    let sup = sup.transpose().map_err(declined)?;
    if let Some(sup) = &sup {
        write(question.sup_certificate, sup, output)?;
    }
    let (norms, jump_values) = (norm.as_ref().map_or(Vec::new(), values), values(&jumps));
    let object = DistanceObject {
        seminorm: only(&norms),
        jump: only(&jump_values),
        seminorm_sections: norms,
        jump_sections: jump_values,
        per_output: match question.per_output {
            true => Some(output_norms(a, b, activation, watch)?),
            false => None,
        },
        sup: sup.as_ref().map(SupObject::of),
        scope: Scope::of(&ranges(main)),
    };
    output.answer(verb, &object, || {
        let outputs = object.per_output.iter().flatten().enumerate();
        let outputs = outputs.map(|(j, norm)| lines(&format!("output {j}"), &norm.sections));
        lines("seminorm", &object.seminorm_sections)
            + &lines("jump norm", &object.jump_sections)
            + &outputs.collect::<String>()
            + &object
                .sup
                .as_ref()
                .map_or_else(String::new, SupObject::words)
            + &object.scope.words()
    })?;
    Ok(Answer::Yes)
}
