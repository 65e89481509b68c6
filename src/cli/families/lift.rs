//! `lift FAM`.

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;

use super::scope::{Scope, certify, declined};
use super::written::{Written, write_network};
use crate::certificate::Range;
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::family::{self, Family, Lift};
use crate::watch::Watch;

#[derive(Serialize)]
struct Object {
    /// The lift, if one serves all k.
    #[serde(skip_serializing_if = "Option::is_none")]
    network: Option<Written>,
    sections: Vec<Section>,
    /// Whether R(Γ)(x, 1, −1) = R(Θ)(x), for all k.
    realises: bool,
    /// Whether it is in N* for all k.
    n_star: bool,
    published: bool,
    #[serde(flatten)]
    scope: Scope,
}

#[derive(Serialize)]
struct Section {
    range: String,
    network: Written,
    realises: bool,
    n_star: bool,
}

/// `lift FAM`, with `--published`, `--network-out` and `-o`.
pub(in crate::cli) fn lift(
    theta: &Family,
    published: bool,
    [path, certificate]: [Option<&Path>; 2],
    watch: &Watch,
    output: &Output,
) -> Result<Answer, Failure> {
    let found = family::lift_for_all(theta, published, watch).map_err(declined)?;
    let ranges: Vec<Range> = found.iter().map(|(range, _)| *range).collect();
    let one = match found.as_slice() {
        [(_, lift)] => Some(&lift.network),
        _ => None,
    };
    if let Some(path) = path {
        write_network("--network-out", path, one.map(Written::of), &ranges, output)?;
    }
    let all = |holds: fn(&Lift) -> bool| found.iter().all(|(_, lift)| holds(lift));
    let (realises, n_star) = (all(|lift| lift.realises), all(|lift| lift.n_star));
    if !realises || !(n_star || published) {
        return Err(Failure::Internal("the lift is not one".into()));
    }
    if let Some(path) = certificate {
        certify(path, family::prove_lift(theta, published, watch), output)?;
    }
    let sections = found.iter().map(|(range, lift)| Section {
        range: range.to_string(),
        network: Written::of(&lift.network),
        realises: lift.realises,
        n_star: lift.n_star,
    });
    let object = Object {
        network: one.map(Written::of),
        sections: sections.collect(),
        realises,
        n_star,
        published,
        scope: Scope::of(&ranges),
    };
    output.answer("lift", &object, || {
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{:<14} R(Γ)(x, 1, −1) = R(Θ)(x)", "lift");
        if published {
            let _ = writeln!(text, "{:<14} as published (107)–(110)", "construction");
        }
        for section in &object.sections {
            let range = match object.sections.len() {
                1 => String::new(),
                _ => format!("   for {}", section.range),
            };
            let n_star = if section.n_star { "yes" } else { "no" };
            let _ = writeln!(text, "{:<14} {n_star}{range}", "in N*");
            text += &section.network.lines();
        }
        text + &object.scope.words()
    })?;
    Ok(match n_star {
        true => Answer::Yes,
        false => Answer::No,
    })
}
