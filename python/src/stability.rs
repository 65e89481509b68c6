//! Θ rewritten near Γ: by the theorems, and as near as can be.

use pyo3::prelude::*;
use relucert::Network as Engine;
use relucert::certificate::{Among, Form, Networks};
use relucert::depth;
use relucert::nearest::{self, Answer as Found, NearestError};
use relucert::network::to_certificate;
use relucert::parametrizations::Limits;
use relucert::realization::SeminormLimits;
use relucert::reparametrize::{Options, Reparametrization, ReparametrizeError};
use relucert::stability::{Bound as Bounded, NeuronCase, Pair, Theorem};

use crate::answer::Answer;
use crate::network::Network;
use crate::work::Work;
use crate::{fault, number};

/// The theorem's name.
pub fn named(theorem: Theorem) -> &'static str {
    match theorem {
        Theorem::Main => "3.1",
        Theorem::Refined => "3.1 refined",
        Theorem::Star => "3.3",
        other => other.number(),
    }
}

/// The theorem and the form that are asked for.
pub fn asked(
    theorem: Option<&str>,
    form: Option<&str>,
) -> PyResult<(Option<Theorem>, Option<Form>)> {
    let theorem = match theorem {
        None => None,
        Some("3.1") => Some(Theorem::Main),
        Some("3.1 refined") => Some(Theorem::Refined),
        Some("3.3") => Some(Theorem::Star),
        Some(other) => {
            return Err(fault::usage(format!(
                "theorem: '{other}' is not 3.1, 3.1 refined or 3.3"
            )));
        }
    };
    let form = match form {
        None => None,
        Some("seminorm") => Some(Form::Seminorm),
        Some("jump") => Some(Form::Jump),
        Some(other) => {
            return Err(fault::usage(format!(
                "form: '{other}' is neither seminorm nor jump"
            )));
        }
    };
    Ok((theorem, form))
}

/// Rewrites Θ, without changing its function, so that its weights are near Γ's: by the strongest theorem that applies (3.1, its refined form,
/// 3.3); where none does, as near as can be, if `nearest`.
///
/// >>> import relucert
/// >>> gamma = relucert.Network(a=[[2, 0], [0, 1]], c=[[1], [3]])
/// >>> theta = relucert.Network(a=[[0, "3/2"], [1, 0]], c=[[2], [2]])
/// >>> answer = relucert.reparametrize(gamma, theta)
/// >>> answer.theorem, answer.r, answer.distance
/// ('3.1', Fraction(0, 1), Fraction(0, 1))
/// >>> answer.phi == gamma
/// True
/// >>> relucert.verify(answer).claim
/// 'theorem-3.1'
#[pyfunction]
#[pyo3(signature = (gamma, theta, *, theorem = None, form = None, beta = None, nearest = true, max_regions = None, max_nodes = None, time_limit = None, memory_limit = None, progress = None))]
#[allow(clippy::too_many_arguments, reason = "keywords")]
pub fn reparametrize<'py>(
    py: Python<'py>,
    gamma: &Bound<'py, Network>,
    theta: &Bound<'py, Network>,
    theorem: Option<&str>,
    form: Option<&str>,
    beta: Option<&Bound<'py, PyAny>>,
    nearest: bool,
    max_regions: Option<u64>,
    max_nodes: Option<u64>,
    time_limit: Option<f64>,
    memory_limit: Option<u64>,
    progress: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let (theorem, form) = asked(theorem, form)?;
    let beta = beta
        .map(|beta| number::number(beta, &|| "beta".to_owned()))
        .transpose()?;
    if beta.as_ref().is_some_and(|beta| beta.sign().is_lt()) {
        return Err(fault::usage("beta: found a negative number"));
    }
    let pair = Pair::new(gamma.get().inner(), theta.get().inner()).map_err(fault::usage)?;
    let work = Work::new(py, time_limit, memory_limit, progress)?;
    let nearest = nearest && theorem.is_none() && beta.is_none();
    let found = work.run(py, move |watch| {
        let options = Options {
            theorem,
            form,
            beta,
            nearest,
            checkpoint: None,
            limits: SeminormLimits {
                regions: max_regions,
                nodes: max_nodes,
                watch: watch.clone(),
                ..SeminormLimits::default()
            },
        };
        let answer = pair.reparametrize(&options)?;
        let certificate = answer.certificate().ok().flatten();
        Ok((answer, certificate))
    })?;
    let (answer, certificate) = found.map_err(|error: ReparametrizeError| match error {
        ReparametrizeError::Nearest(error) => unknown(error),
        error => fault::usage(error),
    })?;
    told(py, &answer, certificate)
}

