//! From the bytes of a JSON file to its fields.

use std::collections::BTreeSet;

use super::fields::{Fields, KNOWN, LayerFields, Matrix, OF_LAYER, Row, SIZES};
use crate::nearby::did_you_mean;
use crate::network::file::error::{FileError, Problem};
use crate::network::file::limits::{MOST_CHARACTERS, MOST_NUMBERS};
use crate::network::file::scan::{Fault, Scanner};

pub(super) struct Reader<'a> {
    pub(super) scanner: Scanner<'a>,
    /// How many numbers were seen.
    numbers: usize,
    /// Bits of all values that were read.
    pub(super) bits: u64,
}

pub(super) fn fault(at: usize, field: impl Into<String>, problem: impl Into<Problem>) -> Fault {
    Fault {
        field: Some(field.into()),
        ..Fault::new(at, problem)
    }
}

/// A field that is none of those known, and which of them may have been meant; `place` comes before its name.
fn unknown(at: usize, place: &str, key: &str, known: &[&str]) -> Fault {
    let key: String = key.chars().take(60).collect();
    let (last, others) = known.split_last().unwrap_or((&"nothing", &[]));
    let mut expected = format!("{} or {last}", others.join(", "));
    expected += &did_you_mean(&key, known.iter().copied());
    let problem = Problem::wrong(format!("the unknown field \"{key}\""), expected);
    fault(at, format!("{place}{key}"), problem)
}

