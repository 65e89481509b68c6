//! Every claim of the papers: where it stands, what it says, what relucert says to it, and which proofs, networks and instances that
//! rests on. All of it is data, `ledger.toml`, which is read once.
//!
//! Ids are those used all over the project: A setup, B optimisation, C examples, D Theorems 3.1 and 3.3 and the appendix, F the note on
//! sets of realizations, N new statements, E errors and gaps.

use std::sync::LazyLock;

use serde::Deserialize;

use super::checks::Check;
use super::networks::{FAMILIES, NamedNetwork};
use super::proof::Proof;
use super::theorems::{THEOREMS, Theorem};
use super::trials::Statement;

/// What relucert says to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// A definition or convention: nothing to prove.
    Definition,
    /// Theorems that Coq has checked, for all networks.
    InGeneral,
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
            Verdict::InGeneral => "proved in general",
            Verdict::ForAllK => "proved for all k",
            Verdict::Instance => "proved for this instance",
            Verdict::Random => "holds on exact random instances",
            Verdict::Repaired => "repaired",
            Verdict::Refuted => "refuted",
            Verdict::OutOfReach => "out of reach",
        }
    }
}

/// One claim of the papers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperClaim {
    /// Its id.
    pub id: String,
    /// Paper and equation or statement number.
    pub source: String,
    /// What is said to it.
    pub verdict: Verdict,
    /// The (corrected) statement in a line.
    pub statement: String,
    /// Why, in a line: the repair, the counterexample, what is out of reach.
    pub why: String,
    /// It rests on theorems of `proofs/rocq`, by their names,
    #[serde(default)]
    pub theorems: Vec<String>,
    /// on certificates of `proofs/`, by theirs,
    #[serde(default)]
    pub proofs: Vec<String>,
    /// on exact computations, by their names,
    #[serde(default)]
    pub checks: Vec<Check>,
    /// and on random instances of this statement.
    pub trials: Option<Statement>,
}

impl PaperClaim {
    /// The theorems it rests on.
    pub fn general(&self) -> impl Iterator<Item = &'static Theorem> {
        let names = self.theorems.iter();
        names.filter_map(|name| THEOREMS.theorem(name))
    }
}

/// How many random instances of a statement are tried, and from which seed.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instances {
    /// Which statement.
    pub statement: Statement,
    /// How many.
    pub count: u64,
    /// From which seed.
    pub seed: u64,
}

/// What is in `ledger.toml`, in its order.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// Every claim.
    pub claims: Vec<PaperClaim>,
    /// The random instances that claims rest on.
    pub trials: Vec<Instances>,
    /// Every certificate of `proofs/`: first the statements for all k, then those about single networks, in the order of the papers.
    pub proofs: Vec<Proof>,
    /// The networks that certificates speak of.
    pub networks: Vec<NamedNetwork>,
}

impl Ledger {
    /// The certificate of this name.
    pub fn proof(&self, name: &str) -> Option<&Proof> {
        self.proofs.iter().find(|proof| proof.name == name)
    }

    /// The JSON text of a network of this name, or of a family of `examples/`.
    pub fn network(&self, name: &str) -> Option<String> {
        if let Some((_, text)) = FAMILIES.iter().find(|(known, _)| *known == name) {
            return Some((*text).to_owned());
        }
        let network = self.networks.iter().find(|network| network.name == name);
        Some(network?.json())
    }
}

/// The ledger.
pub static LEDGER: LazyLock<Ledger> =
    LazyLock::new(|| read(TEXT).unwrap_or_else(|error| panic!("{error}")));

const TEXT: &str = include_str!("ledger.toml");

/// What is wrong in `ledger.toml`, and where.
#[derive(Debug, thiserror::Error)]
#[error("ledger.toml, line {line}, in {row}: {reason}")]
struct LedgerError {
    line: usize,
    /// The row's header and its first line, which is its id or name.
    row: String,
    reason: String,
}

