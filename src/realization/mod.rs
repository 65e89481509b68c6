//! The function a shallow network computes: canonical form, differences, and the jump norm and seminorm.

mod canonical;
mod gradient;
mod least_neurons;
mod lower;
mod packing;
mod search;
mod seminorm;

pub use canonical::{CanonicalForm, Kink};
pub use gradient::GradientTable;
pub use least_neurons::least_neurons;
pub use seminorm::{
    Attained, BoundedSeminorm, EntryTree, RegionBranches, Seminorm, SeminormLimits,
    branch_and_bound, seminorm,
};
