//! Branch and bound over parts of the box: the part with the largest bound first, until many are open; then depth first below one after another.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Instant;

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use super::answer::{Bracket, CellLimits};
use super::cell::{Asked, Cell, Factors, Inside};
use super::loose::Loose;
use super::place::{Place, Problem};
use super::seen::{Branch, Goal, Seen};
use super::tree::{Tree, empty, leaf};
use crate::certificate::Cut;
use crate::exact::{Rational, Surd};
use crate::watch::Stop;

/// Parts that are open at a time before the search goes depth first.
const BEST_FIRST: usize = 4096;

/// What verifying a leaf takes is this part, in percent, of what looking at it took, or less; and so many bytes that are kept stand for a second.
const VERIFIED: u64 = 35;
const SECOND: u64 = 2 << 20;

/// A part with a point inside its cell, if one is known, and what is known of it.
struct Part(Box<Place>, Option<Vec<BigInt>>, Seen);

/// A neuron that has but one side in a cell.
struct Forced {
    neuron: usize,
    on: bool,
    /// Why nothing is on the other side.
    factors: Factors,
}

/// What is left of a node after neurons that have but one side.
enum End {
    One(Part),
    /// Parts that have points, or why they have none.
    Two(Cut, Vec<Result<Part, Factors>>),
}

fn known(inside: Inside) -> Option<Vec<BigInt>> {
    match inside {
        Inside::Point(point) => Some(point),
        Inside::Empty(_) | Inside::Unknown => None,
    }
}

/// A part that is open.
struct Node {
    place: Place,
    /// A point inside its cell.
    point: Option<Vec<BigInt>>,
    record: usize,
    seen: Seen,
    held: u64,
}

pub(super) struct Search<'a> {
    pub(super) problem: &'a Problem,
    pub(super) limits: &'a CellLimits,
    pub(super) goal: Goal,
    tree: Tree,
    open: BinaryHeap<(Rational, Reverse<usize>)>,
    /// Open nodes by their numbers; those that are done are none.
    nodes: Vec<Option<Node>>,
    deep: Vec<Node>,
    best: Bracket,
    /// The largest bound of a closed part.
    highest: Rational,
    looked: u64,
}

impl<'a> Search<'a> {
    pub fn new(problem: &'a Problem, goal: Goal, limits: &'a CellLimits) -> Self {
        Search {
            problem,
            limits,
            goal,
            tree: Tree::new(limits.keep),
            open: BinaryHeap::new(),
            nodes: Vec::new(),
            deep: Vec::new(),
            best: Bracket {
                lower: Rational::zero(),
                point: None,
                output: 0,
                input: 0,
                upper: Rational::zero(),
                nodes: 0,
                tree: Vec::new(),
            },
            highest: Rational::zero(),
            looked: 0,
        }
    }

    /// Searches until nothing is open, or a limit is met.
    pub fn run(mut self, whole: Place) -> Bracket {
        let centre = whole.centre();
        self.offer(&centre);
        let mut stopped = false;
        match self.look(&whole, None) {
            Ok(seen) => self.add(whole, Some(centre), seen, 0),
            Err(_) => {
                let loose = Loose::of(self.problem, &whole, self.goal == Goal::Slope);
                (stopped, self.highest) = (true, self.plain(&loose, &whole));
            }
        }
        while !stopped
            && !self.is_enough()
            && let Some(node) = self.next()
        {
            if self.is_over() {
                self.deep.push(node);
                break;
            }
            stopped = self.divide(node).is_err();
            self.tell();
        }
        let upper = self.upper();
        let left: Vec<Node> = self
            .nodes
            .drain(..)
            .flatten()
            .chain(self.deep.drain(..))
            .collect();
        for node in left {
            self.limits.watch.release(node.held);
            self.tree
                .done(node.record, leaf(&node.seen.slacks), &self.limits.watch);
        }
        Bracket {
            upper,
            nodes: self.looked,
            tree: self.tree.nodes(),
            ..self.best
        }
    }

    fn is_over(&self) -> bool {
        let most = self.limits.nodes.unwrap_or(u64::MAX);
        self.looked >= most || self.limits.watch.check().is_err()
    }

    /// Whether what was asked is answered by a point.
    fn is_enough(&self) -> bool {
        self.goal == Goal::Equal && self.best.lower.is_positive()
    }

    /// What closes a part.
    pub(super) fn line(&self) -> Rational {
        &self.best.lower + &self.limits.gap
    }

    /// The node to go on with.
    fn next(&mut self) -> Option<Node> {
        if let Some(node) = self.deep.pop() {
            return Some(node);
        }
        let (_, Reverse(index)) = self.open.pop()?;
        self.nodes[index].take()
    }

    /// Takes a point, over its last coordinate, for the best one if it is.
    pub(super) fn offer(&mut self, point: &[BigInt]) {
        let found = match self.goal {
            Goal::Slope => self.problem.steepest(point),
            Goal::Height | Goal::Equal => {
                let (output, value) = self.problem.height(point);
                Some((output, 0, value))
            }
        };
        let Some((output, input, value)) = found else {
            return;
        };
        if self.best.point.is_none() || value > self.best.lower {
            self.best.point = Some(self.problem.rationals(point));
            (self.best.output, self.best.input, self.best.lower) = (output, input, value);
        }
    }

