//! Claims about networks of any depth on a box.

use num_traits::Zero as _;
use relucert::certificate::{DeepRegions, StatedRational};
use relucert::depth::{Bracket, CellLimits, Difference};
use relucert::exact::Rational;
use relucert::network::Deep;
use relucert::realization::Domain;

use super::{Doubt, Judged, holds};

/// A box as a claim has it.
pub type Stated = [(StatedRational, StatedRational)];

fn limits() -> CellLimits {
    CellLimits {
        nodes: Some(20_000),
        keep: false,
        ..CellLimits::default()
    }
}

fn boxed(stated: &Stated) -> Result<Domain, Doubt> {
    let sides = stated.iter();
    let sides = sides.map(|(low, high)| (low.0.clone(), high.0.clone()));
    Domain::new(sides.collect()).map_err(|error| Doubt::False(error.to_string()))
}

fn ask<T>(
    one: &Deep,
    other: Option<&Deep>,
    domain: &Stated,
    ask: impl FnOnce(&Difference<'_>, &Domain) -> T,
) -> Result<T, Doubt> {
    let domain = boxed(domain)?;
    let question = Difference::new(one, other, &domain);
    let question = question.map_err(|error| Doubt::False(error.to_string()))?;
    Ok(ask(&question, &domain))
}

/// Whether what was found, which may be a bracket, lies between the ends.
fn within(found: &Bracket, lower: &Rational, upper: &Rational) -> Judged {
    holds(lower <= upper, "the ends are in order")?;
    holds(*lower <= found.upper, "it is at least the lower end")?;
    holds(*upper >= found.lower, "it is at most the upper end")?;
    match *lower <= found.lower && found.upper <= *upper {
        true => Ok(()),
        false => Err(Doubt::Undecided(
            "a value that is only bracketed".to_owned(),
        )),
    }
}

/// Whether the largest value is between the ends.
pub fn sup_norm(
    one: &Deep,
    other: Option<&Deep>,
    domain: &Stated,
    [lower, upper]: [&StatedRational; 2],
) -> Judged {
    let found = ask(one, other, domain, |it, _| it.sup_norm(&limits()))?;
    within(&found, &lower.0, &upper.0)
}

/// Whether the largest entry of the Jacobian is.
pub fn seminorm(
    one: &Deep,
    other: Option<&Deep>,
    domain: &Stated,
    [lower, upper]: [&StatedRational; 2],
) -> Judged {
    let found = ask(one, other, domain, |it, _| it.seminorm(&limits()))?;
    within(&found, &lower.0, &upper.0)
}

/// Whether there are so many regions.
pub fn regions(one: &Deep, claim: &DeepRegions) -> Judged {
    let found = ask(one, None, &claim.domain, |it, _| {
        it.regions(&limits(), |_| true)
    })?;
    let count = found.regions as usize;
    match (claim.exact, found.is_exact()) {
        (true, true) => holds(count == claim.regions, "there are so many regions"),
        (false, true) => holds(claim.regions <= count, "there are so many regions"),
        (false, false) if claim.regions <= count => Ok(()),
        (true, false) if claim.regions < count => {
            Err(Doubt::False("there are more regions".to_owned()))
        }
        _ => Err(Doubt::Undecided("how many regions there are".to_owned())),
    }
}

/// Whether the functions are equal on the box.
pub fn equal(one: &Deep, other: &Deep, domain: &Stated) -> Result<bool, Doubt> {
    let found = ask(one, Some(other), domain, |it, _| it.zero(&limits()))?;
    match (found.lower.is_zero(), found.upper.is_zero()) {
        (_, true) => Ok(true),
        (false, _) => Ok(false),
        (true, false) => Err(Doubt::Undecided("whether they are equal".to_owned())),
    }
}
