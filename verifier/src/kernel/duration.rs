//! Texts of durations, as `--time-limit` takes them.

use std::time::Duration;

/// Seconds, or a sum of numbers with a unit: `90`, `1.5`, `250ms`, `1h30m`.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
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

#[cfg(test)]
#[path = "../tests/duration.rs"]
mod tests;
