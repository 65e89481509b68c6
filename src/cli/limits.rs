//! `--time-limit` and `--memory-limit`, the same in every verb that can take long, and what an interrupt does.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::Args;

use super::failure::Failure;
use super::output::Output;
use super::start::started;
use crate::network::file::remove_unfinished;
use crate::watch::{Stop, Watch, resident};

/// Limits of a verb that can take long.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct LimitArgs {
    /// Stop after this time, such as 90 (seconds), 1.5s, 5m or 1h30m, with what is known. At most a third of it is left for a
    /// certificate, to write and to verify it; one that there is no time to verify is written all the same, and this is said
    #[arg(long, value_name = "DURATION", value_parser = duration, allow_hyphen_values = true)]
    time_limit: Option<Duration>,
    /// Stop before more memory than this is in use, such as 500M or 2G, with what is known
    #[arg(long, value_name = "SIZE", value_parser = size, allow_hyphen_values = true)]
    memory_limit: Option<u64>,
}

/// Set by the first interrupt.
pub(super) static INTERRUPTED: AtomicBool = AtomicBool::new(false);
/// Whether the work looks at [`INTERRUPTED`], so that a first interrupt may leave it time to end.
static WATCHED: AtomicBool = AtomicBool::new(false);

/// A first interrupt, by Ctrl-C or what schedulers send (SIGTERM, SIGHUP), lets work that watches for it end with what is known, and ends other work as a limit
/// does; a second one ends at once. No unfinished file stays.
pub(super) fn listen_for_interrupts(output: &Output) {
    let mut first = None;
    let end = End::of(output);
    // Where no handler can be set, a signal ends the process as ever.
    let _ = ctrlc::set_handler(move || {
        INTERRUPTED.store(true, Ordering::Relaxed);
        let again = first.get_or_insert_with(Instant::now).elapsed() >= PATIENCE;
        if again {
            remove_unfinished();
            std::process::exit(130);
        }
        if !WATCHED.load(Ordering::Relaxed) {
            end.now(Stop::Interrupted);
        }
    });
}

/// How the program ends in the middle of work that has nothing to show.
struct End {
    json: bool,
    answered: Arc<AtomicBool>,
}

impl End {
    fn of(output: &Output) -> Self {
        End {
            json: output.is_json(),
            answered: output.answered(),
        }
    }

    fn now(&self, stop: Stop) {
        let failure = Failure::Limit(format!("{stop}; nothing is known that was not printed"));
        remove_unfinished();
        let code = failure.report(self.json && !self.answered.load(Ordering::Relaxed));
        std::process::exit(code.into());
    }
}

/// Schedulers send a signal several times in short order, and mean it once.
const PATIENCE: Duration = Duration::from_secs(1);

impl LimitArgs {
    /// What the verb's work watches: these limits, and interrupts; its progress is shown on a terminal.
    pub(super) fn watch(&self, output: &Output) -> Watch {
        WATCHED.store(true, Ordering::Relaxed);
        let time = self.time_limit.unwrap_or_default();
        let grace = (time / 5).max(GRACE);
        self.end_after(grace, 4, End::of(output));
        output.at_work(self.end());
        let mut watch = Watch::none().interrupted_by(&INTERRUPTED);
        if let Some(time) = self.time_limit {
            let end = self.end();
            watch = watch.until(end).leaving(CERTIFICATE, time / 3);
            if let Some(end) = end.and_then(|end| end.checked_add(grace / 2)) {
                output.ends(end);
            }
        }
        if let Some(bytes) = self.memory_limit {
            watch = watch.with_memory(bytes);
        }
        match output.progress() {
            Some(progress) => watch.reporting(progress),
            None => watch,
        }
    }

    /// For work that has nothing to show before it is done: the program ends at a limit. To the answer it may tell how far it is.
    pub(super) fn guard(&self, output: &Output) -> Watch {
        output.at_work(self.end());
        self.end_after(Duration::ZERO, 0, End::of(output));
        match output.progress() {
            Some(progress) => Watch::none().reporting(progress),
            None => Watch::none(),
        }
    }

    /// When the time is over.
    fn end(&self) -> Option<Instant> {
        self.time_limit.and_then(|time| started().checked_add(time))
    }

    /// Ends the program when a limit is passed by this time, or by one part in so many of the memory (0: at once): whatever it does
    /// by then has forgotten to watch.
    fn end_after(&self, grace: Duration, part: u64, ending: End) {
        let end = self.end().and_then(|end| end.checked_add(grace));
        let most = self
            .memory_limit
            .map(|most| most.saturating_add(most.checked_div(part).unwrap_or(0)));
        if end.is_none() && most.is_none() {
            return;
        }
        std::thread::spawn(move || {
            let stop = loop {
                let now = Instant::now();
                let left = end.map(|end| end.saturating_duration_since(now));
                if left == Some(Duration::ZERO) {
                    break Stop::Time;
                }
                if most.is_some_and(|most| resident().is_some_and(|bytes| bytes > most)) {
                    break Stop::Memory;
                }
                let pause = if most.is_some() { LOOK } else { Duration::MAX };
                std::thread::sleep(left.unwrap_or(pause).min(pause));
            };
            ending.now(stop);
        });
    }
}

