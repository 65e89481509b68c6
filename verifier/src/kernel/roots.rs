//! Sums of square roots over a field: numbers over Q, functions of k over Q(t).

use std::fmt;

use super::budget::Budget;
use super::cost;
use super::number::Q;
use super::signs::{Asked, Signs};
use super::verdict::{Stop, decline, reject};
use relucert_format::Surd;

/// Most roots that are split off a sum to invert it.
const DEPTH: usize = 7;

/// What sums of square roots are over, a rational number or a quotient of polynomials, with what is its own of such sums.
pub(crate) trait Scalar: Clone + PartialEq + From<Q> {
    /// Most different roots of a sum that is computed, with the part without roots.
    const ROOTS: usize;
    /// Whether each coordinate of a [pair](super::binding::Pair) may show that there is no multiple at all; else only a bound from above of inner entries,
    /// and one from below of outer ones.
    const EACH: bool;

    fn is_zero(&self) -> bool;

    /// The sum or the difference.
    fn join(&self, other: &Self, plus: bool, limits: &Budget) -> Result<Self, Stop>;

    fn add(&self, other: &Self, limits: &Budget) -> Result<Self, Stop> {
        self.join(other, true, limits)
    }

    fn mul(&self, other: &Self, limits: &Budget) -> Result<Self, Stop>;

    fn neg(&self) -> Self;

    /// The inverse; the number must be nowhere 0, or if `formal` not everywhere.
    fn inverse(&self, formal: bool, limits: &Budget) -> Result<Self, Stop>;

    /// Whether it may stand under a root: nowhere negative, or if `formal` no negative constant.
    fn has_root(&self, formal: bool, limits: &Budget) -> Result<bool, Stop>;

    /// c·√q as it is kept.
    fn kept(coefficient: &Self, radicand: &Self, _: &Budget) -> Result<(Self, Self), Stop> {
        Ok((coefficient.clone(), radicand.clone()))
    }

    /// |s|, if √radicand is seen to be |s|·√root, or |s| where there is no root.
    fn multiple(
        radicand: &Self,
        root: Option<&Self>,
        limits: &Budget,
    ) -> Result<Option<Self>, Stop>;

    /// Whether this radicand is written before one that comes later.
    fn precedes(&self, _: &Self) -> bool {
        true
    }

    /// The signs that a sum has, and none that it cannot be seen not to have.
    fn signs(sum: &Roots<Self>, limits: &Budget) -> Result<Signs, Stop>;

    /// What to say of a sum of which what was asked is not seen, if it decides.
    fn unseen(what: &str, asked: Asked, sum: &Roots<Self>) -> Result<(), Stop>;

    /// Bytes it takes.
    fn memory(&self) -> u64;
}

/// p + Σ c·√q. No c and no q is 0, no √q is seen to be a multiple of another or of 1: roots that are multiples of each other are one, √(s²·q) = |s|·√q, so
/// that no sum has two ways to vanish.
#[derive(Clone, Debug)]
pub(crate) struct Roots<S> {
    /// The part without roots.
    pub(crate) plain: S,
    /// Pairs (c, q).
    pub(super) roots: Vec<(S, S)>,
}

impl<S: Scalar> From<Q> for Roots<S> {
    fn from(value: Q) -> Self {
        Roots::of(S::from(value))
    }
}

impl<S: Scalar> Roots<S> {
    /// Without roots.
    pub(crate) fn of(plain: S) -> Self {
        let roots = Vec::new();
        Roots { plain, roots }
    }

    pub(crate) fn zero() -> Self {
        Roots::from(Q::zero())
    }

    pub(crate) fn one() -> Self {
        Roots::from(Q::one())
    }

    /// A number that does not depend on k.
    pub(crate) fn surd(surd: &Surd, limits: &Budget) -> Result<Self, Stop> {
        let mut sum = Roots::from(Q::from(&surd.rational));
        for (coefficient, radicand) in &surd.terms {
            let radicand = S::from(Q::from(radicand.clone()));
            sum = sum.plus_root(&S::from(Q::from(coefficient)), &radicand, limits)?;
        }
        Ok(sum)
    }

