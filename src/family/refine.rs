//! Signs of sums of roots on a range by refinement: the range is cut into cells, on each of which the sum, or one of its derivatives, is
//! enclosed away from 0. Where a derivative has one sign, the one below it is monotone, and its exact signs at the ends of the cell tell those between.
//! Nothing is squared: degrees and numbers stay as they are. But where a sum touches 0 between integers neither shows: there its zeros in a short cell are
//! counted, as zeros of a polynomial, the product of all sums with other signs of the roots.
//!
//! Numbers k of a cell are (p₀ + p₁t)/(q₀ + q₁t), t ≥ 0, with s = t/(1 + t) in [0, 1). A polynomial of degree at most n is there, up to a positive factor,
//! Σ c_i s^i (1 − s)^(n−i): between the least and the largest c_i/C(n, i), and equal to c_0 and c_n at the ends (Bernstein). At infinity, where s = 1,
//! it is the leading coefficient.

use std::cmp::Ordering;
use std::collections::VecDeque;

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Signed as _, Zero as _};

use super::expression::Expression;
use super::polynomial::{Place, Polynomial, Signs};
use crate::certificate::Range;
use crate::exact::gcd::lcm;
use crate::exact::{Rational, Surd};

/// Most cells that are looked at.
const CELLS: usize = 500;
/// Halvings of the range.
const DEPTH: u32 = 24;
/// So many cells are near an end of the range.
const NEAR: u64 = 8;
/// Derivatives that are asked for a sign there, where a sum may vanish so many times, and between.
const ORDERS: [usize; 2] = [5, 2];
/// Derivatives at one place, where it is enough that one does not vanish.
const PLACE_ORDERS: usize = 12;
/// In cells of a part 2^−n of the range, n a multiple of this, zeros are counted.
const COUNTED: u32 = 6;
/// Largest degree of a polynomial whose zeros are counted, and most cells where they are.
const COUNTED_DEGREE: usize = 32;
const COUNTS: usize = 8;
/// Bits of enclosures after the point.
const BITS: u64 = 64;

/// P·√Q in integers.
struct Term {
    factor: Vec<BigInt>,
    root: Vec<BigInt>,
    /// The degrees that are spoken of, at least their own.
    degrees: [usize; 2],
}

/// The same on a cell, c_0 first, for derivative `order`: √Q/Q^order times P.
struct OnCell {
    order: usize,
    terms: Vec<[Vec<BigInt>; 2]>,
}

/// Part j/2^depth … (j + 1)/2^depth of a range.
#[derive(Clone, Copy)]
struct Cell {
    range: Range,
    depth: u32,
    j: u64,
}

/// The signs of a sum of roots with integer polynomials for coefficients at a place; `None` where they do not show.
///
/// Cost: at most five hundred cells, each a substitution into all polynomials, and products of them for derivatives.
pub(super) fn signs(sum: &Expression, place: Place) -> Option<Signs> {
    let (range, near_the_end) = match place {
        Place::On(Range::At(k)) => return Some(Signs::from(sum.at(k)?.sign())),
        Place::On(range) => (range, false),
        Place::Infinity => (Range::From(1), true),
        Place::Before(k) => (Range::Between(k.checked_sub(1)?, k), true),
    };
    let terms = terms(sum, place, range)?;
    let whole = Cell {
        range,
        depth: 0,
        j: 0,
    };
    if near_the_end {
        return whole.sum(&terms)?.before_the_end();
    }
    let mut seen = Signs::NONE;
    let mut cells = VecDeque::from([whole]);
    let (mut looked, mut counts) = (0, 0);
    while let Some(cell) = cells.pop_front() {
        looked += 1;
        let on_cell = cell.sum(&terms)?;
        // The last end is none of the range.
        seen = seen.or(on_cell.end(false)?.into());
        let inner = cell.j >= NEAR && cell.j + NEAR < 1 << cell.depth;
        let mut shown = on_cell.signs(ORDERS[usize::from(inner)]);
        let counted = cell.depth > 0 && cell.depth.is_multiple_of(COUNTED);
        if shown.is_none() && counted && counts < COUNTS {
            counts += 1;
            shown = on_cell.by_zeros();
        }
        match shown {
            Some(signs) => seen = seen.or(signs),
            None if cell.depth == DEPTH || looked + cells.len() >= CELLS => return None,
            None => cells.extend(cell.halves()),
        }
        if seen.negative && seen.positive {
            return Some(Signs::ANY);
        }
    }
    Some(seen)
}

