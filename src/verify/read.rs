//! The shape of the file: bytes, UTF-8, last line, hash, header, conclusion. Nothing here knows about networks.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use sha2::{Digest as _, Sha256};

use super::limits::{Limits, hold};
use super::verdict::{Locate as _, Stop, decline, differ, entry, equal, reject};
use crate::certificate::{
    Claim, Conclusion, ConclusionLine, EndLine, FORMAT, Header, Rule, Statement, StatementLine,
    StepLine,
};

/// A certificate whose bytes are whole: the last line's count and hash are right, and the header names this format.
pub(super) struct Certificate<'a> {
    /// All lines but the last, without line ends.
    lines: Vec<&'a str>,
    /// Number of steps: all lines but header, statement, conclusion and end.
    pub(super) steps: usize,
    limits: &'a Limits,
}

/// The line of the statement.
pub(super) const STATEMENT_LINE: usize = 2;

impl<'a> Certificate<'a> {
    /// Checks everything that needs no understanding of the statement.
    pub(super) fn open(text: &'a [u8], limits: &'a Limits) -> Result<Self, Stop> {
        hold("bytes", text.len(), limits.bytes, "bytes")?;
        let text = match std::str::from_utf8(text) {
            Ok(text) => text,
            Err(error) => return reject(format!("not UTF-8 from byte {}", error.valid_up_to())),
        };
        let Some(body) = text.strip_suffix('\n') else {
            return reject("the last line is missing: the file does not end with a line end");
        };
        let Some((above, last)) = body.rsplit_once('\n') else {
            return reject("the last line is missing: the file has only one line");
        };
        // Counted before anything is stored for each line.
        let count = 1 + above.bytes().filter(|byte| *byte == b'\n').count();
        let end = scan(last, limits).and_then(|()| parse::<EndLine>(last));
        let end = end.at_line(count + 1)?.end;
        let Some(steps) = count.checked_sub(3) else {
            return reject("header, statement, conclusion or last line is missing");
        };
        equal("number of steps in the last line", end.steps, steps).at_line(count + 1)?;
        // `above` stops before its line end, which the hash covers.
        let hashed = text.as_bytes().get(..above.len() + 1).unwrap_or_default();
        equal("SHA-256 in the last line", end.sha256, sha256(hashed)).at_line(count + 1)?;
        hold("steps", steps, limits.steps, "steps")?;
        let lines = above.split('\n').collect();
        let certificate = Certificate {
            lines,
            steps,
            limits,
        };
        certificate.check_header().at_line(1)?;
        Ok(certificate)
    }

    /// Line `number`, counted from 1, within limits.
    fn line(&self, number: usize) -> Result<&'a str, Stop> {
        let line = entry(&self.lines, number.saturating_sub(1), "line")?;
        scan(line, self.limits)?;
        Ok(line)
    }

    fn check_header(&self) -> Result<(), Stop> {
        #[derive(Deserialize)]
        struct Version {
            relucert: String,
        }
        let line = self.line(1)?;
        // A newer header may have fields this version does not know.
        let version = parse::<Version>(line)?.relucert;
        if version == FORMAT {
            return parse::<Header>(line).map(drop);
        }
        if version.starts_with("certificate/") {
            return decline(format!(
                "format {version:?} is not known, only {FORMAT:?} is"
            ));
        }
        differ("this is not a certificate", version, FORMAT)
    }

    /// The statement.
    pub(super) fn statement(&self) -> Result<Statement, Stop> {
        let line = self.line(STATEMENT_LINE)?;
        let parsed = parse::<StatementLine>(line);
        if parsed.is_err() {
            self.check_claim_kind(line)?;
        }
        Ok(parsed?.statement)
    }

    /// Declines a claim of a kind that only newer versions know.
    fn check_claim_kind(&self, line: &str) -> Result<(), Stop> {
        #[derive(Deserialize)]
        struct Line {
            statement: Claimed,
        }
        #[derive(Deserialize)]
        struct Claimed {
            claim: BTreeMap<String, IgnoredAny>,
        }
        let claim = parse::<Line>(line)?.statement.claim;
        match claim.keys().find(|kind| !KINDS.contains(&kind.as_str())) {
            Some(kind) => decline(format!("claims of kind {kind:?} are not known")),
            None => Ok(()),
        }
    }

    /// The conclusion, with `rests_on` strictly increasing and naming steps that exist.
    pub(super) fn conclusion(&self) -> Result<Conclusion, Stop> {
        let conclusion = parse::<ConclusionLine>(self.line(self.conclusion_line())?)?.conclusion;
        let mut last = 0;
        for &step in &conclusion.rests_on {
            if step <= last || step > self.steps {
                return differ(
                    "the steps that the conclusion rests on must exist and increase",
                    step,
                    format!("more than {last} and at most {}", self.steps),
                );
            }
            last = step;
        }
        Ok(conclusion)
    }

    pub(super) fn conclusion_line(&self) -> usize {
        self.steps + 3
    }

    /// The line of a step.
    pub(super) fn step_line(&self, step: usize) -> usize {
        step + STATEMENT_LINE
    }

    /// The kind that a step gives itself, without reading the step.
    pub(super) fn kind(&self, step: usize) -> Result<String, Stop> {
        #[derive(Deserialize)]
        struct Line {
            rule: BTreeMap<String, IgnoredAny>,
        }
        let rule = parse::<Line>(self.line(self.step_line(step))?)?.rule;
        match rule.into_keys().next() {
            Some(kind) => Ok(kind),
            None => reject("the step has no rule"),
        }
    }

    /// A step, whose number must be right.
    pub(super) fn step(&self, step: usize) -> Result<Rule, Stop> {
        let parsed = parse::<StepLine>(self.line(self.step_line(step))?)?;
        equal("the step's number", parsed.step, step)?;
        Ok(parsed.rule)
    }
}