    /// This and coefficient·√radicand, where the radicand is nowhere negative.
    pub(crate) fn plus_root(
        mut self,
        coefficient: &S,
        radicand: &S,
        limits: &Budget,
    ) -> Result<Self, Stop> {
        // √0 is no root: nothing would ever tell what it adds from 0.
        if coefficient.is_zero() || radicand.is_zero() {
            return Ok(self);
        }
        let (coefficient, radicand) = S::kept(coefficient, radicand, limits)?;
        match S::multiple(&radicand, None, limits)? {
            Some(size) => self.plain = self.plain.add(&coefficient.mul(&size, limits)?, limits)?,
            None => self.join_root(coefficient, radicand, limits)?,
        }
        Ok(self)
    }

    /// Adds coefficient·√radicand, as a multiple of a root that is there if it is seen to be one. It is none of 1.
    fn join_root(&mut self, coefficient: S, radicand: S, limits: &Budget) -> Result<(), Stop> {
        if coefficient.is_zero() {
            return Ok(());
        }
        for (sum, root) in &mut self.roots {
            if radicand == *root {
                *sum = sum.add(&coefficient, limits)?;
            } else if let Some(size) = S::multiple(&radicand, Some(root), limits)? {
                *sum = sum.add(&coefficient.mul(&size, limits)?, limits)?;
            } else if let Some(size) = S::multiple(root, Some(&radicand), limits)? {
                *sum = sum.mul(&size, limits)?.add(&coefficient, limits)?;
                *root = radicand;
            } else {
                continue;
            }
            self.roots.retain(|(c, _)| !c.is_zero());
            return Ok(());
        }
        let place = self.roots.partition_point(|(_, q)| q.precedes(&radicand));
        self.roots.insert(place, (coefficient, radicand));
        match self.terms().count() > S::ROOTS {
            true => decline(format!(
                "a number has more than {} different square roots",
                S::ROOTS
            )),
            false => Ok(()),
        }
    }

    /// Coefficients and radicands, that of 1 first.
    fn terms(&self) -> impl Iterator<Item = (&S, Option<&S>)> {
        let plain = std::iter::once((&self.plain, None)).filter(|(c, _)| !c.is_zero());
        plain.chain(self.roots.iter().map(|(c, q)| (c, Some(q))))
    }

    pub(crate) fn add(&self, other: &Self, limits: &Budget) -> Result<Self, Stop> {
        self.join(other, true, limits)
    }

    pub(crate) fn sub(&self, other: &Self, limits: &Budget) -> Result<Self, Stop> {
        self.join(other, false, limits)
    }

    /// The sum or the difference.
    pub(crate) fn join(&self, other: &Self, plus: bool, limits: &Budget) -> Result<Self, Stop> {
        limits.charge(2 * cost::ANY)?;
        let mut sum = Roots {
            plain: self.plain.join(&other.plain, plus, limits)?,
            roots: self.roots.clone(),
        };
        for (coefficient, radicand) in &other.roots {
            let coefficient = match plus {
                true => coefficient.clone(),
                false => coefficient.neg(),
            };
            sum.join_root(coefficient, radicand.clone(), limits)?;
        }
        Ok(sum)
    }

    pub(crate) fn neg(&self) -> Self {
        let roots = self.roots.iter().map(|(c, q)| (c.neg(), q.clone()));
        Roots {
            plain: self.plain.neg(),
            roots: roots.collect(),
        }
    }

    /// The product, by √q·√q′ = √(qq′).
    pub(crate) fn mul(&self, other: &Self, limits: &Budget) -> Result<Self, Stop> {
        limits.charge(2 * cost::ANY)?;
        let mut product = Self::zero();
        for (c, q) in self.terms() {
            for (d, r) in other.terms() {
                let coefficient = c.mul(d, limits)?;
                match (q, r) {
                    (None, None) => product.plain = product.plain.add(&coefficient, limits)?,
                    (Some(q), Some(r)) if q == r => {
                        let whole = coefficient.mul(q, limits)?;
                        product.plain = product.plain.add(&whole, limits)?;
                    }
                    (Some(q), Some(r)) => {
                        product = product.plus_root(&coefficient, &q.mul(r, limits)?, limits)?;
                    }
                    (Some(q), None) | (None, Some(q)) => {
                        product.join_root(coefficient, q.clone(), limits)?;
                    }
                }
            }
        }
        Ok(product)
    }

