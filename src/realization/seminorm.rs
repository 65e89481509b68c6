//! The seminorm r = |f|_{W^{1,∞}}: the largest entry of the Jacobian over all regions, exactly or as a proved bracket.
//!
//! Small arrangements are searched completely by depth-first branch and bound over the region tree; the walk that finds r is
//! followed by one that writes down why nothing exceeds it. Large ones get a lower end attained at a point, found by a fixed
//! search, and the upper end that ignores which sign vectors occur.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::time::Instant;

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use super::canonical::CanonicalForm;
use super::gradient::GradientTable;
use crate::arrangement::ArrangementError;
use crate::arrangement::facet::{Sequence, most_regions, point_on_hyperplane};
use crate::arrangement::tree::{Refutation, RegionTree, TreeRegion, TreeVisitor, Visit};
use crate::certificate::Node;
use crate::exact::Rational;
use crate::exact::lp::Decision;

/// When to give up enumerating and answer a bracket.
#[derive(Clone, Debug)]
pub struct SeminormLimits {
    /// Enumerate only if the number of regions is at most this, by the formula for hyperplanes in general position.
    pub regions: u64,
    /// Give up after this many nodes of the region tree.
    pub nodes: u64,
    /// Give up at this time.
    pub deadline: Option<Instant>,
}

