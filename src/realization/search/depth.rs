//! Depth first below the open nodes, on all threads.

use std::io;
use std::ops::Range;

use num_bigint::BigInt;
use rayon::iter::{IntoParallelRefMutIterator as _, ParallelIterator as _};

use super::frontier::{Frontier, State};
use super::goal::Goal;
use super::packer::{Members, Packer, bound, payable};
use super::see::see;
use super::setting::{Incumbent, Keeper, Part, Setting};
use super::spool::{Spool, encode_leaf, encode_split};

/// Subtrees that are searched together, and nodes of each until what is known is exchanged: numbers that no thread count changes.
const TOGETHER: usize = 64;
const QUOTA: u64 = 512;
/// The same in the first round; then twice as many each time, because most is found out early.
const FIRST_QUOTA: u64 = 8;
/// A subtree's share of the work; each branch has half of its node's.
const WHOLE: u64 = 1 << 40;

/// A subtree in the making.
struct Subtree<'a> {
    /// Its root.
    node: usize,
    packer: Packer<'a>,
    decided: Vec<Option<bool>>,
    /// The splits above the next node: the hyperplane, and whether its second branch is entered.
    path: Vec<(usize, bool)>,
    /// Encoded nodes.
    written: Vec<u8>,
    /// The largest bound of a leaf.
    highest: BigInt,
    points: Vec<Vec<BigInt>>,
    evaluated: u64,
    /// Nodes evaluated so far, in all.
    nodes: u64,
    /// The part of the subtree that is done, of [`WHOLE`].
    share: u64,
    state: Progress,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Going,
    Done,
    Stopped,
}

/// Keeps the trees of a search that goes to its end in one process; none, if they are not to be kept.
pub(super) struct InSpool<'a>(pub Option<&'a Spool>);

impl Keeper for InSpool<'_> {
    fn whole(&mut self, part: &Part<'_>, _: &dyn Incumbent) -> io::Result<Option<Range<u64>>> {
        self.0.map(|spool| spool.keep(part.tree)).transpose()
    }
}

/// Searches below all open nodes until so many were evaluated in all; answers those that could not be finished.
pub(super) fn finish(
    frontier: &mut Frontier<'_>,
    until: u64,
    incumbent: &mut dyn Incumbent,
    keeper: &mut dyn Keeper,
) -> Vec<usize> {
    let mut waiting = frontier.take_open();
    waiting.reverse();
    let (total, before) = (waiting.len() as u64, frontier.evaluated);
    let mut live: Vec<Subtree<'_>> = Vec::new();
    let mut finished = Sizes::default();
    let mut is_stopped = frontier.evaluated >= until;
    let mut quota = FIRST_QUOTA;
    while !is_stopped && (!waiting.is_empty() || !live.is_empty()) {
        while live.len() < TOGETHER
            && let Some(node) = waiting.pop()
        {
            let start = &frontier.nodes[node];
            live.push(Subtree {
                node,
                packer: frontier.packer(start.goal),
                decided: start.decided.clone(),
                path: Vec::new(),
                written: Vec::new(),
                highest: frontier.highest.clone(),
                points: Vec::new(),
                evaluated: 0,
                nodes: 0,
                share: 0,
                state: Progress::Going,
            });
        }
        let (line, begun) = (frontier.line(), frontier.evaluated);
        let setting = frontier.setting;
        let few = (until - frontier.evaluated).div_ceil(live.len() as u64);
        live.par_iter_mut()
            .for_each(|subtree| subtree.search(setting, &line, quota.min(few)));
        quota = QUOTA.min(2 * quota);
        let mut going = Vec::with_capacity(live.len());
        for mut subtree in live {
            subtree.nodes += subtree.evaluated;
            frontier.evaluated += std::mem::take(&mut subtree.evaluated);
            frontier.offer(&mut subtree.points, incumbent);
            is_stopped |= subtree.state == Progress::Stopped;
            let is_long = subtree.nodes >= setting.each;
            if subtree.state == Progress::Going && is_long && keeper.wants_parts() {
                match keep_part(&mut subtree, frontier, incumbent, keeper) {
                    Ok(()) => {
                        setting.kept(&subtree.written);
                        finished.add(subtree.nodes);
                        continue;
                    }
                    Err(_) => setting.watch.full(),
                }
            }
            if subtree.state != Progress::Done {
                going.push(subtree);
                continue;
            }
            let Ok(part) = keeper.whole(&subtree.part(), incumbent) else {
                setting.watch.full();
                is_stopped = true;
                going.push(subtree);
                continue;
            };
            setting.kept(&subtree.written);
            frontier.highest = frontier.highest.clone().max(subtree.highest);
            frontier.nodes[subtree.node].state = State::Finished(part);
            finished.add(subtree.nodes);
        }
        live = going;
        frontier.look_again(frontier.evaluated - begun, incumbent);
        is_stopped |= frontier.evaluated >= until;
        let upper = || {
            let open = live
                .iter()
                .map(|subtree| subtree.node)
                .chain(waiting.iter().copied());
            let bounds = open.map(|node| frontier.nodes[node].bound.clone());
            bounds.fold(frontier.best.clone(), BigInt::max)
        };
        let left = left(&finished, &live, total, frontier.evaluated - before);
        setting.tell(&frontier.best, upper, frontier.evaluated, &left);
    }
    for subtree in &mut live {
        if keeper.wants_parts() && !subtree.written.is_empty() {
            // What cannot be kept is searched again.
            let _ = keep_part(subtree, frontier, incumbent, keeper);
        }
        frontier.setting.watch.release(subtree.written.len() as u64);
    }
    let unfinished = live.iter().map(|subtree| subtree.node);
    unfinished.chain(waiting).collect()
}

