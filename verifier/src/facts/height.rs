//! The height of a function on a box: where it is reached, and trees of affine functions above one output.

use crate::kernel::height::Heights;
use crate::kernel::number::Q;
use crate::kernel::verdict::Stop;
use relucert_format::{HeightFact, Piece};

use super::fact::Fact;
use super::open::{Open, resumed};
use super::sup_norm::{domain, reached};
use crate::scene::Scene;

pub(crate) fn height(step: &HeightFact, scene: &mut Scene) -> Result<Fact, Stop> {
    match step {
        HeightFact::Reached(step) => Ok(Fact::Reached(reached(&step.point, &step.value, scene)?)),
        HeightFact::Below(step) => {
            let (domain, limits) = (domain(scene)?, scene.limits);
            let rising = Open {
                tree: Heights::new(step, scene.difference()?, domain, limits)?,
                shared: scene.circuits.len(),
                bounded: Fact::Below(step.output, step.negative, Q::from(&step.bound)),
            };
            go_on(rising, &step.nodes, scene)
        }
        HeightFact::More(step) => {
            let rising = resumed(scene.rising.take(), &step.nodes)?;
            go_on(rising, &step.nodes, scene)
        }
    }
}

/// Goes on in a tree, and says what it bounds once it is complete; until then it is left to the next step.
fn go_on(mut rising: Open<Heights>, nodes: &[Piece], scene: &mut Scene) -> Result<Fact, Stop> {
    let limits = scene.limits;
    if !rising.tree.walk(nodes, scene.difference()?, limits)? {
        scene.rising = Some(rising);
        return Ok(Fact::Begun);
    }
    Ok(rising.bounded)
}
