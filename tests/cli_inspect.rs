//! `relucert inspect` and `relucert canonical`.

mod support;

use serde_json::{Value, json};
use support::cli::{Files, ok};

/// What the verb prints of a network, with nothing on standard error.
fn run(verb: &str, text: &str, extra: &[&str]) -> String {
    let files = Files::new();
    let path = files.write("net.json", text);
    let ran = ok(&[&[verb, &path], extra].concat());
    assert_eq!(ran.stderr, "", "{verb} {extra:?}");
    ran.stdout
}

fn json_of(verb: &str, text: &str) -> Value {
    serde_json::from_str(&run(verb, text, &["--json"])).unwrap()
}

#[test]
fn degeneracies_are_listed() {
    let net = r#"{"a": [["1","2"],["0","0"],["sqrt(2)","2*sqrt(2)"],["-3","-6"],["1/2","1"]],
                  "c": [["1"],["1"],["0"],["1"],["1"]]}"#;
    let found = json_of("inspect", net);
    let expected = json!({
        "dead": [1, 2], "constant": [],
        "parallel": [[0, 2], [0, 4], [2, 4]], "parallel_factors": ["sqrt(2)", "1/2", "1/4*sqrt(2)"],
        "opposite": [[0, 3], [2, 3], [3, 4]], "opposite_factors": ["-3", "-3/2*sqrt(2)", "-1/6"],
        "balanced": false, "c2": false, "c3a": false, "n_prime": false, "n_star": false,
        "homogenised": false, "d": 2, "m": 5, "D": 1,
        "near_parallel": {"pair": [0, 3], "gap": "2", "cosine_squared": "1", "obtuse": true},
        "near_opposite": {"pair": [0, 2], "gap": "2", "cosine_squared": "1", "obtuse": false},
        "imbalance": {"least": {"neuron": 4, "ratio": "1"}, "largest": {"neuron": 3, "ratio": "6"}},
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&found[field], value, "{field}");
    }
    let text = run("inspect", net, &[]);
    assert!(text.contains("a_2 = sqrt(2)·a_0"), "{text}");
}

#[test]
fn membership_comes_with_reasons() {
    let star = json_of(
        "inspect",
        r#"{"a": [["-1","2","1"],["1","1","3"]], "c": [["2"],["-3"]]}"#,
    );
    for field in ["balanced", "c2", "c3a", "n_prime", "n_star"] {
        assert_eq!(star[field], json!(true), "{field}");
    }
    assert_eq!(star["reasons"], json!({}));
    let prime = json_of(
        "inspect",
        r#"{"a": [["1","2"],["-1","-2"]], "c": [["2"],["2"]]}"#,
    );
    assert_eq!(
        (&prime["n_prime"], &prime["n_star"]),
        (&json!(true), &json!(false))
    );
    let reason = "the last two weights of a must be positive, but a_1[0] = -1";
    assert_eq!(prime["reasons"]["n_star"], json!(reason));
    assert_eq!(prime["reasons"]["c3a"], json!("a_1 = -1·a_0"));
    let line = json_of("inspect", r#"{"a": [["2"]], "c": [["2"]]}"#);
    assert_eq!(line["reasons"]["n_star"], json!("it needs d ≥ 2 inputs"));
    assert_eq!(line["near_parallel"], Value::Null);
    let unbalanced = run(
        "inspect",
        r#"{"a": [["sqrt(2)"]], "c": [["3*sqrt(2)"]]}"#,
        &[],
    );
    let words = "no: neuron 0 has ‖a‖ = sqrt(2) ≈ 1.41421 and ‖c‖ = 3*sqrt(2) ≈ 4.24264";
    assert!(unbalanced.contains(words), "{unbalanced}");
}

#[test]
fn biased_networks_are_seen_homogenised() {
    let net = r#"{"a": [["1"],["0"],["0"],["0"]], "b": ["1","2","-1","0"], "c": [["1"],["1"],["1"],["1"]], "e": ["0"]}"#;
    let found = json_of("inspect", net);
    // Neuron 1 is a multiple of the output bias's neuron (0, 1).
    let expected = json!({
        "homogenised": true, "output_bias": 4, "dead": [3], "constant": [1, 2],
        "parallel": [[1, 4]], "opposite": [[1, 2], [2, 4]], "c2": false,
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&found[field], value, "{field}");
    }
    let text = run("inspect", net, &[]);
    assert!(
        text.contains("homogenised view     inputs (x, 1)"),
        "{text}"
    );
}

#[test]
fn a_large_network_is_inspected() {
    let (m, d) = (128, 784);
    let mut state = 1u64;
    let mut number = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        // A double with all of its 53 bits.
        format!("\"0x{:x}p-60\"", state >> 11)
    };
    let mut rows = |m: usize, d: usize| -> String {
        let mut row = || {
            format!(
                "[{}]",
                (0..d).map(|_| number()).collect::<Vec<_>>().join(",")
            )
        };
        (0..m).map(|_| row()).collect::<Vec<_>>().join(",")
    };
    let text = format!(r#"{{"a": [{}], "c": [{}]}}"#, rows(m, d), rows(m, 10));
    let found = json_of("inspect", &text);
    assert_eq!(found["c2"], json!(true));
    assert!(
        found["near_parallel"]["gap"]
            .as_str()
            .unwrap()
            .contains('/')
    );
}

#[test]
fn canonical_forms_decide_equality() {
    let net = r#"{"a": [["2","-1/2"],["-4","1"],["0","0"]], "b": ["1","-2","3"], "c": [["1"],["1"],["1/3"]], "e": ["1"]}"#;
    let found = json_of("canonical", net);
    // ρ(2t) + ρ(−4t) + 1/3·3 + 1 with t = x − y/4 + 1/2: one kink with κ = 2 + 4.
    assert_eq!(
        found,
        json!({
            "relucert": "canonical/1",
            "linear": [["-1", "1/4"]], "constant": ["3/2"],
            "kinks": [{"normal": ["1", "-1/4"], "offset": "1/2", "jump": ["6"]}],
        })
    );
    let shuffled =
        r#"{"a": [["-2","1/2"],["1","-1/4"]], "b": ["-1","1/2"], "c": [["2"],["2"]], "e": ["2"]}"#;
    assert_eq!(json_of("canonical", shuffled), found);
    let text = run("canonical", net, &[]);
    assert!(
        text.contains("n = (1, -1/4)  offset = 1/2  jump = (6)"),
        "{text}"
    );
}
