//! Small certificates for every kind of fact: those in `accept` are verified, those in `reject` and `decline` are not, for the reason that the
//! table beside them gives.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use relucert_verifier::{Bindings, Limits, Verdict, verify_text};

/// One folder a kind of fact; `claims` is of the facts that claims need, `statement` of networks and claims that fit together, `read` of files.
const FOLDERS: [&str; 22] = [
    "apart",
    "case",
    "cells",
    "circuits",
    "claims",
    "condition",
    "deep",
    "distance",
    "equal",
    "flips",
    "height",
    "jump_norm",
    "layer",
    "local_minimum",
    "rank",
    "read",
    "regions",
    "rewriting",
    "section",
    "seminorm",
    "statement",
    "sup_norm",
];

/// Limb operations: small certificates need no more, and what is declined for its work is declined soon.
const WORK: u64 = 1 << 28;

/// The least number of files accepted, and of files rejected, of a kind.
const LEAST: usize = 10;

fn facts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/facts")
}

/// The certificates of a folder by name; none if it is not there.
fn certificates(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else {
        return BTreeMap::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    let certificates = paths.filter(|path| path.extension().is_some_and(|end| end == "rcert"));
    let named = certificates.map(|path| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, fs::read(path).unwrap())
    });
    named.collect()
}

/// The verdict's word, and what it says, without the line: the step, the reason, what was found and expected.
fn verdict(text: &[u8]) -> (&'static str, String) {
    let limits = Limits {
        work: WORK,
        ..Limits::default()
    };
    let (word, said) = match verify_text(text, &limits, &Bindings::default()) {
        Verdict::Verified(_) => ("accept", String::new()),
        Verdict::Rejected(rejection) => ("reject", rejection.to_string()),
        Verdict::Declined(declined) => ("decline", declined.to_string()),
    };
    match said
        .strip_prefix("line ")
        .and_then(|rest| rest.split_once(": "))
    {
        Some((_, said)) => (word, said.to_owned()),
        None => (word, said),
    }
}

#[test]
fn the_folders_are_these() {
    let entries = fs::read_dir(facts()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    assert_eq!(names, FOLDERS);
}

#[test]
fn accepted_certificates_are_verified() {
    let mut wrong = Vec::new();
    for fact in FOLDERS {
        let files = certificates(&facts().join(fact).join("accept"));
        assert!(files.len() >= LEAST, "{fact}: only {}", files.len());
        for (name, text) in files {
            if let (word @ ("reject" | "decline"), said) = verdict(&text) {
                wrong.push(format!("{fact}/accept/{name}: {word}: {said}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// In every folder there is a reason for each file, and no other.
#[test]
fn rejected_certificates_are_rejected_for_their_reasons() {
    let mut wrong = Vec::new();
    for fact in FOLDERS {
        for expected in ["reject", "decline"] {
            let folder = facts().join(fact).join(expected);
            let files = certificates(&folder);
            assert!(
                expected == "decline" || files.len() >= LEAST,
                "{fact}: only {}",
                files.len()
            );
            if files.is_empty() {
                continue;
            }
            let table = fs::read_to_string(folder.join("reasons.json")).unwrap();
            let reasons: BTreeMap<String, String> = serde_json::from_str(&table).unwrap();
            let names = [files.keys().collect::<Vec<_>>(), reasons.keys().collect()];
            assert_eq!(names[0], names[1], "{}", folder.display());
            for (name, text) in files {
                let (word, said) = verdict(&text);
                let reason = &reasons[&name];
                if word != expected || !said.contains(reason.as_str()) || reason.is_empty() {
                    wrong.push(format!(
                        "{fact}/{expected}/{name}: {word}: {said}\n    not {reason}"
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is said of some of the accepted certificates; and that a bound says nothing is said of no others among them.
#[test]
fn statements_in_words() {
    let table = fs::read_to_string(facts().with_file_name("words.json")).unwrap();
    let words: BTreeMap<String, Vec<String>> = serde_json::from_str(&table).unwrap();
    assert!(words.len() > 50);
    for (name, expected) in words {
        let (fact, file) = name.split_once('/').unwrap();
        let path = facts().join(format!("{fact}/accept/{file}.rcert"));
        let text = fs::read(path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let said = match verify_text(&text, &Limits::default(), &Bindings::default()) {
            Verdict::Verified(verified) => {
                for hash in verified.networks.values() {
                    assert!(verified.statement.contains(hash), "{name}");
                }
                verified.statement
            }
            other => panic!("{name}: {other:?}"),
        };
        for expected in &expected {
            assert!(
                said.contains(expected),
                "{name}: {said}\n    not {expected}"
            );
        }
        let vacuous = expected.iter().any(|expected| expected.contains("vacuous"));
        assert_eq!(said.contains("vacuous"), vacuous, "{name}: {said}");
        let open = said.contains("whether one satisfies it is not said here");
        assert!(!open || !said.contains("does not hold"), "{name}: {said}");
    }
}
