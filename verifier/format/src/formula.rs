//! Numbers of families as canonical text: quotients of polynomials in k, and sums of these times square roots of such quotients.

use std::fmt;
use std::str::FromStr;

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Signed as _, Zero as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::canonical::{is_square, no_common_factor};

/// Largest power of k in a certificate.
pub const LARGEST_POWER: usize = 200;

/// A quotient of polynomials in k with integer coefficients, canonical text such as `-1/k^2`, `k/2` or `(k^2+1)/(2*k)`.
///
/// All coefficients together have no common factor, the leading coefficient of the denominator is positive. Numerator and denominator have no common
/// factor that depends on k, which is seen modulo one of the primes of [`Field`](super::Field). The order is that of radicands in a [`Formula`], by
/// coefficients from the constant one, the numerator's first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fraction {
    /// Coefficient of k^i at i; the last one is not zero; empty for 0.
    pub numerator: Vec<BigInt>,
    /// The same; not empty.
    pub denominator: Vec<BigInt>,
}

/// `rational + Σ coefficient·√radicand` with coefficients and radicands in Q(k), canonical text such as `k*sqrt(2)` or
/// `(2*k-1)/2+1/k*sqrt(k^2+1)`. The radicands are none of them 0, and increase. None is the square of a quotient of polynomials, which it then would be,
/// without a root, for all k ≥ 1; they need not be square-free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// The part without roots.
    pub rational: Fraction,
    /// Pairs (coefficient ≠ 0, radicand).
    pub terms: Vec<(Fraction, Fraction)>,
}

/// Why a text is not a number of a family.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is not a canonical number with k: {reason}")]
pub struct FormulaError {
    /// The offending text, cut after 60 characters.
    pub text: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

type Parsed<T> = Result<T, &'static str>;

/// Splits before every `+` and `-` that is neither in parentheses nor the first character.
fn summands(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b'+' | b'-' if depth == 0 && at > start => {
                parts.extend(text.get(start..at));
                start = at;
            }
            _ => {}
        }
    }
    parts.extend(text.get(start..));
    parts
}

fn monomial(text: &str) -> Parsed<(BigInt, usize)> {
    let text = text.strip_prefix('+').unwrap_or(text);
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (digits, power) = match text.split_once('k') {
        None => (text, 0),
        Some((digits, "")) => (digits, 1),
        Some((digits, power)) => {
            let power = power.strip_prefix('^').ok_or("expected '^' after k")?;
            (digits, power.parse().map_err(|_| "expected a power of k")?)
        }
    };
    if power > LARGEST_POWER {
        return Err("the power of k is too large");
    }
    let digits = match digits.strip_suffix('*') {
        Some(digits) if power > 0 => digits,
        None if power > 0 && digits.is_empty() => "1",
        None if power == 0 => digits,
        _ => return Err("expected a coefficient, '*' and a power of k"),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("expected digits");
    }
    let value = BigInt::from_str(digits).map_err(|_| "expected digits")?;
    Ok((if negative { -value } else { value }, power))
}

fn polynomial(text: &str) -> Parsed<Vec<BigInt>> {
    let mut coefficients = Vec::new();
    for part in summands(text) {
        let (value, power) = monomial(part)?;
        if coefficients.len() <= power {
            coefficients.resize(power + 1, BigInt::zero());
        }
        if let Some(coefficient) = coefficients.get_mut(power) {
            *coefficient += value;
        }
    }
    while coefficients.last().is_some_and(BigInt::is_zero) {
        coefficients.pop();
    }
    coefficients.shrink_to_fit();
    Ok(coefficients)
}

fn without_parentheses(text: &str) -> &str {
    let inside = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    inside.unwrap_or(text)
}

fn fraction(text: &str) -> Parsed<Fraction> {
    let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
    let fraction = Fraction {
        numerator: polynomial(without_parentheses(numerator))?,
        denominator: polynomial(without_parentheses(denominator))?,
    };
    let all = fraction.numerator.iter().chain(&fraction.denominator);
    let content = all.fold(BigInt::zero(), |gcd, c| gcd.gcd(c));
    if !content.is_one() || !fraction.denominator.last().is_some_and(BigInt::is_positive) {
        return Err("the coefficients have a common factor, or the denominator is not positive");
    }
    if !no_common_factor(&fraction.numerator, &fraction.denominator) {
        return Err("numerator and denominator have a common factor");
    }
    Ok(fraction)
}