impl Default for SeminormLimits {
    fn default() -> Self {
        SeminormLimits {
            regions: 200_000,
            nodes: 1_000_000,
            deadline: None,
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

/// A region tree that shows an upper bound; see [`crate::certificate::Branch`], whose data this is.
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
pub fn seminorm(
    form: &CanonicalForm,
    limits: &SeminormLimits,
) -> Result<Seminorm, ArrangementError> {
    let table = GradientTable::new(form);
    let mut search = LowerSearch::new(&table);
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
    if tree.walk(&mut walk).is_break() {
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
    let finished = tree.walk(&mut proof).is_continue();
    match proof.proof.filter(|_| finished) {
        Some(upper) => Ok(Seminorm {
            lower: search.best(),
            upper,
        }),
        None => Ok(bracket),
    }
}

/// Hyperplanes with the largest jumps first: they move the bound most.
fn by_size(table: &GradientTable) -> Vec<usize> {
    let size = |h: usize| -> BigInt {
        let sizes = table.jump(h).iter().map(BigInt::abs);
        sizes.max().unwrap_or_default()
    };
    let mut order: Vec<usize> = (0..table.hyperplanes()).collect();
    order.sort_by_cached_key(|h| std::cmp::Reverse(size(*h)));
    order
}

/// Looks for points with large Jacobian entries, by a fixed search.
struct LowerSearch<'a> {
    table: &'a GradientTable,
    point: Vec<BigInt>,
    entry: usize,
    /// 2·scale·|entry|.
    value: BigInt,
}

impl<'a> LowerSearch<'a> {
    fn new(table: &'a GradientTable) -> Self {
        let mut search = LowerSearch {
            table,
            point: Vec::new(),
            entry: 0,
            value: BigInt::from(-1),
        };
        let mut sequence = Sequence(1);
        // Finitely many hyperplanes: a wide enough range has a point off all of them, and the first is kept.
        let mut width = 4;
        while search.point.is_empty() {
            let point = (0..table.inputs()).map(|_| BigInt::from(sequence.within(width)));
            search.offer(point.collect());
            width += 1;
        }
        search
    }

    /// The entries at a point, unless it is on a hyperplane.
    fn entries(&self, point: &[BigInt]) -> Option<Vec<BigInt>> {
        let sides = self.sides(point)?;
        Some(self.table.at_sides(sides.into_iter()))
    }

    fn sides(&self, point: &[BigInt]) -> Option<Vec<bool>> {
        let normals = self.table.normals().iter();
        normals
            .map(|normal| {
                let product: BigInt = normal.iter().zip(point).map(|(a, x)| a * x).sum();
                (!product.is_zero()).then(|| product.is_positive())
            })
            .collect()
    }

    /// Keeps the point if it beats the best one; answers whether it did.
    fn offer(&mut self, point: Vec<BigInt>) -> bool {
        let Some(entries) = self.entries(&point) else {
            return false;
        };
        let mut better = false;
        for (index, entry) in entries.iter().enumerate() {
            if entry.abs() > self.value {
                self.value = entry.abs();
                self.entry = index;
                better = true;
            }
        }
        if better {
            self.point = point;
        }
        better
    }

    /// Both sides of every hyperplane: one of them has an entry of at least half the jump, so J ≤ 2·lower afterwards.
    fn visit_facets(&mut self) {
        let normals = self.table.normals();
        for (h, normal) in normals.iter().enumerate() {
            let Some(on) = point_on_hyperplane(normals, h) else {
                continue;
            };
            // x ± n/N stays on the other hyperplanes' sides once N·|⟨n_k,x⟩| > |⟨n_k,n⟩| for all k.
            let mut times = BigInt::from(1);
            for other in normals {
                let dot =
                    |row: &[BigInt]| -> BigInt { other.iter().zip(row).map(|(a, b)| a * b).sum() };
                let (at, along) = (dot(&on).abs(), dot(normal).abs());
                if !at.is_zero() {
                    times = times.max(along / at + 1);
                }
            }
            for plus in [true, false] {
                let near = on.iter().zip(normal).map(|(x, n)| {
                    let far = x * &times;
                    if plus { far + n } else { far - n }
                });
                self.offer(near.collect());
            }
        }
    }

    /// For each entry: the direction Σ_H (jump of that entry)·n_H, both ways, then moves along coordinates while they help.
    fn climb(&mut self) {
        let (rows, width) = (self.table.hyperplanes(), self.table.inputs());
        for entry in self.widest_entries() {
            let mut ahead = vec![BigInt::zero(); width];
            for h in 0..rows {
                let weight = &self.table.jump(h)[entry];
                for (sum, n) in ahead.iter_mut().zip(&self.table.normals()[h]) {
                    *sum += weight * n;
                }
            }
            let bits = ahead.iter().map(BigInt::bits).max().unwrap_or(0);
            let shift = bits.saturating_sub(20);
            for sign in [1, -1] {
                let start = ahead.iter().map(|x| (x * sign) >> shift);
                self.offer(start.collect());
            }
        }
        let mut step = BigInt::from(1u64 << 20);
        let mut tries = 4096usize.div_ceil(1 + rows / 8).max(64);
        while step.is_positive() && tries > 0 {
            let mut moved = false;
            for k in 0..width {
                for sign in [1, -1] {
                    let mut next = self.point.clone();
                    next[k] += &step * sign;
                    moved |= self.offer(next);
                    tries = tries.saturating_sub(1);
                }
            }
            if !moved {
                step >>= 2;
            }
        }
    }

    /// The entries that can become largest if all signs were possible, at most 16.
    fn widest_entries(&self) -> Vec<usize> {
        let mut reach: Vec<BigInt> = self.table.base().iter().map(BigInt::abs).collect();
        for h in 0..self.table.hyperplanes() {
            for (sum, jump) in reach.iter_mut().zip(self.table.jump(h)) {
                *sum += jump.abs();
            }
        }
        let mut entries: Vec<usize> = (0..reach.len()).collect();
        entries.sort_by(|x, y| reach[*y].cmp(&reach[*x]));
        entries.truncate(16);
        entries
    }

    fn best(&self) -> Attained {
        let point = crate::exact::rows::primitive(&self.point);
        let signs = self.sides(&point).unwrap_or_default();
        Attained {
            signs,
            point,
            output: self.entry / self.table.inputs(),
            input: self.entry % self.table.inputs(),
            value: self.table.to_rational(&self.value),
        }
    }
}

/// One walk over the region tree: the search for the largest entry, or (with `proof`) the record of why none is larger.
struct Walk<'a> {
    table: &'a GradientTable,
    order: &'a [usize],
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
        let mut rest = vec![vec![BigInt::zero(); table.base().len()]];
        for h in tree.order().iter().rev() {
            let last = &rest[rest.len() - 1];
            let sum = last.iter().zip(table.jump(*h)).map(|(s, j)| s + j.abs());
            rest.push(sum.collect());
        }
        rest.reverse();
        Walk {
            table,
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
            let moved = parent.iter().zip(self.table.jump(h));
            let sums = moved.map(|(sum, jump)| if plus { sum + jump } else { sum - jump });
            let sums = sums.collect();
            self.sums.push(sums);
        }
        self.nodes += 1;
        let late = || {
            self.nodes.is_multiple_of(64)
                && self
                    .limits
                    .deadline
                    .is_some_and(|end| Instant::now() >= end)
        };
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
