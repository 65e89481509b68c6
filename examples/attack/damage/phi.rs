//! Another Φ, with the step that leads to it and its distance: all that is said of Φ is right, but for what only the old one was.

use relucert::audit::Random;
use relucert::certificate::{Distance, Networks, Rewrite, Step, Surd as Number, Why};
use relucert::network::{Network, Neuron, Shallow, from_certificate};
use relucert::stability::{Pair, distance};
use serde_json::{Value, json};

use super::Donors;
use crate::draft::Draft;

type Done = Option<()>;

/// A neuron of Φ in other weights of the same function.
fn other(random: &mut Random, neuron: &Neuron) -> Option<Neuron> {
    match random.chance(1, 3) {
        true => neuron.rescaled_by_root(&random.positive()),
        false => neuron.scaled(&random.positive()),
    }
}

pub fn rescaled(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let networks: Networks = serde_json::from_value(draft.networks()?.clone()).ok()?;
    let [gamma, theta] = [&networks.gamma, networks.theta.as_ref()?];
    let pair = Pair::new(
        &from_certificate(gamma).ok()?,
        &from_certificate(theta).ok()?,
    )
    .ok()?;
    let Network::Shallow(phi) = from_certificate(networks.phi.as_ref()?).ok()? else {
        return None;
    };
    let mut neurons = phi.neurons().to_vec();
    let at = random.below(neurons.len());
    let new = other(random, neurons.get(at)?)?;
    let row = |weights: Vec<relucert::exact::Surd>| weights.iter().map(Number::from).collect();
    let rewrite = Step::Rewrite(Rewrite {
        replaces: vec![at],
        a: vec![row(new.inner_weights())],
        c: vec![row(new.outer_weights())],
        why: Why::Scale,
    });
    neurons[at] = new;
    let phi = Shallow::new(neurons).ok()?;
    let found = distance(&phi, &pair.gamma)?;
    let value = Number::from(&found.value);
    let reached = Step::Distance(Distance {
        value: value.clone(),
        neuron: found.neuron,
        part: found.part,
        index: found.index,
    });
    let stated = relucert::certificate::StatedNetwork::from(&phi);
    *draft.networks()?.get_mut("phi")? = serde_json::to_value(stated).ok()?;
    let (_, claim) = draft.claimed()?;
    let name = if claim.get("upper").is_some() {
        "upper"
    } else {
        "distance"
    };
    *claim.get_mut(name)? = json!(value);
    let line = |step: Step| -> Option<Value> {
        Some(json!({"step": 0, "fact": serde_json::to_value(step).ok()?}))
    };
    let last = *draft.steps_of("distance").last()?;
    draft.steps[last] = line(reached)?;
    draft.steps.insert(last, line(rewrite)?);
    draft.renumber();
    Some(())
}