fn read(text: &str) -> Result<Ledger, LedgerError> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start).min(text.len());
        let begun = text.as_bytes()[..at].iter().filter(|&&byte| byte == b'\n');
        let line = begun.count();
        let lines: Vec<&str> = text.lines().collect();
        let header = (0..=line).rev().find(|&n| {
            let found = lines.get(n);
            found.is_some_and(|line| line.starts_with("[["))
        });
        let row = header.and_then(|n| Some(format!("{} {}", lines[n], lines.get(n + 1)?)));
        LedgerError {
            line: line + 1,
            row: row.unwrap_or_else(|| "what stands before all rows".to_owned()),
            reason: error.message().to_owned(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::{Bindings, Limits, Verdict as Judgement, verify_text};
    use std::collections::BTreeSet;

    #[test]
    fn no_claim_is_missing_and_all_it_rests_on_exists() {
        let ids: BTreeSet<&str> = LEDGER
            .claims
            .iter()
            .map(|claim| claim.id.as_str())
            .collect();
        assert_eq!(ids.len(), LEDGER.claims.len(), "an id occurs twice");
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
        for claim in &LEDGER.claims {
            let id = &claim.id;
            for name in &claim.proofs {
                assert!(LEDGER.proof(name).is_some(), "{id}: no proof {name}");
            }
            if let Some(statement) = claim.trials {
                let found = LEDGER
                    .trials
                    .iter()
                    .filter(|row| row.statement == statement);
                assert_eq!(found.count(), 1, "{id}: trials of {statement:?}");
            }
            for name in &claim.theorems {
                let theorem = THEOREMS.theorem(name);
                assert!(
                    theorem.and_then(Theorem::text).is_some(),
                    "{id}: no theorem {name}"
                );
            }
            assert!(
                claim.verdict != Verdict::InGeneral || !claim.theorems.is_empty(),
                "{id} rests on no theorem"
            );
            let rests =
                [Verdict::ForAllK, Verdict::Instance, Verdict::Random].contains(&claim.verdict);
            let nothing =
                claim.proofs.is_empty() && claim.checks.is_empty() && claim.trials.is_none();
            assert!(!rests || !nothing, "{id} rests on nothing");
        }
    }

    #[test]
    fn names_are_given_once_and_used() {
        let names = |names: Vec<&str>| {
            let set: BTreeSet<String> = names.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(set.len(), names.len(), "a name occurs twice");
            set
        };
        names(LEDGER.proofs.iter().map(|row| row.name.as_str()).collect());
        let networks = names(
            LEDGER
                .networks
                .iter()
                .map(|row| row.name.as_str())
                .collect(),
        );
        let families = FAMILIES.iter().map(|(name, _)| (*name).to_owned());
        for name in networks.iter().cloned().chain(families) {
            let own = usize::from(networks.contains(&name));
            let found = TEXT.matches(&format!("\"{name}\"")).count();
            assert!(found > own, "{name} is not used");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_row() {
        let row = "[[claims]] id = \"A05b\"";
        let wrong = |from: &str, to: &str| {
            let start = TEXT.find("id = \"A05b\"").expect("the row");
            let (before, after) = TEXT.split_at(start);
            let text = before.to_owned() + &after.replacen(from, to, 1);
            read(&text).expect_err("wrong").to_string()
        };
        for (from, to, reason) in [
            (
                "\"in-general\"",
                "\"for-some-k\"",
                "unknown variant `for-some-k`",
            ),
            ("why =", "because =", "unknown field `because`"),
            ("why = \"e = 1/k\"\n", "", "missing field `why`"),
            ("why =", "why", "expected `=`"),
            ("why = \"e = 1/k\"", "why = 1", "invalid type: integer `1`"),
            (
                "why =",
                "checks = [\"none\"]\nwhy =",
                "no check is called none",
            ),
            ("why =", "trials = \"9.9\"\nwhy =", "unknown variant `9.9`"),
            ("why =", "id = \"A05c\"\nwhy =", "duplicate key"),
        ] {
            let said = wrong(from, to);
            assert!(said.contains(row) && said.contains(reason), "{to}: {said}");
        }
    }

    #[test]
    fn every_certificate_is_made_and_verified() {
        for proof in &LEDGER.proofs {
            let text = proof
                .certificate()
                .unwrap_or_else(|error| panic!("{}: {error}", proof.name));
            let verdict = verify_text(text.as_bytes(), &Limits::default(), &Bindings::default());
            assert!(
                matches!(verdict, Judgement::Verified(_)),
                "{}: {verdict:?}",
                proof.name
            );
        }
    }
}
