//! How much of a gradient entry must be given up: packings of circuits (weighted maximum feasible subsystem).
//!
//! One entry of the Jacobian, with a sign, is base + Σ_H ε_H v_H over the sides ε of a region. Every hyperplane prefers the side of
//! v_H; a circuit of hyperplanes that cannot all have the sides they prefer, or are decided to have, makes one of them give way.
//! Circuits with weights y ≥ 0 whose sums over each undecided hyperplane stay within |v_H| show that 2 Σ y is lost.

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use super::gradient::GradientTable;
use crate::exact::lp::{Decision, Feasibility, RowTable, Simplex};
use crate::watch::{Stop, Watch};

/// A linear dependence Σ μ_H·(primitive normal of H) = 0 by increasing H, the first coefficient positive.
pub(super) type Circuit = Vec<(usize, BigInt)>;

/// One entry of the Jacobian with a sign, to be made large. Values are in units of 1/(2·scale) of the [`GradientTable`].
pub(super) struct Objective<'a> {
    rows: &'a RowTable,
    hyperplanes: usize,
    /// v_H.
    values: Vec<BigInt>,
    /// ±2·scale·M.
    base: BigInt,
    /// The hyperplanes with v_H ≠ 0, largest |v_H| first.
    soft: Vec<usize>,
}

/// What a choice of sides costs at least.
pub(super) enum Cost {
    /// No region has these sides.
    Refuted(Circuit),
    /// A packing, and a point that has the decided sides and many preferred ones.
    Packed(Packed),
}

impl Cost {
    /// Whether a limit was met on the way.
    pub(super) fn is_unfinished(&self) -> bool {
        matches!(self, Cost::Packed(packed) if packed.stopped.is_some())
    }
}

/// A packing at one node.
pub(super) struct Packed {
    /// Circuits with their weights.
    pub circuits: Vec<(Circuit, BigInt)>,
    /// The objective is at most this under the decisions.
    pub bound: BigInt,
    /// An interior point of the decided sides; it may lie on undecided hyperplanes. Empty if none was found.
    pub point: Vec<BigInt>,
    /// The undecided hyperplane that the packing uses most, if it uses any.
    pub heaviest: Option<usize>,
    /// The limit at which packing ended early: the bound holds, but a longer packing may show more.
    pub stopped: Option<Stop>,
}

impl Packed {
    /// Nothing is known but that no more than this can be had.
    pub(super) fn nothing(bound: BigInt, stopped: Option<Stop>) -> Self {
        Packed {
            circuits: Vec::new(),
            bound,
            point: Vec::new(),
            heaviest: None,
            stopped,
        }
    }
}

impl<'a> Objective<'a> {
    /// `rows` are the table's normals, followed by the rows of the domain, which are decided + throughout.
    pub(super) fn new(
        table: &GradientTable,
        rows: &'a RowTable,
        entry: usize,
        negative: bool,
    ) -> Self {
        let signed = |value: &BigInt| if negative { -value } else { value.clone() };
        let hyperplanes = table.hyperplanes();
        let values: Vec<BigInt> = (0..hyperplanes)
            .map(|h| signed(&table.jump(h, entry)))
            .collect();
        let mut soft: Vec<usize> = (0..hyperplanes).filter(|h| !values[*h].is_zero()).collect();
        soft.sort_by(|x, y| values[*y].abs().cmp(&values[*x].abs()).then(x.cmp(y)));
        Objective {
            rows,
            hyperplanes,
            base: signed(&table.base()[entry]),
            values,
            soft,
        }
    }

    /// The value if every hyperplane had the side it prefers.
    pub(super) fn ideal(&self) -> BigInt {
        let sizes = self.values.iter().map(BigInt::abs);
        sizes.fold(self.base.clone(), |sum, size| sum + size)
    }

    fn prefers_plus(&self, h: usize) -> bool {
        self.values[h].is_positive()
    }

