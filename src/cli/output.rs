//! Data on standard output as text or as one JSON object, remarks and progress on standard error, results in files.

use std::borrow::Cow;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::failure::Failure;
use crate::exact::{Rational, Surd};
use crate::network::file::write_bytes_whole;

/// Where a verb's answer goes.
#[derive(Debug)]
pub(super) struct Output {
    json: bool,
    quiet: bool,
    /// A result was written to standard output, so that words go to standard error.
    taken: AtomicBool,
    /// Something was answered on standard output.
    answered: AtomicBool,
    bar: OnceLock<ProgressBar>,
}

/// A verb's JSON object: `"relucert": "<verb>/1"` first, then the verb's own fields in their order.
#[derive(Serialize)]
struct Tagged<'a, T> {
    relucert: String,
    #[serde(flatten)]
    body: &'a T,
}

/// Shorter work shows no progress.
const SILENCE: Duration = Duration::from_secs(1);

impl Output {
    pub(super) fn new(json: bool, quiet: bool) -> Self {
        Output {
            json,
            quiet,
            taken: AtomicBool::new(false),
            answered: AtomicBool::new(false),
            bar: OnceLock::new(),
        }
    }

    /// Whether `--json` was given.
    pub(super) fn is_json(&self) -> bool {
        self.json
    }

    /// Whether `--quiet` was given.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
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
        self.clear_progress();
        self.taken.store(true, Ordering::Relaxed);
        self.answered.store(true, Ordering::Relaxed);
        print(bytes)
    }

    /// A remark on standard error, unless `--quiet`.
    pub(super) fn remark(&self, text: &str) {
        self.clear_progress();
        if !self.quiet {
            // A closed standard error is no reason to fail.
            let _ = writeln!(io::stderr(), "{}", visible(text));
        }
    }

    /// Shows lines of progress on standard error, if it is a terminal and the user wants to see them; the last one is cleared
    /// before anything else is printed.
    pub(super) fn progress(&self) -> Option<impl Fn(&str) + Send + Sync + 'static> {
        if self.quiet || !io::stderr().is_terminal() {
            return None;
        }
        let bar = self.bar.get_or_init(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{elapsed}  {msg}") {
                bar.set_style(style);
            }
            bar
        });
        let (bar, start) = (bar.clone(), Instant::now());
        Some(move |line: &str| {
            if start.elapsed() >= SILENCE {
                bar.set_message(line.to_owned());
                bar.tick();
            }
        })
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
    let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}

/// Text from files and their names with what would steer a terminal made visible.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    let steers = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match steers(c) {
            true => safe.extend(c.escape_default()),
            false => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

/// From this length on an exact number stands behind its decimal.
const LONG: usize = 24;

/// `7/5 ≈ 1.4`, or, where the exact number is long, `≈ 1.4 = 1234…/…`; integers stand alone.
pub(super) fn with_decimal(value: &Surd) -> String {
    with_digits(value, 6)
}

/// The same with another number of digits.
pub(super) fn with_digits(value: &Surd, digits: usize) -> String {
    let exact = value.to_string();
    let decimal = value.approx(digits);
    match value.to_rational() {
        Some(rational) if rational.is_integer() => exact,
        _ if exact.len() < LONG => format!("{exact} ≈ {decimal}"),
        _ => format!("≈ {decimal} = {exact}"),
    }
}

/// `name = 7/5 ≈ 1.4`, or `name ≈ 1.4 = 1234…/…`.
pub(super) fn named(name: &str, shown: &str) -> String {
    let sign = if shown.starts_with('≈') { "" } else { "= " };
    format!("{name} {sign}{shown}")
}

/// The rows A(x) and B(x) where two functions differ, with as many digits as it takes to see in which entries.
pub(super) fn differing(a: &[Rational], b: &[Rational]) -> [String; 2] {
    let entries = a.iter().zip(b).map(|(a, b)| {
        let (a, b) = (Surd::from(a.clone()), Surd::from(b.clone()));
        let mut digits = 6;
        while a != b && digits < MOST_DIGITS && a.approx(digits) == b.approx(digits) {
            digits *= 2;
        }
        (with_digits(&a, digits), with_digits(&b, digits))
    });
    let (a, b): (Vec<_>, Vec<_>) = entries.unzip();
    [a.join(", "), b.join(", ")]
}

/// Numbers that agree so far are given exactly all the same.
const MOST_DIGITS: usize = 1_000;

/// Like [`with_decimal`], but a value whose exact text would fill lines is given by its decimal alone.
pub(super) fn brief(value: &Surd) -> String {
    let exact = with_decimal(value);
    if exact.chars().count() <= 90 {
        exact
    } else {
        format!("≈ {}", value.approx(12))
    }
}

/// Numbers as the JSON strings of SPEC.
pub(super) fn texts(values: &[Rational]) -> Vec<String> {
    values.iter().map(Rational::to_string).collect()
}

/// Rows of numbers as the JSON strings of SPEC.
pub(super) fn text_rows(rows: &[Vec<Rational>]) -> Vec<Vec<String>> {
    rows.iter().map(|row| texts(row)).collect()
}
