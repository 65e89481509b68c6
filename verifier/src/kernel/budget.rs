//! What a verification may cost: work in limb operations and memory in bytes, counted as they are spent. Over the budget the verifier declines; it never
//! answers wrongly.
//!
//! There is one budget for a whole verification, handed down to every loop that a certificate can make long. Each says what it is about to
//! do, or has just done, in the terms of [`cost`](super::cost): so work is bounded whatever a certificate holds, and a verdict comes in bounded time.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::cost;
use super::duration::duration;
use super::verdict::{Stop, decline};
use relucert_format::DefaultLimits;

/// Limits, each a flag. The defaults let a certificate of gigabytes pass, if what it has to say is in its trees.
#[derive(clap::Args, Clone, Debug, PartialEq, Eq)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// Bytes of a certificate, and of a network file bound to it.
    #[arg(long = "limit-bytes", value_name = "N", default_value_t = Limits::default().bytes)]
    pub bytes: u64,
    /// Work for each certificate, in limb operations (about a nanosecond each), and as much again for every 16 MiB read.
    #[arg(long = "limit-work", value_name = "N", default_value_t = Limits::default().work)]
    pub work: u64,
    /// Memory for each certificate, in bytes, with the networks bound to it; its own bytes count where it is not a file.
    #[arg(long = "limit-memory", value_name = "N", default_value_t = Limits::default().memory)]
    pub memory: u64,
    /// Time for each certificate, such as 90 (seconds), 1.5s, 5m or 1h30m.
    #[arg(long = "time-limit", value_name = "DURATION", value_parser = duration, allow_hyphen_values = true)]
    pub time: Option<Duration>,
}

impl Default for Limits {
    fn default() -> Self {
        // What a producer can see of a file before it writes it stands with the data types.
        let DefaultLimits {
            bytes,
            work,
            memory,
        } = DefaultLimits::VALUES;
        Limits {
            bytes,
            work,
            memory,
            time: None,
        }
    }
}

/// What one verification may spend, and has spent. Counters, not measurements: the same on every machine.
#[derive(Debug)]
pub struct Budget {
    limits: Limits,
    deadline: Option<Instant>,
    /// Bytes read; each allows more work.
    read: Cell<u64>,
    work: Cell<u64>,
    memory: Rc<Memory>,
    /// The work at which the clock is looked at again.
    look: Cell<u64>,
}

/// Bytes held now, and the most that were.
#[derive(Debug, Default)]
struct Memory {
    held: Cell<u64>,
    most: Cell<u64>,
}

impl Memory {
    fn add(&self, bytes: u64) {
        let held = self.held.get().saturating_add(bytes);
        self.held.set(held);
        self.most.set(self.most.get().max(held));
    }
}

/// Limb operations between two looks at the clock.
const LOOK: u64 = 1 << 20;
/// What anything costs that is done once for a line, a pair, a node.
const TICK: u64 = 100;
/// Bytes that a number takes beside its digits: numerator and denominator with their places on the heap.
const NUMBER: u64 = 160;

impl Budget {
    /// A fresh budget; the time begins now.
    pub fn new(limits: &Limits) -> Budget {
        Budget {
            limits: limits.clone(),
            deadline: limits
                .time
                .and_then(|time| Instant::now().checked_add(time)),
            read: Cell::new(0),
            work: Cell::new(0),
            memory: Rc::default(),
            look: Cell::new(0),
        }
    }

    /// Limb operations done.
    pub fn work(&self) -> u64 {
        self.work.get()
    }

    /// Limb operations that may be done, more with every byte read.
    pub fn allowed(&self) -> u64 {
        DefaultLimits::work_for(self.limits.work, self.read.get())
    }

    /// The most bytes that were held at one time.
    pub fn memory(&self) -> u64 {
        self.memory.most.get()
    }

    /// The bytes that are held now.
    pub(crate) fn held(&self) -> u64 {
        self.memory.held.get()
    }

