//! Numbers as canonical text: rationals in lowest terms, and rationals plus rational multiples of square roots.

use std::fmt;
use std::str::FromStr;

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive as _, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Why a text is not a number of a certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is not a canonical number: {reason}")]
pub struct NumberError {
    /// The offending text, cut after 60 characters.
    pub text: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

fn refuse<T>(text: &str, reason: &'static str) -> Result<T, NumberError> {
    let text = text.chars().take(60).collect();
    Err(NumberError { text, reason })
}

/// A rational whose only accepted text is canonical: `-3`, `7/5`; lowest terms, no sign `+`, no leading zeros.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatedRational(pub BigRational);

/// `rational + Σ coefficient·√radicand`, canonical text such as `2-1/2*sqrt(6)` or `sqrt(2)`.
///
/// Coefficients are non-zero; radicands are integers ≥ 2 in strictly increasing order, none a perfect square. (They need not
/// be square-free: no check ever factors.)
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Surd {
    /// The rational part.
    pub rational: BigRational,
    /// Pairs (coefficient, radicand).
    pub terms: Vec<(BigRational, BigInt)>,
}

/// The greatest common divisor, not negative; that of 0 and 0 is 0. Fast where one of the two is short: the general one goes bit by bit.
pub fn common_divisor(x: &BigInt, y: &BigInt) -> BigInt {
    let short = |n: &BigInt| n.magnitude().to_u128().filter(|n| *n > 0);
    // As denominators of floats are.
    let is_power = |n: &BigInt| {
        let zeros = n.trailing_zeros();
        zeros.is_some_and(|zeros| zeros + 1 == n.bits())
    };
    if is_power(x) && !y.is_zero() || is_power(y) && !x.is_zero() {
        let zeros = x.trailing_zeros().min(y.trailing_zeros());
        return BigInt::one() << zeros.unwrap_or(0);
    }
    let of = |n: u128, long: &BigInt| {
        // It is less than n.
        let rest = (long.magnitude() % n).to_u128().unwrap_or(0);
        match (u64::try_from(n), u64::try_from(rest)) {
            (Ok(n), Ok(rest)) => BigInt::from(n.gcd(&rest)),
            _ => BigInt::from(n.gcd(&rest)),
        }
    };
    match (short(x), short(y)) {
        (Some(n), _) => of(n, y),
        (None, Some(n)) => of(n, x),
        (None, None) => x.gcd(y),
    }
}

/// As many characters are surely a machine integer.
const SHORT: usize = 18;

fn integer(text: &str) -> Result<BigInt, NumberError> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return refuse(text, "expected digits");
    }
    if digits.len() > 1 && digits.starts_with('0') {
        return refuse(text, "leading zero");
    }
    if text == "-0" {
        return refuse(text, "minus zero");
    }
    if text.len() <= SHORT {
        return text
            .parse::<i64>()
            .map(BigInt::from)
            .or_else(|_| refuse(text, "expected digits"));
    }
    BigInt::from_str(text).or_else(|_| refuse(text, "expected digits"))
}

impl FromStr for StatedRational {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let Some((numerator, denominator)) = text.split_once('/') else {
            return Ok(StatedRational(BigRational::from_integer(integer(text)?)));
        };
        let (numerator, denominator) = (integer(numerator)?, integer(denominator)?);
        if !denominator.is_positive() || denominator.is_one() {
            return refuse(text, "the denominator must be at least 2");
        }
        if !common_divisor(&numerator, &denominator).is_one() {
            return refuse(text, "not in lowest terms");
        }
        Ok(StatedRational(BigRational::new_raw(numerator, denominator)))
    }
}

impl fmt::Display for StatedRational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_rational(&self.0, f)
    }
}

fn write_rational(value: &BigRational, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write_integer(value.numer(), f)?;
    if value.denom().is_one() {
        return Ok(());
    }
    f.write_str("/")?;
    write_integer(value.denom(), f)
}

/// Machine integers, as most are, are written without a place on the heap.
fn write_integer(value: &BigInt, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match value.to_i64() {
        Some(short) => write!(f, "{short}"),
        None => write!(f, "{value}"),
    }
}

impl From<BigRational> for StatedRational {
    fn from(value: BigRational) -> Self {
        StatedRational(value)
    }
}

impl From<BigRational> for Surd {
    fn from(rational: BigRational) -> Self {
        Surd {
            rational,
            terms: Vec::new(),
        }
    }
}

