//! What the nodes of a tree speak of.

use super::budget::Budget;
use super::circuits::Signs;
use super::dependence::Normals;
use super::difference::Difference;

/// The difference, the circuits of earlier steps, and the normals for those that stand in leaves.
pub(crate) struct Ground<'a> {
    pub(crate) difference: &'a Difference,
    pub(crate) circuits: &'a [Signs],
    pub(crate) normals: &'a mut Normals,
    pub(crate) limits: &'a Budget,
}
