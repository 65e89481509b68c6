//! Local minima of the mean squared error, by interval arithmetic over all networks near Γ; of numbers, and of functions for all k.

use crate::kernel::budget::Budget;
use crate::kernel::number::Q;
use crate::kernel::quotient::Quotient;
use crate::kernel::roots::{Roots, Scalar};
use crate::kernel::verdict::{Stop, differ, equal, reject};
use relucert_format::{Claim, Sample, SampleForAllK};

use super::fact::{Fact, FactForAllK};
use crate::scene::Scene;
use crate::section::Section;

/// lower ≤ upper.
#[derive(Clone, Debug)]
struct Interval<S> {
    lower: Roots<S>,
    upper: Roots<S>,
}

/// The larger one, of functions the same one everywhere.
fn larger<S: Scalar>(one: &Roots<S>, other: &Roots<S>, limits: &Budget) -> Result<Roots<S>, Stop> {
    let signs = other.sub(one, limits)?.signs(limits)?;
    match (signs.minus, signs.plus) {
        (false, _) => Ok(other.clone()),
        (_, false) => Ok(one.clone()),
        _ => reject("which end of an interval is larger is not the same for all k"),
    }
}

impl<S: Scalar> Interval<S> {
    fn around(middle: &Roots<S>, radius: &Roots<S>, limits: &Budget) -> Result<Self, Stop> {
        Ok(Interval {
            lower: middle.sub(radius, limits)?,
            upper: middle.add(radius, limits)?,
        })
    }

    fn zero() -> Self {
        let (lower, upper) = (Roots::zero(), Roots::zero());
        Interval { lower, upper }
    }

    fn plus(&self, other: &Self, limits: &Budget) -> Result<Self, Stop> {
        Ok(Interval {
            lower: self.lower.add(&other.lower, limits)?,
            upper: self.upper.add(&other.upper, limits)?,
        })
    }

    fn times(&self, other: &Self, limits: &Budget) -> Result<Self, Stop> {
        let product = |one: &Roots<S>, two: &Roots<S>| one.mul(two, limits);
        let first = product(&self.lower, &other.lower)?;
        let (mut lower, mut upper) = (first.neg(), first);
        for end in [
            product(&self.lower, &other.upper)?,
            product(&self.upper, &other.lower)?,
            product(&self.upper, &other.upper)?,
        ] {
            lower = larger(&lower, &end.neg(), limits)?;
            upper = larger(&upper, &end, limits)?;
        }
        let lower = lower.neg();
        Ok(Interval { lower, upper })
    }

    /// Of the positive parts.
    fn positive(&self, limits: &Budget) -> Result<Self, Stop> {
        Ok(Interval {
            lower: larger(&self.lower, &Roots::zero(), limits)?,
            upper: larger(&self.upper, &Roots::zero(), limits)?,
        })
    }

    /// The square of the distance of y, 0 inside.
    fn gap(&self, y: &Roots<S>, limits: &Budget) -> Result<Roots<S>, Stop> {
        let (below, above) = (self.lower.sub(y, limits)?, y.sub(&self.upper, limits)?);
        let gap = larger(&larger(&Roots::zero(), &below, limits)?, &above, limits)?;
        gap.mul(&gap, limits)
    }
}

/// Two rows: a and c of a neuron, x and y of a sample.
type Rows<S> = (Vec<Roots<S>>, Vec<Roots<S>>);

/// Rows and samples, numbers or functions.
struct Fit<S> {
    /// a and c of every neuron.
    neurons: Vec<Rows<S>>,
    /// Whether the last neuron is the output bias: then its a is no weight, and points have one coordinate fewer.
    biased: bool,
    outputs: usize,
    /// x and y.
    samples: Vec<Rows<S>>,
}

impl<S: Scalar> Fit<S> {
    /// Γ has this loss, and no network within the radius has less.
    fn is_least(&self, stated: &Roots<S>, radius: &Roots<S>, limits: &Budget) -> Result<(), Stop>
    where
        Roots<S>: std::fmt::Display,
    {
        let own = self.loss(&Roots::zero(), limits)?;
        if !own.sub(stated, limits)?.is_zero(limits)? {
            return differ("loss of Γ", stated, own);
        }
        let least = self.loss(radius, limits)?;
        match least.sub(&own, limits)?.signs(limits)?.minus {
            true => differ(
                "a lower bound of the loss within the radius",
                least,
                format!("at least {own}"),
            ),
            false => Ok(()),
        }
    }

