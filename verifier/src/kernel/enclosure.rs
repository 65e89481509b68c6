//! Whether d + 1 vectors of R^d have a dependence with positive coefficients, seen from short approximations in integers: most are, for a fraction of what
//! it costs to find the coefficients. Nothing is believed that is not proved; what is not seen here is found exactly.
//!
//! Let A have columns a_1, …, a_d, and A x = b with b = −a_{d+1}; positive multiples of the vectors will do. For any matrix X and S > 0 let R = S·I − X A.
//! Then S x = X b + R x. With ρ_i the sum of |R_ij| over j, and S > ρ = max ρ_i: A is regular, |x|_∞ ≤ |X b|_∞/(S − ρ), and x_i > 0 if
//! (X b)_i·(S − ρ) > ρ_i·|X b|_∞. X is an approximation of S·A⁻¹, and of A and b integers are known that are less than 1 away.

use num_bigint::{BigInt, Sign};

/// Vectors by their first bits, and places to work in.
#[derive(Debug, Default)]
pub(crate) struct Enclosure {
    /// Vector by vector; each was multiplied by a power of 2, and is less than 1 away.
    short: Vec<i64>,
    matrix: Vec<i64>,
    /// The row of the pivot.
    pivot: Vec<i64>,
    /// The rows of the pivots, by column.
    rows: Vec<usize>,
    inverse: Vec<i64>,
    /// −a_{d+1}.
    right: Vec<i64>,
    /// For each row of X, with A and b as they are known: X b, the sum of |R_ij| over j, the sum of |X_il| over l.
    sums: Vec<[u128; 3]>,
}

/// The bits of the longest entry of a vector, as it is known.
const SHORT: u64 = 52;
/// Bits behind the point in X, if all those of A are.
const FRACTION: u32 = 38;
/// By how many bits factors are longer while they are multiplied: then the upper half of a product has the point where it belongs.
const LONGER: u32 = (64 - FRACTION) / 2;
/// Larger matrices are not looked at: so no sum here overflows.
const LARGEST: usize = 1024;

