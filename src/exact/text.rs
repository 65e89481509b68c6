//! Reading numbers as SPEC writes them: `-3`, `7/5`, `0.125`, `1e-3`, `0x1.8p-3`, `sqrt(2)`, `-2/5*sqrt(102)`, sums, products,
//! quotients and powers of these.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{One, ToPrimitive, Zero};

use super::rational::Rational;
use super::surd::Surd;

/// Why a text is not read as a number. Carries the text (shortened) and what was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("'{text}' is {}: {reason}", if *.limit { "beyond what is read" } else { "not a number" })]
pub struct NumberError {
    /// The offending text, cut after 60 characters.
    pub text: String,
    /// What is wrong with it.
    pub reason: String,
    /// It may be a number, but one beyond a limit.
    pub limit: bool,
}

/// Why a part of a text is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub reason: String,
    pub limit: bool,
}

impl Fault {
    pub fn limit(reason: impl Into<String>) -> Self {
        Fault {
            reason: reason.into(),
            limit: true,
        }
    }

    /// The fault of this text.
    pub fn of(self, text: &str) -> NumberError {
        let mut short: String = text.chars().take(60).collect();
        if short.len() < text.len() {
            short.push('…');
        }
        NumberError {
            text: short,
            reason: self.reason,
            limit: self.limit,
        }
    }
}

impl From<String> for Fault {
    fn from(reason: String) -> Self {
        Fault {
            reason,
            limit: false,
        }
    }
}

impl From<&str> for Fault {
    fn from(reason: &str) -> Self {
        reason.to_owned().into()
    }
}

/// Largest decimal or binary exponent, and largest power, that is read.
pub const LARGEST_EXPONENT: u32 = 20_000;
/// Longest number text that is read, in bytes.
pub const LONGEST_TEXT: usize = 30_000;
/// Deepest nesting of parentheses.
pub const DEEPEST: usize = 64;
/// Most different square roots in one number.
pub const MOST_ROOTS: usize = 6;
/// Most bits of the numerator or denominator of a number, or for a square root of half its square's; of every number on the way too.
pub const MOST_BITS: u64 = 100_000;

/// What may stand between the parts of a number.
pub(crate) const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

/// Reads a number: any SPEC number, radicals included. `−` is read as `-` and `√2`, `√(…)` as `sqrt(2)`, `sqrt(…)`, since numbers are printed that way.
///
/// Cost: bounded by the limits of this module; a text beyond one is refused before the work is done.
///
/// ```
/// use relucert::exact::text::parse;
/// assert_eq!(parse("0.1").unwrap().to_string(), "1/10");
/// assert_eq!(parse("0x1.8p-3").unwrap().to_string(), "3/16");
/// assert_eq!(parse("(1+sqrt(2))/(sqrt(2)-1)").unwrap().to_string(), "3+2*sqrt(2)");
/// assert_eq!(parse("−3*√(1/2)").unwrap().to_string(), "-3/2*sqrt(2)");
/// assert!(parse("1/0").is_err() && parse("nan").is_err() && parse("sqrt(sqrt(2))").is_err());
/// ```
///
/// # Errors
/// [`NumberError`] with the text and what was expected, or the limit.
pub fn parse(text: &str) -> Result<Surd, NumberError> {
    let trimmed = text.trim_matches(SPACE);
    let mut reader = Reader {
        rest: trimmed,
        depth: 0,
    };
    let value = if trimmed.len() > LONGEST_TEXT {
        Err(Fault::limit(format!(
            "it has {} bytes, more than {LONGEST_TEXT}",
            trimmed.len()
        )))
    } else {
        reader.sum()
    };
    value
        .and_then(|value| match reader.peek() {
            None => Ok(value),
            Some(c) => Err(unexpected(c).into()),
        })
        .map_err(|fault| fault.of(trimmed))
}

