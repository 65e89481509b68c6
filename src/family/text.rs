//! Reading numbers of families: the numbers of SPEC, and `k`; `+ - * / ^`, parentheses, `sqrt(…)` of what has no roots, and powers like
//! `k^2`, `k^-1`, `k^(-1/2)`.

use num_traits::Signed as _;

use super::expression::Expression;
use super::quotient::Quotient;
use crate::exact::text::{Fault, MOST_BITS, NumberError, Written, read, unexpected};

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
    read(text)
}

impl Written for Expression {
    const LONGEST: usize = 10_000;
    const DEEPEST: usize = 32;
    const LARGEST_POWER: u32 = 100;
    const HALVES: bool = true;
    const AFTER_ROOT: &str = "a number, k or a parenthesis";

    fn letter(letter: char) -> Option<Self> {
        (letter == 'k').then(Expression::k)
    }

    fn refused(_: &str, first: char) -> String {
        match first.is_ascii_alphabetic() {
            true => format!("unexpected '{first}': the only letter is the parameter k"),
            false => unexpected(first),
        }
    }

    fn within_limits(self) -> Result<Self, Fault> {
        if self.degree() > LARGEST_DEGREE {
            return Err(Fault::limit(format!(
                "its degree in k is above {LARGEST_DEGREE}"
            )));
        }
        if self.bits() > MOST_BITS {
            return Err(Fault::limit(format!(
                "a coefficient has more than {MOST_BITS} bits"
            )));
        }
        if self.roots() > MOST_ROOTS {
            return Err(Fault::limit(format!(
                "it has more than {MOST_ROOTS} square roots"
            )));
        }
        Ok(self)
    }

    fn root(radicand: &Self) -> Result<Self, Fault> {
        let radicand: Quotient = radicand
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
}
