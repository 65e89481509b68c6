//! What it costs to put one neuron of g in one place of Γ, over all positive rescalings (N5).
//!
//! The source contributes c ρ(⟨a,x⟩), the place has inner weights a′ and outer weights c′, all rational here; a common √s of the place
//! is taken out first. With signs changed so that the source's entry is positive, every coordinate bounds the scaling ν at level C:
//! inner (α, β): (β − C)/α ≤ ν ≤ (β + C)/α; outer (γ, ε): γ/(ε + C) ≤ ν, never if ε + C ≤ 0, and ν ≤ γ/(ε − C) if ε > C. By Helly's
//! theorem on the line the least level is attained by one lower and one upper bound, or by one entry with α = 0.
//!
//! The bounds and where two of them meet are those of families too ([`entry`](super::entry)). Families try all pairs, since their proofs need all
//! levels; here a round goes from pair to pair, on quadratic irrationals over one root and on unreduced fractions
//! ([`pair_bounds`](super::pair_bounds)), which this loop is many times faster for.

use std::cmp::Ordering;

use num_traits::{One, Signed, Zero};

use super::entry::{Entry, Meeting, entries};
use super::pair_bounds::{AtLevel, AtVertex};
use super::quadratic::Quadratic;
use crate::certificate::{Binding, Coordinate, Part};
use crate::exact::Rational;

/// The bounds that a source and a place put on the scaling.
#[derive(Clone, Debug)]
pub struct Constraints {
    inner: Vec<Entry>,
    outer: Vec<Entry>,
    /// The largest |entry| of the place where the source is zero.
    constant: Option<(Rational, Coordinate)>,
}

/// The least level, and what attains it.
#[derive(Clone, Debug)]
pub struct PairCost {
    /// min over ν > 0 of max(‖ν a − a′‖, ‖c/ν − c′‖).
    pub level: Quadratic,
    /// What forces the level; `None` only at level 0.
    pub binding: Option<Binding>,
}

/// A level with the scaling that the binding pair leaves there.
struct Vertex {
    level: Quadratic,
    scaling: Quadratic,
    /// 1/scaling; 0 where there are no outer weights and the scaling is 0.
    inverse: Quadratic,
}

/// A bound on ν: entry number and value.
struct Extreme<'a> {
    entry: &'a Entry,
    /// `None` is +∞.
    value: Option<Quadratic>,
}

impl Constraints {
    /// The source c ρ(⟨±a,x⟩), with − if `flipped`, against the place (a′, c′). With no outer weights on both sides ν may be any real number.
    ///
    /// # Panics
    /// If source and place have different numbers of inner or of outer weights.
    pub fn new(
        source: (&[Rational], &[Rational]),
        place: (&[Rational], &[Rational]),
        flipped: bool,
    ) -> Self {
        let lengths = |(inner, outer): (&[Rational], &[Rational])| (inner.len(), outer.len());
        assert_eq!(lengths(source), lengths(place), "both have one shape");
        let (inner, one) = entries(Part::Inner, source.0, place.0, flipped);
        let (outer, other) = entries(Part::Outer, source.1, place.1, false);
        let constant = match (one, other) {
            (Some(a), Some(c)) => Some(if c.0 > a.0 { c } else { a }),
            (a, c) => a.or(c),
        };
        Constraints {
            inner,
            outer,
            constant,
        }
    }

    /// The least level at which some ν > 0 satisfies all bounds. The source must be live (or have no outer weights at all).
    ///
    /// Cost: O(d + D) comparisons of quadratic irrationals a round; every round raises the level to that of another pair of
    /// bounds, so there are at most (d + D)² of them.
    pub fn cost(&self) -> PairCost {
        self.cost_from(None)
    }

    /// The same. `guess` may name a pair of bounds that nearly forces the level; it changes the way, not the answer.
    pub fn cost_from(&self, guess: Option<Binding>) -> PairCost {
        let (size, coordinate) = match &self.constant {
            Some((size, coordinate)) => (size.clone(), Some(*coordinate)),
            None => (Rational::zero(), None),
        };
        let constant = PairCost {
            level: size.clone().into(),
            binding: coordinate.map(Binding::One),
        };
        let (mut lower, mut upper) = match self.guessed(guess, &constant.level) {
            Some(pair) => pair,
            None => {
                let level = &constant.level;
                let (low, high) = self.extremes(&size);
                let (Some(low), Some(high)) = (low, high) else {
                    return constant;
                };
                if low.is_at_most(&high) {
                    return constant;
                }
                self.proper(low.entry, high.entry, level)
            }
        };
        // Every pair has a higher level than the one before, so no pair comes twice.
        loop {
            let vertex = vertex(lower, upper);
            let (below, above) = self.violated(&vertex);
            if below.is_empty() && above.is_empty() {
                return PairCost {
                    level: vertex.level,
                    binding: Some(Binding::Two(lower.coordinate, upper.coordinate)),
                };
            }
            let level = &vertex.level;
            let below = greatest(below.into_iter().map(|e| lower_bound(e, level)));
            let above = least(above.into_iter().filter_map(|e| upper_bound(e, level)));
            let next_lower = below.map_or(lower, |extreme| extreme.entry);
            let next_upper = above.map_or(upper, |extreme| extreme.entry);
            (lower, upper) = self.proper(next_lower, next_upper, level);
        }
    }

