//! The verifier: decides whether a certificate establishes its claim.
//!
//! It shares [`relucert_format`] with the engine, the data types and nothing else: this package does not know the engine's. It searches for nothing, holds every limit of [`Limits`], and answers one of three verdicts. The order of checks:
//! bytes, UTF-8, last line with count and hash, header, statement, conclusion, and only then the steps, one after the other.
//! What each rule obliges it to see is written at the rule's data type.
#![cfg_attr(
    not(test),
    deny(
        clippy::expect_used,
        clippy::float_arithmetic,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable,
        clippy::unwrap_used
    )
)]

mod bind;
mod bound;
mod budget;
mod cases;
mod circuits;
mod claims;
mod command;
mod conclude;
mod conditions;
mod cost;
mod count;
mod difference;
mod duration;
mod exhaustion;
mod family;
mod functions;
mod hall;
mod limits;
mod member;
mod minimum;
mod network;
mod norms;
mod number;
mod orientations;
mod parametrization;
mod proof;
mod read;
mod regions;
mod rewrite;
mod sentences;
mod strict;
mod sup_norm;
mod surd;
mod tree;
mod vacuous;
mod verdict;
mod words;

#[cfg(test)]
#[path = "tests/support.rs"]
mod support;

#[cfg(test)]
#[path = "tests/examples.rs"]
mod examples;

#[cfg(test)]
#[path = "tests/kinds.rs"]
mod kinds;

#[cfg(test)]
#[path = "tests/whole.rs"]
mod tests;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

pub use bind::{BindError, Bindings};
pub use budget::{Budget, Limits};
pub use command::{VerifyArgs, run, usage};
use relucert_format::Claim;
pub use verdict::{Declined, Rejection, Verdict, Verified};

use proof::Proof;
use read::{Certificate, STATEMENT_LINE};
use verdict::{Locate as _, Stop, equal};

/// Verifies a certificate given as bytes.
pub fn verify_text(text: &[u8], limits: &Limits, bindings: &Bindings) -> Verdict {
    verify_within(text, &Budget::new(limits), bindings)
}

/// The same within a budget, which shows afterwards what was spent.
pub fn verify_within(text: &[u8], budget: &Budget, bindings: &Bindings) -> Verdict {
    match check(text, budget, bindings) {
        Ok(verified) => Verdict::Verified(verified),
        Err(Stop::Reject(rejection)) => Verdict::Rejected(*rejection),
        Err(Stop::Decline(declined)) => Verdict::Declined(declined),
    }
}

/// Verifies a certificate in a file. The error is that the file cannot be read.
pub fn verify_file(path: &Path, limits: &Limits, bindings: &Bindings) -> io::Result<Verdict> {
    let budget = Budget::new(limits);
    let text = read_bounded(path, limits)?;
    Ok(verify_within(&text, &budget, bindings))
}

/// Reads a file, but only one byte more than the limit allows.
fn read_bounded(path: &Path, limits: &Limits) -> io::Result<Vec<u8>> {
    let most = u64::try_from(limits.bytes).unwrap_or(u64::MAX);
    let mut text = Vec::new();
    File::open(path)?
        .take(most.saturating_add(1))
        .read_to_end(&mut text)?;
    Ok(text)
}

fn check(text: &[u8], limits: &Budget, bindings: &Bindings) -> Result<Verified, Stop> {
    bindings.count(limits)?;
    let certificate = Certificate::open(text, limits)?;
    let statement = certificate.statement().at_line(STATEMENT_LINE)?;
    if let Claim::ForAllK(claim) = &statement.claim {
        bindings
            .check_families(claim, limits)
            .at_line(STATEMENT_LINE)?;
        let conclusion = certificate.conclusion();
        let conclusion = conclusion.at_line(certificate.conclusion_line())?;
        return family::check(&certificate, &statement, claim, &conclusion, limits);
    }
    let mut proof = Proof::new(&statement, limits).at_line(STATEMENT_LINE)?;
    bindings
        .check(&statement.networks, limits)
        .at_line(STATEMENT_LINE)?;

    let line = certificate.conclusion_line();
    let conclusion = certificate.conclusion().at_line(line)?;
    equal(
        "kind of claim in the conclusion",
        conclusion.claim.as_str(),
        statement.claim.kind(),
    )
    .at_line(line)?;
    let mut named = BTreeMap::new();
    for &step in &conclusion.rests_on {
        let kind = certificate
            .kind(step)
            .at_line(certificate.step_line(step))?;
        *named.entry(kind).or_insert(0) += 1;
    }
    conclude::check_named(&proof, &named).at_line(line)?;

    for number in 1..=certificate.steps {
        limits.tick()?;
        let line = certificate.step_line(number);
        let rule = certificate.step(number);
        let rule = rule.in_step(number, None).at_line(line)?;
        let checked = proof.step(&rule);
        checked.in_step(number, Some(rule.kind())).at_line(line)?;
    }
    conclude::conclude(&proof, &conclusion.rests_on).at_line(line)?;
    Ok(words::verified(&statement, &proof, certificate.steps))
}
