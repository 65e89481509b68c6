//! Choosing a method, and running it.

use std::ops::ControlFlow;
use std::sync::Arc;

use num_bigint::BigUint;

use super::control::{Control, Options, Pulse, StopReason, Stopped};
use super::count;
use super::mask::{MAX_CLASSES, with_mask};
use super::method::Method;
use super::normals::Arrangement;
use super::orbits;
use super::regions::Regions;
use super::tree::{TreeRegion, TreeVisitor, Visit};
use crate::exact::lp::Decision;
use crate::watch::Watch;

/// The tree method takes about as long for a region as the recursive one for this many.
const TREE_COST: u64 = 20;

impl Arrangement {
    /// The method that [`Arrangement::regions`] (or, if `counting`, [`Arrangement::count`]) uses.
    ///
    /// Lists of all regions are made by [`Method::Recursive`]; the first few of many, and the regions within a domain of more
    /// than one facet, by [`Method::Tree`]; counts, if there is no domain, by [`Method::Orbits`] where there are many regions and
    /// many symmetries, and else by [`Method::Counting`].
    ///
    /// Cost: where a count may be large, that of looking for symmetries, which is small beside it.
    pub fn method(&self, options: &Options, counting: bool) -> Method {
        if options.method != Method::Auto {
            return options.method;
        }
        let few = options
            .limit
            .is_some_and(|limit| self.at_most() > BigUint::from(limit) * TREE_COST);
        match self.domain.len() {
            0 if counting && self.is_symmetric(&options.watch) => Method::Orbits,
            0 if counting => Method::Counting,
            0 | 1 if !few && self.classes.len() < MAX_CLASSES => Method::Recursive,
            _ => Method::Tree,
        }
    }

