//! A walk of the tree, written down.

use std::fmt::Write as _;
use std::ops::ControlFlow;

use num_bigint::BigInt;
use num_traits::Signed as _;

use super::lines::Line;
use crate::arrangement::tree::{Refutation, RegionTree, TreeRegion, TreeVisitor, Visit};
use crate::certificate::{Circuit, StatedRational};
use crate::exact::Rational;
use crate::exact::lp::Decision;
use crate::jobs::{LINE, Lines};
use crate::watch::Watch;

/// How far to walk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds<'a> {
    /// Nodes with so many decisions stay open.
    pub deepest: usize,
    /// Nodes that are walked at most.
    pub nodes: u64,
    pub watch: &'a Watch,
}

/// What a walk below a prefix has found; whole whenever the walk ends.
#[derive(Debug)]
pub(super) struct Recorder<'a> {
    bounds: Bounds<'a>,
    /// Decisions of the prefix.
    root: usize,
    /// The prefix of the node that is next; what is before it is done.
    next: Vec<bool>,
    done: bool,
    /// Nodes so far.
    nodes: u64,
    /// Nodes that were passed by.
    passed: usize,
    pub regions: u64,
    tree: Option<Text>,
}

/// The lines of a tree.
#[derive(Debug, Default)]
struct Text {
    lines: Lines,
    nodes: String,
    fresh: Vec<Circuit>,
    /// How many circuits there are.
    circuits: usize,
    /// By the last class among the members, and its side: twice the class, and one more for −.
    known: Vec<Vec<Known>>,
}

/// A circuit that serves wherever these sides were taken.
#[derive(Debug)]
struct Known {
    circuit: usize,
    /// Of 64 classes, by their number: which are members, and which of these have the side −.
    words: Vec<(usize, u64, u64)>,
}

/// What came of it.
pub(super) struct Recorded {
    pub regions: u64,
    pub open: usize,
    /// The first node that is left, unless none is.
    pub next: Option<Vec<bool>>,
    /// The tree, if it was to be kept.
    pub lines: Lines,
}

/// Walks below a prefix. With `keep` the tree is written down, else regions are counted.
pub(super) fn record(
    tree: &RegionTree,
    prefix: &[bool],
    keep: bool,
    bounds: Bounds<'_>,
) -> Recorded {
    let node: Vec<Decision> = (0..).zip(prefix.iter().copied()).collect();
    let mut recorder = Recorder {
        bounds,
        root: prefix.len(),
        next: prefix.to_vec(),
        done: false,
        nodes: 0,
        passed: 0,
        regions: 0,
        tree: keep.then(|| Text::new(tree.hyperplanes())),
    };
    if bounds.nodes > 0 {
        // Whatever limit ends the walk, the recorder knows where it was.
        let _ = tree.walk_below(&node, &mut recorder, bounds.watch);
    }
    recorder.finish()
}

impl Recorder<'_> {
    /// Whether another node may be walked.
    fn may_go_on(&self) -> bool {
        self.nodes < self.bounds.nodes && self.bounds.watch.check().is_ok()
    }

    /// Goes to the next node, past the one that is there and all below.
    fn pass(&mut self) -> ControlFlow<()> {
        self.nodes += 1;
        self.bounds
            .watch
            .tell(|| format!("{} regions so far", self.regions));
        while self.next.len() > self.root {
            if let Some(last @ true) = self.next.last_mut() {
                *last = false;
                return match self.may_go_on() {
                    true => ControlFlow::Continue(()),
                    false => ControlFlow::Break(()),
                };
            }
            self.next.pop();
        }
        self.done = true;
        ControlFlow::Break(())
    }

    fn write(&mut self, node: std::fmt::Arguments<'_>) {
        if let Some(tree) = &mut self.tree {
            // Writing to a String cannot fail.
            let _ = tree.nodes.write_fmt(node);
            if tree.nodes.len() >= LINE {
                tree.flush(self.bounds.watch);
            }
        }
    }

    fn finish(mut self) -> Recorded {
        let steps = &self.next[self.root..];
        let left = match self.done {
            true => 0,
            false => 1 + steps.iter().filter(|plus| **plus).count(),
        };
        for _ in 0..left {
            self.write(format_args!("? "));
        }
        if let Some(tree) = &mut self.tree {
            tree.flush(self.bounds.watch);
        }
        let lines = self.tree.map(|tree| tree.lines).unwrap_or_default();
        self.bounds.watch.release(lines.bytes() as u64);
        Recorded {
            regions: self.regions,
            open: self.passed + left,
            next: (!self.done).then_some(self.next),
            lines,
        }
    }
}

