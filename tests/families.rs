//! The paper's examples for all integers k ≥ 1: exact values as functions of k, proved by certificates that the verifier accepts.

mod support;

use std::time::Duration;

use relucert::certificate::Range;
use relucert::family::{
    Family, Proved, Question, Unproved, parse, prove_distance, prove_equal, prove_jump,
    prove_nearest, prove_separated,
};
use relucert::watch::{Stop, Watch};
use support::certificates::{accepted, lines, rejected, sealed};
use support::cli::{Files, example, relucert, verified};

fn family(name: &str) -> Family {
    let path = example(&format!("families/{name}"));
    let text = std::fs::read_to_string(path).unwrap();
    Family::from_json(name, &text).unwrap()
}

/// The sections' ranges and values; the certificate must be accepted.
fn sections(proved: &Proved) -> Vec<(String, String)> {
    accepted(&proved.certificate);
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
        let proved = prove_distance(&family(gamma), Some(&family(g)), &Watch::none()).unwrap();
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
        let proved = prove_jump(&family(gamma), Some(&family(g)), &Watch::none()).unwrap();
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

/// Neurons of Example 2.5 with other outer weights: costs, scalings and distances are sums of several roots, whose signs are found at once.
#[test]
fn distances_with_sums_of_roots_end() {
    let gamma = family("ex2.5-gamma");
    let turned =
        r#"["0","k^2*sqrt(2)","-1/2*sqrt(2)"],["-1","-1","-1/k^2"],["k^2+k","-k^2-k","(-k-1)/k"]"#;
    let theta = r#"["k","k","1/k"],["-k","k","1/k"],["0","-k*sqrt(2)","1/(2*k)*sqrt(2)"]"#;
    for (a, c, expected) in [
        (
            turned,
            r#"["sqrt(2)"],["k^2"],["(k^3+k^2+k)/(k+1)"]"#,
            "1 <= k < 2: -k+k*sqrt(k^2+k+1); k = 2: -2+2*sqrt(7); k >= 3: -k+k*sqrt(k^2+k+1)",
        ),
        (
            theta,
            r#"["1"],["k"],["k*sqrt(2)"]"#,
            "k = 1: sqrt(2); 2 <= k < 8: sqrt(k^2+k); k >= 8: sqrt(k^2+k)",
        ),
        (
            theta,
            r#"["k"],["1/k"],["k*sqrt(2)"]"#,
            "k = 1: sqrt(2); k = 2: sqrt(5); k >= 3: sqrt(k^2+1)",
        ),
    ] {
        let theta = format!(r#"{{"parameter":"k","a":[{a}],"c":[{c}]}}"#);
        let question = Question {
            watch: Watch::none().for_at_most(Duration::from_secs(120)),
            ..Question::default()
        };
        let proved = prove_nearest(&gamma, &Family::from_json("Θ", &theta).unwrap(), &question);
        let proved = proved.unwrap_or_else(|error| panic!("{c}: {error}"));
        let found = sections(&proved).into_iter();
        let found: Vec<String> = found
            .map(|(range, value)| format!("{range}: {value}"))
            .collect();
        assert_eq!(found.join("; "), expected, "{c}");
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
fn lower_bounds_are_the_largest_for_every_k() {
    let (gamma, g) = (family("ex2.2-gamma"), family("ex2.2-g"));
    let proved = prove_separated(&gamma, &g, &Question::default()).unwrap();
    let expected = [("1 <= k < 4", "sqrt(1/k)"), ("k >= 4", "1/2")];
    let expected = expected.map(|(range, value)| (range.to_owned(), value.to_owned()));
    assert_eq!(sections(&proved), expected);
    for (gamma, g, value) in [
        ("ex2.1-gamma", "ex2.1-g", "k"),
        ("ex2.3-gamma", "ex2.3-g", "1"),
        ("ex2.4-gamma", "ex2.4-g", "1/2"),
        ("ex2.5-gamma", "ex2.5-theta", "k*sqrt(2)"),
        ("exA.4-gamma", "exA.4-g", "k"),
    ] {
        let proved = prove_separated(&family(gamma), &family(g), &Question::default()).unwrap();
        assert_eq!(sections(&proved), one(value), "{g}");
    }
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
    let Err(Unproved::NoBound(reasons)) = refused else {
        panic!("{refused:?}");
    };
    let wanted = parse("2*k").unwrap();
    let less = |reason: &Unproved| matches!(reason, Unproved::Less { wanted: than, .. } if *than == wanted);
    assert!(reasons.iter().any(less), "{reasons:?}");
}

#[test]
fn what_is_not_proved_says_why() {
    let theta = family("ex2.5-theta");
    let narrow = Family::from_json("narrow.json", r#"{"a": [["1"]], "c": [["1"]]}"#).unwrap();
    let refused = prove_equal(&theta, &narrow, &Watch::none()).unwrap_err();
    assert!(matches!(refused, Unproved::Shapes { .. }), "{refused:?}");
    let refused = prove_equal(&family("ex2.5-gamma"), &theta, &Watch::none()).unwrap_err();
    let coefficient = parse("3").unwrap();
    assert_eq!(refused, Unproved::Linear { coefficient });
    assert_eq!(refused.stop(), None);
    // A limit is found wherever it was met.
    let late = Watch::none().for_at_most(std::time::Duration::ZERO);
    let refused = prove_distance(&family("ex2.5-gamma"), Some(&theta), &late).unwrap_err();
    assert_eq!(refused.stop(), Some(Stop::Time), "{refused:?}");
}

/// The certificate with a text replaced everywhere.
fn forged(certificate: &str, from: &str, to: &str) -> String {
    assert!(certificate.contains(from), "{from} in {certificate}");
    sealed(&lines(&certificate.replace(from, to)))
}

#[test]
fn wrong_formulas_are_rejected_with_the_polynomial() {
    let proved = prove_distance(
        &family("ex2.1-gamma"),
        Some(&family("ex2.1-g")),
        &Watch::none(),
    )
    .unwrap();
    let certificate = &proved.certificate;
    // The certificate itself, sealed anew, is accepted.
    accepted(&forged(certificate, "k^2", "k^2"));
    rejected(
        &forged(certificate, r#""value":"k^2""#, r#""value":"2*k^2""#),
        "(2*t^2+4*t+2), in t, not ± the value (4*t^2+8*t+4)",
    );
    rejected(
        &forged(certificate, r#""bound":"k^2""#, r#""bound":"k""#),
        "not seen to be >= 0 for all t >= 0",
    );
    rejected(
        &forged(certificate, r#"["k","-1/k^2"]"#, r#"["k","-1/k^3"]"#),
        "has not one sign for all t >= 0",
    );
    rejected(
        &forged(certificate, r#"["k","-1/k^2"]"#, r#"["k","1/(k-2)"]"#),
        "a denominator may be 0",
    );
    rejected(
        &forged(certificate, r#"["1","-1"]"#, r#"["1","-2"]"#),
        "a[1][1] of Θ is not the family's at k = 1",
    );
    rejected(
        &forged(certificate, r#""value":"k^2""#, r#""value":"1*k^2""#),
        "not written in the canonical way",
    );
}

#[test]
fn wrong_ranges_are_rejected() {
    let certificate = nearest("ex2.2-gamma", "ex2.2-g", None).certificate;
    // A wrong threshold.
    let early = forged(&certificate, "k >= 4", "k >= 3");
    rejected(
        &forged(&early, "1 <= k < 4", "1 <= k < 3"),
        "not seen to be >= 0",
    );
    let late = forged(&certificate, "k >= 4", "k >= 5");
    rejected(
        &forged(&late, "1 <= k < 4", "1 <= k < 5"),
        "not seen to be >= 0",
    );
    // A missing k.
    rejected(
        &forged(&certificate, "1 <= k < 4", "2 <= k < 4"),
        "the next section begins at k; found 2; expected 1",
    );
    rejected(
        &forged(&certificate, "1 <= k < 4", "1 <= k < 3"),
        "the next section begins at k; found 4; expected 3",
    );
    rejected(
        &forged(&certificate, "k >= 4", "4 <= k < 5"),
        "none contains k = 5",
    );
    // More than was proved.
    rejected(
        &forged(&certificate, r#""real":1"#, r#""real":2"#),
        "for all real k",
    );
    let single = forged(&certificate, "1 <= k < 4", "k = 1");
    let single = forged(&single, "k >= 4", "k >= 2");
    rejected(&single, "neither is nor precedes a single value");
    rejected(
        &forged(&single, r#""real":1"#, r#""real":2"#),
        "entry a1 of neuron 0: the distance less the change",
    );
}

#[test]
fn wrong_bounds_of_the_distance_are_rejected() {
    let certificate = nearest("ex2.5-gamma", "ex2.5-theta", None).certificate;
    rejected(
        &forged(&certificate, r#""value":"k*sqrt(2)""#, r#""value":"3*k/2""#),
        "binding c0>a0: the lower limit of the scaling less the upper one",
    );
    rejected(
        &forged(&certificate, "c0>a0", "a0>c0"),
        "binding a0>c0: β − v is not positive",
    );
    rejected(
        &forged(&certificate, r#""places":[2]"#, r#""places":[1]"#),
        "place 2, binding c0>a1: the lower limit of the scaling",
    );
    rejected(
        &forged(
            &certificate,
            r#""against":"as-they-are""#,
            r#""against":"both""#,
        ),
        "bindings of source 0; found 2; expected 4",
    );
    // Without the step that nothing can be flipped.
    let mut lines = lines(&certificate);
    let independent = lines
        .iter()
        .position(|line| line.contains("independent"))
        .unwrap();
    lines.remove(independent);
    let renumbered: Vec<String> = lines
        .iter()
        .map(|line| {
            line.replace(r#"{"step":2"#, r#"{"step":1"#)
                .replace(r#"{"step":3"#, r#"{"step":2"#)
                .replace("[1,2,3]", "[1,2]")
        })
        .collect();
    rejected(
        &sealed(&renumbered),
        "no earlier step of the section shows that nothing can be flipped",
    );

    let certificate = nearest("ex2.4-gamma", "ex2.4-g", Some("ex2.4-phi")).certificate;
    rejected(
        &forged(&certificate, "(3*k+3)/(4*k)", "(3*k+4)/(4*k)"),
        "R(Φ) = R(Θ): the functions differ",
    );
    rejected(
        &forged(&certificate, r#""distance":"1/2""#, r#""distance":"1/3""#),
        "entry a1 of neuron 0: the distance less the change",
    );
    rejected(
        &forged(&certificate, r#""value":"1/2""#, r#""value":"2/3""#),
        "binding a1: the place's entry less the value",
    );

    let question = Question {
        above: Some(parse("k").unwrap()),
        ..Question::default()
    };
    let proved = prove_separated(
        &family("remark-sign-gamma"),
        &family("remark-sign-g"),
        &question,
    )
    .unwrap();
    rejected(
        &forged(&proved.certificate, r#""above":"k""#, r#""above":"2*k""#),
        "no step shows",
    );
    let mut without = support::certificates::lines(&proved.certificate);
    assert!(
        without
            .pop()
            .is_some_and(|step| step.contains(r#""positive""#))
    );
    rejected(&sealed(&without), "no step shows");
}

#[test]
fn kinks_that_meet_at_one_k_are_checked_there_alone() {
    let text = r#"{"parameter": "k", "a": [["1", "k"], ["1", "3"]], "c": [["1"], ["1"]]}"#;
    let family = Family::from_json("crossing", text).unwrap();
    let proved = prove_jump(&family, None, &Watch::none()).unwrap();
    let expected = [("1 <= k < 3", "3"), ("k = 3", "6"), ("k >= 4", "k")];
    let expected = expected.map(|(range, value)| (range.to_owned(), value.to_owned()));
    assert_eq!(sections(&proved), expected);
    assert_eq!(
        (proved.threshold(), proved.singly(), proved.real),
        (4, vec![3], Some(4))
    );
    rejected(
        &forged(&proved.certificate, r#""real":4"#, r#""real":1"#),
        "for all real k",
    );
    // The functions are the same all the same: the seminorm is one formula.
    assert_eq!(
        sections(&prove_distance(&family, None, &Watch::none()).unwrap()),
        one("k+3")
    );
}

#[test]
fn a_nearest_parametrization_of_example_2_4_is_found() {
    let proved = nearest("ex2.4-gamma", "ex2.4-g", None);
    assert_eq!(sections(&proved), one("1/2"));
}

#[test]
fn the_verbs_answer_in_formulas() {
    let files = Files::new();
    let path = &files.name("x.rcert");
    let run = |arguments: &[&str]| {
        let name = |word: &&str| match word.strip_suffix(".json") {
            Some(name) => example(&format!("families/{name}")),
            None => (*word).to_owned(),
        };
        let words: Vec<String> = arguments.iter().map(name).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let ran = relucert(&words);
        (ran.code, ran.stdout + &ran.stderr)
    };
    for (arguments, code, expected) in [
        (
            vec!["distance", "ex2.1-gamma.json", "ex2.1-g.json", "-o", path],
            0,
            "seminorm       k^2\njump norm      k^2\nfor all        integers k >= 1; holds for all real k >= 1 too\n",
        ),
        (
            vec!["norm", "ex2.1-g.json", "--jump", "-o", path],
            0,
            "jump norm      k^2\n",
        ),
        (
            vec!["nearest", "ex2.2-gamma.json", "ex2.2-g.json", "-o", path],
            0,
            "distance       1/2   for k >= 4\n",
        ),
        (
            vec!["separated", "ex2.4-gamma.json", "ex2.4-g.json", "-o", path],
            0,
            "distance >=    1/2\n",
        ),
        (
            vec![
                "separated",
                "ex2.5-gamma.json",
                "ex2.5-theta.json",
                "--at-least",
                "k/2",
                "-o",
                path,
            ],
            0,
            "distance >=    k/2\n",
        ),
        (
            vec![
                "separated",
                "remark-sign-gamma.json",
                "remark-sign-g.json",
                "--above",
                "k",
                "-o",
                path,
            ],
            0,
            "greater than   k\n",
        ),
        (
            vec!["equal", "ex2.4-phi.json", "ex2.4-g.json", "-o", path],
            0,
            "equal on all of R^2\n",
        ),
        (
            vec!["equal", "ex2.1-g.json", "ex2.2-g.json", "-o", path],
            1,
            "not equal: at k = 1",
        ),
    ] {
        let (found, text) = run(&arguments);
        assert!(
            found == code && text.contains(expected),
            "{arguments:?}: {found}\n{text}"
        );
        verified(path, &[]);
    }
    for (arguments, code, expected) in [
        (
            vec!["canonical", "ex2.1-g.json"],
            0,
            "n = (1, -1/k^3)  jump = (-k^2)\n",
        ),
        (
            vec!["inspect", "ex2.4-gamma.json"],
            0,
            "parallel       none\nopposite       a_3 is a negative multiple of a_0, a_4 is a negative multiple of a_1, a_5 is",
        ),
        (
            vec!["inspect", "ex2.5-gamma.json", "--json"],
            0,
            r#""balanced":true"#,
        ),
        (
            vec!["regions", "--count", "ex2.5-gamma.json"],
            0,
            "regions        8\n",
        ),
        (vec!["regions", "ex2.5-gamma.json"], 0, "regions  8\n"),
        (
            vec![
                "separated",
                "ex2.5-gamma.json",
                "ex2.5-theta.json",
                "--at-least",
                "2*k",
            ],
            1,
            "refuted        at k = 1",
        ),
        (
            vec![
                "separated",
                "ex2.5-gamma.json",
                "ex2.5-theta.json",
                "--at-least",
                "2*n",
            ],
            2,
            "unexpected 'n'",
        ),
        (
            vec!["distance", "ex2.1-g.json", "ex2.5-theta.json"],
            3,
            "inputs",
        ),
    ] {
        let (found, text) = run(&arguments);
        assert!(
            found == code && text.contains(expected),
            "{arguments:?}: {found}\n{text}"
        );
    }
}
