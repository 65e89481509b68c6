//! Branch and bound over parts of the box: the part with the largest bound first, until many are open; then depth first below one after another.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Instant;

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use super::answer::{Bracket, CellLimits};
use super::cell::{Asked, Cell, Factors, Inside};
use super::forms::range;
use super::loose::Loose;
use super::place::{Candidate, HALVINGS, Place, Problem};
use super::tree::{Slacks, Tree, empty, leaf};
use crate::certificate::Cut;
use crate::exact::{Rational, Surd};
use crate::watch::Stop;

/// Parts that are open at a time before the search goes depth first.
const BEST_FIRST: usize = 4096;

/// With more undecided neurons a side than this, sides are halved first.
const MANY: usize = 16;
/// What verifying a leaf takes is this part, in percent, of what looking at it took, or less; and so many bytes that are kept stand for a second.
const VERIFIED: u64 = 35;
const SECOND: u64 = 2 << 20;

/// What is to be bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// |f|.
    Height,
    /// The entries of the Jacobian of f.
    Slope,
    /// Whether |f| is anywhere above 0: the first such point is enough.
    Equal,
}

/// How a part is divided.
#[derive(Clone, Copy, Debug)]
enum Branch {
    Halve(usize),
    Split(Candidate),
}

/// What is known of a part.
struct Seen {
    bound: Rational,
    slacks: Slacks,
    /// None if the part is closed.
    branch: Option<Branch>,
}

