//! Local identifiability.

use pyo3::prelude::*;
use relucert::identify::{self, Options, Place, identifiable_certificate};

use crate::answer::{Answer, tuple};
use crate::network::Network;

use crate::work::Work;

/// What is known of the rank, and what follows.
pub fn identify<'py>(
    py: Python<'py>,
    network: &Network,
    seed: u64,
    work: Work,
) -> PyResult<Bound<'py, PyAny>> {
    let given = network.inner().clone();
    let (found, certificate) = work.run(py, move |watch| {
        let options = Options {
            seed,
            watch: watch.clone(),
            ..Options::default()
        };
        let found = identify::identify(&given, &options);
        let certificate = identifiable_certificate(&given, &found);
        (found, certificate)
    })?;
    let places = |places: &[Place]| {
        places
            .iter()
            .map(|place| (place.layer, place.neuron))
            .collect::<Vec<_>>()
    };
    let families = found.families.iter().map(|family| {
        let changes = family.changes.iter().map(|change| {
            Answer::new(py, "Change")
                .with("layer", change.layer)?
                .with("row", change.row)?
                .with("column", change.column)?
                .rational("by", &change.by)?
                .build()
        });
        let changes = changes.collect::<PyResult<Vec<_>>>()?;
        let neurons: Vec<_> = family
            .neurons
            .iter()
            .map(|place| {
                let place: Place = (*place).into();
                (place.layer, place.neuron)
            })
            .collect();
        Answer::new(py, "Direction")
            .with("reason", family.reason.words())?
            .tuple("neurons", neurons)?
            .tuple("changes", changes)?
            .build()
    });
    let families = families.collect::<PyResult<Vec<_>>>()?;
    Answer::new(py, "Identification")
        .with("identifiable", found.identifiable())?
        .with("rank", found.rank)?
        .with("full", found.full())?
        .with("parameters", found.parameters)?
        .with("hidden", found.hidden)?
        .with("points", found.points())?
        .with("families", tuple(py, families)?)?
        .tuple("open", places(&found.open))?
        .tuple("blamed", places(&found.blamed))?
        .with("stopped", found.stopped.map(|stop| stop.to_string()))?
        .certificate(certificate.as_deref().map(str::as_bytes))?
        .build()
}
