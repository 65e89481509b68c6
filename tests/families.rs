//! The paper's examples for all integers k ≥ 1: exact values as functions of k, proved by certificates that the verifier accepts.

use relucert::certificate::Range;
use relucert::family::{Family, Proved, prove_distance, prove_jump};
use relucert::verify::{Bindings, Limits, Verdict, verify_text};

fn family(name: &str) -> Family {
    let path = format!(
        "{}/examples/families/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap();
    Family::from_json(name, &text).unwrap()
}

fn verdict(certificate: &str) -> Verdict {
    verify_text(
        certificate.as_bytes(),
        &Limits::default(),
        &Bindings::default(),
    )
}

/// The sections' ranges and values; the certificate must be accepted.
fn sections(proved: &Proved) -> Vec<(String, String)> {
    match verdict(&proved.certificate) {
        Verdict::Verified(_) => {}
        other => panic!("{other:?}\n{}", proved.certificate),
    }
    proved
        .values()
        .into_iter()
        .map(|(range, value)| (range.to_string(), value))
        .collect()
}

fn one(value: &str) -> Vec<(String, String)> {
    vec![(Range::From(1).to_string(), value.to_owned())]
}

#[test]
fn seminorms_of_the_examples_for_all_k() {
    for (gamma, g, value) in [
        ("ex2.1-gamma", "ex2.1-g", "k^2"),
        ("ex2.2-gamma", "ex2.2-g", "1/k"),
        ("ex2.3-gamma", "ex2.3-g", "1/k"),
        ("ex2.4-gamma", "ex2.4-g", "1/k"),
        ("ex2.5-gamma", "ex2.5-theta", "3"),
        ("exA.4-gamma", "exA.4-g", "1/k"),
        ("remark-sign-gamma", "remark-sign-g", "2/k"),
    ] {
        let proved = prove_distance(&family(gamma), Some(&family(g))).unwrap();
        assert_eq!(sections(&proved), one(value), "{g}");
        assert_eq!(proved.real, Some(1));
    }
}

#[test]
fn jump_norms_of_the_examples_for_all_k() {
    for (gamma, g, value) in [
        ("ex2.1-gamma", "ex2.1-g", "k^2"),
        ("ex2.5-gamma", "ex2.5-theta", "0"),
        ("exA.4-gamma", "exA.4-g", "1/k"),
    ] {
        let proved = prove_jump(&family(gamma), Some(&family(g))).unwrap();
        assert_eq!(sections(&proved), one(value), "{g}");
    }
}
