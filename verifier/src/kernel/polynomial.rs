//! Polynomials in t with rational coefficients, and their signs for t ≥ 0.

use std::fmt;

use num_bigint::BigInt;

use super::budget::Budget;
use super::cost;
use super::number::{Q, longest};
use super::signs::Signs;
use super::surd::square_root;
use super::verdict::{Stop, decline};

/// Largest degree of a polynomial that is computed.
const DEGREE: usize = 500;

/// A polynomial in t, the coefficient of t^i at i, the last one not zero.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Poly(pub(super) Vec<Q>);

impl Poly {
    pub(super) fn new(mut coefficients: Vec<Q>) -> Poly {
        while coefficients.last().is_some_and(Q::is_zero) {
            coefficients.pop();
        }
        Poly(coefficients)
    }

    pub(super) fn constant(value: Q) -> Poly {
        Poly::new(vec![value])
    }

    pub(super) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it is a number, and not 0.
    pub(super) fn is_constant(&self) -> bool {
        self.0.len() == 1
    }

    pub(super) fn leading(&self) -> Q {
        self.0.last().cloned().unwrap_or_else(Q::zero)
    }

    /// Bits of the longest coefficient.
    pub(super) fn bits(&self) -> u64 {
        longest(&self.0)
    }

    /// Declines a degree that nothing needs.
    pub(super) fn checked(self) -> Result<Poly, Stop> {
        if self.0.len() > DEGREE + 1 {
            return decline(format!(
                "a polynomial has degree {}, more than {DEGREE}",
                self.0.len() - 1
            ));
        }
        Ok(self)
    }

    pub(super) fn scale(&self, factor: &Q, limits: &Budget) -> Result<Poly, Stop> {
        let mut scaled = Vec::with_capacity(self.0.len());
        for c in &self.0 {
            limits.check(c.bits().max(factor.bits()))?;
            scaled.push(c * factor);
        }
        Ok(Poly::new(scaled))
    }

    pub(super) fn neg(&self) -> Poly {
        Poly(self.0.iter().map(|c| -c).collect())
    }

    pub(super) fn add(&self, other: &Poly, limits: &Budget) -> Result<Poly, Stop> {
        let length = self.0.len().max(other.0.len());
        let each = cost::fraction(self.bits().max(other.bits()));
        limits.charge(cost::times(length, each))?;
        let at = |p: &Poly, i: usize| p.0.get(i).cloned().unwrap_or_else(Q::zero);
        Ok(Poly::new(
            (0..length).map(|i| &at(self, i) + &at(other, i)).collect(),
        ))
    }

    pub(super) fn mul(&self, other: &Poly, limits: &Budget) -> Result<Poly, Stop> {
        limits.charge(cost::times(self.0.len() + other.0.len(), 2 * cost::ANY))?;
        let mut product = vec![Q::zero(); self.0.len() + other.0.len()];
        let each = 2 * cost::fraction(self.bits() + other.bits());
        for (i, x) in self.0.iter().enumerate() {
            let here = if x.is_zero() { cost::ANY } else { each };
            limits.charge(cost::times(other.0.len(), here))?;
            for (sum, y) in product.iter_mut().skip(i).zip(&other.0) {
                *sum = &*sum + &(x * y);
            }
        }
        Ok(Poly::new(product))
    }

    /// Quotient and remainder. The divisor must not be 0: then the quotient is 0.
    pub(super) fn divide(&self, divisor: &Poly, limits: &Budget) -> Result<(Poly, Poly), Stop> {
        let Some(inverse) = divisor.leading().inverse() else {
            return Ok((Poly(Vec::new()), self.clone()));
        };
        let (mut rest, mut quotient) = (self.clone(), Vec::new());
        while rest.0.len() >= divisor.0.len() {
            let factor = &rest.leading() * &inverse;
            let shift = rest.0.len() - divisor.0.len();
            limits.check(factor.bits())?;
            for (c, d) in rest.0.iter_mut().skip(shift).zip(&divisor.0) {
                limits.check(d.bits().max(factor.bits()))?;
                let product = d * &factor;
                limits.check(product.bits().max(c.bits()))?;
                *c = &*c - &product;
            }
            quotient.resize(quotient.len().max(shift + 1), Q::zero());
            if let Some(place) = quotient.get_mut(shift) {
                *place = factor;
            }
            rest = Poly::new(rest.0);
        }
        Ok((Poly::new(quotient), rest))
    }

    fn monic(&self, limits: &Budget) -> Result<Poly, Stop> {
        match self.leading().inverse() {
            Some(inverse) => self.scale(&inverse, limits),
            None => Ok(Poly(Vec::new())),
        }
    }

    pub(super) fn gcd(&self, other: &Poly, limits: &Budget) -> Result<Poly, Stop> {
        if self.is_constant() || other.is_constant() {
            return Ok(Poly::constant(Q::one()));
        }
        let (mut a, mut b) = (self.monic(limits)?, other.monic(limits)?);
        while !b.is_zero() {
            (a, b) = (b.clone(), a.divide(&b, limits)?.1.monic(limits)?);
        }
        Ok(a)
    }

