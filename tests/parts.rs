//! A search in parts: split, jobs done, joined, or kept in a checkpoint, comes to what one run comes to; whatever is lost, repeated or forged is harmless or
//! named.

mod support;

use std::process::Stdio;
use std::time::Duration;

use support::cli::{Ran, program, verified};
use support::parts::{Place, network};

#[test]
fn jobs_come_to_what_one_run_comes_to() {
    for (question, parts) in [
        ("norm net.json", 5),
        ("norm biased.json", 3),
        ("distance net.json other.json --gap 20", 4),
        ("norm net.json --advice none", 2),
        ("norm biased.json --activation prelu:1/3", 4),
    ] {
        let mut made: Vec<Vec<String>> = Vec::new();
        for _ in 0..2 {
            let place = Place::new();
            let whole = place.answer(&format!("{question} -o one.rcert"));
            let split = place.ok(&format!("{question} --split {parts} -o parts --json"));
            let list = place.text("parts/jobs");
            let jobs = split.json()["jobs"].as_u64().unwrap();
            assert!(jobs >= 1 && jobs <= parts, "{question}: {jobs}");
            assert_eq!(list.lines().count() as u64, jobs);
            assert_eq!(list.contains("--advice"), question.contains("--advice"));
            place.shell("parts/jobs");
            assert_eq!(place.answer("join parts -o all.rcert"), whole, "{question}");
            verified(&place.0.name("all.rcert"), &[]);
            // Done again, nothing changes.
            let segments = place.names("parts", ".segment");
            let mut texts = vec![list, place.text("all.rcert"), place.text("parts/statement")];
            let before: Vec<String> = segments
                .iter()
                .map(|name| place.text(&format!("parts/{name}")))
                .collect();
            texts.extend(before.clone());
            place.shell("parts/jobs");
            let after = segments
                .iter()
                .map(|name| place.text(&format!("parts/{name}")));
            assert!(before.into_iter().eq(after), "{question}");
            made.push(texts);
        }
        assert!(made[0] == made[1], "{question}: other bytes");
    }
}

#[test]
fn a_lost_or_repeated_job_is_harmless_or_named() {
    let place = Place::new();
    let whole = place.answer("norm net.json");
    place.ok("norm net.json --split 4 -o parts");
    place.refused(
        "norm net.json --split 4 -o parts",
        2,
        &["parts: ", "not empty"],
    );
    place.refused("norm net.json --split 4 -o -", 2, &["-o -", "folder"]);
    place.refused("job parts 99", 2, &["no job 99"]);
    place.refused("job nowhere 1", 2, &["nowhere"]);
    place.shell("parts/jobs");
    let names = place.names("parts", ".segment");
    let first = format!("parts/{}", names[0]);
    let job = names[0].strip_suffix(".segment").unwrap();
    let kept = place.text(&first);

    // Lost.
    std::fs::remove_file(place.0.name(&first)).unwrap();
    let named = format!("missing: {job};");
    place.refused("join parts -o some.rcert", 3, &[&named]);
    verified(&place.0.name("some.rcert"), &[]);
    let known = place.run("join parts --json").json();
    assert_eq!(known["missing"], serde_json::json!([job]));
    assert!(known["lower"].is_string() && known["upper"].is_string());

    // Cut short, and its parts done; then there is the whole of it too.
    let cut = place.run(&format!("job parts {job} --max-nodes 5"));
    assert_eq!(cut.code, 3, "{cut:?}");
    let list = format!("parts/{job}.jobs");
    assert!(cut.stderr.contains(&list), "{cut:?}");
    assert!(place.text(&list).lines().count() > 1);
    let part = place.text(&first);
    place.refused("join parts", 3, &[&format!("missing: {job}.")]);
    place.shell(&list);
    assert_eq!(place.answer("join parts"), whole);
    place.0.write("parts/copy.segment", &kept);
    let both = ["copy.segment", &first, "different"];
    place.refused("join parts", 2, &both);
    place.0.write(&first, &kept);
    let ran = place.ok("join parts");
    assert!(ran.stderr.contains("no place"), "{ran:?}");
    assert_eq!(place.answer("join parts"), whole);

    // Done again and again within the same limit, it comes to an end.
    for name in place.names("parts", ".segment") {
        if name.starts_with(job) || name.starts_with("copy") {
            std::fs::remove_file(place.0.name(&format!("parts/{name}"))).unwrap();
        }
    }
    let again = |_: &usize| place.run(&format!("job parts {job} --max-nodes 5")).code == 3;
    let rounds = (0..200).take_while(again).count();
    assert!((1..200).contains(&rounds), "{rounds}");
    assert!(!place.0.exists(&list));
    assert_eq!(place.answer("join parts"), whole);

    // Of another search, from another version, damaged.
    place.ok("norm other.json --split 4 -o others");
    place.shell("others/jobs");
    let other = place.names("others", ".segment")[0].clone();
    let strange = "parts/strange.segment";
    for (text, words) in [
        (place.text(&format!("others/{other}")), "another search"),
        (
            kept.replacen("segment/1", "segment/2", 1),
            "another version",
        ),
        (kept.replacen("\"nodes\":", "\"nodes\":1", 1), "was changed"),
        (part[..part.len() / 2].to_owned(), "not whole"),
        (String::new(), "segment/1"),
    ] {
        place.0.write(strange, text);
        place.refused("join parts", 2, &["strange.segment", words]);
        std::fs::remove_file(place.0.name(strange)).unwrap();
    }
    assert_eq!(place.answer("join parts"), whole);
}

