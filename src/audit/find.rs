//! Finding claims by what a reader has at hand: an id, a place in the papers, a number of a theorem or an equation, a word.

use super::ledger::{LEDGER, PaperClaim};

/// The claims that are meant, in the table's order: the one with this id; else those whose source names all that is asked for; else
/// those whose statement or reason has the text.
///
/// Sources are matched by words and numbers: `Example 2.5` is in "after Example 2.5", `3.3` in "Theorems 3.1, 3.3", `(45)` in
/// "(44)–(46)"; a number in parentheses is an equation's, and a number behind a word is one of that word's.
///
/// ```
/// use relucert::audit::find;
/// let ids = |query| find(query).iter().map(|claim| claim.id.as_str()).collect::<Vec<_>>();
/// assert_eq!(ids("c05"), ["C05"]);
/// assert_eq!(ids("Example 2.5"), ["C05", "C06"]);
/// assert_eq!(ids("(54)"), ["D11", "D12"]);
/// assert!(ids("3.1").contains(&"D04"));
/// ```
pub fn find(query: &str) -> Vec<&'static PaperClaim> {
    let query = query.trim();
    if let Some(claim) = LEDGER
        .claims
        .iter()
        .find(|claim| claim.id.eq_ignore_ascii_case(query))
    {
        return vec![claim];
    }
    let asked = items(query);
    if asked.is_empty() {
        return Vec::new();
    }
    let names = |claim: &&PaperClaim| {
        let source = items(&claim.source);
        asked
            .iter()
            .all(|item| source.iter().any(|s| item.is_in(s)))
    };
    let found: Vec<&PaperClaim> = LEDGER.claims.iter().filter(names).collect();
    if !found.is_empty() {
        return found;
    }
    let texts =
        |claim: &&PaperClaim| has_phrase(&claim.statement, query) || has_phrase(&claim.why, query);
    LEDGER.claims.iter().filter(texts).collect()
}

/// A word or a number of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Item {
    Word(String),
    Number(Numbered),
}

/// 3.1, A.6, (54), §1.1, or a range of them.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Numbered {
    /// The word it stands behind: theorem, example, …
    of: Option<String>,
    /// Whether it is in parentheses, as equations are.
    equation: bool,
    first: String,
    last: String,
}

impl Item {
    /// Whether a source that has `source` names what is asked for.
    fn is_in(&self, source: &Item) -> bool {
        match (self, source) {
            (Item::Word(asked), Item::Word(word)) => asked == word,
            (Item::Number(asked), Item::Number(number)) => asked.is_in(number),
            _ => false,
        }
    }
}

impl Numbered {
    fn is_in(&self, source: &Numbered) -> bool {
        let of = self.of.is_none() || self.of == source.of;
        let equation = !self.equation || source.equation;
        let within = source.first == self.first || source.last == self.last;
        of && equation && (within || source.has_between(&self.first))
    }

    /// Whether `number` is inside the range: the same but for the last group of digits, which lies between.
    fn has_between(&self, number: &str) -> bool {
        let (from, to, asked) = (split(&self.first), split(&self.last), split(number));
        match (from, to, asked) {
            (Some((a, from)), Some((b, to)), Some((c, asked))) => {
                a == b && b == c && (from..=to).contains(&asked)
            }
            _ => false,
        }
    }
}

/// What stands before the last group of digits, and their value.
fn split(number: &str) -> Option<(&str, u32)> {
    let start = number.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (before, digits) = number.split_at(start);
    Some((before, digits.parse().ok()?))
}

