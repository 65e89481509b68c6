//! Local minima of the mean squared error, by interval arithmetic over all networks near Γ.

use crate::kernel::budget::Budget;
use crate::kernel::number::Q;
use crate::kernel::verdict::{Stop, differ, equal, reject};
use relucert_format::{Claim, LocalMinimumClaim, Sample};

use super::fact::Fact;
use crate::scene::Scene;

/// lower ≤ upper.
#[derive(Clone, Debug)]
struct Interval {
    lower: Q,
    upper: Q,
}

impl Interval {
    fn around(middle: &Q, radius: &Q) -> Interval {
        Interval {
            lower: middle - radius,
            upper: middle + radius,
        }
    }

    fn plus(&self, other: &Interval, limits: &Budget) -> Result<Interval, Stop> {
        let sum = Interval {
            lower: &self.lower + &other.lower,
            upper: &self.upper + &other.upper,
        };
        limits.check(sum.lower.bits())?;
        limits.check(sum.upper.bits())?;
        Ok(sum)
    }

    fn times(&self, other: &Interval, limits: &Budget) -> Result<Interval, Stop> {
        let ends = [
            &self.lower * &other.lower,
            &self.lower * &other.upper,
            &self.upper * &other.lower,
            &self.upper * &other.upper,
        ];
        let [first, rest @ ..] = ends;
        let mut product = Interval {
            lower: first.clone(),
            upper: first,
        };
        for end in rest {
            // The product, and comparisons of it.
            limits.check(end.bits())?;
            product.lower = product.lower.min(end.clone());
            product.upper = product.upper.max(end);
        }
        Ok(product)
    }

    /// The square of the distance of y, 0 inside.
    fn gap(&self, y: &Q) -> Q {
        let (below, above) = (&self.lower - y, y - &self.upper);
        below.max(above).max(Q::zero()).square()
    }
}

/// Γ has the claim's loss, and no network within the radius has less.
pub(crate) fn local_minimum(scene: &Scene) -> Result<Fact, Stop> {
    let gamma = &scene.gamma;
    let Claim::LocalMinimum(claim) = scene.claim else {
        return reject("the claim has no samples");
    };
    if claim.samples.is_empty() {
        return reject("there are no samples");
    }
    if gamma.neurons.iter().any(|neuron| !neuron.s.is_one()) {
        return reject("the weights of Γ must be rational");
    }
    let inputs = gamma.inputs - usize::from(scene.homogenised);
    for (i, sample) in claim.samples.iter().enumerate() {
        equal(format!("inputs of sample {i}"), sample.x.len(), inputs)?;
        let outputs = gamma.outputs;
        equal(format!("outputs of sample {i}"), sample.y.len(), outputs)?;
    }
    let radius = Q::from(&claim.radius);
    let own = loss(claim, &Q::zero(), scene)?;
    equal("loss of Γ", &Q::from(&claim.loss), &own)?;
    let least = loss(claim, &radius, scene)?;
    match least < own {
        true => differ(
            "a lower bound of the loss within the radius",
            least,
            format!("at least {own}"),
        ),
        false => Ok(Fact::LocalMinimum),
    }
}

/// A lower bound of the loss within the radius; the loss itself for radius 0.
fn loss(claim: &LocalMinimumClaim, radius: &Q, scene: &Scene) -> Result<Q, Stop> {
    let (gamma, limits) = (&scene.gamma, scene.limits);
    let mut sum = Q::zero();
    for Sample { x, y } in &claim.samples {
        let mut x: Vec<Q> = x.iter().map(Q::from).collect();
        // A bias comes after the weights, and is there where points are shorter.
        x.push(Q::one());
        let last = gamma.neurons.len();
        let zero = Interval::around(&Q::zero(), &Q::zero());
        let mut values = vec![zero; gamma.outputs];
        for (i, neuron) in gamma.neurons.iter().enumerate() {
            // The last one, where there are biases, is the output bias: its a is no weight.
            let moves = match scene.homogenised && i + 1 == last {
                true => Q::zero(),
                false => radius.clone(),
            };
            let mut active = Interval::around(&Q::zero(), &Q::zero());
            for (a, x) in neuron.a.iter().zip(&x) {
                let x = Interval::around(x, &Q::zero());
                let product = Interval::around(a, &moves).times(&x, limits)?;
                active = active.plus(&product, limits)?;
            }
            let active = Interval {
                lower: active.lower.max(Q::zero()),
                upper: active.upper.max(Q::zero()),
            };
            for (value, c) in values.iter_mut().zip(&neuron.c) {
                let product = Interval::around(c, radius).times(&active, limits)?;
                *value = value.plus(&product, limits)?;
            }
        }
        for (value, y) in values.iter().zip(y) {
            let gap = value.gap(&Q::from(y));
            limits.check(gap.bits())?;
            sum = &sum + &gap;
            limits.check(sum.bits())?;
        }
    }
    let count = Q::from(num_bigint::BigInt::from(claim.samples.len())).inverse();
    Ok(&sum * &count.unwrap_or_else(Q::zero))
}
