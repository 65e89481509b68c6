//! Fraction-free linear algebra: rank, kernel, independent rows and columns.
//!
//! Everything here is one elimination, Bareiss's in its Gauss–Jordan form (Bareiss, *Sylvester's identity and multistep
//! integer-preserving Gaussian elimination*, Math. Comp. 22, 1968): all entries stay minors of the input, every division is
//! exact, and at the end all pivots are equal.

use num_bigint::BigInt;

use super::ring::{Halt, Kernel, OrderedRing, Overflow, in_smallest_ring};
use crate::watch::{Pulse, Stop, Watch};

/// The reduced form of a matrix: `pivot` times a reduced row echelon form, with integer entries.
#[derive(Clone, Debug, PartialEq)]
pub struct Echelon<R> {
    /// The common value of all pivots; 1 if there are none.
    pub pivot: R,
    /// The non-zero rows; row `k` has `pivot` in column `pivot_columns[k]`, where all other rows have 0.
    pub rows: Vec<Vec<R>>,
    /// The pivot columns, ascending: the first columns that are independent of those before them.
    pub pivot_columns: Vec<usize>,
    /// For each echelon row, which input row it replaced.
    pub pivot_rows: Vec<usize>,
    /// The number of columns of the matrix.
    pub columns: usize,
}

impl<R: OrderedRing> Echelon<R> {
    /// Eliminates `rows`, all of which have `columns` entries.
    ///
    /// Of several rows that could serve as a pivot the first is taken, so `pivot_rows` depends on the input alone.
    fn new(rows: &[Vec<R>], columns: usize, pulse: &mut Pulse<'_>) -> Result<Self, Halt> {
        assert!(
            rows.iter().all(|row| row.len() == columns),
            "every row has {columns} entries"
        );
        let mut matrix = rows.to_vec();
        let mut origin: Vec<usize> = (0..matrix.len()).collect();
        let mut pivot = R::one();
        let mut pivot_columns = Vec::new();
        for column in 0..columns {
            let done = pivot_columns.len();
            let Some(found) = (done..matrix.len()).find(|&i| !matrix[i][column].is_zero()) else {
                continue;
            };
            // A rotation rather than a swap keeps the remaining rows in input order.
            matrix[done..=found].rotate_right(1);
            origin[done..=found].rotate_right(1);
            let lead = matrix[done].clone();
            for (i, row) in matrix.iter_mut().enumerate() {
                if i == done {
                    continue;
                }
                pulse.beat(3 * columns as u64 * pivot.work())?;
                let factor = row[column].clone();
                for (entry, above) in row.iter_mut().zip(&lead) {
                    *entry = lead[column]
                        .cross(entry, &factor, above)?
                        .exact_div(&pivot)?;
                }
            }
            pivot = lead[column].clone();
            pivot_columns.push(column);
        }
        matrix.truncate(pivot_columns.len());
        origin.truncate(pivot_columns.len());
        Ok(Self {
            pivot,
            rows: matrix,
            pivot_columns,
            pivot_rows: origin,
            columns,
        })
    }

    /// The rank.
    pub fn rank(&self) -> usize {
        self.pivot_columns.len()
    }

    /// A basis of `{x : A x = 0}`: one integer vector for each non-pivot column, in ascending order of those columns.
    ///
    /// # Errors
    /// [`Overflow`] if a negated entry does not fit the ring; big integers always do.
    pub fn kernel(&self) -> Result<Vec<Vec<R>>, Overflow> {
        let mut basis = Vec::with_capacity(self.columns - self.rank());
        let mut next_pivot = 0;
        for free in 0..self.columns {
            if self.pivot_columns.get(next_pivot) == Some(&free) {
                next_pivot += 1;
                continue;
            }
            let mut vector = vec![R::zero(); self.columns];
            vector[free] = self.pivot.clone();
            for (row, &column) in self.rows.iter().zip(&self.pivot_columns) {
                vector[column] = row[free].neg()?;
            }
            basis.push(vector);
        }
        Ok(basis)
    }
}

/// `row` divided by the greatest common divisor of its entries (by 1 if all are zero).
///
/// # Errors
/// [`Overflow`] if the greatest common divisor or a quotient does not fit the ring; big integers always do.
pub fn primitive<R: OrderedRing>(row: &[R]) -> Result<Vec<R>, Overflow> {
    let mut content = R::zero();
    for entry in row {
        content = content.gcd(entry)?;
        if content == R::one() {
            break;
        }
    }
    if content.is_zero() || content == R::one() {
        return Ok(row.to_vec());
    }
    row.iter().map(|entry| entry.exact_div(&content)).collect()
}

struct Summary<'a> {
    columns: usize,
    watch: &'a Watch,
}

impl Kernel for Summary<'_> {
    type Output = Result<Echelon<BigInt>, Stop>;
    fn run<R: OrderedRing>(&self, rows: &[Vec<R>]) -> Result<Self::Output, Overflow> {
        let echelon = match Echelon::new(rows, self.columns, &mut Pulse::new(self.watch)) {
            Ok(echelon) => echelon,
            Err(Halt::Overflow) => return Err(Overflow),
            Err(Halt::Stop(stop)) => return Ok(Err(stop)),
        };
        let widen = |row: &Vec<R>| row.iter().map(R::to_integer).collect();
        Ok(Ok(Echelon {
            pivot: echelon.pivot.to_integer(),
            rows: echelon.rows.iter().map(widen).collect(),
            pivot_columns: echelon.pivot_columns,
            pivot_rows: echelon.pivot_rows,
            columns: echelon.columns,
        }))
    }
}

