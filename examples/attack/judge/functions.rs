//! Claims about functions.

use num_traits::{Signed as _, Zero as _};
use relucert::arrangement::{Affine, Arrangement, Options};
use relucert::certificate::{
    DifferClaim, EqualClaim, JumpNormClaim, SeminormClaim, StatedRational, Statement, SupNormClaim,
};
use relucert::exact::Rational;
use relucert::realization::{
    CanonicalForm, Domain, SeminormLimits, SupNormLimits, branch_and_bound, nonzero_point,
    sup_norm as largest,
};
use relucert::watch::Watch;

use super::read::{gamma, has_biases, theta};
use super::{Doubt, Judged, given, holds, known};

/// Regions are gone through up to this number.
const MOST_REGIONS: u32 = 3000;

/// R(Θ) − R(Γ), or R(Γ) where there is no Θ, with the statement's activation.
fn difference(statement: &Statement) -> Result<CanonicalForm, Doubt> {
    let activation = statement.activation.as_ref();
    let a = activation.map_or_else(Rational::default, |a| a.0.clone());
    let form = |network| given(CanonicalForm::with_activation(&network, &a), "deep");
    let of_gamma = form(gamma(statement)?)?;
    if statement.networks.theta.is_none() {
        return Ok(of_gamma);
    }
    let difference = form(theta(statement)?)?.minus(&of_gamma);
    given(difference, "Γ and Θ of different shapes")
}

fn domain(sides: &[(StatedRational, StatedRational)]) -> Result<Domain, Doubt> {
    let sides = sides.iter().map(|(l, u)| (l.0.clone(), u.0.clone()));
    Domain::new(sides.collect()).map_err(|error| Doubt::False(error.to_string()))
}

/// Whether the difference is zero, on the box if there is one.
fn vanishes(
    statement: &Statement,
    sides: Option<&[(StatedRational, StatedRational)]>,
) -> Result<bool, Doubt> {
    let difference = difference(statement)?;
    let sides = sides.map(domain).transpose()?;
    let point = nonzero_point(&difference, sides.as_ref());
    let point = point.map_err(|error| Doubt::False(error.to_string()))?;
    Ok(point.is_none())
}

pub fn equal(statement: &Statement, claim: &EqualClaim) -> Judged {
    let equal = vanishes(statement, claim.domain.as_deref())?;
    holds(equal, "the functions differ")
}

pub fn differ(statement: &Statement, claim: &DifferClaim) -> Judged {
    let equal = vanishes(statement, claim.domain.as_deref())?;
    holds(!equal, "the functions are equal")
}

pub fn jump_norm(statement: &Statement, claim: &JumpNormClaim) -> Judged {
    let found = difference(statement)?.jump_norm();
    holds(found == claim.value.0, "the jump norm is another")
}

pub fn sup_norm(statement: &Statement, claim: &SupNormClaim) -> Judged {
    let domain = domain(&claim.domain)?;
    let limits = SupNormLimits {
        nodes: Some(20_000),
        ..SupNormLimits::default()
    };
    let found = largest(&difference(statement)?, &domain, &limits);
    let found = found.map_err(|error| Doubt::False(error.to_string()))?;
    let within = found.value <= claim.value.0 && claim.value.0 <= found.upper;
    holds(within, "the sup norm is another")?;
    known(found.exact(), "a sup norm that is only bracketed").map(|_| ())
}

/// lower ≤ r ≤ upper: the largest entry of the Jacobian over all regions, or where they are many what branch and bound finds within limits
/// of work.
pub fn measured(form: &CanonicalForm, affine: bool) -> Result<(Rational, Rational), Doubt> {
    if let Some(r) = over_all_regions(form) {
        return Ok((r.clone(), r));
    }
    let limits = SeminormLimits {
        nodes: Some(20_000),
        ..SeminormLimits::default()
    };
    let found = branch_and_bound(form, affine, &limits);
    Ok((found.lower.value, found.upper))
}

/// r by the definition; `None` if there are more than [`MOST_REGIONS`] regions.
fn over_all_regions(form: &CanonicalForm) -> Option<Rational> {
    let kinks = form.kinks();
    let functions: Vec<Affine> = kinks
        .iter()
        .map(|kink| Affine {
            normal: kink.normal.clone(),
            offset: kink.offset.clone(),
        })
        .collect();
    let prepared = Arrangement::affine(&functions, &[], form.inputs(), &Watch::none()).ok()?;
    if prepared.at_most() > MOST_REGIONS.into() {
        return None;
    }
    let regions = prepared.regions(&Options::default()).ok()?;
    let half = Rational::new(1.into(), 2.into());
    let mut largest = Rational::zero();
    for region in 0..regions.len() {
        let signs = regions.signs(region);
        for (output, row) in form.linear().iter().enumerate() {
            let mut entries = row.clone();
            for (kink, sign) in kinks.iter().zip(&signs) {
                let jump = &kink.jump[output] * &half * Rational::from_integer((*sign).into());
                let along = entries.iter_mut().zip(&kink.normal);
                along.for_each(|(entry, n)| *entry += &jump * n);
            }
            largest = entries
                .iter()
                .map(Rational::abs)
                .fold(largest, Rational::max);
        }
    }
    Some(largest)
}

/// Whether r, which is in a bracket, is at least and at most these.
pub fn within(
    (lower, upper): &(Rational, Rational),
    at_least: Option<&Rational>,
    at_most: Option<&Rational>,
) -> Judged {
    holds(at_least.is_none_or(|r| r <= upper), "r is smaller")?;
    holds(at_most.is_none_or(|r| lower <= r), "r is larger")?;
    let sure = at_least.is_none_or(|r| r <= lower) && at_most.is_none_or(|r| upper <= r);
    known(sure.then_some(()), "a seminorm that is only bracketed")
}

pub fn seminorm(statement: &Statement, claim: &SeminormClaim) -> Judged {
    let (lower, upper) = (&claim.lower, &claim.upper);
    holds(lower.is_some() || upper.is_some(), "no end is stated")?;
    if let (Some(lower), Some(upper)) = (lower, upper) {
        holds(lower.0 <= upper.0, "an empty bracket")?;
    }
    let negative = |r: &StatedRational| r.0 < Rational::default();
    holds(!lower.iter().any(negative), "a lower end below 0")?;
    let found = measured(&difference(statement)?, has_biases(statement))?;
    within(
        &found,
        lower.as_ref().map(|r| &r.0),
        upper.as_ref().map(|r| &r.0),
    )
}
