//! Whether the layer of hidden neurons is injective on R^d.

use num_bigint::BigInt;
use num_traits::Zero as _;
use relucert_format::{LayerFact, StatedRational};

use super::fact::Fact;
use crate::kernel::budget::Budget;
use crate::kernel::cost;
use crate::kernel::flat::Flat;
use crate::kernel::network::Neuron;
use crate::kernel::number::Q;
use crate::kernel::verdict::{Locate as _, Stop, equal, reject};
use crate::scene::Scene;

pub(crate) fn layer(step: &LayerFact, scene: &Scene) -> Result<Fact, Stop> {
    match step {
        LayerFact::Spans {} => spans(scene),
        LayerFact::Collides { x, y } => collides(x, y, scene),
    }
}

/// In every region of the claim the a of the neurons with sign + span R^d.
fn spans(scene: &Scene) -> Result<Fact, Stop> {
    let Some(claim) = scene.subject.regions else {
        return reject("the claim lists no regions");
    };
    if claim.domain.iter().flatten().count() > usize::from(scene.homogenised) {
        return reject("the layer is injective on R^d, not in a domain");
    }
    let (columns, neurons) = (scene.columns(), scene.movable(&scene.gamma));
    let limits = scene.limits;
    for (r, signs) in claim.regions.iter().enumerate() {
        limits.charge(cost::times(signs.len() + columns, cost::ANY))?;
        let active = neurons.iter().zip(signs.bytes());
        let active = active.filter_map(|(neuron, sign)| {
            let direction = neuron.direction.as_ref().filter(|_| sign == b'+')?;
            Some(direction.line.iter().take(columns).cloned().collect())
        });
        let rank = rank(active, columns, limits)?;
        let reason = "rank of the a of the neurons with sign +";
        equal(reason, rank, columns).in_part(|| format!("region {r}"))?;
    }
    Ok(Fact::Spans)
}

/// The rank of rows, as soon as it is the number of columns.
fn rank(
    rows: impl Iterator<Item = Vec<BigInt>>,
    columns: usize,
    limits: &Budget,
) -> Result<usize, Stop> {
    let mut flat = Flat::whole();
    for mut row in rows {
        if flat.rank() == columns {
            break;
        }
        let bits = row.iter().map(BigInt::bits).max().unwrap_or_default();
        let each = flat.work().saturating_add(cost::product(bits, bits));
        limits.charge(cost::times(4 * columns * columns, each))?;
        row.push(BigInt::zero());
        if let Some(Some(more)) = flat.with(&row) {
            flat = more;
        }
    }
    Ok(flat.rank())
}

/// The layer has the same values at x and y.
fn collides(x: &[StatedRational], y: &[StatedRational], scene: &Scene) -> Result<Fact, Stop> {
    let [x, y] = [x, y].map(|point| point.iter().map(Q::from).collect::<Vec<Q>>());
    for point in [&x, &y] {
        equal("length of the point", point.len(), scene.columns())?;
    }
    if x == y {
        return reject("the two points are the same");
    }
    // ρ(⟨a,x⟩ + b), without the neuron's root.
    let positive_part = |neuron: &Neuron, point| {
        let inner = neuron.at(point, scene.limits)?;
        Ok::<Q, Stop>(inner.max(Q::zero()))
    };
    for (i, neuron) in scene.movable(&scene.gamma).iter().enumerate() {
        let [one, other] = [&x, &y].map(|point| positive_part(neuron, point));
        equal(format!("neuron {i} at y"), other?, one?)?;
    }
    Ok(Fact::Collides)
}
