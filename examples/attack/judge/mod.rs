//! Whether a statement is true, by the engine and from the statement alone: no step of a certificate is looked at.
//!
//! A new kind of claim needs one function, named in [`judge`]; the compiler asks for it.

mod arrangements;
mod families;
mod functions;
mod minima;
mod parametrizations;
mod read;
mod theorems;

use relucert::certificate::{Claim, Statement};

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

/// Whether the statement is true.
pub fn judge(statement: &Statement) -> Judged {
    read::check_form(statement)?;
    match &statement.claim {
        Claim::Equal(claim) => functions::equal(statement, claim),
        Claim::Differ(claim) => functions::differ(statement, claim),
        Claim::Seminorm(claim) => functions::seminorm(statement, claim),
        Claim::JumpNorm(claim) => functions::jump_norm(statement, claim),
        Claim::SupNorm(claim) => functions::sup_norm(statement, claim),
        Claim::LocalMinimum(claim) => minima::local_minimum(statement, claim),
        Claim::Arrangement(claim) => arrangements::arrangement(statement, claim),
        Claim::Condition(claim) => theorems::condition(statement, claim),
        Claim::Reparametrization(claim) => theorems::reparametrization(statement, claim),
        Claim::Theorem31(claim) => theorems::theorem31(statement, claim),
        Claim::Refined31(claim) => theorems::refined31(statement, claim),
        Claim::Theorem33(claim) => theorems::theorem33(statement, claim),
        Claim::Lift(_) => parametrizations::lift(statement),
        Claim::Flips(claim) => parametrizations::flips(statement, &claim.sets),
        Claim::Unique(_) => parametrizations::flips(statement, &[]),
        Claim::Minimal(claim) => parametrizations::minimal(statement, claim),
        Claim::Nearest(claim) => parametrizations::nearest(statement, claim),
        Claim::ForAllK(claim) => families::for_all_k(statement, claim),
    }
}
