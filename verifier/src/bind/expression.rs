//! The grammar of numbers, whatever they are numbers of: sums of products of signed powers of atoms.

use num_bigint::BigInt;
use num_traits::ToPrimitive as _;

use super::fault::{Fault, limit, wrong};
use crate::kernel::budget::Budget;
use crate::kernel::cost;
use crate::kernel::number::Q;
use crate::kernel::roots::{Roots, Scalar};
use crate::kernel::verdict::Stop;

/// Largest decimal or binary exponent of a literal.
const LARGEST_EXPONENT: u32 = 20_000;
/// Longest text in bytes.
pub(super) const LONGEST: usize = 30_000;

/// What texts stand for: sums of square roots over a field.
pub(crate) trait Arithmetic {
    /// The field.
    type Scalar: Scalar;
    /// Longest text in bytes.
    const LONGEST: usize;
    /// Deepest nesting of parentheses.
    const DEEPEST: usize;
    /// Largest power.
    const LARGEST_POWER: u32;
    /// Whether powers may be fractions and stand in parentheses.
    const FRACTIONAL_POWERS: bool;

    fn limits(&self) -> &Budget;
    /// Whether what has an inverse or a root somewhere is taken to have it.
    fn formal(&self) -> bool;
    /// `k`; none where there is no parameter.
    fn parameter(&self) -> Option<Result<Roots<Self::Scalar>, Fault>>;
    /// Passes on a value that is not beyond what can be bound.
    fn small(&self, value: Roots<Self::Scalar>) -> Result<Roots<Self::Scalar>, Fault>;
}

/// What a text is read as.
type Read<A> = Result<Roots<<A as Arithmetic>::Scalar>, Fault>;

/// The value of a whole text.
pub(crate) fn evaluate<A: Arithmetic>(text: &str, numbers: &A) -> Read<A> {
    let text = text.trim_matches(SPACE);
    let mut reader = Reader {
        rest: text,
        depth: 0,
        numbers,
    };
    let value = if text.len() > A::LONGEST {
        limit(format!(
            "{} characters, more than {}",
            text.len(),
            A::LONGEST
        ))
    } else {
        reader.whole()
    };
    let quoted = || {
        let short: String = text.chars().take(60).collect();
        format!("{short:?} is not a number that can be bound")
    };
    value.map_err(|fault| fault.within(quoted))
}

/// What may stand between the parts of a number.
const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

struct Reader<'a, A> {
    rest: &'a str,
    depth: usize,
    numbers: &'a A,
}