impl Text {
    fn new(classes: usize) -> Self {
        Text {
            known: (0..2 * classes).map(|_| Vec::new()).collect(),
            ..Text::default()
        }
    }

    /// A circuit that contradicts the last of these decisions, if one is known.
    fn find(&mut self, decided: &[Decision]) -> Option<usize> {
        let &(last, plus) = decided.last()?;
        let mut minus = vec![0u64; decided.len().div_ceil(64)];
        for (class, _) in decided.iter().filter(|(_, plus)| !plus) {
            minus[class / 64] |= 1 << (class % 64);
        }
        let known = &mut self.known[2 * last + usize::from(!plus)];
        let fits = |(index, mask, bits): &(usize, u64, u64)| (minus[*index] ^ bits) & mask == 0;
        let place = known
            .iter()
            .position(|known| known.words.iter().all(fits))?;
        let circuit = known[place].circuit;
        // What is used often moves to the front.
        known.swap(place, place / 2);
        Some(circuit)
    }

    /// Keeps a circuit, whose multipliers have the signs of the sides that they contradict; answers its number.
    fn learn(&mut self, members: &[(usize, BigInt)]) -> usize {
        let circuit = self.circuits;
        self.circuits += 1;
        let classes = self.known.len() / 2;
        let own = members.iter().filter(|(row, _)| *row < classes);
        let own: Vec<(usize, bool)> = own.map(|(row, x)| (*row, x.is_negative())).collect();
        // Sides of the domain have one sign, so that the opposite sides contradict each other only without them.
        let opposite = (own.len() == members.len()).then_some(true);
        for flip in [false].into_iter().chain(opposite) {
            let Some(&(last, minus)) = own.last() else {
                break;
            };
            let mut words: Vec<(usize, u64, u64)> = Vec::new();
            for &(class, minus) in &own {
                let bit = 1 << (class % 64);
                let taken = if minus ^ flip { bit } else { 0 };
                match words.last_mut() {
                    Some((index, mask, bits)) if *index == class / 64 => {
                        *mask |= bit;
                        *bits |= taken;
                    }
                    _ => words.push((class / 64, bit, taken)),
                }
            }
            self.known[2 * last + usize::from(minus ^ flip)].push(Known { circuit, words });
        }
        let number = |x: &BigInt| StatedRational(Rational::from_integer(x.clone()));
        let terms = members.iter().map(|(row, x)| (*row, number(x)));
        self.fresh.push(terms.collect());
        circuit
    }

    fn flush(&mut self, watch: &Watch) {
        let before = self.lines.bytes();
        let circuits = std::mem::take(&mut self.fresh);
        if !circuits.is_empty() {
            self.lines.push(&Line::Circuits(circuits));
        }
        let nodes = std::mem::take(&mut self.nodes);
        if !nodes.is_empty() {
            self.lines.push(&Line::Nodes(nodes.trim_end().to_owned()));
        }
        // A limit that is met here ends the walk at the next node.
        let _ = watch.hold((self.lines.bytes() - before) as u64);
    }
}

impl TreeVisitor for Recorder<'_> {
    fn enter(&mut self, decided: &[Decision]) -> Visit {
        if decided.len() >= self.bounds.deepest {
            self.write(format_args!("? "));
            self.passed += 1;
            return match self.pass() {
                ControlFlow::Continue(()) => Visit::Prune,
                ControlFlow::Break(()) => Visit::Stop,
            };
        }
        if !self.may_go_on() {
            return Visit::Stop;
        }
        self.nodes += 1;
        self.write(format_args!("s "));
        self.next.push(true);
        Visit::Descend
    }

    fn region(&mut self, region: &TreeRegion<'_>) -> ControlFlow<()> {
        if self.tree.is_some() {
            let point: Vec<String> = region.witness().iter().map(BigInt::to_string).collect();
            self.write(format_args!("r{} ", point.join(",")));
        }
        self.regions += 1;
        self.pass()
    }

    fn infeasible(&mut self, decided: &[Decision], refutation: &Refutation<'_>) -> ControlFlow<()> {
        if let Some(tree) = &mut self.tree {
            let index = tree.find(decided).unwrap_or_else(|| {
                let mut members = refutation.multipliers();
                for (row, multiplier) in &mut members {
                    if decided.get(*row).is_some_and(|(_, plus)| !plus) {
                        *multiplier = -&*multiplier;
                    }
                }
                tree.learn(&members)
            });
            self.write(format_args!("c{index} "));
        }
        self.pass()
    }
}
