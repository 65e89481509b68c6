//! The header of an array: a literal of Python, `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`.

use crate::network::file::error::Problem;
use crate::network::file::precision::Precision;
use crate::network::file::tensors::{Kind, shortened};

/// What a header says.
#[derive(Debug)]
pub(super) struct Header {
    /// What entries are, or why they are not read.
    pub kind: Result<Kind, Problem>,
    pub big_endian: bool,
    pub by_columns: bool,
    pub shape: Vec<usize>,
}

/// Most dimensions of an array, as numpy has it.
const MOST_DIMENSIONS: usize = 64;

/// A value of the literal.
enum Value<'a> {
    Text(&'a str),
    Truth(bool),
    Sizes(Vec<usize>),
    /// A list, of which entries with several fields are made.
    Fields,
}

struct Scanner<'a>(&'a str);

/// Reads a header.
pub(super) fn header(text: &str) -> Result<Header, Problem> {
    let expected = "a header such as {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }";
    let wrong = || {
        let found = format!("the header {}", shortened(text.trim(), 100));
        Problem::wrong(found, expected)
    };
    let mut scanner = Scanner(text);
    let (mut kind, mut by_columns, mut shape) = (None, None, None);
    let mut dictionary = || -> Option<()> {
        scanner.take('{').then_some(())?;
        while !scanner.take('}') {
            let key = scanner.text()?;
            scanner.take(':').then_some(())?;
            match (key, scanner.value()?) {
                ("descr", Value::Text(text)) if kind.is_none() => kind = Some(entries(text)),
                ("descr", Value::Fields) if kind.is_none() => {
                    kind = Some((Err(refused("entries with several fields")), false));
                }
                ("fortran_order", Value::Truth(truth)) if by_columns.is_none() => {
                    by_columns = Some(truth);
                }
                ("shape", Value::Sizes(sizes)) if shape.is_none() => shape = Some(sizes),
                _ => return None,
            }
            if !scanner.take(',') {
                scanner.take('}').then_some(())?;
                break;
            }
        }
        scanner.0.trim().is_empty().then_some(())
    };
    let read = dictionary();
    match (read, kind, by_columns, shape) {
        (Some(()), Some((kind, big_endian)), Some(by_columns), Some(shape)) => Ok(Header {
            kind,
            big_endian,
            by_columns,
            shape,
        }),
        _ => Err(wrong()),
    }
}

/// What entries of this description are, and whether their first byte is the highest.
fn entries(text: &str) -> (Result<Kind, Problem>, bool) {
    let mut letters = text.chars();
    let (order, letter) = (letters.next(), letters.next());
    let big_endian = order == Some('>');
    let size = letters.as_str();
    let integer = |signed| match size {
        "1" | "2" | "4" | "8" => Ok(Kind::Integer {
            bytes: size.parse().unwrap_or(1),
            signed,
        }),
        _ => Err("integers of a size that numpy does not have".to_owned()),
    };
    let kind = match (order, letter) {
        (Some('<' | '>' | '=' | '|'), Some(letter)) => match (letter, size) {
            ('f', "2") => Ok(Kind::Float(Precision::F16)),
            ('f', "4") => Ok(Kind::Float(Precision::F32)),
            ('f', "8") => Ok(Kind::Float(Precision::F64)),
            ('f', _) => Err("long doubles, whose layout depends on the machine".to_owned()),
            ('i', _) => integer(true),
            ('u', _) => integer(false),
            ('b', _) => Err("truth values".to_owned()),
            ('c', _) => Err("complex numbers".to_owned()),
            ('O', _) => {
                Err("Python objects, which are pickled and may run programs when read".to_owned())
            }
            ('U' | 'S' | 'a', _) => Err("text".to_owned()),
            ('m' | 'M', _) => Err("times".to_owned()),
            ('V', "2") => Err("raw bytes, two an entry, as numpy has bfloat16".to_owned()),
            ('V', _) => Err("raw bytes".to_owned()),
            _ => Err("entries of an unknown kind".to_owned()),
        },
        _ => Err("entries of an unknown kind".to_owned()),
    };
    let short = shortened(text, 40);
    let kind = kind.map_err(|what| refused(&format!("{what} ('{short}')")));
    (kind, big_endian)
}

fn refused(found: &str) -> Problem {
    Problem::wrong(found, "floats of 2, 4 or 8 bytes, or integers")
}

