//! The seminorm r = |f|_{W^{1,∞}}: the largest entry of the Jacobian over all regions, exactly or as a proved bracket.
//!
//! Small arrangements are searched completely by depth-first branch and bound over the region tree; the walk that finds r is
//! followed by one that writes down why nothing exceeds it. Large ones get a lower end attained at a point, found by a fixed
//! search, and the upper end that ignores which sign vectors occur. Whatever the limits, both ends are answered.

use std::collections::HashMap;
use std::ops::ControlFlow;

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use super::canonical::CanonicalForm;
use super::gradient::GradientTable;
use super::lower::LowerSearch;
use super::search::{Branching, Limits, TargetTree, search};
use crate::arrangement::ArrangementError;
use crate::arrangement::facet::most_regions;
use crate::arrangement::tree::{Refutation, RegionTree, TreeRegion, TreeVisitor, Visit};
use crate::certificate::Node;
use crate::exact::Rational;
use crate::exact::lp::{Decision, RowTable};
use crate::watch::Watch;

/// When to give up enumerating and answer a bracket.
#[derive(Clone, Debug)]
pub struct SeminormLimits {
    /// Enumerate only if the number of regions is at most this, by the formula for hyperplanes in general position.
    pub regions: u64,
    /// Give up after this many nodes of the region tree.
    pub nodes: u64,
    /// Give up when a limit is met.
    pub watch: Watch,
    /// Stop branch and bound when upper − lower is at most this.
    pub gap: Rational,
}

