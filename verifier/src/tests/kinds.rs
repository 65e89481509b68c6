//! Tables over all kinds of claims and rules: what is malformed is rejected, only what is new is declined.

use super::support::{forge, violation_example};
use super::*;
use relucert_format::{Claim, Rule};

/// The kinds that serde knows, from what it says of an unknown one.
fn expected(error: &serde_json::Error) -> Vec<String> {
    let text = error.to_string();
    let (_, list) = text.split_once("expected one of ").unwrap();
    list.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_lists_of_kinds_are_those_of_the_enums() {
    let claim = serde_json::from_str::<Claim>(r#"{"?":0}"#).unwrap_err();
    assert_eq!(expected(&claim), Claim::KINDS);
    let rule = serde_json::from_str::<Rule>(r#"{"?":0}"#).unwrap_err();
    let mut known = Rule::KINDS.to_vec();
    known.sort_unstable();
    let mut said = expected(&rule);
    said.sort_unstable();
    assert_eq!(said, known);
}

/// Statements with this claim, in a certificate that is whole otherwise.
fn with_claim(claim: &str) -> Verdict {
    let text = forge(&violation_example().text(), |lines| {
        let (networks, _) = lines[1].split_once(r#","claim":"#).unwrap();
        lines[1] = format!(r#"{networks},"claim":{claim}}}}}"#);
    });
    verify_text(text.as_bytes(), &Limits::default(), &Bindings::default())
}

#[test]
fn malformed_statements_of_every_kind_are_rejected() {
    let mut tried = 0;
    for kind in Claim::KINDS {
        for body in [
            "0",
            "null",
            r#""x""#,
            "[]",
            "[[]]",
            r#"{"?":0}"#,
            "true",
            "{}{}",
        ] {
            for claim in [
                format!(r#"{{"{kind}":{body}}}"#),
                format!(r#"{{"{kind}":{body},"more":{{}}}}"#),
                format!(r#"{{"more":{{}},"{kind}":{body}}}"#),
                format!(r#"{{"more":{body},"more":{{}}}}"#),
                format!(r#""{kind}""#),
            ] {
                match with_claim(&claim) {
                    Verdict::Rejected(found) => {
                        let found = found.to_string();
                        // Lists stand for objects without fields that must be there.
                        let malformed = found.starts_with("line 2: malformed: ");
                        assert!(malformed || body.starts_with('['), "{claim}: {found}");
                        tried += 1;
                    }
                    other => panic!("{claim}: {other:?}"),
                }
            }
        }
    }
    assert_eq!(tried, Claim::KINDS.len() * 40);
}

#[test]
fn only_unknown_kinds_are_declined() {
    for body in ["0", "{}", r#"{"?":[1]}"#, r#""text""#] {
        match with_claim(&format!(r#"{{"for-all-n":{body}}}"#)) {
            Verdict::Declined(found) => {
                let expected = r#"line 2: claims of kind "for-all-n" are not known"#;
                assert_eq!(found.to_string(), expected);
            }
            other => panic!("{body}: {other:?}"),
        }
    }
}
