//! Norms, distances, equality: two functions compared, or one measured.

use std::sync::Arc;

use pyo3::prelude::*;
use relucert::certificate::Networks;
use relucert::depth::{self, Equality, Points};
use relucert::exact::Rational;
use relucert::network::to_certificate;
use relucert::realization::{
    CanonicalForm, Domain, SeminormLimits, Subject, SupNormLimits, branch_and_bound,
    differ_certificate, equal_certificate, jump_certificate, nonzero_point, seminorm_certificate,
    sup_norm as largest, sup_norm_certificate,
};

use crate::answer::Answer;
use crate::network::Network;
use crate::work::Work;
use crate::{fault, number};

/// Nodes that are bounded if it is not said how many, as in the program.
const MOST_NODES: u64 = 100_000_000;

/// How hard to look.
pub struct Effort {
    gap: Rational,
    nodes: u64,
}

impl Effort {
    /// A bracket this narrow will do, and so many nodes at most.
    pub fn new(gap: Option<&Bound<'_, PyAny>>, max_nodes: Option<u64>) -> PyResult<Self> {
        let gap = gap
            .map(|gap| number::rational(gap, &|| "gap".to_owned()))
            .transpose()?;
        Ok(Effort {
            gap: gap.unwrap_or_else(|| Rational::from_integer(0.into())),
            nodes: max_nodes.unwrap_or(MOST_NODES),
        })
    }
}

/// A box: pairs, one an input, or one for all.
pub fn domain(value: &Bound<'_, PyAny>, inputs: usize) -> PyResult<Domain> {
    let flat = number::is_flat(value)?;
    let sides = match flat {
        true => vec![number::row(value, "domain")?; inputs],
        false => number::rows(value, "domain")?,
    };
    let sides = match (sides.len(), inputs) {
        (1, inputs) if inputs > 1 => vec![sides[0].clone(); inputs],
        (found, expected) if found != expected => {
            return Err(fault::usage(format!(
                "domain: found {found} intervals, expected {expected}, one an input, or one for all"
            )));
        }
        _ => sides,
    };
    let pairs = sides.into_iter().enumerate().map(|(i, side)| {
        match <[Rational; 2]>::try_from(side) {
            Ok([lower, upper]) if lower < upper => Ok((lower, upper)),
            Ok([lower, upper]) => Err(fault::usage(format!(
                "domain: interval {i}: {lower} is not less than {upper}, so the box has no interior"
            ))),
            Err(_) => Err(fault::usage(format!(
                "domain[{i}]: expected a pair (lower, upper)"
            ))),
        }
    });
    Domain::new(pairs.collect::<PyResult<_>>()?).map_err(fault::usage)
}

fn form(network: &relucert::Network, what: &str) -> PyResult<CanonicalForm> {
    let form = CanonicalForm::of(network);
    form.ok_or_else(|| {
        fault::usage(format!(
            "{what} is for networks with two layers, and this one has another number"
        ))
    })
}

/// second − first, or the first alone, and what a certificate says it is of.
fn difference(
    first: &Network,
    second: Option<&Network>,
    what: &str,
) -> PyResult<(CanonicalForm, bool, Subject)> {
    let given = |network: &Network| {
        to_certificate(network.inner())
            .ok_or_else(|| fault::internal("a deep network reached a certificate"))
    };
    let one = form(first.inner(), what)?;
    let other = second
        .map(|second| form(second.inner(), what))
        .transpose()?;
    let networks = Networks {
        gamma: given(first)?,
        theta: second.map(given).transpose()?,
        phi: None,
    };
    let affine = std::iter::once(first)
        .chain(second)
        .any(|network| matches!(network.inner(), relucert::Network::Biased(_)));
    let form = match &other {
        Some(other) => other.minus(&one).ok_or_else(|| shapes(first, second))?,
        None => one,
    };
    let subject = Subject {
        networks,
        activation: None,
    };
    Ok((form, affine, subject))
}

fn shapes(first: &Network, second: Option<&Network>) -> PyErr {
    let second = second.unwrap_or(first);
    let (a, b) = (first.inner(), second.inner());
    fault::usage(format!(
        "the first network has {} inputs and {} outputs, but the second has {} and {}",
        a.inputs(),
        a.outputs(),
        b.inputs(),
        b.outputs()
    ))
}

/// |R|, or |R(second) − R(first)|, in W^{1,∞}.
pub fn seminorm<'py>(
    py: Python<'py>,
    first: &Network,
    second: Option<&Network>,
    effort: Effort,
    work: Work,
) -> PyResult<Bound<'py, PyAny>> {
    let what = if second.is_some() {
        "distance"
    } else {
        "seminorm"
    };
    let (form, affine, subject) = py.detach(|| difference(first, second, what))?;
    let (found, jump, certificate) = work.run(py, move |watch| {
        let jump = form.jump_norm();
        let limits = SeminormLimits {
            nodes: Some(effort.nodes),
            watch: watch.clone(),
            gap: effort.gap,
            ..SeminormLimits::default()
        };
        let found = branch_and_bound(&form, affine, &limits);
        let certificate = seminorm_certificate(subject, &found).ok();
        (found, jump, certificate)
    })?;
    let mut point = found.lower.point.clone();
    let last = if affine { point.pop() } else { None };
    let last = last.unwrap_or_else(|| 1.into());
    let point: Vec<Rational> = point
        .into_iter()
        .map(|x| Rational::new(x, last.clone()))
        .collect();
    Answer::new(py, "Seminorm")
        .known("value", found.exact())?
        .rational("lower", &found.lower.value)?
        .rational("upper", &found.upper)?
        .rational("jump", &jump)?
        .point("point", Some(&point))?
        .with("entry", (found.lower.output, found.lower.input))?
        .with("nodes", found.nodes)?
        .certificate(certificate.as_deref().map(str::as_bytes))?
        .build()
}

