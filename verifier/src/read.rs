//! The shape of the file: bytes, UTF-8, last line, hash, header. Nothing here knows about networks.

use std::fmt;

use serde::de::{DeserializeOwned, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use sha2::{Digest as _, Sha256};

use super::limits::{Limits, hold};
use super::verdict::{Locate as _, Stop, decline, differ, entry, equal, reject};
use relucert_format::{Claim, EndLine, FORMAT, Header, Statement, StatementLine, Step, StepLine};

/// A certificate whose bytes are whole: the last line's count and hash are right, and the header names this format.
pub(super) struct Certificate<'a> {
    /// All lines but the last, without line ends.
    lines: Vec<&'a str>,
    /// Number of steps: all lines but header, statement and end.
    pub(super) steps: usize,
    limits: &'a Limits,
}

/// The line of the statement.
pub(super) const STATEMENT_LINE: usize = 2;

/// What is said of a certificate whose last line is missing.
const CUT_OFF: &str = "the file ends before its last line: it is cut off";

impl<'a> Certificate<'a> {
    /// Checks everything that needs no understanding of the statement.
    pub(super) fn open(text: &'a [u8], limits: &'a Limits) -> Result<Self, Stop> {
        hold("bytes", text.len(), limits.bytes, "bytes")?;
        let text = match std::str::from_utf8(text) {
            Ok(text) => text,
            // The last character is not whole.
            Err(error) if error.error_len().is_none() => return reject(CUT_OFF),
            Err(error) => return reject(format!("not UTF-8 from byte {}", error.valid_up_to())),
        };
        if text.is_empty() {
            return reject("the file is empty");
        }
        let begins_well = text.starts_with(r#"{"relucert":"certificate/"#);
        let Some(body) = text.strip_suffix('\n') else {
            let last = text.rsplit('\n').next().unwrap_or_default();
            return reject(match parse::<EndLine>(last) {
                Err(_) if begins_well => CUT_OFF,
                _ => "the last line is missing: the file does not end with a line end",
            });
        };
        let Some((above, last)) = body.rsplit_once('\n') else {
            return reject(match begins_well {
                true => CUT_OFF,
                false => "the last line is missing: the file has only one line",
            });
        };
        let inner = [r#"{"statement":"#, r#"{"step":"#];
        if begins_well && inner.iter().any(|start| last.starts_with(start)) {
            return reject(CUT_OFF);
        }
        // Counted before anything is stored for each line.
        let count = 1 + above.bytes().filter(|byte| *byte == b'\n').count();
        let end = scan(last, limits).and_then(|()| parse::<EndLine>(last));
        let end = end.at_line(count + 1)?.end;
        let Some(steps) = count.checked_sub(2) else {
            return reject("header, statement or last line is missing");
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

    /// The statement. A claim of a kind that only newer versions know is declined; whatever else cannot be read is malformed.
    pub(super) fn statement(&self) -> Result<Statement, Stop> {
        #[derive(Deserialize)]
        struct Line {
            statement: Claimed,
        }
        #[derive(Deserialize)]
        struct Claimed {
            claim: Kind,
        }
        let line = self.line(STATEMENT_LINE)?;
        let error = match parse::<StatementLine>(line) {
            Ok(parsed) => return Ok(parsed.statement),
            Err(error) => error,
        };
        match parse::<Line>(line).map(|line| line.statement.claim.0) {
            Ok(kind) if !Claim::KINDS.contains(&kind.as_str()) => {
                decline(format!("claims of kind {kind:?} are not known"))
            }
            _ => Err(error),
        }
    }

    /// The line of a step.
    pub(super) fn step_line(&self, step: usize) -> usize {
        step + STATEMENT_LINE
    }

    /// A step, whose number must be right.
    pub(super) fn step(&self, step: usize) -> Result<Step, Stop> {
        let parsed = parse::<StepLine>(self.line(self.step_line(step))?)?;
        equal("the step's number", parsed.step, step)?;
        Ok(parsed.fact)
    }
}

/// Lower-case hexadecimal SHA-256.
pub(super) fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The only key of an object, whatever its value.
struct Kind(String);

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OnlyKey;
        impl<'de> Visitor<'de> for OnlyKey {
            type Value = Kind;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object with one key")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Kind, A::Error> {
                let (mut keys, mut last) = (0_usize, String::new());
                while let Some((key, IgnoredAny)) = map.next_entry()? {
                    (keys, last) = (keys.saturating_add(1), key);
                }
                match keys {
                    1 => Ok(Kind(last)),
                    _ => Err(A::Error::invalid_length(keys, &self)),
                }
            }
        }
        deserializer.deserialize_map(OnlyKey)
    }
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
