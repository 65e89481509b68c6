//! Counting regions: depth first, a linear program for the side of a neuron that no known point shows.

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use super::answer::{CellCount, CellLimits, Open};
use super::cell::{Asked, Cell, Inside};
use super::forms::value;
use super::place::{Candidate, Place, Problem};
use super::tree::{Tree, empty};
use crate::certificate::{Cut, StatedRational};
use crate::watch::Stop;

/// A part that is to be seen, with a point inside its cell.
struct Node {
    place: Place,
    point: Vec<BigInt>,
    record: usize,
}

/// Counts the regions; `visit` is told a point inside each, and may end it.
pub(super) fn count(
    problem: &Problem,
    whole: Place,
    limits: &CellLimits,
    visit: &mut dyn FnMut(&[BigInt]) -> bool,
) -> CellCount {
    let mut tree = Tree::new(limits.keep);
    let mut found = CellCount {
        regions: 0,
        open: None,
        nodes: 0,
        tree: Vec::new(),
    };
    let point = whole.centre();
    let mut stack = vec![Node {
        place: whole,
        point,
        record: 0,
    }];
    while let Some(node) = stack.pop() {
        if limits.nodes.is_some_and(|most| found.nodes >= most) {
            found.open = Some(Open::Nodes);
            break;
        }
        let Some((at, ..)) = node.place.candidates(problem).next() else {
            found.regions += 1;
            let point = problem.rationals(&node.point);
            let point = point.into_iter().map(StatedRational).collect();
            tree.done(node.record, Cut::Region(point), &limits.watch);
            limits.watch.tell(|| format!("{} regions", found.regions));
            if !visit(&node.point) {
                found.open = Some(Open::Nodes);
                break;
            }
            continue;
        };
        found.nodes += 1;
        match divide(problem, node, at, limits, &mut tree) {
            Ok((parts, is_known)) => {
                stack.extend(parts);
                if !is_known {
                    found.open = Some(Open::Nodes);
                }
            }
            Err(stop) => {
                found.open = Some(Open::Stopped(stop));
                break;
            }
        }
    }
    found.tree = tree.nodes();
    found
}

/// The parts where the neuron is on and off that are not empty, the one to go on with last; and whether nothing was left out.
fn divide(
    problem: &Problem,
    node: Node,
    at: Candidate,
    limits: &CellLimits,
    tree: &mut Tree,
) -> Result<(Vec<Node>, bool), Stop> {
    let asked = Asked {
        advice: &*limits.advice,
        watch: &limits.watch,
    };
    let forms = &node.place.fronts[at.network].forms;
    let here = value(&forms.rows[at.row], &node.point);
    let sides = [true, false].map(|on| {
        let known = !here.is_zero() && here.is_positive() == on;
        let cell = Cell::new(&node.place, &node.place.ends, Some((at, on)));
        match known {
            true => Ok(Inside::Point(node.point.clone())),
            false => cell.interior(None, asked),
        }
    });
    let [on, off] = sides;
    let sides = [(true, on?), (false, off?)];
    let implied = sides
        .iter()
        .any(|(_, side)| matches!(side, Inside::Empty(_)));
    let first = tree.divide(node.record, Cut::Split(at.neuron));
    let (mut parts, mut is_known) = (Vec::new(), true);
    for (index, (on, side)) in sides.into_iter().enumerate() {
        let record = if limits.keep { first + index } else { 0 };
        match side {
            Inside::Point(point) => parts.push(Node {
                place: node.place.decide(at, on, implied, problem),
                point,
                record,
            }),
            Inside::Empty(factors) => tree.done(record, empty(&factors), &limits.watch),
            Inside::Unknown => is_known = false,
        }
    }
    parts.reverse();
    Ok((parts, is_known))
}