    /// The polynomial with this square and a positive leading coefficient, from there down; 0 of 0.
    pub(super) fn square_root(&self, limits: &Budget) -> Result<Option<Poly>, Stop> {
        if self.is_zero() {
            return Ok(Some(self.clone()));
        }
        let half = self.0.len() / 2;
        let leading = square_root(&self.leading(), limits)?;
        let Some(leading) = leading.filter(|_| self.0.len() > 2 * half) else {
            return Ok(None);
        };
        let twice = leading.double().inverse().unwrap_or_else(Q::one);
        let mut falling = vec![leading];
        for coefficient in self.0.iter().rev().skip(1).take(half) {
            let mut rest = coefficient.clone();
            for (x, y) in falling.iter().skip(1).zip(falling.iter().skip(1).rev()) {
                limits.check(rest.bits().max(x.bits() + y.bits()))?;
                rest = &rest - &(x * y);
            }
            limits.check(rest.bits() + twice.bits())?;
            falling.push(&rest * &twice);
        }
        falling.reverse();
        let root = Poly::new(falling);
        Ok((root.mul(&root, limits)? == *self).then_some(root))
    }

    /// Σ c_i u^i w^(n − i): w^n times the value at u/w, n ≥ degree.
    pub(super) fn substituted(
        &self,
        n: usize,
        u: &Poly,
        w: &Poly,
        limits: &Budget,
    ) -> Result<Poly, Stop> {
        let (mut sum, mut power) = (Poly(Vec::new()), Poly::constant(Q::one()));
        for i in (0..=n).rev() {
            sum = sum.mul(u, limits)?;
            if let Some(c) = self.0.get(i).filter(|c| !c.is_zero()) {
                sum = sum.add(&power.scale(c, limits)?, limits)?;
            }
            power = power.mul(w, limits)?;
        }
        Ok(sum)
    }

    /// The signs for t ≥ 0: a power of t is divided out, then by the coefficients, or by Sturm's theorem.
    pub(super) fn signs(&self, limits: &Budget) -> Result<Signs, Stop> {
        let zeros = self.0.iter().take_while(|c| c.is_zero()).count();
        let rest = self.0.get(zeros..).unwrap_or_default();
        let Some(first) = rest.first() else {
            return Ok(Signs::ZERO);
        };
        let alike = rest
            .iter()
            .all(|c| c.is_zero() || c.is_positive() == first.is_positive());
        let mut signs = Signs::of(first.sign());
        signs.zero = zeros > 0;
        if alike {
            return Ok(signs);
        }
        let rest = Poly(rest.to_vec());
        let (roots, several) = rest.roots(limits)?;
        if roots == 0 {
            return Ok(signs);
        }
        // At a root of even multiplicity it is 0, and has one sign on both sides.
        if several.is_constant() || rest.odd(several, limits)?.roots(limits)?.0 > 0 {
            return Ok(Signs::ANY);
        }
        signs.zero = true;
        Ok(signs)
    }

    /// The product of the factors of odd multiplicity; `several` is the greatest common divisor with the derivative, in which each has one less.
    fn odd(&self, several: Poly, limits: &Budget) -> Result<Poly, Stop> {
        // Of each multiplicity from 1 on the factors that have as much or more, once each.
        let (mut whole, mut common, mut all) = (self.clone(), several, Vec::new());
        while !whole.is_constant() {
            all.push(whole.divide(&common, limits)?.0);
            let slope = common.slope(limits)?;
            (whole, common) = (common.clone(), common.gcd(&slope, limits)?);
        }
        let mut odd = Poly::constant(Q::one());
        for once in all.iter().rev() {
            odd = once.divide(&odd, limits)?.0;
        }
        Ok(odd)
    }

    fn slope(&self, limits: &Budget) -> Result<Poly, Stop> {
        limits.charge(cost::times(self.0.len(), cost::fraction(self.bits())))?;
        let slope = self.0.iter().enumerate().skip(1);
        Ok(Poly::new(
            slope.map(|(i, c)| c * &Q::from(BigInt::from(i))).collect(),
        ))
    }

    /// The number of different roots t > 0, where t = 0 is none: sign changes of the Sturm chain at 0 less those at ∞. And the chain's last polynomial, the
    /// greatest common divisor with the derivative.
    pub(super) fn roots(&self, limits: &Budget) -> Result<(usize, Poly), Stop> {
        let (mut a, mut b) = (self.clone(), self.slope(limits)?);
        let mut last = a.clone();
        // Of the chain at 0 and at ∞.
        let mut signs: [Vec<bool>; 2] = Default::default();
        while !a.is_zero() {
            for (signs, value) in signs.iter_mut().zip([a.0.first(), a.0.last()]) {
                signs.extend(value.filter(|value| !value.is_zero()).map(Q::is_positive));
            }
            last = a.clone();
            // A positive factor changes no sign.
            let rest = a.divide(&b, limits)?.1;
            let size = rest.leading().abs().inverse().unwrap_or_else(Q::one);
            (a, b) = (b, rest.scale(&-&size, limits)?);
        }
        let [at_zero, at_infinity] = signs.map(|signs| {
            let pairs = signs.iter().zip(signs.iter().skip(1));
            pairs.filter(|(sign, next)| sign != next).count()
        });
        Ok((at_zero.saturating_sub(at_infinity), last))
    }
}

impl fmt::Display for Poly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let terms = self
            .0
            .iter()
            .enumerate()
            .rev()
            .filter(|(_, c)| !c.is_zero());
        let terms = terms.map(|(power, c)| match power {
            0 => c.to_string(),
            1 => format!("{c}*t"),
            _ => format!("{c}*t^{power}"),
        });
        let text = terms.collect::<Vec<_>>().join("+").replace("+-", "-");
        f.write_str(if text.is_empty() { "0" } else { &text })
    }
}
