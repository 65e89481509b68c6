//! `equal A B` of families.

use std::path::Path;

use num_traits::Zero as _;
use serde::Serialize;

use super::scope::{Scope, declined, ranges, write};
use crate::certificate::{Networks, StatedNetwork};
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::words::{differing, texts};
use crate::exact::Rational;
use crate::family::{self, Family};
use crate::network::{ShapeError, from_certificate};
use crate::realization::{CanonicalForm, Domain, Subject, differ_certificate, nonzero_point};
use crate::watch::Watch;

/// How many k are tried for one at which two families differ.
const TRIED: u64 = 100;

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

/// `equal A B`, on a box if one is given (as it was written, too): for every k, or a k and a point where they differ.
pub(in crate::cli) fn equal(
    a: &Family,
    b: &Family,
    activation: &Rational,
    domain: Option<(&str, Domain)>,
    certificate: Option<&Path>,
    watch: &Watch,
    output: &Output,
) -> Result<Answer, Failure> {
    let (written, domain) = domain.unzip();
    let proof = match &domain {
        None => family::prove_equal_with(a, b, activation, watch),
        Some(domain) => family::prove_equal_on(a, b, activation, domain, watch),
    };
    let reason = match proof {
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
                let place = match written {
                    Some(text) => format!("on the box {text}"),
                    None => format!("on all of R^{}", a.inputs()),
                };
                format!("equal {place}\n{}", Scope::of(&ranges(&proved)).words())
            })?;
            return Ok(Answer::Yes);
        }
        Err(reason) => reason,
    };
    let mut equal_at = Vec::new();
    for k in 1..=TRIED {
        let Some((subject, [form_a, form_b])) = instances(a, b, activation, k) else {
            continue;
        };
        let point = form_b
            .minus(&form_a)
            .and_then(|difference| nonzero_point(&difference, domain.as_ref()).transpose())
            .transpose();
        let shape = |error: ShapeError| Failure::Usage(error.to_string());
        let Some(point) = point.map_err(shape)? else {
            equal_at.push(k);
            continue;
        };
        let [x, y] = [&form_a, &form_b].map(|form| form.eval(&point));
        let (x, y) = (x.map_err(shape)?, y.map_err(shape)?);
        if let Some(path) = certificate {
            let text = differ_certificate(subject, domain.as_ref(), &point, &x, &y);
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
fn instances(
    a: &Family,
    b: &Family,
    activation: &Rational,
    k: u64,
) -> Option<(Subject, [CanonicalForm; 2])> {
    let (gamma, theta) = (a.instance(k)?, b.instance(k)?);
    let form = |network: &StatedNetwork| {
        let network = from_certificate(network).ok()?;
        CanonicalForm::with_activation(&network, activation)
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
            activation: (!activation.is_zero()).then(|| activation.clone()),
        },
        forms,
    ))
}
