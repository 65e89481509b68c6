//! The difference of two functions: its seminorm r and its jump norm J, and why they are that.

use super::document::Document;
use super::numbers::{rational, tuple};
use super::reading::Certificate;
use super::tree;
use crate::certificate::{
    AtLeast, AtMost, Form, Node, Rational, SeminormBracket, SeminormFact, Step,
};

/// What is known of r and J.
pub(super) fn bracket(document: &mut Document, r: &SeminormBracket, jump: &Rational) {
    document.item(if r.lower == r.upper {
        format!("r = |g − R(Γ)|_{{W^{{1,∞}}}} = {}", rational(&r.lower))
    } else {
        format!(
            "r = |g − R(Γ)|_{{W^{{1,∞}}}} is between {} and {}",
            rational(&r.lower),
            rational(&r.upper)
        )
    });
    document.item(format!(
        "J, the largest jump of the gradient of g − R(Γ), is {} (J ≤ 2r, N10)",
        rational(jump)
    ));
}

/// r ≥ …, at a point.
pub(super) fn retell_point(document: &mut Document, point: &AtLeast) {
    let place = match point.signs.as_str() {
        "" => "There are no kinks, so everywhere".to_owned(),
        signs => format!(
            "At x = {}, which lies on no kink (signs {signs}),",
            tuple(&point.point)
        ),
    };
    document.paragraph(format!(
        "{place} entry ({}, {}) of the Jacobian of the difference has absolute value {}. So r is at least that.",
        point.output,
        point.input,
        rational(&point.value),
    ));
}

fn retell_tree(document: &mut Document, tree: &AtMost, nodes: &[&Node]) {
    let count = |wanted: fn(&Node) -> bool| tree::count(nodes, wanted);
    let splits = count(tree::splits);
    if splits == 0 {
        document.paragraph(format!(
            "Whatever the signs of the kinks, no entry of the Jacobian exceeds |M| + ½ Σ_H |κ_H n_Hᵀ|, whose largest entry is {}. \
             So r is at most that.",
            rational(&tree.bound)
        ));
        return;
    }
    let empty = match count(|n| matches!(n, Node::Farkas(_))) {
        0 => String::new(),
        empty => format!(
            ", and {empty} that no region meets, by linear dependences Σ μ_H n_H = 0 with all terms on one side (Gordan)"
        ),
    };
    document.paragraph(format!(
        "The regions are searched by a tree over the kinks with {splits} split(s): {} leaves where the decided signs keep every entry \
         of the Jacobian at most {}{empty}. So r is at most that.",
        count(|n| matches!(n, Node::Bound | Node::Circuits(_))),
        rational(&tree.bound),
    ));
}

/// Why r and J are what they are said to be.
pub(super) fn difference(document: &mut Document, certificate: &Certificate, form: Form) {
    document.heading(2, "The difference g − R(Γ)");
    for (index, step) in certificate.steps.iter().enumerate() {
        match step {
            Step::Seminorm(SeminormFact::AtLeast(point)) => retell_point(document, point),
            Step::Seminorm(SeminormFact::AtMost(tree)) => {
                retell_tree(document, tree, &tree::nodes(tree, certificate, index));
            }
            Step::JumpNorm(jump) => document.paragraph(format!(
                "Over all hyperplanes H of the canonical form M x + ½ Σ κ_H |⟨n_H,x⟩| of g − R(Γ), the largest ‖κ_H‖·‖n_H‖ is J = {}. \
                 A jump is the difference of two adjacent gradients, so J ≤ 2r.",
                rational(&jump.value)
            )),
            _ => {}
        }
    }
    if form == Form::Jump {
        document.paragraph(
            "The proof uses r only through the jumps (53), (54), so J takes the place of 2r below (N10).",
        );
    }
}
