//! What the methods work on: the tree of an arrangement, the matrices of its direct summands, the state of a run.

use std::sync::Arc;

use num_bigint::BigInt;

use super::control::{Control, Options, StopReason};
use super::matrix::Matrix;
use super::normals::Arrangement;
use super::tree::RegionTree;
use crate::advice::Advice;
use crate::exact::linear;
use crate::sides::Ground;
use crate::watch::{Stop, Watch};

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
    pub(super) fn tree(&self, advice: &dyn Advice) -> RegionTree {
        let ground = Ground::new(Arc::clone(&self.reduced), advice);
        RegionTree::on(ground, self.classes.len())
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
        let coordinates = self.axes(summand, control.watch())?;
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

    /// Of the coordinates, as many as a direct summand has rank, which determine its normals.
    pub(super) fn axes(&self, summand: usize, watch: &Watch) -> Result<Vec<usize>, Stop> {
        let classes = &self.summands[summand];
        let columns: Vec<Vec<BigInt>> = (0..self.coordinates.len())
            .map(|column| {
                let rows = classes.iter().map(|&class| self.reduced.row(class));
                rows.map(|row| row[column].clone()).collect()
            })
            .collect();
        let mut axes = linear::echelon(&columns, classes.len(), watch)?.pivot_rows;
        axes.sort_unstable();
        Ok(axes)
    }
}
