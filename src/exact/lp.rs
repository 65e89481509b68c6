//! Exact strict feasibility with Farkas multipliers.
//!
//! Given oriented rows g₁ … g_k in Z^d, decides whether some x has ⟨g_i, x⟩ > 0 for all i. If not, Gordan's theorem gives
//! positive multipliers with Σ λ_i g_i = 0 on a minimal (hence at most rank + 1 element) subset of the rows.
//!
//! The method is a revised simplex method on {⟨g_i, x⟩ ≥ 1} with an objective of zero. Its state is a basis of d rows and the
//! adjugate of the matrix they form, updated by integer pivoting (Edmonds; Bareiss), so it is d² integers however many rows
//! there are, and the answer for a set of rows is a warm start for any larger set. The first pivots of a run follow a rule that
//! needs few, all others the least-index rule, with which the criss-cross method terminates from any basis (Terlaky, *A convergent
//! criss-cross method*, 1985).

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::Signed;

use super::gcd::gcd_all;
use super::ring::{Halt, OrderedRing, Overflow};
use crate::watch::{Pulse, Stop, Watch};

/// A row together with the side asked for: `(row, true)` demands ⟨a_row, x⟩ > 0, `(row, false)` demands ⟨a_row, x⟩ < 0.
pub type Decision = (usize, bool);

/// The answer of [`strict_feasibility`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StrictSolution {
    /// An integer point with a positive product with every row.
    Point(Vec<BigInt>),
    /// Pairs of a row and a positive multiplier, by ascending row, such that the multiples of the rows sum to zero. No
    /// proper subset of the rows has such multipliers, and the multipliers have no common factor.
    Farkas(Vec<(usize, BigInt)>),
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

/// Integer rows of equal length, kept in every machine ring that holds them all.
#[derive(Clone, Debug)]
pub struct RowTable {
    dimension: usize,
    count: usize,
    small: Option<Vec<i64>>,
    medium: Option<Vec<i128>>,
    large: Vec<BigInt>,
}

impl RowTable {
    /// The table of `rows`.
    ///
    /// # Panics
    /// If a row has not `dimension` entries.
    pub fn new(rows: &[Vec<BigInt>], dimension: usize) -> Self {
        assert!(
            rows.iter().all(|row| row.len() == dimension),
            "every row has {dimension} entries"
        );
        let large: Vec<BigInt> = rows.iter().flatten().cloned().collect();
        let small = large.iter().map(i64::from_integer).collect();
        let medium = large.iter().map(i128::from_integer).collect();
        Self {
            dimension,
            count: rows.len(),
            small: Result::ok(small),
            medium: Result::ok(medium),
            large,
        }
    }

    /// The number of entries of a row.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The entries of one row.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn row(&self, row: usize) -> &[BigInt] {
        &self.large[row * self.dimension..][..self.dimension]
    }

    /// The bit length of the longest entry in absolute value.
    pub fn bits(&self) -> u64 {
        self.large.iter().map(BigInt::bits).max().unwrap_or(0)
    }

    /// The rows as `i64`, one after another, if all entries fit.
    pub fn small(&self) -> Option<&[i64]> {
        self.small.as_deref()
    }

    /// The sign of ⟨a_row, point⟩.
    ///
    /// # Panics
    /// If there is no such row, or the point has another number of coordinates.
    pub fn side(&self, row: usize, point: &[BigInt]) -> Ordering {
        assert_eq!(
            point.len(),
            self.dimension,
            "a point has as many coordinates as a row entries"
        );
        let product: BigInt = self.row(row).iter().zip(point).map(|(a, x)| a * x).sum();
        product.cmp(&BigInt::ZERO)
    }
}

/// The answer of [`Simplex::solve`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Feasibility {
    /// There is a point; see [`Simplex::point`].
    Interior,
    /// There is none; see [`Simplex::multipliers`].
    Empty,
}

