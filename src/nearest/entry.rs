//! A source beside a place, coordinate by coordinate.

use num_traits::{Signed, Zero};

use crate::certificate::{Coordinate, Part};
use crate::exact::Rational;

/// One coordinate where the source is not zero, with the signs changed so that the source's entry is positive.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) coordinate: Coordinate,
    pub(super) source: Rational,
    pub(super) place: Rational,
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
        if source.is_zero() {
            let size = place.abs();
            if constant.as_ref().is_none_or(|(largest, _)| size > *largest) {
                constant = Some((size, coordinate));
            }
            continue;
        }
        let same_sign = source.is_positive() != negate;
        entries.push(Entry {
            coordinate,
            source: source.abs(),
            place: if same_sign { place.clone() } else { -place },
        });
    }
    (entries, constant)
}
