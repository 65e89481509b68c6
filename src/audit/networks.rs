//! The networks that the certificates of `proofs/` speak of: rows `[[networks]]` of `ledger.toml`, and families of `examples/`.

use serde::{Deserialize, Serialize};

/// A network by its name; the numbers are texts, as in network files.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NamedNetwork {
    /// Its name.
    #[serde(skip_serializing)]
    pub name: String,
    /// Inner weights, a row a neuron.
    pub a: Vec<Vec<String>>,
    /// Biases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub b: Option<Vec<String>>,
    /// Outer weights, a row a neuron.
    pub c: Vec<Vec<String>>,
    /// Output biases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub e: Option<Vec<String>>,
}

impl NamedNetwork {
    /// The text of its network file.
    pub(super) fn json(&self) -> String {
        serde_json::json!(self).to_string()
    }
}

macro_rules! families {
    ($($name:literal),* $(,)?) => {
        [$((
            concat!("families/", $name),
            include_str!(concat!("../../examples/families/", $name, ".json")),
        )),*]
    };
}

/// The families of `examples/` that certificates speak of.
pub(super) const FAMILIES: &[(&str, &str)] = &families![
    "discontinuity-g",
    "discontinuity-gamma",
    "e1-g",
    "e1-gamma",
    "ex2.1-g",
    "ex2.1-gamma",
    "ex2.2-g",
    "ex2.2-gamma",
    "ex2.2-large-g",
    "ex2.2-unit-gamma",
    "ex2.3-g",
    "ex2.3-gamma",
    "ex2.4-g",
    "ex2.4-gamma",
    "ex2.4-phi",
    "ex2.5-gamma",
    "ex2.5-theta",
    "exA.1-g",
    "exA.1-gamma",
    "exA.4-g",
    "exA.4-gamma",
    "remark-sign-g",
    "remark-sign-gamma",
];
