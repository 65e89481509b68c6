//! Regions of hyperplane arrangements, exactly.
//!
//! An [`Arrangement`] is made of any normals; its [regions](Arrangement::regions) can be listed, [counted](Arrangement::count) or
//! [visited](Arrangement::for_each_region), in the whole space or within a polyhedron, with sign vectors, small rational
//! witnesses, facets and neighbours, and evidence that the list is complete. Nothing is rounded, and the result depends on the
//! normals alone, not on the method or the number of threads.
//!
#![doc = concat!("```\n", include_str!("../../examples/regions.rs"), "```")]

mod affine;
mod certify;
mod control;
mod count;
mod entry;
mod enumerate;
mod evidence;
pub mod facet;
mod fixed;
mod list;
mod mask;
mod matrix;
mod merge;
mod normals;
mod parse;
mod pencil;
mod recursive;
mod regions;
mod stream;
pub mod tree;

pub use affine::{Affine, box_facets};
pub use certify::{CertifyError, Completeness, MOST_CLOSED};
pub use control::{Options, StopReason, Stopped};
pub use enumerate::Method;
pub use evidence::{Evidence, Redundancy};
pub use mask::MAX_CLASSES;
pub use normals::{Arrangement, Class};
pub use parse::parse_arr;
pub use regions::Regions;
pub use stream::{Passing, StreamEnd};

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
