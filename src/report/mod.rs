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
mod rank;
mod reading;
mod rewriting;
mod tree;

pub use document::{Document, Format};
pub use explain::{explain, retold};
pub use numbers::number;
pub use reading::{Certificate, ReadError, is_deep};
