//! One certificate, damaged in many ways; every damaged one verified, and judged from its statement alone.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use relucert::audit::Random;
use relucert::certificate::{DeepStatement, StatementLine};
use relucert::verify::{Bindings, Limits, Rejection, Verdict, verify_text};

use crate::damage::{DAMAGES, Donors, Must};
use crate::draft::Draft;
use crate::foils;
use crate::judge::{Doubt, Judged, judge, judge_deep};

/// Begins what is said of a statement that the engine cannot even decide.
const PANIC: &str = "the engine panicked";

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

/// What it answers, or the message with which it panicked.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let text = payload
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned());
        let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
        text.unwrap_or_default()
    })
}

fn verdict(text: &str) -> (Fate, Result<Verdict, String>) {
    let verify = || verify_text(text.as_bytes(), &Limits::default(), &Bindings::default());
    match caught(verify) {
        Err(message) => (Fate::Panicked, Err(message)),
        Ok(verdict) => {
            let fate = match &verdict {
                Verdict::Verified(_) => Fate::Accepted,
                Verdict::Declined(_) => Fate::Declined,
                Verdict::Rejected(rejection) => Fate::Rejected {
                    located: rejection.line.is_some() || rejection.step.is_some(),
                },
            };
            (fate, Ok(verdict))
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
    let judged = match serde_json::from_str::<StatementLine<DeepStatement>>(line) {
        Ok(line) => caught(|| judge_deep(&line.statement)),
        Err(_) => {
            let line: StatementLine = serde_json::from_str(line).map_err(nothing)?;
            caught(|| judge(&line.statement))
        }
    };
    judged.unwrap_or_else(|message| Err(Doubt::Undecided(format!("{PANIC}: {message}"))))
}

/// What is wrong with a rejection that does not say where.
fn unplaced(text: &str, rejection: &Rejection) -> Option<String> {
    let Some(line) = rejection.line else {
        return Some("a rejection without a line".to_owned());
    };
    let of_step = text
        .lines()
        .nth(line.wrapping_sub(1))
        .is_some_and(|line| line.contains(r#""fact":"#));
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
        let damaged = &DAMAGES[damage];
        // One in four is damaged twice.
        let other = random.pick(DAMAGES);
        let both = [damaged, other]
            .iter()
            .all(|damage| damage.must == Must::Judged);
        let twice = (both && random.chance(1, 4)).then_some(other);
        if let Some(text) = damaged.done(draft, donors, random, twice) {
            mutants.push(tried(damage, text, &mut known));
        }
    }
    mutants
}

fn tried(damage: usize, text: String, known: &mut HashMap<String, Judged>) -> Mutant {
    let statement = text.lines().nth(1).unwrap_or_default().to_owned();
    let judged = known
        .entry(statement)
        .or_insert_with(|| judged(&text))
        .clone();
    let (fate, verdict) = verdict(&text);
    let must = DAMAGES[damage].must;
    let wrong = match (&verdict, &judged, must) {
        (Err(message), ..) => Some(format!("the verifier panicked: {message}")),
        (_, Err(Doubt::Undecided(reason)), _) if reason.starts_with(PANIC) => Some(reason.clone()),
        (Ok(Verdict::Verified(_)), Err(Doubt::False(reason)), _) => {
            Some(format!("a false accept: {reason}"))
        }
        (Ok(Verdict::Verified(_)), _, Must::Rejected) => {
            Some("accepted, though it is not whole or not canonical".to_owned())
        }
        (Ok(Verdict::Rejected(rejection)), _, Must::Judged) => unplaced(&text, rejection),
        (Ok(verdict), _, Must::Accepted) if fate != Fate::Accepted => {
            Some(format!("only a word for the reader changed: {verdict:?}"))
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
