//! Maximum matchings of bipartite graphs (Hopcroft–Karp) and the Hall violators they leave; assignments with the least largest cost.

use std::cmp::Ordering;

use crate::exact::scalar::{Order, Scalar};

/// A bipartite graph: for every source the places it may go to, in the order they are tried.
#[derive(Clone, Debug)]
pub struct Graph {
    /// Places of each source.
    pub edges: Vec<Vec<usize>>,
    /// Number of places.
    pub places: usize,
}

/// A maximum matching.
#[derive(Clone, Debug)]
pub struct Matched {
    /// The place of each source.
    pub place: Vec<Option<usize>>,
    /// The source in each place.
    pub source: Vec<Option<usize>>,
}

impl Matched {
    /// The place of every source, if all have one.
    pub fn perfect(&self) -> Option<Vec<usize>> {
        self.place.iter().copied().collect()
    }
}

/// Sources, and fewer places that contain all places they may go to; both increasing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violator {
    /// The sources.
    pub sources: Vec<usize>,
    /// Their places.
    pub places: Vec<usize>,
}

/// The least of some levels at which all sources can be placed, and their places; `None` if there is none. At a level there are the edges of all
/// levels below, and perhaps more.
///
/// Cost: that of a maximum matching for each bit of their number.
pub(crate) fn least(
    levels: usize,
    mut matched: impl FnMut(usize) -> Matched,
) -> Option<(usize, Vec<usize>)> {
    let (mut from, mut to, mut found) = (0, levels, None);
    while from < to {
        let middle = from.midpoint(to);
        match matched(middle).perfect() {
            Some(place) => (to, found) = (middle, Some((middle, place))),
            None => from = middle + 1,
        }
    }
    found
}

/// The bottleneck assignment: the least v for which every source has a place of its own at cost at most v.
#[derive(Clone, Debug)]
pub(crate) struct Bottleneck<S> {
    /// v.
    pub value: S,
    /// The place of each source.
    pub places: Vec<usize>,
    /// Sources that at any smaller v have too few places.
    pub violator: Violator,
}

/// Solves it for costs by source and place, over any numbers; `None` without sources, and where not all of them have a place.
///
/// Numbers have costs that are not all known ([`Costs`](super::bottleneck::Costs)) and do the same with levels of those that matter.
///
/// Cost: n·log n comparisons of n costs, and the matchings of [`least`].
///
/// # Errors
/// Which cost is the larger one is not known.
pub(crate) fn bottleneck<S: Scalar, O: Order<S>>(
    order: &mut O,
    costs: &[Vec<S>],
) -> Result<Option<Bottleneck<S>>, O::Undecided> {
    let places = costs.first().map_or(0, Vec::len);
    let mut levels: Vec<&S> = Vec::new();
    // The level of each pair, row by row.
    let mut of: Vec<usize> = Vec::new();
    for cost in costs.iter().flatten() {
        let (mut from, mut to, mut equal) = (0, levels.len(), false);
        while from < to && !equal {
            let middle = from.midpoint(to);
            match order.sign(&cost.less(levels[middle]))? {
                Ordering::Less => to = middle,
                Ordering::Greater => from = middle + 1,
                Ordering::Equal => (from, equal) = (middle, true),
            }
        }
        if !equal {
            levels.insert(from, cost);
            for level in &mut of {
                *level += usize::from(*level >= from);
            }
        }
        of.push(from);
    }
    let graph = |below: usize| Graph {
        edges: of
            .chunks(places.max(1))
            .map(|row| (0..places).filter(|i| row[*i] < below).collect())
            .collect(),
        places,
    };
    // One source after the other: there are few, and bounds and Φ of families are what they were as long as this is what they are made of.
    let Some((level, found)) = least(levels.len(), |level| graph(level + 1).matched_in_turn())
    else {
        return Ok(None);
    };
    let (value, graph) = (levels[level].clone(), graph(level));
    let matched = graph.matched_in_turn();
    let unplaced = matched.place.iter().position(Option::is_none);
    Ok(unplaced.map(|source| Bottleneck {
        value,
        places: found,
        violator: graph.reached_from_source(source, &matched),
    }))
}

const UNREACHED: usize = usize::MAX;

