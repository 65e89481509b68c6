//! All sets F with Σ_F v_i = t for matrices v_i = w_i lineᵀ_i, gone through as an [`Exhaustion`] says.

use std::cmp::Ordering;
use std::ops::{AddAssign, SubAssign};

use num_bigint::BigInt;
use num_traits::{One as _, Signed as _, ToPrimitive as _, Zero};

use super::budget::{Budget, size};
use super::cost;
use super::number::{Q, integers, product};
use super::verdict::{Locate as _, Stop, differ, equal, reject};
use relucert_format::Exhaustion;

/// One v_i, and what is known of it.
pub(crate) struct Item {
    /// w, one entry an output.
    pub(crate) weight: Vec<BigInt>,
    /// One entry a column.
    pub(crate) line: Vec<BigInt>,
    /// Whether i is in F, once that is decided.
    pub(crate) decided: Option<bool>,
}

/// The equation Σ_F v_i = t.
pub(crate) struct Equation {
    pub(crate) items: Vec<Item>,
    /// t, row by row.
    pub(crate) target: Vec<BigInt>,
    /// Length of a row.
    pub(crate) columns: usize,
}

impl Item {
    /// Bits of the longest number.
    fn bits(&self) -> u64 {
        let numbers = self.weight.iter().chain(&self.line);
        numbers.map(BigInt::bits).max().unwrap_or(0)
    }

    /// ⟨ℓ, w lineᵀ⟩.
    fn value(&self, functional: &[BigInt]) -> BigInt {
        let rows = functional.chunks(self.line.len().max(1));
        let rows = rows.zip(&self.weight);
        rows.map(|(row, w)| w * product(row, &self.line)).sum()
    }
}

impl Equation {
    /// Asks the equation modulo all matrices N·nᵀ: every row x becomes x n_p − x_p n, where n_p > 0 is n's first non-zero entry.
    /// This map of rows vanishes exactly on the multiples of n.
    pub(crate) fn modulo(&mut self, normal: &[BigInt]) {
        let Some(pivot) = normal.iter().position(|entry| !entry.is_zero()) else {
            return;
        };
        let project = |row: &mut [BigInt]| {
            let (x, n) = (row.get(pivot).cloned(), normal.get(pivot));
            if let (Some(x), Some(n)) = (x, n) {
                let entries = row.iter_mut().zip(normal);
                entries.for_each(|(entry, normal)| *entry = &*entry * n - &x * normal);
            }
        };
        let lines = self.items.iter_mut().map(|item| &mut item.line[..]);
        lines.for_each(project);
        self.target
            .chunks_mut(self.columns.max(1))
            .for_each(project);
    }

    /// Calls `found` with every solution F, increasing; each of them once.
    pub(crate) fn exhaust(
        mut self,
        exhaustion: &Exhaustion,
        limits: &Budget,
        mut found: impl FnMut(&[usize]) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        for (k, functional) in exhaustion.functionals.iter().enumerate() {
            let functional: Vec<Q> = functional.iter().map(Q::from).collect();
            let forced = self.force(&functional, limits);
            if !forced.in_part(|| format!("functional {k}"))? {
                return Ok(());
            }
        }
        let free = &exhaustion.free;
        let mut least = 0;
        for &i in free {
            if i < least || self.items.get(i).is_none_or(|item| item.decided.is_some()) {
                return reject(format!("the free ones must increase and be undecided: {i}"));
            }
            least = i + 1;
        }
        let undecided = |(i, item): (usize, &Item)| item.decided.is_none().then_some(i);
        let undecided = self.items.iter().enumerate().filter_map(undecided);
        let rest = undecided.filter(|i| free.binary_search(i).is_err());
        let mut columns: Vec<usize> = rest.collect();
        let bound = columns.len();
        columns.extend(free);
        let Some(solved) = self.eliminate(&columns, bound, limits)? else {
            return Ok(());
        };
        let always = self.items.iter().enumerate();
        let always: Vec<usize> = always
            .filter_map(|(i, item)| (item.decided == Some(true)).then_some(i))
            .collect();
        solved.choices(limits, |pivots, loose| {
            let mut solution = always.clone();
            for (columns_of, chosen) in [(&solved.pivots, pivots), (&solved.loose, loose)] {
                let chosen = columns_of.iter().zip(chosen).filter(|(_, chosen)| **chosen);
                solution.extend(chosen.filter_map(|(column, _)| columns.get(*column)));
            }
            solution.sort_unstable();
            found(&solution)
        })
    }

