//! Boxes, and functions restricted to them.

use num_traits::Signed;

use super::canonical::{CanonicalForm, Kink};
use crate::exact::Rational;
use crate::network::ShapeError;

/// A box of lower < upper bounds, one pair an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    sides: Vec<(Rational, Rational)>,
}

/// A box side is empty.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("side {side} of the box is {text}, but the lower end must be below the upper one")]
pub struct EmptySide {
    /// Which side.
    pub side: usize,
    /// The side, as lower:upper.
    pub text: String,
}

impl Domain {
    /// Checks lower < upper on every side.
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

    /// The least and largest value of ⟨n,x⟩ + β on the box.
    fn range(&self, kink: &Kink) -> (Rational, Rational) {
        let (mut least, mut largest) = (kink.offset.clone(), kink.offset.clone());
        for (n, (lower, upper)) in kink.normal.iter().zip(&self.sides) {
            let (low, high) = if n.is_negative() {
                (upper, lower)
            } else {
                (lower, upper)
            };
            least += n * low;
            largest += n * high;
        }
        (least, largest)
    }

    /// The function on the box: hyperplanes that do not meet the interior become part of the linear part and the constant.
    ///
    /// # Errors
    /// [`ShapeError`] if the box has not one side an input.
    pub fn restrict(&self, form: &CanonicalForm) -> Result<CanonicalForm, ShapeError> {
        if self.sides.len() != form.inputs() {
            return Err(ShapeError {
                place: "the list of the box's sides".to_owned(),
                found: self.sides.len(),
                expected: form.inputs(),
            });
        }
        Ok(form.fold(|kink| {
            let (least, largest) = self.range(kink);
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
