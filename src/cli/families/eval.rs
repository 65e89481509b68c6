//! `eval FAM --at x`.

use std::fmt::Write as _;

use serde::Serialize;

use super::scope::{Scope, declined};
use super::written::shown;
use crate::certificate::Range;
use crate::cli::answer::Answer;
use crate::cli::arguments;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::family::{self, Expression, Family};
use crate::watch::Watch;

#[derive(Serialize)]
struct Object {
    /// R at the first point, one formula an output, if the same serves all k.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Vec<String>>,
    /// R at every point, if there are several and the same serves all k.
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Vec<Vec<String>>>,
    sections: Vec<Section>,
    /// The points.
    at: Vec<Vec<String>>,
    #[serde(flatten)]
    scope: Scope,
}

#[derive(Serialize)]
struct Section {
    range: String,
    value: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Vec<Vec<String>>>,
}

/// `eval FAM --at POINT …`.
pub(in crate::cli) fn eval(
    family: &Family,
    points: &[String],
    watch: &Watch,
    output: &Output,
) -> Result<Answer, Failure> {
    let points = points.iter();
    let points: Vec<Vec<Expression>> = points
        .map(|text| arguments::moving_point(text, family.inputs()))
        .collect::<Result<_, _>>()?;
    let found = family::values(family, &points, watch).map_err(declined)?;
    let ranges: Vec<Range> = found.iter().map(|(range, _)| *range).collect();
    let rows = |rows: &[Vec<Expression>]| rows.iter().map(|row| shown(row)).collect::<Vec<_>>();
    let sections = found.iter().map(|(range, values)| Section {
        range: range.to_string(),
        value: values.first().map(|value| shown(value)).unwrap_or_default(),
        values: (values.len() > 1).then(|| rows(values)),
    });
    let all: Vec<Vec<Vec<String>>> = found.iter().map(|(_, values)| rows(values)).collect();
    let one = all
        .first()
        .filter(|first| all.iter().all(|other| other == *first));
    let object = Object {
        value: one.and_then(|values| values.first().cloned()),
        values: one.filter(|values| values.len() > 1).cloned(),
        sections: sections.collect(),
        at: rows(&points),
        scope: Scope::of(&ranges),
    };
    output.answer("eval", &object, || {
        let mut text = String::new();
        for (index, point) in object.at.iter().enumerate() {
            let point = point.join(", ");
            for (section, values) in object.sections.iter().zip(&all) {
                let range = match one {
                    Some(_) => String::new(),
                    None => format!("   for {}", section.range),
                };
                let value = match values[index].as_slice() {
                    [value] => value.clone(),
                    values => format!("({})", values.join(", ")),
                };
                // Writing to a String cannot fail.
                let _ = writeln!(text, "R({point}) = {value}{range}");
                if one.is_some() {
                    break;
                }
            }
        }
        text + &object.scope.words()
    })?;
    Ok(Answer::Yes)
}
