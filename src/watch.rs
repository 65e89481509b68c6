//! When work must end: a time limit, a memory limit and an interrupt, watched by whatever may take long.
//!
//! A [`Watch`] is handed down to every loop whose length no caller can foresee, as far as the pivots of exact linear programs. A loop
//! asks [`Watch::check`] at least every few milliseconds and ends with a [`Stop`], which its callers turn into what is known so far.
//! Nothing here takes part in an answer: the same work under no limit gives the same bytes.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

/// Why work ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Stop {
    /// The time limit was reached.
    #[error("the time limit was reached")]
    Time,
    /// The memory limit was reached.
    #[error("the memory limit was reached")]
    Memory,
    /// The interrupt flag was set.
    #[error("interrupted")]
    Interrupted,
    /// A temporary file could not be written.
    #[error("the disk for temporary files is full or cannot be written")]
    Disk,
}

/// How often a report may be made, and the resident memory looked at.
const INTERVAL: Duration = Duration::from_millis(100);

type Report = dyn Fn(&str) + Send + Sync;

/// Limits on a piece of work. Clones share everything: what one of them holds or meets counts for all.
///
/// ```
/// use std::time::Duration;
/// use relucert::watch::{Stop, Watch};
///
/// assert_eq!(Watch::none().check(), Ok(()));
/// assert_eq!(Watch::none().for_at_most(Duration::ZERO).check(), Err(Stop::Time));
/// let small = Watch::none().with_memory(1000);
/// assert_eq!(small.hold(600), Ok(()));
/// assert_eq!(small.hold(600), Err(Stop::Memory));
/// ```
#[derive(Clone, Default)]
pub struct Watch {
    deadline: Option<Instant>,
    memory: Option<u64>,
    interrupt: Option<&'static AtomicBool>,
    report: Option<Arc<Report>>,
    /// The time that is left for every MiB kept, and the most that is left.
    leaving: (Duration, Duration),
    shared: Arc<Shared>,
}

struct Shared {
    held: AtomicU64,
    kept: AtomicU64,
    /// Set once by whichever thread meets a limit first.
    stop: OnceLock<Stop>,
    /// When the resident memory was looked at, and when a report was made.
    looked: Mutex<Option<Instant>>,
    reported: Mutex<Instant>,
}

impl Default for Shared {
    fn default() -> Self {
        Shared {
            held: AtomicU64::new(0),
            kept: AtomicU64::new(0),
            stop: OnceLock::new(),
            looked: Mutex::new(None),
            reported: Mutex::new(Instant::now()),
        }
    }
}

impl Watch {
    /// No limit at all.
    pub fn none() -> Self {
        Self::default()
    }

    /// Stop when this time has passed from now on. A time beyond what the clock can count is no limit.
    #[must_use]
    pub fn for_at_most(self, time: Duration) -> Self {
        self.until(Instant::now().checked_add(time))
    }

    /// Stop at this instant.
    #[must_use]
    pub fn until(mut self, deadline: Option<Instant>) -> Self {
        self.deadline = deadline;
        self
    }

    /// Stop earlier the more is [kept](Self::keep), by the time `each` for every MiB, and by no more than `most`: what is kept has to be worked on before
    /// the time is over.
    #[must_use]
    pub fn leaving(mut self, each: Duration, most: Duration) -> Self {
        self.leaving = (each, most);
        self
    }

    /// Stop before more than this many bytes are held, by the count of [`hold`](Self::hold) and, where the system tells it, by the
    /// memory resident.
    #[must_use]
    pub fn with_memory(mut self, bytes: u64) -> Self {
        self.memory = Some(bytes);
        self
    }

    /// Stop soon after this flag is set.
    #[must_use]
    pub fn interrupted_by(mut self, flag: &'static AtomicBool) -> Self {
        self.interrupt = Some(flag);
        self
    }

    /// Say how far the work is: called at most ten times a second, from any thread, with one line of text.
    #[must_use]
    pub fn reporting(mut self, report: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.report = Some(Arc::new(report));
        self
    }

    /// When the time is over.
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// The memory limit in bytes.
    pub fn memory(&self) -> Option<u64> {
        self.memory
    }

    /// Why the work was stopped, if it was.
    pub fn stopped(&self) -> Option<Stop> {
        self.shared.stop.get().copied()
    }

    /// Whether the work may go on. Costs some 30 ns; the first limit that is met is answered ever after.
    ///
    /// # Errors
    /// The limit that was met.
    pub fn check(&self) -> Result<(), Stop> {
        if let Some(&stop) = self.shared.stop.get() {
            return Err(stop);
        }
        if self
            .interrupt
            .is_some_and(|flag| flag.load(Ordering::Relaxed))
        {
            return self.stop(Stop::Interrupted);
        }
        if let Some(deadline) = self.deadline
            && deadline.saturating_duration_since(Instant::now()) <= self.left_for_kept()
        {
            return self.stop(Stop::Time);
        }
        match self.memory {
            Some(most) if self.is_too_large(most) => self.stop(Stop::Memory),
            _ => Ok(()),
        }
    }

    /// Accounts for `bytes` more of storage that is about to grow.
    ///
    /// # Errors
    /// [`Stop::Memory`] if the limit does not allow them.
    pub fn hold(&self, bytes: u64) -> Result<(), Stop> {
        let held = self
            .shared
            .held
            .fetch_add(bytes, Ordering::Relaxed)
            .saturating_add(bytes);
        match self.memory {
            Some(most) if held > most => self.stop(Stop::Memory),
            _ => Ok(()),
        }
    }

