//! Certificates and results retold for people.

mod apart;
mod difference;
mod document;
mod exhaustion;
mod explain;
mod glossary;
mod hall;
mod networks;
mod numbers;
mod reading;
mod rewriting;
mod tree;

pub(crate) use apart::family;
pub use document::{Document, Format};
pub use explain::explain;
pub use numbers::number;
pub use reading::{Certificate, ReadError};