/// Why a character cannot stand where it does, and what to write instead.
pub(crate) fn unexpected(c: char) -> String {
    let advice = match c {
        ',' => "decimals have a point, as in 1.5",
        '½' | '¼' | '¾' | '⅐'..='⅟' | '⁄' => "fractions are written as 1/2",
        '０'..='９' => "digits are 0 to 9",
        '²' | '³' | '¹' | '⁰'..='⁹' => "powers are written as 2^3",
        '‐'..='―' | '－' | '﹣' => "the minus sign is -",
        '×' | '·' | '⋅' | '∗' => "products are written as 2*3",
        '÷' | '∕' | ':' => "quotients are written as 2/3",
        '√' => "products are written as 3*sqrt(2)",
        '∞' => "NaN and infinities are refused",
        '_' | '\'' | '’' | '\u{a0}' | '\u{202f}' => "digits are not grouped",
        _ => return format!("unexpected '{}'", c.escape_debug()),
    };
    format!("unexpected '{}': {advice}", c.escape_debug())
}

/// Reads a number that must be rational.
///
/// # Errors
/// As [`parse`], and for a number that is not rational.
pub fn parse_rational(text: &str) -> Result<Rational, NumberError> {
    let value = parse(text)?;
    value.to_rational().cloned().ok_or_else(|| {
        Fault::from("a rational number is expected here, not a square root").of(text)
    })
}

