//! Regions of hyperplane arrangements, exactly.

pub mod facet;
pub mod tree;

/// Why an arrangement could not be built or read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
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
}