    /// The guess as a pair to start from, if its bounds meet at a positive scaling and at least at this level.
    fn guessed(&self, guess: Option<Binding>, least: &Quadratic) -> Option<(&Entry, &Entry)> {
        let Some(Binding::Two(lower, upper)) = guess else {
            return None;
        };
        let (lower, upper) = (self.entry(lower)?, self.entry(upper)?);
        let sum = &lower.place + &upper.place;
        if lower.coordinate.part == upper.coordinate.part && !sum.is_positive() {
            return None;
        }
        let level = vertex(lower, upper).level;
        let enough = level.add_same_root(&least.negated()).sign() != Ordering::Less;
        enough.then_some((lower, upper))
    }

    fn entry(&self, coordinate: Coordinate) -> Option<&Entry> {
        let entries = match coordinate.part {
            Part::Inner => &self.inner,
            Part::Outer => &self.outer,
        };
        let at = entries.binary_search_by_key(&coordinate.index, |e| e.coordinate.index);
        entries.get(at.ok()?)
    }

    /// The ν with all bounds satisfied at `level`: lower and upper end. `None` if there are none.
    pub fn interval(&self, level: &Quadratic) -> Option<(Quadratic, Quadratic)> {
        let fits = self
            .constant
            .as_ref()
            .is_none_or(|(size, _)| level.plus(&-size).sign() != Ordering::Less);
        if !fits {
            return None;
        }
        if let Some(level) = level.to_rational() {
            let (low, high) = self.extremes(level);
            let (low, high) = (low?, high?);
            let fits = low.is_at_most(&high);
            return fits.then(|| Some((low.value()?.into(), high.value()?.into())))?;
        }
        let all = || self.inner.iter().chain(&self.outer);
        let low = greatest(all().map(|e| lower_bound(e, level)))?;
        let high = least(all().filter_map(|e| upper_bound(e, level)))?;
        let fits = compare(&low, &high) != Ordering::Greater;
        fits.then(|| Some((low.value?, high.value?)))?
    }

    /// The largest lower and the smallest upper bound at a rational level.
    fn extremes(&self, level: &Rational) -> (Option<AtLevel<'_>>, Option<AtLevel<'_>>) {
        let all = || self.inner.iter().chain(&self.outer);
        let low = all()
            .map(|entry| AtLevel::lower(entry, level))
            .reduce(|best, next| if best.is_less(&next) { next } else { best });
        let high = all()
            .filter_map(|entry| AtLevel::upper(entry, level))
            .reduce(|best, next| if next.is_less(&best) { next } else { best });
        (low, high)
    }

    /// A pair whose bounds meet at a positive scaling: a lower bound +∞ meets only inner upper bounds, and an upper bound that is not
    /// positive meets only outer lower bounds.
    fn proper<'a>(
        &'a self,
        lower: &'a Entry,
        upper: &'a Entry,
        level: &Quadratic,
    ) -> (&'a Entry, &'a Entry) {
        if self.outer.is_empty() {
            return (lower, upper);
        }
        let room = |entry: &Entry| level.plus(&entry.place).sign() == Ordering::Greater;
        let is_outer = |entry: &Entry| entry.coordinate.part == Part::Outer;
        if is_outer(lower) && !room(lower) && is_outer(upper) {
            let inner = least(self.inner.iter().filter_map(|e| upper_bound(e, level)));
            return (lower, inner.map_or(upper, |extreme| extreme.entry));
        }
        if !is_outer(upper) && !room(upper) && !is_outer(lower) {
            let outer = greatest(self.outer.iter().map(|e| lower_bound(e, level)));
            return (outer.map_or(lower, |extreme| extreme.entry), upper);
        }
        (lower, upper)
    }

    /// The entries whose lower bound, and those whose upper bound, the vertex's scaling violates at its level.
    fn violated(&self, vertex: &Vertex) -> (Vec<&Entry>, Vec<&Entry>) {
        let (mut below, mut above) = (Vec::new(), Vec::new());
        let root = vertex
            .level
            .integer_radicand(&[&vertex.scaling, &vertex.inverse]);
        let inner = AtVertex::new(&vertex.scaling, &vertex.level, &root);
        for entry in &self.inner {
            match inner.side(entry) {
                Ordering::Less => below.push(entry),
                Ordering::Greater => above.push(entry),
                Ordering::Equal => {}
            }
        }
        let outer = AtVertex::new(&vertex.inverse, &vertex.level, &root);
        for entry in &self.outer {
            // γ/ν too small means ν too large.
            match outer.side(entry) {
                Ordering::Less => above.push(entry),
                Ordering::Greater => below.push(entry),
                Ordering::Equal => {}
            }
        }
        (below, above)
    }
}

