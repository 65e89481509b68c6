//! The evidence for a bracket of the seminorm, as the checker takes it: normals, a point, trees whose circuits have their factors.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed as _, Zero as _};

use super::kinks::{Kink, kinks};
use super::refusal::{NotCovered, not_covered};
use crate::certificate::{AtLeast, AtMost, Circuit, Node, Rational, SeminormFact, Step, Target};
use crate::exact::linear::kernel_basis;
use crate::exact::rows::clear_denominators;
use crate::report::Certificate;
use crate::watch::Watch;

/// Hyperplanes with factors; what the circuit pays.
pub(super) struct Paid {
    pub pays: BigRational,
    pub members: Vec<(usize, BigRational)>,
}

/// A tree of splits: the + branch, then the − branch.
pub(super) enum Tree {
    Leaf(Vec<Paid>),
    Split(usize, Box<[Tree; 2]>),
}

/// What shows both ends of a bracket.
pub(super) struct Bracket<'a> {
    pub normals: Vec<Vec<BigRational>>,
    pub point: Option<&'a AtLeast>,
    pub trees: Vec<(Option<&'a Target>, Tree)>,
}

/// More splits on one path than any tree for this checker has.
const DEEPEST: usize = 1000;

/// The evidence of a certificate for the ends that are claimed.
pub(super) fn bracket<'a>(
    certificate: &'a Certificate,
    lower: Option<&Rational>,
    upper: Option<&Rational>,
) -> Result<Bracket<'a>, NotCovered> {
    let networks = &certificate.statement.networks;
    let kinks = match &networks.theta {
        Some(theta) => kinks(theta, Some(&networks.gamma)),
        None => kinks(&networks.gamma, None),
    };
    let mut shared: Vec<&Circuit> = Vec::new();
    let (mut point, mut trees) = (None, Vec::new());
    let mut steps = certificate.steps.iter().peekable();
    while let Some(step) = steps.next() {
        match step {
            Step::Circuits(step) => shared.extend(&step.circuits),
            Step::Seminorm(SeminormFact::AtLeast(step)) if lower == Some(&step.value) => {
                point = Some(step);
            }
            Step::Seminorm(SeminormFact::AtMost(step)) => {
                let mut nodes: Vec<&Node> = step.nodes.iter().collect();
                while let Some(Step::Seminorm(SeminormFact::Further(more))) = steps.peek() {
                    nodes.extend(&more.nodes);
                    steps.next();
                }
                if upper.is_some_and(|upper| step.bound.0 <= upper.0) {
                    let circuits = shared.iter().copied().chain(&step.circuits).collect();
                    let mut reading = Reading::new(step, &kinks, circuits, nodes);
                    trees.push((step.target.as_ref(), reading.tree(0)?));
                }
            }
            _ => {}
        }
    }
    let normals = kinks.into_iter().map(|kink| kink.normal).collect();
    Ok(Bracket {
        normals,
        point,
        trees,
    })
}

/// A tree while it is read.
struct Reading<'a> {
    kinks: &'a [Kink],
    circuits: Vec<&'a Circuit>,
    nodes: std::vec::IntoIter<&'a Node>,
    /// κ_H n_Hᵀ at the target, with its sign; empty without one.
    gains: Vec<BigRational>,
    /// What is decided on the path.
    signs: Vec<Option<bool>>,
}

impl<'a> Reading<'a> {
    fn new(
        step: &AtMost,
        kinks: &'a [Kink],
        circuits: Vec<&'a Circuit>,
        nodes: Vec<&'a Node>,
    ) -> Self {
        let gain = |target: &Target| {
            let gains = kinks.iter().map(|kink| {
                let jump = kink.jump.get(target.output)?;
                let gain = jump * kink.normal.get(target.input)?;
                Some(if target.negative { -gain } else { gain })
            });
            gains.collect::<Option<Vec<_>>>()
        };
        Reading {
            kinks,
            circuits,
            nodes: nodes.into_iter(),
            gains: step.target.as_ref().and_then(gain).unwrap_or_default(),
            signs: vec![None; kinks.len()],
        }
    }

