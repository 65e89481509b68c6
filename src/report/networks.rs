//! The networks of a statement.

use super::document::Document;
use super::numbers::tuple;
use super::reading::Certificate;
use crate::certificate::{FamilyNetwork, ForAllK, Side, StatedNetwork};

/// Γ and Θ: shapes, and whether they enter homogenised.
pub(super) fn networks(document: &mut Document, certificate: &Certificate) {
    let networks = &certificate.statement.networks;
    let mut all = vec![("Γ", &networks.gamma)];
    all.extend(networks.theta.iter().map(|theta| ("Θ", theta)));
    for &(name, network) in &all {
        let StatedNetwork {
            d, m, outputs, b, ..
        } = network;
        shape(document, name, [*d, *m, *outputs], b.is_some());
    }
    for (name, network) in all {
        rows(document, name, network);
    }
    homogenised(document, is_homogenised(certificate));
}

/// How networks with biases enter.
fn homogenised(document: &mut Document, biased: bool) {
    if biased {
        document.paragraph(
            "The networks have biases, and the theorem speaks of networks without. They enter homogenised: inputs (x, 1), \
             a_i followed by b_i, and the output bias e as one more, last neuron a = (0, …, 0, 1), c = e. \
             On the plane x_{d+1} = 1 nothing changes.",
        );
    }
}

/// Γ and Θ as functions of k.
pub(super) fn families(document: &mut Document, claim: &ForAllK) {
    let mut all = vec![("Γ", &claim.gamma)];
    all.extend(claim.theta.iter().map(|theta| ("Θ", theta)));
    for &(name, family) in &all {
        let FamilyNetwork {
            d, m, outputs, b, ..
        } = family;
        shape(document, name, [*d, *m, *outputs], b.is_some());
    }
    for &(name, network) in &all {
        family(document, name, network);
    }
    homogenised(document, all.iter().any(|(_, family)| family.b.is_some()));
}

/// Whether any network of the statement has biases.
pub(super) fn is_homogenised(certificate: &Certificate) -> bool {
    let networks = &certificate.statement.networks;
    networks.gamma.b.is_some()
        || networks
            .theta
            .as_ref()
            .is_some_and(|theta| theta.b.is_some())
}

fn shape(document: &mut Document, name: &str, [d, m, outputs]: [usize; 3], biased: bool) {
    let biases = if biased { "with" } else { "without" };
    document.item(format!(
        "{name}: {d} inputs, {m} neurons, {outputs} output(s), {biases} biases"
    ));
}

/// Networks with more numbers than this are not written out in a retelling.
pub(super) const MOST_NUMBERS: usize = 120;

/// The numbers of a network, one line a neuron, if they are few.
pub(super) fn rows(document: &mut Document, name: &str, network: &StatedNetwork) {
    let StatedNetwork { d, m, outputs, .. } = network;
    if m * (d + outputs + 1) > MOST_NUMBERS {
        document.paragraph(format!(
            "The numbers of {name} are in the certificate's second line."
        ));
        return;
    }
    let e = network.e.as_deref().map(tuple);
    neurons(
        document,
        name,
        (&network.a, network.b.as_deref(), &network.c),
        e,
    );
}

/// The weights of a family, which are few.
pub(super) fn family(document: &mut Document, name: &str, network: &FamilyNetwork) {
    let e = network.e.as_deref().map(tuple);
    neurons(
        document,
        name,
        (&network.a, network.b.as_deref(), &network.c),
        e,
    );
}

/// a, b and c of a network.
type Weights<'a, T> = (&'a [Vec<T>], Option<&'a [T]>, &'a [Vec<T>]);

/// The neurons of a network of numbers or of functions of k, one line each, and its output bias.
fn neurons<T: ToString>(
    document: &mut Document,
    name: &str,
    weights: Weights<'_, T>,
    e: Option<String>,
) {
    let (a, b, c) = weights;
    document.paragraph(format!("The neurons of {name}:"));
    for (i, (a, c)) in a.iter().zip(c).enumerate() {
        let bias = b.and_then(|b| b.get(i));
        let bias = bias.map_or(String::new(), |b| format!(", b = {}", b.to_string()));
        document.item(format!("{i}: a = {}{bias}, c = {}", tuple(a), tuple(c)));
    }
    if let Some(e) = e {
        document.item(format!("output bias e = {e}"));
    }
}

/// What the network of a side is called.
pub(super) fn side_name(side: Side) -> &'static str {
    match side {
        Side::Gamma => "Γ",
        Side::Theta => "Θ",
        Side::Phi => "Φ",
    }
}