/// The kinds of claims that this version knows.
const KINDS: [&str; 16] = [
    "reparametrization",
    "theorem-3.1",
    "condition",
    "arrangement",
    "equal",
    "differ",
    "seminorm",
    "jump-norm",
    "theorem-3.1-refined",
    "theorem-3.3",
    "lift",
    "flips",
    "unique",
    "minimal",
    "nearest",
    "for-all-k",
];

/// A claim's kind, as the conclusion names it.
pub(super) fn claim_kind(claim: &Claim) -> &'static str {
    match claim {
        Claim::Reparametrization(_) => "reparametrization",
        Claim::Theorem31(_) => "theorem-3.1",
        Claim::Condition(_) => "condition",
        Claim::Arrangement(_) => "arrangement",
        Claim::Equal(_) => "equal",
        Claim::Differ(_) => "differ",
        Claim::Seminorm(_) => "seminorm",
        Claim::JumpNorm(_) => "jump-norm",
        Claim::SupNorm(_) => "sup-norm",
        Claim::LocalMinimum(_) => "local-minimum",
        Claim::Refined31(_) => "theorem-3.1-refined",
        Claim::Theorem33(_) => "theorem-3.3",
        Claim::Lift(_) => "lift",
        Claim::Flips(_) => "flips",
        Claim::Unique(_) => "unique",
        Claim::Minimal(_) => "minimal",
        Claim::Nearest(_) => "nearest",
        Claim::ForAllK(_) => "for-all-k",
    }
}

/// A rule's name, as its step writes it.
pub(super) fn rule_kind(rule: &Rule) -> &'static str {
    match rule {
        Rule::Point(_) => "point",
        Rule::Branch(_) => "branch",
        Rule::Jump(_) => "jump",
        Rule::Condition(_) => "condition",
        Rule::Kill(_) => "kill",
        Rule::Merge(_) => "merge",
        Rule::Permute(_) => "permute",
        Rule::Scale(_) => "scale",
        Rule::Radical(_) => "radical",
        Rule::Facet(_) => "facet",
        Rule::Case(_) => "case",
        Rule::Bound(_) => "bound",
        Rule::Violation(_) => "violation",
        Rule::Circuits(_) => "circuits",
        Rule::Witnesses(_) => "witnesses",
        Rule::Closure(_) => "closure",
        Rule::Count(_) => "count",
        Rule::Equal(_) => "equal",
        Rule::Values(_) => "values",
        Rule::Vertices(_) => "vertices",
        Rule::Intervals(_) => "intervals",
        Rule::Member(_) => "member",
        Rule::Lift(_) => "lift",
        Rule::Flip(_) => "flip",
        Rule::Split(_) => "split",
        Rule::Revive(_) => "revive",
        Rule::Fold(_) => "fold",
        Rule::Resize(_) => "resize",
        Rule::Stretch(_) => "stretch",
        Rule::Flips(_) => "flips",
        Rule::Orientations(_) => "orientations",
        Rule::Hall(_) => "hall",
        Rule::Constant(_) => "constant",
        Rule::ForAllK(_) => "for-all-k",
        Rule::PositiveForAllK(_) => "positive-for-all-k",
    }
}

/// Lower-case hexadecimal SHA-256.
pub(super) fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn parse<T: DeserializeOwned>(line: &str) -> Result<T, Stop> {
    serde_json::from_str(line).or_else(|error| reject(format!("malformed: {error}")))
}

/// Declines long lines, deep nesting and long numbers before any of them is parsed.
pub(super) fn scan(line: &str, limits: &Limits) -> Result<(), Stop> {
    hold(
        "bytes in a line",
        line.len(),
        limits.line_bytes,
        "line-bytes",
    )?;
    let (mut depth, mut digits) = (0_usize, 0_usize);
    let (mut quoted, mut escaped) = (false, false);
    for byte in line.bytes() {
        digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
        hold("digits in a row", digits, limits.digits, "digits")?;
        if quoted {
            quoted = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        hold("nested brackets", depth, limits.depth, "depth")?;
    }
    Ok(())
}

#[cfg(test)]
#[path = "tests/read.rs"]
mod tests;
