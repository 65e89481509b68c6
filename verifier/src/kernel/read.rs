//! The shape of the file: bytes, UTF-8, last line, hash, header; and its lines in their order. Nothing here knows about networks.

use std::fmt;
use std::io::{self, SeekFrom};
use std::ops::Deref;

use serde::de::{DeserializeOwned, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest as _, Sha256};

use super::budget::{Budget, Held};
use super::scan::{CHANGED, CUT_OFF, Scan, Source, hex};
use super::strict::Shape;
use super::verdict::{Locate as _, Stop, decline, differ, equal, reject};
use relucert_format::{
    Claim, DeepClaim, DeepStatement, EndLine, FORMAT, Header, Statement, StatementLine, Step,
    StepLine, Weight, weigh,
};

/// A certificate whose bytes are whole: the last line's count and hash are right, and the header names this format. Its lines are read once, in order, and
/// one at a time is in memory.
pub(crate) struct Certificate<'a> {
    source: &'a mut dyn Source,
    /// Number of steps: all lines but header, statement and end.
    pub(crate) steps: usize,
    /// The hash that the last line has.
    hash: String,
    /// That of the lines read so far.
    hasher: Sha256,
    /// The line read last, without line end.
    line: Vec<u8>,
    held: Held,
    limits: &'a Budget,
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

/// A statement, of the kind that its claim's is.
#[derive(Debug)]
pub(crate) enum Stated {
    Shallow(Box<Statement>),
    Deep(Box<DeepStatement>),
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

/// The line of a step.
pub(crate) fn step_line(step: usize) -> usize {
    step + STATEMENT_LINE
}

impl<'a> Certificate<'a> {
    /// Checks everything that needs no understanding of the statement. What is `resident`, in memory already, is counted as memory.
    pub(crate) fn open(
        source: &'a mut dyn Source,
        resident: bool,
        limits: &'a Budget,
    ) -> Result<Self, Stop> {
        let bytes = source.seek(SeekFrom::End(0))?;
        limits.read(bytes)?;
        let held = limits.hold(if resident { bytes } else { 0 })?;
        // They are looked at, and hashed.
        limits.charge(bytes.saturating_mul(4))?;
        const START: &[u8] = br#"{"relucert":"certificate/"#;
        let scan = Scan::new(source, START.len())?;
        if scan.is_empty() {
            return reject("the file is empty");
        }
        let begins_well = scan.start == START;
        let (last, last_held) = scan.last_line(source, limits)?;
        if !scan.is_ended() {
            return reject(match serde_json::from_str::<EndLine>(&last) {
                Err(_) if begins_well => CUT_OFF,
                _ => "the last line is missing: the file does not end with a line end",
            });
        }
        let Some(count) = usize::try_from(scan.above())
            .ok()
            .filter(|above| *above > 0)
        else {
            return reject(match begins_well {
                true => CUT_OFF,
                false => "the last line is missing: the file has only one line",
            });
        };
        let inner = [r#"{"statement":"#, r#"{"step":"#];
        if begins_well && inner.iter().any(|start| last.starts_with(start)) {
            return reject(CUT_OFF);
        }
        let end = Line::weighed(&last, limits).and_then(Line::parse::<EndLine>);
        let end = end.at_line(count + 1)?.value.end;
        drop((last, last_held));
        let Some(steps) = count.checked_sub(2) else {
            return reject("header, statement or last line is missing");
        };
        let hash = scan.hash();
        equal("SHA-256 in the last line", &end.sha256, &hash).at_line(count + 1)?;
        source.rewind()?;
        let mut certificate = Certificate {
            source,
            steps,
            hash,
            hasher: Sha256::new(),
            line: Vec::new(),
            held,
            limits,
        };
        // Before the steps are counted: files of the format before have one more line.
        certificate.next()?;
        certificate.check_header().at_line(1)?;
        equal("number of steps in the last line", end.steps, steps).at_line(count + 1)?;
        Ok(certificate)
    }

    /// Reads the next line, counting the place it takes before it is stored.
    fn next(&mut self) -> Result<(), Stop> {
        self.line.clear();
        loop {
            let read = match self.source.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            if read.is_empty() {
                return reject(CHANGED);
            }
            let end = read.iter().position(|byte| *byte == b'\n');
            let part = end.and_then(|end| read.get(..=end)).unwrap_or(read);
            let (place, needed) = (self.line.capacity(), self.line.len() + part.len());
            if needed > place {
                let more = needed.max(2 * place);
                self.held.grow((more - place) as u64, self.limits)?;
                self.line.reserve_exact(more - self.line.len());
            }
            self.line.extend_from_slice(part);
            let length = part.len();
            self.source.consume(length);
            if end.is_some() {
                self.hasher.update(&self.line);
                self.line.pop();
                return Ok(());
            }
        }
    }

    /// The line read last.
    fn line(&self) -> Result<Line<'_>, Stop> {
        match std::str::from_utf8(&self.line) {
            Ok(text) => Line::weighed(text, self.limits),
            Err(_) => reject(CHANGED),
        }
    }

    /// Rejects if the lines that were read, all of them, are not those that were hashed first.
    pub(crate) fn finish(&self) -> Result<(), Stop> {
        match hex(self.hasher.clone()) == self.hash {
            true => Ok(()),
            false => reject(CHANGED),
        }
    }

    fn check_header(&self) -> Result<(), Stop> {
        #[derive(Deserialize)]
        struct Version {
            relucert: String,
        }
        let line = self.line()?;
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

    /// The statement, which is read first. A claim of a kind that only newer versions know is declined; whatever else cannot be read is malformed.
    pub(crate) fn statement(&mut self) -> Result<Read<Stated>, Stop> {
        #[derive(Deserialize)]
        struct Outline {
            statement: Claimed,
        }
        #[derive(Deserialize)]
        struct Claimed {
            claim: Kind,
        }
        self.next()?;
        let error = match self.line()?.parse::<StatementLine>() {
            Ok(read) => return Ok(read.map(|line| Stated::Shallow(Box::new(line.statement)))),
            Err(error) => error,
        };
        let line = self.line()?.glance::<Outline>();
        match line.map(|line| line.statement.claim.0) {
            Ok(kind) if DeepClaim::KINDS.contains(&kind.as_str()) => {
                let read = self.line()?.parse::<StatementLine<DeepStatement>>()?;
                Ok(read.map(|line| Stated::Deep(Box::new(line.statement))))
            }
            Ok(kind) if !Claim::KINDS.contains(&kind.as_str()) => {
                decline(format!("claims of kind {kind:?} are not known"))
            }
            _ => Err(error),
        }
    }

    /// Passes every step with its number to `check`, and says where one fails.
    pub(crate) fn each_step(
        &mut self,
        mut check: impl FnMut(usize, &Step) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        for number in 1..=self.steps {
            self.limits.tick()?;
            let line = step_line(number);
            let step = self.step(number).in_step(number, None).at_line(line)?;
            let checked = check(number, &step).in_step(number, Some(step.kind()));
            checked.at_line(line)?;
        }
        Ok(())
    }

    /// The next step, whose number must be this.
    fn step(&mut self, step: usize) -> Result<Read<Step>, Stop> {
        self.next()?;
        let line = self.line()?;
        self.limits.keep(line.weight.left())?;
        let read = line.parse::<StepLine>()?;
        equal("the step's number", read.step, step)?;
        Ok(read.map(|line| line.fact))
    }
}

/// Lower-case hexadecimal SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(Sha256::new_with_prefix(bytes))
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
