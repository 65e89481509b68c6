//! Sums of square roots and their exact signs.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use super::budget::{Budget, size};
use super::cost;
use super::number::{Q, common_denominator, longest, over};
use super::scalar::{Scalar, Signs};
use super::verdict::{Stop, decline};
use relucert_format::Surd;

/// Radicals in one stated number: a stretched weight has at most three roots √n, and its inverse weight their products.
const MAX_RADICALS: usize = 16;

/// Limb operations that a product of two stated numbers may take: they are counted only after it.
const LONGEST_PRODUCT: u64 = 1 << 29;

/// Working precisions, in bits, that are tried before roots are compared exactly.
const FIRST_PRECISIONS: [u64; 2] = [64, 192];

/// A rational number plus rational multiples of square roots of integers, none of them a perfect square.
#[derive(Clone, Debug)]
pub(crate) struct Sum {
    rational: Q,
    roots: BTreeMap<BigInt, Q>,
    /// Limb operations that made the number and are not counted yet: they are where something is asked of it.
    owed: u64,
}

impl Sum {
    pub(crate) fn zero() -> Sum {
        Sum::from(Q::zero())
    }

    /// The value of a number in a certificate; declines more radicals than any claim needs.
    pub(crate) fn stated(surd: &Surd) -> Result<Sum, Stop> {
        if surd.terms.len() > MAX_RADICALS {
            return decline(format!("a number has more than {MAX_RADICALS} radicals"));
        }
        let mut sum = Sum::from(Q::from(&surd.rational));
        let bits = surd
            .terms
            .iter()
            .flat_map(|(q, n)| [q.numer().bits(), q.denom().bits(), n.bits()]);
        let bits = bits.max().unwrap_or(0).max(sum.rational.bits());
        let pairs = (1 + surd.terms.len()).pow(2);
        if !surd.terms.is_empty()
            && cost::times(4 * pairs, cost::fraction(2 * bits)) > LONGEST_PRODUCT
        {
            return decline(format!("a number with radicals has {bits} bits"));
        }
        for (coefficient, radicand) in &surd.terms {
            sum = sum.plus_root(&Q::from(coefficient), &Q::from(radicand.clone()));
        }
        Ok(sum)
    }

    /// Adds coefficient·√square, where square ≥ 0: √(p/q) = √(pq)/q.
    pub(crate) fn plus_root(mut self, coefficient: &Q, square: &Q) -> Sum {
        if coefficient.is_zero() || square.is_zero() {
            return self;
        }
        let bits = coefficient
            .bits()
            .max(square.bits())
            .max(self.rational.bits());
        self.owed += 2 * cost::fraction(bits) + cost::root(2 * square.bits());
        if square.is_one() {
            self.rational = &self.rational + coefficient;
            return self;
        }
        let radicand = square.numerator() * square.denominator();
        let denominator = Q::from(square.denominator().clone());
        let Some(scale) = denominator.inverse() else {
            return self; // A denominator is never 0.
        };
        let coefficient = coefficient * &scale;
        match perfect_root(&radicand) {
            Some(root) => self.rational = &self.rational + &(&coefficient * &Q::from(root)),
            None => {
                let entry = self.roots.entry(radicand).or_insert_with(Q::zero);
                *entry = &*entry + &coefficient;
            }
        }
        self
    }

    /// The rational part: that of the value, where no root is rational.
    pub(crate) fn rational(&self) -> &Q {
        &self.rational
    }

    pub(crate) fn minus(mut self, other: &Sum) -> Sum {
        let bits = longest(
            other
                .roots
                .values()
                .chain([&self.rational, &other.rational]),
        );
        self.owed += other.owed + cost::times(1 + other.roots.len(), cost::fraction(bits));
        self.rational = &self.rational - &other.rational;
        for (radicand, coefficient) in &other.roots {
            let entry = self.roots.entry(radicand.clone()).or_insert_with(Q::zero);
            *entry = &*entry - coefficient;
        }
        self
    }

    /// The product, by √n·√n′ = √(nn′).
    pub(crate) fn times(&self, other: &Sum) -> Sum {
        let mut product = Sum::zero();
        for (n, x) in self.terms() {
            for (other_n, y) in other.terms() {
                let bits = x.bits() + y.bits();
                product.owed += 2 * cost::fraction(bits);
                product = product.plus_root(&(x * y), &(&n * &other_n));
            }
        }
        product.owed += self.owed + other.owed;
        product
    }

