//! Reading numbers as SPEC writes them: `-3`, `7/5`, `0.125`, `1e-3`, `0x1.8p-3`, `sqrt(2)`, `-2/5*sqrt(102)`, sums, products,
//! quotients and powers of these. One grammar over what numbers there are: functions of k are read by it too.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{One, Signed as _, ToPrimitive, Zero};

use super::rational::Rational;
use super::scalar::Scalar;
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
    read(text)
}

/// Numbers that are read: what is said of them in letters, and how large they may be.
pub(crate) trait Written: Scalar {
    /// Longest text, in bytes.
    const LONGEST: usize;
    /// Deepest nesting of parentheses.
    const DEEPEST: usize;
    /// Largest power.
    const LARGEST_POWER: u32;
    /// Whether powers may be numbers in parentheses, and halves of integers.
    const HALVES: bool;
    /// What may stand after '√', in words.
    const AFTER_ROOT: &str;

    /// The number that a letter stands for.
    fn letter(letter: char) -> Option<Self>;
    /// Why this text cannot begin a number.
    fn refused(text: &str, first: char) -> String;
    /// The number, if it is not beyond a limit.
    fn within_limits(self) -> Result<Self, Fault>;
    /// √radicand, of what is known not to be negative everywhere.
    fn root(radicand: &Self) -> Result<Self, Fault>;
}

impl Written for Surd {
    const LONGEST: usize = LONGEST_TEXT;
    const DEEPEST: usize = DEEPEST;
    const LARGEST_POWER: u32 = LARGEST_EXPONENT;
    const HALVES: bool = false;
    const AFTER_ROOT: &str = "a number or a parenthesis";

    fn letter(_: char) -> Option<Self> {
        None
    }

    fn refused(text: &str, first: char) -> String {
        let word: String = text.chars().take(3).collect();
        match word.to_ascii_lowercase().as_str() {
            "nan" | "inf" => format!(
                "'{}…': NaN and infinities are refused",
                first.escape_debug()
            ),
            _ if first == 's' => "expected sqrt(…)".to_owned(),
            _ => unexpected(first),
        }
    }

    fn within_limits(self) -> Result<Self, Fault> {
        let terms = self.terms();
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
        if bits(self.rational_part()) > MOST_BITS || terms.iter().any(long) {
            return Err(too_long());
        }
        Ok(self)
    }

    fn root(radicand: &Self) -> Result<Self, Fault> {
        let radicand = radicand
            .to_rational()
            .ok_or("a square root inside a square root")?;
        let root = Surd::sqrt(radicand);
        root.ok_or_else(|| "the square root of a negative number".into())
    }
}

fn bits(q: &Rational) -> u64 {
    q.numer().bits().max(q.denom().bits())
}

fn too_long() -> Fault {
    Fault::limit(format!("its value has more than {MOST_BITS} bits"))
}

