//! Every claim of the papers: where it stands, what it says, and what relucert says to it. The entries are data, `ledger.json`.
//!
//! Ids are those used all over the project: A setup, B optimisation, C examples, D Theorems 3.1 and 3.3 and the appendix, F the note on
//! sets of realizations, N new statements, E errors and gaps.

use std::sync::LazyLock;

use serde::Deserialize;

use super::checks::Check;
use super::trials::Statement;

/// What relucert says to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// A definition or convention: nothing to prove.
    Definition,
    /// Verified certificates for all k.
    ForAllK,
    /// Verified certificates for the instances named.
    Instance,
    /// Exact, on many random instances from a seed.
    Random,
    /// True after a stated repair.
    Repaired,
    /// False as stated.
    Refuted,
    /// Beyond an exact engine, and why.
    OutOfReach,
}

impl Verdict {
    /// In words, as in the table.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Definition => "definition",
            Verdict::ForAllK => "proved for all k",
            Verdict::Instance => "proved for this instance",
            Verdict::Random => "holds on exact random instances",
            Verdict::Repaired => "repaired",
            Verdict::Refuted => "refuted",
            Verdict::OutOfReach => "out of reach",
        }
    }
}

/// What a verdict rests on.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// A certificate of `proofs/`, by its name.
    Proof(String),
    /// Random instances.
    Trials {
        /// Which statement.
        statement: Statement,
        /// How many.
        count: u64,
        /// From which seed.
        seed: u64,
    },
    /// An exact computation, by its name.
    Check(Check),
}

/// One claim.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Paper and equation or statement number.
    pub source: String,
    /// The (corrected) statement in a line.
    pub statement: String,
    /// What is said to it.
    pub verdict: Verdict,
    /// Why, in a line: the repair, the counterexample, what is out of reach.
    pub why: String,
    /// What that rests on.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// All entries, in order.
pub static LEDGER: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let entries = serde_json::from_str(include_str!("ledger.json"));
    entries.unwrap_or_else(|error| panic!("ledger.json: {error}"))
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::table::proof;
    use std::collections::BTreeSet;

    #[test]
    fn no_entry_is_missing_and_every_evidence_exists() {
        let ids: BTreeSet<&str> = LEDGER.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids.len(), LEDGER.len(), "an id occurs twice");
        let ranges = [
            ("A", 13, 2),
            ("B", 15, 2),
            ("C", 10, 2),
            ("D", 37, 2),
            ("F", 15, 2),
            ("N", 10, 1),
            ("E", 17, 1),
        ];
        let mut expected: BTreeSet<String> = ranges
            .iter()
            .flat_map(|(letter, last, width)| {
                (1..=*last).map(move |n| match width {
                    2 => format!("{letter}{n:02}"),
                    _ => format!("{letter}{n}"),
                })
            })
            .collect();
        expected.insert("A05b".to_owned());
        let ids: BTreeSet<String> = ids.into_iter().map(str::to_owned).collect();
        assert_eq!(ids, expected);
        for entry in LEDGER.iter() {
            for evidence in &entry.evidence {
                if let Evidence::Proof(name) = evidence {
                    assert!(proof(name).is_some(), "{}: no proof {name}", entry.id);
                }
            }
            let rests =
                [Verdict::ForAllK, Verdict::Instance, Verdict::Random].contains(&entry.verdict);
            assert!(
                !rests || !entry.evidence.is_empty(),
                "{} rests on nothing",
                entry.id
            );
        }
    }
}
