//! Limits, cancellation and progress of an enumeration.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use num_bigint::BigUint;
use rayon::prelude::*;

use super::Method;

/// What to do, within which limits. [`Options::default`] sets no limit but a memory limit of 8 GiB.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// The method; [`Method::Auto`] by default.
    pub method: Method,
    /// How many threads to use; 0, the default, stands for one a processor. The result does not depend on it.
    pub threads: usize,
    /// List at most this many regions: the first ones in the order of regions.
    pub limit: Option<u64>,
    /// Stop after this time.
    pub time_limit: Option<Duration>,
    /// Stop before lists take more than this many bytes.
    pub memory: u64,
    /// Stop soon after this flag is set.
    pub cancel: Option<&'a AtomicBool>,
    /// Called now and then, at most ten times a second, from any thread.
    pub progress: Option<&'a (dyn Fn(&Progress) + Sync)>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            method: Method::Auto,
            threads: 0,
            limit: None,
            time_limit: None,
            memory: 8 << 30,
            cancel: None,
            progress: None,
        }
    }
}

impl std::fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("method", &self.method)
            .field("threads", &self.threads)
            .field("limit", &self.limit)
            .field("time_limit", &self.time_limit)
            .field("memory", &self.memory)
            .finish_non_exhaustive()
    }
}

/// How far an enumeration is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Regions known to exist so far.
    pub regions: u64,
    /// An upper bound for the number of regions, attained by normals in general position.
    pub at_most: BigUint,
    /// The time spent.
    pub elapsed: Duration,
}

/// Why an enumeration ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StopReason {
    /// The time limit was reached.
    #[error("the time limit was reached")]
    Time,
    /// The cancellation flag was set.
    #[error("interrupted")]
    Cancelled,
    /// The list would need more memory than allowed.
    #[error("the list of regions needs more memory than allowed")]
    Memory,
    /// The method asked for does not handle so many hyperplanes, or does not handle domains.
    #[error("the method asked for cannot do this")]
    Method,
}

/// An enumeration that ended early, with what is known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}; at least {at_least} regions, at most {at_most}")]
pub struct Stopped {
    /// Why.
    pub reason: StopReason,
    /// There are at least this many regions.
    pub at_least: u64,
    /// There are at most this many regions.
    pub at_most: BigUint,
}

/// The shared state of a running enumeration.
pub(crate) struct Control<'a> {
    options: &'a Options<'a>,
    start: Instant,
    found: AtomicU64,
    held: AtomicU64,
    /// Set once by whichever thread meets a limit first.
    reason: OnceLock<StopReason>,
    last_report: Mutex<Instant>,
    at_most: BigUint,
    threads: usize,
    worth_sharing: u64,
}

impl<'a> Control<'a> {
    /// For a run over at most so many regions, with the entries of restrictions about so many bits long.
    pub(crate) fn new(options: &'a Options<'a>, at_most: BigUint, bits: u64) -> Self {
        let start = Instant::now();
        let worth_sharing = match bits {
            0..=62 => 20_000,
            63..=254 => 5_000,
            255..=1022 => 1_000,
            _ => 100,
        };
        Self {
            options,
            start,
            found: AtomicU64::new(0),
            held: AtomicU64::new(0),
            reason: OnceLock::new(),
            last_report: Mutex::new(start),
            // Starting threads takes longer than small arrangements.
            threads: match options.threads {
                _ if at_most < BigUint::from(worth_sharing) => 1,
                0 => std::thread::available_parallelism().map_or(1, usize::from),
                threads => threads,
            },
            at_most,
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

    /// Adds to the number of regions known.
    pub(crate) fn found(&self, regions: u64) {
        self.found.fetch_add(regions, Ordering::Relaxed);
    }

    /// Ends the enumeration if a limit is reached or another thread ended it; reports progress.
    pub(crate) fn poll(&self) -> Result<(), StopReason> {
        if self
            .options
            .cancel
            .is_some_and(|flag| flag.load(Ordering::Relaxed))
        {
            return self.stop(StopReason::Cancelled);
        }
        let limit = self.options.time_limit;
        if limit.is_some_and(|limit| self.start.elapsed() >= limit) {
            return self.stop(StopReason::Time);
        }
        if let Some(&reason) = self.reason.get() {
            return Err(reason);
        }
        if let Some(report) = self.options.progress
            && let Ok(mut last) = self.last_report.try_lock()
            && last.elapsed() >= Duration::from_millis(100)
        {
            *last = Instant::now();
            report(&Progress {
                regions: self.found.load(Ordering::Relaxed),
                at_most: self.at_most.clone(),
                elapsed: self.start.elapsed(),
            });
        }
        Ok(())
    }

    /// Accounts for `bytes` more of memory, if they are allowed.
    pub(crate) fn hold(&self, bytes: u64) -> Result<(), StopReason> {
        let held = self
            .held
            .fetch_add(bytes, Ordering::Relaxed)
            .saturating_add(bytes);
        if held > self.options.memory {
            self.stop(StopReason::Memory)
        } else {
            Ok(())
        }
    }

    /// The options.
    pub(crate) fn options(&self) -> &'a Options<'a> {
        self.options
    }

    fn stop(&self, reason: StopReason) -> Result<(), StopReason> {
        Err(*self.reason.get_or_init(|| reason))
    }

    /// The error for the caller.
    pub(crate) fn stopped(&self, reason: StopReason) -> Stopped {
        Stopped {
            reason,
            at_least: self.found.load(Ordering::Relaxed),
            at_most: self.at_most.clone(),
        }
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
        // Each index comes once.
        let _ = results[index].set(task(index));
    });
    let done = results.into_iter().map(OnceLock::into_inner);
    done.map(|result| result.unwrap_or(Err(StopReason::Cancelled)))
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