    /// Lists the regions, in the lexicographic order of their sign strings with + before −.
    ///
    /// The list is the same whatever the method and the number of threads. If [`Options::limit`] is reached, the first regions
    /// are the result, see [`Regions::is_complete`]. So they are if [`Method::Tree`] on one thread is stopped by another limit; in
    /// all other cases the first regions are not known before all are, and the answer is [`Stopped`].
    ///
    /// Cost, for n regions of m classes in rank r: [`Method::Recursive`] works through all chains of restrictions, O(m^(r−2))
    /// flats with a sweep over at most m lines each, and merges lists by bit operations; it holds n/2 masks of m bits.
    /// [`Method::Tree`] runs at most m linear programs a region, or establishes what [`Options::advice`] proposes instead, and holds n masks. n
    /// is at most [`Arrangement::at_most`], Θ(m^(r−1)) for fixed r.
    ///
    /// # Errors
    /// [`Stopped`], with bounds for the number: a limit was met, or the method that [`Options::method`] names cannot do what is
    /// asked (a recursive list within a domain of several sides, or of more than [`MAX_CLASSES`](super::MAX_CLASSES) classes).
    pub fn regions(&self, options: &Options) -> Result<Regions<'_>, Stopped> {
        let control = self.control(options);
        let run = || {
            // A domain of one facet is a hyperplane more, first, of which one side is wanted.
            let slots = self.classes.len() + 1;
            match self.method(options, false) {
                Method::Tree => with_mask!(slots, M => self.tree_list::<M>(&control)),
                Method::Recursive if self.domain.len() <= 1 && slots <= MAX_CLASSES => {
                    with_mask!(slots - usize::from(self.domain.is_empty()), M => self.recursive_list::<M>(&control))
                }
                _ => Err(StopReason::Method),
            }
        };
        let outcome = in_pool(control.threads(), run);
        let listed = outcome.map_err(|reason| control.stopped(reason));
        listed.map(|regions| regions.advised(Arc::clone(&options.advice)))
    }

    /// Counts the regions.
    ///
    /// Cost: by [`Method::Counting`] the chains of restrictions of each direct summand down to dimension 2, O(m^(r−2)) of them,
    /// or, in arrangements with many coincidences, their distinct flats, which are held level by level; the regions themselves
    /// are not. By [`Method::Orbits`] such flats, up to symmetry: k orbits take k·m comparisons of O(m·r) operations each, and
    /// hold k·m words. Independent normals are counted at once.
    ///
    /// # Errors
    /// [`Stopped`] if a limit is met, or if the method that [`Options::method`] names cannot do what is asked: of these two neither
    /// works within a domain, and the latter not for more hyperplanes than it says.
    pub fn count(&self, options: &Options) -> Result<BigUint, Stopped> {
        let control = self.control(options);
        if self.is_independent() && options.method == Method::Auto {
            return Ok(BigUint::from(1u32) << self.classes.len());
        }
        let outcome = in_pool(control.threads(), || match self.method(options, true) {
            method @ (Method::Counting | Method::Orbits) if self.domain.is_empty() => {
                let mut product = BigUint::from(1u32);
                for summand in 0..self.summands.len() {
                    product *= self.half_summand(summand, method, &control)? * 2u32;
                }
                Ok(product)
            }
            Method::Tree => {
                let tree = self.tree(&*options.advice);
                let mut counter = Counter {
                    regions: BigUint::ZERO,
                    pulse: Pulse::new(&control),
                    control: &control,
                    outcome: Ok(()),
                };
                let _ = tree.walk(&mut counter, control.watch())?;
                counter.outcome.map(|()| counter.regions)
            }
            Method::Recursive => self.recursive_count(&control),
            _ => Err(StopReason::Method),
        });
        outcome.map_err(|reason| control.stopped(reason))
    }

    /// Half the number of regions of a direct summand. Where the choice of method was left open, of several the asymmetric ones are
    /// not counted modulo symmetry.
    fn half_summand(
        &self,
        summand: usize,
        method: Method,
        control: &Control<'_>,
    ) -> Result<BigUint, StopReason> {
        let matrix = self.summand(summand, control)?;
        let watch = control.watch();
        let orbits = method == Method::Orbits
            && matrix.dimension() > 2
            && (control.options().method == Method::Orbits
                || self.summands.len() == 1
                || self.is_worth_orbits(summand, watch)?);
        if !orbits {
            return Ok(count::half(&matrix, control)?.into());
        }
        let products = self.products(summand, watch)?.ok_or(StopReason::Method)?;
        with_mask!(matrix.rows(), M => orbits::half::<M>(&matrix, &products, control))
    }

    /// Whether to count modulo symmetry. A limit that is met here will be met by the count as well.
    fn is_symmetric(&self, watch: &Watch) -> bool {
        let summands = 0..self.summands.len();
        summands
            .into_iter()
            .any(|summand| self.is_worth_orbits(summand, watch).unwrap_or(false))
    }

    /// By listing.
    fn recursive_count(&self, control: &Control<'_>) -> Result<BigUint, StopReason> {
        if self.domain.len() > 1 || self.classes.len() >= MAX_CLASSES {
            return Err(StopReason::Method);
        }
        let slots = self.classes.len() + self.domain.len();
        let regions = with_mask!(slots, M => self.recursive_list::<M>(control))?;
        Ok(BigUint::from(regions.len()))
    }
}

/// Runs on a pool of the given number of threads, or here if that is one.
fn in_pool<T: Send>(threads: usize, run: impl FnOnce() -> T + Send) -> T {
    if threads == 1 {
        return run();
    }
    match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool.install(run),
        // The system gives no more threads; rayon's own pool, or this thread, will do.
        Err(_) => run(),
    }
}

/// Counts the regions of a walk.
struct Counter<'a> {
    regions: BigUint,
    pulse: Pulse<'a>,
    control: &'a Control<'a>,
    outcome: Result<(), StopReason>,
}

impl TreeVisitor for Counter<'_> {
    fn enter(&mut self, _: &[Decision]) -> Visit {
        self.outcome = self.pulse.beat(4);
        if self.outcome.is_ok() {
            Visit::Descend
        } else {
            Visit::Stop
        }
    }

    fn region(&mut self, _: &TreeRegion<'_>) -> ControlFlow<()> {
        self.regions += 1u32;
        self.control.found(1);
        ControlFlow::Continue(())
    }
}