#[test]
fn a_forged_job_is_named() {
    let place = Place::new();
    place.ok("norm net.json --split 3 -o parts");
    place.shell("parts/jobs");
    let names = place.names("parts", ".segment");
    let long = |name: &&String| place.text(&format!("parts/{name}")).len();
    let name = format!("parts/{}", names.iter().max_by_key(long).unwrap());
    let text = place.text(&name);
    type Change = fn(&str) -> String;
    /// All of a text's nodes replaced.
    fn nodes(text: &str, nodes: &str) -> String {
        let start = text.find("{\"nodes\":[").unwrap();
        format!("{}{{\"nodes\":[{nodes}]}}\n", &text[..start])
    }
    let changes: &[(Change, &str)] = &[
        (|text| nodes(text, "\"b\""), "may be more than the bound"),
        (|text| nodes(text, ""), "not complete"),
        (|text| nodes(text, "\"s0\""), "not complete"),
        (|text| nodes(text, "\"c0 1\""), "may be more than the bound"),
        (|text| nodes(text, "\"c3\""), "may be more than the bound"),
        (
            |text| {
                let singles: Vec<String> = (0..50).map(|h| h.to_string()).collect();
                nodes(text, &format!("\"c{}\"", singles.join(";")))
            },
            "do not pay",
        ),
        (|text| nodes(text, "\"c7 3\""), "must increase"),
        (|text| nodes(text, "\"c99\""), "less than 50"),
        (|text| nodes(text, "\"s99\""), "there are 50"),
        (|text| nodes(text, "\"f0\""), "no node"),
        (|text| nodes(text, "\"?s1\""), "only leaves"),
        // The first circuit of the tree loses a member.
        (
            |text| {
                let (before, after) = text.split_once("\"c").unwrap();
                let (_, rest) = after.split_once(' ').unwrap();
                format!("{before}\"c{rest}")
            },
            "do not pay",
        ),
        (
            |text| {
                text.replacen("]}\n", ",\"b\"]}\n", 2)
                    .replacen("[,", "[", 1)
            },
            "",
        ),
        (
            |text| {
                let (before, after) = text.split_once("\"bound\":\"").unwrap();
                format!("{before}\"bound\":\"9{after}")
            },
            "more than the lower end",
        ),
        (
            |text| text.replacen("\"input\":", "\"input\":1", 1),
            "is not what job",
        ),
        (
            |text| text.replacen("{\"output\":0", "{\"output\":7", 1),
            "is not what job",
        ),
    ];
    for (change, words) in changes {
        place.forge(&name, change);
        place.refused("join parts -o all.rcert", 2, &[&name, words]);
        assert!(!place.0.exists("all.rcert"));
        place.0.write(&name, &text);
    }
    // A point is evaluated, wherever it comes from.
    let before = place.answer("join parts");
    place.forge(&name, |text| {
        text.replacen(
            "\"nodes\":",
            "\"point\":[\"1\",\"2\",\"3\",\"4\",\"5\"],\"nodes\":",
            1,
        )
        .replacen(
            "\"point\":[\"1\",\"2\",\"3\",\"4\",\"5\"],\"nodes\":[",
            "\"nodes\":[",
            1,
        )
    });
    let after = place.run("join parts --json");
    match after.code {
        0 => assert_eq!(after.json()["seminorm"], before["seminorm"]),
        _ => assert!(after.stderr.contains(&name), "{after:?}"),
    }
}

