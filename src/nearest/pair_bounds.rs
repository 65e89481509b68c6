//! Bounds of one pair in integers: on the paths that every entry takes no fraction is reduced.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use super::entry::Entry;
use super::quadratic::Quadratic;
use crate::certificate::Part;
use crate::exact::Rational;
use crate::exact::gcd::reduced;

/// A factor (ν or 1/ν) and a level over one denominator and one root: (x + y√n)/w each. No fraction is reduced on this path.
pub(super) struct AtVertex<'a> {
    factor: (BigInt, BigInt),
    level: (BigInt, BigInt),
    denominator: BigInt,
    root: &'a BigInt,
}

impl<'a> AtVertex<'a> {
    pub(super) fn new(factor: &Quadratic, level: &Quadratic, root: &'a BigInt) -> Self {
        let (factor, one) = factor.over_integer_root(root);
        let (level, other) = level.over_integer_root(root);
        AtVertex {
            factor: (factor.0 * &other, factor.1 * &other),
            level: (level.0 * &one, level.1 * &one),
            denominator: one * other,
            root,
        }
    }

    /// Less if source·factor < place − level, greater if source·factor > place + level.
    pub(super) fn side(&self, entry: &Entry) -> Ordering {
        let (source, place) = (&entry.source, &entry.place);
        let up = source.numer() * place.denom();
        let whole = source.denom() * place.denom();
        let target = place.numer() * source.denom() * &self.denominator;
        let (x, y) = (&up * &self.factor.0 - target, &up * &self.factor.1);
        let level = (&whole * &self.level.0, whole * &self.level.1);
        if integer_sign(&(&x + &level.0), &(&y + &level.1), self.root) == Ordering::Less {
            return Ordering::Less;
        }
        match integer_sign(&(x - level.0), &(y - level.1), self.root) {
            Ordering::Greater => Ordering::Greater,
            _ => Ordering::Equal,
        }
    }
}

/// The sign of x + y√n.
fn integer_sign(x: &BigInt, y: &BigInt, n: &BigInt) -> Ordering {
    let zero = BigInt::zero();
    let (of_x, of_y) = (x.cmp(&zero), y.cmp(&zero));
    if of_y == Ordering::Equal || of_x == of_y {
        return of_x;
    }
    if of_x == Ordering::Equal {
        return of_y;
    }
    match (x * x).cmp(&(y * y * n)) {
        Ordering::Greater => of_x,
        Ordering::Less => of_y,
        Ordering::Equal => Ordering::Equal,
    }
}

/// A bound at a rational level as an unreduced fraction with denominator ≥ 0; 1/0 is +∞.
pub(super) struct AtLevel<'a> {
    pub(super) entry: &'a Entry,
    numer: BigInt,
    denom: BigInt,
}

impl<'a> AtLevel<'a> {
    /// place ± level as numerator and positive denominator.
    fn room(entry: &Entry, level: &Rational, plus: bool) -> (BigInt, BigInt) {
        let place = entry.place.numer() * level.denom();
        let level_part = level.numer() * entry.place.denom();
        let sum = if plus {
            place + level_part
        } else {
            place - level_part
        };
        (sum, entry.place.denom() * level.denom())
    }

    fn inner(entry: &'a Entry, (numer, denom): (BigInt, BigInt)) -> Self {
        AtLevel {
            numer: numer * entry.source.denom(),
            denom: denom * entry.source.numer(),
            entry,
        }
    }

    fn outer(entry: &'a Entry, (numer, denom): (BigInt, BigInt)) -> Self {
        AtLevel {
            numer: denom * entry.source.numer(),
            denom: numer * entry.source.denom(),
            entry,
        }
    }

    pub(super) fn lower(entry: &'a Entry, level: &Rational) -> Self {
        match entry.coordinate.part {
            Part::Inner => AtLevel::inner(entry, AtLevel::room(entry, level, false)),
            Part::Outer => {
                let room = AtLevel::room(entry, level, true);
                if room.0.is_positive() {
                    return AtLevel::outer(entry, room);
                }
                AtLevel {
                    entry,
                    numer: BigInt::one(),
                    denom: BigInt::zero(),
                }
            }
        }
    }

    pub(super) fn upper(entry: &'a Entry, level: &Rational) -> Option<Self> {
        match entry.coordinate.part {
            Part::Inner => Some(AtLevel::inner(entry, AtLevel::room(entry, level, true))),
            Part::Outer => {
                let room = AtLevel::room(entry, level, false);
                room.0.is_positive().then(|| AtLevel::outer(entry, room))
            }
        }
    }

    pub(super) fn is_less(&self, other: &Self) -> bool {
        &self.numer * &other.denom < &other.numer * &self.denom
    }

    /// Finite, and not above the other.
    pub(super) fn is_at_most(&self, other: &Self) -> bool {
        !self.denom.is_zero() && !other.is_less(self)
    }

    pub(super) fn value(&self) -> Option<Rational> {
        (!self.denom.is_zero()).then(|| reduced(self.numer.clone(), self.denom.clone()))
    }
}
