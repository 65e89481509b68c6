//! Best-first branch and bound for the largest entry of a Jacobian, with the tree that proves it.

use std::collections::{BinaryHeap, HashMap};

use num_bigint::BigInt;
use num_traits::Signed as _;
use rayon::join;

use super::gradient::GradientTable;
use super::packing::{Circuit, Cost, Objective, Packed};
use crate::exact::Surd;
use crate::exact::lp::{Decision, RowTable};
use crate::watch::Watch;

/// A leaf or split of a finished tree, in preorder, plus branch first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Branching {
    /// Two subtrees follow.
    Split(usize),
    /// No region, by the circuit of this index.
    Refuted(usize),
    /// Bounded by the packing of this index.
    Packed(usize),
}

/// The tree for one entry and sign.
#[derive(Clone, Debug)]
pub(super) struct TargetTree {
    pub entry: usize,
    pub negative: bool,
    /// Lists of (circuit, y); y in units of 1/(2·scale).
    pub packings: Vec<Vec<(usize, BigInt)>>,
    pub nodes: Vec<Branching>,
}

/// What a search knows when it ends.
pub(super) struct Found {
    /// All entries are at most this, in units of 1/(2·scale).
    pub upper: BigInt,
    pub circuits: Vec<Circuit>,
    pub trees: Vec<TargetTree>,
    /// Nodes whose cost was computed.
    pub nodes: u64,
}

/// When to stop.
pub(super) struct Limits<'a> {
    pub nodes: u64,
    pub watch: &'a Watch,
    /// Stop when the upper end is at most this much above the lower one.
    pub gap: BigInt,
}

/// Receives points found on the way, which may lie on hyperplanes; answers the largest |entry| known now.
pub(super) trait Incumbent {
    fn offer(&mut self, point: &[BigInt]) -> BigInt;
}

struct Node {
    target: usize,
    decided: Vec<Decision>,
    state: State,
}

enum State {
    Open(Packed),
    Refuted(Circuit),
    Split {
        hyperplane: usize,
        plus: usize,
        minus: usize,
    },
}

/// Searches all entries and signs together, the node with the largest bound first.
///
/// `rows` are the table's normals followed by the rows of a domain; `entries` are those of the Jacobian that count; `best` is the
/// largest |entry| known at the start.
pub(super) fn search(
    table: &GradientTable,
    rows: &RowTable,
    entries: &[usize],
    mut best: BigInt,
    incumbent: &mut dyn Incumbent,
    limits: &Limits<'_>,
) -> Found {
    let targets: Vec<(usize, bool)> = entries
        .iter()
        .flat_map(|entry| [(*entry, false), (*entry, true)])
        .collect();
    // Only where an entry may become larger than what is known.
    let reach = table.reach();
    let mut objectives: Vec<Option<Objective>> = targets.iter().map(|_| None).collect();
    let mut nodes: Vec<Node> = Vec::new();
    let mut open: BinaryHeap<(BigInt, std::cmp::Reverse<usize>)> = BinaryHeap::new();
    let mut evaluated = 0;
    let mut held = 0;
    for (target, &(entry, negative)) in targets.iter().enumerate() {
        // |2M| + Σ |κ n| is the ideal of the sign of M.
        let base = &table.base()[entry];
        let ideal = match base.is_negative() == negative {
            true => reach[entry].clone(),
            false => &reach[entry] - base.abs() * 2,
        };
        let known = match limits.watch.check() {
            Ok(()) if ideal > best => {
                evaluated += 1;
                let objective = Objective::new(table, rows, entry, negative);
                let cost = objective.cost(&[], limits.watch);
                objectives[target] = Some(objective);
                state(cost, &mut best, incumbent)
            }
            outcome => State::Open(Packed::nothing(ideal, outcome.err())),
        };
        held += hold(&known, limits.watch);
        enter(&mut nodes, &mut open, target, Vec::new(), known);
        limits
            .watch
            .tell(|| tell(table, &best, reach.iter().max(), evaluated));
    }
    while let Some((bound, std::cmp::Reverse(index))) = open.peek().cloned() {
        let late = limits.watch.check().is_err();
        if bound <= &best + &limits.gap || evaluated >= limits.nodes || late {
            break;
        }
        limits
            .watch
            .tell(|| tell(table, &best, Some(&bound), evaluated));
        let target = nodes[index].target;
        let (
            State::Open(Packed {
                heaviest: Some(hyperplane),
                ..
            }),
            Some(objective),
        ) = (&nodes[index].state, &objectives[target])
        else {
            // Nothing is lost at this node, so its own point attains the bound; or what was lost is not known for want of time.
            break;
        };
        let hyperplane = *hyperplane;
        let child = |plus: bool| {
            let mut decided = nodes[index].decided.clone();
            decided.push((hyperplane, plus));
            let cost = objective.cost(&decided, limits.watch);
            (decided, cost)
        };
        let children = join(|| child(true), || child(false));
        if [&children.0.1, &children.1.1]
            .into_iter()
            .any(Cost::is_unfinished)
        {
            // The parent's bound may be better than what a child has had time to show.
            break;
        }
        open.pop();
        evaluated += 2;
        let mut indices = [0; 2];
        for (slot, (decided, cost)) in indices.iter_mut().zip([children.0, children.1]) {
            let state = state(cost, &mut best, incumbent);
            held += hold(&state, limits.watch);
            *slot = enter(&mut nodes, &mut open, target, decided, state);
        }
        nodes[index].decided = Vec::new();
        nodes[index].state = State::Split {
            hyperplane,
            plus: indices[0],
            minus: indices[1],
        };
    }
    let highest = open.peek().map(|(bound, _)| bound.clone());
    let upper = highest.map_or(best.clone(), |bound| bound.max(best));
    let mut writer = Trees {
        nodes: &nodes,
        upper: &upper,
        circuits: Vec::new(),
        known: HashMap::new(),
    };
    let trees = targets
        .iter()
        .enumerate()
        .map(|(target, (entry, negative))| writer.tree(target, *entry, *negative))
        .collect();
    limits.watch.release(held);
    Found {
        circuits: writer.circuits.into_iter().cloned().collect(),
        trees,
        nodes: evaluated,
        upper,
    }
}

