//! Families of networks, one for every k = 1, 2, 3, …, and statements proved for all of them.

use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyTuple;
use relucert::certificate::Form;
use relucert::family::{
    self, Expression, Family as Engine, Proved, Question, TheoremForAllK, TheoremQuestion, Unproved,
};
use relucert::network::file::{Format, Source, to_json};
use relucert::network::from_certificate;
use relucert::stability::Theorem;
use relucert::watch::Watch;

use crate::answer::{Answer, tuple};
use crate::network::Network;
use crate::work::Work;
use crate::{fault, number, stability};

/// A family of networks: entries are texts in k, such as "1/k" or "sqrt(k^2+1)", or numbers.
///
/// `Family(a, c)` has no biases, `Family(a, b, c, e)` has. Methods answer for all integers k ≥ 1 at once.
///
/// >>> from relucert import Family
/// >>> family = Family(a=[["k", 0]], c=[["1/k"]])
/// >>> family.at(4)
/// Network(inputs=2, neurons=1, outputs=1)
/// >>> family.at(4).a, family.at(4).c
/// (((Fraction(4, 1), Fraction(0, 1)),), ((Fraction(1, 4),),))
/// >>> bool(family.equal(Family(a=[[1, 0]], c=[[1]])))
/// True
#[pyclass(frozen, module = "relucert")]
pub struct Family {
    inner: Arc<Engine>,
    /// The text that it was read from.
    text: String,
}

impl Family {
    fn read(source: &Source) -> PyResult<Self> {
        let inner = Engine::read(source).map_err(fault::file)?;
        if let Some((name, entry, k)) = inner.pole() {
            return Err(fault::usage(format!(
                "{}: {name}: {entry} is not defined at k = {k}, and the family is about all integers k >= 1",
                source.name()
            )));
        }
        Ok(Family {
            inner: Arc::new(inner),
            text: source.text().map_err(fault::file)?.to_owned(),
        })
    }

    /// A family, or a network as one that does not depend on k.
    fn of(value: &Bound<'_, PyAny>) -> PyResult<Arc<Engine>> {
        if let Ok(network) = value.cast::<Network>() {
            let family = Engine::of_network(network.get().inner());
            let family =
                family.ok_or_else(|| fault::usage("families are of networks with two layers"));
            return family.map(Arc::new);
        }
        let family = value.cast::<Family>()?;
        Ok(Arc::clone(&family.get().inner))
    }
}

#[pymethods]
impl Family {
    #[new]
    #[pyo3(signature = (a, b = None, c = None, e = None))]
    fn made(
        a: &Bound<'_, PyAny>,
        b: Option<&Bound<'_, PyAny>>,
        c: Option<&Bound<'_, PyAny>>,
        e: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let mut text = "{\"parameter\":\"k\"".to_owned();
        for (name, value) in [("a", Some(a)), ("b", b), ("c", c), ("e", e)] {
            let Some(value) = value else { continue };
            text += &format!(",\"{name}\":");
            number::write_formulas(value, name, &mut text)?;
        }
        text.push('}');
        Family::from_json(text)
    }

    /// Reads a .json file with `parameter`, or a network as a family that does not depend on k.
    #[staticmethod]
    fn load(path: PathBuf) -> PyResult<Self> {
        Family::read(&Source::open(&path).map_err(fault::file)?)
    }

    /// A family from the text of a .json file.
    #[staticmethod]
    fn from_json(text: String) -> PyResult<Self> {
        Family::read(&Source::new("Family", Format::Json, text.into_bytes()).map_err(fault::file)?)
    }

    /// A network with two layers as a family that does not depend on k.
    ///
    /// >>> from relucert import Family, Network
    /// >>> gamma = Family.from_network(Network(a=[[1, 0], [0, 1]], c=[[1], [1]]))
    /// >>> gamma.distance(Network(a=[[1, 1], [0, 0]], c=[[1], [0]])).value
    /// '1'
    #[staticmethod]
    fn from_network(network: &Bound<'_, Network>) -> PyResult<Self> {
        Family::from_json(to_json(network.get().inner()))
    }

    /// The number of inputs.
    #[getter]
    fn inputs(&self) -> usize {
        self.inner.inputs()
    }

    /// The number of outputs.
    #[getter]
    fn outputs(&self) -> usize {
        self.inner.outputs()
    }

