//! Networks looked at layer by layer.

use pyo3::prelude::*;
use relucert::degeneracy::{imbalance, near_misses, opposite_pairs, parallel_pairs};
use relucert::depth::{self, Activity, Why, activity};
use relucert::network::{Neuron, Shallow};
use relucert::realization::Domain;

use crate::answer::Answer;
use crate::describe::{ends, multiples, near_pairs};
use crate::fault;
use crate::network::Network;

/// One word for each, the program's.
fn word(why: Why) -> &'static str {
    match why {
        Why::Unread => "unread",
        Why::Constant => "constant",
        Why::NeverPositive => "never-positive",
        Why::BeforeConstant => "before-constant",
    }
}

/// What each layer but the last has, and on a box which neurons are never active, or always.
pub fn inspect<'py>(
    py: Python<'py>,
    network: &Network,
    domain: Option<Domain>,
) -> PyResult<Bound<'py, PyAny>> {
    let deep = network.inner().to_deep();
    let deep =
        deep.ok_or_else(|| fault::usage("weights with square roots are not put into layers"))?;
    let active = domain.and_then(|domain| py.detach(|| activity(&deep, domain.sides())));
    let simplified = py.detach(|| depth::simplify(&deep));
    let pairs = deep.layers().windows(2).enumerate();
    let layers = pairs.map(|(l, pair)| {
        let (layer, next) = (&pair[0], &pair[1]);
        let rows = layer.weights.iter().zip(&layer.biases).enumerate();
        let neurons = rows.map(|(i, (row, bias))| {
            let inner = row.iter().chain([bias]).cloned().collect();
            let outer = next.weights.iter().map(|row| row[i].clone()).collect();
            Neuron::rational(inner, outer)
        });
        let view = Shallow::new(neurons.collect()).map_err(fault::internal)?;
        let dead: Vec<(usize, &str)> = depth::dead(layer, next, l > 0)
            .into_iter()
            .map(|(neuron, why)| (neuron, word(why)))
            .collect();
        let dropped = simplified.dropped.iter().filter(|it| it.layer == l);
        let by_others = dropped.flat_map(|it| it.neurons.iter().map(|i| (*i, word(it.why))));
        let by_others: Vec<_> = by_others
            .filter(|(i, _)| !dead.iter().any(|(j, _)| i == j))
            .collect();
        let on_box = |wanted: Activity| {
            let layer = active.as_ref()?.get(l)?;
            let neurons = layer.iter().enumerate().filter(|(_, it)| **it == wanted);
            Some(neurons.map(|(i, _)| i).collect::<Vec<_>>())
        };
        let (parallel, opposite, near) = py.detach(|| {
            let near = near_misses(&view, 1);
            (parallel_pairs(&view), opposite_pairs(&view), near)
        });
        Answer::new(py, "LayerInspection")
            .with("layer", l)?
            .with("neurons", layer.weights.len())?
            .tuple("dead", dead)?
            .tuple("dead_by_others", by_others)?
            .with("parallel", multiples(py, &parallel)?)?
            .with("opposite", multiples(py, &opposite)?)?
            .with("near_parallel", near_pairs(py, &near.parallel)?)?
            .with("near_opposite", near_pairs(py, &near.opposite)?)?
            .with("imbalance", ends(py, imbalance(&view))?)?
            .with("never_active", on_box(Activity::Never))?
            .with("always_active", on_box(Activity::Always))?
            .build()
    });
    let layers = layers.collect::<PyResult<Vec<_>>>()?;
    Answer::new(py, "DeepInspection")
        .tuple("layers", layers)?
        .build()
}
