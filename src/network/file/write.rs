//! Writing networks as JSON.

use std::fmt::{Display, Write as _};

use crate::network::{Biased, Deep, Network, Shallow};

/// Any network as a JSON text of SPEC form, with canonical numbers and a final newline; reading it gives the same network.
pub fn to_json(network: &Network) -> String {
    match network {
        Network::Shallow(network) => shallow_to_json(network),
        Network::Biased(network) => biased_to_json(network),
        Network::Deep(network) => deep_to_json(network),
    }
}

/// `{"d", "m", "D", "a", "c"}`, one neuron a line.
pub fn shallow_to_json(network: &Shallow) -> String {
    let neurons = network.neurons().iter();
    let mut text = sizes(network.inputs(), neurons.len(), network.outputs());
    field(
        &mut text,
        "a",
        &matrix(neurons.clone().map(|n| n.inner_weights())),
    );
    field(&mut text, "c", &matrix(neurons.map(|n| n.outer_weights())));
    text.push_str("\n}\n");
    text
}

/// `{"d", "m", "D", "a", "b", "c", "e"}`, one neuron a line.
pub fn biased_to_json(network: &Biased) -> String {
    let d = network.inputs();
    let neurons = network.rows().neurons().iter();
    let mut text = sizes(d, neurons.len(), network.outputs());
    let rows: Vec<_> = neurons.clone().map(|n| n.inner_weights()).collect();
    field(&mut text, "a", &matrix(rows.iter().map(|row| &row[..d])));
    field(&mut text, "b", &list(rows.iter().map(|row| &row[d])));
    field(&mut text, "c", &matrix(neurons.map(|n| n.outer_weights())));
    field(&mut text, "e", &list(network.offset()));
    text.push_str("\n}\n");
    text
}

/// `{"layers": [{"weights", "biases"}, …]}`, one output a line.
pub fn deep_to_json(network: &Deep) -> String {
    let layers = network.layers().iter().map(|layer| {
        let (weights, biases) = (matrix(&layer.weights), list(&layer.biases));
        format!("{{\"weights\": {weights},\n \"biases\": {biases}}}")
    });
    let layers: Vec<String> = layers.collect();
    format!("{{\"layers\": [\n{}\n]}}\n", layers.join(",\n"))
}

fn sizes(d: usize, m: usize, outputs: usize) -> String {
    format!("{{\n \"d\": {d}, \"m\": {m}, \"D\": {outputs}")
}

fn field(text: &mut String, name: &str, value: &str) {
    // Writing to a String cannot fail.
    let _ = write!(text, ",\n \"{name}\": {value}");
}

/// `["1","2/3"]`; numbers need no escapes.
fn list<T: Display>(values: impl IntoIterator<Item = T>) -> String {
    let values = values.into_iter();
    let quoted: Vec<String> = values.map(|value| format!("\"{value}\"")).collect();
    format!("[{}]", quoted.join(","))
}

fn matrix<R, T>(rows: impl IntoIterator<Item = R>) -> String
where
    R: IntoIterator<Item = T>,
    T: Display,
{
    let rows: Vec<String> = rows.into_iter().map(list).collect();
    format!("[\n  {}\n ]", rows.join(",\n  "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::file::network_from_bytes;

    fn round_trip(text: &str) -> String {
        let network = network_from_bytes("x.json", text.as_bytes()).unwrap();
        let written = to_json(&network);
        let again = network_from_bytes("x.json", written.as_bytes()).unwrap();
        assert_eq!(network, again);
        written
    }

    #[test]
    fn what_is_written_reads_back() {
        let written =
            round_trip(r#"{"a": [["0", "sqrt(18)"], ["0.5", 2]], "c": [["sqrt(2)"], [-1]]}"#);
        assert_eq!(
            written,
            "{\n \"d\": 2, \"m\": 2, \"D\": 1,\n \"a\": [\n  [\"0\",\"3*sqrt(2)\"],\n  [\"1/2\",\"2\"]\n ],\n \
             \"c\": [\n  [\"sqrt(2)\"],\n  [\"-1\"]\n ]\n}\n"
        );
        round_trip(r#"{"a": [[1],[2]], "b": ["1/3", 2], "c": [[1,2],[3,4]], "e": [5, 6]}"#);
        round_trip(r#"{"layers": [{"weights": [[1, 2]], "biases": ["1/2"]}]}"#);
    }
}