impl Graph {
    /// A maximum matching: greedily first, then along shortest augmenting paths. Deterministic.
    pub fn maximum_matching(&self) -> Matched {
        let mut matched = Matched {
            place: vec![None; self.edges.len()],
            source: vec![None; self.places],
        };
        for (j, places) in self.edges.iter().enumerate() {
            let free = places.iter().find(|&&i| matched.source[i].is_none());
            if let Some(&i) = free {
                matched.place[j] = Some(i);
                matched.source[i] = Some(j);
            }
        }
        while self.augment(&mut matched) {}
        matched
    }

    /// A maximum matching along any augmenting paths, source by source: the sources that have a place are the first that can.
    fn matched_in_turn(&self) -> Matched {
        let mut source = vec![None; self.places];
        for j in 0..self.edges.len() {
            self.place_in_turn(j, &mut vec![false; self.places], &mut source);
        }
        let mut place = vec![None; self.edges.len()];
        for (i, j) in source.iter().enumerate() {
            if let Some(j) = j {
                place[*j] = Some(i);
            }
        }
        Matched { place, source }
    }

    fn place_in_turn(&self, j: usize, seen: &mut [bool], source: &mut [Option<usize>]) -> bool {
        self.edges[j].iter().any(|&i| {
            let free = !std::mem::replace(&mut seen[i], true)
                && source[i].is_none_or(|other| self.place_in_turn(other, seen, source));
            if free {
                source[i] = Some(j);
            }
            free
        })
    }

    /// One phase: distances from the free sources, then disjoint shortest augmenting paths. Whether there was one.
    fn augment(&self, matched: &mut Matched) -> bool {
        let mut distance = vec![UNREACHED; self.edges.len()];
        let mut queue: Vec<usize> = Vec::new();
        for (j, place) in matched.place.iter().enumerate() {
            if place.is_none() {
                distance[j] = 0;
                queue.push(j);
            }
        }
        let mut next = 0;
        while next < queue.len() {
            let j = queue[next];
            next += 1;
            for &i in &self.edges[j] {
                if let Some(k) = matched.source[i]
                    && distance[k] == UNREACHED
                {
                    distance[k] = distance[j] + 1;
                    queue.push(k);
                }
            }
        }
        let mut tried = vec![0; self.edges.len()];
        let free: Vec<usize> = (0..self.edges.len())
            .filter(|&j| matched.place[j].is_none())
            .collect();
        let mut found = false;
        for start in free {
            found |= self.follow(start, &distance, &mut tried, matched);
        }
        found
    }

    /// Depth first along increasing distances; every edge is tried once a phase.
    fn follow(
        &self,
        start: usize,
        distance: &[usize],
        tried: &mut [usize],
        matched: &mut Matched,
    ) -> bool {
        let mut path = vec![start];
        while let Some(&j) = path.last() {
            let Some(&i) = self.edges[j].get(tried[j]) else {
                path.pop();
                continue;
            };
            tried[j] += 1;
            match matched.source[i] {
                Some(k) if distance[k] == distance[j] + 1 => path.push(k),
                Some(_) => {}
                None => {
                    // Every source of the path takes the place it was trying.
                    for &j in &path {
                        let i = self.edges[j][tried[j] - 1];
                        matched.place[j] = Some(i);
                        matched.source[i] = Some(j);
                    }
                    return true;
                }
            }
        }
        false
    }

    /// Why not all sources can be placed; `None` if they can. Of the violators that alternating paths from unmatched sources and from
    /// unmatched places give, the one with the fewest pairs (source, place outside).
    pub fn violator(&self) -> Option<Violator> {
        let matched = self.maximum_matching();
        let mut best: Option<(usize, Violator)> = None;
        let mut consider = |violator: Violator| {
            let pairs = violator.sources.len() * (self.places - violator.places.len());
            if best.as_ref().is_none_or(|(least, _)| pairs < *least) {
                best = Some((pairs, violator));
            }
        };
        for (j, place) in matched.place.iter().enumerate() {
            if place.is_none() {
                consider(self.reached_from_source(j, &matched));
            }
        }
        // With as many sources as places the complement of a violator of places is one of sources.
        if self.edges.len() == self.places && matched.perfect().is_none() {
            let mut reverse = vec![Vec::new(); self.places];
            for (j, places) in self.edges.iter().enumerate() {
                for &i in places {
                    reverse[i].push(j);
                }
            }
            for (i, source) in matched.source.iter().enumerate() {
                if source.is_none() {
                    consider(self.reached_from_place(i, &reverse, &matched));
                }
            }
        }
        best.map(|(_, violator)| violator)
    }