    /// A lower bound of the loss within the radius; the loss itself for radius 0.
    fn loss(&self, radius: &Roots<S>, limits: &Budget) -> Result<Roots<S>, Stop> {
        let (zero, one) = (Roots::zero(), Roots::from(Q::one()));
        let mut sum = Roots::zero();
        for (x, y) in &self.samples {
            // A bias comes after the weights, and is there where points are shorter.
            let x: Vec<&Roots<S>> = x.iter().chain([&one]).collect();
            let mut values = vec![Interval::zero(); self.outputs];
            for (i, (a, c)) in self.neurons.iter().enumerate() {
                let moves = match self.biased && i + 1 == self.neurons.len() {
                    true => &zero,
                    false => radius,
                };
                let mut active = Interval::zero();
                for (a, x) in a.iter().zip(&x) {
                    let x = Interval::around(x, &zero, limits)?;
                    let product = Interval::around(a, moves, limits)?.times(&x, limits)?;
                    active = active.plus(&product, limits)?;
                }
                let active = active.positive(limits)?;
                for (value, c) in values.iter_mut().zip(c) {
                    let product = Interval::around(c, radius, limits)?.times(&active, limits)?;
                    *value = value.plus(&product, limits)?;
                }
            }
            for (value, y) in values.iter().zip(y) {
                sum = sum.add(&value.gap(y, limits)?, limits)?;
            }
        }
        let count = Q::from(num_bigint::BigInt::from(self.samples.len())).inverse();
        sum.mul(&Roots::from(count.unwrap_or_else(Q::zero)), limits)
    }
}

/// Each sample has so many inputs and outputs, and there is one.
fn shapes(
    samples: impl Iterator<Item = (usize, usize)>,
    inputs: usize,
    outputs: usize,
) -> Result<(), Stop> {
    let mut none = true;
    for (i, (x, y)) in samples.enumerate() {
        none = false;
        equal(format!("inputs of sample {i}"), x, inputs)?;
        equal(format!("outputs of sample {i}"), y, outputs)?;
    }
    match none {
        true => reject("there are no samples"),
        false => Ok(()),
    }
}

/// Γ has the claim's loss, and no network within the radius has less.
pub(crate) fn local_minimum(scene: &Scene) -> Result<Fact, Stop> {
    let (gamma, limits) = (&scene.gamma, scene.limits);
    let Claim::LocalMinimum(claim) = scene.claim else {
        return reject("the claim has no samples");
    };
    if gamma.neurons.iter().any(|neuron| !neuron.s.is_one()) {
        return reject("the weights of Γ must be rational");
    }
    let inputs = gamma.inputs - usize::from(scene.homogenised);
    let lengths = claim.samples.iter().map(|s| (s.x.len(), s.y.len()));
    shapes(lengths, inputs, gamma.outputs)?;
    let plain = |row: &[Q]| {
        row.iter()
            .cloned()
            .map(Roots::<Q>::from)
            .collect::<Vec<_>>()
    };
    let stated = |row: &[relucert_format::StatedRational]| {
        let row = row.iter().map(|x| Roots::from(Q::from(x)));
        row.collect::<Vec<Roots<Q>>>()
    };
    let neurons = gamma.neurons.iter();
    let samples = claim.samples.iter();
    let fit = Fit {
        neurons: neurons.map(|n| (plain(&n.a), plain(&n.c))).collect(),
        biased: scene.homogenised,
        outputs: gamma.outputs,
        samples: samples
            .map(|Sample { x, y }| (stated(x), stated(y)))
            .collect(),
    };
    let [loss, radius] = [&claim.loss, &claim.radius].map(|number| Roots::from(Q::from(number)));
    fit.is_least(&loss, &radius, limits)?;
    Ok(Fact::LocalMinimum)
}

/// The same at every k of a section.
pub(super) fn for_all_k(section: &Section) -> Result<FactForAllK, Stop> {
    let (gamma, limits) = (&section.gamma, section.limits);
    let Some((samples, loss, radius)) = section.samples() else {
        return reject("the section states no samples");
    };
    let lengths = samples.iter().map(|s| (s.x.len(), s.y.len()));
    shapes(lengths, gamma.inputs, gamma.outputs)?;
    let read = |SampleForAllK { x, y }: &SampleForAllK| Ok((section.row(x)?, section.row(y)?));
    let neurons = gamma.neurons.iter();
    let fit = Fit::<Quotient> {
        neurons: neurons.map(|n| (n.a.clone(), n.c.clone())).collect(),
        biased: false,
        outputs: gamma.outputs,
        samples: samples.iter().map(read).collect::<Result<_, Stop>>()?,
    };
    let (loss, radius) = (section.number(loss)?, section.number(radius)?);
    radius.at_least("the radius", &Roots::zero(), limits)?;
    fit.is_least(&loss, &radius, limits)?;
    Ok(FactForAllK::LocalMinimum)
}
