//! Branch and bound for the largest entry of a Jacobian, with the trees that prove it.
//!
//! First the node with the largest bound, over all entries together, until many are open; then these depth first, so that memory is bounded, on all
//! threads. What is known is exchanged between threads only after fixed numbers of nodes: a search that completes finds the same trees whatever the
//! number of threads.

mod depth;
mod frontier;
mod goal;
mod packer;
mod see;
mod setting;
mod spool;

use num_bigint::BigInt;

pub(super) use goal::Goal;
pub(super) use setting::{Found, GoalTree, Incumbent, Setting};
pub use spool::{Spool, TreeNodes};

/// Searches all goals together. `best` is the largest |entry| known at the start.
pub(super) fn search(
    setting: &Setting<'_>,
    goals: &[Goal],
    best: BigInt,
    incumbent: &mut dyn Incumbent,
) -> Found {
    let mut frontier = frontier::Frontier::new(setting, goals, best);
    frontier.grow(incumbent);
    let unfinished = depth::finish(&mut frontier, incumbent);
    frontier.found(&unfinished)
}
