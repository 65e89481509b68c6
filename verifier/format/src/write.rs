//! Writing a certificate line by line.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::FORMAT;
use super::rule::Rule;
use super::statement::Statement;

/// First line: `{"relucert":"certificate/1","producer":"…"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The format, `certificate/1`.
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
    /// What it does.
    pub rule: Rule,
}

/// Names the claim's kind once more and the steps the claim rests on, in increasing order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conclusion {
    /// The claim's kind, e.g. `theorem-3.1`.
    pub claim: String,
    /// Step numbers.
    pub rests_on: Vec<usize>,
}

/// Last line but one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConclusionLine {
    /// The conclusion.
    pub conclusion: Conclusion,
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
/// use relucert_format::{Rule, Kill, Writer};
/// # let statement: relucert_format::Statement = serde_json::from_str(
/// #   r#"{"networks":{"gamma":{"d":1,"m":1,"D":1,"a":[["1"]],"c":[["1"]]}},
/// #       "claim":{"reparametrization":{"distance":"0","bound":"0"}}}"#).unwrap();
/// let mut writer = Writer::new("example", statement);
/// let step = writer.step(Rule::Kill(Kill { neuron: 0 }));
/// assert_eq!(step, 1);
/// let text = writer.finish("reparametrization", vec![step]);
/// assert_eq!(text.lines().count(), 5);
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
    pub fn step(&mut self, rule: Rule) -> usize {
        self.steps += 1;
        let step = self.steps;
        self.line(&StepLine { step, rule });
        step
    }

    /// Writes the conclusion and the last line; answers the whole file. `rests_on` is sorted and freed of repetitions.
    pub fn finish(mut self, claim: &str, mut rests_on: Vec<usize>) -> String {
        rests_on.sort_unstable();
        rests_on.dedup();
        self.line(&ConclusionLine {
            conclusion: Conclusion {
                claim: claim.to_owned(),
                rests_on,
            },
        });
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
