//! A certificate that is written verifies by default; where none is, this is said, and no old file passes for it.

mod support;

use support::cli::{Files, run_in};

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
