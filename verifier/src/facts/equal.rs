//! Whether two functions agree: equal, differ.

use num_bigint::BigInt;
use num_traits::Signed as _;

use crate::kernel::boxed::Sides;
use crate::kernel::budget::Budget;
use crate::kernel::difference::Difference;
use crate::kernel::height::{ends, range};
use crate::kernel::network::Network;
use crate::kernel::number::Q;
use crate::kernel::verdict::{Stop, differ as disagree, equal as same, reject};
use crate::scene::Scene;
use crate::section::Section;
use crate::subject::Domain;
use relucert_format::Differ;

use super::fact::{Fact, FactForAllK};

/// The functions that the claim speaks of are the same, on its box if it has one.
pub(crate) fn equal(scene: &mut Scene) -> Result<Fact, Stop> {
    let (domain, limits) = (scene.subject.domain, scene.limits);
    vanishes(scene.difference()?, domain, limits)?;
    Ok(Fact::Equal)
}

/// The functions are the same, at every k of a section, on its box if it has one.
pub(super) fn for_all_k(section: &mut Section) -> Result<FactForAllK, Stop> {
    let (limits, domain) = (section.limits, section.domain);
    let difference = section.difference()?;
    match domain {
        None => difference.vanish(limits)?,
        Some(domain) => difference
            .on_box(&Sides::new(domain), limits)?
            .vanish(limits)?,
    }
    Ok(FactForAllK::Equal)
}

/// The difference is 0 on R^d, or on the box.
pub(crate) fn vanishes(
    difference: &Difference,
    domain: Option<&Domain>,
    limits: &Budget,
) -> Result<(), Stop> {
    limits.charge(difference.work(0))?;
    let mut difference = difference.clone();
    if let Some(domain) = domain {
        let (ends, _) = ends(domain, 0, limits)?;
        let longest = ends.iter().flatten().map(BigInt::bits).max().unwrap_or(0);
        limits.charge(difference.work(longest).saturating_mul(2))?;
        // On which side of a hyperplane the box lies, unless its interior is on both. Over a box a linear function is least and largest at corners,
        // and as it is not constant the interior has all values between.
        difference.fold(|line| {
            let [least, most] = range(line, &ends);
            match (least.is_negative(), most.is_positive()) {
                (false, _) => Some(true),
                (_, false) => Some(false),
                _ => None,
            }
        });
    }
    if let Some(kink) = difference.kinks.first() {
        let normal: Vec<String> = kink.line.iter().map(BigInt::to_string).collect();
        return disagree(
            "the gradient jumps across the hyperplane with the normal",
            normal.join(", "),
            "no jump",
        );
    }
    for (place, entry) in difference.linear.iter().enumerate() {
        let (row, column) = (place / difference.inputs, place % difference.inputs);
        let name = match column == difference.columns {
            true => format!("constant of output {row}"),
            false => format!("entry ({row}, {column}) of the linear part"),
        };
        same(name, difference.half(entry.clone()), Q::zero())?;
    }
    Ok(())
}

/// The two networks have the stated values at the point, which is in the closed box, and these differ.
pub(crate) fn differ(step: &Differ, scene: &Scene) -> Result<Fact, Stop> {
    let (gamma, theta) = (&scene.gamma, scene.theta()?);
    let point: Vec<Q> = step.point.iter().map(Q::from).collect();
    let inputs = gamma.inputs - usize::from(scene.homogenised);
    same("length of the point", point.len(), inputs)?;
    let sides = scene.subject.domain.unwrap_or_default();
    for (k, (x, (lower, upper))) in point.iter().zip(sides).enumerate() {
        let (lower, upper) = (Q::from(lower), Q::from(upper));
        if *x < lower || *x > upper {
            let reason = format!("coordinate {k} of the point is outside the box");
            return disagree(reason, x, format!("{lower} to {upper}"));
        }
    }
    let mut found = Vec::new();
    for (name, network, stated) in [("Γ", gamma, &step.gamma), ("Θ", theta, &step.theta)] {
        let values = evaluate(network, &point, scene)?;
        same(format!("values of {name}"), stated.len(), values.len())?;
        for (k, (stated, value)) in stated.iter().zip(&values).enumerate() {
            let reason = format!("output {k} of {name} at the point");
            same(reason, &Q::from(stated), value)?;
        }
        found.push(values);
    }
    match found.first() == found.last() {
        true => reject("the two functions have the same values there"),
        false => Ok(Fact::Differ),
    }
}

/// Σ s c max(a·t, t), t = ⟨a_i,x⟩. The output bias, last neuron of a homogenised network, has no activation.
fn evaluate(network: &Network, point: &[Q], scene: &Scene) -> Result<Vec<Q>, Stop> {
    let limits = scene.limits;
    let mut sums = vec![Q::zero(); network.outputs];
    for (i, neuron) in network.neurons.iter().enumerate() {
        let t = neuron.at(point, limits)?;
        let t = match scene.homogenised && i + 1 == network.neurons.len() {
            true => t,
            false => (&t * &scene.activation).max(t),
        };
        let t = &t * &neuron.s;
        for (sum, c) in sums.iter_mut().zip(&neuron.c) {
            *sum = &*sum + &(c * &t);
            limits.check(sum.bits())?;
        }
    }
    Ok(sums)
}
