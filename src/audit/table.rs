//! Which certificates there are in `proofs/`, in the order of the paper: first the statements for all k, then those about single networks. The
//! table is data, `proofs.json`: the networks, and what is proved about which of them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::proof::Proof;

macro_rules! families {
    ($($name:literal),* $(,)?) => {
        [$((
            concat!("families/", $name),
            include_str!(concat!("../../examples/families/", $name, ".json")),
        )),*]
    };
}

/// The families of `examples/` that certificates speak of.
const FAMILIES: &[(&str, &str)] = &families![
    "discontinuity-g",
    "discontinuity-gamma",
    "e1-g",
    "e1-gamma",
    "ex2.1-g",
    "ex2.1-gamma",
    "ex2.2-g",
    "ex2.2-gamma",
    "ex2.3-g",
    "ex2.3-gamma",
    "ex2.4-g",
    "ex2.4-gamma",
    "ex2.4-phi",
    "ex2.5-gamma",
    "ex2.5-theta",
    "exA.1-g",
    "exA.4-g",
    "exA.4-gamma",
    "remark-sign-g",
    "remark-sign-gamma",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    networks: BTreeMap<String, serde_json::Value>,
    proofs: Vec<Proof>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let table = serde_json::from_str(include_str!("proofs.json"));
    table.unwrap_or_else(|error| panic!("proofs.json: {error}"))
});

/// Every certificate of `proofs/`, in order.
pub fn all_proofs() -> &'static [Proof] {
    &TABLE.proofs
}

/// The certificate of this name.
pub fn proof(name: &str) -> Option<&'static Proof> {
    TABLE.proofs.iter().find(|proof| proof.name == name)
}

/// The JSON text of a network of the table, or of a family of `examples/`.
pub(super) fn text(name: &str) -> Option<String> {
    if let Some((_, text)) = FAMILIES.iter().find(|(known, _)| *known == name) {
        return Some((*text).to_owned());
    }
    Some(TABLE.networks.get(name)?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::{Bindings, Limits, Verdict, verify_text};

    #[test]
    fn every_network_of_the_table_is_spoken_of() {
        let text = include_str!("proofs.json");
        let names = TABLE.networks.keys().map(String::as_str);
        for name in names.chain(FAMILIES.iter().map(|(name, _)| *name)) {
            let named = format!("\"{name}\"");
            let own = usize::from(TABLE.networks.contains_key(name));
            assert!(text.matches(&named).count() > own, "{name} is not used");
        }
    }

    #[test]
    fn every_certificate_is_made_and_verified() {
        for proof in all_proofs() {
            let text = proof
                .certificate()
                .unwrap_or_else(|error| panic!("{}: {error}", proof.name));
            let verdict = verify_text(text.as_bytes(), &Limits::default(), &Bindings::default());
            let Verdict::Verified(verified) = verdict else {
                panic!("{}: {verdict:?}", proof.name);
            };
            println!(
                "{}: {}",
                proof.name,
                verified
                    .statement
                    .lines()
                    .take(3)
                    .collect::<Vec<_>>()
                    .join(" | ")
            );
        }
    }
}
