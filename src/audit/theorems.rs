//! Theorems proved for all networks in `proofs/rocq`: the index of what Coq checked, `theorems.toml`, and the statements as Coq reads them.
//!
//! The index is written by the test that has Coq check the development (`tests/rocq.rs`), with the hash of the sources it checked.

use std::sync::LazyLock;

use serde::Deserialize;

/// One theorem that Coq has checked: `Theorem NAME_holds : NAME.`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theorem {
    /// The name of its statement.
    pub name: String,
    /// The file of `proofs/rocq` that states it.
    pub statement: String,
    /// The file of `proofs/rocq` that proves it.
    pub proof: String,
    /// What the proof takes from the standard library without proof.
    pub axioms: Vec<String>,
}

/// What Coq has checked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theorems {
    /// The version of Coq.
    pub coq: String,
    /// The SHA-256 of what `find . -name '*.v' | LC_ALL=C sort | xargs sha256sum` prints in `proofs/rocq`.
    pub sources: String,
    /// Every theorem, in the order of the statements.
    pub theorems: Vec<Theorem>,
}

impl Theorems {
    /// The theorem of this name.
    pub fn theorem(&self, name: &str) -> Option<&Theorem> {
        self.theorems.iter().find(|theorem| theorem.name == name)
    }
}

impl Theorem {
    /// The statement as Coq reads it, `Definition NAME : Prop := ….`; `None` if its file does not state it.
    pub fn text(&self) -> Option<&'static str> {
        let (_, source) = STATEMENTS
            .iter()
            .find(|(file, _)| *file == self.statement)?;
        let start = source.find(&format!("Definition {} : Prop :=", self.name))?;
        let text = &source[start..];
        // A full stop that ends a line ends the sentence.
        let end = text.find(".\n")?;
        Some(&text[..=end])
    }
}

/// The files that state theorems.
const STATEMENTS: [(&str, &str); 2] = [
    (
        "Statements.v",
        include_str!("../../proofs/rocq/Statements.v"),
    ),
    ("Further.v", include_str!("../../proofs/rocq/Further.v")),
];

/// The index.
pub static THEOREMS: LazyLock<Theorems> = LazyLock::new(|| {
    let text = include_str!("../../proofs/rocq/theorems.toml");
    toml::from_str(text).unwrap_or_else(|error| panic!("proofs/rocq/theorems.toml: {error}"))
});
