//! What can go wrong, how it is said, and with which exit code.

use std::io::{self, Write as _};

use serde::Serialize;

use super::color::red;
use super::hint::hint;
use super::words::visible;
use crate::network::file::{FileError, plain_words};

/// Exit code for usage, unreadable and malformed input.
pub(super) const USAGE: u8 = 2;
/// Exit code for a limit that was reached.
pub(super) const LIMIT: u8 = 3;
/// Exit code for a fault of the program itself.
pub(super) const INTERNAL: u8 = 70;

/// Why a verb did not run to its end.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// A file that cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// Arguments or input that do not make sense together.
    #[error("{0}")]
    Usage(String),
    /// A limit was reached; what is known so far was printed.
    #[error("{0}")]
    Limit(String),
    /// Standard output cannot be written.
    #[error("standard output cannot be written: {}", plain_words(.0))]
    Output(#[source] io::Error),
    /// Something that should not be possible.
    #[error("internal error: {0}; please report this with the command and its input")]
    Internal(String),
}

/// A part of a long proof that cannot be read again.
pub(super) fn unreadable(error: io::Error) -> Failure {
    Failure::Limit(format!(
        "no certificate is written: the temporary file with a part of the proof cannot be read: {}",
        plain_words(&error)
    ))
}

impl Failure {
    /// The exit code.
    pub(super) fn code(&self) -> u8 {
        match self {
            Failure::File(error) if error.is_limit() => LIMIT,
            Failure::File(_) | Failure::Usage(_) | Failure::Output(_) => USAGE,
            Failure::Limit(_) => LIMIT,
            Failure::Internal(_) => INTERNAL,
        }
    }

    /// Says what went wrong on standard error, and with `json` as an object on standard output too; answers the exit code.
    pub(super) fn report(&self, json: bool) -> u8 {
        let hint = match self {
            Failure::File(error) => hint(error),
            _ => String::new(),
        };
        let message = format!("{self}{hint}");
        if json {
            let (mut file, mut line, mut field) = (None, None, None);
            if let Failure::File(error) = self {
                file = Some(error.file.as_str());
                line = error.position.map(|position| position.line);
                field = error.field.as_deref();
            }
            tell(&Told {
                relucert: "error/1",
                exit: self.code(),
                message: message.trim_end(),
                file,
                line,
                field,
            });
        }
        complain(&message);
        self.code()
    }
}

/// An error under `--json`.
#[derive(Serialize)]
struct Told<'a> {
    relucert: &'static str,
    exit: u8,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    field: Option<&'a str>,
}

/// One object on standard output. The message on standard error is all that is left if it cannot be written.
fn tell(told: &Told<'_>) {
    if let Ok(text) = serde_json::to_string(told) {
        let mut stdout = io::stdout().lock();
        let _ = writeln!(stdout, "{text}").and_then(|()| stdout.flush());
    }
}

/// One message on standard error. That it cannot be written is no further reason to fail.
fn complain(message: &str) {
    let name = red("relucert:");
    let _ = writeln!(io::stderr(), "{name} {}", visible(message.trim_end()));
}

/// Reports a usage error, with `json` on standard output too, or prints the help or version that was asked for; answers the exit
/// code.
pub(super) fn usage(error: &clap::Error, json: bool) -> u8 {
    if !error.use_stderr() {
        // As with all output, a closed pipe is no error.
        return match error.print().and_then(|()| io::stdout().flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Failure::Output(error).report(false)
            }
            _ => 0,
        };
    }
    let text = error.render().to_string();
    let message = text.strip_prefix("error: ").unwrap_or(&text).trim_end();
    if json {
        tell(&Told {
            relucert: "error/1",
            exit: USAGE,
            message: message.lines().next().unwrap_or_default(),
            file: None,
            line: None,
            field: None,
        });
    }
    if error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = io::stderr().write_all(text.as_bytes());
        return USAGE;
    }
    complain(message);
    USAGE
}

/// Instead of a backtrace, one line that asks for a report.
pub(super) fn report_panics_in_one_line() {
    std::panic::set_hook(Box::new(|panic| {
        let payload = panic.payload();
        let text = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied())
            .unwrap_or("unknown");
        let text = text.lines().next().unwrap_or_default();
        let place = match panic.location() {
            Some(place) => format!(" at {}:{}", place.file(), place.line()),
            None => String::new(),
        };
        let failure = Failure::Internal(format!("{text}{place}"));
        complain(&failure.to_string());
    }));
}
