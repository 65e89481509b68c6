//! The seminorm, exactly or bracketed, with its proof; and limits on the search for it.

use std::sync::Arc;

use num_traits::Zero as _;

use super::attained::Attained;
use super::search::TreeNodes;
use crate::advice::{Advice, Floats};
use crate::exact::Rational;
use crate::watch::Watch;

/// When to give up searching and answer a bracket.
#[derive(Clone)]
pub struct SeminormLimits {
    /// Search only if the number of regions is at most this, by the formula for hyperplanes in general position.
    pub regions: Option<u64>,
    /// Give up after this many nodes; if it is not said, after so many that the search takes about a minute.
    pub nodes: Option<u64>,
    /// Nodes that are bounded best first, before the search goes depth first for good: with more of them a bracket is narrower, and memory larger.
    pub best_first: usize,
    /// Give up when a limit is met.
    pub watch: Watch,
    /// Stop branch and bound when upper − lower is at most this.
    pub gap: Rational,
    /// Who proposes where to look.
    pub advice: Arc<dyn Advice>,
    /// Whether the trees are kept, for a certificate. Without them nothing is lost but the proof.
    pub keep: bool,
}

impl Default for SeminormLimits {
    fn default() -> Self {
        SeminormLimits {
            regions: None,
            nodes: None,
            best_first: 4096,
            watch: Watch::none(),
            gap: Rational::zero(),
            advice: Arc::new(Floats),
            keep: true,
        }
    }
}

impl std::fmt::Debug for SeminormLimits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SeminormLimits")
            .field("regions", &self.regions)
            .field("nodes", &self.nodes)
            .field("best_first", &self.best_first)
            .field("watch", &self.watch)
            .field("gap", &self.gap)
            .field("keep", &self.keep)
            .finish_non_exhaustive()
    }
}

/// The seminorm, or a bracket of it; see [`branch_and_bound`](super::branch_and_bound).
#[derive(Clone, Debug)]
pub struct BoundedSeminorm {
    /// The lower end.
    pub lower: Attained,
    /// The upper end.
    pub upper: Rational,
    /// A tree for every entry that may be larger than the upper end whatever sign vectors occur, of one sign where the function has no offsets: the
    /// other has the same largest value, or a smaller one.
    pub trees: Vec<EntryTree>,
    /// Whether these are all: false where there are some that were not to be kept.
    pub kept: bool,
    /// How many nodes were bounded.
    pub nodes: u64,
}

/// Why one entry, with a sign, is at most the upper end; see [`crate::certificate::AtMost`], whose data this is.
#[derive(Clone, Debug)]
pub struct EntryTree {
    /// Row of the Jacobian.
    pub output: usize,
    /// Column of the Jacobian.
    pub input: usize,
    /// Whether the entry's negative is bounded.
    pub negative: bool,
    /// The tree in preorder.
    pub nodes: TreeNodes,
}

impl BoundedSeminorm {
    /// The seminorm, if both ends agree.
    pub fn exact(&self) -> Option<&Rational> {
        (self.lower.value == self.upper).then_some(&self.upper)
    }
}
