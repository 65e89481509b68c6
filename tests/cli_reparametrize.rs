//! `reparametrize`, `verify` and `explain` as a user runs them.

mod support;

use serde_json::{Value, json};
use support::cli::{Files, json, ok, relucert, run, verified};

const GAMMA: &str = "examples/networks/diabetes_gamma.safetensors";
const THETA: &str = "examples/networks/diabetes_theta.safetensors";

#[test]
fn the_diabetes_pair_from_files_to_a_verified_statement() {
    let files = Files::new();
    let certificate = files.name("diabetes.rcert");
    let ran = relucert(&["reparametrize", GAMMA, THETA, "-o", &certificate, "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.starts_with(r#"{"relucert":"reparametrize/1","#));
    let object = ran.json();
    assert_eq!(object["theorem"], "3.1");
    assert_eq!(object["form"], "seminorm");
    assert_eq!(object["homogenised"], true);
    // 4.474623174565624e-5.
    let r = "232335718524242278522537500241/5192296858534827628530496329220096";
    assert_eq!(object["r"], r);
    assert_eq!(object["jump"], "684323175047/72057594037927936");
    assert_eq!(object["distance"], "318593868531/18014398509481984");
    assert_eq!(object["neurons"].as_array().map(Vec::len), Some(101));
    for bound in object["bounds"].as_array().expect("bounds") {
        assert_eq!(bound["proved"], true);
    }
    for arguments in [
        vec![certificate.as_str()],
        vec![&certificate, "--gamma", GAMMA, "--theta", THETA],
    ] {
        let with_verb: Vec<&str> = ["verify"].into_iter().chain(arguments.clone()).collect();
        for ran in [
            run("relucert-verify", &arguments, b""),
            relucert(&with_verb),
        ] {
            assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
            assert!(ran.stdout.ends_with("\ns VERIFIED\n"));
            assert!(
                ran.stdout
                    .contains("‖Φ − Γ‖_∞ = 318593868531/18014398509481984")
            );
        }
    }
    let swapped = ["verify", &certificate, "--gamma", THETA];
    let ran = relucert(&swapped);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.ends_with("s REJECTED\n"), "{}", ran.stdout);
}

#[test]
fn equal_input_gives_equal_bytes() {
    let files = Files::new();
    let texts = ["one.rcert", "two.rcert"].map(|name| {
        let path = files.name(name);
        ok(&["reparametrize", GAMMA, THETA, "-o", &path]);
        std::fs::read(path).expect("written")
    });
    assert_eq!(texts[0], texts[1]);
}

#[test]
fn explain_retells_every_neuron_with_equation_numbers() {
    let files = Files::new();
    let certificate = files.name("c.rcert");
    // 087: the instance where the constant √2 is attained.
    let gamma = files.write(
        "g.json",
        r#"{"a": [["10","1"],["2","2/5"],["-10","1"]], "c": [["10"],["2"],["10"]]}"#,
    );
    let theta = files.write(
        "t.json",
        r#"{"a": [["10","1"],["-2","2/5"],["-10","1"]], "c": [["51/5"],["-2"],["51/5"]]}"#,
    );
    let ran = relucert(&[
        "reparametrize",
        &gamma,
        &theta,
        "-o",
        &certificate,
        "--json",
    ]);
    let object = ran.json();
    assert_eq!(
        (&object["r"], &object["beta"]),
        (&Value::from("2"), &Value::from("2"))
    );
    assert_eq!(object["distance"], "4");
    assert_eq!(object["bound"], "2+2*sqrt(2)");
    for format in ["text", "markdown"] {
        let ran = ok(&["explain", &certificate, "--format", format]);
        for word in [
            "r = |g − R(Γ)|",
            "(42)",
            "(53)",
            "(54)",
            "(60)/(104)",
            "(71)/(111)",
            "Neuron 2: case B.3",
            "(75)",
        ] {
            assert!(
                ran.stdout.contains(word),
                "{format}: {word}\n{}",
                ran.stdout
            );
        }
    }
}

#[test]
fn a_violated_hypothesis_is_answered_no_with_the_neurons_and_a_certificate() {
    let files = Files::new();
    let gamma = files.write(
        "g.json",
        r#"{"a": [["1","0"],["3/2","0"]], "c": [["1"],["1"]]}"#,
    );
    let theta = files.write(
        "t.json",
        r#"{"a": [["1","0"],["0","1"]], "c": [["2"],["1/2"]]}"#,
    );
    let certificate = files.name("no.rcert");
    let arguments = ["reparametrize", &gamma, &theta, "--theorem", "3.1"];
    let ran = relucert(&[&arguments[..], &["-o", &certificate]].concat());
    assert_eq!(ran.code, 1);
    assert!(
        ran.stdout.contains("C.2 in Γ: a_1 = (3/2 ≈ 1.5)·a_0"),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.contains("jump norm J"));
    let (_, object) = json(&["reparametrize", &gamma, &theta]);
    assert_eq!(object["theorem"], Value::Null);
    assert_eq!(object["violations"][0]["condition"], "C.2");
    assert_eq!(object["violations"][0]["pairs"][0]["factor"], "3/2");
    verified(&certificate, &[]);
    assert!(
        relucert(&["explain", &certificate])
            .stdout
            .contains("a_1 = (3/2 ≈ 1.5)·a_0")
    );
}

#[test]
fn a_beta_that_is_too_small_violates_c1() {
    let files = Files::new();
    let gamma = files.write("g.json", r#"{"a": [["7","0"]], "c": [["0"]]}"#);
    let theta = files.write("t.json", r#"{"a": [["0","1"]], "c": [["1/3"]]}"#);
    let certificate = files.name("no.rcert");
    let ran = relucert(&[
        "reparametrize",
        &gamma,
        &theta,
        "--beta",
        "sqrt(48)",
        "-o",
        &certificate,
    ]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("C.1: neuron 0 of Γ"), "{}", ran.stdout);
    verified(&certificate, &[]);
    for beta in ["7", "sqrt(50)"] {
        let ran = relucert(&[
            "reparametrize",
            &gamma,
            &theta,
            "--beta",
            beta,
            "-o",
            &certificate,
        ]);
        assert_eq!(ran.code, 0);
        verified(&certificate, &[]);
    }
}

#[test]
fn what_the_theorem_is_not_about_is_refused_and_files_stay_as_they_were() {
    let files = Files::new();
    let one = files.write("one.json", r#"{"a": [["1","0"]], "c": [["1"]]}"#);
    let cases = [
        (r#"{"a": [["1","0"]], "c": [["1","2"]]}"#, "Θ has D = 2"),
        (
            r#"{"a": [["1"]], "c": [["1"]]}"#,
            "Γ has 2 inputs and Θ has 1",
        ),
        (
            r#"{"a": [["1","0"],["0","1"]], "c": [["1"],["1"]]}"#,
            "Γ has 1 neurons and Θ has 2",
        ),
        (
            r#"{"layers": [{"weights": [["1","0"]], "biases": ["0"]}]}"#,
            "Θ has 1 layer(s)",
        ),
    ];
    let kept = files.write("kept.rcert", "as it was");
    for (text, reason) in cases {
        let other = files.write("other.json", text);
        let ran = relucert(&["reparametrize", &one, &other, "-o", &kept]);
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains(reason), "{reason}: {}", ran.stderr);
        assert_eq!(ran.stdout, "");
        assert_eq!(files.text("kept.rcert").expect("there"), "as it was");
    }
    let ran = relucert(&[
        "reparametrize",
        &one,
        &one,
        "-o",
        &files.name("no/such/place.rcert"),
    ]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("cannot be written"), "{}", ran.stderr);
    let ran = relucert(&["reparametrize", &one, &one, "--beta", "-1"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("must not be negative"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_seminorm_beyond_the_limits_is_declined_where_it_is_needed() {
    let short = ["--form", "seminorm", "--max-nodes", "1"];
    let ran = relucert(&[&["reparametrize", GAMMA, THETA], &short[..]].concat());
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("needs r exactly"), "{}", ran.stderr);
}

#[test]
fn phi_can_be_written_and_read_back() {
    let files = Files::new();
    let gamma = files.write("g.json", r#"{"a": [["3"]], "c": [["1"]]}"#);
    let theta = files.write("t.json", r#"{"a": [["1"]], "c": [["2"]]}"#);
    let phi = files.name("phi.json");
    ok(&["reparametrize", &gamma, &theta, "--phi-out", &phi]);
    let (_, object) = json(&["eval", &phi, "--at", "5/7"]);
    assert_eq!(object["value"], json!(["10/7"]));
}
