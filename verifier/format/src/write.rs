//! Writing a certificate line by line.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::facts::Step;
use super::statement::Statement;

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
pub struct StatementLine {
    /// Networks and claim.
    pub statement: Statement,
}

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

/// Collects the lines of a certificate in memory, so that a file can be written whole or not at all.
///
/// ```
/// use relucert_format::{Equal, Step, Writer};
/// # let statement: relucert_format::Statement = serde_json::from_str(
/// #   r#"{"networks":{"gamma":{"d":1,"m":1,"D":1,"a":[["1"]],"c":[["1"]]}},
/// #       "claim":{"reparametrization":{"distance":"0","bound":"0"}}}"#).unwrap();
/// let mut writer = Writer::new("example", statement);
/// let step = writer.step(Step::Equal(Equal {}));
/// assert_eq!(step, 1);
/// let text = writer.finish();
/// assert_eq!(text.lines().count(), 4);
/// ```
#[derive(Clone, Debug)]
pub struct Writer {
    text: String,
    steps: usize,
}

impl Writer {
    /// Writes the header and the statement.
    pub fn new(producer: &str, statement: Statement) -> Self {
        let mut writer = Writer {
            text: String::new(),
            steps: 0,
        };
        writer.line(&Header {
            relucert: FORMAT.to_owned(),
            producer: producer.to_owned(),
        });
        writer.line(&StatementLine { statement });
        writer
    }

    /// Writes the next step and answers its number.
    pub fn step(&mut self, fact: Step) -> usize {
        self.steps += 1;
        let step = self.steps;
        self.line(&StepLine { step, fact });
        step
    }

    /// Writes the last line; answers the whole file.
    pub fn finish(mut self) -> String {
        let end = End {
            steps: self.steps,
            sha256: hex(&Sha256::digest(self.text.as_bytes())),
        };
        self.line(&EndLine { end });
        self.text
    }

    fn line<T: Serialize>(&mut self, value: &T) {
        let line = serde_json::to_string(value)
            .expect("invariant: certificate data has text keys and no floats, so it serialises");
        self.text.push_str(&line);
        self.text.push('\n');
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
