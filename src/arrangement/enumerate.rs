//! Choosing a method, and running it.

use std::ops::ControlFlow;

use num_bigint::{BigInt, BigUint};

use super::control::{Control, Options, Pulse, StopReason, Stopped, tasks};
use super::list::Masks;
use super::mask::{MAX_CLASSES, Mask, with_mask};
use super::matrix::Matrix;
use super::regions::Regions;
use super::tree::{RegionTree, TreeRegion, TreeVisitor, Visit};
use super::{Arrangement, count, recursive};
use crate::exact::linear;
use crate::exact::lp::Decision;

/// How regions are enumerated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Method {
    /// Whichever of the others fits the task and the size of the arrangement.
    #[default]
    Auto,
    /// Recursive restriction and merge (RRK): lists all regions, without linear programs.
    Recursive,
    /// Restrictions, without the lists (CNT): counts only.
    Counting,
    /// Depth-first search with a linear program for each branch (RC): for the first regions, domains, and streaming.
    Tree,
}

impl std::fmt::Display for Method {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Method::Auto => "automatic",
            Method::Recursive => "recursive restriction and merge",
            Method::Counting => "counting by restriction",
            Method::Tree => "depth-first search with exact linear programs",
        })
    }
}

/// The tree method takes about as long for a region as the recursive one for this many.
const TREE_COST: u64 = 20;

impl Arrangement {
    /// An upper bound for the number of regions: without a domain the product of 2 Σ_{k<r} C(m−1, k) over the direct summands
    /// (Schläfli; Cover, Zaslavsky), attained if the normals of each are in general position. Within a domain its first facet is
    /// one hyperplane more, of which one side counts, and there are at most Σ_{k<r} C(m, k).
    ///
    /// Cost: r products of integers a direct summand.
    pub fn at_most(&self) -> BigUint {
        let mut product = BigUint::from(1u32);
        for (summand, &rank) in self.summands.iter().zip(&self.ranks) {
            product *= generic(summand.len() - 1, rank) * 2u32;
        }
        match self.domain.is_empty() {
            true => product,
            false => product.min(generic(self.classes.len(), self.coordinates.len())),
        }
    }

    /// A lower bound for the number of regions: r independent hyperplanes have 2^r. Within one half-space that is not empty, all but
    /// one of r independent ones are hyperplanes of the arrangement; of other domains nothing is known beforehand.
    pub fn at_least(&self) -> BigUint {
        let one = BigUint::from(1u32);
        match self.domain.len() {
            0 => one << self.rank,
            1 if self.domain.row(0).iter().any(|x| *x != BigInt::ZERO) => {
                one << (self.coordinates.len() - 1)
            }
            _ => BigUint::ZERO,
        }
    }

    /// Whether the normals and the facets of the domain are linearly independent: then all sign vectors are regions.
    pub fn is_independent(&self) -> bool {
        self.coordinates.len() == self.classes.len() + self.domain.len()
    }

