//! The answer as JSON.

use serde::Serialize;

use crate::certificate::{self, Among, Part};
use crate::cli::network_out::Cost;
use crate::nearest::{Construction, Nearest};

#[derive(Serialize)]
pub(super) struct Object {
    pub(super) among: Among,
    /// The distance, where it is known exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) distance: Option<String>,
    /// Otherwise: no parametrization is nearer than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) lower: Option<String>,
    /// ‖Φ − Γ‖_∞, where a Φ was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) upper: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) approx: Option<String>,
    pub(super) neurons: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kinks: Option<usize>,
    /// Why there is no parametrization, or why the distance is not known exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) attained: Option<Attained>,
    /// For every neuron of Φ the neuron of Θ it comes from, or null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) permutation: Option<Vec<Option<usize>>>,
    /// The neurons of Θ that are flipped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) flips: Option<Vec<usize>>,
    /// The factors of the inner weights of Φ's neurons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) scales: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) phi: Option<certificate::StatedNetwork>,
    /// What rounding Φ costs, if it was written rounded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rounding: Option<Cost>,
}

/// The entry with the largest difference.
#[derive(Serialize)]
pub(super) struct Attained {
    neuron: usize,
    part: Part,
    index: usize,
}

/// The neuron of Θ behind each neuron of Φ.
fn permutation(found: &Nearest, construction: &Construction) -> Vec<Option<usize>> {
    let order = construction.order.iter();
    order.map(|&k| found.origin.get(k).copied()).collect()
}

pub(super) fn object(found: &Nearest) -> Object {
    let exact = found.exact();
    let phi = found.phi.as_ref();
    let upper = phi.map(|phi| &phi.distance.value);
    Object {
        among: found.among,
        distance: exact.map(ToString::to_string),
        lower: exact.is_none().then(|| found.lower.to_string()),
        upper: upper.filter(|_| exact.is_none()).map(ToString::to_string),
        approx: exact.map(|value| value.approx(12)),
        neurons: found.neurons,
        kinks: Some(found.kinks),
        reason: found
            .gap
            .as_ref()
            .filter(|_| exact.is_none())
            .map(|gap| gap.words(found)),
        attained: phi.map(|phi| Attained {
            neuron: phi.distance.neuron,
            part: phi.distance.part,
            index: phi.distance.index,
        }),
        permutation: phi.map(|phi| permutation(found, phi)),
        flips: phi.map(|phi| phi.flipped.iter().map(|&i| found.origin[i]).collect()),
        scales: phi.map(|phi| phi.scales.iter().map(ToString::to_string).collect()),
        phi: phi.map(|phi| phi.phi.network(found.homogenised)),
        rounding: None,
    }
}
