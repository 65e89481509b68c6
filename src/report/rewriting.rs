//! Steps that rewrite the current network, retold: what is replaced by what, and what the producer calls it.

use super::document::Document;
use super::networks::MOST_NUMBERS;
use super::numbers::tuple;
use super::reading::Certificate;
use crate::certificate::{Rewrite, Step, Surd, Why};

/// All rewritings, with the numbers of their steps.
pub(super) fn retell(document: &mut Document, certificate: &Certificate) {
    for (index, step) in certificate.steps.iter().enumerate() {
        if let Some(words) = words(step) {
            document.item(format!("Step {}: {words}", index + 1));
        }
    }
}

/// A rewriting in words; `None` for other steps.
pub(crate) fn words(step: &Step) -> Option<String> {
    match step {
        Step::Permute(permute) => Some(format!(
            "the neurons are put in the order π = {:?} (59)/(103)",
            permute.order
        )),
        Step::Rewrite(rewrite) => Some(rewrite_words(rewrite)),
        _ => None,
    }
}

/// What is in the places of neurons after a rewriting: new ones stand where those that give way stood, in order, further ones at the end.
pub(crate) fn replaced<T>(
    rows: Vec<T>,
    replaces: &[usize],
    new: impl IntoIterator<Item = T>,
) -> Vec<T> {
    let mut new = new.into_iter();
    let mut kept = Vec::with_capacity(rows.len());
    for (neuron, row) in rows.into_iter().enumerate() {
        match replaces.contains(&neuron) {
            true => kept.extend(new.next()),
            false => kept.push(row),
        }
    }
    kept.extend(new);
    kept
}

/// The neuron that a rewriting replaces by one other.
pub(super) fn neuron(step: &Step) -> Option<usize> {
    match step {
        Step::Rewrite(rewrite) if rewrite.a.len() == 1 => match rewrite.replaces.as_slice() {
            [neuron] => Some(*neuron),
            _ => None,
        },
        _ => None,
    }
}

fn rewrite_words(step: &Rewrite) -> String {
    let which = match step.replaces.as_slice() {
        [] => String::new(),
        [one] => format!("neuron {one} "),
        several => format!("the neurons {several:?} "),
    };
    let new: Vec<String> = step
        .a
        .iter()
        .zip(&step.c)
        .map(|(a, c)| new_words(a, c))
        .collect();
    let numbers: usize = step.a.iter().chain(&step.c).map(Vec::len).sum();
    let what = match (step.replaces.is_empty(), new.as_slice()) {
        (true, new) => format!("{} added at the end", are(new)),
        (false, []) => match step.replaces.len() {
            1 => "is removed".to_owned(),
            _ => "are removed".to_owned(),
        },
        (false, new) if numbers > MOST_NUMBERS && new.len() > 1 => format!(
            "give way to {} others, whose numbers are in the certificate",
            new.len()
        ),
        (false, [one]) if numbers > MOST_NUMBERS && one != ZERO => {
            "gives way to another, whose numbers are in the certificate".to_owned()
        }
        (false, [one]) if step.replaces.len() == 1 => format!("becomes {one}"),
        (false, new) => format!("become {}", new.join(" and ")),
    };
    format!(
        "{which}{what} (the producer calls this {})",
        producers(step.why)
    )
}

const ZERO: &str = "zero";

/// How many neurons there are, and whether they are zero.
fn are(new: &[String]) -> String {
    let zero = match new.iter().all(|words| words == ZERO) {
        true => "zero ",
        false => "",
    };
    match new.len() {
        1 => format!("1 {zero}neuron is"),
        count => format!("{count} {zero}neurons are"),
    }
}

/// A new neuron: its weights, or that it is zero.
fn new_words(a: &[Surd], c: &[Surd]) -> String {
    match a.iter().chain(c).all(|entry| entry.to_string() == "0") {
        true => ZERO.to_owned(),
        false => format!("a = {}, c = {}", tuple(a), tuple(c)),
    }
}

/// What the word means. Nothing is checked of it: the old neurons and the new ones make the same function whatever it is called.
fn producers(why: Why) -> &'static str {
    match why {
        Why::Kill => "a kill: what contributes nothing becomes zero",
        Why::Merge => {
            "a merge (43)/(87): of neurons whose a are positive multiples of each other the first gets c = Σ c_j ‖a_j‖/‖a‖, the others \
             become zero (45), (46)"
        }
        Why::Scale => "a scaling: a times λ, c divided by it",
        Why::Radical => "a radical: a times √t, c divided by it",
        Why::Stretch => "a stretch: a times a sum of square roots, c divided by it",
        Why::Flip => {
            "a flip: all a change their sign, where Σ c_i a_iᵀ over them is 0 (Lemma A.5); with biases a constant goes into e"
        }
        Why::Split => "a split: a neuron and a zero one share its c",
        Why::Revive => "a revival: a zero neuron gets weights that contribute nothing",
        Why::Fold => "a fold: a constant neuron goes into the output bias",
        Why::Resize => "a resizing: zero neurons come or go",
    }
}
