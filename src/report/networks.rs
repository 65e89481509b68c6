//! The networks of a statement.

use super::document::Document;
use super::numbers::tuple;
use super::reading::Certificate;
use crate::certificate::{FamilyNetwork, Shallow};

/// Γ and Θ: shapes, and whether they enter homogenised.
pub(super) fn networks(document: &mut Document, certificate: &Certificate) {
    let networks = &certificate.statement.networks;
    let mut all = vec![("Γ", &networks.gamma)];
    all.extend(networks.theta.iter().map(|theta| ("Θ", theta)));
    for &(name, network) in &all {
        document.item(format!("{name}: {}", shape(network)));
    }
    for (name, network) in all {
        rows(document, name, network);
    }
    if is_homogenised(certificate) {
        document.paragraph(
            "The networks have biases, and the theorem speaks of networks without. They enter homogenised: inputs (x, 1), \
             a_i followed by b_i, and the output bias e as one more, last neuron a = (0, …, 0, 1), c = e. \
             On the plane x_{d+1} = 1 nothing changes.",
        );
    }
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

fn shape(network: &Shallow) -> String {
    let Shallow { d, m, outputs, .. } = network;
    let biases = if network.b.is_some() {
        "with"
    } else {
        "without"
    };
    format!("{d} inputs, {m} neurons, {outputs} output(s), {biases} biases")
}

/// Networks with more numbers than this are not written out in a retelling.
pub(super) const MOST_NUMBERS: usize = 120;

/// The numbers of a network, one line a neuron, if they are few.
pub(super) fn rows(document: &mut Document, name: &str, network: &Shallow) {
    let Shallow { d, m, outputs, .. } = network;
    if m * (d + outputs + 1) > MOST_NUMBERS {
        document.paragraph(format!(
            "The numbers of {name} are in the certificate's second line."
        ));
        return;
    }
    document.paragraph(format!("The neurons of {name}:"));
    for (i, words) in neurons(&network.a, network.b.as_deref(), &network.c).enumerate() {
        document.item(format!("{i}: {words}"));
    }
    if let Some(e) = &network.e {
        document.item(format!("output bias e = {}", tuple(e)));
    }
}

/// The weights of a family, which are few.
pub(super) fn family(document: &mut Document, name: &str, network: &FamilyNetwork) {
    for (i, words) in neurons(&network.a, network.b.as_deref(), &network.c).enumerate() {
        document.item(format!("{name}, neuron {i}: {words}"));
    }
    if let Some(e) = &network.e {
        document.item(format!("{name}, output bias: e = {}", tuple(e)));
    }
}

/// The neurons of a network of numbers or of functions of k.
fn neurons<T: ToString>(
    a: &[Vec<T>],
    b: Option<&[T]>,
    c: &[Vec<T>],
) -> impl Iterator<Item = String> {
    a.iter().zip(c).enumerate().map(move |(i, (a, c))| {
        let bias = b.and_then(|b| b.get(i));
        let bias = bias.map_or(String::new(), |b| format!(", b = {}", b.to_string()));
        format!("a = {}{bias}, c = {}", tuple(a), tuple(c))
    })
}
