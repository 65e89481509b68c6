//! The function a shallow network computes: canonical form, differences, and the jump norm and seminorm.
//!
#![doc = concat!("```\n", include_str!("../../examples/equality.rs"), "```")]

mod attained;
mod bounded;
mod canonical;
mod certify;
mod domain;
mod equality;
mod gradient;
mod inverse_lipschitz;
mod lower;
mod problem;
mod projections;
mod search;
mod seminorm;
pub mod split;
mod sup_norm;
mod vertices;
mod witness;

pub use attained::Attained;
pub use bounded::{BoundedSeminorm, EntryTree, SeminormLimits};
pub use canonical::{CanonicalForm, Kink};
pub use certify::{
    Subject, differ_certificate, equal_certificate, jump_certificate, seminorm_certificate,
    sup_norm_certificate, write_seminorm_certificate,
};
pub(crate) use certify::{at_least, seminorm_steps};
pub use domain::{Domain, EmptySide};
pub use equality::nonzero_point;
pub use gradient::GradientTable;
pub use inverse_lipschitz::{InverseLipschitzError, inverse_lipschitz};
pub use search::TreeNodes;
pub use seminorm::branch_and_bound;
pub use sup_norm::{HeightTree, SupNorm, SupNormLimits, sup_norm};
pub use vertices::TooManyVertices;
