//! The table of claims, and one claim with its proofs, as documents.

use super::replay::{Made, Replayed, axioms, file, theorem_file};
use crate::audit::{THEOREMS, Verdict};
use crate::cli::failure::Failure;
use crate::report::{Certificate, Document, explain};

/// Every claim: where it stands, what it says, what is said to it and why, and what shows it.
pub(super) fn table(claims: &[Replayed]) -> Document {
    let mut document = Document::default();
    document.heading(1, "Every claim of the papers, and what is said to it");
    let columns = ["id", "source", "statement", "verdict", "why", "shown by"];
    let rows = claims.iter().map(|replayed| {
        let claim = replayed.claim;
        let theorems = claim.general().map(|theorem| theorem.name.clone());
        let shown: Vec<String> = theorems.chain(claim.proofs.iter().cloned()).collect();
        let verdict = match claim.verdict {
            Verdict::OutOfReach => "out of reach".to_owned(),
            _ => replayed.verdict.clone(),
        };
        let cells = [&claim.id, &claim.source, &claim.statement];
        let cells = cells.into_iter().cloned();
        cells
            .chain([verdict, claim.why.clone(), shown.join(", ")])
            .collect()
    });
    document.table(columns.map(str::to_owned).to_vec(), rows.collect());
    document
}

/// One claim: the statement, what is said to it, its theorems, and its certificates' proofs, which the verifier has verified.
pub(super) fn one(replayed: &Replayed, made: &[Made]) -> Result<Document, Failure> {
    let claim = replayed.claim;
    let mut document = Document::default();
    document.heading(
        1,
        format!("{} ({}): {}", claim.id, claim.source, claim.statement),
    );
    document.paragraph(format!("{}: {}", replayed.verdict, claim.why));
    for line in &replayed.computed {
        document.item(format!("computed: {line}"));
    }
    for theorem in claim.general() {
        document.heading(2, format!("The theorem {}", theorem.name));
        document.paragraph(format!(
            "{}: {}_holds, checked by Coq {} from {} (sources {})",
            theorem_file(theorem),
            theorem.name,
            THEOREMS.coq,
            axioms(theorem),
            THEOREMS.sources
        ));
        document.verbatim(theorem.text().unwrap_or_default());
    }
    for made in made {
        let certificate = Certificate::read(&made.text)
            .map_err(|error| Failure::Internal(format!("{}: {error}", made.proof.name)))?;
        document.heading(2, format!("The certificate {}", file(&made.proof.name)));
        document.paragraph(format!("{}. Verified.", made.proof.shows));
        document.append(&explain(&certificate));
    }
    Ok(document)
}
