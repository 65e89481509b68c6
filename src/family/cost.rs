//! How near a neuron or a line can come to a neuron of Γ by scaling (N5), and the binding pair of constraints that says so.

use super::expression::Expression;
use super::network::Neuron;
use super::polynomial::Signs;
use super::quotient::Quotient;
use super::sketch::Sketch;
use super::unproved::{Contradiction, Unproved};
use crate::certificate::{Binding, Coordinate, Part};

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

/// α > 0 and β of a coordinate where the source is not 0.
fn oriented(
    sketch: &Sketch,
    source: &Source,
    place: &Neuron,
    at: Coordinate,
) -> Option<(Expression, Expression)> {
    let (alpha, beta) = (source.entry(at), place_entry(place, at));
    match sketch.signs(alpha) {
        Signs::POSITIVE => Some((alpha.clone(), beta.clone())),
        Signs::NEGATIVE => Some((alpha.neg(), beta.neg())),
        _ => None,
    }
}

/// √(square), where the square has no roots itself.
fn root(square: &Expression) -> Option<Expression> {
    let square: Quotient = square.to_quotient()?;
    Some(Expression::sqrt(&square))
}

/// min over scalings of the largest |change|; `None` if it cannot be written with square roots of quotients alone.
pub fn cost(sketch: &Sketch, source: &Source, place: &Neuron) -> Option<Cost> {
    let coordinates = source.coordinates();
    let mut offers: Vec<(Expression, Binding)> = Vec::new();
    let mut offer = |value: Expression, binding: Binding| offers.push((value, binding));
    let mut scaled = Vec::new();
    for &at in &coordinates {
        match oriented(sketch, source, place, at) {
            None => offer(sketch.abs(place_entry(place, at)), Binding::One(at)),
            Some((alpha, beta)) => scaled.push((at, alpha, beta)),
        }
    }
    for (i, (x, alpha, beta)) in scaled.iter().enumerate() {
        for (y, gamma, delta) in &scaled[i + 1..] {
            if x.part == y.part {
                // |β/α − δ/γ| / (1/α + 1/γ).
                let ratio = beta.mul(gamma).sub(&delta.mul(alpha));
                let value = sketch.abs(&ratio).div(&alpha.add(gamma))?;
                // The larger ratio is the lower limit of μ for inner weights, the upper one for outer weights.
                let first = sketch.is_positive(&ratio) == (x.part == Part::Inner);
                let (lower, upper) = if first { (*x, *y) } else { (*y, *x) };
                offer(value, Binding::Two(lower, upper));
                continue;
            }
            // Inner before outer: (A ± v)(C ± v) = αγ.
            let (sum, gap) = (beta.add(delta), beta.sub(delta));
            let four = Expression::integer(4);
            let square = gap.mul(&gap).add(&four.mul(alpha).mul(gamma));
            let root = root(&square)?;
            offer(root.sub(&sum).half(), Binding::Two(*y, *x));
            offer(sum.sub(&root).half(), Binding::Two(*x, *y));
        }
    }
    let (mut value, mut binding) = offers.first().cloned()?;
    for (other, why) in &offers {
        if sketch.is_positive(&other.sub(&value)) {
            (value, binding) = (other.clone(), *why);
        }
    }
    let all = offers.into_iter().map(|(value, _)| value).collect();
    Some(Cost {
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

/// The limits that |change| ≤ v sets to the scaling μ of a neuron, at one coordinate: (lower, upper), where there are any; `None` if no μ > 0
/// will do.
fn limits(
    sketch: &Sketch,
    at: Coordinate,
    alpha: &Expression,
    beta: &Expression,
    v: &Expression,
) -> Option<[Option<Scaling>; 2]> {
    let (below, above) = (beta.sub(v), beta.add(v));
    if !sketch.is_positive(&above) {
        return None;
    }
    let is_positive = sketch.is_positive(&below);
    let alpha = alpha.clone();
    Some(match at.part {
        Part::Inner => [
            is_positive.then(|| [below, alpha.clone()]),
            Some([above, alpha]),
        ],
        Part::Outer => [
            Some([alpha.clone(), above]),
            is_positive.then_some([alpha, below]),
        ],
    })
}

/// The least and the largest μ for which a neuron is within v of a place, both ends included; `None` where there is none.
pub fn scalings(
    sketch: &Sketch,
    source: &Source,
    place: &Neuron,
    v: &Expression,
) -> Option<[Option<Scaling>; 2]> {
    let mut ends: [Option<Scaling>; 2] = [None, None];
    for at in source.coordinates() {
        let Some((alpha, beta)) = oriented(sketch, source, place, at) else {
            continue;
        };
        let [lower, upper] = limits(sketch, at, &alpha, &beta, v)?;
        let [low, high] = &mut ends;
        if let Some(lower) = lower
            && low
                .as_ref()
                .is_none_or(|old| is_larger(sketch, &lower, old))
        {
            *low = Some(lower);
        }
        if let Some(upper) = upper
            && high
                .as_ref()
                .is_none_or(|old| is_larger(sketch, old, &upper))
        {
            *high = Some(upper);
        }
    }
    Some(ends)
}

/// A limit of μ: numerator and positive denominator; `None` if no μ > 0 will do.
fn limit(
    sketch: &mut Sketch,
    source: &Source,
    place: &Neuron,
    at: Coordinate,
    v: &Expression,
    upper: bool,
) -> Result<Option<[Expression; 2]>, Unproved> {
    sketch.definite(source.entry(at))?;
    let (alpha, beta) = oriented(sketch, source, place, at).ok_or(Contradiction::Binding)?;
    let (below, above) = (beta.sub(v), beta.add(v));
    if !source.is_line() && !sketch.signs(&above).positive {
        sketch.non_negative(above.neg())?;
        return Ok(None);
    }
    Ok(Some(match (at.part, upper) {
        (Part::Inner, false) => [below, alpha],
        (Part::Inner, true) => [above, alpha],
        (Part::Outer, false) => {
            sketch.positive(above.clone())?;
            [alpha, above]
        }
        (Part::Outer, true) => {
            sketch.positive(below.clone())?;
            [alpha, below]
        }
    }))
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
