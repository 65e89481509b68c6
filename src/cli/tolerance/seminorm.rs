//! In the seminorm, on all of R^d: neurons that contribute little are left out.

use super::object::{Dropped, Merged, Object, Smaller, Written, ended, neurons};
use crate::cli::answer::Answer;
use crate::cli::certificate::Draft;
use crate::cli::equal::subject;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::exact::Rational;
use crate::network::Network;
use crate::parametrizations::within;
use crate::realization::{SeminormLimits, write_seminorm_certificate};

/// The seminorm is searched for with so many nodes at most; sums of entries bound it where that is not enough.
const MOST_NODES: u64 = 4096;

pub(super) fn simplify(asked: &Smaller, output: &Output) -> Result<Answer, Failure> {
    if matches!(asked.network, Network::Deep(_)) {
        return Err(Failure::Usage(format!(
            "--tolerance: {} has not two layers, and the seminorm of others is not bounded; with --domain BOX the largest change on the box is, at any depth",
            asked.path.display()
        )));
    }
    let limits = asked.limits.limits(output);
    let search = SeminormLimits {
        nodes: Some(MOST_NODES),
        keep: asked.certificate.is_some(),
        watch: limits.watch.clone(),
        ..SeminormLimits::default()
    };
    let found = within(asked.network, &asked.tolerance, &limits, &search);
    let found = found.map_err(|error| Failure::Internal(error.to_string()))?;
    let found =
        found.ok_or_else(|| Failure::Internal("nothing is within the tolerance".to_owned()))?;
    let rounding = match &asked.out {
        Some(out) => out.save(&found.network, search.clone(), output)?,
        None => None,
    };
    if let Some(path) = asked.certificate {
        let none = Rational::from_integer(0.into());
        let subject = subject(asked.network, Some(&found.network), &none)?;
        let mut draft = Draft::new(Some(path), output);
        draft.fill(|draft| write_seminorm_certificate(draft, subject, &found.distance))?;
        output.publish(draft)?;
    }
    let simplified = &found.simplified;
    let dropped = [
        (simplified.dead.clone(), "dead"),
        (simplified.constant.clone(), "constant"),
        (found.dropped.clone(), "small"),
    ];
    let dropped = dropped
        .into_iter()
        .filter(|(neurons, _)| !neurons.is_empty());
    let is_left = |group: &&Vec<usize>| !group.iter().all(|i| found.dropped.contains(i));
    let merged = simplified.merged.iter().filter(is_left);
    let distance = &found.distance.upper;
    let object = Object {
        neurons_before: neurons(asked.network),
        neurons: found.neurons,
        tolerance: asked.tolerance.to_string(),
        norm: "seminorm",
        distance: distance.to_string(),
        exact: found.distance.exact().is_some(),
        dropped: dropped
            .map(|(neurons, why)| Dropped {
                layer: 0,
                neurons,
                why,
            })
            .collect(),
        merged: merged
            .map(|group| Merged {
                layer: 0,
                neurons: group.clone(),
            })
            .collect(),
        network: Written::of(&found.network)?,
        rounding,
    };
    output.answer("simplify", &object, || object.words(distance, false))?;
    if found.dropped.is_empty() {
        output.remark("no neuron is left out: in the seminorm a hyperplane counts whole, however near another one is; --domain BOX measures the change on a box");
    }
    ended(search.watch.check().err())
}
