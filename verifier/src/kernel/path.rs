//! The path to a node of a tree of splits, in preorder, and the signs decided on it. Nothing is kept of the nodes that have been seen.

use super::verdict::{Stop, reject};

/// The path to the current node.
#[derive(Debug)]
pub(crate) struct Path {
    /// ε_H of the decided hyperplanes.
    pub(crate) signs: Vec<Option<bool>>,
    /// The splits above the current node.
    branches: Vec<Branch>,
    pub(crate) is_complete: bool,
}

/// The branch taken at a split.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Branch {
    pub(crate) hyperplane: usize,
    pub(crate) plus: bool,
    /// Whether the other one has been seen.
    pub(crate) last: bool,
}

impl Path {
    /// That to the root, where these signs are decided.
    pub(crate) fn new(signs: Vec<Option<bool>>) -> Path {
        Path {
            signs,
            branches: Vec::new(),
            is_complete: false,
        }
    }

    /// Rejects a node where none is expected.
    pub(crate) fn check(&self, index: usize) -> Result<(), Stop> {
        match self.is_complete {
            false => Ok(()),
            true => reject(format!("the tree is complete before node {index}")),
        }
    }

    /// Decides a hyperplane and enters a branch; false if there is none, or it is decided.
    pub(crate) fn split(&mut self, hyperplane: usize, plus: bool) -> bool {
        let Some(sign @ None) = self.signs.get_mut(hyperplane) else {
            return false;
        };
        *sign = Some(plus);
        self.branches.push(Branch {
            hyperplane,
            plus,
            last: false,
        });
        true
    }

    /// Leaves a branch, which it answers: for the other one, unless this is the last, which is to be left too; none where the tree is complete.
    pub(crate) fn leave(&mut self) -> Option<Branch> {
        let left = self.branches.pop();
        self.is_complete = left.is_none();
        let branch = left?;
        let other = (!branch.last).then_some(!branch.plus);
        if let Some(sign) = self.signs.get_mut(branch.hyperplane) {
            *sign = other;
        }
        self.branches.extend(other.map(|plus| Branch {
            plus,
            last: true,
            ..branch
        }));
        left
    }
}
