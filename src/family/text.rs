//! Reading numbers of families: the numbers of SPEC, and `k`; `+ - * / ^`, parentheses, `sqrt(…)` of what has no roots, and powers like
//! `k^2`, `k^-1`, `k^(-1/2)`.

use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive};

use super::expression::Expression;
use super::quotient::Quotient;
use crate::exact::Rational;
use crate::exact::text::{Fault, MOST_BITS, NumberError, SPACE, parse_rational, unexpected};

/// Longest text, in bytes.
const LONGEST: usize = 10_000;
/// Deepest nesting of parentheses.
const DEEPEST: usize = 32;
/// Largest power.
const LARGEST_POWER: u32 = 100;
/// Largest degree of a number.
const LARGEST_DEGREE: usize = 100;
/// Most different roots in a number.
const MOST_ROOTS: usize = 3;

/// Reads a number with `k` in it, or without.
///
/// ```
/// use relucert::family::parse;
/// let shown = |text: &str| parse(text).unwrap().to_string();
/// assert_eq!(shown("-1/k^2"), "-1/k^2");
/// assert_eq!(shown("(k^2-1)/(k+1)"), "k-1");
/// assert_eq!(shown("k^(-1/2)"), "sqrt(1/k)");
/// assert_eq!(shown("1/(sqrt(2)*k)"), "1/(2*k)*sqrt(2)");
/// assert_eq!(shown("(k-1/k+sqrt(k^2+4))/2"), "(k^2-1)/(2*k)+1/2*sqrt(k^2+4)");
/// assert!(parse("1/(k-k)").is_err() && parse("n").is_err());
/// ```
///
/// # Errors
/// [`NumberError`] with the text and what was expected.
pub fn parse(text: &str) -> Result<Expression, NumberError> {
    let trimmed = text.trim_matches(SPACE);
    let mut reader = Reader {
        rest: trimmed,
        depth: 0,
    };
    let value = match trimmed.len() > LONGEST {
        true => Err(Fault::limit(format!(
            "it has {} bytes, more than {LONGEST}",
            trimmed.len()
        ))),
        false => reader.sum(),
    };
    let whole = value.and_then(|value| match reader.peek() {
        None => Ok(value),
        Some(c) => Err(unexpected(c).into()),
    });
    whole.map_err(|fault| fault.of(trimmed))
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

type Read<T> = Result<T, Fault>;

fn small_enough(value: Expression) -> Read<Expression> {
    if value.degree() > LARGEST_DEGREE {
        return Err(Fault::limit(format!(
            "its degree in k is above {LARGEST_DEGREE}"
        )));
    }
    if value.bits() > MOST_BITS {
        return Err(Fault::limit(format!(
            "a coefficient has more than {MOST_BITS} bits"
        )));
    }
    if value.roots() > MOST_ROOTS {
        return Err(Fault::limit(format!(
            "it has more than {MOST_ROOTS} square roots"
        )));
    }
    Ok(value)
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start_matches(SPACE);
        self.rest.chars().next()
    }

    fn take(&mut self, token: &str) -> bool {
        self.rest = self.rest.trim_start_matches(SPACE);
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// A minus sign, in ASCII or as it is printed.
    fn take_minus(&mut self) -> bool {
        self.take("-") || self.take("−")
    }

    fn sum(&mut self) -> Read<Expression> {
        let mut value = self.product()?;
        loop {
            if self.take("+") {
                value = value.add(&self.product()?);
            } else if self.take_minus() {
                value = value.sub(&self.product()?);
            } else {
                return Ok(value);
            }
            value = small_enough(value)?;
        }
    }

    fn product(&mut self) -> Read<Expression> {
        let mut value = self.signed()?;
        loop {
            if self.take("*") {
                value = value.mul(&self.signed()?);
            } else if self.take("/") {
                value = value.div(&self.signed()?).ok_or("division by zero")?;
            } else {
                return Ok(value);
            }
            value = small_enough(value)?;
        }
    }

    fn signed(&mut self) -> Read<Expression> {
        let mut negative = false;
        loop {
            if self.take_minus() {
                negative = !negative;
            } else if !self.take("+") {
                break;
            }
        }
        let value = self.power()?;
        Ok(if negative { value.neg() } else { value })
    }

    fn power(&mut self) -> Read<Expression> {
        let mut base = self.atom()?;
        if !self.take("^") {
            return Ok(base);
        }
        let exponent = self.exponent()?;
        if *exponent.denom() == BigInt::from(2) {
            base = root(&base)?;
        } else if !exponent.is_integer() {
            return Err("powers are integers or halves of integers".into());
        }
        let size = exponent
            .numer()
            .abs()
            .to_u32()
            .filter(|n| *n <= LARGEST_POWER);
        let size = size.ok_or_else(|| Fault::limit(format!("a power above {LARGEST_POWER}")))?;
        let mut value = Expression::one();
        for _ in 0..size {
            value = small_enough(value.mul(&base))?;
        }
        if exponent.is_negative() {
            value = value.inverse().ok_or("division by zero")?;
        }
        Ok(value)
    }

    fn exponent(&mut self) -> Read<Rational> {
        let wrapped = self.take("(");
        let negative = self.take_minus();
        let mut value = self.literal()?;
        if wrapped && self.take("/") {
            let divisor = self.literal()?;
            if divisor < Rational::one() {
                return Err("division by zero".into());
            }
            value /= divisor;
        }
        if wrapped && !self.take(")") {
            return Err("a closing parenthesis is missing".into());
        }
        Ok(if negative { -value } else { value })
    }

    fn nested(&mut self) -> Read<Expression> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Fault::limit(format!(
                "more than {DEEPEST} nested parentheses"
            )));
        }
        let value = self.sum()?;
        if !self.take(")") {
            return Err("a closing parenthesis is missing".into());
        }
        self.depth -= 1;
        Ok(value)
    }

    fn atom(&mut self) -> Read<Expression> {
        if self.take("(") {
            return self.nested();
        }
        if self.take("sqrt(") {
            return root(&self.nested()?);
        }
        if self.take("√") {
            let inside = match self.peek() {
                Some('(') => {
                    self.take("(");
                    self.nested()?
                }
                Some('k') => {
                    self.take("k");
                    Expression::k()
                }
                Some('0'..='9' | '.') => self.literal()?.into(),
                _ => return Err("expected a number, k or a parenthesis after '√'".into()),
            };
            return root(&inside);
        }
        if self.take("k") {
            return Ok(Expression::k());
        }
        match self.peek() {
            Some('0'..='9' | '.') => self.literal().map(Expression::from),
            Some(c) if c.is_ascii_alphabetic() => {
                Err(format!("unexpected '{c}': the only letter is the parameter k").into())
            }
            Some(c) => Err(unexpected(c).into()),
            None => Err("it ends where a number is expected".into()),
        }
    }

    /// A decimal or hexadecimal float, as everywhere.
    fn literal(&mut self) -> Read<Rational> {
        self.rest = self.rest.trim_start_matches(SPACE);
        let hexadecimal = self.rest.starts_with("0x") || self.rest.starts_with("0X");
        let mark = if hexadecimal { ['p', 'P'] } else { ['e', 'E'] };
        let mut end = if hexadecimal { 2 } else { 0 };
        let bytes = self.rest.as_bytes();
        let digit = |c: char| {
            if hexadecimal {
                c.is_ascii_hexdigit()
            } else {
                c.is_ascii_digit()
            }
        };
        // What is no digit here is a fault of the literal, or the end of it.
        while let Some(&byte) = bytes.get(end) {
            let (c, last) = (byte as char, end.checked_sub(1).map(|i| bytes[i] as char));
            let signed = matches!(c, '+' | '-') && last.is_some_and(|last| mark.contains(&last));
            if !(digit(c) || c == '.' || mark.contains(&c) || signed) {
                break;
            }
            end += 1;
        }
        let (text, rest) = self.rest.split_at(end);
        if text.is_empty() {
            return Err("expected digits".into());
        }
        self.rest = rest;
        parse_rational(text).map_err(|error| Fault {
            reason: error.reason,
            limit: error.limit,
        })
    }
}

fn root(value: &Expression) -> Read<Expression> {
    let radicand: Quotient = value
        .to_quotient()
        .ok_or("a square root inside a square root")?;
    let negative = radicand
        .to_constant()
        .is_some_and(|value| value.is_negative());
    match negative {
        true => Err("the square root of a negative number".into()),
        false => Ok(Expression::sqrt(&radicand)),
    }
}
