//! The rank of the derivative of what Γ's parameters are mapped to.

use relucert_format::RankFact;

use super::fact::Fact;
use crate::kernel::layers::Layers;
use crate::kernel::modulus::Modulus;
use crate::kernel::number::Q;
use crate::kernel::rank::full_rank;
use crate::kernel::verdict::Stop;
use crate::scene::Scene;

/// It is P − h.
pub(crate) fn rank(step: &RankFact, scene: &Scene) -> Result<Fact, Stop> {
    let rank = full_rank(step, |modulus| layers(scene, modulus), scene.limits)?;
    Ok(Fact::Rank(rank))
}

/// Γ as layers, of rational weights: its rescalings do not matter.
fn layers(scene: &Scene, modulus: Modulus) -> Result<Layers, Stop> {
    let limits = scene.limits;
    let (network, biased) = (&scene.gamma, scene.homogenised);
    let neurons = scene.movable(network);
    let offset = network.neurons.get(neurons.len()).map(|last| &last.c);
    let mut first = Vec::with_capacity(neurons.len());
    for neuron in neurons {
        let mut row = neuron.a.clone();
        row.extend((!biased).then(Q::zero));
        first.push(row);
    }
    let mut last = Vec::with_capacity(network.outputs);
    for o in 0..network.outputs {
        let mut row = Vec::with_capacity(neurons.len() + 1);
        for neuron in neurons {
            let weight = neuron.c.get(o).map_or_else(Q::zero, |c| c * &neuron.s);
            limits.check(weight.bits())?;
            row.push(weight);
        }
        row.push(
            offset
                .and_then(|c| c.get(o))
                .cloned()
                .unwrap_or_else(Q::zero),
        );
        last.push(row);
    }
    Layers::new(&[first, last], scene.columns(), biased, modulus, limits)
}
