//! The function a shallow network computes: canonical form, differences, and the jump norm and seminorm.

mod canonical;
mod gradient;
mod least_neurons;
mod seminorm;

pub use canonical::{CanonicalForm, Kink};
pub use gradient::GradientTable;
pub use least_neurons::least_neurons;
pub use seminorm::{Attained, RegionBranches, Seminorm, SeminormLimits, seminorm};
