//! Whether a statement is true, by the engine and from the statement alone: no step of a certificate is looked at.
//!
//! A new kind of claim needs one function, named in [`judge`]; the compiler asks for it.

mod all_parametrizations;
mod arrangements;
mod cells;
mod compared;
mod deep;
mod families;
mod formulas;
mod functions;
mod identify;
mod minima;
mod parametrizations;
mod read;
mod theorems;

use relucert::certificate::{Claim, Statement};

pub use deep::judge as judge_deep;
use read::{ALL, FUNCTION, GAMMA, PERHAPS_TWO, TWO, TWO_FUNCTIONS, Wanted};

/// Why a statement is not known to be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It is not true: this does not hold.
    False(String),
    /// The engine cannot decide this.
    Undecided(String),
}

/// True, or why not.
pub type Judged = Result<(), Doubt>;

/// This must hold.
fn holds(condition: bool, what: &str) -> Judged {
    match condition {
        true => Ok(()),
        false => Err(Doubt::False(what.to_owned())),
    }
}

/// What must be known to go on.
fn known<T>(value: Option<T>, what: &str) -> Result<T, Doubt> {
    value.ok_or_else(|| Doubt::Undecided(what.to_owned()))
}

/// What the statement must have.
fn given<T>(value: Option<T>, what: &str) -> Result<T, Doubt> {
    value.ok_or_else(|| Doubt::False(what.to_owned()))
}

/// Of several things that must all hold one that does not, else one that is not known.
fn all(parts: impl IntoIterator<Item = Judged>) -> Judged {
    let mut outcome = Ok(());
    for part in parts {
        match part {
            Err(Doubt::False(_)) => return part,
            Err(Doubt::Undecided(_)) if outcome.is_ok() => outcome = part,
            _ => {}
        }
    }
    outcome
}

/// Whether the statement is true: for each kind of claim what it speaks of, and the function that decides it.
pub fn judge(statement: &Statement) -> Judged {
    let about = |wanted: Wanted| read::check_form(statement, wanted);
    match &statement.claim {
        Claim::Equal(claim) => {
            about(TWO_FUNCTIONS).and_then(|()| functions::equal(statement, claim))
        }
        Claim::Differ(claim) => {
            about(TWO_FUNCTIONS).and_then(|()| functions::differ(statement, claim))
        }
        Claim::Seminorm(claim) => {
            about(FUNCTION).and_then(|()| functions::seminorm(statement, claim))
        }
        Claim::JumpNorm(claim) => {
            about(FUNCTION).and_then(|()| functions::jump_norm(statement, claim))
        }
        Claim::SupNorm(claim) => {
            about(FUNCTION).and_then(|()| functions::sup_norm(statement, claim))
        }
        Claim::LocalMinimum(claim) => {
            about(GAMMA).and_then(|()| minima::local_minimum(statement, claim))
        }
        Claim::Arrangement(claim) => {
            about(GAMMA).and_then(|()| arrangements::arrangement(statement, claim))
        }
        Claim::Injective(claim) => {
            about(GAMMA).and_then(|()| arrangements::injective(statement, &claim.0))
        }
        Claim::NotInjective(_) => {
            about(GAMMA).and_then(|()| arrangements::not_injective(statement))
        }
        Claim::Condition(claim) => {
            about(PERHAPS_TWO).and_then(|()| theorems::condition(statement, claim))
        }
        Claim::Reparametrization(claim) => {
            about(ALL).and_then(|()| theorems::reparametrization(statement, claim))
        }
        Claim::Theorem31(claim) => about(ALL).and_then(|()| theorems::theorem31(statement, claim)),
        Claim::Refined31(claim) => about(ALL).and_then(|()| theorems::refined31(statement, claim)),
        Claim::Theorem33(claim) => about(ALL).and_then(|()| theorems::theorem33(statement, claim)),
        Claim::Lift(_) => about(TWO).and_then(|()| parametrizations::lift(statement)),
        Claim::Flips(claim) => {
            about(GAMMA).and_then(|()| parametrizations::flips(statement, &claim.sets))
        }
        Claim::Unique(_) => about(GAMMA).and_then(|()| parametrizations::flips(statement, &[])),
        Claim::Minimal(claim) => {
            about(TWO).and_then(|()| parametrizations::minimal(statement, claim))
        }
        Claim::Nearest(claim) => {
            about(ALL).and_then(|()| parametrizations::nearest(statement, claim))
        }
        Claim::Identifiable(claim) => {
            about(GAMMA).and_then(|()| identify::identifiable(statement, claim))
        }
        Claim::ForAllK(claim) => {
            about(FUNCTION).and_then(|()| families::for_all_k(statement, claim))
        }
    }
}
