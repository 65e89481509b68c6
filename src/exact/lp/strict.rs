//! Systems decided once, with a point or multipliers.

use num_bigint::BigInt;

use super::basis::{Decision, Feasibility};
use super::shrink::shrink;
use super::simplex::Simplex;
use super::table::RowTable;
use crate::watch::{Stop, Watch};

/// The answer of [`strict_feasibility`], and over other numbers of elimination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StrictSolution<S = BigInt> {
    /// A point with a positive product with every row.
    Point(Vec<S>),
    /// Pairs of a row and a positive multiplier, by ascending row, such that the multiples of the rows sum to zero. No
    /// proper subset of the rows has such multipliers, and integers have no common factor.
    Farkas(Vec<(usize, S)>),
}

/// Decides whether some x in Z^`dimension` has ⟨g, x⟩ > 0 for all `rows` g, and proves it either way.
///
/// Rows have `dimension` entries. Without rows the answer is the point zero; a zero row alone is a Farkas proof. Points are
/// made small by [`shrink`].
///
/// Cost, for k rows in dimension d: a pivot is O(k·d + d²) products of minors; for their number no polynomial bound is known.
/// Memory: d² integers beside the rows.
///
/// # Errors
/// The limit of `watch` that was met.
///
/// ```
/// use num_bigint::BigInt;
/// use relucert::exact::lp::{StrictSolution, strict_feasibility};
/// use relucert::watch::Watch;
///
/// let row = |x: i64, y: i64| vec![BigInt::from(x), BigInt::from(y)];
/// let rows = [row(1, 2), row(0, 1), row(-1, -4)];
/// let StrictSolution::Farkas(proof) = strict_feasibility(&rows, 2, &Watch::none())? else { panic!() };
/// assert_eq!(proof, [(0, 1.into()), (1, 2.into()), (2, 1.into())]);
/// # Ok::<(), relucert::watch::Stop>(())
/// ```
///
/// # Panics
/// If a row has not `dimension` entries.
pub fn strict_feasibility(
    rows: &[Vec<BigInt>],
    dimension: usize,
    watch: &Watch,
) -> Result<StrictSolution, Stop> {
    let table = RowTable::new(rows, dimension);
    let decided: Vec<Decision> = (0..rows.len()).map(|row| (row, true)).collect();
    let mut simplex = Simplex::new(dimension);
    Ok(match simplex.solve(&table, &decided, watch)? {
        Feasibility::Interior => {
            StrictSolution::Point(shrink(&simplex.point(), &table, 0..rows.len()))
        }
        Feasibility::Empty => StrictSolution::Farkas(simplex.multipliers(&table, &decided)),
    })
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use num_traits::Signed as _;

    use super::*;
    use crate::exact::linear;

    fn big(rows: &[Vec<i64>]) -> Vec<Vec<BigInt>> {
        rows.iter()
            .map(|row| row.iter().map(|&x| BigInt::from(x)).collect())
            .collect()
    }

    fn solved(rows: &[Vec<BigInt>], dimension: usize) -> StrictSolution {
        strict_feasibility(rows, dimension, &Watch::none()).expect("no limit")
    }

    fn check(rows: &[Vec<BigInt>], dimension: usize) -> bool {
        match solved(rows, dimension) {
            StrictSolution::Point(point) => {
                assert_eq!(point.len(), dimension);
                let table = RowTable::new(rows, dimension);
                assert!((0..rows.len()).all(|row| table.side(row, &point) == Ordering::Greater));
                true
            }
            StrictSolution::Farkas(multipliers) => {
                assert!(!multipliers.is_empty());
                let rank = linear::rank(rows, dimension, &Watch::none());
                assert!(multipliers.len() <= rank.expect("no limit") + 1);
                assert!(
                    multipliers
                        .iter()
                        .all(|(_, multiplier)| multiplier.is_positive())
                );
                assert!(multipliers.windows(2).all(|pair| pair[0].0 < pair[1].0));
                let mut sum = vec![BigInt::ZERO; dimension];
                for (row, by) in &multipliers {
                    for (sum, entry) in sum.iter_mut().zip(&rows[*row]) {
                        *sum += entry * by;
                    }
                }
                assert_eq!(sum, vec![BigInt::ZERO; dimension]);
                false
            }
        }
    }

    #[test]
    fn degenerate_systems() {
        assert_eq!(solved(&[], 3), StrictSolution::Point(vec![BigInt::ZERO; 3]));
        assert_eq!(solved(&[], 0), StrictSolution::Point(vec![]));
        let zero_row = big(&[vec![1, 0], vec![0, 0], vec![0, 1]]);
        assert_eq!(
            solved(&zero_row, 2),
            StrictSolution::Farkas(vec![(1, 1.into())])
        );
        assert_eq!(
            solved(&[vec![]], 0),
            StrictSolution::Farkas(vec![(0, 1.into())])
        );
        assert!(check(&big(&[vec![2, 0], vec![3, 0]]), 2));
        assert!(!check(&big(&[vec![2, 0], vec![-3, 0]]), 2));
        assert!(!check(&big(&[vec![-1], vec![2], vec![1]]), 1));
    }

    #[test]
    fn points_and_proofs_hold_for_random_systems() {
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = move || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        };
        let (mut feasible, mut empty) = (0, 0);
        for round in 0..600 {
            let dimension = 1 + (next() % 5) as usize;
            let count = (next() % 12) as usize;
            let bits = [2, 5, 31, 53, 300][round % 5];
            let rows: Vec<Vec<BigInt>> = (0..count)
                .map(|_| {
                    let mut entry = || {
                        let mut value = BigInt::from(next());
                        for _ in 0..bits / 64 {
                            value = (value << 64) + next();
                        }
                        value %= BigInt::from(1) << bits;
                        if next() & 1 == 0 { value } else { -value }
                    };
                    (0..dimension).map(|_| entry()).collect()
                })
                .collect();
            if check(&rows, dimension) {
                feasible += 1
            } else {
                empty += 1
            }
        }
        assert!(feasible > 50 && empty > 50, "{feasible} {empty}");
    }
}
