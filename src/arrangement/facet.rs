//! Points on one hyperplane and off all others: witnesses of two adjacent regions.

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use crate::exact::rows::primitive;

/// How many points are tried before giving up; each try draws from a wider range.
const TRIES: u64 = 4096;

/// An integer point x with ⟨n_i,x⟩ = 0 for i = `hyperplane` and ⟨n_k,x⟩ ≠ 0 for every row that is neither zero nor parallel to
/// row i. x ± ε·n_i are then in two adjacent regions, for ε > 0 small.
///
/// An integer vector p of small entries is moved onto the hyperplane along one coordinate, so that the entries of x stay about
/// as long as those of n_i. The p are a fixed sequence: equal input gives equal points. `None` if row i is zero (or, which no
/// input is known to do, if the whole sequence fails).
///
/// Cost: a try is m products of d numbers, and the wider the range of p, the fewer points lie on other hyperplanes; at most
/// 4096 tries.
pub fn point_on_hyperplane(normals: &[Vec<BigInt>], hyperplane: usize) -> Option<Vec<BigInt>> {
    let own = normals.get(hyperplane)?;
    let pivot = (0..own.len())
        .filter(|k| !own[*k].is_zero())
        .min_by_key(|k| own[*k].abs())?;
    let mut sequence = Sequence(0x9e37_79b9_7f4a_7c15);
    (0..TRIES).find_map(|attempt| {
        let width = 2 + attempt;
        let p: Vec<i64> = own.iter().map(|_| sequence.within(width)).collect();
        let mut point: Vec<BigInt> = p.iter().map(|p| &own[pivot] * p).collect();
        let others = own.iter().zip(&p).enumerate();
        point[pivot] = -others
            .filter(|(k, _)| *k != pivot)
            .map(|(_, (a, p))| a * p)
            .sum::<BigInt>();
        let point = primitive(&point);
        let ends: Vec<u64> = point.iter().map(last_word).collect();
        normals
            .iter()
            .all(|normal| {
                // What is not 0 modulo 2^64 is not 0.
                let words = normal.iter().map(last_word).zip(&ends);
                let end = words.fold(0_u64, |sum, (a, x)| sum.wrapping_add(a.wrapping_mul(*x)));
                if end != 0 {
                    return true;
                }
                let product: BigInt = normal.iter().zip(&point).map(|(a, x)| a * x).sum();
                !product.is_zero() || is_zero_or_parallel(normal, own, pivot)
            })
            .then_some(point)
    })
}

/// The residue modulo 2^64.
fn last_word(x: &BigInt) -> u64 {
    let word = x.iter_u64_digits().next().unwrap_or(0);
    if x.is_negative() {
        word.wrapping_neg()
    } else {
        word
    }
}

/// Whether `row` is a multiple of `own`, 0 included; `own[pivot]` is not zero.
fn is_zero_or_parallel(row: &[BigInt], own: &[BigInt], pivot: usize) -> bool {
    row.iter()
        .zip(own)
        .all(|(x, y)| x * &own[pivot] == y * &row[pivot])
}

/// A fixed sequence of integers (a 64-bit linear congruential generator), the same in every run.
pub(crate) struct Sequence(pub u64);

impl Sequence {
    /// The next integer in −width … width.
    pub(crate) fn within(&mut self, width: u64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % (2 * width + 1)) as i64 - width as i64
    }
}

/// 2·Σ_{k<d} C(m−1,k): the most regions m hyperplanes can have in dimension d (Schläfli, Zaslavsky); 1 for m = 0.
///
/// Cost: d products of integers.
pub fn most_regions(hyperplanes: usize, dimension: usize) -> BigInt {
    if hyperplanes == 0 {
        return BigInt::one();
    }
    let (mut sum, mut binomial) = (BigInt::zero(), BigInt::one());
    for k in 0..dimension.min(hyperplanes) {
        sum += &binomial;
        binomial = binomial * (hyperplanes - 1 - k) / (k + 1);
    }
    sum * 2
}