/// A warm-startable solver of strict feasibility; see the [module](self) for the method.
///
/// It runs in checked `i64` as long as that holds, then in `i128`, then in big integers, without starting again, and comes
/// back to a smaller ring at the next call if the numbers have become small.
#[derive(Debug)]
pub struct Simplex {
    state: Tier,
}

impl Clone for Simplex {
    fn clone(&self) -> Self {
        Self {
            state: self.state.clone(),
        }
    }

    fn clone_from(&mut self, source: &Self) {
        match (&mut self.state, &source.state) {
            (Tier::Small(to), Tier::Small(from)) => to.copy(from),
            (Tier::Medium(to), Tier::Medium(from)) => to.copy(from),
            (to, from) => *to = from.clone(),
        }
    }
}

#[derive(Clone, Debug)]
enum Tier {
    Small(Basis<i64>),
    Medium(Basis<i128>),
    Large(Basis<BigInt>),
}

impl Simplex {
    /// The solver with no rows decided; its point is zero.
    pub fn new(dimension: usize) -> Self {
        Self {
            state: Tier::Small(Basis::new(dimension)),
        }
    }

    /// Decides whether the `decided` rows of `table` have a common strictly feasible point.
    ///
    /// The decisions of the last call that answered [`Feasibility::Interior`] must be a prefix of those of this call. After
    /// an answer of [`Feasibility::Empty`] the solver must not be used again; callers keep a clone of the state before.
    ///
    /// Cost: that of a few pivots, see [`strict_feasibility`]; a row that the last point satisfies costs d products and no
    /// pivot.
    ///
    /// # Errors
    /// The limit of `watch` that was met, within a fraction of a pivot. The solver can go on with the same decisions later.
    ///
    /// # Panics
    /// If a decision is about a row that the table has not; decisions that break these rules, or a table of another dimension,
    /// may panic or give meaningless answers.
    pub fn solve(
        &mut self,
        table: &RowTable,
        decided: &[Decision],
        watch: &Watch,
    ) -> Result<Feasibility, Stop> {
        self.lower(table);
        let pulse = &mut Pulse::new(watch);
        loop {
            let outcome = match &mut self.state {
                Tier::Small(basis) => match &table.small {
                    Some(rows) => basis.run(rows, decided, pulse),
                    None => Err(Halt::Overflow),
                },
                Tier::Medium(basis) => match &table.medium {
                    Some(rows) => basis.run(rows, decided, pulse),
                    None => Err(Halt::Overflow),
                },
                Tier::Large(basis) => basis.run(&table.large, decided, pulse),
            };
            match outcome {
                Ok(answer) => return Ok(answer),
                Err(Halt::Overflow) => self.raise(),
                Err(Halt::Stop(stop)) => return Err(stop),
            }
        }
    }

    /// The proof of the last answer of [`Feasibility::Empty`], for the same table and decisions: pairs of a *row* (not a
    /// position) and a positive multiplier, by ascending row. The multiples of the rows, oriented as decided, sum to zero;
    /// the rows are a circuit and the multipliers have no common factor. Empty if the last answer was not `Empty`.
    pub fn multipliers(&self, table: &RowTable, decided: &[Decision]) -> Vec<(usize, BigInt)> {
        match &self.state {
            Tier::Small(basis) => basis.multipliers(table, decided),
            Tier::Medium(basis) => basis.multipliers(table, decided),
            Tier::Large(basis) => basis.multipliers(table, decided),
        }
    }

    /// The interior point found last, with its entries divided by their greatest common divisor.
    pub fn point(&self) -> Vec<BigInt> {
        let point: Vec<BigInt> = match &self.state {
            Tier::Small(basis) => basis.point.iter().map(i64::to_integer).collect(),
            Tier::Medium(basis) => basis.point.iter().map(i128::to_integer).collect(),
            Tier::Large(basis) => basis.point.clone(),
        };
        divide_by_content(point)
    }

