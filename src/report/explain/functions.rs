//! Certificates about functions, retold.

use std::fmt::Display;

use super::retold::Retold;
use crate::certificate::{
    Differ, DifferClaim, EqualClaim, HeightFact, JumpNormClaim, LocalMinimumClaim, SeminormClaim,
    SeminormFact, Step, SupNormClaim,
};
use crate::report::difference::{jump_words, retell_point, tree_words};
use crate::report::document::Document;
use crate::report::networks::networks;
use crate::report::numbers::{rational, sides, tuple};
use crate::report::reading::Certificate;
use crate::report::tree;

/// What the claim is about: one function or a difference.
fn subject(document: &mut Document, certificate: &Certificate) {
    networks(document, certificate);
    activation(document, certificate);
}

/// What stands in the place of ReLU.
pub(super) fn activation(document: &mut Document, certificate: &Certificate) {
    if let Some(a) = &certificate.statement.activation {
        document.paragraph(format!("The activation is max({a}·t, t) instead of ReLU."));
    }
}

/// R(Γ) = R(Θ).
impl Retold for EqualClaim {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        document.heading(1, "Γ and Θ are the same function");
        subject(document, certificate);
        document.paragraph(EQUAL);
    }
}

/// Why two functions are equal.
pub(super) const EQUAL: &str = "Every shallow network is M x + q + ½ Σ_H κ_H |⟨n_H,x⟩ + β_H|, and the functions x_j, 1 and |⟨n_H,x⟩ + β_H| for different \
     hyperplanes are linearly independent (N1). In their difference every κ_H, M and q are 0; on a box, hyperplanes that do not \
     meet its interior are linear there and are counted to M and q first.";

/// R(Γ) ≠ R(Θ).
impl Retold for DifferClaim {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        document.heading(1, "Γ and Θ are different functions");
        subject(document, certificate);
        for step in &certificate.steps {
            if let Step::Differ(Differ {
                point,
                gamma,
                theta,
            }) = step
            {
                document.paragraph(format!(
                    "At x = {}: R(Γ)(x) = {}, but R(Θ)(x) = {}.",
                    tuple(point),
                    tuple(gamma),
                    tuple(theta)
                ));
            }
        }
    }
}

/// Bounds of the seminorm.
impl Retold for SeminormClaim {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        document.heading(1, "The seminorm: the largest entry of the Jacobian");
        subject(document, certificate);
        match (&self.lower, &self.upper) {
            (Some(lower), Some(upper)) if lower == upper => {
                document.paragraph(exactly(rational(lower)));
            }
            (lower, upper) => {
                for (words, end) in [("at least", lower), ("at most", upper)] {
                    if let Some(end) = end {
                        document.paragraph(format!("It is {words} {}.", rational(end)));
                    }
                }
            }
        }
        for (index, step) in certificate.steps.iter().enumerate() {
            match step {
                Step::Seminorm(SeminormFact::AtLeast(point)) => retell_point(document, point),
                Step::Circuits(step) => document.paragraph(format!(
                    "{} Σ μ_H n_H = 0 {} used below. In a dependence whose terms all lie on one side no point can have all the sides \
                     asked for (Gordan), so one hyperplane of it must give way.",
                    match step.circuits.len() {
                        1 => "One linear dependence".to_owned(),
                        count => format!("{count} linear dependences"),
                    },
                    if step.circuits.len() == 1 { "is" } else { "are" }
                )),
                Step::Seminorm(SeminormFact::AtMost(tree)) => {
                    let which = match &tree.target {
                        Some(target) => format!(
                            "{}entry ({}, {})",
                            if target.negative { "minus " } else { "" },
                            target.output,
                            target.input
                        ),
                        None => "every entry".to_owned(),
                    };
                    let nodes = tree::nodes(tree, certificate, index);
                    document.item(tree_words(&which, rational(&tree.bound), &nodes));
                }
                _ => {}
            }
        }
    }
}

/// A norm's exact value.
pub(super) fn exactly(value: impl Display) -> String {
    format!("It is exactly {value}.")
}

/// The jump norm.
impl Retold for JumpNormClaim {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        document.heading(1, "The jump norm");
        subject(document, certificate);
        document.paragraph(jump_words(rational(&self.value)));
    }
}

/// A local minimum of the mean squared error.
impl Retold for LocalMinimumClaim {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        document.heading(1, "A local minimum of the mean squared error");
        networks(document, certificate);
        let samples = self.samples.iter().map(|s| (tuple(&s.x), tuple(&s.y)));
        local_minimum(
            document,
            samples,
            rational(&self.loss),
            rational(&self.radius),
        );
    }
}

/// Samples, the loss, and why there is no less of it near by.
pub(super) fn local_minimum(
    document: &mut Document,
    samples: impl Iterator<Item = (String, String)>,
    loss: impl Display,
    radius: impl Display,
) {
    for (i, (x, y)) in samples.enumerate() {
        document.item(format!("sample {i}: x = {x}, y = {y}"));
    }
    document.paragraph(format!(
        "The loss of Γ, its mean squared error, is {loss}. With every weight anywhere within {radius} of Γ's, interval arithmetic encloses the value at every \
         sample, and the labels are so far from these intervals that the loss is at least as large.",
    ));
}

/// The sup norm on a box.
impl Retold for SupNormClaim {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        document.heading(1, "The largest value on a box");
        subject(document, certificate);
        let (place, value) = (sides(&self.domain), rational(&self.value));
        let trees = certificate.steps.iter().filter_map(|step| match step {
            Step::Height(HeightFact::Below(tree)) => Some(tree.nodes.len()),
            Step::Height(HeightFact::More(more)) => Some(more.nodes.len()),
            _ => None,
        });
        let nodes: usize = trees.sum();
        document.paragraph(match nodes {
            0 => vertices_words(&place, value),
            _ => format!(
                "On {place} no output, and no negative of one, is larger than {value}: the box is divided by halving its sides and by hyperplanes, {nodes} nodes in \
                 all, and on every part the function lies below an affine one, which is at most that at the corners."
            ),
        });
        for step in &certificate.steps {
            let point = match step {
                Step::SupNorm(step) => &step.point,
                Step::Height(HeightFact::Reached(step)) => &step.point,
                _ => continue,
            };
            document.item(attained_at(point));
        }
    }
}

/// Why a value on a box is the largest one, if vertices show it.
pub(super) fn vertices_words(place: &str, value: impl Display) -> String {
    format!(
        "On {place} the function is linear in pieces, and largest at a vertex of one of them: where d hyperplanes or facets meet. The largest \
         absolute value at those is {value}."
    )
}

/// Where a value on a box is.
pub(super) fn attained_at<T: ToString>(point: &[T]) -> String {
    format!("It is attained at x = {}.", tuple(point))
}
