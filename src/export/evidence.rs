//! The evidence for a bracket of the seminorm, as certificates have it: circuits, a point, trees.

use crate::certificate::{AtLeast, AtMost, Circuit, Node, SeminormFact, StatedRational, Step};
use crate::report::Certificate;

/// A tree of splits, in preorder.
pub(super) struct Tree<'a> {
    pub step: &'a AtMost,
    /// Circuits after the shared ones.
    pub own: Vec<&'a Circuit>,
    pub nodes: Vec<&'a Node>,
}

/// What shows both ends of a bracket.
pub(super) struct Bracket<'a> {
    /// The circuits before the first tree, for all of them.
    pub shared: Vec<&'a Circuit>,
    pub least: Option<&'a AtLeast>,
    pub trees: Vec<Tree<'a>>,
}

/// The evidence of a certificate for the ends that are claimed.
pub(super) fn bracket<'a>(
    certificate: &'a Certificate,
    lower: Option<&StatedRational>,
    upper: Option<&StatedRational>,
) -> Bracket<'a> {
    let (mut shared, mut later) = (Vec::new(), Vec::new());
    let (mut least, mut trees) = (None, Vec::new());
    let mut steps = certificate.steps.iter().peekable();
    while let Some(step) = steps.next() {
        match step {
            Step::Circuits(step) if trees.is_empty() => shared.extend(&step.circuits),
            Step::Circuits(step) => later.extend(&step.circuits),
            Step::Seminorm(SeminormFact::AtLeast(step)) if lower == Some(&step.value) => {
                least = Some(step);
            }
            Step::Seminorm(SeminormFact::AtMost(step)) => {
                let mut nodes: Vec<&Node> = step.nodes.iter().collect();
                while let Some(Step::Seminorm(SeminormFact::Further(more))) = steps.peek() {
                    nodes.extend(&more.nodes);
                    steps.next();
                }
                if upper.is_some_and(|upper| step.bound.0 <= upper.0) {
                    let own = later.iter().copied().chain(&step.circuits).collect();
                    trees.push(Tree { step, own, nodes });
                }
            }
            _ => {}
        }
    }
    Bracket {
        shared,
        least,
        trees,
    }
}
