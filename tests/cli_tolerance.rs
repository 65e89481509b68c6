//! `simplify --tolerance` by the command line: answers, JSON, certificates that are verified and bound to the files, and what is refused.

mod support;

use serde_json::{Value, json};
use support::cli::{Files, Ran, example, relucert};

/// Neuron 1 is nearly twice neuron 0, neuron 3 contributes little, neuron 4 nothing.
const NET: &str = r#"{"a": [["1","1"],["2","41/20"],["0","1"],["1","-3"],["0","0"]], "b": ["0","0","1/2","1","0"],
 "c": [["1"],["1/2"],["1"],["1/100"],["5"]], "e": ["0"]}"#;
/// In each layer of neurons the last one is nearly another one.
const DEEP: &str = r#"{"layers": [
 {"weights": [["1","-1"],["2","1"],["1","-99/100"]], "biases": ["0","1","0"]},
 {"weights": [["1","-1/2","1/2"],["-1","1","2"],["2","-1","99/100"]], "biases": ["1","0","2"]},
 {"weights": [["1","2","-1"]], "biases": ["1/3"]}]}"#;

fn answered(arguments: &[&str], code: i32) -> Ran {
    let ran = relucert(arguments);
    assert_eq!(
        ran.code, code,
        "{arguments:?}: {}{}",
        ran.stdout, ran.stderr
    );
    ran
}

fn object(arguments: &[&str]) -> Value {
    serde_json::from_str(&answered(arguments, 0).stdout).unwrap()
}

fn verified(certificate: &str, gamma: &str, theta: &str, expected: &[&str]) {
    let mut arguments = vec!["verify", certificate, "--gamma", gamma, "--theta", theta];
    for expected in expected {
        arguments.extend(["--expect", expected]);
    }
    let ran = answered(&arguments, 0);
    assert!(ran.stdout.ends_with("s VERIFIED\n"), "{}", ran.stdout);
}

#[test]
fn in_the_seminorm() {
    let files = Files::new();
    let net = files.write("net.json", NET);
    let (certificate, out) = (files.name("within.rcert"), files.name("out.json"));
    let arguments = [
        "simplify",
        "--json",
        &net,
        "--tolerance",
        "1/20",
        "-o",
        &certificate,
        "--output",
        &out,
    ];
    let value = object(&arguments);
    assert_eq!([&value["neurons_before"], &value["neurons"]], [5, 3]);
    assert_eq!(value["norm"], "seminorm");
    assert_eq!(
        (&value["distance"], &value["exact"]),
        (&json!("3/100"), &json!(true))
    );
    let dropped = json!([{"layer": 0, "neurons": [4], "why": "dead"}, {"layer": 0, "neurons": [3], "why": "small"}]);
    assert_eq!(value["dropped"], dropped);
    verified(&certificate, &net, &out, &["seminorm=3/100"]);
    // The certificate says what `distance` says.
    let distance = object(&["distance", "--json", &net, &out]);
    assert_eq!(distance["seminorm"], "3/100");
    // The near pair is no cheaper than one of it alone, however near.
    let ran = answered(&["simplify", &net, "--tolerance", "1/100"], 0);
    assert!(ran.stdout.contains("5 -> 4"), "{}", ran.stdout);
    assert!(
        ran.stderr
            .contains("--domain BOX measures the change on a box"),
        "{}",
        ran.stderr
    );
}

#[test]
fn on_a_box_near_neurons_are_merged() {
    let files = Files::new();
    let net = files.write("net.json", NET);
    let (certificate, out) = (files.name("within.rcert"), files.name("out.json"));
    let arguments = [
        "simplify",
        "--json",
        &net,
        "--tolerance",
        "1/20",
        "--domain",
        "-1:1",
        "-o",
        &certificate,
        "--output",
        &out,
    ];
    let value = object(&arguments);
    assert_eq!([&value["neurons_before"], &value["neurons"]], [5, 2]);
    assert_eq!(
        (&value["norm"], &value["exact"]),
        (&json!("sup-norm"), &json!(true))
    );
    assert_eq!(value["merged"], json!([{"layer": 0, "neurons": [0, 1]}]));
    let distance = value["distance"].as_str().unwrap();
    verified(
        &certificate,
        &net,
        &out,
        &[&format!("sup-norm={distance}"), "box=[-1,1]x[-1,1]"],
    );
    let found = object(&[
        "distance", "--json", &net, &out, "--sup", "--domain", "-1:1",
    ]);
    assert_eq!(found["sup"]["value"], distance);
    let told = answered(&["explain", &certificate], 0).stdout;
    assert!(told.contains(distance), "{told}");
}

