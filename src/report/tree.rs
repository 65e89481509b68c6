//! Region trees, which may be given in several steps.

use super::reading::Certificate;
use crate::certificate::{AtMost, Node, SeminormFact, Step};

/// The nodes of the tree that the step at this index begins, with those of the steps that go on with it.
pub(super) fn nodes<'a>(
    tree: &'a AtMost,
    certificate: &'a Certificate,
    index: usize,
) -> Vec<&'a Node> {
    let after = certificate.steps.iter().skip(index + 1);
    let further = after.map_while(|step| match step {
        Step::Seminorm(SeminormFact::Further(more)) => Some(&more.nodes),
        _ => None,
    });
    tree.nodes.iter().chain(further.flatten()).collect()
}

/// How many nodes are wanted.
pub(super) fn count(nodes: &[&Node], wanted: fn(&Node) -> bool) -> usize {
    nodes.iter().filter(|node| wanted(node)).count()
}

/// Whether a node is a split.
pub(super) fn splits(node: &Node) -> bool {
    matches!(node, Node::Split(_) | Node::SplitMinus(_))
}
