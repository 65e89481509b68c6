//! The points that show the jumps (53)/(54).

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use super::analysis::FacetWitness;
use super::error::{Contradiction, StabilityError};
use crate::arrangement::facet::point_on_hyperplane;
use crate::exact::Rational;
use crate::exact::rows::direction;
use crate::network::{Neuron, Shallow};

/// The directions of Γ's neurons, then of the others.
pub(super) fn directions(gamma: &Shallow, placed: &[Neuron]) -> Vec<Vec<BigInt>> {
    let all = gamma.neurons().iter().chain(placed);
    all.map(|neuron| direction(neuron.inner())).collect()
}

/// The witnesses of (53)/(54) for place i: one for a matched pair, else one for each neuron with a hyperplane. `rows` are
/// [`directions`].
pub(super) fn facets(
    rows: &[Vec<BigInt>],
    gamma: &Shallow,
    placed: &[Neuron],
    i: usize,
    matched: bool,
) -> Result<Vec<FacetWitness>, StabilityError> {
    let (own, other) = (&gamma.neurons()[i], &placed[i]);
    let sides = match matched {
        true => vec![(Some(i), Some(i))],
        false => vec![(Some(i), None), (None, Some(i))],
    };
    let mut facets = Vec::new();
    for (g, t) in sides {
        let row = match (g, t) {
            (Some(i), _) if own.has_hyperplane() => i,
            (None, Some(i)) if other.has_hyperplane() => gamma.neurons().len() + i,
            _ => continue,
        };
        let point = point_on_hyperplane(rows, row)
            .ok_or(StabilityError::Impossible(Contradiction::GenericPoint))?;
        facets.push(FacetWitness {
            gamma: g,
            theta: t,
            point: point.into_iter().map(Rational::from_integer).collect(),
            jump: match (g, t) {
                (Some(_), Some(_)) => jump_between(own, other),
                (Some(_), None) => own.product_norm(),
                _ => other.product_norm(),
            },
        });
    }
    Ok(facets)
}

/// ‖c_γ a_γ − c_θ a_θ‖_∞ for two neurons of the same direction: ‖c_γ‖a_γ‖ − c_θ‖a_θ‖‖.
fn jump_between(gamma: &Neuron, theta: &Neuron) -> Rational {
    let length = |neuron: &Neuron| neuron.scale() * neuron.inner_norm();
    let (one, two) = (length(gamma), length(theta));
    let pairs = gamma.outer().iter().zip(theta.outer());
    let entries = pairs.map(|(c, other)| (c * &one - other * &two).abs());
    entries.max().unwrap_or_else(Rational::zero)
}
