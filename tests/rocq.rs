//! `proofs/rocq`: the theorems for all networks. The index that `relucert audit` reads says of these sources, and where Coq is installed,
//! what Coq says of them now.
//!
//! `RELUCERT_BLESS=1 cargo test --test rocq` writes the index anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use relucert::audit::{LEDGER, THEOREMS};
use sha2::{Digest as _, Sha256};

/// What a proof may take from the standard library without proof: its real numbers, functional extensionality, excluded middle.
const ALLOWED: [&str; 4] = [
    "ClassicalDedekindReals.sig_forall_dec",
    "ClassicalDedekindReals.sig_not_dec",
    "Classical_Prop.classic",
    "FunctionalExtensionality.functional_extensionality_dep",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("proofs/rocq")
}

/// The sources by their paths below the folder, ordered by bytes.
fn sources() -> Vec<(String, String)> {
    let (mut folders, mut sources) = (vec![folder()], Vec::new());
    while let Some(below) = folders.pop() {
        for entry in std::fs::read_dir(&below).expect("a folder") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "v") {
                let name = path.strip_prefix(folder()).expect("below it");
                let text = std::fs::read_to_string(&path).expect("text");
                sources.push((name.to_string_lossy().into_owned(), text));
            }
        }
    }
    sources.sort();
    sources
}

fn hex(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("written");
        text
    })
}

/// The SHA-256 of what `find . -name '*.v' | LC_ALL=C sort | xargs sha256sum` prints.
fn hash(sources: &[(String, String)]) -> String {
    let line = |(name, text): &(String, String)| format!("{}  ./{name}\n", hex(text.as_bytes()));
    hex(sources.iter().map(line).collect::<String>().as_bytes())
}

/// A source without comments, which nest.
fn without_comments(text: &str) -> String {
    let (mut depth, mut rest, mut kept) = (0_usize, text, String::new());
    while let Some(character) = rest.chars().next() {
        if rest.starts_with("(*") {
            depth += 1;
            rest = &rest[2..];
        } else if rest.starts_with("*)") && depth > 0 {
            depth -= 1;
            rest = &rest[2..];
        } else {
            if depth == 0 {
                kept.push(character);
            }
            rest = &rest[character.len_utf8()..];
        }
    }
    kept
}

/// The statements of a source: `Definition NAME : Prop :=`.
fn statements(text: &str) -> Vec<String> {
    let text = without_comments(text);
    let named = text.split("Definition ").skip(1).filter_map(|rest| {
        let (name, _) = rest.split_once(" : Prop :=")?;
        (!name.contains(char::is_whitespace)).then(|| name.to_owned())
    });
    named.collect()
}

/// Statement, its file, and the file that proves it: `Theorem NAME_holds : NAME.`
fn proved(sources: &[(String, String)]) -> Vec<[String; 3]> {
    let mut found = Vec::new();
    for (file, text) in sources {
        for name in statements(text) {
            let theorem = format!("Theorem {name}_holds : {name}.");
            let proof = sources
                .iter()
                .find(|(_, text)| without_comments(text).contains(&theorem));
            if let Some((proof, _)) = proof {
                found.push([name, file.clone(), proof.clone()]);
            }
        }
    }
    // The papers' statements come first, then what else was proved.
    found.sort_by_key(|[_, file, _]| file != "Statements.v");
    found
}

#[test]
fn the_index_is_of_these_sources_and_the_ledger_uses_it() {
    if std::env::var_os("RELUCERT_BLESS").is_some() {
        return;
    }
    let sources = sources();
    assert_eq!(
        THEOREMS.sources,
        hash(&sources),
        "the sources changed: write the index anew"
    );
    let indexed: Vec<[String; 3]> = THEOREMS
        .theorems
        .iter()
        .map(|row| [row.name.clone(), row.statement.clone(), row.proof.clone()])
        .collect();
    assert_eq!(indexed, proved(&sources));
    let used: BTreeSet<&String> = LEDGER
        .claims
        .iter()
        .flat_map(|claim| &claim.theorems)
        .collect();
    for theorem in &THEOREMS.theorems {
        assert!(
            theorem.text().is_some(),
            "{}: no statement is found",
            theorem.name
        );
        assert!(
            used.contains(&theorem.name),
            "no claim rests on {}",
            theorem.name
        );
        for axiom in &theorem.axioms {
            assert!(
                ALLOWED.iter().any(|allowed| allowed.ends_with(axiom)),
                "{}: {axiom}",
                theorem.name
            );
        }
    }
}

#[test]
fn nothing_is_admitted() {
    for (name, text) in sources() {
        let code = without_comments(&text);
        let words = code.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '\''));
        for word in words {
            let banned = [
                "Admitted",
                "admit",
                "give_up",
                "Axiom",
                "Axioms",
                "Parameter",
                "Parameters",
                "Conjecture",
            ];
            assert!(!banned.contains(&word), "{name}: {word}");
        }
    }
}