/// Splits `2-1/2*sqrt(6)+sqrt(7)` before every sign that is not the first character.
fn summands(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        if at > start && (byte == b'+' || byte == b'-') {
            parts.push(&text[start..at]);
            start = at;
        }
    }
    parts.push(&text[start..]);
    parts
}

impl FromStr for Surd {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let mut surd = Surd::from(BigRational::zero());
        for (index, part) in summands(text).into_iter().enumerate() {
            let part = match part.strip_prefix('+') {
                Some(_) if index == 0 => return refuse(text, "leading plus"),
                Some(rest) => rest,
                None => part,
            };
            let Some(inside) = part.strip_suffix(')') else {
                let rational = StatedRational::from_str(part)?.0;
                if index > 0 || (rational.is_zero() && text != "0") {
                    return refuse(text, "the rational part comes first, and only if not zero");
                }
                surd.rational = rational;
                continue;
            };
            let Some((coefficient, radicand)) = inside.split_once("sqrt(") else {
                return refuse(text, "expected sqrt(…)");
            };
            let coefficient = match coefficient {
                "" => BigRational::one(),
                "-" => -BigRational::one(),
                _ => match coefficient.strip_suffix('*') {
                    Some(factor) => StatedRational::from_str(factor)?.0,
                    None => return refuse(text, "expected '*' before sqrt"),
                },
            };
            if coefficient.is_zero() || (coefficient.abs().is_one() && inside.contains('*')) {
                return refuse(text, "a coefficient 0, 1 or -1 is not written");
            }
            let radicand = integer(radicand)?;
            if radicand < BigInt::from(2) {
                return refuse(text, "a radicand must be at least 2");
            }
            let root = radicand.sqrt();
            if &root * &root == radicand {
                return refuse(text, "a radicand must not be a perfect square");
            }
            if surd.terms.last().is_some_and(|(_, last)| *last >= radicand) {
                return refuse(text, "radicands must increase");
            }
            surd.terms.push((coefficient, radicand));
        }
        Ok(surd)
    }
}

impl fmt::Display for Surd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.rational.is_zero() || self.terms.is_empty() {
            write_rational(&self.rational, f)?;
        }
        for (index, (coefficient, radicand)) in self.terms.iter().enumerate() {
            if coefficient.is_negative() {
                f.write_str("-")?;
            } else if index > 0 || !self.rational.is_zero() {
                f.write_str("+")?;
            }
            let size = coefficient.abs();
            if !size.is_one() {
                write!(f, "{size}*")?;
            }
            write!(f, "sqrt({radicand})")?;
        }
        Ok(())
    }
}

macro_rules! as_text {
    ($number:ty) => {
        impl Serialize for $number {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $number {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    };
}
as_text!(StatedRational);
as_text!(Surd);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_texts_come_back_unchanged() {
        for text in ["0", "-3", "7/5", "-7/5"] {
            assert_eq!(text.parse::<StatedRational>().unwrap().to_string(), text);
        }
        for text in [
            "0",
            "2+2*sqrt(2)",
            "-sqrt(102)",
            "1/2*sqrt(3)-7/4*sqrt(5)",
            "1-sqrt(2)",
        ] {
            assert_eq!(text.parse::<Surd>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn common_divisors() {
        let big = |n: u32| BigInt::from(3).pow(n);
        let numbers = [
            BigInt::from(0),
            BigInt::from(1),
            BigInt::from(-12),
            BigInt::from(u64::MAX),
            BigInt::from(u128::MAX),
            big(50),
            big(90) * 4,
            -big(200),
            big(300) * 10,
        ];
        for x in &numbers {
            for y in &numbers {
                assert_eq!(common_divisor(x, y), x.gcd(y), "{x} {y}");
            }
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "", "+1", "01", "-0", "2/4", "1/1", "1/0", "1/-2", "0.5", "1e3", " 1", "0/5", "1/01",
        ] {
            assert!(text.parse::<StatedRational>().is_err(), "{text}");
        }
        for text in [
            "",
            "1+1",
            "sqrt(4)",
            "sqrt(1)",
            "sqrt(-2)",
            "sqrt(2)+1",
            "sqrt(3)+sqrt(2)",
            "0+sqrt(2)",
            "1*sqrt(2)",
            "sqrt(2)+sqrt(2)",
            "+sqrt(2)",
            "2sqrt(2)",
            "sqrt(2",
            "1/2+",
            "0*sqrt(2)",
            "sqrt(sqrt(2))",
        ] {
            assert!(text.parse::<Surd>().is_err(), "{text}");
        }
    }
}
