//! Rewriting the current network without changing its function: rewrite, permute.

use relucert_format::{Claim, Permute, Rewrite};

use super::equal::vanishes;
use super::fact::Fact;
use crate::kernel::cost;
use crate::kernel::difference::Difference;
use crate::kernel::network::{Network, Neuron};
use crate::kernel::number::Q;
use crate::kernel::verdict::{Stop, differ, equal, reject};
use crate::scene::Scene;

/// The replaced neurons and the new ones make the same function; where the claim is of R^d, but for a constant, which the output bias takes.
pub(crate) fn rewrite(step: &Rewrite, scene: &mut Scene) -> Result<Fact, Stop> {
    if matches!(scene.claim, Claim::Theorem33(_)) {
        return reject("in Theorem 3.3 neurons only change their order");
    }
    let (limits, current) = (scene.limits, scene.current()?);
    let (inputs, outputs) = (current.inputs, current.outputs);
    let movable = scene.movable(current).len();
    equal("rows of c against rows of a", step.c.len(), step.a.len())?;
    let mut new = Vec::with_capacity(step.a.len());
    for (i, (a, c)) in step.a.iter().zip(&step.c).enumerate() {
        equal(format!("length of row {i} of a"), a.len(), inputs)?;
        equal(format!("length of row {i} of c"), c.len(), outputs)?;
        let neuron = Neuron::stated(a, c, i, limits)?;
        limits.keep(neuron.memory())?;
        new.push(neuron);
    }
    let mut least = 0;
    let mut old = Vec::with_capacity(step.replaces.len());
    for &i in &step.replaces {
        if i < least || i >= movable {
            let expected = format!("increasing indices below {movable}");
            return differ("neurons that are replaced", i, expected);
        }
        least = i + 1;
        old.push(current.neuron(i)?.clone());
    }
    let gain = gain(&old, &new, scene)?;
    let neurons = movable + new.len() - old.len();
    if neurons == 0 {
        return reject("no neuron would be left");
    }
    limits.charge(cost::times(neurons, cost::ANY))?;
    let network = scene.moving()?;
    let mut bias = network.neurons.split_off(movable);
    for (e, gain) in bias.iter_mut().flat_map(|bias| &mut bias.c).zip(&gain) {
        *e = &*e + gain;
        limits.check(e.bits())?;
    }
    let (mut new, mut replaced) = (new.into_iter(), step.replaces.iter().peekable());
    let mut rows = Vec::with_capacity(neurons + bias.len());
    for (i, neuron) in std::mem::take(&mut network.neurons).into_iter().enumerate() {
        match replaced.next_if_eq(&&i) {
            Some(_) => rows.extend(new.next()),
            None => rows.push(neuron),
        }
    }
    rows.extend(new);
    rows.extend(bias);
    network.neurons = rows;
    Ok(Fact::Rewritten)
}

/// What the old neurons are more than the new ones: nothing, or a constant for each output.
fn gain(old: &[Neuron], new: &[Neuron], scene: &Scene) -> Result<Vec<Q>, Stop> {
    let (affine, current) = (scene.affine(), scene.current()?);
    let network = |neurons: &[Neuron]| {
        let mut neurons = neurons.to_vec();
        // Where there is an output bias it is the last neuron; elsewhere a neuron of zeros does nothing.
        neurons.push(Neuron::zero(current.inputs, current.outputs));
        Network {
            neurons,
            inputs: current.inputs,
            outputs: current.outputs,
        }
    };
    let (old, new) = (network(old), network(new));
    let mut difference = Difference::new(&old, Some(&new), &Q::zero(), affine, scene.limits)?;
    let mut gain = Vec::new();
    if affine {
        for row in difference.linear.chunks_mut(current.inputs) {
            if let Some(constant) = row.last_mut() {
                gain.push(std::mem::take(constant));
            }
        }
    }
    vanishes(&difference, None, scene.limits)?;
    Ok(gain.into_iter().map(|sum| difference.half(sum)).collect())
}

/// New neuron i is old neuron `order[i]`; an output bias stays the last one.
pub(crate) fn permute(step: &Permute, scene: &mut Scene) -> Result<Fact, Stop> {
    let neurons = scene.current()?.neurons.len();
    equal("length of the order", step.order.len(), neurons)?;
    if scene.affine() && step.order.last() != Some(&(neurons - 1)) {
        return reject("the order moves the output bias");
    }
    let network = scene.moving()?;
    let old = std::mem::take(&mut network.neurons);
    let mut old: Vec<Option<Neuron>> = old.into_iter().map(Some).collect();
    for &i in &step.order {
        match old.get_mut(i).and_then(Option::take) {
            Some(neuron) => network.neurons.push(neuron),
            None => {
                let problem = format!("the order names neuron {i} twice, or there is none");
                return reject(problem);
            }
        }
    }
    Ok(Fact::Rewritten)
}
