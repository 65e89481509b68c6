//! What is known of some sides.

use std::cmp::Ordering;

use num_bigint::BigInt;

use super::fixed::long;
use super::ground::Ground;
use crate::exact::dependence::circuit_multipliers;
use crate::exact::lp::{Decision, Simplex};

/// A point on some sides, or why there is none.
#[derive(Debug, Default)]
pub(crate) enum Place {
    /// Nothing is known.
    #[default]
    Nowhere,
    /// An exact solver, which has either.
    Solved(Simplex),
    /// A point in machine integers.
    Near(Vec<i64>),
    /// Any other point.
    Far(Vec<BigInt>),
    /// Rows whose sides exclude each other, in increasing order.
    Circuit(Vec<usize>),
}

impl Place {
    /// On which side of a row the point is; on none, if there is no point.
    pub(crate) fn side(&self, ground: &Ground, row: usize) -> Ordering {
        match (self, &ground.aid) {
            (Place::Solved(simplex), _) => simplex.side(ground.table(), row),
            (Place::Near(point), Some(aid)) => aid.fixed.side(ground.table(), row, point),
            (Place::Near(point), None) => ground.table().side(row, &long(point)),
            (Place::Far(point), _) => ground.table().side(row, point),
            (Place::Nowhere | Place::Circuit(_), _) => Ordering::Equal,
        }
    }

    /// The point; zero if there is none.
    pub(crate) fn point(&self, ground: &Ground) -> Vec<BigInt> {
        match self {
            Place::Solved(simplex) => simplex.point(),
            Place::Near(point) => long(point),
            Place::Far(point) => point.clone(),
            Place::Nowhere | Place::Circuit(_) => vec![BigInt::ZERO; ground.table().dimension()],
        }
    }

    /// If the `decided` sides, those that were asked for, exclude each other: rows of a circuit, ascending. None, if there is a point.
    pub(crate) fn members(&self, ground: &Ground, decided: &[Decision]) -> Vec<usize> {
        match self {
            Place::Circuit(members) => members.clone(),
            _ => {
                let multipliers = self.multipliers(ground, decided);
                multipliers.into_iter().map(|(row, _)| row).collect()
            }
        }
    }

    /// If the `decided` sides, those that were asked for, exclude each other: pairs of a row and a positive multiplier, by ascending row, without
    /// common factor. The multiples of the oriented rows, a circuit, sum to 0. None, if there is a point.
    pub(crate) fn multipliers(
        &self,
        ground: &Ground,
        decided: &[Decision],
    ) -> Vec<(usize, BigInt)> {
        match self {
            Place::Solved(simplex) => simplex.multipliers(ground.table(), decided),
            Place::Circuit(members) => {
                let side = |member: &usize| decided.iter().find(|(row, _)| row == member);
                let sided: Vec<Decision> = members.iter().filter_map(side).copied().collect();
                circuit_multipliers(ground.table(), &sided).unwrap_or_default()
            }
            Place::Nowhere | Place::Near(_) | Place::Far(_) => Vec::new(),
        }
    }
}