/// With every radicand a polynomial, and degrees so that all terms are multiplied by the same power of what k is divided by.
fn terms(sum: &Expression, place: Place, range: Range) -> Option<Vec<Term>> {
    let mut parts: Vec<(Polynomial, Polynomial)> = Vec::new();
    let mut below = Polynomial::constant(Rational::one());
    for (c, r) in sum.terms() {
        // c·√(n/d) = c·√(nd)/|d|.
        let size = match r.denominator.signs(place) {
            Signs::POSITIVE => r.denominator.clone(),
            Signs::NEGATIVE => r.denominator.scale(&-Rational::one()),
            _ => return None,
        };
        for (factor, _) in &mut parts {
            *factor = factor.mul(&size);
        }
        parts.push((c.numerator.mul(&below), r.numerator.mul(&r.denominator)));
        below = below.mul(&size);
    }
    let all = || parts.iter().flat_map(|(p, q)| [p, q]);
    let numbers = all().flat_map(Polynomial::coefficients);
    let common = numbers.fold(BigInt::one(), |sum, c| lcm(&sum, c.denom()));
    let whole = |p: &Polynomial, by: &BigInt| -> Vec<BigInt> {
        let coefficients = p.coefficients().iter();
        coefficients.map(|c| c.numer() * (by / c.denom())).collect()
    };
    let growth = |(p, q): &(Polynomial, Polynomial)| 2 * p.degree() + q.degree();
    let mut most = parts.iter().map(growth).max()?;
    if matches!(range, Range::Between(..)) {
        most += most % 2;
    }
    let term = |(p, q): &(Polynomial, Polynomial)| {
        // A root of the other kind vanishes at infinity.
        let root = q.degree() + (most + q.degree()) % 2;
        Term {
            factor: whole(p, &common),
            root: whole(q, &(&common * &common)),
            degrees: [(most - root) / 2, root],
        }
    };
    Some(parts.iter().map(term).collect())
}

impl Cell {
    fn halves(self) -> [Cell; 2] {
        let depth = self.depth + 1;
        [2 * self.j, 2 * self.j + 1].map(|j| Cell { depth, j, ..self })
    }

    /// Numerator and denominator of k at both ends.
    fn ends(self) -> [[BigInt; 2]; 2] {
        [self.j, self.j + 1].map(|j| {
            let (left, right) = (BigInt::from((1 << self.depth) - j), BigInt::from(j));
            match self.range {
                Range::From(a) | Range::At(a) => [&left * a + right, left],
                Range::Between(a, b) => [&left * a + &right * b, left + right],
            }
        })
    }

    /// The sum on it; `None` where a root may be of a negative number.
    fn sum(self, terms: &[Term]) -> Option<OnCell> {
        let [[p0, q0], [p1, q1]] = self.ends();
        let on = |c: &[BigInt], degree| substituted(c, degree, [&p0, &p1], [&q0, &q1]);
        let term = |term: &Term| {
            let [of_factor, of_root] = term.degrees;
            [on(&term.factor, of_factor), on(&term.root, of_root)]
        };
        let terms = terms.iter().map(term).collect();
        Some(OnCell { order: 0, terms })
    }
}

/// Σ c_i (p₀ + p₁t)^i (q₀ + q₁t)^(n−i).
fn substituted(c: &[BigInt], n: usize, above: [&BigInt; 2], below: [&BigInt; 2]) -> Vec<BigInt> {
    let times = |row: &[BigInt], [x, y]: [&BigInt; 2]| {
        let mut product = vec![BigInt::zero(); row.len() + 1];
        for (i, entry) in row.iter().enumerate() {
            product[i] += entry * x;
            product[i + 1] += entry * y;
        }
        product
    };
    let (mut sum, mut power) = (vec![BigInt::zero()], vec![BigInt::one()]);
    for i in (0..=n).rev() {
        if let Some(c) = c.get(i).filter(|c| !c.is_zero()) {
            sum.resize(sum.len().max(power.len()), BigInt::zero());
            sum.iter_mut().zip(&power).for_each(|(s, p)| *s += c * p);
        }
        if i > 0 {
            sum = times(&sum, above);
            power = times(&power, below);
        }
    }
    sum.resize(n + 1, BigInt::zero());
    sum
}

