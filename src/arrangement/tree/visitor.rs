//! What a walk shows, and to whom.

use std::ops::ControlFlow;

use num_bigint::BigInt;
use num_traits::Signed;

use super::region_tree::RegionTree;
use crate::exact::gcd::gcd_all;
use crate::exact::lp::{Decision, shrink};
use crate::sides::Place;

/// What to do below a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visit {
    /// Visit its children.
    Descend,
    /// Skip them.
    Prune,
    /// End the walk.
    Stop,
}

/// Sees the nodes of a region tree in preorder, the plus child before the minus child.
pub trait TreeVisitor {
    /// A node with an interior point and at least one hyperplane undecided; the root comes first, with nothing decided.
    fn enter(&mut self, decided: &[Decision]) -> Visit {
        let _ = decided;
        Visit::Descend
    }

    /// A leaf: all hyperplanes are decided and the region has interior points.
    fn region(&mut self, region: &TreeRegion<'_>) -> ControlFlow<()>;

    /// A choice without interior point: the last of the decisions contradicts the others (or, at the root, the domain is
    /// empty).
    fn infeasible(&mut self, decided: &[Decision], refutation: &Refutation<'_>) -> ControlFlow<()> {
        let _ = (decided, refutation);
        ControlFlow::Continue(())
    }
}

/// A region found by a walk.
#[derive(Clone, Copy, Debug)]
pub struct TreeRegion<'a> {
    pub(super) tree: &'a RegionTree,
    pub(super) decided: &'a [Decision],
    pub(super) place: &'a Place,
}

impl TreeRegion<'_> {
    /// The sides in the order of decision, zero normals left out.
    pub fn decided(&self) -> &[Decision] {
        self.decided
    }

    /// For every normal, in input order, 1, −1 or (for a zero normal) 0.
    pub fn signs(&self) -> Vec<i8> {
        let mut signs = vec![0; self.tree.hyperplanes];
        for &(row, plus) in self.decided {
            signs[row] = if plus { 1 } else { -1 };
        }
        signs
    }

    /// A small integer point inside the region and the domain.
    pub fn witness(&self) -> Vec<BigInt> {
        let table = self.tree.ground.table();
        shrink(&self.place.point(&self.tree.ground), table, 0..table.len())
    }
}

/// Why a choice of sides is impossible.
#[derive(Clone, Copy, Debug)]
pub struct Refutation<'a> {
    pub(super) tree: &'a RegionTree,
    pub(super) all_decided: &'a [Decision],
    pub(super) reason: Reason<'a>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Reason<'a> {
    Circuit(&'a Place),
    Parallel(usize, usize),
}

impl Refutation<'_> {
    /// Positive multipliers λ without common factor on a circuit of decided normals (and rows of the domain), by ascending
    /// row: Σ λ_i σ_i a_i = 0, where σ_i is the side decided for row i. Rows of the domain are numbered on from the number
    /// of hyperplanes and have σ = 1.
    pub fn multipliers(&self) -> Vec<(usize, BigInt)> {
        match self.reason {
            Reason::Circuit(place) => place.multipliers(&self.tree.ground, self.all_decided),
            Reason::Parallel(earlier, later) => {
                let lead = |row: usize| {
                    let entry = self
                        .tree
                        .ground
                        .table()
                        .row(row)
                        .iter()
                        .find(|entry| **entry != BigInt::ZERO);
                    entry.map(Signed::abs).unwrap_or_default()
                };
                let (x, y) = (lead(later), lead(earlier));
                let content = gcd_all([&x, &y]);
                vec![(earlier, x / &content), (later, y / content)]
            }
        }
    }
}
