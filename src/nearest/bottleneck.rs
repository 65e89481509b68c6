//! The bottleneck assignment: all sources to different places, the largest cost as small as possible, exactly.
//!
//! Fixed point settles most pairs at a few levels; only pairs whose cost may be the optimum are computed exactly.

use std::collections::HashMap;
use std::time::Instant;

use rayon::prelude::*;

use super::fixed_point::{Decision, TOP};
use super::matching::{Graph, Violator, least};
use super::metric::{Cost, Metric};
use super::source::Orientation;
use crate::certificate::Binding;
use crate::exact::Surd;
use crate::watch::{Stop, Watch};

/// When this few pairs are left, they are computed exactly.
const FEW: usize = 24;
/// Bits of relative precision after which halving the interval stops.
const PRECISION: u32 = 46;

/// What is known of one pair in one orientation: low < cost (if low ≥ 0) and cost ≤ high.
#[derive(Clone, Copy, Debug)]
struct Known {
    low: i64,
    high: i64,
}

/// Pair costs, found as they are needed and kept for later questions.
pub struct Costs<'a> {
    metric: &'a Metric,
    /// Index ((source · places) + place) · 2 + flipped.
    known: Vec<Known>,
    exact: HashMap<usize, Cost>,
    watch: Watch,
}

/// An optimal assignment.
#[derive(Clone, Debug)]
pub struct Optimum {
    /// The largest cost.
    pub value: Surd,
    /// The place of each source.
    pub place: Vec<usize>,
    /// Levels of the grid: below < value ≤ above (below is −1 if the value may be 0).
    bracket: (i64, i64),
}

/// Why no assignment has a largest cost below a value.
#[derive(Clone, Debug)]
pub struct HallEvidence {
    /// Sources and the places they may be near to.
    pub violator: Violator,
    /// A row a source, in it one binding for every other place and orientation.
    pub bindings: Vec<Vec<Binding>>,
}

/// Where a pair's cost is, seen from an interval of levels.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Zone {
    Below,
    Between,
    Above,
}

impl<'a> Costs<'a> {
    /// Nothing is known yet.
    pub fn new(metric: &'a Metric, watch: &Watch) -> Self {
        let pairs = metric.sources().len() * metric.places().len();
        let nothing = Known {
            low: -1,
            high: i64::MAX,
        };
        Costs {
            metric,
            known: vec![nothing; pairs * 2],
            exact: HashMap::new(),
            watch: watch.clone(),
        }
    }

    fn places(&self) -> usize {
        self.metric.places().len()
    }

    fn index(&self, source: usize, place: usize, flipped: bool) -> usize {
        (source * self.places() + place) * 2 + usize::from(flipped)
    }

    /// The exact cost of a pair.
    pub fn exact(&mut self, source: usize, place: usize, flipped: bool) -> &Cost {
        let index = self.index(source, place, flipped);
        let metric = self.metric;
        self.exact
            .entry(index)
            .or_insert_with(|| metric.cost(source, place, flipped))
    }

    /// From now on there is time.
    pub fn without_limits(&mut self) {
        self.watch = Watch::none();
    }

    /// Decides all pairs at a level, as far as fixed point can.
    fn refine(&mut self, orientations: &[Orientation], level: i64) -> Result<(), Stop> {
        self.watch.check()?;
        let (metric, places) = (self.metric, self.places());
        let rows = self.known.par_chunks_mut(2 * places).zip(orientations);
        rows.enumerate().for_each(|(source, (row, orientation))| {
            for &flipped in orientation.variants() {
                for place in 0..places {
                    let known = &mut row[2 * place + usize::from(flipped)];
                    if known.high <= level || known.low >= level {
                        continue;
                    }
                    match metric.decide(source, place, flipped, level) {
                        Decision::Near => known.high = level,
                        Decision::Far(_) | Decision::FarDead => known.low = level,
                        Decision::Unknown => {}
                    }
                }
            }
        });
        Ok(())
    }

