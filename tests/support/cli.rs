//! The programs as a user runs them, and the files of a test.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// The exit code; −1 for a run that a signal ended.
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Ran {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

impl Ran {
    /// The one JSON object on standard output.
    pub fn json(&self) -> Value {
        let object = serde_json::from_str(&self.stdout);
        object.unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// A program of the workspace, `relucert` or `relucert-verify`, ready to be given arguments.
pub fn program(name: &str) -> Command {
    match name {
        "relucert" => Command::new(env!("CARGO_BIN_EXE_relucert")),
        "relucert-verify" => Command::new(verifier()),
        other => panic!("no program of the workspace is called {other}"),
    }
}

/// Where `relucert-verify` is. Cargo builds for the tests of a package its own programs alone, and this one is another package's:
/// Cargo is asked for it, once a process, in the profile of this test. Where it is built already, that takes no time.
fn verifier() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let test = std::env::current_exe().expect("the path of the test");
        // target/PROFILE/deps/TEST; the profile dev has a folder of another name.
        let folder = test.ancestors().nth(2).and_then(Path::file_name);
        let profile = match folder.expect("a folder").to_str().expect("UTF-8") {
            "debug" => "dev",
            other => other,
        };
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args([
                "build",
                "--quiet",
                "--offline",
                "--package=relucert-verifier",
            ])
            .args([
                "--bin=relucert-verify",
                "--message-format=json",
                "--profile",
                profile,
            ])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output();
        let built = Ran::from(output.expect("cargo runs"));
        assert_eq!(built.code, 0, "relucert-verify: {}", built.stderr);
        let messages = built.stdout.lines().map(serde_json::from_str::<Value>);
        let path = messages.flatten().find_map(|message| {
            let path = message["executable"].as_str()?;
            Some(PathBuf::from(path))
        });
        path.expect("cargo says where relucert-verify is")
    })
}

/// Runs `relucert`.
pub fn relucert(arguments: &[&str]) -> Ran {
    run("relucert", arguments, b"")
}

/// Runs `relucert` for an answer of yes: exit code 0.
pub fn ok(arguments: &[&str]) -> Ran {
    let ran = relucert(arguments);
    assert_eq!(ran.code, 0, "{arguments:?}\n{ran:?}");
    ran
}

/// Runs `relucert … --json`: the exit code and the object printed.
pub fn json(arguments: &[&str]) -> (i32, Value) {
    let ran = relucert(&[arguments, &["--json"]].concat());
    (ran.code, ran.json())
}

/// The independent verifier accepts the certificate; `extra` are arguments such as those that bind it to files.
pub fn verified(certificate: &str, extra: &[&str]) -> Ran {
    let ran = run("relucert-verify", &[&[certificate], extra].concat(), b"");
    assert_eq!(ran.code, 0, "{certificate} {extra:?}: {ran:?}");
    assert!(ran.stdout.ends_with("s VERIFIED\n"), "{ran:?}");
    ran
}

/// Runs a program with something on standard input.
pub fn run(name: &str, arguments: &[&str], input: &[u8]) -> Ran {
    let mut command = program(name);
    command.args(arguments);
    feed(command, input)
}

/// Runs a program in another directory than the package's.
pub fn run_in(folder: &Path, name: &str, arguments: &[&str]) -> Ran {
    let mut command = program(name);
    command.current_dir(folder).args(arguments);
    feed(command, b"")
}

fn feed(mut command: Command, input: &[u8]) -> Ran {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    // A program that does not read its input closes it.
    let _ = child.stdin.take().expect("standard input").write_all(input);
    child.wait_with_output().expect("it ends").into()
}

/// The verbs, and the examples below the help of each.
pub fn examples() -> Vec<(String, Vec<String>)> {
    let help = ok(&["--help"]).stdout;
    let (_, verbs) = help.split_once("Commands:\n").expect("verbs");
    let verbs = verbs.lines().take_while(|line| line.starts_with("  "));
    let verbs = verbs.filter_map(|line| line.split_whitespace().next());
    let verbs = verbs.filter(|verb| *verb != "help" && !verb.starts_with('['));
    let of = |verb: &str| {
        let help = ok(&[verb, "--help"]).stdout;
        let (_, lines) = help
            .split_once("Examples:\n")
            .unwrap_or_else(|| panic!("{verb} has no example"));
        let lines = lines.lines().map(str::trim);
        let lines = lines.take_while(|line| line.starts_with("relucert"));
        (verb.to_owned(), lines.map(str::to_owned).collect())
    };
    verbs.map(of).collect()
}

/// Runs a line in a shell that finds `relucert`, in a folder.
#[cfg(unix)]
pub fn shell(folder: &Path, line: &str) -> Ran {
    let program = program("relucert").get_program().to_owned();
    let beside = Path::new(&program).parent().expect("a folder");
    let others = std::env::var("PATH").expect("PATH");
    let output = Command::new("sh")
        .args(["-c", line])
        .env("PATH", format!("{}:{others}", beside.display()))
        .current_dir(folder)
        .output();
    output.expect("sh").into()
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
    let child = command.spawn().expect("it runs");
    child.wait_with_output().expect("it ends").into()
}

/// The path of a network of examples/, as `paper/example_2_3_gamma`.
pub fn example(name: &str) -> String {
    format!("{}/examples/{name}.json", env!("CARGO_MANIFEST_DIR"))
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a directory");
    for entry in std::fs::read_dir(from).expect("a directory") {
        let path = entry.expect("readable").path();
        let target = to.join(path.file_name().expect("named"));
        match path.is_dir() {
            true => copy(&path, &target),
            false => drop(std::fs::copy(&path, &target).expect("copied")),
        }
    }
}

/// A directory for the files of a test.
pub struct Files(tempfile::TempDir);

impl Files {
    pub fn new() -> Self {
        Files(tempfile::tempdir().expect("a temporary directory"))
    }

    /// With `examples` and `proofs` of the project, for commands that are run beside them.
    pub fn project() -> Self {
        let files = Files::new();
        for folder in ["examples", "proofs"] {
            let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            copy(&from, &files.folder().join(folder));
        }
        files
    }

    pub fn folder(&self) -> &Path {
        self.0.path()
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

    pub fn exists(&self, name: &str) -> bool {
        self.0.path().join(name).exists()
    }
}