fn formula(text: &str) -> Parsed<Formula> {
    let (mut rational, mut terms) = (0, Vec::new());
    for part in summands(text) {
        let root = part.split_once("sqrt(").filter(|_| part.ends_with(')'));
        let Some((coefficient, radicand)) = root else {
            if !terms.is_empty() {
                return Err("the part without roots comes first");
            }
            rational += part.len();
            continue;
        };
        let coefficient = coefficient.strip_prefix('+').unwrap_or(coefficient);
        let coefficient = match coefficient.strip_suffix('*') {
            Some(coefficient) => match coefficient.strip_prefix("-(") {
                // A sum with a negative leading coefficient is written −(its negative).
                Some(rest) => negative(fraction(&format!("({rest}"))?),
                None => fraction(coefficient)?,
            },
            None if coefficient.is_empty() => fraction("1")?,
            None if coefficient == "-" => fraction("-1")?,
            None => return Err("expected '*' before sqrt"),
        };
        let radicand = radicand.strip_suffix(')').unwrap_or(radicand);
        terms.push((coefficient, fraction(radicand)?));
    }
    let rational = match text.get(..rational) {
        None | Some("") => fraction("0")?,
        Some(text) => fraction(text)?,
    };
    let is_zero = |fraction: &Fraction| fraction.numerator.is_empty();
    if terms.iter().any(|(c, r)| is_zero(c) || is_zero(r)) {
        return Err("a root with coefficient or radicand 0 is not written");
    }
    if !terms
        .windows(2)
        .all(|pair| matches!(pair, [(_, x), (_, y)] if x < y))
    {
        return Err("the radicands must increase");
    }
    if terms
        .iter()
        .any(|(_, r)| is_square(&r.numerator, &r.denominator))
    {
        return Err("the square root of a square is written without a root");
    }
    Ok(Formula { rational, terms })
}

fn negative(mut fraction: Fraction) -> Fraction {
    for coefficient in &mut fraction.numerator {
        *coefficient = -std::mem::take(coefficient);
    }
    fraction
}

fn read<T: fmt::Display>(text: &str, parse: impl Fn(&str) -> Parsed<T>) -> Result<T, FormulaError> {
    let refuse = |reason| FormulaError {
        text: text.chars().take(60).collect(),
        reason,
    };
    let value = parse(text).map_err(refuse)?;
    // The writer's text is the only one.
    if value.to_string() != text {
        return Err(refuse("not written in the canonical way"));
    }
    Ok(value)
}

impl FromStr for Fraction {
    type Err = FormulaError;
    fn from_str(text: &str) -> Result<Self, FormulaError> {
        read(text, fraction)
    }
}

impl FromStr for Formula {
    type Err = FormulaError;
    fn from_str(text: &str) -> Result<Self, FormulaError> {
        read(text, formula)
    }
}

/// Powers descend; a coefficient 1 before a power of k is not written.
fn write_polynomial(f: &mut impl fmt::Write, coefficients: &[BigInt]) -> fmt::Result {
    let mut first = true;
    for (power, coefficient) in coefficients.iter().enumerate().rev() {
        if coefficient.is_zero() {
            continue;
        }
        if coefficient.is_negative() {
            f.write_char('-')?;
        } else if !first {
            f.write_char('+')?;
        }
        first = false;
        let size = coefficient.abs();
        match power {
            0 => write!(f, "{size}")?,
            _ if size.is_one() => f.write_char('k')?,
            _ => write!(f, "{size}*k")?,
        }
        if power > 1 {
            write!(f, "^{power}")?;
        }
    }
    if first {
        f.write_char('0')?;
    }
    Ok(())
}

fn is_sum(coefficients: &[BigInt]) -> bool {
    coefficients.iter().filter(|c| !c.is_zero()).count() > 1
}

