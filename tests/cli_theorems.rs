//! `reparametrize` with every theorem and form, `lift` and `audit`, as a user calls them.

mod support;

use serde_json::{Value, json};
use support::cli::{Files, example, json, ok, relucert, verified};

#[test]
fn the_sharp_pairs_in_every_form() {
    let files = Files::new();
    let file = files.name("x.rcert");
    let pair = |n: u32| {
        [
            example(&format!("sharp/theorem_3_{n}_gamma")),
            example(&format!("sharp/theorem_3_{n}_theta")),
        ]
    };
    for (pair, extra, theorem, bound) in [
        (pair(1), &["--theorem", "3.1"][..], "3.1", "2+2*sqrt(2)"),
        (pair(1), &["--form", "sharp"], "3.1", "4"),
        (pair(1), &["--form", "jump"], "3.1", "4"),
        (pair(1), &["--form", "refined"], "3.1", "4"),
        (
            pair(3),
            &["--theorem", "3.3", "--form", "paper"],
            "3.3",
            "4*sqrt(2)",
        ),
        (pair(3), &["--theorem", "3.3"], "3.3", "4"),
        (pair(3), &["--theorem", "3.3", "--form", "jump"], "3.3", "4"),
    ] {
        let arguments = [&["reparametrize", &pair[0], &pair[1], "-o", &file], extra].concat();
        let (code, object) = json(&arguments);
        assert_eq!(code, 0, "{extra:?}");
        assert_eq!(object["theorem"], theorem, "{extra:?}");
        assert_eq!(object["bound"], bound, "{extra:?}");
        assert_eq!(object["distance"], "4", "{extra:?}");
        verified(&file, &[]);
        ok(&["explain", &file]);
    }
    let (code, object) = json(&[
        "nearest",
        &pair(3)[0],
        &pair(3)[1],
        "--in-n-star",
        "-o",
        &file,
    ]);
    assert_eq!((code, object["distance"].as_str()), (0, Some("4")));
    verified(&file, &[]);
}

#[test]
fn where_no_theorem_applies_the_best_phi_is_built() {
    let files = Files::new();
    // Two outputs, not balanced: neither theorem speaks of it.
    let gamma = files.write(
        "g.json",
        r#"{"a": [["2","1"],["1","3"]], "c": [["2","-1"],["0","3"]]}"#,
    );
    let theta = files.write(
        "t.json",
        r#"{"a": [["1/2","2"],["4","2"]], "c": [["8","2"],["1","-1"]]}"#,
    );
    let (file, phi) = (files.name("x.rcert"), files.name("phi.json"));
    let (code, object) = json(&[
        "reparametrize",
        &gamma,
        &theta,
        "-o",
        &file,
        "--phi-out",
        &phi,
    ]);
    assert_eq!(code, 1);
    assert_eq!(object["theorem"], Value::Null);
    assert_eq!(object["distance"], "-3/2+1/2*sqrt(73)");
    assert_eq!(object["lower"], object["distance"]);
    let missing = object["missing"].to_string();
    assert!(
        missing.contains("Theorem 3.1 is about one output"),
        "{missing}"
    );
    assert!(missing.contains("Θ is not in N*"), "{missing}");
    verified(&file, &[]);
    // Φ is read back for its function.
    ok(&["equal", &phi, &theta]);
    assert_eq!(relucert(&["equal", &phi, &gamma]).code, 1);
    // A hidden C.3: the flipped Θ satisfies it.
    let gamma = files.write(
        "g.json",
        r#"{"a": [["-1","-2"],["3","-1"],["-2","3"]], "c": [["1"],["1"],["1"]]}"#,
    );
    let theta = files.write(
        "t.json",
        r#"{"a": [["1","2"],["-3","1"],["2","-3"]], "c": [["1"],["1"],["1"]]}"#,
    );
    let (code, object) = json(&["reparametrize", &gamma, &theta, "-o", &file]);
    assert_eq!(code, 0);
    assert_eq!(object["flipped"], json!([0, 1, 2]));
    assert_eq!(object["distance"], "0");
    verified(&file, &[]);
    // And one that nothing satisfies.
    let [gamma, theta] = ["gamma", "theta"].map(|n| example(&format!("paper/example_2_5_{n}_k1")));
    let (code, object) = json(&[
        "reparametrize",
        &gamma,
        &theta,
        "--theorem",
        "3.1",
        "-o",
        &file,
    ]);
    assert_eq!((code, &object["c3_possible"]), (1, &Value::Bool(false)));
    verified(&file, &[]);
}

