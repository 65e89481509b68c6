//! Numbers of families: Σ p_j(k)·√q_j(k) with p_j, q_j in Q(k).

use std::collections::BTreeMap;
use std::fmt;

use num_traits::{One, Signed};

use super::polynomial::{Place, Polynomial};
use super::quotient::Quotient;
use crate::certificate::{self, Formula, Range};
use crate::exact::{Rational, Surd};

/// Σ coefficient·√radicand; radicands have no square factors (as far as that is cheap to see), are sorted and different; 1 stands for the part without a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    terms: Vec<(Quotient, Quotient)>,
}

impl From<Quotient> for Expression {
    fn from(value: Quotient) -> Self {
        Expression::term(value, Quotient::one())
    }
}

impl From<Rational> for Expression {
    fn from(value: Rational) -> Self {
        Quotient::constant(value).into()
    }
}

impl From<&Surd> for Expression {
    fn from(value: &Surd) -> Self {
        let mut sum = Expression::from(value.rational_part().clone());
        for (coefficient, radicand) in value.terms() {
            let radicand = Quotient::constant(Rational::from_integer(radicand.clone()));
            sum.push(Quotient::constant(coefficient.clone()), radicand);
        }
        sum
    }
}

/// |p|, where p does not change its sign at k ≥ 1.
fn size(p: &Polynomial) -> Option<Polynomial> {
    match p.signs(Place::On(Range::From(1))) {
        signs if !signs.negative => Some(p.clone()),
        signs if !signs.positive => Some(p.scale(&-Rational::one())),
        _ => None,
    }
}

impl Expression {
    fn term(coefficient: Quotient, radicand: Quotient) -> Self {
        let mut sum = Expression::zero();
        sum.push(coefficient, radicand);
        sum
    }

    /// 0.
    pub fn zero() -> Self {
        Expression { terms: Vec::new() }
    }

    /// Pairs of coefficient and radicand; the radicands increase.
    pub(super) fn terms(&self) -> &[(Quotient, Quotient)] {
        &self.terms
    }

    /// The same roots with other coefficients, none of them 0.
    pub(super) fn with_coefficients(&self, all: impl Iterator<Item = Quotient>) -> Self {
        let radicands = self.terms.iter().map(|(_, radicand)| radicand.clone());
        Expression {
            terms: all.zip(radicands).collect(),
        }
    }

    /// 1.
    pub fn one() -> Self {
        Quotient::one().into()
    }

    /// An integer.
    pub fn integer(value: i64) -> Self {
        Rational::from_integer(value.into()).into()
    }

    /// k.
    pub fn k() -> Self {
        Quotient::k().into()
    }

    /// The square root of a quotient. Squares of polynomials that do not change their sign at k ≥ 1 are moved out of it. The radicand must not be negative where the
    /// number is used, see [`Expression::is_defined`].
    pub fn sqrt(radicand: &Quotient) -> Self {
        if radicand.is_zero() {
            return Expression::zero();
        }
        // √(n/d) = √(n·d)/|d|.
        let Some(below) = size(&radicand.denominator) else {
            return Expression::term(Quotient::one(), radicand.clone());
        };
        let product = radicand.numerator.mul(&radicand.denominator);
        let (outside, inside) = product.square_parts();
        let (outside, inside) = match size(&outside) {
            Some(outside) => (outside, inside),
            None => (Polynomial::constant(Rational::one()), product.monic()),
        };
        // Of a negative leading coefficient the sign stays inside.
        let leading = product.leading();
        let root = Surd::multiple_of_root(&Rational::one(), &leading.abs());
        let (number, content) = match root.terms() {
            [] => (root.rational_part().clone(), Rational::one()),
            [(c, n), ..] => (c.clone(), Rational::from_integer(n.clone())),
        };
        let content = if leading.is_negative() {
            -content
        } else {
            content
        };
        let coefficient = Quotient::over(outside.scale(&number), below);
        Expression::term(coefficient, Quotient::whole(inside.scale(&content)))
    }

    fn push(&mut self, coefficient: Quotient, radicand: Quotient) {
        match self.terms.binary_search_by(|(_, r)| r.cmp(&radicand)) {
            Ok(at) => {
                self.terms[at].0 = self.terms[at].0.add(&coefficient);
                if self.terms[at].0.is_zero() {
                    self.terms.remove(at);
                }
            }
            Err(_) if coefficient.is_zero() => {}
            Err(at) => self.terms.insert(at, (coefficient, radicand)),
        }
    }

