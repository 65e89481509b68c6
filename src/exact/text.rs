//! Reading numbers as SPEC writes them: `-3`, `7/5`, `0.125`, `1e-3`, `0x1.8p-3`, `sqrt(2)`, `-2/5*sqrt(102)`, sums, products,
//! quotients and powers of these.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{One, ToPrimitive, Zero};

use super::{Rational, Surd};

/// Why a text is not a number. Carries the text (shortened) and what was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is not a number: {reason}")]
pub struct NumberError {
    /// The offending text, cut after 60 characters.
    pub text: String,
    /// What is wrong with it.
    pub reason: String,
}

/// Largest decimal or binary exponent, and largest power, that is read.
const LARGEST_EXPONENT: u32 = 20_000;
/// Longest number text that is read, in bytes.
const LONGEST_TEXT: usize = 1_000_000;
/// Deepest nesting of parentheses.
const DEEPEST: usize = 64;
/// Most square roots in one number.
const MOST_ROOTS: usize = 6;
/// Most bits of a numerator or denominator of the value.
const MOST_BITS: u64 = 4_000_000;

/// Reads a number: any SPEC number, radicals included.
///
/// ```
/// use relucert::exact::text::parse;
/// assert_eq!(parse("0.1").unwrap().to_string(), "1/10");
/// assert_eq!(parse("0x1.8p-3").unwrap().to_string(), "3/16");
/// assert_eq!(parse("(1+sqrt(2))/(sqrt(2)-1)").unwrap().to_string(), "3+2*sqrt(2)");
/// assert!(parse("1/0").is_err() && parse("nan").is_err() && parse("sqrt(sqrt(2))").is_err());
/// ```
pub fn parse(text: &str) -> Result<Surd, NumberError> {
    let trimmed = text.trim();
    let mut reader = Reader {
        rest: trimmed.as_bytes(),
        depth: 0,
    };
    let value = if trimmed.len() > LONGEST_TEXT {
        Err(format!("it has more than {LONGEST_TEXT} characters"))
    } else {
        reader.sum()
    };
    value
        .and_then(|value| match reader.peek() {
            None => Ok(value),
            Some(byte) => Err(format!("unexpected '{}'", byte.escape_ascii())),
        })
        .map_err(|reason| NumberError {
            text: trimmed.chars().take(60).collect(),
            reason,
        })
}

/// Reads a number that must be rational.
pub fn parse_rational(text: &str) -> Result<Rational, NumberError> {
    let value = parse(text)?;
    value.to_rational().cloned().ok_or_else(|| NumberError {
        text: text.chars().take(60).collect(),
        reason: "a rational number is expected here, not a square root".to_owned(),
    })
}

/// Reads a number that must be a rational ≥ 0 or a multiple of roots ≥ 0, such as β.
pub fn parse_non_negative(text: &str) -> Result<Surd, NumberError> {
    let value = parse(text)?;
    if value.sign() == Ordering::Less {
        return Err(NumberError {
            text: text.chars().take(60).collect(),
            reason: "it must not be negative".to_owned(),
        });
    }
    Ok(value)
}

struct Reader<'a> {
    rest: &'a [u8],
    depth: usize,
}

type Read<T> = Result<T, String>;

