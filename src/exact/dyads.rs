//! Sums of dyads: integer matrices M ± c₁a₁ᵀ ± c₂a₂ᵀ …, in as many machine words as their entries need.

use num_bigint::{BigInt, Sign};
use num_traits::{Signed as _, Zero as _};

/// A matrix M and dyads c aᵀ of the same shape, to be added up with any signs. Matrices are row by row.
#[derive(Clone, Debug)]
pub(crate) struct Dyads {
    matrix: Vec<BigInt>,
    /// c, and a.
    pairs: Vec<(Vec<BigInt>, Vec<BigInt>)>,
    words: Option<Words>,
}

/// All c and a as two's complements of so many words. No sum is longer, whatever the signs: words wrap around on the way, and it is exact in the end.
#[derive(Clone, Debug)]
struct Words {
    each: usize,
    columns: Vec<u64>,
    rows: Vec<u64>,
}

/// How many words there can be; longer sums are of long integers.
const LENGTHS: [usize; 5] = [2, 3, 4, 6, 8];

impl Dyads {
    /// The matrix must have as many entries as every c times every a has.
    ///
    /// Cost: linear in the entries of c, a.
    pub(crate) fn new(matrix: Vec<BigInt>, pairs: Vec<(Vec<BigInt>, Vec<BigInt>)>) -> Self {
        let longest = |row: &[BigInt]| row.iter().map(BigInt::bits).max().unwrap_or(0);
        let products = pairs.iter().map(|(c, a)| longest(c) + longest(a));
        let most = products.chain([longest(&matrix)]).max().unwrap_or(0);
        // So many summands, and a sign.
        let bits = most + u64::from((pairs.len() + 1).ilog2()) + 2;
        let each = LENGTHS.into_iter().find(|each| bits <= 64 * *each as u64);
        let words = each.map(|each| Words {
            each,
            columns: complements(pairs.iter().flat_map(|(c, _)| c), each),
            rows: complements(pairs.iter().flat_map(|(_, a)| a), each),
        });
        Dyads {
            matrix,
            pairs,
            words,
        }
    }

    /// M.
    pub(crate) fn matrix(&self) -> &[BigInt] {
        &self.matrix
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.pairs.len()
    }

    /// An entry of one of them.
    pub(crate) fn entry(&self, dyad: usize, row: usize, column: usize) -> BigInt {
        let (c, a) = &self.pairs[dyad];
        &c[row] * &a[column]
    }

    /// M ± c₁a₁ᵀ ± …, with a plus where it says so.
    pub(crate) fn sum(&self, plus: impl Iterator<Item = bool>) -> Vec<BigInt> {
        self.total(plus, false)
    }

    /// |M| + |c₁a₁ᵀ| + …, entry by entry.
    pub(crate) fn sizes(&self) -> Vec<BigInt> {
        self.total(std::iter::repeat(true), true)
    }

    fn total(&self, plus: impl Iterator<Item = bool>, sizes: bool) -> Vec<BigInt> {
        let [height, width] = match self.pairs.first() {
            Some((c, a)) => [c.len(), a.len()],
            None => [0, 0],
        };
        let (matrix, shape) = (&self.matrix, [height.max(1), width.max(1)]);
        match &self.words {
            Some(words) => match words.each {
                2 => words.total::<2>(matrix, shape, plus, sizes),
                3 => words.total::<3>(matrix, shape, plus, sizes),
                4 => words.total::<4>(matrix, shape, plus, sizes),
                6 => words.total::<6>(matrix, shape, plus, sizes),
                _ => words.total::<8>(matrix, shape, plus, sizes),
            },
            None => self.long_total(shape, plus, sizes),
        }
    }

    fn long_total(
        &self,
        [_, width]: [usize; 2],
        plus: impl Iterator<Item = bool>,
        sizes: bool,
    ) -> Vec<BigInt> {
        let size = |x: &BigInt| if sizes { x.abs() } else { x.clone() };
        let mut sums: Vec<BigInt> = self.matrix.iter().map(size).collect();
        for ((c, a), plus) in self.pairs.iter().zip(plus) {
            let sized: Vec<BigInt>;
            let a = match sizes {
                true => {
                    sized = a.iter().map(size).collect();
                    &sized
                }
                false => a,
            };
            for (sums, c) in sums.chunks_mut(width).zip(c) {
                let c = if plus { size(c) } else { -c };
                if c.is_zero() {
                    continue;
                }
                for (sum, a) in sums.iter_mut().zip(a) {
                    *sum += &c * a;
                }
            }
        }
        sums
    }
}

