//! The verifier's command line: exit codes, what is printed where, JSON.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use relucert::certificate::{Statement, Writer};
use serde_json::Value;

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
    for rule in [
        r#"{"scale":{"neuron":0,"factor":"1/2"}}"#,
        r#"{"bound":{"distance":"1","neuron":0,"part":"outer","index":0}}"#,
    ] {
        writer.step(serde_json::from_str(rule).unwrap());
    }
    writer.finish("reparametrization", vec![2])
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }
}

struct Output {
    code: i32,
    stdout: String,
    stderr: String,
}

fn verify(arguments: &[&dyn AsRef<Path>]) -> Output {
    let mut command = Command::cargo_bin("relucert-verify").unwrap();
    for argument in arguments {
        command.arg(argument.as_ref());
    }
    let output = command.output().unwrap();
    Output {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn a_right_certificate() {
    let folder = Folder::new();
    let good = folder.file("good.rcert", &certificate());
    let output = verify(&[&good]);
    assert_eq!(output.code, 0);
    assert!(
        output
            .stdout
            .starts_with("R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = 1 ≤ 1.\n")
    );
    assert!(output.stdout.ends_with("\ns VERIFIED\n"));
    assert_eq!(output.stderr, "");
    let quiet = verify(&[&good, &"--quiet"]);
    assert_eq!((quiet.code, quiet.stdout.as_str()), (0, "s VERIFIED\n"));
}

#[test]
fn a_wrong_certificate() {
    let folder = Folder::new();
    let bad = folder.file("bad.rcert", &certificate().replace("a test", "a tesT"));
    let output = verify(&[&bad]);
    assert_eq!(output.code, 1);
    assert!(
        output
            .stdout
            .starts_with("c line 6: SHA-256 in the last line; found ")
    );
    assert!(output.stdout.ends_with("\ns REJECTED\n"));
    assert!(output.stderr.contains("bad.rcert: line 6: SHA-256"));
    let quiet = verify(&[&bad, &"--quiet"]);
    assert_eq!((quiet.code, quiet.stdout.as_str()), (1, "s REJECTED\n"));
    for nothing in ["", "\n", "{}\n", "s VERIFIED\n"] {
        let output = verify(&[&folder.file("nothing.rcert", nothing)]);
        assert_eq!(output.code, 1);
        assert!(output.stdout.ends_with("s REJECTED\n"));
    }
}

/// A name quoted in a reason cannot pass for a verdict.
#[test]
fn reasons_stay_on_their_line() {
    let folder = Folder::new();
    let text = certificate().replace(
        "{\"relucert\"",
        "{\"\\ns VERIFIED\\u001b[2J\":0,\"relucert\"",
    );
    let (above, _) = text.trim_end().rsplit_once('\n').unwrap();
    let hash = {
        use sha2::{Digest as _, Sha256};
        let digest = Sha256::digest(format!("{above}\n"));
        digest
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    let text = format!("{above}\n{{\"end\":{{\"steps\":2,\"sha256\":\"{hash}\"}}}}\n");
    let output = verify(&[&folder.file("forged.rcert", &text)]);
    assert_eq!(output.code, 1);
    assert_eq!(output.stdout.lines().count(), 2, "{}", output.stdout);
    assert!(
        output
            .stdout
            .starts_with("c line 1: malformed: unknown field ` s VERIFIED [2J`")
    );
    assert!(!output.stderr.contains('\u{1b}'));
}

#[test]
fn limits_decline() {
    let folder = Folder::new();
    let good = folder.file("good.rcert", &certificate());
    for flag in [
        "bytes",
        "line-bytes",
        "digits",
        "bits",
        "neurons",
        "dimensions",
        "steps",
        "depth",
    ] {
        let output = verify(&[&good, &format!("--limit-{flag}=0")]);
        assert_eq!(output.code, 3, "{flag}");
        assert!(output.stdout.ends_with("s DECLINED\n"), "{flag}");
        assert!(
            output.stdout.contains(&format!("(--limit-{flag})")),
            "{}",
            output.stdout
        );
        assert!(output.stderr.contains("more than the limit 0"), "{flag}");
    }
}

#[test]
fn usage_and_unreadable_files() {
    let folder = Folder::new();
    let good = folder.file("good.rcert", &certificate());
    let missing = folder.0.path().join("missing.rcert");
    for arguments in [
        &[][..],
        &[&missing as &dyn AsRef<Path>],
        &[&folder.0.path()],
        &[&good, &"--limit-bytes=many"],
        &[&good, &"--unknown"],
        &[&good, &"--gamma", &missing],
        &[&good, &"--gamma", &folder.file("g.onnx", "")],
        &[&good, &"--theta", &folder.file("t.json", "{}")],
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
    let folder = Folder::new();
    let good = folder.file("good.rcert", &certificate());
    let gamma = folder.file("gamma.json", r#"{"a":[[1]],"c":[[3.0]]}"#);
    let theta = folder.file(
        "theta.json",
        r#"{"layers":[{"weights":[[2]]},{"weights":[["1"]]}]}"#,
    );
    assert_eq!(
        verify(&[&good, &"--gamma", &gamma, &"--theta", &theta]).code,
        0
    );
    let output = verify(&[&good, &"--gamma", &theta]);
    assert_eq!(output.code, 1);
    assert!(
        output
            .stdout
            .contains("c line 2: entry 0 of row 0 of a of Γ against")
    );
    assert!(output.stdout.contains("; found 1; expected 2\n"));
}

#[test]
fn several_files() {
    let folder = Folder::new();
    let good = folder.file("good.rcert", &certificate());
    let bad = folder.file("bad.rcert", "\n");
    let newer = folder.file("newer.rcert", &certificate());
    let missing = folder.0.path().join("missing.rcert");
    let output = verify(&[&good, &bad, &good]);
    assert_eq!(output.code, 1);
    let verdicts: Vec<_> = output
        .stdout
        .lines()
        .filter(|line| line.starts_with("s "))
        .collect();
    assert_eq!(verdicts, ["s VERIFIED", "s REJECTED", "s VERIFIED"]);
    assert!(output.stdout.starts_with("c ") && output.stdout.contains("bad.rcert\n"));
    assert_eq!(verify(&[&good, &newer]).code, 0);
    assert_eq!(verify(&[&good, &missing]).code, 2);
    assert_eq!(verify(&[&missing, &bad]).code, 1);
}

#[test]
fn json() {
    let folder = Folder::new();
    let good = folder.file("good.rcert", &certificate());
    let bad = folder.file("bad.rcert", &certificate().replace("a test", "a tesT"));
    let parse = |output: &Output| -> Value { serde_json::from_str(&output.stdout).unwrap() };

    let output = verify(&[&good, &"--json"]);
    assert_eq!(output.code, 0);
    assert!(output.stdout.starts_with(r#"{"relucert":"verify/1","#));
    let report = parse(&output);
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

    let output = verify(&[&bad, &"--json"]);
    assert_eq!(output.code, 1);
    let report = parse(&output);
    assert_eq!(report["verdict"], "REJECTED");
    assert_eq!(report["rejection"]["line"], 6);
    assert_eq!(report["rejection"]["reason"], "SHA-256 in the last line");
    assert_eq!(report["rejection"]["found"].as_str().unwrap().len(), 64);

    let report = parse(&verify(&[&good, &"--json", &"--limit-steps=1"]));
    assert_eq!(report["verdict"], "DECLINED");
    assert!(report["reason"].as_str().unwrap().contains("--limit-steps"));

    let output = verify(&[&good, &bad, &"--json"]);
    assert_eq!(output.code, 1);
    assert!(
        output
            .stdout
            .starts_with(r#"{"relucert":"verify/1","verdict":"REJECTED","files":["#)
    );
    let report = parse(&output);
    assert_eq!(report["files"][0]["verdict"], "VERIFIED");
    assert_eq!(report["files"][1]["verdict"], "REJECTED");
}
