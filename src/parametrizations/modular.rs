//! Zero-one solutions of linear equations modulo a large prime.
//!
//! Equations with integer coefficients hold modulo every prime, so a zero-one vector that fails modulo one prime fails; one that
//! does not is a candidate, which the caller confirms exactly. A minor that is not 0 modulo the prime is not 0. So nothing that is
//! said here depends on the prime's being lucky: an unlucky one only makes more columns look dependent than are.

use std::ops::ControlFlow;
use std::time::Instant;

use crate::exact::modular::{add, inverse, mul, sub, subtract};
use crate::watch::{Stop, Watch};

/// x_pivot = `constant` − Σ `coefficients`[k]·x_free[k].
#[derive(Clone, Debug)]
pub(super) struct Solved {
    constant: u64,
    coefficients: Vec<u64>,
}

/// Equations solved for as many unknowns as can be.
#[derive(Clone, Debug)]
pub(super) struct Reduced {
    /// The unknowns solved for, increasing; their columns are linearly independent.
    pub pivots: Vec<usize>,
    /// The others, increasing.
    pub free: Vec<usize>,
    /// Equations that the solution rests on, as many as pivots; their rows are linearly independent.
    pub chosen: Vec<usize>,
    /// An equation without a solution beside those of `chosen`.
    pub contradiction: Option<usize>,
    /// One row a pivot.
    solved: Vec<Solved>,
}

/// Solves equations, each of `columns` coefficients followed by its right-hand side, all residues.
pub(super) fn eliminate(equations: impl Iterator<Item = Vec<u64>>, columns: usize) -> Reduced {
    // (pivot, row with 1 there and 0 in the pivots of earlier rows)
    let mut basis: Vec<(usize, Vec<u64>)> = Vec::new();
    let (mut chosen, mut contradiction) = (Vec::new(), None);
    for (index, mut row) in equations.enumerate() {
        for (pivot, other) in &basis {
            subtract(&mut row, other, *pivot);
        }
        let Some(pivot) = row[..columns].iter().position(|x| *x != 0) else {
            if row[columns] != 0 {
                contradiction = Some(index);
                break;
            }
            continue;
        };
        let factor = inverse(row[pivot]);
        row.iter_mut().for_each(|x| *x = mul(*x, factor));
        basis.push((pivot, row));
        chosen.push(index);
        // The caller confirms solutions, so further equations need not be looked at.
        if basis.len() == columns {
            break;
        }
    }
    for last in (1..basis.len()).rev() {
        let (before, rest) = basis.split_at_mut(last);
        let (pivot, row) = &rest[0];
        for (_, other) in before {
            subtract(other, row, *pivot);
        }
    }
    basis.sort_unstable_by_key(|(pivot, _)| *pivot);
    let pivots: Vec<usize> = basis.iter().map(|(pivot, _)| *pivot).collect();
    let free: Vec<usize> = (0..columns)
        .filter(|column| pivots.binary_search(column).is_err())
        .collect();
    let solved = basis.iter().map(|(_, row)| Solved {
        constant: row[columns],
        coefficients: free.iter().map(|&column| row[column]).collect(),
    });
    Reduced {
        solved: solved.collect(),
        pivots,
        free,
        chosen,
        contradiction,
    }
}

/// How a search for all zero-one solutions ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// All candidates were shown.
    Complete,
    /// The receiver had enough.
    Enough,
    /// The budget or the time was used up.
    Exhausted,
}

/// Receives candidates: one truth value a column. Breaks if it has enough.
pub(super) type Receiver<'a> = dyn FnMut(&[bool]) -> ControlFlow<()> + 'a;

impl Solved {
    /// The value of the pivot, if it is 0 or 1.
    fn value(&self, free: &[bool]) -> Option<bool> {
        let chosen = self.coefficients.iter().zip(free).filter(|(_, x)| **x);
        let value = chosen.fold(self.constant, |value, (y, _)| sub(value, *y));
        (value < 2).then_some(value == 1)
    }
}

impl Reduced {
    /// The whole vector, if all pivots are 0 or 1.
    fn candidate(&self, free: &[bool]) -> Option<Vec<bool>> {
        let mut whole = vec![false; self.pivots.len() + self.free.len()];
        for (row, &pivot) in self.solved.iter().zip(&self.pivots) {
            whole[pivot] = row.value(free)?;
        }
        for (&column, &x) in self.free.iter().zip(free) {
            whole[column] = x;
        }
        Some(whole)
    }

