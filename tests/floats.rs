//! Machine floats advise in one room, and are read and written where files have them; nowhere else in the engine is there any.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("readable").path();
        match path.is_dir() {
            true => sources(&path, found),
            false => found.push(path),
        }
    }
}

#[test]
fn floats_are_in_their_rooms() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&source, &mut files);
    assert!(files.len() > 150, "{} files", files.len());
    let may = |file: &Path| {
        let private = ["circuits.rs", "peaks.rs", "prices.rs", "rays.rs", "rows.rs"]
            .map(|name| source.join("advice").join(name));
        private.iter().any(|room| room == file) || file.starts_with(source.join("network/file"))
    };
    let mut with_floats = 0;
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|e| e == "rs"))
    {
        let text = fs::read_to_string(file).expect("readable");
        // A timing that is printed, and what is printed as an approximation.
        let text = text
            .replace("as_secs_f64", "")
            .replace("let rate = regions as f64 / seconds", "");
        let printed = "square.to_f64().unwrap_or(f64::NAN).max(0.0).sqrt()";
        let text = text.replace(printed, "");
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        let found = code.filter(|line| ["f32", "f64"].iter().any(|word| line.contains(word)));
        let found: Vec<&str> = found
            .filter(|line| !line.contains('"') && !line.contains("F32"))
            .collect();
        with_floats += usize::from(!found.is_empty());
        assert!(
            found.is_empty() || may(file),
            "{}: {found:?}",
            file.display()
        );
    }
    assert!(with_floats >= 4, "{with_floats} files with floats");
}

/// Operations whose result is not the same on every machine.
#[test]
fn advice_is_the_same_on_every_machine() {
    let room = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/advice");
    let mut files = Vec::new();
    sources(&room, &mut files);
    for file in files {
        let text = fs::read_to_string(&file).expect("readable");
        for word in [
            "mul_add",
            ".sin(",
            ".cos(",
            ".exp(",
            ".ln(",
            ".powf(",
            ".powi(",
            ".atan",
            "par_iter",
            "algebraic",
        ] {
            assert!(!text.contains(word), "{}: {word}", file.display());
        }
    }
}
