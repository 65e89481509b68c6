//! The search for r, before it begins and when it has ended: what is searched, and what is answered.

use std::sync::{Arc, OnceLock};

use num_bigint::BigInt;
use num_traits::Signed as _;

use super::bounded::{BoundedSeminorm, EntryTree, SeminormLimits};
use super::canonical::CanonicalForm;
use super::gradient::GradientTable;
use super::lower::LowerSearch;
use super::search::{Found, Goal, GoalTree, Setting, Spool};
use crate::arrangement::facet::most_regions;
use crate::certificate::Target;
use crate::exact::dependence::Rounded;
use crate::exact::lp::RowTable;

/// A function's gradients and hyperplanes, as searches see them.
pub(super) struct Problem {
    pub table: GradientTable,
    affine: bool,
    /// The table's normals, then the domain's row if there is one.
    normals: Vec<Vec<BigInt>>,
    rows: Arc<RowTable>,
}

impl Problem {
    pub fn new(form: &CanonicalForm, affine: bool) -> Self {
        let table = match affine {
            true => GradientTable::affine(form),
            false => GradientTable::new(form),
        };
        let mut normals = table.normals().to_vec();
        normals.extend(table.domain());
        let rows = Arc::new(RowTable::new(&normals, table.dimension()));
        Problem {
            affine,
            normals,
            rows,
            table,
        }
    }

    /// All entries are at most this, whatever sign vectors occur.
    pub fn most(&self) -> BigInt {
        self.table.reach().iter().max().cloned().unwrap_or_default()
    }

    /// First points; answers whether trees are worth it.
    pub fn begin(&self, lower: &mut LowerSearch<'_>, limits: &SeminormLimits) -> bool {
        let (table, watch) = (&self.table, &limits.watch);
        let regions = most_regions(table.hyperplanes(), table.dimension());
        let few = limits.regions.is_none_or(|limit| regions <= limit.into());
        let is_independent = || table.is_independent(watch) == Ok(true);
        let thorough = few || is_independent();
        if thorough {
            lower.strive();
            if lower.value < self.most() && is_independent() {
                lower.solve();
            }
        }
        thorough && lower.value < self.most()
    }

    pub fn setting<'a>(&'a self, limits: &'a SeminormLimits) -> Setting<'a> {
        let nodes = limits.nodes.unwrap_or_else(|| moderate(&self.table));
        Setting {
            table: &self.table,
            rows: &self.rows,
            normals: &self.normals,
            advice: &*limits.advice,
            ground: OnceLock::new(),
            advisor: limits.advice.advisor(&self.normals, &limits.watch),
            rounded: Rounded::new(&self.rows),
            watch: &limits.watch,
            brief: moderate(&self.table) / 40,
            best_first: limits.best_first,
            most_open: usize::MAX,
            each: u64::MAX,
            nodes,
            gap: self.table.to_units(&limits.gap),
            keep: limits.keep,
            spool: Arc::new(Spool::default()),
        }
    }

    /// Nodes that are bounded in some seconds.
    pub fn some(&self) -> u64 {
        moderate(&self.table) / 10
    }

    /// The entries that may be larger than `best`, the largest ideal first. Without offsets an entry and its negative are Σ over the sides of x and
    /// those of −x, so that only the sign of its constant part counts.
    pub fn goals(&self, best: &BigInt) -> Vec<Goal> {
        let mut chosen: Vec<(BigInt, usize, bool)> = Vec::new();
        for (entry, reach) in self.table.reach().iter().enumerate() {
            let base = &self.table.base()[entry];
            let sign = base.is_negative();
            if reach > best {
                chosen.push((reach.clone(), entry, sign));
            }
            let other = reach - base.abs() * 2;
            if self.affine && &other > best {
                chosen.push((other, entry, !sign));
            }
        }
        chosen.sort_by(|x, y| y.0.cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        let goal = |(_, entry, negative)| Goal::new(&self.table, entry, negative);
        chosen.into_iter().map(goal).collect()
    }

    /// The goal that certificates name so, if there is such an entry.
    pub fn goal(&self, target: &Target) -> Option<Goal> {
        let inputs = self.table.inputs();
        let entry = target
            .output
            .checked_mul(inputs)?
            .checked_add(target.input)?;
        let is_there = target.input < inputs && entry < self.table.reach().len();
        is_there.then(|| Goal::new(&self.table, entry, target.negative))
    }

    /// The goal as certificates name it.
    pub fn target(&self, goal: &Goal) -> Target {
        Target {
            output: goal.entry / self.table.inputs(),
            input: goal.entry % self.table.inputs(),
            negative: goal.negative,
        }
    }

    /// What is known in the end. Where that is a bracket, J ≤ 2·lower.
    pub fn answer(&self, found: Found, mut lower: LowerSearch<'_>) -> BoundedSeminorm {
        if found.upper > lower.value {
            lower.visit_facets();
            lower.climb();
        }
        let inputs = self.table.inputs();
        let entry_tree = |tree: GoalTree| EntryTree {
            output: tree.entry / inputs,
            input: tree.entry % inputs,
            negative: tree.negative,
            nodes: tree.nodes,
        };
        BoundedSeminorm {
            upper: self
                .table
                .to_rational(&found.upper.max(lower.value.clone())),
            lower: lower.best(),
            trees: found.trees.into_iter().map(entry_tree).collect(),
            kept: found.kept,
            nodes: found.nodes,
        }
    }
}

/// Nodes that are bounded in about a minute.
fn moderate(table: &GradientTable) -> u64 {
    const WORK: u64 = 4_000_000_000;
    let (m, d) = (table.hyperplanes() as u64, table.dimension() as u64);
    (WORK / (m * d * d).max(1)).max(64)
}
