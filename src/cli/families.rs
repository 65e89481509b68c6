//! Verbs on families: networks whose entries depend on k = 1, 2, 3, …; answers are formulas in k.

mod describe;

use std::fmt::Write as _;
use std::path::Path;

use num_traits::Zero as _;
use serde::Serialize;

use super::output::{Output, differing, texts};
use super::{Answer, Failure};
use crate::certificate::{FamilyNetwork, Holds, Networks, Range};
use crate::exact::{Rational, Surd, text};
use crate::family::{self, Expression, Family, Proved, Question, Unproved, real_from};
use crate::network::{Network, ShapeError, from_certificate};
use crate::realization::{CanonicalForm, Subject, differ_certificate, nonzero_point};
pub(super) use describe::{canonical, inspect, regions};

/// How many k are tried for one at which two families differ.
const TRIED: u64 = 100;

/// Nothing that could be proved is a limit of this program, not an answer.
fn declined(error: Unproved) -> Failure {
    Failure::Limit(format!("not proved for all k: {error}"))
}

/// A certificate for all k is about networks with ReLU.
pub(super) fn refuse_certificate(
    activation: &Rational,
    path: Option<&Path>,
) -> Result<(), Failure> {
    match path {
        Some(path) if !activation.is_zero() => Err(Failure::Usage(format!(
            "-o {}: certificates for all k are about ReLU; leave out -o or --activation",
            path.display()
        ))),
        _ => Ok(()),
    }
}

/// What every answer about families says of its range.
#[derive(Serialize)]
struct Scope {
    /// Every integer k from here on.
    for_all_k_from: u64,
    /// From here on one section proves everything.
    threshold: u64,
    /// The k that were checked one by one.
    singly: Vec<u64>,
    /// It holds for all real k from here on too.
    real_from: Option<u64>,
}

impl Scope {
    fn of(ranges: &[Range]) -> Self {
        let singly = ranges.iter().filter_map(|range| match range {
            Range::At(k) => Some(*k),
            _ => None,
        });
        Scope {
            for_all_k_from: 1,
            threshold: ranges.last().map_or(1, |range| range.first()),
            singly: singly.collect(),
            real_from: real_from(ranges),
        }
    }

    fn words(&self) -> String {
        let mut text = "for all        integers k >= 1".to_owned();
        if self.threshold > 1 {
            let _ = write!(text, "; threshold k = {}", self.threshold);
        }
        if !self.singly.is_empty() {
            let list: Vec<String> = self.singly.iter().map(u64::to_string).collect();
            let _ = write!(text, "; checked one by one: k = {}", list.join(", "));
        }
        match self.real_from {
            Some(k) => text + &format!("; holds for all real k >= {k} too\n"),
            None => text + "\n",
        }
    }
}

fn ranges(proved: &Proved) -> Vec<Range> {
    proved.parts.iter().map(|part| part.range).collect()
}

