//! A tree that goes over several steps.

use super::fact::Fact;
use crate::kernel::tree::Tree;

/// A tree that a step has begun and not completed.
#[derive(Debug)]
pub(crate) struct Open {
    pub(crate) tree: Tree,
    /// How many circuits there were before those of the step that began it, which are for its leaves alone.
    pub(crate) shared: usize,
    /// What it shows once it is complete.
    pub(crate) bounded: Fact,
}