/// Least and largest c_i/C(n, i), times 2^bits, rounded outward.
fn bounds(row: &[BigInt], bits: u64) -> [BigInt; 2] {
    let mut binomial = BigInt::one();
    let (mut least, mut most): (Option<BigInt>, Option<BigInt>) = (None, None);
    for (i, c) in row.iter().enumerate() {
        let scaled = c << bits;
        let (low, high) = (scaled.div_floor(&binomial), scaled.div_ceil(&binomial));
        least = Some(least.map_or(low.clone(), |least| least.min(low)));
        most = Some(most.map_or(high.clone(), |most| most.max(high)));
        binomial = binomial * (row.len() - 1 - i) / (i + 1);
    }
    [least, most].map(Option::unwrap_or_default)
}

/// d/ds of Σ c_i s^i (1 − s)^(n−i).
fn slope(row: &[BigInt]) -> Vec<BigInt> {
    let n = row.len().saturating_sub(1);
    let pairs = row.windows(2).enumerate();
    pairs
        .map(|(i, pair)| &pair[1] * (i + 1) - &pair[0] * (n - i))
        .collect()
}

fn product(x: &[BigInt], y: &[BigInt]) -> Vec<BigInt> {
    if x.is_empty() || y.is_empty() {
        return Vec::new();
    }
    let mut product = vec![BigInt::zero(); x.len() + y.len() - 1];
    for (i, x) in x.iter().enumerate() {
        for (sum, y) in product[i..].iter_mut().zip(y) {
            *sum += x * y;
        }
    }
    product
}

impl OnCell {
    /// Its exact sign at an end.
    fn end(&self, last: bool) -> Option<Ordering> {
        let at = |row: &[BigInt]| match last {
            true => row.last().cloned(),
            false => row.first().cloned(),
        };
        let mut value = Surd::zero();
        for [factor, root] in &self.terms {
            let root = at(root).unwrap_or_default();
            let Some(factor) = at(factor).filter(|factor| !factor.is_zero()) else {
                continue;
            };
            if root.is_negative() || self.order > 0 && root.is_zero() {
                return None;
            }
            let below = root.pow(self.order as u32);
            let root = Rational::from_integer(root);
            value = value.add(&Surd::multiple_of_root(
                &Rational::new(factor, below),
                &root,
            ));
        }
        Some(value.sign())
    }

    /// The sign it has on all of the cell, if that shows.
    fn enclosed(&self) -> Option<Ordering> {
        let roots: Vec<[BigInt; 2]> = self
            .terms
            .iter()
            .map(|[_, root]| bounds(root, 2 * BITS))
            .collect();
        // What is divided by powers of roots keeps its digits.
        let longest = roots.iter().map(|[_, most]| most.bits()).max()?;
        let [mut low, mut high] = [BigInt::zero(), BigInt::zero()];
        for ([factor, _], [least, most]) in self.terms.iter().zip(roots) {
            if most.is_negative() {
                return None;
            }
            let least = least.max(BigInt::zero());
            let [below, above] = match self.order {
                0 => [least.sqrt(), most.sqrt() + 1],
                _ if least.is_zero() => return None,
                order => {
                    let over = |root: BigInt, square: &BigInt| {
                        let power = square.pow(order as u32);
                        (root << (longest * order as u64)).div_floor(&power)
                    };
                    [over(most.sqrt(), &most), over(least.sqrt() + 1, &least) + 1]
                }
            };
            let [from, to] = bounds(factor, BITS);
            low += &from * if from.is_negative() { &above } else { &below };
            high += &to * if to.is_negative() { &below } else { &above };
        }
        match (low.is_positive(), high.is_negative()) {
            (true, _) => Some(Ordering::Greater),
            (_, true) => Some(Ordering::Less),
            _ => None,
        }
    }

    /// The next derivative, times 2. With √Q/Q^n·P it is √Q/Q^(n+1)·(2QP′ − (2n−1)Q′P).
    fn derivative(&self) -> Self {
        let order = self.order as i64;
        let term = |[factor, root]: &[Vec<BigInt>; 2]| {
            let mut next = product(root, &slope(factor));
            next.iter_mut().for_each(|c| *c *= 2);
            let other = product(&slope(root), factor);
            next.resize(next.len().max(other.len()), BigInt::zero());
            for (c, d) in next.iter_mut().zip(other) {
                *c -= d * (2 * order - 1);
            }
            [next, root.clone()]
        };
        OnCell {
            order: self.order + 1,
            terms: self.terms.iter().map(term).collect(),
        }
    }