impl Enclosure {
    /// Whether no vectors are there yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.short.is_empty()
    }

    /// Adds a vector.
    pub(crate) fn push(&mut self, vector: &[BigInt]) {
        let longest = vector.iter().map(BigInt::bits).max().unwrap_or(0);
        let short = |entry: &BigInt| {
            let magnitude = match longest.checked_sub(SHORT) {
                Some(excess) => entry.magnitude() >> excess,
                None => entry.magnitude() << (SHORT - longest),
            };
            let size = i64::try_from(magnitude).unwrap_or(0); // It has no more than 52 bits.
            if entry.sign() == Sign::Minus {
                -size
            } else {
                size
            }
        };
        self.short.extend(vector.iter().map(short));
    }

    /// Whether it is for so many vectors with so many coordinates.
    pub(crate) fn can_see(vectors: usize, coordinates: usize) -> bool {
        vectors == coordinates + 1 && (1..=LARGEST).contains(&coordinates)
    }

    /// Limb operations for d coordinates.
    pub(crate) fn work(coordinates: usize) -> u64 {
        let d = coordinates as u64;
        d.saturating_mul(d).saturating_mul(d + d / 2 + 12) + 60 * d
    }

    /// Whether it is seen that the vectors ±v_H, one more than coordinates, have one dependence up to a factor, and its coefficients are positive.
    pub(crate) fn sees(&mut self, members: &[(usize, bool)], coordinates: usize) -> bool {
        let Some(((last, plus), others)) = members.split_last() else {
            return false;
        };
        let right = self.vector(*last, coordinates).iter();
        let right: Vec<i64> = right.map(|x| if *plus { -x } else { *x }).collect();
        self.right = right;
        self.load(others, coordinates);
        self.invert(coordinates) && self.proves(others, coordinates)
    }

    fn vector(&self, index: usize, coordinates: usize) -> &[i64] {
        let vectors = self.short.get(index * coordinates..);
        vectors
            .and_then(|rest| rest.get(..coordinates))
            .unwrap_or_default()
    }

    /// A row a coordinate, a column a vector, with the point where X has it.
    fn load(&mut self, columns: &[(usize, bool)], d: usize) {
        let mut matrix = std::mem::take(&mut self.matrix);
        matrix.clear();
        matrix.resize(d * d, 0);
        for (column, (index, plus)) in columns.iter().enumerate() {
            let places = matrix.iter_mut().skip(column).step_by(d);
            for (place, x) in places.zip(self.vector(*index, d)) {
                let x = x >> (SHORT as u32 - FRACTION);
                *place = if *plus { x } else { -x };
            }
        }
        self.matrix = matrix;
    }

    /// Exchanges every unknown of A x = b with a coordinate of b, the one where it counts most. What does not fit makes an X that proves nothing.
    fn invert(&mut self, d: usize) -> bool {
        self.rows.clear();
        for column in 0..d {
            let free = self.matrix.chunks_exact(d).enumerate();
            let free = free.filter(|(row, _)| !self.rows.contains(row));
            let size = |(row, entries): (usize, &[i64])| {
                (entries.get(column).map_or(0, |x| x.unsigned_abs()), row)
            };
            let Some((_, chosen)) = free.map(size).max() else {
                return false;
            };
            let row = self
                .matrix
                .chunks_exact_mut(d)
                .nth(chosen)
                .unwrap_or_default();
            let Some(pivot) = row.get_mut(column) else {
                return false;
            };
            let one_over = match (1_i128 << (2 * FRACTION)).checked_div(i128::from(*pivot)) {
                Some(quotient) => quotient as i64,
                None => return false,
            };
            *pivot = 1 << FRACTION;
            row.iter_mut().for_each(|x| *x = scaled(*x, one_over));
            self.pivot.clear();
            self.pivot.extend(row.iter().map(|x| x << LONGER));
            for (row, entries) in self.matrix.chunks_exact_mut(d).enumerate() {
                let Some(leading) = entries.get_mut(column) else {
                    return false;
                };
                if row == chosen || *leading == 0 {
                    continue;
                }
                let factor = *leading << LONGER;
                *leading = 0;
                for (x, y) in entries.iter_mut().zip(&self.pivot) {
                    let product = (i128::from(*y) * i128::from(factor)) >> 64;
                    // One at a time takes one multiplication; two at a time, as the compiler would have it, six.
                    *x = x.wrapping_sub(std::hint::black_box(product as i64));
                }
            }
            self.rows.push(chosen);
        }
        self.inverse.clear();
        self.inverse.resize(d * d, 0);
        for (inverse, row) in self.inverse.chunks_exact_mut(d).zip(&self.rows) {
            let entries = self.matrix.chunks_exact(d).nth(*row).unwrap_or_default();
            for (entry, place) in entries.iter().zip(&self.rows) {
                if let Some(place) = inverse.get_mut(*place) {
                    *place = *entry;
                }
            }
        }
        true
    }

    /// The inequalities above, with what is not known of A and b, less than 1 in each entry, counted against them.
    fn proves(&mut self, columns: &[(usize, bool)], d: usize) -> bool {
        let s = 1_u128 << (SHORT as u32 + FRACTION);
        let mut sums = std::mem::take(&mut self.sums);
        sums.clear();
        for (row, inverse) in self.inverse.chunks_exact(d).enumerate() {
            let size: u128 = inverse.iter().map(|x| u128::from(x.unsigned_abs())).sum();
            let mut rest = 0_u128;
            for (column, (index, plus)) in columns.iter().enumerate() {
                let product = product(inverse, self.vector(*index, d));
                let product = if *plus { product } else { -product };
                let unit = if row == column { s as i128 } else { 0 };
                rest = rest.saturating_add((unit - product).unsigned_abs());
            }
            let Ok(value) = u128::try_from(product(inverse, &self.right)) else {
                return false;
            };
            sums.push([value, rest.saturating_add(size * d as u128), size]);
        }
        let most = |part: fn(&[u128; 3]) -> u128| sums.iter().map(part).max().unwrap_or(0);
        let (rest, value) = (most(|sum| sum[1]), most(|sum| sum[0] + sum[2]));
        // Rounded so that the products fit: the left down, the right up.
        let margin = s.saturating_sub(rest) >> ROUNDED;
        let value = (value >> ROUNDED) + 1;
        let proved = sums.iter().all(|[own, rest, size]| {
            let own = own.saturating_sub(*size) >> ROUNDED;
            own.saturating_mul(margin) > ((rest >> ROUNDED) + 1).saturating_mul(value)
        });
        self.sums = sums;
        proved
    }
}

/// Bits that are left out where sums are compared.
const ROUNDED: u32 = 48;

/// x·y, with the point where it was.
fn scaled(x: i64, y: i64) -> i64 {
    ((i128::from(x) * i128::from(y)) >> FRACTION) as i64
}

/// The inner product.
fn product(x: &[i64], y: &[i64]) -> i128 {
    let pairs = x.iter().zip(y);
    pairs.map(|(x, y)| i128::from(*x) * i128::from(*y)).sum()
}
