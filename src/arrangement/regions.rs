//! The regions of an arrangement, listed.

use std::ops::ControlFlow;
use std::sync::{Arc, OnceLock};

use num_bigint::BigInt;

use super::control::StopReason;
use super::list::{MaskList, Masks};
use super::mask::Mask;
use super::normals::Arrangement;
use crate::advice::{Advice, Floats};
use crate::exact::lp::{Decision, shrink};
use crate::sides::{Ground, Place, Solver};
use crate::watch::{Stop, Watch};

/// A list of regions, in the lexicographic order of their sign strings with + before −.
///
/// The order is the same for all methods and numbers of threads. Regions are numbered from 0.
pub struct Regions<'a> {
    pub(super) arrangement: &'a Arrangement,
    pub(super) list: Box<dyn MaskList>,
    pub(super) complete: bool,
    pub(super) stopped: Option<StopReason>,
    advice: Arc<dyn Advice>,
    /// The arrangement's rows, prepared when they are first asked about.
    ground: OnceLock<Ground>,
}

impl std::fmt::Debug for Regions<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Regions")
            .field("len", &self.len())
            .field("complete", &self.complete)
            .finish_non_exhaustive()
    }
}

impl<'a> Regions<'a> {
    /// The regions of these masks; `complete` if they are all.
    pub(super) fn new<M: Mask>(
        arrangement: &'a Arrangement,
        masks: Masks<M>,
        complete: bool,
        stopped: Option<StopReason>,
    ) -> Self {
        Regions {
            arrangement,
            list: Box::new(masks),
            complete,
            stopped,
            advice: Arc::new(Floats),
            ground: OnceLock::new(),
        }
    }

    /// The same list, whose witnesses and circuits are asked of `advice`.
    pub(super) fn advised(mut self, advice: Arc<dyn Advice>) -> Self {
        self.advice = advice;
        self.ground = OnceLock::new();
        self
    }

    /// The rows of classes and domain, in the arrangement's coordinates.
    pub(super) fn ground(&self) -> &Ground {
        self.ground
            .get_or_init(|| Ground::new(Arc::clone(&self.arrangement.reduced), &*self.advice))
    }

    fn check(&self, region: usize) {
        let count = self.len();
        assert!(region < count, "region {region} of a list of {count}");
    }

    /// The number of regions listed.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether no region is listed.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether these are all regions; otherwise they are the first ones.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// Why the list ends early, unless because of the limit on its length.
    pub fn stopped(&self) -> Option<StopReason> {
        self.stopped
    }

