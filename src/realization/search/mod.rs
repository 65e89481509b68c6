//! Branch and bound for the largest entry of a Jacobian, with the trees that prove it.
//!
//! First the node with the largest bound, over all entries together, until many are open; then these depth first, so that memory is bounded, on all
//! threads. What is known is exchanged between threads only after fixed numbers of nodes: a search that completes finds the same trees whatever the
//! number of threads.

mod depth;
mod forecast;
mod frontier;
mod goal;
mod packer;
mod rays;
mod see;
mod setting;
mod spool;

use num_bigint::BigInt;

pub(super) use frontier::Start;
pub(super) use goal::Goal;
pub(super) use packer::{Members, Packer, bound};
pub(super) use rays::follow_rays;
pub(super) use setting::{Found, GoalTree, Incumbent, Keeper, Part, Setting};
pub use spool::{Spool, TreeNodes};
pub(super) use spool::{decode, encode_leaf, encode_split};

/// Nodes best first, where every circuit is established at once, before it is tried how far so many depth first lead, where only those of leaves are: most
/// small searches end there, sooner. Others begin again with a wider front, which keeps the bracket narrow should a limit be met.
const FIRST_TRY: (usize, u64) = (64, 4096);

/// Searches all goals together. `best` is the largest |entry| known at the start.
pub(super) fn search(
    setting: &Setting<'_>,
    goals: &[Goal],
    best: BigInt,
    incumbent: &mut dyn Incumbent,
) -> Found {
    let mut frontier = frontier::Frontier::new(setting, goals, best);
    let mut keeper = depth::InSpool(setting.keep.then_some(&*setting.spool));
    let (few, short) = (FIRST_TRY.0, FIRST_TRY.1.min(setting.brief));
    if few < setting.best_first && setting.nodes / 2 > short {
        frontier.grow(few, incumbent);
        let until = frontier.evaluated.saturating_add(short);
        let unfinished = depth::finish(&mut frontier, until, incumbent, &mut keeper);
        frontier.reopen(&unfinished);
        frontier.expand(setting.best_first, incumbent);
    } else {
        frontier.grow(setting.best_first, incumbent);
    }
    let unfinished = depth::finish(&mut frontier, setting.nodes, incumbent, &mut keeper);
    frontier.found(&unfinished)
}

/// The same search where it goes depth first, not begun: the trees by their goals, encoded, and the nodes evaluated. Through `probes` nodes it has looked
/// ahead for larger values, because those who go on from here do not tell each other.
pub(super) fn trunk(
    setting: &Setting<'_>,
    goals: &[Goal],
    best: BigInt,
    probes: u64,
    incumbent: &mut dyn Incumbent,
) -> (Vec<(usize, Vec<u8>)>, u64) {
    let mut frontier = frontier::Frontier::new(setting, goals, best);
    frontier.grow(setting.best_first, incumbent);
    let mut left = probes;
    while left > 0 {
        let known = incumbent.known().1.clone();
        let mut ahead = frontier::Frontier::resume(setting, goals, &frontier.starts(), known);
        let begun = setting.nodes.saturating_sub(left).max(frontier.evaluated);
        ahead.evaluated = begun;
        depth::finish(
            &mut ahead,
            setting.nodes,
            incumbent,
            &mut depth::InSpool(None),
        );
        let taken = ahead.evaluated - begun;
        left = left.saturating_sub(taken);
        frontier.evaluated += taken;
        if !frontier.raise(incumbent.known().1) || taken == 0 {
            break;
        }
        frontier.expand(setting.best_first, incumbent);
    }
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
    depth::finish(&mut frontier, setting.nodes, incumbent, keeper);
    frontier.evaluated
}
