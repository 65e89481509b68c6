//! Networks of any depth: rewritten without changing their functions, simplified, put in one form whatever the order and scale of their hidden
//! neurons,
//! compared.
//!
//! What is proved of them on all of R^d is proved by rewriting: every certificate lists steps that each change one layer. What is proved on a box is proved by trees
//! whose splits are neurons (`cells`).

mod canonical;
mod cells;
mod certify;
mod equality;
mod intervals;
mod nearest;
mod rewriting;
mod rows;
mod shrink;
mod simplify;

pub use canonical::{Canonical, canonical};
pub use cells::{Bracket, CellCount, CellLimits, CellRegion, Difference, Open};
pub use certify::{
    deep_differ_certificate, deep_equal_certificate, deep_reparametrization_certificate,
    deep_within_certificate,
};
pub use equality::{Equality, Points, compare};
pub use intervals::{Activity, activity};
pub use nearest::{DeepNearest, Place, nearest};
pub use rewriting::{Move, Rewriting};
pub use shrink::{Shrinking, Shrunk, Stand, shrink};
pub use simplify::{Dropped, Simplified, Why, dead, simplify};
