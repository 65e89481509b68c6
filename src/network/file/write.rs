//! Writing networks as JSON, and writing files whole or not at all.

use std::fmt::{Display, Write as _};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::error::{FileError, Problem, plain_words};
use crate::network::{Biased, Deep, Network, Shallow};

/// Any network as a JSON text of SPEC form, with canonical numbers and a final newline; reading it gives the same network.
pub fn to_json(network: &Network) -> String {
    match network {
        Network::Shallow(network) => shallow_to_json(network),
        Network::Biased(network) => biased_to_json(network),
        Network::Deep(network) => deep_to_json(network),
    }
}

/// `{"d", "m", "D", "a", "c"}`, one neuron a line.
pub fn shallow_to_json(network: &Shallow) -> String {
    let neurons = network.neurons().iter();
    let mut text = sizes(network.inputs(), neurons.len(), network.outputs());
    field(
        &mut text,
        "a",
        &matrix(neurons.clone().map(|n| n.inner_weights())),
    );
    field(&mut text, "c", &matrix(neurons.map(|n| n.outer_weights())));
    text.push_str("\n}\n");
    text
}

/// `{"d", "m", "D", "a", "b", "c", "e"}`, one neuron a line.
pub fn biased_to_json(network: &Biased) -> String {
    let d = network.inputs();
    let neurons = network.rows().neurons().iter();
    let mut text = sizes(d, neurons.len(), network.outputs());
    let rows: Vec<_> = neurons.clone().map(|n| n.inner_weights()).collect();
    field(&mut text, "a", &matrix(rows.iter().map(|row| &row[..d])));
    field(&mut text, "b", &list(rows.iter().map(|row| &row[d])));
    field(&mut text, "c", &matrix(neurons.map(|n| n.outer_weights())));
    field(&mut text, "e", &list(network.offset()));
    text.push_str("\n}\n");
    text
}

/// `{"layers": [{"weights", "biases"}, …]}`, one output a line.
pub fn deep_to_json(network: &Deep) -> String {
    let layers = network.layers().iter().map(|layer| {
        let (weights, biases) = (matrix(&layer.weights), list(&layer.biases));
        format!("{{\"weights\": {weights},\n \"biases\": {biases}}}")
    });
    let layers: Vec<String> = layers.collect();
    format!("{{\"layers\": [\n{}\n]}}\n", layers.join(",\n"))
}

fn sizes(d: usize, m: usize, outputs: usize) -> String {
    format!("{{\n \"d\": {d}, \"m\": {m}, \"D\": {outputs}")
}

fn field(text: &mut String, name: &str, value: &str) {
    // Writing to a String cannot fail.
    let _ = write!(text, ",\n \"{name}\": {value}");
}

/// `["1","2/3"]`; numbers need no escapes.
fn list<T: Display>(values: impl IntoIterator<Item = T>) -> String {
    let values = values.into_iter();
    let quoted: Vec<String> = values.map(|value| format!("\"{value}\"")).collect();
    format!("[{}]", quoted.join(","))
}

fn matrix<R, T>(rows: impl IntoIterator<Item = R>) -> String
where
    R: IntoIterator<Item = T>,
    T: Display,
{
    let rows: Vec<String> = rows.into_iter().map(list).collect();
    format!("[\n  {}\n ]", rows.join(",\n  "))
}

/// Writes a file whole or not at all: a temporary file beside the target is written, flushed to disk and renamed.
///
/// A target that is not a regular file (a device, a pipe) is written directly; a symbolic link keeps pointing where it points.
///
/// # Errors
/// [`FileError`] with the path as the user wrote it; the target is then untouched and the temporary file removed.
pub fn write_whole(path: &Path, text: &str) -> Result<(), FileError> {
    write_bytes_whole(path, text.as_bytes())
}

/// The same for a file that is not text.
///
/// # Errors
/// As [`write_whole`].
pub fn write_bytes_whole(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    try_write(path, bytes).map_err(|error| {
        let name = path.display().to_string();
        FileError::whole(&name, Problem::Unwritable(plain_words(&error)))
    })
}

