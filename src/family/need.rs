//! What a proof needs to hold.

use std::fmt;

use super::expression::Expression;
use super::polynomial::{Place, Signs};

/// A fact about signs that a proof depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Need {
    /// It is 0.
    Zero(Expression),
    /// It is not negative.
    NonNegative(Expression),
    /// It is positive.
    Positive(Expression),
    /// One of these has one sign everywhere and is nowhere 0.
    SomeDefinite(Vec<Expression>),
    /// It is defined.
    Defined(Expression),
}

impl Need {
    /// Whether it holds at a place.
    pub(super) fn holds(&self, place: Place) -> bool {
        match self {
            Need::Zero(e) => e.is_zero_at(place),
            Need::NonNegative(e) => !e.signs(place).negative,
            Need::Positive(e) => e.signs(place) == Signs::POSITIVE,
            Need::SomeDefinite(all) => all.iter().any(|e| e.signs(place).definite()),
            Need::Defined(e) => e.is_defined(place),
        }
    }
}

impl fmt::Display for Need {
    /// As an inequality, or in a few words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Need::Zero(e) => write!(f, "{e} = 0"),
            Need::NonNegative(e) => write!(f, "{e} >= 0"),
            Need::Positive(e) => write!(f, "{e} > 0"),
            Need::SomeDefinite(all) => {
                let all: Vec<String> = all.iter().map(Expression::to_string).collect();
                write!(f, "one of {} has no zero", all.join(", "))
            }
            Need::Defined(e) => write!(f, "{e} is defined"),
        }
    }
}
