//! Symmetries: linear maps that map the set of hyperplanes to itself.
//!
//! Let A have the normals a_i as rows. A linear map that permutes them up to sign keeps AᵀA, and so it permutes the products
//! p_ij = a_i (AᵀA)⁻¹ a_jᵀ up to these signs. The other way round, p is the Gram matrix of vectors that depend on each other just as
//! the normals do: whatever permutes it up to signs is linear. So a symmetry is looked for among hyperplanes, not coordinates. All
//! permutations and sign changes of coordinates that map the hyperplanes to themselves are found, as these permute primitive
//! normals up to sign, and others too: the resonance arrangement in R^n has not n! but 2·(n + 1)!.

use num_bigint::BigInt;
use num_traits::{Signed as _, ToPrimitive as _};
use rustc_hash::FxHashMap;

use super::mask::Mask;
use super::normals::Arrangement;
use super::recursive::generic_half;
use crate::exact::gcd::gcd_all;
use crate::exact::linear::{echelon, independent_rows};
use crate::exact::modular;
use crate::exact::ring::{Kernel, OrderedRing, Overflow, in_smallest_ring};
use crate::watch::{Stop, Watch};

/// Products, one for each pair, are made of at most so many hyperplanes;
pub(crate) const MOST_ROWS: usize = 1024;
/// and by at most so many multiplications.
const MOST_WORK: usize = 1 << 22;

/// Arrangements that cannot have more regions than this are counted before symmetries are found.
const LEAST_REGIONS: u64 = 1_000_000;
/// Comparing two flats takes about as long as some hundred steps of a count that does not.
const LEAST_SYMMETRIES: u64 = 200;

/// The products p_ij of an arrangement's normals, up to a common factor, by which symmetries are recognised.
#[derive(Clone, Debug)]
pub(crate) struct Products {
    rows: usize,
    rank: usize,
    /// Independent hyperplanes, as many as the rank.
    basis: Vec<u32>,
    /// For all pairs (i, j) a number that stands for |p_ij|, 0 for 0, with the sign of p_ij.
    colours: Vec<i32>,
    /// A hash of each pair's |p_ij|.
    hashes: Vec<u64>,
}

impl Products {
    /// Of integer rows in as many coordinates as their rank; `None` if there are too many.
    pub(crate) fn new(
        rows: &[Vec<BigInt>],
        rank: usize,
        watch: &Watch,
    ) -> Result<Option<Self>, Stop> {
        if !Self::fit(rows.len(), rank) {
            return Ok(None);
        }
        let solved = echelon(&normal_equations(rows, rank), rank + rows.len(), watch)?;
        debug_assert!(
            solved.pivot_columns.iter().copied().eq(0..rank),
            "the rows have full rank"
        );
        // Row i of A, and after all these column j of (AᵀA)⁻¹Aᵀ.
        let mut factors = rows.to_vec();
        factors.extend(
            (rank..rank + rows.len())
                .map(|j| solved.rows.iter().map(|row| row[j].clone()).collect()),
        );
        let colours = in_smallest_ring(&Colours { watch }, &factors)?;
        let hashes = colours
            .iter()
            .map(|colour| scatter(u64::from(colour.unsigned_abs()), 1))
            .collect();
        let basis = independent_rows(rows, rank, watch)?;
        Ok(Some(Self {
            rows: rows.len(),
            rank,
            basis: basis.into_iter().map(|row| row as u32).collect(),
            colours,
            hashes,
        }))
    }

    fn fit(rows: usize, rank: usize) -> bool {
        rows <= MOST_ROWS && rows * rows * rank <= MOST_WORK
    }

    /// The number of hyperplanes.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// The rank of the arrangement.
    pub(crate) fn rank(&self) -> usize {
        self.rank
    }

    /// Independent hyperplanes, as many as the rank.
    pub(crate) fn basis(&self) -> &[u32] {
        &self.basis
    }

    /// The memory this takes.
    pub(crate) fn bytes(&self) -> u64 {
        12 * (self.rows * self.rows) as u64
    }

    /// The numbers that stand for the products of a hyperplane with all.
    pub(crate) fn of(&self, row: usize) -> &[i32] {
        &self.colours[row * self.rows..][..self.rows]
    }

    /// For every hyperplane a hash of how it lies to those that contain a flat, and of whether it is one of them: symmetries
    /// that carry one flat to another carry these along.
    pub(crate) fn around<M: Mask>(&self, inside: M) -> Vec<u64> {
        let mut around = vec![0u64; self.rows];
        for row in (0..self.rows).filter(|&row| inside.contains(row)) {
            for (sum, hash) in around.iter_mut().zip(&self.hashes[row * self.rows..]) {
                *sum = sum.wrapping_add(*hash);
            }
        }
        for (row, hash) in around.iter_mut().enumerate() {
            *hash = scatter(*hash, u64::from(inside.contains(row)));
        }
        around
    }
}