    /// Pairs of radicand and coefficient, the rational part first, with the radicand 1.
    fn terms(&self) -> impl Iterator<Item = (Q, &Q)> {
        let roots = self.roots.iter();
        let roots = roots.map(|(radicand, coefficient)| (Q::from(radicand.clone()), coefficient));
        std::iter::once((Q::one(), &self.rational)).chain(roots)
    }

    /// The same number with as few roots as it has: then those left and 1 are linearly independent over Q.
    pub(crate) fn merged(mut self, limits: &Budget) -> Result<Sum, Stop> {
        self.merge(limits)?;
        Ok(self)
    }

    /// How many roots it is written with.
    pub(crate) fn root_count(&self) -> usize {
        self.roots.len()
    }

    /// The number, if it is written without roots.
    pub(crate) fn to_rational(&self) -> Option<&Q> {
        self.roots.is_empty().then_some(&self.rational)
    }

    /// Twice the bits of the rational part, or those of the square of a root's multiple, whatever is more. How squares are split between
    /// coefficient and radicand does not matter.
    pub(crate) fn longest_square(&self) -> u64 {
        let roots = self.roots.iter();
        let squares = roots.map(|(n, q)| (&q.square() * &Q::from(n.clone())).bits());
        squares.max().unwrap_or(0).max(2 * self.rational.bits())
    }

    /// Bits of all numerators, denominators and radicands.
    pub(crate) fn all_bits(&self) -> u64 {
        let bits = |q: &Q| q.numerator().bits() + q.denominator().bits();
        let roots = self.roots.iter().map(|(n, q)| n.bits() + bits(q));
        bits(&self.rational) + roots.sum::<u64>()
    }

    /// Bytes it takes.
    pub(crate) fn memory(&self) -> u64 {
        const LEAF: u64 = 1100;
        let leaf = if self.roots.is_empty() { 0 } else { LEAF };
        size(1, 0) + leaf + cost::times(self.roots.len(), 200) + self.all_bits() / 4
    }

    /// The inverse of a merged number, 1/(A + B√n) = (A − B√n)/(A² − B²n) as long as roots are left; none for 0, and where dependent roots come back
    /// again and again.
    pub(crate) fn inverse(&self, limits: &Budget) -> Result<Option<Sum>, Stop> {
        const MOST: usize = 8;
        let (mut above, mut below) = (Sum::from(Q::one()), self.clone());
        for _ in 0..MOST {
            let Some((n, coefficient)) = below.roots.first_key_value() else {
                break;
            };
            let mut conjugate = below.clone();
            conjugate.roots.insert(n.clone(), -coefficient);
            above = above.times(&conjugate).merged(limits)?;
            below = below.times(&conjugate).merged(limits)?;
        }
        match below.to_rational().and_then(Q::inverse) {
            Some(inverse) => above.times(&Sum::from(inverse)).merged(limits).map(Some),
            None => Ok(None),
        }
    }

    /// Counts what made the number.
    fn settle(&mut self, limits: &Budget) -> Result<(), Stop> {
        limits.charge(cost::ANY.saturating_add(std::mem::take(&mut self.owed)))
    }

    /// The sum of two numbers.
    pub(crate) fn plus(self, other: &Sum) -> Sum {
        self.minus(&Sum::zero().minus(other))
    }

    /// Orders the absolute value and a number exactly.
    pub(crate) fn compare_size(&self, other: &Sum, limits: &Budget) -> Result<Ordering, Stop> {
        let negative = Sum::zero().minus(self);
        let order = self.compare(other, limits)?;
        Ok(order.max(negative.compare(other, limits)?))
    }

    /// Orders two numbers exactly.
    pub(crate) fn compare(&self, other: &Sum, limits: &Budget) -> Result<Ordering, Stop> {
        self.clone().minus(other).sign(limits)
    }