    /// The sign of ⟨a_row, x⟩ for the interior point x found last.
    pub fn side(&self, table: &RowTable, row: usize) -> Ordering {
        let range = row * table.dimension..(row + 1) * table.dimension;
        let quick = match (&self.state, &table.small, &table.medium) {
            (Tier::Small(basis), Some(rows), _) => {
                i64::dot(&rows[range], &basis.point).map(|v| v.cmp(&0))
            }
            (Tier::Medium(basis), _, Some(rows)) => {
                i128::dot(&rows[range], &basis.point).map(|v| v.cmp(&0))
            }
            _ => Err(Overflow),
        };
        quick.unwrap_or_else(|Overflow| table.side(row, &self.point()))
    }

    fn raise(&mut self) {
        self.state = match &self.state {
            Tier::Small(basis) => match basis.convert() {
                Ok(basis) => Tier::Medium(basis),
                Err(Overflow) => unreachable!("every i64 is an i128"),
            },
            Tier::Medium(basis) => match basis.convert() {
                Ok(basis) => Tier::Large(basis),
                Err(Overflow) => unreachable!("every i128 is an integer"),
            },
            Tier::Large(_) => unreachable!("big integers have no largest value"),
        };
    }

    fn lower(&mut self, table: &RowTable) {
        if let (Tier::Large(basis), true) = (&self.state, table.medium.is_some())
            && let Ok(basis) = basis.convert()
        {
            self.state = Tier::Medium(basis);
        }
        if let (Tier::Medium(basis), true) = (&self.state, table.small.is_some())
            && let Ok(basis) = basis.convert()
        {
            self.state = Tier::Small(basis);
        }
    }
}

/// A basis of Q^d: rows of the system held at ⟨g, x⟩ = 1, and coordinates not yet replaced, held at 0.
#[derive(Clone, Debug)]
struct Basis<R> {
    /// The determinant of the basis up to sign; positive.
    determinant: R,
    /// The columns of the adjugate, one after another: `determinant` times the inverse of the basis.
    columns: Vec<R>,
    /// For each column, the position among the decisions of the row it belongs to; `None` for a coordinate.
    members: Vec<Option<usize>>,
    /// `determinant` times the point where all members hold with equality.
    point: Vec<R>,
    /// The position of a row that no point satisfies together with the members, once found.
    refuted: Option<usize>,
    /// Working memory: a row in terms of the members, and the columns of the next basis.
    coefficients: Vec<R>,
    spare: Vec<R>,
}

/// A ring with the inner loops of the method.
trait LpRing: OrderedRing {
    /// The sign of an inner product.
    fn dot_sign(left: &[Self], right: &[Self]) -> Result<Ordering, Overflow> {
        Self::dot(left, right).map(|product| product.sign())
    }

    /// `(p·x − q·y) / divisor`, which is exact.
    fn exchange(p: &Self, x: &Self, q: &Self, y: &Self, divisor: &Self) -> Result<Self, Overflow> {
        p.cross(x, q, y)?.exact_div(divisor)
    }
}

impl LpRing for i64 {
    #[inline]
    fn dot_sign(left: &[Self], right: &[Self]) -> Result<Ordering, Overflow> {
        let mut sum = 0i128;
        for (&x, &y) in left.iter().zip(right) {
            sum = sum
                .checked_add(i128::from(x) * i128::from(y))
                .ok_or(Overflow)?;
        }
        Ok(sum.cmp(&0))
    }

    #[inline]
    fn exchange(p: &Self, x: &Self, q: &Self, y: &Self, divisor: &Self) -> Result<Self, Overflow> {
        // Only what is left after the division has to fit.
        if let (Some(left), Some(right)) = (p.checked_mul(*x), q.checked_mul(*y))
            && let Some(difference) = left.checked_sub(right)
        {
            return Ok(difference / divisor);
        }
        let wide = |x: &Self, y: &Self| i128::from(*x) * i128::from(*y);
        let difference = wide(p, x).checked_sub(wide(q, y)).ok_or(Overflow)?;
        i64::try_from(difference / i128::from(*divisor)).map_err(|_| Overflow)
    }
}

impl LpRing for i128 {}

impl LpRing for BigInt {}

