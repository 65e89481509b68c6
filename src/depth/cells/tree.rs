//! Trees as they grow, and as certificates have them.

use super::cell::Factors;
use crate::certificate::{Cut, Slack, StatedRational};
use crate::watch::Watch;

/// A tree whose leaves may be divided; nothing is kept where it is not wanted.
#[derive(Debug)]
pub(super) struct Tree {
    records: Vec<Record>,
    keep: bool,
}

#[derive(Debug)]
enum Record {
    Open,
    /// Both parts follow each other from this index.
    Divided(Cut, usize),
    Done(Cut),
}

/// Why ±f_l is bounded: output, sign, factors.
pub(super) type Slacks = Vec<(usize, bool, Factors)>;

fn stated(factors: &Factors) -> Vec<(usize, StatedRational)> {
    let factors = factors.iter();
    factors
        .map(|(neuron, factor)| (*neuron, StatedRational(factor.clone())))
        .collect()
}

/// The node that says that a cell is empty.
pub(super) fn empty(factors: &Factors) -> Cut {
    Cut::Empty(stated(factors))
}

/// A leaf where the function is bounded.
pub(super) fn leaf(slacks: &Slacks) -> Cut {
    let used = slacks.iter().filter(|(_, _, factors)| !factors.is_empty());
    let slacks = used.map(|(output, negative, factors)| Slack {
        output: *output,
        negative: *negative,
        factors: stated(factors),
    });
    Cut::Leaf(slacks.collect())
}

impl Tree {
    /// A tree of one open leaf, at index 0.
    pub fn new(keep: bool) -> Self {
        Tree {
            records: vec![Record::Open],
            keep,
        }
    }

    /// Divides a leaf; answers the index of the first part, which the other follows.
    pub fn divide(&mut self, index: usize, cut: Cut) -> usize {
        if !self.keep {
            return 0;
        }
        let first = self.records.len();
        self.records.extend([Record::Open, Record::Open]);
        self.records[index] = Record::Divided(cut, first);
        first
    }

    /// Closes a leaf.
    pub fn done(&mut self, index: usize, cut: Cut, watch: &Watch) {
        if self.keep {
            let numbers = match &cut {
                Cut::Empty(factors) => factors.len(),
                Cut::Leaf(slacks) => slacks.iter().map(|slack| 1 + slack.factors.len()).sum(),
                Cut::Region(point) => point.len(),
                Cut::Halve(_) | Cut::Split(_) => 0,
            };
            let bytes = 64 + 120 * numbers as u64;
            // What is in is counted, and the limit seen by the next one who asks.
            let _ = watch.hold(bytes);
            watch.keep(bytes);
            self.records[index] = Record::Done(cut);
        }
    }

    /// In preorder; what is open is a leaf. None if nothing was kept.
    pub fn nodes(&self) -> Vec<Cut> {
        if !self.keep {
            return Vec::new();
        }
        let (mut nodes, mut stack) = (Vec::new(), vec![0]);
        while let Some(index) = stack.pop() {
            match &self.records[index] {
                Record::Open => nodes.push(Cut::Leaf(Vec::new())),
                Record::Done(cut) => nodes.push(cut.clone()),
                Record::Divided(cut, first) => {
                    nodes.push(cut.clone());
                    stack.extend([first + 1, *first]);
                }
            }
        }
        nodes
    }
}
