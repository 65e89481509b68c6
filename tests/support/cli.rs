//! The program as a user runs it.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// The one JSON object on standard output.
    pub fn json(&self) -> Value {
        let object = serde_json::from_str(&self.stdout);
        object.unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

fn program(name: &str) -> Command {
    Command::new(assert_cmd::cargo::cargo_bin(name))
}

fn ran(output: std::process::Output) -> Ran {
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// Runs `relucert`.
pub fn relucert(arguments: &[&str]) -> Ran {
    run("relucert", arguments, b"")
}

/// Runs a program of the package with something on standard input.
pub fn run(name: &str, arguments: &[&str], input: &[u8]) -> Ran {
    let mut command = program(name);
    command.args(arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    // A program that does not read its input closes it.
    let _ = child.stdin.take().expect("standard input").write_all(input);
    ran(child.wait_with_output().expect("it ends"))
}

/// Runs a program with standard output going to a file, such as /dev/full.
pub fn run_into(name: &str, arguments: &[&str], stdout: &Path) -> Ran {
    let file = std::fs::OpenOptions::new()
        .write(true)
        .open(stdout)
        .expect("it opens");
    let mut command = program(name);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(Stdio::piped());
    ran(command
        .spawn()
        .expect("it runs")
        .wait_with_output()
        .expect("it ends"))
}

/// A directory for the files of a test.
pub struct Files(tempfile::TempDir);

impl Files {
    pub fn new() -> Self {
        Files(tempfile::tempdir().expect("a temporary directory"))
    }

    /// The path of a file in it.
    pub fn name(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("UTF-8").to_owned()
    }

    /// Writes a file; answers its path.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        std::fs::write(self.name(name), bytes).expect("written");
        self.name(name)
    }

    /// The names of all files in it, sorted.
    pub fn list(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).expect("a directory");
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        let mut names: Vec<String> = names
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// The text of a file, if it is there.
    pub fn text(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.name(name)).ok()
    }
}
