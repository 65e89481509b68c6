//! Points where a Jacobian has large entries, found by a fixed search.

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use super::attained::Attained;
use super::gradient::GradientTable;
use super::projections::{at_distances, project};
use super::search::Incumbent;
use crate::arrangement::facet::{Sequence, point_on_hyperplane};
use crate::exact::lp::{RowTable, shrink};
use crate::exact::rows::primitive;
use crate::watch::Watch;

/// How many multiplications the projections for an entry may take, and for how many entries.
const PROJECTIONS: (u64, usize) = (1 << 26, 4);

/// Looks for points with large Jacobian entries, by a fixed search that a watch may cut short.
pub(super) struct LowerSearch<'a> {
    table: &'a GradientTable,
    watch: &'a Watch,
    point: Vec<BigInt>,
    entry: usize,
    /// 2·scale·|entry|.
    pub(super) value: BigInt,
}

impl<'a> LowerSearch<'a> {
    /// With a first point, however short the time.
    pub(super) fn new(table: &'a GradientTable, watch: &'a Watch) -> Self {
        let mut search = LowerSearch {
            table,
            watch,
            point: Vec::new(),
            entry: 0,
            value: BigInt::from(-1),
        };
        let mut sequence = Sequence(1);
        // Finitely many hyperplanes: a wide enough range has a point off all of them, and the first is kept.
        let mut width = 4;
        while search.point.is_empty() {
            let point = (0..table.dimension()).map(|_| BigInt::from(sequence.within(width)));
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

    /// The point, or its negative, if one of them is in the domain.
    fn in_domain(&self, mut point: Vec<BigInt>) -> Option<Vec<BigInt>> {
        if self.table.dimension() > self.table.inputs() {
            let last = point.last()?;
            if last.is_zero() {
                return None;
            }
            if last.is_negative() {
                point.iter_mut().for_each(|x| *x = -&*x);
            }
        }
        Some(point)
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
    pub(super) fn offer(&mut self, point: Vec<BigInt>) -> bool {
        let Some(point) = self.in_domain(point) else {
            return false;
        };
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
    pub(super) fn visit_facets(&mut self) {
        let normals = self.table.normals();
        for (h, normal) in normals.iter().enumerate() {
            if self.watch.check().is_err() {
                return;
            }
            let Some(on) = point_on_hyperplane(normals, h) else {
                continue;
            };
            let back: Vec<BigInt> = normal.iter().map(|n| -n).collect();
            // With a domain the facet is in it on one side of 0 only; if it is at 0, so is the whole hyperplane's evidence.
            let Some(on) = self.in_domain(on) else {
                continue;
            };
            for step in [normal, &back] {
                self.offer(self.towards(&on, step));
            }
        }
    }

    /// A point so near to `point` in the direction of `step` that it is on the same side of all hyperplanes (and of the domain's
    /// boundary) that `point` is not on.
    fn towards(&self, point: &[BigInt], step: &[BigInt]) -> Vec<BigInt> {
        // N·x + s is there once N·|⟨n,x⟩| > |⟨n,s⟩| for all n.
        let domain = self.table.domain();
        let mut times = BigInt::from(1);
        for normal in self.table.normals().iter().chain(&domain) {
            let dot =
                |row: &[BigInt]| -> BigInt { normal.iter().zip(row).map(|(a, b)| a * b).sum() };
            let (at, along) = (dot(point).abs(), dot(step).abs());
            if !at.is_zero() {
                times = times.max(along / at + 1);
            }
        }
        point
            .iter()
            .zip(step)
            .map(|(x, s)| x * &times + s)
            .collect()
    }

    /// For each of the widest entries: a point on the sides it prefers of all hyperplanes, if projections find one.
    pub(super) fn strive(&mut self) {
        let (work, most) = PROJECTIONS;
        let reach = self.table.reach();
        for entry in self.widest_entries().into_iter().take(most) {
            if self.value >= reach[entry] || self.watch.check().is_err() {
                return;
            }
            let domain = self.table.domain();
            let sides = self.preferred(entry);
            let sides = sides
                .iter()
                .filter_map(|(h, plus)| Some((self.row(*h), (*plus)?)))
                .chain(domain.iter().map(|row| (row.as_slice(), true)));
            let point = project(sides, self.table.dimension(), work, self.watch);
            let best = self.value.clone();
            if let Some(point) = point {
                Incumbent::offer(self, &point);
            }
            // The first entry is where it counts; others are for a better lower end, if they can be had at all.
            if self.value == best {
                return;
            }
        }
    }

    /// For independent normals: a point on the sides that the widest entry prefers.
    pub(super) fn solve(&mut self) {
        let Some(&entry) = self.widest_entries().first() else {
            return;
        };
        let domain = self.table.domain();
        let sides = self.preferred(entry);
        let sides = sides
            .iter()
            .map(|(h, plus)| (self.row(*h), plus.unwrap_or(true), false))
            .chain(domain.iter().map(|row| (row.as_slice(), true, false)));
        if let Some(point) = at_distances(sides, self.table.dimension(), self.watch) {
            self.offer(point);
        }
    }

    fn row(&self, hyperplane: usize) -> &'a [BigInt] {
        &self.table.normals()[hyperplane]
    }

    /// For every hyperplane, the side that an entry (or its negative, if that can become larger) prefers, if it has a jump there.
    fn preferred(&self, entry: usize) -> Vec<(usize, Option<bool>)> {
        let negative = self.table.base()[entry].is_negative();
        let side = |h| {
            let jump = self.table.jump(h, entry);
            (h, (!jump.is_zero()).then(|| jump.is_negative() == negative))
        };
        (0..self.table.hyperplanes()).map(side).collect()
    }

    /// For each entry: the direction Σ_H (jump of that entry)·n_H, both ways, then moves along coordinates while they help.
    pub(super) fn climb(&mut self) {
        let (rows, width) = (self.table.hyperplanes(), self.table.dimension());
        for entry in self.widest_entries() {
            if self.watch.check().is_err() {
                return;
            }
            let mut ahead = vec![BigInt::zero(); width];
            for h in 0..rows {
                let weight = &self.table.jump(h, entry);
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
                if self.watch.check().is_err() {
                    return;
                }
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
        let reach = self.table.reach();
        let mut entries: Vec<usize> = (0..reach.len()).collect();
        entries.sort_by(|x, y| reach[*y].cmp(&reach[*x]));
        entries.truncate(16);
        entries
    }

    pub(super) fn best(&self) -> Attained {
        let mut rows = self.table.normals().to_vec();
        rows.extend(self.table.domain());
        let table = RowTable::new(&rows, self.table.dimension());
        let point = shrink(&primitive(&self.point), &table, 0..rows.len());
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

impl Incumbent for LowerSearch<'_> {
    /// Points on hyperplanes are moved off them in a few fixed directions, towards the best point among them.
    fn offer(&mut self, point: &[BigInt]) -> BigInt {
        if self.sides(point).is_some() {
            LowerSearch::offer(self, point.to_vec());
        } else {
            let best = self.point.clone();
            LowerSearch::offer(self, self.towards(point, &best));
            let mut sequence = Sequence(2);
            let step: Vec<BigInt> = point
                .iter()
                .map(|_| sequence.within(1 << 20).into())
                .collect();
            LowerSearch::offer(self, self.towards(point, &step));
        }
        self.value.clone()
    }

    fn known(&self) -> (&[BigInt], &BigInt) {
        (&self.point, &self.value)
    }
}
