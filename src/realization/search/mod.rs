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
mod spool;

use std::sync::Arc;

use num_bigint::BigInt;

use super::gradient::GradientTable;
use crate::advice::Advisor;
use crate::exact::Surd;
use crate::exact::dependence::Rounded;
use crate::exact::lp::RowTable;
use crate::watch::Watch;

pub(super) use goal::Goal;
pub use spool::{Spool, TreeNodes};

/// The tree for one entry and sign.
#[derive(Clone, Debug)]
pub(super) struct GoalTree {
    pub entry: usize,
    pub negative: bool,
    pub nodes: TreeNodes,
}

/// What a search knows when it ends.
pub(super) struct Found {
    /// All goals are at most this, in units of 1/(2·scale).
    pub upper: BigInt,
    /// For the goals whose ideal is more than that.
    pub trees: Vec<GoalTree>,
    /// Nodes whose cost was computed.
    pub nodes: u64,
}

/// What a search works on.
pub(super) struct Setting<'a> {
    pub table: &'a GradientTable,
    /// The table's normals, then the domain's row if there is one.
    pub rows: &'a RowTable,
    pub advisor: Box<dyn Advisor>,
    /// The rows in fixed point.
    pub rounded: Rounded,
    pub watch: &'a Watch,
    /// Nodes that may be evaluated.
    pub nodes: u64,
    /// Stop when the upper end is at most this much above the lower one.
    pub gap: BigInt,
    /// Whether trees are kept.
    pub keep: bool,
    pub spool: Arc<Spool>,
}

/// Receives points found on the way, which may lie on hyperplanes; answers the largest |entry| known now.
pub(super) trait Incumbent {
    fn offer(&mut self, point: &[BigInt]) -> BigInt;
}

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

impl Setting<'_> {
    /// One line for those who wait.
    fn tell(&self, best: &BigInt, upper: impl Fn() -> BigInt, nodes: u64, left: &str) {
        let shown = |value: &BigInt| Surd::from(self.table.to_rational(value)).approx(6);
        self.watch.tell(|| {
            format!(
                "seminorm between {} and {} after {nodes} nodes{left}",
                shown(best),
                shown(&upper())
            )
        });
    }
}
