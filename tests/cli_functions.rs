//! `equal`, `distance`, `norm` and `canonical --hash` as a user runs them, every certificate verified.

mod support;

use serde_json::Value;
use support::cli::{Files, json, relucert, verified};

const A: &str = "examples/networks/wine_a.safetensors";
const EQUAL: &str = "examples/networks/wine_b_equal.safetensors";
const OFF: &str = "examples/networks/wine_c_one_ulp_off.safetensors";

#[test]
fn the_seminorm_of_one_ulp_is_exact() {
    // Two hyperplanes that are all but parallel: independent, and the region between them is thin.
    let (code, object) = json(&["distance", A, OFF]);
    assert_eq!(code, 0, "{object}");
    assert!(object["seminorm"].is_string(), "{object}");
}

#[test]
fn trained_networks_of_different_width_are_equal_or_differ_by_one_ulp() {
    let files = Files::new();
    let certificate = files.name("c.rcert");
    let (code, object) = json(&["equal", A, EQUAL, "-o", &certificate]);
    assert_eq!((code, &object["equal"]), (0, &Value::Bool(true)));
    verified(&certificate, &[]);
    let (code, object) = json(&["equal", A, OFF, "-o", &certificate]);
    assert_eq!((code, &object["equal"]), (1, &Value::Bool(false)));
    assert_ne!(object["value_a"], object["value_b"]);
    verified(&certificate, &[]);
    let hash = |file| json(&["canonical", file, "--hash"]).1["hash"].clone();
    assert_eq!(hash(A), hash(EQUAL));
    assert_ne!(hash(A), hash(OFF));
}

#[test]
fn equality_on_a_box_ignores_what_happens_outside() {
    let files = Files::new();
    let a = files.write(
        "a.json",
        r#"{"a": [["1"]], "b": ["-2"], "c": [["5"]], "e": ["1"]}"#,
    );
    let b = files.write(
        "b.json",
        r#"{"a": [["1"]], "b": ["-3"], "c": [["1"]], "e": ["1"]}"#,
    );
    let certificate = files.name("c.rcert");
    for (domain, code) in [("-1:2", 0), ("-1:5/2", 1), ("3:4", 1)] {
        let (found, _) = json(&["equal", &a, &b, "--domain", domain, "-o", &certificate]);
        assert_eq!(found, code, "{domain}");
        verified(&certificate, &[]);
    }
    assert_eq!(json(&["equal", &a, &b]).0, 1);
    for wrong in ["1:1", "1", "a:b", "0:1,0:1"] {
        let ran = relucert(&["equal", &a, &b, "--domain", wrong]);
        assert_eq!(ran.code, 2, "{wrong}");
        assert!(ran.stderr.contains("--domain"), "{}", ran.stderr);
    }
}

