//! The table and the errata that are written beside the certificates.

use super::replay::{Replayed, axioms};
use crate::audit::{LEDGER, THEOREMS, Theorem, Verdict};

/// `proofs/README.md`: what the certificates show, and every claim with what is said to it.
pub(super) fn readme(claims: &[Replayed]) -> String {
    let mut text = String::from(
        "# Every claim of the papers, and its certificates\n\n\
         `relucert audit --write proofs` makes everything in this directory anew, byte for byte; `cargo test --test proofs` checks that it \
         does and gives every certificate to the verifier. `relucert explain FILE` retells a certificate in words, `relucert audit CLAIM` \
         one claim with all its proofs. [ERRATA.md](ERRATA.md) lists the errors and gaps.\n\n\
         [`rocq/`](rocq) has theorems for all networks, checked by Coq: `make` there builds them, `cargo test --test rocq` compares them with what \
         is said here.\n\n\
         ## Certificates\n\n| certificate | what it shows |\n|---|---|\n",
    );
    for proof in &LEDGER.proofs {
        let name = &proof.name;
        text += &format!("| [`{name}`]({name}.rcert) | {} |\n", cell(&proof.shows));
    }
    text += &format!(
        "\n## Theorems for all networks\n\n\
         Coq {} has checked these; `find . -name '*.v' | LC_ALL=C sort | xargs sha256sum` in `rocq/` prints lines whose own SHA-256 is `{}`.\n\n\
         | theorem | stated in | proved in | axioms of the standard library |\n|---|---|---|---|\n",
        THEOREMS.coq, THEOREMS.sources
    );
    for theorem in &THEOREMS.theorems {
        text += &format!(
            "| `{}` | [{2}](rocq/{2}) | [{3}](rocq/{3}) | {1} |\n",
            theorem.name,
            axioms(theorem),
            theorem.statement,
            theorem.proof
        );
    }
    text += "\n## Claims\n\n\
        A setup, B optimisation, C examples, D Theorems 3.1 and 3.3 with the appendix, F the note on sets of realizations, N new \
        statements, E errors and gaps.\n\n\
        | id | source | statement | verdict | why | theorems and certificates |\n|---|---|---|---|---|---|\n";
    for replayed in claims {
        let claim = replayed.claim;
        let theorems = claim.general().map(theorem_link);
        let certificates = claim
            .proofs
            .iter()
            .map(|name| format!("[{name}]({name}.rcert)"));
        let links: Vec<String> = theorems.chain(certificates).collect();
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
        for theorem in claim.general() {
            text += &format!(
                "\n- {}: for all networks, checked by Coq",
                theorem_link(theorem)
            );
        }
        for name in &claim.proofs {
            let shows = LEDGER.proof(name).map_or("", |proof| &proof.shows);
            text += &format!("\n- [`{name}.rcert`]({name}.rcert): {shows}");
        }
        text.push('\n');
    }
    text
}

fn theorem_link(theorem: &Theorem) -> String {
    format!("[`{}`](rocq/{})", theorem.name, theorem.proof)
}

/// A table cell: bars would end it.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
