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

use std::io;
use std::ops::Range;
use std::sync::Arc;

use num_bigint::BigInt;

use super::gradient::GradientTable;
use crate::advice::Advisor;
use crate::exact::Surd;
use crate::exact::dependence::Rounded;
use crate::exact::lp::RowTable;
use crate::watch::Watch;

pub(super) use frontier::Start;
pub(super) use goal::Goal;
pub(super) use packer::{Members, Packer, bound};
pub use spool::{Spool, TreeNodes};
pub(super) use spool::{decode, encode_leaf, encode_split};

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
    /// Whether these are all.
    pub kept: bool,
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
    /// Nodes that are evaluated best first.
    pub best_first: usize,
    /// Open nodes from which on none are evaluated best first.
    pub most_open: usize,
    /// Nodes after which a subtree is cut, and kept in part.
    pub each: u64,
    /// Stop when the upper end is at most this much above the lower one.
    pub gap: BigInt,
    /// Whether trees are kept.
    pub keep: bool,
    pub spool: Arc<Spool>,
}

/// Receives points found on the way, which may lie on hyperplanes; answers the largest |entry| known now.
pub(super) trait Incumbent {
    fn offer(&mut self, point: &[BigInt]) -> BigInt;
    /// Where that is attained, and what it is.
    fn known(&self) -> (&[BigInt], &BigInt);
}

/// What was found below a node, in preorder.
pub(super) struct Part<'a> {
    /// The node, by its place among all that the search began with.
    pub start: usize,
    /// Its tree, encoded.
    pub tree: &'a [u8],
    /// The largest bound of a leaf that is not open.
    pub highest: &'a BigInt,
    /// Nodes evaluated.
    pub nodes: u64,
}

/// Receives subtrees as they end.
pub(super) trait Keeper {
    /// Takes a whole one; answers where in the spool it is, if it is there.
    fn whole(&mut self, part: &Part<'_>, known: &dyn Incumbent) -> io::Result<Option<Range<u64>>>;

    /// Whether [`cut`](Self::cut) does anything.
    fn wants_parts(&self) -> bool {
        false
    }

    /// Takes one that was not searched to its end, with open leaves.
    fn cut(&mut self, _: &Part<'_>, _: &dyn Incumbent) -> io::Result<()> {
        Ok(())
    }
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
    let mut keeper = depth::InSpool(setting.keep.then_some(&*setting.spool));
    let unfinished = depth::finish(&mut frontier, incumbent, &mut keeper);
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
    frontier.grow(incumbent);
    let mut left = probes;
    while left > 0 {
        let known = incumbent.known().1.clone();
        let mut ahead = frontier::Frontier::resume(setting, goals, &frontier.starts(), known);
        let begun = setting.nodes.saturating_sub(left).max(frontier.evaluated);
        ahead.evaluated = begun;
        depth::finish(&mut ahead, incumbent, &mut depth::InSpool(None));
        let taken = ahead.evaluated - begun;
        left = left.saturating_sub(taken);
        frontier.evaluated += taken;
        if !frontier.raise(incumbent.known().1) || taken == 0 {
            break;
        }
        frontier.expand(incumbent);
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
    depth::finish(&mut frontier, incumbent, keeper);
    frontier.evaluated
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
