//! `flips`, `minimal` and `simplify` of a family.

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;

use super::scope::{Scope, certify, declined};
use super::written::{Written, write_network};
use crate::certificate::Range;
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::flip_words::{reasons, said};
use crate::cli::output::Output;
use crate::family::{self, Family, Sections, Smaller};
use crate::parametrizations::{Flippable, Limits, Outcome};

#[derive(Serialize)]
struct FlipsObject {
    /// The sets, if they are the same for all k.
    #[serde(skip_serializing_if = "Option::is_none")]
    flips: Option<Vec<Vec<usize>>>,
    /// Whether the network is unique, if that is the same for all k.
    unique: Option<bool>,
    sections: Vec<FlipsSection>,
    #[serde(flatten)]
    scope: Scope,
}

#[derive(Serialize)]
struct FlipsSection {
    range: String,
    flips: Vec<Vec<usize>>,
    unique: Option<bool>,
    reasons: Vec<String>,
    dead: Vec<usize>,
    shared: Vec<Vec<usize>>,
}

/// What all sections have in common, if they do.
fn common<'a, S, T: PartialEq + 'a>(
    sections: &'a [S],
    part: impl Fn(&'a S) -> &'a T,
) -> Option<&'a T> {
    let first = part(sections.first()?);
    sections
        .iter()
        .all(|section| part(section) == first)
        .then_some(first)
}

/// `flips FAM`, with `-o`.
pub(in crate::cli) fn flips(
    family: &Family,
    certificate: Option<&Path>,
    limits: &Limits,
    output: &Output,
) -> Result<Answer, Failure> {
    let found = family::flips_for_all(family, limits).map_err(declined)?;
    let generic = || found.parts.iter().all(|(_, found)| found.is_generic());
    match certificate {
        Some(path) if !generic() => {
            let reason =
                "it would need all neurons to be live and on different hyperplanes at every k";
            output.no_certificate(path, reason);
        }
        Some(path) => certify(path, family::prove_flips(family, limits), output)?,
        None => {}
    }
    let section = |(range, found): &(Range, Flippable)| FlipsSection {
        range: range.to_string(),
        flips: match &found.outcome {
            Outcome::All(solutions) => solutions.sets.clone(),
            Outcome::Unknown { found, .. } => found.clone(),
        },
        unique: found.unique(),
        reasons: reasons(found, |_| false),
        dead: found.dead.clone(),
        shared: found.shared.clone(),
    };
    let sections: Vec<FlipsSection> = found.parts.iter().map(section).collect();
    let unique = common(&sections, |section| &section.unique)
        .copied()
        .flatten();
    let object = FlipsObject {
        flips: common(&sections, |section| &section.flips).cloned(),
        unique,
        scope: Scope::of_sections(&found),
        sections,
    };
    output.answer("flips", &object, || {
        let mut text = String::new();
        for section in &object.sections {
            if object.sections.len() > 1 {
                // Writing to a String cannot fail.
                let _ = writeln!(text, "for {}", section.range);
            }
            text += &said(section.unique, &section.reasons, "", &section.flips);
        }
        text + &object.scope.words()
    })?;
    Ok(match unique {
        Some(true) => Answer::Yes,
        _ => Answer::No,
    })
}

#[derive(Serialize)]
struct SmallerObject {
    /// The least number of neurons, if it is known and the same for all k.
    #[serde(skip_serializing_if = "Option::is_none")]
    minimal: Option<usize>,
    /// How many neurons the family has.
    given: usize,
    /// How many the networks have, if it is the same for all k.
    #[serde(skip_serializing_if = "Option::is_none")]
    neurons: Option<usize>,
    /// Neurons that contribute nothing or a constant, if they are the same for all k.
    #[serde(skip_serializing_if = "Option::is_none")]
    dropped: Option<Vec<usize>>,
    /// Positively parallel neurons that became one, if they are the same for all k.
    #[serde(skip_serializing_if = "Option::is_none")]
    merged: Option<Vec<Vec<usize>>>,
    /// A network that serves all k, if there is one with so many neurons.
    #[serde(skip_serializing_if = "Option::is_none")]
    network: Option<Written>,
    sections: Vec<SmallerSection>,
    #[serde(flatten)]
    scope: Scope,
}

#[derive(Serialize)]
struct SmallerSection {
    range: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimal: Option<usize>,
    lower: usize,
    upper: usize,
    kinks: usize,
    dropped: Vec<usize>,
    constant: Vec<usize>,
    merged: Vec<Vec<usize>>,
    saved_by_flips: usize,
    network: Written,
    /// The exponent of the search that would be needed, where a limit was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    free: Option<usize>,
}

