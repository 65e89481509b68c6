//! The same function by fewer neurons, and which other networks have it.

use pyo3::prelude::*;
use relucert::Network as Engine;
use relucert::certificate::Networks;
use relucert::depth;
use relucert::network::to_certificate;
use relucert::parametrizations::{
    self, Limits, Outcome, flippable, flips_certificate, minimal_certificate,
};
use relucert::realization::{Subject, equal_certificate};
use relucert::watch::Watch;

use crate::answer::{Answer, tuple};
use crate::fault;
use crate::network::Network;
use crate::work::Work;

fn limits(watch: &Watch) -> Limits {
    Limits {
        watch: watch.clone(),
        ..Limits::default()
    }
}

fn lost() -> String {
    "a deep network reached what is for shallow ones".to_owned()
}

/// Fewer neurons.
pub fn simplify<'py>(
    py: Python<'py>,
    network: &Network,
    balance: bool,
    work: Work,
) -> PyResult<Bound<'py, PyAny>> {
    if let Engine::Deep(given) = network.inner() {
        if balance {
            return Err(fault::usage(
                "balance: networks that have not two layers keep their scales",
            ));
        }
        return deep(py, given.clone(), work);
    }
    let given = network.inner().clone();
    let before = network.neurons();
    let stated = network.stated("simplify")?;
    let found = work.run(py, move |watch| {
        let found = parametrizations::simplify(&given, balance, &limits(watch));
        let found = found.map_err(|error| error.to_string())?;
        let found = found.ok_or_else(lost)?;
        let networks = Networks {
            gamma: stated,
            theta: Some(to_certificate(&found.network).ok_or_else(lost)?),
            phi: None,
        };
        let subject = Subject {
            networks,
            activation: None,
        };
        Ok((found, equal_certificate(subject, None)))
    })?;
    let (found, certificate) = found.map_err(|error: String| fault::internal(error))?;
    let merged = found.merged.iter().map(|group| tuple(py, group.clone()));
    let merged = merged.collect::<PyResult<Vec<_>>>()?;
    Answer::new(py, "Simplification")
        .with("before", before)?
        .with("neurons", found.minimal.upper)?
        .with("lower", found.minimal.lower)?
        .tuple("dead", found.dead)?
        .tuple("constant", found.constant)?
        .tuple("merged", merged)?
        .with("saved_by_flips", found.after_merging - found.minimal.upper)?
        .network("network", Some(found.network))?
        .certificate(Some(certificate.as_bytes()))?
        .build()
}

fn deep(py: Python<'_>, given: relucert::network::Deep, work: Work) -> PyResult<Bound<'_, PyAny>> {
    let (found, certificate) = work.run(py, move |_| {
        let found = depth::simplify(&given);
        let text = depth::deep_equal_certificate((&given, &found.moves), (&found.network, &[]));
        (found, text)
    })?;
    let place =
        |layer: usize, neurons: &[usize]| Ok::<_, PyErr>((layer, tuple(py, neurons.to_vec())?));
    let dropped = found
        .dropped
        .iter()
        .map(|dropped| place(dropped.layer, &dropped.neurons));
    let merged = found
        .merged
        .iter()
        .map(|(layer, neurons)| place(*layer, neurons));
    let (dropped, merged) = (
        dropped.collect::<PyResult<Vec<_>>>()?,
        merged.collect::<PyResult<Vec<_>>>()?,
    );
    Answer::new(py, "DeepSimplification")
        .tuple("dropped", dropped)?
        .tuple("merged", merged)?
        .network("network", Some(Engine::Deep(found.network)))?
        .certificate(Some(certificate.as_bytes()))?
        .build()
}

/// How few neurons are enough.
pub fn minimal<'py>(py: Python<'py>, network: &Network, work: Work) -> PyResult<Bound<'py, PyAny>> {
    let stated = network.stated("minimal")?;
    let given = network.inner().clone();
    let found = work.run(py, move |watch| {
        let found = parametrizations::minimal(&given, &limits(watch));
        let found = found.map_err(|error| error.to_string())?;
        let found = found.ok_or_else(lost)?;
        let attained = to_certificate(&found.network).ok_or_else(lost)?;
        let text = minimal_certificate(attained, stated, &found);
        Ok((found, text))
    })?;
    let (found, certificate) = found.map_err(|error: String| fault::internal(error))?;
    Answer::new(py, "Minimal")
        .with("value", found.least())?
        .with("lower", found.lower)?
        .with("upper", found.upper)?
        .with("kinks", found.kinks)?
        .network("network", Some(found.network))?
        .certificate(Some(certificate.as_bytes()))?
        .build()
}

/// Which sets of neurons can be flipped.
pub fn flips<'py>(py: Python<'py>, network: &Network, work: Work) -> PyResult<Bound<'py, PyAny>> {
    let stated = network.stated("flips")?;
    let given = network.inner().clone();
    let found = work.run(py, move |watch| flippable(&given, &limits(watch)))?;
    let found = found.ok_or_else(|| fault::internal(lost()))?;
    let (sets, complete, certificate) = match &found.outcome {
        Outcome::All(solutions) => {
            let text = found
                .is_generic()
                .then(|| flips_certificate(stated, solutions));
            (&solutions.sets, true, text.flatten())
        }
        Outcome::Unknown { found, .. } => (found, false, None),
    };
    let all = |sets: &[Vec<usize>]| {
        sets.iter()
            .map(|set| tuple(py, set.clone()))
            .collect::<PyResult<Vec<_>>>()
    };
    Answer::new(py, "Flips")
        .tuple("sets", all(sets)?)?
        .with("complete", complete)?
        .with("unique", found.unique())?
        .tuple("dead", found.dead.clone())?
        .tuple("shared", all(&found.shared)?)?
        .certificate(certificate.as_deref().map(str::as_bytes))?
        .build()
}
