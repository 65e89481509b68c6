//! Rewritings of a network of any depth that do not change its function, each of one layer, checked in linear time.

use std::collections::BTreeMap;
use std::mem;

use relucert_format::Row;

use crate::kernel::budget::Budget;
use crate::kernel::cost;
use crate::kernel::deep::{Deep, Layer, numbers};
use crate::kernel::number::Q;
use crate::kernel::verdict::{Stop, differ, equal, reject};

/// The layer, whose outputs are neurons, and the one that reads them.
fn at(network: &mut Deep, layer: usize) -> Result<[&mut Layer; 2], Stop> {
    let hidden = network.layers.len().saturating_sub(1);
    match network.layers.get_mut(layer..) {
        Some([layer, next, ..]) => Ok([layer, next]),
        _ => differ(
            "there is no such layer of neurons",
            layer,
            format!("an index below {hidden}"),
        ),
    }
}

/// Limb operations to look at every number of the layer and of the one that reads it.
fn look(layer: &Layer, next: &Layer) -> u64 {
    let count = |layer: &Layer| layer.rows.iter().map(|row| row.len() + 1).sum::<usize>();
    cost::times(count(layer) + count(next), cost::ANY)
}

/// Leaves out what is marked.
fn keep<T>(list: &mut Vec<T>, out: &[bool]) {
    let mut out = out.iter();
    list.retain(|_| !out.next().is_some_and(|out| *out));
}

/// Leaves out neurons that are marked: their rows, biases and columns.
fn leave_out(layer: &mut Layer, next: &mut Layer, out: &[bool]) {
    keep(&mut layer.rows, out);
    keep(&mut layer.biases, out);
    for row in &mut next.rows {
        keep(row, out);
    }
}

/// Neurons of a list, increasing and below `count`, as marks; at least one.
fn marks(neurons: impl Iterator<Item = usize>, count: usize) -> Result<Vec<bool>, Stop> {
    let mut marks = vec![false; count];
    let mut least = 0;
    for i in neurons {
        match marks.get_mut(i).filter(|_| i >= least) {
            Some(mark) => *mark = true,
            None => {
                let expected = format!("increasing indices below {count}");
                return differ("neurons that are left out", i, expected);
            }
        }
        least = i + 1;
    }
    match least {
        0 => reject("no neuron is left out"),
        _ => Ok(marks),
    }
}

/// New neuron i is old neuron `order[i]`.
pub(super) fn permute(
    network: &mut Deep,
    layer: usize,
    order: &[usize],
    limits: &Budget,
) -> Result<(), Stop> {
    let [layer, next] = at(network, layer)?;
    limits.charge(look(layer, next))?;
    let count = layer.rows.len();
    equal("length of the order", order.len(), count)?;
    let mut seen = vec![false; count];
    for &i in order {
        match seen.get_mut(i).filter(|seen| !**seen) {
            Some(seen) => *seen = true,
            None => {
                let problem = format!("the order names neuron {i} twice, or there is none");
                return reject(problem);
            }
        }
    }
    reorder(&mut layer.rows, order);
    reorder(&mut layer.biases, order);
    for row in &mut next.rows {
        reorder(row, order);
    }
    Ok(())
}

/// Puts a list in an order that names every place once.
fn reorder<T: Default>(list: &mut Vec<T>, order: &[usize]) {
    let taken = order.iter().filter_map(|i| list.get_mut(*i).map(mem::take));
    *list = taken.collect();
}

/// Row i times factor i, column i divided by it.
pub(super) fn scale(
    network: &mut Deep,
    layer: usize,
    factors: &Row,
    limits: &Budget,
) -> Result<(), Stop> {
    let [layer, next] = at(network, layer)?;
    limits.charge(look(layer, next))?;
    let factors = numbers(factors, layer.rows.len(), limits)?;
    let mut inverses = Vec::with_capacity(factors.len());
    for (i, factor) in factors.iter().enumerate() {
        match factor.inverse().filter(Q::is_positive) {
            Some(inverse) => inverses.push(inverse),
            None => return differ(format!("factor {i}"), factor, "> 0"),
        }
    }
    let rows = layer.rows.iter_mut().zip(&mut layer.biases);
    for ((row, bias), factor) in rows.zip(&factors) {
        for x in row.iter_mut().chain([bias]) {
            times(x, factor, limits)?;
        }
    }
    for row in &mut next.rows {
        for (x, inverse) in row.iter_mut().zip(&inverses) {
            times(x, inverse, limits)?;
        }
    }
    Ok(())
}