/// The largest absolute value on a box.
pub fn sup_norm<'py>(
    py: Python<'py>,
    first: &Network,
    second: Option<&Network>,
    domain: Domain,
    effort: Effort,
    work: Work,
) -> PyResult<Bound<'py, PyAny>> {
    let (form, _, subject) = py.detach(|| difference(first, second, "sup_norm"))?;
    let found = work.run(py, move |watch| {
        let limits = SupNormLimits {
            nodes: Some(effort.nodes),
            watch: watch.clone(),
            gap: effort.gap,
            ..SupNormLimits::default()
        };
        let found = largest(&form, &domain, &limits)?;
        let exact = found.exact().is_some();
        let certificate = exact.then(|| sup_norm_certificate(subject, &domain, &found));
        Ok((found, certificate))
    })?;
    let (found, certificate) =
        found.map_err(|error: relucert::network::ShapeError| fault::usage(error))?;
    Answer::new(py, "SupNorm")
        .known("value", found.exact())?
        .rational("lower", &found.value)?
        .rational("upper", &found.upper)?
        .point("point", Some(&found.point))?
        .with("output", found.output)?
        .with("nodes", found.nodes)?
        .certificate(certificate.as_deref().map(str::as_bytes))?
        .build()
}

/// The jump norm alone, which needs no search.
pub fn jump<'py>(
    py: Python<'py>,
    first: &Network,
    second: Option<&Network>,
) -> PyResult<Bound<'py, PyAny>> {
    let (value, certificate) = py.detach(|| {
        let (form, _, subject) = difference(first, second, "jump_norm")?;
        let value = form.jump_norm();
        let certificate = jump_certificate(subject, &value);
        Ok::<_, PyErr>((value, certificate))
    })?;
    Answer::new(py, "JumpNorm")
        .rational("value", &value)?
        .certificate(Some(certificate.as_bytes()))?
        .build()
}

/// Where two functions differ.
struct Differ {
    point: Vec<Rational>,
    values: [Vec<Rational>; 2],
}

/// What is known, and the certificate.
type Known = (Option<bool>, Option<Differ>, Option<String>);

/// Whether two networks are one function.
pub fn equal<'py>(
    py: Python<'py>,
    first: &Network,
    second: &Network,
    domain: Option<Domain>,
    work: Work,
) -> PyResult<Bound<'py, PyAny>> {
    let [one, other] = [first, second].map(Network::is_deep);
    let (equal, differ, certificate) = match one || other {
        true if domain.is_some() => {
            return Err(fault::usage(
                "domain: networks that have not two layers are compared on all of R^d",
            ));
        }
        true => deep(py, first, second, work)?,
        false => shallow(py, first, second, domain, work)?,
    };
    Answer::new(py, "Equality")
        .with("equal", equal)?
        .point("point", differ.as_ref().map(|d| &*d.point))?
        .point("first", differ.as_ref().map(|d| &*d.values[0]))?
        .point("second", differ.as_ref().map(|d| &*d.values[1]))?
        .certificate(certificate.as_deref().map(str::as_bytes))?
        .build()
}

fn shallow(
    py: Python<'_>,
    first: &Network,
    second: &Network,
    domain: Option<Domain>,
    work: Work,
) -> PyResult<Known> {
    let (difference, _, subject) = py.detach(|| difference(first, Some(second), "equal"))?;
    let (one, other) = (Arc::clone(&first.reading), Arc::clone(&second.reading));
    let found = work.run(py, move |_| {
        let Some(point) = nonzero_point(&difference, domain.as_ref())? else {
            return Ok((
                Some(true),
                None,
                Some(equal_certificate(subject, domain.as_ref())),
            ));
        };
        let values = [one.network.eval(&point)?, other.network.eval(&point)?];
        let certificate =
            differ_certificate(subject, domain.as_ref(), &point, &values[0], &values[1]);
        Ok((
            Some(false),
            Some(Differ { point, values }),
            Some(certificate),
        ))
    })?;
    found.map_err(|error: relucert::network::ShapeError| fault::usage(error))
}

fn deep(py: Python<'_>, first: &Network, second: &Network, work: Work) -> PyResult<Known> {
    let layers = |network: &Network| {
        let deep = network.inner().to_deep();
        deep.ok_or_else(|| fault::usage("networks that have not two layers have rational weights, and the other network has square roots"))
    };
    let (one, other) = (layers(first)?, layers(second)?);
    let found = work.run(py, move |watch| {
        let found = depth::compare(&one, &other, Points::default(), watch)?;
        Ok(match found {
            Equality::Equal(forms) => {
                let [a, b] = &*forms;
                let text = depth::deep_equal_certificate((&one, &a.moves), (&other, &b.moves));
                (Some(true), None, Some(text))
            }
            Equality::Different {
                point,
                first,
                second,
            } => {
                let text =
                    depth::deep_differ_certificate((&one, &first), (&other, &second), &point, None);
                let values = [first, second];
                (Some(false), Some(Differ { point, values }), Some(text))
            }
            _ => (None, None, None),
        })
    })?;
    found.map_err(|error: relucert::network::ShapeError| fault::usage(error))
}
