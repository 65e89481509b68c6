//! Whether oriented rows depend on each other in one way only, with positive multipliers: a circuit that excludes the sides asked for.
//!
//! The multipliers are not needed, only their signs. Small integers are eliminated by Bareiss's method in `i64` with products in `i128`; long ones are
//! enclosed in fixed point, which tells unless a multiplier is almost 0; what is left is eliminated in big integers.

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use super::enclosure::{Enclosure, rounded};
use super::gcd::gcd_all;
use super::lp::{Decision, RowTable};

/// The rows of a table in fixed point, where they do not fit machine integers.
#[derive(Clone, Debug)]
pub struct Rounded {
    /// At least the rank of the rows.
    rank: usize,
    rows: Vec<Vec<i64>>,
}

impl Rounded {
    /// Of all rows.
    pub fn new(table: &RowTable) -> Self {
        // Columns of zeros say nothing of dependences.
        let columns: Vec<usize> = (0..table.dimension())
            .filter(|k| (0..table.len()).any(|row| !table.row(row)[*k].is_zero()))
            .collect();
        let is_small = table.small().is_some() && table.bits() <= 30 && columns.len() < 10;
        let rows = (0..table.len()).map(|row| table.row(row));
        Rounded {
            rank: columns.len(),
            rows: match is_small {
                true => Vec::new(),
                false => rounded(rows, &columns),
            },
        }
    }
}

/// Decides dependences, with memory that is kept from one to the next.
#[derive(Debug)]
pub struct Elimination<'a> {
    table: &'a RowTable,
    rounded: &'a Rounded,
    small: Vec<i64>,
    multipliers: Vec<i128>,
    enclosure: Enclosure,
}

impl<'a> Elimination<'a> {
    /// Of rows of the table, which `rounded` was made of.
    pub fn new(table: &'a RowTable, rounded: &'a Rounded) -> Self {
        Elimination {
            table,
            rounded,
            small: Vec::new(),
            multipliers: Vec::new(),
            enclosure: Enclosure::default(),
        }
    }

    /// Whether Σ μ_i ε_i g_i = 0 has, up to a factor, exactly one solution, and that with all μ_i > 0; g_i is a row of the table, ε_i = ±1 its side.
    ///
    /// Then no x has ε_i⟨g_i, x⟩ > 0 for all i, and no proper subset of the members shows that. Cost: about k²·d/3 products for k members in dimension d.
    ///
    /// # Panics
    /// If a member is not a row of the table.
    pub fn is_positive_circuit(&mut self, members: &[Decision]) -> bool {
        let table = self.table;
        if members.is_empty() || members.len() > table.dimension() + 1 {
            return false;
        }
        if members.len() == self.rounded.rank + 1
            && !self.rounded.rows.is_empty()
            && let Some(answer) = self.enclosure.is_positive(&self.rounded.rows, members)
        {
            return answer;
        }
        if let Some(rows) = table.small()
            && let Some(answer) = self.machine(rows, table.dimension(), members)
        {
            return answer;
        }
        large(table, members).is_some()
    }

