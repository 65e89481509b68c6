//! The seminorm r = |f|_{W^{1,∞}}: the largest entry of the Jacobian over all regions, exactly or as a proved bracket.
//!
//! The lower end is attained at a point; the upper end is proved by branch and bound over the sides of hyperplanes, or, where that is not worth it,
//! ignores which sign vectors occur. Whatever the limits, both ends are answered.

use std::sync::Arc;

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use super::attained::Attained;
use super::canonical::CanonicalForm;
use super::gradient::GradientTable;
use super::lower::LowerSearch;
use super::projections::at_distances;
use super::search::{Goal, Setting, Spool, TreeNodes, search};
use crate::advice::{Advice, Floats};
use crate::arrangement::facet::most_regions;
use crate::exact::Rational;
use crate::exact::dependence::Rounded;
use crate::exact::lp::RowTable;
use crate::watch::Watch;

/// When to give up searching and answer a bracket.
#[derive(Clone)]
pub struct SeminormLimits {
    /// Search only if the number of regions is at most this, by the formula for hyperplanes in general position.
    pub regions: Option<u64>,
    /// Give up after this many nodes; if it is not said, after so many that the search takes about a minute.
    pub nodes: Option<u64>,
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
    /// other has the same largest value, or a smaller one. None if they were not kept.
    pub trees: Vec<EntryTree>,
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

/// Multiplications for rays in all, and the entries whose rays are looked at.
const RAYS: (u64, usize) = (60_000_000, 16);

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
    let table = match affine {
        true => GradientTable::affine(form),
        false => GradientTable::new(form),
    };
    let watch = &limits.watch;
    let reach = table.reach();
    let upper = reach.iter().max().cloned().unwrap_or_default();
    let mut lower = LowerSearch::new(&table, watch);
    let most = most_regions(table.hyperplanes(), table.dimension());
    let few = limits.regions.is_none_or(|limit| most <= limit.into());
    let is_independent = || table.is_independent(watch) == Ok(true);
    let thorough = few || is_independent();
    if thorough {
        lower.strive();
        if lower.value < upper && is_independent() {
            lower.solve();
        }
    }
    // Without a search, or where even fixed point is too coarse for the point of independent normals.
    if lower.value == upper || !thorough {
        if lower.value < upper {
            lower.visit_facets();
            lower.climb();
        }
        return BoundedSeminorm {
            lower: lower.best(),
            upper: table.to_rational(&upper),
            trees: Vec::new(),
            nodes: 0,
        };
    }
    let mut normals = table.normals().to_vec();
    normals.extend(table.domain());
    let rows = RowTable::new(&normals, table.dimension());
    let setting = Setting {
        table: &table,
        rows: &rows,
        advisor: limits.advice.advisor(&normals),
        rounded: Rounded::new(&rows),
        watch,
        nodes: limits.nodes.unwrap_or_else(|| moderate(&table)),
        gap: table.to_units(&limits.gap),
        keep: limits.keep,
        spool: Arc::new(Spool::default()),
    };
    let goals = |lower: &LowerSearch<'_>| goals(&table, &reach, affine, &lower.value);
    let mut open = goals(&lower);
    let each = RAYS.0 / (open.len().clamp(1, RAYS.1) as u64);
    for goal in open.iter().take(RAYS.1) {
        if goal.ideal <= lower.value || watch.check().is_err() {
            continue;
        }
        for ray in limits.advice.large(&normals, &goal.values, each) {
            let of = |row: usize| Some((normals.get(row)?.as_slice(), *ray.sides.get(row)?));
            let near = ray.tight.iter().filter_map(|row| of(*row));
            let near = near.map(|(row, plus)| (row, plus, true));
            let ahead = of(ray.ahead).map(|(row, plus)| (row, plus, false));
            if let Some(point) = at_distances(near.chain(ahead), table.dimension(), watch) {
                lower.offer(point);
            }
        }
    }
    open.retain(|goal| goal.ideal > lower.value);
    let best = lower.value.clone();
    let found = search(&setting, &open, best, &mut lower);
    if found.upper > lower.value {
        // J ≤ 2·lower afterwards.
        lower.visit_facets();
        lower.climb();
    }
    let entry_tree = |tree: super::search::GoalTree| EntryTree {
        output: tree.entry / table.inputs(),
        input: tree.entry % table.inputs(),
        negative: tree.negative,
        nodes: tree.nodes,
    };
    BoundedSeminorm {
        upper: table.to_rational(&found.upper.max(lower.value.clone())),
        lower: lower.best(),
        trees: found.trees.into_iter().map(entry_tree).collect(),
        nodes: found.nodes,
    }
}

/// Nodes that are bounded in about a minute.
fn moderate(table: &GradientTable) -> u64 {
    const WORK: u64 = 4_000_000_000;
    let (m, d) = (table.hyperplanes() as u64, table.dimension() as u64);
    (WORK / (m * d * d).max(1)).max(64)
}

/// The entries that may be larger than `best`, the largest ideal first. Without offsets an entry and its negative are Σ over the sides of x and
/// those of −x, so that only the sign of its constant part counts.
fn goals(table: &GradientTable, reach: &[BigInt], affine: bool, best: &BigInt) -> Vec<Goal> {
    let mut chosen: Vec<(BigInt, usize, bool)> = Vec::new();
    for (entry, reach) in reach.iter().enumerate() {
        let base = &table.base()[entry];
        let sign = base.is_negative();
        if reach > best {
            chosen.push((reach.clone(), entry, sign));
        }
        let other = reach - base.abs() * 2;
        if affine && &other > best {
            chosen.push((other, entry, !sign));
        }
    }
    chosen.sort_by(|x, y| y.0.cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let goal = |(_, entry, negative)| Goal::new(table, entry, negative);
    chosen.into_iter().map(goal).collect()
}
