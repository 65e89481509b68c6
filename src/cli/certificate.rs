//! Writing certificates: one that a verifier would not verify by default is not written, and where none is written this is said.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::failure::{Failure, unreadable};
use super::inputs::is_standard;
use super::limits::INTERRUPTED;
use super::output::Output;
use super::words::visible;
use crate::certificate::{Extent, Networks, longest_number};
use crate::network::file::{FileError, WholeFile};
use crate::network::{Network, to_certificate};
use crate::verify::{Bindings, Limits, Verdict, verify_file, verify_text};

/// With numbers of at most so many digits, and so many bytes, the verifier's default limits are far away.
const SHORT_DIGITS: usize = 300;
const SHORT_BYTES: usize = 1 << 20;

/// A certificate that is being written: in memory while it is short, then in a file beside its target. It is verified there before it is put in its place;
/// dropped before, it is removed.
pub(super) struct Draft<'a> {
    /// Where it is to be: `-` is standard output.
    path: Option<&'a Path>,
    memory: Vec<u8>,
    file: Option<WholeFile>,
    bytes: u64,
    /// Work on it ends by then.
    end: Option<Instant>,
    /// Why it cannot be written.
    failed: Option<Failure>,
}

/// What a verifier with its default limits says of a certificate.
pub(super) enum Judged {
    Verified,
    /// Why not.
    Declined(String),
    /// Why.
    Rejected(String),
    /// It had no time to tell.
    Unknown,
}

/// What is seen of a certificate without verifying it.
struct Look {
    /// Why a verifier would decline it whatever it says.
    refused: Option<String>,
    /// Whether only the verifier itself can tell what work it is: its numbers or it are long, or it goes through all vertices.
    is_long: bool,
}

impl<'a> Draft<'a> {
    /// With nothing in it. Without a path it is only to be judged.
    pub(super) fn new(path: Option<&'a Path>, output: &Output) -> Self {
        Draft {
            path,
            memory: Vec::new(),
            file: None,
            bytes: 0,
            end: output.end(),
            failed: None,
        }
    }

    /// Writes it; answers what `write` answers.
    ///
    /// The failure says why none is written. The file from before is then untouched, but where the time limit was reached it is removed: it would pass for
    /// this one.
    pub(super) fn fill<T>(
        &mut self,
        write: impl FnOnce(&mut Self) -> io::Result<T>,
    ) -> Result<T, Failure> {
        let written = write(self);
        written.map_err(|error| self.failed.take().unwrap_or_else(|| unreadable(error)))
    }

    /// Verifies it, in the time that is left.
    pub(super) fn judge(&mut self) -> Result<Judged, Failure> {
        let left = self
            .end
            .map(|end| end.saturating_duration_since(Instant::now()));
        if left == Some(Duration::ZERO) {
            return Ok(Judged::Unknown);
        }
        let limits = Limits {
            time: left,
            ..Limits::default()
        };
        let none = Bindings::default();
        let verdict = match &mut self.file {
            None => verify_text(&self.memory, &limits, &none),
            Some(file) => verify_file(file.written()?, &limits, &none).map_err(unreadable)?,
        };
        Ok(match verdict {
            Verdict::Verified(_) => Judged::Verified,
            Verdict::Declined(_) if self.end.is_some_and(|end| Instant::now() >= end) => {
                Judged::Unknown
            }
            Verdict::Declined(reason) => {
                Judged::Declined(format!("the verifier would decline it: {reason}"))
            }
            Verdict::Rejected(reason) => Judged::Rejected(reason.to_string()),
        })
    }

    /// Looks at all lines, one at a time in memory.
    fn look(&mut self) -> Result<Look, Failure> {
        match &mut self.file {
            None => look(&mut self.memory.as_slice()),
            Some(file) => {
                File::open(file.written()?).and_then(|file| look(&mut BufReader::new(file)))
            }
        }
        .map_err(unreadable)
    }

