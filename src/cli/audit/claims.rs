//! `relucert audit [CLAIM]`: every claim with what is said to it; all certificates made anew and given to the verifier.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;
use serde::Serialize;

use super::documents;
use crate::audit::{
    Entry, Evidence, LEDGER, Proof, SEED, Statement, Trials, Verdict, all_proofs, find, proof,
    trials,
};
use crate::cli::output::Output;
use crate::cli::{Answer, Failure};
use crate::network::file::plain_words;
use crate::report::{Certificate, Format, explain};
use crate::verify::{self, Bindings, Limits, verify_text};
use crate::watch::Watch;

#[derive(Serialize)]
struct Object {
    claims: Vec<ClaimObject>,
    /// How many claims have each verdict.
    verdicts: BTreeMap<&'static str, usize>,
    certificates: usize,
    /// Certificates that the verifier verified: all of them, or the audit fails.
    verified: usize,
}

#[derive(Serialize)]
struct ClaimObject {
    id: &'static str,
    source: &'static str,
    statement: &'static str,
    verdict: String,
    why: &'static str,
    /// The first certificate, in `proofs/`; null if there is none.
    certificate: Option<String>,
    certificates: Vec<String>,
    /// What was computed besides.
    computed: Vec<String>,
}

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

pub(super) fn run(
    claim: Option<&str>,
    write: Option<&Path>,
    output: &Output,
) -> Result<Answer, Failure> {
    if let Some(query) = claim {
        return match find(query).as_slice() {
            [] => Err(Failure::Usage(format!(
                "no claim is found by '{query}': give an id (A05, C05, E8), a place (Example 2.5, 3.1, (54)) or a word of the statement; `relucert audit` lists all"
            ))),
            [entry] => one(entry, output),
            several => list(query, several, output),
        };
    }
    let start = Instant::now();
    let made = make(all_proofs().iter())?;
    let made_in = start.elapsed();
    let start = Instant::now();
    check(&made)?;
    let verified_in = start.elapsed();
    let tried = try_all(LEDGER.iter());
    let claims: Vec<Replayed> = LEDGER
        .iter()
        .map(|entry| replay(entry, &tried))
        .collect::<Result<_, Failure>>()?;
    if let Some(directory) = write {
        std::fs::create_dir_all(directory).map_err(|error| {
            Failure::Usage(format!(
                "{}: cannot be made: {}",
                directory.display(),
                plain_words(&error)
            ))
        })?;
        for made in &made {
            let path = directory.join(format!("{}.rcert", made.proof.name));
            output.save(&path, &made.text)?;
        }
        output.save(&directory.join("README.md"), &documents::readme(&claims))?;
        output.save(&directory.join("ERRATA.md"), &documents::errata(&claims))?;
    }
    let object = object(&claims, made.len());
    output.answer("audit", &object, || {
        let mut text: String = claims.iter().map(row).collect();
        text.push('\n');
        for (verdict, count) in &object.verdicts {
            text += &format!("{verdict:<34} {count}\n");
        }
        text += &format!(
            "{:<34} {} made in {:.2} s, all VERIFIED in {:.2} s\n",
            "certificates",
            made.len(),
            made_in.as_secs_f64(),
            verified_in.as_secs_f64()
        );
        text
    })?;
    Ok(Answer::Yes)
}

/// Makes certificates, in parallel, in the table's order.
fn make(proofs: impl Iterator<Item = &'static Proof>) -> Result<Vec<Made>, Failure> {
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
fn check(made: &[Made]) -> Result<(), Failure> {
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
fn try_all(entries: impl Iterator<Item = &'static Entry>) -> Tried {
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

fn replay(entry: &'static Entry, known: &Tried) -> Result<Replayed, Failure> {
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

fn claim_object(claim: &Replayed) -> ClaimObject {
    let entry = claim.entry;
    let certificates: Vec<String> = certificates(entry).into_iter().map(file).collect();
    ClaimObject {
        id: &entry.id,
        source: &entry.source,
        statement: &entry.statement,
        verdict: claim.verdict.clone(),
        why: &entry.why,
        certificate: certificates.first().cloned(),
        certificates,
        computed: claim.computed.clone(),
    }
}

fn row(claim: &Replayed) -> String {
    let entry = claim.entry;
    let certificate = certificates(entry).first().map(|name| file(name));
    let certificate = certificate.unwrap_or_else(|| "-".to_owned());
    let verdict = match entry.verdict {
        Verdict::OutOfReach => "out of reach",
        _ => &claim.verdict,
    };
    format!(
        "{:<5} {:<28} {verdict:<52} {certificate}\n      {}\n",
        entry.id, entry.source, entry.statement
    )
}

/// Several claims that were found: their rows of the table.
fn list(query: &str, entries: &[&'static Entry], output: &Output) -> Result<Answer, Failure> {
    let names: BTreeSet<&str> = entries
        .iter()
        .flat_map(|entry| certificates(entry))
        .collect();
    let made = make(names.iter().filter_map(|name| proof(name)))?;
    check(&made)?;
    let tried = try_all(entries.iter().copied());
    let claims: Vec<Replayed> = entries
        .iter()
        .map(|entry| replay(entry, &tried))
        .collect::<Result<_, Failure>>()?;
    let object = object(&claims, made.len());
    output.answer("audit", &object, || {
        let rows: String = claims.iter().map(row).collect();
        let (found, first) = (claims.len(), &claims[0].entry.id);
        format!("{rows}\n{found} claims are found by '{query}'; `relucert audit {first}` retells the proofs of the first\n")
    })?;
    Ok(Answer::Yes)
}

/// What is said of claims in JSON; all their certificates were verified.
fn object(claims: &[Replayed], certificates: usize) -> Object {
    let mut verdicts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for claim in claims {
        *verdicts.entry(claim.entry.verdict.words()).or_default() += 1;
    }
    Object {
        certificates,
        verified: certificates,
        verdicts,
        claims: claims.iter().map(claim_object).collect(),
    }
}

/// One claim in words: the statement, what is said to it, and every proof retold.
fn one(entry: &'static Entry, output: &Output) -> Result<Answer, Failure> {
    let names = certificates(entry);
    let made = make(names.iter().filter_map(|name| proof(name)))?;
    check(&made)?;
    let claim = replay(entry, &try_all(std::iter::once(entry)))?;
    let object = object(std::slice::from_ref(&claim), made.len());
    let mut retold = String::new();
    for made in &made {
        let certificate = Certificate::read(&made.text)
            .map_err(|error| Failure::Internal(format!("{}: {error}", made.proof.name)))?;
        retold += &format!(
            "\n{}: {}\nVERIFIED\n\n{}",
            file(&made.proof.name),
            made.proof.shows,
            explain(&certificate).render(Format::Text)
        );
    }
    output.answer("audit", &object, || {
        let mut text = format!(
            "{} ({}): {}\n{}: {}\n",
            entry.id, entry.source, entry.statement, claim.verdict, entry.why
        );
        for line in &claim.computed {
            text += &format!("computed: {line}\n");
        }
        text + &retold
    })?;
    Ok(Answer::Yes)
}