impl<A: Arithmetic> Reader<'_, A> {
    /// A value that was computed, if it is not too long.
    fn small(&self, value: Result<Roots<A::Scalar>, Stop>) -> Read<A> {
        self.numbers.small(value?)
    }

    fn constant(&self, value: Q) -> Read<A> {
        self.numbers.small(Roots::from(value))
    }

    fn times(&self, x: &Roots<A::Scalar>, y: &Roots<A::Scalar>) -> Read<A> {
        self.small(x.mul(y, self.numbers.limits()))
    }

    fn inverse(&self, x: &Roots<A::Scalar>) -> Read<A> {
        self.small(x.inverse(self.numbers.formal(), self.numbers.limits()))
    }

    fn root(&self, x: &Roots<A::Scalar>) -> Read<A> {
        self.small(x.root(self.numbers.formal(), self.numbers.limits()))
    }

    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start_matches(SPACE);
        self.rest.chars().next()
    }

    /// Takes one of the characters if it is next, after space.
    fn take(&mut self, any: &[char]) -> bool {
        self.peek();
        self.take_here(any)
    }

    fn take_here(&mut self, any: &[char]) -> bool {
        let rest = self.rest.strip_prefix(any);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn whole(&mut self) -> Read<A> {
        let value = self.sum()?;
        match self.peek() {
            None => Ok(value),
            Some(c) => wrong(format!("unexpected {c:?}")),
        }
    }

    fn sum(&mut self) -> Read<A> {
        let mut value = self.product()?;
        loop {
            let plus = self.take(&['+']);
            if !plus && !self.take(&['-', '−']) {
                return Ok(value);
            }
            let next = self.product()?;
            value = self.small(value.join(&next, plus, self.numbers.limits()))?;
        }
    }

    fn product(&mut self) -> Read<A> {
        let mut value = self.signed()?;
        loop {
            let divides = match self.peek() {
                Some('*') => false,
                Some('/') => true,
                _ => return Ok(value),
            };
            self.take(&['*', '/']);
            let mut factor = self.signed()?;
            if divides {
                factor = self.inverse(&factor)?;
            }
            value = self.times(&value, &factor)?;
        }
    }

    fn signed(&mut self) -> Read<A> {
        let mut negative = false;
        loop {
            if self.take(&['-', '−']) {
                negative = !negative;
            } else if !self.take(&['+']) {
                break;
            }
        }
        let value = self.power()?;
        if !negative {
            return Ok(value);
        }
        self.small(Ok(value.neg()))
    }

    fn power(&mut self) -> Read<A> {
        let mut base = self.atom()?;
        if !self.take(&['^']) {
            return Ok(base);
        }
        let (negative, exponent) = self.exponent()?;
        if *exponent.denominator() == BigInt::from(2) {
            base = self.root(&base)?;
        } else if *exponent.denominator() != BigInt::from(1) {
            return wrong("powers are integers or halves of integers");
        }
        let size = exponent.numerator().to_u32();
        let Some(size) = size.filter(|size| *size <= A::LARGEST_POWER) else {
            return limit(format!("a power above {}", A::LARGEST_POWER));
        };
        let mut value = self.constant(Q::one())?;
        for bit in (0..u32::BITS - size.leading_zeros()).rev() {
            value = self.times(&value, &value)?;
            if size >> bit & 1 == 1 {
                value = self.times(&value, &base)?;
            }
        }
        if negative {
            value = self.inverse(&value)?;
        }
        Ok(value)
    }

    /// Sign and size of a power.
    fn exponent(&mut self) -> Result<(bool, Q), Fault> {
        let wrapped = A::FRACTIONAL_POWERS && self.take(&['(']);
        let negative = self.take(&['-', '−']);
        self.peek();
        if !A::FRACTIONAL_POWERS {
            let (digits, rest) = leading(self.rest, 10);
            self.rest = rest;
            let digits = integer(digits, 10)?;
            return Ok((negative, Q::from(digits)));
        }
        let mut size = self.literal()?;
        if wrapped && self.take(&['/']) {
            self.peek();
            let divisor = self.literal()?;
            let Some(inverse) = divisor.inverse() else {
                return wrong("division by zero");
            };
            size = &size * &inverse;
        }
        if wrapped && !self.take(&[')']) {
            return wrong("a closing parenthesis is missing");
        }
        Ok((negative, size))
    }

    fn nested(&mut self) -> Read<A> {
        // The only recursion, and no deeper than this.
        self.depth += 1;
        if self.depth > A::DEEPEST {
            return limit(format!("more than {} nested parentheses", A::DEEPEST));
        }
        let value = self.sum()?;
        if !self.take(&[')']) {
            return wrong("a closing parenthesis is missing");
        }
        self.depth -= 1;
        Ok(value)
    }

    fn atom(&mut self) -> Read<A> {
        if self.take(&['(']) {
            return self.nested();
        }
        if let Some(rest) = self.rest.strip_prefix("sqrt(") {
            self.rest = rest;
            let inside = self.nested()?;
            return self.root(&inside);
        }
        if self.take(&['√']) {
            let inside = match self.peek() {
                Some('(') => {
                    self.take(&['(']);
                    self.nested()?
                }
                _ => self.simple("a number or a parenthesis after '√'")?,
            };
            return self.root(&inside);
        }
        self.simple("a number")
    }

    /// A literal, or the parameter.
    fn simple(&mut self, expected: &str) -> Read<A> {
        match self.peek() {
            Some('0'..='9' | '.') => {
                let value = self.literal()?;
                self.constant(value)
            }
            Some('k') => match self.numbers.parameter() {
                Some(value) => {
                    self.take(&['k']);
                    value
                }
                None => wrong("unexpected 'k'"),
            },
            Some(c) => wrong(format!("unexpected {c:?}, expected {expected}")),
            None => wrong(format!("it ends where {expected} is expected")),
        }
    }

    /// A decimal `1.25e-3` or hexadecimal float `0x1.8p-3`, exactly.
    fn literal(&mut self) -> Result<Q, Fault> {
        let (radix, base, bits, mark) = match self.rest.strip_prefix("0x") {
            Some(rest) => {
                self.rest = rest;
                (16, 2_u32, 4, ['p', 'P'])
            }
            None => match self.rest.strip_prefix("0X") {
                Some(rest) => {
                    self.rest = rest;
                    (16, 2, 4, ['p', 'P'])
                }
                None => (10, 10, 1, ['e', 'E']),
            },
        };
        let (whole, rest) = leading(self.rest, radix);
        self.rest = rest;
        let mut fraction = "";
        if self.take_here(&['.']) {
            (fraction, self.rest) = leading(self.rest, radix);
        }
        let length = (whole.len() + fraction.len()) as u64;
        self.numbers.limits().charge(cost::converted(length))?;
        let mantissa = integer(&format!("{whole}{fraction}"), radix)?;
        let (mut exponent, mut down) = (0, false);
        if self.take_here(&mark) {
            down = self.take_here(&['-']);
            if !down {
                self.take_here(&['+']);
            }
            let (digits, rest) = leading(self.rest, 10);
            self.rest = rest;
            let size = integer(digits, 10)?.to_u32();
            let Some(size) = size.filter(|size| *size <= LARGEST_EXPONENT) else {
                return limit(format!("an exponent beyond ±{LARGEST_EXPONENT}"));
            };
            exponent = size;
        }
        let power = |exponent: u32| BigInt::from(base).pow(exponent);
        let places = u32::try_from(fraction.len() * bits).unwrap_or(u32::MAX);
        let (up, below) = match down {
            true => (0, places.saturating_add(exponent)),
            false => (
                exponent.saturating_sub(places),
                places.saturating_sub(exponent),
            ),
        };
        let digits = length + u64::from(up) + u64::from(below);
        let bits = 4 * digits;
        let divided = if below > 0 { cost::divisor(bits) } else { 0 };
        self.numbers
            .limits()
            .charge(cost::product(bits, bits) + divided)?;
        match Q::fraction(mantissa * power(up), power(below)) {
            Some(value) => Ok(value),
            None => wrong("division by zero"),
        }
    }
}

/// The digits at the start of a text, and the rest.
fn leading(text: &str, radix: u32) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_digit(radix));
    text.split_at_checked(end.unwrap_or(text.len()))
        .unwrap_or(("", text))
}

fn integer(digits: &str, radix: u32) -> Result<BigInt, Fault> {
    match BigInt::parse_bytes(digits.as_bytes(), radix) {
        Some(value) if !digits.is_empty() => Ok(value),
        _ => wrong("expected digits"),
    }
}
