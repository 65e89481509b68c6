//! The verifier's command line: exit codes, what is printed where, JSON.

mod support;

use relucert::certificate::{Statement, Writer};
use support::certificates::{lines, sealed};
use support::cli::{Files, Ran, run, run_into};

fn verify(arguments: &[&str]) -> Ran {
    run("relucert-verify", arguments, b"")
}

/// The two ways to call the verifier: the program's name, and the verb.
const PROGRAMS: [(&str, &[&str]); 2] = [("relucert-verify", &[]), ("relucert", &["verify"])];

/// A certificate that R(Φ) = R(Θ) for ρ(2x) = 2ρ(x).
fn certificate() -> String {
    let statement: Statement = serde_json::from_str(
        r#"{"networks":{
            "gamma":{"d":1,"m":1,"D":1,"a":[["1"]],"c":[["3"]]},
            "theta":{"d":1,"m":1,"D":1,"a":[["2"]],"c":[["1"]]},
            "phi":{"d":1,"m":1,"D":1,"a":[["1"]],"c":[["2"]]}},
            "claim":{"reparametrization":{"distance":"1","bound":"1"}}}"#,
    )
    .unwrap();
    let mut writer = Writer::new("a test", statement);
    for step in [
        r#"{"rewrite":{"replaces":[0],"a":[["1"]],"c":[["2"]],"why":"scale"}}"#,
        r#"{"distance":{"value":"1","neuron":0,"part":"outer","index":0}}"#,
    ] {
        writer.step(serde_json::from_str(step).unwrap());
    }
    writer.finish()
}

#[test]
fn a_right_certificate() {
    let files = Files::new();
    let good = files.write("good.rcert", certificate());
    let output = verify(&[&good]);
    assert_eq!(output.code, 0);
    assert!(
        output
            .stdout
            .starts_with("R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = 1 ≤ 1.\n")
    );
    assert!(output.stdout.ends_with("\ns VERIFIED\n"));
    assert_eq!(output.stderr, "");
    for flag in ["--quiet", "-q"] {
        let quiet = verify(&[&good, flag]);
        assert_eq!((quiet.code, quiet.stdout.as_str()), (0, "s VERIFIED\n"));
    }
}

#[test]
fn a_wrong_certificate() {
    let files = Files::new();
    let bad = files.write("bad.rcert", certificate().replace("a test", "a tesT"));
    let output = verify(&[&bad]);
    assert_eq!(output.code, 1);
    assert!(
        output
            .stdout
            .starts_with("c line 5: SHA-256 in the last line; found ")
    );
    assert!(output.stdout.ends_with("\ns REJECTED\n"));
    assert!(output.stderr.starts_with("relucert-verify: "));
    assert!(output.stderr.contains("bad.rcert: line 5: SHA-256"));
    for flag in ["--quiet", "-q"] {
        let quiet = verify(&[&bad, flag]);
        let printed = (quiet.code, quiet.stdout.as_str(), quiet.stderr.as_str());
        assert_eq!(printed, (1, "s REJECTED\n", ""));
    }
    for nothing in ["", "\n", "{}\n", "s VERIFIED\n"] {
        let output = verify(&[&files.write("nothing.rcert", nothing)]);
        assert_eq!(output.code, 1);
        assert!(output.stdout.ends_with("s REJECTED\n"));
    }
}

/// A name quoted in a reason cannot pass for a verdict.
#[test]
fn reasons_stay_on_their_line() {
    let files = Files::new();
    let text = certificate().replace(
        "{\"relucert\"",
        "{\"\\ns VERIFIED\\u001b[2J\":0,\"relucert\"",
    );
    let output = verify(&[&files.write("forged.rcert", sealed(&lines(&text)))]);
    assert_eq!(output.code, 1);
    assert_eq!(output.stdout.lines().count(), 2, "{}", output.stdout);
    assert!(
        output
            .stdout
            .starts_with(r"c line 1: malformed: unknown field `\ns VERIFIED\u{1b}[2J`"),
        "{}",
        output.stdout
    );
    assert!(!output.stderr.contains('\u{1b}'));
}

