//! Certificates about functions: claims `equal`, `differ`, `seminorm` and `jump-norm`.

use std::io;

use super::attained::Attained;
use super::bounded::{BoundedSeminorm, EntryTree};
use super::domain::Domain;
use super::sup_norm::{HeightTree, SupNorm};
use crate::certificate::{
    AtLeast, AtMost, Below, Claim, Differ, DifferClaim, Equal, EqualClaim, Further, HeightFact,
    JumpNorm, JumpNormClaim, More, Networks, Node, PRODUCER, Piece, Reached, SeminormClaim,
    SeminormFact, StatedRational, Statement, Step, SupNorm as SupNormStep, SupNormClaim, Target,
    Writer,
};
use crate::exact::Rational;

fn numbers(values: &[Rational]) -> Vec<StatedRational> {
    values.iter().cloned().map(StatedRational).collect()
}

/// Γ, Θ (if two functions are compared) and the a of max(a·t, t), if it is not 0.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The networks as given.
    pub networks: Networks,
    /// The activation.
    pub activation: Option<Rational>,
}

impl Subject {
    fn writer(self, claim: Claim) -> Writer {
        Writer::new(PRODUCER, self.stating(claim))
    }

    fn stating(self, claim: Claim) -> Statement {
        Statement {
            networks: self.networks,
            activation: self.activation.map(StatedRational),
            claim,
        }
    }
}

fn stated_box(domain: Option<&Domain>) -> Option<Vec<(StatedRational, StatedRational)>> {
    let sides = domain?.sides().iter();
    Some(
        sides
            .map(|(l, u)| (StatedRational(l.clone()), StatedRational(u.clone())))
            .collect(),
    )
}

/// R(Γ) = R(Θ).
///
/// Claim `equal`: the caller knows that it holds, and the verifier sees it from the canonical forms alone; on a box where one
/// is given.
pub fn equal_certificate(subject: Subject, domain: Option<&Domain>) -> String {
    let claim = Claim::Equal(EqualClaim {
        domain: stated_box(domain),
    });
    let mut writer = subject.writer(claim);
    writer.step(Step::Equal(Equal {}));
    writer.finish()
}

/// R(Γ) ≠ R(Θ), at a point with both values.
///
/// Claim `differ`: `point` has d coordinates, in the box where one is given, and `gamma` and `theta` are the D values there.
pub fn differ_certificate(
    subject: Subject,
    domain: Option<&Domain>,
    point: &[Rational],
    gamma: &[Rational],
    theta: &[Rational],
) -> String {
    let claim = Claim::Differ(DifferClaim {
        domain: stated_box(domain),
    });
    let mut writer = subject.writer(claim);
    writer.step(Step::Differ(Differ {
        point: numbers(point),
        gamma: numbers(gamma),
        theta: numbers(theta),
    }));
    writer.finish()
}

/// The jump norm of the difference.
///
/// Claim `jump-norm`: `value` must be the jump norm; of Γ alone where the subject has no Θ.
pub fn jump_certificate(subject: Subject, value: &Rational) -> String {
    let value = StatedRational(value.clone());
    let claim = Claim::JumpNorm(JumpNormClaim {
        value: value.clone(),
    });
    let mut writer = subject.writer(claim);
    writer.step(Step::JumpNorm(JumpNorm { value }));
    writer.finish()
}

/// The sup norm of the difference on a box.
///
/// Claim `sup-norm`: of Γ alone where the subject has no Θ. `found` must be what [`sup_norm`](super::sup_norm()) answered for the difference on this box, with both ends
/// equal. Without its trees the verifier goes through all vertices, which takes long where they are many.
pub fn sup_norm_certificate(subject: Subject, domain: &Domain, found: &SupNorm) -> String {
    let sides = domain.sides().iter();
    let value = StatedRational(found.value.clone());
    let claim = Claim::SupNorm(SupNormClaim {
        domain: sides
            .map(|(l, u)| (StatedRational(l.clone()), StatedRational(u.clone())))
            .collect(),
        value: value.clone(),
    });
    let mut writer = subject.writer(claim);
    let point = numbers(&found.point);
    if found.trees.is_empty() {
        writer.step(Step::SupNorm(SupNormStep { value, point }));
        return writer.finish();
    }
    let reached = Reached {
        value: value.clone(),
        point,
    };
    writer.step(Step::Height(HeightFact::Reached(reached)));
    for tree in &found.trees {
        for step in height_steps(tree, &value) {
            writer.step(Step::Height(step));
        }
    }
    writer.finish()
}