    /// The exact sign.
    ///
    /// First by enclosures. If they leave it open, roots √n, √n′ with n·n′ a perfect square are merged; then the remaining
    /// roots and 1 are linearly independent over Q (square roots of integers are, as soon as no product of two of them and
    /// none of them is a perfect square), so the sum is 0 iff every coefficient is, and else some enclosure decides.
    pub(crate) fn sign(mut self, limits: &Budget) -> Result<Ordering, Stop> {
        self.settle(limits)?;
        self.roots.retain(|_, coefficient| !coefficient.is_zero());
        if self.roots.is_empty() {
            return Ok(self.rational.sign());
        }
        for precision in FIRST_PRECISIONS {
            if let Some(sign) = self.enclosed_sign(precision, limits)? {
                return Ok(sign);
            }
        }
        self.merge(limits)?;
        if self.roots.is_empty() {
            return Ok(self.rational.sign());
        }
        // It ends: some precision decides, or the budget does.
        let mut precision = 2 * FIRST_PRECISIONS[1];
        loop {
            if let Some(sign) = self.enclosed_sign(precision, limits)? {
                return Ok(sign);
            }
            precision = precision.saturating_mul(2);
        }
    }

    /// √n′ = (√(n·n′)/n)·√n where n·n′ is a perfect square.
    fn merge(&mut self, limits: &Budget) -> Result<(), Stop> {
        self.settle(limits)?;
        let mut merged: BTreeMap<BigInt, Q> = BTreeMap::new();
        for (radicand, coefficient) in std::mem::take(&mut self.roots) {
            for kept in merged.keys() {
                limits.charge(cost::root(kept.bits() + radicand.bits()))?;
            }
            let same = merged.iter_mut().find_map(|(kept, sum)| {
                let root = perfect_root(&(kept * &radicand))?;
                Some((Q::fraction(root, kept.clone())?, sum))
            });
            match same {
                Some((factor, sum)) => *sum = &*sum + &(&coefficient * &factor),
                None => {
                    merged.insert(radicand, coefficient);
                }
            }
        }
        merged.retain(|_, coefficient| !coefficient.is_zero());
        self.roots = merged;
        Ok(())
    }

    /// The sign, if it shows with roots known to within 2^−precision.
    fn enclosed_sign(&self, precision: u64, limits: &Budget) -> Result<Option<Ordering>, Stop> {
        for (radicand, coefficient) in &self.roots {
            let precise = cost::root(radicand.bits() + 2 * precision);
            limits.charge(
                precise + cost::product(radicand.bits() / 2 + precision, coefficient.bits()),
            )?;
        }
        let numbers: Vec<Q> = std::iter::once(&self.rational)
            .chain(self.roots.values())
            .cloned()
            .collect();
        let scaled = over(&numbers, &common_denominator(&numbers, limits)?);
        let mut scaled = scaled.into_iter();
        let mut low = scaled.next().unwrap_or_default() << precision;
        let mut high = low.clone();
        for (radicand, coefficient) in self.roots.keys().zip(scaled) {
            // floor(2^p·√n) < 2^p·√n < floor(2^p·√n) + 1, as n is no perfect square.
            let floor = (radicand << (2 * precision)).sqrt();
            let near = &coefficient * floor;
            let far = &near + &coefficient;
            let (lower, upper) = if coefficient.is_positive() {
                (near, far)
            } else {
                (far, near)
            };
            low += lower;
            high += upper;
        }
        Ok(match (low.is_positive(), high.is_negative()) {
            (true, _) => Some(Ordering::Greater),
            (_, true) => Some(Ordering::Less),
            _ => None,
        })
    }
}

impl Scalar for Sum {
    fn add(&self, other: &Sum, _: &Budget) -> Result<Sum, Stop> {
        Ok(self.clone().plus(other))
    }

    fn mul(&self, other: &Sum, _: &Budget) -> Result<Sum, Stop> {
        Ok(self.times(other))
    }

    fn neg(&self) -> Sum {
        Sum::zero().minus(self)
    }

    fn signs(&self, limits: &Budget) -> Result<Signs, Stop> {
        self.clone().sign(limits).map(Signs::of)
    }
}

impl From<Q> for Sum {
    fn from(rational: Q) -> Sum {
        Sum {
            rational,
            roots: BTreeMap::new(),
            owed: 0,
        }
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        if !self.rational.is_zero() || self.roots.is_empty() {
            self.rational.fmt(f)?;
            separator = " + ";
        }
        for (radicand, coefficient) in &self.roots {
            write!(f, "{separator}{coefficient}*sqrt({radicand})")?;
            separator = " + ";
        }
        Ok(())
    }
}

/// The root of a perfect square; `number` is positive.
pub(crate) fn perfect_root(number: &BigInt) -> Option<BigInt> {
    let root = number.sqrt();
    (&root * &root == *number && !root.is_zero()).then_some(root)
}

#[cfg(test)]
#[path = "../tests/surd.rs"]
mod tests;
