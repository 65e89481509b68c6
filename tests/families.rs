//! The paper's examples for all integers k ≥ 1: exact values as functions of k, proved by certificates that the verifier accepts.

use relucert::certificate::Range;
use relucert::family::{
    Family, Proved, Question, parse, prove_distance, prove_jump, prove_nearest, prove_separated,
};
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

fn nearest(gamma: &str, g: &str, phi: Option<&str>) -> Proved {
    let question = Question {
        phi: phi.map(family),
        ..Question::default()
    };
    prove_nearest(&family(gamma), &family(g), &question)
        .unwrap_or_else(|error| panic!("{g}: {error}"))
}

#[test]
fn least_distances_of_the_examples_for_all_k() {
    for (gamma, g, phi, value) in [
        ("ex2.1-gamma", "ex2.1-g", None, "k"),
        ("ex2.3-gamma", "ex2.3-g", None, "1"),
        ("ex2.4-gamma", "ex2.4-g", Some("ex2.4-phi"), "1/2"),
        ("ex2.5-gamma", "ex2.5-theta", None, "k*sqrt(2)"),
        ("exA.4-gamma", "exA.4-g", None, "k"),
    ] {
        let proved = nearest(gamma, g, phi);
        assert_eq!(sections(&proved), one(value), "{g}");
        assert_eq!(proved.real, Some(1), "{g}");
    }
}

#[test]
fn example_2_2_has_two_ranges() {
    let proved = nearest("ex2.2-gamma", "ex2.2-g", None);
    let expected = [("1 <= k < 4", "sqrt(1/k)"), ("k >= 4", "1/2")];
    let expected = expected.map(|(range, value)| (range.to_owned(), value.to_owned()));
    assert_eq!(sections(&proved), expected);
    assert_eq!(proved.real, Some(1));
}

#[test]
fn opposite_output_signs_keep_the_distance_above_k() {
    let question = Question {
        above: Some(parse("k").unwrap()),
        ..Question::default()
    };
    let (gamma, g) = (family("remark-sign-gamma"), family("remark-sign-g"));
    let value = "(k^3-1)/(2*k^2)+1/(2*k^2)*sqrt(k^6+6*k^3+1)";
    let proved = prove_nearest(&gamma, &g, &question).unwrap();
    assert_eq!(sections(&proved), one(value));
    assert!(proved.certificate.contains(r#""above":"k""#));
    let proved = prove_separated(&gamma, &g, &question).unwrap();
    assert_eq!(sections(&proved), one(value));
}

#[test]
fn a_smaller_bound_may_be_asked_for() {
    let question = Question {
        at_least: Some(parse("k/2").unwrap()),
        ..Question::default()
    };
    let proved =
        prove_separated(&family("ex2.5-gamma"), &family("ex2.5-theta"), &question).unwrap();
    assert_eq!(sections(&proved), one("k/2"));
    let question = Question {
        at_least: Some(parse("2*k").unwrap()),
        ..Question::default()
    };
    let refused = prove_separated(&family("ex2.5-gamma"), &family("ex2.5-theta"), &question);
    assert!(refused.unwrap_err().0.contains("less than 2*k"));
}
