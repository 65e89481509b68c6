//! `flips`, `minimal` and `simplify` as a user runs them, every certificate verified.

mod support;

use serde_json::json;
use support::cli::{Files, json, ok, relucert, verified};

#[test]
fn flips_of_the_paper_s_examples() {
    let files = Files::new();
    let certificate = files.name("c.rcert");
    let unique = files.write(
        "unique.json",
        r#"{"a": [["1","1","1"],["-1","1","1"],["0","-sqrt(2)","sqrt(2)/2"]], "c": [["1"],["1"],["sqrt(2)"]]}"#,
    );
    let (code, object) = json(&["flips", &unique, "-o", &certificate]);
    assert_eq!(
        (code, &object["unique"], &object["flips"]),
        (0, &json!(true), &json!([]))
    );
    verified(&certificate, &[]);
    assert!(relucert(&["flips", &unique]).stdout.contains("Lemma A.3"));
    let a5 = files.write(
        "a5.json",
        r#"{"a": [[1,2],[-3,1],[2,-3]], "c": [[1],[1],[1]]}"#,
    );
    let (code, object) = json(&["flips", &a5, "-o", &certificate]);
    assert_eq!((code, &object["unique"]), (1, &json!(false)));
    assert_eq!(
        (&object["flips"], &object["complete"]),
        (&json!([[0, 1, 2]]), &json!(true))
    );
    verified(&certificate, &[]);
    assert!(relucert(&["flips", &a5]).stdout.contains("Lemma A.5"));
    // The constant part may change: it goes into e.
    let biased = files.write(
        "biased.json",
        r#"{"a": [[1],[-1],[3]], "b": [0,1,5], "c": [[1],[1],[1]], "e": [0]}"#,
    );
    let (code, object) = json(&["flips", &biased, "-o", &certificate]);
    assert_eq!((code, &object["flips"]), (1, &json!([[0, 1]])));
    verified(&certificate, &[]);
}

#[test]
fn dead_and_parallel_neurons_make_a_network_not_unique() {
    let files = Files::new();
    let net = files.write(
        "net.json",
        r#"{"a": [[1,0],[2,0],[0,1],[0,0],[-3,-1]], "c": [[1],[1],[1],[5],[1]]}"#,
    );
    let ran = relucert(&["flips", &net, "-o", &files.name("c.rcert")]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains("no certificate is written"),
        "{}",
        ran.stderr
    );
    assert!(!files.exists("c.rcert"));
    let (_, object) = json(&["flips", &net]);
    assert_eq!(object["unique"], json!(false));
    assert_eq!(
        (&object["dead"], &object["shared"]),
        (&json!([3]), &json!([[0, 1]]))
    );
    // The parallel ones are taken together.
    assert_eq!(object["flips"], json!([[0, 1, 2, 4]]));
}

#[test]
fn limits_are_said() {
    let files = Files::new();
    let rows: Vec<String> = (0..30)
        .map(|i| format!("[{},{}]", i * i * 1009 + 7, i * 977 + 3))
        .collect();
    let signs: Vec<String> = (0..30)
        .map(|i| format!("[{}]", if i % 2 == 0 { 1 } else { -1 }))
        .collect();
    let net = files.write(
        "net.json",
        format!(
            r#"{{"a": [{}], "c": [{}]}}"#,
            rows.join(","),
            signs.join(",")
        ),
    );
    let (code, object) = json(&["flips", &net, "--max-free", "10"]);
    assert_eq!((code, &object["complete"]), (3, &json!(false)));
    assert_eq!(object["free"], json!(28));
    let ran = relucert(&["flips", &net, "--max-free", "10"]);
    assert!(ran.stderr.contains("2^28"), "{}", ran.stderr);
    let wrong = relucert(&["flips", &net, "--time-limit", "-1"]);
    assert_eq!(wrong.code, 2);
}