/// The words and numbers of a reference, in lower case; plural names of statements count as singular, and names of equations
/// are left out.
fn items(text: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut of: Option<String> = None;
    let pieces = text.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        let piece = piece.to_lowercase();
        if !piece.contains(|c: char| c.is_ascii_digit()) {
            // `C.` and such keep their point; a word loses a plural s.
            let word = match piece.as_str() {
                "eq." | "eqs." | "equation" | "equations" => {
                    of = None;
                    continue;
                }
                "thm" | "thm." => "theorem",
                "ex." => "example",
                "fig." => "figure",
                "theorems" | "lemmas" | "examples" | "figures" | "cases" | "remarks" | "proofs"
                | "propositions" | "definitions" | "corollaries" => {
                    let singular = piece.strip_suffix('s').unwrap_or(&piece);
                    if singular == "corollarie" {
                        "corollary"
                    } else {
                        singular
                    }
                }
                other => other,
            };
            of = NAMES.contains(&word).then(|| word.to_owned());
            items.push(Item::Word(word.to_owned()));
            continue;
        }
        let equation = piece.starts_with('(');
        let plain = piece.replace(['(', ')'], "");
        let mut ends = plain.split(['–', '-']).map(str::to_owned);
        let first = ends.next().unwrap_or_default();
        let last = ends.next().unwrap_or_else(|| first.clone());
        items.push(Item::Number(Numbered {
            of: of.clone().filter(|_| !equation),
            equation,
            first,
            last,
        }));
    }
    items
}

/// Words that numbers belong to.
const NAMES: &[&str] = &[
    "theorem",
    "lemma",
    "example",
    "proposition",
    "corollary",
    "definition",
    "figure",
    "footnote",
    "table",
    "case",
];

/// Whether the text has the phrase, in any case, not as a part of longer words or numbers.
fn has_phrase(text: &str, phrase: &str) -> bool {
    let (text, phrase) = (text.to_lowercase(), phrase.to_lowercase());
    text.match_indices(&phrase).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        let (first, last) = (found.chars().next(), found.chars().next_back());
        let cuts = |x: Option<char>, y: Option<char>| {
            x.is_some_and(char::is_alphanumeric) && y.is_some_and(char::is_alphanumeric)
        };
        !cuts(before, first) && !cuts(last, after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(query: &str) -> Vec<&'static str> {
        find(query).iter().map(|claim| claim.id.as_str()).collect()
    }

    #[test]
    fn claims_are_found_by_what_a_reader_has_at_hand() {
        for (query, expected) in [
            ("C05", &["C05"][..]),
            (" c05 ", &["C05"]),
            ("a05B", &["A05b"]),
            ("Example 2.5", &["C05", "C06"]),
            ("example 2.1", &["C01"]),
            ("2.5", &["C05", "C06", "D33"]),
            ("Example A.1", &["C07", "E9"]),
            ("(54)", &["D11", "D12"]),
            ("eq. (45)", &["D07"]),
            ("(46)", &["D07"]),
            ("(1)", &["A01"]),
            ("(62)", &["D15"]),
            ("3.1", &["D04", "E8", "E16"]),
            ("Theorem 3.1", &["D04", "E16"]),
            ("theorem 3.3", &["D27", "E16"]),
            ("Theorems 3.1, 3.3", &["E16"]),
            ("Figure 4", &["C10"]),
            ("Lemma A.6", &["D26", "E2"]),
            ("A.6", &["D26", "E2"]),
            ("C.2", &["D02", "E12"]),
            ("case A", &["D16"]),
            ("B.2", &["D17"]),
            ("outlook", &["D37"]),
            ("§1.2", &["B14"]),
            ("Figure 8", &[]),
            ("", &[]),
            ("  ,", &[]),
            ("Example 2.51", &[]),
        ] {
            assert_eq!(ids(query), expected, "{query}");
        }
    }

    #[test]
    fn every_source_finds_its_own_claim() {
        for claim in LEDGER.claims.iter() {
            let found = ids(&claim.source);
            assert!(found.contains(&claim.id.as_str()), "{}", claim.source);
            assert_eq!(ids(&claim.id), [claim.id.as_str()]);
        }
    }

    #[test]
    fn what_no_source_names_is_looked_for_in_the_statements() {
        let found = ids("architectures");
        assert_eq!(found, ["A01"]);
        assert!(ids("rchitecture").is_empty());
    }
}
