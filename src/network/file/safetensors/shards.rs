//! A network that is cut into several safetensors files, with an index beside them: `model.safetensors.index.json`, whose `weight_map` says in
//! which file each tensor is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use safetensors::SafeTensors;
use safetensors::tensor::TensorView;
use serde::Deserialize;

use super::header;
use super::reason::in_words;
use crate::network::file::error::{FileError, Position, Problem};
use crate::network::file::open::{check_size, open, read_all};
use crate::network::file::tensors::shortened;

/// What the names of indices end in.
const ENDING: &str = ".safetensors.index.json";
/// Most files of one network.
const MOST_FILES: usize = 1000;

/// All tensors as one file, and the files they come from.
pub(in crate::network::file) struct Joined {
    pub bytes: Vec<u8>,
    pub shards: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Index {
    weight_map: BTreeMap<String, String>,
}

/// Whether this is the name of an index.
pub(in crate::network::file) fn is_index(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.to_ascii_lowercase().ends_with(ENDING)
}

/// Reads an index and the files that it names, which must be beside it and hold just the tensors it says.
pub(in crate::network::file) fn join(path: &Path) -> Result<Joined, FileError> {
    let name = path.display().to_string();
    let index = index(&name, &read_all(&name, open(path)?)?)?;
    let files: BTreeSet<&String> = index.weight_map.values().collect();
    if files.len() > MOST_FILES {
        let problem = Problem::Limit {
            found: format!("{} files", files.len()),
            limit: format!("{MOST_FILES} files a network"),
        };
        return Err(FileError::whole(&name, problem));
    }
    let (mut total, mut shards, mut contents) = (0, Vec::new(), Vec::new());
    for file in files {
        // Whatever comes with a network must not make the program read other files.
        let plain = Path::new(file)
            .file_name()
            .is_some_and(|name| name == file.as_str());
        if !plain || file.contains(['/', '\\']) {
            let found = format!("the file \"{}\"", shortened(file, 100));
            let expected = "the name of a file beside the index, without folders";
            let problem = Problem::wrong(found, expected);
            return Err(in_map(&name, "", problem));
        }
        let shard = path.with_file_name(file);
        let shard_name = shard.display().to_string();
        let bytes = read_all(&shard_name, open(&shard)?)?;
        total += bytes.len() as u64;
        check_size(&name, total)?;
        shards.push(shard);
        contents.push((file, shard_name, bytes));
    }
    let mut views: Vec<(String, TensorView)> = Vec::new();
    for (file, shard_name, bytes) in &contents {
        let wrong = |problem| FileError::whole(shard_name, problem);
        header::check(bytes).map_err(wrong)?;
        let tensors = SafeTensors::deserialize(bytes)
            .map_err(|error| wrong(Problem::Other(in_words(&error))))?;
        for (tensor, view) in tensors.tensors() {
            match index.weight_map.get(&tensor) {
                Some(said) if said == *file => views.push((tensor, view)),
                said => {
                    let expected = match said {
                        Some(said) => format!(
                            "it in {}, where the index {name} has it",
                            shortened(said, 100)
                        ),
                        None => format!("only tensors of the index {name}"),
                    };
                    let problem = Problem::wrong("a tensor of this name", expected);
                    return Err(FileError {
                        field: Some(shortened(&tensor, 120)),
                        ..wrong(problem)
                    });
                }
            }
        }
    }
    let there: BTreeSet<&str> = views.iter().map(|(name, _)| name.as_str()).collect();
    let mut entries = index.weight_map.iter();
    if let Some((tensor, file)) = entries.find(|(tensor, _)| !there.contains(tensor.as_str())) {
        let found = format!("no such tensor in {}", shortened(file, 100));
        let expected = "every tensor of the index in the file it names";
        return Err(in_map(&name, tensor, Problem::wrong(found, expected)));
    }
    let bytes = safetensors::serialize(views, None)
        .map_err(|error| FileError::whole(&name, Problem::Other(error.to_string())))?;
    Ok(Joined { bytes, shards })
}

/// A fault of an entry of the index.
fn in_map(file: &str, tensor: &str, problem: Problem) -> FileError {
    let field = match tensor {
        "" => "weight_map".to_owned(),
        _ => format!("weight_map[\"{}\"]", shortened(tensor, 100)),
    };
    FileError {
        field: Some(field),
        ..FileError::whole(file, problem)
    }
}

fn index(name: &str, bytes: &[u8]) -> Result<Index, FileError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    header::names_once(bytes).map_err(|reason| {
        FileError::whole(
            name,
            Problem::Other(format!("the index is malformed: {reason}")),
        )
    })?;
    serde_json::from_slice(bytes).map_err(|error| {
        let reason = error.to_string();
        let reason = reason.split(" at line").next().unwrap_or_default();
        FileError {
            position: Some(Position {
                line: error.line().max(1),
                column: error.column().max(1),
            }),
            ..FileError::whole(
                name,
                Problem::Other(format!("no index of safetensors files: {reason}")),
            )
        }
    })
}
