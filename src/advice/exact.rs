//! The same answers without floats, by exact linear programs.

use std::sync::Arc;

use num_bigint::BigInt;

use super::advisor::{Advice, Advisor, Guide, Proposal, Question, Ray, Wanted};
use crate::exact::lp::{Decision, Feasibility, Peak, RowTable, Simplex, climb};
use crate::watch::Watch;

/// No machine float takes part: what is proposed is so.
#[derive(Clone, Copy, Debug, Default)]
pub struct Exact;

impl Advice for Exact {
    fn advisor(&self, rows: &[Vec<BigInt>], watch: &Watch) -> Box<dyn Advisor> {
        let width = rows.first().map_or(0, Vec::len);
        Box::new(ExactAdvisor {
            table: Arc::new(RowTable::new(rows, width)),
            solver: Simplex::new(width),
            wanted: vec![None; rows.len()],
            sides: Vec::new(),
            watch: watch.clone(),
        })
    }

    fn guide(&self, rows: &[Vec<BigInt>], watch: &Watch) -> Box<dyn Guide> {
        Box::new(ExactGuide {
            rows: rows.to_vec(),
            watch: watch.clone(),
        })
    }

    fn large(&self, _: &[Vec<BigInt>], _: &[BigInt], _: u64, _: u64, _: &Watch) -> Vec<Ray> {
        Vec::new()
    }

    fn is_quick(&self) -> bool {
        false
    }
}

struct ExactGuide {
    rows: Vec<Vec<BigInt>>,
    watch: Watch,
}

impl Guide for ExactGuide {
    fn peak(&mut self, question: &Question<'_>) -> Peak {
        let hill = question.hill(&self.rows);
        climb(&hill, None, None, &self.watch).unwrap_or_default()
    }
}

struct ExactAdvisor {
    table: Arc<RowTable>,
    solver: Simplex,
    wanted: Vec<Wanted>,
    /// What the solver has a point for.
    sides: Vec<Decision>,
    watch: Watch,
}

impl Advisor for ExactAdvisor {
    fn sides(&self) -> Vec<bool> {
        let side = |row| self.solver.side(&self.table, row).is_gt();
        (0..self.table.len()).map(side).collect()
    }

    fn fresh(&self, _: &[usize]) -> Box<dyn Advisor> {
        Box::new(ExactAdvisor {
            table: Arc::clone(&self.table),
            solver: Simplex::new(self.table.dimension()),
            wanted: vec![None; self.wanted.len()],
            sides: Vec::new(),
            watch: self.watch.clone(),
        })
    }

    fn want(&mut self, row: usize, side: Wanted) {
        self.wanted[row] = side;
    }

    fn propose(&mut self) -> Proposal {
        let wanted = &self.wanted;
        let asked = wanted.iter().enumerate();
        let asked: Vec<Decision> = asked
            .filter_map(|(row, side)| Some((row, (*side)?)))
            .collect();
        // Those that the solver has a point for come first, if all of them are asked for again.
        let mut list = self.sides.clone();
        if list.iter().all(|(row, plus)| wanted[*row] == Some(*plus)) {
            list.extend(asked.into_iter().filter(|side| !self.sides.contains(side)));
        } else {
            self.solver = Simplex::new(self.table.dimension());
            self.sides.clear();
            list = asked;
        }
        let mut solver = self.solver.clone();
        match solver.solve(&self.table, &list, &self.watch) {
            Ok(Feasibility::Interior) => {
                self.solver = solver;
                self.sides = list;
                Proposal::Possible
            }
            Ok(Feasibility::Empty) => {
                let multipliers = solver.multipliers(&self.table, &list);
                Proposal::Circuit(multipliers.into_iter().map(|(row, _)| row).collect())
            }
            Err(_) => Proposal::Nothing,
        }
    }
}
