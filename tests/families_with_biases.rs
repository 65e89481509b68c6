//! Families with biases, and with another activation: what is said for all k against what is said of instances, certificate by certificate.

mod support;

use relucert::certificate::Range;
use relucert::family::parse;
use serde_json::Value;
use support::Random;
use support::cli::{Files, json, relucert, verified};

/// How many families of each kind, and up to which k.
const FAMILIES: u64 = 4;
const MOST: u64 = 12;

fn row(random: &mut Random, length: usize) -> Vec<String> {
    const ENTRIES: [&str; 9] = ["0", "1", "-1", "k", "-k", "1/k", "2-k", "k-3", "2"];
    let entries = (0..length).map(|_| random.pick(&ENTRIES).to_owned());
    entries.collect()
}

fn family(random: &mut Random, biased: bool) -> String {
    let a: Vec<_> = (0..3).map(|_| row(random, 2)).collect();
    let c: Vec<_> = (0..3).map(|_| row(random, 1)).collect();
    let mut family = serde_json::json!({"parameter": "k", "a": a, "c": c});
    if biased {
        family["b"] = row(random, 3).into();
        family["e"] = row(random, 1).into();
    }
    family.to_string()
}

/// What holds at k of a list of ranges.
fn at(sections: &Value, k: u64) -> &Value {
    let holds = |section: &&Value| {
        let range: Range = section["range"].as_str().unwrap().parse().unwrap();
        range.first() <= k && range.end().is_none_or(|end| k < end)
    };
    sections.as_array().unwrap().iter().find(holds).unwrap()
}

/// A formula at k, as numbers are written.
fn number(formula: &Value, k: u64) -> String {
    let value = parse(formula.as_str().unwrap()).unwrap().at(k).unwrap();
    value.to_string()
}

fn numbers(formulas: &Value, k: u64) -> Vec<String> {
    let formulas = formulas.as_array().unwrap();
    formulas.iter().map(|formula| number(formula, k)).collect()
}