    /// The sum of products of two rows.
    pub(crate) fn dot(left: &[Self], right: &[Self], limits: &Budget) -> Result<Self, Stop> {
        let mut sum = Roots::zero();
        for (x, y) in left.iter().zip(right) {
            sum = sum.add(&x.mul(y, limits)?, limits)?;
        }
        Ok(sum)
    }

    pub(crate) fn signs(&self, limits: &Budget) -> Result<Signs, Stop> {
        S::signs(self, limits)
    }

    /// False, or what there is to say of a sum of which what was asked is not seen.
    pub(crate) fn unseen(&self, what: &str, asked: Asked) -> Result<bool, Stop> {
        S::unseen(what, asked, self).map(|()| false)
    }

    /// Whether it is seen to be at least as large everywhere; what is said shows by how much it is more.
    pub(crate) fn at_least(&self, what: &str, least: &Self, limits: &Budget) -> Result<bool, Stop> {
        let difference = self.sub(least, limits)?;
        match difference.signs(limits)?.minus {
            false => Ok(true),
            true => difference.unseen(what, Asked::NotNegative),
        }
    }

    /// Its absolute value, if it has one sign.
    pub(crate) fn size(&self, limits: &Budget) -> Result<Self, Stop> {
        match self.signs(limits)?.minus {
            true => Ok(self.neg()),
            false => Ok(self.clone()),
        }
    }

    pub(crate) fn is_zero(&self, limits: &Budget) -> Result<bool, Stop> {
        Ok(self.signs(limits)? == Signs::ZERO)
    }

    /// The square root; what is under it has no roots, and is nowhere negative, or if `formal` no negative constant.
    pub(crate) fn root(&self, formal: bool, limits: &Budget) -> Result<Self, Stop> {
        if !self.roots.is_empty() {
            return reject("a square root inside a square root");
        }
        if !self.plain.has_root(formal, limits)? {
            return reject("the square root of a negative number");
        }
        Roots::zero().plus_root(&S::from(Q::one()), &self.plain, limits)
    }

    /// The inverse, where it has one everywhere, or if `formal` somewhere: 1/(A + B√q) = (A − B√q)/(A² − B²q).
    pub(crate) fn inverse(&self, formal: bool, limits: &Budget) -> Result<Self, Stop> {
        let (mut above, mut below) = (Self::one(), self.clone());
        for _ in 0..=DEPTH {
            if below.is_zero(limits)? {
                return reject("division by zero");
            }
            if let Some(plain) = below.to_plain() {
                let inverse = plain.inverse(formal, limits)?;
                return above.mul(&Roots::of(inverse), limits);
            }
            let mut conjugate = below.clone();
            if let Some((c, _)) = conjugate.roots.first_mut() {
                *c = c.neg();
            }
            above = above.mul(&conjugate, limits)?;
            below = below.mul(&conjugate, limits)?;
        }
        decline("a quotient of sums of too many square roots")
    }

    /// Without roots, if it is.
    pub(crate) fn to_plain(&self) -> Option<&S> {
        self.roots.is_empty().then_some(&self.plain)
    }

    /// Whether it is one term, with a root or without: no coefficient and no radicand is 0.
    pub(crate) fn is_one_term(&self) -> bool {
        self.terms().count() == 1
    }

    /// Everything it is written with.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &S> {
        let roots = self.roots.iter().flat_map(|(c, q)| [c, q]);
        std::iter::once(&self.plain).chain(roots)
    }

    /// The number of square roots.
    pub(crate) fn root_count(&self) -> usize {
        self.roots.len()
    }

    /// Bytes it takes.
    pub(crate) fn memory(&self) -> u64 {
        24 + self.parts().map(S::memory).sum::<u64>()
    }
}

impl<S: Scalar + fmt::Display> fmt::Display for Roots<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let term = |(c, q): (&S, Option<&S>)| match q {
            None => c.to_string(),
            Some(q) => format!("{c}*sqrt({q})"),
        };
        let text = self.terms().map(term).collect::<Vec<_>>().join(" + ");
        f.write_str(if text.is_empty() { "0" } else { &text })
    }
}
