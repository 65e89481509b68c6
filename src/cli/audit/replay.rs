//! Claims replayed: their certificates made anew and given to the verifier, and what is computed besides.

use rayon::prelude::*;

use crate::audit::{Entry, Evidence, Proof, SEED, Statement, Trials, Verdict, trials};
use crate::cli::failure::Failure;
use crate::verify::{self, Bindings, Limits, verify_text};
use crate::watch::Watch;

/// A certificate with its text.
pub(super) struct Made {
    pub(super) proof: &'static Proof,
    pub(super) text: String,
}

/// The file of a certificate, as the table names it.
pub(super) fn file(name: &str) -> String {
    format!("proofs/{name}.rcert")
}

/// A claim with what was computed for it.
pub(super) struct Replayed {
    pub(super) entry: &'static Entry,
    /// The verdict, with numbers where random instances were tried.
    pub(super) verdict: String,
    pub(super) computed: Vec<String>,
}

/// Makes certificates, in parallel, in the table's order.
pub(super) fn make(proofs: impl Iterator<Item = &'static Proof>) -> Result<Vec<Made>, Failure> {
    let proofs: Vec<&'static Proof> = proofs.collect();
    proofs
        .into_par_iter()
        .map(|proof| {
            let text = proof.certificate();
            let text = text.map_err(|error| {
                Failure::Internal(format!("certificate {}: {error}", proof.name))
            })?;
            Ok(Made { proof, text })
        })
        .collect()
}

/// Gives every certificate to the verifier.
pub(super) fn check(made: &[Made]) -> Result<(), Failure> {
    for made in made {
        let verdict = verify_text(
            made.text.as_bytes(),
            &Limits::default(),
            &Bindings::default(),
        );
        if !matches!(verdict, verify::Verdict::Verified(_)) {
            let name = &made.proof.name;
            return Err(Failure::Internal(format!(
                "certificate {name} was not verified: {verdict:?}"
            )));
        }
    }
    Ok(())
}

/// Random instances: the statement's place, how many, the seed.
type Tried = Vec<((Statement, u64, u64), Trials)>;

/// Every set of random instances that the entries rest on, once.
pub(super) fn try_all(entries: impl Iterator<Item = &'static Entry>) -> Tried {
    let mut tried: Tried = Vec::new();
    for evidence in entries.flat_map(|entry| &entry.evidence) {
        if let Evidence::Trials {
            statement,
            count,
            seed,
        } = *evidence
        {
            let key = (statement, count, seed);
            if !tried.iter().any(|(known, _)| *known == key) {
                tried.push((key, trials(statement, count, seed, &Watch::none())));
            }
        }
    }
    tried
}

pub(super) fn replay(entry: &'static Entry, known: &Tried) -> Result<Replayed, Failure> {
    let mut computed = Vec::new();
    let mut tried = None;
    for evidence in &entry.evidence {
        match evidence {
            Evidence::Proof(_) => {}
            Evidence::Trials {
                statement,
                count,
                seed,
            } => {
                let key = (*statement, *count, *seed);
                let found = known.iter().find(|(other, _)| *other == key);
                let (_, found) =
                    found.ok_or_else(|| Failure::Internal("instances were not tried".into()))?;
                if let Some(failure) = found.failures.first() {
                    return Err(Failure::Internal(format!("claim {}: {failure}", entry.id)));
                }
                let applied = found.applied;
                computed.push(format!(
                    "{count} adversarial random instances, seed {seed}: hypotheses hold in {applied}, no failure"
                ));
                tried = Some((applied, *seed));
            }
            Evidence::Check(check) => {
                let found = (check.run)();
                let found = found.map_err(|reason| {
                    Failure::Internal(format!("claim {}, {}: {reason}", entry.id, check.name))
                })?;
                if let Some(count) = found.random {
                    tried = tried.or(Some((count, SEED)));
                }
                computed.push(found.line);
            }
        }
    }
    let verdict = match (entry.verdict, tried) {
        (Verdict::Random, Some((count, seed))) => {
            format!("holds on {count} exact random instances (seed {seed})")
        }
        (Verdict::OutOfReach, _) => format!("out of reach: {}", entry.why),
        (verdict, _) => verdict.words().to_owned(),
    };
    Ok(Replayed {
        entry,
        verdict,
        computed,
    })
}

/// The certificates of an entry.
pub(super) fn certificates(entry: &Entry) -> Vec<&str> {
    let names = entry.evidence.iter().filter_map(|evidence| match evidence {
        Evidence::Proof(name) => Some(name.as_str()),
        _ => None,
    });
    names.collect()
}
