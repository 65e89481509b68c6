//! Signs of functions of k with several roots, without squaring: t ≥ 0 is cut into cells, and on each the function, or a derivative of it, is enclosed
//! away from 0; where one has one sign, what it is the derivative of is monotone, and has between the ends of the cell the sign it has there, exactly.
//! Where it touches 0 between integers neither shows: there the product of all sums with other signs of the roots, a polynomial, has so few zeros in a
//! short cell that the signs at its ends tell.
//!
//! With s = t/(1 + t) in [0, 1) a polynomial of degree at most n is (1 − s)^(−n)·Σ c_i s^i (1 − s)^(n−i), and that sum is c_0 and c_n at the ends and never
//! below the least or above the largest c_i/C(n, i). The power is positive, and taken out of all terms alike.

use std::cmp::Ordering;
use std::collections::VecDeque;

use num_bigint::BigInt;
use num_integer::Integer as _;

use super::budget::Budget;
use super::cost;
use super::number::Q;
use super::polynomial::Poly;
use super::roots::Roots;
use super::signs::Signs;
use super::verdict::Stop;

/// Cells looked at, and halvings; derivatives so many cells from the ends of the range, and between; bits after the point.
const CELLS: usize = 500;
const DEPTH: u32 = 24;
const NEAR: u64 = 8;
const ORDERS: [usize; 2] = [5, 2];
const BITS: u64 = 64;

/// In cells of a part 2^−n of the range, n a multiple of this, zeros are counted, of polynomials of such a degree at most, so many times.
const COUNTED: u32 = 6;
const LARGEST: usize = 32;
const COUNTS: usize = 8;

/// P·√Q/Q^order, with the degrees that are spoken of.
struct Term {
    factor: (Poly, usize),
    root: (Poly, usize),
    order: u32,
}

/// The signs of Σ P·√Q for t ≥ 0, or none if they do not show. No Q is negative anywhere.
pub(super) fn signs(sum: Vec<(Poly, Poly)>, limits: &Budget) -> Result<Option<Signs>, Stop> {
    let terms = terms(sum);
    let mut seen: Option<Signs> = None;
    let (mut cells, mut looked) = (VecDeque::from([(0_u32, 0_u64)]), 0);
    let mut counts = 0;
    while let Some((depth, j)) = cells.pop_front() {
        looked += 1;
        let cell = on_cell(&terms, depth, j, limits)?;
        let Some(first) = at_end(&cell, false, limits)? else {
            return Ok(None);
        };
        // The last end, t = ∞, is none of the range.
        let mut found = vec![Signs::of(first)];
        let inner = j >= NEAR && j + NEAR < 1 << depth;
        let mut shown = between(&cell, if inner { ORDERS[1] } else { ORDERS[0] }, limits)?;
        if shown.is_none() && depth > 0 && depth.is_multiple_of(COUNTED) && counts < COUNTS {
            counts += 1;
            shown = by_zeros(&cell, first, limits)?;
        }
        match shown {
            Some(signs) => found.push(signs),
            None if depth == DEPTH || looked + cells.len() >= CELLS => return Ok(None),
            None => cells.extend([(depth + 1, 2 * j), (depth + 1, 2 * j + 1)]),
        }
        for signs in found {
            seen = Some(seen.map_or(signs, |seen| seen.or(signs)));
        }
        if seen.is_some_and(|seen| seen.minus && seen.plus) {
            return Ok(Some(Signs::ANY));
        }
    }
    Ok(seen)
}

/// The signs between the ends of a cell, by how many zeros there can be: with one at most, and one sign at both ends, it is 0 at most there.
fn by_zeros(cell: &[Term], first: Ordering, limits: &Budget) -> Result<Option<Signs>, Stop> {
    if first.is_eq() || at_end(cell, true, limits)? != Some(first) {
        return Ok(None);
    }
    let Some(norm) = norm(cell, limits)? else {
        return Ok(None);
    };
    let zeros = norm.roots(limits)?.0;
    let mut signs = Signs::of(first);
    signs.zero = zeros > 0;
    Ok((zeros <= 1).then_some(signs))
}