/// A part of a node.
enum Part {
    Empty(Factors),
    Seen(Box<Place>, Option<Vec<BigInt>>, Seen),
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
    problem: &'a Problem,
    limits: &'a CellLimits,
    goal: Goal,
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
    fn line(&self) -> Rational {
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
    fn offer(&mut self, point: &[BigInt]) {
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
        let parts = match self.parts(&node, branch) {
            Ok(parts) => parts,
            Err(stop) => {
                self.deep.push(node);
                return Err(stop);
            }
        };
        self.limits.watch.release(node.held);
        let cut = match branch {
            Branch::Halve(side) => Cut::Halve(side),
            Branch::Split(at) => Cut::Split(at.neuron),
        };
        let first = self.tree.divide(node.record, cut);
        for (index, part) in parts.into_iter().enumerate() {
            let record = if self.limits.keep { first + index } else { 0 };
            match part {
                Part::Empty(factors) => {
                    self.tree.done(record, empty(&factors), &self.limits.watch);
                }
                Part::Seen(place, point, seen) => self.add(*place, point, seen, record),
            }
        }
        Ok(())
    }

    /// Both parts of a node, looked at.
    fn parts(&mut self, node: &Node, branch: Branch) -> Result<Vec<Part>, Stop> {
        let asked = self.asked();
        let mut parts = Vec::with_capacity(2);
        match branch {
            Branch::Halve(side) => {
                for part in node.place.halved(side, self.problem) {
                    let inside = Cell::new(&part, &part.ends, None).interior(None, asked)?;
                    parts.push((inside, Some(part)));
                }
            }
            Branch::Split(at) => {
                let known = node.point.as_deref();
                for on in [true, false] {
                    let cell = Cell::new(&node.place, &node.place.ends, Some((at, on)));
                    parts.push((cell.interior(known, asked)?, None));
                }
                let implied = parts
                    .iter()
                    .any(|(side, _)| matches!(side, Inside::Empty(_)));
                for ((side, part), on) in parts.iter_mut().zip([true, false]) {
                    if !matches!(side, Inside::Empty(_)) {
                        *part = Some(node.place.decide(at, on, implied, self.problem));
                    }
                }
            }
        }
        let mut seen = Vec::with_capacity(2);
        for (inside, part) in parts {
            seen.push(match (inside, part) {
                (Inside::Empty(factors), _) => Part::Empty(factors),
                (inside, Some(part)) => {
                    let point = match inside {
                        Inside::Point(point) => Some(point),
                        _ => None,
                    };
                    let start = Instant::now();
                    let look = self.look(&part, point.as_deref())?;
                    self.looked += 1;
                    if self.limits.keep {
                        let micros = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
                        self.limits
                            .watch
                            .keep(micros.saturating_mul(SECOND) / 1_000_000 * VERIFIED / 100);
                    }
                    Part::Seen(Box::new(part), point, look)
                }
                // Not reached: what is not empty was made.
                (_, None) => return Err(Stop::Interrupted),
            });
        }
        Ok(seen)
    }

    fn asked(&self) -> Asked<'a> {
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

    /// The bound without factors.
    fn plain(&self, loose: &Loose, place: &Place) -> Rational {
        if self.goal == Goal::Slope {
            return loose.steepest();
        }
        let cell = Cell::new(place, &loose.ends, None);
        let outputs = (0..self.problem.outputs).flat_map(|l| [(l, false), (l, true)]);
        let bounds = outputs.map(|(output, negative)| {
            let (row, scale) = loose.output(output, negative);
            cell.on_box(&row, &scale)
        });
        bounds.max().unwrap_or_default()
    }

    /// Looks at a part that is closed by the line.
    fn look(&mut self, place: &Place, point: Option<&[BigInt]>) -> Result<Seen, Stop> {
        self.limits.watch.check()?;
        if let Some(point) = point {
            self.offer(point);
        }
        let loose = Loose::of(self.problem, place, self.goal == Goal::Slope);
        let mut seen = Seen {
            bound: Rational::zero(),
            slacks: Vec::new(),
            branch: None,
        };
        let is_whole = place.is_whole(self.problem);
        if self.goal == Goal::Slope {
            seen.bound = loose.steepest();
        } else {
            self.heights(place, &loose, is_whole, &mut seen)?;
        }
        if !is_whole && seen.bound > self.line() {
            seen.branch = Some(self.branch(place, &loose));
        }
        Ok(seen)
    }

    /// Bounds of all outputs and their negatives.
    fn heights(
        &mut self,
        place: &Place,
        loose: &Loose,
        is_whole: bool,
        seen: &mut Seen,
    ) -> Result<(), Stop> {
        let cell = Cell::new(place, &loose.ends, None);
        let mut all = Vec::new();
        for output in 0..self.problem.outputs {
            for negative in [false, true] {
                let (row, scale) = loose.output(output, negative);
                let bound = cell.on_box(&row, &scale);
                all.push((output, negative, row, scale, bound));
            }
        }
        // Where the box alone says most, a corner may be high.
        let most = all.iter().max_by(|x, y| x.4.cmp(&y.4));
        if let Some((_, _, row, _, bound)) = most
            && *bound > self.line()
        {
            let corner: Vec<BigInt> = (place.ends.iter().zip(row))
                .map(|([low, high], x)| if x.is_positive() { high } else { low })
                .cloned()
                .collect();
            self.offer(&corner);
        }
        for (output, negative, row, scale, mut bound) in all {
            let line = self.line();
            if bound > line && !cell.is_box() {
                let high = cell.highest(&row, &scale, &line, is_whole, self.asked())?;
                if let Some(point) = &high.point {
                    self.offer(point);
                }
                if !high.factors.is_empty() {
                    seen.slacks.push((output, negative, high.factors));
                }
                bound = bound.min(high.bound);
            }
            seen.bound = seen.bound.clone().max(bound);
        }
        Ok(())
    }

    /// A side of the box while many neurons are undecided, since each half has fewer of them; else a neuron.
    fn branch(&self, place: &Place, loose: &Loose) -> Branch {
        let sides = self.problem.inputs;
        let halvings: u32 = place.halvings.iter().sum();
        if loose.open > MANY * sides && halvings < 24 * sides as u32 {
            let mut weights = vec![BigInt::zero(); sides];
            for (_, row, scale) in place.candidates(self.problem) {
                for (j, (weight, [low, high])) in
                    weights.iter_mut().zip(place.ends.iter()).enumerate()
                {
                    *weight += ((row[j].abs() * (high - low)) << 32u32) / scale;
                }
            }
            let wide = (0..sides).filter(|side| place.halvings[*side] < HALVINGS);
            let best = wide.map(|side| (&weights[side], Reverse(side))).max();
            if let Some((_, Reverse(side))) = best {
                return Branch::Halve(side);
            }
        }
        let gap = |row: &[BigInt], scale: &BigInt| {
            let [low, high] = range(row, &place.ends);
            ((-low).min(high) << 64u32) / scale
        };
        let all = place.candidates(self.problem);
        let best = all.max_by_key(|(at, row, scale)| (gap(row, scale), Reverse(at.neuron)));
        match best {
            Some((at, ..)) => Branch::Split(at),
            // Not reached: a part that is not whole has candidates.
            None => Branch::Halve(0),
        }
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
