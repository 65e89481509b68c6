//! Claims about networks of any depth, retold: each rewriting is a step of the proof.

use crate::certificate::{Deep, DeepClaim, DeepNetworks, DeepStatement, DeepStep, Differ, Step};
use crate::report::document::Document;
use crate::report::networks::side_name;
use crate::report::numbers::tuple;
use crate::report::rank::{identifiable, rank};
use crate::report::reading::Certificate;

/// More steps than this are counted, not told.
const MOST_STEPS: usize = 200;
/// Longer lists are cut.
const MOST_NAMED: usize = 12;

/// Writes what the claim says and how its steps show it.
pub(super) fn retell(document: &mut Document, certificate: &Certificate<DeepStatement>) {
    let claim = &certificate.statement.claim;
    let (title, why) = match claim {
        DeepClaim::Equal(_) => (
            "R(Γ) = R(Θ)".to_owned(),
            "Each network is rewritten, one layer at a time, without changing its function, until both are the same, number by number."
                .to_owned(),
        ),
        DeepClaim::Differ(_) => (
            "R(Γ) ≠ R(Θ)".to_owned(),
            "Both networks are evaluated at a point, exactly; their values there are not the same.".to_owned(),
        ),
        DeepClaim::Reparametrization(claim) => (
            format!("R(Φ) = R(Θ), and ‖Φ − Γ‖_∞ = {}", claim.distance),
            "Φ and Θ are rewritten, one layer at a time, without changing their functions, until both are the same, number by number. The distance is \
             the largest absolute entry of Φ − Γ, over all weights and biases."
                .to_owned(),
        ),
        DeepClaim::Identifiable(claim) => (
            "Γ is locally identifiable".to_owned(),
            identifiable(claim.rank),
        ),
    };
    document.heading(1, title);
    document.paragraph(why);
    let DeepNetworks { gamma, theta, phi } = &certificate.statement.networks;
    let networks = [
        ("Γ", Some(gamma)),
        ("Θ", theta.as_ref()),
        ("Φ", phi.as_ref()),
    ];
    for (name, network) in networks {
        if let Some(network) = network {
            document.item(format!("{name}: {}", shape(network)));
        }
    }
    document.heading(2, "Steps");
    for (index, step) in certificate.steps.iter().take(MOST_STEPS).enumerate() {
        if let Step::Deep(step) = step {
            document.item(format!("{}: {}", index + 1, words(step)));
        }
    }
    if let Some(more) = certificate.steps.len().checked_sub(MOST_STEPS + 1) {
        document.paragraph(format!("And {} steps more.", more + 1));
    }
}

fn shape(network: &Deep) -> String {
    let widths = network.inputs().into_iter().chain(network.widths());
    let widths: Vec<String> = widths.map(|n| n.to_string()).collect();
    format!("inputs and outputs of its layers {}", widths.join(" → "))
}

pub(crate) fn words(step: &DeepStep) -> String {
    match step {
        DeepStep::Permute(step) => format!(
            "the neurons of layer {} of {} are put in the order {}",
            step.layer,
            side_name(step.of),
            listed(step.order.iter())
        ),
        DeepStep::Scale(step) => format!(
            "the neurons of layer {} of {} are multiplied by positive factors, with their biases, and what reads them is divided by these: ρ(λt) = λρ(t)",
            step.layer,
            side_name(step.of)
        ),
        DeepStep::Drop(step) => format!(
            "neurons {} of layer {} of {} have one value, which goes into the next biases, or nothing reads them: they are left out",
            listed(step.neurons.iter()),
            step.layer,
            side_name(step.of)
        ),
        DeepStep::Merge(step) => {
            let pairs = step.pairs.iter().map(|[i, j]| format!("{i} into {j}"));
            format!(
                "in layer {} of {} neurons are positive multiples of others, and merged: {}",
                step.layer,
                side_name(step.of),
                listed(pairs)
            )
        }
        DeepStep::Shorten(step) => format!(
            "layer {} of {} has no neurons left: what comes after it does not depend on the input, and the layers up to it are left out",
            step.layer,
            side_name(step.of)
        ),
        DeepStep::Same(step) => format!(
            "{} and {} are now the same, number by number",
            side_name(step.one),
            side_name(step.other)
        ),
        DeepStep::Rank(step) => rank(step),
        DeepStep::Differ(Differ {
            point,
            gamma,
            theta,
        }) => match point.len() > MOST_NAMED {
            true => format!(
                "at the point of {} coordinates R(Γ) = {} and R(Θ) = {}",
                point.len(),
                tuple(gamma),
                tuple(theta)
            ),
            false => format!(
                "at x = {} R(Γ) = {} and R(Θ) = {}",
                tuple(point),
                tuple(gamma),
                tuple(theta)
            ),
        },
    }
}

/// The first of them.
fn listed<T: ToString>(items: impl ExactSizeIterator<Item = T>) -> String {
    let more = items.len().saturating_sub(MOST_NAMED);
    let mut shown: Vec<String> = items
        .take(MOST_NAMED)
        .map(|item| item.to_string())
        .collect();
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    shown.join(", ")
}

#[cfg(test)]
mod tests {
    use crate::report::{Format, retold};

    #[test]
    fn every_kind_of_step_is_told() {
        let folder = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/verifier/tests/facts/deep/accept"
        );
        let mut all = String::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            all += &retold(&text).unwrap().render(Format::Text);
        }
        for words in [
            "R(Γ) = R(Θ)\n===",
            "Γ: inputs and outputs of its layers 2 → 2 → 2 → 1",
            "1: the neurons of layer 0 of Θ are put in the order 1, 0",
            "are multiplied by positive factors",
            "neurons 2, 3 of layer 1 of Θ have one value",
            "merged: 2 into 0, 3 into 1",
            "layer 1 of Γ has no neurons left",
            "Φ and Θ are now the same, number by number",
            "R(Φ) = R(Θ), and ‖Φ − Γ‖_∞ = 1/2",
            "at x = (1, 0) R(Γ) = (-13/2) and R(Θ) = (-11/2)",
            "This is a retelling.",
        ] {
            assert!(all.contains(words), "{words}\n{all}");
        }
    }
}