    /// Below: cost ≤ low for sure. Above: cost > high for sure.
    fn zone(
        &self,
        source: usize,
        place: usize,
        orientation: Orientation,
        low: i64,
        high: i64,
    ) -> Zone {
        let variants = orientation.variants().iter();
        let zones = variants.map(|&flipped| {
            let known = self.known[self.index(source, place, flipped)];
            if known.high <= low {
                Zone::Below
            } else if known.low >= high {
                Zone::Above
            } else {
                Zone::Between
            }
        });
        zones.min().unwrap_or(Zone::Above)
    }

    /// The graph of the pairs that `keep` answers true for, nearest known pairs first.
    fn graph(
        &self,
        orientations: &[Orientation],
        keep: impl Fn(usize, usize, Orientation) -> bool,
    ) -> Graph {
        let edges = orientations
            .iter()
            .enumerate()
            .map(|(source, &orientation)| {
                let places = (0..self.places()).filter(|&place| keep(source, place, orientation));
                let mut places: Vec<usize> = places.collect();
                places.sort_by_key(|&place| {
                    let variants = orientation.variants().iter();
                    variants
                        .map(|&f| self.known[self.index(source, place, f)].high)
                        .min()
                });
                places
            });
        Graph {
            edges: edges.collect(),
            places: self.places(),
        }
    }

    /// Whether all sources can be placed with costs certainly at most `level`; and if not, whether they certainly cannot.
    fn placeable(
        &mut self,
        orientations: &[Orientation],
        level: i64,
    ) -> Result<Option<bool>, Stop> {
        self.refine(orientations, level)?;
        let within = |most: Zone| {
            let graph = self.graph(orientations, |j, i, o| {
                self.zone(j, i, o, level, level) <= most
            });
            graph.maximum_matching().perfect().is_some()
        };
        if within(Zone::Below) {
            return Ok(Some(true));
        }
        Ok(if within(Zone::Between) {
            None
        } else {
            Some(false)
        })
    }

    /// The bottleneck optimum for the given orientations of the sources (one each); there are at most as many sources as places.
    pub fn optimum(&mut self, orientations: &[Orientation]) -> Result<Optimum, Stop> {
        let (low, high) = self.bracket(orientations)?;
        let candidates = self.candidates(orientations, low, high)?;
        let mut values: Vec<Surd> = candidates.values().cloned().collect();
        values.sort_by(Surd::compare);
        values.dedup();
        let within = |value: &Surd| self.within(orientations, &candidates, low, value);
        let (value, place) = match least(values.len(), |level| {
            within(&values[level]).maximum_matching()
        }) {
            Some((level, place)) => (values.swap_remove(level), place),
            // Nothing but pairs that cost nothing.
            None => {
                let graph = within(&Surd::zero());
                let place = graph.maximum_matching().perfect();
                (Surd::zero(), place.unwrap_or_default())
            }
        };
        Ok(Optimum {
            value,
            place,
            bracket: (low, high),
        })
    }

    /// Levels low < optimum ≤ high, close to each other; low is −1 if it may be 0.
    fn bracket(&mut self, orientations: &[Orientation]) -> Result<(i64, i64), Stop> {
        let mut high = 1 << 50;
        while self.placeable(orientations, high)? != Some(true) && high < TOP {
            high *= 2;
        }
        let mut low = -1;
        loop {
            let fine = (high - low.max(0)) <= (high >> PRECISION).max(1);
            if fine || (low >= 0 && self.undecided(orientations, low, high) <= FEW) {
                return Ok((low, high));
            }
            // By ratio first, then by difference.
            let middle = if low < high / 16 {
                (high / 8).max(low + 1)
            } else {
                low.midpoint(high)
            };
            let middle = if middle >= high { high / 2 } else { middle };
            match self.placeable(orientations, middle)? {
                Some(true) => high = middle,
                Some(false) => low = middle,
                None => return Ok((low, high)),
            }
        }
    }

