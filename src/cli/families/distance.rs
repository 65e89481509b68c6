//! `distance A B` and `norm A` of families.

use std::path::Path;

use serde::Serialize;

use super::scope::{Scope, Value, declined, lines, only, ranges, values, write};
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::exact::Rational;
use crate::family::{self, Family};
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
    #[serde(flatten)]
    scope: Scope,
}

/// What is asked of `distance A B` and `norm A`.
pub(in crate::cli) struct NormQuestion {
    /// Only the jump norm.
    pub(in crate::cli) jump: bool,
    /// The seminorm of every output too.
    pub(in crate::cli) per_output: bool,
    /// The a of max(a·t, t); 0 for ReLU.
    pub(in crate::cli) activation: Rational,
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
    question: &NormQuestion,
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
        scope: Scope::of(&ranges(main)),
    };
    output.answer(verb, &object, || {
        let outputs = object.per_output.iter().flatten().enumerate();
        let outputs = outputs.map(|(j, norm)| lines(&format!("output {j}"), &norm.sections));
        lines("seminorm", &object.seminorm_sections)
            + &lines("jump norm", &object.jump_sections)
            + &outputs.collect::<String>()
            + &object.scope.words()
    })?;
    Ok(Answer::Yes)
}
