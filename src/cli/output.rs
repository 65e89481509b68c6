//! Data on standard output as text or as one JSON object, remarks and progress on standard error, results in files.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::failure::Failure;
use super::start::started;
use super::words::visible;
use crate::network::file::{WholeFile, write_bytes_whole};

/// What the user should hear of the files that were read, each thing once.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    /// One more.
    pub(super) fn add(&self, note: String) {
        // A list of texts is whole at all times.
        let mut notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !notes.contains(&note) {
            notes.push(note);
        }
    }

    /// All so far.
    pub(super) fn all(&self) -> Vec<String> {
        let notes = self.0.lock();
        notes.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Where a verb's answer goes.
#[derive(Debug)]
pub(super) struct Output {
    json: bool,
    quiet: bool,
    /// They are a field of the JSON object.
    notes: Notes,
    /// A result was written to standard output, so that words go to standard error.
    taken: AtomicBool,
    /// Something was answered on standard output.
    answered: Arc<AtomicBool>,
    bar: OnceLock<ProgressBar>,
    /// The time at work is shown.
    timed: AtomicBool,
    /// When work on results ends, whether they are written or not.
    end: OnceLock<Instant>,
}

/// A verb's JSON object: `"relucert": "<verb>/1"` first, then the verb's own fields in their order, then notes about the files read, if there are any.
#[derive(Serialize)]
struct Tagged<'a, T> {
    relucert: String,
    #[serde(flatten)]
    body: &'a T,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

/// Shorter work shows no progress.
const SILENCE: Duration = Duration::from_secs(1);
/// How often the time is shown anew.
const TICK: Duration = Duration::from_millis(250);
/// What is shown of work that tells nothing.
const AT_WORK: &str = "at work; Ctrl-C ends it";

impl Output {
    pub(super) fn new(json: bool, quiet: bool) -> Self {
        Output {
            json,
            quiet,
            notes: Notes::default(),
            taken: AtomicBool::new(false),
            answered: Arc::default(),
            bar: OnceLock::new(),
            timed: AtomicBool::new(false),
            end: OnceLock::new(),
        }
    }

    /// The same, with notes that JSON objects have as their last field.
    pub(super) fn with_notes(self, notes: Notes) -> Self {
        Output { notes, ..self }
    }

    /// Work on results is to end by this instant; the first one that is said counts.
    pub(super) fn ends(&self, end: Instant) {
        let _ = self.end.set(end);
    }

    /// When work on results is to end.
    pub(super) fn end(&self) -> Option<Instant> {
        self.end.get().copied()
    }

    /// Whether `--json` was given.
    pub(super) fn is_json(&self) -> bool {
        self.json
    }

    /// Whether `--quiet` was given.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// The same, to be asked later from another thread.
    pub(super) fn answered(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.answered)
    }

    /// Whether an answer was begun on standard output, so that a failure must not begin another.
    pub(super) fn has_answered(&self) -> bool {
        self.answered.load(Ordering::Relaxed)
    }

    /// Answers are printed by the verb itself from here on.
    pub(super) fn will_stream(&self) {
        self.clear_progress();
        self.answered.store(true, Ordering::Relaxed);
    }

    /// Prints the answer: the object with `--json`, otherwise the text.
    pub(super) fn answer<T: Serialize>(
        &self,
        verb: &str,
        object: &T,
        text: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        self.clear_progress();
        if !self.json {
            let text = text();
            let text = visible(&text);
            if self.taken.load(Ordering::Relaxed) {
                self.remark(text.trim_end());
                return Ok(());
            }
            self.answered.store(true, Ordering::Relaxed);
            return print(text.as_bytes());
        }
        let tagged = Tagged {
            relucert: format!("{verb}/1"),
            body: object,
            notes: self.notes.all(),
        };
        let mut line = serde_json::to_string(&tagged)
            .map_err(|error| Failure::Internal(format!("the answer is not JSON: {error}")))?;
        line.push('\n');
        self.answered.store(true, Ordering::Relaxed);
        print(line.as_bytes())
    }

    /// Writes a result: into a file, whole or not at all, or for `-` to standard output; words then go to standard error.
    pub(super) fn save(&self, path: &Path, text: &str) -> Result<(), Failure> {
        self.save_bytes(path, text.as_bytes())
    }

    /// The same for a result that is not text.
    pub(super) fn save_bytes(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        if path.as_os_str() != "-" {
            return Ok(write_bytes_whole(path, bytes)?);
        }
        self.take();
        print(bytes)
    }

    /// Writes a result that is in a file to standard output; words then go to standard error.
    pub(super) fn print_file(&self, file: &mut WholeFile) -> Result<(), Failure> {
        self.take();
        printed(file.copy_to(&mut io::stdout().lock()))
    }

    /// Standard output is for a result.
    fn take(&self) {
        self.clear_progress();
        self.taken.store(true, Ordering::Relaxed);
        self.answered.store(true, Ordering::Relaxed);
    }

    /// A remark on standard error, unless `--quiet`.
    pub(super) fn remark(&self, text: &str) {
        if !self.quiet {
            self.beside_progress(|| {
                // A closed standard error is no reason to fail.
                let _ = writeln!(io::stderr(), "{}", visible(text));
            });
        }
    }

    /// Prints something while the line of progress is away.
    pub(super) fn beside_progress(&self, print: impl FnOnce()) {
        match self.bar.get() {
            Some(bar) if !bar.is_finished() => bar.suspend(print),
            _ => print(),
        }
    }

    /// Shows lines of progress on standard error, if it is a terminal and the user wants to see them; the last one is cleared
    /// before anything else is printed.
    pub(super) fn progress(&self) -> Option<impl Fn(&str) + Send + Sync + 'static> {
        let (bar, start) = (self.bar()?.clone(), started());
        Some(move |line: &str| {
            if start.elapsed() >= SILENCE {
                bar.set_message(line.to_owned());
                bar.tick();
            }
        })
    }

    /// The line of progress, where it is shown.
    fn bar(&self) -> Option<&ProgressBar> {
        if self.quiet || self.json || !io::stderr().is_terminal() {
            return None;
        }
        Some(self.bar.get_or_init(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{elapsed}  {msg}") {
                bar.set_style(style);
            }
            bar
        }))
    }

    /// Shows how long the verb has been at work, and until when it may be, once that is longer than a second: what it tells of itself stands in the same line.
    pub(super) fn at_work(&self, until: Option<Instant>) {
        let Some(bar) = self.bar().cloned() else {
            return;
        };
        if self.timed.swap(true, Ordering::Relaxed) {
            return;
        }
        std::thread::spawn(move || {
            while !bar.is_finished() {
                std::thread::sleep(TICK);
                if started().elapsed() < SILENCE || bar.is_finished() {
                    continue;
                }
                let told = bar.message();
                if told.is_empty() || told.starts_with(AT_WORK) {
                    let left = until.map(|end| end.saturating_duration_since(Instant::now()));
                    bar.set_message(match left {
                        Some(left) => {
                            format!("{AT_WORK}, and the limit does in {} s", left.as_secs() + 1)
                        }
                        None => AT_WORK.to_owned(),
                    });
                }
                bar.tick();
            }
        });
    }

    /// Takes the line of progress away.
    pub(super) fn clear_progress(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

/// Writes to standard output; a reader that has gone away is no error.
fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    printed(stdout.write_all(bytes).and_then(|()| stdout.flush()))
}

fn printed(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}
