//! Bottleneck assignment over an ordered field, with a Hall violator for the lower bound.

use super::expression::Expression;
use super::sketch::Sketch;

/// The least v for which every source has a place of its own at cost at most v.
#[derive(Clone, Debug)]
pub struct Placing {
    /// v.
    pub value: Expression,
    /// The place of each source.
    pub places: Vec<usize>,
    /// Sources that at any smaller v have too few places, increasing.
    pub sources: Vec<usize>,
    /// Those places, increasing, fewer than the sources.
    pub reachable: Vec<usize>,
}

/// A largest matching along edges, by augmenting paths: the place of each source.
fn matching(edges: &[Vec<bool>], places: usize) -> Vec<Option<usize>> {
    let mut taken: Vec<Option<usize>> = vec![None; places];
    for source in 0..edges.len() {
        augment(edges, source, &mut vec![false; places], &mut taken);
    }
    let mut matched = vec![None; edges.len()];
    for (place, source) in taken.iter().enumerate() {
        if let Some(source) = source {
            matched[*source] = Some(place);
        }
    }
    matched
}

fn augment(
    edges: &[Vec<bool>],
    source: usize,
    seen: &mut [bool],
    taken: &mut [Option<usize>],
) -> bool {
    for place in 0..taken.len() {
        if !edges[source][place] || seen[place] {
            continue;
        }
        seen[place] = true;
        if taken[place].is_none_or(|other| augment(edges, other, seen, taken)) {
            taken[place] = Some(source);
            return true;
        }
    }
    false
}

/// Solves it for costs by source and place; there are at least as many places as sources, else the answer is `None`, as without sources.
pub fn bottleneck(sketch: &Sketch, costs: &[Vec<Expression>]) -> Option<Placing> {
    let places = costs.first()?.len();
    let at_most = |v: &Expression, strict: bool| -> Vec<Vec<bool>> {
        let edge = |cost: &Expression| {
            let room = v.sub(cost);
            if strict {
                sketch.is_positive(&room)
            } else {
                sketch.is_non_negative(&room)
            }
        };
        costs
            .iter()
            .map(|row| row.iter().map(edge).collect())
            .collect()
    };
    let full = |edges: &[Vec<bool>]| {
        matching(edges, places)
            .into_iter()
            .collect::<Option<Vec<usize>>>()
    };
    let mut best: Option<(&Expression, Vec<usize>)> = None;
    for value in costs.iter().flatten() {
        if best
            .as_ref()
            .is_some_and(|(old, _)| !sketch.is_positive(&old.sub(value)))
        {
            continue;
        }
        if let Some(found) = full(&at_most(value, false)) {
            best = Some((value, found));
        }
    }
    let (value, found) = best?;
    // Below v some source stays unplaced; all it reaches by alternating paths violates Hall's condition.
    let edges = at_most(value, true);
    let matched = matching(&edges, places);
    let mut sources: Vec<usize> = matched
        .iter()
        .position(Option::is_none)
        .into_iter()
        .collect();
    let (mut reachable, mut next) = (Vec::new(), 0);
    while let Some(&source) = sources.get(next) {
        next += 1;
        for (place, &near) in edges[source].iter().enumerate() {
            if near && !reachable.contains(&place) {
                reachable.push(place);
                sources.extend(matched.iter().position(|m| *m == Some(place)));
            }
        }
    }
    sources.sort_unstable();
    reachable.sort_unstable();
    Some(Placing {
        value: value.clone(),
        places: found,
        sources,
        reachable,
    })
}
