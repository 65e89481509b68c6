//! Networks with biases: homogenised, or as the checker reads them.

use num_rational::BigRational;
use num_traits::{One as _, Zero as _};

use crate::certificate::{StatedNetwork, StatedRational, Surd};

fn number(value: BigRational) -> Surd {
    Surd::from(value)
}

fn is_zero(number: &Surd) -> bool {
    number.rational.is_zero() && number.terms.is_empty()
}

/// A bias of each neuron, and of each output.
fn biases(network: &StatedNetwork) -> (Vec<Surd>, Vec<StatedRational>) {
    let b = (0..network.m).map(|i| network.b.as_ref().and_then(|b| b.get(i)).cloned());
    let e = (0..network.outputs).map(|l| network.e.as_ref().and_then(|e| e.get(l)).cloned());
    let zero = || number(BigRational::zero());
    (
        b.map(|b| b.unwrap_or_else(zero)).collect(),
        e.map(|e| e.unwrap_or_else(|| StatedRational(BigRational::zero())))
            .collect(),
    )
}

/// a_i followed by b_i.
fn lengthened(network: &StatedNetwork) -> Vec<Vec<Surd>> {
    let rows = network.a.iter().zip(biases(network).0);
    rows.map(|(row, b)| row.iter().cloned().chain([b]).collect())
        .collect()
}

/// With biases: a_i followed by b_i, and e as one more neuron, the last.
pub(crate) fn homogenised(biases_are_there: bool, network: &StatedNetwork) -> StatedNetwork {
    if !biases_are_there {
        return network.clone();
    }
    let zeros = (0..network.d).map(|_| number(BigRational::zero()));
    let constant = zeros.chain([number(BigRational::one())]).collect();
    let outer = biases(network)
        .1
        .iter()
        .map(|e| number(e.0.clone()))
        .collect();
    StatedNetwork {
        d: network.d + 1,
        m: network.m + 1,
        a: lengthened(network).into_iter().chain([constant]).collect(),
        b: None,
        c: network.c.iter().cloned().chain([outer]).collect(),
        e: None,
        ..*network
    }
}

/// With biases, 0 where it has none, if there are any in the statement.
pub(super) fn completed(biases_are_there: bool, network: &StatedNetwork) -> StatedNetwork {
    if !biases_are_there {
        return network.clone();
    }
    let (b, e) = biases(network);
    StatedNetwork {
        b: Some(b),
        e: Some(e),
        ..network.clone()
    }
}

/// The neurons that have a slope, a_i followed by b_i, without the output bias; all where there are no biases.
pub(super) fn columns(network: &StatedNetwork) -> StatedNetwork {
    match network.b {
        Some(_) => slopes(&homogenised(true, network)),
        None => network.clone(),
    }
}

/// The neurons of a homogenised network that see another input than the last.
pub(super) fn slopes(network: &StatedNetwork) -> StatedNetwork {
    let rows = network.a.iter().cloned().zip(network.c.iter().cloned());
    let inputs = network.d.saturating_sub(1);
    let rows = rows.filter(|(a, _)| !a.iter().take(inputs).all(is_zero));
    let (a, c): (Vec<_>, Vec<_>) = rows.unzip();
    StatedNetwork {
        m: a.len(),
        a,
        c,
        ..network.clone()
    }
}

/// A homogenised network as one with biases; none if its last neuron is not the constant 1, or an output bias not rational.
pub(super) fn dehomogenised(network: &StatedNetwork) -> Option<StatedNetwork> {
    let (last, rows) = network.a.split_last()?;
    let (outer, c) = network.c.split_last()?;
    let (one, slope) = last.split_last()?;
    if !slope.iter().all(is_zero) || *one != number(BigRational::one()) {
        return None;
    }
    let halves = rows
        .iter()
        .map(|row| row.split_last().map(|(b, a)| (a.to_vec(), b.clone())));
    let halves: Vec<(Vec<Surd>, Surd)> = halves.collect::<Option<_>>()?;
    let (a, b) = halves.into_iter().unzip();
    let constant = |e: &Surd| {
        e.terms
            .is_empty()
            .then(|| StatedRational(e.rational.clone()))
    };
    Some(StatedNetwork {
        d: network.d.checked_sub(1)?,
        m: network.m.checked_sub(1)?,
        outputs: network.outputs,
        a,
        b: Some(b),
        c: c.to_vec(),
        e: Some(outer.iter().map(constant).collect::<Option<_>>()?),
    })
}