    /// The number as a quotient, if it has no roots.
    pub fn to_quotient(&self) -> Option<Quotient> {
        match self.terms.as_slice() {
            [] => Some(Quotient::zero()),
            [(value, radicand)] if *radicand == Quotient::one() => Some(value.clone()),
            _ => None,
        }
    }

    /// coefficient and radicand, if there is exactly one term.
    pub fn single(&self) -> Option<(&Quotient, &Quotient)> {
        match self.terms.as_slice() {
            [(coefficient, radicand)] => Some((coefficient, radicand)),
            _ => None,
        }
    }

    /// The sum.
    pub fn add(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        for (coefficient, radicand) in &other.terms {
            sum.push(coefficient.clone(), radicand.clone());
        }
        sum
    }

    /// The negative.
    pub fn neg(&self) -> Self {
        let terms = self.terms.iter();
        Expression {
            terms: terms.map(|(c, r)| (c.neg(), r.clone())).collect(),
        }
    }

    /// The difference.
    pub fn sub(&self, other: &Self) -> Self {
        self.add(&other.neg())
    }

    /// Half of it.
    pub fn half(&self) -> Self {
        self.mul(&Rational::new(1.into(), 2.into()).into())
    }

    /// The product.
    pub fn mul(&self, other: &Self) -> Self {
        let mut product = Expression::zero();
        for (c, r) in &self.terms {
            for (e, s) in &other.terms {
                let coefficient = c.mul(e);
                if r == s {
                    product.push(coefficient.mul(r), Quotient::one());
                    continue;
                }
                for (f, t) in Expression::sqrt(&r.mul(s)).terms {
                    product.push(coefficient.mul(&f), t);
                }
            }
        }
        product
    }

    /// A + B√q with q the last radicand, if there is a root.
    pub(super) fn split(&self) -> Option<(Self, Self, Quotient)> {
        self.splits().next()
    }

    /// A + B√q for every radicand q, the last one first.
    pub(super) fn splits(&self) -> impl Iterator<Item = (Self, Self, Quotient)> {
        let radicands = self.terms.iter().rev().map(|(_, r)| r);
        let roots = radicands.filter(|r| **r != Quotient::one());
        roots.filter_map(|root| self.split_at(root))
    }

    fn split_at(&self, root: &Quotient) -> Option<(Self, Self, Quotient)> {
        let (with, without): (Vec<_>, Vec<_>) =
            self.terms.iter().cloned().partition(|(_, r)| r == root);
        let factor = with
            .into_iter()
            .map(|(c, _)| (c, Quotient::one()))
            .collect();
        Some((
            Expression { terms: without },
            Expression { terms: factor },
            root.clone(),
        ))
    }

    /// 1/self; `None` if it is identically 0, or after five roots made rational one after the other.
    pub fn inverse(&self) -> Option<Self> {
        self.inverse_within(5)
    }

    fn inverse_within(&self, depth: usize) -> Option<Self> {
        let Some((a, b, q)) = self.split() else {
            return Some(self.to_quotient()?.inverse()?.into());
        };
        let depth = depth.checked_sub(1)?;
        // 1/(A + B√q) = (A − B√q)/(A² − B²q).
        let norm = a.mul(&a).sub(&b.mul(&b).mul(&q.clone().into()));
        let conjugate = a.sub(&b.mul(&Expression::term(Quotient::one(), q)));
        Some(conjugate.mul(&norm.inverse_within(depth)?))
    }

    /// The quotient; `None` if the divisor is identically 0.
    pub fn div(&self, divisor: &Self) -> Option<Self> {
        Some(self.mul(&divisor.inverse()?))
    }

    /// The number of different roots.
    pub fn roots(&self) -> usize {
        self.terms
            .iter()
            .filter(|(_, r)| *r != Quotient::one())
            .count()
    }

