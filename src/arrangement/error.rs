//! What is wrong with an arrangement.

use crate::watch::Stop;

/// Why an arrangement could not be built or read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArrangementError {
    /// A normal has the wrong number of entries.
    #[error("normal {row} has {found} entries, expected {expected}")]
    Shape {
        /// The index of the normal.
        row: usize,
        /// The number of entries it should have.
        expected: usize,
        /// The number of entries it has.
        found: usize,
    },
    /// A file is not an arrangement.
    #[error("line {line}: {reason}")]
    Text {
        /// The line, counted from 1.
        line: usize,
        /// What was expected.
        reason: String,
    },
    /// A limit was met before the arrangement was prepared.
    #[error(transparent)]
    Stopped(#[from] Stop),
}
