//! A certificate that is written verifies by default; where none is, this is said, and no old file passes for it.

mod support;

use std::process::Command;

use relucert::certificate::Networks;
use relucert::network::file::read_network;
use relucert::network::{Network, to_certificate};
use relucert::realization::{
    CanonicalForm, SeminormLimits, Subject, branch_and_bound, seminorm_certificate,
};
use support::cli::{Files, Ran, program, run_in};

/// Runs a verb that should write `x.rcert`, where an old file is: whether there is a certificate now.
fn certified(arguments: &[&str], files: &Files) -> bool {
    files.write("x.rcert", "old");
    let arguments = [arguments, &["-o", "x.rcert", "-q"]].concat();
    let made = run_in(files.folder(), "relucert", &arguments);
    assert!(
        [0, 1, 3].contains(&made.code),
        "{arguments:?}: {}",
        made.stderr
    );
    let said = made
        .stderr
        .contains("no certificate is written, and the old x.rcert is removed: ");
    assert_eq!(
        said,
        !files.exists("x.rcert"),
        "{arguments:?}: {}",
        made.stderr
    );
    if said {
        return false;
    }
    let verified = run_in(files.folder(), "relucert-verify", &["-q", "x.rcert"]);
    assert_eq!(verified.code, 0, "{arguments:?}: {}", verified.stderr);
    true
}

