//! A proof in the making: structure is found at one place, and every sign the proof depends on is remembered, to be proved for a whole range.

use super::expression::Expression;
use super::network::Family;
use super::polynomial::{Place, Signs};
use crate::certificate::{Formula, Holds, Range, SectionFact};
use crate::watch::{Stop, Watch};

/// Why something was not proved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("{0}")]
pub struct Unproved(pub String);

impl From<Stop> for Unproved {
    fn from(stop: Stop) -> Self {
        Unproved(stop.to_string())
    }
}

/// A fact about signs that a proof depends on.
#[derive(Clone, Debug)]
enum Need {
    Zero(Expression),
    NonNegative(Expression),
    Positive(Expression),
    SomeDefinite(Vec<Expression>),
    Defined(Expression),
}

impl Need {
    fn holds(&self, place: Place) -> bool {
        match self {
            Need::Zero(e) => e.is_zero_at(place),
            Need::NonNegative(e) => !e.signs(place).negative,
            Need::Positive(e) => e.signs(place) == Signs::POSITIVE,
            Need::SomeDefinite(all) => all.iter().any(|e| e.signs(place).definite()),
            Need::Defined(e) => e.is_defined(place),
        }
    }
}

/// A place where structure is looked for, and what the proof found there needs.
///
/// What says that the proof needs something answers [`Unproved`] at once where that does not hold at the place itself, or a limit was met; so
/// does what writes a number that is not defined there.
#[derive(Clone, Debug)]
pub struct Sketch {
    place: Place,
    needs: Vec<Need>,
    watch: Watch,
}

impl Sketch {
    /// Nothing needed yet. What is sought and proved ends when a limit is met.
    pub fn new(place: Place, watch: &Watch) -> Self {
        Sketch {
            place,
            watch: watch.clone(),
            needs: Vec::new(),
        }
    }

    /// The limits.
    pub fn watch(&self) -> &Watch {
        &self.watch
    }

    /// The signs of a number at the place.
    pub fn signs(&self, e: &Expression) -> Signs {
        e.signs(self.place)
    }

    /// Whether a number is positive at the place.
    pub fn is_positive(&self, e: &Expression) -> bool {
        self.signs(e) == Signs::POSITIVE
    }

    /// Whether a number is zero at the place.
    pub fn is_zero(&self, e: &Expression) -> bool {
        e.is_zero_at(self.place)
    }

    /// Whether a number is zero or positive at the place.
    pub fn is_non_negative(&self, e: &Expression) -> bool {
        !self.signs(e).negative
    }

    /// |e| at the place.
    pub fn abs(&self, e: &Expression) -> Expression {
        if self.signs(e).negative {
            e.neg()
        } else {
            e.clone()
        }
    }

    /// The larger one at the place; the first of equal ones.
    pub fn max(&self, a: Expression, b: Expression) -> Expression {
        if self.is_positive(&b.sub(&a)) { b } else { a }
    }

    fn need(&mut self, need: Need, what: &str) -> Result<(), Unproved> {
        self.watch.check()?;
        if !need.holds(self.place) {
            return Err(Unproved(format!("{what}: {need:?} does not hold")));
        }
        self.needs.push(need);
        Ok(())
    }

    /// The proof needs e = 0.
    pub fn zero(&mut self, e: Expression) -> Result<(), Unproved> {
        self.need(Need::Zero(e), "a number that must be 0")
    }

    /// The proof needs e ≥ 0.
    pub fn non_negative(&mut self, e: Expression) -> Result<(), Unproved> {
        self.need(Need::NonNegative(e), "a number that must not be negative")
    }

    /// The proof needs e > 0.
    pub fn positive(&mut self, e: Expression) -> Result<(), Unproved> {
        self.need(Need::Positive(e), "a number that must be positive")
    }

    /// The proof needs one of these to have one sign everywhere and be nowhere 0.
    pub fn some_definite(&mut self, all: Vec<Expression>) -> Result<(), Unproved> {
        self.need(Need::SomeDefinite(all), "one of these must not be 0")
    }

    /// The proof needs e to have one sign everywhere and be nowhere 0.
    pub fn definite(&mut self, e: &Expression) -> Result<(), Unproved> {
        self.some_definite(vec![e.clone()])
    }

    /// The proof writes these numbers.
    pub fn written<'a>(
        &mut self,
        all: impl IntoIterator<Item = &'a Expression>,
    ) -> Result<(), Unproved> {
        for e in all {
            self.need(Need::Defined(e.clone()), "a number that must be defined")?;
        }
        Ok(())
    }

    /// A number as text, which the proof writes.
    pub fn formula(&mut self, e: &Expression) -> Result<Formula, Unproved> {
        self.written([e])?;
        Ok(e.to_certificate())
    }

    /// Numbers as text, which the proof writes.
    pub fn formulas(&mut self, all: &[Expression]) -> Result<Vec<Formula>, Unproved> {
        all.iter().map(|e| self.formula(e)).collect()
    }

    /// The proof speaks of this network.
    pub fn network(&mut self, family: &Family) -> Result<(), Unproved> {
        self.written(family.entries())
    }

    /// Whether everything needed is so everywhere on a range, and that is seen before a limit is met.
    pub fn proved_on(&self, range: Range) -> bool {
        let mut needs = self.needs.iter();
        needs.all(|need| self.watch.check().is_ok() && need.holds(Place::On(range)))
    }

    /// The first need that is not proved on a range, as text.
    pub fn obstacle(&self, range: Range) -> Option<String> {
        if let Err(stop) = self.watch.check() {
            return Some(stop.to_string());
        }
        let need = self
            .needs
            .iter()
            .find(|need| !need.holds(Place::On(range)))?;
        let list = |all: &[Expression]| {
            all.iter()
                .map(Expression::to_string)
                .collect::<Vec<_>>()
                .join(", ")
        };
        Some(match need {
            Need::Zero(e) => format!("{e} = 0"),
            Need::NonNegative(e) => format!("{e} >= 0"),
            Need::Positive(e) => format!("{e} > 0"),
            Need::SomeDefinite(all) => format!("one of {} has no zero", list(all)),
            Need::Defined(e) => format!("{e} is defined"),
        })
    }
}

/// What holds in a section, with its proof and what the proof needs.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What holds.
    pub holds: Holds,
    /// The value it speaks of, if it speaks of one.
    pub value: Option<Expression>,
    /// The proof.
    pub steps: Vec<SectionFact>,
    /// What the proof needs.
    pub sketch: Sketch,
}