fn run(command: &mut Command) -> Output {
    let output = command.output().expect("run");
    assert!(
        output.status.success(),
        "{command:?}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// The axioms that `Print Assumptions` names, in order.
fn axioms(printed: &str) -> Vec<String> {
    // An axiom's name begins a line; its type may go on in lines that are indented.
    let names = printed.lines().filter_map(|line| {
        let (name, _) = line.split_once(" :").unwrap_or((line, ""));
        let is_name = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || "._'".contains(c));
        is_name.then(|| name.to_owned())
    });
    let sorted: BTreeSet<String> = names.collect();
    sorted.into_iter().collect()
}

/// What the index should say, by Coq.
fn checked_by_coq(version: &str, sources: &[(String, String)]) -> String {
    let scratch = tempfile::tempdir().expect("a directory");
    for (name, text) in sources {
        let path = scratch.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    let names = sources.iter().map(|(name, _)| name.as_str());
    let here = ["-Q", ".", "relucert"];
    run(Command::new("coq_makefile")
        .args(here)
        .args(names)
        .args(["-o", "Makefile"])
        .current_dir(&scratch));
    run(Command::new("make").arg("-j2").current_dir(&scratch));
    let mut index = format!(
        "# What Coq has checked: `RELUCERT_BLESS=1 cargo test --test rocq` writes this. `sources` is the SHA-256 of what\n\
         # `find . -name '*.v' | LC_ALL=C sort | xargs sha256sum` prints here.\n\
         coq = \"{version}\"\nsources = \"{}\"\n",
        hash(sources)
    );
    let theorems = proved(sources);
    if theorems.is_empty() {
        return index + "theorems = []\n";
    }
    // All are asked at once; what is printed after a theorem's name is about it.
    let module = |file: &str| file.trim_end_matches(".v").replace('/', ".");
    let mut asked = String::new();
    for [name, file, proof] in &theorems {
        let (proof, file) = (module(proof), module(file));
        write!(
            asked,
            "From relucert Require {proof}.\nFrom relucert Require {file}.\nGoal True. idtac \"asked {name}\". Abort.\n\
             Definition it_{name} : relucert.{file}.{name} := relucert.{proof}.{name}_holds.\nPrint Assumptions it_{name}.\n"
        )
        .expect("written");
    }
    std::fs::write(scratch.path().join("asked.v"), asked).expect("written");
    let output = run(Command::new("coqc")
        .arg("-q")
        .args(here)
        .arg("asked.v")
        .current_dir(&scratch));
    let printed = String::from_utf8(output.stdout).expect("text");
    let mut answers = printed.split("asked ").skip(1);
    for [name, file, proof] in &theorems {
        let answer = answers.next().expect("an answer");
        let axioms = match answer.split_once("Axioms:") {
            Some((begun, list)) if begun.trim() == name => axioms(list),
            None if answer.contains("Closed under the global context") => Vec::new(),
            _ => panic!("{name}: {answer}"),
        };
        for axiom in &axioms {
            assert!(ALLOWED.contains(&axiom.as_str()), "{name} rests on {axiom}");
        }
        write!(
            index,
            "\n[[theorems]]\nname = \"{name}\"\nstatement = \"{file}\"\nproof = \"{proof}\"\naxioms = {axioms:?}\n"
        )
        .expect("written");
    }
    index
}

#[test]
fn coq_proves_what_the_index_says() {
    let Ok(asked) = Command::new("coqc").arg("--print-version").output() else {
        println!("skipped: coqc is not installed");
        return;
    };
    let asked = String::from_utf8(asked.stdout).expect("text");
    let version = asked.split_whitespace().next().expect("a version");
    let sources = sources();
    let index = checked_by_coq(version, &sources);
    let path = folder().join("theorems.toml");
    if std::env::var_os("RELUCERT_BLESS").is_some() {
        std::fs::write(&path, &index).expect("written");
        return;
    }
    let kept = std::fs::read_to_string(&path).expect("theorems.toml");
    // Another version may say the same.
    let of_version = |text: &str| text.replacen(&format!("coq = \"{version}\""), "", 1);
    let kept = kept.replacen(&format!("coq = \"{}\"", THEOREMS.coq), "", 1);
    assert_eq!(kept, of_version(&index));
}

#[test]
fn the_papers_statements_are_all_proved() {
    let check = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/formal/check");
    let installed = Command::new("coqchk").arg("--version").output().is_ok();
    if !check.exists() || !installed {
        println!("skipped: the papers' statements or coqchk are not here");
        return;
    }
    let output = run(Command::new("python3").arg(check).arg(folder()));
    println!("{}", String::from_utf8_lossy(&output.stdout));
}
