//! Networks as JSON (SPEC "Networks"): `{"a", "c"}`, `{"a", "b", "c", "e"}` and `{"layers": […]}`.

mod assemble;
mod family;

pub(crate) use family::{Cell, FamilyText};
pub(super) use family::{family_text, is_family};

use std::collections::BTreeSet;

use super::error::{FileError, Problem};
use super::scan::{Fault, Scalar, Scanner};
use super::{Layout, MOST_CHARACTERS, MOST_NUMBERS, Reading};

/// Reads a network from the bytes of a JSON file; `name` is used in messages.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Reading, FileError> {
    let mut reader = Reader::new(bytes);
    reader
        .network()
        .map_err(|fault| reader.located(name, fault))
}

/// A list of numbers that are not read yet.
struct Row {
    at: usize,
    entries: Vec<Scalar>,
}

/// Rows of equal, positive length; at least one.
struct Matrix {
    at: usize,
    rows: Vec<Row>,
}

impl Matrix {
    fn width(&self) -> usize {
        self.rows.first().map_or(0, |row| row.entries.len())
    }
}

struct LayerFields {
    at: usize,
    weights: Matrix,
    biases: Option<Row>,
}

#[derive(Default)]
struct Fields {
    a: Option<Matrix>,
    b: Option<Row>,
    c: Option<Matrix>,
    e: Option<Row>,
    layers: Option<Vec<LayerFields>>,
    /// The parameter's name of a family, and where it stands.
    parameter: Option<(usize, String)>,
    /// Values of d, m, D and where they stand.
    sizes: [Option<(usize, usize)>; 3],
}

const SIZES: [&str; 3] = ["d", "m", "D"];
const KNOWN: &str = "a, b, c, e, layers, parameter, d, m, D or name";

struct Reader<'a> {
    scanner: Scanner<'a>,
    /// How many numbers were seen.
    numbers: usize,
    /// Bits of all values that were read.
    bits: u64,
}

fn fault(at: usize, field: impl Into<String>, problem: impl Into<Problem>) -> Fault {
    Fault {
        field: Some(field.into()),
        ..Fault::new(at, problem)
    }
}

