//! The verifier: decides whether a certificate establishes its claim.
//!
//! It shares [`relucert_format`] with the engine, the data types and nothing else: this package does not know the engine's. It searches for nothing, holds every limit of [`Limits`], and answers one of three verdicts. The order of checks:
//! bytes, UTF-8, last line with count and hash, header, statement, the steps one after the other, and then whether every fact that
//! the claim needs stands. What each fact obliges it to see is written at its data type.
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

mod arrangement;
mod bind;
mod budget;
mod circuits;
mod claims;
mod command;
mod cost;
mod count;
mod difference;
mod duration;
mod established;
mod exhaustion;
mod expect;
mod facts;
mod family;
mod network;
mod number;
mod read;
mod scene;
mod sentences;
mod statement;
mod surd;
mod tree;
mod vacuous;
mod verdict;
mod words;

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

pub use bind::{BindError, Bindings};
pub use budget::{Budget, Limits};
pub use command::{VerifyArgs, run, usage};
pub use expect::Expectation;
use relucert_format::Claim;
pub use verdict::{Declined, Rejection, Verdict, Verified};

use established::Established;
use read::{Certificate, STATEMENT_LINE};
use scene::Scene;
use verdict::{Locate as _, Stop};

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
    bindings.check_claim(&statement).at_line(STATEMENT_LINE)?;
    if let Claim::ForAllK(claim) = &statement.claim {
        bindings
            .check_families(claim, limits)
            .at_line(STATEMENT_LINE)?;
        return family::check(&certificate, &statement, claim, limits);
    }
    let mut scene = Scene::new(&statement, limits).at_line(STATEMENT_LINE)?;
    statement::check(&scene).at_line(STATEMENT_LINE)?;
    bindings
        .check(&statement.networks, limits)
        .at_line(STATEMENT_LINE)?;
    let mut established = Established::default();
    for number in 1..=certificate.steps {
        limits.tick()?;
        let line = certificate.step_line(number);
        let step = certificate.step(number);
        let step = step.in_step(number, None).at_line(line)?;
        let fact = facts::check(&step, &mut scene);
        established.push(fact.in_step(number, Some(step.kind())).at_line(line)?);
    }
    for wanted in claims::facts(&mut scene).at_line(STATEMENT_LINE)? {
        let stands = established.check(&wanted, &scene);
        stands.at_line(STATEMENT_LINE)?;
    }
    Ok(words::verified(&statement, &scene, certificate.steps))
}
