//! The questions: of one function or the difference of two, on a box.

use super::answer::{Bracket, CellCount, CellLimits, CellRegion};
use super::count::count;
use super::place::Problem;
use super::search::Search;
use super::seen::Goal;
use crate::network::{Deep, ShapeError};
use crate::realization::Domain;

/// R(second) − R(first), or R(first) where there is no second, on a box.
#[derive(Clone, Copy, Debug)]
pub struct Difference<'a> {
    pub(super) first: &'a Deep,
    pub(super) second: Option<&'a Deep>,
    pub(super) domain: &'a Domain,
}

impl<'a> Difference<'a> {
    /// Of networks that fit together and into the box.
    ///
    /// # Errors
    /// [`ShapeError`] if inputs, outputs or sides are not as many.
    pub fn new(
        first: &'a Deep,
        second: Option<&'a Deep>,
        domain: &'a Domain,
    ) -> Result<Self, ShapeError> {
        let second_shape = second.map_or((first.inputs(), first.outputs()), |second| {
            (second.inputs(), second.outputs())
        });
        for (place, found, expected) in [
            (
                "the inputs of the second network",
                second_shape.0,
                first.inputs(),
            ),
            (
                "the outputs of the second network",
                second_shape.1,
                first.outputs(),
            ),
            (
                "the list of the box's sides",
                domain.sides().len(),
                first.inputs(),
            ),
        ] {
            if found != expected {
                return Err(ShapeError {
                    place: place.to_owned(),
                    found,
                    expected,
                });
            }
        }
        Ok(Difference {
            first,
            second,
            domain,
        })
    }

    /// The largest absolute value over the box and the outputs.
    ///
    /// Cost: branch and bound; a node takes as much as the layers with undecided neurons take to be multiplied, and a linear program an output. Their number may grow
    /// exponentially with the undecided neurons.
    pub fn sup_norm(&self, limits: &CellLimits) -> Bracket {
        self.search(Goal::Height, limits)
    }

    /// The largest absolute entry of the Jacobian, wherever there is one in the box. Cost: as for [`sup_norm`](Self::sup_norm).
    pub fn seminorm(&self, limits: &CellLimits) -> Bracket {
        self.search(Goal::Slope, limits)
    }

    /// As [`sup_norm`](Self::sup_norm), ended by the first point where the function is not 0: it is 0 on the box if the upper end is, and is not if the lower end is not.
    pub fn zero(&self, limits: &CellLimits) -> Bracket {
        self.search(Goal::Equal, limits)
    }

    /// Counts the regions of the first network in the box: sets of hidden neurons that are positive, all others not, on a part of the box with interior points. `visit` is told
    /// each, and ends the count by answering false.
    ///
    /// Cost: for each neuron that intervals leave undecided in a part, a linear program with as many rows as sides were chosen.
    pub fn regions(
        &self,
        limits: &CellLimits,
        mut visit: impl FnMut(CellRegion<'_>) -> bool,
    ) -> CellCount {
        let (problem, whole) = Problem::new(&[self.first], self.domain);
        count(&problem, whole, limits, &mut |point| {
            visit(CellRegion {
                point: &problem.rationals(point),
                on: &problem.on(point),
            })
        })
    }

    fn search(&self, goal: Goal, limits: &CellLimits) -> Bracket {
        let networks: Vec<&Deep> = [Some(self.first), self.second]
            .into_iter()
            .flatten()
            .collect();
        let (problem, whole) = Problem::new(&networks, self.domain);
        Search::new(&problem, goal, limits).run(whole)
    }
}
