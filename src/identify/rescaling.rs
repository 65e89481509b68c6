//! Whether a direction is that of a rescaling.

use std::collections::BTreeMap;

use num_traits::Zero as _;

use super::change::Change;
use super::layers::Layered;
use crate::exact::Rational;

/// Whether δ is in the span of the v_j: numbers s_j, 0 at inputs and outputs, with δ = (s_i − s_j)·w at every weight from j to i, and s_i·b at every bias of i.
pub(super) fn is_rescaling(network: &Layered, changes: &[Change]) -> bool {
    let delta: BTreeMap<_, _> = changes
        .iter()
        .map(|change| ((change.layer, change.row, change.column), &change.by))
        .collect();
    let zero = Rational::zero();
    let hidden = network.layers.len() - 1;
    // Numbers that are known relative to a root: the root's name, and the difference. Node 0 is inputs and outputs.
    let starts: Vec<usize> = network
        .hidden()
        .iter()
        .scan(1, |at, width| Some(std::mem::replace(at, *at + width)))
        .collect();
    let node = |layer: usize, row: usize| match layer < hidden {
        true => starts[layer] + row,
        false => 0,
    };
    let mut edges: BTreeMap<usize, Vec<(usize, Rational)>> = BTreeMap::new();
    for (l, layer) in network.layers.iter().enumerate() {
        for (i, (row, bias)) in layer.weights.iter().zip(&layer.biases).enumerate() {
            let bias = network.biased.then_some((bias, 0, None));
            let weights = row.iter().enumerate().map(|(j, weight)| {
                let from = l.checked_sub(1).map_or(0, |before| node(before, j));
                (weight, from, Some(j))
            });
            for (weight, from, column) in weights.chain(bias) {
                let by = delta.get(&(l, i, column)).copied().unwrap_or(&zero);
                match (weight.is_zero(), by.is_zero()) {
                    (true, true) => {}
                    (true, false) => return false,
                    (false, _) => {
                        let ratio = by / weight;
                        let to = node(l, i);
                        edges.entry(from).or_default().push((to, ratio.clone()));
                        edges.entry(to).or_default().push((from, -ratio));
                    }
                }
            }
        }
    }
    let mut known: BTreeMap<usize, Rational> = BTreeMap::new();
    let nodes = 1 + network.hidden().iter().sum::<usize>();
    for root in 0..nodes {
        if known.contains_key(&root) {
            continue;
        }
        known.insert(root, zero.clone());
        let mut open = vec![root];
        while let Some(from) = open.pop() {
            let here = known[&from].clone();
            for (to, difference) in edges.get(&from).into_iter().flatten() {
                let there = match difference.is_zero() {
                    true => here.clone(),
                    false => &here + difference,
                };
                match known.get(to) {
                    Some(value) if *value != there => return false,
                    Some(_) => {}
                    None => {
                        known.insert(*to, there);
                        open.push(*to);
                    }
                }
            }
        }
    }
    true
}
