//! Limits, cancellation and progress of an enumeration.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use num_bigint::BigUint;
use rayon::prelude::*;

use super::method::Method;
use crate::advice::{Advice, Floats};
use crate::watch::{Stop, Watch};

/// What to do, within which limits. [`Options::default`] sets no limit.
#[derive(Clone)]
pub struct Options {
    /// The method; [`Method::Auto`] by default.
    pub method: Method,
    /// How many threads to use; 0, the default, stands for one a processor. The result does not depend on it.
    pub threads: usize,
    /// List at most this many regions: the first ones in the order of regions.
    pub limit: Option<u64>,
    /// When to stop, and whom to tell how far the work is. Where it limits no memory, lists of more than 8 GiB are not made.
    pub watch: Watch,
    /// Who proposes circuits and points where exact linear programs would take long; [`Floats`] by default. No answer depends on it but which of a
    /// region's points is its witness, and which circuits a certificate has.
    pub advice: Arc<dyn Advice>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            method: Method::default(),
            threads: 0,
            limit: None,
            watch: Watch::none(),
            advice: Arc::new(Floats),
        }
    }
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("method", &self.method)
            .field("threads", &self.threads)
            .field("limit", &self.limit)
            .field("watch", &self.watch)
            .finish_non_exhaustive()
    }
}

/// The most memory that lists take where no limit is set.
const MOST_MEMORY: u64 = 8 << 30;

/// Why an enumeration ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StopReason {
    /// A limit was met.
    #[error(transparent)]
    Limit(#[from] Stop),
    /// The method asked for does not handle so many hyperplanes, or does not handle domains.
    #[error("the method asked for cannot do this")]
    Method,
}

/// An enumeration that ended early, with what is known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("{reason}; at least {at_least} regions, at most {at_most}")]
pub struct Stopped {
    /// Why.
    pub reason: StopReason,
    /// There are at least this many regions.
    pub at_least: BigUint,
    /// There are at most this many regions.
    pub at_most: BigUint,
}

impl Stopped {
    /// The limit that was met, if that is the reason.
    pub fn limit(&self) -> Option<Stop> {
        match self.reason {
            StopReason::Limit(stop) => Some(stop),
            StopReason::Method => None,
        }
    }
}

/// The shared state of a running enumeration.
pub(crate) struct Control<'a> {
    options: &'a Options,
    watch: Watch,
    found: AtomicU64,
    /// What this run holds of the memory allowed; given back at its end.
    held: AtomicU64,
    /// The first reason to end that is no limit.
    refused: OnceLock<StopReason>,
    at_least: BigUint,
    at_most: BigUint,
    /// Whether regions come in antipodal pairs.
    symmetric: bool,
    threads: usize,
    worth_sharing: u64,
}

impl<'a> Control<'a> {
    /// For a run over at least and at most so many regions, with the entries of restrictions about so many bits long.
    pub(crate) fn new(
        options: &'a Options,
        (at_least, at_most): (BigUint, BigUint),
        symmetric: bool,
        bits: u64,
    ) -> Self {
        let worth_sharing = match bits {
            0..=62 => 20_000,
            63..=254 => 5_000,
            255..=1022 => 1_000,
            _ => 100,
        };
        let watch = options.watch.clone();
        Self {
            options,
            watch: match watch.memory() {
                Some(_) => watch,
                None => watch.with_memory(MOST_MEMORY),
            },
            found: AtomicU64::new(0),
            held: AtomicU64::new(0),
            refused: OnceLock::new(),
            // Starting threads takes longer than small arrangements.
            threads: match options.threads {
                _ if at_most < BigUint::from(worth_sharing) => 1,
                0 => std::thread::available_parallelism().map_or(1, usize::from),
                threads => threads,
            },
            at_least,
            at_most,
            symmetric,
            worth_sharing,
        }
    }

    /// Subproblems that may have more regions than this are worth dividing among threads.
    pub(crate) fn worth_sharing(&self) -> u64 {
        self.worth_sharing
    }

    /// The number of threads to use, at least 1.
    pub(crate) fn threads(&self) -> usize {
        self.threads
    }

