//! What the ids and the double equation numbers in retellings mean: each is explained once, where it first stands.

use std::collections::BTreeSet;

/// Ids of this project's own results (N), of claims of the paper as they were checked (D), and of errors found in it (E), with what each
/// says.
const IDS: [(&str, &str); 18] = [
    (
        "N1",
        "every shallow network is, in one way alone, M x + ½ Σ_H κ_H |⟨n_H,x⟩|: a linear part, and kinks on different hyperplanes H",
    ),
    (
        "N2",
        "a network has g = (M, κ) iff on every hyperplane H its contributions of either orientation add up to κ_H, and the negatively oriented ones of all H to the linear part that is left",
    ),
    (
        "N3",
        "a network of live neurons on different hyperplanes is unique up to order, positive scaling and changes of sign of sets F with Σ_F c_i a_iᵀ = 0",
    ),
    (
        "N4",
        "with one output, the least number of neurons is the number of kinks, or one or two more",
    ),
    (
        "N5",
        "the nearest parametrization is an assignment of neurons to places that makes the largest cost least; Hall's theorem shows that none is better",
    ),
    (
        "N6",
        "Theorem 3.1 with β taken over those neurons of Γ alone that g does not match",
    ),
    (
        "N7",
        "the constant of Theorem 3.3 can be 2√2 in place of 4, and no less",
    ),
    (
        "N8",
        "in N*, near R(Γ) in the seminorm all functions have Γ's hyperplanes, and one parametrization each",
    ),
    (
        "N9",
        "a form of Theorem 1.3 that can be proved, with N* and a bound on the Lipschitz constant",
    ),
    (
        "N10",
        "J, the largest jump of the gradient across a hyperplane, is at most 2r and can take its place in the proof of Theorem 3.1",
    ),
    (
        "D03",
        "C.3 asks for some Θ with R(Θ) = g, not for the one that is given",
    ),
    (
        "D04",
        "Theorem 3.1; its bound β + 2√r can be sharpened to β + √2·√r, and no further",
    ),
    ("D16", "in case A the bound is β + √(2r), not only β + 2√r"),
    (
        "D25",
        "N*: balanced, no a_i a positive multiple of another, the last two entries of every a_i positive",
    ),
    ("D26", "Lemma A.6 with a construction that keeps C.2"),
    ("D35", "Lemma A.7 with its exact constant"),
    (
        "E2",
        "as published the construction of Lemma A.6 violates C.2",
    ),
    (
        "E3",
        "where c^Θ = 0 but a^Θ ≠ 0, balancing divides by 0; both become 0 there",
    ),
];

const NUMBERS: &str = "of two numbers such as";
const VERSIONS: &str = "the first is the equation's in the arXiv version of the paper, the second its number in the published one";

/// What has been explained so far.
#[derive(Default)]
pub(super) struct Glossary {
    seen: BTreeSet<&'static str>,
}

impl Glossary {
    /// The explanations due in this text, in the order in which the ids stand there.
    pub(super) fn due(&mut self, text: &str) -> Vec<String> {
        let mut due = Vec::new();
        for word in words(text) {
            let id = IDS.iter().find(|(id, _)| *id == word);
            if let Some((id, meaning)) = id.filter(|(id, _)| !self.seen.contains(id)) {
                self.seen.insert(id);
                due.push(format!("{id}: {meaning}"));
            }
        }
        if let Some(pair) = double_number(text).filter(|_| self.seen.insert(NUMBERS)) {
            due.push(format!("{NUMBERS} {pair}, {VERSIONS}"));
        }
        due
    }
}

/// Runs of letters and digits.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
}

/// The first of the numbers like `(59)/(103)`.
fn double_number(text: &str) -> Option<&str> {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.match_indices(")/(").find_map(|(at, _)| {
        let start = text[..at].rfind('(')?;
        let end = at + 3 + text[at + 3..].find(')')?;
        let both = is_number(&text[start + 1..at]) && is_number(&text[at + 3..end]);
        both.then(|| &text[start..=end])
    })
}

#[cfg(test)]
#[path = "tests/glossary.rs"]
mod tests;