/// Keeps what there is of a subtree, with open leaves for the rest.
fn keep_part(
    subtree: &mut Subtree<'_>,
    frontier: &Frontier<'_>,
    incumbent: &dyn Incumbent,
    keeper: &mut dyn Keeper,
) -> io::Result<()> {
    let node = &frontier.nodes[subtree.node];
    let circuits: &[Members] = match &node.state {
        State::Open { circuits, .. } => circuits,
        _ => &[],
    };
    let before = subtree.written.len();
    subtree.cut(&frontier.goals[node.goal], circuits);
    let kept = keeper.cut(&subtree.part(), incumbent);
    subtree.written.truncate(before);
    kept
}

/// How many nodes subtrees had: their number, sum, and sum of squares.
#[derive(Default)]
struct Sizes {
    count: u64,
    sum: u128,
    squares: u128,
}

impl Sizes {
    fn add(&mut self, nodes: u64) {
        let nodes = u128::from(nodes);
        self.count += 1;
        self.sum += nodes;
        self.squares = self.squares.saturating_add(nodes * nodes);
    }

    /// The standard deviation of the sum of so many more, the mean being known no better than from these; none from fewer than two.
    fn spread(&self, more: u64) -> Option<u128> {
        let (count, more) = (u128::from(self.count), u128::from(more));
        let mean_square = self.sum.checked_mul(self.sum)?.checked_div(count)?;
        let variance = self
            .squares
            .saturating_sub(mean_square)
            .checked_div(count.checked_sub(1)?)?;
        let factor = more.checked_add(more.checked_mul(more)?.div_ceil(count))?;
        Some(variance.checked_mul(factor)?.isqrt())
    }
}

