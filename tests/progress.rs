//! Work that takes more than a second says so on a terminal, with what is left where that is known; an interrupt, or a limit, ends whatever has nothing to show
//! with a message, an exit code, and nothing half written.

#![cfg(unix)]

mod support;

use std::process::{Command, Stdio};
use std::time::Duration;

use support::Random;
use support::cli::{Files, program};
use support::ended::{Ended, run, run_waiting};

const BIG: usize = 600;

/// A network of two inputs with many hyperplanes, whose regions are many more.
fn lines() -> String {
    let row = |i: usize| {
        let (x, y) = ((i * 7919 + 13) % 1009, (i * 104_729 + 7) % 997);
        format!("[\"0.{:06}\",\"-0.{:06}\"]", x * 883 + 17, y * 911 + 31)
    };
    let a: Vec<String> = (0..BIG).map(row).collect();
    let b: Vec<String> = (0..BIG)
        .map(|i| format!("\"{}/{}\"", (i * 31) % 97, i + 1))
        .collect();
    let c = vec!["[\"1\"]"; BIG];
    format!(
        "{{\"a\":[{}],\"b\":[{}],\"c\":[{}],\"e\":[\"0\"]}}",
        a.join(","),
        b.join(","),
        c.join(",")
    )
}

/// A network of many inputs, whose seminorm takes years.
fn hard() -> String {
    let random = &mut Random::new(1);
    let mut rows = |length: usize| {
        let row = |random: &mut Random| {
            let row: Vec<String> = (0..length)
                .map(|_| (random.below(19) as i64 - 9).to_string())
                .collect();
            format!("[{}]", row.join(","))
        };
        let rows: Vec<String> = (0..200).map(|_| row(random)).collect();
        rows.join(",")
    };
    let (a, c) = (rows(8), rows(1));
    format!("{{\"a\":[{a}],\"c\":[{c}]}}")
}

fn words(files: &Files, line: &str) -> Vec<String> {
    let word = |word: &str| match word.strip_prefix('%') {
        Some(name) => files.name(name),
        None => word.to_owned(),
    };
    line.split(' ').map(word).collect()
}

/// What a terminal would have been shown, where one can be had.
fn on_a_terminal(line: &[String]) -> Option<String> {
    let quoted = |word: &str| format!("'{word}'");
    let program = program("relucert");
    let mut all = vec![quoted(program.get_program().to_str().expect("UTF-8"))];
    all.extend(line.iter().map(|word| quoted(word)));
    let output = Command::new("script")
        .args(["-qec", &all.join(" "), "/dev/null"])
        .stdin(Stdio::null())
        .output();
    let Ok(output) = output else {
        println!("skipped: there is no `script`, which makes a terminal");
        return None;
    };
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Work of each kind, and what is shown of it: how far it is, where it tells, and how long it takes yet, where that is known.
const SHOWN: &[(&str, &[&str])] = &[
    (
        "plot --what regions --domain -9:9 -o %x.svg %lines.json",
        &["at work; Ctrl-C ends it, and the limit does in "],
    ),
    ("report -o %x.html %lines.json", &["at work"]),
    ("norm %hard.json", &["seminorm between "]),
    (
        "regions --count %hard.json",
        &["regions so far, of at most"],
    ),
    (
        "audit --theorem 3.1 --trials 1000000",
        &[" of 1000000 instances, about ", " left"],
    ),
    ("audit", &[" of "]),
];

#[test]
fn a_terminal_is_shown_how_far_long_work_is() {
    let files = Files::new();
    files.write("lines.json", lines());
    files.write("hard.json", hard());
    for (line, parts) in SHOWN {
        let line = words(&files, &format!("{line} --time-limit 6"));
        let Some(shown) = on_a_terminal(&line) else {
            return;
        };
        for part in *parts {
            assert!(shown.contains(part), "{line:?}: {part}: {shown}");
        }
        // Those who want to see nothing see nothing, and data are no place for it.
        let quiet = on_a_terminal(&[&line[..], &["-q".to_owned()]].concat());
        assert!(
            quiet.is_none_or(|shown| !shown.contains("at work")),
            "{line:?}"
        );
    }
}

/// Verbs whose answer is there at the end or not at all, where standard input is never at its end.
const NOTHING_TO_SHOW: &[&str] = &[
    "explain -",
    "export -",
    "verify -",
    "inspect - --input-format json",
    "canonical - --input-format json",
    "convert - %x.json --input-format json",
    "report - -o %x.html --input-format json",
    "plot - -o %x.svg --input-format json",
    "equal - - --input-format json",
    "lift - --input-format json",
    "eval - --at 1 --input-format json",
];

fn ended_cleanly(files: &Files, line: &str, json: bool, ended: &Ended, why: &str) {
    let Ended {
        code,
        stdout,
        stderr,
        ..
    } = ended;
    assert_eq!(*code, 3, "{line}: {stdout}{stderr}");
    assert!(
        stderr.contains(why) && stderr.contains("nothing is known that was not printed"),
        "{line}: {stderr}"
    );
    if json {
        let object: serde_json::Value = serde_json::from_str(stdout).expect("one object");
        assert_eq!(
            (&object["relucert"], &object["exit"]),
            (&"error/1".into(), &3.into()),
            "{line}"
        );
    } else {
        assert_eq!(stdout, "", "{line}");
    }
    assert!(
        files.list().iter().all(|name| !name.starts_with('.')),
        "{:?}",
        files.list()
    );
}

#[test]
fn what_has_nothing_to_show_ends_with_a_message() {
    let files = Files::new();
    for line in NOTHING_TO_SHOW {
        for json in [false, true] {
            let mut words = words(&files, line);
            if json {
                words.push("--json".to_owned());
            }
            let ended = run_waiting(&words, Some(Duration::from_millis(300)));
            ended_cleanly(&files, line, json, &ended, "interrupted");
        }
    }
    // Limits are for work, whatever it waits for.
    for line in ["explain -", "export -"] {
        let words = words(&files, &format!("{line} --time-limit 1"));
        let ended = run_waiting(&words, None);
        ended_cleanly(&files, line, false, &ended, "time limit");
    }
    files.write("lines.json", lines());
    // A figure is whole or not there; a page has what is known.
    for (line, file, is_there) in [
        (
            "plot --what regions --domain -9:9 -o %x.svg %lines.json",
            "x.svg",
            false,
        ),
        ("report -o %x.html %lines.json", "x.html", true),
    ] {
        let ended = run(&words(&files, line), Some(Duration::from_secs(1)));
        let told = ended.stderr.contains("interrupted");
        assert!(
            ended.code == 3 && told,
            "{line}: {}{}",
            ended.stdout,
            ended.stderr
        );
        assert_eq!(files.exists(file), is_there, "{line}");
    }
}
