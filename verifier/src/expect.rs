//! What a caller expects a certificate to be about: its claim, and whatever narrows it.

use std::fmt;
use std::str::FromStr;

use relucert_format::{Claim, DeepClaim, StatedRational, Statement};

use super::claims;
use super::kernel::verdict::{Stop, differ, reject};
use super::subject::Domain;

/// What narrows a claim: named in the statement besides the claim's kind.
const NARROWING: [&str; 3] = ["activation", "box", "domain"];

/// `KIND` or `KIND=VALUE`: the claim's kind, or `activation`, `box` or `domain`, which a statement may only have where they are expected.
///
/// Values are the canonical texts of the statement: the number of `seminorm`, `jump-norm`, `sup-norm`, `nearest`, `minimal` (`1..2` for a
/// bracket), the distance of `reparametrization` and the theorems, the radius of `local-minimum`, the condition's name, the number of
/// regions of an `arrangement`, the sets of `flips` (`[[0,1]]`), what the sections of `for-all-k` say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    kind: String,
    value: Option<String>,
}

/// The kinds of all claims.
fn kinds() -> impl Iterator<Item = &'static str> {
    let all = Claim::KINDS.iter().chain(DeepClaim::KINDS);
    all.copied()
}

impl FromStr for Expectation {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, value) = match text.split_once('=') {
            Some((kind, value)) => (kind, Some(value.to_owned())),
            None => (text, None),
        };
        let mut known = kinds().chain(NARROWING);
        match known.any(|known| known == kind) {
            true => Ok(Expectation {
                kind: kind.to_owned(),
                value,
            }),
            false => Err(format!(
                "'{kind}' is no kind of claim: these are {}; and a statement may have {}",
                kinds().collect::<Vec<_>>().join(", "),
                NARROWING.join(", ")
            )),
        }
    }
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind)?;
        match &self.value {
            Some(value) => write!(f, "={value}"),
            None => Ok(()),
        }
    }
}

/// A statement's claim, and whatever narrows it, each with its value.
pub(crate) type Described = [(&'static str, Option<String>)];

/// Rejects a statement that is not what is expected, or narrower. Without expectations every statement is.
pub(crate) fn check(expected: &[Expectation], found: &Described) -> Result<(), Stop> {
    if expected.is_empty() {
        return Ok(());
    }
    for (kind, value) in found {
        let mut of_kind = expected
            .iter()
            .filter(|expectation| expectation.kind == *kind);
        let Some(expectation) = of_kind.next() else {
            let all: Vec<String> = expected.iter().map(Expectation::to_string).collect();
            let found = text(kind, value);
            return differ(
                "the statement is not what is expected",
                found,
                all.join(", "),
            );
        };
        if expectation.value.is_some() && expectation.value != *value {
            let found = text(kind, value);
            return differ("the statement is not what is expected", found, expectation);
        }
    }
    let mut missing = expected
        .iter()
        .filter(|expectation| !found.iter().any(|(kind, _)| *kind == expectation.kind));
    match missing.next() {
        Some(expectation) => reject(format!(
            "the statement does not have what is expected: {expectation}"
        )),
        None => Ok(()),
    }
}

fn text(kind: &str, value: &Option<String>) -> String {
    match value {
        Some(value) => format!("{kind}={value}"),
        None => kind.to_owned(),
    }
}

/// A box, as an expectation has it.
pub(crate) fn shown_sides(sides: &Domain) -> String {
    let sides = sides
        .iter()
        .map(|(lower, upper)| format!("[{lower},{upper}]"));
    sides.collect::<Vec<_>>().join("x")
}

/// The claim's kind, and what narrows it, each with its value.
pub(crate) fn described(statement: &Statement) -> Vec<(&'static str, Option<String>)> {
    let claim = &statement.claim;
    let mut found = vec![(claim.kind(), claims::of(claim).value())];
    let activation = statement.activation.as_ref();
    found.extend(activation.map(|a| ("activation", Some(a.to_string()))));
    let subject = claims::of(claim).subject();
    let sides = subject.domain.map(shown_sides);
    found.extend(sides.map(|sides| ("box", Some(sides))));
    if let Some(claim) = subject.regions
        && let Some(rows) = &claim.domain
    {
        let row = |row: &Vec<StatedRational>| {
            let entries: Vec<String> = row.iter().map(StatedRational::to_string).collect();
            format!("({})", entries.join(","))
        };
        // With biases the first row says only that the last variable, 1, is positive.
        let homogenised = usize::from(statement.networks.gamma.b.is_some());
        let rows: Vec<String> = rows.iter().skip(homogenised).map(row).collect();
        if !rows.is_empty() {
            found.push(("domain", Some(rows.join(","))));
        }
    }
    found
}
