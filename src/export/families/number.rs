//! Numbers of families: read from formulas, and written.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, Zero as _};

use crate::certificate::{Formula, Fraction};
use crate::export::refusal::{NotCovered, not_covered};
use crate::export::terms::list;

/// Pairs (q, z) of q·k^z.
type Powers = Vec<(BigRational, i64)>;

/// f·√g: a pair (f, g); the coefficients of g are positive integers.
type Root = (Powers, Vec<(BigInt, i64)>);

/// Σ f·√g/h: sums of roots, each with a denominator h if it is not 1.
pub(super) struct Number(Vec<(Option<Powers>, Vec<Root>)>);

impl Number {
    fn add(&mut self, over: Option<Powers>, root: Root) {
        match self.0.iter_mut().find(|(known, _)| *known == over) {
            Some((_, roots)) => roots.push(root),
            None => self.0.push((over, vec![root])),
        }
    }
}

pub(super) fn number(formula: &Formula) -> Result<Number, NotCovered> {
    let mut number = Number(Vec::new());
    if !formula.rational.numerator.is_empty() {
        let (f, over) = quotient(&formula.rational);
        number.add(over, (f, vec![(BigInt::one(), 0)]));
    }
    for (coefficient, radicand) in &formula.terms {
        // √(p/q) = √(p·q)/q, and for q = c·k^j without k: √(c·p·k^−j)/c.
        let (f, over) = quotient(coefficient);
        let (p, q) = quotient(radicand);
        let (c, q) = match q {
            Some(q) => (BigRational::one(), Some(q)),
            None => (of_highest(&radicand.denominator), None),
        };
        let radicand = match &q {
            Some(q) => product(&p, q),
            None => p.iter().map(|(x, z)| (x * &c * &c, *z)).collect(),
        };
        let integers = radicand.into_iter().map(|(x, z)| match x.is_positive() {
            true => Ok((x.to_integer(), z)),
            false => not_covered("square roots for all k of sums with negative coefficients"),
        });
        let over = match (over, q) {
            (Some(over), Some(q)) => Some(product(&over, &q)),
            (over, q) => over.or(q),
        };
        let f = f.into_iter().map(|(x, z)| (x / &c, z)).collect();
        number.add(over, (f, integers.collect::<Result<_, _>>()?));
    }
    Ok(number)
}

fn sum(coefficients: &[BigInt]) -> Powers {
    let terms = coefficients.iter().zip(0..).filter(|(x, _)| !x.is_zero());
    let terms = terms.map(|(x, z)| (BigRational::from_integer(x.clone()), z));
    terms.collect()
}

fn of_highest(coefficients: &[BigInt]) -> BigRational {
    coefficients
        .last()
        .map_or_else(BigRational::one, |x| BigRational::from_integer(x.clone()))
}

/// Over c·k^j divided out, or numerator and denominator.
fn quotient(fraction: &Fraction) -> (Powers, Option<Powers>) {
    let (above, below) = (sum(&fraction.numerator), sum(&fraction.denominator));
    match &below[..] {
        [(c, j)] => {
            let above = above.into_iter().map(|(x, z)| (x / c, z - j));
            (above.collect(), None)
        }
        _ => (above, Some(below)),
    }
}

fn product(p: &Powers, q: &Powers) -> Powers {
    let mut product = std::collections::BTreeMap::new();
    for (x, z) in p {
        for (y, w) in q {
            *product.entry(z + w).or_insert_with(BigRational::zero) += x * y;
        }
    }
    let terms = product.into_iter().filter(|(_, x)| !x.is_zero());
    terms.map(|(z, x)| (x, z)).collect()
}

/// As a word of tokens.
pub(super) fn token(number: &Number) -> String {
    let powers = |powers: &Powers| {
        let terms = powers.iter().map(|(q, z)| format!("{q}^{z}"));
        terms.collect::<Vec<_>>().join(";")
    };
    let mut terms = Vec::new();
    for (over, roots) in &number.0 {
        let over = over.as_ref().map(|over| format!("%{}", powers(over)));
        for (f, g) in roots {
            let g: Vec<String> = g.iter().map(|(c, z)| format!("{c}^{z}")).collect();
            let over = over.as_deref().unwrap_or_default();
            terms.push(format!("{}@{}{over}", powers(f), g.join(";")));
        }
    }
    match terms.is_empty() {
        true => "0".to_owned(),
        false => terms.join(","),
    }
}

/// As a term of the proof assistant.
pub(super) fn coq(number: &Number) -> String {
    let powers = |powers: &Powers| {
        let terms = powers.iter();
        list(terms.map(|(q, z)| format!("(({} # {})%Q, ({z})%Z)", q.numer(), q.denom())))
    };
    let each = number.0.iter().map(|(over, roots)| {
        let over = over.as_ref().map_or("Quotients.one".to_owned(), powers);
        let roots = roots.iter().map(|(f, g)| {
            let g = g.iter();
            let g = list(g.map(|(c, z)| format!("({c}%positive, ({z})%Z)")));
            format!("({}, {g})", powers(f))
        });
        format!("({over}, {})", list(roots))
    });
    list(each)
}
