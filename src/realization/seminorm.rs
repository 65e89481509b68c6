//! The seminorm r = |f|_{W^{1,∞}}: the largest entry of the Jacobian over all regions, exactly or as a proved bracket.
//!
//! The lower end is attained at a point, found by a fixed search; the upper end is proved by branch and bound over the sides of
//! hyperplanes, or, where that is not worth it, ignores which sign vectors occur. Whatever the limits, both ends are answered.

use num_bigint::BigInt;
use num_traits::Zero as _;

use super::canonical::CanonicalForm;
use super::gradient::GradientTable;
use super::lower::LowerSearch;
use super::search::{Branching, Limits, TargetTree, search};
use crate::arrangement::facet::most_regions;
use crate::certificate::Node;
use crate::exact::Rational;
use crate::exact::lp::RowTable;
use crate::watch::Watch;

/// When to give up searching and answer a bracket.
#[derive(Clone, Debug)]
pub struct SeminormLimits {
    /// Search only if the number of regions is at most this, by the formula for hyperplanes in general position.
    pub regions: Option<u64>,
    /// Give up after this many nodes.
    pub nodes: u64,
    /// Give up when a limit is met.
    pub watch: Watch,
    /// Stop branch and bound when upper − lower is at most this.
    pub gap: Rational,
}

impl Default for SeminormLimits {
    fn default() -> Self {
        SeminormLimits {
            regions: None,
            nodes: 1_000_000,
            watch: Watch::none(),
            gap: Rational::zero(),
        }
    }
}

/// An entry of the Jacobian at a point off all hyperplanes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attained {
    /// The point.
    pub point: Vec<BigInt>,
    /// The side of each hyperplane of the canonical form, true for +.
    pub signs: Vec<bool>,
    /// The row of the Jacobian.
    pub output: usize,
    /// The column of the Jacobian.
    pub input: usize,
    /// The absolute value there.
    pub value: Rational,
}

/// The seminorm with targeted trees; see [`branch_and_bound`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoundedSeminorm {
    /// The lower end.
    pub lower: Attained,
    /// The upper end.
    pub upper: Rational,
    /// Integer dependences Σ μ_H·(primitive normal of H) = 0; H = number of hyperplanes stands for the domain's row.
    pub circuits: Vec<Vec<(usize, BigInt)>>,
    /// One tree for every entry and sign; none where the upper end holds whatever sign vectors occur.
    pub trees: Vec<EntryTree>,
    /// How many nodes were bounded.
    pub nodes: u64,
}

/// Why one entry, with a sign, is at most the upper end; see [`crate::certificate::AtMost`], whose data this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryTree {
    /// Row of the Jacobian.
    pub output: usize,
    /// Column of the Jacobian.
    pub input: usize,
    /// Whether the entry's negative is bounded.
    pub negative: bool,
    /// Packings of circuits with weights.
    pub packings: Vec<Vec<(usize, Rational)>>,
    /// The tree in preorder.
    pub nodes: Vec<Node>,
}

impl BoundedSeminorm {
    /// The seminorm, if both ends agree.
    pub fn exact(&self) -> Option<&Rational> {
        (self.lower.value == self.upper).then_some(&self.upper)
    }
}

/// The seminorm by best-first branch and bound with circuit packing, over R^d; `affine` if the function has biases.
///
/// Exact unless a limit is reached; then the ends of the bracket are the best point found and the largest bound left open. If the
/// normals are linearly independent every sign vector occurs, and there is nothing to search: only the point must be found.
///
/// Source: (21); the bound by packed circuits is the dual of the weighted maximum feasible subsystem. Cost: one tree for each
/// of the d·D entries and both signs that the first points do not settle. A node packs circuits, with a linear program each;
/// there are 2^h nodes in the worst case, h the number of kinks, and at most `limits.nodes`. Memory: the open nodes and the
/// circuits found. Where there may be more than `limits.regions` regions nothing is searched: the bracket takes h points near
/// hyperplanes, and a climb from the best of them.
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
    let mut lower = LowerSearch::new(&table, watch);
    let upper = table.relaxation();
    let finished = |lower: &LowerSearch<'_>| table.to_rational(&lower.value) == upper;
    let most = most_regions(table.hyperplanes(), table.dimension());
    let few = limits.regions.is_none_or(|limit| most <= limit.into());
    let is_independent = || table.is_independent(watch) == Ok(true);
    let thorough = few || is_independent();
    if thorough {
        lower.strive();
        if !finished(&lower) && is_independent() {
            lower.solve();
        }
    }
    if !finished(&lower) {
        lower.visit_facets();
        lower.climb();
    }
    // Where even fixed point is too coarse for the point, exact linear programs find it.
    if finished(&lower) || !thorough {
        return BoundedSeminorm {
            lower: lower.best(),
            upper,
            circuits: Vec::new(),
            trees: Vec::new(),
            nodes: 0,
        };
    }
    let mut rows = table.normals().to_vec();
    rows.extend(table.domain());
    let rows = RowTable::new(&rows, table.dimension());
    let entries: Vec<usize> = (0..table.base().len()).collect();
    let best = lower.value.clone();
    let search_limits = Limits {
        nodes: limits.nodes,
        watch,
        gap: table.to_units(&limits.gap),
    };
    let found = search(&table, &rows, &entries, best, &mut lower, &search_limits);
    let entry_tree = |tree: TargetTree| EntryTree {
        output: tree.entry / table.inputs(),
        input: tree.entry % table.inputs(),
        negative: tree.negative,
        packings: tree
            .packings
            .iter()
            .map(|packing| {
                let terms = packing.iter();
                // y is in units of |v_H|, and v_H in units of 1/scale.
                terms
                    .map(|(c, y)| (*c, table.to_rational(&(y * 2))))
                    .collect()
            })
            .collect(),
        nodes: tree
            .nodes
            .iter()
            .map(|node| match node {
                Branching::Split(h) => Node::Split(*h),
                Branching::Refuted(c) => Node::Farkas(*c),
                Branching::Packed(p) => Node::Packing(*p),
            })
            .collect(),
    };
    BoundedSeminorm {
        lower: lower.best(),
        upper: table.to_rational(&found.upper),
        circuits: found.circuits,
        trees: found.trees.into_iter().map(entry_tree).collect(),
        nodes: found.nodes,
    }
}
