//! Certificates and results retold for people.

mod apart;
mod condition;
mod difference;
mod document;
mod exhaustion;
mod explain;
mod family;
mod functions;
mod glossary;
mod hall;
mod networks;
mod numbers;
mod parametrization;
mod reading;
mod rewriting;
mod theorem31;
mod tree;

pub use document::{Document, Format};
pub use explain::explain;
pub use numbers::number;
pub use reading::{Certificate, ReadError};
