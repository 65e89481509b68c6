//! Checkers that check too little, measured beside the verifier: what they accept shows that the judge sees falsehood.

use relucert::certificate::{DeepStatement, EndLine, FORMAT, Header, StatementLine, StepLine};
use serde::de::DeserializeOwned;

use crate::draft::seal;

fn line<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

/// Accepts whatever is of the format: every line of its type, steps numbered, the last line right.
pub fn parses(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    let [header, statement, steps @ .., end] = lines.as_slice() else {
        return false;
    };
    let known = line::<Header>(header).is_some_and(|header| header.relucert == FORMAT);
    let numbered = steps
        .iter()
        .enumerate()
        .all(|(index, step)| line::<StepLine>(step).is_some_and(|step| step.step == index + 1));
    let Some(EndLine { end }) = line(end) else {
        return false;
    };
    let above = text.split_inclusive('\n').take(lines.len() - 1).collect();
    let whole = seal(above, steps.len()) == text && end.steps == steps.len();
    let stated = line::<StatementLine>(statement).is_some()
        || line::<StatementLine<DeepStatement>>(statement).is_some();
    known && stated && numbered && whole
}