    /// Gives back what was [held](Self::hold).
    pub fn release(&self, bytes: u64) {
        let less = |held: u64| Some(held.saturating_sub(bytes));
        let _ = self
            .shared
            .held
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
    }

    /// Accounts for `bytes` that work after this one will be about; see [`leaving`](Self::leaving).
    pub fn keep(&self, bytes: u64) {
        self.shared.kept.fetch_add(bytes, Ordering::Relaxed);
    }

    fn left_for_kept(&self) -> Duration {
        let kibibytes = self.shared.kept.load(Ordering::Relaxed) >> 10;
        let (each, most) = self.leaving;
        let each = each / 1024;
        each.saturating_mul(u32::try_from(kibibytes).unwrap_or(u32::MAX))
            .min(most)
    }

    /// Stops the work for want of room on the disk.
    pub fn full(&self) {
        let _ = self.stop(Stop::Disk);
    }

    /// Says how far the work is, if anyone listens and has not heard for a tenth of a second.
    pub fn tell(&self, text: impl FnOnce() -> String) {
        let Some(report) = &self.report else { return };
        let Ok(mut last) = self.shared.reported.try_lock() else {
            return;
        };
        if last.elapsed() >= INTERVAL {
            *last = Instant::now();
            report(&text());
        }
    }

    /// Says how far work of a known length is, and how long it takes yet if it goes on as it has since it began.
    pub fn tell_of(&self, since: Instant, done: u64, all: u64, what: &str) {
        self.tell(|| format!("{done} of {all} {what}{}", left(since.elapsed(), done, all)));
    }

    /// The same limits, none of them met and nothing held: for other work in the time that is left.
    #[must_use]
    pub fn afresh(&self) -> Self {
        Watch {
            shared: Arc::default(),
            ..self.clone()
        }
    }

    fn stop(&self, reason: Stop) -> Result<(), Stop> {
        Err(*self.shared.stop.get_or_init(|| reason))
    }

    fn is_too_large(&self, most: u64) -> bool {
        let Ok(mut looked) = self.shared.looked.try_lock() else {
            return false;
        };
        if looked.is_some_and(|last| last.elapsed() < INTERVAL / 10) {
            return false;
        }
        *looked = Some(Instant::now());
        resident().is_some_and(|bytes| bytes > most)
    }
}

/// How long work takes yet of which so many parts of all are done after some time; nothing where that is too early to say.
fn left(elapsed: Duration, done: u64, all: u64) -> String {
    if done == 0 || done > all || elapsed < INTERVAL {
        return String::new();
    }
    let left = elapsed.as_millis().saturating_mul((all - done).into()) / u128::from(done);
    let seconds = left.div_ceil(1000);
    match seconds {
        0..=119 => format!(", about {seconds} s left"),
        120..=7199 => format!(", about {} min left", seconds.div_ceil(60)),
        _ => format!(", about {} h left", seconds.div_ceil(3600)),
    }
}

/// Asks a [`Watch`] now and then: often enough to stop within milliseconds, rarely enough to cost nothing.
pub struct Pulse<'a> {
    watch: &'a Watch,
    left: u64,
}

/// How much work, in nanoseconds or so, may pass between two questions.
const PERIOD: u64 = 200_000;

impl<'a> Pulse<'a> {
    /// The first question comes after some work: what is short is done whatever the time.
    pub fn new(watch: &'a Watch) -> Self {
        Pulse {
            watch,
            left: PERIOD,
        }
    }

    /// Accounts for `work` units of roughly a nanosecond.
    ///
    /// # Errors
    /// The limit that was met.
    #[inline]
    pub fn beat(&mut self, work: u64) -> Result<(), Stop> {
        if self.left > work {
            self.left -= work;
            return Ok(());
        }
        self.left = PERIOD;
        self.watch.check()
    }
}

impl fmt::Debug for Pulse<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pulse").finish_non_exhaustive()
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("deadline", &self.deadline)
            .field("memory", &self.memory)
            .field("stopped", &self.stopped())
            .finish_non_exhaustive()
    }
}

/// The bytes of this process in memory, where the system tells.
pub fn resident() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = text.split(' ').nth(1)?.parse().ok()?;
    // Pages of 4 KiB; where they are larger, this is too low, and what is held is counted all the same.
    Some(pages * 4096)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_estimated_from_what_is_done() {
        let seconds = Duration::from_secs;
        for (elapsed, done, all, expected) in [
            (seconds(10), 5, 10, ", about 10 s left"),
            (seconds(10), 0, 10, ""),
            (seconds(10), 10, 10, ", about 0 s left"),
            (seconds(10), 11, 10, ""),
            (seconds(60), 1, 11, ", about 10 min left"),
            (seconds(60), 1, 1001, ", about 17 h left"),
            (Duration::ZERO, 1, 2, ""),
        ] {
            assert_eq!(left(elapsed, done, all), expected);
        }
    }

    #[test]
    fn time_is_left_for_what_is_kept() {
        const HOUR: Duration = Duration::from_secs(3600);
        let watch = Watch::none().for_at_most(2 * HOUR).leaving(HOUR, 3 * HOUR);
        watch.keep(1 << 20);
        assert_eq!(watch.check(), Ok(()));
        watch.keep(1 << 20);
        assert_eq!(watch.check(), Err(Stop::Time));
        // Other work begins with nothing kept.
        assert_eq!(watch.afresh().check(), Ok(()));
        let watch = watch.afresh().leaving(HOUR, HOUR);
        watch.keep(u64::MAX);
        assert_eq!(watch.check(), Ok(()));
    }
}