    /// The method that [`Arrangement::regions`] (or, if `counting`, [`Arrangement::count`]) uses.
    ///
    /// Lists of all regions are made by [`Method::Recursive`]; the first few of many, and the regions within a domain of more
    /// than one facet, by [`Method::Tree`]; counts by [`Method::Counting`] if there is no domain.
    pub fn method(&self, options: &Options, counting: bool) -> Method {
        if options.method != Method::Auto {
            return options.method;
        }
        let few = options
            .limit
            .is_some_and(|limit| self.at_most() > BigUint::from(limit) * TREE_COST);
        match self.domain.len() {
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
    /// [`Method::Tree`] runs at most m linear programs a region ([`Simplex`](crate::exact::lp::Simplex)) and holds n masks. n
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
        outcome.map_err(|reason| control.stopped(reason))
    }

    /// Counts the regions.
    ///
    /// Cost: by [`Method::Counting`] the chains of restrictions of each direct summand down to dimension 2, O(m^(r−2)) of them,
    /// or, in arrangements with many coincidences, their distinct flats, which are held level by level; the regions themselves
    /// are not. Independent normals are counted at once.
    ///
    /// # Errors
    /// [`Stopped`] if a limit is met.
    pub fn count(&self, options: &Options) -> Result<BigUint, Stopped> {
        let control = self.control(options);
        if self.is_independent() && options.method == Method::Auto {
            return Ok(BigUint::from(1u32) << self.classes.len());
        }
        let outcome = in_pool(control.threads(), || match self.method(options, true) {
            Method::Counting if self.domain.is_empty() => {
                let mut product = BigUint::from(1u32);
                for summand in 0..self.summands.len() {
                    let matrix = self.summand(summand, &control)?;
                    product *= count::half(&matrix, &control)? * BigUint::from(2u32);
                }
                Ok(product)
            }
            Method::Tree => {
                let tree = self.tree();
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

    /// By listing.
    fn recursive_count(&self, control: &Control<'_>) -> Result<BigUint, StopReason> {
        if self.domain.len() > 1 || self.classes.len() >= MAX_CLASSES {
            return Err(StopReason::Method);
        }
        let slots = self.classes.len() + self.domain.len();
        let regions = with_mask!(slots, M => self.recursive_list::<M>(control))?;
        Ok(BigUint::from(regions.len()))
    }

    /// The shared state of a run.
    pub(super) fn control<'a>(&self, options: &'a Options) -> Control<'a> {
        let bits = self.reduced.bits() * self.coordinates.len() as u64;
        let bounds = (self.at_least(), self.at_most());
        Control::new(options, bounds, self.domain.is_empty(), bits)
    }

    /// The region tree of the classes, in the coordinates [`Arrangement::lift`] understands, within the domain.
    ///
    /// The tree's hyperplanes are the classes, not the rows.
    pub(super) fn tree(&self) -> RegionTree {
        RegionTree::from_table(self.reduced.clone(), self.classes.len())
    }

    /// The matrix of a direct summand.
    fn summand(&self, summand: usize, control: &Control<'_>) -> Result<Matrix, StopReason> {
        let classes = &self.summands[summand];
        let rows: Vec<Vec<BigInt>> = classes
            .iter()
            .map(|&class| self.reduced.row(class).to_vec())
            .collect();
        if classes.len() == self.classes.len() && self.domain.is_empty() {
            return Ok(Matrix::new(&rows, self.rank));
        }
        let columns: Vec<Vec<BigInt>> = (0..self.coordinates.len())
            .map(|column| rows.iter().map(|row| row[column].clone()).collect())
            .collect();
        let mut coordinates = linear::echelon(&columns, rows.len(), control.watch())?.pivot_rows;
        coordinates.sort_unstable();
        let rows: Vec<Vec<BigInt>> = rows
            .iter()
            .map(|row| {
                coordinates
                    .iter()
                    .map(|&column| row[column].clone())
                    .collect()
            })
            .collect();
        Ok(Matrix::new(&rows, coordinates.len()))
    }

    fn list<M: Mask>(
        &self,
        masks: Masks<M>,
        whole: bool,
        stopped: Option<StopReason>,
    ) -> Regions<'_> {
        Regions {
            arrangement: self,
            list: Box::new(masks),
            complete: whole,
            stopped,
        }
    }

    fn tree_list<M: Mask>(&self, control: &Control<'_>) -> Result<Regions<'_>, StopReason> {
        let tree = self.tree();
        let limit = control.options().limit;
        let collector = || Collector::<M> {
            masks: Vec::new(),
            limit: limit.map_or(usize::MAX, |limit| {
                usize::try_from(limit).unwrap_or(usize::MAX)
            }),
            pulse: Pulse::new(control),
            control,
            outcome: Ok(()),
        };
        if limit == Some(0) {
            return Ok(self.list(
                Masks::whole(Vec::<M>::new(), self.classes.len()),
                false,
                None,
            ));
        }
        if control.threads() > 1 && limit.is_none() {
            // Each node of a level of the tree is a task; the tasks' lists follow each other in the order of regions.
            let nodes = level(&tree, 64 * control.threads(), control)?;
            let walked = tasks(control, nodes.len(), |index| {
                let mut collector = collector();
                let _ = tree.walk_below(&nodes[index], &mut collector, control.watch())?;
                collector.outcome.map(|()| collector.masks)
            });
            let masks = Masks::whole(walked?.concat(), self.classes.len());
            return Ok(self.list(masks, true, None));
        }
        let mut collector = collector();
        let walked = tree.walk(&mut collector, control.watch());
        let whole = walked == Ok(ControlFlow::Continue(()));
        let stopped = collector.outcome.err();
        let masks = Masks::whole(collector.masks, self.classes.len());
        Ok(self.list(
            masks,
            whole,
            stopped.or(walked.err().map(StopReason::Limit)),
        ))
    }

    fn recursive_list<M: Mask>(&self, control: &Control<'_>) -> Result<Regions<'_>, StopReason> {
        let classes = self.classes.len();
        if !self.domain.is_empty() {
            let masks = self.half_space_list::<M>(control)?;
            return Ok(self.truncated(masks, control));
        }
        if classes == 0 {
            return Ok(self.truncated(vec![M::EMPTY], control));
        }
        let mut half: Vec<M> = Vec::new();
        for (index, summand) in self.summands.iter().enumerate() {
            let matrix = self.summand(index, control)?;
            let local = recursive::half::<M>(&matrix, summand.len(), control)?;
            if index == 0 {
                half = scatter(local, summand);
                continue;
            }
            let factors = scatter(local, summand);
            let all = summand
                .iter()
                .fold(M::EMPTY, |set, &class| set.or(M::bit(class)));
            let length = (half.len() as u64).saturating_mul(2 * factors.len() as u64);
            control.hold(length.saturating_mul(2 * size_of::<M>() as u64))?;
            let signs = || {
                factors
                    .iter()
                    .flat_map(move |&factor| [factor, factor.xor(all)])
            };
            half = half
                .iter()
                .flat_map(|&mask| signs().map(move |factor| mask.or(factor)))
                .collect();
        }
        if self.summands.len() > 1 {
            half.sort_unstable();
        }
        match control.options().limit {
            Some(limit) if limit < 2 * half.len() as u64 => {
                let all = M::below(classes);
                let antipodes = half.iter().rev().map(|mask| mask.xor(all));
                let masks = half
                    .iter()
                    .copied()
                    .chain(antipodes)
                    .take(limit as usize)
                    .collect();
                Ok(self.list(Masks::whole(masks, classes), false, None))
            }
            _ => Ok(self.list(Masks::half(half, classes), true, None)),
        }
    }

    fn truncated<M: Mask>(&self, mut masks: Vec<M>, control: &Control<'_>) -> Regions<'_> {
        let limit = control
            .options()
            .limit
            .and_then(|limit| usize::try_from(limit).ok());
        let complete = limit.is_none_or(|limit| masks.len() <= limit);
        if let Some(limit) = limit {
            masks.truncate(limit);
        }
        self.list(Masks::whole(masks, self.classes.len()), complete, None)
    }

    /// The regions in a domain of one facet.
    fn half_space_list<M: Mask>(&self, control: &Control<'_>) -> Result<Vec<M>, StopReason> {
        let classes = self.classes.len();
        let facet = self.reduced.row(classes);
        if facet.iter().all(|entry| *entry == BigInt::ZERO) {
            return Ok(Vec::new());
        }
        let mut rows = vec![facet.to_vec()];
        // The classes of the rows from the second on; a class parallel to the facet has the same sign everywhere.
        let mut row_classes = Vec::new();
        let mut constant = M::EMPTY;
        for class in 0..classes {
            let normal = self.reduced.row(class);
            let opposite = normal.iter().zip(facet).all(|(x, y)| *x == -y);
            if opposite {
                constant = constant.or(M::bit(class));
            }
            if !opposite && normal != facet {
                row_classes.push(class);
                rows.push(normal.to_vec());
            }
        }
        let matrix = Matrix::new(&rows, self.coordinates.len());
        let mut masks = recursive::half::<M>(&matrix, rows.len(), control)?;
        if row_classes.len() == classes {
            // The usual case: drop the facet's bit.
            masks.iter_mut().for_each(|mask| *mask = mask.shifted());
            return Ok(masks);
        }
        for mask in &mut masks {
            let minus = row_classes
                .iter()
                .enumerate()
                .filter(|(slot, _)| mask.contains(slot + 1));
            *mask = minus.fold(constant, |signs, (_, &class)| signs.or(M::bit(class)));
        }
        Ok(masks)
    }
}

/// Σ_{k<rank} C(count, k).
fn generic(count: usize, rank: usize) -> BigUint {
    let (mut sum, mut term) = (BigUint::ZERO, BigUint::from(1u32));
    for k in 0..rank {
        sum += &term;
        term = term * (count - k.min(count)) / (k + 1);
    }
    sum
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

/// Moves the bits of the k-th row to the k-th of the given classes.
fn scatter<M: Mask>(masks: Vec<M>, classes: &[usize]) -> Vec<M> {
    if classes.iter().enumerate().all(|(row, &class)| row == class) {
        return masks;
    }
    let moved = |mask: M| {
        let minus = classes
            .iter()
            .enumerate()
            .filter(|(row, _)| mask.contains(*row));
        minus.fold(M::EMPTY, |signs, (_, &class)| signs.or(M::bit(class)))
    };
    masks.into_iter().map(moved).collect()
}

/// Collects the masks of a walk.
struct Collector<'a, M> {
    masks: Vec<M>,
    limit: usize,
    pulse: Pulse<'a>,
    control: &'a Control<'a>,
    outcome: Result<(), StopReason>,
}

impl<M: Mask> TreeVisitor for Collector<'_, M> {
    fn enter(&mut self, _: &[Decision]) -> Visit {
        self.outcome = self.pulse.beat(4);
        if self.outcome.is_ok() {
            Visit::Descend
        } else {
            Visit::Stop
        }
    }

    fn region(&mut self, region: &TreeRegion<'_>) -> ControlFlow<()> {
        let minus = region.decided().iter().filter(|(_, plus)| !plus);
        self.masks
            .push(minus.fold(M::EMPTY, |mask, &(class, _)| mask.or(M::bit(class))));
        self.control.found(1);
        self.outcome = self.control.hold(size_of::<M>() as u64);
        if self.masks.len() >= self.limit || self.outcome.is_err() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }
}

/// The nodes of the first level of a tree that has at least so many, or of the last.
fn level(
    tree: &RegionTree,
    enough: usize,
    control: &Control<'_>,
) -> Result<Vec<Vec<Decision>>, StopReason> {
    let mut nodes = Vec::new();
    for depth in 0..=tree.order().len() {
        let mut cut = Cut {
            depth,
            nodes: Vec::new(),
        };
        let _ = tree.walk(&mut cut, control.watch())?;
        control.poll()?;
        nodes = cut.nodes;
        if nodes.len() >= enough {
            break;
        }
    }
    Ok(nodes)
}

/// Collects the nodes at a depth.
struct Cut {
    depth: usize,
    nodes: Vec<Vec<Decision>>,
}

impl TreeVisitor for Cut {
    fn enter(&mut self, decided: &[Decision]) -> Visit {
        if decided.len() < self.depth {
            return Visit::Descend;
        }
        self.nodes.push(decided.to_vec());
        Visit::Prune
    }

    fn region(&mut self, region: &TreeRegion<'_>) -> ControlFlow<()> {
        self.nodes.push(region.decided().to_vec());
        ControlFlow::Continue(())
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