    /// Goes through the choices for the free unknowns depth first, an equation being looked at as soon as all its unknowns are
    /// chosen: cheap where the equations fall apart into small groups, and 2^|free| steps where they do not. At most `budget` steps.
    pub(super) fn descend(&self, budget: u64, watch: &Watch, receive: &mut Receiver<'_>) -> End {
        if self.contradiction.is_some() {
            return End::Complete;
        }
        let (order, complete) = self.order();
        let mut descent = Descent {
            reduced: self,
            order,
            complete,
            left: budget,
            watch,
            receive,
        };
        let mut free = vec![false; self.free.len()];
        match descent.visit(0, &mut free) {
            ControlFlow::Continue(()) => End::Complete,
            ControlFlow::Break(end) => end,
        }
    }

    /// An order of the free unknowns in which equations are complete early, and the equations complete after each of them; the
    /// first list is of those without free unknowns.
    fn order(&self) -> (Vec<usize>, Vec<Vec<usize>>) {
        let supports: Vec<Vec<usize>> = self
            .solved
            .iter()
            .map(|row| {
                let support = row.coefficients.iter().enumerate();
                support.filter(|(_, y)| **y != 0).map(|(k, _)| k).collect()
            })
            .collect();
        let mut position = vec![None; self.free.len()];
        let mut order = Vec::new();
        let mut left: Vec<usize> = (0..supports.len()).collect();
        let mut complete = vec![Vec::new(); self.free.len() + 1];
        while !left.is_empty() {
            let open = |row: &usize| {
                let support = supports[*row].iter();
                support.filter(|k| position[**k].is_none()).count()
            };
            let Some(next) = left.iter().copied().min_by_key(open) else {
                break;
            };
            for &k in &supports[next] {
                if position[k].is_none() {
                    position[k] = Some(order.len());
                    order.push(k);
                }
            }
            left.retain(|row| {
                let done = supports[*row].iter().all(|k| position[*k].is_some());
                if done {
                    complete[order.len()].push(*row);
                }
                !done
            });
        }
        order.extend((0..self.free.len()).filter(|k| position[*k].is_none()));
        (order, complete)
    }

    /// Meet in the middle: the sums of both halves of the free unknowns, matched in a combination of a few equations. Time and
    /// memory grow like 2^(|free|/2); candidates beyond `budget` end it.
    pub(super) fn meet_in_the_middle(
        &self,
        budget: u64,
        watch: &Watch,
        receive: &mut Receiver<'_>,
    ) -> End {
        if self.contradiction.is_some() {
            return End::Complete;
        }
        let count = self.free.len();
        let half = count / 2;
        // Two lists of sums.
        let bytes = 2 * size_of::<(u64, u32)>() as u64 * (1 << (count - half));
        if watch.hold(bytes).is_err() {
            return End::Exhausted;
        }
        let end = self.meet(half, budget, watch, receive);
        watch.release(bytes);
        end.unwrap_or(End::Exhausted)
    }

    fn meet(
        &self,
        half: usize,
        budget: u64,
        watch: &Watch,
        receive: &mut Receiver<'_>,
    ) -> Result<End, Stop> {
        let count = self.free.len();
        let mut hashed = 1.min(self.solved.len());
        let (left, right) = loop {
            let keys = |range: std::ops::Range<usize>| {
                let weights: Vec<u64> = range
                    .map(|k| self.combined(hashed, |row| row.coefficients[k]))
                    .collect();
                sorted_sums(&weights, watch)
            };
            let right = keys(half..count)?;
            let distinct = right.chunk_by(|x, y| x.0 == y.0).count();
            let most = self.solved.len().min(MOST_HASHED);
            if hashed >= most || distinct * 2 >= right.len() {
                break (keys(0..half)?, right);
            }
            hashed += 1;
        };
        let constant = self.combined(hashed, |row| row.constant);
        let mut left_over = budget;
        let (since, rounds, all) = (
            Instant::now(),
            left.len() as u64,
            (left.len() as u64) << hashed,
        );
        for ones in 0..1u64 << hashed {
            let bits = (0..hashed).filter(|j| ones >> j & 1 == 1);
            let target = bits.fold(constant, |sum, j| sub(sum, weight(j)));
            for (step, &(key, low)) in left.iter().enumerate() {
                if step.is_multiple_of(4096) {
                    watch.check()?;
                    watch.tell_of(since, ones * rounds + step as u64, all, "halves of sets");
                }
                let wanted = sub(target, key);
                let start = right.partition_point(|(other, _)| *other < wanted);
                for &(other, high) in &right[start..] {
                    if other != wanted {
                        break;
                    }
                    if left_over == 0 {
                        return Ok(End::Exhausted);
                    }
                    left_over -= 1;
                    let mask = u64::from(low) | u64::from(high) << half;
                    let free: Vec<bool> = (0..count).map(|k| mask >> k & 1 == 1).collect();
                    if let Some(candidate) = self.candidate(&free)
                        // The same vector must not be met again for other values of the hashed equations.
                        && (0..hashed).all(|j| candidate[self.pivots[j]] == (ones >> j & 1 == 1))
                        && receive(&candidate).is_break()
                    {
                        return Ok(End::Enough);
                    }
                }
            }
        }
        Ok(End::Complete)
    }

