//! The way through a tree in preorder.

use crate::certificate::Node;

/// One path, with the decisions on it.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    /// The side of each hyperplane, true for +.
    pub decided: Vec<Option<bool>>,
    path: Vec<Branch>,
    done: bool,
}

#[derive(Clone, Copy, Debug)]
struct Branch {
    hyperplane: usize,
    plus: bool,
    /// Whether the other one has been seen.
    last: bool,
}

impl Walk {
    /// At the root.
    pub fn new(hyperplanes: usize) -> Self {
        Walk {
            decided: vec![None; hyperplanes],
            path: Vec::new(),
            done: false,
        }
    }

    /// How many decisions there are.
    pub fn depth(&self) -> usize {
        self.path.len()
    }

    /// The decisions, in their order: hyperplane and side.
    pub fn decisions(&self) -> Vec<(usize, bool)> {
        self.path.iter().map(|b| (b.hyperplane, b.plus)).collect()
    }

    /// Whether the subtree that began at this depth has been left.
    pub fn has_left(&self, depth: usize) -> bool {
        self.done || self.path.len() <= depth
    }

    /// Enters a split; false at a leaf.
    pub fn enter(&mut self, node: &Node) -> Result<bool, String> {
        let (hyperplane, plus) = match *node {
            Node::Split(hyperplane) => (hyperplane, true),
            Node::SplitMinus(hyperplane) => (hyperplane, false),
            _ => return Ok(false),
        };
        let known = self.decided.len();
        match self.decided.get_mut(hyperplane) {
            None => Err(format!(
                "a split names hyperplane {hyperplane}, there are {known}"
            )),
            Some(Some(_)) => Err(format!(
                "hyperplane {hyperplane} is split twice on one path"
            )),
            Some(side) => {
                *side = Some(plus);
                self.path.push(Branch {
                    hyperplane,
                    plus,
                    last: false,
                });
                Ok(true)
            }
        }
    }

    /// Leaves a leaf for the next branch.
    pub fn leave(&mut self) {
        while let Some(branch) = self.path.pop() {
            if branch.last {
                self.decided[branch.hyperplane] = None;
                continue;
            }
            let plus = !branch.plus;
            self.decided[branch.hyperplane] = Some(plus);
            self.path.push(Branch {
                plus,
                last: true,
                ..branch
            });
            return;
        }
        self.done = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_knows_its_decisions_and_when_subtrees_end() {
        let mut walk = Walk::new(3);
        assert!(walk.enter(&Node::Split(2)).unwrap());
        let below = walk.depth();
        assert!(walk.enter(&Node::SplitMinus(0)).unwrap());
        assert_eq!(walk.decisions(), [(2, true), (0, false)]);
        assert!(walk.enter(&Node::Split(2)).unwrap_err().contains("twice"));
        assert!(
            walk.enter(&Node::Split(3))
                .unwrap_err()
                .contains("there are 3")
        );
        assert!(!walk.enter(&Node::Bound).unwrap());
        walk.leave();
        assert!(!walk.has_left(below));
        assert_eq!(walk.decided, [Some(true), None, Some(true)]);
        walk.leave();
        assert!(walk.has_left(below) && !walk.has_left(0));
        assert_eq!(walk.decisions(), [(2, false)]);
        walk.leave();
        assert!(walk.has_left(0));
    }
}
