//! Certificates about functions: claims `equal`, `differ`, `seminorm` and `jump-norm`.

use itertools::Itertools as _;
use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::canonical::CanonicalForm;
use super::domain::Domain;
use super::gradient::GradientTable;
use super::seminorm::{Attained, BoundedSeminorm};
use super::sup_norm::SupNorm;
use crate::certificate::{
    AtLeast, AtMost, Circuits, Claim, Differ, DifferClaim, Equal, EqualClaim, JumpNorm,
    JumpNormClaim, Networks, Node, PRODUCER, Rational as Number, SeminormClaim, SeminormFact,
    Statement, Step, SupNorm as SupNormStep, SupNormClaim, Target, Writer,
};
use crate::exact::Rational;

fn numbers(values: &[Rational]) -> Vec<Number> {
    values.iter().cloned().map(Number).collect()
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
        let statement = Statement {
            networks: self.networks,
            activation: self.activation.map(Number),
            claim,
        };
        Writer::new(PRODUCER, statement)
    }
}

fn stated_box(domain: Option<&Domain>) -> Option<Vec<(Number, Number)>> {
    let sides = domain?.sides().iter();
    Some(
        sides
            .map(|(l, u)| (Number(l.clone()), Number(u.clone())))
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
    let value = Number(value.clone());
    let claim = Claim::JumpNorm(JumpNormClaim {
        value: value.clone(),
    });
    let mut writer = subject.writer(claim);
    writer.step(Step::JumpNorm(JumpNorm { value }));
    writer.finish()
}

/// The sup norm of the difference on a box.
///
/// Claim `sup-norm`, a bracket where `found` is one: of Γ alone where the subject has no Θ.
pub fn sup_norm_certificate(subject: Subject, domain: &Domain, found: &SupNorm) -> String {
    let sides = domain.sides().iter();
    let value = Number(found.value.clone());
    let claim = Claim::SupNorm(SupNormClaim {
        domain: sides
            .map(|(l, u)| (Number(l.clone()), Number(u.clone())))
            .collect(),
        value: value.clone(),
    });
    let mut writer = subject.writer(claim);
    let point = numbers(&found.point);
    writer.step(Step::SupNorm(SupNormStep { value, point }));
    writer.finish()
}

/// lower ≤ seminorm ≤ upper, exact if they agree. `form` is the difference and `affine` says whether it was taken with offsets.
///
/// Claim `seminorm`: of Γ alone where the subject has no Θ. `found` must be what [`branch_and_bound`](super::branch_and_bound)
/// answered for `form` and `affine`.
pub fn seminorm_certificate(
    subject: Subject,
    form: &CanonicalForm,
    affine: bool,
    found: &BoundedSeminorm,
) -> String {
    let claim = Claim::Seminorm(SeminormClaim {
        lower: Some(Number(found.lower.value.clone())),
        upper: Some(Number(found.upper.clone())),
    });
    let mut writer = subject.writer(claim);
    for step in seminorm_steps(form, affine, found) {
        writer.step(step);
    }
    writer.finish()
}

/// r ≥ the lower end: the entry of the Jacobian at a point.
pub(crate) fn at_least(lower: &Attained) -> Step {
    let signs = lower.signs.iter();
    let point = lower.point.iter().cloned();
    Step::Seminorm(SeminormFact::AtLeast(AtLeast {
        point: point.map(|x| Number(Rational::from_integer(x))).collect(),
        signs: signs.map(|plus| if *plus { '+' } else { '-' }).collect(),
        output: lower.output,
        input: lower.input,
        value: Number(lower.value.clone()),
    }))
}

/// Both ends of the seminorm of `form`, with the circuits that the trees name.
pub(crate) fn seminorm_steps(
    form: &CanonicalForm,
    affine: bool,
    found: &BoundedSeminorm,
) -> Vec<Step> {
    let mut steps = vec![at_least(&found.lower)];
    // Multipliers of primitive integer normals become those of normals with first non-zero entry 1.
    let table = match affine {
        true => GradientTable::affine(form),
        false => GradientTable::new(form),
    };
    let first = |row: &Vec<BigInt>| {
        row.iter()
            .find(|x| !x.is_zero())
            .cloned()
            .unwrap_or_default()
    };
    let mut lengths: Vec<BigInt> = table.normals().iter().map(first).collect();
    lengths.push(BigInt::one());
    let circuits = found.circuits.iter().map(|circuit| {
        let terms = circuit.iter();
        terms
            .map(|(h, value)| (*h, Number(Rational::from_integer(value * &lengths[*h]))))
            .collect()
    });
    // Lines of moderate length: verifiers limit them.
    for chunk in &circuits.chunks(4096) {
        let circuits = chunk.collect();
        steps.push(Step::Circuits(Circuits { circuits }));
    }
    if found.trees.is_empty() {
        steps.push(Step::Seminorm(SeminormFact::AtMost(AtMost {
            bound: Number(found.upper.clone()),
            target: None,
            circuits: Vec::new(),
            packings: Vec::new(),
            nodes: vec![Node::Bound],
        })));
    }
    for tree in &found.trees {
        let packings = tree.packings.iter().map(|packing| {
            let terms = packing.iter();
            terms
                .map(|(circuit, y)| (*circuit, Number(y.clone())))
                .collect()
        });
        steps.push(Step::Seminorm(SeminormFact::AtMost(AtMost {
            bound: Number(found.upper.clone()),
            target: Some(Target {
                output: tree.output,
                input: tree.input,
                negative: tree.negative,
            }),
            circuits: Vec::new(),
            packings: packings.collect(),
            nodes: tree.nodes.clone(),
        })));
    }
    steps
}
