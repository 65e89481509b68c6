//! How near a network comes to a degeneracy it does not have, exactly.
//!
//! Real networks are nearly degenerate and rarely exactly so; the distance to C.2 and C.3 is measured as the paper writes these
//! conditions, by the unit vectors a_i/‖a_i‖_∞.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{Signed, ToPrimitive, Zero};

use super::multiples::Directions;
use crate::exact::gcd::reduced;
use crate::exact::{Rational, Surd};
use crate::network::{Neuron, Shallow, Stretch};

/// Two neurons whose inner weights are nearly parallel or nearly opposite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearPair {
    /// A neuron.
    pub i: usize,
    /// Another one, j > i.
    pub j: usize,
    /// ‖a_i/‖a_i‖_∞ − a_j/‖a_j‖_∞‖_∞ for near-parallel, the sum instead for near-opposite ones; positive.
    pub gap: Rational,
    /// The squared cosine of the angle between a_i and a_j.
    pub cosine_squared: Rational,
    /// Whether that cosine is negative.
    pub obtuse: bool,
}

/// The nearest misses of C.2 and C.3a: the pairs i < j with a_i, a_j ≠ 0 that are not exactly parallel (opposite), by increasing
/// gap, and by (i, j) where gaps are equal; the first of them, or all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMisses {
    /// The closest pairs to parallel.
    pub parallel: Vec<NearPair>,
    /// The closest pairs to opposite.
    pub opposite: Vec<NearPair>,
}

/// ‖a_i‖_∞/‖c_i‖_∞ of one neuron.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imbalance {
    /// The neuron.
    pub neuron: usize,
    /// The quotient; 1 in balanced networks.
    pub ratio: Surd,
}

/// The neurons with the smallest and the largest ‖a_i‖_∞/‖c_i‖_∞ among the live ones; `None` if all are dead. The first neuron
/// among equals.
///
/// Cost: m·(d + D) comparisons of rationals and two of square roots a neuron.
pub fn imbalance(network: &Shallow) -> Option<(Imbalance, Imbalance)> {
    let live = network
        .neurons()
        .iter()
        .enumerate()
        .filter(|(_, n)| n.is_live());
    let ratios = live.map(|(neuron, n)| Imbalance {
        neuron,
        ratio: {
            let ratio = Surd::from(n.inner_norm() / n.outer_norm());
            match n.stretch() {
                Some(Stretch { factor, .. }) => ratio.mul(factor).mul(factor),
                None => ratio,
            }
        },
    });
    let mut extremes: Option<(Imbalance, Imbalance)> = None;
    for next in ratios {
        match &mut extremes {
            None => extremes = Some((next.clone(), next)),
            Some((least, largest)) => {
                if next.ratio.compare(&least.ratio).is_lt() {
                    *least = next;
                } else if next.ratio.compare(&largest.ratio).is_gt() {
                    *largest = next;
                }
            }
        }
    }
    extremes
}

/// A live neuron that hardly counts beside the strongest one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faint {
    /// The neuron.
    pub neuron: usize,
    /// ‖c_i‖_∞‖a_i‖_∞ over the largest of these products.
    pub share: Rational,
}

/// The share of the strongest neuron's ‖c‖_∞‖a‖_∞ below which a neuron is practically dead: one millionth.
pub fn practically_dead_below() -> Rational {
    Rational::new(1.into(), 1_000_000.into())
}

/// The practically dead neurons, by index: live, with ‖c_i‖_∞‖a_i‖_∞ below one millionth of the largest such product.
///
/// ‖c_i‖_∞‖a_i‖_∞ is the largest entry of c_i a_iᵀ, by which the Jacobian changes across the neuron's hyperplane; rescaling a
/// neuron does not change it. A neuron with large a and tiny c, or the other way round, is found as well as one with both small.
///
/// Cost: m·(d + D) comparisons of rationals.
pub fn practically_dead(network: &Shallow) -> Vec<Faint> {
    let products: Vec<Rational> = network.neurons().iter().map(Neuron::product_norm).collect();
    let Some(largest) = products.iter().max() else {
        return Vec::new();
    };
    let below = practically_dead_below();
    let live = products.iter().enumerate().filter(|(_, p)| !p.is_zero());
    live.map(|(neuron, product)| Faint {
        neuron,
        share: product / largest,
    })
    .filter(|faint| faint.share < below)
    .collect()
}

