//! Boxes, and functions restricted to them.

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use super::canonical::CanonicalForm;
use crate::exact::Rational;
use crate::exact::gcd::reduced;
use crate::exact::rows::clear_denominators;
use crate::network::ShapeError;

/// A box of lower < upper bounds, one pair an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    sides: Vec<(Rational, Rational)>,
}

/// A box side is empty.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("side {side} of the box is {text}, but the lower end must be below the upper one")]
pub struct EmptySide {
    /// Which side.
    pub side: usize,
    /// The side, as lower:upper.
    pub text: String,
}

impl Domain {
    /// Checks lower < upper on every side.
    ///
    /// # Errors
    /// [`EmptySide`] with the first side that is empty.
    pub fn new(sides: Vec<(Rational, Rational)>) -> Result<Self, EmptySide> {
        match sides.iter().position(|(lower, upper)| lower >= upper) {
            None => Ok(Domain { sides }),
            Some(side) => Err(EmptySide {
                side,
                text: format!("{}:{}", sides[side].0, sides[side].1),
            }),
        }
    }

    /// The sides.
    pub fn sides(&self) -> &[(Rational, Rational)] {
        &self.sides
    }

    /// The least and largest value of ⟨normal,x⟩ + offset on the box.
    pub(super) fn range(&self, normal: &[Rational], offset: &Rational) -> (Rational, Rational) {
        // Sums of many fractions are best taken over one denominator.
        let row = clear_denominators(normal);
        let ends: Vec<Rational> = self
            .sides
            .iter()
            .flat_map(|(lower, upper)| [lower.clone(), upper.clone()])
            .collect();
        let ends = clear_denominators(&ends);
        let (mut least, mut largest) = (BigInt::zero(), BigInt::zero());
        for (n, ends) in row.entries.iter().zip(ends.entries.chunks(2)) {
            let [lower, upper] = ends else { continue };
            let (low, high) = match n.is_negative() {
                true => (upper, lower),
                false => (lower, upper),
            };
            least += n * low;
            largest += n * high;
        }
        let whole = row.denominator * ends.denominator;
        let value = |sum: BigInt| offset + reduced(sum, whole.clone());
        (value(least), value(largest))
    }

    /// That there is one side an input.
    pub(super) fn check(&self, form: &CanonicalForm) -> Result<(), ShapeError> {
        match self.sides.len() == form.inputs() {
            true => Ok(()),
            false => Err(ShapeError {
                place: "the list of the box's sides".to_owned(),
                found: self.sides.len(),
                expected: form.inputs(),
            }),
        }
    }

    /// The function on the box: hyperplanes that do not meet the interior become part of the linear part and the constant.
    ///
    /// Cost: d products a kink, and d·D more for one that does not meet the box.
    ///
    /// # Errors
    /// [`ShapeError`] if the box has not one side an input.
    pub fn restrict(&self, form: &CanonicalForm) -> Result<CanonicalForm, ShapeError> {
        self.check(form)?;
        Ok(form.fold(|kink| {
            let (least, largest) = self.range(&kink.normal, &kink.offset);
            match (least.is_negative(), largest.is_positive()) {
                (true, true) => None,
                (negative, _) => Some(!negative),
            }
        }))
    }

    /// The middle of the box.
    pub(super) fn centre(&self) -> Vec<Rational> {
        let two = Rational::from_integer(2.into());
        let sides = self.sides.iter();
        sides.map(|(lower, upper)| (lower + upper) / &two).collect()
    }

    /// A corner where ⟨n,x⟩ is largest (`plus`) or least.
    pub(super) fn corner(&self, normal: &[Rational], plus: bool) -> Vec<Rational> {
        let sides = self.sides.iter().zip(normal);
        sides
            .map(|((lower, upper), n)| {
                if n.is_positive() == plus {
                    upper
                } else {
                    lower
                }
            })
            .cloned()
            .collect()
    }

    /// Whether the point is in the interior; one with another number of coordinates is not.
    pub fn contains(&self, point: &[Rational]) -> bool {
        let inside =
            |((lower, upper), x): (&(Rational, Rational), &Rational)| lower < x && x < upper;
        self.sides.len() == point.len() && self.sides.iter().zip(point).all(inside)
    }
}