    fn reached_from_source(&self, start: usize, matched: &Matched) -> Violator {
        let mut sources = vec![false; self.edges.len()];
        let mut places = vec![false; self.places];
        sources[start] = true;
        let mut stack = vec![start];
        while let Some(j) = stack.pop() {
            for &i in &self.edges[j] {
                if !places[i] {
                    places[i] = true;
                    if let Some(k) = matched.source[i]
                        && !sources[k]
                    {
                        sources[k] = true;
                        stack.push(k);
                    }
                }
            }
        }
        Violator {
            sources: indices(&sources, true),
            places: indices(&places, true),
        }
    }

    fn reached_from_place(
        &self,
        start: usize,
        reverse: &[Vec<usize>],
        matched: &Matched,
    ) -> Violator {
        let mut sources = vec![false; self.edges.len()];
        let mut places = vec![false; self.places];
        places[start] = true;
        let mut stack = vec![start];
        while let Some(i) = stack.pop() {
            for &j in &reverse[i] {
                if !sources[j] {
                    sources[j] = true;
                    if let Some(k) = matched.place[j]
                        && !places[k]
                    {
                        places[k] = true;
                        stack.push(k);
                    }
                }
            }
        }
        Violator {
            sources: indices(&sources, false),
            places: indices(&places, false),
        }
    }
}

fn indices(flags: &[bool], wanted: bool) -> Vec<usize> {
    let flags = flags.iter().enumerate();
    flags
        .filter(|(_, flag)| **flag == wanted)
        .map(|(i, _)| i)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Rational;
    use crate::exact::scalar::{Numbers, known};
    use proptest::prelude::*;

    /// The size of a maximum matching, by trying all choices.
    fn by_trying(edges: &[Vec<usize>], taken: u32) -> usize {
        let Some((first, rest)) = edges.split_first() else {
            return 0;
        };
        let skip = by_trying(rest, taken);
        let free = first.iter().filter(|&&i| taken >> i & 1 == 0);
        let takes = free.map(|&i| 1 + by_trying(rest, taken | 1 << i));
        takes.max().unwrap_or(0).max(skip)
    }

    proptest! {
        #[test]
        fn matchings_are_maximum_and_violators_violate(
            flags in proptest::collection::vec(proptest::bool::weighted(0.35), 36),
            sources in 1usize..7,
        ) {
            let edges: Vec<Vec<usize>> = (0..sources)
                .map(|j| (0..6).filter(|i| flags[6 * j + i]).collect())
                .collect();
            let graph = Graph { edges, places: 6 };
            let size = by_trying(&graph.edges, 0);
            for matched in [graph.maximum_matching(), graph.matched_in_turn()] {
                prop_assert_eq!(size, matched.place.iter().flatten().count());
                for (j, place) in matched.place.iter().enumerate() {
                    if let Some(i) = place {
                        prop_assert!(graph.edges[j].contains(i));
                        prop_assert_eq!(matched.source[*i], Some(j));
                    }
                }
            }
            let mut costs = vec![vec![Rational::default(); 6]; sources];
            for (j, row) in costs.iter_mut().enumerate() {
                for (i, cost) in row.iter_mut().enumerate() {
                    *cost = Rational::from_integer((i + j * usize::from(flags[6 * j + i])).into());
                }
            }
            let found = known(bottleneck(&mut Numbers, &costs)).expect("no more sources than places");
            let nearer = |j: usize, i: usize| costs[j][i] < found.value;
            prop_assert!((0..sources).all(|j| costs[j][found.places[j]] <= found.value));
            let Violator { sources: far, places } = &found.violator;
            prop_assert!(places.len() < far.len());
            prop_assert!(far.iter().all(|&j| (0..6).all(|i| places.contains(&i) || !nearer(j, i))));
            match graph.violator() {
                None => prop_assert_eq!(size, sources),
                Some(Violator { sources, places }) => {
                    prop_assert!(places.len() < sources.len());
                    for j in sources {
                        prop_assert!(graph.edges[j].iter().all(|i| places.contains(i)));
                    }
                }
            }
        }
    }
}