#[test]
fn rounding_counts_among_the_changes() {
    let files = Files::new();
    let net = files.write("net.json", NET);
    let (certificate, out) = (files.name("within.rcert"), files.name("out.safetensors"));
    let arguments = [
        "simplify",
        "--json",
        &net,
        "--tolerance",
        "1/20",
        "--domain",
        "-1:1",
        "-o",
        &certificate,
        "--output",
        &out,
        "--round",
        "f32",
    ];
    let value = object(&arguments);
    assert_eq!(value["neurons"], 2);
    verified(&certificate, &net, &out, &["sup-norm", "box"]);
    let tiny = "1/1000000000000";
    let arguments = [
        "simplify",
        &net,
        "--tolerance",
        tiny,
        "--domain",
        "-1:1",
        "--output",
        &out,
        "--round",
        "f32",
    ];
    let ran = answered(&arguments, 2);
    assert!(
        ran.stderr
            .contains("rounding alone changes more than the tolerance"),
        "{}",
        ran.stderr
    );
}

#[test]
fn at_any_depth() {
    let files = Files::new();
    let net = files.write("deep.json", DEEP);
    let (certificate, out) = (files.name("within.rcert"), files.name("out.json"));
    let arguments = [
        "simplify",
        "--json",
        &net,
        "--tolerance",
        "1",
        "--domain",
        "0:1",
        "-o",
        &certificate,
        "--output",
        &out,
    ];
    let value = object(&arguments);
    assert_eq!(value["neurons_before"], 6);
    assert!(value["neurons"].as_u64().unwrap() <= 4, "{value}");
    assert_eq!(value["exact"], false);
    let distance = value["distance"].as_str().unwrap();
    verified(
        &certificate,
        &net,
        &out,
        &[&format!("deep-within={distance}"), "box=[0,1]x[0,1]"],
    );
    let told = answered(&["explain", &certificate], 0).stdout;
    assert!(
        told.contains("neurons of Θ stand for several of Γ"),
        "{told}"
    );
    let text = answered(
        &["simplify", &net, "--tolerance", "1", "--domain", "0:1"],
        0,
    )
    .stdout;
    assert!(text.contains("distance         at most"), "{text}");
    let ran = answered(&["simplify", &net, "--tolerance", "1"], 2);
    assert!(ran.stderr.contains("with --domain BOX"), "{}", ran.stderr);
}

#[test]
fn at_0_it_is_what_it_is_without_a_tolerance() {
    let files = Files::new();
    for (name, text) in [("net.json", NET), ("deep.json", DEEP)] {
        let net = files.write(name, text);
        let plain = answered(&["simplify", "--json", &net], 0).stdout;
        let zero = answered(&["simplify", "--json", &net, "--tolerance", "0"], 0).stdout;
        assert_eq!(plain, zero);
    }
    // On a box even 0 may leave out more: what is nowhere active there.
    let net = files.write("net.json", NET);
    let value = object(&[
        "simplify",
        "--json",
        &net,
        "--tolerance",
        "0",
        "--domain",
        "-2:-1",
    ]);
    assert_eq!(
        (&value["distance"], &value["neurons"]),
        (&json!("0"), &json!(1))
    );
}

#[test]
fn what_is_refused_is_named() {
    let files = Files::new();
    let net = files.write("net.json", NET);
    let family = example("families/ex2.1-g");
    for (arguments, words) in [
        (
            vec!["simplify", &net, "--tolerance", "-1"],
            "--tolerance '-1': must not be negative",
        ),
        (
            vec!["simplify", &net, "--tolerance", "x"],
            "--tolerance 'x'",
        ),
        (vec!["simplify", &net, "--domain", "0:1"], "--tolerance"),
        (
            vec!["simplify", &net, "--tolerance", "1", "--balance"],
            "--balance",
        ),
        (
            vec![
                "simplify",
                &net,
                "--tolerance",
                "1",
                "--domain",
                "0:1,0:1,0:1",
            ],
            "found 3 sides, expected 2",
        ),
        (
            vec![
                "simplify",
                &net,
                "--tolerance",
                "1",
                "--domain",
                "0:1",
                "--max-free",
                "3",
            ],
            "--max-free",
        ),
        (vec!["simplify", &family, "--tolerance", "1"], "--tolerance"),
    ] {
        let ran = answered(&arguments, 2);
        assert!(ran.stderr.contains(words), "{words}: {}", ran.stderr);
    }
}
