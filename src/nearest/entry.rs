//! A source beside a place, coordinate by coordinate: which limits they set to the scaling, and at which level two of them meet; over any numbers.

use std::cmp::Ordering;

use crate::certificate::{Coordinate, Part};
use crate::exact::Rational;
use crate::exact::scalar::{Numbers, Order, Scalar, known};

/// One coordinate where the source is not zero, with the signs changed so that the source's entry is positive.
#[derive(Clone, Debug)]
pub(crate) struct Entry<S = Rational> {
    pub(crate) coordinate: Coordinate,
    pub(crate) source: S,
    pub(crate) place: S,
}

/// The level at which a lower limit of the scaling meets an upper one.
pub(crate) enum Meeting<S> {
    /// The first number over the second one, which is positive.
    Quotient(S, S),
    /// (√Δ − σ)/2 where the upper limit is that of an inner weight, else (σ − √Δ)/2.
    Root { discriminant: S, sum: S },
}

impl<S: Scalar> Entry<S> {
    /// `None` where the source is zero.
    pub(crate) fn of<O: Order<S>>(
        order: &mut O,
        coordinate: Coordinate,
        source: &S,
        place: &S,
    ) -> Result<Option<Self>, O::Undecided> {
        let (source, place) = match order.sign(source)? {
            Ordering::Greater => (source.clone(), place.clone()),
            Ordering::Less => (source.negative(), place.negative()),
            Ordering::Equal => return Ok(None),
        };
        Ok(Some(Entry {
            coordinate,
            source,
            place,
        }))
    }

    /// The limit that |change| ≤ C sets to the scaling ν, as numerator and denominator: inner (β ∓ C)/α, outer γ/(ε ± C). Where that
    /// denominator is not positive there is no such upper limit, and no ν > 0 satisfies the lower one.
    pub(crate) fn limit(&self, level: &S, upper: bool) -> [S; 2] {
        let inner = self.coordinate.part == Part::Inner;
        let room = match inner == upper {
            true => self.place.plus(level),
            false => self.place.less(level),
        };
        match inner {
            true => [room, self.source.clone()],
            false => [self.source.clone(), room],
        }
    }

    /// Where the lower limit of this coordinate meets the upper one of another.
    pub(crate) fn meeting(&self, upper: &Self) -> Meeting<S> {
        let (a, b) = (&self.source, &self.place);
        let (c, d) = (&upper.source, &upper.place);
        match (self.coordinate.part, upper.coordinate.part) {
            (Part::Inner, Part::Inner) => {
                Meeting::Quotient(b.times(c).less(&d.times(a)), a.plus(c))
            }
            (Part::Outer, Part::Outer) => {
                Meeting::Quotient(a.times(d).less(&c.times(b)), a.plus(c))
            }
            _ => {
                let (gap, four) = (b.less(d), Rational::from_integer(4.into()));
                Meeting::Root {
                    discriminant: gap.times(&gap).plus(&a.times(c).times(&four.into())),
                    sum: b.plus(d),
                }
            }
        }
    }
}

/// The coordinates where the source is not zero, and the largest |entry| of the place where it is.
pub(super) fn entries(
    part: Part,
    source: &[Rational],
    place: &[Rational],
    negate: bool,
) -> (Vec<Entry>, Option<(Rational, Coordinate)>) {
    let mut entries = Vec::with_capacity(source.len());
    let mut constant: Option<(Rational, Coordinate)> = None;
    for (index, (source, place)) in source.iter().zip(place).enumerate() {
        let coordinate = Coordinate { part, index };
        match known(Entry::of(&mut Numbers, coordinate, source, place)) {
            Some(mut entry) => {
                if negate {
                    entry.place = -entry.place;
                }
                entries.push(entry);
            }
            None => {
                let size = known(Numbers.size(place));
                if constant.as_ref().is_none_or(|(largest, _)| size > *largest) {
                    constant = Some((size, coordinate));
                }
            }
        }
    }
    (entries, constant)
}
