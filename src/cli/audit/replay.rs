//! Claims replayed: their certificates made anew and given to the verifier, and what is computed besides.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use rayon::prelude::*;

use crate::audit::{Instances, LEDGER, PaperClaim, Proof, SEED, Theorem, Trials, Verdict, trials};
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

/// The file of a theorem's proof, as the table names it.
pub(super) fn theorem_file(theorem: &Theorem) -> String {
    format!("proofs/rocq/{}", theorem.proof)
}

/// The axioms of a theorem in words: the last part of their names says which they are.
pub(super) fn axioms(theorem: &Theorem) -> String {
    let last = |name: &String| name.rsplit('.').next().unwrap_or(name).to_owned();
    match theorem.axioms.as_slice() {
        [] => "no axiom".to_owned(),
        axioms => axioms.iter().map(last).collect::<Vec<_>>().join(", "),
    }
}

/// A claim with what was computed for it.
pub(super) struct Replayed {
    pub(super) claim: &'static PaperClaim,
    /// The verdict, with numbers where random instances were tried.
    pub(super) verdict: String,
    pub(super) computed: Vec<String>,
}

/// Makes certificates, in parallel, in the table's order; tells how many.
pub(super) fn make(
    proofs: impl Iterator<Item = &'static Proof>,
    watch: &Watch,
) -> Result<Vec<Made>, Failure> {
    let proofs: Vec<&'static Proof> = proofs.collect();
    let (since, all, done) = (Instant::now(), proofs.len() as u64, AtomicU64::new(0));
    proofs
        .into_par_iter()
        .map(|proof| {
            let done = done.fetch_add(1, Ordering::Relaxed);
            watch.tell_of(since, done, all, "certificates are made");
            let text = proof.certificate();
            let text = text.map_err(|error| {
                Failure::Internal(format!("certificate {}: {error}", proof.name))
            })?;
            Ok(Made { proof, text })
        })
        .collect()
}

/// Gives every certificate to the verifier.
pub(super) fn check(made: &[Made], watch: &Watch) -> Result<(), Failure> {
    let (since, all) = (Instant::now(), made.len() as u64);
    for (made, done) in made.iter().zip(0..) {
        watch.tell_of(since, done, all, "certificates are verified");
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

/// The random instances of the ledger, and what they showed.
type Tried = Vec<(&'static Instances, Trials)>;

/// Every set of random instances that the claims rest on, once.
pub(super) fn try_all(claims: &[&'static PaperClaim], watch: &Watch) -> Tried {
    let needed = |row: &&Instances| {
        let mut statements = claims.iter().filter_map(|claim| claim.trials);
        statements.any(|statement| statement == row.statement)
    };
    let rows = LEDGER.trials.iter().filter(needed);
    let tried = rows.map(|row| {
        let found = trials(row.statement, row.count, row.seed, watch);
        (row, found)
    });
    tried.collect()
}

pub(super) fn replay(claim: &'static PaperClaim, known: &Tried) -> Result<Replayed, Failure> {
    let mut computed = Vec::new();
    let mut tried = None;
    if let Some(statement) = claim.trials {
        let found = known.iter().find(|(row, _)| row.statement == statement);
        let (row, found) =
            found.ok_or_else(|| Failure::Internal("instances were not tried".into()))?;
        if let Some(failure) = found.failures.first() {
            return Err(Failure::Internal(format!("claim {}: {failure}", claim.id)));
        }
        let (applied, count, seed) = (found.applied, row.count, row.seed);
        computed.push(format!(
            "{count} adversarial random instances, seed {seed}: hypotheses hold in {applied}, no failure"
        ));
        tried = Some((applied, seed));
    }
    for check in &claim.checks {
        let found = (check.run)();
        let found = found.map_err(|reason| {
            Failure::Internal(format!("claim {}, {}: {reason}", claim.id, check.name))
        })?;
        if let Some(count) = found.random {
            tried = tried.or(Some((count, SEED)));
        }
        computed.push(found.line);
    }
    let verdict = match (claim.verdict, tried) {
        (Verdict::Random, Some((count, seed))) => {
            format!("holds on {count} exact random instances (seed {seed})")
        }
        (Verdict::OutOfReach, _) => format!("out of reach: {}", claim.why),
        (verdict, _) => verdict.words().to_owned(),
    };
    Ok(Replayed {
        claim,
        verdict,
        computed,
    })
}
