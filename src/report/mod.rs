//! Certificates and results retold for people.

mod apart;
mod document;
mod explain;
mod family;
mod functions;
mod glossary;
mod parametrization;
mod reading;
mod rewriting;
mod theorem31;
mod tree;

pub use document::{Document, Format};
pub use explain::explain;
pub use reading::{Certificate, ReadError};

use crate::exact::Surd;

/// A number exactly, followed by `≈` and a decimal where the exact text is not a short one.
pub fn number(value: &Surd) -> String {
    let exact = value.to_string();
    let plain = value
        .to_rational()
        .is_some_and(num_rational::Ratio::is_integer);
    if plain && exact.len() <= 12 {
        return exact;
    }
    format!("{exact} ≈ {}", value.approx(8))
}
