//! What README.md shows is what the programs print, byte for byte, and it leaves no verb out.

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use support::cli::{Files, run_in};

/// A fenced block: the word behind the fence, and the lines in it.
struct Block {
    kind: String,
    text: String,
}

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(path).expect("text")
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), open.as_mut()) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(kind), None) => {
                open = Some(Block {
                    kind: kind.to_owned(),
                    text: String::new(),
                });
            }
            (None, Some(block)) => block.text += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence is not closed");
    blocks
}

/// What a program prints on standard output.
fn run(directory: &Files, program: &str, arguments: &str) -> String {
    let arguments: Vec<&str> = arguments.split_whitespace().collect();
    run_in(directory.folder(), program, &arguments).stdout
}

/// The program and its arguments of one command of a shell block; none for cargo's other commands.
fn command(text: &str) -> Option<(&str, &str)> {
    let builds = [
        (
            "cargo run --release --bin relucert-verify -- ",
            "relucert-verify",
        ),
        ("cargo run --release -- ", "relucert"),
        ("relucert-verify ", "relucert-verify"),
        ("relucert ", "relucert"),
    ];
    let find = |(start, program): &(&'static str, &'static str)| {
        Some((*program, text.trim().strip_prefix(start)?))
    };
    builds.iter().find_map(find)
}

#[test]
fn commands_of_the_readme_print_what_it_shows() {
    let directory = Files::project();
    let run = |program: &str, arguments: &str| run(&directory, program, arguments);
    let mut shown = 0;
    // Outputs of the last shell block that no text block has shown yet.
    let mut printed: Vec<String> = Vec::new();
    for block in blocks(&read("README.md")) {
        match block.kind.as_str() {
            "sh" => {
                let lines = block.text.lines().flat_map(|line| line.split("&&"));
                let commands = lines.filter_map(command);
                printed.extend(commands.map(|(program, arguments)| run(program, arguments)));
            }
            "text" => {
                let output = printed.remove(0);
                // Of the verifier's answer only the verdict is shown.
                let found = match block.text.lines().count() {
                    1 => output.lines().last().map(|line| format!("{line}\n")),
                    _ => Some(output),
                };
                assert_eq!(found, Some(block.text), "a shell block");
                shown += 1;
            }
            "console" => {
                for session in block.text.split("$ ").filter(|text| !text.is_empty()) {
                    let (line, expected) = session.split_once('\n').expect("a command");
                    let (program, arguments) = command(line).expect("a relucert command");
                    assert_eq!(run(program, arguments), expected, "{line}");
                    shown += 1;
                }
            }
            // The tests of the Python module try it.
            "pycon" => {}
            other => panic!("a block of kind '{other}'"),
        }
    }
    assert!(shown >= 4, "{shown} outputs");
}

#[test]
fn the_readme_names_every_verb() {
    let directory = Files::project();
    let help = run(&directory, "relucert", "--help");
    let commands = help.split("Commands:").nth(1).expect("a list of commands");
    let commands = commands.split("\n\n").next().expect("a list of commands");
    let verbs: BTreeSet<&str> = commands
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|verb| *verb != "help")
        .collect();
    assert!(verbs.len() > 15, "{verbs:?}");
    let readme = read("README.md");
    let rows = readme.lines().filter(|line| line.starts_with("| `"));
    let first_cells = rows.filter_map(|row| row.split(" | ").next());
    let named: BTreeSet<&str> = first_cells
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .filter_map(|code| code.split([' ', '\\']).next())
        .collect();
    let missing: Vec<_> = verbs.difference(&named).collect();
    assert!(missing.is_empty(), "{missing:?} are not in the table");
    let unknown: Vec<_> = named.difference(&verbs).collect();
    assert!(unknown.is_empty(), "{unknown:?} are no verbs");
}

#[test]
fn every_example_is_described() {
    let text = read("examples/README.md");
    let mut folder = String::new();
    let mut described = BTreeSet::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## `") {
            folder = heading.split('/').next().expect("a folder").to_owned();
        }
        if let Some(row) = line.strip_prefix("| ").filter(|row| row.starts_with('`')) {
            let names = row.split(" | ").next().expect("a cell");
            let names = names.split('`').skip(1).step_by(2);
            described.extend(names.map(|name| format!("{folder}/{name}")));
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut there = BTreeSet::new();
    for folder in [".", "networks", "paper", "sharp", "families"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("a directory") {
            let path = entry.expect("readable").path();
            let is_example = path.is_file() || path.join("main.rs").is_file();
            if is_example && !path.ends_with("README.md") {
                let name = path.file_name().expect("named").to_string_lossy();
                there.insert(format!("{folder}/{name}"));
            }
        }
    }
    assert_eq!(described, there);
}