    /// The most bits of a numerator or denominator of a coefficient in it.
    pub fn bits(&self) -> u64 {
        let longest = |p: &Polynomial| {
            let coefficients = p.coefficients().iter();
            let bits = coefficients.map(|c| c.numer().bits().max(c.denom().bits()));
            bits.max().unwrap_or(0)
        };
        let quotient = |q: &Quotient| longest(&q.numerator).max(longest(&q.denominator));
        let terms = self.terms.iter();
        let bits = terms.map(|(c, r)| quotient(c).max(quotient(r)));
        bits.max().unwrap_or(0)
    }

    /// The largest degree in it.
    pub fn degree(&self) -> usize {
        self.terms
            .iter()
            .map(|(c, r)| c.degree().max(r.degree()))
            .max()
            .unwrap_or(0)
    }

    /// Whether it is a number everywhere at a place: no denominator 0, no radicand negative.
    pub fn is_defined(&self, place: Place) -> bool {
        self.terms
            .iter()
            .all(|(c, r)| c.is_defined(place) && r.is_defined(place) && !r.signs(place).negative)
    }

    /// The first integer k ≥ 1 at which it is not defined, if it is not seen to be defined everywhere: all k up to 1000 are tried.
    pub fn undefined_at(&self) -> Option<u64> {
        match self.is_defined(Place::On(Range::From(1))) {
            true => None,
            false => (1..=1000).find(|k| self.at(*k).is_none()),
        }
    }

    /// The value at an integer k; `None` if it is not defined there.
    pub fn at(&self, k: u64) -> Option<Surd> {
        let mut value = Surd::zero();
        for (coefficient, radicand) in &self.terms {
            let radicand = radicand.at(k).filter(|r| !r.is_negative())?;
            value = value.add(&Surd::multiple_of_root(&coefficient.at(k)?, &radicand));
        }
        Some(value)
    }

    /// The same value at k, as a constant; `None` if it is not defined there.
    pub fn fixed(&self, k: u64) -> Option<Self> {
        self.at(k).as_ref().map(Expression::from)
    }

    /// What it is at a place: itself, or at a single k its value there; `None` if it is not defined there.
    pub(super) fn on(&self, place: Place) -> Option<Self> {
        match place {
            Place::On(Range::At(k)) => self.fixed(k),
            _ => Some(self.clone()),
        }
    }

    /// As certificate text. 1/k·√k is written √(1/k).
    pub fn to_certificate(&self) -> Formula {
        let mut rational = Quotient::zero();
        let mut terms: BTreeMap<certificate::Fraction, Quotient> = BTreeMap::new();
        for (coefficient, radicand) in &self.terms {
            if *radicand == Quotient::one() {
                rational = coefficient.clone();
                continue;
            }
            let (mut coefficient, mut radicand) = (coefficient.clone(), radicand.clone());
            // 1/|n|·√(n/d) = √(1/(nd)), with n or −n as |n|.
            let (quotient, rest) = coefficient.denominator.div_rem(&radicand.numerator);
            let size = size(&radicand.numerator).filter(|_| rest.is_zero());
            if let Some(size) = size.filter(|size| size.degree() > 0) {
                coefficient = Quotient::over(coefficient.numerator, quotient);
                if size != radicand.numerator {
                    coefficient = coefficient.neg();
                }
                let below = radicand.numerator.mul(&radicand.denominator);
                radicand = Quotient::over(Polynomial::constant(Rational::one()), below);
            }
            let sum = terms
                .entry(radicand.to_certificate())
                .or_insert_with(Quotient::zero);
            *sum = sum.add(&coefficient);
        }
        let terms = terms
            .into_iter()
            .filter(|(_, coefficient)| !coefficient.is_zero());
        Formula {
            rational: rational.to_certificate(),
            terms: terms
                .map(|(radicand, coefficient)| (coefficient.to_certificate(), radicand))
                .collect(),
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_certificate().fmt(f)
    }
}

/// ⟨row,point⟩.
pub(super) fn dot(row: &[Expression], point: &[Expression]) -> Expression {
    let products = row.iter().zip(point).map(|(a, x)| a.mul(x));
    products.fold(Expression::zero(), |sum, p| sum.add(&p))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::parse;

    fn value(text: &str) -> Expression {
        parse(text).unwrap()
    }

    #[test]
    fn signs_agree_with_the_values_at_every_k() {
        let mut state = 7_u64;
        let mut next = |n: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        };
        let ranges = [
            Range::From(1),
            Range::From(3),
            Range::Between(1, 4),
            Range::Between(2, 9),
            Range::At(2),
        ];
        let (mut definite, mut all) = (0, 0);
        for _ in 0..300 {
            let mut part = || {
                format!(
                    "(({})*k^2+({})*k+({}))",
                    next(7) as i64 - 3,
                    next(9) as i64 - 4,
                    next(9) as i64 - 4
                )
            };
            let text = format!("{}/(k+1)+{}*sqrt(k^2+1)+{}*sqrt(2)", part(), part(), part());
            let number = value(&text);
            for range in ranges {
                let signs = number.signs(Place::On(range));
                all += 1;
                definite += usize::from(signs.definite());
                for k in range.first()..range.end().unwrap_or(30) {
                    let may = match number.at(k).unwrap().sign() {
                        std::cmp::Ordering::Less => signs.negative,
                        std::cmp::Ordering::Equal => signs.zero,
                        std::cmp::Ordering::Greater => signs.positive,
                    };
                    assert!(may, "{text} at {k} in {range}: {signs:?}");
                }
            }
        }
        // Not by knowing nothing.
        assert!(definite * 3 > all, "{definite} of {all}");
    }

