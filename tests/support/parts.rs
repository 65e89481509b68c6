//! Searches in parts: networks, a folder, and what is done there.

use std::process::{Command, Stdio};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::Random;
use super::cli::{Files, Ran, run_in};

/// Entries −9 … 9; the last of `sizes` is 1 with biases.
pub fn network(seed: u64, [inputs, neurons, outputs, biased]: [usize; 4]) -> String {
    let mut random = Random::new(seed);
    let mut rows = |length: usize| {
        let mut row = || {
            let row: Vec<String> = (0..length)
                .map(|_| format!("\"{}\"", random.below(19) as i64 - 9))
                .collect();
            format!("[{}]", row.join(","))
        };
        let rows: Vec<String> = (0..neurons).map(|_| row()).collect();
        format!("[{}]", rows.join(","))
    };
    let (a, c, b) = (rows(inputs), rows(outputs), rows(1));
    match biased {
        0 => format!(r#"{{"a": {a}, "c": {c}}}"#),
        _ => format!(
            r#"{{"a": {a}, "c": {c}, "b": [{}]}}"#,
            b.replace(['[', ']'], "")
        ),
    }
}

/// A folder in which everything is run.
pub struct Place(pub Files);

impl Place {
    pub fn new() -> Self {
        let files = Files::new();
        files.write("net.json", network(1, [5, 50, 1, 0]));
        files.write("other.json", network(2, [5, 50, 1, 0]));
        files.write("biased.json", network(3, [5, 60, 2, 1]));
        files.write("long.json", network(4, [5, 150, 1, 0]));
        // For regions: of all of space, of an affine arrangement, and many.
        files.write("cells.json", network(1, [4, 14, 1, 0]));
        files.write("affine.json", network(2, [3, 14, 1, 1]));
        files.write("many.json", network(3, [6, 60, 1, 1]));
        files.write("huge.json", network(4, [7, 150, 1, 0]));
        Place(files)
    }

    pub fn run(&self, line: &str) -> Ran {
        let words: Vec<&str> = line.split_whitespace().collect();
        run_in(self.0.folder(), "relucert", &words)
    }

    pub fn ok(&self, line: &str) -> Ran {
        let ran = self.run(line);
        assert_eq!(ran.code, 0, "{line}: {ran:?}");
        ran
    }

    /// Refused, with these words said.
    pub fn refused(&self, line: &str, code: i32, words: &[&str]) {
        let ran = self.run(line);
        assert_eq!(ran.code, code, "{line}: {ran:?}");
        for word in words {
            assert!(ran.stderr.contains(word), "{line}: {word}: {ran:?}");
        }
    }

    /// The lines of a list, each in a shell.
    pub fn shell(&self, list: &str) {
        for line in self.text(list).lines() {
            let mut shell = Command::new("sh");
            let status = shell.args(["-c", line]).current_dir(self.0.folder());
            assert!(status.stdout(Stdio::null()).status().unwrap().success());
        }
    }

    pub fn text(&self, name: &str) -> String {
        self.0.text(name).unwrap_or_else(|| panic!("no {name}"))
    }

    pub fn names(&self, folder: &str, end: &str) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.0.name(folder)) else {
            return Vec::new();
        };
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(end)).collect();
        names.sort();
        names
    }

    /// What is answered, but for the number of nodes.
    pub fn answer(&self, line: &str) -> Value {
        let mut object = self.ok(&format!("{line} --json")).json();
        assert!(object["nodes"].is_u64(), "{line}: {object}");
        object["nodes"] = Value::Null;
        let verb = line.split(' ').next();
        assert_eq!(object["relucert"], format!("{}/1", verb.expect("a verb")));
        object["relucert"] = Value::Null;
        object
    }

    /// Changes a segment, and puts its last line right.
    pub fn forge(&self, name: &str, change: impl Fn(&str) -> String) {
        let text = self.text(name);
        let end = text.trim_end().rfind('\n').unwrap() + 1;
        let changed = change(&text[..end]);
        assert_ne!(changed, text[..end], "{name}");
        let hash: String = Sha256::digest(&changed)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        self.0
            .write(name, format!("{changed}{{\"sha256\":\"{hash}\"}}\n"));
    }

    /// A line in a shell, where files have at most so many blocks: a limit on the size of files stands for a full disk.
    pub fn limited(&self, line: &str, blocks: usize) -> Ran {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec {line}");
        let mut shell = Command::new("bash");
        shell.args(["-c", &script]).current_dir(self.0.folder());
        shell.output().unwrap().into()
    }
}