/// Whether a text like `2*k` would be read wrongly after a `/`.
fn is_product(coefficients: &[BigInt]) -> bool {
    is_sum(coefficients)
        || coefficients.len() > 1 && !coefficients.last().is_some_and(BigInt::is_one)
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.denominator.len() == 1 && self.denominator.iter().all(BigInt::is_one);
        let parts = [
            (&self.numerator, !whole && is_sum(&self.numerator)),
            (&self.denominator, is_product(&self.denominator)),
        ];
        for (index, (part, wrapped)) in parts.into_iter().enumerate() {
            if index == 1 && whole {
                break;
            }
            f.write_str(if index == 1 { "/" } else { "" })?;
            f.write_str(if wrapped { "(" } else { "" })?;
            write_polynomial(f, part)?;
            f.write_str(if wrapped { ")" } else { "" })?;
        }
        Ok(())
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        if !self.rational.numerator.is_empty() || self.terms.is_empty() {
            self.rational.fmt(f)?;
            first = false;
        }
        for (coefficient, radicand) in &self.terms {
            let minus = coefficient
                .numerator
                .last()
                .is_some_and(BigInt::is_negative);
            let size = if minus {
                negative(coefficient.clone())
            } else {
                coefficient.clone()
            };
            f.write_str(match (minus, first) {
                (true, _) => "-",
                (false, false) => "+",
                (false, true) => "",
            })?;
            first = false;
            let text = size.to_string();
            if text.contains('/') || !is_sum(&size.numerator) {
                if text != "1" {
                    write!(f, "{text}*")?;
                }
            } else {
                write!(f, "({text})*")?;
            }
            write!(f, "sqrt({radicand})")?;
        }
        Ok(())
    }
}

/// Serialised as its text.
macro_rules! as_text {
    ($type:ty) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    };
}
pub(super) use as_text;

as_text!(Fraction);
as_text!(Formula);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_canonical_text_is_read() {
        for text in [
            "0",
            "-3",
            "7/5",
            "k",
            "-k",
            "k^2-2*k+1",
            "-1/k^2",
            "k/2",
            "1/(2*k)",
            "(k+1)/(k^2+3)",
            "(-2*k+1)/3",
            "sqrt(2)",
            "-sqrt(1/k)",
            "k-1/2+1/k*sqrt(k^2+1)",
            "(k+1)*sqrt(2)",
            "-(k+1)*sqrt(2)",
            "1-(k+1)/(2*k)*sqrt(3)",
            "-k/2*sqrt(k)",
            "(k^3-1)/(2*k^2)+1/(2*k^2)*sqrt(k^6+6*k^3+1)",
            "sqrt(2)+sqrt(8)",
            "sqrt(k)+sqrt(2)-sqrt(3)",
            "k*sqrt(k)+sqrt(2)-sqrt(k^2+2)",
            "sqrt(k^2-6*k+9)",
        ] {
            // `k-1/2` is a sum of monomials over one denominator.
            let text = if text.starts_with("k-1/2") {
                "(2*k-1)/2+1/k*sqrt(k^2+1)"
            } else {
                text
            };
            let formula: Formula = text.parse().unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(formula.to_string(), text);
        }
        for text in [
            "",
            "+1",
            "01",
            "-0",
            "2/4",
            "1/1",
            "k^1",
            "k^0",
            "1*k",
            "k*2",
            "2k",
            "k/-2",
            "k+k",
            "1+k",
            "k^2/(k)",
            "(k)",
            "sqrt(0)",
            "0*sqrt(2)",
            "1*sqrt(2)",
            "sqrt(2)+1",
            "k-1/2",
            "k^999999999999",
            "k^201",
            "1/0",
            "0/2",
            "sqrt(2",
            "k)",
            "--k",
            "k--1",
            "x",
            "1/(k/2)",
            "sqrt(sqrt(2))",
            "(k+1)",
            "(k^2+k)/(k^2+k)",
            "(k^2-1)/(k-1)",
            "0/k",
            "sqrt(4)",
            "sqrt(1)",
            "sqrt(1)+sqrt(1)",
            "sqrt(k^2)",
            "sqrt(1/k^2)",
            "2*sqrt(k^2+2*k+1)",
            "sqrt(3)+sqrt(2)",
            "sqrt(2)+sqrt(2)",
            "sqrt(2)-sqrt(2)",
        ] {
            assert!(text.parse::<Formula>().is_err(), "{text}");
        }
    }
}