    /// The flags.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Counts bytes read; declines more than a file may have.
    pub(crate) fn read(&self, bytes: u64) -> Result<(), Stop> {
        let limit = self.limits.bytes;
        if bytes > limit {
            return decline(format!(
                "bytes: more than the limit {limit} (--limit-bytes)"
            ));
        }
        self.read.set(self.read.get().saturating_add(bytes));
        Ok(())
    }

    /// Counts limb operations; declines if they, with those before, are more than allowed, or the time is over.
    pub(crate) fn charge(&self, work: u64) -> Result<(), Stop> {
        let work = self.work.get().saturating_add(work);
        self.work.set(work);
        if work >= self.look.get() {
            if work > self.allowed() {
                return self.exhausted();
            }
            if self
                .deadline
                .is_some_and(|deadline| Instant::now() >= deadline)
            {
                return decline("the time limit was reached (--time-limit)");
            }
            self.look.set(work.saturating_add(LOOK).min(self.allowed()));
        }
        Ok(())
    }

    /// Declines at once what could not be finished; counts nothing.
    pub(crate) fn afford(&self, work: u64) -> Result<(), Stop> {
        match self.work.get().saturating_add(work) > self.allowed() {
            true => self.exhausted(),
            false => Ok(()),
        }
    }

    fn exhausted(&self) -> Result<(), Stop> {
        let (limit, read) = (self.limits.work, self.read.get());
        decline(format!(
            "work: more than the limit {limit} limb operations, and as much again for every 16 MiB of the {read} bytes read (--limit-work)"
        ))
    }

    /// Counts what is done once for a line, a pair, a node.
    pub(crate) fn tick(&self) -> Result<(), Stop> {
        self.charge(TICK)
    }

    /// Counts a sum or product of fractions, by the bits of the result.
    pub(crate) fn check(&self, bits: u64) -> Result<(), Stop> {
        self.charge(cost::fraction(bits))
    }

    /// Declines if there is no place for so many numbers of so many bits beside what is held. They are not held: see [`keep`](Self::keep).
    pub(crate) fn room(&self, numbers: usize, bits: u64) -> Result<(), Stop> {
        self.hold(size(numbers, bits)).map(drop)
    }

    /// Holds so many bytes until the end of the verification.
    pub(crate) fn keep(&self, bytes: u64) -> Result<(), Stop> {
        let limit = self.limits.memory;
        if self.memory.held.get().saturating_add(bytes) > limit {
            return decline(format!(
                "memory: more than the limit {limit} bytes (--limit-memory)"
            ));
        }
        self.memory.add(bytes);
        Ok(())
    }

    /// Holds so many bytes until what it answers is dropped.
    pub(crate) fn hold(&self, bytes: u64) -> Result<Held, Stop> {
        self.keep(bytes)?;
        let memory = Rc::clone(&self.memory);
        Ok(Held { memory, bytes })
    }
}

impl Default for Budget {
    /// That of the default limits.
    fn default() -> Self {
        Budget::new(&Limits::default())
    }
}

/// Bytes that so many numbers take, of so many bits in numerator or denominator.
pub(crate) fn size(numbers: usize, bits: u64) -> u64 {
    cost::times(numbers, NUMBER.saturating_add(bits / 4))
}

/// Memory that is given back when this is dropped. A copy of what it belongs to holds as much once more.
#[derive(Debug)]
pub(crate) struct Held {
    memory: Rc<Memory>,
    bytes: u64,
}

impl Held {
    /// Holds more.
    pub(crate) fn grow(&mut self, bytes: u64, budget: &Budget) -> Result<(), Stop> {
        budget.keep(bytes)?;
        self.bytes += bytes;
        Ok(())
    }
}

impl Clone for Held {
    fn clone(&self) -> Held {
        self.memory.add(self.bytes);
        Held {
            memory: Rc::clone(&self.memory),
            bytes: self.bytes,
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let held = &self.memory.held;
        held.set(held.get().saturating_sub(self.bytes));
    }
}

#[cfg(test)]
#[path = "../tests/budget.rs"]
mod tests;