fn told<'py>(
    py: Python<'py>,
    answer: &Reparametrization,
    certificate: Option<String>,
) -> PyResult<Bound<'py, PyAny>> {
    let bound = |bound: &Bounded| {
        Answer::new(py, "Bound")
            .with("formula", bound.formula)?
            .surd("value", Some(&bound.value))?
            .with("proved", bound.proved)?
            .with("at_lower_r", bound.at_lower_r)?
            .build()
    };
    let case = |case: &NeuronCase| {
        // The name that the program's JSON has.
        let label = serde_json::to_value(case.case).ok();
        let label = label
            .as_ref()
            .and_then(|label| label.as_str())
            .unwrap_or_default();
        Answer::new(py, "NeuronCase")
            .with("gamma", case.gamma)?
            .with("theta", case.theta)?
            .with("case", label)?
            .rational("p", &case.p)?
            .rational("q", &case.q)?
            .build()
    };
    let r = answer.r();
    let nearest = answer
        .nearest()
        .map(|found| nearest_answer(py, found, None))
        .transpose()?;
    let bounds = answer
        .bounds()
        .iter()
        .map(bound)
        .collect::<PyResult<Vec<_>>>()?;
    let cases = answer
        .cases()
        .iter()
        .map(case)
        .collect::<PyResult<Vec<_>>>()?;
    Answer::new(py, "Reparametrization")
        .with("theorem", answer.theorem().map(named))?
        .network("phi", answer.phi().cloned())?
        .known("r", r.exact())?
        .rational("r_lower", &r.lower.value)?
        .rational("r_upper", &r.upper)?
        .rational("jump", answer.jump())?
        .surd("distance", answer.distance())?
        .surd(
            "beta",
            answer
                .analysis()
                .and_then(|analysis| analysis.beta.as_ref()),
        )?
        .tuple("bounds", bounds)?
        .tuple("cases", cases)?
        .tuple("missing", answer.missing().iter().map(ToString::to_string))?
        .with("nearest", nearest)?
        .certificate(certificate.as_deref().map(str::as_bytes))?
        .build()
}

fn unknown(error: NearestError) -> PyErr {
    match error {
        NearestError::Impossible(_) => fault::internal(error),
        NearestError::Stopped(_) => fault::limit(error),
        error => fault::usage(error),
    }
}

