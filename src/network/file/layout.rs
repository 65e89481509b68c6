//! A network with how its file has it: what a writer keeps, and what a user should hear.

use super::precision::Precision;
use crate::network::Network;

/// A network that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The network.
    pub network: Network,
    /// How the file has it.
    pub layout: Layout,
    /// What the reader took for granted, one short line each.
    pub remarks: Vec<String>,
}

/// How a file has its network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layout {
    /// JSON with `a` and `c`, and `b` and `e` where there are biases.
    Neurons,
    /// JSON with `layers`.
    Layers,
    /// Tensors, one entry a layer, first to last.
    Tensors(Vec<LayerTensors>),
}

/// The tensors of one layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerTensors {
    /// The weights.
    pub weight: TensorName,
    /// The biases, if the file has some for this layer.
    pub bias: Option<TensorName>,
}

/// A tensor's name and the format of its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TensorName {
    /// As the file has it, such as `fc1.weight`.
    pub name: String,
    /// The format.
    pub precision: Precision,
}

/// The names of scikit-learn's weights, matrices (inputs, outputs), begin so, and end in a number.
pub(super) const COEFS: &str = "coefs_";
/// The names of scikit-learn's biases.
pub(super) const INTERCEPTS: &str = "intercepts_";

/// The number of a name such as `coefs_12` that begins so: digits without leading zeros.
pub(super) fn numbered(name: &str, start: &str) -> Option<u64> {
    let digits = name.strip_prefix(start)?;
    let number: u64 = digits.parse().ok()?;
    (number.to_string() == digits).then_some(number)
}

impl LayerTensors {
    /// Whether the names are those of scikit-learn, whose matrices have a row for each input.
    pub(super) fn rows_are_inputs(&self) -> bool {
        numbered(&self.weight.name, COEFS).is_some()
    }

    /// The layer's name: that of its weights without `.weight`.
    fn layer(&self) -> &str {
        let name = self.weight.name.as_str();
        let name = name.strip_suffix("weight").unwrap_or(name);
        name.strip_suffix('.').unwrap_or(name)
    }
}

/// What a user should hear of a file of tensors.
pub(super) fn remarks(layers: &[LayerTensors]) -> Vec<String> {
    let mut remarks = Vec::new();
    if layers.len() > 1 {
        remarks.push("taken as ReLU: tensors do not say the activation".to_owned());
    }
    let pairs = layers.iter().zip(layers.iter().skip(1));
    let pairs = pairs.map(|(before, after)| (before.layer(), after.layer()));
    let adjacent: Vec<String> = pairs
        .filter(|(before, after)| follows(before, after))
        .map(|(before, after)| format!("{before} and {after}"))
        .collect();
    if !adjacent.is_empty() {
        remarks.push(format!(
            "a ReLU is put between layers {}, whose numbers leave no place for one (a torch.nn.Sequential of these names has none)",
            adjacent.join(", ")
        ));
    }
    remarks
}

/// What a user should hear of a file of `coefs_` and `intercepts_`.
pub(super) fn learned_remarks(layers: &[LayerTensors]) -> Vec<String> {
    let hidden = match layers.len() {
        1 => "",
        _ => "taken as ReLU: coefs_ do not say the activation; ",
    };
    vec![format!(
        "{hidden}the outputs are those before softmax or logistic, which a classifier of scikit-learn applies to them"
    )]
}

/// What to add to a complaint about shapes (outputs, inputs) that do not fit, if their transposes do.
pub(super) fn transposed(shapes: &[(usize, usize)], rows_are_inputs: bool) -> &'static str {
    let mut pairs = shapes.iter().zip(shapes.iter().skip(1));
    match pairs.all(|(before, after)| before.1 == after.0) {
        true if rows_are_inputs => {
            "; transposed, the matrices fit: a row of coefs_ is an input, as scikit-learn has it, but an output in the weights of PyTorch"
        }
        true => {
            "; transposed, the matrices fit: a row is an output here, but an input in the coefs_ of scikit-learn"
        }
        false => "",
    }
}

/// Whether the last parts of two names are numbers and the second is the next one, as in `net.0` and `net.1`.
fn follows(before: &str, after: &str) -> bool {
    let split = |name: &str| -> Option<(String, u64)> {
        let (parent, number) = name.rsplit_once('.').unwrap_or(("", name));
        Some((parent.to_owned(), number.parse().ok()?))
    };
    match (split(before), split(after)) {
        (Some((parent, i)), Some((other, j))) => parent == other && i.checked_add(1) == Some(j),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> Vec<String> {
        let tensor = |name: &&str| LayerTensors {
            weight: TensorName {
                name: format!("{name}.weight"),
                precision: Precision::F32,
            },
            bias: None,
        };
        remarks(&names.iter().map(tensor).collect::<Vec<_>>())
    }

    #[test]
    fn layers_without_a_gap_are_named() {
        assert!(of(&["0"]).is_empty());
        for silent in [&["0", "2", "4"][..], &["fc1", "fc2"], &["a.0", "b.1"]] {
            assert_eq!(of(silent).len(), 1, "{silent:?}");
        }
        let said = of(&["net.0", "net.1", "net.3", "net.4"]);
        assert!(
            said[1].contains("layers net.0 and net.1, net.3 and net.4, whose"),
            "{said:?}"
        );
    }
}
