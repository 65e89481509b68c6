//! What a user may have meant who named a file, a verb, a flag or a value that is not there.

use std::path::Path;

use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::certificate::{Claim, DeepClaim};
use crate::nearby::{did_you_mean, nearest};
use crate::network::file::{FileError, Problem};

/// `; did you mean FILE?`, where the file is not there and its folder has one whose name is nearly the same; the nearest, and of equally
/// near ones the first by name. Where a name does not say the format, how it is said.
pub(super) fn hint(error: &FileError) -> String {
    let path = Path::new(&error.file);
    if matches!(*error.problem, Problem::Extension { .. }) && path.extension().is_none() {
        return "; --input-format FORMAT says what it is".to_owned();
    }
    let named = path.file_name().and_then(|name| name.to_str());
    let (Some(named), false) = (named, path.exists()) else {
        return String::new();
    };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let Ok(entries) = std::fs::read_dir(folder.unwrap_or(Path::new("."))) else {
        return String::new();
    };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.collect();
    names.sort();
    match nearest(named, names.iter().map(String::as_str)) {
        Some(name) => format!("; did you mean {}?", path.with_file_name(name).display()),
        None => String::new(),
    }
}

/// That no file has just these layers, and which of those known may have been meant.
pub(super) fn not_its_layers(layers: &[String], known: &[String]) -> String {
    let strange = layers.iter().find(|layer| !known.contains(layer));
    let known = || known.iter().map(String::as_str);
    format!(
        "--layers {}: no .safetensors or .npz file given has just these layers{}",
        layers.join(","),
        strange.map_or_else(String::new, |layer| did_you_mean(layer, known()))
    )
}

/// Puts the verb, flag or value that is nearest to what was not understood in the place of what the parser proposes.
pub(super) fn refine(error: &mut Error, command: &Command, words: &[String]) {
    let text = |error: &Error, kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        _ => None,
    };
    let verb = words
        .iter()
        .find_map(|word| command.find_subcommand(word.as_str()));
    let one = |name: &str| ContextValue::String(name.to_owned());
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let Some(word) = text(error, ContextKind::InvalidSubcommand) else {
                return;
            };
            error.remove(ContextKind::SuggestedSubcommand);
            if let Some(name) = nearest(&word, command.get_subcommands().map(Command::get_name)) {
                error.insert(
                    ContextKind::SuggestedSubcommand,
                    ContextValue::Strings(vec![name.to_owned()]),
                );
            }
        }
        ErrorKind::UnknownArgument => {
            let word = text(error, ContextKind::InvalidArg);
            let Some(word) = word.filter(|word| word.starts_with("--")) else {
                return;
            };
            // That it may be meant as a file's name is far from what is meant.
            error.remove(ContextKind::Suggested);
            error.remove(ContextKind::SuggestedArg);
            let all = [Some(command), verb];
            let flags = all.into_iter().flatten().flat_map(Command::get_arguments);
            let flags: Vec<String> = flags
                .filter_map(|flag| Some(format!("--{}", flag.get_long()?)))
                .chain(["--help".to_owned()])
                .collect();
            if let Some(name) = nearest(&word, flags.iter().map(String::as_str)) {
                error.insert(ContextKind::SuggestedArg, one(name));
            }
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let Some(word) = text(error, ContextKind::InvalidValue) else {
                return;
            };
            let flag = text(error, ContextKind::InvalidArg).unwrap_or_default();
            let known: Vec<String> = match error.get(ContextKind::ValidValue) {
                Some(ContextValue::Strings(names)) => names.clone(),
                // The verifier says which kinds of claims there are.
                _ if flag.starts_with("--expect ") => {
                    let kinds = Claim::KINDS.iter().chain(DeepClaim::KINDS);
                    kinds.map(|kind| (*kind).to_owned()).collect()
                }
                _ => return,
            };
            error.remove(ContextKind::SuggestedValue);
            let word = word.split('=').next().unwrap_or_default();
            if let Some(name) = nearest(word, known.iter().map(String::as_str)) {
                error.insert(ContextKind::SuggestedValue, one(name));
            }
        }
        _ => {}
    }
}