    /// The answer in machine integers; none if they do not suffice.
    fn machine(&mut self, rows: &[i64], dimension: usize, members: &[Decision]) -> Option<bool> {
        let count = members.len();
        let matrix = &mut self.small;
        matrix.clear();
        // A column a member, a row a coordinate.
        for coordinate in 0..dimension {
            for &(row, plus) in members {
                let entry = rows[row * dimension + coordinate];
                matrix.push(if plus { entry } else { entry.checked_neg()? });
            }
        }
        let mut previous = 1i64;
        for k in 0..count - 1 {
            let division = ExactDivision::by(previous);
            let Some(found) = (k..dimension).find(|i| matrix[i * count + k] != 0) else {
                // The first members depend on each other already.
                return Some(false);
            };
            if found != k {
                for j in k..count {
                    matrix.swap(k * count + j, found * count + j);
                }
            }
            let pivot = matrix[k * count + k];
            let (above, below) = matrix.split_at_mut((k + 1) * count);
            let lead = &above[k * count..];
            for row in below.chunks_exact_mut(count) {
                let factor = row[k];
                for j in k + 1..count {
                    let cross = i128::from(pivot) * i128::from(row[j])
                        - i128::from(factor) * i128::from(lead[j]);
                    row[j] = division.of(cross)?;
                }
                row[k] = 0;
            }
            previous = pivot;
        }
        // The last column must be a combination of the others.
        let last = count - 1;
        if (last..dimension).any(|i| matrix[i * count + last] != 0) {
            return Some(false);
        }
        // With the last multiplier the last pivot, all are minors.
        self.multipliers.clear();
        self.multipliers.resize(count, 0);
        self.multipliers[last] = i128::from(previous);
        for k in (0..last).rev() {
            let mut sum = 0i128;
            for j in k + 1..count {
                let product = i128::from(matrix[k * count + j]).checked_mul(self.multipliers[j])?;
                sum = sum.checked_add(product)?;
            }
            let pivot = matrix[k * count + k];
            // Long divisions are slow.
            self.multipliers[k] = match i64::try_from(sum) {
                Ok(sum) if pivot != -1 => -i128::from(sum / pivot),
                _ => -(sum / i128::from(pivot)),
            };
        }
        let positive = previous > 0;
        Some(
            self.multipliers
                .iter()
                .all(|x| *x != 0 && (*x > 0) == positive),
        )
    }
}

/// Division by a number that divides what is divided: a product with its inverse modulo 2^64, in a fraction of the time.
struct ExactDivision {
    divisor: i64,
    /// The divisor is odd but for so many factors 2.
    twos: u32,
    /// What the rest of it is inverse to, modulo 2^64.
    inverse: u64,
}

impl ExactDivision {
    /// # Panics
    /// If the divisor is 0, in debug builds.
    fn by(divisor: i64) -> Self {
        let twos = divisor.trailing_zeros();
        let odd = divisor.wrapping_shr(twos) as u64;
        // Right modulo 8, then in twice as many bits each time.
        let mut inverse = odd;
        for _ in 0..5 {
            inverse = inverse.wrapping_mul(2u64.wrapping_sub(odd.wrapping_mul(inverse)));
        }
        debug_assert!(divisor != 0);
        ExactDivision {
            divisor,
            twos,
            inverse,
        }
    }

    /// The quotient, if there is no rest and it fits.
    fn of(&self, multiple: i128) -> Option<i64> {
        let low = (multiple >> self.twos) as u64;
        let quotient = low.wrapping_mul(self.inverse) as i64;
        (i128::from(quotient) * i128::from(self.divisor) == multiple).then_some(quotient)
    }
}

/// The multipliers of members that are a [positive circuit](Elimination::is_positive_circuit), without common factor, each with its row and in the
/// members' order; none if they are not.
///
/// Cost: k²·d products of minors.
///
/// # Panics
/// If a member is not a row of the table.
pub fn circuit_multipliers(table: &RowTable, members: &[Decision]) -> Option<Vec<(usize, BigInt)>> {
    if members.is_empty() || members.len() > table.dimension() + 1 {
        return None;
    }
    let multipliers = large(table, members)?;
    let content = gcd_all(&multipliers);
    let rows = members.iter().map(|(row, _)| *row);
    Some(
        rows.zip(multipliers.iter().map(|x| x.abs() / &content))
            .collect(),
    )
}

