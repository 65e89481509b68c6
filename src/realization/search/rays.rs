//! Larger values, looked for far along rays.

use num_bigint::BigInt;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::goal::Goal;
use super::setting::{Incumbent, Setting};
use crate::realization::projections::at_distances;

/// Multiplications for all goals before the search, where rows have so many entries in all or fewer.
const FIRST: u64 = 60_000_000;
const ENTRIES: u64 = 2500;
/// Nodes after which rays are followed again, likewise.
const AGAIN: u64 = 8192;
/// How many goals' rays are looked at, and by how many searches each: first all that could be largest, then those of the largest values found. Each stage
/// has the same part of the effort.
const STAGES: [(usize, u64); 3] = [(16, 1), (4, 1), (1, 2)];

/// When rays are followed again: with twice as many multiplications, then after eight times as many nodes, or four times where nodes cost much, with four
/// times as many, so that it stays a part of the work, and a long search is not led by a value that more patience would have found.
#[derive(Clone, Copy)]
pub(super) struct Again {
    /// Nodes until then.
    nodes: u64,
    /// Nodes since the search began.
    seen: u64,
    effort: u64,
    /// After how many times as many nodes next.
    growth: u64,
    /// How often it was done.
    turn: u64,
}

impl Again {
    pub fn new(setting: &Setting<'_>) -> Self {
        // Where nodes cost much, few of them are worth a long search.
        let times = times(setting).pow(2).min(32);
        Again {
            nodes: AGAIN / times,
            seen: 0,
            effort: 2 * FIRST * times,
            growth: if times > 1 { 4 } else { 8 },
            turn: 1,
        }
    }

    /// Follows rays, if with so many nodes more it is time for it.
    pub fn follow(
        &mut self,
        more: u64,
        setting: &Setting<'_>,
        goals: &[Goal],
        incumbent: &mut dyn Incumbent,
    ) {
        self.seen += more;
        if self.seen < self.nodes {
            return;
        }
        along(setting, goals, self.effort, self.turn, incumbent);
        self.nodes = self.nodes.saturating_mul(self.growth);
        self.effort = self.effort.saturating_mul(4);
        self.turn += 1;
    }
}

/// Offers points far along rays, for the goals that could be largest.
pub(in crate::realization) fn follow_rays(
    setting: &Setting<'_>,
    goals: &[Goal],
    incumbent: &mut dyn Incumbent,
) {
    along(setting, goals, FIRST * times(setting), 0, incumbent);
}

/// How many times larger the rows are than usual, at most sixteen: steps along rays cost so much more, and nodes still more.
fn times(setting: &Setting<'_>) -> u64 {
    let entries = setting.rows.len() * setting.rows.dimension();
    (entries as u64 / ENTRIES).clamp(1, 16)
}

fn along(
    setting: &Setting<'_>,
    goals: &[Goal],
    effort: u64,
    turn: u64,
    incumbent: &mut dyn Incumbent,
) {
    let known = incumbent.known().1.clone();
    let mut open: Vec<(Option<BigInt>, &Goal)> = goals
        .iter()
        .filter(|goal| goal.ideal > known)
        .map(|goal| (None, goal))
        .collect();
    let mut seeds = turn << 8..;
    for (most, searches) in STAGES {
        open.truncate(most);
        let each = effort / (STAGES.len() * open.len().max(1)) as u64 / searches;
        let places = (0..open.len()).flat_map(|place| (0..searches).map(move |_| place));
        let work: Vec<(usize, u64)> = places.zip(&mut seeds).collect();
        let found: Vec<(usize, Vec<Vec<BigInt>>)> = work
            .into_par_iter()
            .map(|(place, seed)| (place, points(setting, open[place].1, each, seed)))
            .collect();
        for (place, points) in found {
            let (largest, goal) = &mut open[place];
            for point in points {
                incumbent.offer(&point);
                *largest = largest
                    .take()
                    .max(Some(goal.value_at(setting.rows, &point)));
            }
        }
        // Of equal values, those of the largest ideals stay first.
        open.sort_by(|x, y| y.0.cmp(&x.0));
    }
}

fn points(setting: &Setting<'_>, goal: &Goal, effort: u64, seed: u64) -> Vec<Vec<BigInt>> {
    let (normals, watch) = (setting.normals, setting.watch);
    if watch.check().is_err() {
        return Vec::new();
    }
    let advice = setting.advice;
    let rays = advice.large(normals, &goal.values, effort, seed, watch);
    let points = rays.iter().filter_map(|ray| {
        let of = |row: usize| Some((normals.get(row)?.as_slice(), *ray.sides.get(row)?));
        let near = ray.tight.iter().filter_map(|row| of(*row));
        let near = near.map(|(row, plus)| (row, plus, true));
        let ahead = of(ray.ahead).map(|(row, plus)| (row, plus, false));
        at_distances(near.chain(ahead), setting.rows.dimension(), watch)
    });
    points.collect()
}
