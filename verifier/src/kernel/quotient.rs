//! Quotients of polynomials in t, for t ≥ 0: what functions of k on one range are without roots.

use std::fmt;

use num_bigint::BigInt;
use relucert_format::{Fraction, Range};

use super::budget::{Budget, size};
use super::cost;
use super::number::Q;
use super::polynomial::Poly;
use super::refine;
use super::roots::{Roots, Scalar};
use super::signs::{Asked, Signs};
use super::surd::square_root;
use super::verdict::{Stop, decline, differ, reject};

/// Most roots that are split off a function to see its sign.
const DEPTH: usize = 5;

/// Largest product of degree and bits of a square: longer ones cost more than a certificate is worth.
const LARGEST: u64 = 40_000;
/// From so many roots on signs are looked for by refinement first: squaring doubles degrees and bits with every root.
const REFINED: usize = 3;

/// A quotient in lowest terms; the denominator is monic and nowhere 0, so positive for t ≥ 0.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Quotient {
    pub(super) above: Poly,
    below: Poly,
}

impl From<Q> for Quotient {
    fn from(value: Q) -> Quotient {
        Quotient {
            above: Poly::constant(value),
            below: Poly::constant(Q::one()),
        }
    }
}

impl Quotient {
    /// The denominator is known to be nowhere 0.
    fn new(above: Poly, below: Poly, limits: &Budget) -> Result<Quotient, Stop> {
        // However short the numbers are, they are many and stand on the heap.
        limits.charge(32 * cost::ANY)?;
        let common = above.gcd(&below, limits)?;
        let (above, below) = match common.is_constant() {
            true => (above, below),
            false => (
                above.divide(&common, limits)?.0,
                below.divide(&common, limits)?.0,
            ),
        };
        let inverse = below.leading().inverse().unwrap_or_else(Q::one);
        Ok(Quotient {
            above: above.scale(&inverse, limits)?.checked()?,
            below: below.scale(&inverse, limits)?.checked()?,
        })
    }

    /// As stated, on a range.
    pub(super) fn stated(text: &Fraction, range: Range, limits: &Budget) -> Result<Quotient, Stop> {
        let number = |k: u64| Q::from(BigInt::from(k));
        let line = |a: u64, b: u64| Poly::new(vec![number(a), number(b)]);
        let (u, w) = match range {
            Range::From(a) => (line(a, 1), line(1, 0)),
            Range::Between(a, b) => (line(a, b), line(1, 1)),
            Range::At(a) => (line(a, 0), line(1, 0)),
        };
        let n = text.numerator.len().max(text.denominator.len());
        let part = |c: &[BigInt]| {
            let polynomial = Poly::new(c.iter().cloned().map(Q::from).collect());
            polynomial.substituted(n, &u, &w, limits)
        };
        let (above, below) = (part(&text.numerator)?, part(&text.denominator)?);
        if below.signs(limits)?.definite().is_none() {
            return differ(
                "a denominator may be 0",
                text,
                format!("a denominator that is not 0 for any {range}"),
            );
        }
        Quotient::new(above, below, limits)
    }

    pub(super) fn degree(&self) -> usize {
        let length = |p: &Poly| p.0.len().saturating_sub(1);
        length(&self.above).max(length(&self.below))
    }

    /// Numerator and denominator for large t, and at 0. The denominator is monic.
    fn ends(&self) -> [(Q, Q); 2] {
        let first = |p: &Poly| p.0.first().cloned().unwrap_or_else(Q::zero);
        let at_zero = (first(&self.above), first(&self.below));
        [(self.above.leading(), Q::one()), at_zero]
    }
}

impl Scalar for Quotient {
    const ROOTS: usize = 6;
    const EACH: bool = true;

    fn is_zero(&self) -> bool {
        self.above.is_zero()
    }

