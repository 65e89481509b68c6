//! Every claim: the facts that must stand for it, its sentence, and what narrows it.

mod arrangement;
mod bounds;
mod condition;
mod functions;
mod parametrizations;
mod says;
mod table;
mod theorems;

pub(crate) use says::Wanted;
pub(crate) use table::of;
