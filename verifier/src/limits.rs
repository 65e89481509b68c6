//! What the verifier is willing to work on. Over a limit it declines; it never answers wrongly.

use std::time::{Duration, Instant};

use super::verdict::{Stop, decline};
use relucert_format::DefaultLimits;

/// Limits, each a flag. The defaults let a certificate of 50 MB with a tree of a million nodes pass.
#[derive(clap::Args, Clone, Debug, PartialEq, Eq)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// Bytes of a certificate, and of a network file bound to it.
    #[arg(long = "limit-bytes", value_name = "N", default_value_t = Limits::default().bytes)]
    pub bytes: usize,
    /// Bytes of one line; a region tree is one line.
    #[arg(long = "limit-line-bytes", value_name = "N", default_value_t = Limits::default().line_bytes)]
    pub line_bytes: usize,
    /// Decimal digits in a row; reading a number takes quadratic time.
    #[arg(long = "limit-digits", value_name = "N", default_value_t = Limits::default().digits)]
    pub digits: usize,
    /// Bits of a numerator or denominator that is computed and kept, and of the precision to which roots are enclosed.
    #[arg(long = "limit-bits", value_name = "N", default_value_t = Limits::default().bits)]
    pub bits: usize,
    /// Neurons of a network.
    #[arg(long = "limit-neurons", value_name = "N", default_value_t = Limits::default().neurons)]
    pub neurons: usize,
    /// Inputs, outputs, and entries of a Jacobian (inputs times outputs).
    #[arg(long = "limit-dimensions", value_name = "N", default_value_t = Limits::default().dimensions)]
    pub dimensions: usize,
    /// Steps.
    #[arg(long = "limit-steps", value_name = "N", default_value_t = Limits::default().steps)]
    pub steps: usize,
    /// Flats visited in counting the regions of an arrangement.
    #[arg(long = "limit-flats", value_name = "N", default_value_t = Limits::default().flats)]
    pub flats: usize,
    /// Neurons or kinks whose 2^N choices are gone through.
    #[arg(long = "limit-free", value_name = "N", default_value_t = Limits::default().free)]
    pub free: usize,
    /// Sets of hyperplanes that are tried as vertices for a sup norm.
    #[arg(long = "limit-vertices", value_name = "N", default_value_t = Limits::default().vertices)]
    pub vertices: usize,
    /// Nesting of JSON brackets; the format needs 6.
    #[arg(long = "limit-depth", value_name = "N", default_value_t = Limits::default().depth)]
    pub depth: usize,
    /// Time for each certificate, such as 90 (seconds), 1.5s, 5m or 1h30m.
    #[arg(long = "time-limit", value_name = "DURATION", value_parser = duration, allow_hyphen_values = true)]
    pub time: Option<Duration>,
    /// When the certificate at hand is declined, by the time limit.
    #[arg(skip)]
    pub deadline: Option<Instant>,
}

impl Default for Limits {
    fn default() -> Self {
        // What a producer can see of a file before it writes it stands with the data types.
        let DefaultLimits {
            bytes,
            line_bytes,
            digits,
            neurons,
            dimensions,
            steps,
        } = DefaultLimits::VALUES;
        Limits {
            bytes,
            line_bytes,
            digits,
            bits: 1 << 19,
            neurons,
            dimensions,
            steps,
            flats: 10_000_000,
            free: 20,
            vertices: 1_000_000,
            depth: 16,
            time: None,
            deadline: None,
        }
    }
}

impl Limits {
    /// The limits with the time limit running from now on, unless it runs already.
    #[must_use]
    pub fn started(&self) -> Limits {
        let end = |time| Instant::now().checked_add(time);
        Limits {
            deadline: self.deadline.or_else(|| self.time.and_then(end)),
            ..self.clone()
        }
    }

    /// Declines when the time is over. Every loop that a short certificate can make long asks this, or [`check`](Self::check).
    pub(super) fn tick(&self) -> Result<(), Stop> {
        match self.deadline {
            Some(deadline) if Instant::now() >= deadline => {
                decline("the time limit was reached (--time-limit)")
            }
            _ => Ok(()),
        }
    }

    /// Declines a computed value with too many bits in numerator or denominator, or when the time is over.
    pub(super) fn check(&self, bits: u64) -> Result<(), Stop> {
        self.tick()?;
        let bits = usize::try_from(bits).unwrap_or(usize::MAX);
        hold("bits of a computed value", bits, self.bits, "bits")
    }

    /// Declines to keep that many numbers of that many bits: over a common denominator, short numbers become long.
    pub(super) fn room(&self, numbers: usize, bits: u64) -> Result<(), Stop> {
        let bytes = usize::try_from(bits / 8).unwrap_or(usize::MAX);
        let bytes = bytes.saturating_mul(numbers);
        hold("bytes of computed values", bytes, self.bytes, "bytes")
    }
}

/// Seconds, or a sum of numbers with a unit: `90`, `1.5`, `250ms`, `1h30m`.
fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || {
        format!(
            "'{text}' is not a duration: seconds such as 90 or 1.5, or numbers with units such as 250ms, 90s, 5m, 1h30m"
        )
    };
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let (mut rest, mut total, mut parts) = (text.trim(), Duration::ZERO, 0_usize);
    while !rest.is_empty() {
        let after = rest.trim_start_matches(is_number);
        let number = rest.strip_suffix(after).unwrap_or_default();
        rest = after.trim_start_matches(|c| !is_number(c));
        let nanoseconds = match after.strip_suffix(rest).unwrap_or_default() {
            "" if parts == 0 && rest.is_empty() => 1_000_000_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" | "min" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => return Err(wrong()),
        };
        total = total.saturating_add(scaled(number, nanoseconds).ok_or_else(wrong)?);
        parts += 1;
    }
    match parts {
        0 => Err(wrong()),
        _ => Ok(total),
    }
}

/// A decimal number of units; more than can be counted is the most that can.
fn scaled(number: &str, nanoseconds: u64) -> Option<Duration> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !(digits(whole) && digits(fraction)) || whole.len() + fraction.len() == 0 {
        return None;
    }
    let whole = match whole {
        "" => 0,
        _ => whole.parse().unwrap_or(u64::MAX),
    };
    // Nine digits after the point are enough.
    let fraction: String = fraction
        .chars()
        .chain("000000000".chars())
        .take(9)
        .collect();
    let fraction =
        u128::from(fraction.parse::<u64>().ok()?) * u128::from(nanoseconds) / 1_000_000_000;
    let fraction = u64::try_from(fraction).unwrap_or(u64::MAX);
    Some(Duration::from_nanos(
        whole.saturating_mul(nanoseconds).saturating_add(fraction),
    ))
}

/// Declines if there is more of something than the limit of this name.
pub(super) fn hold(what: &str, found: usize, limit: usize, flag: &str) -> Result<(), Stop> {
    if found <= limit {
        return Ok(());
    }
    decline(format!(
        "{what}: {found}, more than the limit {limit} (--limit-{flag})"
    ))
}
