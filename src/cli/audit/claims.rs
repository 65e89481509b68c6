//! `relucert audit [CLAIM]`: every claim with what is said to it; all certificates made anew and given to the verifier.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use serde::Serialize;

use super::documents;
use super::replay::{Replayed, certificates, check, file, make, replay, try_all};
use crate::audit::{Entry, LEDGER, Verdict, all_proofs, find, proof};
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::network::file::plain_words;
use crate::report::{Certificate, Format, explain};

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
