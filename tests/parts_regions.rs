//! Regions in parts: split, jobs done, joined, they are those that one run lists; whatever is lost, repeated or forged is harmless or named.

mod support;

use support::cli::{Ran, verified};
use support::parts::Place;

const NORMALS: &str = "6 3\n1/2 1 0\n0 0 0\n2 4 0\n-1 -2 3\n0 3/4 1\n2 2 2\n";
/// Numbers for which advice is asked.
const LONG: &str = r#"{"a": [["0.31830988618379067154", "1.41421356237309504880"], ["-2.71828182845904523536", "0.57721566490153286060"],
    ["1.61803398874989484820", "-0.69314718055994530941"], ["0.91596559417721901505", "1.20205690315959428539"], ["1.73205080756887729352", "0.1"]],
    "b": ["0.43429448190325182765", "-0.20787957635076190854", "0.36787944117144232159", "-0.5", "0.12345678901234567891"],
    "c": [["1"], ["-1"], ["2"], ["1"], ["1"]], "e": ["0"]}"#;
const ROOTS: &str = r#"{"a": [["sqrt(2)", "2*sqrt(2)"], ["3", "-1"], ["sqrt(8)", "0"], ["1", "1"]], "c": [["sqrt(2)"], ["1"], ["sqrt(2)"], ["0"]]}"#;

fn place() -> Place {
    let place = Place::new();
    place.0.write("rows.arr", NORMALS);
    place.0.write("roots.json", ROOTS);
    place.0.write("long.json", LONG);
    place
}

/// What `join` prints where `regions` has printed this: the same, by its own name.
fn joined_of(whole: &Ran) -> String {
    whole.stdout.replacen("\"regions/1\"", "\"join/1\"", 1)
}

/// What a folder has in it, names and texts.
fn files(place: &Place, folder: &str) -> Vec<(String, String)> {
    let names = place.names(folder, "").into_iter();
    names
        .map(|name| (name.clone(), place.text(&format!("{folder}/{name}"))))
        .collect()
}

#[test]
fn jobs_come_to_what_one_run_comes_to() {
    for (question, parts) in [
        ("cells.json", 5),
        ("affine.json", 7),
        ("affine.json --domain -1:1", 3),
        ("affine.json --advice none", 3),
        ("long.json", 5),
        ("long.json --domain -1:1 --advice none", 4),
        ("affine.json --list-only", 1),
        ("roots.json", 2),
        ("rows.arr", 3),
        ("rows.arr --domain -1:2", 9),
    ] {
        let place = place();
        let whole = place.ok(&format!("regions {question} --json -o one.rcert"));
        let split = place.ok(&format!(
            "regions {question} --split {parts} -o parts --json"
        ));
        let jobs = place.text("parts/jobs").lines().count();
        assert!(jobs <= parts, "{question}: {jobs}");
        assert_eq!(split.json()["jobs"], jobs, "{question}");
        let advised = place.text("parts/jobs").contains("--advice none");
        assert_eq!(advised, question.contains("--advice") && jobs > 0);
        place.shell("parts/jobs");
        // Done again, nothing changes.
        let before = files(&place, "parts");
        place.shell("parts/jobs");
        assert!(before == files(&place, "parts"), "{question}");
        let joined = place.ok("join parts --json -o all.rcert");
        assert_eq!(joined.stdout, joined_of(&whole), "{question}");
        assert!(
            place.text("all.rcert") == place.text("one.rcert"),
            "{question}"
        );
        verified(&place.0.name("all.rcert"), &[]);

        // The same in small steps, each job left for later again and again.
        place.ok(&format!("regions {question} --split {parts} -o steps"));
        for line in place.text("steps/jobs").lines() {
            let (_, line) = line.split_once(" job ").unwrap();
            let line = format!("job {line} --max-nodes 9");
            let again = |_: &usize| place.run(&line).code == 3;
            let rounds = (0..200).take_while(again).count();
            assert!(rounds < 200, "{question}");
        }
        assert_eq!(place.names("steps", ".jobs"), [""; 0], "{question}");
        let joined = place.ok("join steps --json");
        assert_eq!(joined.stdout, joined_of(&whole), "{question}");

        // Only counted.
        let whole =
            place.ok(&format!("regions {question} --count --json").replace("--list-only", ""));
        let counted = format!("regions {question} --count --split {parts} -o count");
        place.ok(&counted.replace("--list-only", ""));
        place.shell("count/jobs");
        let joined = place.ok("join count --json -o no.rcert");
        assert_eq!(joined.stdout, joined_of(&whole), "{question}");
        assert!(!place.0.exists("no.rcert"));
        assert!(joined.stderr.contains("counted"), "{joined:?}");
    }
}

