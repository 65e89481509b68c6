//! The folder: where its files are, and which jobs are meant.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::SplitError;
use super::lines::{form, text};
use crate::network::file::{plain_words, write_bytes_whole};

/// A folder of jobs.
#[derive(Clone, Debug)]
pub(crate) struct Place(PathBuf);

impl Place {
    /// A folder that may be there.
    pub fn at(path: &Path) -> Self {
        Place(path.to_owned())
    }

    /// A new folder, or one in which nothing is.
    pub fn create(path: &Path) -> Result<Self, SplitError> {
        let place = Place::at(path);
        let refused = |error: io::Error| place.wrong(plain_words(&error));
        fs::create_dir_all(path).map_err(refused)?;
        for entry in fs::read_dir(path).map_err(refused)? {
            let file = entry.map_err(refused)?.file_name();
            // What a process leaves that was ended before its statement was written.
            if file.to_string_lossy().ends_with("-statement.tmp") {
                continue;
            }
            return Err(place.wrong("the folder is not empty; jobs are written into a new one"));
        }
        Ok(place)
    }

    /// What is asked.
    pub fn statement(&self) -> PathBuf {
        self.0.join("statement")
    }

    pub fn statement_name(&self) -> String {
        self.statement().display().to_string()
    }

    /// The text of the statement.
    pub fn stated(&self) -> Result<String, SplitError> {
        text(&self.statement())
    }

    /// The form of the statement, which says what the folder is about; empty if it has none.
    pub fn form(&self) -> Result<String, SplitError> {
        Ok(form(&self.stated()?))
    }

    /// Where the segment of a job is.
    pub fn segment(&self, job: &str) -> PathBuf {
        self.0.join(format!("{job}.segment"))
    }

    /// The files with segments by their jobs, whatever they are called; `open` answers the job of a file, and its hash.
    pub fn segments(
        &self,
        open: impl Fn(&Path) -> Result<(String, String), SplitError>,
    ) -> Result<BTreeMap<String, PathBuf>, SplitError> {
        let unreadable = |error: io::Error| self.wrong(plain_words(&error));
        let mut paths = Vec::new();
        for entry in fs::read_dir(&self.0).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.extension().is_some_and(|end| end == "segment") {
                paths.push(path);
            }
        }
        paths.sort();
        let mut segments: BTreeMap<String, (PathBuf, String)> = BTreeMap::new();
        for path in paths {
            let (job, hash) = open(&path)?;
            if let Some((other, known)) = segments.get(&job) {
                if *known != hash {
                    let reason = format!(
                        "is of job {job}, as {}, but what they say is different; remove one of them",
                        other.display()
                    );
                    return Err(SplitError::wrong(&path.display().to_string(), reason));
                }
                continue;
            }
            segments.insert(job, (path, hash));
        }
        let files = segments.into_iter().map(|(job, (path, _))| (job, path));
        Ok(files.collect())
    }

    /// Something is wrong with the folder.
    pub fn wrong(&self, reason: impl Into<String>) -> SplitError {
        SplitError::wrong(&self.0.display().to_string(), reason)
    }
}

/// Writes a file whole or not at all, such that it stays whatever happens to the machine next.
pub(crate) fn write_durably(path: &Path, text: &str) -> Result<(), SplitError> {
    write_bytes_whole(path, text.as_bytes())?;
    // Where a folder cannot be flushed, the file's name is as safe as the system makes it.
    if let Some(folder) = path.parent().and_then(|folder| fs::File::open(folder).ok()) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// The jobs that are meant: all, or some and what has become of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a>(pub Option<&'a [String]>);

impl Wanted<'_> {
    /// Whether a job is one of them.
    pub fn is_wanted(&self, job: &str) -> bool {
        let named = |jobs: &[String]| jobs.iter().any(|wanted| is_within(job, wanted));
        self.0.is_none_or(named)
    }

    /// Whether the segment of a job says something about them.
    fn concerns(&self, job: &str) -> bool {
        let above = |jobs: &[String]| jobs.iter().any(|wanted| is_within(wanted, job));
        self.is_wanted(job) || self.0.is_some_and(above)
    }

    /// The segment of a job, if it is there and says something about them.
    pub fn segment(&self, job: &str, place: &Place) -> Option<PathBuf> {
        let path = place.segment(job);
        (self.concerns(job) && path.exists()).then_some(path)
    }

    /// Whether all of them are there.
    pub fn check(&self, seen: &BTreeSet<String>, place: &Place) -> Result<(), SplitError> {
        let named: BTreeSet<&String> = self.0.into_iter().flatten().collect();
        let unknown = named.into_iter().find(|job| !seen.contains(*job));
        unknown.map_or(Ok(()), |job| {
            Err(place.wrong(format!("there is no job {job}")))
        })
    }
}

/// Whether a job is another, or came of it.
fn is_within(job: &str, other: &str) -> bool {
    let rest = job.strip_prefix(other);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether a segment that is to be written says more than one that is there: the whole of a job is better than a part, and a part has its own jobs.
pub(crate) fn is_better(open: usize, there: usize) -> bool {
    open == 0 && there > 0
}
