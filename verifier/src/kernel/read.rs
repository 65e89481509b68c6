//! The shape of the file: bytes, UTF-8, last line, hash, header. Nothing here knows about networks.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::ops::Deref;
use std::path::Path;

use serde::de::{DeserializeOwned, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest as _, Sha256};

use super::budget::{Budget, Held, Limits};
use super::strict::Shape;
use super::verdict::{Locate as _, Stop, decline, differ, entry, equal, reject};
use relucert_format::{
    Claim, EndLine, FORMAT, Header, Statement, StatementLine, Step, StepLine, Weight, weigh,
};

/// Reads a file, but only one byte more than the limit allows.
pub(crate) fn read_bounded(path: &Path, limits: &Limits) -> io::Result<Vec<u8>> {
    let most = u64::try_from(limits.bytes).unwrap_or(u64::MAX);
    let mut text = Vec::new();
    File::open(path)?
        .take(most.saturating_add(1))
        .read_to_end(&mut text)?;
    Ok(text)
}

/// A certificate whose bytes are whole: the last line's count and hash are right, and the header names this format.
pub(crate) struct Certificate<'a> {
    /// All lines but the last, without line ends.
    lines: Vec<&'a str>,
    /// Number of steps: all lines but header, statement and end.
    pub(crate) steps: usize,
    limits: &'a Budget,
    /// The bytes and the list of lines.
    _held: [Held; 2],
}

/// What was read from a line, with the memory it takes.
#[derive(Debug)]
pub(crate) struct Read<T> {
    value: T,
    _held: Held,
}

impl<T> Read<T> {
    fn map<S>(self, part: impl FnOnce(T) -> S) -> Read<S> {
        Read {
            value: part(self.value),
            _held: self._held,
        }
    }
}

impl<T> Deref for Read<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// A line that was weighed, and whose weight is held.
struct Line<'a> {
    text: &'a str,
    weight: Weight,
    held: Held,
}

impl<'a> Line<'a> {
    /// Counts what it takes to read a line, before anything is read.
    fn weighed(text: &'a str, limits: &Budget) -> Result<Self, Stop> {
        let weight = weigh(text);
        limits.charge(weight.work)?;
        let held = limits.hold(weight.memory)?;
        Ok(Line { text, weight, held })
    }

    /// A part of the line, of no consequence.
    fn glance<T: DeserializeOwned>(&self) -> Result<T, Stop> {
        serde_json::from_str(self.text).or_else(|error| reject(format!("malformed: {error}")))
    }

    /// What the line says. There is one text for it, but for white space and the order of fields: whoever writes a list for an object, or a field
    /// that is left out where it is null, false or empty, writes more lists or more fields than the value has.
    fn parse<T: DeserializeOwned + Serialize>(self) -> Result<Read<T>, Stop> {
        if self.weight.escapes {
            return reject("malformed: a text has an escape, a backslash");
        }
        let value: T = self.glance()?;
        let shape = Shape::of(&value).unwrap_or_default();
        if shape.lists != self.weight.lists {
            return reject(
                "malformed: a list stands in place of an object, or an empty one that is left out",
            );
        }
        if shape.fields != self.weight.fields {
            return reject("malformed: a field that is null or false is left out");
        }
        Ok(Read {
            value,
            _held: self.held,
        })
    }
}

/// The line of the statement.
pub(crate) const STATEMENT_LINE: usize = 2;

/// What is said of a certificate whose last line is missing.
const CUT_OFF: &str = "the file ends before its last line: it is cut off";

impl<'a> Certificate<'a> {
    /// Checks everything that needs no understanding of the statement.
    pub(crate) fn open(text: &'a [u8], limits: &'a Budget) -> Result<Self, Stop> {
        let bytes = limits.read(text.len())?;
        // They are looked at, and hashed.
        limits.charge(4 * text.len() as u64)?;
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
            return reject(match serde_json::from_str::<EndLine>(last) {
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
        let end = Line::weighed(last, limits).and_then(Line::parse::<EndLine>);
        let end = end.at_line(count + 1)?.value.end;
        let Some(steps) = count.checked_sub(2) else {
            return reject("header, statement or last line is missing");
        };
        // `above` stops before its line end, which the hash covers.
        let hashed = text.as_bytes().get(..above.len() + 1).unwrap_or_default();
        equal("SHA-256 in the last line", end.sha256, sha256(hashed)).at_line(count + 1)?;
        let list = limits.hold(32 * count as u64)?;
        let lines = above.split('\n').collect();
        let certificate = Certificate {
            lines,
            steps,
            limits,
            _held: [bytes, list],
        };
        // Before the steps are counted: files of the format before have one more line.
        certificate.check_header().at_line(1)?;
        equal("number of steps in the last line", end.steps, steps).at_line(count + 1)?;
        Ok(certificate)
    }

    /// Line `number`, counted from 1.
    fn line(&self, number: usize) -> Result<Line<'a>, Stop> {
        let text = entry(&self.lines, number.saturating_sub(1), "line")?;
        Line::weighed(text, self.limits)
    }

    fn check_header(&self) -> Result<(), Stop> {
        #[derive(Deserialize)]
        struct Version {
            relucert: String,
        }
        let line = self.line(1)?;
        // A newer header may have fields this version does not know.
        let version = line.glance::<Version>()?.relucert;
        if version == FORMAT {
            if line.weight.lists > 0 {
                return reject("malformed: a list stands in place of an object");
            }
            // Its texts may have escapes.
            return line.glance::<Header>().map(drop);
        }
        if version.starts_with("certificate/") {
            return decline(format!(
                "format {version:?} is not known, only {FORMAT:?} is"
            ));
        }
        differ("this is not a certificate", version, FORMAT)
    }

    /// The statement. A claim of a kind that only newer versions know is declined; whatever else cannot be read is malformed.
    pub(crate) fn statement(&self) -> Result<Read<Statement>, Stop> {
        #[derive(Deserialize)]
        struct Outline {
            statement: Claimed,
        }
        #[derive(Deserialize)]
        struct Claimed {
            claim: Kind,
        }
        let error = match self.line(STATEMENT_LINE)?.parse::<StatementLine>() {
            Ok(read) => return Ok(read.map(|line| line.statement)),
            Err(error) => error,
        };
        let line = self.line(STATEMENT_LINE)?.glance::<Outline>();
        match line.map(|line| line.statement.claim.0) {
            Ok(kind) if !Claim::KINDS.contains(&kind.as_str()) => {
                decline(format!("claims of kind {kind:?} are not known"))
            }
            _ => Err(error),
        }
    }

    /// The line of a step.
    pub(crate) fn step_line(&self, step: usize) -> usize {
        step + STATEMENT_LINE
    }

    /// A step, whose number must be right.
    pub(crate) fn step(&self, step: usize) -> Result<Read<Step>, Stop> {
        let line = self.line(self.step_line(step))?;
        self.limits.keep(line.weight.left())?;
        let read = line.parse::<StepLine>()?;
        equal("the step's number", read.step, step)?;
        Ok(read.map(|line| line.fact))
    }
}

/// Lower-case hexadecimal SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> String {
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