/// Names the field of a fault that has none yet.
pub(super) fn within<T>(
    result: Result<T, Fault>,
    field: impl FnOnce() -> String,
) -> Result<T, Fault> {
    result.map_err(|fault| Fault {
        field: fault.field.or_else(|| Some(field())),
        ..fault
    })
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Reader {
            scanner: Scanner::new(bytes),
            numbers: 0,
            bits: 0,
        }
    }

    /// The fault in words of lines and columns.
    pub(super) fn located(&self, name: &str, fault: Fault) -> FileError {
        FileError {
            file: name.to_owned(),
            position: Some(self.scanner.line_and_column(fault.at)),
            field: fault.field,
            problem: fault.problem,
        }
    }

    /// The fields of the file's one object.
    pub(super) fn whole(&mut self) -> Result<Fields, Fault> {
        let mut fields = Fields::default();
        self.fields(&mut fields)?;
        if let Some(byte) = self.scanner.peek() {
            let found = format!("'{}'", byte.escape_ascii());
            let problem = Problem::wrong(found, "nothing after the network");
            return Err(self.scanner.fault(problem));
        }
        Ok(fields)
    }

    /// The members of an object, one call each with the key; none stands there twice. `place` comes before the key in the names of fields.
    fn object(
        &mut self,
        what: &str,
        place: &str,
        mut member: impl FnMut(&mut Self, &str, usize) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        if !self.scanner.take(b'{') {
            return Err(self.scanner.unexpected(what));
        }
        if self.scanner.take(b'}') {
            return Ok(());
        }
        let mut seen = BTreeSet::new();
        loop {
            if self.scanner.peek() != Some(b'"') {
                return Err(self.scanner.unexpected("a field name in quotes"));
            }
            let at = self.scanner.position();
            let key = self.scanner.string()?;
            let key = self.scanner.text(&key)?;
            if !self.scanner.take(b':') {
                return Err(self.scanner.unexpected("':'"));
            }
            if seen.contains(&key) {
                let problem = Problem::Other(format!("the field {key} appears twice"));
                return Err(fault(at, format!("{place}{key}"), problem));
            }
            member(self, &key, at)?;
            seen.insert(key);
            if self.scanner.take(b'}') {
                return Ok(());
            }
            if !self.scanner.take(b',') {
                return Err(self.scanner.unexpected("',' or '}'"));
            }
        }
    }

    /// Reads the object; what was read before a fault is there.
    pub(super) fn fields(&mut self, fields: &mut Fields) -> Result<(), Fault> {
        self.object("a network as a JSON object", "", |reader, key, at| {
            match key {
                "a" => {
                    fields.a = Some(reader.matrix("a")?);
                }
                "b" => {
                    fields.b = reader.optional_row("b")?;
                }
                "c" => {
                    fields.c = Some(reader.matrix("c")?);
                }
                "e" => {
                    fields.e = reader.optional_row("e")?;
                }
                "layers" => {
                    fields.layers = Some(reader.layers()?);
                }
                "name" => {
                    if !reader.scanner.take_word("null") {
                        within(reader.string(), || "name".to_owned())?;
                    }
                }
                "parameter" => {
                    let name = within(reader.string(), || "parameter".to_owned())?;
                    fields.parameter = Some((at, name));
                }
                _ => match SIZES.iter().position(|size| *size == key) {
                    Some(index) => {
                        fields.sizes[index] = reader.size(key)?;
                    }
                    None => return Err(unknown(at, "", key, &KNOWN)),
                },
            }
            Ok(())
        })
    }

    /// A whole string, escapes resolved.
    fn string(&mut self) -> Result<String, Fault> {
        let scalar = self.scanner.string()?;
        Ok(self.scanner.text(&scalar)?.into_owned())
    }

    fn size(&mut self, key: &str) -> Result<Option<(usize, usize)>, Fault> {
        if self.scanner.take_word("null") {
            return Ok(None);
        }
        let at = self.scanner.position();
        let describe = self.scanner.describe();
        let value = match self.scanner.peek() {
            Some(b'0'..=b'9') => {
                let scalar = within(self.scanner.number(), || key.to_owned())?;
                self.scanner.text(&scalar)?.parse().ok()
            }
            _ => None,
        };
        match value {
            Some(value) => Ok(Some((at, value))),
            None => Err(fault(at, key, Problem::wrong(describe, "a whole number"))),
        }
    }

    fn optional_row(&mut self, field: &str) -> Result<Option<Row>, Fault> {
        if self.scanner.take_word("null") {
            return Ok(None);
        }
        self.row(|| field.to_owned()).map(Some)
    }

    /// A list of numbers, kept as text.
    fn row(&mut self, field: impl Fn() -> String) -> Result<Row, Fault> {
        let at = self.scanner.position();
        let mut entries = Vec::new();
        if !self.scanner.take(b'[') {
            return within(Err(self.scanner.unexpected("a list of numbers")), field);
        }
        if self.scanner.take(b']') {
            return Ok(Row { at, entries });
        }
        loop {
            let here = || format!("{}[{}]", field(), entries.len());
            let position = self.scanner.position();
            let entry = within(self.scanner.number(), here)?;
            if entry.length as usize > MOST_CHARACTERS {
                let problem = Problem::Limit {
                    found: format!("a number of {} characters", entry.length),
                    limit: format!("{MOST_CHARACTERS} characters"),
                };
                return Err(fault(position, here(), problem));
            }
            self.numbers += 1;
            if self.numbers > MOST_NUMBERS {
                let problem = Problem::Limit {
                    found: format!("at least {} numbers", self.numbers),
                    limit: format!("{MOST_NUMBERS} numbers a file"),
                };
                return Err(fault(position, here(), problem));
            }
            entries.push(entry);
            if self.scanner.take(b']') {
                return Ok(Row { at, entries });
            }
            if !self.scanner.take(b',') {
                let here = || format!("{}[{}]", field(), entries.len());
                return within(Err(self.scanner.unexpected("',' or ']'")), here);
            }
        }
    }

    /// A list of rows of equal length.
    fn matrix(&mut self, field: &str) -> Result<Matrix, Fault> {
        let at = self.scanner.position();
        let mut rows: Vec<Row> = Vec::new();
        if !self.scanner.take(b'[') {
            return within(
                Err(self.scanner.unexpected("a list of lists of numbers")),
                || field.to_owned(),
            );
        }
        if self.scanner.take(b']') {
            let problem = Problem::wrong("an empty list", "at least one row");
            return Err(fault(at, field, problem));
        }
        loop {
            let here = || format!("{field}[{}]", rows.len());
            if self.scanner.peek() != Some(b'[') {
                let expected = "a row, which is a list of numbers such as [\"1\", \"1/2\"]";
                return within(Err(self.scanner.unexpected(expected)), here);
            }
            let row = self.row(here)?;
            let expected = rows.first().map(|first| first.entries.len());
            if row.entries.is_empty() {
                let problem = Problem::wrong("an empty row", "at least one number");
                return Err(fault(row.at, here(), problem));
            }
            if let Some(expected) = expected.filter(|expected| *expected != row.entries.len()) {
                let problem = Problem::wrong(
                    format!("a row of {} numbers", row.entries.len()),
                    format!("{expected} as in {field}[0]"),
                );
                return Err(fault(row.at, here(), problem));
            }
            rows.push(row);
            if self.scanner.take(b']') {
                return Ok(Matrix { at, rows });
            }
            if !self.scanner.take(b',') {
                let field = || field.to_owned();
                return within(Err(self.scanner.unexpected("',' or ']'")), field);
            }
        }
    }

    fn layers(&mut self) -> Result<Vec<LayerFields>, Fault> {
        let at = self.scanner.position();
        let mut layers: Vec<LayerFields> = Vec::new();
        if !self.scanner.take(b'[') {
            let error = self.scanner.unexpected("a list of layers");
            return within(Err(error), || "layers".to_owned());
        }
        if self.scanner.take(b']') {
            let problem = Problem::wrong("an empty list", "at least one layer");
            return Err(fault(at, "layers", problem));
        }
        loop {
            let field = format!("layers[{}]", layers.len());
            let at = self.scanner.position();
            let (mut weights, mut biases) = (None, None);
            let members = self.object(
                "a layer such as {\"weights\": …, \"biases\": …}",
                &format!("{field}."),
                |reader, key, at| {
                    let here = format!("{field}.{key}");
                    match key {
                        "weights" => weights = Some(reader.matrix(&here)?),
                        "biases" => biases = reader.optional_row(&here)?,
                        _ => return Err(unknown(at, &format!("{field}."), key, &OF_LAYER)),
                    }
                    Ok(())
                },
            );
            within(members, || field.clone())?;
            let Some(weights) = weights else {
                let problem = Problem::wrong("no weights", "the field weights");
                return Err(fault(at, field, problem));
            };
            layers.push(LayerFields {
                at,
                weights,
                biases,
            });
            if self.scanner.take(b']') {
                return Ok(layers);
            }
            if !self.scanner.take(b',') {
                let error = self.scanner.unexpected("',' or ']'");
                return within(Err(error), || "layers".to_owned());
            }
        }
    }
}
