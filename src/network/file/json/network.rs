//! A network from the fields of a JSON file: which of the ways of writing one it is.

use super::fields::Fields;
use super::reader::{Reader, fault};
use crate::network::file::error::{FileError, Problem};
use crate::network::file::layout::{Layout, Reading};
use crate::network::file::scan::Fault;

/// Reads a network from the bytes of a JSON file; `name` is used in messages.
pub(in crate::network::file) fn read(name: &str, bytes: &[u8]) -> Result<Reading, FileError> {
    let mut reader = Reader::new(bytes);
    reader
        .network()
        .map_err(|fault| reader.located(name, fault))
}

impl Reader<'_> {
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
