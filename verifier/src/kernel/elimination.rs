//! Gaussian elimination modulo one prime, without a division: what is multiplied instead is made good at the end.

use super::modulus::Modulus;

/// What is found of vectors g_1, …, g_k modulo one prime.
pub(crate) enum Modular {
    /// The minors of order k − 1 in the chosen coordinates, with signs that make them coefficients of a dependence.
    Coefficients,
    /// A minor of order k is not 0.
    Independent,
    /// In the chosen coordinates, or in any where there was a choice, a minor of the first of the first k − 1 vectors is 0.
    Vanishing,
}

/// A matrix with a column for each vector and a row for each coordinate, in place.
#[derive(Debug, Default)]
pub(crate) struct Elimination {
    width: usize,
    matrix: Vec<u64>,
    /// Which coordinate is in each row.
    pub(crate) order: Vec<usize>,
    /// By which each row was multiplied.
    scales: Vec<u64>,
    /// For each pivot the product of those before it.
    products: Vec<u64>,
    /// The coefficients, up to a common sign that is the same for every prime where the coordinates are.
    pub(crate) coefficients: Vec<u64>,
}

impl Elimination {
    /// Begins a matrix of so many columns, with an order of coordinates that may be changed if `chosen` is not set later.
    pub(crate) fn begin(&mut self, width: usize, coordinates: usize) {
        self.width = width;
        self.order.clear();
        self.order.extend(0..coordinates);
    }

    /// Eliminates in the matrix of these elements, given by coordinate and column. Where the coordinates are not `chosen` yet it chooses them.
    pub(crate) fn run(
        &mut self,
        modulus: Modulus,
        chosen: bool,
        entries: impl Fn(usize, &mut Vec<u64>),
    ) -> Modular {
        let width = self.width;
        self.matrix.clear();
        for &coordinate in &self.order {
            entries(coordinate, &mut self.matrix);
        }
        self.scales.clear();
        self.scales.resize(self.order.len(), modulus.one());
        for column in 0..width - 1 {
            let mut below = self.matrix.chunks_exact(width).skip(column);
            let leads = |row: &[u64]| row.get(column).is_some_and(|entry| *entry != 0);
            let pivot = match chosen {
                true => below.next().filter(|row| leads(row)).map(|_| 0),
                false => below.position(leads),
            };
            let Some(pivot) = pivot else {
                return Modular::Vanishing;
            };
            self.bring_up(column + pivot, column);
            self.clear_below(modulus, column);
        }
        let mut rest = self.matrix.chunks_exact(width).skip(width - 1);
        if rest.any(|row| row.last() != Some(&0)) {
            return Modular::Independent;
        }
        self.solve(modulus);
        Modular::Coefficients
    }

    /// Exchanges two rows, the second of which is not below the first.
    fn bring_up(&mut self, from: usize, to: usize) {
        if from == to {
            return;
        }
        let width = self.width;
        self.order.swap(from, to);
        self.scales.swap(from, to);
        if let Some((above, below)) = self.matrix.split_at_mut_checked(from * width)
            && let Some(above) = above.get_mut(to * width..(to + 1) * width)
            && let Some(below) = below.get_mut(..width)
        {
            above.swap_with_slice(below);
        }
    }

    /// Makes the column 0 below the row of its number.
    fn clear_below(&mut self, modulus: Modulus, column: usize) {
        let width = self.width;
        let Some((above, below)) = self.matrix.split_at_mut_checked((column + 1) * width) else {
            return; // There are more rows than that.
        };
        let row = above.get(column * width + column..).unwrap_or_default();
        let Some((&pivot, row)) = row.split_first() else {
            return;
        };
        let scales = self.scales.iter_mut().skip(column + 1);
        for (other, scale) in below.chunks_exact_mut(width).zip(scales) {
            let other = other.get_mut(column..).unwrap_or_default();
            let Some((leading, other)) = other.split_first_mut() else {
                continue;
            };
            if *leading == 0 {
                continue;
            }
            let factor = modulus.negative(*leading);
            *leading = 0;
            for (x, y) in other.iter_mut().zip(row) {
                *x = modulus.products(*x, pivot, *y, factor);
            }
            *scale = modulus.product(*scale, pivot);
        }
    }

    /// The coefficients from the triangle, that of the last vector first: it is the minor of the others.
    fn solve(&mut self, modulus: Modulus) {
        let (width, pivots) = (self.width, self.width - 1);
        let rows = || self.matrix.chunks_exact(width).take(pivots).enumerate();
        let pivot = |(column, row): (usize, &[u64])| row.get(column).copied().unwrap_or(0);
        // One inversion serves all.
        self.products.clear();
        let mut product = modulus.one();
        for row in rows() {
            self.products.push(product);
            product = modulus.product(product, pivot(row));
        }
        let scales = self.scales.iter().take(pivots);
        let scale = scales.fold(modulus.one(), |x, y| modulus.product(x, *y));
        let inverse = modulus.inverse(modulus.product(product, scale));
        let minor = modulus.product(modulus.product(product, product), inverse);
        // 1 over the product of this row's pivot and those above it.
        let mut inverse = modulus.product(inverse, scale);
        self.coefficients.clear();
        self.coefficients.resize(pivots, 0);
        self.coefficients.push(minor);
        for ((column, row), before) in rows().zip(&self.products).rev() {
            let known = self.coefficients.get(column + 1..).unwrap_or_default();
            let row = row.get(column..).unwrap_or_default();
            let Some((pivot, row)) = row.split_first() else {
                continue;
            };
            let pairs = row.iter().zip(known);
            let sum = pairs.fold(0, |sum, (x, y)| modulus.sum(sum, modulus.product(*x, *y)));
            let inverted = modulus.product(inverse, *before);
            inverse = modulus.product(inverse, *pivot);
            if let Some(place) = self.coefficients.get_mut(column) {
                *place = modulus.product(modulus.negative(sum), inverted);
            }
        }
    }
}
