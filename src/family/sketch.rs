//! A proof in the making: structure is found at one place, and every sign the proof depends on is remembered, to be proved for a whole range.

use super::expression::Expression;
use super::need::Need;
use super::network::Family;
use super::polynomial::{Place, Signs};
use super::unproved::{Obstacle, Unproved};
use crate::certificate::{Formula, Holds, Range, SectionFact};
use crate::watch::Watch;

/// A place where structure is looked for, and what the proof found there needs.
///
/// What says that the proof needs something answers [`Unproved`] at once where that does not hold at the place itself, or a limit was met; so
/// does what writes a number that is not defined there.
#[derive(Clone, Debug)]
pub struct Sketch {
    place: Place,
    needs: Vec<Need>,
    watch: Watch,
    /// From here on no sum of contributions vanishes that was asked about and does not vanish for all k.
    sums_known_from: u64,
}

impl Sketch {
    /// Nothing needed yet. What is sought and proved ends when a limit is met.
    pub fn new(place: Place, watch: &Watch) -> Self {
        Sketch {
            place,
            watch: watch.clone(),
            needs: Vec::new(),
            sums_known_from: 1,
        }
    }

    /// Sums of contributions were asked about, and from this k on none vanishes that does not vanish for all k. What is found is so from there on,
    /// and has to be looked at elsewhere.
    pub fn sums_beyond(&mut self, k: u64) {
        self.sums_known_from = self.sums_known_from.max(k);
    }

    /// What is found does not depend on which sums vanish.
    pub fn forget_sums(&mut self) {
        self.sums_known_from = 1;
    }

    /// See [`sums_beyond`](Self::sums_beyond).
    pub fn sums_known_from(&self) -> u64 {
        self.sums_known_from
    }

    /// The limits.
    pub fn watch(&self) -> &Watch {
        &self.watch
    }

    /// The place.
    pub fn place(&self) -> Place {
        self.place
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

    fn need(&mut self, need: Need) -> Result<(), Unproved> {
        self.watch.check()?;
        if !need.holds(self.place) {
            return Err(match need.undecided(self.place) {
                Some(number) => Unproved::Undecided {
                    number: number.clone(),
                    below: match self.place {
                        Place::Before(k) => Some(k),
                        _ => None,
                    },
                },
                None => Unproved::Need(need),
            });
        }
        self.needs.push(need);
        Ok(())
    }

    /// The proof needs e = 0.
    pub fn zero(&mut self, e: Expression) -> Result<(), Unproved> {
        self.need(Need::Zero(e))
    }

    /// The proof needs e ≥ 0.
    pub fn non_negative(&mut self, e: Expression) -> Result<(), Unproved> {
        self.need(Need::NonNegative(e))
    }

    /// The proof needs e > 0.
    pub fn positive(&mut self, e: Expression) -> Result<(), Unproved> {
        self.need(Need::Positive(e))
    }

    /// The proof needs one of these to have one sign everywhere and be nowhere 0.
    pub fn some_definite(&mut self, all: Vec<Expression>) -> Result<(), Unproved> {
        self.need(Need::SomeDefinite(all))
    }

    /// The proof needs one of these to be nowhere negative, and 0 at single k alone.
    pub fn some_almost_positive(&mut self, all: Vec<Expression>) -> Result<(), Unproved> {
        self.need(Need::SomeAlmostPositive(all))
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
            self.need(Need::Defined(e.clone()))?;
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

    /// The first need that is not proved on a range, or the limit that was met.
    pub fn obstacle(&self, range: Range) -> Option<Obstacle> {
        if let Err(stop) = self.watch.check() {
            return Some(Obstacle::Stopped(stop));
        }
        let mut needs = self.needs.iter();
        let need = needs.find(|need| !need.holds(Place::On(range)))?;
        Some(Obstacle::Need(need.clone()))
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
