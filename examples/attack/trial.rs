//! One certificate, damaged in many ways; every damaged one verified, and judged from its statement alone.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use relucert::audit::Random;
use relucert::certificate::StatementLine;
use relucert::verify::{Bindings, Limits, Rejection, Verdict, verify_text};

use crate::damage::{DAMAGES, Donors, Must};
use crate::draft::Draft;
use crate::foils;
use crate::judge::{Doubt, Judged, judge};

/// What became of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Rejected; whether a line or step is named.
    Rejected { located: bool },
    /// Declined.
    Declined,
    /// Accepted.
    Accepted,
    /// The verifier panicked.
    Panicked,
}

/// One damaged certificate.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// Which damage.
    pub damage: usize,
    /// The verifier's verdict.
    pub fate: Fate,
    /// Whether its statement is true; a text without one states nothing true.
    pub judged: Judged,
    /// Whether it is of the format.
    pub parses: bool,
    /// What is wrong with the verdict, if anything, and the text.
    pub finding: Option<(String, String)>,
}

fn verdict(text: &str) -> (Fate, Option<Verdict>) {
    let verify = || verify_text(text.as_bytes(), &Limits::default(), &Bindings::default());
    match catch_unwind(AssertUnwindSafe(verify)) {
        Err(_) => (Fate::Panicked, None),
        Ok(verdict) => {
            let fate = match &verdict {
                Verdict::Verified(_) => Fate::Accepted,
                Verdict::Declined(_) => Fate::Declined,
                Verdict::Rejected(rejection) => Fate::Rejected {
                    located: rejection.line.is_some() || rejection.step.is_some(),
                },
            };
            (fate, Some(verdict))
        }
    }
}

/// Whether the verifier accepts a certificate as the engine made it, and the judge finds it true.
pub fn made_well(text: &str) -> Result<(), String> {
    match verdict(text) {
        (Fate::Accepted, _) => {}
        (_, verdict) => return Err(format!("as made: {verdict:?}")),
    }
    match judged(text) {
        Err(Doubt::False(reason)) => Err(format!("as made, the judge says: {reason}")),
        _ => Ok(()),
    }
}

fn judged(text: &str) -> Judged {
    let line = text.lines().nth(1).unwrap_or_default();
    let nothing = |_| Doubt::False("there is no statement".to_owned());
    let line: StatementLine = serde_json::from_str(line).map_err(nothing)?;
    let judged = catch_unwind(AssertUnwindSafe(|| judge(&line.statement)));
    judged.unwrap_or_else(|_| Err(Doubt::Undecided("the engine panicked".to_owned())))
}

/// What is wrong with a rejection that does not say where.
fn unplaced(text: &str, rejection: &Rejection) -> Option<String> {
    let Some(line) = rejection.line else {
        return Some("a rejection without a line".to_owned());
    };
    let of_step = text.lines().nth(line.wrapping_sub(1)).is_some_and(|line| line.contains(r#""fact":"#));
    let unnamed = of_step && rejection.step.is_none();
    unnamed.then(|| "a rejection without its step".to_owned())
}

/// Damages a certificate `count` times.
pub fn mutants(draft: &Draft, donors: &Donors, random: &mut Random, count: usize) -> Vec<Mutant> {
    let mut known: HashMap<String, Judged> = HashMap::new();
    let mut mutants = Vec::with_capacity(count);
    let mut tries = 0;
    while mutants.len() < count && tries < 20 * count {
        tries += 1;
        let damage = random.below(DAMAGES.len());
        if let Some(text) = DAMAGES[damage].done(draft, donors, random) {
            mutants.push(tried(damage, text, &mut known));
        }
    }
    mutants
}

/// The mutant of each kind of damage that applies.
pub fn one_of_each(draft: &Draft, donors: &Donors, random: &mut Random) -> Vec<Mutant> {
    let mut known = HashMap::new();
    let all = DAMAGES.iter().enumerate();
    all.filter_map(|(damage, kind)| Some((damage, kind.done(draft, donors, random)?)))
        .map(|(damage, text)| tried(damage, text, &mut known))
        .collect()
}

fn tried(damage: usize, text: String, known: &mut HashMap<String, Judged>) -> Mutant {
    let statement = text.lines().nth(1).unwrap_or_default().to_owned();
    let judged = known.entry(statement).or_insert_with(|| judged(&text)).clone();
    let (fate, verdict) = verdict(&text);
    let must = DAMAGES[damage].must;
    let wrong = match (&verdict, &judged, must) {
        (None, ..) => Some("the verifier panicked".to_owned()),
        (Some(Verdict::Verified(_)), Err(Doubt::False(reason)), _) => {
            Some(format!("a false accept: {reason}"))
        }
        (Some(Verdict::Verified(_)), _, Must::BeRejected) => {
            Some("accepted, though it is not whole or not canonical".to_owned())
        }
        (Some(Verdict::Rejected(rejection)), _, Must::BeJudged) => unplaced(&text, rejection),
        (Some(verdict), _, Must::BeAccepted) if fate != Fate::Accepted => {
            Some(format!("only a word for the reader changed: {verdict:?}"))
        }
        (_, Err(Doubt::Undecided(reason)), _) if reason == "the engine panicked" => {
            Some(reason.clone())
        }
        _ => None,
    };
    Mutant {
        damage,
        fate,
        judged,
        parses: foils::parses(&text),
        finding: wrong.map(|wrong| (wrong, text)),
    }
}
