//! The seminorm, from below by the Jacobian at a point, from above by a tree of splits.

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use crate::kernel::budget::Budget;
use crate::kernel::difference::Difference;
use crate::kernel::number::{Q, coordinates, product};
use crate::kernel::verdict::{Stop, differ, entry, equal, reject};
use relucert_format::{AtLeast, AtMost, SeminormFact};

use super::fact::Fact;
use crate::kernel::tree;
use crate::scene::Scene;

pub(crate) fn seminorm(step: &SeminormFact, scene: &mut Scene) -> Result<Fact, Stop> {
    match step {
        SeminormFact::AtLeast(step) => {
            let limits = scene.limits;
            at_least(step, scene.difference()?, limits)?;
            Ok(Fact::AtLeast(Q::from(&step.value)))
        }
        SeminormFact::AtMost(step) => at_most(step, scene),
    }
}

/// The step's own circuits are numbered after all others, and are for this step alone.
fn at_most(step: &AtMost, scene: &mut Scene) -> Result<Fact, Stop> {
    let (shared, limits) = (scene.circuits.len(), scene.limits);
    scene.circuits(&step.circuits)?;
    let circuits = std::mem::take(&mut scene.circuits);
    tree::bounds(step, scene.difference()?, &circuits, limits)?;
    scene.circuits = circuits;
    scene.circuits.truncate(shared);
    Ok(Fact::AtMost(step.target.clone(), Q::from(&step.bound)))
}

/// At the point, entry (output, input) of the Jacobian is ±value: r ≥ value.
fn at_least(step: &AtLeast, difference: &Difference, limits: &Budget) -> Result<(), Stop> {
    let coordinates = coordinates(&step.point, difference.inputs, limits)?;
    let longest = coordinates.iter().map(BigInt::bits).max().unwrap_or(0);
    limits.charge(difference.work(longest))?;
    let affine = difference.columns < difference.inputs;
    if let (Some(last), true) = (coordinates.last(), affine)
        && !last.is_positive()
    {
        return differ("last coordinate of the point", last, "> 0");
    }
    let rows: Vec<&[BigInt]> = difference.linear.chunks(difference.inputs).collect();
    let row = difference.jacobian(entry(&rows, step.output, "output")?);
    let mut jacobian = entry(row, step.input, "input")?.clone();
    let mut signs = String::new();
    for (h, kink) in difference.kinks.iter().enumerate() {
        let side = product(&kink.line, &coordinates);
        if side.is_zero() {
            return reject(format!("the point lies on hyperplane {h}"));
        }
        signs.push(if side.is_positive() { '+' } else { '-' });
        let weight = entry(&kink.weight, step.output, "output")?;
        let change = weight * entry(&kink.line, step.input, "input")?;
        jacobian += if side.is_positive() { change } else { -change };
    }
    equal("signs at the point", &step.signs, &signs)?;
    let found = difference.half(jacobian.abs());
    equal(
        "absolute value of the Jacobian's entry",
        Q::from(&step.value),
        found,
    )
}
