//! Branch and bound over parts of the box: the part with the largest bound first, until many are open; then depth first below one after another.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use num_traits::Zero as _;

use super::answer::{HeightTree, SupNormLimits};
use super::look::{Branch, Looker};
use super::place::{Goal, Place, Slopes};
use super::scaled::{CubePoint, Scaled};
use crate::advice::Guide;
use crate::certificate::{Piece, StatedRational};
use crate::exact::{Rational, Surd};
use crate::watch::Stop;

/// Parts that are open at a time before the search goes depth first.
const BEST_FIRST: usize = 4096;

/// What a search knows when it ends, over the function's denominator.
pub(super) struct Found {
    pub upper: Rational,
    pub point: Option<CubePoint>,
    pub nodes: u64,
    /// One for every output and sign, where they were to be kept and all parts are closed.
    pub trees: Vec<HeightTree>,
}

/// A part that is open.
struct Node {
    goal: usize,
    record: usize,
    place: Place,
    bound: Rational,
    slopes: Slopes,
    branch: Branch,
    held: u64,
}

/// A node of a tree that is kept.
enum Record {
    Open,
    /// Both parts follow each other from this index.
    Divided(Branch, usize),
    Leaf(Slopes),
}

pub(super) struct Search<'a> {
    scaled: &'a Scaled<'a>,
    limits: &'a SupNormLimits,
    keep: bool,
    goals: Vec<Goal>,
    wholes: Vec<Place>,
    guide: Box<dyn Guide>,
    records: Vec<Record>,
    open: BinaryHeap<(Rational, Reverse<usize>)>,
    /// Open nodes by their numbers; those that are done are none.
    nodes: Vec<Option<Node>>,
    deep: Vec<Node>,
    value: Rational,
    point: Option<CubePoint>,
    /// The largest bound of a closed part.
    highest: Rational,
    gap: Rational,
    looked: u64,
}

impl<'a> Search<'a> {
    /// `value` is known to be attained.
    pub fn new(
        scaled: &'a Scaled<'a>,
        limits: &'a SupNormLimits,
        value: &Rational,
        keep: bool,
    ) -> Self {
        let over = |x: &Rational| x * Rational::from_integer(scaled.denominator.clone());
        let mut goals = Vec::new();
        for (output, weights) in scaled.weights.iter().enumerate() {
            for negative in [false, true] {
                let weights = weights.iter();
                goals.push(Goal {
                    output,
                    negative,
                    weights: weights
                        .map(|w| if negative { -w } else { w.clone() })
                        .collect(),
                });
            }
        }
        let value = over(value);
        Search {
            guide: limits.advice.guide(&scaled.rows, &limits.watch),
            wholes: goals
                .iter()
                .map(|goal| Place::whole(scaled, goal))
                .collect(),
            scaled,
            keep,
            goals,
            records: Vec::new(),
            open: BinaryHeap::new(),
            nodes: Vec::new(),
            deep: Vec::new(),
            highest: value.clone(),
            value,
            point: None,
            gap: over(&limits.gap),
            limits,
            looked: 0,
        }
    }

    /// Searches until nothing is open, or a limit is met.
    pub fn run(mut self) -> Found {
        let roots: Vec<Place> = self.wholes.clone();
        let mut unseen = Rational::zero();
        for (goal, place) in roots.into_iter().enumerate() {
            self.records.push(Record::Open);
            // Without any look at it, a bound without slopes.
            let bound = place.bound(self.scaled, &self.goals[goal], &Vec::new());
            if self.is_over() || self.look(goal, goal, place).is_err() {
                unseen = unseen.max(bound);
            }
        }
        let mut stopped = unseen > self.value;
        while !stopped && let Some(node) = self.next() {
            if self.is_over() {
                self.deep.push(node);
                break;
            }
            stopped = self.divide(node).is_err();
            self.tell();
        }
        let upper = self.upper().max(unseen);
        let whole = !stopped && self.deep.is_empty() && self.open.is_empty();
        let trees = match whole && self.keep {
            true => (0..self.goals.len()).map(|goal| self.tree(goal)).collect(),
            false => Vec::new(),
        };
        let all = self.nodes.iter().flatten().chain(&self.deep);
        let held: u64 = all.map(|node| node.held).sum();
        self.limits.watch.release(held);
        Found {
            upper,
            point: self.point,
            nodes: self.looked,
            trees,
        }
    }

    fn is_over(&self) -> bool {
        let most = self.limits.nodes.unwrap_or(u64::MAX);
        self.looked >= most || self.limits.watch.check().is_err()
    }

    /// What closes a part.
    fn line(&self) -> Rational {
        &self.value + &self.gap
    }

    /// The node to go on with.
    fn next(&mut self) -> Option<Node> {
        if let Some(node) = self.deep.pop() {
            return Some(node);
        }
        let (_, Reverse(index)) = self.open.pop()?;
        self.nodes[index].take()
    }