impl<R: LpRing> Basis<R> {
    fn new(dimension: usize) -> Self {
        let mut columns = vec![R::zero(); dimension * dimension];
        for i in 0..dimension {
            columns[i * dimension + i] = R::one();
        }
        Self {
            determinant: R::one(),
            columns,
            members: vec![None; dimension],
            point: vec![R::zero(); dimension],
            refuted: None,
            coefficients: Vec::new(),
            spare: Vec::new(),
        }
    }

    fn convert<S: LpRing>(&self) -> Result<Basis<S>, Overflow> {
        let convert = |value: &R| S::from_integer(&value.to_integer());
        Ok(Basis {
            determinant: convert(&self.determinant)?,
            columns: self.columns.iter().map(convert).collect::<Result<_, _>>()?,
            members: self.members.clone(),
            point: self.point.iter().map(convert).collect::<Result<_, _>>()?,
            refuted: self.refuted,
            coefficients: Vec::new(),
            spare: Vec::new(),
        })
    }

    /// Takes over another state, but not its working memory.
    fn copy(&mut self, from: &Self) {
        self.determinant = from.determinant.clone();
        self.columns.clone_from(&from.columns);
        self.members.clone_from(&from.members);
        self.point.clone_from(&from.point);
        self.refuted = from.refuted;
    }

    /// Pivots until the point is strictly inside, or a row shows that there is none. On overflow the state is still valid.
    fn run(
        &mut self,
        rows: &[R],
        decided: &[Decision],
        pulse: &mut Pulse<'_>,
    ) -> Result<Feasibility, Halt> {
        let dimension = self.members.len();
        let row_of = |position: usize| &rows[decided[position].0 * dimension..][..dimension];
        self.coefficients.resize(dimension, R::zero());
        self.spare.resize(dimension * dimension, R::zero());
        let mut quick_pivots = 20 * (dimension + 4);
        loop {
            let line = dimension as u64 * self.determinant.work();
            let Some(violated) = self.violated(rows, decided)? else {
                return Ok(Feasibility::Interior);
            };
            pulse.beat(line * (decided.len() - violated) as u64)?;
            let by_index = quick_pivots == 0;
            quick_pivots = quick_pivots.saturating_sub(1);
            let leaving = if by_index {
                self.first_short(rows, decided)?.unwrap_or(violated)
            } else {
                violated
            };
            let plus = decided[leaving].1;
            for (column, value) in self.coefficients.iter_mut().enumerate() {
                pulse.beat(line)?;
                let product = R::dot(
                    row_of(leaving),
                    &self.columns[column * dimension..][..dimension],
                )?;
                *value = if plus { product } else { product.neg()? };
            }
            match self.entering(by_index)? {
                Some(column) => self.pivot(column, leaving, pulse)?,
                None => {
                    self.refuted = Some(leaving);
                    return Ok(Feasibility::Empty);
                }
            }
        }
    }

    /// The last row without a positive product with the point. It is the last row of all that a warm start has to repair.
    fn violated(&self, rows: &[R], decided: &[Decision]) -> Result<Option<usize>, Overflow> {
        let dimension = self.members.len();
        for (position, &(row, plus)) in decided.iter().enumerate().rev() {
            let sign = R::dot_sign(&rows[row * dimension..][..dimension], &self.point)?;
            let wanted = if plus {
                Ordering::Greater
            } else {
                Ordering::Less
            };
            if sign != wanted {
                return Ok(Some(position));
            }
        }
        Ok(None)
    }

    /// The first row with ⟨g, x⟩ < 1.
    fn first_short(&self, rows: &[R], decided: &[Decision]) -> Result<Option<usize>, Overflow> {
        let dimension = self.members.len();
        for (position, &(row, plus)) in decided.iter().enumerate() {
            let product = R::dot(&rows[row * dimension..][..dimension], &self.point)?;
            let product = if plus { product } else { product.neg()? };
            if product.sub(&self.determinant)?.sign() == Ordering::Less {
                return Ok(Some(position));
            }
        }
        Ok(None)
    }

