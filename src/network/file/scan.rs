//! A small JSON scanner that keeps the place of everything it reads.
//!
//! Network files are scanned token by token instead of being built up as a tree: numbers are kept as text, every complaint can
//! name line and column, nothing recurses on the input, and a huge or hostile file costs no more memory than its own size.

use std::borrow::Cow;

use super::error::{Position, Problem};

/// A problem and the byte where it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub at: usize,
    pub field: Option<String>,
    pub problem: Box<Problem>,
}

impl Fault {
    pub fn new(at: usize, problem: impl Into<Problem>) -> Self {
        Fault {
            at,
            field: None,
            problem: Box::new(problem.into()),
        }
    }
}

/// A token that holds one value: a number, or a string without its quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scalar {
    /// First byte, after the quote of a string. Files are below 4 GiB.
    pub start: u32,
    pub length: u32,
    pub quoted: bool,
}

impl Scalar {
    /// Where it starts in the file, the quote included.
    pub fn first_byte(&self) -> usize {
        self.start as usize - usize::from(self.quoted)
    }
}

pub(super) struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    /// A byte order mark is skipped.
    pub fn new(bytes: &'a [u8]) -> Self {
        let at = if bytes.starts_with(b"\xef\xbb\xbf") {
            3
        } else {
            0
        };
        Scanner { bytes, at }
    }

    /// Where the scanner stands, after white space.
    pub fn position(&mut self) -> usize {
        self.skip_space();
        self.at
    }

    /// A fault at the next token.
    pub fn fault(&mut self, problem: Problem) -> Fault {
        Fault::new(self.position(), problem)
    }

    /// `found <what is next>, expected …`.
    pub fn unexpected(&mut self, expected: impl Into<String>) -> Fault {
        let found = self.describe();
        self.fault(Problem::wrong(found, expected))
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }

    pub fn peek(&mut self) -> Option<u8> {
        self.skip_space();
        self.bytes.get(self.at).copied()
    }

    /// Takes the byte if it is next.
    pub fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.at += 1;
        }
        found
    }

    /// Takes a word such as `null` if it is next.
    pub fn take_word(&mut self, word: &str) -> bool {
        let found = self.peek().is_some() && self.bytes[self.at..].starts_with(word.as_bytes());
        if found {
            self.at += word.len();
        }
        found
    }

    /// What is next, for messages.
    pub fn describe(&mut self) -> String {
        let Some(byte) = self.peek() else {
            return "the end of the file".to_owned();
        };
        match byte {
            0xfe | 0xff if self.at == 0 => "what looks like UTF-16 text".to_owned(),
            b'{' => "an object".to_owned(),
            b'[' => "a list".to_owned(),
            b'"' => {
                let start = self.at;
                let string = self.string();
                self.at = start;
                match string {
                    Ok(scalar) => format!("the string \"{}\"", self.shortened(&scalar)),
                    Err(_) => "a string without an end".to_owned(),
                }
            }
            _ => {
                let word = self.bytes[self.at..].iter();
                let word = word.take_while(|byte| {
                    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-' | b'_')
                });
                let word: Vec<u8> = word.take(61).copied().collect();
                if word.is_empty() {
                    format!("'{}'", byte.escape_ascii())
                } else if word.len() > 60 {
                    format!("'{}…'", String::from_utf8_lossy(&word[..60]))
                } else {
                    format!("'{}'", String::from_utf8_lossy(&word))
                }
            }
        }
    }

    /// A string; the scanner stands behind it.
    pub fn string(&mut self) -> Result<Scalar, Fault> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a string"));
        }
        let open = self.at;
        let start = open + 1;
        let mut end = start;
        loop {
            match self.bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => end += 2,
                Some(0..0x20) => {
                    return Err(Fault::new(
                        end,
                        Problem::wrong("a control character", "the string's closing '\"'"),
                    ));
                }
                Some(_) => end += 1,
                None => {
                    return Err(Fault::new(
                        open,
                        Problem::wrong("the end of the file", "the string's closing '\"'"),
                    ));
                }
            }
        }
        self.at = end + 1;
        Ok(scalar(start, end, true))
    }

    /// A string or a JSON number.
    pub fn number(&mut self) -> Result<Scalar, Fault> {
        match self.peek() {
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9') => {
                let start = self.at;
                let length = json_number(&self.bytes[start..]);
                let after = self.bytes.get(start + length);
                let closed = matches!(
                    after,
                    None | Some(b' ' | b'\t' | b'\n' | b'\r' | b',' | b']' | b'}')
                );
                if length == 0 || !closed {
                    return Err(self.unexpected("a number as JSON writes it, or in quotes"));
                }
                self.at += length;
                Ok(scalar(start, self.at, false))
            }
            Some(b'N' | b'n' | b'I' | b'i') if self.not_finite() => {
                let found = self.describe();
                Err(self.fault(Problem::Other(format!(
                    "{found} is not a number: NaN and infinities are refused"
                ))))
            }
            _ => Err(self.unexpected("a number")),
        }
    }

    fn not_finite(&self) -> bool {
        let word = self.bytes[self.at..].iter().take(3);
        let word: Vec<u8> = word.map(u8::to_ascii_lowercase).collect();
        word == b"nan" || word == b"inf"
    }

    /// The text of a scalar; escapes in strings are resolved.
    pub fn text(&self, scalar: &Scalar) -> Result<Cow<'a, str>, Fault> {
        let (start, length) = (scalar.start as usize, scalar.length as usize);
        let bytes = &self.bytes[start..start + length];
        let fault = |reason: String| Fault::new(start, Problem::Other(reason));
        if !bytes.contains(&b'\\') {
            let text = std::str::from_utf8(bytes);
            return text
                .map(Cow::Borrowed)
                .map_err(|error| fault(format!("the string is not UTF-8: {error}")));
        }
        let quoted = &self.bytes[start - 1..=start + length];
        serde_json::from_slice(quoted)
            .map(Cow::Owned)
            .map_err(|error| fault(format!("the string is malformed: {error}")))
    }

    /// At most 60 characters of a scalar.
    pub fn shortened(&self, scalar: &Scalar) -> String {
        let start = scalar.start as usize;
        // Four bytes a character at most.
        let length = (scalar.length as usize).min(244);
        let text = String::from_utf8_lossy(&self.bytes[start..start + length]);
        let mut short: String = text.chars().take(60).collect();
        if short.len() < scalar.length as usize {
            short.push('…');
        }
        short
    }

    /// Line and column of a byte.
    pub fn line_and_column(&self, at: usize) -> Position {
        let before = &self.bytes[..at.min(self.bytes.len())];
        let line_start = before.iter().rposition(|byte| *byte == b'\n');
        Position {
            line: 1 + before.iter().filter(|byte| **byte == b'\n').count(),
            column: 1 + before.len() - line_start.map_or(0, |newline| newline + 1),
        }
    }
}