/// Numbers as long as networks may have them, in every verb whose work on them is short.
#[test]
fn long_numbers() {
    let files = Files::new();
    let seven = "7".repeat(25_000);
    let fractions: Vec<String> = (1..5)
        .map(|i| format!("\"{i}/{}1\"", "3".repeat(6_000 + i)))
        .collect();
    for (name, text) in [
        ("integer", format!(r#"{{"a":[["{seven}"]],"c":[["1"]]}}"#)),
        (
            "decimal",
            format!(r#"{{"a":[["0.{seven}"],["1"]],"c":[["1"],["2"]]}}"#),
        ),
        (
            "fractions",
            format!(
                r#"{{"a":[[{}],[{}]],"c":[[{}],[{}]]}}"#,
                fractions[0], fractions[1], fractions[2], fractions[3]
            ),
        ),
    ] {
        let file = &files.write(&format!("{name}.json"), text);
        let verbs = [
            &["simplify", file][..],
            &["equal", file, file],
            &["norm", file],
            &["flips", file],
            &["nearest", file, file],
        ];
        // Work with fractions of different denominators takes long.
        let short = if name == "integer" { verbs.len() } else { 2 };
        for verb in &verbs[..short] {
            certified(verb, &files);
        }
        assert!(certified(&["simplify", file], &files), "{name}");
    }
}

/// What a certificate cannot say, and what the format has no place for.
#[test]
fn none_is_written_and_this_is_said() {
    let files = Files::new();
    files.write(
        "dead.json",
        r#"{"a":[["1","0"],["0","0"]],"c":[["1"],["1"]]}"#,
    );
    files.write("shared.json", r#"{"a":[["1"],["2"]],"c":[["1"],["1"]]}"#);
    files.write(
        "wide.json",
        r#"{"a":[["1","0"],["0","1"]],"c":[["1"],["1"]]}"#,
    );
    files.write("narrow.json", r#"{"a":[["1","0"]],"c":[["1"]]}"#);
    files.write("flat.arr", "1 0\n\n");
    files.write("lines.arr", "3 2\n1 0\n0 1\n1 1\n");
    for (arguments, written) in [
        (&["flips", "dead.json"][..], false),
        (&["flips", "shared.json"], false),
        (&["flips", "wide.json"], true),
        (&["nearest", "narrow.json", "wide.json"], false),
        (&["nearest", "wide.json", "narrow.json"], true),
        (&["regions", "flat.arr"], false),
        (&["regions", "lines.arr"], true),
        (&["regions", "lines.arr", "--limit", "2"], false),
    ] {
        assert_eq!(certified(arguments, &files), written, "{arguments:?}");
    }
}

/// A certificate is the same in a file, in memory, on standard output and on a device, whether it is long or short.
#[test]
fn the_same_bytes_wherever_it_is_written() {
    let mut networks: Vec<String> = ["paper", "sharp"]
        .iter()
        .flat_map(|folder| {
            let folder = format!("{}/examples/{folder}", env!("CARGO_MANIFEST_DIR"));
            std::fs::read_dir(folder).expect("examples")
        })
        .map(|entry| entry.expect("an entry").path())
        .map(|path| path.to_str().expect("UTF-8").to_owned())
        .collect();
    networks.sort();
    let files = Files::new();
    networks.push(files.write("long.json", diagonal()));
    let mut longest = 0;
    for file in &networks {
        let network = read_network(file.as_ref()).expect("a network");
        let form = CanonicalForm::of(&network).expect("not deep");
        let affine = matches!(network, Network::Biased(_));
        let found = branch_and_bound(&form, affine, &SeminormLimits::default());
        let subject = Subject {
            networks: Networks {
                gamma: to_certificate(&network).expect("not deep"),
                theta: None,
                phi: None,
            },
            activation: None,
        };
        let expected = seminorm_certificate(subject, &found).expect("readable");
        longest = longest.max(expected.len());
        files.write("x.rcert", "old");
        let ran = run_in(files.folder(), "relucert", &["norm", file, "-o", "x.rcert"]);
        assert_eq!(ran.code, 0, "{file}: {ran:?}");
        assert!(files.text("x.rcert") == Some(expected.clone()), "{file}");
        let ran = run_in(files.folder(), "relucert", &["norm", file, "-o", "-"]);
        assert!(ran.code == 0 && ran.stdout == expected, "{file}");
        assert!(ran.stderr.contains("seminorm  "), "{}", ran.stderr);
        assert_eq!(files.list(), ["long.json", "x.rcert"], "{file}");
    }
    assert!(longest > 1 << 20, "{longest} bytes");
}

/// A disk that is full costs the certificate alone: the answer is printed, the file from before is as it was, and nothing else is left.
#[cfg(unix)]
#[test]
fn a_full_disk_loses_the_certificate_alone() {
    let files = Files::new();
    files.write("long.json", diagonal());
    files.write("short.json", r#"{"a":[["1","2"]],"c":[["3"]]}"#);
    files.write("x.rcert", "old");
    let relucert = program("relucert").get_program().to_owned();
    // A limit on the size of files stands for the disk: none that is long, none at all.
    for (net, blocks, json) in [
        ("long.json", 1100, ""),
        ("long.json", 1100, " --json"),
        ("short.json", 0, ""),
    ] {
        let line = format!("\"$0\" norm {net} -o x.rcert{json}");
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec {line}");
        let mut shell = Command::new("bash");
        shell.arg("-c").arg(script).arg(&relucert);
        let ran: Ran = shell
            .current_dir(files.folder())
            .output()
            .expect("bash")
            .into();
        assert_eq!(ran.code, 2, "{ran:?}");
        let told = "x.rcert: cannot be written: file too large; nothing was changed";
        assert!(ran.stderr.contains(told), "{ran:?}");
        match json {
            "" => assert!(ran.stdout.starts_with("seminorm  "), "{ran:?}"),
            _ => assert!(ran.json()["seminorm"].is_string(), "{ran:?}"),
        }
        assert_eq!(files.list(), ["long.json", "short.json", "x.rcert"]);
        assert_eq!(files.text("x.rcert").as_deref(), Some("old"));
    }
    if std::path::Path::new("/dev/full").exists() {
        for net in ["long.json", "short.json"] {
            let line = ["norm", net, "-o", "/dev/full"];
            let ran = run_in(files.folder(), "relucert", &line);
            assert!(ran.code == 2 && ran.stdout.contains("seminorm"), "{ran:?}");
            assert!(
                ran.stderr.contains("/dev/full: cannot be written"),
                "{ran:?}"
            );
        }
    }
}

/// Σ relu(x_i): independent normals, so that nothing is searched, and a statement of more than a megabyte.
fn diagonal() -> String {
    const SIZE: usize = 560;
    let row = |i: usize| {
        let row: Vec<String> = (0..SIZE)
            .map(|j| format!("\"{}\"", usize::from(i == j)))
            .collect();
        format!("[{}]", row.join(","))
    };
    let rows: Vec<String> = (0..SIZE).map(row).collect();
    let outer = vec![r#"["1"]"#; SIZE];
    format!("{{\"a\":[{}],\"c\":[{}]}}", rows.join(","), outer.join(","))
}
