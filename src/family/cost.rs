//! How near a neuron or a line can come to a neuron of Γ by scaling (N5), and the binding pair of constraints that says so.

use std::cmp::Ordering;

use super::expression::Expression;
use super::network::Neuron;
use super::polynomial::Place;
use super::sketch::Sketch;
use super::unproved::{Contradiction, Misfit, Unproved};
use crate::certificate::{Binding, Coordinate, Part};
use crate::exact::scalar::{Order as _, Scalar as _};
use crate::nearest::{Entry, Meeting};

/// The least distance over all scalings, and why it is not less.
#[derive(Clone, Debug)]
pub struct Cost {
    /// The distance.
    pub value: Expression,
    /// The binding.
    pub binding: Binding,
    /// The distances that all bindings give: the largest is the distance.
    pub all: Vec<Expression>,
}

/// What is placed: a neuron, which may be scaled by μ > 0, or a line, whose normal may be scaled by any real number.
#[derive(Clone, Debug)]
pub struct Source {
    /// a.
    pub inner: Vec<Expression>,
    /// c; empty for lines.
    pub outer: Vec<Expression>,
}

impl Source {
    /// A neuron as it is.
    pub fn neuron(neuron: &Neuron) -> Self {
        Source {
            inner: neuron.inner().to_vec(),
            outer: neuron.outer().to_vec(),
        }
    }

    /// A line.
    pub fn line(normal: &[Expression]) -> Self {
        Source {
            inner: normal.to_vec(),
            outer: Vec::new(),
        }
    }

    /// The neuron in the other orientation.
    pub fn flipped(&self) -> Self {
        let inner = self.inner.iter().map(Expression::neg).collect();
        Source {
            inner,
            outer: self.outer.clone(),
        }
    }

    fn is_line(&self) -> bool {
        self.outer.is_empty()
    }

    fn entry(&self, at: Coordinate) -> &Expression {
        match at.part {
            Part::Inner => &self.inner[at.index],
            Part::Outer => &self.outer[at.index],
        }
    }

    fn coordinates(&self) -> Vec<Coordinate> {
        let all = |part, length: usize| (0..length).map(move |index| Coordinate { part, index });
        all(Part::Inner, self.inner.len())
            .chain(all(Part::Outer, self.outer.len()))
            .collect()
    }
}

fn place_entry(place: &Neuron, at: Coordinate) -> &Expression {
    match at.part {
        Part::Inner => &place.inner()[at.index],
        Part::Outer => &place.outer()[at.index],
    }
}

/// The coordinate where the source is not 0.
fn oriented(
    mut order: Place,
    source: &Source,
    place: &Neuron,
    at: Coordinate,
) -> Result<Option<Entry<Expression>>, Misfit> {
    Entry::of(&mut order, at, source.entry(at), place_entry(place, at))
}

/// min over scalings of the largest |change|.
///
/// # Errors
/// It cannot be written with square roots of quotients alone.
pub fn cost(sketch: &Sketch, source: &Source, place: &Neuron) -> Result<Cost, Misfit> {
    let mut offers: Vec<(Expression, Binding)> = Vec::new();
    let mut scaled = Vec::new();
    for at in source.coordinates() {
        match oriented(sketch.place(), source, place, at)? {
            None => offers.push((sketch.abs(place_entry(place, at)), Binding::One(at))),
            Some(entry) => scaled.push(entry),
        }
    }
    let mut offer = |value: Expression, lower: &Entry<_>, upper: &Entry<_>| {
        offers.push((value, Binding::Two(lower.coordinate, upper.coordinate)));
    };
    for (i, x) in scaled.iter().enumerate() {
        for y in &scaled[i + 1..] {
            match x.meeting(y) {
                // The other way round it is the negative.
                Meeting::Quotient(level, sum) => {
                    let first = match sketch.place().sign(&level)? {
                        Ordering::Equal => x.coordinate.part == Part::Outer,
                        sign => sign.is_gt(),
                    };
                    let value = sketch.abs(&level).div(&sum).ok_or(Misfit::Distance)?;
                    let (lower, upper) = if first { (x, y) } else { (y, x) };
                    offer(value, lower, upper);
                }
                // Inner before outer.
                Meeting::Root { discriminant, sum } => {
                    let root = discriminant.square_root().ok_or(Misfit::Distance)?;
                    offer(root.sub(&sum).half(), y, x);
                    offer(sum.sub(&root).half(), x, y);
                }
            }
        }
    }
    let (mut value, mut binding) = offers.first().cloned().ok_or(Misfit::Distance)?;
    for (other, why) in &offers {
        if sketch.is_positive(&other.sub(&value)) {
            (value, binding) = (other.clone(), *why);
        }
    }
    let all = offers.into_iter().map(|(value, _)| value).collect();
    Ok(Cost {
        value,
        binding,
        all,
    })
}

