//! The regions of an arrangement: inner points, what lies around, their number.

use relucert_format::RegionsFact;

use super::fact::Fact;
use crate::kernel::verdict::{Stop, equal};
use crate::scene::Scene;

pub(crate) fn regions(step: &RegionsFact, scene: &Scene) -> Result<Fact, Stop> {
    let (regions, limits) = (scene.regions()?, scene.limits);
    Ok(match step {
        RegionsFact::Inside(step) => Fact::Inside(regions.inside(step, limits)?),
        RegionsFact::Around(step) => Fact::Around(regions.around(step, &scene.circuits, limits)?),
        RegionsFact::Count(step) => {
            let found = regions.number(limits)?;
            equal("number of regions", step.regions, found)?;
            Fact::Count(found)
        }
    })
}
