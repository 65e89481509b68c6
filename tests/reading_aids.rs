//! What answers say beside the number, so that people take it for what it is.

mod support;

use serde_json::json;
use support::cli::{Files, relucert};

#[test]
fn answers_say_what_they_mean() {
    let files = Files::new();
    let file = |name: &str, text: &str| files.write(name, text);
    // Two neurons of one direction and one of another.
    let three = file(
        "three.json",
        r#"{"a":[["1","0"],["2","0"],["0","1"]],"c":[["1"],["1"],["1"]]}"#,
    );
    let zero = file("zero.json", r#"{"a":[["0","0"]],"c":[["0"]]}"#);
    let near = file(
        "near.json",
        r#"{"a":[["1","1/1000"],["0","1"]],"c":[["3"],["1"]]}"#,
    );
    let powers = file(
        "powers.json",
        r#"{"parameter":"k","a":[["1","0"],["0","1"]],"c":[["(k-1)*(k-2)"],["0"]]}"#,
    );
    let none = file(
        "none.json",
        r#"{"parameter":"k","a":[["0","0"]],"c":[["0"]]}"#,
    );
    let long = file(
        "long.json",
        r#"{"a":[["123456789123456789/1000000000000000003"]],"c":[["1"]]}"#,
    );
    let half = file("half.json", r#"{"a":[["1/2"]],"c":[["1"]]}"#);
    let float = file(
        "float.json",
        r#"{"a":[["0x1.999999999999ap-4"]],"c":[["1"]]}"#,
    );
    let tenth = file("tenth.json", r#"{"a":[["0.1"]],"c":[["1"]]}"#);
    for (arguments, says) in [
        (vec!["minimal", &three], "least neurons    2 of 3\n"),
        (vec!["minimal", &zero], "least neurons    0 of 1\n"),
        (
            vec!["equal", &none, &powers],
            "equal at k = 1, 2; larger k than 3 were not looked at\n",
        ),
        (
            vec!["equal", &powers, "examples/families/ex2.3-g.json"],
            "no other k was looked at\n",
        ),
        (vec!["norm", &half], "seminorm      1/2 ≈ 0.5\n"),
        (
            vec!["norm", &long],
            "seminorm      ≈ 0.123456 = 123456789123456789/1000000000000000003\n",
        ),
        // As many digits as it takes to see the difference.
        (
            vec!["equal", &tenth, &float],
            "A(x) = (1/10 ≈ 0.1)\n  B(x) = (≈ 0.100000000000000005551115 = ",
        ),
    ] {
        let ran = relucert(&arguments);
        assert!(ran.stdout.contains(says), "{arguments:?}: {ran:?}");
    }
    let apart = file(
        "apart.json",
        r#"{"a":[["1","1/1000"],["1","7"]],"c":[["3"],["1"]]}"#,
    );
    for (other, shared) in [
        (&apart, false),
        (&near, true),
        (&three, true),
        (&zero, true),
    ] {
        for flags in [&[][..], &["--json"]] {
            let mut arguments = vec!["distance", &three, other];
            arguments.extend(flags);
            let ran = relucert(&arguments);
            let said = ran
                .stderr
                .contains("no hyperplane is shared, so whole kinks count");
            assert_eq!(said, !shared, "{arguments:?}: {ran:?}");
        }
    }
}

#[test]
fn inspect_names_practically_dead_neurons_and_the_ten_nearest_pairs() {
    let files = Files::new();
    let directions = (1..=9).map(|i| format!(r#"["1", "{i}/1000"]"#));
    let rows: Vec<String> = directions.chain([r#"["1e-20", "3"]"#.to_owned()]).collect();
    let mut outer = vec![r#"["2"]"#; 9];
    // Neuron 3 hardly counts, whatever its direction; neuron 9 has a weight that is as small, and counts.
    outer[3] = r#"["1e-9"]"#;
    outer.push(r#"["1"]"#);
    let text = format!(
        r#"{{"a": [{}], "c": [{}]}}"#,
        rows.join(", "),
        outer.join(", ")
    );
    let network = files.write("net.json", &text);
    let ran = relucert(&["inspect", &network]);
    let line =
        "practically dead     3 (≈ 3.33e-10); ‖c‖·‖a‖ as a share of the largest, below 1/1000000\n";
    assert!(ran.stdout.contains(line), "{}", ran.stdout);
    assert_eq!(
        ran.stdout.matches("degrees off").count(),
        20,
        "{}",
        ran.stdout
    );
    let found = relucert(&["inspect", &network, "--json"]).json();
    assert_eq!(
        found["practically_dead"],
        json!([{"neuron": 3, "share": "1/3000000000"}])
    );
    let pairs = found["near_parallel_pairs"].as_array().expect("a list");
    // Eight neighbours 1/1000 apart, then the first two of those 2/1000 apart.
    let expected: Vec<_> = (0..8)
        .map(|i| (json!([i, i + 1]), json!("1/1000")))
        .chain([
            (json!([0, 2]), json!("1/500")),
            (json!([1, 3]), json!("1/500")),
        ])
        .collect();
    let pairs: Vec<_> = pairs
        .iter()
        .map(|p| (p["pair"].clone(), p["gap"].clone()))
        .collect();
    assert_eq!(pairs, expected);
    assert_eq!(found["near_parallel"]["pair"], json!([0, 1]));
    assert_eq!(
        found["near_opposite_pairs"]
            .as_array()
            .expect("a list")
            .len(),
        10
    );
    // The output bias is no neuron that could be the strongest.
    let biased = r#"{"a": [["1"], ["1"]], "b": ["0", "1"], "c": [["1"], ["1e-3"]], "e": ["1e9"]}"#;
    let biased = files.write("biased.json", biased);
    let found = relucert(&["inspect", &biased, "--json"]).json();
    assert_eq!(found["practically_dead"], json!([]));
}

#[test]
fn claims_are_found_by_their_place() {
    for (query, first, count) in [
        ("c05", "C05", 1),
        ("Example A.4", "C08", 1),
        ("Definition 3.2", "D25", 2),
        ("2.5", "C05", 3),
    ] {
        let found = relucert(&["audit", query, "--json"]).json();
        let claims = found["claims"].as_array().expect("a list");
        assert_eq!(
            (&claims[0]["id"], claims.len()),
            (&json!(first), count),
            "{query}"
        );
    }
    let ran = relucert(&["audit", "Example 2.5"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.stdout.starts_with("C05   Example 2.5 "),
        "{}",
        ran.stdout
    );
    let said = "2 claims are found by 'Example 2.5'; `relucert audit C05` retells";
    assert!(ran.stdout.contains(said), "{}", ran.stdout);
    for query in ["Z9", "Example 2.55", "", "(5400)"] {
        let ran = relucert(&["audit", query]);
        assert_eq!(ran.code, 2, "{query}: {ran:?}");
        assert!(
            ran.stderr.contains("no claim is found by"),
            "{query}: {ran:?}"
        );
    }
}

/// What `tolist()` writes is another network than the tensors it comes from.
#[test]
fn decimals_beside_binary_floats_are_remarked() {
    let files = Files::new();
    let exact = r#"{"layers": [{"weights": [["0.1"], ["-2"]], "biases": ["0", "0.7"]}, {"weights": [["1", "3"]], "biases": ["0.25"]}]}"#;
    let exact = files.write("tolist.json", exact);
    let floats = files.name("net.safetensors");
    let rounded = ["simplify", &exact, "--output", &floats, "--round", "f32"];
    assert_eq!(relucert(&rounded).code, 0);
    let ran = relucert(&["equal", &floats, &exact]);
    assert_eq!(ran.code, 1);
    let said = "numbers are exact decimals that round to the f32 floats of the other file";
    assert!(ran.stderr.contains("tolist.json: 2 of its 7 "), "{ran:?}");
    assert!(ran.stderr.contains(said), "{ran:?}");
    let other = files.write(
        "other.json",
        r#"{"a":[["0.1"],["-2"]],"b":["0","0.8"],"c":[["1"],["3"]],"e":["0"]}"#,
    );
    for (a, b) in [(&floats, &other), (&exact, &other), (&floats, &floats)] {
        assert!(!relucert(&["equal", a, b]).stderr.contains("decimals"));
    }
}