fn write(path: Option<&Path>, proved: &Proved, output: &Output) -> Result<(), Failure> {
    if let Some(path) = path {
        output.save_certificate(path, &proved.certificate)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Value {
    range: String,
    value: String,
}

fn values(proved: &Proved) -> Vec<Value> {
    let pairs = proved.values().into_iter();
    pairs
        .map(|(range, value)| Value {
            range: range.to_string(),
            value,
        })
        .collect()
}

/// The value, if it is one formula for all k.
fn only(values: &[Value]) -> Option<String> {
    let (first, rest) = values.split_first()?;
    let alike = rest.iter().all(|other| other.value == first.value);
    alike.then(|| first.value.clone())
}

fn lines(name: &str, values: &[Value]) -> String {
    if let Some(value) = only(values) {
        return format!("{name:<14} {value}\n");
    }
    let line = |Value { range, value }: &Value| format!("{name:<14} {value}   for {range}\n");
    values.iter().map(line).collect()
}

#[derive(Serialize)]
struct DistanceObject {
    #[serde(skip_serializing_if = "Option::is_none")]
    seminorm: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jump: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    seminorm_sections: Vec<Value>,
    jump_sections: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    per_output: Option<Vec<OutputNorm>>,
    #[serde(flatten)]
    scope: Scope,
}

/// What is asked of `distance A B` and `norm A`.
pub(super) struct NormQuestion {
    /// Only the jump norm.
    pub(super) jump: bool,
    /// The seminorm of every output too.
    pub(super) per_output: bool,
}

/// The seminorm of one output.
#[derive(Serialize)]
struct OutputNorm {
    #[serde(skip_serializing_if = "Option::is_none")]
    seminorm: Option<String>,
    sections: Vec<Value>,
}

fn output_norms(a: &Family, b: Option<&Family>) -> Result<Vec<OutputNorm>, Failure> {
    let norm = |output| {
        let part = |family: &Family| {
            let part = family.output(output);
            part.ok_or_else(|| declined(Unproved("the networks have other outputs".to_owned())))
        };
        let proved = family::prove_distance(&part(a)?, b.map(part).transpose()?.as_ref());
        let sections = values(&proved.map_err(declined)?);
        Ok(OutputNorm {
            seminorm: only(&sections),
            sections,
        })
    };
    (0..a.outputs()).map(norm).collect()
}

/// `distance A B` and `norm A`: the seminorm and the jump norm as functions of k. The certificate is that of the seminorm, or with `jump` that of the jump norm.
pub(super) fn distance(
    verb: &str,
    a: &Family,
    b: Option<&Family>,
    question: &NormQuestion,
    certificate: Option<&Path>,
    output: &Output,
) -> Result<Answer, Failure> {
    let jumps = family::prove_jump(a, b).map_err(declined)?;
    let norm = if question.jump {
        None
    } else {
        Some(family::prove_distance(a, b).map_err(declined)?)
    };
    let main = norm.as_ref().unwrap_or(&jumps);
    write(certificate, main, output)?;
    let (norms, jump_values) = (norm.as_ref().map_or(Vec::new(), values), values(&jumps));
    let object = DistanceObject {
        seminorm: only(&norms),
        jump: only(&jump_values),
        seminorm_sections: norms,
        jump_sections: jump_values,
        per_output: match question.per_output {
            true => Some(output_norms(a, b)?),
            false => None,
        },
        scope: Scope::of(&ranges(main)),
    };
    output.answer(verb, &object, || {
        let outputs = object.per_output.iter().flatten().enumerate();
        let outputs = outputs.map(|(j, norm)| lines(&format!("output {j}"), &norm.sections));
        lines("seminorm", &object.seminorm_sections)
            + &lines("jump norm", &object.jump_sections)
            + &outputs.collect::<String>()
            + &object.scope.words()
    })?;
    Ok(Answer::Yes)
}

#[derive(Serialize)]
struct BoundObject {
    /// The distance, or with `separated` the lower bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    distance: Option<String>,
    sections: Vec<Value>,
    /// The distance is greater than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    above: Option<String>,
    /// For each section, the nearest parametrization.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    phi: Vec<FamilyNetwork>,
    #[serde(flatten)]
    scope: Scope,
}

fn bound(
    verb: &str,
    name: &str,
    proved: &Proved,
    above: Option<&Expression>,
    certificate: Option<&Path>,
    output: &Output,
) -> Result<Answer, Failure> {
    write(certificate, proved, output)?;
    let phis = proved
        .parts
        .iter()
        .filter_map(|part| match &part.draft.holds {
            Holds::Nearest { phi, .. } => Some(phi.clone()),
            _ => None,
        });
    let sections = values(proved);
    let object = BoundObject {
        distance: only(&sections),
        sections,
        above: above.map(Expression::to_string),
        phi: phis.collect(),
        scope: Scope::of(&ranges(proved)),
    };
    output.answer(verb, &object, || {
        let mut text = lines(name, &object.sections);
        for (part, phi) in proved.parts.iter().zip(&object.phi) {
            let range = if object.phi.len() == 1 {
                String::new()
            } else {
                format!(" for {}", part.range)
            };
            let _ = writeln!(text, "nearest Φ{range}");
            for (i, (a, c)) in phi.a.iter().zip(&phi.c).enumerate() {
                let row = |row: &[crate::certificate::Formula]| {
                    row.iter()
                        .map(ToString::to_string)
                        .collect::<Vec<_>>()
                        .join(", ")
                };
                let _ = writeln!(text, "  neuron {i:<3}  a = ({})  c = ({})", row(a), row(c));
            }
        }
        if let Some(above) = &object.above {
            let _ = writeln!(text, "{:<14} {above}", "greater than");
        }
        text + &object.scope.words()
    })?;
    Ok(Answer::Yes)
}

/// `separated G T`.
pub(super) fn separated(
    gamma: &Family,
    theta: &Family,
    question: &Question,
    certificate: Option<&Path>,
    output: &Output,
) -> Result<Answer, Failure> {
    let proved = family::prove_separated(gamma, theta, question).map_err(declined)?;
    bound(
        "separated",
        "distance >=",
        &proved,
        question.above.as_ref(),
        certificate,
        output,
    )
}

/// `nearest G T`. Where no nearest parametrization is found, the lower bound is printed.
pub(super) fn nearest(
    gamma: &Family,
    theta: &Family,
    phi: Option<Family>,
    certificate: Option<&Path>,
    output: &Output,
) -> Result<Answer, Failure> {
    let question = Question {
        phi,
        ..Question::default()
    };
    match family::prove_nearest(gamma, theta, &question) {
        Ok(proved) => bound("nearest", "distance", &proved, None, certificate, output),
        Err(reason) => {
            let proved =
                family::prove_separated(gamma, theta, &Question::default()).map_err(declined)?;
            bound("nearest", "distance >=", &proved, None, certificate, output)?;
            Err(Failure::Limit(format!(
                "the distance is not known exactly for all k: {reason}"
            )))
        }
    }
}

/// What the method for families finds for two networks without k, which also moves groups of neurons that are linear together.
pub(super) struct Constant {
    /// The least distance.
    pub(super) distance: Surd,
    /// Φ.
    pub(super) phi: crate::certificate::Shallow,
    /// A `for-all-k` certificate that does not depend on k.
    pub(super) certificate: String,
}

/// The nearest parametrization of two networks given as files, where the method for families finds it.
pub(super) fn nearest_constant(gamma: &Family, theta: &Family) -> Option<Constant> {
    let proved = family::prove_nearest(gamma, theta, &Question::default()).ok()?;
    let [part] = proved.parts.as_slice() else {
        return None;
    };
    let Holds::Nearest { phi, .. } = &part.draft.holds else {
        return None;
    };
    let number = |formula: &crate::certificate::Formula| text::parse(&formula.to_string()).ok();
    let rows = |rows: &[Vec<crate::certificate::Formula>]| {
        let row = |row: &Vec<crate::certificate::Formula>| {
            let row = row.iter().map(|entry| Some((&number(entry)?).into()));
            row.collect::<Option<Vec<_>>>()
        };
        rows.iter().map(row).collect::<Option<Vec<_>>>()
    };
    let (a, c) = (rows(&phi.a)?, rows(&phi.c)?);
    Some(Constant {
        distance: number(part.value.as_ref()?)?,
        phi: crate::certificate::Shallow {
            d: a.first()?.len(),
            m: a.len(),
            outputs: c.first()?.len(),
            a,
            b: None,
            c,
            e: None,
        },
        certificate: proved.certificate,
    })
}

#[derive(Serialize)]
struct EqualObject {
    equal: bool,
    /// Where they differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    k: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_a: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_b: Option<Vec<String>>,
    /// Smaller k at which they are equal; no larger one was looked at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    equal_at: Vec<u64>,
}

/// `equal A B`: for every k, or a k and a point where they differ.
pub(super) fn equal(
    a: &Family,
    b: &Family,
    certificate: Option<&Path>,
    output: &Output,
) -> Result<Answer, Failure> {
    let reason = match family::prove_equal(a, b) {
        Ok(proved) => {
            write(certificate, &proved, output)?;
            let object = EqualObject {
                equal: true,
                k: None,
                witness: None,
                value_a: None,
                value_b: None,
                equal_at: Vec::new(),
            };
            output.answer("equal", &object, || {
                format!(
                    "equal on all of R^{}\n{}",
                    a.inputs(),
                    Scope::of(&ranges(&proved)).words()
                )
            })?;
            return Ok(Answer::Yes);
        }
        Err(reason) => reason,
    };
    let mut equal_at = Vec::new();
    for k in 1..=TRIED {
        let Some((subject, [form_a, form_b])) = instances(a, b, k) else {
            continue;
        };
        let point = form_b
            .minus(&form_a)
            .and_then(|difference| nonzero_point(&difference, None).transpose())
            .transpose();
        let shape = |error: ShapeError| Failure::Usage(error.to_string());
        let Some(point) = point.map_err(shape)? else {
            equal_at.push(k);
            continue;
        };
        let [x, y] = [&form_a, &form_b].map(|form| form.eval(&point));
        let (x, y) = (x.map_err(shape)?, y.map_err(shape)?);
        if let Some(path) = certificate {
            let text = differ_certificate(subject, None, &point, &x, &y);
            output.save_certificate(path, &text)?;
        }
        let object = EqualObject {
            equal: false,
            k: Some(k),
            witness: Some(texts(&point)),
            value_a: Some(texts(&x)),
            value_b: Some(texts(&y)),
            equal_at,
        };
        output.answer("equal", &object, || {
            let [shown_x, shown_y] = differing(&x, &y);
            let point = texts(&point).join(", ");
            let smaller: Vec<String> = object.equal_at.iter().map(u64::to_string).collect();
            let others = match smaller.is_empty() {
                true => "no other k was looked at".to_owned(),
                false => format!(
                    "equal at k = {}; larger k than {k} were not looked at",
                    smaller.join(", ")
                ),
            };
            format!(
                "not equal: at k = {k}, x = ({point})\n  A(x) = ({shown_x})\n  B(x) = ({shown_y})\n  {others}\n"
            )
        })?;
        return Ok(Answer::No);
    }
    Err(declined(reason))
}

/// Both networks at one k, stated for a certificate, and their canonical forms.
fn instances(a: &Family, b: &Family, k: u64) -> Option<(Subject, [CanonicalForm; 2])> {
    let (gamma, theta) = (a.instance(k)?, b.instance(k)?);
    let form = |network| match from_certificate(network).ok()? {
        Network::Shallow(network) => Some(CanonicalForm::of_shallow(&network)),
        _ => None,
    };
    let forms = [form(&gamma)?, form(&theta)?];
    let networks = Networks {
        gamma,
        theta: Some(theta),
        phi: None,
    };
    Some((
        Subject {
            networks,
            activation: None,
        },
        forms,
    ))
}