    #[test]
    fn dependent_roots_end() {
        // √6 = √2·√3 comes back with every squaring.
        let number = value("2-sqrt(2)-sqrt(3)+1/2*sqrt(6)");
        assert!(number.signs(Place::Infinity).positive);
        let _ = number.inverse();
    }

    #[test]
    fn inverses_are_inverses() {
        for text in [
            "k",
            "-2/(3*k)",
            "sqrt(2)*k",
            "k+sqrt(k^2+1)",
            "1+sqrt(2)+sqrt(3*k)",
            "sqrt(k)-sqrt(k+1)",
        ] {
            let number = value(text);
            let product = number.mul(&number.inverse().unwrap());
            assert_eq!(product.to_string(), "1", "{text}");
        }
        assert!(Expression::zero().inverse().is_none());
    }

    #[test]
    fn roots_lose_their_squares() {
        for (text, expected) in [
            ("sqrt(8)", "2*sqrt(2)"),
            ("sqrt(k^2)", "k"),
            ("sqrt(4*k^3/9)", "2*k/3*sqrt(k)"),
            ("sqrt(1/(2*k))", "sqrt(1/(2*k))"),
            ("sqrt((k+1)^2*(k^2+1)/k^4)", "(k+1)/k^2*sqrt(k^2+1)"),
            // A denominator that is not positive for all k ≥ 1 stays under the root.
            ("sqrt(2/(k-3))", "sqrt(2/(k-3))"),
            ("(k-3)/k*sqrt(2/(k-3))", "(k-3)/k*sqrt(2/(k-3))"),
            ("1/k*sqrt(k/(k-3))", "sqrt(1/(k^2-3*k))"),
            // Not positive for all k ≥ 1: |k − 3| stays as it is.
            ("sqrt((k-3)^2)", "sqrt(k^2-6*k+9)"),
            ("sqrt((k-1)^2*(k+1))", "(k-1)*sqrt(k+1)"),
            ("3*sqrt(2)/k+sqrt(k)/k+1", "1+sqrt(1/k)+3/k*sqrt(2)"),
            // Of a negative leading coefficient the sign stays inside, whatever is moved out.
            ("sqrt(4-k)", "sqrt(-k+4)"),
            ("sqrt(8*k-8*k^2)", "2*sqrt(-2*k^2+2*k)"),
        ] {
            assert_eq!(value(text).to_string(), expected, "{text}");
            // It is the text that a verifier reads.
            let formula = value(text).to_certificate();
            assert_eq!(expected.parse(), Ok(formula), "{text}");
        }
        assert_eq!(value("sqrt((k-3)^2)").at(1).unwrap().to_string(), "2");
        // Texts have the same value where what is shortened changes its sign.
        for text in ["1/(k-3)*sqrt((k-3)/(k-4))", "2/(k-3)*sqrt(k-3)"] {
            let (number, again) = (value(text), value(&value(text).to_string()));
            for k in [1, 2, 5, 9] {
                assert_eq!(number.at(k), again.at(k), "{text} at {k}: {again}");
            }
        }
    }
}
