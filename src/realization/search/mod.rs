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

pub(super) use frontier::Start;
pub(super) use goal::Goal;
pub(super) use packer::{Members, Packer, bound};
pub(super) use setting::{Found, GoalTree, Incumbent, Keeper, Part, Setting};
pub use spool::{Spool, TreeNodes};
pub(super) use spool::{decode, encode_leaf, encode_split};

/// Searches all goals together. `best` is the largest |entry| known at the start.
pub(super) fn search(
    setting: &Setting<'_>,
    goals: &[Goal],
    best: BigInt,
    incumbent: &mut dyn Incumbent,
) -> Found {
    let mut frontier = frontier::Frontier::new(setting, goals, best);
    frontier.grow(incumbent);
    let mut keeper = depth::InSpool(setting.keep.then_some(&*setting.spool));
    let unfinished = depth::finish(&mut frontier, incumbent, &mut keeper);
    frontier.found(&unfinished)
}

/// The same search where it goes depth first, not begun: the trees by their goals, encoded, and the nodes evaluated.
pub(super) fn trunk(
    setting: &Setting<'_>,
    goals: &[Goal],
    best: BigInt,
    incumbent: &mut dyn Incumbent,
) -> (Vec<(usize, Vec<u8>)>, u64) {
    let mut frontier = frontier::Frontier::new(setting, goals, best);
    frontier.grow(incumbent);
    (frontier.trunk(), frontier.evaluated)
}

/// The rest of it, below any nodes; `keeper` knows them by their places in `starts`. Answers the nodes evaluated.
pub(super) fn below(
    setting: &Setting<'_>,
    goals: &[Goal],
    starts: &[Start],
    incumbent: &mut dyn Incumbent,
    keeper: &mut dyn Keeper,
) -> u64 {
    let best = incumbent.known().1.clone();
    let mut frontier = frontier::Frontier::resume(setting, goals, starts, best);
    depth::finish(&mut frontier, incumbent, keeper);
    frontier.evaluated
}
