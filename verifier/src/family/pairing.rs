//! Bindings: why a source is at least some distance away from a place, for all k of a range.

use super::number::Number;
use super::signs::{at_least, definite, positive};
use crate::kernel::budget::Budget;
use crate::kernel::verdict::{Stop, entry, reject};
use relucert_format::{Binding, Coordinate, Part};

/// A source and a place that are at least `value` apart whatever the scaling.
pub(super) struct Pairing<'a> {
    /// a and c.
    pub(super) source: [&'a [Number]; 2],
    pub(super) place: [&'a [Number]; 2],
    pub(super) value: &'a Number,
    pub(super) lines: bool,
    pub(super) limits: &'a Budget,
}

/// A bound for the scaling μ: numerator and positive denominator; or no μ at all satisfies the inequality.
enum Limit {
    Number(Number, Number),
    Impossible,
}

impl Pairing<'_> {
    /// α of the source and β of the place.
    fn at(&self, coordinate: Coordinate) -> Result<(&Number, &Number), Stop> {
        let [a, c] = self.source;
        let [place_a, place_c] = self.place;
        let (source, place) = match coordinate.part {
            Part::Inner => (a, place_a),
            Part::Outer if self.lines => return reject("lines have no outer weights"),
            Part::Outer => (c, place_c),
        };
        Ok((
            entry(source, coordinate.index, "coordinate")?,
            entry(place, coordinate.index, "coordinate")?,
        ))
    }

    /// Sees that the binding keeps them apart.
    pub(super) fn check(&self, binding: Binding) -> Result<(), Stop> {
        let limits = self.limits;
        let (lower, upper) = match binding {
            Binding::One(coordinate) => {
                let (source, place) = self.at(coordinate)?;
                if !source.is_zero(limits)? {
                    return reject(format!("the source's entry is not identically 0: {source}"));
                }
                let negative = place.signs(limits)?.minus;
                let size = if negative { place.neg() } else { place.clone() };
                return at_least(
                    "the place's entry less the value",
                    &size,
                    self.value,
                    limits,
                );
            }
            Binding::Two(lower, upper) => (self.limit(lower, false)?, self.limit(upper, true)?),
        };
        let (Limit::Number(a, b), Limit::Number(c, d)) = (lower, upper) else {
            return Ok(());
        };
        at_least(
            "the lower limit of the scaling less the upper one",
            &a.mul(&d, limits)?,
            &c.mul(&b, limits)?,
            limits,
        )
    }

    /// The lower or upper limit that one coordinate sets to the scaling.
    fn limit(&self, coordinate: Coordinate, upper: bool) -> Result<Limit, Stop> {
        let limits = self.limits;
        let (alpha, beta) = self.at(coordinate)?;
        let (alpha, beta) = match definite("the source's entry", alpha, limits)? {
            true => (alpha.clone(), beta.clone()),
            false => (alpha.neg(), beta.neg()),
        };
        let above = beta.add(self.value, limits)?;
        // Scalings are positive: neither |μα − β| < v nor |α/μ − β| < v if β + v ≤ 0.
        if !self.lines && !above.signs(limits)?.plus {
            return Ok(Limit::Impossible);
        }
        let below = beta.sub(self.value, limits)?;
        Ok(match (coordinate.part, upper) {
            (Part::Inner, false) => Limit::Number(below, alpha),
            (Part::Inner, true) => Limit::Number(above, alpha),
            (Part::Outer, false) => {
                positive("β + v", &above, limits)?;
                Limit::Number(alpha, above)
            }
            (Part::Outer, true) => {
                positive("β − v", &below, limits)?;
                Limit::Number(alpha, below)
            }
        })
    }
}
