//! Trees that go over several steps.

use super::fact::Fact;
use crate::kernel::verdict::{Stop, reject};

/// A tree that a step has begun and not completed.
#[derive(Debug)]
pub(crate) struct Open<T> {
    pub(crate) tree: T,
    /// How many circuits there were before those of the step that began it, which are for its leaves alone.
    pub(crate) shared: usize,
    /// What it shows once it is complete.
    pub(crate) bounded: Fact,
}

/// The tree that the step before left incomplete, for more nodes.
pub(super) fn resumed<T, N>(open: Option<Open<T>>, nodes: &[N]) -> Result<Open<T>, Stop> {
    match open {
        None => reject("the step before leaves no tree incomplete"),
        Some(_) if nodes.is_empty() => reject("there are no nodes"),
        Some(open) => Ok(open),
    }
}
