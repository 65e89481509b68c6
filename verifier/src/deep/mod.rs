//! Claims about networks of any depth: their networks, steps and sentences. Rewritings are checked one layer at a time, in linear time.

mod boxed;
mod claims;
mod near;
mod networks;
mod rewriting;
mod steps;

use relucert_format::{DeepStatement, Step};

use super::bind::Bindings;
use super::kernel::budget::Budget;
use super::kernel::read::{Certificate, STATEMENT_LINE};
use super::kernel::verdict::{Locate as _, Stop, Verified, reject};
use super::words;
use networks::Networks;
use steps::check;

/// Checks the statement, its steps, and that they establish its claim.
pub(super) fn verified(
    certificate: &mut Certificate,
    statement: &DeepStatement,
    bindings: &Bindings,
    limits: &Budget,
) -> Result<Verified, Stop> {
    let claim = &statement.claim;
    let expected = bindings.check_claim(&claims::described(claim));
    expected.at_line(STATEMENT_LINE)?;
    let domain = claims::domain(claim);
    let stated = Networks::stated(&statement.networks, domain, limits);
    let mut networks = stated.at_line(STATEMENT_LINE)?;
    claims::fits(claim, &networks, limits).at_line(STATEMENT_LINE)?;
    networks.bound = claims::bound(claim);
    bindings
        .check_deep(&networks.gamma, networks.theta.as_ref(), limits)
        .at_line(STATEMENT_LINE)?;
    let mut established = Vec::new();
    certificate.each_step(|_, step| {
        let Step::Deep(step) = step else {
            return reject("the step belongs to a claim about shallow networks");
        };
        let fact = check(step, &mut networks, limits).in_part(|| step.kind().to_owned())?;
        if !established.contains(&fact) {
            established.push(fact);
        }
        Ok(())
    })?;
    certificate.finish()?;
    claims::stands(claim, &established).at_line(STATEMENT_LINE)?;
    let sentence = claims::sentence(claim, &networks);
    Ok(words::verified_deep(sentence, statement, certificate.steps))
}
