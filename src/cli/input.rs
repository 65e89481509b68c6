//! Reading networks and points for verbs.

use std::path::Path;

use super::failure::Failure;
use crate::exact::{Rational, text};
use crate::network::{Network, file};

/// Any network.
pub(super) fn network(path: &Path) -> Result<Network, Failure> {
    Ok(file::read_network(path)?)
}

/// A network with two layers; `verb` is named if it is deep.
pub(super) fn shallow_network(path: &Path, verb: &str) -> Result<Network, Failure> {
    match network(path)? {
        Network::Deep(deep) => Err(Failure::Usage(format!(
            "{}: a network with {} layer{}; {verb} takes networks with two layers (one of them hidden)",
            path.display(),
            deep.layers().len(),
            if deep.layers().len() == 1 { "" } else { "s" },
        ))),
        network => Ok(network),
    }
}

/// A point of `inputs` rational coordinates from `1,1/2,-3`; without any comma, white space separates.
pub(super) fn point(text: &str, inputs: usize) -> Result<Vec<Rational>, Failure> {
    let parts: Vec<&str> = if text.contains(',') {
        text.split(',').collect()
    } else {
        text.split_whitespace().collect()
    };
    if parts.len() != inputs {
        let plural = if inputs == 1 { "" } else { "s" };
        return Err(Failure::Usage(format!(
            "--at '{}': found {} coordinates, expected {inputs} (the network has {inputs} input{plural}), separated by commas",
            shortened(text),
            parts.len(),
        )));
    }
    let read = |(index, part): (usize, &&str)| {
        text::parse_rational(part).map_err(|error| {
            Failure::Usage(format!(
                "--at '{}': coordinate {index}: {error}",
                shortened(text)
            ))
        })
    };
    parts.iter().enumerate().map(read).collect()
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
