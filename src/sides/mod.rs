//! Whether sides of hyperplanes can be had together: a point on all of them, or a circuit that excludes them. Exactly.
//!
//! Where linear programs stay in machine integers they are solved exactly at once. Elsewhere [advice](crate::advice) is asked first: it names the rows
//! of a circuit, whose multipliers exact elimination finds to be positive or not; or the rows that determine a point, which is computed in fixed point,
//! and looked at exactly from all rows. What does not stand that is dropped, and the exact linear program answers, beginning at the rows proposed.

mod fixed;
mod ground;
mod place;
mod solver;

pub(crate) use ground::Ground;
pub(crate) use place::Place;
pub(crate) use solver::Solver;
