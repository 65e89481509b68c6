//! How much must be lost under given decisions: packings of circuits (weighted maximum feasible subsystem).
//!
//! A circuit of hyperplanes that cannot all have the sides they prefer, or are decided to have, makes one of its undecided members give way: at least
//! its least residual is lost, and paid by all of them. Circuits are proposed by an [`Advisor`] and established exactly here.

use std::cmp::Reverse;
use std::collections::HashMap;

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use super::forecast::Forecast;
use super::goal::Goal;
use super::setting::Setting;
use crate::advice::{Asked, Proposal};
use crate::exact::dependence::Elimination;
use crate::exact::lp::{Decision, RowTable};

/// A circuit by its members, increasing; the number of hyperplanes stands for the domain's row.
pub(crate) type Members = Vec<usize>;

/// How often the water falls, by this part each time, before all hyperplanes are taken up: finer steps pay better, and cost little more.
const LEVELS: usize = 30;
const FALL: i64 = 12;

/// Circuits that say well enough where to branch.
const ENOUGH: usize = 8;

/// A unit is divided into so many parts among those who pay for a circuit.
const PARTS: i64 = 5040;

/// What is known under some decisions.
#[derive(Debug)]
pub(crate) struct Evaluation {
    /// Circuits in the order of payment. All of them established, where they were asked to be, or the node is closed.
    pub circuits: Vec<Members>,
    /// The value is at most this; only where the circuits are established.
    pub bound: BigInt,
    /// Whether the value is at most what was known before, or there is no region.
    pub closed: bool,
    /// The undecided hyperplane to branch on.
    pub branch: Option<usize>,
    /// Whether nothing was paid: the sides that all prefer may be had.
    pub unpaid: bool,
    /// Sides that may be had, with a larger value than was known.
    pub sides: Option<Vec<bool>>,
}

/// Evaluates nodes for one goal, with memory that is kept from one to the next.
pub(crate) struct Packer<'a> {
    goal: &'a Goal,
    rows: &'a RowTable,
    asked: Asked,
    elimination: Elimination<'a>,
    /// Hyperplanes, the largest sizes first.
    falling: Vec<usize>,
    residual: Vec<i64>,
    share: Vec<i64>,
    /// All 0 between two calls.
    paid: Vec<i64>,
    forecast: Forecast,
}

impl<'a> Packer<'a> {
    /// Remembers nothing yet.
    pub fn new(goal: &'a Goal, setting: &'a Setting<'_>) -> Self {
        let rows = setting.rows;
        // Those that weigh alike are wanted together; what weighs most, and the domain's row, are wanted first. Of equal gain, the lightest.
        let mut order: Vec<usize> = (0..rows.len()).rev().collect();
        order.sort_by_key(|row| match *row < goal.hyperplanes() {
            true => goal.size(*row),
            false => i64::MAX,
        });
        let mut falling: Vec<usize> = (0..goal.hyperplanes()).collect();
        falling.sort_by_key(|h| Reverse(goal.size(*h)));
        Packer {
            goal,
            rows,
            asked: Asked::new(&*setting.advisor, &order),
            elimination: Elimination::new(rows, &setting.rounded),
            falling,
            residual: vec![0; goal.hyperplanes()],
            share: vec![0; goal.hyperplanes()],
            paid: vec![0; goal.hyperplanes()],
            forecast: Forecast::default(),
        }
    }