/// One line for those who wait.
fn tell(table: &GradientTable, best: &BigInt, upper: Option<&BigInt>, nodes: u64) -> String {
    let shown = |value: &BigInt| Surd::from(table.to_rational(value)).approx(6);
    format!(
        "seminorm between {} and {} after {nodes} nodes",
        shown(best),
        shown(upper.unwrap_or(best).max(best))
    )
}

fn state(cost: Cost, best: &mut BigInt, incumbent: &mut dyn Incumbent) -> State {
    match cost {
        Cost::Refuted(circuit) => State::Refuted(circuit),
        Cost::Packed(mut packed) => {
            if !packed.point.is_empty() {
                *best = incumbent.offer(&packed.point);
            }
            packed.point = Vec::new();
            State::Open(packed)
        }
    }
}

/// Accounts for a node's circuits, which the trees will repeat; answers how many bytes that is. That there is no more room, the watch
/// says when it is asked next.
fn hold(state: &State, watch: &Watch) -> u64 {
    // An index, a number and what it refers to.
    const TERM: usize = 64;
    let size = |circuit: &Circuit| (circuit.len() + 1) * TERM;
    let bytes = match state {
        State::Open(packed) => packed.circuits.iter().map(|(c, _)| size(c) + TERM).sum(),
        State::Refuted(circuit) => size(circuit),
        State::Split { .. } => 0,
    };
    let bytes = bytes as u64 * 5 / 2;
    let _ = watch.hold(bytes);
    bytes
}

fn enter(
    nodes: &mut Vec<Node>,
    open: &mut BinaryHeap<(BigInt, std::cmp::Reverse<usize>)>,
    target: usize,
    decided: Vec<Decision>,
    state: State,
) -> usize {
    let index = nodes.len();
    if let State::Open(packed) = &state {
        open.push((packed.bound.clone(), std::cmp::Reverse(index)));
    }
    nodes.push(Node {
        target,
        decided,
        state,
    });
    index
}

struct Trees<'a> {
    nodes: &'a [Node],
    upper: &'a BigInt,
    circuits: Vec<&'a Circuit>,
    known: HashMap<&'a Circuit, usize>,
}

impl<'a> Trees<'a> {
    fn circuit(&mut self, circuit: &'a Circuit) -> usize {
        if let Some(index) = self.known.get(circuit) {
            return *index;
        }
        let index = self.circuits.len();
        self.circuits.push(circuit);
        self.known.insert(circuit, index);
        index
    }

    /// The tree whose root is node `root`.
    fn tree(&mut self, root: usize, entry: usize, negative: bool) -> TargetTree {
        let mut tree = TargetTree {
            entry,
            negative,
            packings: Vec::new(),
            nodes: Vec::new(),
        };
        let mut pending = vec![root];
        while let Some(index) = pending.pop() {
            let nodes = self.nodes;
            tree.nodes.push(match &nodes[index].state {
                State::Split {
                    hyperplane,
                    plus,
                    minus,
                } => {
                    pending.extend([*minus, *plus]);
                    Branching::Split(*hyperplane)
                }
                State::Refuted(circuit) => Branching::Refuted(self.circuit(circuit)),
                State::Open(packed) => {
                    let packing = self.needed(packed);
                    tree.packings.push(packing);
                    Branching::Packed(tree.packings.len() - 1)
                }
            });
        }
        tree
    }

    /// The circuits of a packing, heaviest first, as many as the bound needs.
    fn needed(&mut self, packed: &'a Packed) -> Vec<(usize, BigInt)> {
        let mut order: Vec<&(Circuit, BigInt)> = packed.circuits.iter().collect();
        order.sort_by(|x, y| y.1.cmp(&x.1));
        let all: BigInt = packed.circuits.iter().map(|(_, y)| y * 2).sum();
        let mut left = &packed.bound + all;
        let mut kept = Vec::new();
        for (circuit, y) in order {
            if left <= *self.upper {
                break;
            }
            left -= y * 2;
            // The same circuit may have been paid twice.
            let index = self.circuit(circuit);
            match kept
                .iter_mut()
                .find(|(other, _): &&mut (usize, BigInt)| *other == index)
            {
                Some((_, sum)) => *sum += y,
                None => kept.push((index, y.clone())),
            }
        }
        kept
    }
}
