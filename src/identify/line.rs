//! Signs of hidden neurons along a line: guessed in fixed point, established in integers.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::{Signed as _, ToPrimitive as _, Zero as _};

use super::layers::Layered;
use crate::watch::{Pulse, Stop};

/// The signs of all hidden neurons, layer by layer: whether each is active.
pub(super) type Pattern = Vec<Vec<bool>>;

/// Places on a line are integers over 2 to this.
pub(super) const DEPTH: u32 = 30;

/// Bits of a number of the fixed point.
const BITS: u64 = 31;

/// The hidden layers as integers: their signs are those of the network, since a positive factor passes ρ.
#[derive(Debug)]
pub(super) struct Signs {
    /// Rows (weights, bias) and what the constant is multiplied with.
    exact: Vec<(Vec<Vec<BigInt>>, BigInt)>,
    /// The same in fixed point, but for the first.
    near: Vec<(Vec<Vec<i64>>, i64)>,
    /// How long a product is, for the clock.
    bits: u64,
}

/// A line x = from + t·by; numbers over a power of two.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) from: Vec<i64>,
    pub(super) by: Vec<i64>,
    /// x is multiplied by 2 to this.
    pub(super) shift: i32,
    /// Pre-activations of the first layer are α + t·β, times a positive constant, which is last in α.
    exact: [Vec<BigInt>; 2],
    near: [Vec<i64>; 2],
}

/// A stop on a line between others: its place and the signs there, guessed.
pub(super) type Stops = BTreeMap<i64, Pattern>;

/// Numbers with a common positive factor that makes them short.
fn short(numbers: &[BigInt], bits: u64) -> Vec<i64> {
    let longest = numbers.iter().map(BigInt::bits).max().unwrap_or(0);
    let cut = longest.saturating_sub(bits);
    let cut = |x: &BigInt| (x >> cut).to_i64().unwrap_or(0);
    numbers.iter().map(cut).collect()
}

impl Signs {
    pub(super) fn new(network: &Layered) -> Self {
        let mut exact = network.integers();
        exact.pop();
        let near = exact.iter().map(|(rows, factor)| {
            let all: Vec<BigInt> = rows.iter().flatten().chain([factor]).cloned().collect();
            let mut all = short(&all, BITS);
            let factor = all.pop().unwrap_or(0);
            let width = rows.first().map_or(1, Vec::len);
            (all.chunks(width).map(<[i64]>::to_vec).collect(), factor)
        });
        let near = near.collect();
        let bits = exact.iter().flat_map(|(rows, _)| rows.iter().flatten());
        let bits = bits.map(BigInt::bits).max().unwrap_or(0);
        Signs { exact, near, bits }
    }

    /// A line, with what the first layer is on it.
    pub(super) fn line(&self, from: Vec<i64>, by: Vec<i64>, shift: i32) -> Line {
        let (rows, factor) = &self.exact[0];
        let product = |row: &[BigInt], x: &[i64]| {
            let terms = row.iter().zip(x);
            terms.map(|(w, x)| w * x).sum::<BigInt>()
        };
        // x·2^−shift and the constant 2^−shift, or x·2^shift.
        let (up, down) = (shift.max(0) as u32, (-shift).max(0) as u32);
        let mut alpha: Vec<BigInt> = rows
            .iter()
            .map(|row| {
                let bias = row.last().cloned().unwrap_or_default();
                (product(row, &from) << up) + (bias << down)
            })
            .collect();
        let mut beta: Vec<BigInt> = rows.iter().map(|row| product(row, &by) << up).collect();
        alpha.push(factor.clone() << down);
        beta.push(BigInt::zero());
        let both: Vec<BigInt> = alpha.iter().chain(&beta).cloned().collect();
        let mut near = short(&both, 60);
        let near_beta = near.split_off(alpha.len());
        Line {
            from,
            by,
            shift,
            exact: [alpha, beta],
            near: [near, near_beta],
        }
    }

    /// The signs at a place, in fixed point: a guess.
    pub(super) fn guess(&self, line: &Line, place: i64) -> Pattern {
        let [alpha, beta] = &line.near;
        let pairs = alpha.iter().zip(beta);
        let value =
            |(a, b): (&i64, &i64)| (i128::from(*a) << DEPTH) + i128::from(*b) * i128::from(place);
        let mut values: Vec<i128> = pairs.map(value).collect();
        let mut pattern = Vec::with_capacity(self.exact.len());
        for l in 0..self.exact.len() {
            if l > 0 {
                values = next_guess(&self.near[l], &values);
            }
            let neurons = values.len() - 1;
            pattern.push(values[..neurons].iter().map(|z| *z > 0).collect());
        }
        pattern
    }

