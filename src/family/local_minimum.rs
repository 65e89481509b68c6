//! Local minima of the mean squared error for all k, by interval arithmetic, as in Example A.1.

use super::expression::Expression;
use super::network::Family;
use super::sections::{Pair, Proved, prove};
use super::sketch::{Draft, Sketch};
use super::unproved::Unproved;
use crate::certificate::{Holds, SampleForAllK, SectionFact};
use crate::exact::Rational;
use crate::exact::scalar::{Order, Scalar as _};
use crate::watch::Watch;

/// An input of d numbers and its label of D numbers.
pub type Labelled = (Vec<Expression>, Vec<Expression>);

/// The mean squared error of Γ, without biases, on samples, and that no network of its shape within a radius of it has less, for all
/// integers k ≥ 1.
///
/// Source: Example A.1 with its exact radius (C07). Cost, a range: m·(d + D) products of intervals a sample.
///
/// # Errors
/// What could not be proved: the enclosure allows less, or samples do not fit.
pub fn prove_local_minimum(
    gamma: &Family,
    samples: &[Labelled],
    radius: &Expression,
    watch: &Watch,
) -> Result<Proved, Unproved> {
    let fits = |(x, y): &Labelled| x.len() == gamma.width() && y.len() == gamma.outputs();
    if samples.is_empty() || !samples.iter().all(fits) || gamma.offset().is_some() {
        return Err(Unproved::PhiShape);
    }
    let pair = Pair {
        activation: Rational::default(),
        gamma: gamma.clone(),
        theta: None,
        watch: watch.clone(),
    };
    prove(&pair, &|pair, place, mut sketch| {
        let fixed = |e: &Expression| e.on(place).ok_or(Unproved::Undefined { k: 1 });
        let row = |row: &[Expression]| row.iter().map(fixed).collect::<Result<Vec<_>, _>>();
        let samples = samples.iter().map(|(x, y)| Ok((row(x)?, row(y)?)));
        let samples = samples.collect::<Result<Vec<Labelled>, Unproved>>()?;
        let radius = fixed(radius)?;
        sketch.non_negative(radius.clone())?;
        let own = loss(&mut sketch, &pair.gamma, &samples, &Expression::zero())?;
        let least = loss(&mut sketch, &pair.gamma, &samples, &radius)?;
        sketch.non_negative(least.sub(&own))?;
        let stated = samples.iter().map(|(x, y)| {
            Ok(SampleForAllK {
                x: sketch.formulas(x)?,
                y: sketch.formulas(y)?,
            })
        });
        let samples = stated.collect::<Result<_, Unproved>>()?;
        let holds = Holds::LocalMinimum {
            samples,
            loss: sketch.formula(&own)?,
            radius: sketch.formula(&radius)?,
        };
        Ok(vec![Draft {
            holds,
            value: Some(radius),
            steps: vec![SectionFact::LocalMinimum {}],
            sketch,
        }])
    })
}

type Interval = [Expression; 2];

fn product(sketch: &mut Sketch, x: &Interval, y: &Interval) -> Result<Interval, Unproved> {
    let first = x[0].mul(&y[0]);
    let [mut lower, mut upper] = [first.neg(), first];
    for end in [x[0].mul(&y[1]), x[1].mul(&y[0]), x[1].mul(&y[1])] {
        lower = sketch.larger(lower, end.neg())?;
        upper = sketch.larger(upper, end)?;
    }
    Ok([lower.neg(), upper])
}

/// A lower bound of the loss within the radius; the loss itself for radius 0.
fn loss(
    sketch: &mut Sketch,
    gamma: &Family,
    samples: &[Labelled],
    radius: &Expression,
) -> Result<Expression, Unproved> {
    let around = |middle: &Expression| [middle.sub(radius), middle.add(radius)];
    let plus = |x: Interval, y: Interval| [x[0].add(&y[0]), x[1].add(&y[1])];
    let nothing = || [Expression::zero(), Expression::zero()];
    let mut sum = Expression::zero();
    for (x, y) in samples {
        let mut values = vec![nothing(); gamma.outputs()];
        for neuron in gamma.neurons() {
            let mut active = nothing();
            for (a, x) in neuron.inner().iter().zip(x) {
                let product = product(sketch, &around(a), &[x.clone(), x.clone()])?;
                active = plus(active, product);
            }
            let [lower, upper] = active;
            let active = [
                sketch.larger(lower, Expression::zero())?,
                sketch.larger(upper, Expression::zero())?,
            ];
            for (value, c) in values.iter_mut().zip(neuron.outer()) {
                let product = product(sketch, &around(c), &active)?;
                *value = plus(std::mem::replace(value, nothing()), product);
            }
        }
        for ([lower, upper], y) in values.iter().zip(y) {
            let gap = sketch.larger(Expression::zero(), lower.sub(y))?;
            let gap = sketch.larger(gap, y.sub(upper))?;
            sum = sum.add(&gap.mul(&gap));
        }
    }
    let count = Rational::new(1.into(), samples.len().into());
    Ok(sum.times(&count.into()))
}