/// The nearest misses of C.2 and C.3a, at most `count` pairs each.
///
/// Cost: O(m²·d) operations on machine integers, which rule most pairs out by 60 bits; exact gaps, d products each, for those
/// that may be among the closest.
///
/// ```
/// use relucert::degeneracy::near_misses;
/// use relucert::exact::Rational;
/// use relucert::network::{Neuron, Shallow};
/// let q = |n: i64| Rational::from_integer(n.into());
/// let neuron = |x: i64, y: i64| Neuron::rational(vec![q(x), q(y)], vec![q(1)]);
/// let net = Shallow::new(vec![neuron(10, 1), neuron(5, 0), neuron(-3, 0)]).unwrap();
/// let near = near_misses(&net, 10);
/// let parallel = &near.parallel[0];
/// assert_eq!((parallel.i, parallel.j, parallel.gap.to_string()), (0, 1, "1/10".to_owned()));
/// assert_eq!(parallel.cosine_squared.to_string(), "100/101");
/// // Neurons 1 and 2 are exactly opposite, so 0 and 2 are the nearest miss.
/// let opposite = &near.opposite[0];
/// assert_eq!((opposite.i, opposite.j, opposite.gap.to_string()), (0, 2, "1/10".to_owned()));
/// ```
pub fn near_misses(network: &Shallow, count: usize) -> NearMisses {
    let directions = Directions::of(network);
    // Among neurons of one direction only the first `count` can be of the first `count` pairs, or, where neurons of one
    // direction make pairs with each other (to opposite), one more.
    NearMisses {
        parallel: nearest(&directions.units(count), false, count),
        opposite: nearest(&directions.units(count.saturating_add(1)), true, count),
    }
}

/// Bits behind the point of the integer approximations that sort out most pairs.
const POINT: u32 = 60;

/// A direction a/‖a‖_∞ as integers, exactly and rounded.
struct Unit<'a> {
    neuron: usize,
    /// A positive multiple of a.
    row: &'a [BigInt],
    /// The same in machine integers, if it fits.
    small: Option<Vec<i64>>,
    /// Its largest absolute entry.
    largest: BigInt,
    /// ⌊2^60·entry/largest⌋, between −2^60 and 2^60.
    rounded: Vec<i64>,
}

impl<'a> Unit<'a> {
    /// `None` for a zero row.
    fn new(neuron: usize, row: &'a [BigInt]) -> Option<Self> {
        let largest = row.iter().map(Signed::abs).max()?;
        if largest.is_zero() {
            return None;
        }
        let rounded = row
            .iter()
            .map(|entry| (entry << POINT).div_floor(&largest).to_i64());
        Some(Unit {
            neuron,
            row,
            small: row.iter().map(BigInt::to_i64).collect(),
            rounded: rounded.collect::<Option<_>>()?,
            largest,
        })
    }
}

impl Directions {
    /// The first neurons of every direction, at most `each`, by increasing index.
    fn units(&self, each: usize) -> Vec<Unit<'_>> {
        let mut chosen: Vec<usize> = self
            .groups()
            .flat_map(|group| group.iter().take(each).copied())
            .collect();
        chosen.sort_unstable();
        let units = chosen.into_iter();
        units
            .filter_map(|neuron| Unit::new(neuron, self.row(neuron)?))
            .collect()
    }
}