    fn undecided(&self, orientations: &[Orientation], low: i64, high: i64) -> usize {
        let rows = orientations.iter().enumerate();
        let counts = rows.map(|(j, &orientation)| {
            let places = 0..self.places();
            places
                .filter(|&i| self.zone(j, i, orientation, low, high) == Zone::Between)
                .count()
        });
        counts.sum()
    }

    /// The pairs whose cost may lie in (low, high], with their costs.
    fn candidates(
        &mut self,
        orientations: &[Orientation],
        low: i64,
        high: i64,
    ) -> Result<HashMap<(usize, usize), Surd>, Stop> {
        let mut candidates = HashMap::new();
        let since = Instant::now();
        for (source, &orientation) in orientations.iter().enumerate() {
            self.watch.check()?;
            let (done, all) = (source as u64, orientations.len() as u64);
            self.watch
                .tell_of(since, done, all, "neurons are compared exactly");
            for place in 0..self.places() {
                if self.zone(source, place, orientation, low, high) != Zone::Between {
                    continue;
                }
                let variants = orientation.variants().iter();
                let variants =
                    variants.filter(|&&f| self.known[self.index(source, place, f)].low < high);
                let variants: Vec<bool> = variants.copied().collect();
                let costs = variants
                    .into_iter()
                    .map(|f| self.exact(source, place, f).value.clone());
                let least = costs.reduce(|x, y| if y.compare(&x).is_lt() { y } else { x });
                if let Some(least) = least {
                    candidates.insert((source, place), least);
                }
            }
        }
        Ok(candidates)
    }

    /// The graph of the pairs that cost a value or less.
    fn within(
        &self,
        orientations: &[Orientation],
        candidates: &HashMap<(usize, usize), Surd>,
        low: i64,
        value: &Surd,
    ) -> Graph {
        self.graph(orientations, |j, i, orientation| {
            match candidates.get(&(j, i)) {
                Some(cost) => cost.compare(value).is_le(),
                None => self.zone(j, i, orientation, low, low) == Zone::Below,
            }
        })
    }

    /// Sources that are at least the optimum away from all but fewer places, with a binding for each of these pairs and each
    /// orientation; `None` if there are none, which happens only if the optimum is 0.
    pub fn hall(
        &mut self,
        orientations: &[Orientation],
        optimum: &Optimum,
    ) -> Result<Option<HallEvidence>, Stop> {
        let (below, above) = optimum.bracket;
        self.refine(orientations, above)?;
        let mut near = vec![false; orientations.len() * self.places()];
        for (source, &orientation) in orientations.iter().enumerate() {
            self.watch.check()?;
            for place in 0..self.places() {
                near[source * self.places() + place] =
                    match self.zone(source, place, orientation, below, above) {
                        Zone::Below => true,
                        Zone::Above => false,
                        Zone::Between => orientation.variants().iter().any(|&flipped| {
                            let cost = self.exact(source, place, flipped);
                            cost.value.compare(&optimum.value).is_lt()
                        }),
                    };
            }
        }
        let graph = self.graph(orientations, |j, i, _| near[j * self.places() + i]);
        let Some(violator) = graph.violator() else {
            return Ok(None);
        };
        let mut bindings = Vec::with_capacity(violator.sources.len());
        for &source in &violator.sources {
            self.watch.check()?;
            let mut row = Vec::new();
            for place in (0..self.places()).filter(|i| violator.places.binary_search(i).is_err()) {
                for &flipped in orientations[source].variants() {
                    match self.metric.decide(source, place, flipped, above) {
                        Decision::Far(binding) => row.push(binding),
                        _ => row.extend(self.exact(source, place, flipped).binding),
                    }
                }
            }
            bindings.push(row);
        }
        Ok(Some(HallEvidence { violator, bindings }))
    }
}