    /// The limits.
    pub(crate) fn watch(&self) -> &Watch {
        &self.watch
    }

    /// Adds to the number of regions known; none may be counted twice.
    pub(crate) fn found(&self, regions: u64) {
        self.found.fetch_add(regions, Ordering::Relaxed);
    }

    /// The same for regions on the + side of the first hyperplane: without a domain their antipodes are regions too.
    pub(crate) fn found_half(&self, regions: u64) {
        self.found(regions.saturating_mul(if self.symmetric { 2 } else { 1 }));
    }

    /// Ends the enumeration if a limit is met or another thread ended it; tells how far it is.
    pub(crate) fn poll(&self) -> Result<(), StopReason> {
        self.watch.check()?;
        if let Some(&reason) = self.refused.get() {
            return Err(reason);
        }
        self.watch.tell(|| {
            let found = self.found.load(Ordering::Relaxed);
            format!("{found} regions so far, of at most {}", self.at_most)
        });
        Ok(())
    }

    /// Accounts for `bytes` more of memory, if they are allowed.
    pub(crate) fn hold(&self, bytes: u64) -> Result<(), StopReason> {
        self.held.fetch_add(bytes, Ordering::Relaxed);
        Ok(self.watch.hold(bytes)?)
    }

    /// Gives back what is held but so many bytes.
    pub(crate) fn release_all_but(&self, bytes: u64) {
        let held = self.held.swap(bytes, Ordering::Relaxed);
        self.watch.release(held.saturating_sub(bytes));
    }

    /// The options.
    pub(crate) fn options(&self) -> &'a Options {
        self.options
    }

    /// The error for the caller.
    pub(crate) fn stopped(&self, reason: StopReason) -> Stopped {
        let found = BigUint::from(self.found.load(Ordering::Relaxed));
        Stopped {
            reason,
            at_least: found.max(self.at_least.clone()),
            at_most: self.at_most.clone(),
        }
    }
}

impl Drop for Control<'_> {
    fn drop(&mut self) {
        self.watch.release(*self.held.get_mut());
    }
}

/// Runs tasks 0 to `count` − 1 on the threads allowed, and answers their results in order.
///
/// The last tasks, which are the largest where this is used, are begun first.
pub(crate) fn tasks<T: Send + Sync>(
    control: &Control<'_>,
    count: usize,
    task: impl Fn(usize) -> Result<T, StopReason> + Sync,
) -> Result<Vec<T>, StopReason> {
    if control.threads() == 1 {
        return (0..count).map(task).collect();
    }
    let results: Vec<OnceLock<Result<T, StopReason>>> =
        (0..count).map(|_| OnceLock::new()).collect();
    in_parallel(count, &|index| {
        let index = count - 1 - index;
        let result = task(index);
        if let Err(reason) = &result {
            control.refused.get_or_init(|| *reason);
        }
        // Each index comes once.
        let _ = results[index].set(result);
    });
    let done = results.into_iter().map(OnceLock::into_inner);
    done.map(|result| result.unwrap_or(Err(StopReason::Limit(Stop::Interrupted))))
        .collect()
}

/// Calls a function with 0 to `count` − 1 on the threads of the current pool. Not generic, to be compiled once.
pub(crate) fn in_parallel(count: usize, task: &(dyn Fn(usize) + Sync)) {
    (0..count).into_par_iter().with_max_len(1).for_each(task);
}

/// A counter that polls the shared state now and then: often enough to stop within milliseconds, rarely enough to cost nothing.
pub(crate) struct Pulse<'a> {
    control: &'a Control<'a>,
    left: u32,
}

impl<'a> Pulse<'a> {
    pub(crate) fn new(control: &'a Control<'a>) -> Self {
        Self { control, left: 0 }
    }

    /// Accounts for `work` units of roughly a microsecond.
    #[inline]
    pub(crate) fn beat(&mut self, work: u32) -> Result<(), StopReason> {
        if self.left > work {
            self.left -= work;
            return Ok(());
        }
        self.left = 1000;
        self.control.poll()
    }
}
