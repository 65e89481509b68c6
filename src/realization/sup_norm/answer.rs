//! What the sup norm is found to be, and limits.

use std::sync::Arc;

use num_traits::Zero as _;

use crate::advice::{Advice, Floats};
use crate::certificate::Piece;
use crate::exact::Rational;
use crate::watch::Watch;

/// When to give up searching and answer a bracket.
#[derive(Clone)]
pub struct SupNormLimits {
    /// Give up after this many nodes.
    pub nodes: Option<u64>,
    /// Give up when a limit is met.
    pub watch: Watch,
    /// Stop when upper − value is at most this.
    pub gap: Rational,
    /// Who proposes where to look.
    pub advice: Arc<dyn Advice>,
    /// Whether trees are kept, for a certificate.
    pub keep: bool,
}

impl Default for SupNormLimits {
    fn default() -> Self {
        SupNormLimits {
            nodes: None,
            watch: Watch::none(),
            gap: Rational::zero(),
            advice: Arc::new(Floats),
            keep: true,
        }
    }
}

impl std::fmt::Debug for SupNormLimits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SupNormLimits")
            .field("nodes", &self.nodes)
            .field("watch", &self.watch)
            .field("gap", &self.gap)
            .field("keep", &self.keep)
            .finish_non_exhaustive()
    }
}

/// The sup norm, or what is known of it: `value` ≤ sup norm ≤ `upper`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupNorm {
    /// The largest value found.
    pub value: Rational,
    /// Where it is attained. Where it is attained more than once, which point that is depends on who advises.
    pub point: Vec<Rational>,
    /// The output.
    pub output: usize,
    /// No value is larger.
    pub upper: Rational,
    /// How many parts of the box were looked at.
    pub nodes: u64,
    /// Why no output is larger, and no negative of one: one tree for each. None where vertices are so few that a verifier goes through them, where trees were not
    /// to be kept, or where both ends do not agree.
    pub trees: Vec<HeightTree>,
}

/// Why ± one output is at most the sup norm; see [`crate::certificate::Below`], whose data this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeightTree {
    /// The output.
    pub output: usize,
    /// Whether its negative is bounded.
    pub negative: bool,
    /// The tree in preorder.
    pub nodes: Vec<Piece>,
}

impl SupNorm {
    /// The sup norm, if it is known.
    pub fn exact(&self) -> Option<&Rational> {
        (self.value == self.upper).then_some(&self.value)
    }
}
