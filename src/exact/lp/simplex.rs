//! The solver, in whichever ring is large enough.

use std::cmp::Ordering;

use num_bigint::BigInt;

use super::basis::{Basis, Decision, Feasibility};
use super::shrink::divide_by_content;
use super::table::RowTable;
use crate::exact::ring::{Halt, OrderedRing, Overflow};
use crate::watch::{Pulse, Stop, Watch};

/// A warm-startable solver of strict feasibility; see the [module](super) for the method.
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
    /// Cost: that of a few pivots, see [`strict_feasibility`](super::strict_feasibility); a row that the last point satisfies costs d products and no
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
