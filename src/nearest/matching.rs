//! Maximum matchings of bipartite graphs (Hopcroft–Karp) and the Hall violators they leave.

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
            let matched = graph.maximum_matching();
            let size = matched.place.iter().flatten().count();
            prop_assert_eq!(size, by_trying(&graph.edges, 0));
            for (j, place) in matched.place.iter().enumerate() {
                if let Some(i) = place {
                    prop_assert!(graph.edges[j].contains(i));
                    prop_assert_eq!(matched.source[*i], Some(j));
                }
            }
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
