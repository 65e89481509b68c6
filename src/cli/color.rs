//! Colors of help and of messages, on terminals, unless `NO_COLOR` is set or `--color` says otherwise. Data on standard output never
//! have any.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _};
use std::sync::OnceLock;

use clap::{ColorChoice, ValueEnum as _};

static CHOICE: OnceLock<ColorChoice> = OnceLock::new();

/// What `--color` says among these arguments, before they are parsed: help and errors of the parser are colored too. A value that is
/// none is left to the parser to refuse.
pub(super) fn choose(arguments: &[OsString]) -> ColorChoice {
    let mut words = arguments.iter().filter_map(|word| word.to_str()).skip(1);
    let mut choice = ColorChoice::Auto;
    while let Some(word) = words.next().filter(|word| *word != "--") {
        let value = match word.strip_prefix("--color") {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        if let Some(Ok(said)) = value.map(|value| ColorChoice::from_str(value, false)) {
            choice = said;
        }
    }
    choice
}

/// From here on messages are as this says; the first that is said counts.
pub(super) fn settle(choice: ColorChoice) {
    let _ = CHOICE.set(choice);
}

/// The text in bold red, where standard error takes colors.
pub(super) fn red(text: &str) -> String {
    let wanted = match CHOICE.get().copied().unwrap_or(ColorChoice::Auto) {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            !unwanted && io::stderr().is_terminal()
        }
    };
    match wanted {
        true => format!("\x1b[1;31m{text}\x1b[0m"),
        false => text.to_owned(),
    }
}
