//! What `norm`, `distance` and `join` print.

use std::fmt::Write as _;
use std::time::Instant;

use num_traits::One as _;
use serde::Serialize;

use super::failure::Failure;
use super::output::Output;
use super::words::texts;
use crate::exact::Rational;
use crate::exact::decimal::brief;
use crate::realization::split::Question;
use crate::realization::{BoundedSeminorm, SupNorm};

/// The norms of a function, as far as they were asked for.
pub(super) struct Measured {
    pub found: Option<BoundedSeminorm>,
    pub jump: Rational,
    pub per_output: Option<Vec<BoundedSeminorm>>,
    pub sup: Option<SupNorm>,
    /// How many jobs are left, of a search that is to be done in parts.
    pub jobs: Option<usize>,
    /// Those that were to be joined and are not there.
    pub missing: Vec<String>,
    /// Why a certificate that was asked for could not be written: said when all that is known is printed.
    pub unwritten: Option<Failure>,
    pub affine: bool,
    /// A bracket this narrow will do.
    pub gap: Rational,
}

#[derive(Serialize)]
struct Object<'a> {
    /// The seminorm, if it is known exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    seminorm: Option<String>,
    /// A bracket, if it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    lower: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upper: Option<String>,
    jump: String,
    /// A point where the lower end (the seminorm, if exact) is attained.
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Vec<String>>,
    /// Row and column of the Jacobian there.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<[usize; 2]>,
    /// The seminorm is over R^d of the original variables.
    variables: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    nodes: Option<u64>,
    /// How many jobs the search was split into.
    #[serde(skip_serializing_if = "Option::is_none")]
    jobs: Option<usize>,
    /// Jobs without a segment.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    missing: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    per_output: Option<Vec<OutputObject>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sup: Option<SupObject>,
}

#[derive(Serialize)]
struct OutputObject {
    lower: String,
    upper: String,
}

#[derive(Serialize)]
struct SupObject {
    /// The sup norm, if it is known exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// A bracket, if it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    lower: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upper: Option<String>,
    /// Where the value, or the lower end, is attained.
    point: Vec<String>,
    output: usize,
    nodes: u64,
}

impl Measured {
    /// What is known of r, and the jump norm.
    pub(super) fn of(found: BoundedSeminorm, question: &Question) -> Self {
        Measured {
            found: Some(found),
            jump: question.form.jump_norm(),
            per_output: None,
            sup: None,
            jobs: None,
            missing: Vec::new(),
            unwritten: None,
            affine: question.affine,
            gap: question.gap.clone(),
        }
    }

    /// Prints what is known.
    pub(super) fn print(&self, verb: &str, output: &Output) -> Result<(), Failure> {
        let affine = self.affine;
        let Measured {
            found,
            jump,
            per_output,
            sup,
            ..
        } = self;
        let exact = found.as_ref().map(|found| found.exact().is_some());
        let bracket = found.as_ref().filter(|_| exact == Some(false));
        let object = Object {
            seminorm: found
                .as_ref()
                .and_then(|f| f.exact())
                .map(Rational::to_string),
            lower: bracket.map(|f| f.lower.value.to_string()),
            upper: bracket.map(|f| f.upper.to_string()),
            jump: jump.to_string(),
            witness: found.as_ref().map(|f| texts(&point(f, affine))),
            entry: found.as_ref().map(|f| [f.lower.output, f.lower.input]),
            variables: "original",
            nodes: found.as_ref().map(|f| f.nodes),
            jobs: self.jobs,
            missing: &self.missing,
            per_output: per_output.as_ref().map(|all| {
                let objects = all.iter().map(|f| OutputObject {
                    lower: f.lower.value.to_string(),
                    upper: f.upper.to_string(),
                });
                objects.collect()
            }),
            sup: sup.as_ref().map(|sup| SupObject {
                value: sup.exact().map(Rational::to_string),
                lower: sup.exact().is_none().then(|| sup.value.to_string()),
                upper: sup.exact().is_none().then(|| sup.upper.to_string()),
                point: texts(&sup.point),
                output: sup.output,
                nodes: sup.nodes,
            }),
        };
        output.answer(verb, &object, || {
            let mut text = String::new();
            // Writing to a String cannot fail.
            let shown = |value: &Rational| brief(&value.clone().into());
            if let Some(found) = found {
                match found.exact() {
                    Some(value) => {
                        let _ = writeln!(text, "seminorm      {}", shown(value));
                    }
                    None => {
                        let _ =
                            writeln!(text, "seminorm      at least {}", shown(&found.lower.value));
                        let _ = writeln!(text, "              at most  {}", shown(&found.upper));
                    }
                }
                let at = texts(&point(found, affine)).join(", ");
                let _ = writeln!(
                    text,
                    "attained      entry ({}, {}) of the Jacobian, in the region of x = ({at})",
                    found.lower.output, found.lower.input
                );
            }
            let _ = writeln!(text, "jump norm     {}", shown(jump));
            for (l, found) in per_output.iter().flatten().enumerate() {
                let _ = match found.exact() {
                    Some(value) => writeln!(text, "output {l:<6} {}", shown(value)),
                    None => writeln!(
                        text,
                        "output {l:<6} between {} and {}",
                        shown(&found.lower.value),
                        shown(&found.upper)
                    ),
                };
            }
            if let Some(sup) = sup {
                let at = texts(&sup.point).join(", ");
                let least = if sup.exact().is_some() {
                    ""
                } else {
                    "at least "
                };
                let value = shown(&sup.value);
                let _ = writeln!(text, "sup norm      {least}{value} at x = ({at})");
                if sup.exact().is_none() {
                    let _ = writeln!(text, "              at most  {}", shown(&sup.upper));
                }
            }
            text
        })
    }

    /// What it took, on standard error.
    pub(super) fn remark(&self, start: Instant, output: &Output) {
        let Some(found) = &self.found else { return };
        output.remark(&format!(
            "{} nodes in {:.2} s{}",
            found.nodes,
            start.elapsed().as_secs_f64(),
            if self.affine {
                "; over R^d of the original variables"
            } else {
                ""
            }
        ));
    }

    /// Whether a bracket is wider than it may be.
    pub(super) fn is_open(&self) -> bool {
        let wide = |found: &BoundedSeminorm| &found.upper - &found.lower.value > self.gap;
        let mut all = self.found.iter().chain(self.per_output.iter().flatten());
        let sup = self.sup.as_ref();
        all.any(wide) || sup.is_some_and(|sup| &sup.upper - &sup.value > self.gap)
    }
}

/// The point where the lower end is attained, in the original variables.
fn point(found: &BoundedSeminorm, affine: bool) -> Vec<Rational> {
    let mut coordinates = found.lower.point.clone();
    let last = match affine {
        true => coordinates.pop().unwrap_or_else(num_bigint::BigInt::one),
        false => num_bigint::BigInt::one(),
    };
    crate::exact::rows::over(&coordinates, &last)
}