    /// Divides a node, or closes it where its bound is enough by now. Where a limit is met it is as if it had not been touched.
    fn divide(&mut self, node: Node) -> Result<(), Stop> {
        let Some(branch) = node.seen.branch.filter(|_| node.seen.bound > self.line()) else {
            self.limits.watch.release(node.held);
            self.close(node.record, node.seen);
            return Ok(());
        };
        let (chain, end) = match self.parts(&node, branch) {
            Ok(parts) => parts,
            Err(stop) => {
                self.deep.push(node);
                return Err(stop);
            }
        };
        self.limits.watch.release(node.held);
        let mut record = node.record;
        for forced in chain {
            let first = self.tree.divide(record, Cut::Split(forced.neuron));
            let (off, on) = (self.index(first, 1), self.index(first, 0));
            let (empty_one, next) = if forced.on { (off, on) } else { (on, off) };
            let cut = empty(&forced.factors);
            self.tree.done(empty_one, cut, &self.limits.watch);
            record = next;
        }
        match end {
            End::One(Part(place, point, seen)) => self.add(*place, point, seen, record),
            End::Two(cut, parts) => {
                let first = self.tree.divide(record, cut);
                for (index, part) in parts.into_iter().enumerate() {
                    let record = self.index(first, index);
                    match part {
                        Err(factors) => {
                            let cut = empty(&factors);
                            self.tree.done(record, cut, &self.limits.watch);
                        }
                        Ok(Part(place, point, seen)) => self.add(*place, point, seen, record),
                    }
                }
            }
        }
        Ok(())
    }

    /// The index of a part in the tree, if that is kept.
    fn index(&self, first: usize, part: usize) -> usize {
        if self.limits.keep { first + part } else { 0 }
    }

    /// The parts of a node, looked at: after neurons that have but one side there, which are decided without another look.
    fn parts(&mut self, node: &Node, branch: Branch) -> Result<(Vec<Forced>, End), Stop> {
        let asked = self.asked();
        let at = match branch {
            Branch::Split(at) => at,
            Branch::Halve(side) => {
                let mut parts = Vec::with_capacity(2);
                for part in node.place.halved(side, self.problem) {
                    let inside = Cell::new(&part, &part.ends, None).interior(None, asked)?;
                    parts.push(match inside {
                        Inside::Empty(factors) => Err(factors),
                        inside => Ok(self.part(part, inside)?),
                    });
                }
                return Ok((Vec::new(), End::Two(Cut::Halve(side), parts)));
            }
        };
        let (mut at, mut chain) = (at, Vec::new());
        let mut place = node.place.clone();
        let mut point = node.point.clone();
        loop {
            let cell = |on| Cell::new(&place, &place.ends, Some((at, on)));
            let on = cell(true).interior(point.as_deref(), asked)?;
            let off = cell(false).interior(point.as_deref(), asked)?;
            let (is_on, inside, factors) = match (on, off) {
                (on, Inside::Empty(factors)) if !matches!(on, Inside::Empty(_)) => {
                    (true, on, factors)
                }
                (Inside::Empty(factors), off) if !matches!(off, Inside::Empty(_)) => {
                    (false, off, factors)
                }
                (on, off) => {
                    let mut parts = Vec::with_capacity(2);
                    for (side, on) in [(on, true), (off, false)] {
                        parts.push(match side {
                            Inside::Empty(factors) => Err(factors),
                            side => {
                                let part = place.decide(at, on, false, self.problem);
                                Ok(self.part(part, side)?)
                            }
                        });
                    }
                    return Ok((chain, End::Two(Cut::Split(at.neuron), parts)));
                }
            };
            chain.push(Forced {
                neuron: at.neuron,
                on: is_on,
                factors,
            });
            place = place.decide(at, is_on, true, self.problem);
            match self.widest(&place) {
                Some(next) => (at, point) = (next, known(inside)),
                None => return Ok((chain, End::One(self.part(place, inside)?))),
            }
        }
    }

    /// Looks at a part.
    fn part(&mut self, place: Place, inside: Inside) -> Result<Part, Stop> {
        let start = Instant::now();
        let point = known(inside);
        let seen = self.look(&place, point.as_deref())?;
        self.looked += 1;
        if self.limits.keep {
            let micros = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
            let bytes = micros.saturating_mul(SECOND) / 1_000_000 * VERIFIED / 100;
            self.limits.watch.keep(bytes);
        }
        Ok(Part(Box::new(place), point, seen))
    }

    pub(super) fn asked(&self) -> Asked<'a> {
        Asked {
            advice: &*self.limits.advice,
            watch: &self.limits.watch,
        }
    }

    /// Closes a part that was looked at, or leaves it open.
    fn add(&mut self, place: Place, point: Option<Vec<BigInt>>, seen: Seen, record: usize) {
        if seen.branch.is_none() || seen.bound <= self.line() {
            return self.close(record, seen);
        }
        let held = place.bytes();
        // What is in is counted, and the limit seen by the next one who asks.
        let _ = self.limits.watch.hold(held);
        let node = Node {
            place,
            point,
            record,
            seen,
            held,
        };
        if self.open.len() < BEST_FIRST {
            self.open
                .push((node.seen.bound.clone(), Reverse(self.nodes.len())));
            self.nodes.push(Some(node));
        } else {
            self.deep.push(node);
        }
    }

    fn close(&mut self, record: usize, seen: Seen) {
        if seen.bound > self.highest {
            self.highest = seen.bound;
        }
        self.tree
            .done(record, leaf(&seen.slacks), &self.limits.watch);
    }

    /// No value is larger.
    fn upper(&self) -> Rational {
        let open = self.open.peek().map(|(bound, _)| bound);
        let deep = self.deep.iter().map(|node| &node.seen.bound);
        let known = [&self.best.lower, &self.highest];
        let largest = known.into_iter().chain(open).chain(deep).max();
        largest.cloned().unwrap_or_default()
    }

    fn tell(&self) {
        self.limits.watch.tell(|| {
            let shown = |x: &Rational| Surd::from(x.clone()).approx(6);
            let (lower, upper) = (shown(&self.best.lower), shown(&self.upper()));
            format!("between {lower} and {upper} after {} nodes", self.looked)
        });
    }
}
