//! The jump norm, and the Jacobian at a point: jump, point.

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use super::difference::Difference;
use super::limits::Limits;
use super::number::{Q, integers, product};
use super::verdict::{Stop, differ, entry, equal, reject};
use relucert_format::{Jump, Point, Rational};

/// At the point, entry (output, input) of the Jacobian is ±value: r ≥ value.
pub(super) fn point(step: &Point, difference: &Difference, limits: &Limits) -> Result<(), Stop> {
    let coordinates = coordinates(&step.point, difference.inputs, limits)?;
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

/// A point as integers, multiplied by its common denominator: this changes no sign.
pub(super) fn coordinates(
    point: &[Rational],
    inputs: usize,
    limits: &Limits,
) -> Result<Vec<BigInt>, Stop> {
    equal("length of the point", point.len(), inputs)?;
    let point: Vec<Q> = point.iter().map(Q::from).collect();
    integers(&point, limits)
}

/// J = max_H ‖κ_H‖·‖n_H‖.
pub(super) fn jump(step: &Jump, difference: &Difference) -> Result<(), Stop> {
    equal("jump norm", Q::from(&step.value), difference.jump())
}

#[cfg(test)]
#[path = "tests/norms.rs"]
mod tests;