    /// Decides what a functional ℓ forces; false if there is no solution at all.
    fn force(&mut self, functional: &[Q], limits: &Budget) -> Result<bool, Stop> {
        let entries = self.target.len();
        equal("number of its entries", functional.len(), entries)?;
        // Over a common denominator: a positive factor changes nothing.
        let functional = integers(functional, limits)?;
        let bits = functional.iter().map(BigInt::bits).max().unwrap_or(0);
        let target = self.target.iter().map(BigInt::bits).max().unwrap_or(0);
        limits.charge(cost::inner(entries, bits, target))?;
        let mut sum = product(&functional, &self.target);
        let mut least = BigInt::zero();
        let mut values = Vec::with_capacity(self.items.len());
        for item in &self.items {
            limits.charge(cost::inner(entries, bits, item.bits()))?;
            let value = item.value(&functional);
            limits.charge(cost::sum(value.bits()))?;
            match item.decided {
                Some(true) => sum -= &value,
                None if value.is_negative() => least += &value,
                _ => {}
            }
            values.push(value);
        }
        match least.cmp(&sum) {
            Ordering::Greater => return Ok(false),
            Ordering::Less => {
                return differ(
                    "it forces nothing: the least sum of its values",
                    least,
                    format!("at least {sum}"),
                );
            }
            Ordering::Equal => {}
        }
        for (item, value) in self.items.iter_mut().zip(values) {
            if item.decided.is_none() && !value.is_zero() {
                item.decided = Some(value.is_negative());
            }
        }
        Ok(true)
    }

    /// Solves Σ x_i v_i = t − (those decided to be in F) for the named columns, of which the first `bound` must be linearly
    /// independent, by Gauss–Jordan elimination without fractions. None if there is no solution in rational numbers.
    fn eliminate(
        &self,
        columns: &[usize],
        bound: usize,
        limits: &Budget,
    ) -> Result<Option<Solved>, Stop> {
        let width = columns.len() + 1;
        let items: Vec<&Item> = columns.iter().filter_map(|i| self.items.get(*i)).collect();
        let inside: Vec<&Item> = self
            .items
            .iter()
            .filter(|item| item.decided == Some(true))
            .collect();
        let at = |item: &Item, output: usize, column: usize| {
            let pair = item.weight.get(output).zip(item.line.get(column));
            pair.map_or_else(BigInt::zero, |(w, x)| w * x)
        };
        let bits = items.iter().chain(&inside).map(|item| item.bits()).max();
        let bits = 2 * bits.unwrap_or(0);
        let mut held = Vec::new();
        let mut rows: Vec<Vec<BigInt>> = Vec::new();
        for (place, target) in self.target.iter().enumerate() {
            limits.charge(cost::inner(width + inside.len(), bits / 2, bits / 2))?;
            let (output, column) = (place / self.columns, place % self.columns);
            let mut row = Vec::with_capacity(width);
            row.extend(items.iter().map(|item| at(item, output, column)));
            let sum: BigInt = inside.iter().map(|item| at(item, output, column)).sum();
            row.push(target - sum);
            if row.iter().any(|entry| !entry.is_zero()) {
                held.push(limits.hold(size(width, bits))?);
                rows.push(row);
            }
        }
        let (mut scale, mut longest) = (BigInt::one(), bits);
        let (mut pivots, mut loose) = (Vec::new(), Vec::new());
        for column in 0..columns.len() {
            let rank = pivots.len();
            let is_pivot = |row: &Vec<BigInt>| row.get(column).is_some_and(|x| !x.is_zero());
            let Some(found) = rows.iter().skip(rank).position(is_pivot) else {
                if column < bound {
                    let i = columns.get(column).copied().unwrap_or_default();
                    return reject(format!(
                        "{i} depends linearly on the undecided ones before it, and is not free"
                    ));
                }
                loose.push(column);
                continue;
            };
            rows.swap(rank, rank + found);
            let Some(pivot_row) = rows.get(rank).cloned() else {
                continue; // It was found.
            };
            let pivot = pivot_row.get(column).cloned().unwrap_or_default();
            // Minors of the matrix: entry, pivot and the scale that divides them grow together.
            longest = longest.max(pivot_row.iter().map(BigInt::bits).max().unwrap_or(0));
            let mut bits = 0;
            for (r, row) in rows.iter_mut().enumerate() {
                if r == rank {
                    continue;
                }
                let factor = row.get(column).cloned().unwrap_or_default();
                let step = cost::product(pivot.bits().max(factor.bits()), longest);
                limits.charge(cost::times(width, 3 * step))?;
                for (entry, other) in row.iter_mut().zip(&pivot_row) {
                    if !(entry.is_zero() && (factor.is_zero() || other.is_zero())) {
                        *entry = (&pivot * &*entry - &factor * other) / &scale;
                        bits = bits.max(entry.bits());
                    }
                }
            }
            limits.room(width * rows.len(), bits)?;
            longest = bits;
            scale = pivot;
            pivots.push(column);
        }
        let rest = rows.split_off(pivots.len());
        let right = |row: &Vec<BigInt>| row.last().cloned().unwrap_or_default();
        if rest.iter().any(|row| !right(row).is_zero()) {
            return Ok(None);
        }
        let column = |k: &usize| {
            let entries = rows.iter().map(|row| row.get(*k).cloned());
            entries.map(Option::unwrap_or_default).collect()
        };
        Ok(Some(Solved {
            columns: loose.iter().map(column).collect(),
            start: rows.iter().map(right).collect(),
            scale,
            pivots,
            loose,
        }))
    }
}

