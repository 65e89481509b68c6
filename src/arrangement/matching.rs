//! Looking for a symmetry that carries one flat to another.
//!
//! A symmetry is determined by what it does to a basis of the normals. The images of a basis are chosen one after another, each
//! so that it has the products with those before that its original has; and so that the hyperplanes that have any given
//! products with the images chosen are as many as for the originals (by their hashes). Where all of the basis has images, every
//! hyperplane must have one, exactly; nothing rests on hashes but how long this takes.

use num_bigint::BigUint;
use rustc_hash::FxHashMap;

use super::mask::Mask;
use super::symmetry::{MOST_ROWS, Products, scatter};
use crate::watch::{Stop, Watch};

/// A search that tries more images than this is given up: the flats are then taken for different, which costs time but no
/// truth.
pub(crate) const MOST_TRIES: u32 = 5_000;
/// The same where symmetries are only counted.
const MOST_TRIES_COUNTING: u32 = 200;

/// What is known of every hyperplane, given the products with some of a basis.
#[derive(Clone, Debug, Default)]
struct View {
    /// A hash of the products of each hyperplane with them, up to a common sign,
    hashes: Vec<u64>,
    /// and the sign: that of the first that is not 0.
    signs: Vec<i8>,
}

impl View {
    fn new(hashes: Vec<u64>) -> Self {
        let signs = vec![0; hashes.len()];
        Self { hashes, signs }
    }

    fn copy(&mut self, other: &View) {
        self.hashes.clone_from(&other.hashes);
        self.signs.clone_from(&other.signs);
    }

    /// Adds the products with one more, of either sign; answers a hash of all that is known.
    fn add(&mut self, products: &[i32], negated: bool) -> u64 {
        let hyperplanes = self.hashes.iter_mut().zip(&mut self.signs);
        hyperplanes
            .zip(products)
            .fold(0u64, |sum, ((hash, sign), &product)| {
                let product = if negated { -product } else { product };
                if *sign == 0 {
                    *sign = product.signum() as i8;
                }
                let product = product * i32::from(*sign);
                *hash = scatter(*hash, u64::from(product.cast_unsigned()));
                sum.wrapping_add(scatter(*hash, 2))
            })
    }
}

/// A flat, prepared for others to be compared with it.
#[derive(Clone, Debug)]
pub(crate) struct Landmark {
    /// [`Products::around`] the flat.
    around: Vec<u64>,
    basis: Vec<u32>,
    /// The hash and the sign of each of the basis before its products are known.
    expected: Vec<(u64, i8)>,
    /// The hash of the view after each of the basis.
    after: Vec<u64>,
}

impl Landmark {
    /// For a flat, given by what is around it, and any basis of the normals.
    pub(crate) fn new(products: &Products, around: Vec<u64>, basis: Vec<u32>) -> Self {
        let mut view = View::new(around.clone());
        let (mut expected, mut after) = (Vec::new(), Vec::new());
        for &row in &basis {
            let row = row as usize;
            expected.push((view.hashes[row], view.signs[row]));
            after.push(view.add(products.of(row), false));
        }
        Self {
            around,
            basis,
            expected,
            after,
        }
    }

    /// About the memory this takes.
    pub(crate) fn bytes(&self) -> u64 {
        (8 * self.around.len() + 32 * self.basis.len() + size_of::<Self>()) as u64
    }
}

/// Searches for symmetries, with memory for one at a time.
pub(crate) struct Search<'a> {
    products: &'a Products,
    watch: &'a Watch,
    /// What is known after so many images.
    views: Vec<View>,
    /// The images, and whether they are negated.
    images: Vec<(u32, bool)>,
    /// How many more images may be tried,
    tries: u32,
    /// and at first.
    most: u32,
}

impl<'a> Search<'a> {
    /// With at most so many images tried for each symmetry.
    pub(crate) fn new(products: &'a Products, most: u32, watch: &'a Watch) -> Self {
        Self {
            products,
            watch,
            views: vec![View::default(); products.rank() + 1],
            images: vec![(0, false); products.rank()],
            tries: 0,
            most,
        }
    }

