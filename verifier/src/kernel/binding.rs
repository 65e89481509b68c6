//! Why what is placed is at least so far from the places, by Hall's theorem: a binding for each pair of a source and a place.

use super::budget::Budget;
use super::roots::{Roots, Scalar};
use super::signs::Asked;
use super::verdict::{Locate as _, Stop, entry, equal, reject};
use relucert_format::{Binding, Coordinate, Part};

/// Which multiples (μ·inner, outer/μ) of a source there are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Multiples {
    /// μ > 0.
    Positive,
    /// Any real number: a kink's line, without outer weights.
    All,
    /// μ = 1.
    One,
}

/// A source and a place that are to be at least `value` apart, whatever the multiple.
struct Pair<'a, S> {
    /// Entries α of the source and β of the place.
    entries: &'a dyn Fn(Coordinate) -> Result<(Roots<S>, Roots<S>), Stop>,
    multiples: Multiples,
    value: &'a Roots<S>,
    limits: &'a Budget,
}

/// What |μ α − β| < v, or |α/μ − β| < v, asks of μ.
enum Limit<S> {
    /// No μ satisfies it.
    Impossible,
    /// μ lies strictly on the one side of this fraction; the denominator is positive.
    Fraction(Roots<S>, Roots<S>),
    /// Nothing that is seen.
    None,
}

impl<S: Scalar> Pair<'_, S> {
    /// Whether the binding shows that no multiple of the source has all entries nearer than v to the place's.
    fn is_apart(&self, binding: &Binding) -> Result<bool, Stop> {
        let limits = self.limits;
        match binding {
            Binding::One(coordinate) => {
                let (alpha, beta) = (self.entries)(*coordinate)?;
                let gap = if self.multiples == Multiples::One {
                    beta.sub(&alpha, limits)?
                } else if alpha.is_zero(limits)? {
                    // No multiple of 0 is another number.
                    beta
                } else {
                    return alpha.unseen("the source's entry", Asked::Zero);
                };
                gap.size(limits)?
                    .at_least("the place's entry less the value", self.value, limits)
            }
            Binding::Two(lower, upper) => {
                match (self.limit(lower, false)?, self.limit(upper, true)?) {
                    (Limit::Impossible, _) | (_, Limit::Impossible) => Ok(true),
                    // p/q ≥ r/s, the denominators being positive.
                    (Limit::Fraction(p, q), Limit::Fraction(r, s)) => {
                        let what = "the lower limit of the scaling less the upper one";
                        p.mul(&s, limits)?
                            .at_least(what, &r.mul(&q, limits)?, limits)
                    }
                    _ => Ok(false),
                }
            }
        }
    }

    /// The bound of μ from below or from above.
    fn limit(&self, coordinate: &Coordinate, upper: bool) -> Result<Limit<S>, Stop> {
        let limits = self.limits;
        let (alpha, beta) = (self.entries)(*coordinate)?;
        let (alpha, beta) = match alpha.signs(limits)?.definite() {
            Some(true) => (alpha, beta),
            Some(false) => (alpha.neg(), beta.neg()),
            None => {
                alpha.unseen("the source's entry", Asked::OneSign)?;
                return Ok(Limit::None);
            }
        };
        // β − v < μ α < β + v, or β − v < α/μ < β + v; of μ > 0 neither, if β + v ≤ 0.
        let (below, above) = (beta.sub(self.value, limits)?, beta.add(self.value, limits)?);
        let asks = match (self.multiples, coordinate.part, upper) {
            (Multiples::All, ..) => false,
            (Multiples::One, Part::Inner, _) => S::EACH,
            (_, Part::Inner, upper) => S::EACH || upper,
            (_, Part::Outer, upper) => S::EACH || !upper,
        };
        if asks && !above.signs(limits)?.plus {
            return Ok(Limit::Impossible);
        }
        let (name, divisor) = match (coordinate.part, upper) {
            (Part::Inner, false) => return Ok(Limit::Fraction(below, alpha)),
            (Part::Inner, true) => return Ok(Limit::Fraction(above, alpha)),
            (Part::Outer, false) => ("β + v", above),
            (Part::Outer, true) => ("β − v", below),
        };
        let asked = match divisor.signs(limits)?.definite() {
            Some(true) => return Ok(Limit::Fraction(alpha, divisor)),
            Some(false) => Asked::Positive,
            None => Asked::OneSign,
        };
        divisor.unseen(name, asked)?;
        Ok(Limit::None)
    }
}

/// Sources that are at least `value` away from all but some places, which are fewer than they are.
pub(crate) struct Pairs<'a, S> {
    pub(crate) sources: &'a [usize],
    /// Those that they may be near to, increasing.
    pub(crate) places: &'a [usize],
    /// A row a source.
    pub(crate) bindings: &'a [Vec<Binding>],
    pub(crate) value: &'a Roots<S>,
    pub(crate) limits: &'a Budget,
}

impl<S: Scalar> Pairs<'_, S> {
    /// There are more sources than places, and each is kept apart from each of the other ones of `all` places, by as many bindings as there are `ways` to
    /// take it. `entries` answers those of a source taken in a way, and of a place.
    pub(crate) fn check<W>(
        &self,
        all: usize,
        ways: impl Fn(usize) -> Result<Vec<(W, Multiples)>, Stop>,
        entries: impl Fn(&W, usize, Coordinate) -> Result<(Roots<S>, Roots<S>), Stop>,
    ) -> Result<(), Stop> {
        for (name, list) in [("sources", self.sources), ("places", self.places)] {
            if !list.is_sorted_by(|i, j| i < j) {
                return reject(format!("the {name} must increase"));
            }
        }
        if let Some(last) = self.places.last() {
            // Units take no room.
            entry(&vec![(); all], *last, "place")?;
        }
        let (sources, places) = (self.sources.len(), self.places.len());
        if places >= sources {
            return reject(format!(
                "there are places enough: {places} for {sources} sources"
            ));
        }
        equal("rows of bindings", self.bindings.len(), sources)?;
        let others = (0..all).filter(|i| self.places.binary_search(i).is_err());
        let others: Vec<usize> = others.collect();
        for (&j, row) in self.sources.iter().zip(self.bindings) {
            let ways = ways(j)?;
            let rows = format!("bindings of source {j}");
            equal(rows, row.len(), others.len() * ways.len())?;
            let pairs = others
                .iter()
                .flat_map(|i| ways.iter().map(move |way| (i, way)));
            for (binding, (&i, (way, multiples))) in row.iter().zip(pairs) {
                self.limits.tick()?;
                let pair = Pair {
                    entries: &|at| entries(way, i, at),
                    multiples: *multiples,
                    value: self.value,
                    limits: self.limits,
                };
                let apart = pair.is_apart(binding).and_then(|apart| match apart {
                    true => Ok(()),
                    false => reject("they may be nearer"),
                });
                apart.in_part(|| format!("source {j}, place {i}, binding {binding}"))?;
            }
        }
        Ok(())
    }
}
