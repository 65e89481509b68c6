//! Numbers, lists and verdicts in words, and text that steers no terminal.

use std::borrow::Cow;

use crate::exact::decimal::with_digits;
use crate::exact::{Rational, Surd};

/// Text from files and their names with what would steer a terminal made visible.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    let steers = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match steers(c) {
            true => safe.extend(c.escape_default()),
            false => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

/// The rows A(x) and B(x) where two functions differ, with as many digits as it takes to see in which entries.
pub(super) fn differing(a: &[Rational], b: &[Rational]) -> [String; 2] {
    let entries = a.iter().zip(b).map(|(a, b)| {
        let (a, b) = (Surd::from(a.clone()), Surd::from(b.clone()));
        let mut digits = 6;
        while a != b && digits < MOST_DIGITS && a.approx(digits) == b.approx(digits) {
            digits *= 2;
        }
        (with_digits(&a, digits), with_digits(&b, digits))
    });
    let (a, b): (Vec<_>, Vec<_>) = entries.unzip();
    [a.join(", "), b.join(", ")]
}

/// Numbers that agree so far are given exactly all the same.
const MOST_DIGITS: usize = 1_000;

/// Numbers as the JSON strings of SPEC.
pub(super) fn texts(values: &[Rational]) -> Vec<String> {
    values.iter().map(Rational::to_string).collect()
}

/// Rows of numbers as the JSON strings of SPEC.
pub(super) fn text_rows(rows: &[Vec<Rational>]) -> Vec<Vec<String>> {
    rows.iter().map(|row| texts(row)).collect()
}

/// Longer lists are cut in the text; `--json` has them whole.
const MOST_SHOWN: usize = 10;

/// The items, separated by commas.
pub(super) fn listed<T>(items: &[T], shown: impl Fn(&T) -> String) -> String {
    if items.is_empty() {
        return "none".to_owned();
    }
    let mut parts: Vec<String> = items.iter().take(MOST_SHOWN).map(shown).collect();
    if items.len() > MOST_SHOWN {
        parts.push(format!(
            "and {} more (--json lists all)",
            items.len() - MOST_SHOWN
        ));
    }
    parts.join(", ")
}

/// Whether a condition holds, and why not.
pub(super) fn verdict(holds: bool, reason: &Option<String>) -> String {
    match (holds, reason) {
        (true, _) => "yes".to_owned(),
        (false, Some(reason)) => format!("no: {reason}"),
        (false, None) => "no".to_owned(),
    }
}

/// A label and its value.
pub(super) type Row = (&'static str, String);

/// `label value`, one a line.
pub(super) fn lines(rows: impl IntoIterator<Item = (impl AsRef<str>, String)>) -> String {
    rows.into_iter()
        .map(|(label, value)| format!("{:18} {value}\n", label.as_ref()))
        .collect()
}

/// Exactly, however long, and as a decimal.
pub(super) fn whole(value: &Surd) -> String {
    with_digits(value, 8)
}

/// `a, b or c`.
pub(super) fn alternatives<T: AsRef<str>>(names: &[T]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, names)) => format!("{} or {last}", names.join(", ")),
        None => String::new(),
    }
}