fn object(family: &Family, found: &Sections<Smaller>, one: Option<&Family>) -> SmallerObject {
    let section = |(range, found): &(Range, Smaller)| {
        let mut dropped: Vec<usize> = found.dead.iter().chain(&found.constant).copied().collect();
        dropped.sort_unstable();
        SmallerSection {
            range: range.to_string(),
            minimal: found.least(),
            lower: found.lower,
            upper: found.upper,
            kinks: found.kinks,
            dropped,
            constant: found.constant.clone(),
            merged: found.merged.clone(),
            saved_by_flips: found.after_merging - found.upper,
            network: Written::of(&found.network),
            free: found.open,
        }
    };
    let sections: Vec<SmallerSection> = found.parts.iter().map(section).collect();
    SmallerObject {
        minimal: common(&sections, |section| &section.minimal)
            .copied()
            .flatten(),
        given: family.neurons().len(),
        neurons: common(&sections, |section| &section.upper).copied(),
        dropped: common(&sections, |section| &section.dropped).cloned(),
        merged: common(&sections, |section| &section.merged).cloned(),
        network: one.map(Written::of),
        scope: Scope::of_sections(found),
        sections,
    }
}

/// `--output`: the smaller network, where one serves all k.
fn write_smaller(
    path: Option<&Path>,
    one: Option<&Family>,
    found: &Sections<Smaller>,
    output: &Output,
) -> Result<(), Failure> {
    match path {
        Some(path) => write_network(
            "--output",
            path,
            one.map(Written::of),
            &ranges(found),
            output,
        ),
        None => Ok(()),
    }
}

fn ranges(found: &Sections<Smaller>) -> Vec<Range> {
    found.parts.iter().map(|(range, _)| *range).collect()
}

/// `minimal FAM`, with `--output` and `-o`.
pub(in crate::cli) fn minimal(
    family: &Family,
    [path, certificate]: [Option<&Path>; 2],
    limits: &Limits,
    output: &Output,
) -> Result<Answer, Failure> {
    let found = family::smaller_for_all(family, false, limits).map_err(declined)?;
    let one = family::one_for_all(family, &found);
    write_smaller(path, one, &found, output)?;
    if let Some(path) = certificate {
        certify(path, family::prove_minimal(family, limits), output)?;
    }
    let object = object(family, &found, one);
    output.answer("minimal", &object, || {
        let mut text = String::new();
        for section in &object.sections {
            let range = match object.sections.len() {
                1 => String::new(),
                _ => format!("   for {}", section.range),
            };
            let least = match section.minimal {
                Some(least) => least.to_string(),
                None => format!("between {} and {}", section.lower, section.upper),
            };
            // Writing to a String cannot fail.
            let _ = writeln!(text, "kinks            {}{range}", section.kinks);
            let _ = writeln!(text, "least neurons    {least} of {}", object.given);
            if one.is_none() {
                text += &section.network.lines();
            }
        }
        if let Some(network) = &object.network {
            text += &network.lines();
        }
        text + &object.scope.words()
    })?;
    let open = object
        .sections
        .iter()
        .find(|section| section.minimal.is_none());
    match open {
        None => Ok(Answer::Yes),
        Some(open) => Err(Failure::Limit(format!(
            "the least number of neurons is between {} and {} for {}",
            open.lower, open.upper, open.range
        ))),
    }
}

/// What `simplify` is asked for.
pub(in crate::cli) struct Wanted<'a> {
    pub(in crate::cli) balance: bool,
    pub(in crate::cli) network: Option<&'a Path>,
    pub(in crate::cli) certificate: Option<&'a Path>,
}

/// `simplify FAM`, with `--balance`, `--output` and `-o`.
pub(in crate::cli) fn simplify(
    family: &Family,
    wanted: &Wanted<'_>,
    limits: &Limits,
    output: &Output,
) -> Result<Answer, Failure> {
    let found = family::smaller_for_all(family, wanted.balance, limits).map_err(declined)?;
    let one = family::one_for_all(family, &found);
    write_smaller(wanted.network, one, &found, output)?;
    match (wanted.certificate, one) {
        (Some(path), None) => {
            let ranges: Vec<String> = ranges(&found).iter().map(Range::to_string).collect();
            let reason = format!(
                "no one network serves all k; they differ for {}",
                ranges.join("; ")
            );
            output.no_certificate(path, &reason);
        }
        (Some(path), Some(one)) => {
            certify(
                path,
                family::prove_equal(family, one, &limits.watch),
                output,
            )?;
        }
        (None, _) => {}
    }
    let object = object(family, &found, one);
    output.answer("simplify", &object, || {
        let mut text = String::new();
        for section in &object.sections {
            // Writing to a String cannot fail.
            let mut line = |label: &str, value: &str| {
                let _ = writeln!(text, "{label:16} {value}");
            };
            let least = match section.minimal {
                Some(_) => "no network of this function has fewer".to_owned(),
                None => format!("at least {} are needed", section.lower),
            };
            let range = match object.sections.len() {
                1 => String::new(),
                _ => format!("   for {}", section.range),
            };
            let (before, after) = (object.given, section.upper);
            line("neurons", &format!("{before} -> {after}; {least}{range}"));
            let list = |indices: &[usize]| {
                let texts: Vec<String> = indices.iter().map(usize::to_string).collect();
                texts.join(", ")
            };
            if !section.dropped.is_empty() {
                line("dropped", &list(&section.dropped));
            }
            for group in &section.merged {
                line("merged", &list(group));
            }
            if section.saved_by_flips > 0 {
                let saved = format!("{} by turning neurons round", section.saved_by_flips);
                line("saved", &saved);
            }
        }
        text + &object.scope.words()
    })?;
    Ok(Answer::Yes)
}
