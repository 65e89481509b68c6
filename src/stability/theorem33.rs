//! Theorem 3.3, constructively (any D): on N* only the order of the neurons changes.

use super::analysis::{Analysis, BoundName, Case, Construction, NeuronCase, Theorem, bounds};
use super::cases::star_case;
use super::distance::distance;
use super::error::{Contradiction, StabilityError, check_shapes};
use super::facets::{directions, facets};
use super::matching::match_neurons;
use super::measured::{Measured, twice};
use super::missing::Missing;
use super::rewriting::Rewriting;
use crate::certificate::{Form, Side};
use crate::degeneracy::membership;
use crate::exact::scalar::{Numbers, known};
use crate::exact::{Rational, Surd};
use crate::network::Shallow;

/// Asks Theorem 3.3 of Γ and Θ: same shape, any D; `measured` is of them.
pub(crate) fn theorem33(
    gamma: &Shallow,
    theta: &Shallow,
    measured: &Measured,
    form: Option<Form>,
) -> Result<Analysis, StabilityError> {
    check_shapes(gamma, theta)?;
    let (form, threshold) = measured.threshold(form)?;
    let memberships = [(Side::Gamma, gamma), (Side::Theta, theta)]
        .map(|(network, weights)| (network, Box::new(membership(weights))));
    let missing: Vec<Missing> = memberships
        .into_iter()
        .filter(|(_, membership)| !membership.in_n_star())
        .map(|(network, membership)| Missing::Star {
            network,
            membership,
        })
        .collect();
    let construction = match missing.is_empty() {
        true => Some(construct(gamma, theta, measured, form, &threshold)?),
        false => None,
    };
    Ok(Analysis {
        theorem: Theorem::Star,
        form,
        threshold,
        beta: None,
        prelude: Vec::new(),
        missing,
        construction,
    })
}

fn construct(
    gamma: &Shallow,
    theta: &Shallow,
    measured: &Measured,
    form: Form,
    threshold: &Rational,
) -> Result<Construction, StabilityError> {
    let mut rewriting = Rewriting::new(theta);
    let matching = match_neurons(gamma.neurons(), rewriting.neurons());
    rewriting.permute(matching.order.clone());
    let placed = rewriting.neurons().to_vec();
    let rows = directions(gamma, &placed);
    let mut cases = Vec::with_capacity(placed.len());
    for (i, own) in gamma.neurons().iter().enumerate() {
        let (p, q) = (own.product_norm(), placed[i].product_norm());
        let matched = matching.matched[i];
        let case = known(star_case(&mut Numbers, matched, [&p, &q], threshold));
        cases.push(NeuronCase {
            gamma: i,
            theta: matching.order[i],
            case: Case::Proof(case),
            p,
            q,
            facets: facets(&rows, gamma, &placed, i, matched)?,
            rescaling: Vec::new(),
        });
    }
    let phi =
        Shallow::new(placed).map_err(|_| StabilityError::Impossible(Contradiction::Permuted))?;
    let distance = distance(&phi, gamma).ok_or(StabilityError::Impossible(Contradiction::Phi))?;
    Ok(Construction {
        rewriting: rewriting.take_steps(),
        cases,
        phi,
        bounds: bounds(values(measured), measured, form, &distance)?,
        distance,
    })
}

/// 4√r, 2√2·√r and 2√J, with r at the lower end of its bracket.
fn values(measured: &Measured) -> [(BoundName, &'static str, Surd); 3] {
    let multiple = |factor: i64, square: &Rational| {
        Surd::multiple_of_root(&Rational::from_integer(factor.into()), square)
    };
    let r = &measured.seminorm.lower.value;
    [
        (BoundName::Paper, "4√r", multiple(4, r)),
        (BoundName::Sharp, "2√2·√r", multiple(2, &twice(r))),
        (BoundName::Jump, "2√J", multiple(2, &measured.jump)),
    ]
}