    /// Puts it where it is to be.
    fn publish(self, output: &Output) -> Result<u64, Failure> {
        match (self.file, self.path) {
            (Some(mut file), Some(path)) if is_standard(path) => {
                output.print_file(&mut file)?;
            }
            (Some(file), _) => file.publish()?,
            (None, Some(path)) => output.save_bytes(path, &self.memory)?,
            (None, None) => {}
        }
        Ok(self.bytes)
    }
}

impl Write for Draft<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.file.is_none() && self.memory.len() + bytes.len() <= SHORT_BYTES {
            self.memory.extend_from_slice(bytes);
            self.bytes += bytes.len() as u64;
            return Ok(bytes.len());
        }
        let failure = match self.end.is_some_and(|end| Instant::now() >= end) {
            true => Failure::Limit(without(self.path, "the time limit was reached")),
            false => match self.spill(bytes) {
                Ok(()) => {
                    self.bytes += bytes.len() as u64;
                    return Ok(bytes.len());
                }
                Err(refused) => refused.into(),
            },
        };
        let error = io::Error::other(failure.to_string());
        self.failed = Some(failure);
        Err(error)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Draft<'_> {
    /// Writes into the file.
    fn spill(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                let file = match self.path.filter(|path| !is_standard(path)) {
                    Some(path) => WholeFile::create(path)?,
                    None => WholeFile::temporary()?,
                };
                let file = none.insert(file);
                let written = file.write_all(&std::mem::take(&mut self.memory));
                written.map_err(|error| file.refused(&error))?;
                file
            }
        };
        let written = file.write_all(bytes);
        written.map_err(|error| file.refused(&error))
    }
}

/// Reads a certificate line by line.
fn look(text: &mut impl BufRead) -> io::Result<Look> {
    let (mut extent, mut line) = (Extent::default(), String::new());
    let (mut bytes, mut number, mut is_long) = (0, 0, false);
    while text.read_line(&mut line)? > 0 {
        extent.line(&line);
        number += 1;
        bytes += line.len();
        is_long |= bytes > SHORT_BYTES
            || longest_number(&line) > SHORT_DIGITS
            || number == STATEMENT && HARD.iter().any(|claim| line.contains(claim));
        line.clear();
    }
    Ok(Look {
        refused: extent.check().err().map(|reason| reason.to_string()),
        is_long,
    })
}

/// Claims whose verification may be long though they are short.
const HARD: [&str; 5] = [
    r#""claim":{"sup-norm""#,
    r#""claim":{"deep-sup-norm""#,
    r#""claim":{"deep-seminorm""#,
    r#""claim":{"deep-regions""#,
    r#""claim":{"deep-equal":{"box""#,
];
/// The line of the statement.
const STATEMENT: usize = 2;

impl Output {
    /// Writes a certificate; answers whether it was written. If a verifier with its default limits would decline it, none is.
    pub(super) fn save_certificate(&self, path: &Path, text: &str) -> Result<bool, Failure> {
        let mut draft = Draft::new(Some(path), self);
        draft.fill(|draft| draft.write_all(text.as_bytes()))?;
        Ok(self.publish(draft)?.is_some())
    }

    /// Puts a certificate in its place; answers how many bytes it has, or that it is not there because a verifier with its default limits would decline it.
    pub(super) fn publish(&self, mut draft: Draft<'_>) -> Result<Option<u64>, Failure> {
        let Look { refused, is_long } = draft.look()?;
        let declined = match refused {
            Some(reason) => Some(reason),
            None if !is_long => None,
            None if INTERRUPTED.load(Ordering::Relaxed) => {
                self.not_verified(draft.path, "an interrupt ended the work");
                None
            }
            None => match draft.judge()? {
                Judged::Verified => None,
                Judged::Declined(reason) => Some(reason),
                Judged::Rejected(reason) => {
                    return Err(Failure::Internal(format!(
                        "the certificate would be rejected: {reason}"
                    )));
                }
                Judged::Unknown => {
                    self.not_verified(draft.path, "the time limit was reached");
                    None
                }
            },
        };
        if let (Some(reason), Some(path)) = (&declined, draft.path) {
            self.no_certificate(path, reason);
            return Ok(None);
        }
        draft.publish(self).map(Some)
    }