    /// The cost of the decided sides.
    pub(super) fn cost(&self, decided: &[Decision], watch: &Watch) -> Cost {
        let domain = self.hyperplanes..self.rows.len();
        let mut list: Vec<Decision> = domain.map(|row| (row, true)).collect();
        list.extend_from_slice(decided);
        let mut hard = Simplex::new(self.rows.dimension());
        match hard.solve(self.rows, &list, watch) {
            Err(stop) => Cost::Packed(Packed::nothing(self.ideal(), Some(stop))),
            Ok(Feasibility::Empty) => {
                Cost::Refuted(circuit(hard.multipliers(self.rows, &list), &list))
            }
            Ok(Feasibility::Interior) => Cost::Packed(self.pack(decided, list, &hard, watch)),
        }
    }

    /// A packing where the sides of `list`, which are decided, have a common point.
    fn pack(
        &self,
        decided: &[Decision],
        mut list: Vec<Decision>,
        hard: &Simplex,
        watch: &Watch,
    ) -> Packed {
        let fixed = list.len();
        let mut bound = self.ideal();
        let mut is_decided = vec![false; self.hyperplanes];
        for &(h, plus) in decided {
            is_decided[h] = true;
            if plus != self.prefers_plus(h) {
                bound -= self.values[h].abs() * 2;
            }
        }
        // Hyperplanes are taken up largest first. When one contradicts those taken up, the circuit is paid for by its least
        // residual, and whatever has nothing left is let go.
        let mut residual: Vec<BigInt> = self.values.iter().map(BigInt::abs).collect();
        let mut state = hard.clone();
        let mut circuits = Vec::new();
        let mut stopped = None;
        'hyperplanes: for &h in self.soft.iter().filter(|h| !is_decided[**h]) {
            let side = (h, self.prefers_plus(h));
            while residual[h].is_positive() {
                let wanted = if side.1 {
                    std::cmp::Ordering::Greater
                } else {
                    std::cmp::Ordering::Less
                };
                list.push(side);
                if state.side(self.rows, h) == wanted {
                    break;
                }
                let mut next = state.clone();
                match next.solve(self.rows, &list, watch) {
                    Ok(Feasibility::Interior) => {
                        state = next;
                        break;
                    }
                    Ok(Feasibility::Empty) => {}
                    Err(stop) => {
                        stopped = Some(stop);
                        break 'hyperplanes;
                    }
                }
                let found = next.multipliers(self.rows, &list);
                list.pop();
                let payers = || {
                    let members = found.iter().map(|(row, _)| *row);
                    members.filter(|row| *row < self.hyperplanes && !is_decided[*row])
                };
                let Some(least) = payers().map(|row| residual[row].clone()).min() else {
                    unreachable!(
                        "the decided sides have a common point, so the new one is in the circuit"
                    );
                };
                for row in payers() {
                    residual[row] -= &least;
                }
                bound -= &least * 2;
                let signed = circuit(found, &[&list[..], &[side]].concat());
                circuits.push((signed, least));
                let before = list.len();
                let mut position = 0;
                list.retain(|(row, _)| {
                    position += 1;
                    position <= fixed || residual[*row].is_positive()
                });
                if list.len() < before {
                    state = hard.clone();
                    // A subset of sides that have a common point.
                    if let Err(stop) = state.solve(self.rows, &list, watch) {
                        stopped = Some(stop);
                        break 'hyperplanes;
                    }
                }
            }
        }
        let heaviest = (0..self.hyperplanes)
            .filter(|h| !is_decided[*h])
            .map(|h| (self.values[h].abs() - &residual[h], std::cmp::Reverse(h)))
            .max()
            .filter(|(load, _)| load.is_positive())
            .map(|(_, h)| h.0);
        Packed {
            circuits,
            bound,
            // A solver that was stopped is at no point of its rows.
            point: match stopped {
                None => state.point(),
                Some(_) => hard.point(),
            },
            heaviest,
            stopped,
        }
    }
}

/// Positive multipliers of decided sides as a dependence of the normals themselves, in one orientation.
fn circuit(multipliers: Vec<(usize, BigInt)>, list: &[Decision]) -> Circuit {
    let plus = |row: usize| list.contains(&(row, true));
    let mut circuit: Circuit = multipliers
        .into_iter()
        .map(|(row, value)| (row, if plus(row) { value } else { -value }))
        .collect();
    if circuit
        .first()
        .is_some_and(|(_, first)| first.is_negative())
    {
        circuit.iter_mut().for_each(|(_, value)| *value = -&*value);
    }
    circuit
}