/// scale·x_p = start_p − Σ_loose columns_{l,p} x_l for every pivot p; nothing else is asked.
struct Solved {
    pivots: Vec<usize>,
    loose: Vec<usize>,
    scale: BigInt,
    start: Vec<BigInt>,
    /// One a loose column.
    columns: Vec<Vec<BigInt>>,
}

impl Solved {
    /// Goes through all choices for the loose columns; calls `found` with those that make every pivot 0 or 1.
    fn choices(
        &self,
        limits: &Budget,
        found: impl FnMut(&[bool], &[bool]) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        // Whatever is added up fits if the sum of all absolute values does.
        let small = |entries: &[BigInt]| entries.iter().map(BigInt::to_i64).collect();
        let fits = (0..self.start.len()).all(|p| {
            let entries = self.columns.iter().chain([&self.start]);
            let entries = entries.filter_map(|column| column.get(p).map(BigInt::abs));
            entries.sum::<BigInt>().to_i64().is_some()
        });
        let bits = self.columns.iter().chain([&self.start]).flatten();
        let bits = bits.map(BigInt::bits).max().unwrap_or(0);
        let columns = self.columns.iter().map(|column| small(column));
        let columns = columns.collect::<Option<Vec<Vec<i64>>>>();
        match (self.scale.to_i64(), small(&self.start), columns) {
            (Some(scale), Some(start), Some(columns)) if fits => {
                choices::<i64>(&scale, start, &columns, 1, limits, found)
            }
            _ => {
                let (start, each) = (self.start.clone(), cost::sum(bits));
                choices(&self.scale, start, &self.columns, each, limits, found)
            }
        }
    }
}

/// In the order of the Gray code: each choice differs from the one before in one column. A sum takes `each`. What cannot be finished is not begun.
fn choices<T>(
    scale: &T,
    mut left: Vec<T>,
    columns: &[Vec<T>],
    each: u64,
    limits: &Budget,
    mut found: impl FnMut(&[bool], &[bool]) -> Result<(), Stop>,
) -> Result<(), Stop>
where
    T: Zero + PartialEq + for<'a> AddAssign<&'a T> + for<'a> SubAssign<&'a T>,
{
    let each = cost::times(left.len(), each) + cost::ANY;
    let all = u32::try_from(columns.len()).ok();
    let all = all
        .and_then(|count| 1_u64.checked_shl(count))
        .unwrap_or(u64::MAX);
    limits.afford(all.saturating_mul(each))?;
    let mut chosen = vec![false; columns.len()];
    let mut choice: u64 = 0;
    loop {
        limits.charge(each)?;
        if left.iter().all(|x| x.is_zero() || x == scale) {
            let pivots: Vec<bool> = left.iter().map(|x| !x.is_zero()).collect();
            found(&pivots, &chosen)?;
        }
        choice += 1;
        let changed = choice.trailing_zeros() as usize;
        let (Some(column), Some(chosen)) = (columns.get(changed), chosen.get_mut(changed)) else {
            return Ok(());
        };
        for (left, entry) in left.iter_mut().zip(column) {
            if *chosen {
                *left += entry;
            } else {
                *left -= entry;
            }
        }
        *chosen = !*chosen;
    }
}

#[cfg(test)]
#[path = "../tests/exhaustion.rs"]
mod tests;