    /// Divides a node, or closes it where its bound is enough by now.
    fn divide(&mut self, node: Node) -> Result<(), Stop> {
        self.limits.watch.release(node.held);
        let (goal, line) = (node.goal, self.line());
        if node.bound <= line {
            self.close(node.record, node.bound, node.slopes);
            return Ok(());
        }
        let parts = match node.branch {
            Branch::Halve(side) => node.place.halved(side, self.scaled, &self.goals[goal]),
            Branch::Decide(kink) => node.place.decided(kink, self.scaled, &self.goals[goal]),
        };
        let first = self.records.len();
        if self.keep {
            self.records.extend([Record::Open, Record::Open]);
        }
        for (which, part) in parts.into_iter().enumerate() {
            if let Err(stop) = self.look(goal, first + which, part) {
                // As if it had not been touched.
                self.deep.push(node);
                return Err(stop);
            }
        }
        if self.keep {
            self.records[node.record] = Record::Divided(node.branch, first);
        }
        Ok(())
    }

    /// Looks at a part, and closes it or leaves it open.
    fn look(&mut self, goal: usize, record: usize, place: Place) -> Result<(), Stop> {
        let line = self.line();
        let mut looker = Looker {
            scaled: self.scaled,
            goal: &self.goals[goal],
            guide: &mut *self.guide,
            watch: &self.limits.watch,
            gap: &self.gap,
        };
        let seen = looker.look(&place, &line)?;
        self.looked += 1;
        if let Some((point, value)) = seen.point
            && (value > self.value || place.halvings == 0 && place.ends == self.wholes[goal].ends)
        {
            // A start for higher ones, though a limit ends it.
            let ascended = looker.ascend(&self.wholes[goal], point.clone());
            let (point, value) = ascended.unwrap_or((point, value));
            if value > self.value {
                (self.point, self.value) = (Some(point), value);
            }
        }
        let Some(branch) = seen.branch.filter(|_| seen.bound > self.line()) else {
            if seen.bound > self.line() {
                return Err(Stop::Time);
            }
            self.close(record, seen.bound, seen.slopes);
            return Ok(());
        };
        let numbers = 2 * place.ends.len() + place.linear.len() + 3 * place.open.len();
        let node = Node {
            goal,
            record,
            place,
            bound: seen.bound,
            slopes: seen.slopes,
            branch,
            held: 200 + 48 * numbers as u64,
        };
        let held = self.limits.watch.hold(node.held);
        if self.open.len() < BEST_FIRST {
            self.open
                .push((node.bound.clone(), Reverse(self.nodes.len())));
            self.nodes.push(Some(node));
        } else {
            self.deep.push(node);
        }
        // What is in is counted, and the limit seen by the next one who asks.
        let _ = held;
        Ok(())
    }

    fn close(&mut self, record: usize, bound: Rational, slopes: Slopes) {
        if bound > self.highest {
            self.highest = bound;
        }
        if self.keep {
            let _ = self.limits.watch.hold(64 + 120 * slopes.len() as u64);
            self.records[record] = Record::Leaf(slopes);
        }
    }

    /// No value is larger.
    fn upper(&self) -> Rational {
        let open = self.open.peek().map(|(bound, _)| bound);
        let deep = self.deep.iter().map(|node| &node.bound);
        let known = [&self.value, &self.highest];
        let largest = known.into_iter().chain(open).chain(deep).max();
        largest.cloned().unwrap_or_default()
    }

    fn tell(&self) {
        self.limits.watch.tell(|| {
            let denominator = Rational::from_integer(self.scaled.denominator.clone());
            let shown = |x: Rational| Surd::from(x / &denominator).approx(6);
            format!(
                "sup norm between {} and {} after {} nodes",
                shown(self.value.clone()),
                shown(self.upper()),
                self.looked
            )
        });
    }

    /// A goal's tree in preorder.
    fn tree(&self, goal: usize) -> HeightTree {
        let mut nodes = Vec::new();
        let mut stack = vec![goal];
        while let Some(record) = stack.pop() {
            match &self.records[record] {
                Record::Divided(branch, first) => {
                    nodes.push(match branch {
                        Branch::Halve(side) => Piece::Halve(*side),
                        Branch::Decide(kink) => Piece::Decide(*kink),
                    });
                    stack.extend([first + 1, *first]);
                }
                Record::Leaf(slopes) => {
                    let slopes = slopes.iter();
                    let slopes = slopes.map(|(kink, slope)| (*kink, StatedRational(slope.clone())));
                    nodes.push(Piece::Leaf(slopes.collect()));
                }
                Record::Open => {}
            }
        }
        let Goal {
            output, negative, ..
        } = self.goals[goal];
        HeightTree {
            output,
            negative,
            nodes,
        }
    }
}
