//! The order of a verification: what is read and checked when.

use std::fs::File;
use std::io::{self, BufReader, Cursor};
use std::path::Path;

use relucert_format::{Claim, ForAllK, HeightFact, SeminormFact, Statement, Step};

use super::bind::Bindings;
use super::established::{self, Established};
use super::kernel::budget::{Budget, Limits};
use super::kernel::read::{Certificate, STATEMENT_LINE, Stated, step_line};
use super::kernel::scan::{Source, read_bounded};
use super::kernel::verdict::{Declined, Locate as _, Stop, Verdict, Verified};
use super::scene::Scene;
use super::sections::Sections;
use super::{claims, deep, expect, facts, statement, words};

/// Verifies a certificate given as bytes.
pub fn verify_text(text: &[u8], limits: &Limits, bindings: &Bindings) -> Verdict {
    verify_within(text, &Budget::new(limits), bindings)
}

/// The same within a budget, which shows afterwards what was spent.
pub fn verify_within(text: &[u8], budget: &Budget, bindings: &Bindings) -> Verdict {
    let mut source = Cursor::new(text);
    verdict(&mut source, true, budget, bindings).unwrap_or_else(|error| {
        // Bytes in memory can be read.
        Verdict::Declined(Declined {
            line: None,
            reason: error.to_string(),
        })
    })
}

/// Verifies a certificate in a file, which is read twice, from beginning to end, and of which a line at a time is in memory; what cannot be read twice, such
/// as a pipe, is read into memory.
///
/// # Errors
/// That the file cannot be opened or read. Whatever is wrong with what stands in it is a [`Verdict`].
pub fn verify_file(path: &Path, limits: &Limits, bindings: &Bindings) -> io::Result<Verdict> {
    verify_file_within(path, &Budget::new(limits), bindings)
}

/// The same within a budget, which shows afterwards what was spent.
///
/// # Errors
/// That the file cannot be opened or read.
pub fn verify_file_within(
    path: &Path,
    budget: &Budget,
    bindings: &Bindings,
) -> io::Result<Verdict> {
    let file = File::open(path)?;
    if file.metadata()?.is_file() {
        return verdict(&mut BufReader::new(file), false, budget, bindings);
    }
    let text = read_bounded(file, budget.limits())?;
    Ok(verify_within(&text, budget, bindings))
}

fn verdict(
    source: &mut dyn Source,
    resident: bool,
    budget: &Budget,
    bindings: &Bindings,
) -> io::Result<Verdict> {
    match check(source, resident, budget, bindings) {
        Ok(verified) => Ok(Verdict::Verified(verified)),
        Err(Stop::Reject(rejection)) => Ok(Verdict::Rejected(*rejection)),
        Err(Stop::Decline(declined)) => Ok(Verdict::Declined(declined)),
        Err(Stop::Unreadable(error)) => Err(error),
    }
}

fn check(
    source: &mut dyn Source,
    resident: bool,
    limits: &Budget,
    bindings: &Bindings,
) -> Result<Verified, Stop> {
    bindings.count(limits)?;
    let mut certificate = Certificate::open(source, resident, limits)?;
    let stated = certificate.statement().at_line(STATEMENT_LINE)?;
    let statement = match &*stated {
        Stated::Shallow(statement) => statement,
        Stated::Deep(statement) => {
            return deep::verified(&mut certificate, statement, bindings, limits);
        }
    };
    let described = expect::described(statement);
    bindings.check_claim(&described).at_line(STATEMENT_LINE)?;
    if let Claim::ForAllK(claim) = &statement.claim {
        let families = bindings.check_families(claim, limits);
        families.at_line(STATEMENT_LINE)?;
        return for_all_k(&mut certificate, statement, claim, limits);
    }
    let subject = claims::of(&statement.claim).subject();
    let mut scene = Scene::new(statement, subject, limits).at_line(STATEMENT_LINE)?;
    statement::check(&scene).at_line(STATEMENT_LINE)?;
    bindings
        .check(&statement.networks, limits)
        .at_line(STATEMENT_LINE)?;
    let mut established = Established::default();
    certificate.each_step(|number, step| {
        let goes_on = match step {
            Step::Seminorm(SeminormFact::Further(_)) => scene.rising.is_none(),
            Step::Height(HeightFact::More(_)) => scene.open.is_none(),
            _ => false,
        };
        if !goes_on {
            complete(&scene, number - 1)?;
        }
        established.push(facts::check(step, &mut scene)?, limits)
    })?;
    complete(&scene, certificate.steps)?;
    certificate.finish()?;
    for wanted in claims::of(scene.claim)
        .facts(&mut scene)
        .at_line(STATEMENT_LINE)?
    {
        let stands = established.check(&wanted, &mut scene);
        stands.at_line(STATEMENT_LINE)?;
    }
    Ok(words::verified(statement, &scene, certificate.steps))
}

/// No tree is left incomplete by the step of this number.
fn complete(scene: &Scene, step: usize) -> Result<(), Stop> {
    let complete = scene.check_complete();
    let kind = if scene.rising.is_some() {
        "height"
    } else {
        "seminorm"
    };
    let complete = complete.in_step(step, Some(kind));
    complete.at_line(step_line(step))
}

/// Checks the steps of a claim for all k, whose sections have facts of their own.
fn for_all_k(
    certificate: &mut Certificate,
    statement: &Statement,
    claim: &ForAllK,
    limits: &Budget,
) -> Result<Verified, Stop> {
    statement::check_families(statement, claim, limits).at_line(STATEMENT_LINE)?;
    let mut sections =
        Sections::new(claim, statement.activation.as_ref(), limits).at_line(STATEMENT_LINE)?;
    certificate.each_step(|_, step| sections.step(step))?;
    certificate.finish()?;
    let mut remarks = Vec::with_capacity(claim.sections.len());
    for (index, stated) in claim.sections.iter().enumerate() {
        let (section, proved) = sections.at(index).at_line(STATEMENT_LINE)?;
        established::for_all_k(&stated.holds, section, proved)
            .in_part(|| format!("for {}", stated.range))
            .at_line(STATEMENT_LINE)?;
        // No part of the verdict: a remark that meets a limit is not made.
        remarks.push(words::vacuous(&stated.holds, section).unwrap_or_default());
    }
    let steps = certificate.steps;
    Ok(words::verified_for_all_k(statement, claim, &remarks, steps))
}

#[cfg(test)]
#[path = "tests/verify.rs"]
mod tests;
