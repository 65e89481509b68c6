//! `relucert audit [CLAIM]`: every claim with what is said to it; all certificates made anew and given to the verifier.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use serde::Serialize;

use super::replay::{Replayed, axioms, check, file, make, replay, theorem_file, try_all};
use super::{annotated, documents};
use crate::audit::{LEDGER, PaperClaim, THEOREMS, Theorem, Verdict, find};
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::nearby::did_you_mean;
use crate::network::file::plain_words;
use crate::report::{Certificate, Format, explain};
use crate::watch::Watch;

#[derive(Serialize)]
struct Object {
    claims: Vec<ClaimObject>,
    /// How many claims have each verdict.
    verdicts: BTreeMap<&'static str, usize>,
    certificates: usize,
    /// Certificates that the verifier verified: all of them, or the audit fails.
    verified: usize,
    /// The document in the format that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<String>,
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
    /// Theorems for all networks.
    theorems: Vec<TheoremObject>,
    /// What was computed besides.
    computed: Vec<String>,
}

/// A theorem that was checked by Coq, and how to check it again.
#[derive(Serialize)]
struct TheoremObject {
    name: &'static str,
    statement: &'static str,
    file: String,
    axioms: &'static [String],
    /// The SHA-256 of the sources, as `proofs/README.md` says.
    sources: &'static str,
    /// The version of Coq.
    coq: &'static str,
}

impl TheoremObject {
    fn of(theorem: &'static Theorem) -> Self {
        Self {
            name: &theorem.name,
            statement: theorem.text().unwrap_or_default(),
            file: theorem_file(theorem),
            axioms: &theorem.axioms,
            sources: &THEOREMS.sources,
            coq: &THEOREMS.coq,
        }
    }
}

pub(super) fn run(
    claim: Option<&str>,
    write: Option<&Path>,
    format: Option<Format>,
    watch: &Watch,
    output: &Output,
) -> Result<Answer, Failure> {
    if let Some(query) = claim {
        return match find(query).as_slice() {
            [] => {
                let claims = LEDGER.claims.iter();
                let names = claims.flat_map(|claim| [claim.id.as_str(), claim.source.as_str()]);
                let meant = did_you_mean(query.trim(), names);
                Err(Failure::Usage(format!(
                    "no claim is found by '{query}': give an id (A05, C05, E8), a place (Example 2.5, 3.1, (54)) or a word of the statement; `relucert audit` lists all{meant}"
                )))
            }
            [claim] => one(claim, format, watch, output),
            several => list(query, several, format, watch, output),
        };
    }
    let start = Instant::now();
    let made = make(LEDGER.proofs.iter(), watch)?;
    let made_in = start.elapsed();
    let start = Instant::now();
    check(&made, watch)?;
    let verified_in = start.elapsed();
    let claims = replay_all(&LEDGER.claims.iter().collect::<Vec<_>>(), watch)?;
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
    let mut object = object(&claims, made.len());
    object.document = format.map(|format| annotated::table(&claims).render(format));
    output.answer("audit", &object, || {
        if let Some(document) = &object.document {
            return document.clone();
        }
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

fn replay_all(claims: &[&'static PaperClaim], watch: &Watch) -> Result<Vec<Replayed>, Failure> {
    let tried = try_all(claims, watch);
    let (since, all) = (Instant::now(), claims.len() as u64);
    let replayed = claims.iter().zip(0..).map(|(claim, done)| {
        watch.tell_of(since, done, all, "claims are replayed");
        replay(claim, &tried)
    });
    replayed.collect()
}

fn claim_object(replayed: &Replayed) -> ClaimObject {
    let claim = replayed.claim;
    let certificates: Vec<String> = claim.proofs.iter().map(|name| file(name)).collect();
    ClaimObject {
        id: &claim.id,
        source: &claim.source,
        statement: &claim.statement,
        verdict: replayed.verdict.clone(),
        why: &claim.why,
        certificate: certificates.first().cloned(),
        certificates,
        theorems: claim.general().map(TheoremObject::of).collect(),
        computed: replayed.computed.clone(),
    }
}

fn row(replayed: &Replayed) -> String {
    let claim = replayed.claim;
    let theorem = claim.general().next().map(theorem_file);
    let certificate = claim.proofs.first().map(|name| file(name));
    let first = match claim.verdict {
        Verdict::InGeneral => theorem.or(certificate),
        _ => certificate.or(theorem),
    };
    let proof = first.unwrap_or_else(|| "-".to_owned());
    let verdict = match claim.verdict {
        Verdict::OutOfReach => "out of reach",
        _ => &replayed.verdict,
    };
    format!(
        "{:<5} {:<28} {verdict:<52} {proof}\n      {}\n",
        claim.id, claim.source, claim.statement
    )
}

/// Several claims that were found: their rows of the table.
fn list(
    query: &str,
    found: &[&'static PaperClaim],
    format: Option<Format>,
    watch: &Watch,
    output: &Output,
) -> Result<Answer, Failure> {
    let names: BTreeSet<&String> = found.iter().flat_map(|claim| &claim.proofs).collect();
    let made = make(names.iter().filter_map(|name| LEDGER.proof(name)), watch)?;
    check(&made, watch)?;
    let claims = replay_all(found, watch)?;
    let mut object = object(&claims, made.len());
    object.document = format.map(|format| annotated::table(&claims).render(format));
    output.answer("audit", &object, || {
        if let Some(document) = &object.document {
            return document.clone();
        }
        let rows: String = claims.iter().map(row).collect();
        let (found, first) = (claims.len(), &claims[0].claim.id);
        format!("{rows}\n{found} claims are found by '{query}'; `relucert audit {first}` retells the proofs of the first\n")
    })?;
    Ok(Answer::Yes)
}

/// What is said of claims in JSON; all their certificates were verified.
fn object(claims: &[Replayed], certificates: usize) -> Object {
    let mut verdicts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for replayed in claims {
        *verdicts.entry(replayed.claim.verdict.words()).or_default() += 1;
    }
    Object {
        certificates,
        verified: certificates,
        verdicts,
        claims: claims.iter().map(claim_object).collect(),
        document: None,
    }
}

/// One claim in words: the statement, what is said to it, and every proof retold.
fn one(
    claim: &'static PaperClaim,
    format: Option<Format>,
    watch: &Watch,
    output: &Output,
) -> Result<Answer, Failure> {
    let made = make(
        claim.proofs.iter().filter_map(|name| LEDGER.proof(name)),
        watch,
    )?;
    check(&made, watch)?;
    let replayed = replay(claim, &try_all(&[claim], watch))?;
    let mut object = object(std::slice::from_ref(&replayed), made.len());
    if let Some(format) = format {
        object.document = Some(annotated::one(&replayed, &made)?.render(format));
        output.answer("audit", &object, || {
            object.document.clone().unwrap_or_default()
        })?;
        return Ok(Answer::Yes);
    }
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
            claim.id, claim.source, claim.statement, replayed.verdict, claim.why
        );
        for line in &replayed.computed {
            text += &format!("computed: {line}\n");
        }
        for theorem in claim.general() {
            text += &format!(
                "\n{}: {}_holds, checked by Coq {} from {} (sources {})\n\n{}\n",
                theorem_file(theorem),
                theorem.name,
                THEOREMS.coq,
                axioms(theorem),
                THEOREMS.sources,
                theorem.text().unwrap_or_default()
            );
        }
        text + &retold
    })?;
    Ok(Answer::Yes)
}