impl<'a> Scanner<'a> {
    fn rest(&mut self) -> &'a str {
        self.0 = self.0.trim_ascii_start();
        self.0
    }

    fn take(&mut self, c: char) -> bool {
        match self.rest().strip_prefix(c) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    /// A text in quotes, without escapes.
    fn text(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        let (text, rest) = rest[1..].split_once(quote)?;
        self.0 = rest;
        (!text.contains('\\')).then_some(text)
    }

    fn value(&mut self) -> Option<Value<'a>> {
        for (word, truth) in [("True", true), ("False", false)] {
            if let Some(rest) = self.rest().strip_prefix(word) {
                self.0 = rest;
                return Some(Value::Truth(truth));
            }
        }
        match self.rest().chars().next()? {
            '(' => self.sizes().map(Value::Sizes),
            '[' => self.skip_list().map(|()| Value::Fields),
            _ => self.text().map(Value::Text),
        }
    }

    /// `()`, `(3,)`, `(3, 4)`; Python 2 wrote `(3L, 4L)`.
    fn sizes(&mut self) -> Option<Vec<usize>> {
        self.take('(').then_some(())?;
        let mut sizes = Vec::new();
        while !self.take(')') {
            let rest = self.rest();
            let end = rest.find(|c: char| !c.is_ascii_digit())?;
            if end == 0 || sizes.len() == MOST_DIMENSIONS {
                return None;
            }
            // A size beyond a machine word is beyond every limit.
            sizes.push(rest[..end].parse().unwrap_or(usize::MAX));
            self.0 = &rest[end..];
            self.take('L');
            if !self.take(',') {
                return self.take(')').then_some(sizes);
            }
        }
        Some(sizes)
    }

    /// A list to its end, whatever is in it.
    fn skip_list(&mut self) -> Option<()> {
        let mut depth = 0usize;
        loop {
            match self.rest().chars().next()? {
                '\'' | '"' => drop(self.text()?),
                c => {
                    match c {
                        '[' => depth += 1,
                        ']' => depth -= 1,
                        _ => {}
                    }
                    self.0 = &self.0[c.len_utf8()..];
                    if depth == 0 {
                        return Some(());
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match header(text) {
            Ok(header) => format!(
                "{:?} {} {} {:?}",
                header.kind.map_err(|problem| problem.to_string()),
                header.big_endian,
                header.by_columns,
                header.shape
            ),
            Err(problem) => problem.to_string(),
        }
    }

    #[test]
    fn headers_of_numpy_are_read_and_others_refused() {
        let of = |descr: &str, shape: &str| {
            read(&format!(
                "{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}   \n"
            ))
        };
        assert_eq!(of("'<f8'", "(3, 4)"), "Ok(Float(F64)) false false [3, 4]");
        assert_eq!(of("'>f2'", "(3,)"), "Ok(Float(F16)) true false [3]");
        assert_eq!(
            of("'|u1'", "()"),
            "Ok(Integer { bytes: 1, signed: false }) false false []"
        );
        assert_eq!(
            of("'<i8'", "(2L, 1L)"),
            "Ok(Integer { bytes: 8, signed: true }) false false [2, 1]"
        );
        let other = "{\"shape\": (1,), \"descr\": \"<f4\", \"fortran_order\": True}";
        assert_eq!(read(other), "Ok(Float(F32)) false true [1]");
        for (descr, what) in [
            (
                "'<f16'",
                "long doubles, whose layout depends on the machine ('<f16')",
            ),
            ("'<c16'", "complex numbers ('<c16')"),
            (
                "'|O'",
                "Python objects, which are pickled and may run programs when read ('|O')",
            ),
            ("'<U7'", "text ('<U7')"),
            ("'|b1'", "truth values ('|b1')"),
            ("'<M8[ns]'", "times ('<M8[ns]')"),
            (
                "'|V2'",
                "raw bytes, two an entry, as numpy has bfloat16 ('|V2')",
            ),
            (
                "'<i3'",
                "integers of a size that numpy does not have ('<i3')",
            ),
            ("''", "entries of an unknown kind ('')"),
            (
                "[('x', '<f4'), ('y]', '<i2', (2,))]",
                "entries with several fields",
            ),
        ] {
            let said =
                format!("Err(\"found {what}, expected floats of 2, 4 or 8 bytes, or integers\")");
            assert_eq!(of(descr, "(1,)"), format!("{said} false false [1]"));
        }
        for text in [
            "",
            "{",
            "{}",
            "{'descr': '<f8', 'fortran_order': False}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), 'shape': (3,)}",
            "{'descr': '<f8', 'fortran_order': 0, 'shape': (3,)}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (-3,)}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (3.0,)}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': 3}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (3,)} x",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), 'more': ''}",
            "{'descr': [[, 'fortran_order': False, 'shape': (3,)}",
        ] {
            assert!(read(text).contains(", expected a header such as"), "{text}");
        }
        // A shape beyond counting is read, and refused as too large.
        assert!(of("'<f8'", "(99999999999999999999,)").ends_with(&format!("[{}]", usize::MAX)));
    }
}
