//! All sets F with Σ_F v_i = t for matrices v_i = w_i lineᵀ_i, gone through as an [`Exhaustion`] says.
//!
//! A set solves the equation modulo a prime too. Columns that are linearly independent modulo a prime are so over Q, so the linear algebra is
//! done there: whatever choice is made for the free columns leaves at most one candidate, which is then compared in integers.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero};

use super::budget::Budget;
use super::cost;
use super::difference::add_multiple;
use super::number::{Q, integers, product};
use super::verdict::{Locate as _, Stop, differ, equal, reject};
use relucert_format::{Exhaustion, Field};

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
        let solved = match self.solve(&columns, bound, limits)? {
            Some(solved) => solved,
            None => return Ok(()),
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
            // A solution of integers is one modulo the prime; the other way it must be seen.
            match self.is_solved_by(&solution, limits)? {
                true => found(&solution),
                false => Ok(()),
            }
        })
    }

    /// The solutions modulo a prime for which the first `bound` columns are independent: so they are over Q. None if there are none.
    fn solve(
        &self,
        columns: &[usize],
        bound: usize,
        limits: &Budget,
    ) -> Result<Option<Solved>, Stop> {
        let mut dependent = 0;
        for field in Field::ALL {
            match self.eliminate(columns, bound, field, limits)? {
                Elimination::NoSolution => return Ok(None),
                Elimination::Solved(solved) => return Ok(Some(solved)),
                Elimination::Dependent(column) => dependent = column,
            }
        }
        let i = columns.get(dependent).copied().unwrap_or_default();
        reject(format!(
            "{i} depends linearly on the undecided ones before it, and is not free"
        ))
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

    /// Whether Σ_F v_i = t.
    fn is_solved_by(&self, solution: &[usize], limits: &Budget) -> Result<bool, Stop> {
        let mut left = self.target.clone();
        for item in solution.iter().filter_map(|i| self.items.get(*i)) {
            let bits = item.bits();
            limits.charge(cost::inner(left.len(), bits, bits))?;
            for (row, w) in left.chunks_mut(self.columns.max(1)).zip(&item.weight) {
                add_multiple(row, &item.line, w, false);
            }
        }
        Ok(left.iter().all(Zero::is_zero))
    }

    /// Solves Σ x_i v_i = t − (those decided to be in F) for the named columns modulo a prime, of which the first `bound` must be linearly
    /// independent, by elimination row by row.
    fn eliminate(
        &self,
        columns: &[usize],
        bound: usize,
        field: Field,
        limits: &Budget,
    ) -> Result<Elimination, Stop> {
        let residues = |item: &Item| {
            let all = |row: &[BigInt]| row.iter().map(|x| field.residue(x)).collect();
            limits.charge(cost::inner(
                item.line.len() + item.weight.len(),
                item.bits(),
                64,
            ))?;
            Ok((all(&item.weight), all(&item.line)))
        };
        let items = columns.iter().filter_map(|i| self.items.get(*i));
        let items: Vec<Residues> = items.map(residues).collect::<Result<_, Stop>>()?;
        let inside = self.items.iter().filter(|item| item.decided == Some(true));
        let inside: Vec<Residues> = inside.map(residues).collect::<Result<_, Stop>>()?;
        let width = columns.len() + 1;
        let mut held = limits.hold(0)?;
        let mut rows: Vec<(usize, Vec<u64>)> = Vec::new();
        for (place, target) in self.target.iter().enumerate() {
            let steps = width * (1 + rows.len()) + inside.len();
            limits.charge(cost::times(steps, STEP))?;
            let (output, column) = (place / self.columns, place % self.columns);
            let at = |(weight, line): &Residues| {
                let pair = weight.get(output).zip(line.get(column));
                pair.map_or(0, |(w, x)| field.product(*w, *x))
            };
            let mut row: Vec<u64> = items.iter().map(at).collect();
            let right = field.residue(target);
            row.push(
                inside
                    .iter()
                    .map(at)
                    .fold(right, |sum, x| field.less(sum, x)),
            );
            for (pivot, known) in &rows {
                let factor = row.get(*pivot).copied().unwrap_or(0);
                field.subtract(&mut row, known, factor);
            }
            let Some(pivot) = row.iter().position(|x| *x != 0) else {
                continue;
            };
            if pivot == columns.len() {
                return Ok(Elimination::NoSolution);
            }
            let inverse = field.inverse(row.get(pivot).copied().unwrap_or(1));
            row.iter_mut().for_each(|x| *x = field.product(*x, inverse));
            limits.charge(cost::times(width * rows.len(), STEP))?;
            for (_, known) in &mut rows {
                let factor = known.get(pivot).copied().unwrap_or(0);
                field.subtract(known, &row, factor);
            }
            held.grow(cost::times(width, 8) + 48, limits)?;
            rows.push((pivot, row));
        }
        // Every row has its first entry at its pivot: the pivots are the columns that do not depend on those before them.
        let is_pivot = |column: &usize| rows.iter().any(|(pivot, _)| pivot == column);
        limits.charge(cost::times(width, rows.len() as u64))?;
        if let Some(column) = (0..bound).find(|column| !is_pivot(column)) {
            return Ok(Elimination::Dependent(column));
        }
        let loose: Vec<usize> = (bound..columns.len()).filter(|c| !is_pivot(c)).collect();
        let entry = |row: &[u64], k: usize| row.get(k).copied().unwrap_or(0);
        let column = |k: &usize| rows.iter().map(|(_, row)| entry(row, *k)).collect();
        Ok(Elimination::Solved(Solved {
            field,
            columns: loose.iter().map(column).collect(),
            start: rows.iter().map(|(_, row)| entry(row, width - 1)).collect(),
            pivots: rows.iter().map(|(pivot, _)| *pivot).collect(),
            loose,
        }))
    }
}