/// The multipliers in big integers, all of one sign; none if there are none, or others.
fn large(table: &RowTable, members: &[Decision]) -> Option<Vec<BigInt>> {
    let (dimension, count) = (table.dimension(), members.len());
    let mut matrix: Vec<Vec<BigInt>> = (0..dimension)
        .map(|coordinate| {
            let entry = |&(row, plus): &Decision| {
                let entry = &table.row(row)[coordinate];
                if plus { entry.clone() } else { -entry }
            };
            members.iter().map(entry).collect()
        })
        .collect();
    let mut previous = BigInt::from(1);
    for k in 0..count - 1 {
        let found = (k..dimension).find(|i| !matrix[*i][k].is_zero())?;
        matrix.swap(k, found);
        let (above, below) = matrix.split_at_mut(k + 1);
        let lead = &above[k];
        for row in below {
            let factor = std::mem::take(&mut row[k]);
            for (entry, lead_entry) in row[k + 1..].iter_mut().zip(&lead[k + 1..]) {
                *entry *= &lead[k];
                if !factor.is_zero() {
                    *entry -= &factor * lead_entry;
                }
                if k > 0 {
                    *entry /= &previous;
                }
            }
        }
        previous = matrix[k][k].clone();
    }
    let last = count - 1;
    if matrix[last.min(dimension)..]
        .iter()
        .any(|row| !row[last].is_zero())
    {
        return None;
    }
    let mut multipliers = vec![BigInt::ZERO; count];
    multipliers[last] = previous;
    for k in (0..last).rev() {
        let later = matrix[k][k + 1..].iter().zip(&multipliers[k + 1..]);
        let sum: BigInt = later.map(|(x, y)| x * y).sum();
        multipliers[k] = -(sum / &matrix[k][k]);
    }
    let positive = multipliers[last].is_positive();
    let agrees = |x: &BigInt| !x.is_zero() && x.is_positive() == positive;
    multipliers.iter().all(agrees).then_some(multipliers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_quotients_are_found_and_others_are_not() {
        let numbers = [
            1,
            -1,
            2,
            -2,
            3,
            12,
            -40,
            1 << 40,
            7 << 33,
            i64::MAX,
            i64::MIN,
        ];
        for x in numbers {
            let division = ExactDivision::by(x);
            for y in numbers {
                let product = i128::from(x) * i128::from(y);
                assert_eq!(division.of(product), Some(y), "{x} {y}");
                if x.unsigned_abs() > 1 {
                    assert_eq!(division.of(product + 1), None, "{x} {y}");
                }
            }
            assert_eq!(division.of(0), Some(0));
            assert_eq!(division.of(i128::from(x) << 64), None, "too large: {x}");
        }
    }

    #[test]
    fn circuits_are_seen_in_every_ring() {
        for scale in [1u64, 1 << 40] {
            let row = |x: i64, y: i64| {
                vec![
                    BigInt::from(x) * scale * scale,
                    BigInt::from(y) * scale * scale,
                ]
            };
            let rows = [row(1, 2), row(0, 1), row(-1, -4), row(2, 4), row(0, 0)];
            let table = RowTable::new(&rows, 2);
            let rounded = Rounded::new(&table);
            let mut elimination = Elimination::new(&table, &rounded);
            let mut is = |members: &[Decision]| elimination.is_positive_circuit(members);
            assert!(is(&[(0, true), (1, true), (2, true)]));
            assert!(is(&[(0, false), (1, false), (2, false)]));
            assert!(!is(&[(0, true), (1, false), (2, true)]));
            assert!(!is(&[(0, true), (1, true)]));
            assert!(is(&[(0, true), (3, false)]));
            assert!(!is(&[(0, true), (3, true)]));
            // Two dependences.
            assert!(!is(&[(0, true), (3, false), (1, true)]));
            assert!(!is(&[(0, true), (1, true), (2, true), (3, false)]));
            assert!(is(&[(4, true)]) && !is(&[]) && !is(&[(1, true)]));
        }
    }

    #[test]
    fn enclosures_agree_with_elimination() {
        let mut seed = 0x1234_5678_9abc_def1_u64;
        let mut next = move || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        };
        let (mut told, mut yes) = (0, 0);
        for round in 0..300 {
            let dimension = 1 + round % 9;
            let count = dimension + 1;
            // Rows of up to 70 bits; every third time the last one is the opposite of a positive sum, or nearly so.
            let mut rows: Vec<Vec<BigInt>> = (0..count)
                .map(|_| {
                    let entry = |_| (BigInt::from(next()) - (1u64 << 63)) << (round % 8) as u64;
                    (0..dimension).map(entry).collect()
                })
                .collect();
            if round % 3 > 0 {
                let sum =
                    |k: usize| -> BigInt { rows[..dimension].iter().map(|row| &row[k]).sum() };
                let mut last: Vec<BigInt> = (0..dimension).map(|k| -sum(k)).collect();
                if round % 3 == 2 {
                    // A multiplier of 0, up to a last bit.
                    last.iter_mut().zip(&rows[0]).for_each(|(x, y)| *x += y);
                    last[0] += (round / 3 % 3) as i64 - 1;
                }
                rows[dimension] = last;
            }
            let table = RowTable::new(&rows, dimension);
            let rounded = Rounded::new(&table);
            let mut elimination = Elimination::new(&table, &rounded);
            let members: Vec<Decision> = (0..count).map(|row| (row, next() % 4 > 0)).collect();
            for members in [members, (0..count).map(|row| (row, true)).collect()] {
                let expected = large(&table, &members).is_some();
                assert_eq!(
                    elimination.is_positive_circuit(&members),
                    expected,
                    "round {round}"
                );
                if let Some(answer) = Enclosure::default().is_positive(&rounded.rows, &members) {
                    assert_eq!(answer, expected, "round {round}");
                    told += 1;
                    yes += usize::from(expected);
                }
            }
        }
        assert!(told > 300 && yes > 80, "{told} told, {yes} of them yes");
    }

    #[test]
    fn an_inverse_that_is_kept_tells_what_elimination_does() {
        let mut seed = 0x0fed_cba9_8765_4321_u64;
        let mut next = move || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        };
        let (mut told, mut yes) = (0, 0);
        for dimension in [2, 5, 8] {
            // Some rows are nearly parallel to others, so that what is kept gets rough.
            let mut rows: Vec<Vec<BigInt>> = Vec::new();
            for at in 0..3 * dimension {
                let mut entry = || (BigInt::from(next()) - (1u64 << 63)) << 9u32;
                let mut row: Vec<BigInt> = (0..dimension).map(|_| entry()).collect();
                if at % 5 == 4 {
                    let near = |(x, y): (&BigInt, BigInt)| x + (y >> 20u32);
                    row = rows[at - 2].iter().zip(row).map(near).collect();
                }
                rows.push(row);
            }
            let table = RowTable::new(&rows, dimension);
            let rounded = Rounded::new(&table);
            let mut enclosure = Enclosure::default();
            let mut members: Vec<usize> = (0..=dimension).collect();
            for _ in 0..250 {
                // One leaves, another comes; sides that make a circuit, if there is one, or one side changed.
                let (leaving, entering) = (next() as usize, next() as usize % rows.len());
                if !members.contains(&entering) {
                    let at = leaving % members.len();
                    members[at] = entering;
                    members.sort_unstable();
                }
                let all: Vec<Decision> = members.iter().map(|row| (*row, true)).collect();
                let mut sided = all.clone();
                for choice in 0..1u32 << dimension {
                    for (at, member) in sided.iter_mut().enumerate() {
                        member.1 = choice >> at & 1 == 0;
                    }
                    if large(&table, &sided).is_some() {
                        break;
                    }
                }
                if next() % 3 == 0 {
                    sided[0].1 ^= true;
                }
                let expected = large(&table, &sided).is_some();
                if let Some(answer) = enclosure.is_positive(&rounded.rows, &sided) {
                    assert_eq!(answer, expected, "{sided:?}");
                    told += 1;
                    yes += usize::from(expected);
                }
            }
        }
        assert!(told > 500 && yes > 250, "{told} told, {yes} of them yes");
    }
}