/// A polynomial that is 0 where Σ P_i·√Q_i is: the product over all signs of the other roots of P_0·Q_0 + Σ ± P_i·√(Q_i Q_0). None if they are too many, or it is 0 everywhere.
fn norm(cell: &[Term], limits: &Budget) -> Result<Option<Poly>, Stop> {
    let Some((first, others)) = cell.split_first() else {
        return Ok(None);
    };
    // Every factor of the product has the same degree, half of this or a little more.
    let twice = 2 * first.factor.1 + first.root.1;
    if others.len() > 4 || twice << others.len() > 2 * LARGEST {
        return Ok(None);
    }
    let own = &first.root.0;
    // Which roots are in a product, as bits, and its coefficient.
    let (mut sum, mut roots) = (vec![(0, first.factor.0.mul(own, limits)?)], Vec::new());
    for (i, term) in others.iter().enumerate() {
        sum.push((1_usize << i, term.factor.0.clone()));
        roots.push(term.root.0.mul(own, limits)?);
    }
    for (i, root) in roots.iter().enumerate() {
        // (A + B√q)(A − B√q) = A² − B²q.
        let (with, without): (Vec<_>, Vec<_>) =
            sum.into_iter().partition(|(roots, _)| roots >> i & 1 == 1);
        let with: Vec<_> = with
            .into_iter()
            .map(|(bits, c)| (bits ^ 1 << i, c))
            .collect();
        let minus = root.neg();
        sum = Vec::new();
        square(&without, None, &roots, &mut sum, limits)?;
        square(&with, Some(&minus), &roots, &mut sum, limits)?;
    }
    let norm = sum.into_iter().find(|(bits, _)| *bits == 0);
    Ok(norm.map(|(_, norm)| norm).filter(|norm| !norm.is_zero()))
}

/// Adds the square of a sum, times a factor.
fn square(
    sum: &[(usize, Poly)],
    factor: Option<&Poly>,
    roots: &[Poly],
    into: &mut Vec<(usize, Poly)>,
    limits: &Budget,
) -> Result<(), Stop> {
    for (own, x) in sum {
        for (other, y) in sum {
            let mut product = x.mul(y, limits)?;
            if let Some(factor) = factor {
                product = product.mul(factor, limits)?;
            }
            for (_, root) in roots
                .iter()
                .enumerate()
                .filter(|(i, _)| own & other & 1 << i != 0)
            {
                product = product.mul(root, limits)?;
            }
            let product = product.checked()?;
            match into.iter_mut().find(|(bits, _)| *bits == own ^ other) {
                Some((_, sum)) => *sum = sum.add(&product, limits)?,
                None => into.push((own ^ other, product)),
            }
        }
    }
    Ok(())
}

/// With degrees so that all terms are multiplied by the same power of 1 − s.
fn terms(sum: Vec<(Poly, Poly)>) -> Vec<Term> {
    let degree = |p: &Poly| p.0.len().saturating_sub(1);
    let growth = sum.iter().map(|(p, q)| 2 * degree(p) + degree(q));
    let most = growth.max().unwrap_or(0);
    let term = |(factor, root): (Poly, Poly)| {
        // A root of the other parity is 0 at t = ∞.
        let d = degree(&root) + (most + degree(&root)) % 2;
        let (factor, root) = ((factor, (most - d) / 2), (root, d));
        let order = 0;
        Term {
            factor,
            root,
            order,
        }
    };
    sum.into_iter().map(term).collect()
}

/// Where s is from j/2^depth to (j + 1)/2^depth: t = (j + (j+1)t′)/(2^depth − j + (2^depth − j − 1)t′).
fn on_cell(terms: &[Term], depth: u32, j: u64, limits: &Budget) -> Result<Vec<Term>, Stop> {
    let all = 1_u64 << depth;
    let line = |x: u64, y: u64| Poly::new([x, y].map(|n| Q::from(BigInt::from(n))).to_vec());
    let (above, below) = (line(j, j + 1), line(all - j, all - j - 1));
    let on = |(p, n): &(Poly, usize)| -> Result<_, Stop> {
        Ok((p.substituted(*n, &above, &below, limits)?, *n))
    };
    let cells = terms.iter().map(|term| {
        let (factor, root, order) = (on(&term.factor)?, on(&term.root)?, 0);
        Ok(Term {
            factor,
            root,
            order,
        })
    });
    cells.collect()
}

fn entry((p, _): &(Poly, usize), i: usize) -> Q {
    p.0.get(i).cloned().unwrap_or_else(Q::zero)
}

/// The exact sign at an end, or none where a derivative is not defined.
fn at_end(cell: &[Term], last: bool, limits: &Budget) -> Result<Option<Ordering>, Stop> {
    let mut value = Roots::<Q>::zero();
    for term in cell {
        let at = |part: &(Poly, usize)| entry(part, if last { part.1 } else { 0 });
        let (mut factor, root) = (at(&term.factor), at(&term.root));
        if root.is_negative() || term.order > 0 && root.is_zero() {
            return Ok(None);
        }
        for _ in 0..term.order {
            limits.check(factor.bits() + root.bits())?;
            factor = &factor * &root.inverse().unwrap_or_else(Q::one);
        }
        value = value.plus_root(&factor, &root, limits)?;
    }
    value.sign(limits).map(Some)
}

