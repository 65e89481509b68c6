//! Boxes, and functions restricted to them.

use num_traits::{Signed, Zero};

use super::canonical::CanonicalForm;
use crate::exact::Rational;

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

    /// The least and largest value of ⟨normal,x⟩ + offset on the box.
    pub(super) fn range(&self, normal: &[Rational], offset: &Rational) -> (Rational, Rational) {
        let (mut least, mut largest) = (offset.clone(), offset.clone());
        for (n, (lower, upper)) in normal.iter().zip(&self.sides) {
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
    pub fn restrict(&self, form: &CanonicalForm) -> CanonicalForm {
        form.fold(|kink| {
            let (least, largest) = self.range(&kink.normal, &kink.offset);
            match (least.is_negative(), largest.is_positive()) {
                (true, true) => None,
                (negative, _) => Some(!negative),
            }
        })
    }

    /// The corner where ⟨n,x⟩ is largest (`plus`) or least, pulled towards the middle by the fraction 1/`parts` of the way to
    /// the interior point whose coordinates divide the sides as the weights in ]0, 1[ say.
    pub(super) fn near_corner(
        &self,
        normal: &[Rational],
        plus: bool,
        weights: &[Rational],
        parts: i64,
    ) -> Vec<Rational> {
        let pull = Rational::new(1.into(), parts.into());
        let sides = self.sides.iter().zip(normal).zip(weights);
        sides
            .map(|(((lower, upper), n), weight)| {
                let high = n.is_positive() == plus && !n.is_zero();
                let corner = if high { upper } else { lower };
                let inner = lower + (upper - lower) * weight;
                corner + (inner - corner) * &pull
            })
            .collect()
    }

    /// Whether the point is in the interior.
    pub fn contains(&self, point: &[Rational]) -> bool {
        let sides = self.sides.iter().zip(point);
        sides.fold(true, |inside, ((lower, upper), x)| {
            inside && lower < x && x < upper
        })
    }
}