/// A process that is ended from outside, as soon as something is there.
fn kill_when(place: &Place, line: &str, ready: impl Fn() -> bool) {
    let mut command = program("relucert");
    command.args(line.split_whitespace());
    let command = command.current_dir(place.0.folder());
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    while !ready() {
        assert!(child.try_wait().unwrap().is_none(), "ended before");
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_checkpoint_goes_on_where_it_was() {
    let place = Place::new();
    let line = "norm long.json --checkpoint kept";
    let segments = || place.names("kept", ".segment");
    kill_when(&place, line, || !segments().is_empty());
    let done: Vec<(String, String)> = segments()
        .into_iter()
        .map(|name| (name.clone(), place.text(&format!("kept/{name}"))))
        .collect();
    // What is known by then is a bracket, and the limits end the next run too.
    assert_eq!(place.run("join kept").code, 3);
    let limited = place.run(&format!("{line} --max-nodes 600"));
    assert_eq!(limited.code, 3, "{limited:?}");
    assert!(segments().len() > done.len());
    let found = place.answer(&format!("{line} -o kept.rcert"));
    verified(&place.0.name("kept.rcert"), &[]);
    for (name, text) in &done {
        assert!(*text == place.text(&format!("kept/{name}")), "{name}");
    }
    let whole = place.answer("norm long.json");
    assert_eq!(found["seminorm"], whole["seminorm"]);
    assert!(whole["seminorm"].is_string());
    // Nothing is left to do.
    let nodes = |ran: Ran| ran.json()["nodes"].clone();
    let first = nodes(place.ok(&format!("{line} --json")));
    assert_eq!(first, nodes(place.ok(&format!("{line} --json"))));

    for (line, words) in [
        ("norm net.json --checkpoint kept", "first network"),
        ("norm long.json --gap 1 --checkpoint kept", "gap"),
        (
            "norm long.json --activation prelu:1/2 --checkpoint kept",
            "activation",
        ),
        (
            "distance long.json long.json --checkpoint kept",
            "one network",
        ),
    ] {
        place.refused(line, 2, &["kept: is of another search", words]);
    }
    place.forge("kept/statement", |text| {
        text.replacen("split/1", "split/2", 1)
    });
    place.refused(line, 2, &["kept/statement", "another version"]);
}

#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing_that_was_finished() {
    let place = Place::new();
    let whole = place.answer("norm net.json");
    place.ok("norm net.json --split 6 -o parts");
    let list = place.text("parts/jobs");
    let jobs: Vec<&str> = list.lines().collect();
    // The last of the list is the smallest.
    let last = jobs.last().unwrap();
    assert_eq!(place.limited(last, 1000).code, 0);
    let done = place.names("parts", ".segment");
    assert_eq!(done.len(), 1);
    let full = place.limited(jobs[0], 1);
    assert_eq!(full.code, 2, "{full:?}");
    for words in [".segment: cannot be written", "too large", "is kept"] {
        assert!(full.stderr.contains(words), "{full:?}");
    }
    assert_eq!(place.names("parts", ""), {
        let mut names = done.clone();
        names.extend(["jobs".to_owned(), "statement".to_owned()]);
        names
    });
    place.shell("parts/jobs");
    assert_eq!(place.answer("join parts"), whole);
}

#[test]
fn reparametrize_goes_on_where_it_was() {
    for sizes in [[4, 14, 1, 0], [3, 12, 1, 1]] {
        let place = Place::new();
        for (seed, name) in [(5, "gamma.json"), (6, "theta.json")] {
            place.0.write(name, network(seed, sizes));
        }
        let pair = "gamma.json theta.json";
        let line = format!("reparametrize {pair} --theorem 3.1 --json");
        let whole = place.run(&line);
        let kept = format!("{line} --checkpoint kept");
        let limited = place.run(&format!("{kept} --max-nodes 1"));
        assert_ne!(limited.stdout, whole.stdout, "{limited:?}");
        assert!(place.0.exists("kept/statement"));
        let found = place.run(&kept);
        assert_eq!(found.code, whole.code, "{found:?}");
        assert_eq!(found.json(), whole.json());
        // Nothing is left to do, and another search may ask the same.
        let segments = place.names("kept", "");
        assert_eq!(place.run(&kept).stdout, whole.stdout);
        assert_eq!(place.names("kept", ""), segments);
        if sizes[3] == 0 {
            let one = place.answer(&format!("distance {pair}"));
            let same = place.answer(&format!("distance {pair} --checkpoint kept"));
            assert_eq!(one["seminorm"], same["seminorm"]);
        }
        place.refused(
            "reparametrize theta.json theta.json --checkpoint kept",
            2,
            &["kept: is of another search", "first network"],
        );
    }
}