#[test]
fn limits_decline() {
    let files = Files::new();
    let good = files.write("good.rcert", certificate());
    for flag in ["bytes", "work", "memory"] {
        let output = verify(&[&good, &format!("--limit-{flag}=0")]);
        assert_eq!(output.code, 3, "{flag}");
        assert!(output.stdout.ends_with("s DECLINED\n"), "{flag}");
        assert!(
            output.stdout.contains(&format!("(--limit-{flag})")),
            "{}",
            output.stdout
        );
        assert!(
            output.stderr.contains("more than the limit 0"),
            "{}",
            output.stderr
        );
    }
}

/// Whatever happens to one file, the others have their verdicts: each has a budget of its own.
#[test]
fn a_file_that_is_too_large_leaves_the_others_alone() {
    let files = Files::new();
    let text = certificate();
    let good = files.write("good.rcert", &text);
    let mut above = lines(&text);
    let rows = vec![r#"["1"]"#; 500_000].join(",");
    above[1] = format!(
        r#"{{"statement":{{"networks":{{"gamma":{{"d":1,"m":500000,"D":1,"a":[{rows}],"c":[{rows}]}}}},"claim":{{"unique":{{}}}}}}}}"#
    );
    let large = files.write("large.rcert", sealed(&above));
    for order in [[&good, &large, &good], [&large, &good, &good]] {
        let [one, two, three] = order.map(String::as_str);
        let output = verify(&[one, two, three, "--limit-memory=100000000"]);
        assert_eq!(output.code, 3, "{}", output.stdout);
        assert_eq!(output.stdout.matches("good.rcert: VERIFIED\n").count(), 2);
        assert!(
            output
                .stdout
                .contains("large.rcert: DECLINED: line 2: memory"),
            "{}",
            output.stdout
        );
        assert!(output.stdout.ends_with("s DECLINED\n"));
    }
}

#[test]
fn usage_and_unreadable_files() {
    let files = Files::new();
    let good = files.write("good.rcert", certificate());
    let missing = files.name("missing.rcert");
    for arguments in [
        &[] as &[&str],
        &[&missing],
        &[&files.name("")],
        &[&good, "--limit-bytes=many"],
        &[&good, "--unknown"],
        &[&good, "--gamma", &missing],
        &[&good, "--gamma", &files.write("g.onnx", "")],
        &[&good, "--theta", &files.write("t.json", "{}")],
    ] {
        let output = verify(arguments);
        assert_eq!(output.code, 2, "{}", output.stderr);
        assert!(!output.stdout.lines().any(|line| line.starts_with("s ")));
        assert!(!output.stderr.is_empty());
        assert!(!output.stderr.contains("panicked"));
    }
}

#[test]
fn bindings() {
    let files = Files::new();
    let good = files.write("good.rcert", certificate());
    let gamma = files.write("gamma.json", r#"{"a":[[1]],"c":[[3.0]]}"#);
    let theta = files.write(
        "theta.json",
        r#"{"layers":[{"weights":[[2]]},{"weights":[["1"]]}]}"#,
    );
    assert_eq!(
        verify(&[&good, "--gamma", &gamma, "--theta", &theta]).code,
        0
    );
    let output = verify(&[&good, "--gamma", &theta]);
    assert_eq!(output.code, 1);
    assert!(
        output
            .stdout
            .contains("c line 2: entry 0 of row 0 of a of Γ against")
    );
    assert!(output.stdout.contains("; found 1; expected 2\n"));
}

/// A verdict for each, and one for all on the last line.
#[test]
fn several_files() {
    let files = Files::new();
    let good = files.write("good.rcert", certificate());
    let bad = files.write("bad.rcert", "\n");
    let newer = certificate().replace("certificate/2", "certificate/3");
    let newer = files.write("newer.rcert", sealed(&lines(&newer)));
    // The format before, with a line between the steps and the last one.
    let mut older = lines(&certificate().replace("certificate/2", "certificate/1"));
    older.push(r#"{"conclusion":{"claim":"reparametrization","rests_on":[2]}}"#.to_owned());
    let older = files.write("older.rcert", sealed(&older));
    let cut = files.write("cut.rcert", &certificate()[..400]);
    let missing = files.name("missing.rcert");
    let directory = files.name("");
    for (files, verdicts, last, code) in [
        (
            vec![&good, &good],
            vec!["VERIFIED", "VERIFIED"],
            "s VERIFIED",
            0,
        ),
        (
            vec![&bad, &good],
            vec!["REJECTED", "VERIFIED"],
            "s REJECTED",
            1,
        ),
        (
            vec![&good, &bad, &good],
            vec!["VERIFIED", "REJECTED", "VERIFIED"],
            "s REJECTED",
            1,
        ),
        (
            vec![&newer, &good],
            vec!["DECLINED", "VERIFIED"],
            "s DECLINED",
            3,
        ),
        (
            vec![&good, &older],
            vec!["VERIFIED", "DECLINED"],
            "s DECLINED",
            3,
        ),
        (
            vec![&newer, &cut, &good],
            vec!["DECLINED", "REJECTED", "VERIFIED"],
            "s REJECTED",
            1,
        ),
        (
            vec![&missing, &good],
            vec!["UNREADABLE", "VERIFIED"],
            "s DECLINED",
            2,
        ),
        (
            vec![&good, &directory, &good],
            vec!["VERIFIED", "UNREADABLE", "VERIFIED"],
            "s DECLINED",
            2,
        ),
        (
            vec![&missing, &bad],
            vec!["UNREADABLE", "REJECTED"],
            "s REJECTED",
            1,
        ),
    ] {
        let files: Vec<&str> = files.into_iter().map(String::as_str).collect();
        for flags in [&[][..], &["-q"]] {
            let output = verify(&[&files[..], flags].concat());
            assert_eq!(output.code, code, "{}", output.stdout);
            assert_eq!(
                output.stdout.lines().last(),
                Some(last),
                "{}",
                output.stdout
            );
            assert_eq!(
                output
                    .stdout
                    .lines()
                    .filter(|line| line.starts_with("s "))
                    .count(),
                1
            );
            let mut lines = output.stdout.lines().filter(|line| line.starts_with("c "));
            for (file, verdict) in files.iter().zip(&verdicts) {
                let start = format!("c {file}: {verdict}");
                assert!(
                    lines.any(|line| line.starts_with(&start)),
                    "{start}: {}",
                    output.stdout
                );
            }
            // What cannot be read is said on standard error, whatever else is not.
            assert_eq!(
                output.stderr.contains("cannot be read"),
                verdicts.contains(&"UNREADABLE")
            );
        }
    }
}

/// A network file that cannot be read is said once, and takes no other verdict with it.
#[test]
fn network_files_that_cannot_be_read() {
    let files = Files::new();
    let good = files.write("good.rcert", certificate());
    let bad = files.write("bad.rcert", certificate().replace("a test", "a tesT"));
    let gamma = files.write("gamma.json", r#"{"a":[[1]],"c":[[3.0]]}"#);
    let other = files.write("other.json", r#"{"a":[[7]],"c":[[3.0]]}"#);
    let missing = files.name("missing.json");
    let long = files.write(
        "long.json",
        format!(r#"{{"a":[[1{}]],"c":[[3]]}}"#, "0".repeat(50_000)),
    );
    for (gamma, theta, verdicts, code) in [
        (&gamma, &missing, ["UNREADABLE", "REJECTED"], 1),
        // The one that can be read is compared.
        (&other, &missing, ["REJECTED", "REJECTED"], 1),
        (&missing, &missing, ["UNREADABLE", "REJECTED"], 1),
        (&long, &missing, ["UNREADABLE", "REJECTED"], 1),
        // A limit is no fault of the file.
        (&long, &long, ["DECLINED", "REJECTED"], 1),
    ] {
        let output = verify(&[&good, &bad, "--gamma", gamma, "--theta", theta]);
        assert_eq!(output.code, code, "{}", output.stderr);
        for (file, verdict) in [&good, &bad].into_iter().zip(verdicts) {
            let start = format!("\nc {file}: {verdict}");
            assert!(
                format!("\n{}", output.stdout).contains(&start),
                "{start}: {}",
                output.stdout
            );
        }
        assert_eq!(
            output.stderr.matches("relucert-verify: ").count(),
            output.stderr.lines().count()
        );
        let said = format!("relucert-verify: {missing}: ");
        let named = [gamma, theta]
            .iter()
            .filter(|file| ***file == missing)
            .count();
        assert_eq!(output.stderr.matches(&said).count(), named);
    }
    assert_eq!(verify(&[&good, "--gamma", &long]).code, 3);
    assert_eq!(
        verify(&[&good, "--gamma", &gamma, "--theta", &missing]).code,
        2
    );
}

/// A verdict that cannot be written is none: exit code 2, and a message.
#[cfg(target_os = "linux")]
#[test]
fn verdicts_that_cannot_be_written() {
    let files = Files::new();
    let good = files.write("good.rcert", certificate());
    let bad = files.write("bad.rcert", "\n");
    let (good, bad) = (good.as_str(), bad.as_str());
    for (program, verb) in PROGRAMS {
        for arguments in [
            &[good][..],
            &[bad],
            &[good, bad],
            &["-q", good],
            &["--json", good],
            &["--json", bad],
            &["--json", good, bad],
            &["--help"],
        ] {
            let ran = run_into(program, &[verb, arguments].concat(), "/dev/full".as_ref());
            assert_eq!(ran.code, 2, "{program} {arguments:?}: {ran:?}");
            let said = format!("{program}: standard output cannot be written: ");
            let times = ran.stderr.matches(&said).count();
            assert_eq!(times, 1, "{program} {arguments:?}: {ran:?}");
        }
    }
}

/// A certificate on standard input, once.
#[test]
fn standard_input() {
    for (program, verb) in PROGRAMS {
        let piped = |arguments: &[&str], text: &str| {
            let ran = run(program, &[verb, arguments].concat(), text.as_bytes());
            (ran.code, ran.stdout, ran.stderr)
        };
        let (code, stdout, _) = piped(&["-"], &certificate());
        assert_eq!((code, stdout.lines().last()), (0, Some("s VERIFIED")));
        let (code, _, stderr) = piped(&["-"], "");
        assert_eq!(code, 1);
        assert_eq!(
            stderr,
            format!("{program}: standard input: the file is empty\n")
        );
        let (code, stdout, _) = piped(&["-", "--limit-bytes=100"], &certificate());
        assert_eq!((code, stdout.lines().last()), (3, Some("s DECLINED")));
        let (code, stdout, stderr) = piped(&["-", "-"], &certificate());
        assert_eq!((code, stdout.as_str()), (2, ""));
        assert_eq!(
            stderr,
            format!("{program}: standard input (-) can be read only once\n")
        );
    }
}

/// The same style of message, and the same object, in both programs.
#[test]
fn usage_errors_in_both_programs() {
    for (program, verb) in PROGRAMS {
        for (arguments, expected) in [
            (
                &["--unknown", "x"][..],
                "unexpected argument '--unknown' found",
            ),
            (&["x", "--time-limit", "1,5"], "'1,5' is not a duration"),
            (&["x", "--time-limit", "-5"], "'-5' is not a duration"),
            (&["x", "--limit-work", "many"], "invalid value 'many'"),
        ] {
            let ran = run(program, &[verb, arguments].concat(), b"");
            assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
            let said = &ran.stderr;
            assert!(said.starts_with(&format!("{program}: ")), "{said}");
            assert!(said.contains(expected), "{said}");
            // The same words in an object on standard output.
            let ran = run(program, &[verb, arguments, &["--json"]].concat(), b"");
            assert_eq!(ran.code, 2);
            assert_eq!(ran.json()["relucert"], "error/1", "{ran:?}");
            assert!(ran.stdout.contains(expected), "{ran:?}");
        }
    }
}

/// What would steer a terminal is shown, on both streams.
#[cfg(unix)]
#[test]
fn names_do_not_steer_the_terminal() {
    let files = Files::new();
    let name = "\u{1b}[2J\ns VERIFIED\n\u{202e}\u{7}.rcert";
    let file = files.write(name, "{}");
    let shown = r"\u{1b}[2J\ns VERIFIED\n\u{202e}\u{7}.rcert: ";
    for arguments in [
        &[file.as_str()][..],
        &[&file, &file],
        &[&file, "--gamma", &file],
    ] {
        let output = verify(arguments);
        assert_eq!(output.code, 1);
        assert!(output.stderr.contains(shown), "{}", output.stderr);
        for text in [&output.stdout, &output.stderr] {
            assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{text}");
            assert!(!text.contains("\ns VERIFIED"), "{text}");
        }
    }
}

/// A sign of three square roots of polynomials, again and again.
fn long_work() -> String {
    let network = r#"{"d":1,"m":1,"D":1,"a":[["1"]],"c":[["1"]]}"#;
    let networks = format!(r#""gamma":{network},"theta":{network}"#);
    let claim =
        format!(r#"{{{networks},"sections":[{{"range":"k >= 1","holds":{{"equal":{{}}}}}}]}}"#);
    let value = "(-3*k^4-6*k^3-8*k^2-8*k-8)/(8*k^4+8*k^3+2*k^2+2*k+2)\
        -(8*k^4+6*k^3+8*k^2+2*k+5)/(4*k^4+3*k^3+5*k^2+7*k+2)*sqrt(3*k^4+4*k^3+5*k^2+3*k+3)\
        +sqrt(5*k^4+6*k^3+4*k^2+4*k+3)\
        +(3*k^4+6*k^3+6*k^2+3*k+4)/(3*k^4+4*k^3+2*k^2+7*k+5)*sqrt(6*k^4+4*k^3+7*k^2+4*k+8)";
    let statement = format!(r#"{{"networks":{{{networks}}},"claim":{{"for-all-k":{claim}}}}}"#);
    let mut writer = Writer::new(
        "a test",
        serde_json::from_str::<Statement>(&statement).unwrap(),
    );
    let equal = r#"{"section":{"section":0,"by":{"equal":{}}}}"#;
    let positive =
        format!(r#"{{"section":{{"section":0,"by":{{"positive":{{"value":"{value}"}}}}}}}}"#);
    for step in std::iter::once(equal).chain(std::iter::repeat_n(positive.as_str(), 100)) {
        writer.step(serde_json::from_str(step).unwrap());
    }
    writer.finish()
}

#[test]
fn time_limits() {
    let files = Files::new();
    let long = files.write("long.rcert", long_work());
    let good = files.write("good.rcert", certificate());
    let output = verify(&[&long, &good, "--time-limit", "1s"]);
    assert_eq!(output.code, 3);
    assert!(
        output.stdout.contains("long.rcert: DECLINED: "),
        "{}",
        output.stdout
    );
    assert!(
        output.stdout.contains("good.rcert: VERIFIED"),
        "{}",
        output.stdout
    );
    let output = verify(&[&good, &good, "--time-limit", "0"]);
    assert_eq!(output.code, 3);
    let said = "the time limit was reached (--time-limit)";
    assert_eq!(output.stdout.matches(said).count(), 2, "{}", output.stdout);
    assert_eq!(verify(&[&good, &good, "--time-limit", "10m"]).code, 0);
}

#[test]
fn json() {
    let files = Files::new();
    let good = files.write("good.rcert", certificate());
    let bad = files.write("bad.rcert", certificate().replace("a test", "a tesT"));

    let output = verify(&[&good, "--json"]);
    assert_eq!(output.code, 0);
    assert!(output.stdout.starts_with(r#"{"relucert":"verify/1","#));
    let report = output.json();
    assert_eq!(report["verdict"], "VERIFIED");
    assert_eq!(report["claim"], "reparametrization");
    assert_eq!(report["steps"], 2);
    assert_eq!(report["networks"]["phi"].as_str().unwrap().len(), 64);
    assert!(
        report["statement"]
            .as_str()
            .unwrap()
            .starts_with("R(Φ) = R(Θ)")
    );

    let output = verify(&[&bad, "--json"]);
    assert_eq!(output.code, 1);
    let report = output.json();
    assert_eq!(report["verdict"], "REJECTED");
    assert_eq!(report["rejection"]["line"], 5);
    assert_eq!(report["rejection"]["reason"], "SHA-256 in the last line");
    assert_eq!(report["rejection"]["found"].as_str().unwrap().len(), 64);

    let report = verify(&[&good, "--json", "--limit-work=1"]).json();
    assert_eq!(report["verdict"], "DECLINED");
    assert!(report["reason"].as_str().unwrap().contains("--limit-work"));

    let output = verify(&[&good, &bad, "--json"]);
    assert_eq!(output.code, 1);
    assert!(
        output
            .stdout
            .starts_with(r#"{"relucert":"verify/1","verdict":"REJECTED","files":["#)
    );
    let report = output.json();
    assert_eq!(report["files"][0]["verdict"], "VERIFIED");
    assert_eq!(report["files"][1]["verdict"], "REJECTED");
}