#[test]
fn least_numbers_with_certificates() {
    let files = Files::new();
    let certificate = files.name("c.rcert");
    let check = |text: &str, code: i32, lower: u64, upper: u64| {
        let net = files.write("net.json", text);
        let found = files.name("least.json");
        let (got, object) = json(&["minimal", &net, "-o", &certificate, "--output", &found]);
        assert_eq!(got, code, "{text}");
        assert_eq!(
            (&object["lower"], &object["upper"]),
            (&json!(lower), &json!(upper)),
            "{text}"
        );
        let known = (lower == upper).then_some(lower);
        assert_eq!(object["minimal"].as_u64(), known, "{text}");
        verified(&certificate, &[]);
        ok(&["equal", &net, &found]);
    };
    // 0, also with a constant; as many as kinks; one and two more.
    check(r#"{"a": [[1],[1]], "c": [[1],[-1]]}"#, 0, 0, 0);
    check(r#"{"a": [[0]], "b": [3], "c": [[1]], "e": [2]}"#, 0, 0, 0);
    check(r#"{"a": [[1,2],[2,4],[0,1]], "c": [[1],[1],[5]]}"#, 0, 2, 2);
    check(r#"{"a": [[1],[-1],[-2]], "c": [[1],[3],[-1]]}"#, 0, 2, 2);
    check(
        r#"{"a": [[1,0],[-1,0],[0,1],[0,-2]], "c": [[1],[-1],[1],[1]]}"#,
        0,
        3,
        3,
    );
    check(
        r#"{"a": [[1,0],[0,1],[1,1],[-1,-1]], "c": [[1],[1],[1],[-1]]}"#,
        0,
        4,
        4,
    );
    // Opposite neurons on kinks off the origin, saved by turning others round.
    check(
        r#"{"a": [[1,0],[-1,0],[0,1]], "b": [1,-1,0], "c": [[2],[1],[1]], "e": [0]}"#,
        0,
        3,
        3,
    );
    // Two outputs: the identity has no kinks, and four neurons make it.
    check(
        r#"{"a": [[1,0],[-1,0],[0,1],[0,-1],[1,1]], "c": [[1,0],[-1,0],[0,1],[0,-1],[0,0]]}"#,
        0,
        4,
        4,
    );
}

#[test]
fn simplified_networks_are_equal_and_files_are_exact_or_say_what_rounding_costs() {
    let files = Files::new();
    let net = files.write(
        "net.json",
        r#"{"a": [[1,0],[3,0],[0,0],[0,1],[1,1],[-1,-1],[2,0]], "b": [1,3,2,0,0,0,5], "c": [["1/3"],[1],[1],[2],[1],[-1],[0]], "e": [0]}"#,
    );
    let (certificate, exact) = (files.name("c.rcert"), files.name("out.json"));
    let (code, object) = json(&["simplify", &net, "-o", &certificate, "--output", &exact]);
    assert_eq!(code, 0);
    assert_eq!(
        (&object["neurons_before"], &object["neurons"]),
        (&json!(7), &json!(4))
    );
    assert_eq!(
        (&object["dropped"], &object["constant"]),
        (&json!([2, 6]), &json!([2]))
    );
    assert_eq!(
        (&object["merged"], &object["least"]),
        (&json!([[0, 1]]), &json!(true))
    );
    verified(&certificate, &[]);
    ok(&["equal", &net, &exact]);
    // 10/3 is not a float.
    let floats = files.name("out.safetensors");
    let refused = relucert(&["simplify", &net, "--output", &floats]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("--round f32"), "{}", refused.stderr);
    assert!(!files.exists("out.safetensors"));
    let (code, object) = json(&["simplify", &net, "--output", &floats, "--round", "f32"]);
    let rounding = &object["rounding"];
    assert_eq!((code, &rounding["changed"]), (0, &json!(1)));
    // 10/3 in single precision is 13981013/4194304.
    assert_eq!(rounding["distance"], json!("1/12582912"));
    assert_eq!(rounding["seminorm"], json!("1/12582912"));
    let (_, object) = json(&["distance", &net, &floats]);
    assert_eq!(object["seminorm"], json!("1/12582912"));
    // Balanced networks have square roots, and are the same function.
    let (code, object) = json(&[
        "simplify",
        &net,
        "--balance",
        "-o",
        &certificate,
        "--output",
        &exact,
    ]);
    assert_eq!((code, &object["neurons"]), (0, &json!(4)));
    verified(&certificate, &[]);
    ok(&["equal", &net, &exact]);
    assert_eq!(
        relucert(&["simplify", &net, "--output", &files.name("x.txt")]).code,
        2
    );
    assert_eq!(
        relucert(&["simplify", &net, "--output", &exact, "--round", "f32"]).code,
        2
    );
}

#[test]
fn trained_networks_of_different_width_simplify_to_the_same_size() {
    let files = Files::new();
    let certificate = files.name("c.rcert");
    let wide = "examples/networks/wine_b_equal.safetensors";
    let (code, object) = json(&[
        "simplify",
        wide,
        "-o",
        &certificate,
        "--output",
        &files.name("w.safetensors"),
    ]);
    let (_, narrow) = json(&["minimal", "examples/networks/wine_a.safetensors"]);
    assert_eq!(code, 0);
    assert_eq!(object["neurons"], narrow["upper"]);
    verified(&certificate, &[]);
}