/// The echelon form of integer rows with `columns` entries each, computed in the smallest ring that holds it.
///
/// Cost, for m rows, n columns and rank r: 2·m·n·r products and as many exact divisions, of minors of the input: by Hadamard of
/// at most r·(b + ½·log₂ r) bits for entries of b bits.
///
/// # Errors
/// The limit of `watch` that was met.
///
/// # Panics
/// If a row has not `columns` entries.
pub fn echelon(
    rows: &[Vec<BigInt>],
    columns: usize,
    watch: &Watch,
) -> Result<Echelon<BigInt>, Stop> {
    in_smallest_ring(&Summary { columns, watch }, rows)
}

/// The rank of integer rows with `columns` entries each.
///
/// Cost: that of [`echelon`].
///
/// # Errors
/// The limit of `watch` that was met.
///
/// # Panics
/// If a row has not `columns` entries.
pub fn rank(rows: &[Vec<BigInt>], columns: usize, watch: &Watch) -> Result<usize, Stop> {
    Ok(echelon(rows, columns, watch)?.rank())
}

/// A basis of the vectors orthogonal to all rows, each divided by its content; `columns − rank` of them.
///
/// Cost: that of [`echelon`].
///
/// # Errors
/// The limit of `watch` that was met.
///
/// # Panics
/// If a row has not `columns` entries.
pub fn kernel_basis(
    rows: &[Vec<BigInt>],
    columns: usize,
    watch: &Watch,
) -> Result<Vec<Vec<BigInt>>, Stop> {
    let kernel = echelon(rows, columns, watch)?.kernel();
    let basis = kernel.and_then(|basis| basis.iter().map(|vector| primitive(vector)).collect());
    Ok(basis.unwrap_or_else(|Overflow| unreachable!("big integers have no largest value")))
}

/// The indices, ascending, of the columns that are independent of the columns before them; `rank` of them.
///
/// Cost: that of [`echelon`].
///
/// # Errors
/// The limit of `watch` that was met.
///
/// # Panics
/// If a row has not `columns` entries.
pub fn independent_columns(
    rows: &[Vec<BigInt>],
    columns: usize,
    watch: &Watch,
) -> Result<Vec<usize>, Stop> {
    Ok(echelon(rows, columns, watch)?.pivot_columns)
}

/// The indices, ascending, of the rows that are independent of the rows before them; `rank` of them.
///
/// Cost: that of [`echelon`] of the transpose.
///
/// # Errors
/// The limit of `watch` that was met.
///
/// # Panics
/// If a row has not `columns` entries.
pub fn independent_rows(
    rows: &[Vec<BigInt>],
    columns: usize,
    watch: &Watch,
) -> Result<Vec<usize>, Stop> {
    assert!(
        rows.iter().all(|row| row.len() == columns),
        "every row has {columns} entries"
    );
    let transposed: Vec<Vec<BigInt>> = (0..columns)
        .map(|column| rows.iter().map(|row| row[column].clone()).collect())
        .collect();
    Ok(echelon(&transposed, rows.len(), watch)?.pivot_columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn big(rows: &[&[i64]]) -> Vec<Vec<BigInt>> {
        rows.iter()
            .map(|row| row.iter().map(|&x| BigInt::from(x)).collect())
            .collect()
    }

    #[test]
    fn rank_and_independent_sets() {
        let rows = big(&[&[0, 0, 0], &[1, 2, 3], &[2, 4, 6], &[0, 1, 1], &[1, 3, 4]]);
        assert_eq!(rank(&rows, 3, &Watch::none()), Ok(2));
        assert_eq!(independent_rows(&rows, 3, &Watch::none()), Ok(vec![1, 3]));
        assert_eq!(
            independent_columns(&rows, 3, &Watch::none()),
            Ok(vec![0, 1])
        );
        assert_eq!(
            independent_columns(&big(&[&[0, 0, 5]]), 3, &Watch::none()),
            Ok(vec![2])
        );
    }

    #[test]
    fn kernel_is_orthogonal_and_primitive() {
        let rows = big(&[&[6, 4, 2, 0], &[3, 2, 5, 7]]);
        let kernel = kernel_basis(&rows, 4, &Watch::none()).expect("no limit");
        assert_eq!(kernel.len(), 2);
        for (vector, row) in kernel.iter().flat_map(|v| rows.iter().map(move |r| (v, r))) {
            let product: BigInt = vector.iter().zip(row).map(|(x, y)| x * y).sum();
            assert!(product == BigInt::ZERO);
        }
        assert_eq!(kernel[0], big(&[&[-2, 3, 0, 0]])[0]);
        assert_eq!(
            kernel_basis(&[], 2, &Watch::none()),
            Ok(big(&[&[1, 0], &[0, 1]]))
        );
        assert_eq!(kernel_basis(&rows[..0], 0, &Watch::none()), Ok(Vec::new()));
    }

    #[test]
    fn large_entries_go_to_the_larger_ring() {
        let huge: BigInt = BigInt::from(1) << 200;
        let rows = vec![
            vec![huge.clone(), &huge + 1],
            vec![&huge - 1, huge.clone()],
            vec![&huge * 2, &huge * 2 + 2],
        ];
        assert_eq!(rank(&rows, 2, &Watch::none()), Ok(2));
        assert_eq!(independent_rows(&rows, 2, &Watch::none()), Ok(vec![0, 1]));
    }
}
