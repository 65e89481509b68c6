//! Verdicts, and the way an error travels to them.

use std::collections::BTreeMap;
use std::{fmt, io};

use serde::Serialize;

/// What the verifier says of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every step holds and they establish the claim.
    Verified(Verified),
    /// The certificate is malformed, or something in it is not so.
    Rejected(Rejection),
    /// A limit was reached, or the certificate needs a newer verifier. Nothing is said about the claim.
    Declined(Declined),
}

/// What was verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// The statement in words, several lines.
    pub statement: String,
    /// The claim's kind, e.g. `theorem-3.1`.
    pub claim: &'static str,
    /// SHA-256 of each network's compact JSON text, by name: `gamma`, `theta`, `phi`.
    pub networks: BTreeMap<&'static str, String>,
    /// Number of steps.
    pub steps: usize,
}

/// Why a certificate was rejected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, thiserror::Error)]
pub struct Rejection {
    /// Line of the file, from 1; none where no line is to blame.
    pub line: Option<usize>,
    /// Step, if it was a step.
    pub step: Option<usize>,
    /// The step's rule, if it was readable.
    pub rule: Option<&'static str>,
    /// What is wrong.
    pub reason: String,
    /// The value found, if two values disagree.
    pub found: Option<String>,
    /// The value it should have been.
    pub expected: Option<String>,
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if let Some(step) = self.step {
            write!(f, "step {step}")?;
            match self.rule {
                Some(rule) => write!(f, " ({rule}): ")?,
                None => f.write_str(": ")?,
            }
        }
        f.write_str(&self.reason)?;
        if let Some(found) = &self.found {
            write!(f, "; found {found}")?;
        }
        if let Some(expected) = &self.expected {
            write!(f, "; expected {expected}")?;
        }
        Ok(())
    }
}

/// Why the verifier declined.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{reason}", line.map(|line| format!("line {line}: ")).unwrap_or_default())]
pub struct Declined {
    /// Line of the file, from 1; none where no line is to blame.
    pub line: Option<usize>,
    /// The limit or the unknown version.
    pub reason: String,
}

/// Why checking stopped.
#[derive(Debug)]
pub(crate) enum Stop {
    /// To become [`Verdict::Rejected`].
    Reject(Box<Rejection>),
    /// To become [`Verdict::Declined`].
    Decline(Declined),
    /// No verdict: the file cannot be read.
    Unreadable(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        Stop::Unreadable(error)
    }
}

/// Rejects for a reason.
pub(crate) fn reject<T>(reason: impl Into<String>) -> Result<T, Stop> {
    let reason = reason.into();
    let rejection = Rejection {
        reason,
        ..Rejection::default()
    };
    Err(Stop::Reject(Box::new(rejection)))
}

/// Rejects because two values disagree.
pub(crate) fn differ<T>(
    reason: impl Into<String>,
    found: impl fmt::Display,
    expected: impl fmt::Display,
) -> Result<T, Stop> {
    let (reason, found) = (reason.into(), Some(shorten(found.to_string())));
    let expected = Some(shorten(expected.to_string()));
    let rejection = Rejection {
        reason,
        found,
        expected,
        ..Rejection::default()
    };
    Err(Stop::Reject(Box::new(rejection)))
}

/// Rejects two values that are not equal.
pub(crate) fn equal<T: PartialEq + fmt::Display>(
    reason: impl Into<String>,
    found: T,
    expected: T,
) -> Result<(), Stop> {
    match found == expected {
        true => Ok(()),
        false => differ(reason, found, expected),
    }
}

/// Rejects a network that has not the shape of Γ: numbers of inputs, neurons and outputs.
pub(crate) fn equal_shape(name: &str, found: [usize; 3], gamma: [usize; 3]) -> Result<(), Stop> {
    let reason = format!("inputs, neurons, outputs of {name} against Γ");
    equal(reason, format!("{found:?}"), format!("{gamma:?}"))
}

/// Entry `index` of a list, or a rejection: there is no such thing.
pub(crate) fn entry<'a, T>(list: &'a [T], index: usize, thing: &str) -> Result<&'a T, Stop> {
    match list.get(index) {
        Some(entry) => Ok(entry),
        None => {
            let below = format!("an index below {}", list.len());
            differ(format!("there is no such {thing}"), index, below)
        }
    }
}

/// Declines for a reason.
pub(crate) fn decline<T>(reason: impl Into<String>) -> Result<T, Stop> {
    let reason = reason.into();
    Err(Stop::Decline(Declined { line: None, reason }))
}

/// Messages stay readable where numbers have thousands of digits.
fn shorten(text: String) -> String {
    const KEPT: usize = 160;
    match text
        .char_indices()
        .nth(KEPT)
        .and_then(|(cut, _)| text.get(..cut))
    {
        None => text,
        Some(kept) => format!("{kept}… ({} characters)", text.chars().count()),
    }
}

/// Says where it happened.
pub(crate) trait Locate<T> {
    /// Adds the line, unless one is known already.
    fn at_line(self, line: usize) -> Result<T, Stop>;
    /// Names the part of a step, before the reason.
    fn in_part(self, part: impl FnOnce() -> String) -> Result<T, Stop>;
    /// Adds the step, and its rule if that was readable.
    fn in_step(self, step: usize, rule: Option<&'static str>) -> Result<T, Stop>;
}

impl<T> Locate<T> for Result<T, Stop> {
    fn at_line(mut self, at: usize) -> Result<T, Stop> {
        if let Err(Stop::Reject(rejection)) = &mut self {
            rejection.line.get_or_insert(at);
        } else if let Err(Stop::Decline(declined)) = &mut self {
            declined.line.get_or_insert(at);
        }
        self
    }

    fn in_part(mut self, part: impl FnOnce() -> String) -> Result<T, Stop> {
        if let Err(Stop::Reject(rejection)) = &mut self {
            rejection.reason = format!("{}: {}", part(), rejection.reason);
        } else if let Err(Stop::Decline(declined)) = &mut self {
            declined.reason = format!("{}: {}", part(), declined.reason);
        }
        self
    }

    fn in_step(mut self, at: usize, rule: Option<&'static str>) -> Result<T, Stop> {
        if let Err(Stop::Reject(rejection)) = &mut self {
            rejection.step.get_or_insert(at);
            rejection.rule = rejection.rule.or(rule);
        }
        self
    }
}