/// An estimate of what is left, as Knuth's: as many nodes for every part of the trees as those done have taken; with its spread, if subtrees that are left
/// differ no more than those finished.
fn left(finished: &Sizes, live: &[Subtree<'_>], total: u64, nodes: u64) -> String {
    let partly: u64 = live.iter().map(|subtree| subtree.share).sum();
    let done = u128::from(finished.count) * u128::from(WHOLE) + u128::from(partly);
    let all = u128::from(total) * u128::from(WHOLE);
    if done == 0 {
        return String::new();
    }
    let left = u128::from(nodes) * all.saturating_sub(done) / done;
    let count = finished.count;
    match finished.spread(total.saturating_sub(count)) {
        Some(spread) => format!(
            ", about {left} to go, give or take {spread}, as far as {count} of {total} subtrees tell"
        ),
        None => format!(", perhaps {left} to go: {count} of {total} subtrees are finished"),
    }
}

impl Subtree<'_> {
    /// Goes on for at most so many nodes.
    fn search(&mut self, setting: &Setting<'_>, line: &BigInt, quota: u64) {
        let mut line = line.clone();
        let before = self.written.len();
        for _ in 0..quota {
            let seen = match see(setting, &mut self.packer, &self.decided, &line, false) {
                Ok(seen) => seen,
                Err(_) => {
                    self.state = Progress::Stopped;
                    break;
                }
            };
            self.evaluated += 1;
            for point in &seen.points {
                let value = self.packer.value_at(point) + &setting.gap;
                line = line.max(value);
            }
            self.points.extend(seen.points);
            if !seen.closed
                && seen.bound > line
                && let Some(hyperplane) = seen.branch
            {
                let plus = self.packer.prefers(hyperplane);
                if setting.keep {
                    encode_split(&mut self.written, hyperplane, plus);
                }
                self.decided[hyperplane] = Some(plus);
                self.path.push((hyperplane, false));
                continue;
            }
            if seen.bound > line {
                // Neither closed nor to be branched on: a point that attains the bound could not be moved off the other hyperplanes.
                self.state = Progress::Stopped;
                break;
            }
            self.highest = std::mem::take(&mut self.highest).max(seen.bound);
            if setting.keep {
                encode_leaf(&mut self.written, &seen.circuits, false);
            }
            self.share += WHOLE.checked_shr(self.path.len() as u32).unwrap_or(0);
            if !self.next_branch() {
                self.state = Progress::Done;
                break;
            }
        }
        let _ = setting.watch.hold((self.written.len() - before) as u64);
    }

    fn part(&self) -> Part<'_> {
        Part {
            start: self.node,
            tree: &self.written,
            highest: &self.highest,
            nodes: self.nodes,
        }
    }

    /// Completes a tree that is not with open leaves, where what its root pays still bounds them.
    fn cut(&mut self, goal: &Goal, circuits: &[Members]) {
        loop {
            // Nothing is left of a circuit whose member has lost the side that it had.
            let stands = |members: &&Members| {
                let lost = |h: &usize| {
                    let later = self.path.iter().any(|(split, _)| split == h);
                    later && self.decided.get(*h) == Some(&Some(!goal.prefers(*h)))
                };
                !members.iter().any(lost)
            };
            let left: Vec<Members> = circuits.iter().filter(stands).cloned().collect();
            let left = payable(goal, &self.decided, &left);
            let open = bound(goal, &self.decided, &left) > self.highest;
            encode_leaf(&mut self.written, &left, open);
            if !self.next_branch() {
                return;
            }
        }
    }

    /// Leaves a leaf for the next branch; false if there is none.
    fn next_branch(&mut self) -> bool {
        while let Some((hyperplane, second)) = self.path.pop() {
            if second {
                self.decided[hyperplane] = None;
                continue;
            }
            self.decided[hyperplane] = self.decided[hyperplane].map(|plus| !plus);
            self.path.push((hyperplane, true));
            return true;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::Sizes;

    #[test]
    fn the_spread_of_what_is_left() {
        let spread = |sizes: &[u64], more| {
            let mut all = Sizes::default();
            sizes.iter().for_each(|nodes| all.add(*nodes));
            all.spread(more)
        };
        assert_eq!(spread(&[], 5), None);
        assert_eq!(spread(&[7], 5), None);
        assert_eq!(spread(&[10, 10, 10], 5), Some(0));
        // s² = 200, of 2 more: 200·(2 + 4/2).
        assert_eq!(spread(&[0, 20], 2), Some(28));
        assert_eq!(spread(&[0, 20], 0), Some(0));
        assert!(spread(&[1, u64::MAX], u64::MAX).is_none_or(|spread| spread > 0));
    }
}