    /// Puts a certificate in its place that was judged before.
    pub(super) fn publish_judged(&self, draft: Draft<'_>) -> Result<(), Failure> {
        draft.publish(self).map(drop)
    }

    /// Says that no certificate is written and why, also where remarks are not wanted: it was asked for. A file that is there from
    /// before would pass for it, so it is removed.
    pub(super) fn no_certificate(&self, path: &Path, reason: &str) {
        self.complain(&without(Some(path), reason));
    }

    /// Says, also where remarks are not wanted, that a certificate is written that was not verified here.
    fn not_verified(&self, path: Option<&Path>, reason: &str) {
        let path = path.filter(|path| !is_standard(path));
        let name = path.map(|path| path.display().to_string());
        let name = name.unwrap_or_else(|| "the certificate".to_owned());
        self.complain(&format!(
            "{name} was not verified here: {reason}; `relucert verify` does it, and declines what is over its limits"
        ));
    }

    fn complain(&self, message: &str) {
        self.clear_progress();
        // A closed standard error is no reason to fail.
        let _ = writeln!(io::stderr(), "relucert: {}", visible(message));
    }
}

/// That no certificate is written, and why; a file from before is removed.
fn without(path: Option<&Path>, reason: &str) -> String {
    let is_file = |path: &&Path| std::fs::symlink_metadata(path).is_ok_and(|data| data.is_file());
    let old = path.filter(|path| !is_standard(path)).filter(is_file);
    let removed = match old {
        Some(path) if std::fs::remove_file(path).is_ok() => {
            format!(", and the old {} is removed", path.display())
        }
        _ => String::new(),
    };
    format!("no certificate is written{removed}: {reason}")
}

/// Γ and Θ as given.
pub(super) fn stated(gamma: &Network, theta: &Network) -> Result<Networks, Failure> {
    let deep = || Failure::Internal("a deep network reached the theorem".to_owned());
    Ok(Networks {
        gamma: to_certificate(gamma).ok_or_else(deep)?,
        theta: Some(to_certificate(theta).ok_or_else(deep)?),
        phi: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So much at a time, until it is written or refused.
    fn pour(draft: &mut Draft<'_>, times: usize) -> Result<(), Failure> {
        draft.fill(|draft| (0..times).try_for_each(|_| draft.write_all(&[b'x'; 1 << 16])))
    }

    #[test]
    fn a_long_draft_is_a_file_and_little_is_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.rcert");
        let names = || std::fs::read_dir(folder.path()).unwrap().count();
        let output = Output::new(false, true);
        for (times, in_file) in [(16, false), (17, true), (100, true)] {
            let mut draft = Draft::new(Some(&path), &output);
            pour(&mut draft, times).unwrap();
            assert_eq!(draft.file.is_some(), in_file);
            assert!(draft.memory.capacity() <= 2 * SHORT_BYTES);
            assert!(!in_file || draft.memory.capacity() == 0);
            assert_eq!(draft.publish(&output).unwrap(), (times << 16) as u64);
            let bytes = std::fs::read(&path).unwrap();
            assert!(bytes.len() == times << 16 && bytes.iter().all(|byte| *byte == b'x'));
            assert_eq!(names(), 1);
        }
        let mut draft = Draft::new(Some(&path), &output);
        pour(&mut draft, 20).unwrap();
        assert_eq!(names(), 2);
        drop(draft);
        assert_eq!(names(), 1);
    }

    #[test]
    fn work_on_a_draft_ends_with_the_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.rcert");
        std::fs::write(&path, "old").unwrap();
        let output = Output::new(false, true);
        output.ends(Instant::now());
        let mut draft = Draft::new(Some(&path), &output);
        let refused = pour(&mut draft, 17).unwrap_err().to_string();
        assert!(refused.contains("no certificate is written, and the old"));
        assert!(refused.contains("the time limit was reached"), "{refused}");
        drop(draft);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        // What is short is written whatever the time; only the verifier needs some.
        let mut draft = Draft::new(Some(&path), &output);
        pour(&mut draft, 16).unwrap();
        assert!(matches!(draft.judge(), Ok(Judged::Unknown)));
    }
}