/// The parametrization of R(Θ) nearest to Γ, exactly or within an interval, with the proof that none is nearer.
///
/// Networks that have not two layers are compared layer by layer, up to order and positive scale of neurons.
///
/// >>> import relucert
/// >>> gamma = relucert.Network(a=[[1, 0], [0, 1]], c=[[1], [1]])
/// >>> theta = relucert.Network(a=[[0, 2], [1, 0]], c=[[1], [1]])
/// >>> answer = relucert.nearest(gamma, theta)
/// >>> answer.distance
/// Surd('-1+sqrt(2)')
/// >>> bool(relucert.verify(answer))
/// True
#[pyfunction]
#[pyo3(name = "nearest", signature = (gamma, theta, *, in_n_star = false, time_limit = None, memory_limit = None, progress = None))]
#[allow(clippy::too_many_arguments, reason = "keywords")]
pub fn nearest_to<'py>(
    py: Python<'py>,
    gamma: &Bound<'py, Network>,
    theta: &Bound<'py, Network>,
    in_n_star: bool,
    time_limit: Option<f64>,
    memory_limit: Option<u64>,
    progress: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let work = Work::new(py, time_limit, memory_limit, progress)?;
    let (gamma, theta) = (gamma.get().inner().clone(), theta.get().inner().clone());
    if matches!(gamma, Engine::Deep(_)) || matches!(theta, Engine::Deep(_)) {
        if in_n_star {
            return Err(fault::usage("in_n_star: N* has networks with two layers"));
        }
        return deep(py, &gamma, &theta, work);
    }
    let among = if in_n_star { Among::NStar } else { Among::All };
    let found = work.run(py, move |watch| {
        let options = nearest::Options {
            among,
            watch: watch.clone(),
            flips: Limits {
                watch: watch.clone(),
                ..Limits::default()
            },
        };
        let found = nearest::nearest(&gamma, &theta, &options)?;
        let certificate = match &found {
            Found::Nearest(nearest) => {
                stated(&gamma, &theta).and_then(|networks| nearest::certificate(networks, nearest))
            }
            _ => None,
        };
        Ok((found, certificate))
    })?;
    let (found, certificate) = found.map_err(unknown)?;
    nearest_answer(py, &found, certificate)
}

fn stated(gamma: &Engine, theta: &Engine) -> Option<Networks> {
    Some(Networks {
        gamma: to_certificate(gamma)?,
        theta: Some(to_certificate(theta)?),
        phi: None,
    })
}

fn nearest_answer<'py>(
    py: Python<'py>,
    found: &Found,
    certificate: Option<String>,
) -> PyResult<Bound<'py, PyAny>> {
    let answer =
        Answer::new(py, "Nearest").certificate(certificate.as_deref().map(str::as_bytes))?;
    let Found::Nearest(found) = found else {
        return answer.with("reason", found.why_none())?.build();
    };
    let phi = found.phi.as_ref();
    let order = phi.map(|phi| {
        phi.order
            .iter()
            .map(|&k| found.origin.get(k).copied())
            .collect::<Vec<_>>()
    });
    answer
        .surd("distance", found.exact())?
        .surd("lower", Some(&found.lower))?
        .surd("upper", phi.map(|phi| &phi.distance.value))?
        .network(
            "phi",
            phi.and_then(|phi| phi.given_shape(found.homogenised)),
        )?
        .with("kinks", found.kinks)?
        .tuple("permutation", order.unwrap_or_default())?
        .with(
            "gap",
            found
                .gap
                .as_ref()
                .filter(|_| found.exact().is_none())
                .map(|gap| gap.words(found)),
        )?
        .build()
}

fn deep<'py>(
    py: Python<'py>,
    gamma: &Engine,
    theta: &Engine,
    work: Work,
) -> PyResult<Bound<'py, PyAny>> {
    let layers = |network: &Engine| {
        network
            .to_deep()
            .ok_or_else(|| fault::usage("weights with square roots are not put into layers"))
    };
    let (gamma, theta) = (layers(gamma)?, layers(theta)?);
    let found = work.run(py, move |watch| {
        let found = depth::nearest(&gamma, &theta, watch)?;
        let [one, other] = found.forms.as_ref();
        let (own, phi) = (one.of(&theta), other.of(&found.phi));
        let text = depth::deep_reparametrization_certificate(&gamma, own, phi, &found.distance);
        Ok((found, text))
    })?;
    let (found, certificate) =
        found.map_err(|error: relucert::network::ShapeError| fault::usage(error))?;
    Answer::new(py, "DeepNearest")
        .rational("distance", &found.distance)?
        .rational("before", &found.before)?
        .surd("class_lower", found.class_lower.as_ref())?
        .network("phi", Some(Engine::Deep(found.phi)))?
        .with("stopped", found.stopped.map(|stop| stop.to_string()))?
        .certificate(Some(certificate.as_bytes()))?
        .build()
}