impl Default for SeminormLimits {
    fn default() -> Self {
        SeminormLimits {
            regions: 200_000,
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

/// A region tree that shows an upper bound; see [`crate::certificate::AtMost`], whose data this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionBranches {
    /// The bound shown.
    pub bound: Rational,
    /// Integer dependences Σ μ_H·(primitive normal of H) = 0.
    pub circuits: Vec<Vec<(usize, BigInt)>>,
    /// The tree in preorder.
    pub nodes: Vec<Node>,
}

/// lower.value ≤ r ≤ upper.bound, with evidence at both ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seminorm {
    /// The lower end.
    pub lower: Attained,
    /// The upper end.
    pub upper: RegionBranches,
}

impl Seminorm {
    /// r, if both ends agree.
    pub fn exact(&self) -> Option<&Rational> {
        (self.lower.value == self.upper.bound).then_some(&self.upper.bound)
    }
}

/// The seminorm of a function without offsets (its constant is ignored).
///
/// Exact where the limits allow, otherwise a bracket. The error arises only from malformed tables, not from any network.
///
/// Cost: where the formula for general position allows at most `limits.regions` regions, two walks of the [region
/// tree](crate::arrangement::tree) of the h kinks, at most h linear programs a region and d·D sums a node; otherwise h points
/// near hyperplanes, and a climb from the best of them.
///
/// # Errors
/// [`ArrangementError::Shape`] from malformed tables; no network has them.
pub fn seminorm(
    form: &CanonicalForm,
    limits: &SeminormLimits,
) -> Result<Seminorm, ArrangementError> {
    let table = GradientTable::new(form);
    let mut search = LowerSearch::new(&table, &limits.watch);
    search.visit_facets();
    search.climb();
    let relaxed = RegionBranches {
        bound: table.relaxation(),
        circuits: Vec::new(),
        nodes: vec![Node::Bound],
    };
    let bracket = Seminorm {
        lower: search.best(),
        upper: relaxed,
    };
    let regions = most_regions(table.hyperplanes(), table.inputs());
    if bracket.exact().is_some() || regions > BigInt::from(limits.regions) {
        return Ok(bracket);
    }
    let tree = RegionTree::new(table.normals(), table.inputs())?.in_order(&by_size(&table));
    let mut walk = Walk::new(&table, &tree, limits, search.value.clone());
    if tree.walk(&mut walk, &limits.watch) != Ok(ControlFlow::Continue(())) {
        return Ok(bracket);
    }
    if let Some(point) = walk.point.take() {
        search.offer(point);
    }
    let mut proof = Walk::new(&table, &tree, limits, search.value.clone());
    proof.proof = Some(RegionBranches {
        bound: table.to_rational(&search.value),
        circuits: Vec::new(),
        nodes: Vec::new(),
    });
    let finished = tree.walk(&mut proof, &limits.watch) == Ok(ControlFlow::Continue(()));
    match proof.proof.filter(|_| finished) {
        Some(upper) => Ok(Seminorm {
            lower: search.best(),
            upper,
        }),
        None => Ok(bracket),
    }
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
/// circuits found.
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
    lower.strive();
    let independent = !finished(&lower) && table.is_independent(watch) == Ok(true);
    if independent {
        lower.solve();
    }
    if !finished(&lower) {
        lower.visit_facets();
        lower.climb();
    }
    // Where even fixed point is too coarse for the point, exact linear programs find it.
    if finished(&lower) {
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

/// Hyperplanes with the largest jumps first: they move the bound most.
fn by_size(table: &GradientTable) -> Vec<usize> {
    let size = |h: usize| -> BigInt {
        let sizes = table.jumps(h);
        sizes.iter().map(BigInt::abs).max().unwrap_or_default()
    };
    let mut order: Vec<usize> = (0..table.hyperplanes()).collect();
    order.sort_by_cached_key(|h| std::cmp::Reverse(size(*h)));
    order
}

/// One walk over the region tree: the search for the largest entry, or (with `proof`) the record of why none is larger.
struct Walk<'a> {
    order: &'a [usize],
    /// scale·κ_H n_Hᵀ, one row a hyperplane.
    jumps: Vec<Vec<BigInt>>,
    /// Entries with the decided jumps added, one row a depth.
    sums: Vec<Vec<BigInt>>,
    /// Σ |jumps| of the hyperplanes from this depth on.
    rest: Vec<Vec<BigInt>>,
    /// 2·scale·(the largest entry known).
    best: BigInt,
    point: Option<Vec<BigInt>>,
    nodes: u64,
    limits: &'a SeminormLimits,
    proof: Option<RegionBranches>,
    /// Where each circuit of the proof stands in its table.
    known: HashMap<Vec<(usize, BigInt)>, usize>,
}

impl<'a> Walk<'a> {
    fn new(
        table: &'a GradientTable,
        tree: &'a RegionTree,
        limits: &'a SeminormLimits,
        best: BigInt,
    ) -> Self {
        let jumps: Vec<Vec<BigInt>> = (0..table.hyperplanes()).map(|h| table.jumps(h)).collect();
        let mut rest = vec![vec![BigInt::zero(); table.base().len()]];
        for h in tree.order().iter().rev() {
            let last = &rest[rest.len() - 1];
            let sum = last.iter().zip(&jumps[*h]).map(|(s, j)| s + j.abs());
            rest.push(sum.collect());
        }
        rest.reverse();
        Walk {
            jumps,
            order: tree.order(),
            sums: vec![table.base().to_vec()],
            rest,
            best,
            point: None,
            nodes: 0,
            limits,
            proof: None,
            known: HashMap::new(),
        }
    }

    /// Brings the sums up to date for a node; answers whether the limits still allow going on.
    fn arrive(&mut self, decided: &[Decision]) -> bool {
        if let Some(&(h, plus)) = decided.last() {
            self.sums.truncate(decided.len());
            let parent = &self.sums[decided.len() - 1];
            let moved = parent.iter().zip(&self.jumps[h]);
            let sums = moved.map(|(sum, jump)| if plus { sum + jump } else { sum - jump });
            let sums = sums.collect();
            self.sums.push(sums);
        }
        self.nodes += 1;
        let late = || self.nodes.is_multiple_of(64) && self.limits.watch.check().is_err();
        self.nodes <= self.limits.nodes && !late()
    }

    /// The largest absolute value an entry can still take below a node.
    fn reach(&self, depth: usize) -> BigInt {
        let entries = self.sums[depth].iter().zip(&self.rest[depth]);
        entries
            .map(|(sum, rest)| sum.abs() + rest)
            .max()
            .unwrap_or_default()
    }
}

impl TreeVisitor for Walk<'_> {
    fn enter(&mut self, decided: &[Decision]) -> Visit {
        if !self.arrive(decided) {
            return Visit::Stop;
        }
        let closed = self.reach(decided.len()) <= self.best;
        if let Some(proof) = &mut self.proof {
            proof.nodes.push(match closed {
                true => Node::Bound,
                false => Node::Split(self.order[decided.len()]),
            });
        }
        if closed { Visit::Prune } else { Visit::Descend }
    }

    fn region(&mut self, region: &TreeRegion<'_>) -> ControlFlow<()> {
        if !self.arrive(region.decided()) {
            return ControlFlow::Break(());
        }
        let reach = self.reach(region.decided().len());
        if reach > self.best {
            self.best = reach;
            self.point = Some(region.witness());
        }
        if let Some(proof) = &mut self.proof {
            proof.nodes.push(Node::Bound);
        }
        ControlFlow::Continue(())
    }

    fn infeasible(&mut self, decided: &[Decision], refutation: &Refutation<'_>) -> ControlFlow<()> {
        if let Some(proof) = &mut self.proof {
            let side = |h: usize| decided.contains(&(h, true));
            let mut circuit: Vec<(usize, BigInt)> = refutation
                .multipliers()
                .into_iter()
                .map(|(h, multiplier)| (h, if side(h) { multiplier } else { -multiplier }))
                .collect();
            // One orientation a circuit: the first coefficient positive.
            if circuit
                .first()
                .is_some_and(|(_, first)| first.is_negative())
            {
                circuit.iter_mut().for_each(|(_, value)| *value = -&*value);
            }
            let fresh = proof.circuits.len();
            let index = *self.known.entry(circuit.clone()).or_insert(fresh);
            if index == fresh {
                proof.circuits.push(circuit);
            }
            proof.nodes.push(Node::Farkas(index));
        }
        ControlFlow::Continue(())
    }
}