fn scalar(start: usize, end: usize, quoted: bool) -> Scalar {
    // Callers refuse files of 4 GiB and more.
    Scalar {
        start: start as u32,
        length: (end - start) as u32,
        quoted,
    }
}

/// The length of the JSON number at the start of the bytes; 0 if there is none.
fn json_number(bytes: &[u8]) -> usize {
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let mut at = usize::from(bytes.first() == Some(&b'-'));
    let whole = digits(at);
    if whole == 0 || (whole > 1 && bytes[at] == b'0') {
        return 0;
    }
    at += whole;
    if bytes.get(at) == Some(&b'.') {
        let fraction = digits(at + 1);
        if fraction == 0 {
            return 0;
        }
        at += 1 + fraction;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(at + 1 + sign);
        if exponent == 0 {
            return 0;
        }
        at += 1 + sign + exponent;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_json_grammar() {
        for text in ["0", "-0", "12", "-1.5", "1e3", "1.25E-07", "0.1"] {
            assert_eq!(json_number(text.as_bytes()), text.len(), "{text}");
        }
        for text in ["", "-", "01", "1.", ".5", "1e", "1e+", "+1"] {
            assert_eq!(json_number(text.as_bytes()), 0, "{text}");
        }
    }

    #[test]
    fn places_are_lines_and_columns() {
        let scanner = Scanner::new(b"{\n  \"a\"\n");
        let place = |at| {
            let Position { line, column } = scanner.line_and_column(at);
            (line, column)
        };
        assert_eq!(place(0), (1, 1));
        assert_eq!(place(4), (2, 3));
        assert_eq!(place(8), (3, 1));
        assert_eq!(place(99), (3, 1));
    }

    #[test]
    fn escapes_and_unfinished_strings() {
        let mut scanner = Scanner::new(br#""sq\u0072t(2)" "x"#);
        let scalar = scanner.number().unwrap();
        assert_eq!(scanner.text(&scalar).unwrap(), "sqrt(2)");
        assert!(scanner.string().is_err());
        assert!(Scanner::new(br#""\"#).string().is_err());
    }
}