/// A scaling μ: numerator and positive denominator. They are not divided while scalings are compared: the inverse of a sum of roots is long, and
/// so are the signs of differences of such.
pub type Scaling = [Expression; 2];

/// Whether the first scaling is the larger one.
pub fn is_larger(sketch: &Sketch, [a, b]: &Scaling, [c, d]: &Scaling) -> bool {
    sketch.is_positive(&a.mul(d).sub(&c.mul(b)))
}

/// The least and the largest μ for which a neuron is within v of a place, both ends included; `None` where there is none.
pub fn scalings(
    sketch: &Sketch,
    source: &Source,
    place: &Neuron,
    v: &Expression,
) -> Option<[Option<Scaling>; 2]> {
    let [mut low, mut high]: [Option<Scaling>; 2] = [None, None];
    for at in source.coordinates() {
        let Some(entry) = oriented(sketch.place(), source, place, at).ok()? else {
            continue;
        };
        if !sketch.is_positive(&entry.place.add(v)) {
            return None;
        }
        let room = usize::from(at.part == Part::Outer);
        let [lower, upper] = [false, true].map(|upper| {
            let limit = entry.limit(v, upper);
            sketch.is_positive(&limit[room]).then_some(limit)
        });
        let larger = |one: &Scaling, other: &Scaling| is_larger(sketch, one, other);
        if let Some(lower) = lower
            && low.as_ref().is_none_or(|old| larger(&lower, old))
        {
            low = Some(lower);
        }
        if let Some(upper) = upper
            && high.as_ref().is_none_or(|old| larger(old, &upper))
        {
            high = Some(upper);
        }
    }
    Some([low, high])
}

/// A limit of μ: numerator and positive denominator; `None` if no μ > 0 will do.
fn limit(
    sketch: &mut Sketch,
    source: &Source,
    place: &Neuron,
    at: Coordinate,
    v: &Expression,
    upper: bool,
) -> Result<Option<Scaling>, Unproved> {
    sketch.definite(source.entry(at))?;
    let entry = oriented(sketch.place(), source, place, at)?.ok_or(Contradiction::Binding)?;
    let above = entry.place.add(v);
    if !source.is_line() && !sketch.signs(&above).positive {
        sketch.non_negative(above.neg())?;
        return Ok(None);
    }
    let limit = entry.limit(v, upper);
    if at.part == Part::Outer {
        sketch.positive(limit[1].clone())?;
    }
    Ok(Some(limit))
}

/// The proof needs the binding to show that source and place are at least v apart.
///
/// # Errors
/// It does not show it.
pub fn needs(
    sketch: &mut Sketch,
    source: &Source,
    place: &Neuron,
    binding: Binding,
    v: &Expression,
) -> Result<(), Unproved> {
    match binding {
        Binding::One(at) => {
            sketch.zero(source.entry(at).clone())?;
            let size = sketch.abs(place_entry(place, at));
            sketch.non_negative(size.sub(v))
        }
        Binding::Two(lower, upper) => {
            let lower = limit(sketch, source, place, lower, v, false)?;
            let upper = limit(sketch, source, place, upper, v, true)?;
            match (lower, upper) {
                (Some([a, b]), Some([c, d])) => sketch.non_negative(a.mul(&d).sub(&c.mul(&b))),
                _ => Ok(()),
            }
        }
    }
}
