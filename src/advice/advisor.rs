//! Who is asked, what, and what is answered.

use num_bigint::BigInt;

/// Which side of a hyperplane is asked for, if any.
pub type Wanted = Option<bool>;

/// An answer of an [`Advisor`]: a guess.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposal {
    /// The wanted sides of these rows may exclude each other, in increasing order.
    Circuit(Vec<usize>),
    /// All wanted sides may be had together.
    Possible,
    /// No idea.
    Nothing,
}

/// Proposes circuits among oriented rows, one after another; it may remember what it was asked before.
pub trait Advisor: Send + Sync {
    /// Another one on the same rows, which remembers nothing.
    fn fresh(&self) -> Box<dyn Advisor>;

    /// A circuit among the wanted sides, or sides that may be had; `wanted` has an entry for every row.
    fn propose(&mut self, wanted: &[Wanted]) -> Proposal;

    /// Sides of all rows that may be had together, after an answer of [`Proposal::Possible`]: those that were wanted, and some of the others.
    fn sides(&self) -> Vec<bool>;
}

/// A ray near which a weighted sum may be large.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ray {
    /// Rows that are 0 on the ray, one fewer than their rank.
    pub tight: Vec<usize>,
    /// A row that is far from 0 there.
    pub ahead: usize,
    /// The sides of all rows near it, those that are 0 on it on their better one.
    pub sides: Vec<bool>,
}

/// Who is asked.
pub trait Advice: Send + Sync {
    /// An advisor on these rows, all of the same length.
    fn advisor(&self, rows: &[Vec<BigInt>]) -> Box<dyn Advisor>;

    /// Rays near which Σ ± weight, over the rows with a weight, may be large: best first, perhaps none. The rows after the weighted ones
    /// must be on their + side. `effort` is about how many multiplications may be spent.
    fn large(&self, rows: &[Vec<BigInt>], weights: &[BigInt], effort: u64) -> Vec<Ray>;
}
