//! What reading a line costs, seen from its bytes before anything is built.
//!
//! The figures are bounds from above of what the data types of this package take: a number is two or more integers on the heap, a list of them
//! grows by doubling. Work is counted in limb operations, of about a nanosecond each.

use super::formula::LARGEST_POWER;

/// What is known of a line from its bytes alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// Limb operations to read it.
    pub work: u64,
    /// Bytes of what is built from it.
    pub memory: u64,
    /// Lists, that is `[` outside texts.
    pub lists: u64,
    /// Fields, that is `:` outside texts.
    pub fields: u64,
    /// Whether a text has an escape.
    pub escapes: bool,
    /// Digits of indices and counts.
    pub indices: u64,
    /// Numbers that are texts.
    pub numbers: u64,
}

/// Limb operations for a byte: it is hashed, scanned, parsed and compared.
const BYTE: u64 = 12;
/// Limb operations for a number, and for another text.
const NUMBER: [u64; 2] = [400, 80];
/// Bytes for a number without parameter, root and parentheses; for any other number; for a word, such as a name or a node; for the signs of a region,
/// which are kept in words too.
const STORED: [u64; 4] = [256, 640, 56, 96];
/// Bytes for a circuit in a node, and for each of its members.
const CIRCUIT: [u64; 2] = [120, 24];
/// Bytes more for each square root: coefficient and radicand, and a list that has place for four.
const ROOT: u64 = 1024;
/// Bytes, and limb operations, for each power of k up to the one that is written: coefficients are kept for all.
const POWER: u64 = 72;
/// Bytes for a list of texts, of lists, of anything else; and for an object.
const LIST: [u64; 3] = [384, 128, 64];
const OBJECT: u64 = 512;

/// Weighs a line. Linear in its length; nothing is kept.
pub fn weigh(line: &str) -> Weight {
    let mut weight = Weight::default();
    let mut rest = line.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'"' => {
                let text = text(rest);
                weight.escapes |= text.contains(&b'\\');
                weight.text(text);
                rest = rest.get(text.len() + 1..).unwrap_or_default();
            }
            b'[' => {
                weight.lists += 1;
                let next = rest.iter().find(|byte| !byte.is_ascii_whitespace());
                let [texts, lists, others] = LIST;
                weight.memory += match next {
                    Some(b'"') => texts,
                    Some(b'[') => lists,
                    _ => others,
                };
            }
            b'{' => weight.memory += OBJECT,
            b':' => weight.fields += 1,
            // An index, or a wrong token, which is kept nowhere.
            b'0'..=b'9' => {
                weight.indices += 1;
                weight.memory += 8;
            }
            _ => {}
        }
    }
    weight.work += BYTE * line.len() as u64;
    weight
}

/// The text that begins here, up to its closing quote or the end of the line.
fn text(rest: &[u8]) -> &[u8] {
    let mut escaped = false;
    let end = rest.iter().position(|byte| {
        let end = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        end
    });
    rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
}

impl Weight {
    /// Bytes that stay when a step has been checked: the fact it has established, such as a list of sets, and circuits, pairs of index and number, that
    /// later steps may use.
    pub fn left(&self) -> u64 {
        let circuits = 24 * self.indices.min(self.numbers);
        512 + 32 * self.lists + 16 * self.indices + circuits
    }

    /// Rationals with spaces between them, which stay one text: their numbers are counted where they are read.
    fn row(&mut self, text: &[u8]) {
        let [number, _] = NUMBER;
        let [_, _, word, _] = STORED;
        self.work += number;
        self.memory += word + text.len() as u64;
    }

