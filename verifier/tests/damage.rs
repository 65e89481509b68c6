//! Certificates that are cut off, changed byte by byte, or lack a step.

mod support;

use proptest::prelude::*;
use relucert_format::{Claim, Step};
use relucert_verifier::{Bindings, Limits, Verdict, verify_text};
use support::{CLAIMS, certificate, changed, lines, rejection, seal, verdict, verified};

/// Wherever a certificate is cut, this is said and nothing else.
#[test]
fn cut_off_anywhere() {
    for name in ["claims/merge", "claims/nearest", "section/nearest-above"] {
        let text = certificate(name);
        let start = text.find("certificate/").unwrap() + "certificate/".len();
        for length in start..text.len() - 1 {
            let cut = &text.as_bytes()[..length];
            match verify_text(cut, &Limits::default(), &Bindings::default()) {
                Verdict::Rejected(found) => {
                    let expected = "the file ends before its last line: it is cut off";
                    assert_eq!(found.to_string(), expected, "{length}");
                }
                other => panic!("{length}: {other:?}"),
            }
        }
    }
    // What is no certificate is not called one that is cut off.
    for other in ["{}", "[1,\n2", "s VERIFIED\n", "{\"a\":\n[["] {
        let found = rejection(other).to_string();
        assert!(!found.contains("cut off"), "{other}");
    }
}

