//! Reading a certificate for retelling. Nothing is checked here beyond its form: that is the verifier's work.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::certificate::{
    DeepClaim, EndLine, FORMAT, Header, Statement, StatementLine, Step, StepLine,
};

/// Why a text is not a certificate.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// A line is missing.
    #[error("the certificate ends before its {0}")]
    Ends(&'static str),
    /// A line is not what it should be.
    #[error("line {line}: expected {expected}: {source}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What should stand there.
        expected: &'static str,
        /// Why it does not.
        source: serde_json::Error,
    },
    /// Another format or version.
    #[error("line 1: this is a file of format '{0}'; this program reads '{FORMAT}'")]
    Version(String),
    /// Lines after the last one.
    #[error("line {0}: the certificate goes on after its last line")]
    Trailing(usize),
}

/// A certificate's parts; with another statement, one about networks of any depth.
#[derive(Clone, Debug)]
pub struct Certificate<S = Statement> {
    /// First line.
    pub header: Header,
    /// Second line.
    pub statement: S,
    /// What the steps establish or rewrite; step n is at n − 1.
    pub steps: Vec<Step>,
}

impl<S: DeserializeOwned> Certificate<S> {
    /// Reads header, statement, steps and conclusion. Nothing is verified: not the steps, nor the hash in the last line.
    ///
    /// Cost: linear in the text.
    ///
    /// # Errors
    /// [`ReadError`] with the line: one that is missing or has not the form it should have, another format or version, or lines
    /// after the last one.
    pub fn read(text: &str) -> Result<Self, ReadError> {
        let lines: Vec<&str> = text.lines().collect();
        let header: Header = parse(&lines, 0, "a header")?;
        if header.relucert != FORMAT {
            return Err(ReadError::Version(header.relucert));
        }
        let StatementLine { statement } = parse(&lines, 1, "the statement")?;
        let mut steps = Vec::new();
        let is_end = |line: &&str| serde_json::from_str::<EndLine>(line).is_ok();
        while !lines.get(2 + steps.len()).is_some_and(is_end) {
            let step: StepLine = parse(&lines, 2 + steps.len(), "a step or the last line")?;
            steps.push(step.fact);
        }
        let end = 2 + steps.len();
        if lines.len() > end + 1 {
            return Err(ReadError::Trailing(end + 2));
        }
        Ok(Certificate {
            header,
            statement,
            steps,
        })
    }
}

/// Whether the claim of a certificate is about networks of any depth.
pub fn is_deep(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Outline {
        statement: Stated,
    }
    #[derive(Deserialize)]
    struct Stated {
        claim: BTreeMap<String, IgnoredAny>,
    }
    let line = text.lines().nth(1).unwrap_or_default();
    let outline = serde_json::from_str::<Outline>(line);
    let kinds = outline.map(|line| line.statement.claim.into_keys());
    kinds.is_ok_and(|mut kinds| kinds.any(|kind| DeepClaim::KINDS.contains(&kind.as_str())))
}

fn parse<T: DeserializeOwned>(
    lines: &[&str],
    at: usize,
    expected: &'static str,
) -> Result<T, ReadError> {
    let line = lines.get(at).ok_or(ReadError::Ends(expected))?;
    serde_json::from_str(line).map_err(|source| ReadError::Line {
        line: at + 1,
        expected,
        source,
    })
}
