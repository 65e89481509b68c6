//! `regions` as a user runs it: lists, counts, limits, malformed input, and certificates against the verifier.

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use relucert::verify::Verdict;
use serde_json::{Value, json};
use support::certificates::{accepted, lines, sealed, verdict};
use support::cli::{Files, Ran, relucert};

fn regions(arguments: &[&str]) -> Ran {
    relucert(&[&["regions"], arguments].concat())
}

fn object(arguments: &[&str]) -> Value {
    let ran = regions(&[arguments, &["--json"]].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{arguments:?}");
    assert!(ran.stdout.starts_with("{\"relucert\":\"regions/1\","));
    ran.json()
}

fn known(name: &str) -> String {
    format!(
        "{}/tests/arrangements/{name}.arr",
        env!("CARGO_MANIFEST_DIR")
    )
}

/// The certificate of a run, which must be verified.
fn certificate(files: &Files, arguments: &[&str]) -> String {
    let name = files.name("out.rcert");
    let ran = regions(&[arguments, &["--list-only", "-o", &name]].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{arguments:?}");
    let text = files.text("out.rcert").expect("written");
    accepted(&text);
    text
}

fn signs(object: &Value) -> Vec<&str> {
    let regions = object["regions"].as_array().expect("a list");
    regions
        .iter()
        .map(|region| region["signs"].as_str().expect("text"))
        .collect()
}

#[test]
fn known_arrangements() {
    let expected = std::fs::read_to_string(known("x").replace("x.arr", "expected.json"));
    let expected: Value = serde_json::from_str(&expected.expect("there")).expect("JSON");
    let names = [
        "thr_2",
        "thr_4",
        "braid_5",
        "res_4",
        "D_4",
        "bool_6",
        "cycle_5",
        "deg1_16_6_s1",
        "rnd_20_4_s2",
        "big30_20_5_s1",
    ];
    for name in names {
        let found = object(&[&known(name)]);
        let expected = &expected[name];
        assert_eq!(found["count"], expected["regions"], "{name}");
        assert_eq!(found["complete"], true);
        let signs = signs(&found);
        assert_eq!(Some(signs.len() as u64), expected["regions"].as_u64());
        assert_eq!(signs.iter().collect::<BTreeSet<_>>().len(), signs.len());
        let edges = found["adjacency"].as_array().expect("a list");
        assert_eq!(
            Some(edges.len() as u64),
            expected["edges"].as_u64(),
            "{name}"
        );
        for edge in edges {
            let number = |k: usize| edge[k].as_u64().expect("an index") as usize;
            let pair = [signs[number(0)].as_bytes(), signs[number(1)].as_bytes()];
            assert!(number(0) < number(1));
            assert_ne!(pair[0][number(2)], pair[1][number(2)], "{name}");
        }
        let count = regions(&[&known(name), "--count"]);
        assert_eq!(count.stdout, format!("regions  {}\n", expected["regions"]));
        let size = regions(&[&known(name), "--list-only"]);
        assert_eq!(size.stdout, count.stdout, "{name}");
    }
}

#[test]
fn formats() {
    let files = Files::new();
    let arr = files.write("x.arr", "2 2\n1 0 # first\n\n-1/2 0.5\n");
    assert_eq!(
        regions(&[&arr, "--witness", "--adjacency"]).stdout,
        "regions  4\n++  (1, 2)\n+-  (1, 0)\n-+  (-1, 0)\n--  (-1, -2)\n\
         adjacent regions (numbered from 0) and the row between\n0 1 1\n0 2 0\n1 3 0\n2 3 1\n"
    );
    assert_eq!(
        regions(&[&arr, "--format", "csv", "--witness"]).stdout,
        "signs,x0,x1\n++,1,2\n+-,1,0\n-+,-1,0\n--,-1,-2\n"
    );
    assert_eq!(
        regions(&[&arr, "--format", "jsonl", "--limit", "9"]).stdout,
        "{\"signs\":\"++\"}\n{\"signs\":\"+-\"}\n{\"signs\":\"-+\"}\n{\"signs\":\"--\"}\n\
         {\"relucert\":\"regions/1\",\"count\":4,\"complete\":true}\n"
    );
    let verbose = regions(&[&arr, "--count", "-v"]);
    for word in ["method", "rank 2", "at most 4 regions", "ring", "summands"] {
        assert!(verbose.stderr.contains(word), "{}", verbose.stderr);
    }
}

#[test]
fn degenerate_input() {
    let files = Files::new();
    let check = |text: &str, expected: &[&str]| {
        let arr = files.write("x.arr", text);
        for method in ["auto", "rrk", "rc"] {
            let found = object(&[&arr, "--method", method]);
            assert_eq!(signs(&found), expected, "{text:?} {method}");
        }
        let count = regions(&[&arr, "--count"]).stdout;
        assert_eq!(count, format!("regions  {}\n", expected.len()), "{text:?}");
        if !text.starts_with("0 ") {
            certificate(&files, &[&arr, "--certify", "closure"]);
            certificate(&files, &[&arr, "--certify", "count"]);
        }
    };
    check("0 3\n", &[""]);
    check("2 2\n0 0\n0 0\n", &["00"]);
    check("1 1\n-1/3\n", &["+", "-"]);
    check("3 1\n0\n1\n-2\n", &["0+-", "0-+"]);
    check("4 3\n1 2 3\n2 4 6\n-1 -2 -3\n0 0 0\n", &["++-0", "--+0"]);
    check("2 3\n1 1 1\n1/7 -1 0\n", &["++", "+-", "-+", "--"]);
    // Lines in the plane: two regions a line.
    let mut lines = "1000 2\n".to_owned();
    for k in 0..1000 {
        let _ = writeln!(lines, "{} {}", 1 + k % 7, k - 500);
    }
    let arr = files.write("lines.arr", &lines);
    let object = object(&[&arr]);
    let count = object["count"].as_u64().expect("a number");
    assert!(count > 1300 && count.is_multiple_of(2), "{count}");
    assert_eq!(
        object["adjacency"].as_array().map(Vec::len),
        Some(count as usize)
    );
    let big = format!("2 2\n{} 1\n1 -{}/3\n", "7".repeat(160), "3".repeat(155));
    let big = files.write("big.arr", &big);
    certificate(&files, &[&big]);
}

#[test]
fn networks_with_and_without_biases() {
    let files = Files::new();
    let net = files.write(
        "net.json",
        r#"{"a": [["1","0"],["0","1"],["1/3","1"],["0","0"],["0","0"],["-2","0"]],
            "b": ["0","1/2","-1",0,"-3","1"], "c": [["1"],["1"],["1"],["1"],["1"],["1"]], "e": ["0"]}"#,
    );
    let whole = object(&[&net]);
    let expected = [
        "+++0-+", "+++0--", "++-0-+", "++-0--", "+-+0--", "+--0-+", "+--0--", "-++0-+", "-+-0-+",
        "---0-+",
    ];
    assert_eq!(signs(&whole), expected);
    for region in whole["regions"].as_array().expect("a list") {
        assert_eq!(region["witness"].as_array().map(Vec::len), Some(2));
    }
    let boxed = object(&[&net, "--domain", "-1:1,0:1/2"]);
    assert_eq!(signs(&boxed), ["++-0-+", "++-0--", "-+-0-+"]);
    assert_eq!(object(&[&net, "--domain=-1:1", "--count"])["count"], 8);
    certificate(&files, &[&net]);
    certificate(&files, &[&net, "--certify", "count"]);
    certificate(&files, &[&net, "--domain=-1:1"]);
    let radical = files.write(
        "radical.json",
        r#"{"a": [["1","0"],["sqrt(2)","sqrt(2)"],["0","0"],["-2","0"]], "c": [["1"],["sqrt(2)"],["1"],["1"]]}"#,
    );
    assert_eq!(
        signs(&object(&[&radical])),
        ["++0-", "+-0-", "-+0+", "--0+"]
    );
    certificate(&files, &[&radical]);
    let corner = object(&[&radical, "--domain=1/4:1/3,-1:-2/3"]);
    assert_eq!(signs(&corner), ["+-0-"]);
    certificate(&files, &[&radical, "--domain=-1:1,0:1/2"]);
}

#[test]
fn limits_leave_with_what_is_known() {
    let file = known("E_7");
    let ran = regions(&[&file, "--limit", "3", "--json"]);
    assert_eq!(ran.code, 3);
    let found = ran.json();
    assert_eq!(
        (&found["count"], &found["complete"]),
        (&json!(3), &json!(false))
    );
    assert_eq!(signs(&found).len(), 3);
    assert!(ran.stderr.contains("limit of 3 regions"), "{}", ran.stderr);
    for extra in [&["--count"][..], &[], &["--json"], &["--format", "jsonl"]] {
        let ran = regions(&[&[file.as_str(), "--time-limit", "0"], extra].concat());
        assert_eq!(ran.code, 3, "{extra:?} {}", ran.stderr);
        assert!(
            ran.stderr.contains("time limit"),
            "{extra:?} {}",
            ran.stderr
        );
        assert!(!ran.stdout.is_empty(), "{extra:?}");
    }
    let files = Files::new();
    let unwritten = files.name("no.rcert");
    let ran = regions(&[&known("thr_4"), "--limit", "3", "-o", &unwritten]);
    assert_eq!(ran.code, 3);
    assert!(!files.exists("no.rcert"));
}

#[test]
fn the_answer_does_not_depend_on_threads_or_method() {
    let file = known("rnd_25_5_s2");
    let one = regions(&[&file, "--json", "--threads", "1"]);
    assert_eq!(one.code, 0);
    for extra in [["--threads", "2"], ["--threads", "5"], ["--method", "rc"]] {
        let other = regions(&[&[file.as_str(), "--json"], &extra[..]].concat());
        assert!(one.stdout == other.stdout, "{extra:?}");
    }
}

/// Weights of seventeen digits, whose linear programs are long.
#[test]
fn without_advice_regions_are_the_same() {
    let files = Files::new();
    let mut seed = 7u64;
    let mut number = || {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(11);
        format!(
            "\"{}.{:016}\"",
            (seed >> 40) % 3,
            (seed >> 8) % 10_000_000_000_000_000
        )
    };
    let mut row = |sign: &str| {
        let entries: Vec<String> = (0..4).map(|_| number()).collect();
        entries.join(",").replacen('\"', &format!("\"{sign}"), 1)
    };
    let rows: Vec<String> = (0..9).map(|i| row(["-", ""][i % 2])).collect();
    let (a, c) = (rows.join("],["), ["[\"1\"]"; 9].join(","));
    let network = files.write("long.json", format!("{{\"a\":[[{a}]],\"c\":[{c}]}}"));
    let mut shown: Vec<Vec<String>> = Vec::new();
    for advice in ["floats", "none", "floats"] {
        let arguments = [&network, "--domain", "-1:2", "--advice", advice];
        certificate(&files, &arguments);
        let object = object(&arguments);
        shown.push(signs(&object).into_iter().map(str::to_owned).collect());
        assert!(shown[0].len() > 20 && shown[0] == shown[shown.len() - 1]);
    }
    // Whether the layer is injective rests on regions too.
    let [floats, none] = ["floats", "none"].map(|advice| {
        let name = files.name("layer.rcert");
        let arguments = ["inspect", &network, "--injective", "--advice", advice];
        let ran = relucert(&[&arguments[..], &["--json", "-o", &name]].concat());
        accepted(&files.text("layer.rcert").expect("written"));
        (ran.code, ran.json()["injective"].clone())
    });
    assert_eq!(floats, none);
    let alone = relucert(&["inspect", &network, "--advice", "none"]);
    assert_eq!(alone.code, 2, "{alone:?}");
    assert!(alone.stderr.contains("--injective"), "{alone:?}");
}

#[test]
fn malformed_input_is_named() {
    let files = Files::new();
    let cases = [
        ("", "line 1: expected the number of normals"),
        ("2 2\n1 0\n", "line 2: expected 2 normals, found only 1"),
        ("1 2\n1 0 0\n", "line 2: expected 2 entries, found 3"),
        ("1 2\n# x\n1 1/0\n", "line 3: '1/0' is not a number"),
        ("1 2\n1 0\n0 1\n", "line 3: expected no more than 1 normals"),
        ("-1 2\n", "line 1: expected the number of normals"),
        ("18446744073709551615 1\n1\n", "found only 1"),
    ];
    for (text, message) in cases {
        let arr = files.write("bad.arr", text);
        let ran = regions(&[&arr]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{text:?}");
        assert!(ran.stderr.contains("bad.arr"), "{}", ran.stderr);
        assert!(ran.stderr.contains(message), "{}", ran.stderr);
    }
    let bytes = files.write("bytes.arr", b"1 1\n\xff\n");
    assert!(regions(&[&bytes]).stderr.contains("line 2: not UTF-8"));
    let arr = files.write("x.arr", "1 2\n1 0\n");
    let deep = files.write(
        "deep.json",
        r#"{"layers": [{"weights": [[1]]}, {"weights": [[1]]}, {"weights": [[1]]}]}"#,
    );
    let cases: [(&[&str], &str); 8] = [
        (
            &[&deep],
            "regions of networks of any depth are found in a box: give --domain BOX",
        ),
        (&[&arr, "--domain", "1"], "expected lower:upper"),
        (&[&arr, "--domain", "1:1"], "no interior"),
        (&[&arr, "--domain", "0:1,0:1,0:1"], "found 3 intervals"),
        (&[&arr, "--domain", "0:x"], "not a number"),
        (&[&arr, "--method", "cnt"], "cannot do what is asked"),
        (&[&arr, "--time-limit=-1"], "'-1' is not a duration"),
        (&["missing.arr"], "missing.arr: cannot be read"),
    ];
    for (arguments, message) in cases {
        let ran = regions(arguments);
        assert_eq!(ran.code, 2, "{arguments:?} {}", ran.stderr);
        assert!(ran.stderr.contains(message), "{}", ran.stderr);
    }
}

/// All ±1 vectors of R^`dimension`, up to sign.
fn threshold(dimension: usize) -> String {
    let mut text = format!("{} {dimension}\n", 1 << (dimension - 1));
    for row in 0..1u32 << (dimension - 1) {
        let entry = |k: usize| ["1", "-1"][(row >> k & 1) as usize];
        let entries: Vec<&str> = (0..dimension).map(entry).collect();
        let _ = writeln!(text, "{}", entries.join(" "));
    }
    text
}

#[test]
fn symmetric_arrangements_are_counted_and_too_many_regions_not_certified() {
    let files = Files::new();
    let arr = files.write("threshold.arr", threshold(8));
    let verbose = regions(&[&arr, "--count", "-v"]);
    assert_eq!(
        (verbose.code, verbose.stdout.as_str()),
        (0, "regions  8378070864\n")
    );
    assert!(
        verbose
            .stderr
            .contains("method         counting modulo symmetry")
    );
    let name = files.write("old.rcert", "an old one");
    let ran = regions(&[&arr, "--count", "-o", &name]);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (0, "regions  8378070864\n")
    );
    assert!(
        ran.stderr.contains("no certificate is written"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("it would list the regions"),
        "{}",
        ran.stderr
    );
    assert_eq!(files.text("old.rcert"), None);
    // At a limit both bounds are said, and both are right.
    let stopped = regions(&[&arr, "--count", "--time-limit", "0"]);
    assert_eq!(stopped.code, 3, "{}", stopped.stderr);
    // Few enough are listed, and certified by their number.
    let small = files.write("small.arr", threshold(5));
    let how = ["--count", "--certify", "count", "-o", &name];
    let ran = regions(&[&[small.as_str()][..], &how].concat());
    assert_eq!(
        (ran.code, ran.stdout.as_str(), ran.stderr.as_str()),
        (0, "regions  1882\n", "")
    );
    accepted(&files.text("old.rcert").expect("written"));
    let orbits = regions(&[&small, "--count", "--method", "orbits"]);
    assert_eq!(orbits.stdout, "regions  1882\n");
    let listed = regions(&[&small, "--method", "orbits"]);
    assert_eq!(listed.code, 2);
    assert!(
        listed.stderr.contains("cannot do what is asked"),
        "{}",
        listed.stderr
    );
}

/// Removes a region and its negation and adapts counts, edges, points and circuits.
fn without_one_pair(lines: &mut [Value], removed: usize) {
    let claim = &mut lines[1]["statement"]["claim"]["arrangement"];
    let list = claim["regions"].as_array_mut().expect("a list");
    list.remove(list.len() - 1 - removed);
    list.remove(removed);
    let count = list.len();
    let texts: BTreeSet<Vec<u8>> = list
        .iter()
        .map(|text| text.as_str().expect("text").into())
        .collect();
    let mut ends = 0;
    for text in &texts {
        for k in 0..text.len() {
            let mut other = text.clone();
            other[k] = if other[k] == b'+' { b'-' } else { b'+' };
            ends += usize::from(texts.contains(&other));
        }
    }
    claim["count"] = json!(count);
    claim["edges"] = json!(ends / 2);
    let facts = lines.iter_mut().filter_map(|line| line.get_mut("fact"));
    for fact in facts.filter_map(|fact| fact.get_mut("regions")) {
        if let Some(step) = fact.get_mut("count") {
            step["regions"] = json!(count);
        }
        for (name, field) in [("inside", "points"), ("around", "redundant")] {
            let Some(step) = fact.get_mut(name) else {
                continue;
            };
            match step["first"].as_u64().expect("a number") {
                0 => drop(step[field].as_array_mut().expect("a list").remove(removed)),
                first => step["first"] = json!(first - 1),
            }
        }
    }
}

#[test]
fn forged_certificates_are_rejected() {
    let files = Files::new();
    for how in ["closure", "count"] {
        let text = certificate(&files, &[&known("rnd_20_4_s2"), "--certify", how]);
        let lines: Vec<Value> = lines(&text)
            .iter()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        let rejected = |what: &str, reason: &str, change: &dyn Fn(&mut Vec<Value>)| {
            let mut forged = lines.clone();
            change(&mut forged);
            assert_ne!(forged, lines, "{what}: nothing was changed");
            let verdict = verdict(&sealed(&forged));
            let Verdict::Rejected(rejection) = &verdict else {
                panic!("{how}, {what}: {verdict:?}");
            };
            let said = rejection.to_string();
            assert_eq!(said, reason, "{how}, {what}");
        };
        accepted(&sealed(&lines));
        rejected(
            "a region and its negation removed",
            "line 2: pairs of adjacent regions; found 6856; expected 6846",
            &|lines| {
                let claim = &mut lines[1]["statement"]["claim"]["arrangement"];
                let list = claim["regions"].as_array_mut().expect("a list");
                let last = list.len() - 1;
                let removed = 17;
                list.remove(last - removed);
                list.remove(removed);
                let left = list.len();
                claim["count"] = json!(left);
            },
        );
        // With everything else made to fit, only the completeness of the list is left to fail.
        let mut incomplete = lines.clone();
        without_one_pair(&mut incomplete, 17);
        let verdict = verdict(&sealed(&incomplete));
        let Verdict::Rejected(rejection) = &verdict else {
            panic!("{how}: {verdict:?}");
        };
        let expected = match how {
            "closure" => "neither listed nor excluded",
            _ => "number of regions",
        };
        let said = rejection.to_string();
        assert!(said.contains(expected), "{how}: {said}");
        rejected(
            "one region removed",
            "line 2: the negation of region 0 is not region 2312",
            &|lines| {
                let claim = &mut lines[1]["statement"]["claim"]["arrangement"];
                let list = claim["regions"].as_array_mut().expect("a list");
                list.pop();
                let left = list.len();
                claim["count"] = json!(left);
            },
        );
        rejected(
            "a sign flipped",
            "line 2: region 41 does not come after region 40",
            &|lines| {
                let claim = &mut lines[1]["statement"]["claim"]["arrangement"];
                let text = claim["regions"][40].as_str().expect("text");
                let flipped = match text.split_at(text.len() - 1) {
                    (start, "+") => format!("{start}-"),
                    (start, _) => format!("{start}+"),
                };
                claim["regions"][40] = json!(flipped);
            },
        );
        rejected(
            "another number of edges",
            "line 2: pairs of adjacent regions; found 6855; expected 6856",
            &|lines| {
                let claim = &mut lines[1]["statement"]["claim"]["arrangement"];
                let edges = claim["edges"].as_u64().expect("a number");
                claim["edges"] = json!(edges - 1);
            },
        );
        rejected(
            "witnesses exchanged",
            "line 3: step 1 (regions): region 0: the point at neuron 19; found < 0; expected > 0",
            &|lines| {
                let points = lines[2]["fact"]["regions"]["inside"]["points"]
                    .as_array_mut()
                    .expect("a list");
                points.swap(0, 1);
            },
        );
        let circuits = lines
            .iter()
            .position(|line| line["fact"].get("circuits").is_some());
        assert_eq!(circuits.is_some(), how == "closure");
        let Some(circuits) = circuits else { continue };
        rejected(
            "a multiplier changed",
            "line 4: step 2 (circuits): circuit 0: the sum does not vanish at coordinate 0",
            &|lines| {
                let term = &mut lines[circuits]["fact"]["circuits"]["circuits"][0][1][1];
                let text = term.as_str().expect("text");
                *term = json!(format!("{text}1"));
            },
        );
        rejected(
            "a redundant class not shown",
            "line 5: step 3 (regions): region 3: what lies across neuron 19 is neither listed nor excluded",
            &|lines| {
                let step = lines
                    .iter_mut()
                    .find(|line| line["fact"]["regions"].get("around").is_some());
                let redundant = &mut step.expect("there")["fact"]["regions"]["around"]["redundant"];
                redundant[3].as_array_mut().expect("a list").pop();
            },
        );
    }
}