    /// Whether a symmetry was found that carries a flat, in `from` with landmark, to another, in `to` with what is around it.
    pub(crate) fn carries<M: Mask>(
        &mut self,
        landmark: &Landmark,
        (from, to): (M, M),
        around: &[u64],
    ) -> Result<bool, Stop> {
        self.tries = self.most;
        self.views[0].hashes.clear();
        self.views[0].hashes.extend_from_slice(around);
        self.views[0].signs.clear();
        self.views[0].signs.resize(around.len(), 0);
        self.extend(landmark, (from, to), 0)
    }

    /// Finds images for the basis from its k-th on.
    fn extend<M: Mask>(
        &mut self,
        landmark: &Landmark,
        flats: (M, M),
        k: usize,
    ) -> Result<bool, Stop> {
        if k == landmark.basis.len() {
            return Ok(self.is_symmetry(landmark, flats));
        }
        for row in 0..self.products.rows() {
            for negated in self.possible(landmark, k, row) {
                if self.tries == 0 {
                    return Ok(false);
                }
                if self.choose(landmark, k, (row, negated))?
                    && self.extend(landmark, flats, k + 1)?
                {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// With which signs a hyperplane may be the image of the k-th of the basis, by its products with the images before. That of
    /// the first does not matter, as −1 is a symmetry.
    fn possible(
        &self,
        landmark: &Landmark,
        k: usize,
        row: usize,
    ) -> impl Iterator<Item = bool> + use<> {
        let (hash, sign) = landmark.expected[k];
        let view = &self.views[k];
        let fits = view.hashes[row] == hash && (view.signs[row] == 0) == (sign == 0);
        let signs: &[bool] = match sign {
            _ if !fits => &[],
            0 if k == 0 => &[false],
            0 => &[false, true],
            _ if view.signs[row] == sign => &[false],
            _ => &[true],
        };
        signs.iter().copied()
    }

    /// Takes an image for the k-th of the basis; whether all hyperplanes still look the same.
    fn choose(
        &mut self,
        landmark: &Landmark,
        k: usize,
        (row, negated): (usize, bool),
    ) -> Result<bool, Stop> {
        self.tries -= 1;
        if self.tries.is_multiple_of(512) {
            self.watch.check()?;
        }
        let (before, after) = self.views.split_at_mut(k + 1);
        after[0].copy(&before[k]);
        self.images[k] = (row as u32, negated);
        Ok(after[0].add(self.products.of(row), negated) == landmark.after[k])
    }

    /// Whether the images of the basis belong to a symmetry that carries one flat to the other, exactly: whether the images have
    /// the products with each other that the basis has, so that one linear map makes all of them; and whether every hyperplane
    /// has the products with the images that another has with the basis, and lies in its flat when that does.
    ///
    /// No two hyperplanes have the same products with a basis up to sign, so no two have the same original.
    fn is_symmetry<M: Mask>(&self, landmark: &Landmark, (from, to): (M, M)) -> bool {
        let products = self.products;
        // Whether two hyperplanes have the same products with the basis and its images, the latter with the other sign if
        // `flipped`.
        let same = |row: usize, image: usize, flipped: bool| {
            let mut pairs = landmark.basis.iter().zip(&self.images);
            pairs.all(|(&member, &(other, negated))| {
                let product = products.of(other as usize)[image];
                let product = if negated ^ flipped { -product } else { product };
                products.of(member as usize)[row] == product
            })
        };
        let mut pairs = landmark.basis.iter().zip(&self.images);
        if !pairs.all(|(&row, &(image, negated))| same(row as usize, image as usize, negated)) {
            return false;
        }
        let mut original = View::new(landmark.around.clone());
        for &row in &landmark.basis {
            original.add(products.of(row as usize), false);
        }
        let hashes = original.hashes.iter().enumerate();
        let by_hash: FxHashMap<u64, usize> = hashes.map(|(row, &hash)| (hash, row)).collect();
        let view = &self.views[landmark.basis.len()];
        (0..products.rows()).all(|image| {
            by_hash.get(&view.hashes[image]).is_some_and(|&row| {
                let flipped = original.signs[row] != view.signs[image];
                from.contains(row) == to.contains(image) && same(row, image, flipped)
            })
        })
    }
}

impl Products {
    /// How many symmetries there are, −1 among them; or fewer, if they are hard to find.
    ///
    /// Those that fix the first k of a basis map the next to so many hyperplanes: the product of these numbers, by orbits and
    /// stabilizers. Cost: at most m·r searches.
    pub(crate) fn symmetries(&self, watch: &Watch) -> Result<BigUint, Stop> {
        let all = <[u64; MOST_ROWS / 64]>::EMPTY;
        let around = self.around(all);
        let landmark = Landmark::new(self, around.clone(), self.basis().to_vec());
        let mut search = Search::new(self, MOST_TRIES_COUNTING, watch);
        search.views[0] = View::new(around);
        let mut order = BigUint::from(2u32);
        for k in 0..self.rank() {
            let mut images = 0u32;
            for row in 0..self.rows() {
                for negated in search.possible(&landmark, k, row) {
                    search.tries = search.most;
                    let found = search.choose(&landmark, k, (row, negated))?
                        && search.extend(&landmark, (all, all), k + 1)?;
                    images += u32::from(found);
                }
            }
            order *= images.max(1);
            search.tries = 1;
            search.choose(&landmark, k, (landmark.basis[k] as usize, false))?;
        }
        Ok(order)
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;

    use super::*;

    fn symmetries(rows: &[Vec<i64>], rank: usize) -> BigUint {
        let rows: Vec<Vec<BigInt>> = rows
            .iter()
            .map(|row| row.iter().map(|&x| x.into()).collect())
            .collect();
        let products = Products::new(&rows, rank, &Watch::none());
        let products = products.expect("no limit").expect("few rows");
        products.symmetries(&Watch::none()).expect("no limit")
    }

    /// All vectors with entries in `from..=to`.
    fn vectors(from: i64, to: i64, dimension: u32) -> Vec<Vec<i64>> {
        let values = to - from + 1;
        let entry = |vector: i64, k: u32| from + vector / values.pow(k) % values;
        (0..values.pow(dimension))
            .map(|vector| (0..dimension).map(|k| entry(vector, k)).collect())
            .collect()
    }

    #[test]
    fn groups_of_known_order() {
        let factorial = |n: u32| (1..=n).product::<u32>();
        for n in 2..=6u32 {
            // All signs of a coordinate but one, up to a common sign: all signed permutations.
            let mut threshold = vectors(0, 1, n);
            for row in &mut threshold {
                row.iter_mut().for_each(|x| *x = 2 * *x - 1);
            }
            threshold.retain(|row| row[0] == 1);
            if n > 3 {
                assert_eq!(
                    symmetries(&threshold, n as usize),
                    (factorial(n) << n).into()
                );
            }
            let mut resonance = vectors(0, 1, n);
            resonance.remove(0);
            assert_eq!(
                symmetries(&resonance, n as usize),
                (2 * factorial(n + 1)).into()
            );
            // x_i = x_j with x_n = 0: the permutations of n + 1 coordinates, and −1.
            let mut braid = Vec::new();
            for i in 0..n as usize {
                for j in i..n as usize {
                    let mut row = vec![0; n as usize];
                    (row[i], row[j]) = (1, if i == j { 1 } else { -1 });
                    braid.push(row);
                }
            }
            assert_eq!(
                symmetries(&braid, n as usize),
                (2 * factorial(n + 1)).into()
            );
        }
        // Nothing but ±1: the products with themselves are all different.
        let rows = [
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
            [1, 2, 4],
            [3, 1, -5],
            [2, -7, 1],
        ];
        assert_eq!(symmetries(&rows.map(Vec::from), 3), 2u32.into());
    }
}
