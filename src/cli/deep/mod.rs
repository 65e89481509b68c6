//! What verbs answer for networks of any depth; one file a verb.

mod boxed;
mod canonical;
mod equal;
mod inspect;
mod nearest;
mod network;
mod norm;
mod simplify;

use super::failure::Failure;
use crate::network::Network;
use crate::network::file::Reading;

pub(super) use boxed::save;
pub(super) use canonical::canonical;
pub(super) use equal::{Compared, equal};
pub(super) use inspect::inspect;
pub(super) use nearest::{Near, nearest};
pub(super) use network::{Layers, layers};
pub(super) use norm::{Measure, measure};
pub(super) use simplify::{Smaller, simplify, word as why_word};

/// Whether any network has not exactly two layers.
pub(super) fn is_deep<const N: usize>(readings: [&Reading; N]) -> bool {
    let deep = |reading: &&Reading| matches!(reading.network, Network::Deep(_));
    readings.iter().any(deep)
}

/// Refuses a flag that has no meaning where a network has not exactly two layers.
pub(super) fn without(given: bool, flag: &str, why: &str) -> Result<(), Failure> {
    match given {
        true => Err(Failure::Usage(format!(
            "{flag} is for networks with two layers: {why}"
        ))),
        false => Ok(()),
    }
}
