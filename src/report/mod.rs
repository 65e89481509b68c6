//! Certificates and results retold for people.

mod apart;
mod block;
mod difference;
mod document;
mod exhaustion;
mod explain;
mod format;
mod glossary;
mod hall;
mod networks;
mod numbers;
mod rank;
mod reading;
mod render;
mod rewriting;
mod tree;

pub(crate) use apart::family;
pub use document::{Document, Passage};
pub(crate) use explain::deep_words;
pub use explain::{explain, retold};
pub use format::Format;
pub use numbers::number;
pub use reading::{Certificate, ReadError, is_deep};
pub(crate) use render::escape;
pub(crate) use rewriting::{replaced, words as rewriting_words};