/// Multiplies in place.
fn times(x: &mut Q, factor: &Q, limits: &Budget) -> Result<(), Stop> {
    if x.is_zero() || factor.is_one() {
        return Ok(());
    }
    *x = &*x * factor;
    limits.check(x.bits())
}

/// Leaves out neurons that have one value, which goes into the next biases, or that nothing reads.
pub(super) fn drop_neurons(
    network: &mut Deep,
    layer: usize,
    neurons: &[usize],
    limits: &Budget,
) -> Result<(), Stop> {
    let reads_positive = layer > 0;
    let [layer, next] = at(network, layer)?;
    limits.charge(look(layer, next))?;
    let out = marks(neurons.iter().copied(), layer.rows.len())?;
    let rows = layer.rows.iter().zip(&layer.biases).zip(&out).enumerate();
    for (i, ((row, bias), _)) in rows.filter(|(_, (_, out))| **out) {
        let unread = next
            .rows
            .iter()
            .all(|row| row.get(i).is_some_and(Q::is_zero));
        let is_zero = reads_positive && row.iter().chain([bias]).all(|x| !x.is_positive());
        if unread || is_zero {
            continue;
        }
        if let Some(k) = row.iter().position(|x| !x.is_zero()) {
            return differ(
                format!("neuron {i} is read and may not have one value: its weight {k}"),
                row.get(k).cloned().unwrap_or_default(),
                "0",
            );
        }
        if bias.is_positive() {
            for (row, sum) in next.rows.iter().zip(&mut next.biases) {
                if let Some(weight) = row.get(i) {
                    *sum = &*sum + &(weight * bias);
                    limits.check(sum.bits())?;
                }
            }
        }
    }
    leave_out(layer, next, &out);
    Ok(())
}

/// For every pair [i, j] neuron i is λ times neuron j and left out: j takes λ times what is read of it.
pub(super) fn merge(
    network: &mut Deep,
    layer: usize,
    pairs: &[[usize; 2]],
    limits: &Budget,
) -> Result<(), Stop> {
    let [layer, next] = at(network, layer)?;
    limits.charge(look(layer, next))?;
    let out = marks(pairs.iter().map(|[i, _]| *i), layer.rows.len())?;
    // What is added to each column.
    let mut shares: BTreeMap<usize, Vec<(usize, Q)>> = BTreeMap::new();
    for &[i, j] in pairs {
        if out.get(j) != Some(&false) {
            return reject(format!(
                "neuron {i} is merged into {j}, which is left out too, or there is none"
            ));
        }
        let factor = factor(layer, i, j, limits)?;
        shares.entry(j).or_default().push((i, factor));
    }
    for row in &mut next.rows {
        for (j, shares) in &shares {
            let mut sum = row.get(*j).cloned().unwrap_or_default();
            for (i, factor) in shares {
                if let Some(x) = row.get(*i) {
                    sum = &sum + &(x * factor);
                    limits.check(sum.bits())?;
                }
            }
            if let Some(place) = row.get_mut(*j) {
                *place = sum;
            }
        }
    }
    leave_out(layer, next, &out);
    Ok(())
}

/// λ > 0 where row i, with its bias, is λ times row j.
fn factor(layer: &Layer, i: usize, j: usize, limits: &Budget) -> Result<Q, Stop> {
    let row = |i: usize| {
        let row = layer.rows.get(i).into_iter().flatten();
        row.chain(layer.biases.get(i))
    };
    let ratio = |(x, y): (&Q, &Q)| Some(x * &y.inverse()?);
    let factor = row(i).zip(row(j)).find_map(ratio).unwrap_or_default();
    if !factor.is_positive() {
        let reason = format!("neuron {i} is no positive multiple of neuron {j}: factor");
        return differ(reason, factor, "> 0");
    }
    for (k, (x, y)) in row(i).zip(row(j)).enumerate() {
        let multiple = y * &factor;
        limits.check(multiple.bits())?;
        if *x != multiple {
            let reason = format!("neuron {i} is not {factor} times neuron {j}: number {k}");
            return differ(reason, x, multiple);
        }
    }
    Ok(factor)
}

/// Leaves out a layer without neurons, with all before it.
pub(super) fn shorten(network: &mut Deep, layer: usize, limits: &Budget) -> Result<(), Stop> {
    let inputs = network.inputs;
    let [empty, next] = at(network, layer)?;
    equal("neurons of the layer", empty.rows.len(), 0)?;
    limits.charge(cost::times(inputs * next.rows.len(), cost::ANY))?;
    limits.keep(cost::times(inputs * next.rows.len(), 200))?;
    for row in &mut next.rows {
        *row = vec![Q::zero(); inputs];
    }
    network.layers.drain(..=layer);
    Ok(())
}