    fn join(&self, other: &Quotient, plus: bool, limits: &Budget) -> Result<Quotient, Stop> {
        let left = self.above.mul(&other.below, limits)?;
        let right = other.above.mul(&self.below, limits)?;
        let right = if plus { right } else { right.neg() };
        let below = self.below.mul(&other.below, limits)?;
        Quotient::new(left.add(&right, limits)?, below, limits)
    }

    fn mul(&self, other: &Quotient, limits: &Budget) -> Result<Quotient, Stop> {
        let above = self.above.mul(&other.above, limits)?;
        Quotient::new(above, self.below.mul(&other.below, limits)?, limits)
    }

    fn neg(&self) -> Quotient {
        Quotient {
            above: self.above.neg(),
            below: self.below.clone(),
        }
    }

    fn inverse(&self, formal: bool, limits: &Budget) -> Result<Quotient, Stop> {
        if self.is_zero() || !formal && self.above.signs(limits)?.definite().is_none() {
            return reject("division by zero");
        }
        Quotient::new(self.below.clone(), self.above.clone(), limits)
    }

    fn has_root(&self, formal: bool, limits: &Budget) -> Result<bool, Stop> {
        Ok(formal && self.degree() > 0 || !self.above.signs(limits)?.minus)
    }

    /// Where radicand = s²·root, and s is defined and has one sign for t ≥ 0.
    fn multiple(
        radicand: &Quotient,
        root: Option<&Quotient>,
        limits: &Budget,
    ) -> Result<Option<Quotient>, Stop> {
        let one = Quotient::from(Q::one());
        let root = root.unwrap_or(&one);
        // Most pairs are told apart by their product for large t, or at 0.
        for ((x, y), (z, w)) in radicand.ends().iter().zip(&root.ends()) {
            limits.check(2 * (x.bits() + y.bits() + z.bits() + w.bits()))?;
            if square_root(&(&(x * y) * &(z * w)), limits)?.is_none() {
                return Ok(None);
            }
        }
        let above = radicand.above.mul(&root.below, limits)?;
        let below = radicand.below.mul(&root.above, limits)?;
        let square = Quotient::new(above, below, limits)?;
        let Some(above) = square.above.square_root(limits)? else {
            return Ok(None);
        };
        let Some(below) = square.below.square_root(limits)? else {
            return Ok(None);
        };
        // Their leading coefficients are positive.
        let seen = !above.signs(limits)?.minus && below.signs(limits)?.definite().is_some();
        Ok(seen.then_some(Quotient { above, below }))
    }

    fn signs(sum: &Roots<Quotient>, limits: &Budget) -> Result<Signs, Stop> {
        if sum.roots.is_empty() {
            return signs_within(sum, DEPTH, limits);
        }
        if sum.roots.len() >= REFINED
            && let Some(signs) = refine::signs(cleared(sum, limits)?, limits)?
        {
            return Ok(signs);
        }
        // Which root shows most when it is split off first is not known before: each shows signs that there cannot be, or is given up.
        let (mut signs, mut given_up) = (None, None);
        for at in 0..sum.roots.len() {
            match split_off(sum, at, DEPTH - 1, limits) {
                Ok(found) => signs = Some(signs.unwrap_or(Signs::ANY).and(found)),
                Err(stop @ Stop::Decline(_)) => given_up = given_up.or(Some(stop)),
                Err(stop) => return Err(stop),
            }
            if signs.is_some_and(Signs::one) {
                break;
            }
        }
        match (signs, given_up) {
            (None, Some(stop)) => {
                limits.afford(0)?;
                match stop {
                    Stop::Decline(_) => decline(format!(
                        "the signs of {sum}, in t, show neither by enclosures nor by squaring at most {DEPTH} times"
                    )),
                    stop => Err(stop),
                }
            }
            (signs, _) => Ok(signs.unwrap_or(Signs::ANY)),
        }
    }

