//! `relucert eval` and what all verbs share: output, JSON, exit codes.

mod support;

use std::process::Stdio;

use serde_json::{Value, json};
use support::cli::{Files, ok, program};

/// Standard output of a run that must succeed with nothing on standard error.
fn answer(arguments: &[&str]) -> String {
    let ran = ok(&[arguments, &["-q"]].concat());
    assert_eq!(ran.stderr, "", "{arguments:?}");
    ran.stdout
}

const BIASED: &str =
    r#"{"a": [["1","0"],["-1/2","3"]], "b": [1, "1/3"], "c": [["1"],["2"]], "e": ["1/3"]}"#;

#[test]
fn values_are_exact() {
    let files = Files::new();
    let net = files.write("net.json", BIASED);
    // ρ(1/10 + 1) + 2ρ(−1/20 + 1/3) + 1/3.
    assert_eq!(answer(&["eval", &net, "--at", "0.1,0"]), "R(1/10, 0) = 2\n");
    assert_eq!(
        answer(&["eval", &net, "--at=-1,0x1p-2"]),
        "R(-1, 1/4) = 7/2 ≈ 3.5\n"
    );
    assert_eq!(
        answer(&["eval", &net, "--at", "-1 1/4"]),
        "R(-1, 1/4) = 7/2 ≈ 3.5\n"
    );
    let deep = r#"{"layers": [{"weights": [[1],[-1]]}, {"weights": [[1,1]], "biases": [-1]}, {"weights": [[1],[2]]}]}"#;
    let deep = files.write("deep.json", deep);
    let text = answer(&["eval", &deep, "--at", "-4/3"]);
    assert_eq!(
        text,
        "R(-4/3) =\n  0: 1/3 ≈ 0.333333\n  1: 2/3 ≈ 0.666666\n"
    );
    let affine = files.write(
        "affine.json",
        r#"{"layers": [{"weights": [[2, 3]], "biases": ["1/7"]}]}"#,
    );
    assert_eq!(
        answer(&["eval", &affine, "--at", "-1,0"]),
        "R(-1, 0) = -13/7 ≈ -1.85714\n"
    );
    let radical = files.write(
        "radical.json",
        r#"{"a": [["sqrt(2)"]], "c": [["3*sqrt(2)"]]}"#,
    );
    assert_eq!(answer(&["eval", &radical, "--at", "1/2"]), "R(1/2) = 3\n");
}

#[test]
fn json_has_the_contract_fields_first() {
    let files = Files::new();
    let net = files.write("net.json", BIASED);
    let one = answer(&["eval", &net, "--at", "-1,1/2", "--json"]);
    assert_eq!(
        one,
        "{\"relucert\":\"eval/1\",\"value\":[\"5\"],\"at\":[[\"-1\",\"1/2\"]]}\n"
    );
    let two: Value = serde_json::from_str(&answer(&[
        "--json", "eval", &net, "--at", "-1,1/2", "--at", "0,0",
    ]))
    .unwrap();
    assert_eq!(two["value"], json!(["5"]));
    assert_eq!(two["values"], json!([["5"], ["2"]]));
    for verb in ["inspect", "canonical"] {
        let text = answer(&[verb, &net, "--json"]);
        assert!(
            text.starts_with(&format!("{{\"relucert\":\"{verb}/1\",")),
            "{text}"
        );
        assert_eq!(text.lines().count(), 1);
    }
}

#[test]
fn help_and_version_go_to_standard_output() {
    assert!(answer(&["--version"]).starts_with("relucert "));
    let help = answer(&["--help"]);
    for word in [
        "eval",
        "inspect",
        "canonical",
        "--json",
        "--quiet",
        "Exit codes",
    ] {
        assert!(help.contains(word), "{help}");
    }
    assert!(!help.contains('\u{1b}'), "no colours off a terminal");
    assert!(answer(&["eval", "--help"]).contains("--at <POINT>"));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let files = Files::new();
    let rows = vec!["[1]"; 5_000].join(",");
    let biases: Vec<String> = (0..5_000).map(|k| k.to_string()).collect();
    let text = format!(
        r#"{{"a": [{rows}], "b": [{}], "c": [{rows}]}}"#,
        biases.join(",")
    );
    let net = files.write("net.json", &text);
    let mut child = program("relucert")
        .args(["canonical", &net])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

/// Tensor names as PyTorch gives them, all four float types, layers in numeric and not in alphabetical order.
#[test]
fn safetensors_of_every_float_type() {
    let files = Files::new();
    let mut data = Vec::new();
    let mut entries = Vec::new();
    let mut tensor = |name: &str, dtype: &str, shape: &str, bytes: &[u8]| {
        let start = data.len();
        data.extend(bytes);
        entries.push(format!(
            r#""{name}":{{"dtype":"{dtype}","shape":{shape},"data_offsets":[{start},{}]}}"#,
            data.len()
        ));
    };
    tensor("net.10.weight", "F32", "[1,1]", &2.0f32.to_le_bytes());
    tensor("net.9.weight", "F64", "[1,1]", &0.1f64.to_le_bytes());
    tensor("net.9.bias", "F16", "[1]", &0x3555u16.to_le_bytes());
    tensor("net.10.bias", "BF16", "[1]", &0x3fc0u16.to_le_bytes());
    let header = format!(
        r#"{{"__metadata__":{{"format":"pt"}},{}}}"#,
        entries.join(",")
    );
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.as_bytes());
    bytes.extend(&data);
    let path = files.write("net.safetensors", bytes);
    let text = answer(&["eval", &path, "--at", "1", "--json"]);
    let value: Value = serde_json::from_str(&text).unwrap();
    // 2·(0.1 as a double + 1365/4096) + 3/2.
    let tenth = relucert::exact::Rational::from_float(0.1).unwrap();
    let rational = |text: &str| relucert::exact::text::parse_rational(text).unwrap();
    let expected = rational("2") * (tenth + rational("1365/4096")) + rational("3/2");
    assert_eq!(value["value"], json!([expected.to_string()]));
}
