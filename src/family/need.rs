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
    /// One of these is nowhere negative, and not 0 but at single k.
    SomeAlmostPositive(Vec<Expression>),
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
            Need::SomeAlmostPositive(all) => all.iter().any(|e| {
                // Of a quotient it is known whether it is identically 0.
                let apart = e.to_quotient().is_some_and(|e| !e.is_zero());
                let signs = e.signs(place);
                signs == Signs::POSITIVE || apart && !signs.negative
            }),
            Need::Defined(e) => e.is_defined(place),
        }
    }
}

impl Need {
    /// A number of which nothing is known at a place where everything has one sign.
    pub(super) fn undecided(&self, place: Place) -> Option<&Expression> {
        let all = match self {
            Need::Zero(e) | Need::NonNegative(e) | Need::Positive(e) => std::slice::from_ref(e),
            Need::SomeDefinite(all) | Need::SomeAlmostPositive(all) => all,
            Need::Defined(_) => &[],
        };
        let mut all = all.iter();
        match place {
            Place::On(_) => None,
            _ => all.find(|e| e.signs(place) == Signs::ANY),
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
            Need::SomeAlmostPositive(all) => {
                let all: Vec<String> = all.iter().map(Expression::to_string).collect();
                write!(f, "one of {} is never negative", all.join(", "))
            }
            Need::Defined(e) => write!(f, "{e} is defined"),
        }
    }
}