#[test]
fn activations_other_than_relu() {
    let files = Files::new();
    // max(t/2, t) = t/2 + ρ(t)/2.
    let a = files.write("a.json", r#"{"a": [["1"]], "c": [["1"]]}"#);
    let b = files.write(
        "b.json",
        r#"{"a": [["1"],["-1"]], "c": [["1/3"],["-2/3"]]}"#,
    );
    let certificate = files.name("c.rcert");
    let prelu = ["--activation", "prelu:1/2"];
    let arguments = ["norm", &a, "-o", &certificate, prelu[0], prelu[1]];
    assert_eq!(json(&arguments).1["seminorm"], "1");
    verified(&certificate, &[]);
    // Both are t ↦ max(t/2, t): b is max(t/2,t)/3 − 2 max(−t/2,−t)/3, slopes 2/3 and 5/6.
    let (code, _) = json(&["equal", &a, &b, prelu[0], prelu[1], "-o", &certificate]);
    assert_eq!(code, 1);
    verified(&certificate, &[]);
    let ran = relucert(&["norm", &a, "--activation", "prelu:-1"]);
    assert_eq!(ran.code, 2);
}

#[test]
fn norms_of_small_networks_with_and_without_biases() {
    let files = Files::new();
    let certificate = files.name("c.rcert");
    let plain = files.write(
        "p.json",
        r#"{"a": [["1","2"],["-1","1"]], "c": [["3","-1"],["2","4"]]}"#,
    );
    let (code, object) = json(&["norm", &plain, "--per-output", "-o", &certificate]);
    assert_eq!(code, 0);
    // Gradients: 0, (3,6)|(-1,-2), (-2,2)|(-4,4), and their sum.
    assert_eq!(object["seminorm"], "8");
    assert_eq!(object["per_output"][1]["upper"], "5");
    verified(&certificate, &[]);
    let biased = files.write(
        "b.json",
        r#"{"a": [["2"],["2"]], "b": ["0","-1"], "c": [["3"],["-3"]], "e": ["1/2"]}"#,
    );
    let (_, object) = json(&[
        "norm",
        &biased,
        "-o",
        &certificate,
        "--sup",
        "--domain",
        "-1:2",
    ]);
    assert_eq!(object["seminorm"], "6");
    assert_eq!(object["sup"]["value"], "7/2");
    verified(&certificate, &[]);
    let (_, object) = json(&["norm", &plain, "--jump", "-o", &certificate]);
    assert_eq!(object["jump"], "6");
    verified(&certificate, &[]);
    let (code, object) = json(&["distance", &plain, &plain]);
    assert_eq!((code, &object["seminorm"]), (0, &Value::from("0")));
}

#[test]
fn inverse_lipschitz_constants_of_directions() {
    let files = Files::new();
    let thin = files.write("thin.arr", "2 2\n1 0\n1 1/10\n");
    let (code, object) = json(&["inverse-lipschitz", &thin, "--box", "2"]);
    assert_eq!((code, &object["constant"]), (0, &Value::from("10")));
    assert_eq!(object["stability"], "2*sqrt(10)");
    let parallel = files.write("p.arr", "2 2\n1 0\n-2 0\n");
    let ran = relucert(&["inverse-lipschitz", &parallel]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("not parallel"), "{}", ran.stderr);
    assert_eq!(
        relucert(&["inverse-lipschitz", &thin, "--limit", "1"]).code,
        3
    );
}

#[test]
fn every_claim_about_functions_is_retold() {
    let files = Files::new();
    let a = files.write(
        "a.json",
        r#"{"a": [["1","2"],["-1","1"]], "c": [["3"],["2"]]}"#,
    );
    let b = files.write(
        "b.json",
        r#"{"a": [["-1","1"],["1","2"]], "c": [["2"],["4"]]}"#,
    );
    let certificate = files.name("c.rcert");
    let told = |arguments: &[&str], words: &str| {
        let all: Vec<&str> = arguments
            .iter()
            .copied()
            .chain(["-o", &certificate])
            .collect();
        let ran = relucert(&all);
        assert!(ran.code < 2, "{}", ran.stderr);
        let ran = relucert(&["explain", &certificate]);
        assert!(ran.stdout.contains(words), "{}", ran.stdout);
    };
    told(&["equal", &a, &a], "Γ and Θ are the same function");
    told(&["equal", &a, &b], "At x = (");
    told(&["distance", &a, &b], "It is exactly 2.");
    told(&["norm", &a, "--jump"], "‖κ_H‖·‖n_H‖ is 6");
    told(&["regions", &a], "4 regions");
}

#[test]
fn without_advice_norms_are_the_same() {
    let files = Files::new();
    let text = r#"{"a": [["-3","3"],["1","1"],["3","3"],["-1","-1"],["2","-1"],["1","0"],["1","3"],["0","-3"]],
        "c": [["-3"],["-1"],["1"],["3"],["3"],["-3"],["-3"],["3"]]}"#;
    let network = files.write("net.json", text);
    let mut values = Vec::new();
    for advice in ["floats", "none"] {
        let certificate = files.name(&format!("{advice}.rcert"));
        let (code, object) = json(&["norm", &network, "--advice", advice, "-o", &certificate]);
        assert_eq!(code, 0, "{advice}");
        let sup = files.name(&format!("{advice}-sup.rcert"));
        let box_of = ["--sup", "--domain", "-2:1", "--sup-certificate", &sup];
        let arguments = [&["norm", &network, "--advice", advice][..], &box_of].concat();
        values.push(json(&arguments).1["sup"]["value"].clone());
        verified(&sup, &[]);
        assert!(object["nodes"].as_u64() > Some(0), "{object}");
        values.push(object["seminorm"].clone());
        verified(&certificate, &[]);
    }
    assert_eq!(values[..2], values[2..]);
}
