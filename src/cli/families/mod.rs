//! Verbs on families: networks whose entries depend on k = 1, 2, 3, …; answers are formulas in k.

mod describe;
mod distance;
mod equal;
mod nearest;
mod scope;

pub(super) use describe::{canonical, inspect, regions};
pub(super) use distance::{NormQuestion, distance};
pub(super) use equal::equal;
pub(super) use nearest::{Constant, nearest, nearest_constant, separated};