impl Words {
    fn total<const N: usize>(
        &self,
        matrix: &[BigInt],
        [height, width]: [usize; 2],
        plus: impl Iterator<Item = bool>,
        sizes: bool,
    ) -> Vec<BigInt> {
        let size = |x: [u64; N]| if sizes { magnitude(x) } else { x };
        let mut sums: Vec<[u64; N]> = matrix.iter().map(|x| size(complement(x))).collect();
        let columns = self.columns.as_chunks::<N>().0.chunks_exact(height);
        let rows = self.rows.as_chunks::<N>().0.chunks_exact(width);
        for ((c, a), plus) in columns.zip(rows).zip(plus) {
            let a: Vec<[u64; N]> = a.iter().map(|a| size(*a)).collect();
            for (sums, c) in sums.chunks_exact_mut(width).zip(c) {
                let c = if plus { size(*c) } else { negative(*c) };
                if c == [0; N] {
                    continue;
                }
                for (sum, a) in sums.iter_mut().zip(&a) {
                    add_product(sum, &c, a);
                }
            }
        }
        sums.into_iter().map(integer).collect()
    }
}

/// The last words of an integer's two's complement.
fn complement<const N: usize>(x: &BigInt) -> [u64; N] {
    let mut words = [0; N];
    for (word, digit) in words.iter_mut().zip(x.iter_u64_digits()) {
        *word = digit;
    }
    if x.is_negative() {
        negative(words)
    } else {
        words
    }
}

fn complements<'a>(numbers: impl Iterator<Item = &'a BigInt>, each: usize) -> Vec<u64> {
    let longest = |x| complement::<{ LENGTHS[LENGTHS.len() - 1] }>(x);
    let words = numbers.flat_map(|x| longest(x).into_iter().take(each));
    words.collect()
}

/// The integer that this is the two's complement of.
fn integer<const N: usize>(words: [u64; N]) -> BigInt {
    let sign = match is_negative(&words) {
        true => Sign::Minus,
        false => Sign::Plus,
    };
    let words = magnitude(words).into_iter();
    let halves = words.flat_map(|word| [word as u32, (word >> 32) as u32]);
    BigInt::new(sign, halves.collect())
}

fn is_negative(words: &[u64]) -> bool {
    words.last().is_some_and(|last| last >> 63 == 1)
}

fn magnitude<const N: usize>(words: [u64; N]) -> [u64; N] {
    if is_negative(&words) {
        negative(words)
    } else {
        words
    }
}

fn negative<const N: usize>(mut words: [u64; N]) -> [u64; N] {
    let mut carry = true;
    for word in &mut words {
        (*word, carry) = (!*word).overflowing_add(u64::from(carry));
    }
    words
}

/// sum += x·y.
fn add_product<const N: usize>(sum: &mut [u64; N], x: &[u64; N], y: &[u64; N]) {
    for (i, x) in x.iter().enumerate() {
        let mut carry = 0;
        for (sum, y) in sum[i..].iter_mut().zip(y) {
            let wide = u128::from(*x) * u128::from(*y) + u128::from(*sum) + carry;
            (*sum, carry) = (wide as u64, wide >> 64);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Long integers and words of every length agree, up to the lengths where another word is needed.
    #[test]
    fn words_are_as_good_as_long_integers() {
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = move || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        };
        let mut lengths = [0; 10];
        for round in 0..400_u64 {
            let (count, height, width) = (round % 9, 1 + round % 3, 1 + round % 5);
            // All bits set, or any; of any sign; sometimes 0.
            let mut entry = |bits: u64| -> BigInt {
                let most = (BigInt::from(1) << bits) - 1;
                let size = match next() % 4 {
                    0 => BigInt::ZERO,
                    1 => most,
                    _ => (0..10).fold(BigInt::ZERO, |sum, _| (sum << 64) + next()) & most,
                };
                if next() % 2 == 0 { size } else { -size }
            };
            let mut row = |length, bits| (0..length).map(|_| entry(bits)).collect::<Vec<_>>();
            let (long, short) = (round * 3 / 2, 1 + round % 70);
            let matrix = row(height * width, long + short);
            let pairs = (0..count).map(|_| (row(height, long), row(width, short)));
            let mut dyads = Dyads::new(matrix, pairs.collect());
            let sides: Vec<bool> = row(count, 1).iter().map(BigInt::is_positive).collect();
            let found = [dyads.sum(sides.iter().copied()), dyads.sizes()];
            lengths[dyads.words.take().map_or(0, |words| words.each)] += 1;
            let expected = [dyads.sum(sides.into_iter()), dyads.sizes()];
            assert_eq!(found, expected, "round {round}");
        }
        let tried = [0].into_iter().chain(LENGTHS);
        assert!(
            tried.into_iter().all(|each| lengths[each] > 20),
            "{lengths:?}"
        );
    }
}
