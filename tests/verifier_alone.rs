//! The verifier stands alone: it compiles from the certificate's data types and its own files, without the engine.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The outside crates the verifier may use.
const CRATES: [&str; 10] = [
    "clap",
    "num-bigint",
    "num-integer",
    "num-rational",
    "num-traits",
    "safetensors",
    "serde",
    "serde_json",
    "sha2",
    "thiserror",
];

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The source files of a folder of `src`, without tests.
fn sources(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(project().join("src").join(folder)).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    files
}

fn all_sources() -> Vec<PathBuf> {
    let mut files = sources("certificate");
    files.extend(sources("verify"));
    files.extend(sources("verify/bind"));
    files.extend(sources("verify/family"));
    files.push(project().join("src/bin/relucert-verify.rs"));
    files
}

/// Writes a file only if it changes, so that a rerun compiles nothing.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn it_compiles_without_the_engine() {
    let package = project().join("target/verifier-alone");
    let sources_there = package.join("src");
    let mut copied = BTreeSet::new();
    for file in all_sources() {
        let place = package.join(file.strip_prefix(project()).unwrap());
        write(&place, &fs::read_to_string(&file).unwrap());
        copied.insert(place);
    }
    for folder in ["certificate", "verify", "verify/family"] {
        for entry in fs::read_dir(sources_there.join(folder)).unwrap() {
            let place = entry.unwrap().path();
            if place.is_file() && !copied.contains(&place) {
                fs::remove_file(place).unwrap();
            }
        }
    }
    let manifest = fs::read_to_string(project().join("Cargo.toml")).unwrap();
    let dependencies: Vec<&str> = CRATES
        .iter()
        .map(|name| {
            let names = |line: &&str| line.split(['=', ' ']).next() == Some(name);
            manifest.lines().find(names).unwrap()
        })
        .collect();
    let generated = format!(
        "[package]\nname = \"relucert\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [[bin]]\nname = \"relucert-verify\"\npath = \"src/bin/relucert-verify.rs\"\n\n\
         [dependencies]\n{}\n\n[workspace]\n",
        dependencies.join("\n")
    );
    write(&package.join("Cargo.toml"), &generated);
    // Cargo drops from the copy what the verifier does not need.
    let lock = fs::read_to_string(project().join("Cargo.lock")).unwrap();
    write(&package.join("Cargo.lock"), &lock);
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet"])
        .current_dir(&package)
        .env("CARGO_TARGET_DIR", package.join("target"))
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .unwrap();
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
}

#[test]
fn it_names_nothing_of_the_engine() {
    for file in all_sources() {
        let text = fs::read_to_string(&file).unwrap();
        for (number, line) in text.lines().enumerate() {
            let code = line.trim_start();
            if code.starts_with("//") {
                continue;
            }
            for (at, _) in code.match_indices("crate::") {
                let rest = &code[at + "crate::".len()..];
                assert!(
                    rest.starts_with("certificate") || rest.starts_with("verify"),
                    "{}:{}: {code}",
                    file.display(),
                    number + 1
                );
            }
            assert!(!code.contains("relucert::"), "{}: {code}", file.display());
        }
    }
}

/// Floating-point numbers are decoded where a file has them, and nowhere else.
#[test]
fn floats_occur_only_where_files_are_read() {
    for file in all_sources() {
        if file.ends_with("src/verify/bind.rs") {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        for word in ["f32", "f64"] {
            assert!(!text.contains(word), "{}: {word}", file.display());
        }
    }
}

/// Lines with code: neither blank nor comment.
fn count(files: &[PathBuf]) -> usize {
    let lines = |file: &PathBuf| {
        let text = fs::read_to_string(file).unwrap();
        let code = |line: &&str| !line.trim().is_empty() && !line.trim().starts_with("//");
        // Tests inside a file come last.
        let text = text.split("#[cfg(test)]").next().unwrap_or("");
        text.lines().filter(code).count()
    };
    files.iter().map(lines).sum()
}

#[test]
fn it_stays_small() {
    let (outside, inside): (Vec<PathBuf>, Vec<PathBuf>) =
        sources("verify").into_iter().partition(|file| {
            ["command.rs", "words.rs", "sentences.rs"]
                .iter()
                .any(|name| file.ends_with(name))
        });
    let families = count(&sources("verify/family"));
    let (kernel, shell, data) = (
        count(&inside),
        count(&outside) + count(&sources("verify/bind")),
        count(&sources("certificate")),
    );
    println!(
        "lines of code: checking {kernel}, families {families}, files, words and command line {shell}, data types {data}"
    );
    assert!(
        families < 1_950,
        "the part for families has grown to {families} lines"
    );
    assert!(
        kernel < 5_600,
        "the checking part has grown to {kernel} lines"
    );
}