    /// The signs between the ends, by so many derivatives.
    fn signs(&self, orders: usize) -> Option<Signs> {
        if let Some(sign) = self.enclosed() {
            return Some(sign.into());
        }
        let orders = orders.checked_sub(1)?;
        // Where a root may be 0 there is no derivative.
        let positive = |[_, root]: &[Vec<BigInt>; 2]| bounds(root, 0)[0].is_positive();
        if !self.terms.iter().all(positive) {
            return None;
        }
        let slope = self.derivative().signs(orders)?;
        if slope.negative && slope.positive {
            return None;
        }
        // Monotone, and constant only if it is 0 at both ends and so everywhere, or is the same there.
        match (self.end(false)?, self.end(true)?) {
            (Ordering::Equal, sign) | (sign, Ordering::Equal) => Some(sign.into()),
            (first, last) if first == last => Some(first.into()),
            _ => Some(Signs::ANY),
        }
    }

    /// The signs between the ends by how many zeros there can be: with one at most and the same sign at both ends it is 0 at most there.
    fn by_zeros(&self) -> Option<Signs> {
        let first = self.end(false)?;
        if first.is_eq() || self.end(true)? != first {
            return None;
        }
        match self.norm()?.positive_roots() {
            0 => Some(first.into()),
            1 => Some(Signs::from(first).or(Signs::ZERO)),
            _ => None,
        }
    }

    /// A polynomial that is 0 where Σ P_i·√Q_i is: the product over all signs of the other roots of P_0·Q_0 + Σ ± P_i·√(Q_i·Q_0). `None` if there are too many, or it is 0 everywhere.
    fn norm(&self) -> Option<Polynomial> {
        let whole = |row: &Vec<BigInt>| Polynomial::whole(row.clone());
        let ([factor, own], others) = self.terms.split_first()?;
        // Every factor of the product has the same degree, half of this or a little more.
        let twice = 2 * factor.len() + own.len() - 3;
        if others.len() > 4 || twice << others.len() > 2 * COUNTED_DEGREE {
            return None;
        }
        let own = whole(own);
        let roots: Vec<Polynomial> = others.iter().map(|[_, q]| whole(q).mul(&own)).collect();
        // At n the coefficient of the product of the roots whose bits n has.
        let mut sum = vec![Polynomial::whole(Vec::new()); 1 << roots.len()];
        sum[0] = whole(factor).mul(&own);
        for (i, [p, _]) in others.iter().enumerate() {
            sum[1 << i] = whole(p);
        }
        for (i, root) in roots.iter().enumerate() {
            // (A + B√q)(A − B√q) = A² − B²q.
            let mut next = vec![Polynomial::whole(Vec::new()); sum.len()];
            let bit = 1_usize << i;
            for (m, x) in sum.iter().enumerate().filter(|(_, x)| !x.is_zero()) {
                for (n, y) in sum
                    .iter()
                    .enumerate()
                    .filter(|(n, y)| !y.is_zero() && (m ^ n) & bit == 0)
                {
                    let mut product = x.mul(y);
                    let both = roots
                        .iter()
                        .enumerate()
                        .filter(|(j, _)| (m & n) >> j & 1 == 1);
                    for (_, common) in both.filter(|(j, _)| *j != i) {
                        product = product.mul(common);
                    }
                    let place = &mut next[m ^ n];
                    *place = match m & bit {
                        0 => place.add(&product),
                        _ => place.sub(&product.mul(root)),
                    };
                }
            }
            sum = next;
        }
        let norm = sum.swap_remove(0);
        (!norm.is_zero()).then_some(norm)
    }

    /// The sign just before the last end.
    fn before_the_end(self) -> Option<Signs> {
        let (mut sum, mut sign) = (self, Ordering::Equal);
        while sum.order <= PLACE_ORDERS {
            sign = sum.end(true)?;
            if sign.is_ne() {
                break;
            }
            let vanishes =
                |[_, root]: &[Vec<BigInt>; 2]| !root.last().is_some_and(BigInt::is_positive);
            if sum.terms.iter().any(vanishes) {
                return None;
            }
            sum = sum.derivative();
        }
        match sign {
            Ordering::Equal => None,
            sign if sum.order % 2 == 1 => Some(sign.reverse().into()),
            sign => Some(sign.into()),
        }
    }
}
