//! `nearest` as a user runs it.

mod support;

use support::cli::{Files, example, json, ok, relucert, verified};

const SHARP: [&str; 2] = [
    "examples/sharp/theorem_3_3_gamma.json",
    "examples/sharp/theorem_3_3_theta.json",
];

#[test]
fn distances_are_exact_and_certified() {
    let files = Files::new();
    let file = files.name("x.rcert");
    for (flag, distance) in [("--unconstrained", "2*sqrt(2)"), ("--in-n-star", "4")] {
        let ran = relucert(&["nearest", SHARP[0], SHARP[1], flag, "--json", "-o", &file]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        assert!(
            ran.stdout.starts_with("{\"relucert\":\"nearest/1\","),
            "{}",
            ran.stdout
        );
        let answer = ran.json();
        assert_eq!(answer["distance"], distance);
        assert_eq!(answer["permutation"].as_array().map(Vec::len), Some(4));
        let checked = verified(&file, &["--gamma", SHARP[0], "--theta", SHARP[1]]);
        assert!(
            checked.stdout.contains("So Φ is nearest to Γ"),
            "{}",
            checked.stdout
        );
        // Φ is a network file if it has one root a neuron, and always JSON of that shape.
        assert_eq!(answer["phi"]["m"], 4);
        let again = relucert(&["nearest", SHARP[0], SHARP[1], flag, "--json"]);
        assert_eq!(again.stdout, ran.stdout);
    }
    let ran = relucert(&["nearest", SHARP[0], SHARP[1]]);
    assert!(
        ran.stdout
            .contains("distance           2*sqrt(2) ≈ 2.8284271\n"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("attained           neuron "),
        "{}",
        ran.stdout
    );
}

#[test]
fn networks_with_biases_come_back_with_biases() {
    let files = Files::new();
    let gamma = r#"{"a": [[1, 2], [0, 1]], "b": [0, 3], "c": [[1], [2]], "e": [5]}"#;
    let theta = r#"{"a": [[0, 2], ["1/3", "2/3"]], "b": [6, 0], "c": [[1], [3]], "e": ["11/2"]}"#;
    let gamma = files.write("gamma.json", gamma);
    let theta = files.write("theta.json", theta);
    let ran = relucert(&["nearest", &gamma, &theta, "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let answer = ran.json();
    assert_eq!(answer["distance"], "1/2");
    assert_eq!(answer["permutation"], serde_json::json!([1, 0]));
    assert_eq!(answer["phi"]["b"], serde_json::json!(["0", "3"]));
    assert_eq!(answer["phi"]["e"], serde_json::json!(["11/2"]));
    let phi = files.write("phi.json", answer["phi"].to_string());
    assert_eq!(relucert(&["equal", &phi, &theta]).code, 0);
    let ran = relucert(&["nearest", &gamma, &theta]);
    assert!(
        ran.stdout.contains("attained           output bias 0"),
        "{}",
        ran.stdout
    );
}

#[test]
fn intervals_and_refusals_say_why() {
    let files = Files::new();
    let shared = files.write("shared.json", r#"{"a": [[1, 0], [1, 0]], "c": [[1], [1]]}"#);
    let one = files.write("one.json", r#"{"a": [[1, 0]], "c": [["121/50"]]}"#);
    let ran = relucert(&["nearest", &shared, &one, "--json"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    let answer = ran.json();
    assert_eq!(
        (&answer["lower"], &answer["upper"]),
        (&"0".into(), &"1/10".into())
    );
    assert!(
        answer["reason"]
            .as_str()
            .is_some_and(|r| r.contains("1 kinks for 2 neurons"))
    );
    let text = relucert(&["nearest", &shared, &one]).stdout;
    assert!(
        text.contains("at least 0\n") && text.contains("at most  1/10"),
        "{text}"
    );
    // More kinks than neurons.
    let two = files.write("two.json", r#"{"a": [[1, 0], [0, 1]], "c": [[1], [1]]}"#);
    let ran = relucert(&["nearest", &one, &two]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stdout
            .contains("2 kinks, and a network with 1 neuron has at most 1"),
        "{}",
        ran.stdout
    );
    // Not in N*.
    let ran = relucert(&["nearest", &two, &one, "--in-n-star"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("Γ is not in N*"), "{}", ran.stdout);
    // Not enough places, as far as is known.
    let linear = files.write(
        "linear.json",
        r#"{"a": [[1, 0], [-1, 0]], "c": [[1], [-1]]}"#,
    );
    let ran = relucert(&["nearest", &one, &linear]);
    assert_eq!(ran.code, 3, "{}", ran.stdout);
    assert!(
        ran.stdout.contains("distance           at least 0"),
        "{}",
        ran.stdout
    );
    // Other shapes.
    let wide = files.write("wide.json", r#"{"a": [[1, 0, 0]], "c": [[1]]}"#);
    let ran = relucert(&["nearest", &one, &wide]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("inputs"), "{}", ran.stderr);
}

#[test]
fn groups_of_neurons_that_are_linear_together_are_moved_together() {
    // Example 2.4, k = 1: lines alone leave the interval [1/2, 1].
    let files = Files::new();
    let file = files.name("x.rcert");
    let [gamma, theta] = ["gamma", "k1"].map(|name| example(&format!("paper/example_2_4_{name}")));
    let (code, object) = json(&["nearest", &gamma, &theta, "-o", &file]);
    assert_eq!((code, object["distance"].as_str()), (0, Some("1/2")));
    verified(&file, &[]);
    let phi = files.write("phi.json", object["phi"].to_string());
    ok(&["equal", &phi, &theta]);
}