/// Without a step a later one fails, or the claim lacks a fact; but for rewritings that a later one does again, and bounds of entries that follow from
/// the networks alone, or from the bound of another sign.
#[test]
fn no_step_can_be_left_out() {
    let mut left_out = Vec::new();
    for name in CLAIMS {
        let lines = lines(&certificate(name));
        for missing in 2..lines.len() {
            let mut fewer = lines.clone();
            fewer.remove(missing);
            for (number, line) in fewer.iter_mut().enumerate().skip(missing) {
                *line = line.replacen(
                    &format!(r#"{{"step":{number},"#),
                    &format!(r#"{{"step":{},"#, number - 1),
                    1,
                );
            }
            if let Verdict::Verified(_) = verdict(&seal(&fewer)) {
                left_out.push((name, missing - 1));
            }
        }
    }
    let needless = [
        ("claims/merge", 2),
        ("claims/sharp", 10),
        ("claims/seminorm", 3),
        ("claims/seminorm", 4),
        ("claims/seminorm", 5),
        ("claims/star", 2),
        ("claims/star-seminorm", 2),
        ("claims/refined", 2),
        ("claims/nearest", 3),
        ("claims/bias", 1),
    ];
    assert_eq!(left_out, needless);
}

/// Any digit of the claim or of a network that is changed makes the certificate fail, or the claim is as true.
#[test]
fn no_digit_of_a_statement_can_be_changed() {
    for (name, expected) in [
        ("claims/merge", 0),
        // In the jump form the bracket of r may be wider.
        ("claims/sharp", 1),
        // √2 may be weakened to √7 in a bound that is not attained.
        ("claims/biased", 1),
        // C.2 does not depend on outer weights or on the third neuron, C.1 at one neuron not on the other one,
        // and a smaller β is violated all the same.
        ("claims/violation", 12),
        ("claims/unbalanced", 4),
        // A larger upper end; then constants, which slopes and jumps do not see, and other jumps, as they are not the largest.
        ("claims/seminorm", 1),
        ("claims/affine", 14),
        ("claims/jump", 15),
        // Boxes that only grow or shrink where nothing changes, and weights of a neuron that is not active at the point.
        ("claims/equal", 7),
        ("claims/differ", 14),
        // Outer weights, and rows whose hyperplanes stay where they are or in the same order.
        ("claims/arrangement", 17),
        ("claims/biased-arrangement", 21),
    ] {
        let lines = lines(&certificate(name));
        let statement = &lines[1];
        let mut survivors = Vec::new();
        for (at, old) in statement.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
            for new in ['0', '1', '2', '7'].into_iter().filter(|new| *new != old) {
                let mut forged = lines.clone();
                forged[1] = format!("{}{new}{}", &statement[..at], &statement[at + 1..]);
                if let Verdict::Verified(_) = verdict(&seal(&forged)) {
                    let before = &statement[at.saturating_sub(20)..at];
                    survivors.push(format!("{before}>{new}<{}", &statement[at + 1..]));
                }
            }
        }
        assert_eq!(survivors.len(), expected, "{name}: {survivors:#?}");
    }
}

/// Rejections name the file's line, the step, its kind and the two values.
#[test]
fn rejections_say_where_and_why() {
    let found = rejection(&changed(
        &certificate("claims/merge"),
        &[(r#""q":"10""#, r#""q":"11""#)],
    ));
    assert_eq!(
        (found.line, found.step, found.rule),
        (Some(10), Some(8), Some("case"))
    );
    assert_eq!(found.reason, "q");
    assert_eq!(found.found.as_deref(), Some("11"));
    assert_eq!(found.expected.as_deref(), Some("10"));
    assert_eq!(
        found.to_string(),
        "line 10: step 8 (case): q; found 11; expected 10"
    );
    let text = certificate("claims/merge");
    for (old, new, reason) in [
        (r#""sha256""#, r#""sha""#, "malformed"),
        (
            r#""sha256":""#,
            r#""sha256":"0"#,
            "SHA-256 in the last line",
        ),
        (
            r#""steps":"#,
            r#""steps":1"#,
            "number of steps in the last line",
        ),
    ] {
        let found = rejection(&text.replace(old, new));
        assert_eq!(found.line, Some(text.lines().count()), "{found}");
        assert!(found.reason.contains(reason), "{found}");
    }
}

/// Whatever is stated changes what is printed, if only by a hash; how it is spaced does not.
#[test]
fn different_statements_are_printed_differently() {
    let text = certificate("local_minimum/example-a-1");
    let other = changed(&text, &[(r#""y":["1"]"#, r#""y":["-1"]"#)]);
    assert_ne!(verified(&text).statement, verified(&other).statement);
    let spaced = changed(&text, &[(r#""claim":"#, r#" "claim" : "#)]);
    assert_eq!(verified(&text).statement, verified(&spaced).statement);
}

/// The kinds that serde knows, from what it says of an unknown one.
fn known(error: &serde_json::Error) -> Vec<String> {
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
    assert_eq!(known(&claim), Claim::KINDS);
    let step = serde_json::from_str::<Step>(r#"{"?":0}"#).unwrap_err();
    assert_eq!(known(&step), Step::KINDS);
}

/// A statement with this claim, in a certificate that is whole otherwise.
fn with_claim(claim: &str) -> Verdict {
    let mut lines = lines(&certificate("claims/violation"));
    let (networks, _) = lines[1].split_once(r#","claim":"#).unwrap();
    lines[1] = format!(r#"{networks},"claim":{claim}}}}}"#);
    verdict(&seal(&lines))
}

/// What is malformed is rejected, whatever its kind; only what is new is declined.
#[test]
fn malformed_statements_of_every_kind_are_rejected() {
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
                        assert!(found.starts_with("line 2: malformed: "), "{claim}: {found}");
                    }
                    other => panic!("{claim}: {other:?}"),
                }
            }
        }
    }
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]
    /// Bytes changed anywhere, with a last line that fits: a verdict, never a panic.
    #[test]
    fn damaged_certificates_get_a_verdict(
        which in 0..CLAIMS.len() + 2,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..4),
        sealed in any::<bool>(),
    ) {
        const BYTES: &[u8] = b"0123456789-+/*\"[]{},:sqrt()bfse. \\\n\xce\x00";
        let families = ["section/seminorm", "section/nearest-above"];
        let name = CLAIMS.iter().chain(&families).nth(which).unwrap();
        let mut text = certificate(name).into_bytes();
        for (at, byte) in changes {
            let at = at.index(text.len());
            text[at] = BYTES[byte.index(BYTES.len())];
        }
        let limits = Limits { work: 1 << 26, ..Limits::default() };
        if let (true, Ok(text)) = (sealed, std::str::from_utf8(&text)) && text.lines().count() > 3 {
            verify_text(seal(&lines(text)).as_bytes(), &limits, &Bindings::default());
        }
        verify_text(&text, &limits, &Bindings::default());
    }
}
