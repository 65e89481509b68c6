//! The region tree: depth-first enumeration by exact linear programs (method RC).
//!
//! Hyperplanes are decided one after another. A node is a choice of sides for some of them that has an interior point; the
//! side its point lies on needs no test, the other side is one question, which has a point or Farkas multipliers for an answer: from a warm-started
//! [`Simplex`](crate::exact::lp::Simplex), or, where that is slow, from what advice proposes, established. Memory is O(m·d²) however many regions there are, and the walk can be steered and stopped at any node.
//!
//! This is the incremental enumeration of Rada and Černý, *A new algorithm for enumeration of cells of hyperplane
//! arrangements and a comparison with Avis and Fukuda's reverse search*, SIAM J. Discrete Math. 32 (2018).

mod region_tree;
mod visitor;
mod walk;

pub use region_tree::RegionTree;
pub use visitor::{Refutation, TreeRegion, TreeVisitor, Visit};