    /// The value under the decided sides against `best`; with `eager`, every circuit is established at once.
    pub fn evaluate(&mut self, decided: &[Option<bool>], best: &BigInt, eager: bool) -> Evaluation {
        let (goal, need) = (self.goal, self.goal.need(best));
        let mut loss = 0i64;
        self.share.fill(0);
        for domain in decided.len()..self.rows.len() {
            self.asked.want(domain, Some(true));
        }
        for (h, side) in decided.iter().enumerate() {
            self.asked.want(h, *side);
            self.residual[h] = if side.is_none() { goal.size(h) } else { 0 };
            if side.is_some_and(|plus| plus != goal.prefers(h)) {
                loss += goal.size(h);
            }
        }
        let mut circuits: Vec<Members> = Vec::new();
        let mut sides = None;
        let mut dropped = false;
        self.forecast.begin();
        if loss >= need && self.closes(decided, &mut circuits, best, false) {
            return self.closed(decided, circuits);
        }
        let mut level = self.residual.iter().copied().max().unwrap_or(0);
        // The first ones, whose sizes are above the water: others have paid nothing yet, and are not wanted.
        let mut above = 0;
        'levels: for fall in 0..=LEVELS {
            // Lower, and so low that another one is taken up.
            let (first, others) = self.falling.split_at(above);
            let covered = first.iter().map(|h| self.residual[*h]);
            let covered = covered.filter(|left| *left <= level);
            let other = others.iter().find(|h| decided[**h].is_none());
            let next = covered.chain(other.map(|h| goal.size(*h))).max();
            level = match next {
                Some(next) if fall < LEVELS && next > 0 => (level - level / FALL).min(next - 1),
                _ => 0,
            };
            let rises = |h: &&usize| goal.size(**h) > level;
            above += self.falling[above..].iter().take_while(rises).count();
            for &h in &self.falling[..above] {
                if decided[h].is_none() {
                    // What is known to a unit only counts as nothing.
                    let active = self.residual[h] > level;
                    self.asked.want(h, active.then(|| goal.prefers(h)));
                }
            }
            loop {
                let members = match self.asked.propose() {
                    Proposal::Circuit(members) => members,
                    Proposal::Possible if level == 0 => {
                        let found = self.asked.sides();
                        if found.len() == self.rows.len() && self.lost(&found) < need {
                            sides = Some(found);
                        }
                        break;
                    }
                    _ => break,
                };
                if eager && !self.is_established(decided, &members) {
                    dropped = true;
                    break;
                }
                let undecided = |h: &&usize| **h < decided.len() && decided[**h].is_none();
                let payers = members.iter().filter(undecided).count() as i64;
                if payers == 0 {
                    if eager || self.is_established(decided, &members) {
                        circuits = vec![members];
                        return self.closed(decided, circuits);
                    }
                    dropped = true;
                    break;
                }
                let least = members.iter().filter(undecided).map(|h| self.residual[*h]);
                let least = least.min().unwrap_or(0);
                loss += least;
                for h in members.iter().filter(undecided) {
                    self.residual[*h] -= least;
                    self.share[*h] += least * PARTS / payers;
                    if self.residual[*h] <= level {
                        self.asked.want(*h, None);
                    }
                }
                circuits.push(members);
                if loss >= need {
                    let before = circuits.len();
                    if self.closes(decided, &mut circuits, best, !eager) {
                        return self.closed(decided, circuits);
                    }
                    dropped |= circuits.len() < before;
                    if dropped || !goal.is_exact() && loss > need + decided.len() as i64 {
                        break 'levels;
                    }
                }
            }
            self.forecast.level(loss);
            if level == 0 {
                self.forecast.end();
                break;
            }
            if !eager && circuits.len() >= ENOUGH && self.forecast.gives_up(need) {
                break;
            }
        }
        let undecided = (0..decided.len()).filter(|h| decided[*h].is_none() && goal.is_soft(*h));
        let branch = undecided
            .map(|h| (self.share[h], goal.size(h), Reverse(h)))
            .max()
            .map(|(_, _, h)| h.0);
        let unpaid = circuits.is_empty();
        if !eager && !unpaid {
            // Not established: nothing is claimed.
            circuits = Vec::new();
        }
        Evaluation {
            bound: self.bound(decided, &circuits),
            circuits,
            closed: false,
            branch,
            unpaid,
            sides,
        }
    }

    /// Without circuits that are none, whether enough is lost exactly.
    fn closes(
        &mut self,
        decided: &[Option<bool>],
        circuits: &mut Vec<Members>,
        best: &BigInt,
        establish: bool,
    ) -> bool {
        if establish {
            let mut all = std::mem::take(circuits);
            all.retain(|members| self.is_established(decided, members));
            *circuits = all;
        }
        self.bound(decided, circuits) <= *best
    }

    fn closed(&mut self, decided: &[Option<bool>], circuits: Vec<Members>) -> Evaluation {
        Evaluation {
            bound: self.bound(decided, &circuits),
            circuits,
            closed: true,
            branch: None,
            unpaid: false,
            sides: None,
        }
    }

    fn lost(&self, sides: &[bool]) -> i64 {
        let hyperplanes = 0..self.goal.hyperplanes();
        let lost = hyperplanes.filter(|h| sides[*h] != self.goal.prefers(*h));
        lost.map(|h| self.goal.size(h)).sum()
    }

    /// The side of a row: decided, else preferred, + for the domain.
    fn side(&self, decided: &[Option<bool>], row: usize) -> bool {
        match decided.get(row) {
            None => true,
            Some(side) => side.unwrap_or_else(|| self.goal.prefers(row)),
        }
    }

    fn is_established(&mut self, decided: &[Option<bool>], members: &[usize]) -> bool {
        let soft = |row: &usize| {
            decided
                .get(*row)
                .is_none_or(|side| side.is_some() || self.goal.is_soft(*row))
        };
        if !members.iter().all(soft) {
            return false;
        }
        let sided: Vec<Decision> = members
            .iter()
            .map(|row| (*row, self.side(decided, *row)))
            .collect();
        self.elimination.is_positive_circuit(&sided)
    }

    /// Whether a leaf's circuits are established, each paying something.
    pub fn holds(&mut self, decided: &[Option<bool>], circuits: &[Members]) -> bool {
        circuits.iter().all(|c| self.is_established(decided, c))
            && payable(self.goal, decided, circuits) == circuits
    }

    /// What the value is at most, by paying in order.
    pub fn bound(&mut self, decided: &[Option<bool>], circuits: &[Members]) -> BigInt {
        let goal = self.goal;
        if !goal.is_exact() {
            return bound(goal, decided, circuits);
        }
        let wrong = |(h, side): (usize, &Option<bool>)| match side {
            Some(plus) if *plus != goal.prefers(h) => goal.size(h),
            _ => 0,
        };
        let mut lost: i64 = decided.iter().enumerate().map(wrong).sum();
        let undecided = |h: &&usize| decided.get(**h).is_some_and(Option::is_none);
        let paid = &mut self.paid;
        let mut is_empty = false;
        for members in circuits {
            let payers = members.iter().filter(undecided);
            let Some(least) = payers.clone().map(|h| goal.size(*h) - paid[*h]).min() else {
                is_empty = true;
                break;
            };
            payers.for_each(|h| paid[*h] += least);
            lost += least;
        }
        circuits
            .iter()
            .flatten()
            .filter(undecided)
            .for_each(|h| paid[*h] = 0);
        match is_empty {
            true => goal.least(),
            false => &goal.ideal - lost * 2,
        }
    }

    /// The decided sides, the domain's, and the preferred ones of all undecided hyperplanes that matter.
    pub fn preferred(&self, decided: &[Option<bool>]) -> Vec<Decision> {
        let domain = (self.goal.hyperplanes()..self.rows.len()).map(|row| (row, true));
        let fixed = decided.iter().enumerate();
        let fixed = fixed.filter_map(|(h, side)| Some((h, (*side)?)));
        let free = (0..decided.len()).filter(|h| decided[*h].is_none() && self.goal.is_soft(*h));
        let preferred = free.map(|h| (h, self.goal.prefers(h)));
        domain.chain(fixed).chain(preferred).collect()
    }

    /// |v_H|, roughly.
    pub fn size(&self, h: usize) -> i64 {
        self.goal.size(h)
    }

    /// The side of H on which the value is larger.
    pub fn prefers(&self, h: usize) -> bool {
        self.goal.prefers(h)
    }

    /// The value near the point, on the worse side of hyperplanes that it lies on.
    pub fn value_at(&self, point: &[BigInt]) -> BigInt {
        self.goal.value_at(self.rows, point)
    }
}