#[test]
fn lifts_and_samples() {
    let files = Files::new();
    let text = r#"{"a": [["0"]], "b": ["1"], "c": [["1"]], "e": ["1"]}"#;
    let network = files.write("n.json", text);
    let samples = files.write("s.csv", "1/2,3\n# a comment\n-1,0.5\n");
    let file = files.name("x.rcert");
    let (code, object) = json(&["lift", &network, "-o", &file, "--samples", &samples]);
    assert_eq!(code, 0);
    assert_eq!(object["n_star"], true);
    assert_eq!(object["samples"][0], json!(["1/2", "1", "-1", "3"]));
    // (2 − 3)² and (2 − 1/2)², halved.
    assert_eq!(object["mean_squared_error"], "13/8");
    verified(&file, &[]);
    let (code, object) = json(&["lift", &network, "--published"]);
    assert_eq!(
        (code, &object["n_star"], &object["realises"]),
        (1, &Value::Bool(false), &Value::Bool(true))
    );
    assert!(
        object["reason"]
            .as_str()
            .is_some_and(|reason| reason.contains("a_1 = 1·a_0"))
    );
    let samples = files.write("s.csv", "1/2\n");
    let ran = relucert(&["lift", &network, "--samples", &samples]);
    assert_eq!(ran.code, 2);
}

#[test]
fn audits() {
    let (code, object) = json(&[
        "audit",
        "--theorem",
        "3.3",
        "--trials",
        "200",
        "--seed",
        "3",
        "--search",
        "5",
    ]);
    assert_eq!(code, 0);
    assert_eq!(object["trials"], 200);
    assert_eq!(object["worst"]["3.3 sharp 2√2·√r"]["ratio"], "1");
    let again = json(&[
        "audit",
        "--theorem",
        "3.3",
        "--trials",
        "200",
        "--seed",
        "3",
        "--search",
        "5",
    ]);
    assert_eq!(again.1, object);
    let ran = ok(&["audit", "e8"]);
    assert!(
        ran.stdout.contains("refuted") && ran.stdout.contains("VERIFIED"),
        "{}",
        ran.stdout
    );
    assert_eq!(relucert(&["audit", "Z9"]).code, 2);
}

/// The sharp pairs with all weights times k: bounds and distances grow by k, for all k. And a Θ with neurons turned round.
#[test]
fn the_theorems_for_all_k() {
    let files = Files::new();
    let file = files.name("x.rcert");
    let family = |name: &str| {
        let text = std::fs::read_to_string(example(&format!("sharp/{name}"))).unwrap();
        let mut network: Value = serde_json::from_str(&text).unwrap();
        for part in ["a", "c"] {
            for row in network[part].as_array_mut().unwrap() {
                for entry in row.as_array_mut().unwrap() {
                    let number = entry.as_str().map_or(entry.to_string(), str::to_owned);
                    *entry = json!(format!("({number})*k"));
                }
            }
        }
        network["parameter"] = json!("k");
        files.write(&format!("{name}.json"), network.to_string())
    };
    let pair = |n: u32| {
        [
            family(&format!("theorem_3_{n}_gamma")),
            family(&format!("theorem_3_{n}_theta")),
        ]
    };
    let turned = [
        r#"{"parameter":"k","a":[["k+1","0"],["0","1"],["1","1"]],"c":[["1"],["k+1"],["-k-1"]]}"#,
        r#"{"parameter":"k","a":[["-1","-1"],["-k-1","0"],["0","-1"]],"c":[["-k-1"],["1"],["k+1"]]}"#,
    ];
    let turned = [0, 1].map(|i| files.write(&format!("turned{i}.json"), turned[i]));
    for (pair, extra, theorem, bound, distance, told) in [
        (
            pair(1),
            &["--form", "sharp"][..],
            "3.1",
            "4*k",
            "4*k",
            "case",
        ),
        (pair(1), &["--form", "jump"], "3.1", "4*k", "4*k", "case"),
        (
            pair(1),
            &["--form", "refined"],
            "3.1",
            "4*k",
            "4*k",
            "has a partner where",
        ),
        (
            pair(3),
            &["--theorem", "3.3"],
            "3.3",
            "4*k",
            "4*k",
            "Γ is in N*",
        ),
        (
            pair(3),
            &["--theorem", "3.3", "--form", "jump"],
            "3.3",
            "4*k",
            "4*k",
            "Θ is in N*",
        ),
        (
            turned,
            &[],
            "3.1",
            "0",
            "0",
            "neurons [0, 1, 2] of Θ turned round",
        ),
    ] {
        let arguments = [&["reparametrize", &pair[0], &pair[1], "-o", &file], extra].concat();
        let (code, object) = json(&arguments);
        assert_eq!(code, 0, "{extra:?}");
        let found = [&object["theorem"], &object["bound"], &object["distance"]];
        assert_eq!(found, [theorem, bound, distance], "{extra:?}");
        verified(&file, &["--gamma", &pair[0], "--theta", &pair[1]]);
        let words = ok(&["explain", &file]).stdout;
        assert!(words.contains(told), "{words}");
    }
}