/// A hash of two words.
#[inline]
pub(crate) fn scatter(word: u64, other: u64) -> u64 {
    let mut hash = word ^ other.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ hash >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash = (hash ^ hash >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ hash >> 32
}

/// The rows of (AᵀA | Aᵀ).
fn normal_equations(rows: &[Vec<BigInt>], rank: usize) -> Vec<Vec<BigInt>> {
    (0..rank)
        .map(|k| {
            let products = (0..rank).map(|l| rows.iter().map(|row| &row[k] * &row[l]).sum());
            products
                .chain(rows.iter().map(|row| row[k].clone()))
                .collect()
        })
        .collect()
}

/// Numbers the absolute values of the products of two lists of vectors, each of half the rows.
struct Colours<'a> {
    watch: &'a Watch,
}

impl Kernel for Colours<'_> {
    type Output = Result<Vec<i32>, Stop>;

    fn run<R: OrderedRing>(&self, rows: &[Vec<R>]) -> Result<Self::Output, Overflow> {
        let (left, right) = rows.split_at(rows.len() / 2);
        let mut known: FxHashMap<BigInt, i32> = FxHashMap::default();
        known.insert(BigInt::ZERO, 0);
        let mut colours = Vec::with_capacity(left.len() * right.len());
        for x in left {
            if let Err(stop) = self.watch.check() {
                return Ok(Err(stop));
            }
            for y in right {
                let mut product = R::zero();
                for (x, y) in x.iter().zip(y) {
                    product = product.add(&x.mul(y)?)?;
                }
                let value = product.to_integer();
                let next = known.len() as i32;
                let negative = value.is_negative();
                let colour = *known.entry(value.abs()).or_insert(next);
                colours.push(if negative { -colour } else { colour });
            }
        }
        Ok(Ok(colours))
    }
}

impl Arrangement {
    /// The products of the normals of a direct summand; `None` if there are too many.
    pub(super) fn products(&self, summand: usize, watch: &Watch) -> Result<Option<Products>, Stop> {
        let rank = self.ranks[summand];
        match Products::fit(self.summands[summand].len(), rank) {
            true => Products::new(&self.primitive(summand, watch)?, rank, watch),
            false => Ok(None),
        }
    }

    /// The primitive normals of a direct summand in independent coordinates. They are not made primitive once more there, which
    /// might scale normals differently that a symmetry exchanges.
    fn primitive(&self, summand: usize, watch: &Watch) -> Result<Vec<Vec<BigInt>>, Stop> {
        let axes = self.axes(summand, watch)?;
        let classes = self.summands[summand].iter();
        Ok(classes
            .map(|&class| {
                let normal = self.rows.row(self.classes[class].row());
                let content = gcd_all(normal);
                axes.iter()
                    .map(|&axis| &normal[self.coordinates[axis]] / &content)
                    .collect()
            })
            .collect())
    }

    /// Whether a direct summand is so large, and so symmetric, that counting modulo symmetry is worth it.
    ///
    /// Cost: one elimination modulo a prime of r rows for r + m columns, which tells that most arrangements are not; for the others
    /// m²·r products, and at most m·r comparisons.
    pub(super) fn is_worth_orbits(&self, summand: usize, watch: &Watch) -> Result<bool, Stop> {
        let (count, rank) = (self.summands[summand].len(), self.ranks[summand]);
        if rank < 4 || generic_half(count, rank) < LEAST_REGIONS || !Products::fit(count, rank) {
            return Ok(false);
        }
        let rows = self.primitive(summand, watch)?;
        if most_differ(&rows, rank, watch)? {
            return Ok(false);
        }
        let Some(products) = Products::new(&rows, rank, watch)? else {
            return Ok(false);
        };
        Ok(products
            .symmetries(watch)?
            .to_u64()
            .is_none_or(|symmetries| symmetries >= LEAST_SYMMETRIES))
    }
}

/// Whether most p_ii are different, modulo a prime: then most hyperplanes are mapped to themselves by every symmetry.
fn most_differ(rows: &[Vec<BigInt>], rank: usize, watch: &Watch) -> Result<bool, Stop> {
    let equations = normal_equations(rows, rank);
    let solved = modular::echelon(
        equations.iter().map(Vec::as_slice),
        rank + rows.len(),
        watch,
    )?;
    if !solved.pivot_columns.iter().copied().eq(0..rank) {
        return Ok(true); // An unlucky prime.
    }
    let product = |(i, row): (usize, &Vec<BigInt>)| {
        let pairs = row.iter().zip(&solved.rows);
        pairs.fold(0, |sum, (x, solved)| {
            modular::add(sum, modular::mul(modular::residue(x), solved[rank + i]))
        })
    };
    let mut products: Vec<u64> = rows.iter().enumerate().map(product).collect();
    products.sort_unstable();
    products.dedup();
    Ok(2 * products.len() > rows.len())
}