/// Limb operations to multiply two residues and subtract.
const STEP: u64 = 16;

/// Weight and line of an item.
type Residues = (Vec<u64>, Vec<u64>);

/// What elimination modulo a prime comes to.
enum Elimination {
    NoSolution,
    /// This one of the columns that must be independent depends on those before it.
    Dependent(usize),
    Solved(Solved),
}

/// x_p = start_p − Σ_loose columns_{l,p} x_l for every pivot p, modulo the prime.
struct Solved {
    field: Field,
    pivots: Vec<usize>,
    loose: Vec<usize>,
    start: Vec<u64>,
    /// One a loose column.
    columns: Vec<Vec<u64>>,
}

impl Solved {
    /// Goes through all choices for the loose columns; calls `found` with those that make every pivot 0 or 1. In the order of the Gray code: each
    /// choice differs from the one before in one column. What cannot be finished is not begun.
    fn choices(
        &self,
        limits: &Budget,
        mut found: impl FnMut(&[bool], &[bool]) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let each = cost::ANY + self.start.len() as u64;
        let all = u32::try_from(self.columns.len()).ok();
        let all = all.and_then(|count| 1_u64.checked_shl(count));
        limits.afford(all.unwrap_or(u64::MAX).saturating_mul(each))?;
        let mut left = self.start.clone();
        let mut chosen = vec![false; self.columns.len()];
        let mut choice: u64 = 0;
        loop {
            limits.charge(each)?;
            if left.iter().all(|x| *x < 2) {
                let pivots: Vec<bool> = left.iter().map(|x| *x == 1).collect();
                found(&pivots, &chosen)?;
            }
            choice += 1;
            let changed = choice.trailing_zeros() as usize;
            let pair = self.columns.get(changed).zip(chosen.get_mut(changed));
            let Some((column, chosen)) = pair else {
                return Ok(());
            };
            for (left, entry) in left.iter_mut().zip(column) {
                *left = match *chosen {
                    true => self.field.more(*left, *entry),
                    false => self.field.less(*left, *entry),
                };
            }
            *chosen = !*chosen;
        }
    }
}

#[cfg(test)]
#[path = "../tests/exhaustion.rs"]
mod tests;
