//! Steps about what functions do on the claim's box: trees whose splits are neurons, and points.

use relucert_format::{CellGoal, Cut, DeepMore, DeepPeak, DeepSlope, DeepTree, StatedRational};

use super::networks::{Fact, Networks, Open};
use crate::kernel::budget::Budget;
use crate::kernel::cells::{Cells, jacobian};
use crate::kernel::number::Q;
use crate::kernel::verdict::{Stop, entry, equal, reject};
use crate::subject::Domain;

/// The claim's box.
pub(super) fn domain(networks: &Networks) -> Result<&Domain, Stop> {
    match &networks.domain {
        Some(domain) => Ok(domain),
        None => reject("the claim has no box"),
    }
}

/// The tree of a step, as far as it goes.
pub(super) fn tree(
    step: &DeepTree,
    networks: &mut Networks,
    limits: &Budget,
) -> Result<Fact, Stop> {
    let theta = networks.theta.as_ref();
    if matches!(step.goal, CellGoal::Regions) && (networks.moved || theta.is_some()) {
        return reject("regions are those of Γ as stated, before it is rewritten, without Θ");
    }
    let both = [Some(&networks.gamma), theta];
    let cells = Cells::new(&step.goal, both, domain(networks)?, limits)?;
    let open = Open(cells, step.goal.clone());
    go_on(open, &step.nodes, networks, limits)
}

/// More of the tree of the step before.
pub(super) fn more(
    step: &DeepMore,
    networks: &mut Networks,
    limits: &Budget,
) -> Result<Fact, Stop> {
    match networks.open.take() {
        None => reject("the step before leaves no tree incomplete"),
        Some(_) if step.nodes.is_empty() => reject("there are no nodes"),
        Some(open) => go_on(open, &step.nodes, networks, limits),
    }
}

fn go_on(
    mut open: Open,
    nodes: &[Cut],
    networks: &mut Networks,
    limits: &Budget,
) -> Result<Fact, Stop> {
    if !open.0.walk(nodes, limits)? {
        networks.open = Some(open);
        return Ok(Fact::Begun);
    }
    Ok(match &open.1 {
        CellGoal::Height(bound) => Fact::Height(bound.into()),
        CellGoal::Slope(bound) => Fact::Slope(bound.into()),
        CellGoal::Regions => {
            let (count, whole) = open.0.regions();
            Fact::Regions(count, whole)
        }
    })
}

/// The point lies in the closed box, or inside it.
pub(super) fn check_inside(
    point: &[StatedRational],
    domain: &Domain,
    open: bool,
) -> Result<(), Stop> {
    equal("length of the point", point.len(), domain.len())?;
    for (k, (x, (lower, upper))) in point.iter().zip(domain).enumerate() {
        let (x, lower, upper) = (Q::from(x), Q::from(lower), Q::from(upper));
        let at_end = open && (x == lower || x == upper);
        if x < lower || x > upper || at_end {
            let place = if open { "inside" } else { "in" };
            return reject(format!(
                "coordinate {k} of the point is not {place} the box"
            ));
        }
    }
    Ok(())
}

/// The largest |f_l| at the point is the value.
pub(super) fn peak(step: &DeepPeak, networks: &Networks, limits: &Budget) -> Result<Fact, Stop> {
    check_inside(&step.point, domain(networks)?, false)?;
    let point: Vec<Q> = step.point.iter().map(Q::from).collect();
    let mut values = networks.gamma.at(&point, limits)?;
    if let Some(theta) = &networks.theta {
        for (value, other) in values.iter_mut().zip(theta.at(&point, limits)?) {
            *value = &*value - &other;
            limits.check(value.bits())?;
        }
    }
    let found = values.iter().map(Q::abs).max().unwrap_or_else(Q::zero);
    let value = Q::from(&step.value);
    equal("largest absolute value at the point", &found, &value)?;
    Ok(Fact::Peak(value))
}

/// The entry of the Jacobian has the value.
pub(super) fn slope(step: &DeepSlope, networks: &Networks, limits: &Budget) -> Result<Fact, Stop> {
    check_inside(&step.point, domain(networks)?, true)?;
    let mut found = Q::zero();
    for network in [Some(&networks.gamma), networks.theta.as_ref()] {
        let Some(network) = network else { continue };
        let (rows, scale) = jacobian(network, &step.point, limits)?;
        let row = entry(&rows, step.output, "output")?;
        let inputs = row.len().saturating_sub(1);
        let row = row.get(..inputs).unwrap_or_default();
        let x = entry(row, step.input, "input")?;
        let x = Q::fraction(x.clone(), scale).unwrap_or_else(Q::zero);
        limits.check(x.bits())?;
        found = &x - &found;
    }
    let value = Q::from(&step.value);
    let reason = "absolute value of the entry of the Jacobian at the point";
    equal(reason, &found.abs(), &value)?;
    Ok(Fact::Steep(value))
}
