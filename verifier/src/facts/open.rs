//! Trees that go over several steps.

use super::fact::Fact;
use crate::kernel::height::Heights;
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

/// The same of a tree of heights.
#[derive(Debug)]
pub(crate) struct Rising {
    pub(crate) heights: Heights,
    /// What it shows once it is complete.
    pub(crate) bounded: Fact,
}
