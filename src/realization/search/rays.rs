//! Larger values, looked for far along rays.

use num_bigint::BigInt;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use super::goal::Goal;
use super::setting::{Incumbent, Setting};
use crate::realization::projections::at_distances;

/// Multiplications for all goals before the search, where rows have so many entries in all or fewer; and the goals whose rays are looked at.
const FIRST: u64 = 60_000_000;
const ENTRIES: u64 = 2500;
const GOALS: usize = 16;
/// Nodes depth first after which rays are followed again, likewise.
const AGAIN: u64 = 8192;

/// When rays are followed again: with twice as many multiplications, then after eight times as many nodes with four times as many, so that it stays a part
/// of the work, and a long search is not led by a value that more patience would have found.
#[derive(Clone, Copy)]
pub(super) struct Again {
    nodes: u64,
    effort: u64,
}

impl Again {
    pub fn new(setting: &Setting<'_>) -> Self {
        let times = times(setting);
        Again {
            nodes: AGAIN / times / times,
            effort: 2 * FIRST * times,
        }
    }

    /// Follows rays, if it is time for it.
    pub fn follow(
        &mut self,
        nodes: u64,
        setting: &Setting<'_>,
        goals: &[Goal],
        incumbent: &mut dyn Incumbent,
    ) {
        if nodes < self.nodes {
            return;
        }
        along(setting, goals, self.effort, incumbent);
        self.nodes = self.nodes.max(1).saturating_mul(8);
        self.effort = self.effort.saturating_mul(4);
    }
}

/// Offers points far along rays, for the goals that could be largest.
pub(in crate::realization) fn follow_rays(
    setting: &Setting<'_>,
    goals: &[Goal],
    incumbent: &mut dyn Incumbent,
) {
    along(setting, goals, FIRST * times(setting), incumbent);
}

/// How many times larger the rows are than usual, at most sixteen: steps along rays cost so much more, and nodes still more.
fn times(setting: &Setting<'_>) -> u64 {
    let entries = setting.rows.len() * setting.rows.dimension();
    (entries as u64 / ENTRIES).clamp(1, 16)
}

fn along(setting: &Setting<'_>, goals: &[Goal], effort: u64, incumbent: &mut dyn Incumbent) {
    let known = incumbent.known().1.clone();
    let each = effort / goals.len().clamp(1, GOALS) as u64;
    let open = goals.iter().take(GOALS).filter(|goal| goal.ideal > known);
    let open: Vec<&Goal> = open.collect();
    let points: Vec<Vec<Vec<BigInt>>> = open
        .par_iter()
        .map(|goal| points(setting, goal, each))
        .collect();
    for point in points.iter().flatten() {
        incumbent.offer(point);
    }
}

fn points(setting: &Setting<'_>, goal: &Goal, effort: u64) -> Vec<Vec<BigInt>> {
    let (normals, watch) = (setting.normals, setting.watch);
    if watch.check().is_err() {
        return Vec::new();
    }
    let rays = setting.advice.large(normals, &goal.values, effort, watch);
    let points = rays.iter().filter_map(|ray| {
        let of = |row: usize| Some((normals.get(row)?.as_slice(), *ray.sides.get(row)?));
        let near = ray.tight.iter().filter_map(|row| of(*row));
        let near = near.map(|(row, plus)| (row, plus, true));
        let ahead = of(ray.ahead).map(|(row, plus)| (row, plus, false));
        at_distances(near.chain(ahead), setting.rows.dimension(), watch)
    });
    points.collect()
}
