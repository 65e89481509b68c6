//! What is asked of a part of the box, and what is known of it.

use super::place::Candidate;
use super::tree::Slacks;
use crate::exact::Rational;

/// What is to be bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// |f|.
    Height,
    /// The entries of the Jacobian of f.
    Slope,
    /// Whether |f| is anywhere above 0: the first such point is enough.
    Equal,
}

/// How a part is divided.
#[derive(Clone, Copy, Debug)]
pub(super) enum Branch {
    Halve(usize),
    Split(Candidate),
}

/// What is known of a part.
pub(super) struct Seen {
    pub bound: Rational,
    pub slacks: Slacks,
    /// None if the part is closed.
    pub branch: Option<Branch>,
}
