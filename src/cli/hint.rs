//! What a user may have meant who named a file that is not there.

use std::path::Path;

use crate::network::file::FileError;

/// `; did you mean FILE?`, where the file is not there and its folder has one whose name is nearly the same; the nearest, and of equally
/// near ones the first by name.
pub(super) fn hint(error: &FileError) -> String {
    let path = Path::new(&error.file);
    let named = path.file_name().and_then(|name| name.to_str());
    let (Some(named), false) = (named, path.exists()) else {
        return String::new();
    };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let Ok(entries) = std::fs::read_dir(folder.unwrap_or(Path::new("."))) else {
        return String::new();
    };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let far = names.map(|name| (changes(named, &name), name));
    let near = far.filter(|(changes, _)| *changes <= 1 + named.len() / 8);
    match near.min() {
        Some((_, name)) => format!("; did you mean {}?", path.with_file_name(name).display()),
        None => String::new(),
    }
}

/// The least number of letters that are changed, left out or put in between two words (Levenshtein).
fn changes(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, other) in b.iter().enumerate() {
            let change = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
