//! How many regions there can be, before any is looked for.

use num_bigint::{BigInt, BigUint};

use super::normals::Arrangement;

impl Arrangement {
    /// An upper bound for the number of regions: without a domain the product of 2 Σ_{k<r} C(m−1, k) over the direct summands
    /// (Schläfli; Cover, Zaslavsky), attained if the normals of each are in general position. Within a domain its first facet is
    /// one hyperplane more, of which one side counts, and there are at most Σ_{k<r} C(m, k).
    ///
    /// Cost: r products of integers a direct summand.
    pub fn at_most(&self) -> BigUint {
        let mut product = BigUint::from(1u32);
        for (summand, &rank) in self.summands.iter().zip(&self.ranks) {
            product *= generic(summand.len() - 1, rank) * 2u32;
        }
        match self.domain.is_empty() {
            true => product,
            false => product.min(generic(self.classes.len(), self.coordinates.len())),
        }
    }

    /// A lower bound for the number of regions: r independent hyperplanes have 2^r. Within one half-space that is not empty, all but
    /// one of r independent ones are hyperplanes of the arrangement; of other domains nothing is known beforehand.
    pub fn at_least(&self) -> BigUint {
        let one = BigUint::from(1u32);
        match self.domain.len() {
            0 => one << self.rank,
            1 if self.domain.row(0).iter().any(|x| *x != BigInt::ZERO) => {
                one << (self.coordinates.len() - 1)
            }
            _ => BigUint::ZERO,
        }
    }

    /// Whether the normals and the facets of the domain are linearly independent: then all sign vectors are regions.
    pub fn is_independent(&self) -> bool {
        self.coordinates.len() == self.classes.len() + self.domain.len()
    }
}

/// Σ_{k<rank} C(count, k).
fn generic(count: usize, rank: usize) -> BigUint {
    let (mut sum, mut term) = (BigUint::ZERO, BigUint::from(1u32));
    for k in 0..rank {
        sum += &term;
        term = term * (count - k.min(count)) / (k + 1);
    }
    sum
}
