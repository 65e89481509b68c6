//! The regions of an arrangement: inner points, what lies around, their number.

use relucert_format::{Formula, Node, RegionsFact};

use super::fact::{Fact, FactForAllK};
use super::seminorm::{read_circuits, tree_for_all_k};
use crate::kernel::function::Function;
use crate::kernel::verdict::{Locate as _, Stop, differ, entry, equal, reject};
use crate::scene::Scene;
use crate::section::Section;

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

/// The regions of Γ's hyperplanes are those of the section's points, in the order of a tree's leaves, at every k of the section.
pub(super) fn for_all_k(
    circuits: &[Vec<(usize, Formula)>],
    nodes: &[Node],
    section: &Section,
) -> Result<FactForAllK, Stop> {
    let Some(points) = section.points() else {
        return reject("the section states no points");
    };
    let (arrangement, limits) = (section.hyperplanes()?, section.limits);
    let mut seen = 0;
    let circuits = read_circuits(circuits, section)?;
    tree_for_all_k(&circuits, nodes, &arrangement, limits, |signs| {
        let mut point = section.row(entry(points, seen, "point")?)?;
        equal("coordinates of the point", point.len(), arrangement.columns)?;
        if arrangement.columns < arrangement.inputs {
            point.push(Function::one());
        }
        for (h, (kink, sign)) in arrangement.kinks.iter().zip(signs).enumerate() {
            let Some(sign) = sign else {
                return reject(format!(
                    "hyperplane {h} is not decided, so this is no region"
                ));
            };
            let side = Function::dot(&kink.normal, &point, limits)?;
            let found = side
                .definite(&format!("its product with hyperplane {h}"), limits)
                .in_part(|| format!("point {seen}"))?;
            if found != *sign {
                return differ(
                    format!("the side of hyperplane {h} of point {seen}"),
                    found,
                    sign,
                );
            }
        }
        for row in &arrangement.positive {
            let distance = Function::dot(row, &point, limits)?;
            let what = "how far it is inside the box";
            match distance.definite(what, limits) {
                Ok(true) => {}
                Ok(false) => {
                    return reject(format!(
                        "point {seen} is outside the box: {what} is {distance}, in t"
                    ));
                }
                Err(stop) => return Err(stop).in_part(|| format!("point {seen}")),
            }
        }
        seen += 1;
        Ok(())
    })?;
    equal("points against regions", points.len(), seen)?;
    Ok(FactForAllK::Regions)
}