/// ‖left/λ ∓ right/μ‖_∞·λμ, with λ, μ their largest entries.
fn gap_numerator(left: &Unit, right: &Unit, opposite: bool) -> BigInt {
    let small = |unit: &Unit| unit.largest.to_i64().map(i128::from);
    if let (Some(xs), Some(ys), Some(lambda), Some(mu)) =
        (&left.small, &right.small, small(left), small(right))
    {
        let mu = if opposite { -mu } else { mu };
        let entries = xs.iter().zip(ys);
        // |x| ≤ λ < 2^63 and |y| ≤ |μ| < 2^63, so the difference is below 2·(2^63 − 1)² < 2^127.
        let sizes =
            entries.map(|(x, y)| (i128::from(*x) * mu - i128::from(*y) * lambda).unsigned_abs());
        return sizes.max().unwrap_or(0).into();
    }
    let entries = left.row.iter().zip(right.row);
    let sizes = entries.map(|(x, y)| {
        let (x, y) = (x * &right.largest, y * &left.largest);
        if opposite {
            (x + y).abs()
        } else {
            (x - y).abs()
        }
    });
    sizes.max().unwrap_or_default()
}

/// A pair that is among the closest so far.
struct Near<'a> {
    gap: Rational,
    left: &'a Unit<'a>,
    right: &'a Unit<'a>,
}

impl Near<'_> {
    /// An integer ≥ 2^60·gap + 2. A gap is at most 2, so it fits.
    fn reach(&self) -> i64 {
        let reach: BigInt = (self.gap.numer() << POINT).div_ceil(self.gap.denom()) + 2;
        reach.to_i64().unwrap_or(i64::MAX)
    }
}

/// The `count` closest pairs, by gap and then by indices.
///
/// Rounded rows decide most pairs at their first large entry: with U = ⌊2^60 u⌋ and V = ⌊2^60 v⌋ we have
/// 2^60·|u − v| > |U − V| − 1 and 2^60·|u + v| > |U + V| − 2. Pairs that pass are compared exactly.
fn nearest(units: &[Unit], opposite: bool, count: usize) -> Vec<NearPair> {
    if count == 0 {
        return Vec::new();
    }
    let mut best: Vec<Near> = Vec::new();
    let mut reach = i64::MAX;
    for (at, left) in units.iter().enumerate() {
        for right in &units[at + 1..] {
            let mut entries = left.rounded.iter().zip(&right.rounded);
            // Entries are within ±2^60, so nothing overflows.
            let far = if opposite {
                entries.any(|(x, y)| (x + y).abs() > reach)
            } else {
                entries.any(|(x, y)| (x - y).abs() > reach)
            };
            if far {
                continue;
            }
            let numerator = gap_numerator(left, right, opposite);
            if numerator.is_zero() {
                continue;
            }
            let gap = reduced(numerator, &left.largest * &right.largest);
            // Pairs come by increasing indices: among equals the later one goes behind.
            let place = best.partition_point(|near| near.gap <= gap);
            if place < count {
                best.insert(place, Near { gap, left, right });
                best.truncate(count);
            }
            if best.len() == count {
                reach = best.last().map_or(i64::MAX, Near::reach);
            }
        }
    }
    let pair = |near: Near| {
        let (left, right) = (near.left, near.right);
        let product = inner_product(left.row, right.row);
        let squares = inner_product(left.row, left.row) * inner_product(right.row, right.row);
        NearPair {
            i: left.neuron,
            j: right.neuron,
            obtuse: product.is_negative(),
            cosine_squared: reduced(&product * &product, squares),
            gap: near.gap,
        }
    };
    best.into_iter().map(pair).collect()
}

