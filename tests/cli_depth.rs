//! The verbs on networks of any depth, by the command line: answers, JSON, certificates that are verified and bound to the files.

mod support;

use support::cli::{Files, Ran, relucert};

/// Neuron 2 of layer 0 is 3 times neuron 0, neuron 1 of layer 1 is never positive.
const ONE: &str = r#"{"layers": [
 {"weights": [["1","-1"],["2","0"],["3","-3"]], "biases": ["0","1","0"]},
 {"weights": [["1/2","1/2","1/6"],["0","-1","-2"],["-1","3","0"]], "biases": ["0","-1","-1"]},
 {"weights": [["1","5","-2"]], "biases": ["5"]}]}"#;
/// The same simplified, in another order and rescaled.
const OTHER: &str = r#"{"layers": [
 {"weights": [["1","0"],["1/2","-1/2"]], "biases": ["1/2","0"]},
 {"weights": [["6","-2"],["3","6"]], "biases": ["-1","0"]},
 {"weights": [["-2","1/3"]], "biases": ["5"]}]}"#;

fn files() -> (Files, [String; 2]) {
    let files = Files::new();
    let names = [
        files.write("one.json", ONE),
        files.write("other.json", OTHER),
    ];
    (files, names)
}

fn answered(arguments: &[&str], code: i32) -> String {
    let Ran {
        code: found,
        stdout,
        stderr,
    } = relucert(arguments);
    assert_eq!(found, code, "{arguments:?}: {stdout}{stderr}");
    stdout
}

fn verified(certificate: &str, gamma: &str, theta: &str, kind: &str) {
    let arguments = [
        "verify",
        certificate,
        "--gamma",
        gamma,
        "--theta",
        theta,
        "--expect",
        kind,
    ];
    let stdout = answered(&arguments, 0);
    assert!(stdout.ends_with("s VERIFIED\n"), "{stdout}");
}

#[test]
fn equal_by_their_forms() {
    let (files, [one, other]) = files();
    let certificate = files.name("equal.rcert");
    let text = answered(&["equal", &one, &other, "-o", &certificate], 0);
    assert!(text.starts_with("equal on all of R^2"), "{text}");
    verified(&certificate, &one, &other, "deep-equal");
    let told = answered(&["explain", &certificate], 0);
    assert!(told.contains("Γ and Θ are now the same"), "{told}");
    // Another file is not the network.
    let run = relucert(&["verify", &certificate, "--gamma", &other]);
    assert_eq!(run.code, 1);
    let hash = |name: &str| {
        let text = answered(&["canonical", "--hash", "--json", name], 0);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        value["form_hash"].as_str().unwrap().to_owned()
    };
    assert_eq!(hash(&one), hash(&other));
}

#[test]
fn different_at_a_point() {
    let (files, [one, other]) = files();
    let changed = files.write(
        "changed.json",
        OTHER.replace("\"-1\",\"0\"]},", "\"-1\",\"1/1000000\"]},"),
    );
    let certificate = files.name("differ.rcert");
    let text = answered(&["equal", "--json", &one, &changed, "-o", &certificate], 1);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["equal"], false);
    assert_ne!(value["value_a"], value["value_b"]);
    verified(&certificate, &one, &changed, "deep-differ");
    // A shallow network is compared too, and one that is the same function in another way is not decided.
    let shallow = files.write("shallow.json", r#"{"a": [["1","0"]], "c": [["1"]]}"#);
    answered(&["equal", &other, &shallow], 1);
    let line = r#"{"layers": [{"weights": [["1"],["-1"]]}, {"weights": [["1","-1"],["-1","1"]]}, {"weights": [["1","-1"]]}]}"#;
    let line = files.write("line.json", line);
    let short = files.write("short.json", r#"{"layers": [{"weights": [["1"]]}]}"#);
    let text = answered(&["equal", "--json", &line, &short], 3);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(
        value["equal"].is_null() && value["points"].as_u64() > Some(60),
        "{text}"
    );
}

#[test]
fn simplified() {
    let (files, [one, _]) = files();
    let (certificate, out) = (files.name("simple.rcert"), files.name("simple.json"));
    let arguments = [
        "simplify",
        "--json",
        &one,
        "-o",
        &certificate,
        "--output",
        &out,
    ];
    let value: serde_json::Value = serde_json::from_str(&answered(&arguments, 0)).unwrap();
    assert_eq!([&value["neurons_before"], &value["neurons"]], [6, 4]);
    assert_eq!(value["dropped"][0]["why"], "never-positive");
    assert_eq!(value["merged"][0]["neurons"], serde_json::json!([0, 2]));
    verified(&certificate, &one, &out, "deep-equal");
}

#[test]
fn near() {
    let (files, [_, other]) = files();
    let simple = OTHER
        .replace(r#"["1","0"],["1/2","-1/2"]"#, r#"["1","-1"],["2","0"]"#)
        .replace(r#"["1/2","0"]},"#, r#"["0","1"]},"#)
        .replace(r#"["6","-2"],["3","6"]"#, r#"["1","1/2"],["-1","3"]"#)
        .replace(r#"["-1","0"]},"#, r#"["0","-1"]},"#)
        .replace(r#"["-2","1/3"]"#, r#"["1","-2"]"#);
    let gamma = files.write("gamma.json", simple);
    let (certificate, phi) = (files.name("near.rcert"), files.name("phi.json"));
    let arguments = [
        "nearest",
        "--json",
        &gamma,
        &other,
        "-o",
        &certificate,
        "--phi-out",
        &phi,
    ];
    let value: serde_json::Value = serde_json::from_str(&answered(&arguments, 0)).unwrap();
    assert_eq!(
        (&value["distance"], &value["optimal"]),
        (&"0".into(), &true.into())
    );
    verified(&certificate, &gamma, &other, "deep-reparametrization=0");
    answered(&["equal", &phi, &gamma], 0);
}

#[test]
fn inspected() {
    let (_files, [one, _]) = files();
    let text = answered(&["inspect", "--json", "--domain", "1:2,-1:0", &one], 0);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let [first, second] = [&value["layers"][0], &value["layers"][1]];
    assert_eq!(first["parallel"], serde_json::json!([[0, 2]]));
    assert_eq!(first["parallel_factors"], serde_json::json!(["3"]));
    assert_eq!(first["always_active"], serde_json::json!([0, 1, 2]));
    assert_eq!(second["dead"][0]["why"], "never-positive");
    assert_eq!(second["never_active"], serde_json::json!([1]));
    let text = answered(&["inspect", &one], 0);
    assert!(
        text.contains("layers               2 -> 3 -> 3 -> 1"),
        "{text}"
    );
}