/// Reads a number that must be a rational ≥ 0 or a multiple of roots ≥ 0, such as β.
///
/// # Errors
/// As [`parse`], and for a negative number.
pub fn parse_non_negative(text: &str) -> Result<Surd, NumberError> {
    let value = parse(text)?;
    if value.sign() == Ordering::Less {
        return Err(Fault::from("it must not be negative").of(text));
    }
    Ok(value)
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

type Read<T> = Result<T, Fault>;

fn small_enough(value: Surd) -> Read<Surd> {
    let bits = |q: &Rational| q.numer().bits().max(q.denom().bits());
    let terms = value.terms();
    if terms.len() > MOST_ROOTS {
        return Err(Fault::limit(format!(
            "it has more than {MOST_ROOTS} square roots"
        )));
    }
    // The square of q·√n does not depend on how squares are split between q and n.
    let long = |(q, n): &(Rational, BigInt)| {
        let square = q * q * Rational::from_integer(n.clone());
        bits(&square) > 2 * MOST_BITS
    };
    if bits(value.rational_part()) > MOST_BITS || terms.iter().any(long) {
        return Err(Fault::limit(format!(
            "its value has more than {MOST_BITS} bits"
        )));
    }
    Ok(value)
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start_matches(SPACE);
        self.rest.chars().next()
    }

    fn take(&mut self, token: char) -> bool {
        self.peek();
        self.take_here(&[token])
    }

    /// A minus sign, in ASCII or as it is printed.
    fn take_minus(&mut self) -> bool {
        self.peek();
        self.take_here(&['-', '−'])
    }

    /// One of the characters, without space before it.
    fn take_here(&mut self, tokens: &[char]) -> bool {
        match self.rest.strip_prefix(tokens) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn sum(&mut self) -> Read<Surd> {
        let mut value = self.product()?;
        loop {
            if self.take('+') {
                value = value.add(&self.product()?);
            } else if self.take_minus() {
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
            if self.take('*') {
                value = value.mul(&self.signed()?);
            } else if self.take('/') {
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
            if self.take_minus() {
                negative = !negative;
            } else if !self.take('+') {
                break;
            }
        }
        let value = self.power()?;
        Ok(if negative { value.neg() } else { value })
    }

    fn power(&mut self) -> Read<Surd> {
        let base = self.atom()?;
        if !self.take('^') {
            return Ok(base);
        }
        let negative = self.take_minus();
        self.peek();
        let exponent = self.digits(10)?;
        let exponent = exponent
            .to_u32()
            .filter(|e| *e <= LARGEST_EXPONENT)
            .ok_or_else(|| Fault::limit(format!("a power above {LARGEST_EXPONENT}")))?;
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
            return Err(Fault::limit(format!(
                "more than {DEEPEST} nested parentheses"
            )));
        }
        let value = self.sum()?;
        if !self.take(')') {
            return Err("a closing parenthesis is missing".into());
        }
        self.depth -= 1;
        Ok(value)
    }

    fn atom(&mut self) -> Read<Surd> {
        match self.peek() {
            Some('(') => {
                self.take('(');
                self.nested()
            }
            Some('s') => match self.rest.strip_prefix("sqrt(") {
                Some(rest) => {
                    self.rest = rest;
                    let inside = self.nested()?;
                    root(&inside)
                }
                None => Err("expected sqrt(…)".into()),
            },
            Some('√') => {
                self.take('√');
                match self.peek() {
                    Some('(') => {
                        self.take('(');
                        let inside = self.nested()?;
                        root(&inside)
                    }
                    Some('0'..='9' | '.') => root(&small_enough(self.literal()?.into())?),
                    _ => Err("expected a number or a parenthesis after '√'".into()),
                }
            }
            Some('0'..='9' | '.') => small_enough(self.literal()?.into()),
            Some(c) if self.not_finite() => {
                Err(format!("'{}…': NaN and infinities are refused", c.escape_debug()).into())
            }
            Some(c) => Err(unexpected(c).into()),
            None => Err("it ends where a number is expected".into()),
        }
    }

    fn not_finite(&self) -> bool {
        let word: String = self.rest.chars().take(3).collect();
        matches!(word.to_ascii_lowercase().as_str(), "nan" | "inf")
    }

    /// Digits in the base, at least one; answers their value.
    fn digits(&mut self, base: u32) -> Read<BigInt> {
        let (value, count) = self.some_digits(base)?;
        if count == 0 {
            return Err("expected digits".into());
        }
        Ok(value)
    }

    fn some_digits(&mut self, base: u32) -> Read<(BigInt, usize)> {
        let end = self.rest.find(|c: char| !c.is_digit(base));
        let (digits, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        let count = digits.len();
        if count == 0 {
            return Ok((BigInt::zero(), 0));
        }
        let value = BigInt::parse_bytes(digits.as_bytes(), base).ok_or("expected digits")?;
        Ok((value, count))
    }

    /// A decimal or hexadecimal float, exactly.
    fn literal(&mut self) -> Read<Rational> {
        let after_mark = self.rest.strip_prefix("0x");
        let after_mark = after_mark.or_else(|| self.rest.strip_prefix("0X"));
        let (base, marks, radix, per_digit) = match after_mark {
            Some(rest) => {
                self.rest = rest;
                (16, ['p', 'P'], 2u32, 4)
            }
            None => (10, ['e', 'E'], 10u32, 1),
        };
        let (mut value, mut count) = self.some_digits(base)?;
        let mut shift = 0i64;
        if self.take_here(&['.']) {
            let (fraction, length) = self.some_digits(base)?;
            value = value * BigInt::from(base).pow(length as u32) + fraction;
            shift = -(per_digit * length as i64);
            count += length;
        }
        if count == 0 {
            return Err("expected digits".into());
        }
        if self.take_here(&marks) {
            let negative = self.take_here(&['-']);
            if !negative {
                self.take_here(&['+']);
            }
            let exponent = self.digits(10)?;
            let exponent = exponent
                .to_i64()
                .filter(|e| e.unsigned_abs() <= u64::from(LARGEST_EXPONENT))
                .ok_or_else(|| Fault::limit(format!("an exponent beyond ±{LARGEST_EXPONENT}")))?;
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

fn root(inside: &Surd) -> Read<Surd> {
    let radicand = inside
        .to_rational()
        .ok_or("a square root inside a square root")?;
    let root = Surd::sqrt(radicand);
    root.ok_or_else(|| "the square root of a negative number".into())
}
