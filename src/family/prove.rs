//! What can be proved of families for all k.

use super::difference::Difference;
use super::network::Family;
use super::norms;
use super::polynomial::Place;
use super::sections::{Build, Pair, Proved, prove};
use super::sketch::{Draft, Sketch, Unproved};

/// R(Θ) − R(Γ), or R(Γ) without Θ.
fn difference(sketch: &mut Sketch, pair: &Pair) -> Result<Difference, Unproved> {
    match &pair.theta {
        Some(theta) => Difference::new(sketch, theta, Some(&pair.gamma)),
        None => Difference::new(sketch, &pair.gamma, None),
    }
}

pub(super) fn check_shapes(gamma: &Family, theta: &Family) -> Result<(), Unproved> {
    match (gamma.inputs(), gamma.outputs()) == (theta.inputs(), theta.outputs()) {
        true => Ok(()),
        false => Err(Unproved(format!(
            "the networks have {} and {} inputs, {} and {} outputs: they must agree",
            gamma.inputs(),
            theta.inputs(),
            gamma.outputs(),
            theta.outputs()
        ))),
    }
}

fn about_difference(
    gamma: &Family,
    theta: Option<&Family>,
    draft: impl Fn(Sketch, Place, &Difference) -> Result<Draft, Unproved>,
) -> Result<Proved, Unproved> {
    if let Some(theta) = theta {
        check_shapes(gamma, theta)?;
    }
    let pair = Pair {
        gamma: gamma.clone(),
        theta: theta.cloned(),
    };
    let build: &Build = &|pair, place, mut sketch| {
        let difference = difference(&mut sketch, pair)?;
        Ok(vec![draft(sketch, place, &difference)?])
    };
    prove(&pair, build)
}

/// The seminorm of R(Θ) − R(Γ) (of R(Γ) without Θ) as a function of k, exactly, for all integers k ≥ 1, with a certificate.
///
/// # Errors
/// What could not be proved.
pub fn prove_distance(gamma: &Family, theta: Option<&Family>) -> Result<Proved, Unproved> {
    about_difference(gamma, theta, norms::seminorm)
}

/// The jump norm, likewise.
///
/// # Errors
/// What could not be proved.
pub fn prove_jump(gamma: &Family, theta: Option<&Family>) -> Result<Proved, Unproved> {
    about_difference(gamma, theta, |sketch, _, difference| {
        norms::jump_norm(sketch, difference)
    })
}

/// That two families are the same function for every integer k ≥ 1.
///
/// # Errors
/// Where they differ, or what could not be proved.
pub fn prove_equal(gamma: &Family, theta: &Family) -> Result<Proved, Unproved> {
    about_difference(gamma, Some(theta), |sketch, _, difference| {
        norms::equal(sketch, difference)
    })
}
