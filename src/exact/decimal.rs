//! Exact numbers as short decimals for people, computed in integers, and beside these decimals.

use num_bigint::BigInt;
use num_traits::{Pow, Signed, Zero};

use super::surd::Surd;

/// About `digits` significant digits of the value, rounded towards zero; scientific notation outside 10^-5 … 10^15.
///
/// Cost: one enclosure of as many bits, again with twice as many where they do not decide. For people, never for decisions.
pub fn significant(value: &Surd, digits: usize) -> String {
    let digits = digits.max(1);
    let magnitude = value.abs();
    let minus = if value.sign() == std::cmp::Ordering::Less {
        "-"
    } else {
        ""
    };
    // 10^exponent ≤ magnitude < 10^(exponent+1), found from the number of decimal digits of an enclosure.
    let mut bits = 128;
    let (floor, exponent) = loop {
        let (low, _, denominator) = magnitude.enclosure(bits);
        if low.is_positive() {
            let (whole, unit) = (low, denominator << bits);
            break scaled(&whole, &unit, digits);
        }
        if magnitude.terms().is_empty() || bits > 1 << 14 {
            return "0".to_owned();
        }
        bits *= 2;
    };
    let mantissa = floor.to_string();
    let plain = if (-5..=15).contains(&exponent) {
        plain(&mantissa, exponent)
    } else {
        let (first, rest) = mantissa.split_at(1);
        let rest = rest.trim_end_matches('0');
        let point = if rest.is_empty() { "" } else { "." };
        format!("{first}{point}{rest}e{exponent}")
    };
    format!("{minus}{plain}")
}

impl Surd {
    /// A decimal with about `digits` significant digits, truncated towards zero; for people, never for decisions.
    pub fn approx(&self, digits: usize) -> String {
        significant(self, digits)
    }
}

/// From this length on an exact number stands behind its decimal.
const LONG: usize = 24;

/// `7/5 ≈ 1.4`, or, where the exact number is long, `≈ 1.4 = 1234…/…`; integers stand alone.
pub(crate) fn with_decimal(value: &Surd) -> String {
    with_digits(value, 6)
}

/// The same with another number of digits.
pub(crate) fn with_digits(value: &Surd, digits: usize) -> String {
    let exact = value.to_string();
    let decimal = value.approx(digits);
    match value.to_rational() {
        Some(rational) if rational.is_integer() => exact,
        _ if exact.len() < LONG => format!("{exact} ≈ {decimal}"),
        _ => format!("≈ {decimal} = {exact}"),
    }
}

/// `name = 7/5 ≈ 1.4`, or `name ≈ 1.4 = 1234…/…`.
pub(crate) fn named(name: &str, shown: &str) -> String {
    let sign = if shown.starts_with('≈') { "" } else { "= " };
    format!("{name} {sign}{shown}")
}

/// Like [`with_decimal`], but a value whose exact text would fill lines is given by its decimal alone.
pub(crate) fn brief(value: &Surd) -> String {
    let exact = with_decimal(value);
    if exact.chars().count() <= 90 {
        exact
    } else {
        format!("≈ {}", value.approx(12))
    }
}

/// The first `digits` digits of whole/unit > 0 and its decimal exponent.
fn scaled(whole: &BigInt, unit: &BigInt, digits: usize) -> (BigInt, i64) {
    let ten = BigInt::from(10);
    let length = |n: &BigInt| n.to_string().len() as i64;
    // At most one too large.
    let mut exponent = length(whole) - length(unit);
    loop {
        let shift = digits as i64 - 1 - exponent;
        let power: BigInt = Pow::pow(&ten, shift.unsigned_abs());
        let floor = if shift >= 0 {
            whole * power / unit
        } else {
            whole / (unit * power)
        };
        if length(&floor) >= digits as i64 && !floor.is_zero() {
            return (floor, exponent);
        }
        exponent -= 1;
    }
}

fn plain(mantissa: &str, exponent: i64) -> String {
    let text = if exponent < 0 {
        let zeros = "0".repeat((-exponent - 1) as usize);
        format!("0.{zeros}{mantissa}")
    } else {
        let whole = exponent as usize + 1;
        if mantissa.len() <= whole {
            return format!("{mantissa}{}", "0".repeat(whole - mantissa.len()));
        }
        let (left, right) = mantissa.split_at(whole);
        format!("{left}.{right}")
    };
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
