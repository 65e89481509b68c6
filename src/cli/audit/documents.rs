//! The table and the errata that are written beside the certificates.

use super::replay::Replayed;
use crate::audit::{LEDGER, Verdict};

/// `proofs/README.md`: what the certificates show, and every claim with what is said to it.
pub(super) fn readme(claims: &[Replayed]) -> String {
    let mut text = String::from(
        "# Every claim of the papers, and its certificates\n\n\
         `relucert audit --write proofs` makes everything in this directory anew, byte for byte; `cargo test --test proofs` checks that it \
         does and gives every certificate to the verifier. `relucert explain FILE` retells a certificate in words, `relucert audit CLAIM` \
         one claim with all its proofs. [ERRATA.md](ERRATA.md) lists the errors and gaps.\n\n\
         ## Certificates\n\n| certificate | what it shows |\n|---|---|\n",
    );
    for proof in &LEDGER.proofs {
        let name = &proof.name;
        text += &format!("| [`{name}`]({name}.rcert) | {} |\n", cell(&proof.shows));
    }
    text += "\n## Claims\n\n\
        A setup, B optimisation, C examples, D Theorems 3.1 and 3.3 with the appendix, F the note on sets of realizations, N new \
        statements, E errors and gaps.\n\n\
        | id | source | statement | verdict | why | certificates |\n|---|---|---|---|---|---|\n";
    for replayed in claims {
        let claim = replayed.claim;
        let links: Vec<String> = claim
            .proofs
            .iter()
            .map(|name| format!("[{name}]({name}.rcert)"))
            .collect();
        let verdict = match claim.verdict {
            Verdict::OutOfReach => "out of reach",
            _ => &replayed.verdict,
        };
        text += &format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            claim.id,
            cell(&claim.source),
            cell(&claim.statement),
            verdict,
            cell(&claim.why),
            links.join(" ")
        );
    }
    text
}

/// `proofs/ERRATA.md`: each error or gap with its counterexample or repair.
pub(super) fn errata(claims: &[Replayed]) -> String {
    let mut text = String::from(
        "# Errors and gaps\n\n\
         Every statement of the papers that is false or incomplete as it stands, with an exact counterexample or the repair. The versions: \
         the published paper, its first version, and the note on the topology of sets of realizations (002). Certificates are in this \
         directory; numbers not in a certificate were computed exactly by `relucert audit`.\n",
    );
    let is_error = |replayed: &&Replayed| {
        matches!(replayed.claim.verdict, Verdict::Refuted | Verdict::Repaired)
    };
    for replayed in claims.iter().filter(is_error) {
        let claim = replayed.claim;
        text += &format!(
            "\n## {} ({}): {}\n\n**Claim.** {}\n\n**{}.** {}\n",
            claim.id,
            claim.source,
            replayed.verdict,
            claim.statement,
            match claim.verdict {
                Verdict::Refuted => "Why it is false",
                _ => "Repair",
            },
            claim.why
        );
        for line in &replayed.computed {
            text += &format!("\nComputed: {line}.\n");
        }
        for name in &claim.proofs {
            let shows = LEDGER.proof(name).map_or("", |proof| &proof.shows);
            text += &format!("\n- [`{name}.rcert`]({name}.rcert): {shows}");
        }
        text.push('\n');
    }
    text
}

/// A table cell: bars would end it.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