    fn unseen(what: &str, asked: Asked, function: &Roots<Quotient>) -> Result<(), Stop> {
        let how = match asked {
            Asked::Zero => " is not identically 0",
            Asked::NotNegative => ": not seen to be >= 0 for all t >= 0",
            Asked::OneSign => " has not one sign for all t >= 0",
            Asked::Positive => " is not positive",
        };
        reject(format!("{what}{how}: {function}"))
    }

    fn memory(&self) -> u64 {
        let parts = [&self.above, &self.below].map(|p| size(p.0.len(), p.bits()) + 32);
        parts.iter().sum()
    }
}

/// A positive multiple as Σ P·√Q without denominators, by c/b·√(q/e) = c/(be)·√(qe).
fn cleared(sum: &Roots<Quotient>, limits: &Budget) -> Result<Vec<(Poly, Poly)>, Stop> {
    let one = Quotient::from(Q::one());
    let plain = Some((&sum.plain, &one)).filter(|(c, _)| !c.is_zero());
    let parts = || sum.roots.iter().map(|(c, q)| (c, q)).chain(plain);
    let mut common = Poly::constant(Q::one());
    for (c, q) in parts() {
        let below = c.below.mul(&q.below, limits)?;
        let rest = below.divide(&common.gcd(&below, limits)?, limits)?.0;
        common = common.mul(&rest, limits)?.checked()?;
    }
    let mut whole = Vec::new();
    for (c, q) in parts() {
        let below = c.below.mul(&q.below, limits)?;
        let factor = c.above.mul(&common.divide(&below, limits)?.0, limits)?;
        whole.push((factor, q.above.mul(&q.below, limits)?));
    }
    Ok(whole)
}

/// The signs for t ≥ 0. With one root split off, A + B√q, and Δ = A² − B²q: that of A where Δ > 0, that of B where Δ < 0. At most so many are split
/// off, one in the other: where roots depend on each other, Δ may have no fewer than the function.
fn signs_within(function: &Roots<Quotient>, depth: usize, limits: &Budget) -> Result<Signs, Stop> {
    limits.charge(cost::ANY)?;
    if function.roots.is_empty() {
        return function.plain.above.signs(limits);
    }
    let Some(depth) = depth.checked_sub(1) else {
        return decline(format!("more than {DEPTH} roots are split off one number"));
    };
    split_off(function, 0, depth, limits)
}

/// What splitting off one root shows.
fn split_off(
    function: &Roots<Quotient>,
    at: usize,
    depth: usize,
    limits: &Budget,
) -> Result<Signs, Stop> {
    let mut a = function.clone();
    let (b, root) = a.roots.remove(at);
    let left = signs_within(&a, depth, limits)?;
    let right = b.above.signs(limits)?.times(root.above.signs(limits)?);
    let (minus, plus) = (left.minus || right.minus, left.plus || right.plus);
    if !(minus && plus) {
        return Ok(Signs {
            minus,
            zero: left.zero && right.zero,
            plus,
        });
    }
    let square = Roots::of(b.mul(&b, limits)?.mul(&root, limits)?);
    let delta = a.mul(&a, limits)?.sub(&square, limits)?;
    let bits = delta
        .parts()
        .map(|part| part.above.bits().max(part.below.bits()));
    if delta.degree() as u64 * bits.max().unwrap_or(0) > LARGEST {
        return decline(format!(
            "the signs of {function}, in t, do not show without long squares"
        ));
    }
    let delta = signs_within(&delta, depth, limits)?;
    // Where Δ = 0 the function is 0, or 2A if A and B have the same sign.
    let both = (left.minus && right.minus, left.plus && right.plus);
    Ok(Signs {
        minus: delta.plus && left.minus || delta.minus && right.minus || delta.zero && both.0,
        zero: delta.zero,
        plus: delta.plus && left.plus || delta.minus && right.plus || delta.zero && both.1,
    })
}

impl fmt::Display for Quotient {
    /// In t, for messages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.below == Poly::constant(Q::one()) {
            true => write!(f, "({})", self.above),
            false => write!(f, "({})/({})", self.above, self.below),
        }
    }
}