    /// The network at one k.
    fn at(&self, k: u64) -> PyResult<Network> {
        let undefined = || fault::usage(format!("k: an entry is not defined at k = {k}"));
        let instance = if k == 0 { None } else { self.inner.instance(k) };
        let network = from_certificate(&instance.ok_or_else(undefined)?);
        network
            .map(Network::plain)
            .map_err(|error| fault::usage(format!("at k = {k}: {error}")))
    }

    /// Whether both are the same function for every k; if not, `reason` says what was found.
    #[pyo3(signature = (other, *, time_limit = None, progress = None))]
    fn equal<'py>(
        &self,
        py: Python<'py>,
        other: &Bound<'py, PyAny>,
        time_limit: Option<f64>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (one, other) = (Arc::clone(&self.inner), Family::of(other)?);
        proved(py, time_limit, progress, move |watch| {
            family::prove_equal(&one, &other, watch)
        })
    }

    /// The seminorm of the difference, or of the family alone, as a function of k.
    #[pyo3(signature = (other = None, *, time_limit = None, progress = None))]
    fn distance<'py>(
        &self,
        py: Python<'py>,
        other: Option<&Bound<'py, PyAny>>,
        time_limit: Option<f64>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (one, other) = (Arc::clone(&self.inner), other.map(Family::of).transpose()?);
        proved(py, time_limit, progress, move |watch| {
            family::prove_distance(&one, other.as_deref(), watch)
        })
    }

    /// The jump norm of the difference, or of the family alone, as a function of k.
    #[pyo3(signature = (other = None, *, time_limit = None, progress = None))]
    fn jump_norm<'py>(
        &self,
        py: Python<'py>,
        other: Option<&Bound<'py, PyAny>>,
        time_limit: Option<f64>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (one, other) = (Arc::clone(&self.inner), other.map(Family::of).transpose()?);
        proved(py, time_limit, progress, move |watch| {
            family::prove_jump(&one, other.as_deref(), watch)
        })
    }

    /// How many regions there are, for every k.
    #[pyo3(signature = (*, time_limit = None, progress = None))]
    fn regions<'py>(
        &self,
        py: Python<'py>,
        time_limit: Option<f64>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let one = Arc::clone(&self.inner);
        proved(py, time_limit, progress, move |watch| {
            family::prove_regions(&one, None, watch)
        })
    }

    /// A lower bound of the distance of every parametrization of Θ's function from this family, Γ, as a function of k.
    #[pyo3(signature = (theta, *, at_least = None, above = None, time_limit = None, progress = None))]
    fn separated<'py>(
        &self,
        py: Python<'py>,
        theta: &Bound<'py, PyAny>,
        at_least: Option<&str>,
        above: Option<&str>,
        time_limit: Option<f64>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (gamma, theta) = (Arc::clone(&self.inner), Family::of(theta)?);
        let formula =
            |text: Option<&str>| text.map(family::parse).transpose().map_err(fault::usage);
        let (at_least, above) = (formula(at_least)?, formula(above)?);
        proved(py, time_limit, progress, move |watch| {
            let question = Question {
                at_least,
                above,
                phi: None,
                watch: watch.clone(),
            };
            family::prove_separated(&gamma, &theta, &question)
        })
    }

    /// The parametrization of Θ's function nearest to this family, Γ, and its distance as a function of k.
    #[pyo3(signature = (theta, *, phi = None, time_limit = None, progress = None))]
    fn nearest<'py>(
        &self,
        py: Python<'py>,
        theta: &Bound<'py, PyAny>,
        phi: Option<&Bound<'py, PyAny>>,
        time_limit: Option<f64>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (gamma, theta) = (Arc::clone(&self.inner), Family::of(theta)?);
        let phi = phi.map(Family::of).transpose()?.map(|phi| (*phi).clone());
        proved(py, time_limit, progress, move |watch| {
            let question = Question {
                phi,
                watch: watch.clone(),
                ..Question::default()
            };
            family::prove_nearest(&gamma, &theta, &question)
        })
    }

    /// Theorem 3.1, its refined form or 3.3 for this family, Γ, and Θ: the first that applies for all k, or `theorem`.
    #[pyo3(signature = (theta, *, theorem = None, form = None, time_limit = None, progress = None))]
    #[allow(clippy::too_many_arguments, reason = "keywords")]
    fn reparametrize<'py>(
        &self,
        py: Python<'py>,
        theta: &Bound<'py, PyAny>,
        theorem: Option<&str>,
        form: Option<&str>,
        time_limit: Option<f64>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (gamma, theta) = (Arc::clone(&self.inner), Family::of(theta)?);
        let (theorem, form) = stability::asked(theorem, form)?;
        let work = Work::new(py, time_limit, None, progress)?;
        let found = work.run(py, move |watch| {
            first_theorem(&gamma, &theta, theorem, form, watch)
        })?;
        let found = found.map_err(|reason| match reason.stop() {
            Some(stop) => fault::stopped(stop),
            None => fault::usage(reason),
        })?;
        let sections = found.sections.iter().map(|(range, section)| {
            let text = |entry: Option<&Expression>| entry.map(ToString::to_string);
            let built = section.construction.as_ref();
            Answer::new(py, "TheoremSection")
                .with("range", range.to_string())?
                .with("measure", section.measure.to_string())?
                .with("beta", text(section.beta.as_ref()))?
                .with("distance", text(built.map(|built| &built.distance)))?
                .with("bound", text(built.and_then(|built| built.bound.as_ref())))?
                .tuple("flipped", section.flipped.clone())?
                .tuple("missing", section.missing.iter().map(ToString::to_string))?
                .build()
        });
        let sections = sections.collect::<PyResult<Vec<_>>>()?;
        let proved = found.proved.as_ref();
        Answer::new(py, "TheoremForAllK")
            .with("theorem", proved.map(|_| stability::named(found.theorem)))?
            .tuple("sections", sections)?
            .certificate(proved.map(|proved| proved.certificate.as_bytes()))?
            .build()
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> Option<bool> {
        let other = other.cast::<Family>().ok()?;
        Some(self.inner == other.get().inner)
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        PyTuple::new(
            py,
            [self.inputs(), self.outputs(), self.inner.neurons().len()],
        )?
        .hash()
    }

    fn __repr__(&self) -> String {
        let (inputs, outputs, neurons) =
            (self.inputs(), self.outputs(), self.inner.neurons().len());
        format!("Family(inputs={inputs}, neurons={neurons}, outputs={outputs})")
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((
            py.get_type::<Family>().getattr("from_json")?,
            (self.text.clone(),),
        ))
    }
}

