//! Regions of hyperplane arrangements, exactly.
//!
//! An [`Arrangement`] is made of any normals; its [regions](Arrangement::regions) can be listed, [counted](Arrangement::count) or
//! [visited](Arrangement::for_each_region), in the whole space or within a polyhedron, with sign vectors, small rational
//! witnesses, facets and neighbours, and evidence that the list is complete. Nothing is rounded, and the result depends on the
//! normals alone, not on the method or the number of threads.
//!
#![doc = concat!("```\n", include_str!("../../examples/regions.rs"), "```")]

mod affine;
mod bounds;
mod certify;
mod control;
mod count;
mod entry;
mod enumerate;
mod error;
mod evidence;
pub mod facet;
mod list;
mod mask;
mod matching;
mod matrix;
mod merge;
mod method;
mod multiword;
mod normals;
mod orbits;
mod parse;
mod parts;
mod pencil;
mod recursive;
mod recursive_list;
mod regions;
pub mod split;
mod stream;
mod symmetry;
pub mod tree;
mod tree_list;

pub use affine::{Affine, box_facets};
pub use certify::{CertifyError, Completeness, MOST_CLOSED};
pub use control::{Options, StopReason, Stopped};
pub use error::ArrangementError;
pub use evidence::{Evidence, Redundancy};
pub use mask::MAX_CLASSES;
pub use method::Method;
pub use normals::{Arrangement, Class};
pub use parse::parse_arr;
pub use regions::Regions;
pub use stream::{Passing, StreamEnd};
