//! Verbs on families: networks whose entries depend on k = 1, 2, 3, …; answers are formulas in k.

mod describe;
mod distance;
mod equal;
mod eval;
mod lift;
mod nearest;
mod parametrizations;
mod regions;
mod reparametrize;
mod scope;
mod written;

pub(super) use describe::{canonical, inspect};
pub(super) use distance::{NormQuestion, distance};
pub(super) use equal::equal;
pub(super) use eval::eval;
pub(super) use lift::lift;
pub(super) use nearest::{Constant, nearest, nearest_constant, nearest_in_n_star, separated};
pub(super) use parametrizations::{Wanted, flips, minimal, simplify};
pub(super) use regions::{RegionsQuestion, regions};
pub(super) use reparametrize::{Asked, reparametrize};
pub(super) use written::text;
