//! Decides which sides can be had together, one question after another.

use super::fixed::words;
use super::ground::{Aid, Ground};
use super::place::Place;
use crate::advice::{Asked, Corner, Proposal, Wanted};
use crate::exact::dependence::Elimination;
use crate::exact::lp::{Decision, Feasibility, Simplex, shrink};
use crate::watch::{Stop, Watch};

/// Decides strict feasibility on one ground. What it answers is exact; which point or circuit, may depend on what it was asked before.
pub(crate) struct Solver<'a> {
    ground: &'a Ground,
    helper: Option<Helper<'a>>,
}

/// Asks, and establishes.
struct Helper<'a> {
    aid: &'a Aid,
    asked: Asked,
    elimination: Elimination<'a>,
    /// What is to be wanted: room that is kept.
    wanted: Vec<Wanted>,
}

impl<'a> Solver<'a> {
    /// Asked nothing yet.
    pub(crate) fn new(ground: &'a Ground) -> Self {
        let helper = ground.aid.as_ref().map(|aid| Helper {
            aid,
            asked: Asked::new(
                &*aid.advisor,
                &(0..ground.table().len()).collect::<Vec<_>>(),
            ),
            elimination: Elimination::new(ground.table(), &aid.rounded),
            wanted: vec![None; ground.table().len()],
        });
        Solver { ground, helper }
    }

    /// A place to go on from, for sides that are known to be had together: what questions about these and more have in common.
    ///
    /// # Errors
    /// The limit of `watch` that was met.
    pub(crate) fn begin(&mut self, decided: &[Decision], watch: &Watch) -> Result<Place, Stop> {
        let mut place = Place::Nowhere;
        if self.helper.is_none() {
            self.find(&Place::Nowhere, decided, &mut place, watch)?;
        }
        Ok(place)
    }

    /// Whether the `decided` sides, each of another row, can be had together; what shows it is put in `to`. `from` is nowhere, or a place that was
    /// found or begun for a prefix of `decided`.
    ///
    /// Cost: one exact linear program, warm from `from`; where advice is asked and right, that of establishing it: d³ products of machine words for a
    /// point or a circuit, and d more a row for the point's sides.
    ///
    /// # Errors
    /// The limit of `watch` that was met.
    pub(crate) fn find(
        &mut self,
        from: &Place,
        decided: &[Decision],
        to: &mut Place,
        watch: &Watch,
    ) -> Result<bool, Stop> {
        let Some(helper) = &mut self.helper else {
            let solver = match (from, &mut *to) {
                (Place::Solved(from), Place::Solved(to)) => {
                    to.clone_from(from);
                    to
                }
                (from, to) => {
                    let new = || Simplex::new(self.ground.table().dimension());
                    *to = Place::Solved(match from {
                        Place::Solved(from) => from.clone(),
                        _ => new(),
                    });
                    let Place::Solved(solver) = to else {
                        unreachable!("put there above");
                    };
                    solver
                }
            };
            let found = solver.solve(self.ground.table(), decided, watch)?;
            return Ok(found == Feasibility::Interior);
        };
        watch.check()?;
        let first = match helper.ask(self.ground, decided) {
            Advised::Known(place) => {
                let found = matches!(place, Place::Near(_));
                *to = place;
                return Ok(found);
            }
            Advised::Unknown(first) => first,
        };
        *to = exactly(self.ground, &first, decided, watch)?;
        Ok(!matches!(to, Place::Circuit(_)))
    }
}

/// What came of advice.
enum Advised {
    /// It was right.
    Known(Place),
    /// It was not; the rows to begin with.
    Unknown(Vec<usize>),
}

impl Helper<'_> {
    fn ask(&mut self, ground: &Ground, decided: &[Decision]) -> Advised {
        self.wanted.fill(None);
        for &(row, plus) in decided {
            self.wanted[row] = Some(plus);
        }
        for (row, side) in self.wanted.iter().enumerate() {
            self.asked.want(row, *side);
        }
        match self.asked.propose() {
            Proposal::Circuit(members) => {
                let side = |row: &usize| (*row, self.wanted[*row] == Some(true));
                let sided: Vec<Decision> = members.iter().map(side).collect();
                match self.elimination.is_positive_circuit(&sided) {
                    true => Advised::Known(Place::Circuit(members)),
                    false => Advised::Unknown(members),
                }
            }
            Proposal::Possible => {
                let corner = self.asked.corner().unwrap_or_default();
                match self.point(ground, &corner, decided) {
                    Some(point) => Advised::Known(Place::Near(point)),
                    None => {
                        Advised::Unknown(corner.level.into_iter().map(|(row, _)| row).collect())
                    }
                }
            }
            Proposal::Nothing => Advised::Unknown(Vec::new()),
        }
    }

    /// The corner's point, if it is on all sides.
    fn point(&self, ground: &Ground, corner: &Corner, decided: &[Decision]) -> Option<Vec<i64>> {
        let fixed = &self.aid.fixed;
        let point = fixed.solve(corner)?;
        let is_there = |&(row, plus): &Decision| {
            let side = fixed.side(ground.table(), row, &point);
            if plus { side.is_gt() } else { side.is_lt() }
        };
        // What was decided last is the likeliest to be missed.
        decided.iter().rev().all(is_there).then_some(point)
    }
}

/// The answer of the exact linear program, which begins with some of the rows.
fn exactly(
    ground: &Ground,
    first: &[usize],
    decided: &[Decision],
    watch: &Watch,
) -> Result<Place, Stop> {
    let table = ground.table();
    let (mut list, rest): (Vec<Decision>, Vec<Decision>) =
        decided.iter().partition(|(row, _)| first.contains(row));
    let mut simplex = Simplex::new(table.dimension());
    let mut found = simplex.solve(table, &list, watch)?;
    if found == Feasibility::Interior {
        list.extend(rest);
        found = simplex.solve(table, &list, watch)?;
    }
    if found == Feasibility::Empty {
        let multipliers = simplex.multipliers(table, &list);
        let members = multipliers.into_iter().map(|(row, _)| row);
        return Ok(Place::Circuit(members.collect()));
    }
    let rows = decided.iter().map(|(row, _)| *row);
    let point = shrink(&simplex.point(), table, rows);
    Ok(match words(&point) {
        Some(point) => Place::Near(point),
        None => Place::Far(point),
    })
}