    fn text(&mut self, text: &[u8]) {
        // The signs of a region are texts of + and -.
        let unsigned = text.strip_prefix(b"-").unwrap_or(text);
        let is_number = match unsigned {
            [b'k' | b'(' | b'0'..=b'9', ..] => true,
            _ => unsigned.starts_with(b"sqrt("),
        };
        let ([number, other], [plain, formula, word, signs]) = (NUMBER, STORED);
        if !is_number {
            self.work += other;
            let is_word = text.first().is_none_or(u8::is_ascii_alphabetic);
            self.memory += if is_word { word } else { signs } + text.len() as u64;
            if let [b'c', b'0'..=b'9', ..] = text {
                let [circuit, member] = CIRCUIT;
                let circuits = 1 + count(text, b';');
                self.memory += circuit * circuits + member * (circuits + count(text, b' '));
            }
            return;
        }
        let is_row = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b' ');
        if text.contains(&b' ') && text.iter().all(is_row) {
            return self.row(text);
        }
        let is_plain = text
            .iter()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'/'));
        self.numbers += 1;
        self.work += number;
        self.memory += if is_plain { plain } else { formula } + 2 * text.len() as u64;
        self.memory += ROOT * count(text, b'(');
        let (mut runs, mut longest) = (0_u64, 0_u64);
        for run in text.split(|byte| !byte.is_ascii_digit()) {
            if !run.is_empty() {
                let digits = run.len() as u64;
                (runs, longest) = (runs + 1, longest.max(digits));
                self.work = self.work.saturating_add(converted(digits));
            }
        }
        if text
            .iter()
            .any(|byte| !byte.is_ascii_digit() && *byte != b'-')
        {
            // Lowest terms, common factors of coefficients, perfect squares under roots.
            self.work = self
                .work
                .saturating_add(runs.saturating_mul(divisor(longest)));
        }
        for power in text.split(|byte| *byte == b'k').skip(1) {
            let digits = power.strip_prefix(b"^").unwrap_or_default();
            let digits = digits.iter().take_while(|byte| byte.is_ascii_digit());
            let size = digits
                .take(4)
                .fold(0, |n, digit| 10 * n + u64::from(digit - b'0'));
            // Powers beyond this are refused unseen.
            let powers = size.min(LARGEST_POWER as u64) + 4;
            // Common factors and squares take the square of that.
            self.work += POWER * powers + 24 * powers * powers;
            self.memory += POWER * powers;
        }
        if !is_plain {
            self.work = self.work.saturating_add(converted(text.len() as u64));
        }
    }
}

/// How often a byte is there.
fn count(text: &[u8], byte: u8) -> u64 {
    text.iter().filter(|other| **other == byte).count() as u64
}

/// Limb operations to make an integer of so many digits, and the digits of it again.
fn converted(digits: u64) -> u64 {
    let limbs = digits / 19 + 1;
    limbs.saturating_mul(limbs).saturating_add(digits * 4)
}

/// Limb operations for a greatest common divisor of integers of so many digits.
fn divisor(digits: u64) -> u64 {
    let bits = digits.saturating_mul(10) / 3 + 1;
    match bits {
        0..=64 => 120,
        65..=128 => 450,
        _ => (20 * bits).saturating_add(bits.saturating_mul(bits) / 230),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_told_apart() {
        let known = |line: &str| {
            let weight = weigh(line);
            (weight.lists, weight.fields, weight.escapes)
        };
        for (line, expected) in [
            ("", (0, 0, false)),
            (r#" {"a" : [1, [ "k >= 4"]] } "#, (2, 1, false)),
            (r#"{":[":["[["]}"#, (1, 1, false)),
            (r#"["\"[[:"]"#, (1, 0, true)),
            (r#"["\\",[]]"#, (2, 0, true)),
            (r#"["open [ : "#, (1, 0, false)),
            ("\"", (0, 0, false)),
        ] {
            assert_eq!(known(line), expected, "{line}");
        }
    }

    /// A row of numbers is kept as it is.
    #[test]
    fn rows_weigh_what_their_text_weighs() {
        let memory = |line: &str| weigh(line).memory;
        let longer = memory(r#""1 -3/8 0 12""#) - memory(r#""1 -3/8 0""#);
        assert_eq!(longer, 3);
        assert!(memory(r#""1 2""#) < memory(r#""12""#));
    }

    /// A circuit is a list, however short it is written.
    #[test]
    fn circuits_weigh() {
        let memory = |line: &str| weigh(line).memory;
        let one = memory(r#""c0""#);
        assert_eq!(memory(r#""c0;1""#), one + 120 + 24 + 2);
        assert_eq!(memory(r#""c0 1""#), one + 24 + 2);
        assert!(one > memory(r#""c""#) + 120);
    }

    /// More digits, roots or powers weigh more; what is built from them is the longer for it.
    #[test]
    fn long_numbers_weigh() {
        let memory = |line: &str| weigh(line).memory;
        assert!(memory(r#""k^200""#) > 200 * 64);
        assert_eq!(memory(r#""k^999999999999""#), memory(r#""k^9999""#) + 16);
        assert!(memory(r#""2+sqrt(3)+sqrt(5)""#) > memory(r#""2+sqrt(3)""#) + 1000);
        let work = |digits: usize| weigh(&format!("\"{}/7\"", "3".repeat(digits))).work;
        assert!(work(1_000_000) > 1_000_000_000 && work(18) < 2_000);
    }
}