/// Whether some sides can be had.
pub(super) enum Settled {
    /// A point on these sides, perhaps on other hyperplanes.
    Point(Vec<BigInt>),
    /// They exclude each other.
    Circuit(Members),
}

/// The value is at most this: the ideal, less twice what the decided sides lose and what the circuits, all established, pay in order. A circuit
/// without undecided members leaves no region at all, and the bound is then as low as the goal's values go.
pub(crate) fn bound(goal: &Goal, decided: &[Option<bool>], circuits: &[Members]) -> BigInt {
    let mut lost = lost(goal, decided);
    let mut residual = Residual::default();
    for members in circuits {
        match residual.pay(goal, decided, members) {
            Some(least) => lost += least,
            None => return goal.least(),
        }
    }
    &goal.ideal - lost * 2
}

/// What the decided sides lose.
fn lost(goal: &Goal, decided: &[Option<bool>]) -> BigInt {
    let lost = decided.iter().enumerate();
    let lost = lost.filter(|(h, side)| side.is_some_and(|plus| plus != goal.prefers(*h)));
    lost.map(|(h, _)| goal.values[h].abs()).sum()
}

/// How many of the circuits, the first ones, make the [`bound`] at most this; all, if they do not.
pub(crate) fn enough(
    goal: &Goal,
    decided: &[Option<bool>],
    circuits: &[Members],
    most: &BigInt,
) -> usize {
    let mut lost = lost(goal, decided);
    let mut residual = Residual::default();
    for (index, members) in circuits.iter().enumerate() {
        if &goal.ideal - &lost * 2 <= *most {
            return index;
        }
        match residual.pay(goal, decided, members) {
            Some(least) => lost += least,
            None if goal.least() <= *most => return index + 1,
            None => break,
        }
    }
    circuits.len()
}

/// Those of some circuits that pay something in their order, where more is decided than where they were established: a member that has lost its side
/// since makes one no circuit.
pub(crate) fn payable(goal: &Goal, decided: &[Option<bool>], circuits: &[Members]) -> Vec<Members> {
    let mut residual = Residual::default();
    let mut paying = Vec::new();
    for members in circuits {
        match residual.pay(goal, decided, members) {
            Some(least) if least.is_zero() => {}
            Some(_) => paying.push(members.clone()),
            // No region is there.
            None => {
                paying.push(members.clone());
                break;
            }
        }
    }
    paying
}

/// What hyperplanes that have paid have left.
#[derive(Default)]
struct Residual(HashMap<usize, BigInt>);

impl Residual {
    /// Takes from the undecided members what the one that has least left has; none if there are no such members.
    fn pay(&mut self, goal: &Goal, decided: &[Option<bool>], members: &[usize]) -> Option<BigInt> {
        let undecided = members
            .iter()
            .filter(|h| decided.get(**h).is_some_and(Option::is_none));
        let left = |h: &usize| match self.0.get(h) {
            Some(left) => left.clone(),
            None => goal.values[*h].abs(),
        };
        let least = undecided.clone().map(left).min()?;
        for h in undecided {
            *self.0.entry(*h).or_insert_with(|| goal.values[*h].abs()) -= &least;
        }
        Some(least)
    }
}
