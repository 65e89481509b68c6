//! Best first: the node with the largest bound of all, until many are open.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::ops::Range;

use num_bigint::BigInt;
use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelIterator as _, IntoParallelRefIterator as _,
    IntoParallelRefMutIterator as _, ParallelIterator as _,
};

use super::goal::Goal;
use super::packer::{Members, Packer, bound, enough, payable};
use super::rays::Again;
use super::see::{Seen, see};
use super::setting::{Found, GoalTree, Incumbent, Setting};
use super::spool::{TreeNodes, encode_leaf, encode_split};

/// Nodes that are branched on together, a number that no thread count changes.
const TOGETHER: usize = 8;

/// A node of the trees' upper part.
pub(super) struct Node {
    pub goal: usize,
    pub decided: Vec<Option<bool>>,
    pub bound: BigInt,
    pub state: State,
}

pub(super) enum State {
    /// A leaf, or one to be: what is paid, and the hyperplane to branch on.
    Open {
        circuits: Vec<Members>,
        branch: Option<usize>,
    },
    Split {
        hyperplane: usize,
        plus: usize,
        minus: usize,
    },
    /// Its subtree is elsewhere; nowhere, if trees are not kept.
    Finished(Option<Range<u64>>),
}

/// A node to search below.
#[derive(Clone, Debug)]
pub(crate) struct Start {
    /// Its goal's place in the list.
    pub goal: usize,
    pub decided: Vec<Option<bool>>,
    /// What is paid there, established.
    pub circuits: Vec<Members>,
}

/// The upper part of all trees.
pub(super) struct Frontier<'a> {
    pub setting: &'a Setting<'a>,
    pub goals: &'a [Goal],
    pub nodes: Vec<Node>,
    /// The root of each goal's tree, if it has one.
    roots: Vec<Option<usize>>,
    open: BinaryHeap<(BigInt, Reverse<usize>)>,
    /// The largest |entry| known.
    pub best: BigInt,
    pub evaluated: u64,
    again: Again,
    /// The largest bound of a leaf that was closed.
    pub highest: BigInt,
}

impl<'a> Frontier<'a> {
    pub fn new(setting: &'a Setting<'a>, goals: &'a [Goal], best: BigInt) -> Self {
        Frontier {
            setting,
            goals,
            nodes: Vec::new(),
            roots: vec![None; goals.len()],
            open: BinaryHeap::new(),
            highest: best.clone(),
            best,
            evaluated: 0,
            again: Again::new(setting),
        }
    }

    /// With nodes that were found before, in this order.
    pub fn resume(
        setting: &'a Setting<'a>,
        goals: &'a [Goal],
        starts: &[Start],
        best: BigInt,
    ) -> Self {
        let mut frontier = Frontier::new(setting, goals, best);
        for start in starts {
            let Start {
                goal,
                decided,
                circuits,
            } = start.clone();
            let mut seen = Seen::nothing(bound(&goals[goal], &decided, &circuits));
            seen.circuits = circuits;
            frontier.enter(goal, decided, seen);
        }
        frontier
    }

    /// A node of at most this is closed.
    pub fn line(&self) -> BigInt {
        &self.best + &self.setting.gap
    }

