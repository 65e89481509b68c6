//! What a search works on, who receives what it finds, and what it knows when it ends.

use std::io;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use num_bigint::BigInt;

use super::spool::{Spool, TreeNodes};
use crate::advice::{Advice, Advisor};
use crate::exact::Surd;
use crate::exact::dependence::Rounded;
use crate::exact::lp::RowTable;
use crate::realization::gradient::GradientTable;
use crate::sides::Ground;
use crate::watch::Watch;

/// The tree for one entry and sign.
#[derive(Clone, Debug)]
pub(in crate::realization) struct GoalTree {
    pub entry: usize,
    pub negative: bool,
    pub nodes: TreeNodes,
}

/// What a search knows when it ends.
pub(in crate::realization) struct Found {
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
pub(in crate::realization) struct Setting<'a> {
    pub table: &'a GradientTable,
    /// The table's normals, then the domain's row if there is one.
    pub rows: &'a Arc<RowTable>,
    /// The same as long integers.
    pub normals: &'a [Vec<BigInt>],
    /// Who is asked about them.
    pub advice: &'a dyn Advice,
    /// Made when it is first needed.
    pub ground: OnceLock<Ground>,
    pub advisor: Box<dyn Advisor>,
    /// The rows in fixed point.
    pub rounded: Rounded,
    pub watch: &'a Watch,
    /// Nodes that may be evaluated.
    pub nodes: u64,
    /// Nodes that take a second or so.
    pub brief: u64,
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
pub(in crate::realization) trait Incumbent {
    fn offer(&mut self, point: &[BigInt]) -> BigInt;
    /// Where that is attained, and what it is.
    fn known(&self) -> (&[BigInt], &BigInt);
}

/// What was found below a node, in preorder.
pub(in crate::realization) struct Part<'a> {
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
pub(in crate::realization) trait Keeper {
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

impl Setting<'_> {
    /// A tree is no more in memory, but kept elsewhere.
    pub(super) fn kept(&self, tree: &[u8]) {
        self.watch.release(tree.len() as u64);
        self.watch.keep(tree.len() as u64);
    }

    /// The rows, with what it takes to ask whether sides can be had.
    pub(super) fn ground(&self) -> &Ground {
        let new = || Ground::new(Arc::clone(self.rows), self.advice);
        self.ground.get_or_init(new)
    }

    /// One line for those who wait.
    pub(super) fn tell(&self, best: &BigInt, upper: impl Fn() -> BigInt, nodes: u64, left: &str) {
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
