//! Whether two functions agree: equal, values.

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use super::claims::Domain;
use super::difference::Difference;
use super::limits::Limits;
use super::network::Network;
use super::number::{Q, common_denominator, over};
use super::verdict::{Stop, differ, equal as same};
use relucert_format::Values;

/// The difference is 0 on R^d, or on the box.
pub(super) fn equal(
    difference: &Difference,
    domain: Option<&Domain>,
    limits: &Limits,
) -> Result<(), Stop> {
    let mut difference = difference.clone();
    if let Some(domain) = domain {
        let ends = domain.iter().flat_map(|(lower, upper)| [lower, upper]);
        let ends: Vec<Q> = ends.map(Q::from).collect();
        let common = common_denominator(&ends, limits)?;
        let mut ends = over(&ends, &common);
        // The last coordinate, if it is one more than the box has, is 1.
        ends.extend([common.clone(), common]);
        let ends: Vec<(&BigInt, &BigInt)> = pairs(&ends).collect();
        difference.fold(|line| side(line, &ends));
    }
    if let Some(kink) = difference.kinks.first() {
        let normal: Vec<String> = kink.line.iter().map(BigInt::to_string).collect();
        return differ(
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

fn pairs<T>(list: &[T]) -> impl Iterator<Item = (&T, &T)> {
    list.iter().step_by(2).zip(list.iter().skip(1).step_by(2))
}

/// On which side of a hyperplane the box lies; none if its interior is on both. Over a box a linear function is least and
/// largest at corners, and as it is not constant the interior has all values between.
fn side(line: &[BigInt], ends: &[(&BigInt, &BigInt)]) -> Option<bool> {
    let (mut least, mut most) = (BigInt::zero(), BigInt::zero());
    for (v, (lower, upper)) in line.iter().zip(ends) {
        let (lower, upper) = (v * *lower, v * *upper);
        let swap = v.is_negative();
        least += if swap { &upper } else { &lower };
        most += if swap { &lower } else { &upper };
    }
    match (least.is_negative(), most.is_positive()) {
        (false, _) => Some(true),
        (_, false) => Some(false),
        _ => None,
    }
}

/// The two networks have the stated values at the point, which is in the closed box; whether these differ.
pub(super) fn values(
    step: &Values,
    [gamma, theta]: [&Network; 2],
    homogenised: bool,
    activation: &Q,
    domain: Option<&Domain>,
    limits: &Limits,
) -> Result<bool, Stop> {
    let mut point: Vec<Q> = step.point.iter().map(Q::from).collect();
    same(
        "length of the point",
        point.len(),
        gamma.inputs - usize::from(homogenised),
    )?;
    for (k, (x, (lower, upper))) in point.iter().zip(domain.unwrap_or_default()).enumerate() {
        let (lower, upper) = (Q::from(lower), Q::from(upper));
        if *x < lower || *x > upper {
            let box_side = format!("{lower} to {upper}");
            return differ(
                format!("coordinate {k} of the point is outside the box"),
                x,
                box_side,
            );
        }
    }
    if homogenised {
        point.push(Q::one());
    }
    let mut found = Vec::new();
    for (name, network, stated) in [("Γ", gamma, &step.gamma), ("Θ", theta, &step.theta)] {
        let values = evaluate(network, &point, homogenised, activation, limits)?;
        same(format!("values of {name}"), stated.len(), values.len())?;
        for (k, (stated, value)) in stated.iter().zip(&values).enumerate() {
            let reason = format!("output {k} of {name} at the point");
            same(reason, &Q::from(stated), value)?;
        }
        found.push(values);
    }
    Ok(found.first() != found.last())
}

/// Σ s c max(a·t, t), t = ⟨a_i,x⟩. The output bias, last neuron of a homogenised network, has no activation.
fn evaluate(
    network: &Network,
    point: &[Q],
    homogenised: bool,
    activation: &Q,
    limits: &Limits,
) -> Result<Vec<Q>, Stop> {
    let mut sums = vec![Q::zero(); network.outputs];
    for (i, neuron) in network.neurons.iter().enumerate() {
        let products = neuron.a.iter().zip(point).map(|(a, x)| a * x);
        let t = products.fold(Q::zero(), |sum, product| &sum + &product);
        let t = match homogenised && i + 1 == network.neurons.len() {
            true => t,
            false => (&t * activation).max(t),
        };
        let t = &t * &neuron.s;
        for (sum, c) in sums.iter_mut().zip(&neuron.c) {
            *sum = &*sum + &(c * &t);
            limits.check(sum.bits())?;
        }
    }
    Ok(sums)
}

#[cfg(test)]
#[path = "tests/functions.rs"]
mod tests;
