//! What is found on a box, and limits.

use std::sync::Arc;

use num_traits::Zero as _;

use crate::advice::{Advice, Floats};
use crate::certificate::Cut;
use crate::exact::Rational;
use crate::watch::{Stop, Watch};

/// When to give up searching and answer what is known.
#[derive(Clone)]
pub struct CellLimits {
    /// Give up after this many nodes.
    pub nodes: Option<u64>,
    /// Give up when a limit is met.
    pub watch: Watch,
    /// Stop when upper − lower is at most this.
    pub gap: Rational,
    /// Who proposes where to look.
    pub advice: Arc<dyn Advice>,
    /// Whether the tree is kept, for a certificate.
    pub keep: bool,
}

impl Default for CellLimits {
    fn default() -> Self {
        CellLimits {
            nodes: None,
            watch: Watch::none(),
            gap: Rational::zero(),
            advice: Arc::new(Floats),
            keep: true,
        }
    }
}

impl std::fmt::Debug for CellLimits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CellLimits")
            .field("nodes", &self.nodes)
            .field("watch", &self.watch)
            .field("gap", &self.gap)
            .field("keep", &self.keep)
            .finish_non_exhaustive()
    }
}

/// The largest |f|, or the largest absolute entry of the Jacobian of f, on a box, or what is known of it: lower ≤ it ≤ upper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bracket {
    /// The largest value found.
    pub lower: Rational,
    /// A point with this value: of the closed box for |f|, inside it for the Jacobian. None where no point with a Jacobian was found.
    pub point: Option<Vec<Rational>>,
    /// The output, row of the Jacobian.
    pub output: usize,
    /// The column of the Jacobian; 0 for |f|.
    pub input: usize,
    /// No value is larger.
    pub upper: Rational,
    /// How many parts of the box were looked at.
    pub nodes: u64,
    /// Why none is larger, if it was to be kept; see [`DeepTree`](crate::certificate::DeepTree).
    pub tree: Vec<Cut>,
}

impl Bracket {
    /// The value, if it is known.
    pub fn exact(&self) -> Option<&Rational> {
        (self.lower == self.upper).then_some(&self.upper)
    }
}

/// A region as it is found.
#[derive(Clone, Copy, Debug)]
pub struct CellRegion<'a> {
    /// A point inside.
    pub point: &'a [Rational],
    /// Which hidden neurons are positive there, layer by layer.
    pub on: &'a [bool],
}

/// The regions of a network in a box: sets of hidden neurons that are positive, all others not, on a part of the box with interior points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellCount {
    /// How many were found.
    pub regions: u64,
    /// Why there may be more; none if these are all.
    pub open: Option<Open>,
    /// How many linear programs were asked.
    pub nodes: u64,
    /// The tree, if it was to be kept.
    pub tree: Vec<Cut>,
}

/// Why a count is not known to be complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// A limit of the watch was met.
    Stopped(Stop),
    /// So many nodes were looked at.
    Nodes,
}

impl CellCount {
    /// Whether these are all.
    pub fn is_exact(&self) -> bool {
        self.open.is_none()
    }
}