#[test]
fn a_lost_or_repeated_job_is_harmless_or_named() {
    let place = place();
    let whole = place.ok("regions affine.json --json");
    for counted in ["", " --count"] {
        let whole = match counted {
            "" => whole.clone(),
            _ => place.ok("regions affine.json --count --json"),
        };
        let parts = if counted.is_empty() { "parts" } else { "count" };
        let line = format!("regions affine.json{counted} --split 4 -o {parts}");
        place.ok(&line);
        place.refused(&line, 2, &["not empty"]);
        place.refused(&format!("job {parts} 99"), 2, &["no job 99"]);
        place.shell(&format!("{parts}/jobs"));
        let first = format!("{parts}/1.segment");
        let kept = place.text(&first);
        let join = format!("join {parts} --json");
        assert_eq!(place.ok(&join).stdout, joined_of(&whole));

        // Lost.
        std::fs::remove_file(place.0.name(&first)).unwrap();
        let lost = place.run(&join);
        assert_eq!(lost.code, 3, "{lost:?}");
        let known = lost.json();
        assert_eq!(known["missing"], serde_json::json!(["1"]));
        assert_eq!(known["complete"], false);
        assert!(known["count"].as_u64() < whole.json()["count"].as_u64());
        place.refused(
            &format!("join {parts} -o no.rcert"),
            3,
            &["missing: 1;", "no certificate"],
        );
        assert!(!place.0.exists("no.rcert"));

        // Cut short, and its parts done; then there is the whole of it too.
        let cut = place.run(&format!("job {parts} 1 --max-nodes 12"));
        assert_eq!(cut.code, 3, "{cut:?}");
        let list = format!("{parts}/1.jobs");
        assert!(cut.stderr.contains(&list), "{cut:?}");
        let part = place.text(&first);
        place.shell(&list);
        assert_eq!(place.ok(&join).stdout, joined_of(&whole));
        let copy = format!("{parts}/copy.segment");
        place.0.write(&copy, &kept);
        place.refused(&join, 2, &["copy.segment", &first, "different"]);
        place.0.write(&first, &kept);
        let both = place.ok(&join);
        assert!(both.stderr.contains("no place"), "{both:?}");
        assert_eq!(both.stdout, joined_of(&whole));

        // Of another search, of another kind, from another version, damaged.
        let other = format!("{parts}-other");
        place.ok(&format!("regions cells.json{counted} --split 4 -o {other}"));
        place.shell(&format!("{other}/jobs"));
        let strange = format!("{parts}/strange.segment");
        for (text, words) in [
            (place.text(&format!("{other}/1.segment")), "another search"),
            (
                kept.replacen("segment/1", "segment/2", 1),
                "another version",
            ),
            (
                kept.replacen("regions-segment/1", "segment/1", 1),
                "another version",
            ),
            (kept.replacen("\"open\":", "\"open\":1", 1), "was changed"),
            (part[..part.len() - 9].to_owned(), "not whole"),
            (String::new(), "regions-segment/1"),
        ] {
            place.0.write(&strange, text);
            place.refused(&join, 2, &["strange.segment", words]);
            std::fs::remove_file(place.0.name(&strange)).unwrap();
        }
        assert_eq!(place.ok(&join).stdout, joined_of(&whole));
        place.ok(&format!("job {parts} 1 --advice none"));
        let statement = format!("{parts}/statement");
        place.forge(&statement, |text| text.replacen("split/1", "split/2", 1));
        place.refused(&join, 2, &[&statement, "another version"]);
    }
}

