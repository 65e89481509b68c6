//! The difference of two functions: its seminorm r and its jump norm J, and why they are that.

use std::fmt::Display;

use super::document::Document;
use super::numbers::{rational, tuple};
use super::reading::Certificate;
use super::tree;
use crate::certificate::{
    AtLeast, Form, Node, SeminormBracket, SeminormFact, StatedRational, Step,
};

/// What is known of r and J.
pub(super) fn bracket(document: &mut Document, r: &SeminormBracket, jump: &StatedRational) {
    document.item(if r.lower == r.upper {
        r_words(rational(&r.lower))
    } else {
        format!(
            "r = |g − R(Γ)|_{{W^{{1,∞}}}} is between {} and {}",
            rational(&r.lower),
            rational(&r.upper)
        )
    });
    document.item(j_words(rational(jump)));
}

/// r exactly.
pub(super) fn r_words(value: impl Display) -> String {
    format!("r = |g − R(Γ)|_{{W^{{1,∞}}}} = {value}")
}

/// J.
pub(super) fn j_words(value: impl Display) -> String {
    format!("J, the largest jump of the gradient of g − R(Γ), is {value} (J ≤ 2r, N10)")
}

/// r ≥ …, at a point.
pub(super) fn retell_point(document: &mut Document, point: &AtLeast) {
    let place = match point.signs.as_str() {
        "" => EVERYWHERE.to_owned(),
        signs => format!(
            "At x = {}, which lies on no kink (signs {signs}),",
            tuple(&point.point)
        ),
    };
    let entry = (point.output, point.input);
    document.paragraph(entry_words(&place, entry, rational(&point.value)));
}

/// Where a point may be if there are no kinks.
pub(super) const EVERYWHERE: &str = "There are no kinks, so everywhere";

/// What an entry of the Jacobian is at a place.
pub(super) fn entry_words(place: &str, entry: (usize, usize), value: impl Display) -> String {
    let (output, input) = entry;
    format!(
        "{place} entry ({output}, {input}) of the Jacobian has absolute value {value}. So the largest one, r, is at least that."
    )
}

/// How a tree over the sides of kinks bounds an entry, or all. What it does not have is not said.
pub(super) fn tree_words(which: &str, bound: impl Display, nodes: &[&Node]) -> String {
    let circuits = nodes.iter().filter_map(|node| match node {
        Node::Circuits(circuits) => Some(circuits.len()),
        _ => None,
    });
    let circuits: Vec<usize> = circuits.collect();
    let packed = match circuits.as_slice() {
        [1] => "what a dependence costs",
        _ => "what packings of dependences cost",
    };
    let alone = match nodes {
        [Node::Circuits(_)] => Some(format!(
            "by |M| + ½ Σ_H |κ_H n_Hᵀ|, whatever the signs of the kinks, less {packed}"
        )),
        [Node::Bound] => {
            Some("by |M| + ½ Σ_H |κ_H n_Hᵀ|, whatever the signs of the kinks".to_owned())
        }
        [Node::Farkas(_)] => Some("no region is there at all".to_owned()),
        _ => None,
    };
    let why = alone.unwrap_or_else(|| {
        let count = |wanted: fn(&Node) -> bool| tree::count(nodes, wanted);
        let counts = [
            (count(tree::splits), "splits".to_owned()),
            (
                count(|n| matches!(n, Node::Bound)),
                "leaves where the decided signs bound it".to_owned(),
            ),
            (
                count(|n| matches!(n, Node::Circuits(_))),
                format!("leaves bounded by {packed}"),
            ),
            (
                count(|n| matches!(n, Node::Farkas(_))),
                "that no region meets, by linear dependences Σ μ_H n_H = 0 with all terms on one side (Gordan)".to_owned(),
            ),
        ];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        format!("a tree over the sides of kinks has {}", counts.join(", "))
    });
    format!("{which} of the Jacobian is at most {bound}: {why}")
}

/// The jump norm, and what it says of the seminorm.
pub(super) fn jump_words(value: impl Display) -> String {
    format!(
        "Over all hyperplanes H of the canonical form M x + ½ Σ κ_H |⟨n_H,x⟩| the largest ‖κ_H‖·‖n_H‖ is {value}. A jump is the difference of two \
         adjacent gradients, so half of it is a lower bound of the seminorm (N10)."
    )
}

/// Why r and J are what they are said to be.
pub(super) fn difference(document: &mut Document, certificate: &Certificate, form: Form) {
    document.heading(2, "The difference g − R(Γ)");
    for (index, step) in certificate.steps.iter().enumerate() {
        match step {
            Step::Seminorm(SeminormFact::AtLeast(point)) => retell_point(document, point),
            Step::Seminorm(SeminormFact::AtMost(tree)) => {
                let nodes = tree::nodes(tree, certificate, index);
                document.paragraph(tree_words("every entry", rational(&tree.bound), &nodes) + ".");
            }
            Step::JumpNorm(jump) => document.paragraph(jump_words(rational(&jump.value))),
            _ => {}
        }
    }
    if form == Form::Jump {
        document.paragraph(
            "The proof uses r only through the jumps (53), (54), so J takes the place of 2r below (N10).",
        );
    }
}
