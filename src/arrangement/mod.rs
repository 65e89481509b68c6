//! Regions of hyperplane arrangements, exactly.

mod control;
mod count;
mod enumerate;
pub mod facet;
mod list;
mod mask;
mod matrix;
mod merge;
mod normals;
mod parse;
mod pencil;
mod recursive;
mod regions;
pub mod tree;

pub use control::{Options, Progress, StopReason, Stopped};
pub use enumerate::Method;
pub use mask::MAX_CLASSES;
pub use normals::{Arrangement, Class};
pub use parse::parse_arr;
pub use regions::Regions;

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
    /// A file is not an arrangement.
    #[error("line {line}: {reason}")]
    Text {
        /// The line, counted from 1.
        line: usize,
        /// What was expected.
        reason: String,
    },
}
