//! Claims about networks of any depth, retold: each rewriting is a step of the proof.

use std::collections::BTreeMap;

use crate::certificate::{
    CellGoal, Cut, Deep, DeepClaim, DeepEqual, DeepNear, DeepNetworks, DeepStatement, DeepStep,
    Differ, Image, StatedRational, Step,
};
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
    let function = match certificate.statement.networks.theta {
        Some(_) => "R(Θ) − R(Γ)",
        None => "R(Γ)",
    };
    let (title, why) = match claim {
        DeepClaim::Equal(DeepEqual { domain: Some(sides) }) => (
            format!("R(Γ) = R(Θ) on {}", shown_box(sides)),
            BY_TREE.to_owned(),
        ),
        DeepClaim::Equal(DeepEqual { domain: None }) => (
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
        DeepClaim::Within(claim) => (
            format!("|R(Θ)(x) − R(Γ)(x)| ≤ {} on {}, in every output", claim.bound, shown_box(&claim.domain)),
            "Every neuron of Γ has one of Θ, times a factor, or nothing to stand for it: then biases have about what it gives. Layer by layer, z − t z′ = Σ w_k D_k + (what is left of the weights) \
             + (what is left of the bias), where D_k is what differs in the neurons that are read; ρ(z) − ρ(t z′) lies between 0 and that. Intervals of all these \
             numbers on the box, computed exactly, bound what differs in the outputs."
                .to_owned(),
        ),
        DeepClaim::SupNorm(claim) => (
            format!(
                "The largest |{function}| on {}, over all outputs, is {}",
                shown_box(&claim.domain),
                bracket(&claim.lower, &claim.upper)
            ),
            format!("One point shows the lower end. {BY_TREE}"),
        ),
        DeepClaim::Seminorm(claim) => (
            format!(
                "The largest absolute entry of the Jacobian of {function} on {} is {}",
                shown_box(&claim.domain),
                bracket(&claim.lower, &claim.upper)
            ),
            format!("The entry at one point shows the lower end. {BY_TREE}"),
        ),
        DeepClaim::Regions(claim) => (
            format!(
                "Γ has {} {} regions in {}",
                if claim.exact { "exactly" } else { "at least" },
                claim.regions,
                shown_box(&claim.domain)
            ),
            format!(
                "A region is a set of hidden neurons that are positive, all others not, on a part of the box with interior points. {BY_TREE}"
            ),
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

/// How trees prove.
const BY_TREE: &str = "The box is divided by the signs of neurons, whose pre-activations are affine once the layers before are decided, and by halving sides. A part that no point is in is \
    closed by positive multiples of pre-activations whose sum is nowhere positive there; in every other leaf both functions are affine, or bounded by functions that are.";

fn bracket(lower: &StatedRational, upper: &StatedRational) -> String {
    match lower == upper {
        true => upper.to_string(),
        false => format!("at least {lower} and at most {upper}"),
    }
}

/// A box, shortly where all sides are the same or there are many.
fn shown_box(sides: &[(StatedRational, StatedRational)]) -> String {
    let sides = sides.iter().map(|(low, high)| format!("[{low}, {high}]"));
    let sides: Vec<String> = sides.collect();
    match sides.first() {
        Some(first) if sides.len() > 1 && sides.iter().all(|side| side == first) => {
            format!("the box {first}^{}", sides.len())
        }
        _ if sides.len() > MOST_NAMED => format!("a box of {} sides", sides.len()),
        _ => format!("the box {}", sides.join(" × ")),
    }
}

/// How many nodes of each kind.
fn counted(nodes: &[Cut]) -> String {
    let count = |is: fn(&Cut) -> bool| nodes.iter().filter(|node| is(node)).count();
    format!(
        "{} splits of neurons, {} halved sides, {} empty parts, {} leaves, {} regions with a point in each",
        count(|node| matches!(node, Cut::Split(_))),
        count(|node| matches!(node, Cut::Halve(_))),
        count(|node| matches!(node, Cut::Empty(_))),
        count(|node| matches!(node, Cut::Leaf(_))),
        count(|node| matches!(node, Cut::Region(_)))
    )
}

fn at(point: &[StatedRational]) -> String {
    match point.len() > MOST_NAMED {
        true => format!("a point of {} coordinates", point.len()),
        false => format!("x = {}", tuple(point)),
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
        DeepStep::Near(step) => near(step),
        DeepStep::Tree(step) => {
            let goal = match &step.goal {
                CellGoal::Height(bound) => {
                    format!("every output is at most {bound} in absolute value")
                }
                CellGoal::Slope(bound) => {
                    format!("every entry of the Jacobian is at most {bound} in absolute value")
                }
                CellGoal::Regions => "the regions are counted".to_owned(),
            };
            format!("{goal}, by a tree: {}", counted(&step.nodes))
        }
        DeepStep::More(step) => format!("more of the tree: {}", counted(&step.nodes)),
        DeepStep::Peak(step) => format!(
            "at {} the largest absolute value of the outputs is {}",
            at(&step.point),
            step.value
        ),
        DeepStep::Slope(step) => format!(
            "around {} entry ({}, {}) of the Jacobian has the absolute value {}",
            at(&step.point),
            step.output,
            step.input,
            step.value
        ),
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

/// Which neurons others and constants stand for.
fn near(step: &DeepNear) -> String {
    let mut told = Vec::new();
    for (l, images) in step.images.iter().enumerate() {
        let mut readers: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let mut constants = Vec::new();
        for (i, image) in images.iter().enumerate() {
            match image {
                Image::Neuron(j, None) => readers.entry(*j).or_default().push(i.to_string()),
                Image::Neuron(j, Some(factor)) => {
                    let times = format!("{i} ({factor} times)");
                    readers.entry(*j).or_default().push(times);
                }
                Image::Nothing => constants.push(i),
            }
        }
        let several = readers.iter().filter(|(_, of)| of.len() > 1);
        let several: Vec<String> = several
            .map(|(j, of)| format!("{j} for {}", listed(of.iter())))
            .collect();
        let mut parts = Vec::new();
        if !several.is_empty() {
            parts.push(format!(
                "neurons of Θ stand for several of Γ: {}",
                listed(several.iter())
            ));
        }
        if !constants.is_empty() {
            parts.push(format!("nothing stands for {}", listed(constants.iter())));
        }
        if parts.is_empty() {
            parts.push("every neuron of Γ has one of Θ".to_owned());
        }
        told.push(format!("in layer {l} {}", parts.join("; ")));
    }
    match told.is_empty() {
        true => "there are no neurons: both are affine, and compared by their weights".to_owned(),
        false => format!(
            "{}; intervals of what differs end within the bound",
            told.join("; ")
        ),
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
            "|R(Θ)(x) − R(Γ)(x)| ≤ 1/40 on the box [-1, 1] × [0, 1], in every output",
            "in layer 0 neurons of Θ stand for several of Γ: 0 for 0, 1 (2 times)",
            "in layer 0 nothing stands for 2",
            "every neuron of Γ has one of Θ",
            "This is a retelling.",
        ] {
            assert!(all.contains(words), "{words}\n{all}");
        }
    }
}
