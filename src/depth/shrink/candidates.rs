//! What could stand for a neuron, and how much it would differ, about: in fixed point, since this only orders what is tried.

use num_bigint::BigInt;
use num_traits::{Signed as _, ToPrimitive as _, Zero as _};

use super::build::Fate;
use super::interval::{Interval, cut, positive};
use super::walk::Given;
use crate::exact::Rational;
use crate::watch::{Stop, Watch};

/// What could stand for a neuron, and half the length of an interval that holds what differs.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) fate: Fate,
    pub(super) half: Rational,
}

/// Of every neuron how much a change of it by 1 changes each output at most, about.
pub(super) type Weights = Vec<Vec<Vec<Rational>>>;

/// Neurons that could stand for one, besides a constant.
const NEURONS: usize = 4;
/// Bits of a number in fixed point, and of a factor after its point.
const BITS: i64 = 30;
const FACTOR: u32 = 24;
/// The largest factor, 2^6: what is smaller than another neuron by more than that is merged into that one, not the other way.
const MOST: i128 = 1 << 30;

/// Layer by layer, neuron by neuron, output by output: sums of products of absolute weights, without neurons that are 0 on the box.
///
/// Cost: a product for each weight and output.
pub(super) fn weights(given: &Given) -> Weights {
    let layers = given.network.layers();
    let mut all: Weights = Vec::new();
    for (l, next) in layers.iter().enumerate().skip(1).rev() {
        let behind = all.last();
        let count = layers[l - 1].weights.len();
        let outputs = given.network.outputs();
        let mut here = vec![vec![Rational::zero(); outputs]; count];
        for (j, row) in next.weights.iter().enumerate() {
            if behind.is_some() && !given.sums[l][j].1.is_positive() {
                continue;
            }
            for (i, weight) in row.iter().enumerate().filter(|(_, w)| !w.is_zero()) {
                match behind {
                    None => here[i][j] = short(&weight.abs()),
                    Some(behind) => {
                        for (sum, share) in here[i].iter_mut().zip(&behind[j]) {
                            *sum = short(&(&*sum + weight.abs() * share));
                        }
                    }
                }
            }
        }
        all.push(here);
    }
    all.reverse();
    all
}

/// A number of few digits near one that is not negative.
fn short(number: &Rational) -> Rational {
    match number.numer().bits() + number.denom().bits() < 80 {
        true => number.clone(),
        false => cut(number, BITS - size(number)),
    }
}

/// About log2 of its size.
fn size(number: &Rational) -> i64 {
    number.numer().bits() as i64 - number.denom().bits() as i64
}

/// A layer's neurons on the box, in fixed point.
struct Fixed {
    /// Weights times half the length of what they are of.
    rows: Vec<Vec<i64>>,
    middles: Vec<i128>,
    /// Of ρ of the sums.
    ends: Vec<(i128, i128)>,
    active: Vec<bool>,
    shift: i64,
}

impl Fixed {
    fn new(given: &Given, layer: usize) -> Option<Fixed> {
        let two = Rational::from_integer(BigInt::from(2));
        let reads = given.reads(layer);
        let halves: Vec<Rational> = reads
            .iter()
            .map(|(lower, upper)| short(&((upper - lower) / &two)))
            .collect();
        let rows = given.network.layers()[layer].weights.iter();
        let products = rows.map(|row| {
            row.iter()
                .zip(&halves)
                .map(|(x, h)| x * h)
                .collect::<Vec<_>>()
        });
        let products: Vec<Vec<Rational>> = products.collect();
        let sums = &given.sums[layer];
        let ends = sums.iter().flat_map(|(lower, upper)| [lower, upper]);
        let largest = products.iter().flatten().chain(ends).map(size).max()?;
        let shift = BITS - largest;
        let fixed = |x: &Rational| fixed(x, shift);
        let pair = |interval: &Interval| {
            let (lower, upper) = positive(interval);
            Some((fixed(&lower)?, fixed(&upper)?))
        };
        let narrow = |row: &Vec<Rational>| {
            let row = row.iter().map(|x| fixed(x)?.to_i64());
            row.collect::<Option<Vec<i64>>>()
        };
        let middle = |(lower, upper): &Interval| fixed(&((lower + upper) / &two));
        Some(Fixed {
            rows: products.iter().map(narrow).collect::<Option<_>>()?,
            middles: sums.iter().map(middle).collect::<Option<_>>()?,
            ends: sums.iter().map(pair).collect::<Option<_>>()?,
            active: sums.iter().map(|(lower, _)| !lower.is_negative()).collect(),
            shift,
        })
    }

