//! A large entry of a Jacobian, with the point where it is had.

use num_bigint::BigInt;

use crate::exact::Rational;

/// An entry of the Jacobian at a point off all hyperplanes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attained {
    /// The point.
    pub point: Vec<BigInt>,
    /// The side of each hyperplane of the canonical form, true for +.
    pub signs: Vec<bool>,
    /// The row of the Jacobian.
    pub output: usize,
    /// The column of the Jacobian.
    pub input: usize,
    /// The absolute value there.
    pub value: Rational,
}
