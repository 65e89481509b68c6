//! `norm` and `distance` of networks of any depth, on a box.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use serde::Serialize;

use super::boxed::save;
use super::network::layers;
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::words::texts;
use crate::depth::{Bracket, CellLimits, Difference};
use crate::exact::Rational;
use crate::exact::decimal::brief;
use crate::network::Network;
use crate::realization::Domain;

/// What is asked: one network, or two, of which the second less the first is meant.
pub(in crate::cli) struct Measure<'a> {
    pub(in crate::cli) networks: [&'a Network; 2],
    pub(in crate::cli) paths: [&'a Path; 2],
    /// Whether there are two.
    pub(in crate::cli) both: bool,
    pub(in crate::cli) domain: &'a Domain,
    /// Where the certificate of the seminorm goes.
    pub(in crate::cli) certificate: Option<&'a Path>,
    /// Whether the sup norm is asked for too, within these limits, and where its certificate goes.
    pub(in crate::cli) sup: Option<CellLimits>,
    pub(in crate::cli) sup_certificate: Option<&'a Path>,
    pub(in crate::cli) limits: CellLimits,
}

#[derive(Serialize)]
struct Object {
    /// The largest absolute entry of the Jacobian on the box, if it is known exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    seminorm: Option<String>,
    /// A bracket, if it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    lower: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upper: Option<String>,
    /// A point around which an entry has the lower end.
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Vec<String>>,
    /// Row and column of the Jacobian there.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<[usize; 2]>,
    /// The seminorm is over the box of the original variables.
    variables: &'static str,
    nodes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    sup: Option<SupObject>,
}

#[derive(Serialize)]
struct SupObject {
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lower: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upper: Option<String>,
    /// Where the value, or the lower end, is attained.
    point: Vec<String>,
    output: usize,
    nodes: u64,
}

/// The value, or both ends.
fn ends(found: &Bracket) -> [Option<String>; 3] {
    match found.exact() {
        Some(value) => [Some(value.to_string()), None, None],
        None => [
            None,
            Some(found.lower.to_string()),
            Some(found.upper.to_string()),
        ],
    }
}

/// Prints the largest entry of the Jacobian on the box, and the largest value where it is asked for, or what is known of them.
pub(in crate::cli) fn measure(
    verb: &str,
    asked: &Measure,
    output: &Output,
) -> Result<Answer, Failure> {
    let start = Instant::now();
    let [first, second] = asked.paths;
    let one = layers(asked.networks[0], first)?;
    let two = match asked.both {
        true => Some(layers(asked.networks[1], second)?),
        false => None,
    };
    let question = Difference::new(&one, two.as_ref(), asked.domain).map_err(|error| {
        Failure::Usage(format!(
            "{} against {}: {error}",
            second.display(),
            first.display()
        ))
    })?;
    let found = question.seminorm(&asked.limits);
    output.clear_progress();
    // What is known is printed even if it cannot be written.
    let mut saved = Ok(());
    match (asked.certificate, &found.point) {
        (Some(path), Some(_)) => {
            saved = save(path, output, |draft| question.write_seminorm(draft, &found));
        }
        (Some(path), None) => output.no_certificate(
            path,
            "no point inside the box was found around which the function is affine",
        ),
        (None, _) => {}
    }
    // Each has its part of the time, with its certificate.
    let sup = asked.sup.as_ref().map(|limits| question.sup_norm(limits));
    output.clear_progress();
    if let (Some(path), Some(sup)) = (asked.sup_certificate, &sup) {
        let written = save(path, output, |draft| question.write_sup_norm(draft, sup));
        saved = saved.and(written);
    }
    let [seminorm, lower, upper] = ends(&found);
    let object = Object {
        seminorm,
        lower,
        upper,
        witness: found.point.as_deref().map(texts),
        entry: found.point.as_ref().map(|_| [found.output, found.input]),
        variables: "original",
        nodes: found.nodes,
        sup: sup.as_ref().map(|sup| {
            let [value, lower, upper] = ends(sup);
            SupObject {
                value,
                lower,
                upper,
                point: texts(sup.point.as_deref().unwrap_or_default()),
                output: sup.output,
                nodes: sup.nodes,
            }
        }),
    };
    output.answer(verb, &object, || words(&found, sup.as_ref()))?;
    output.remark(&format!(
        "{} nodes in {:.2} s; on the box, in the original variables",
        found.nodes + sup.as_ref().map_or(0, |sup| sup.nodes),
        start.elapsed().as_secs_f64()
    ));
    saved?;
    let gap = &asked.limits.gap;
    let is_open = |found: &Bracket| &found.upper - &found.lower > *gap;
    match is_open(&found) || sup.as_ref().is_some_and(is_open) {
        true => Err(Failure::Limit(
            "a limit was reached: the bracket printed is proved, but not exact".to_owned(),
        )),
        false => Ok(Answer::Yes),
    }
}

fn words(found: &Bracket, sup: Option<&Bracket>) -> String {
    let shown = |value: &Rational| brief(&value.clone().into());
    let at = |found: &Bracket| texts(found.point.as_deref().unwrap_or_default()).join(", ");
    let mut text = String::new();
    // Writing to a String cannot fail.
    let mut bracket = |name: &str, found: &Bracket| {
        let _ = match found.exact() {
            Some(value) => writeln!(text, "{name:<13} {}", shown(value)),
            None => writeln!(
                text,
                "{name:<13} at least {}\n{:<13} at most  {}",
                shown(&found.lower),
                "",
                shown(&found.upper)
            ),
        };
    };
    bracket("seminorm", found);
    if let Some(sup) = sup {
        bracket("sup norm", sup);
    }
    if found.point.is_some() {
        let _ = writeln!(
            text,
            "attained      entry ({}, {}) of the Jacobian, around x = ({})",
            found.output,
            found.input,
            at(found)
        );
    }
    if let Some(sup) = sup {
        let _ = writeln!(
            text,
            "attained      output {} at x = ({})",
            sup.output,
            at(sup)
        );
    }
    text
}
