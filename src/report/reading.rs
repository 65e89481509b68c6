//! Reading a certificate for retelling. Nothing is checked here beyond its form: that is the verifier's work.

use serde::de::DeserializeOwned;

use crate::certificate::{
    Conclusion, ConclusionLine, EndLine, FORMAT, Header, Rule, Statement, StatementLine, StepLine,
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
    #[error("line 1: the format is '{0}', this version reads '{FORMAT}'")]
    Version(String),
    /// Lines after the last one.
    #[error("line {0}: the certificate goes on after its last line")]
    Trailing(usize),
}

/// A certificate's parts.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// First line.
    pub header: Header,
    /// Second line.
    pub statement: Statement,
    /// The steps' rules; step n is at n − 1.
    pub steps: Vec<Rule>,
    /// The conclusion.
    pub conclusion: Conclusion,
}

impl Certificate {
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
        let mut at = 2;
        let mut steps = Vec::new();
        while lines
            .get(at)
            .is_some_and(|line| line.starts_with(r#"{"step""#))
        {
            let step: StepLine = parse(&lines, at, "a step")?;
            steps.push(step.rule);
            at += 1;
        }
        let ConclusionLine { conclusion } = parse(&lines, at, "a step or the conclusion")?;
        let _: EndLine = parse(&lines, at + 1, "the last line")?;
        if lines.len() > at + 2 {
            return Err(ReadError::Trailing(at + 3));
        }
        Ok(Certificate {
            header,
            statement,
            steps,
            conclusion,
        })
    }
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