/// Reads a number of any kind.
pub(crate) fn read<W: Written>(text: &str) -> Result<W, NumberError> {
    let trimmed = text.trim_matches(SPACE);
    let mut reader = Reader {
        rest: trimmed,
        depth: 0,
    };
    let value = match trimmed.len() > W::LONGEST {
        true => Err(Fault::limit(format!(
            "it has {} bytes, more than {}",
            trimmed.len(),
            W::LONGEST
        ))),
        false => reader.sum::<W>(),
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

    fn sum<W: Written>(&mut self) -> Read<W> {
        let mut value: W = self.product()?;
        loop {
            if self.take('+') {
                value = value.plus(&self.product()?);
            } else if self.take_minus() {
                value = value.less(&self.product()?);
            } else {
                return Ok(value);
            }
            value = value.within_limits()?;
        }
    }

    fn product<W: Written>(&mut self) -> Read<W> {
        let mut value: W = self.signed()?;
        loop {
            if self.take('*') {
                value = value.times(&self.signed()?);
            } else if self.take('/') {
                let divisor: W = self.signed()?;
                let inverse = divisor.reciprocal().ok_or("division by zero")?;
                value = value.times(&inverse);
            } else {
                return Ok(value);
            }
            value = value.within_limits()?;
        }
    }

    fn signed<W: Written>(&mut self) -> Read<W> {
        let mut negative = false;
        loop {
            if self.take_minus() {
                negative = !negative;
            } else if !self.take('+') {
                break;
            }
        }
        let value: W = self.power()?;
        Ok(if negative { value.negative() } else { value })
    }

    fn power<W: Written>(&mut self) -> Read<W> {
        let mut base: W = self.atom()?;
        if !self.take('^') {
            return Ok(base);
        }
        let exponent = match W::HALVES {
            true => self.fraction()?,
            false => {
                let negative = self.take_minus();
                self.peek();
                let size = Rational::from_integer(self.digits(10)?);
                if negative { -size } else { size }
            }
        };
        if *exponent.denom() == BigInt::from(2) {
            base = W::root(&base)?;
        } else if !exponent.is_integer() {
            return Err("powers are integers or halves of integers".into());
        }
        let largest = W::LARGEST_POWER;
        let size = exponent.numer().abs().to_u32().filter(|e| *e <= largest);
        let size = size.ok_or_else(|| Fault::limit(format!("a power above {largest}")))?;
        let mut value = W::unit();
        for bit in (0..u32::BITS - size.leading_zeros()).rev() {
            value = value.times(&value).within_limits()?;
            if size >> bit & 1 == 1 {
                value = value.times(&base).within_limits()?;
            }
        }
        if exponent.is_negative() {
            value = value.reciprocal().ok_or("division by zero")?;
        }
        Ok(value)
    }

    /// An exponent: a number, or in parentheses the quotient of two.
    fn fraction(&mut self) -> Read<Rational> {
        let wrapped = self.take('(');
        let negative = self.take_minus();
        self.peek();
        let mut value = self.literal()?;
        if wrapped && self.take('/') {
            self.peek();
            let divisor = self.literal()?;
            if divisor < Rational::one() {
                return Err("division by zero".into());
            }
            value /= divisor;
        }
        if wrapped && !self.take(')') {
            return Err("a closing parenthesis is missing".into());
        }
        Ok(if negative { -value } else { value })
    }

    fn nested<W: Written>(&mut self) -> Read<W> {
        self.depth += 1;
        if self.depth > W::DEEPEST {
            return Err(Fault::limit(format!(
                "more than {} nested parentheses",
                W::DEEPEST
            )));
        }
        let value = self.sum()?;
        if !self.take(')') {
            return Err("a closing parenthesis is missing".into());
        }
        self.depth -= 1;
        Ok(value)
    }

    fn atom<W: Written>(&mut self) -> Read<W> {
        let Some(first) = self.peek() else {
            return Err("it ends where a number is expected".into());
        };
        if let Some(rest) = self.rest.strip_prefix("sqrt(") {
            self.rest = rest;
            return W::root(&self.nested()?);
        }
        if self.take('√') {
            return match self.peek() {
                Some(c) if matches!(c, '(' | '0'..='9' | '.') || W::letter(c).is_some() => {
                    W::root(&self.simple(c)?)
                }
                _ => Err(format!("expected {} after '√'", W::AFTER_ROOT).into()),
            };
        }
        self.simple(first)
    }

    /// What has no function before it: it begins with this character.
    fn simple<W: Written>(&mut self, first: char) -> Read<W> {
        if self.take('(') {
            return self.nested();
        }
        if let Some(letter) = W::letter(first) {
            self.take(first);
            return Ok(letter);
        }
        match first {
            '0'..='9' | '.' => Ok(self.literal()?.into()),
            _ => Err(W::refused(self.rest, first).into()),
        }
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
        let value = match shift < 0 {
            true => super::gcd::reduced(value, power),
            false => Rational::from_integer(value * power),
        };
        match bits(&value) > MOST_BITS {
            true => Err(too_long()),
            false => Ok(value),
        }
    }
}
