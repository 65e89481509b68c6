//! What is seen of a seminorm, as tokens.

use crate::certificate::{Circuit, Node, Target};
use crate::export::evidence::{Bracket, Tree};

use super::Tokens;

impl Tokens {
    pub(super) fn circuits(&mut self, circuits: &[&Circuit]) {
        self.words("circuits", [circuits.len()]);
        for circuit in circuits {
            let members = circuit.iter().map(|(h, q)| format!("{} {q}", h + 1));
            self.words(&circuit.len().to_string(), members);
        }
    }

    pub(super) fn bracket(&mut self, bracket: &Bracket) {
        self.circuits(&bracket.shared);
        match bracket.least {
            Some(at) => {
                let point = at.point.iter().map(ToString::to_string);
                let signs = [format!(".{}", at.signs)];
                let entry = [at.output, at.input].map(|place| place.to_string());
                let all = point
                    .chain(signs)
                    .chain(entry)
                    .chain([at.value.to_string()]);
                self.words(&format!("least some {}", at.point.len()), all);
            }
            None => self.line("least none"),
        }
        self.words("trees", [bracket.trees.len()]);
        bracket.trees.iter().for_each(|tree| self.tree(tree));
    }

    pub(super) fn tree(&mut self, tree: &Tree) {
        match &tree.step.target {
            Some(Target {
                output,
                input,
                negative,
            }) => {
                let sign = if *negative { "-" } else { "+" };
                self.line(&format!("tree entry {output} {input} {sign}"));
            }
            None => self.line("tree all"),
        }
        self.words("bound", [&tree.step.bound]);
        self.circuits(&tree.own);
        self.words("nodes", [tree.nodes.len()]);
        for node in &tree.nodes {
            self.line(&match node {
                Node::Split(h) => format!("s {}", h + 1),
                Node::SplitMinus(h) => format!("t {}", h + 1),
                Node::Bound => "b".to_owned(),
                Node::Farkas(circuit) => format!("f {}", circuit + 1),
                Node::Circuits(circuits) => {
                    let mut words = vec!["c".to_owned(), circuits.len().to_string()];
                    for circuit in circuits {
                        words.push(circuit.len().to_string());
                        words.extend(circuit.iter().map(|h| (h + 1).to_string()));
                    }
                    words.join(" ")
                }
            });
        }
    }
}
