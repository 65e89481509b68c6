//! Data on standard output as text or as one JSON object, remarks on standard error.

use std::io::{self, Write as _};

use serde::Serialize;

use super::failure::Failure;
use crate::exact::{Rational, Surd};

/// Where a verb's answer goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Output {
    json: bool,
    quiet: bool,
}

/// A verb's JSON object: `"relucert": "<verb>/1"` first, then the verb's own fields in their order.
#[derive(Serialize)]
struct Tagged<'a, T> {
    relucert: String,
    #[serde(flatten)]
    body: &'a T,
}

impl Output {
    pub(super) fn new(json: bool, quiet: bool) -> Self {
        Output { json, quiet }
    }

    /// Whether `--json` was given.
    pub(super) fn is_json(&self) -> bool {
        self.json
    }

    /// Whether `--quiet` was given.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Prints the answer: the object with `--json`, otherwise the text.
    pub(super) fn answer<T: Serialize>(
        &self,
        verb: &str,
        object: &T,
        text: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        if !self.json {
            return print(&text());
        }
        let tagged = Tagged {
            relucert: format!("{verb}/1"),
            body: object,
        };
        let mut line = serde_json::to_string(&tagged)
            .map_err(|error| Failure::Internal(format!("the answer is not JSON: {error}")))?;
        line.push('\n');
        print(&line)
    }

    /// A remark on standard error, unless `--quiet`.
    pub(super) fn remark(&self, text: &str) {
        if !self.quiet {
            // A closed standard error is no reason to fail.
            let _ = writeln!(io::stderr(), "{text}");
        }
    }
}

/// Writes to standard output; a reader that has gone away is no error.
fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    let written = stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush());
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}

/// `7/5 ≈ 1.4`; integers stand alone.
pub(super) fn with_decimal(value: &Surd) -> String {
    match value.to_rational() {
        Some(rational) if rational.is_integer() => rational.to_string(),
        _ => format!("{value} ≈ {}", value.approx(6)),
    }
}

/// Like [`with_decimal`], but a value whose exact text would fill lines is given by its decimal alone.
pub(super) fn brief(value: &Surd) -> String {
    let exact = with_decimal(value);
    if exact.chars().count() <= 90 {
        exact
    } else {
        format!("≈ {}", value.approx(12))
    }
}

/// Numbers as the JSON strings of SPEC.
pub(super) fn texts(values: &[Rational]) -> Vec<String> {
    values.iter().map(Rational::to_string).collect()
}

/// Rows of numbers as the JSON strings of SPEC.
pub(super) fn text_rows(rows: &[Vec<Rational>]) -> Vec<Vec<String>> {
    rows.iter().map(|row| texts(row)).collect()
}