    /// Σ_j weight(j)·value(row j) over the first `hashed` rows.
    fn combined(&self, hashed: usize, value: impl Fn(&Solved) -> u64) -> u64 {
        let rows = self.solved[..hashed].iter().enumerate();
        rows.fold(0, |sum, (j, row)| add(sum, mul(weight(j), value(row))))
    }
}

/// Most equations that meet in the middle combines: each doubles the number of look-ups.
const MOST_HASHED: usize = 6;

/// Fixed weights without small relations.
fn weight(j: usize) -> u64 {
    match j {
        0 => 1,
        _ => (0..j).fold(1, |power, _| mul(power, 0x1234_5678_9abc_def1)),
    }
}

/// All subset sums with the subsets as masks, sorted.
fn sorted_sums(weights: &[u64], watch: &Watch) -> Result<Vec<(u64, u32)>, Stop> {
    let mut sums = Vec::with_capacity(1 << weights.len());
    sums.push((0, 0));
    for (k, &weight) in weights.iter().enumerate() {
        watch.check()?;
        for at in 0..sums.len() {
            let (sum, mask) = sums[at];
            sums.push((add(sum, weight), mask | 1 << k));
        }
    }
    sums.sort_unstable();
    Ok(sums)
}

struct Descent<'a, 'b> {
    reduced: &'a Reduced,
    order: Vec<usize>,
    complete: Vec<Vec<usize>>,
    left: u64,
    watch: &'a Watch,
    receive: &'a mut Receiver<'b>,
}

impl Descent<'_, '_> {
    fn visit(&mut self, depth: usize, free: &mut [bool]) -> ControlFlow<End> {
        // The clock is first looked at after thousands of steps: small questions are answered whatever the time.
        if self.left == 0 || (self.left % 4096 == 1 && self.watch.check().is_err()) {
            return ControlFlow::Break(End::Exhausted);
        }
        self.left -= 1;
        let rows = &self.reduced.solved;
        let mut complete = self.complete[depth].iter();
        if !complete.all(|row| rows[*row].value(free).is_some()) {
            return ControlFlow::Continue(());
        }
        let Some(&next) = self.order.get(depth) else {
            if let Some(candidate) = self.reduced.candidate(free)
                && (self.receive)(&candidate).is_break()
            {
                return ControlFlow::Break(End::Enough);
            }
            return ControlFlow::Continue(());
        };
        for choice in [false, true] {
            free[next] = choice;
            self.visit(depth + 1, free)?;
        }
        free[next] = false;
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::modular::residue;
    use num_bigint::BigInt;

    /// All zero-one solutions by trying all.
    fn by_trying(rows: &[Vec<i64>], columns: usize) -> Vec<Vec<bool>> {
        let vectors =
            (0..1u32 << columns).map(|mask| (0..columns).map(move |k| mask >> k & 1 == 1));
        let vectors = vectors.map(|bits| bits.collect::<Vec<bool>>());
        let holds = |x: &[bool], row: &[i64]| {
            let sum: i64 = row.iter().zip(x).filter(|(_, x)| **x).map(|(y, _)| y).sum();
            sum == row[columns]
        };
        vectors
            .filter(|x| rows.iter().all(|row| holds(x, row)))
            .collect()
    }

    #[test]
    fn both_searches_find_what_trying_finds() {
        let mut seed = 0x2545_f491_4f6c_dd1d_u64;
        let mut next = move |n: u64| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed % n
        };
        let mut solutions = 0;
        for _ in 0..300 {
            let columns = 1 + next(9) as usize;
            let rows: Vec<Vec<i64>> = (0..next(5))
                .map(|_| (0..=columns).map(|_| next(7) as i64 - 3).collect())
                .collect();
            let equations = rows.iter().map(|row| {
                let row = row.iter();
                row.map(|x| residue(&BigInt::from(*x))).collect()
            });
            let reduced = eliminate(equations, columns);
            let expected = by_trying(&rows, columns);
            solutions += expected.len();
            for middle in [false, true] {
                let mut found: Vec<Vec<bool>> = Vec::new();
                let mut receive = |x: &[bool]| {
                    // As callers do.
                    if by_trying(&rows, columns).iter().any(|y| y == x) {
                        found.push(x.to_vec());
                    }
                    ControlFlow::Continue(())
                };
                let end = match middle {
                    true => reduced.meet_in_the_middle(u64::MAX, &Watch::none(), &mut receive),
                    false => reduced.descend(u64::MAX, &Watch::none(), &mut receive),
                };
                assert_eq!(end, End::Complete);
                let key = |x: &Vec<bool>| x.iter().rev().copied().collect::<Vec<_>>();
                found.sort_by_key(key);
                assert_eq!(found, expected, "{rows:?}");
            }
        }
        assert!(solutions > 300);
    }
}