    /// The column to exchange: a coordinate if possible, otherwise a member with positive coefficient, of least position or of
    /// largest coefficient.
    fn entering(&self, by_index: bool) -> Result<Option<usize>, Overflow> {
        let mut best: Option<usize> = None;
        for (column, coefficient) in self.coefficients.iter().enumerate() {
            let sign = coefficient.sign();
            if self.members[column].is_none() && sign != Ordering::Equal {
                return Ok(Some(column));
            }
            if sign != Ordering::Greater {
                continue;
            }
            let better = match best {
                None => true,
                Some(best) if by_index => self.members[column] < self.members[best],
                Some(best) => {
                    coefficient.sub(&self.coefficients[best])?.sign() == Ordering::Greater
                }
            };
            if better {
                best = Some(column);
            }
        }
        Ok(best)
    }

    fn pivot(&mut self, column: usize, position: usize, pulse: &mut Pulse<'_>) -> Result<(), Halt> {
        let dimension = self.members.len();
        let line = 3 * dimension as u64 * self.determinant.work();
        let pivot = &self.coefficients[column];
        // Only coordinates are exchanged on a negative coefficient; the adjugate then changes sign with the determinant.
        let negative = pivot.sign() == Ordering::Less;
        let kept = &self.columns[column * dimension..][..dimension];
        for (j, factor) in self.coefficients.iter().enumerate() {
            pulse.beat(line)?;
            let target = &mut self.spare[j * dimension..][..dimension];
            let source = &self.columns[j * dimension..][..dimension];
            for ((new, old), kept) in target.iter_mut().zip(source).zip(kept) {
                let value = if j == column {
                    kept.clone()
                } else {
                    R::exchange(pivot, old, factor, kept, &self.determinant)?
                };
                *new = if negative { value.neg()? } else { value };
            }
        }
        let determinant = if negative {
            pivot.neg()?
        } else {
            pivot.clone()
        };
        let mut point = vec![R::zero(); dimension];
        for (j, member) in self.members.iter().enumerate() {
            if j == column || member.is_some() {
                for (sum, value) in point
                    .iter_mut()
                    .zip(&self.spare[j * dimension..][..dimension])
                {
                    *sum = sum.add(value)?;
                }
            }
        }
        std::mem::swap(&mut self.columns, &mut self.spare);
        self.point = point;
        self.determinant = determinant;
        self.members[column] = Some(position);
        Ok(())
    }

    /// The refuted row times the determinant is a combination of members with no positive coefficient: its multipliers.
    fn multipliers(&self, table: &RowTable, decided: &[Decision]) -> Vec<(usize, BigInt)> {
        let Some(refuted) = self.refuted else {
            return Vec::new();
        };
        let (row, plus) = decided[refuted];
        let mut multipliers = vec![(row, self.determinant.to_integer())];
        for (column, member) in self.members.iter().enumerate() {
            let Some(member) = member else { continue };
            let entries = &self.columns[column * table.dimension..][..table.dimension];
            let entries = entries.iter().map(R::to_integer);
            let product: BigInt = table.row(row).iter().zip(entries).map(|(a, x)| a * x).sum();
            if product != BigInt::ZERO {
                multipliers.push((decided[*member].0, if plus { -product } else { product }));
            }
        }
        let content = gcd_all(multipliers.iter().map(|(_, multiplier)| multiplier));
        for (_, multiplier) in &mut multipliers {
            *multiplier /= &content;
        }
        multipliers.sort_unstable_by_key(|&(row, _)| row);
        multipliers
    }
}

fn divide_by_content(mut point: Vec<BigInt>) -> Vec<BigInt> {
    let content = gcd_all(&point);
    if content > BigInt::one() {
        for entry in &mut point {
            *entry /= &content;
        }
    }
    point
}