    /// The signs at a place; none if a pre-activation is 0.
    pub(super) fn exact(
        &self,
        line: &Line,
        place: i64,
        pulse: &mut Pulse<'_>,
    ) -> Result<Option<Pattern>, Stop> {
        let [alpha, beta] = &line.exact;
        let pairs = alpha.iter().zip(beta);
        let mut values: Vec<BigInt> = pairs.map(|(a, b)| (a << DEPTH) + b * place).collect();
        let mut pattern = Vec::with_capacity(self.exact.len());
        for (l, (rows, factor)) in self.exact.iter().enumerate() {
            if l > 0 {
                let mut next = Vec::with_capacity(rows.len() + 1);
                let longest = values.iter().map(BigInt::bits).max().unwrap_or(0);
                let each = 30 + (longest / 64 + 1) * (self.bits / 64 + 1);
                for row in rows {
                    pulse.beat(each * row.len() as u64)?;
                    let terms = row.iter().zip(&values).filter(|(_, x)| x.is_positive());
                    next.push(terms.map(|(w, x)| w * x).sum::<BigInt>());
                }
                next.extend(values.last().map(|one| one * factor));
                values = next;
            }
            let neurons = values.len() - 1;
            if values[..neurons].iter().any(BigInt::is_zero) {
                return Ok(None);
            }
            pattern.push(values[..neurons].iter().map(BigInt::is_positive).collect());
        }
        Ok(Some(pattern))
    }

    /// Stops on the line between which few signs change: as guessed, and where two are close several may change between them.
    pub(super) fn stops(&self, line: &Line, pulse: &mut Pulse<'_>) -> Result<Stops, Stop> {
        let weights: usize = self
            .exact
            .iter()
            .skip(1)
            .map(|(rows, _)| rows.len() * rows[0].len())
            .sum();
        let work = 3 * weights as u64 + 20 * line.near[0].len() as u64 + 500;
        let near = (26..=42).map(|bits| 1_i64 << bits);
        let mut places: Vec<i64> = near.clone().map(|p| -p).chain([0]).chain(near).collect();
        places.sort_unstable();
        let mut stops = Stops::new();
        let mut open: Vec<[(i64, Pattern); 2]> = Vec::new();
        let mut last: Option<(i64, Pattern)> = None;
        for place in places {
            pulse.beat(work)?;
            let here = (place, self.guess(line, place));
            open.extend(last.replace(here.clone()).map(|last| [last, here]));
        }
        while let Some([low, high]) = open.pop() {
            let middle = low.0 + (high.0 - low.0) / 2;
            if changes(&low.1, &high.1).len() > 1 && middle > low.0 {
                pulse.beat(work)?;
                let middle = (middle, self.guess(line, middle));
                open.extend([[low, middle.clone()], [middle, high]]);
                continue;
            }
            stops.extend([low, high]);
        }
        Ok(stops)
    }
}

/// One layer in fixed point.
fn next_guess((rows, factor): &(Vec<Vec<i64>>, i64), values: &[i128]) -> Vec<i128> {
    let longest = values.iter().map(|x| x.unsigned_abs()).max().unwrap_or(0);
    let cut = (128 - longest.leading_zeros()).saturating_sub(BITS as u32);
    let values: Vec<i64> = values.iter().map(|x| (x.max(&0) >> cut) as i64).collect();
    let one = values.last().copied().unwrap_or(0);
    let sum = |row: &Vec<i64>| {
        let terms = row.iter().zip(&values);
        // Each product has 62 bits.
        terms.map(|(w, x)| i128::from(w * x)).sum()
    };
    let next = rows.iter().map(sum);
    next.chain([i128::from(factor * one)]).collect()
}

/// Layer and place of the neurons whose signs are not the same.
pub(super) fn changes(a: &Pattern, b: &Pattern) -> Vec<[usize; 2]> {
    let layers = a.iter().zip(b).enumerate();
    let layers = layers.filter(|(_, (a, b))| a != b);
    let neurons = layers.flat_map(|(l, (a, b))| {
        let pairs = a.iter().zip(b).enumerate();
        pairs.filter(|(_, (a, b))| a != b).map(move |(i, _)| [l, i])
    });
    neurons.collect()
}
