//! The height of a function on a box: where it is reached, and trees of affine functions above one output.

use crate::kernel::budget::Budget;
use crate::kernel::height::Heights;
use crate::kernel::number::Q;
use crate::kernel::verdict::{Stop, reject};
use relucert_format::{HeightFact, Piece};

use super::fact::Fact;
use super::open::Rising;
use super::sup_norm::{domain, reached};
use crate::scene::Scene;

pub(crate) fn height(step: &HeightFact, scene: &mut Scene) -> Result<Fact, Stop> {
    let limits = scene.limits;
    match step {
        HeightFact::Reached(step) => Ok(Fact::Reached(reached(&step.point, &step.value, scene)?)),
        HeightFact::Below(step) => {
            let domain = domain(scene)?;
            let heights = Heights::new(step, scene.difference()?, domain, limits)?;
            let bounded = Fact::Below(step.output, step.negative, Q::from(&step.bound));
            let rising = Rising { heights, bounded };
            go_on(rising, &step.nodes, scene, limits)
        }
        HeightFact::More(step) => match scene.rising.take() {
            None => reject("the step before leaves no tree incomplete"),
            Some(_) if step.nodes.is_empty() => reject("there are no nodes"),
            Some(rising) => go_on(rising, &step.nodes, scene, limits),
        },
    }
}

/// Goes on in a tree, and says what it bounds once it is complete; until then it is left to the next step.
fn go_on(
    mut rising: Rising,
    nodes: &[Piece],
    scene: &mut Scene,
    limits: &Budget,
) -> Result<Fact, Stop> {
    if !rising.heights.walk(nodes, scene.difference()?, limits)? {
        scene.rising = Some(rising);
        return Ok(Fact::Begun);
    }
    Ok(rising.bounded)
}
