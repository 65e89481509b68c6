//! Writing a certificate line by line.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::facts::Step;
use super::statement::{DeepStatement, Statement};

/// The format this version writes and verifies.
pub const FORMAT: &str = "certificate/2";

/// First line: `{"relucert":"certificate/2","producer":"…"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The format, `certificate/2`.
    pub relucert: String,
    /// Program and version that wrote it; free text.
    pub producer: String,
}

/// Second line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementLine<T = Statement> {
    /// Networks and claim.
    pub statement: T,
}

/// What can stand on the second line.
pub trait Stated: Serialize {}

impl Stated for Statement {}

impl Stated for DeepStatement {}

/// A step; steps are numbered from 1 without gaps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepLine {
    /// The step's number.
    pub step: usize,
    /// What it establishes, or how it rewrites the current network.
    pub fact: Step,
}

/// Closes the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    /// How many steps there are.
    pub steps: usize,
    /// SHA-256, lower-case hexadecimal, of every byte above this line.
    pub sha256: String,
}

/// Last line; it ends with a newline like all others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndLine {
    /// Steps and hash.
    pub end: End,
}

/// Writes the lines of a certificate: in memory, so that a file can be written whole or not at all; or to a sink, a file that grows as steps are found.
/// The bytes are the same.
///
/// ```
/// use relucert_format::{Equal, Step, Writer};
/// # let statement: relucert_format::Statement = serde_json::from_str(
/// #   r#"{"networks":{"gamma":{"d":1,"m":1,"D":1,"a":[["1"]],"c":[["1"]]}},
/// #       "claim":{"reparametrization":{"distance":"0","bound":"0"}}}"#).unwrap();
/// let mut writer = Writer::new("example", statement.clone());
/// let step = writer.step(Step::Equal(Equal {}));
/// assert_eq!(step, 1);
/// let text = writer.finish();
/// assert_eq!(text.lines().count(), 4);
///
/// let mut writer = Writer::to(Vec::new(), "example", statement)?;
/// writer.step(Step::Equal(Equal {}))?;
/// assert_eq!(writer.finish()?, text.as_bytes());
/// # std::io::Result::Ok(())
/// ```
#[derive(Clone, Debug)]
pub struct Writer<S = Memory> {
    sink: S,
    lines: Lines,
}

/// Where a whole certificate is collected.
#[derive(Clone, Debug, Default)]
pub struct Memory(String);

/// Makes the lines, in their order.
#[derive(Clone, Debug, Default)]
struct Lines {
    steps: usize,
    /// Of all lines so far.
    hasher: Sha256,
}

impl Writer {
    /// Writes the header and the statement.
    pub fn new(producer: &str, statement: impl Stated) -> Self {
        let (mut sink, mut lines) = (Memory::default(), Lines::default());
        sink.0.push_str(&lines.header(producer));
        sink.0.push_str(&lines.statement(statement));
        Writer { sink, lines }
    }

    /// Writes the next step and answers its number.
    pub fn step(&mut self, fact: Step) -> usize {
        self.sink.0.push_str(&self.lines.step(fact));
        self.lines.steps
    }

    /// Writes the last line; answers the whole file.
    pub fn finish(mut self) -> String {
        self.sink.0.push_str(&self.lines.end());
        self.sink.0
    }
}

impl<S: Write> Writer<S> {
    /// Writes the header and the statement to a sink. Each line is written at once: a sink that is slow for short pieces should be buffered.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn to(mut sink: S, producer: &str, statement: impl Stated) -> io::Result<Self> {
        let mut lines = Lines::default();
        sink.write_all(lines.header(producer).as_bytes())?;
        sink.write_all(lines.statement(statement).as_bytes())?;
        Ok(Writer { sink, lines })
    }

    /// Writes the next step and answers its number.
    ///
    /// # Errors
    /// Those of the sink: part of the line may be written, and what is there is no certificate.
    pub fn step(&mut self, fact: Step) -> io::Result<usize> {
        self.sink.write_all(self.lines.step(fact).as_bytes())?;
        Ok(self.lines.steps)
    }

    /// Writes the last line and flushes the sink, which is answered.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn finish(mut self) -> io::Result<S> {
        self.sink.write_all(self.lines.end().as_bytes())?;
        self.sink.flush()?;
        Ok(self.sink)
    }
}

impl Lines {
    fn header(&mut self, producer: &str) -> String {
        self.line(&Header {
            relucert: FORMAT.to_owned(),
            producer: producer.to_owned(),
        })
    }

    fn statement(&mut self, statement: impl Stated) -> String {
        self.line(&StatementLine { statement })
    }

    fn step(&mut self, fact: Step) -> String {
        self.steps += 1;
        let step = self.steps;
        self.line(&StepLine { step, fact })
    }

    fn end(&mut self) -> String {
        let end = End {
            steps: self.steps,
            sha256: hex(&self.hasher.clone().finalize()),
        };
        self.line(&EndLine { end })
    }

    fn line<T: Serialize>(&mut self, value: &T) -> String {
        let mut line = serde_json::to_string(value)
            .expect("invariant: certificate data has text keys and no floats, so it serialises");
        line.push('\n');
        self.hasher.update(&line);
        line
    }
}

/// Lower-case hexadecimal.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
