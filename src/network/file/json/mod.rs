//! Networks as JSON (SPEC "Networks"): `{"a", "c"}`, `{"a", "b", "c", "e"}` and `{"layers": […]}`.

mod assemble;
mod family;
mod fields;
mod network;
mod reader;

pub(crate) use family::{Cell, FamilyText};
pub(super) use family::{family_text, is_family};
pub(super) use network::read;
