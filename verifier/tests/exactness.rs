//! Floating-point numbers are decoded where a file has them, and nowhere else.

use std::fs;
use std::path::{Path, PathBuf};

/// All source files below a folder.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn floats_occur_only_where_files_are_read() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&package.join("src"), &mut files);
    sources(&package.join("format/src"), &mut files);
    files.retain(|file| !file.components().any(|part| part.as_os_str() == "tests"));
    assert!(files.len() > 30, "{files:?}");
    let words = ["f32", "f64"];
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let found = words.iter().find(|word| text.contains(**word));
        // Where the tensors of a .safetensors file are decoded, bit by bit; and where a serializer must have all of serde's kinds, to count lists.
        let may = ["bind/tensors.rs", "kernel/strict.rs"];
        if found.is_some() && !may.iter().any(|file_name| file.ends_with(file_name)) {
            panic!("{}: {found:?}", file.display());
        }
    }
}
