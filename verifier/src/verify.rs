//! The order of a verification: what is read and checked when.

use std::io;
use std::path::Path;

use relucert_format::{Claim, SeminormFact, Step};

use super::bind::Bindings;
use super::established::Established;
use super::kernel::budget::{Budget, Limits};
use super::kernel::read::{Certificate, STATEMENT_LINE, read_bounded};
use super::kernel::verdict::{Locate as _, Stop, Verdict, Verified};
use super::scene::Scene;
use super::{claims, facts, family, statement, words};

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

/// Verifies a certificate in a file, of which no more is read than the limits allow.
///
/// # Errors
/// That the file cannot be opened or read. Whatever is wrong with what stands in it is a [`Verdict`].
pub fn verify_file(path: &Path, limits: &Limits, bindings: &Bindings) -> io::Result<Verdict> {
    let budget = Budget::new(limits);
    let text = read_bounded(path, limits)?;
    Ok(verify_within(&text, &budget, bindings))
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
        if !matches!(*step, Step::Seminorm(SeminormFact::Further(_))) {
            complete(&scene, number - 1, &certificate)?;
        }
        let fact = facts::check(&step, &mut scene);
        established.push(fact.in_step(number, Some(step.kind())).at_line(line)?);
    }
    complete(&scene, certificate.steps, &certificate)?;
    for wanted in claims::facts(&mut scene).at_line(STATEMENT_LINE)? {
        let stands = established.check(&wanted, &mut scene);
        stands.at_line(STATEMENT_LINE)?;
    }
    Ok(words::verified(&statement, &scene, certificate.steps))
}

/// No tree is left incomplete by the step of this number.
fn complete(scene: &Scene, step: usize, certificate: &Certificate) -> Result<(), Stop> {
    let complete = scene.check_complete();
    let complete = complete.in_step(step, Some("seminorm"));
    complete.at_line(certificate.step_line(step))
}
