//! What flips say of a network, in words: of numbers or of functions of k.

use std::fmt::Write as _;

use crate::parametrizations::{Flippable, Independent, Outcome};

fn list(indices: &[usize]) -> String {
    let texts: Vec<String> = indices.iter().map(usize::to_string).collect();
    texts.join(", ")
}

/// Why a network is not unique, or why it is; of a set it is asked whether it is that of Lemma A.5.
pub(super) fn reasons(found: &Flippable, is_lemma_a5: impl Fn(&[usize]) -> bool) -> Vec<String> {
    let mut reasons = Vec::new();
    if !found.dead.is_empty() {
        let dead = list(&found.dead);
        reasons.push(format!(
            "neurons that are not live can be changed freely: {dead}"
        ));
    }
    for group in &found.shared {
        let group = list(group);
        reasons.push(format!(
            "neurons on one hyperplane can share their contribution in other ways: {group}"
        ));
    }
    let sets = match &found.outcome {
        Outcome::All(solutions) => &solutions.sets,
        Outcome::Unknown { found, .. } => found,
    };
    for set in sets.iter().take(20) {
        let name = if is_lemma_a5(set) { " (Lemma A.5)" } else { "" };
        let set = list(set);
        reasons.push(format!("the contributions c_i a_i of {set} add up to zero{name}: a_i may become -a_i for these together"));
    }
    if sets.len() > 20 {
        reasons.push(format!("{} further sets", sets.len() - 20));
    }
    match found.independent {
        _ if !reasons.is_empty() => {}
        Some(Independent::InnerWeights) => {
            reasons.push("the a_i are linearly independent (Lemma A.3)".to_owned());
        }
        Some(Independent::Contributions) => {
            reasons.push("the matrices c_i a_i^T are linearly independent (N3)".to_owned());
        }
        None if found.unique() == Some(true) => {
            reasons.push("no set of contributions c_i a_i^T adds up to zero (N3)".to_owned());
        }
        None => {}
    }
    reasons
}

/// The answer in words; `known` says of the sets that there may be others.
pub(super) fn said(
    unique: Option<bool>,
    reasons: &[String],
    known: &str,
    sets: &[Vec<usize>],
) -> String {
    let mut text = String::new();
    let unique = match unique {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not known",
    };
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "unique up to permutation and positive rescaling: {unique}"
    );
    for reason in reasons {
        let _ = writeln!(text, "  {reason}");
    }
    let _ = writeln!(text, "flip sets{known}: {}", sets.len());
    for set in sets {
        let _ = writeln!(text, "  {{{}}}", list(set));
    }
    text
}
