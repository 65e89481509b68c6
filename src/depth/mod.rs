//! Networks of any depth: rewritten without changing their functions, simplified, put in one form whatever the order and scale of their hidden
//! neurons,
//! compared.
//!
//! What is proved of them is proved by rewriting: every certificate lists steps that each change one layer.

mod canonical;
mod certify;
mod equality;
mod intervals;
mod nearest;
mod rewriting;
mod rows;
mod simplify;

pub use canonical::{Canonical, canonical};
pub use certify::{
    deep_differ_certificate, deep_equal_certificate, deep_reparametrization_certificate,
};
pub use equality::{Equality, Points, compare};
pub use intervals::{Activity, activity};
pub use nearest::{DeepNearest, Place, nearest};
pub use rewriting::{Move, Rewriting};
pub use simplify::{Dropped, Simplified, Why, dead, simplify};