/// A tree as one step, or several where it is long.
fn height_steps(tree: &HeightTree, bound: &StatedRational) -> impl Iterator<Item = HeightFact> {
    let mut nodes = tree.nodes.iter().peekable();
    let mut is_first = true;
    std::iter::from_fn(move || {
        nodes.peek()?;
        let (mut chunk, mut bytes) = (Vec::new(), 0);
        while bytes < LINE {
            let Some(node) = nodes.next() else { break };
            bytes += match node {
                Piece::Leaf(slopes) => 8 + 16 * slopes.len(),
                _ => 8,
            };
            chunk.push(node.clone());
        }
        Some(match std::mem::take(&mut is_first) {
            true => HeightFact::Below(Below {
                bound: bound.clone(),
                output: tree.output,
                negative: tree.negative,
                nodes: chunk,
            }),
            false => HeightFact::More(More { nodes: chunk }),
        })
    })
}

/// lower ≤ seminorm ≤ upper, exact if they agree: written line by line, none of them long, so that memory does not grow with the certificate.
///
/// Claim `seminorm`: of Γ alone where the subject has no Θ. `found` must be what [`branch_and_bound`](super::branch_and_bound)
/// answered for the difference, with its trees kept.
///
/// # Errors
/// Those of the sink, and if trees that were put into a temporary file cannot be read, or were not kept. Part of the certificate may be written by then.
pub fn write_seminorm_certificate<W: io::Write>(
    sink: W,
    subject: Subject,
    found: &BoundedSeminorm,
) -> io::Result<()> {
    let claim = Claim::Seminorm(SeminormClaim {
        lower: Some(StatedRational(found.lower.value.clone())),
        upper: Some(StatedRational(found.upper.clone())),
    });
    let mut writer = Writer::to(sink, PRODUCER, subject.stating(claim))?;
    for step in seminorm_steps(found) {
        writer.step(step?)?;
    }
    writer.finish().map(drop)
}

/// The same as a text.
///
/// # Errors
/// As [`write_seminorm_certificate`], but for those of a sink.
pub fn seminorm_certificate(subject: Subject, found: &BoundedSeminorm) -> io::Result<String> {
    let mut bytes = Vec::new();
    write_seminorm_certificate(&mut bytes, subject, found)?;
    Ok(String::from_utf8(bytes).expect("invariant: certificates are UTF-8"))
}

/// r ≥ the lower end: the entry of the Jacobian at a point.
pub(crate) fn at_least(lower: &Attained) -> Step {
    let signs = lower.signs.iter();
    let point = lower.point.iter().cloned();
    Step::Seminorm(SeminormFact::AtLeast(AtLeast {
        point: point
            .map(|x| StatedRational(Rational::from_integer(x)))
            .collect(),
        signs: signs.map(|plus| if *plus { '+' } else { '-' }).collect(),
        output: lower.output,
        input: lower.input,
        value: StatedRational(lower.value.clone()),
    }))
}

/// Bytes or so of a line with nodes.
const LINE: usize = 1 << 16;

/// Both ends of the seminorm; one step at a time, because trees may be long.
///
/// Each item is an error where a tree that was put into a temporary file cannot be read, or trees were not kept.
pub(crate) fn seminorm_steps(found: &BoundedSeminorm) -> impl Iterator<Item = io::Result<Step>> {
    let missing = (!found.kept).then(|| {
        Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "the trees that prove the upper end of r were not kept",
        ))
    });
    let ideal = (found.kept && found.trees.is_empty()).then(|| {
        Ok(Step::Seminorm(SeminormFact::AtMost(AtMost {
            bound: StatedRational(found.upper.clone()),
            target: None,
            circuits: Vec::new(),
            nodes: vec![Node::Bound],
        })))
    });
    let trees = found
        .trees
        .iter()
        .flat_map(|tree| tree_steps(tree, &found.upper));
    std::iter::once(Ok(at_least(&found.lower)))
        .chain(missing)
        .chain(ideal)
        .chain(trees)
}

/// A tree as one step, or several where it is long.
fn tree_steps(tree: &EntryTree, upper: &Rational) -> impl Iterator<Item = io::Result<Step>> {
    let mut nodes = tree.nodes.iter().peekable();
    let mut is_first = true;
    std::iter::from_fn(move || {
        nodes.peek()?;
        let (mut chunk, mut bytes) = (Vec::new(), 0);
        while bytes < LINE {
            match nodes.next() {
                None => break,
                Some(Err(error)) => return Some(Err(error)),
                Some(Ok(node)) => {
                    bytes += match &node {
                        Node::Circuits(circuits) => circuits.iter().map(|c| 4 * c.len()).sum(),
                        _ => 8,
                    };
                    chunk.push(node);
                }
            }
        }
        let fact = match std::mem::take(&mut is_first) {
            true => SeminormFact::AtMost(AtMost {
                bound: StatedRational(upper.clone()),
                target: Some(Target {
                    output: tree.output,
                    input: tree.input,
                    negative: tree.negative,
                }),
                circuits: Vec::new(),
                nodes: chunk,
            }),
            false => SeminormFact::Further(Further { nodes: chunk }),
        };
        Some(Ok(Step::Seminorm(fact)))
    })
}