/// A smaller integer point on the same side of the given rows of `table`.
///
/// The point is divided by its content and then by the largest power of two for which rounding to the nearest integers leaves
/// the sign of every product as it is. Rows on which the point is zero must stay at zero.
///
/// Cost: at most as many rounds as the point has bits, each at most one product with every row; in machine integers where rows
/// and point allow.
pub fn shrink(
    point: &[BigInt],
    table: &RowTable,
    rows: impl IntoIterator<Item = usize>,
) -> Vec<BigInt> {
    let point = divide_by_content(point.to_vec());
    let rows: Vec<usize> = rows.into_iter().collect();
    let small: Result<Vec<i64>, Overflow> = point.iter().map(i64::from_integer).collect();
    if let (Some(table), Ok(small)) = (&table.small, small)
        && let Ok(shrunk) = shrink_small(&small, table, &rows)
    {
        return divide_by_content(shrunk.into_iter().map(BigInt::from).collect());
    }
    let bits = point.iter().map(BigInt::bits).max().unwrap_or(0);
    let mut sides: Vec<(usize, Ordering)> = rows
        .iter()
        .map(|&row| (row, table.side(row, &point)))
        .collect();
    if let Some(small) = &table.small
        && bits > 62
    {
        // A long point hardly ever needs more than its leading bits; if these do, the rest is for machine integers.
        let leading: Vec<BigInt> = point
            .iter()
            .map(|entry| rounded(entry, bits - 62))
            .collect();
        let words: Result<Vec<i64>, Overflow> = leading.iter().map(i64::from_integer).collect();
        if sides
            .iter()
            .all(|&(row, side)| table.side(row, &leading) == side)
            && let Ok(shrunk) = words.and_then(|words| shrink_small(&words, small, &rows))
        {
            return divide_by_content(shrunk.into_iter().map(BigInt::from).collect());
        }
    }
    for shift in (1..bits).rev() {
        let rounded: Vec<BigInt> = point.iter().map(|entry| rounded(entry, shift)).collect();
        // The row that refuted one candidate is the likeliest to refute the next.
        match sides
            .iter()
            .position(|&(row, side)| table.side(row, &rounded) != side)
        {
            None => return divide_by_content(rounded),
            Some(refuting) => sides.swap(0, refuting),
        }
    }
    point
}

/// The integer nearest to `value` / 2^`shift`; of two, the one further from 0. `shift` is positive.
fn rounded(value: &BigInt, shift: u64) -> BigInt {
    let magnitude = (value.abs() + (BigInt::one() << (shift - 1))) >> shift;
    if value.is_negative() {
        -magnitude
    } else {
        magnitude
    }
}

/// As [`shrink`], on machine integers; the content is left in.
fn shrink_small(point: &[i64], table: &[i64], rows: &[usize]) -> Result<Vec<i64>, Overflow> {
    let dimension = point.len();
    let side =
        |row: usize, point: &[i64]| i64::dot_sign(&table[row * dimension..][..dimension], point);
    let bits = point
        .iter()
        .map(|entry| 64 - entry.unsigned_abs().leading_zeros())
        .max()
        .unwrap_or(0);
    let mut sides = rows
        .iter()
        .map(|&row| Ok((row, side(row, point)?)))
        .collect::<Result<Vec<(usize, Ordering)>, Overflow>>()?;
    let mut rounded = point.to_vec();
    'shifts: for shift in (1..bits).rev() {
        for (rounded, &entry) in rounded.iter_mut().zip(point) {
            let magnitude = (u128::from(entry.unsigned_abs()) + (1 << (shift - 1))) >> shift;
            let magnitude = i64::try_from(magnitude).map_err(|_| Overflow)?;
            *rounded = if entry < 0 { -magnitude } else { magnitude };
        }
        for index in 0..sides.len() {
            let (row, wanted) = sides[index];
            if side(row, &rounded)? != wanted {
                sides.swap(0, index);
                continue 'shifts;
            }
        }
        return Ok(rounded);
    }
    Ok(point.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

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
                let rank = super::super::linear::rank(rows, dimension, &Watch::none());
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
                        value %= BigInt::one() << bits;
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
