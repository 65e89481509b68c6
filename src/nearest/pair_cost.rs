//! What it costs to put one neuron of g in one place of Γ, over all positive rescalings (N5).
//!
//! The source contributes c ρ(⟨a,x⟩), the place has inner weights a′ and outer weights c′, all rational here; a common √s of the place
//! is taken out first. With signs changed so that the source's entry is positive, every coordinate bounds the scaling ν at level C:
//! inner (α, β): (β − C)/α ≤ ν ≤ (β + C)/α; outer (γ, ε): γ/(ε + C) ≤ ν, never if ε + C ≤ 0, and ν ≤ γ/(ε − C) if ε > C. By Helly's
//! theorem on the line the least level is attained by one lower and one upper bound, or by one entry with α = 0.

use std::cmp::Ordering;

use num_traits::{One, Signed, Zero};

use super::quadratic::Quadratic;
use crate::certificate::{Binding, Coordinate, Part};
use crate::exact::Rational;

/// One coordinate where the source is not zero, with the signs changed so that the source's entry is positive.
#[derive(Clone, Debug)]
struct Entry {
    coordinate: Coordinate,
    source: Rational,
    place: Rational,
}

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

fn two() -> Rational {
    Rational::from_integer(2.into())
}

fn entries(
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

impl Constraints {
    /// The source c ρ(⟨±a,x⟩), with − if `flipped`, against the place (a′, c′). With no outer weights on both sides ν may be any real number.
    pub fn new(
        source: (&[Rational], &[Rational]),
        place: (&[Rational], &[Rational]),
        flipped: bool,
    ) -> Self {
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
    pub fn cost(&self) -> PairCost {
        let (level, coordinate) = match &self.constant {
            Some((size, coordinate)) => (size.clone(), Some(*coordinate)),
            None => (Rational::zero(), None),
        };
        let level = Quadratic::from(level);
        let lower = self.largest_lower(&level, None);
        let upper = self.smallest_upper(&level, None);
        let (Some(lower), Some(upper)) = (lower, upper) else {
            return PairCost {
                level,
                binding: coordinate.map(Binding::One),
            };
        };
        if at_most(&lower, &upper) {
            return PairCost {
                level,
                binding: coordinate.map(Binding::One),
            };
        }
        let (mut lower, mut upper) = self.proper(lower.entry, upper.entry, &level);
        // Every pair has a higher level than the one before, so no pair comes twice.
        loop {
            let vertex = vertex(lower, upper);
            let next_lower = self.largest_lower(&vertex.level, Some(&vertex));
            let next_upper = self.smallest_upper(&vertex.level, Some(&vertex));
            if next_lower.is_none() && next_upper.is_none() {
                return PairCost {
                    level: vertex.level,
                    binding: Some(Binding::Two(lower.coordinate, upper.coordinate)),
                };
            }
            let candidates = (
                next_lower.map_or(lower, |extreme| extreme.entry),
                next_upper.map_or(upper, |extreme| extreme.entry),
            );
            (lower, upper) = self.proper(candidates.0, candidates.1, &vertex.level);
        }
    }

    /// The ν with all bounds satisfied at `level`: lower and upper end. `None` if there are none.
    pub fn interval(&self, level: &Quadratic) -> Option<(Quadratic, Quadratic)> {
        let low = self.largest_lower(level, None)?;
        let high = self.smallest_upper(level, None)?;
        let fits = self
            .constant
            .as_ref()
            .is_none_or(|(size, _)| level.plus(&-size).sign() != Ordering::Less);
        if !fits || !at_most(&low, &high) {
            return None;
        }
        Some((low.value?, high.value?))
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
            let inner = least(self.inner.iter().map(|e| inner_upper(e, level)));
            return (lower, inner.map_or(upper, |extreme| extreme.entry));
        }
        if !is_outer(upper) && !room(upper) && !is_outer(lower) {
            let outer = greatest(self.outer.iter().map(|e| outer_lower(e, level)));
            return (outer.map_or(lower, |extreme| extreme.entry), upper);
        }
        (lower, upper)
    }

    /// The largest lower bound at a level; with a vertex only those its scaling violates.
    fn largest_lower(&self, level: &Quadratic, vertex: Option<&Vertex>) -> Option<Extreme<'_>> {
        let inner = self.inner.iter().filter(|e| match vertex {
            Some(v) => exceeds(&e.place, &v.scaling, &e.source, level),
            None => true,
        });
        let outer = self.outer.iter().filter(|e| match vertex {
            Some(v) => exceeds(&-&e.place, &v.inverse.negated(), &e.source, level),
            None => true,
        });
        let inner = inner.map(|entry| Extreme {
            value: Some(bound(entry, &level.negated())),
            entry,
        });
        greatest(inner.chain(outer.map(|entry| outer_lower(entry, level))))
    }

    /// The smallest upper bound at a level; with a vertex only those its scaling violates.
    fn smallest_upper(&self, level: &Quadratic, vertex: Option<&Vertex>) -> Option<Extreme<'_>> {
        let inner = self.inner.iter().filter(|e| match vertex {
            Some(v) => exceeds(&-&e.place, &v.scaling.negated(), &e.source, level),
            None => true,
        });
        let outer = self.outer.iter().filter(|e| match vertex {
            Some(v) => exceeds(&e.place, &v.inverse, &e.source, level),
            None => true,
        });
        let outer = outer.filter_map(|entry| {
            let room = level.negated().plus(&entry.place);
            let bounds = room.sign() == Ordering::Greater;
            let value = bounds
                .then(|| room.inverse())
                .flatten()?
                .times(&entry.source);
            Some(Extreme {
                value: Some(value),
                entry,
            })
        });
        least(inner.map(|entry| inner_upper(entry, level)).chain(outer))
    }
}