    pub fn packer(&self, goal: usize) -> Packer<'a> {
        Packer::new(&self.goals[goal], self.setting)
    }

    fn enter(&mut self, goal: usize, decided: Vec<Option<bool>>, seen: Seen) -> usize {
        let index = self.nodes.len();
        if seen.bound > self.line() {
            self.open.push((seen.bound.clone(), Reverse(index)));
        } else if seen.bound > self.highest {
            self.highest = seen.bound.clone();
        }
        self.nodes.push(Node {
            goal,
            decided,
            bound: seen.bound,
            state: State::Open {
                circuits: seen.circuits,
                branch: seen.branch,
            },
        });
        index
    }

    pub fn offer(&mut self, points: &mut Vec<Vec<BigInt>>, incumbent: &mut dyn Incumbent) {
        for point in points.drain(..) {
            let known = incumbent.offer(&point);
            if known > self.best {
                self.best = known;
            }
        }
    }

    /// Follows rays again, if with so many nodes more it is time for it.
    pub fn look_again(&mut self, more: u64, incumbent: &mut dyn Incumbent) {
        self.again.follow(more, self.setting, self.goals, incumbent);
        let known = incumbent.known().1;
        if *known > self.best {
            self.best.clone_from(known);
        }
    }

    /// The largest bound of an open node.
    pub fn upper(&self) -> BigInt {
        let open = self.open.peek().map(|(bound, _)| bound);
        let known = open.unwrap_or(&self.best).max(&self.best);
        known.max(&self.highest).clone()
    }

    fn tell(&self) {
        self.setting
            .tell(&self.best, || self.upper(), self.evaluated, "");
    }

    /// The roots, then the most promising nodes, until there are so many.
    pub fn grow(&mut self, most: usize, incumbent: &mut dyn Incumbent) {
        self.plant(incumbent);
        self.expand(most, incumbent);
    }

    /// The most promising nodes.
    pub fn expand(&mut self, most: usize, incumbent: &mut dyn Incumbent) {
        let mut slots: Vec<HashMap<usize, Packer<'a>>> = Vec::new();
        slots.resize_with(2 * TOGETHER, HashMap::new);
        while self.nodes.len() < most
            && self.open.len() < self.setting.most_open
            && self.evaluated < self.setting.nodes
        {
            let chosen = self.choose();
            if chosen.is_empty() {
                return;
            }
            let mut work = Vec::with_capacity(2 * chosen.len());
            for &(index, hyperplane) in &chosen {
                let Node { goal, decided, .. } = &self.nodes[index];
                for plus in [true, false] {
                    let mut decided = decided.clone();
                    decided[hyperplane] = Some(plus);
                    let slot = &mut slots[work.len()];
                    // Advisors are few where they are large.
                    if slot.len() > 16 && !slot.contains_key(goal) {
                        slot.clear();
                    }
                    slot.entry(*goal).or_insert_with(|| self.packer(*goal));
                    work.push((*goal, decided));
                }
            }
            let (setting, best) = (self.setting, self.line());
            let seen: Vec<_> = work
                .into_par_iter()
                .zip(slots.par_iter_mut())
                .map(|((goal, decided), slot)| {
                    let packer = slot.get_mut(&goal)?;
                    let seen = see(setting, packer, &decided, &best, true).ok()?;
                    Some((goal, decided, seen))
                })
                .collect();
            let Some(seen) = seen.into_iter().collect::<Option<Vec<_>>>() else {
                // A limit was met: the parents' bounds may be better than what a child has had time to show.
                self.open.extend(
                    chosen
                        .iter()
                        .map(|(i, _)| (self.nodes[*i].bound.clone(), Reverse(*i))),
                );
                return;
            };
            let more = seen.len() as u64;
            self.evaluated += more;
            let mut children = Vec::with_capacity(seen.len());
            for (goal, decided, mut seen) in seen {
                self.offer(&mut seen.points, incumbent);
                children.push(self.enter(goal, decided, seen));
            }
            for ((index, hyperplane), pair) in chosen.into_iter().zip(children.chunks_exact(2)) {
                self.nodes[index].decided = Vec::new();
                self.nodes[index].state = State::Split {
                    hyperplane,
                    plus: pair[0],
                    minus: pair[1],
                };
            }
            self.look_again(more, incumbent);
            self.tell();
        }
    }

    /// The open nodes, the largest bound first.
    pub fn starts(&self) -> Vec<Start> {
        let mut open: Vec<&(BigInt, Reverse<usize>)> = self.open.iter().collect();
        open.sort_by(|a, b| b.cmp(a));
        let start = |(_, Reverse(index)): &(BigInt, Reverse<usize>)| {
            let node = &self.nodes[*index];
            let circuits = match &node.state {
                State::Open { circuits, .. } => circuits.clone(),
                _ => Vec::new(),
            };
            Start {
                goal: node.goal,
                decided: node.decided.clone(),
                circuits,
            }
        };
        open.into_iter().map(start).collect()
    }

    /// Closes what is closed by a larger value; answers whether it is one.
    pub fn raise(&mut self, best: &BigInt) -> bool {
        if *best <= self.best {
            return false;
        }
        self.best = best.clone();
        let line = self.line();
        let highest = &mut self.highest;
        self.open.retain(|(bound, _)| {
            if *bound <= line && bound > highest {
                highest.clone_from(bound);
            }
            *bound > line
        });
        true
    }

    /// A root for each goal that may be larger than what is known: the first alone, because it may leave no other, then ever more together.
    fn plant(&mut self, incumbent: &mut dyn Incumbent) {
        let (mut next, mut together) = (0, 1);
        while next < self.goals.len() {
            let line = self.line();
            let left = self.setting.nodes.saturating_sub(self.evaluated);
            let group: Vec<usize> = (next..self.goals.len()).take(together).collect();
            let open = |goal: &&usize| self.goals[**goal].ideal > line;
            let open: Vec<usize> = group.iter().filter(open).copied().collect();
            let looked: Vec<Option<Seen>> = open
                .par_iter()
                .enumerate()
                .map(|(at, goal)| {
                    let decided = vec![None; self.goals[*goal].hyperplanes()];
                    let setting = self.setting;
                    if at as u64 >= left || setting.watch.check().is_err() {
                        return None;
                    }
                    see(setting, &mut self.packer(*goal), &decided, &line, true).ok()
                })
                .collect();
            self.evaluated += left.min(open.len() as u64);
            let mut looked = open.into_iter().zip(looked).peekable();
            for goal in group {
                let ideal = &self.goals[goal].ideal;
                let Some((_, seen)) = looked.next_if(|(open, _)| *open == goal) else {
                    self.highest = self.highest.clone().max(ideal.clone());
                    continue;
                };
                let mut seen = seen.unwrap_or_else(|| Seen::nothing(ideal.clone()));
                self.offer(&mut seen.points, incumbent);
                let decided = vec![None; self.goals[goal].hyperplanes()];
                self.roots[goal] = Some(self.enter(goal, decided, seen));
            }
            self.tell();
            next += together;
            together = (2 * together).min(2 * TOGETHER);
        }
    }

    /// The most promising nodes that can be branched on, and where.
    fn choose(&mut self) -> Vec<(usize, usize)> {
        let mut chosen = Vec::new();
        let line = self.line();
        // Each may leave two open.
        let most = TOGETHER.min(self.setting.most_open - self.open.len());
        while chosen.len() < most {
            let Some((bound, Reverse(index))) = self.open.peek().cloned() else {
                break;
            };
            if bound <= line {
                // Closed since by a larger value; so are all others.
                self.highest = self.highest.clone().max(bound);
                self.open.clear();
                break;
            }
            let State::Open {
                branch: Some(hyperplane),
                ..
            } = self.nodes[index].state
            else {
                break;
            };
            self.open.pop();
            chosen.push((index, hyperplane));
        }
        chosen
    }

    /// Nodes that were taken, and not searched below.
    pub fn reopen(&mut self, nodes: &[usize]) {
        let again = nodes
            .iter()
            .map(|index| (self.nodes[*index].bound.clone(), Reverse(*index)));
        self.open.extend(again);
    }

    /// The open nodes, the largest bound first.
    pub fn take_open(&mut self) -> Vec<usize> {
        let line = self.line();
        let open = std::mem::take(&mut self.open).into_sorted_vec();
        let (mut taken, mut highest) = (Vec::new(), self.highest.clone());
        for (bound, Reverse(index)) in open.into_iter().rev() {
            if bound > line {
                taken.push(index);
            } else {
                highest = highest.max(bound);
            }
        }
        self.highest = highest;
        taken
    }

    /// The nodes of a tree in preorder, the + branch first.
    fn preorder(&self, root: usize) -> impl Iterator<Item = &Node> {
        let mut pending = vec![root];
        std::iter::from_fn(move || {
            let node = &self.nodes[pending.pop()?];
            if let State::Split { plus, minus, .. } = node.state {
                pending.extend([minus, plus]);
            }
            Some(node)
        })
    }

    /// All trees by their goals, encoded, with open leaves where a subtree is missing.
    pub fn trunk(&self) -> Vec<(usize, Vec<u8>)> {
        let line = self.line();
        let roots = self.roots.iter().enumerate();
        let roots = roots.filter_map(|(goal, root)| Some((goal, (*root)?)));
        let trunk = roots.map(|(goal, root)| {
            let mut bytes = Vec::new();
            for node in self.preorder(root) {
                match &node.state {
                    State::Split { hyperplane, .. } => encode_split(&mut bytes, *hyperplane, true),
                    State::Open { circuits, .. } => {
                        let circuits = payable(&self.goals[goal], &node.decided, circuits);
                        encode_leaf(&mut bytes, &circuits, node.bound > line);
                    }
                    // Nothing was finished before the search below began.
                    State::Finished(_) => {}
                }
            }
            (goal, bytes)
        });
        trunk.collect()
    }

    /// All trees, written out, with the upper end that they prove; `unfinished` are nodes whose subtrees are not known whole.
    pub fn found(self, unfinished: &[usize]) -> Found {
        let mut upper = self.best.clone().max(self.highest.clone());
        for index in unfinished {
            upper = upper.max(self.nodes[*index].bound.clone());
        }
        let mut trees = Vec::new();
        let (mut is_whole, mut kept) = (true, true);
        for (goal, root) in self.goals.iter().zip(&self.roots) {
            let Some(root) = root else { continue };
            if goal.ideal <= upper {
                continue;
            }
            if !self.setting.keep {
                kept = false;
                break;
            }
            match self.tree(*root, &upper) {
                Ok(nodes) => trees.push(GoalTree {
                    entry: goal.entry,
                    negative: goal.negative,
                    nodes,
                }),
                Err(_) => is_whole = false,
            }
        }
        if !is_whole {
            // No room for the proof: what holds without one.
            self.setting.watch.full();
            upper = self
                .goals
                .iter()
                .map(|goal| goal.ideal.clone())
                .fold(upper, BigInt::max);
            trees.clear();
        }
        Found {
            upper,
            trees,
            kept,
            nodes: self.evaluated,
        }
    }

    fn tree(&self, root: usize, upper: &BigInt) -> std::io::Result<TreeNodes> {
        let spool = &self.setting.spool;
        let (mut parts, mut bytes) = (Vec::new(), Vec::new());
        for node in self.preorder(root) {
            match &node.state {
                State::Split { hyperplane, .. } => encode_split(&mut bytes, *hyperplane, true),
                State::Open { circuits, .. } => {
                    let goal = &self.goals[node.goal];
                    let enough = enough(goal, &node.decided, circuits, upper);
                    encode_leaf(&mut bytes, &circuits[..enough], false);
                }
                State::Finished(part) => {
                    if !bytes.is_empty() {
                        parts.push(spool.keep(&bytes)?);
                        bytes.clear();
                    }
                    parts.extend(part.clone());
                }
            }
        }
        if !bytes.is_empty() {
            parts.push(spool.keep(&bytes)?);
        }
        Ok(TreeNodes::new(spool.clone(), parts))
    }
}
