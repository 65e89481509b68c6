//! The pages of `docs/`: what they show is what the programs print and what stands in certificates, byte for byte, and their links lead
//! somewhere. `RELUCERT_BLESS=1` writes what is shown anew.

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use support::cli::{Files, run_in};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn pages() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("docs")).expect("docs");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut pages: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    pages.sort();
    pages
}

/// What a shell would make of a line of words, some of them in quotation marks.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    let words = parts.flat_map(|(index, part)| match index % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

/// What the commands of a console block print; of `$ ` lines alone, all else is taken anew.
fn session(files: &Files, block: &str) -> String {
    let mut text = String::new();
    for line in block.lines().filter(|line| line.starts_with("$ ")) {
        let words = words(&line[2..]);
        let arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
        let ran = run_in(files.folder(), &words[0], &arguments);
        assert!(matches!(ran.code, 0 | 1 | 3), "{line}: {ran:?}");
        text.push_str(&format!("{line}\n{}", ran.stdout));
    }
    text
}

/// What a `<!-- line 3 of FILE -->` or `<!-- file FILE -->` above a block means.
fn quoted(marker: &str) -> Option<String> {
    let marker = marker.strip_prefix("<!-- ")?.strip_suffix(" -->")?;
    if let Some(file) = marker.strip_prefix("file ") {
        return Some(read(&root().join(file)));
    }
    let (number, file) = marker.strip_prefix("line ")?.split_once(" of ")?;
    let number: usize = number.parse().ok()?;
    let text = read(&root().join(file));
    let line = text.lines().nth(number - 1).expect("the line");
    Some(format!("{line}\n"))
}

/// The page with everything that it shows made anew.
fn anew(page: &str) -> String {
    let files = Files::project();
    let mut text = String::new();
    let mut lines = page.lines();
    let mut above = "";
    while let Some(line) = lines.next() {
        text.push_str(&format!("{line}\n"));
        if let Some(kind) = line.strip_prefix("```").filter(|kind| !kind.is_empty()) {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let block = block
                .iter()
                .map(|line| format!("{line}\n"))
                .collect::<String>();
            let shown = match kind {
                "console" => session(&files, &block),
                "json" => quoted(above).unwrap_or(block),
                _ => block,
            };
            text.push_str(&format!("{shown}```\n"));
        }
        above = line;
    }
    text
}

#[test]
fn what_the_pages_show_is_what_is_printed() {
    let bless = std::env::var_os("RELUCERT_BLESS").is_some();
    for path in pages() {
        let page = read(&path);
        let anew = anew(&page);
        if bless && anew != page {
            std::fs::write(&path, &anew).expect("written");
        }
        assert!(
            bless || anew == page,
            "{} shows something else:\n{anew}",
            path.display()
        );
    }
}

#[test]
fn the_book_has_every_page_and_its_links_lead_somewhere() {
    let summary = read(&root().join("docs/SUMMARY.md"));
    let listed: BTreeSet<&str> = summary
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .collect();
    for path in pages() {
        let name = path.file_name().expect("named").to_str().expect("UTF-8");
        assert!(
            name == "SUMMARY.md" || listed.contains(name),
            "{name} is not in the summary"
        );
        let page = read(&path);
        for link in page
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let file = link.split('#').next().expect("a part");
            if file.is_empty() || file.contains("://") {
                continue;
            }
            assert!(root().join("docs").join(file).exists(), "{name}: {link}");
        }
    }
}

#[test]
fn every_kind_of_step_has_an_example() {
    let page = read(&root().join("docs/certificates.md"));
    for kind in relucert::certificate::Step::KINDS {
        assert!(
            page.contains(&format!("## `{kind}`\n")),
            "{kind} has no example"
        );
        assert!(
            page.contains(&format!("{{\"{kind}\":")),
            "{kind}: no step is shown"
        );
    }
}