#[test]
fn a_forged_job_is_named() {
    let place = place();
    place.ok("regions affine.json --domain -1:1 --split 3 -o parts");
    place.ok("regions affine.json --count --split 3 -o count");
    place.shell("parts/jobs");
    place.ok("job count 1 --max-nodes 9999");
    let cut = place.run("job count 2 --max-nodes 30");
    assert_eq!(cut.code, 3, "{cut:?}");
    type Change = fn(&str) -> String;
    /// The first node of a kind becomes something else.
    fn node(text: &str, kind: &str, other: &str) -> String {
        let start = text.find("{\"nodes\":\"").unwrap() + 10;
        let first = start + text[start..].find(&format!(" {kind}")).unwrap() + 1;
        let length = text[first..].find([' ', '"']).unwrap();
        format!("{}{other}{}", &text[..first], &text[first + length..])
    }
    let listed: &[(Change, &str)] = &[
        (|text| node(text, "r", "r1000,0,0,1"), "is not inside"),
        (|text| node(text, "r", "r0,0,0,1"), "is not inside"),
        (|text| node(text, "r", "r1,1"), "is not inside"),
        (|text| node(text, "r", "rx"), "no node"),
        (|text| node(text, "r", "s"), "every side is decided"),
        (|text| node(text, "r", "c0"), "leaves room"),
        (|text| node(text, "r", "?"), "open nodes"),
        (|text| node(text, "r", ""), ""),
        (
            |text| format!("{}\"}}\n", &text[..text.rfind(' ').unwrap()]),
            "not complete",
        ),
        (|text| node(text, "c", "c99999"), "no such circuit"),
        (|text| node(text, "c", "?"), "open nodes"),
        (|text| node(text, "c", "r1,1,1,1"), "is not inside"),
        (|text| node(text, "s", "f0"), "no node"),
        (
            |text| text.replacen("\"}\n", " r1\"}\n", 1),
            "after the end",
        ),
        // A multiplier more, a member that is not there, one of a side that pulls outward.
        (|text| text.replacen("[[[", "[[[0,\"1\"],[", 1), "circuit"),
        (
            |text| text.replacen("{\"circuits\":[[", "{\"circuits\":[[[77,\"1\"]],[", 1),
            "members must increase",
        ),
        (
            |text| text.replacen("{\"circuits\":[[", "{\"circuits\":[[[16,\"-1\"]],[", 1),
            "positive for sides",
        ),
        (
            |text| text.replacen("{\"circuits\":[[", "{\"circuits\":[[],[", 1),
            "members must increase",
        ),
        (
            |text| text.replacen("{\"circuits\":[[", "{\"circuits\":[[[0,\"0\"]],[", 1),
            "leaves room",
        ),
        (
            |text| text.replacen("\"regions\":", "\"regions\":9", 1),
            "says that it has",
        ),
        (
            |text| text.replacen("\"below\":\"", "\"below\":\"+", 1),
            "is not what job",
        ),
        (
            |text| text.replacen("\"open\":0", "\"open\":0,\"next\":\"+\"", 1),
            "at once",
        ),
    ];
    let counted: &[(Change, &str)] = &[
        (
            |text| text.replacen("\"next\":\"", "\"next\":\"x", 1),
            "is not below",
        ),
        (
            |text| {
                let (before, after) = text.split_once("\"next\":\"").unwrap();
                let (_, after) = after.split_once('"').unwrap();
                format!("{before}\"next\":\"-\"{after}")
            },
            "is not below",
        ),
        (
            |text| text.replacen("\"next\":\"", &format!("\"next\":\"{}", "-".repeat(40)), 1),
            "is not below",
        ),
        (
            |text| text.replacen("\"open\":", "\"open\":1", 1),
            "says that it has",
        ),
        (
            |text| text.replacen("\"job\":\"2\"", "\"job\":\"3\"", 1),
            "is not what job",
        ),
        (|text| format!("{text}{{\"nodes\":\"?\"}}\n"), "at once"),
    ];
    let largest = |folder: &str| {
        let names = place.names(folder, ".segment").into_iter();
        let names = names.map(|name| format!("{folder}/{name}"));
        names.max_by_key(|name| place.text(name).len()).unwrap()
    };
    let all = [
        (largest("parts"), listed),
        ("count/2.segment".to_owned(), counted),
    ];
    for (name, changes) in all {
        let text = place.text(&name);
        for (change, words) in changes {
            place.forge(&name, change);
            let folder = name.split('/').next().unwrap();
            place.refused(&format!("join {folder} -o no.rcert"), 2, &[&name, words]);
            assert!(!place.0.exists("no.rcert"));
            place.0.write(&name, &text);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing_that_was_finished() {
    let place = place();
    let whole = place.ok("regions affine.json --json");
    place.ok("regions affine.json --split 6 -o parts");
    let list = place.text("parts/jobs");
    let jobs: Vec<&str> = list.lines().collect();
    assert_eq!(place.limited(jobs[1], 1000).code, 0);
    let done = files(&place, "parts");
    let full = place.limited(jobs[0], 1);
    assert_eq!(full.code, 2, "{full:?}");
    assert!(
        full.stderr.contains(".segment: cannot be written"),
        "{full:?}"
    );
    assert!(done == files(&place, "parts"));
    place.shell("parts/jobs");
    assert_eq!(place.ok("join parts --json").stdout, joined_of(&whole));
}