fn inner_product(left: &[BigInt], right: &[BigInt]) -> BigInt {
    left.iter().zip(right).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_traits::One as _;
    use proptest::prelude::*;

    /// The definition, over all pairs, the nearest first.
    fn by_definition(rows: &[Vec<Rational>], opposite: bool) -> Vec<(Rational, usize, usize)> {
        let unit = |row: &[Rational]| -> Option<Vec<Rational>> {
            let largest = crate::network::largest(row);
            (!largest.is_zero()).then(|| row.iter().map(|x| x / &largest).collect())
        };
        let mut all = Vec::new();
        for (i, left) in rows.iter().enumerate() {
            for (j, right) in rows.iter().enumerate().skip(i + 1) {
                let (Some(u), Some(v)) = (unit(left), unit(right)) else {
                    continue;
                };
                let entries = u.iter().zip(&v);
                let sizes = entries.map(|(x, y)| if opposite { x + y } else { x - y }.abs());
                let gap = sizes.max().unwrap();
                if !gap.is_zero() {
                    all.push((gap, i, j));
                }
            }
        }
        all.sort();
        all
    }

    fn network(rows: &[Vec<Rational>]) -> Shallow {
        let neurons = rows.iter();
        let neurons = neurons.map(|row| Neuron::rational(row.clone(), vec![Rational::one()]));
        Shallow::new(neurons.collect()).unwrap()
    }

    proptest! {
        #[test]
        fn nearest_pairs_are_those_of_the_definition(
            entries in prop::collection::vec((-4i64..5, 1i64..4), 24),
            shift in prop::sample::select(vec![0u32, 70]),
        ) {
            let value = |(n, d): &(i64, i64)| {
                let n = BigInt::from(*n);
                // Rows that need big integers and differ below the rounding.
                let n = (&n << shift) + if shift > 0 { n % 3 } else { 0.into() };
                Rational::new(n, (*d).into())
            };
            let values: Vec<Rational> = entries.iter().map(value).collect();
            for width in [1, 2, 3] {
                let rows: Vec<Vec<Rational>> = values.chunks(width).map(<[_]>::to_vec).collect();
                for count in [0, 1, 3, 10, 1000] {
                    let near = near_misses(&network(&rows), count);
                    for (found, opposite) in [(near.parallel, false), (near.opposite, true)] {
                        let mut expected = by_definition(&rows, opposite);
                        expected.truncate(count);
                        let found = found.into_iter().map(|pair| (pair.gap, pair.i, pair.j));
                        prop_assert_eq!(found.collect::<Vec<_>>(), expected);
                    }
                }
            }
        }
    }

    #[test]
    fn imbalance_skips_dead_neurons() {
        let q = |n: i64| Rational::from_integer(n.into());
        let neuron = |a: i64, c: i64| Neuron::rational(vec![q(a)], vec![q(c)]);
        let net = Shallow::new(vec![
            neuron(1, 0),
            neuron(4, 2),
            neuron(-1, 2),
            neuron(0, 1),
        ]);
        let (least, largest) = imbalance(&net.unwrap()).unwrap();
        assert_eq!(
            (least.neuron, least.ratio.to_string()),
            (2, "1/2".to_owned())
        );
        assert_eq!((largest.neuron, largest.ratio), (1, q(2).into()));
        assert!(imbalance(&Shallow::new(vec![neuron(0, 1)]).unwrap()).is_none());
    }

    #[test]
    fn practically_dead_neurons_are_below_a_millionth_whatever_their_scale() {
        let power = |k: i32| num_traits::Pow::pow(Rational::from_integer(10.into()), k);
        let neuron = |a: i32, c: i32| Neuron::rational(vec![power(a)], vec![power(c)]);
        let silent = Neuron::rational(vec![power(9)], vec![Rational::zero()]);
        // 10^3, 10^−3 (a millionth: not below), 10^−4 three times, and a dead one.
        let all = vec![
            neuron(1, 2),
            neuron(-9, 6),
            neuron(20, -24),
            neuron(-24, 20),
            neuron(-2, -2),
            silent,
        ];
        let found = practically_dead(&Shallow::new(all).unwrap());
        let found: Vec<_> = found
            .iter()
            .map(|f| (f.neuron, f.share == power(-7)))
            .collect();
        assert_eq!(found, [(2, true), (3, true), (4, true)]);
    }
}