fn texts(numbers: &Value) -> Vec<String> {
    let numbers = numbers.as_array().unwrap().iter();
    numbers
        .map(|number| number.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn norms_and_equality_are_those_of_the_instances() {
    let files = Files::new();
    let certificate = files.name("x.rcert");
    let mut random = Random::new(7);
    for round in 0..FAMILIES {
        let a = files.write("a.json", family(&mut random, round != 1));
        let b = files.write("b.json", family(&mut random, true));
        let activation = ["relu", "prelu:1/3", "prelu:1", "prelu:2"][round as usize];
        let with = ["--activation", activation];
        let words = ["distance", &a, &b, "-o", &certificate];
        let (code, all) = json(&[&words[..], &with].concat());
        assert_eq!(code, 0, "{all}");
        verified(&certificate, &[]);
        let words = ["distance", &a, &b, "--jump", "-o", &certificate];
        assert_eq!(relucert(&[&words[..], &with].concat()).code, 0);
        verified(&certificate, &["--gamma", &a, "--theta", &b]);
        let told = relucert(&["explain", &certificate]);
        assert!(
            told.code == 0 && told.stdout.contains("output bias"),
            "{told:?}"
        );
        for k in 1..=MOST {
            let at_k = k.to_string();
            let (_, one) = json(&[&["distance", &a, &b, "--k", &at_k][..], &with].concat());
            for (list, value) in [("seminorm_sections", "seminorm"), ("jump_sections", "jump")] {
                let found = number(&at(&all[list], k)["value"], k);
                assert_eq!(
                    found,
                    one[value].as_str().unwrap(),
                    "{value} {k} {round}: {one}"
                );
            }
        }
        let words = ["equal", &a, &b, "-o", &certificate];
        let (code, _) = json(&[&words[..], &with].concat());
        assert_eq!(code, 1);
        verified(&certificate, &[]);
        let words = ["equal", &a, &a, "-o", &certificate];
        assert_eq!(json(&[&words[..], &with].concat()).0, 0);
        verified(&certificate, &["--gamma", &a]);
    }
}

#[test]
fn forms_conditions_and_counts_are_those_of_the_instances() {
    let files = Files::new();
    let mut random = Random::new(11);
    for round in 0..FAMILIES {
        let a = files.write("a.json", family(&mut random, true));
        let activation = ["relu", "prelu:1/3", "prelu:1", "prelu:2"][round as usize];
        let with = ["--activation", activation];
        let (_, forms) = json(&[&["canonical", &a][..], &with].concat());
        let (_, found) = json(&["inspect", &a]);
        let (_, counts) = json(&["regions", &a, "--count"]);
        for k in 1..=MOST {
            let at_k = k.to_string();
            let words = ["canonical", &a, "--k", &at_k];
            let (_, one) = json(&[&words[..], &with].concat());
            let form = at(&forms["sections"], k);
            assert_eq!(
                numbers(&form["linear"][0], k),
                texts(&one["linear"][0]),
                "{k} {round}"
            );
            assert_eq!(
                numbers(&form["constant"], k),
                texts(&one["constant"]),
                "{k} {round}"
            );
            let kinks = form["kinks"].as_array().unwrap().iter();
            let kinks = kinks.map(|kink| {
                let offset = number(&kink["offset"], k);
                (
                    numbers(&kink["normal"], k),
                    offset,
                    numbers(&kink["jump"], k),
                )
            });
            let mut kinks: Vec<_> = kinks.collect();
            kinks.sort();
            let others = one["kinks"].as_array().unwrap().iter();
            let others = others.map(|kink| {
                let offset = kink["offset"].as_str().unwrap().to_owned();
                (texts(&kink["normal"]), offset, texts(&kink["jump"]))
            });
            let mut others: Vec<_> = others.collect();
            others.sort();
            assert_eq!(kinks, others, "{k} {round}");
            let (_, one) = json(&["inspect", &a, "--k", &at_k]);
            let section = at(&found["sections"], k);
            for field in [
                "dead", "constant", "parallel", "opposite", "balanced", "c2", "c3a", "n_prime",
                "n_star",
            ] {
                assert_eq!(section[field], one[field], "{field} {k} {round}");
            }
            let (_, one) = json(&["regions", &a, "--count", "--k", &at_k]);
            let count = at(&counts["sections"], k)["value"].as_str().unwrap();
            assert_eq!(count, one["count"].to_string(), "{k} {round}");
        }
    }
}

/// Equal functions have one hash, whatever the neurons: they are permuted, scaled, and joined by some that cancel.
#[test]
fn a_hash_is_of_the_function() {
    let files = Files::new();
    let hash = |name: &str, text: &str| {
        let path = files.write(name, text);
        let (code, object) = json(&["canonical", &path, "--hash"]);
        assert_eq!(code, 0, "{object}");
        object["hash"].as_str().unwrap().to_owned()
    };
    // Two kinks that meet at k = 3.
    let one = hash(
        "one.json",
        r#"{"parameter":"k","a":[["1","k"],["1","3"]],"b":["0","0"],"c":[["1"],["1"]],"e":["k"]}"#,
    );
    let other = hash(
        "other.json",
        r#"{"parameter":"k","a":[["k","3*k"],["1","k"],["k-5","1"],["5-k","-1"],["5-k","-1"]],"b":["0","0","0","0","0"],"c":[["1/k"],["1"],["1"],["-1"],["1"]],"e":["k"]}"#,
    );
    let third = hash(
        "third.json",
        r#"{"parameter":"k","a":[["k","3*k"],["1","k"],["k-5","1"],["k-5","1"]],"b":["0","0","0","0"],"c":[["1/k"],["1"],["1"],["-1"]],"e":["k"]}"#,
    );
    assert_ne!(one, other);
    assert_eq!(one, third);
    let moved = hash(
        "moved.json",
        r#"{"parameter":"k","a":[["1","k"],["1","3"]],"b":["0","1"],"c":[["1"],["1"]],"e":["k"]}"#,
    );
    assert_ne!(one, moved);
    // Roots: each is known by its square.
    let rooted = |a: &str, c: &str| {
        let text = format!(r#"{{"parameter":"k","a":[{a}],"c":[{c}]}}"#);
        hash("rooted.json", &text)
    };
    let one = rooted(r#"["1","k"],["1","1"]"#, r#"["sqrt(k/(k+1))"],["1"]"#);
    for (a, c) in [
        (r#"["1","1"],["1","k"]"#, r#"["1"],["1/(k+1)*sqrt(k^2+k)"]"#),
        (
            r#"["1","k"],["1","1"],["2","2"]"#,
            r#"["sqrt(4*k/(4*k+4))"],["1-sqrt(2)"],["sqrt(1/2)"]"#,
        ),
        (
            r#"["sqrt(k)","k*sqrt(k)"],["1","1"]"#,
            r#"["sqrt(1/(k+1))"],["1"]"#,
        ),
    ] {
        assert_eq!(one, rooted(a, c), "{a} {c}");
    }
    let plane = r#"["1","k"]"#;
    let size = rooted(plane, r#"["sqrt(2*(k-3)^2)"]"#);
    assert_ne!(size, rooted(plane, r#"["(k-3)*sqrt(2)"]"#));
    assert_eq!(
        size,
        rooted(r#"["k","k^2"]"#, r#"["sqrt((2*k^2-12*k+18)/k^2)"]"#)
    );
}

#[test]
fn nearest_parametrizations_have_the_output_bias() {
    let files = Files::new();
    let certificate = files.name("x.rcert");
    let family = |a: &str, b: &str, e: &str| {
        format!(r#"{{"parameter":"k","a":[{a}],"b":[{b}],"c":[["1"],["1"]],"e":["{e}"]}}"#)
    };
    let gamma = files.write(
        "g.json",
        family(r#"["1","0"],["0","1"]"#, r#""0","1""#, "0"),
    );
    for (b, e, value) in [(r#""0","1""#, "k", "k"), (r#""1/k","1""#, "0", "")] {
        let theta = files.write("t.json", family(r#"["1","0"],["0","1"]"#, b, e));
        let words = ["nearest", &gamma, &theta, "-o", &certificate];
        let (code, all) = json(&words);
        assert_eq!(code, 0, "{all}");
        verified(&certificate, &["--gamma", &gamma, "--theta", &theta]);
        if !value.is_empty() {
            assert_eq!(all["distance"], value);
        }
        let (code, all) = json(&["separated", &gamma, &theta, "-o", &certificate]);
        assert_eq!(code, 0, "{all}");
        verified(&certificate, &[]);
        let told = relucert(&["explain", &certificate]);
        assert_eq!(told.code, 0, "{told:?}");
        for k in [1, 2, 7] {
            let (_, one) = json(&["nearest", &gamma, &theta, "--k", &k.to_string()]);
            let found = number(&at(&all["sections"], k)["value"], k);
            assert_eq!(found, one["distance"].as_str().unwrap(), "{k}: {one}");
        }
    }
}