/// Whether place − source·scaling > level.
fn exceeds(place: &Rational, scaling: &Quadratic, source: &Rational, level: &Quadratic) -> bool {
    let reached = scaling.times(source).add_same_root(level);
    reached.negated().plus(place).sign() == Ordering::Greater
}

/// (β + shift)/α.
fn bound(entry: &Entry, shift: &Quadratic) -> Quadratic {
    shift.plus(&entry.place).times(&entry.source.recip())
}

fn inner_upper<'a>(entry: &'a Entry, level: &Quadratic) -> Extreme<'a> {
    Extreme {
        value: Some(bound(entry, level)),
        entry,
    }
}

/// γ/(ε + C), or +∞.
fn outer_lower<'a>(entry: &'a Entry, level: &Quadratic) -> Extreme<'a> {
    let room = level.plus(&entry.place);
    let finite = room.sign() == Ordering::Greater;
    let inverse = if finite { room.inverse() } else { None };
    Extreme {
        value: inverse.map(|inverse| inverse.times(&entry.source)),
        entry,
    }
}

fn compare(left: &Extreme, right: &Extreme) -> Ordering {
    match (&left.value, &right.value) {
        (Some(x), Some(y)) => x.compare_same_root(y),
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (None, None) => Ordering::Equal,
    }
}

fn at_most(lower: &Extreme, upper: &Extreme) -> bool {
    compare(lower, upper) != Ordering::Greater && lower.value.is_some()
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
    match (lower.coordinate.part, upper.coordinate.part) {
        (Part::Inner, Part::Inner) => {
            let scaling = (b + d) / (a + c);
            let inverse = if scaling.is_zero() {
                Rational::zero()
            } else {
                scaling.recip()
            };
            Vertex {
                level: ((b * c - d * a) / (a + c)).into(),
                scaling: scaling.into(),
                inverse: inverse.into(),
            }
        }
        (Part::Outer, Part::Outer) => {
            let inverse = (b + d) / (a + c);
            Vertex {
                level: ((a * d - c * b) / (a + c)).into(),
                scaling: inverse.recip().into(),
                inverse: inverse.into(),
            }
        }
        (Part::Inner, Part::Outer) => mixed(lower, upper, false),
        (Part::Outer, Part::Inner) => mixed(upper, lower, true),
    }
}

/// (±(β + ε) ∓ √Δ)/2 with Δ = (β − ε)² + 4αγ; the scaling is ((β − ε) + √Δ)/(2α) for both signs.
fn mixed(inner: &Entry, outer: &Entry, inner_above: bool) -> Vertex {
    let (alpha, beta) = (&inner.source, &inner.place);
    let (gamma, epsilon) = (&outer.source, &outer.place);
    let difference = beta - epsilon;
    let product = alpha * gamma;
    let discriminant = &difference * &difference + &product * two() * two();
    let root = Quadratic::new(Rational::zero(), Rational::one(), discriminant);
    let half = two().recip();
    let sum = beta + epsilon;
    let level = match inner_above {
        true => root.plus(&-sum),
        false => root.negated().plus(&sum),
    };
    Vertex {
        level: level.times(&half),
        scaling: root.plus(&difference).times(&(&half / alpha)),
        inverse: root.plus(&-difference).times(&(&half / gamma)),
    }
}

#[cfg(test)]
#[path = "tests/pair_cost.rs"]
mod tests;
