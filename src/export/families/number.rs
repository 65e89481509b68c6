//! Numbers of families: read from formulas, and written.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, Zero as _};

use crate::certificate::{Formula, Fraction};
use crate::export::refusal::{NotCovered, not_covered};

/// Pairs (q, z) of q·k^z.
type Powers = Vec<(BigRational, i64)>;

/// Σ f·√g, pairs (f, g); the coefficients of g are positive integers.
pub(super) struct Number(Vec<(Powers, Vec<(BigInt, i64)>)>);

pub(super) fn number(formula: &Formula) -> Result<Number, NotCovered> {
    let mut terms = Vec::new();
    if !formula.rational.numerator.is_empty() {
        terms.push((powers(&formula.rational)?, vec![(BigInt::one(), 0)]));
    }
    for (coefficient, radicand) in &formula.terms {
        // √(p/(c·k^j)) = √(c·p·k^−j)/c.
        let (c, _) = monomial(radicand)?;
        let scaled = powers(radicand)?.into_iter().map(|(q, z)| (q * &c * &c, z));
        let integers = scaled.map(|(q, z)| match q.is_positive() {
            true => Ok((q.to_integer(), z)),
            false => not_covered("square roots for all k of sums with negative coefficients"),
        });
        let outside = powers(coefficient)?.into_iter().map(|(q, z)| (q / &c, z));
        terms.push((outside.collect(), integers.collect::<Result<_, _>>()?));
    }
    Ok(Number(terms))
}

/// Coefficient and power of a denominator.
fn monomial(fraction: &Fraction) -> Result<(BigRational, i64), NotCovered> {
    let mut terms = fraction
        .denominator
        .iter()
        .zip(0..)
        .filter(|(c, _)| !c.is_zero());
    match (terms.next(), terms.next()) {
        (Some((c, power)), None) => Ok((BigRational::from_integer(c.clone()), power)),
        _ => not_covered("denominators for all k that are no powers of k"),
    }
}

fn powers(fraction: &Fraction) -> Result<Powers, NotCovered> {
    let (c, power) = monomial(fraction)?;
    let numerator = fraction
        .numerator
        .iter()
        .zip(0..)
        .filter(|(x, _)| !x.is_zero());
    let terms = numerator.map(|(x, z)| (BigRational::from_integer(x.clone()) / &c, z - power));
    Ok(terms.collect())
}

/// As a word of tokens.
pub(super) fn token(number: &Number) -> String {
    let term = |(f, g): &(Powers, Vec<(BigInt, i64)>)| {
        let f: Vec<String> = f.iter().map(|(q, z)| format!("{q}^{z}")).collect();
        let g: Vec<String> = g.iter().map(|(c, z)| format!("{c}^{z}")).collect();
        format!("{}@{}", f.join(";"), g.join(";"))
    };
    match number.0.is_empty() {
        true => "0".to_owned(),
        false => number.0.iter().map(term).collect::<Vec<_>>().join(","),
    }
}

/// As a term of the proof assistant.
pub(super) fn coq(number: &Number) -> String {
    let term = |(f, g): &(Powers, Vec<(BigInt, i64)>)| {
        let f = f
            .iter()
            .map(|(q, z)| format!("(({} # {})%Q, ({z})%Z)", q.numer(), q.denom()));
        let g = g.iter().map(|(c, z)| format!("({c}%positive, ({z})%Z)"));
        let list = |items: Vec<String>| format!("[{}]", items.join("; "));
        format!("({}, {})", list(f.collect()), list(g.collect()))
    };
    format!(
        "[{}]",
        number.0.iter().map(term).collect::<Vec<_>>().join("; ")
    )
}