    /// The arrangement.
    pub fn arrangement(&self) -> &'a Arrangement {
        self.arrangement
    }

    /// The bytes the list takes.
    pub fn bytes(&self) -> usize {
        self.list.bytes()
    }

    /// The sign of a region on a class of hyperplanes: true for +, the side the first row of the class points to.
    ///
    /// Cost: constant.
    ///
    /// # Panics
    /// If there is no such region in the list, or no such class.
    pub fn plus(&self, region: usize, class: usize) -> bool {
        self.check(region);
        assert!(
            class < self.arrangement.classes.len(),
            "there is no class {class}"
        );
        !self.list.minus(region, class)
    }

    /// Appends the sign string of a region, one of `+ - 0` for each row.
    ///
    /// Cost: O(m), without a search; so does [`Regions::signs`].
    ///
    /// # Panics
    /// If there is no such region in the list.
    pub fn write_signs(&self, region: usize, out: &mut String) {
        self.check(region);
        let mut classes = [0; 64];
        let mut long = Vec::new();
        let classes = match self.arrangement.classes.len() {
            few @ 0..=64 => &mut classes[..few],
            many => {
                long.resize(many, 0);
                &mut long[..]
            }
        };
        self.list.write(region, classes);
        out.extend(self.arrangement.class_of.iter().map(|class| match *class {
            None => '0',
            Some((class, true)) => char::from(classes[class]),
            Some((class, false)) if classes[class] == b'+' => '-',
            Some(_) => '+',
        }));
    }

    /// The signs of a region on all rows, as 1, −1 and 0.
    ///
    /// # Panics
    /// If there is no such region in the list.
    pub fn signs(&self, region: usize) -> Vec<i8> {
        self.check(region);
        let sign = |class: &Option<(usize, bool)>| match *class {
            None => 0,
            Some((class, same)) if self.list.minus(region, class) != same => 1,
            Some(_) => -1,
        };
        self.arrangement.class_of.iter().map(sign).collect()
    }

    /// The index of the region with the given signs on all rows, if there is one and it is listed.
    ///
    /// `signs` has one entry a row, 1, −1 or 0 (0 just on zero rows). Cost: O(m + m/64·log n).
    pub fn find(&self, signs: &[i8]) -> Option<usize> {
        if signs.len() != self.arrangement.len() {
            return None;
        }
        let classes = &self.arrangement.classes;
        let found = self.list.find(&|class| signs[classes[class].row()] < 0)?;
        (self.signs(found) == signs).then_some(found)
    }

    /// The region that shares the facet of a region on a class of hyperplanes; `None` if there is no such facet (or the
    /// neighbour is not listed).
    ///
    /// Cost: a binary search, O(m/64·log n).
    ///
    /// # Panics
    /// If there is no such region in the list, or no such class.
    pub fn across(&self, region: usize, class: usize) -> Option<usize> {
        self.check(region);
        assert!(
            class < self.arrangement.classes.len(),
            "there is no class {class}"
        );
        self.list.across(region, class)
    }

    /// The facets of a region with its neighbours: pairs of a hyperplane, by the first row of its class, and a region.
    ///
    /// Cost: m searches.
    ///
    /// # Panics
    /// If there is no such region in the list.
    pub fn neighbours(&self, region: usize) -> Vec<(usize, usize)> {
        let classes = self.arrangement.classes.iter().enumerate();
        let facets =
            classes.filter_map(|(class, rows)| Some((rows.row(), self.across(region, class)?)));
        facets.collect()
    }

    /// Calls back once with each pair of adjacent regions, as (i, j, hyperplane) with i < j and the first row of the class of the
    /// hyperplane between them, until it breaks. The order depends on the list alone.
    ///
    /// Cost: the sorted list is split at one class after another and the halves are merged: every region is looked at once for
    /// each split above it, at most m times. Nothing is stored.
    pub fn for_each_adjacency(
        &self,
        mut found: impl FnMut(usize, usize, usize) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.list
            .edges(&mut |i, j, class| found(i, j, self.arrangement.classes[class].row()))
    }

    /// All pairs of adjacent regions, sorted; see [`Regions::for_each_adjacency`].
    ///
    /// # Errors
    /// The limit of `watch` that was met.
    pub fn adjacency(&self, watch: &Watch) -> Result<Vec<(usize, usize, usize)>, Stop> {
        let mut edges = Vec::new();
        let mut outcome = Ok(());
        let _ = self.for_each_adjacency(|i, j, hyperplane| {
            edges.push((i, j, hyperplane));
            if edges.len() % 4096 == 1 {
                outcome = watch.check();
            }
            outcome.map_or_else(|_| ControlFlow::Break(()), ControlFlow::Continue)
        });
        outcome?;
        edges.sort_unstable();
        Ok(edges)
    }

    /// A small integer point inside a region (and inside the domain).
    ///
    /// Cost: one linear program of m rows in rank r, or the establishing of a point that [advice](super::Options::advice) determines, and as many
    /// products to make the point small. It depends on the region alone, and on who advises.
    ///
    /// # Errors
    /// The limit of `watch` that was met.
    ///
    /// # Panics
    /// If there is no such region in the list.
    pub fn witness(&self, region: usize, watch: &Watch) -> Result<Vec<BigInt>, Stop> {
        self.witness_by(&mut Solver::new(self.ground()), region, watch)
    }

    /// The same by a solver on the [ground](Self::ground).
    pub(super) fn witness_by(
        &self,
        solver: &mut Solver<'_>,
        region: usize,
        watch: &Watch,
    ) -> Result<Vec<BigInt>, Stop> {
        self.check(region);
        let arrangement = self.arrangement;
        let table = &arrangement.reduced;
        let class = |class: usize| (class, self.plus(region, class));
        let decided: Vec<Decision> = (0..table.len())
            .map(|row| {
                if row < arrangement.classes.len() {
                    class(row)
                } else {
                    (row, true)
                }
            })
            .collect();
        let mut place = Place::Nowhere;
        if !solver.find(&Place::Nowhere, &decided, &mut place, watch)? {
            unreachable!("only regions with interior points are listed");
        }
        let point = shrink(&place.point(self.ground()), table, 0..table.len());
        Ok(arrangement.lift(&point))
    }
}

impl Arrangement {
    /// The point of the whole space with the given independent coordinates, and 0 elsewhere.
    pub(super) fn lift(&self, point: &[BigInt]) -> Vec<BigInt> {
        let mut lifted = vec![BigInt::ZERO; self.dimension];
        for (&coordinate, value) in self.coordinates.iter().zip(point) {
            lifted[coordinate] = value.clone();
        }
        lifted
    }
}
