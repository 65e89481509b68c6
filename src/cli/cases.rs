//! The hypotheses and cases of a theorem in words, of networks of numbers and of families.

use super::words::Row;
use crate::certificate::ProofCase;
use crate::stability::{Case, Theorem};

/// The rows of hypotheses that hold, and of how many neurons are in which case; `beta` is that of the theorem.
pub(super) fn rows(theorem: Theorem, beta: String, cases: &[Case]) -> Vec<Row> {
    let counts = |labels: &[ProofCase]| {
        let counts = labels
            .iter()
            .map(|of| format!("{}: {}", of.label(), count(cases, Case::Proof(*of))));
        ("cases", counts.collect::<Vec<_>>().join("   "))
    };
    match theorem {
        Theorem::Main => vec![
            ("hypotheses", "C.1, C.2, C.3a, C.3b hold".to_owned()),
            counts(&ProofCase::OF_MAIN),
        ],
        Theorem::Refined => {
            let (all, alone) = (cases.len(), count(cases, Case::Alone));
            let partners = format!("{} of {all} neurons; U has {alone}", all - alone);
            let holds = "C.2, C.3a, C.3b hold for live neurons".to_owned();
            vec![
                ("hypotheses", holds),
                ("partners", partners),
                ("β over U", beta),
            ]
        }
        Theorem::Star => vec![counts(&ProofCase::OF_STAR)],
    }
}

fn count(cases: &[Case], of: Case) -> usize {
    cases.iter().filter(|case| **case == of).count()
}

/// The Θ′ that C.3 was asked of.
pub(super) fn flipped(flip: &[usize]) -> Row {
    let flipped: Vec<String> = flip.iter().map(usize::to_string).collect();
    let flipped = flipped.join(", ");
    (
        "Θ′",
        format!("Θ with neurons {flipped} flipped: Σ c_i a_i over them is 0"),
    )
}

/// What is said where a hypothesis fails.
pub(super) fn refusal(theorem: Theorem) -> Row {
    match theorem {
        Theorem::Main => ("Theorem 3.1", "does not apply".to_owned()),
        Theorem::Refined => ("Theorem 3.1", "does not apply in refined form".to_owned()),
        Theorem::Star => ("Theorem 3.3", "does not apply".to_owned()),
    }
}