/// How long work that watches may take to print what it knows, at least: on a loaded machine a second of work takes several.
const GRACE: Duration = Duration::from_secs(4);
/// What writing and verifying a certificate takes for each MiB of trees that are kept, or somewhat more.
const CERTIFICATE: Duration = Duration::from_millis(500);
/// How often memory is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// Seconds, or a sum of numbers with a unit: `90`, `1.5`, `250ms`, `1h30m`.
fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || {
        format!(
            "'{text}' is not a duration: seconds such as 90 or 1.5, or numbers with units such as 250ms, 90s, 5m, 1h30m"
        )
    };
    let mut rest = text.trim();
    let mut total = Duration::ZERO;
    if rest.is_empty() {
        return Err(wrong());
    }
    let bare = |c: char| c.is_ascii_digit() || c == '.';
    while !rest.is_empty() {
        let digits = rest.find(|c| !bare(c)).unwrap_or(rest.len());
        let (number, after) = rest.split_at(digits);
        let unit = after.find(bare).unwrap_or(after.len());
        let (unit, after) = after.split_at(unit);
        let nanoseconds: u64 = match unit {
            "" if number.len() == text.trim().len() => 1_000_000_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" | "min" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => return Err(wrong()),
        };
        let part = scaled(number, nanoseconds).ok_or_else(wrong)?;
        let part = u64::try_from(part).map_err(|_| format!("'{text}' is too long"))?;
        total = total.saturating_add(Duration::from_nanos(part));
        rest = after;
    }
    Ok(total)
}

/// Bytes, or a number with a unit of 1024s: `500M`, `1.5G`, `2GiB`.
fn size(text: &str) -> Result<u64, String> {
    let wrong = || {
        format!(
            "'{text}' is not a size: bytes such as 1000000, or a number with a unit such as 500M or 2G"
        )
    };
    let trimmed = text.trim();
    let digits = trimmed
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(trimmed.len());
    let (number, unit) = trimmed.split_at(digits);
    let unit = unit.trim().to_ascii_lowercase();
    let power = match unit.trim_end_matches('b').trim_end_matches('i') {
        "" => 0,
        "k" => 10,
        "m" => 20,
        "g" => 30,
        "t" => 40,
        _ => return Err(wrong()),
    };
    let bytes = scaled(number, 1 << power).ok_or_else(wrong)?;
    u64::try_from(bytes).map_err(|_| format!("'{text}' is too large"))
}

/// A decimal number times a unit, rounded down; `None` if it is not one.
fn scaled(number: &str, unit: u64) -> Option<u128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !(digits(whole) && digits(fraction)) || whole.len() + fraction.len() == 0 {
        return None;
    }
    let fraction = &fraction[..fraction.len().min(12)];
    let value = |text: &str| match text {
        "" => Some(0),
        _ => text.parse::<u128>().ok(),
    };
    let part = value(fraction)?.checked_mul(unit.into())?
        / 10u128.pow(u32::try_from(fraction.len()).ok()?);
    // What does not fit is too long or too large, not malformed.
    Some(
        value(whole)
            .unwrap_or(u128::MAX)
            .saturating_mul(unit.into())
            .saturating_add(part),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_sizes_are_read_exactly_or_refused() {
        let millis = |text| duration(text).map(|d| d.as_millis());
        for (text, expected) in [
            ("90", 90_000),
            ("1.5", 1_500),
            ("0", 0),
            ("250ms", 250),
            ("1m", 60_000),
            ("1h30m", 5_400_000),
            ("1m30.5s", 90_500),
        ] {
            assert_eq!(millis(text), Ok(expected), "{text}");
        }
        for text in ["", "nan", "-5", "1,5", "1x", "m", "1m30", "1..5", "inf"] {
            assert!(
                duration(text).unwrap_err().contains("is not a duration"),
                "{text}"
            );
        }
        assert!(duration(&"9".repeat(40)).unwrap_err().contains("too long"));
        for (text, expected) in [
            ("1000", 1000),
            ("500M", 500 << 20),
            ("1.5G", 3 << 29),
            ("2GiB", 2 << 30),
            ("64kb", 64 << 10),
        ] {
            assert_eq!(size(text), Ok(expected), "{text}");
        }
        for text in ["", "-1", "x", "1X", "G"] {
            assert!(size(text).unwrap_err().contains("is not a size"), "{text}");
        }
    }
}
