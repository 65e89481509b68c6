//! What the methods work on: the tree of an arrangement, the matrices of its direct summands, the state of a run.

use num_bigint::BigInt;

use super::control::{Control, Options, StopReason};
use super::matrix::Matrix;
use super::normals::Arrangement;
use super::tree::RegionTree;
use crate::exact::linear;

impl Arrangement {
    /// The shared state of a run.
    pub(super) fn control<'a>(&self, options: &'a Options) -> Control<'a> {
        let bits = self.reduced.bits() * self.coordinates.len() as u64;
        let bounds = (self.at_least(), self.at_most());
        Control::new(options, bounds, self.domain.is_empty(), bits)
    }

    /// The region tree of the classes, in the coordinates [`Arrangement::lift`] understands, within the domain.
    ///
    /// The tree's hyperplanes are the classes, not the rows.
    pub(super) fn tree(&self) -> RegionTree {
        RegionTree::from_table(self.reduced.clone(), self.classes.len())
    }

    /// The matrix of a direct summand.
    pub(super) fn summand(
        &self,
        summand: usize,
        control: &Control<'_>,
    ) -> Result<Matrix, StopReason> {
        let classes = &self.summands[summand];
        let rows: Vec<Vec<BigInt>> = classes
            .iter()
            .map(|&class| self.reduced.row(class).to_vec())
            .collect();
        if classes.len() == self.classes.len() && self.domain.is_empty() {
            return Ok(Matrix::new(&rows, self.rank));
        }
        let columns: Vec<Vec<BigInt>> = (0..self.coordinates.len())
            .map(|column| rows.iter().map(|row| row[column].clone()).collect())
            .collect();
        let mut coordinates = linear::echelon(&columns, rows.len(), control.watch())?.pivot_rows;
        coordinates.sort_unstable();
        let rows: Vec<Vec<BigInt>> = rows
            .iter()
            .map(|row| {
                coordinates
                    .iter()
                    .map(|&column| row[column].clone())
                    .collect()
            })
            .collect();
        Ok(Matrix::new(&rows, coordinates.len()))
    }
}