fn small_enough(value: Surd) -> Read<Surd> {
    let bits = |q: &Rational| q.numer().bits().max(q.denom().bits());
    let terms = value.terms();
    if terms.len() > MOST_ROOTS {
        return Err(format!("it has more than {MOST_ROOTS} square roots"));
    }
    if bits(value.rational_part()) > MOST_BITS
        || terms
            .iter()
            .any(|(c, n)| bits(c) > MOST_BITS || n.bits() > MOST_BITS)
    {
        return Err(format!("its value has more than {MOST_BITS} bits"));
    }
    Ok(value)
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<u8> {
        while let [b' ' | b'\t', rest @ ..] = self.rest {
            self.rest = rest;
        }
        self.rest.first().copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.rest = &self.rest[1..];
        }
        found
    }

    fn sum(&mut self) -> Read<Surd> {
        let mut value = self.product()?;
        loop {
            if self.take(b'+') {
                value = value.add(&self.product()?);
            } else if self.take(b'-') {
                value = value.sub(&self.product()?);
            } else {
                return Ok(value);
            }
            value = small_enough(value)?;
        }
    }

    fn product(&mut self) -> Read<Surd> {
        let mut value = self.signed()?;
        loop {
            if self.take(b'*') {
                value = value.mul(&self.signed()?);
            } else if self.take(b'/') {
                let divisor = self.signed()?;
                let inverse = divisor.inverse().ok_or("division by zero")?;
                value = value.mul(&inverse);
            } else {
                return Ok(value);
            }
            value = small_enough(value)?;
        }
    }

    fn signed(&mut self) -> Read<Surd> {
        let mut negative = false;
        loop {
            if self.take(b'-') {
                negative = !negative;
            } else if !self.take(b'+') {
                break;
            }
        }
        let value = self.power()?;
        Ok(if negative { value.neg() } else { value })
    }

    fn power(&mut self) -> Read<Surd> {
        let base = self.atom()?;
        if !self.take(b'^') {
            return Ok(base);
        }
        let negative = self.take(b'-');
        let exponent = self.digits(10)?;
        let exponent = exponent
            .to_u32()
            .filter(|e| *e <= LARGEST_EXPONENT)
            .ok_or_else(|| format!("a power above {LARGEST_EXPONENT}"))?;
        let mut value = Surd::from(Rational::one());
        for bit in (0..u32::BITS - exponent.leading_zeros()).rev() {
            value = small_enough(value.mul(&value))?;
            if exponent >> bit & 1 == 1 {
                value = small_enough(value.mul(&base))?;
            }
        }
        if negative {
            value = value.inverse().ok_or("division by zero")?;
        }
        Ok(value)
    }

    fn nested(&mut self) -> Read<Surd> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("more than {DEEPEST} nested parentheses"));
        }
        let value = self.sum()?;
        if !self.take(b')') {
            return Err("a closing parenthesis is missing".to_owned());
        }
        self.depth -= 1;
        Ok(value)
    }

    fn atom(&mut self) -> Read<Surd> {
        match self.peek() {
            Some(b'(') => {
                self.rest = &self.rest[1..];
                self.nested()
            }
            Some(b's') => match self.rest.strip_prefix(b"sqrt(") {
                Some(rest) => {
                    self.rest = rest;
                    let inside = self.nested()?;
                    let radicand = inside
                        .to_rational()
                        .ok_or("a square root inside a square root")?;
                    Surd::sqrt(radicand)
                        .ok_or_else(|| "the square root of a negative number".to_owned())
                }
                None => Err("expected sqrt(…)".to_owned()),
            },
            Some(b'0'..=b'9' | b'.') => self.literal().map(Surd::from),
            Some(byte) if self.not_finite() => Err(format!(
                "'{}…': NaN and infinities are refused",
                byte.escape_ascii()
            )),
            Some(byte) => Err(format!("unexpected '{}'", byte.escape_ascii())),
            None => Err("it ends where a number is expected".to_owned()),
        }
    }

    fn not_finite(&self) -> bool {
        let word = self.rest.to_ascii_lowercase();
        word.starts_with(b"nan") || word.starts_with(b"inf")
    }

    /// Digits in the base, at least one; answers their value.
    fn digits(&mut self, base: u32) -> Read<BigInt> {
        let (value, count) = self.some_digits(base)?;
        if count == 0 {
            return Err("expected digits".to_owned());
        }
        Ok(value)
    }

    fn some_digits(&mut self, base: u32) -> Read<(BigInt, usize)> {
        let count = self
            .rest
            .iter()
            .take_while(|byte| (**byte as char).is_digit(base))
            .count();
        let (digits, rest) = self.rest.split_at(count);
        self.rest = rest;
        if count == 0 {
            return Ok((BigInt::zero(), 0));
        }
        let value = BigInt::parse_bytes(digits, base).ok_or("expected digits")?;
        Ok((value, count))
    }

    /// A decimal or hexadecimal float, exactly.
    fn literal(&mut self) -> Read<Rational> {
        let hexadecimal = matches!(self.rest, [b'0', b'x' | b'X', ..]);
        let (base, marks, radix, per_digit) = if hexadecimal {
            self.rest = &self.rest[2..];
            (16, [b'p', b'P'], 2u32, 4)
        } else {
            (10, [b'e', b'E'], 10u32, 1)
        };
        let (mut value, mut count) = self.some_digits(base)?;
        let mut shift = 0i64;
        if let [b'.', rest @ ..] = self.rest {
            self.rest = rest;
            let before = self.rest.len();
            let (fraction, length) = self.some_digits(base)?;
            debug_assert_eq!(before - self.rest.len(), length);
            value = value * BigInt::from(base).pow(length as u32) + fraction;
            shift = -(per_digit * length as i64);
            count += length;
        }
        if count == 0 {
            return Err("expected digits".to_owned());
        }
        if self.rest.first().is_some_and(|byte| marks.contains(byte)) {
            self.rest = &self.rest[1..];
            let negative = match self.rest {
                [sign @ (b'+' | b'-'), rest @ ..] => {
                    self.rest = rest;
                    *sign == b'-'
                }
                _ => false,
            };
            let exponent = self.digits(10)?;
            let exponent = exponent
                .to_i64()
                .filter(|e| e.unsigned_abs() <= u64::from(LARGEST_EXPONENT))
                .ok_or_else(|| format!("an exponent beyond ±{LARGEST_EXPONENT}"))?;
            shift += if negative { -exponent } else { exponent };
        }
        let power = BigInt::from(radix).pow(shift.unsigned_abs() as u32);
        Ok(if shift < 0 {
            super::gcd::reduced(value, power)
        } else {
            Rational::from_integer(value * power)
        })
    }
}
