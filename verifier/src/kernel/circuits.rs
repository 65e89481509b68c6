//! Linear dependences, which show that no point has certain signs.

use num_bigint::BigInt;
use num_traits::Zero as _;

use super::budget::Budget;
use super::cost;
use super::difference::add_multiple;
use super::number::{Q, common_denominator, over};
use super::verdict::{Stop, differ, reject};
use relucert_format::Circuit;

/// What a checked dependence Σ μ_H n_H = 0 is good for: the H, with whether μ_H > 0. At a point on none of these hyperplanes the
/// numbers μ_H ⟨n_H,x⟩ add up to 0, so they have neither all the sign + nor all the sign −.
pub(crate) type Signs = Vec<(usize, bool)>;

/// Σ μ_H n_H = 0, with at least one H, H increasing and every μ_H ≠ 0.
///
/// `normal` answers for H the number it is to be known by, and n_H as an integer vector and a factor.
pub(crate) fn check<T: AsRef<[BigInt]>>(
    circuit: &Circuit,
    normal: impl Fn(usize) -> Result<(usize, T, Q), Stop>,
    limits: &Budget,
) -> Result<Signs, Stop> {
    if circuit.is_empty() {
        return reject("the circuit is empty");
    }
    let (mut least, mut signs) = (0, Vec::with_capacity(circuit.len()));
    let (mut lines, mut factors) = (Vec::new(), Vec::new());
    for (hyperplane, factor) in circuit {
        if *hyperplane < least {
            return differ(
                "hyperplanes must increase",
                hyperplane,
                format!("at least {least}"),
            );
        }
        let (known_by, line, unit) = normal(*hyperplane)?;
        least = hyperplane + 1;
        let factor = Q::from(factor);
        if factor.is_zero() {
            return reject("a factor is 0");
        }
        signs.push((known_by, factor.is_positive()));
        let factor = &factor * &unit;
        limits.check(factor.bits())?;
        factors.push(factor);
        lines.push(line);
    }
    let factors = over(&factors, &common_denominator(&factors, limits)?);
    let width = lines.first().map_or(0, |line| line.as_ref().len());
    let mut sum = vec![BigInt::zero(); width];
    for (line, factor) in lines.iter().zip(&factors) {
        let line_bits = line.as_ref().iter().map(BigInt::bits).max().unwrap_or(0);
        limits.charge(cost::inner(width, line_bits, factor.bits()))?;
        add_multiple(&mut sum, line.as_ref(), factor, true);
    }
    match sum.iter().position(|entry| !entry.is_zero()) {
        None => Ok(signs),
        Some(k) => reject(format!("the sum does not vanish at coordinate {k}")),
    }
}

/// Whether the circuit's signs agree, each or the opposite of each, with the signs that `sign` gives.
pub(crate) fn agrees(
    circuit: &Signs,
    mut sign: impl FnMut(usize) -> Result<bool, Stop>,
) -> Result<bool, Stop> {
    let mut common = None;
    for &(hyperplane, positive) in circuit {
        let agrees = sign(hyperplane)? == positive;
        if *common.get_or_insert(agrees) != agrees {
            return Ok(false);
        }
    }
    Ok(true)
}