/// (β + shift)/α.
fn bound(entry: &Entry, shift: &Quadratic) -> Quadratic {
    shift.plus(&entry.place).times(&entry.source.recip())
}

/// γ/room.
fn outer_bound(entry: &Entry, room: &Quadratic) -> Option<Quadratic> {
    let finite = room.sign() == Ordering::Greater;
    let inverse = finite.then(|| room.inverse()).flatten();
    inverse.map(|inverse| inverse.times(&entry.source))
}

fn lower_bound<'a>(entry: &'a Entry, level: &Quadratic) -> Extreme<'a> {
    let value = match entry.coordinate.part {
        Part::Inner => Some(bound(entry, &level.negated())),
        Part::Outer => outer_bound(entry, &level.plus(&entry.place)),
    };
    Extreme { entry, value }
}

fn upper_bound<'a>(entry: &'a Entry, level: &Quadratic) -> Option<Extreme<'a>> {
    let value = match entry.coordinate.part {
        Part::Inner => bound(entry, level),
        Part::Outer => outer_bound(entry, &level.negated().plus(&entry.place))?,
    };
    Some(Extreme {
        entry,
        value: Some(value),
    })
}

fn compare(left: &Extreme, right: &Extreme) -> Ordering {
    match (&left.value, &right.value) {
        (Some(x), Some(y)) => x.compare_same_root(y),
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (None, None) => Ordering::Equal,
    }
}

/// The first of the largest.
fn greatest<'a>(extremes: impl Iterator<Item = Extreme<'a>>) -> Option<Extreme<'a>> {
    extremes.reduce(|best, next| match compare(&next, &best) {
        Ordering::Greater => next,
        _ => best,
    })
}

/// The first of the smallest.
fn least<'a>(extremes: impl Iterator<Item = Extreme<'a>>) -> Option<Extreme<'a>> {
    extremes.reduce(|best, next| match compare(&next, &best) {
        Ordering::Less => next,
        _ => best,
    })
}

/// Where the lower bound of one entry meets the upper bound of another.
fn vertex(lower: &Entry, upper: &Entry) -> Vertex {
    let (a, b) = (&lower.source, &lower.place);
    let (c, d) = (&upper.source, &upper.place);
    match lower.meeting(upper) {
        Meeting::Quotient(level, sum) => {
            let scaling = (b + d) / &sum;
            let inverse = match scaling.is_zero() {
                true => Rational::zero(),
                false => scaling.recip(),
            };
            let (scaling, inverse) = match lower.coordinate.part {
                Part::Inner => (scaling, inverse),
                Part::Outer => (inverse, scaling),
            };
            Vertex {
                level: (level / sum).into(),
                scaling: scaling.into(),
                inverse: inverse.into(),
            }
        }
        // The scaling is ((β − ε) + √Δ)/(2α) for both signs of the level.
        Meeting::Root { discriminant, sum } => {
            let root = Quadratic::new(Rational::zero(), Rational::one(), discriminant);
            let half = Rational::new(1.into(), 2.into());
            let (level, [(alpha, beta), (gamma, epsilon)]) = match upper.coordinate.part {
                Part::Inner => (root.plus(&-sum), [(c, d), (a, b)]),
                Part::Outer => (root.negated().plus(&sum), [(a, b), (c, d)]),
            };
            let difference = beta - epsilon;
            Vertex {
                level: level.times(&half),
                scaling: root.plus(&difference).times(&(&half / alpha)),
                inverse: root.plus(&-difference).times(&(&half / gamma)),
            }
        }
    }
}

#[cfg(test)]
#[path = "tests/pair_cost.rs"]
mod tests;