/// The first theorem that applies for all k, or what the one that is asked for says, or Theorem 3.1.
fn first_theorem(
    gamma: &Engine,
    theta: &Engine,
    theorem: Option<Theorem>,
    form: Option<Form>,
    watch: &Watch,
) -> Result<TheoremForAllK, Unproved> {
    let all = match (theorem, gamma.outputs()) {
        (Some(theorem), _) => vec![theorem],
        (None, 1) => vec![Theorem::Main, Theorem::Refined, Theorem::Star],
        (None, _) => vec![Theorem::Star],
    };
    let mut first = None;
    for one in all {
        let question = TheoremQuestion {
            // Among several theorems a form is for the others: the refined bound is least with J.
            form: form.filter(|_| one != Theorem::Refined || theorem.is_some()),
            watch: watch.clone(),
            ..TheoremQuestion::of(one)
        };
        let said = family::theorem(gamma, theta, &question);
        match said {
            Ok(found) if found.proved.is_some() => return Ok(found),
            said if first.is_none() => first = Some(said),
            _ => {}
        }
    }
    first.unwrap_or(Err(Unproved::Neurons))
}

/// Proves it, and answers its sections.
fn proved<'py>(
    py: Python<'py>,
    time_limit: Option<f64>,
    progress: Option<&Bound<'py, PyAny>>,
    prove: impl FnOnce(&Watch) -> Result<Proved, Unproved> + Send + 'static,
) -> PyResult<Bound<'py, PyAny>> {
    let found = Work::new(py, time_limit, None, progress)?.run(py, prove)?;
    let answer = Answer::new(py, "ForAllK");
    let proved = match found {
        Ok(proved) => proved,
        Err(reason) => {
            if let Some(stop) = reason.stop() {
                return Err(fault::stopped(stop));
            }
            return answer
                .with("proved", false)?
                .with("reason", reason.to_string())?
                .build();
        }
    };
    let sections = proved
        .values()
        .into_iter()
        .map(|(range, value)| (range.to_string(), value));
    answer
        .with("proved", true)?
        .with("sections", tuple(py, sections)?)?
        .with("real_from", proved.real)?
        .certificate(Some(proved.certificate.as_bytes()))?
        .build()
}