/// Names the field of a fault that has none yet.
fn within<T>(result: Result<T, Fault>, field: impl FnOnce() -> String) -> Result<T, Fault> {
    result.map_err(|fault| Fault {
        field: fault.field.or_else(|| Some(field())),
        ..fault
    })
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Reader {
            scanner: Scanner::new(bytes),
            numbers: 0,
            bits: 0,
        }
    }

    /// The fault in words of lines and columns.
    fn located(&self, name: &str, fault: Fault) -> FileError {
        FileError {
            file: name.to_owned(),
            position: Some(self.scanner.line_and_column(fault.at)),
            field: fault.field,
            problem: fault.problem,
        }
    }

    /// The fields of the file's one object.
    fn whole(&mut self) -> Result<Fields, Fault> {
        let mut fields = Fields::default();
        self.fields(&mut fields)?;
        if let Some(byte) = self.scanner.peek() {
            let found = format!("'{}'", byte.escape_ascii());
            let problem = Problem::wrong(found, "nothing after the network");
            return Err(self.scanner.fault(problem));
        }
        Ok(fields)
    }

    fn network(&mut self) -> Result<Reading, Fault> {
        let start = self.scanner.position();
        let fields = self.whole()?;
        if let Some((at, _)) = fields.parameter {
            return Err(fault(at, "parameter", Problem::Family));
        }
        let whole = |problem: Problem| Fault::new(start, problem);
        let reading = |network, layout| Reading {
            network,
            layout,
            remarks: Vec::new(),
        };
        match fields {
            Fields {
                layers: Some(layers),
                a: None,
                b: None,
                c: None,
                e: None,
                sizes,
                parameter: _,
            } => {
                let network = self.layered(start, layers, &sizes)?;
                Ok(reading(network, Layout::Layers))
            }
            Fields {
                layers: None,
                a: Some(a),
                b,
                c: Some(c),
                e,
                sizes,
                parameter: _,
            } => {
                let network = self.shallow(start, [a, c], b, e, &sizes)?;
                Ok(reading(network, Layout::Neurons))
            }
            Fields {
                layers: Some(_), ..
            } => Err(whole(Problem::wrong(
                "the field layers together with a, b, c or e",
                "one way of writing a network",
            ))),
            Fields {
                a: None, c: None, ..
            } => Err(whole(Problem::wrong(
                "neither the fields a and c nor the field layers",
                "a network such as {\"a\": [[\"1\",\"0\"]], \"c\": [[\"1\"]]} or {\"layers\": [{\"weights\": …, \"biases\": …}]}",
            ))),
            Fields { a: None, .. } => Err(whole(Problem::wrong("c without a", "the field a"))),
            Fields { .. } => Err(whole(Problem::wrong("a without c", "the field c"))),
        }
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
    fn fields(&mut self, fields: &mut Fields) -> Result<(), Fault> {
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
                    None => {
                        let key: String = key.chars().take(60).collect();
                        let problem = Problem::wrong(format!("the unknown field \"{key}\""), KNOWN);
                        return Err(fault(at, key, problem));
                    }
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
                        _ => {
                            let key: String = key.chars().take(60).collect();
                            let found = format!("the unknown field \"{key}\"");
                            let problem = Problem::wrong(found, "weights or biases");
                            return Err(fault(at, format!("{field}.{key}"), problem));
                        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Rational;
    use crate::network::Network;

    fn network(text: &str) -> Result<Network, String> {
        read("net.json", text.as_bytes())
            .map(|reading| reading.network)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn every_way_of_writing_a_number_is_read() {
        let text = r#"{"a": [["1/2", 3, 0.1, "0x1.8p-3", -1.5e1]], "c": [["-0.25"]], "name": "x"}"#;
        let Network::Shallow(net) = network(text).unwrap() else {
            panic!("no biases");
        };
        let inner: Vec<String> = net.neurons()[0]
            .inner()
            .iter()
            .map(Rational::to_string)
            .collect();
        assert_eq!(inner, ["1/2", "3", "1/10", "3/16", "-15"]);
    }

    #[test]
    fn radicals_are_kept_per_neuron() {
        let text = r#"{"a": [["0", "3*sqrt(2)"], ["1", "1"]], "b": ["sqrt(8)", "1"], "c": [["sqrt(2)"], ["2"]]}"#;
        let Network::Biased(net) = network(text).unwrap() else {
            panic!("biases");
        };
        let first = &net.rows().neurons()[0];
        assert_eq!(first.scale().to_string(), "2");
        assert_eq!(first.inner()[2].to_string(), "2");
        assert_eq!(net.offset()[0].to_string(), "0");
    }

    #[test]
    fn two_layers_are_shallow_and_others_deep() {
        let one = r#"{"layers": [{"weights": [[1, 2]]}], "d": 2, "D": 1}"#;
        assert!(matches!(network(one).unwrap(), Network::Deep(_)));
        let two = r#"{"layers": [{"weights": [[1, 2]]}, {"weights": [[3], [4]]}], "m": 1}"#;
        assert!(matches!(network(two).unwrap(), Network::Shallow(_)));
        let biased = r#"{"layers": [{"weights": [[1, 2]], "biases": [0]}, {"weights": [[3]], "biases": null}]}"#;
        assert!(matches!(network(biased).unwrap(), Network::Biased(_)));
    }

    #[test]
    fn complaints_name_place_field_value_and_expectation() {
        let cases = [
            (
                "",
                "net.json, line 1, column 1: found the end of the file, expected a network as a JSON object",
            ),
            (
                "[1]",
                "net.json, line 1, column 1: found a list, expected a network as a JSON object",
            ),
            (
                "{\"a\": [[1],\n [\"1/0\"]], \"c\": [[1],[1]]}",
                "net.json, line 2, column 3, field a[1][0]: '1/0' is not a number: division by zero",
            ),
            (
                r#"{"a": [[1],[1,2]], "c": [[1],[1]]}"#,
                "net.json, line 1, column 12, field a[1]: found a row of 2 numbers, expected 1 as in a[0]",
            ),
            (
                r#"{"a": [[1],[NaN]]"#,
                "net.json, line 1, column 13, field a[1][0]: 'NaN' is not a number: NaN and infinities are refused",
            ),
            (
                r#"{"a": [[1],[tru"#,
                "net.json, line 1, column 13, field a[1][0]: found 'tru', expected a number",
            ),
            (
                r#"{"a": [[1],[[2]"#,
                "net.json, line 1, column 13, field a[1][0]: found a list, expected a number",
            ),
            (r#"{"a": [1]"#, "field a[0]: found '1', expected a row"),
            (
                r#"{"a": [[1]], "c": [[1],[2]]}"#,
                "net.json, line 1, column 19, field c: found 2 rows, expected 1, one a neuron as in a",
            ),
            (
                r#"{"a": [[1]], "c": [[1]], "m": 2}"#,
                "net.json, line 1, column 31, field m: found 2, expected 1, which is what the weights have",
            ),
            (
                r#"{"a": [[1]], "c": [[1]], "d": "1"}"#,
                "field d: found the string \"1\", expected a whole number",
            ),
            (
                r#"{"a": [[1]], "c": [[1]], "w": 2}"#,
                "field w: found the unknown field \"w\", expected a, b, c, e, layers, parameter, d, m, D or name",
            ),
            (
                r#"{"a": [[1]], "a": [[1]]}"#,
                "field a: the field a appears twice",
            ),
            (
                r#"{"a": [[1]]}"#,
                "net.json, line 1, column 1: found a without c, expected the field c",
            ),
            ("{}", "neither the fields a and c nor the field layers"),
            (
                r#"{"parameter": "k", "a": [["k"]], "c": [["k"]]}"#,
                "field parameter: this is a family of networks",
            ),
            (
                r#"{"a": [["sqrt(-2)"]], "c": [["1"]]}"#,
                "field a[0][0]: 'sqrt(-2)' is not a number: the square root of a negative number",
            ),
            (
                r#"{"a": [["1", "sqrt(2)"]], "c": [["1"]]}"#,
                "column 14, field a[0][1]: found 'sqrt(2)', expected a rational multiple of '1'",
            ),
            (
                r#"{"a": [["sqrt(3)"]], "c": [["0", "sqrt(2)"]]}"#,
                "field c[0][1]: found 'sqrt(2)', expected a number whose product with the inner weight 'sqrt(3)' is rational",
            ),
            (
                r#"{"a": [["1"]], "b": ["sqrt(2)"], "c": [["1"]]}"#,
                "field b[0]: found 'sqrt(2)', expected a rational multiple of '1'",
            ),
            (
                r#"{"a": [["1"]], "b": ["0"], "c": [["1"]], "e": ["sqrt(2)"]}"#,
                "field e[0]: 'sqrt(2)' is not a number: a rational number is expected",
            ),
            (
                r#"{"a": [["1"]], "c": [["1"]]} x"#,
                "column 30: found 'x', expected nothing after the network",
            ),
            (
                r#"{"layers": [{"weights": [[1, 2]], "biases": [1, 2]}]}"#,
                "field layers[0].biases: found 2 numbers, expected 1",
            ),
            (
                r#"{"layers": [{"weights": [[1, 2]]}, {"weights": [[1, 2]]}]}"#,
                "field layers[1].weights: found rows of 2 numbers, expected 1",
            ),
            (
                r#"{"layers": [{"weights": [["sqrt(2)"]]}]}"#,
                "field layers[0].weights[0][0]: 'sqrt(2)' is not a number: a rational",
            ),
            (
                r#"{"layers": [{"biases": [1]}]}"#,
                "field layers[0]: found no weights",
            ),
            (
                r#"{"a": [["1"#,
                "column 9, field a[0][0]: found the end of the file, expected the string's closing",
            ),
            (
                "{\"a\": [[1 2]]}",
                "field a[0][1]: found '2', expected ',' or ']'",
            ),
            (
                "{\"a\": [[01]]}",
                "field a[0][0]: found '01', expected a number as JSON writes it, or in quotes",
            ),
            (
                "{\"a\": [[]], \"c\": [[1]]}",
                "field a[0]: found an empty row",
            ),
        ];
        for (text, message) in cases {
            let error = network(text).expect_err(text);
            assert!(error.contains(message), "{text}\n  {error}\n  {message}");
        }
    }
}