/// Least and largest c_i/C(n, i), times 2^bits, rounded outward.
fn bounds(part: &(Poly, usize), bits: u64, limits: &Budget) -> Result<[BigInt; 2], Stop> {
    let (mut binomial, mut all) = (BigInt::from(1), Vec::new());
    for i in 0..=part.1 {
        let c = entry(part, i);
        limits.check(c.bits() + bits)?;
        let (above, below) = (c.numerator() << bits, c.denominator() * &binomial);
        all.push([above.div_floor(&below), above.div_ceil(&below)]);
        binomial = binomial * (part.1 - i) / (i + 1);
    }
    let least = all.iter().map(|[low, _]| low).min();
    let most = all.iter().map(|[_, high]| high).max();
    Ok([least, most].map(|bound| bound.cloned().unwrap_or_default()))
}

/// The sign on all of the cell, if that shows.
fn enclosed(cell: &[Term], limits: &Budget) -> Result<Option<Ordering>, Stop> {
    let roots = cell.iter().map(|term| bounds(&term.root, 2 * BITS, limits));
    let roots = roots.collect::<Result<Vec<_>, Stop>>()?;
    // What is divided by powers of roots keeps its digits.
    let longest = roots.iter().map(|[_, most]| most.bits()).max().unwrap_or(0);
    let (mut low, mut high) = (BigInt::ZERO, BigInt::ZERO);
    for (term, [least, most]) in cell.iter().zip(roots) {
        let order = term.order;
        let least = least.max(BigInt::ZERO);
        if most < least || order > 0 && least == BigInt::ZERO {
            return Ok(None);
        }
        let bits = most.bits() + u64::from(order) * longest;
        limits.charge(2 * (cost::root(most.bits()) + cost::product(bits, bits)))?;
        let over = |root: BigInt, square: &BigInt| {
            (root << (longest * u64::from(order))) / square.pow(order)
        };
        // √Q grows with Q, √Q/Q^order falls.
        let [below, above] = match order {
            0 => [least.sqrt(), most.sqrt() + 1],
            _ => [over(most.sqrt(), &most), over(least.sqrt() + 1, &least) + 1],
        };
        let [from, to] = bounds(&term.factor, BITS, limits)?;
        low += &from * if from < BigInt::ZERO { &above } else { &below };
        high += &to * if to < BigInt::ZERO { &below } else { &above };
    }
    Ok(match (low > BigInt::ZERO, high < BigInt::ZERO) {
        (true, _) => Some(Ordering::Greater),
        (_, true) => Some(Ordering::Less),
        _ => None,
    })
}

/// d/ds of Σ c_i s^i (1 − s)^(n−i).
fn slope(part: &(Poly, usize), limits: &Budget) -> Result<Poly, Stop> {
    let times = |c: Q, n: usize| &c * &Q::from(BigInt::from(n));
    let mut slope = Vec::new();
    for i in 0..part.1 {
        let (next, own) = (entry(part, i + 1), entry(part, i));
        limits.check(next.bits().max(own.bits()) + 64)?;
        slope.push(&times(next, i + 1) - &times(own, part.1 - i));
    }
    Ok(Poly::new(slope))
}

/// Twice the derivative: of P·√Q/Q^n it is (2QP′ − (2n − 1)Q′P)·√Q/Q^(n+1).
fn derivative(term: &Term, limits: &Budget) -> Result<Term, Stop> {
    let (factor, root, order) = (&term.factor, &term.root, term.order);
    let own = root.0.mul(&slope(factor, limits)?, limits)?;
    let other = slope(root, limits)?.mul(&factor.0, limits)?;
    let number = |n: i64| Q::from(BigInt::from(n));
    let own = own.scale(&number(2), limits)?;
    let other = other.scale(&number(1 - 2 * i64::from(order)), limits)?;
    Ok(Term {
        factor: (
            own.add(&other, limits)?,
            (factor.1 + root.1).saturating_sub(1),
        ),
        root: root.clone(),
        order: order + 1,
    })
}

/// The signs between the ends of the cell, by so many derivatives.
fn between(cell: &[Term], orders: usize, limits: &Budget) -> Result<Option<Signs>, Stop> {
    if let Some(sign) = enclosed(cell, limits)? {
        return Ok(Some(Signs::of(sign)));
    }
    for term in cell {
        // Where a root may be 0 there is no derivative.
        if orders == 0 || bounds(&term.root, 0, limits)?[0] <= BigInt::ZERO {
            return Ok(None);
        }
    }
    let slopes = cell.iter().map(|term| derivative(term, limits));
    let slopes = slopes.collect::<Result<Vec<_>, Stop>>()?;
    if !between(&slopes, orders - 1, limits)?.is_some_and(Signs::one) {
        return Ok(None);
    }
    // Monotone; and constant where it is 0 or the same at both ends, or strictly between them.
    Ok(
        match (at_end(cell, false, limits)?, at_end(cell, true, limits)?) {
            (Some(Ordering::Equal), Some(sign)) | (Some(sign), Some(Ordering::Equal)) => {
                Some(Signs::of(sign))
            }
            (Some(first), Some(last)) if first == last => Some(Signs::of(first)),
            (Some(_), Some(_)) => Some(Signs::ANY),
            _ => None,
        },
    )
}