fn try_write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let existing = fs::metadata(path).ok();
    match &existing {
        Some(metadata) if metadata.is_dir() => {
            return Err(io::Error::other("it is a directory"));
        }
        Some(metadata) if !metadata.is_file() => {
            return OpenOptions::new().write(true).open(path)?.write_all(bytes);
        }
        // Renaming over a read-only file would succeed; the user protected it.
        Some(metadata) if metadata.permissions().readonly() => {
            return Err(io::Error::other("it is read-only"));
        }
        _ => {}
    }
    let target = match &existing {
        Some(_) => fs::canonicalize(path)?,
        None => path.to_owned(),
    };
    let (file, temporary) = create_beside(&target)?;
    unfinished().push(temporary.clone());
    let written =
        fill(file, bytes, existing.as_ref()).and_then(|()| fs::rename(&temporary, &target));
    if written.is_err() {
        // The reason for the failure is more useful than a second one.
        let _ = fs::remove_file(&temporary);
    }
    unfinished().retain(|path| *path != temporary);
    written
}

/// Temporary files not yet renamed.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    // A list of paths is whole at all times.
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes the temporary files of writing that is under way, for a process about to be ended by a signal. What ends a process
/// without a signal it can catch leaves them: `.PID-N-NAME.tmp` beside the target.
pub fn remove_unfinished() {
    for path in unfinished().iter() {
        // Nothing more can be done about a file that cannot be removed.
        let _ = fs::remove_file(path);
    }
}

fn fill(mut file: File, bytes: &[u8], existing: Option<&fs::Metadata>) -> io::Result<()> {
    file.write_all(bytes)?;
    if let Some(metadata) = existing {
        file.set_permissions(metadata.permissions())?;
    }
    file.sync_all()
}

fn create_beside(target: &Path) -> io::Result<(File, PathBuf)> {
    let Some(name) = target.file_name() else {
        return Err(io::Error::other("it has no file name"));
    };
    for attempt in 0..100 {
        let mut temporary = std::ffi::OsString::from(format!(".{}-{attempt}-", std::process::id()));
        temporary.push(name);
        temporary.push(".tmp");
        let temporary = target.with_file_name(temporary);
        match OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&temporary)
        {
            Ok(file) => return Ok((file, temporary)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other(
        "no free name for a temporary file beside it",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::file::network_from_bytes;

    fn round_trip(text: &str) -> String {
        let network = network_from_bytes("x.json", text.as_bytes()).unwrap();
        let written = to_json(&network);
        let again = network_from_bytes("x.json", written.as_bytes()).unwrap();
        assert_eq!(network, again);
        written
    }

    #[test]
    fn what_is_written_reads_back() {
        let written =
            round_trip(r#"{"a": [["0", "sqrt(18)"], ["0.5", 2]], "c": [["sqrt(2)"], [-1]]}"#);
        assert_eq!(
            written,
            "{\n \"d\": 2, \"m\": 2, \"D\": 1,\n \"a\": [\n  [\"0\",\"3*sqrt(2)\"],\n  [\"1/2\",\"2\"]\n ],\n \
             \"c\": [\n  [\"sqrt(2)\"],\n  [\"-1\"]\n ]\n}\n"
        );
        round_trip(r#"{"a": [[1],[2]], "b": ["1/3", 2], "c": [[1,2],[3,4]], "e": [5, 6]}"#);
        round_trip(r#"{"layers": [{"weights": [[1, 2]], "biases": ["1/2"]}]}"#);
    }

    #[test]
    fn files_are_whole_or_untouched() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("out.rcert");
        write_whole(&path, "one").unwrap();
        write_whole(&path, "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        let missing = directory.path().join("no/out.rcert");
        let error = write_whole(&missing, "x").unwrap_err().to_string();
        assert!(error.contains("no such file or directory"), "{error}");
        assert!(write_whole(directory.path(), "x").is_err());
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
    }
}
