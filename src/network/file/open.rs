//! Files opened and read to their end, within the limit of their length.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::error::{FileError, Problem, plain_words};
use super::limits::MOST_BYTES;

/// Opens a file that is no directory.
pub(super) fn open(path: &Path) -> Result<File, FileError> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| unreadable(&name, &error))?;
    let metadata = file.metadata().map_err(|error| unreadable(&name, &error))?;
    if metadata.is_dir() {
        let reason = "it is a directory".to_owned();
        return Err(FileError::whole(&name, Problem::Unreadable(reason)));
    }
    check_size(&name, metadata.len())?;
    Ok(file)
}

/// Every byte of a stream.
pub(super) fn read_all(name: &str, stream: impl Read) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    // A file may grow, and a pipe has no length.
    let read = stream.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(name, &error))?;
    check_size(name, bytes.len() as u64)?;
    Ok(bytes)
}

/// Refuses what is longer than any file that is read.
pub(super) fn check_size(name: &str, bytes: u64) -> Result<(), FileError> {
    if bytes <= MOST_BYTES {
        return Ok(());
    }
    let problem = Problem::Limit {
        found: format!("a file of at least {bytes} bytes"),
        limit: format!("{MOST_BYTES} bytes"),
    };
    Err(FileError::whole(name, problem))
}

fn unreadable(name: &str, error: &std::io::Error) -> FileError {
    FileError::whole(name, Problem::Unreadable(plain_words(error)))
}
