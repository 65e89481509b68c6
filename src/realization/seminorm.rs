//! The seminorm r = |f|_{W^{1,∞}}: the largest entry of the Jacobian over all regions, exactly or as a proved bracket.
//!
//! The lower end is attained at a point; the upper end is proved by branch and bound over the sides of hyperplanes, or, where that is not worth it,
//! ignores which sign vectors occur. Whatever the limits, both ends are answered.

use std::sync::Arc;

use num_traits::Zero as _;

use super::attained::Attained;
use super::canonical::CanonicalForm;
use super::lower::LowerSearch;
use super::problem::Problem;
use super::search::{Found, TreeNodes, search};
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
    /// Nodes that are bounded best first, before the search goes depth first: with more of them a bracket is narrower sooner, and memory larger.
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

/// The seminorm, or a bracket of it; see [`branch_and_bound`].
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

/// The seminorm by branch and bound with circuit packing, over R^d; `affine` if the function has biases.
///
/// Exact unless a limit is reached; then the ends of the bracket are the best point found and the largest bound left open. If the
/// normals are linearly independent every sign vector occurs, and there is nothing to search: only the point must be found.
///
/// Source: (21); the bound by packed circuits is the dual of the weighted maximum feasible subsystem. Cost: one tree for each of the d·D entries (and
/// both signs, with offsets) that the first points do not settle. A node packs circuits, with a linear program in floats each; there are 2^h nodes in
/// the worst case, h the number of kinks, and at most `limits.nodes`. Memory: some thousand nodes, and 32 MB of finished trees, the rest of
/// which goes to a temporary file. Where there may be more than `limits.regions` regions nothing is searched.
pub fn branch_and_bound(
    form: &CanonicalForm,
    affine: bool,
    limits: &SeminormLimits,
) -> BoundedSeminorm {
    let problem = Problem::new(form, affine);
    let mut lower = LowerSearch::new(&problem.table, &limits.watch);
    if !problem.begin(&mut lower, limits) {
        let nothing = Found {
            upper: problem.most(),
            trees: Vec::new(),
            kept: true,
            nodes: 0,
        };
        return problem.answer(nothing, lower);
    }
    let setting = problem.setting(limits);
    let mut goals = problem.goals(&lower.value);
    problem.follow_rays(&goals, &mut lower, limits);
    goals.retain(|goal| goal.ideal > lower.value);
    let best = lower.value.clone();
    let found = search(&setting, &goals, best, &mut lower);
    problem.answer(found, lower)
}