    /// The product of two neurons as vectors, their middles among the numbers.
    fn product(&self, i: usize, j: usize) -> Option<i128> {
        let pairs = self.rows[i].iter().zip(&self.rows[j]);
        let sum: i128 = pairs.map(|(x, y)| i128::from(*x) * i128::from(*y)).sum();
        sum.checked_add(self.middles[i].checked_mul(self.middles[j])?)
    }

    /// Half the length of what differs if j stands for i with the factor over 2^24; none if it is more than `most`. Both over 2^(shift + 24).
    fn half(&self, i: usize, j: usize, factor: i64, most: i128) -> Option<i128> {
        let mut radius = 0_i128;
        for (x, y) in self.rows[i].chunks(16).zip(self.rows[j].chunks(16)) {
            let pairs = x.iter().zip(y);
            let sizes = pairs.map(|(x, y)| i128::from(((x << FACTOR) - factor * y).unsigned_abs()));
            radius += sizes.sum::<i128>();
            if radius > most {
                return None;
            }
        }
        let factor = i128::from(factor);
        let middle =
            (self.middles[i] << FACTOR).checked_sub(factor.checked_mul(self.middles[j])?)?;
        let (mut lower, mut upper) = (middle - radius, middle + radius);
        if !(self.active[i] && self.active[j]) {
            (lower, upper) = (lower.min(0), upper.max(0));
        }
        let ((from, to), (image_from, image_to)) = (self.ends[i], self.ends[j]);
        lower = lower.max((from << FACTOR).checked_sub(factor.checked_mul(image_to)?)?);
        upper = upper.min((to << FACTOR).checked_sub(factor.checked_mul(image_from)?)?);
        Some((upper - lower).max(0) / 2).filter(|half| *half < most)
    }
}

fn fixed(number: &Rational, shift: i64) -> Option<i128> {
    let power = shift.unsigned_abs();
    let floor = match shift >= 0 {
        true => (number.numer() << power) / number.denom(),
        false => number.numer() / (number.denom() << power),
    };
    floor.to_i128()
}

/// What could stand for each neuron of a layer, the nearest first: a constant, and neurons that are nearer than that.
///
/// Cost: two products of machine integers for every pair of neurons and number they read, or fewer.
pub(super) fn candidates(
    given: &Given,
    layer: usize,
    watch: &Watch,
) -> Result<Vec<Vec<Candidate>>, Stop> {
    let two = Rational::from_integer(BigInt::from(2));
    let constant = |interval: &Interval| {
        let (lower, upper) = positive(interval);
        vec![Candidate {
            fate: Fate::Constant,
            half: short(&((upper - lower) / &two)),
        }]
    };
    let mut all: Vec<Vec<Candidate>> = given.sums[layer].iter().map(constant).collect();
    let Some(fixed) = Fixed::new(given, layer) else {
        return Ok(all);
    };
    let count = all.len();
    let norms: Vec<Option<i128>> = (0..count).map(|i| fixed.product(i, i)).collect();
    for (i, found) in all.iter_mut().enumerate() {
        watch.check()?;
        let (from, to) = fixed.ends[i];
        let most = ((to - from) << FACTOR) / 2;
        let mut nearest: Vec<(i128, usize, i64)> = Vec::new();
        for j in (0..count).filter(|j| *j != i) {
            let found = || {
                let (product, norm) = (fixed.product(i, j)?, norms[j].filter(|norm| *norm > 0)?);
                let factor = product.checked_mul(1 << FACTOR)? / norm;
                let factor = factor
                    .to_i64()
                    .filter(|f| *f > 0 && i128::from(*f) <= MOST)?;
                Some((fixed.half(i, j, factor, most)?, j, factor))
            };
            nearest.extend(found());
        }
        nearest.sort_unstable();
        nearest.truncate(NEURONS);
        let over = |x: i128, shift: i64| {
            let (x, one) = (BigInt::from(x), BigInt::from(1));
            let power = shift.unsigned_abs();
            match shift >= 0 {
                true => Rational::new(x, one << power),
                false => Rational::from_integer(x << power),
            }
        };
        let nearest = nearest.into_iter().map(|(half, j, factor)| Candidate {
            fate: Fate::Into(j, over(i128::from(factor), i64::from(FACTOR))),
            half: over(half, fixed.shift + i64::from(FACTOR)),
        });
        found.splice(0..0, nearest);
    }
    Ok(all)
}
