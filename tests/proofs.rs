//! `proofs/`: what `relucert audit --write` makes, byte for byte, and every certificate verified by the separate verifier.
//!
//! `RELUCERT_BLESS=1 cargo test --test proofs` writes the directory anew.

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use support::cli::{Files, ok, run};

fn files(directory: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(directory).expect("a directory");
    let paths = entries.map(|entry| entry.expect("readable").path());
    // The development for Rocq is a folder of its own.
    let paths = paths.filter(|path| path.is_file());
    let read = |path: std::path::PathBuf| {
        let name = path
            .file_name()
            .expect("named")
            .to_string_lossy()
            .into_owned();
        (name, std::fs::read_to_string(path).expect("text"))
    };
    paths.map(read).collect()
}

#[test]
fn proofs_are_what_the_audit_writes_and_are_verified() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("proofs");
    let scratch = Files::new();
    ok(&["audit", "--write", &scratch.name("")]);
    let written = files(scratch.folder());
    if std::env::var_os("RELUCERT_BLESS").is_some() {
        for name in files(&kept).keys() {
            std::fs::remove_file(kept.join(name)).expect("removed");
        }
        for (name, text) in &written {
            std::fs::write(kept.join(name), text).expect("written");
        }
    }
    let found = files(&kept);
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&found), names(&written), "the files of proofs/");
    let mut bytes = 0;
    for (name, text) in &found {
        assert_eq!(
            Some(text),
            written.get(name),
            "{name} is not what the audit writes"
        );
        bytes += text.len();
    }
    assert!(bytes < 20_000_000, "{bytes} bytes");
    assert!(found.contains_key("README.md") && found.contains_key("ERRATA.md"));
    let certificates: Vec<_> = found
        .keys()
        .filter(|name| name.ends_with(".rcert"))
        .collect();
    let paths = certificates.iter().map(|name| format!("proofs/{name}"));
    let paths: Vec<String> = paths.collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let ran = run("relucert-verify", &paths, b"");
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    for name in certificates {
        let stem = name.trim_end_matches(".rcert");
        assert!(
            found["README.md"].contains(stem),
            "README.md does not mention {name}"
        );
    }
}