    fn tree(&mut self, depth: usize) -> Result<Tree, NotCovered> {
        if depth > DEEPEST {
            return not_covered(format!("trees deeper than {DEEPEST}"));
        }
        let Some(node) = self.nodes.next() else {
            return not_covered("a tree that is not complete");
        };
        match node {
            Node::Split(h) | Node::SplitMinus(h) => {
                let first = matches!(node, Node::Split(_));
                if *h >= self.signs.len() {
                    return not_covered(format!("hyperplane {h}, which is not there"));
                }
                self.signs[*h] = Some(first);
                let one = self.tree(depth + 1)?;
                self.signs[*h] = Some(!first);
                let other = self.tree(depth + 1)?;
                self.signs[*h] = None;
                let branches = if first { [one, other] } else { [other, one] };
                Ok(Tree::Split(*h, Box::new(branches)))
            }
            Node::Bound => Ok(Tree::Leaf(Vec::new())),
            Node::Farkas(index) => self.refuted(*index),
            Node::Circuits(circuits) => self.paid(circuits),
        }
    }

    /// A leaf that no region meets: the factors with the signs that are decided.
    fn refuted(&self, index: usize) -> Result<Tree, NotCovered> {
        let Some(circuit) = self.circuits.get(index) else {
            return not_covered(format!("circuit {index}, which is not there"));
        };
        let agrees = |(h, factor): &(usize, Rational)| {
            self.signs.get(*h).copied().flatten() == Some(factor.0.is_positive())
        };
        let turned = !circuit.first().is_none_or(agrees);
        let members = circuit.iter().map(|(h, factor)| {
            let factor = factor.0.clone();
            (*h, if turned { -factor } else { factor })
        });
        Ok(Tree::Leaf(vec![Paid {
            pays: BigRational::zero(),
            members: members.collect(),
        }]))
    }

    /// A leaf that is paid: each circuit takes what the member that has least left has.
    fn paid(&self, circuits: &[Vec<usize>]) -> Result<Tree, NotCovered> {
        let mut left: Vec<BigRational> = self.gains.iter().map(BigRational::abs).collect();
        let mut paid = Vec::new();
        for circuit in circuits {
            let members = self.factors(circuit)?;
            let undecided = circuit.iter().filter(|h| self.signs[**h].is_none());
            let undecided: Vec<usize> = undecided.copied().collect();
            let least = undecided.iter().map(|h| left[*h].clone()).min();
            let pays = least.unwrap_or_else(BigRational::zero);
            for h in undecided {
                left[h] -= &pays;
            }
            paid.push(Paid { pays, members });
        }
        Ok(Tree::Leaf(paid))
    }

    /// The one dependence of the members' normals, each with its decided or preferred sign.
    fn factors(&self, circuit: &[usize]) -> Result<Vec<(usize, BigRational)>, NotCovered> {
        let mut rows = Vec::new();
        for h in circuit {
            let sign = match (self.signs.get(*h), self.gains.get(*h)) {
                (Some(Some(sign)), _) => *sign,
                (Some(None), Some(gain)) => gain.is_positive(),
                _ => return not_covered(format!("hyperplane {h}, which is not there")),
            };
            let integer = clear_denominators(&self.kinks[*h].normal);
            rows.push((*h, sign, integer));
        }
        let inputs = self.kinks.first().map_or(0, |kink| kink.normal.len());
        let matrix: Vec<Vec<BigInt>> = (0..inputs)
            .map(|k| {
                rows.iter()
                    .map(|(_, _, row)| row.entries[k].clone())
                    .collect()
            })
            .collect();
        let basis = kernel_basis(&matrix, rows.len(), &Watch::none());
        let Ok([dependence]) = basis.as_deref() else {
            return not_covered("a circuit that is not one dependence");
        };
        let turned = match (rows.first(), dependence.first()) {
            (Some((_, sign, _)), Some(factor)) => *sign != factor.is_positive(),
            _ => return not_covered("an empty circuit"),
        };
        let members = rows.iter().zip(dependence).map(|((h, _, row), factor)| {
            let factor = BigRational::from_integer(factor * &row.denominator);
            (*h, if turned { -factor } else { factor })
        });
        Ok(members.collect())
    }
}
