//! Shared by the tests of the verifier: the certificates of `facts`, changed ones, and new ones from JSON.
#![allow(dead_code)]

use std::fmt::Display;
use std::path::Path;

use relucert_format::{Statement, Step, Writer};
use relucert_verifier::{Bindings, Limits, Rejection, Verdict, Verified, verify_text};
use sha2::{Digest as _, Sha256};

/// A certificate that is verified, named by folder and file, such as `claims/merge`.
pub fn certificate(name: &str) -> String {
    let (fact, file) = name.split_once('/').unwrap();
    let facts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/facts");
    let path = facts.join(format!("{fact}/accept/{file}.rcert"));
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// One certificate for every kind of claim about networks of numbers.
pub const CLAIMS: [&str; 26] = [
    "claims/merge",
    "claims/sharp",
    "claims/biased",
    "claims/violation",
    "claims/unbalanced",
    "claims/seminorm",
    "claims/affine",
    "claims/jump",
    "claims/equal",
    "claims/differ",
    "claims/arrangement",
    "claims/biased-arrangement",
    "claims/star",
    "claims/star-seminorm",
    "claims/refined",
    "claims/lift",
    "claims/flips",
    "claims/affine-flips",
    "claims/unique",
    "claims/minimal",
    "claims/affine-minimal",
    "claims/no-orientation",
    "claims/nearest",
    "claims/bias",
    "claims/fixed",
    "sup_norm/at-a-corner",
];

/// A certificate from its statement and steps as JSON.
pub fn written<T: Display>(networks: &str, claim: &str, steps: &[T]) -> String {
    let statement = format!(r#"{{"networks":{networks},"claim":{claim}}}"#);
    let statement: Statement =
        serde_json::from_str(&statement).unwrap_or_else(|error| panic!("{statement}: {error}"));
    let mut writer = Writer::new("a test", statement);
    for step in steps {
        let step = step.to_string();
        let step: Step =
            serde_json::from_str(&step).unwrap_or_else(|error| panic!("{step}: {error}"));
        writer.step(step);
    }
    writer.finish()
}

/// The lines above the last one.
pub fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.pop();
    lines
}

/// Appends a last line that fits, so that neither count nor hash is what rejects.
pub fn seal(lines: &[String]) -> String {
    let body: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let hash = Sha256::digest(body.as_bytes());
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let steps = lines.len().saturating_sub(2);
    format!("{body}{{\"end\":{{\"steps\":{steps},\"sha256\":\"{hash}\"}}}}\n")
}

/// Replaces texts that occur once above the last line, and seals.
pub fn changed(text: &str, changes: &[(&str, &str)]) -> String {
    let mut lines = lines(text);
    for (old, new) in changes {
        let found = lines.iter_mut().filter(|line| line.contains(old));
        let [line] = &mut found.collect::<Vec<_>>()[..] else {
            panic!("{old} is not in one line");
        };
        assert_eq!(line.matches(old).count(), 1, "{old} in {line}");
        **line = line.replace(old, new);
    }
    seal(&lines)
}

pub fn verdict(text: &str) -> Verdict {
    verify_text(text.as_bytes(), &Limits::default(), &Bindings::default())
}

pub fn verified(text: &str) -> Verified {
    match verdict(text) {
        Verdict::Verified(verified) => verified,
        other => panic!("{other:?}\n{text}"),
    }
}

pub fn rejection(text: &str) -> Rejection {
    match verdict(text) {
        Verdict::Rejected(rejection) => rejection,
        other => panic!("{other:?}\n{text}"),
    }
}

/// Whether all steps hold, also where the claim needs more of them.
pub fn steps_hold(text: &str) -> bool {
    match verdict(text) {
        Verdict::Verified(_) => true,
        Verdict::Rejected(found) if found.reason.starts_with("no step shows") => true,
        Verdict::Rejected(found) => {
            assert!(found.step.is_some(), "{found}\n{text}");
            false
        }
        declined => panic!("{declined:?}\n{text}"),
    }
}
