//! Networks of any depth as files have them, and whether a statement has the same.

use super::number::Number;
use crate::kernel::budget::Budget;
use crate::kernel::cost;
use crate::kernel::deep::{Deep, Layer};
use crate::kernel::number::Q;
use crate::kernel::verdict::{Locate as _, Stop, differ, equal};

/// An affine map as a file has it: rows of weights, and biases if there are any; rational numbers.
#[derive(Clone, Debug)]
pub(super) struct Affine {
    pub(super) rows: Vec<Vec<Number>>,
    pub(super) biases: Option<Vec<Number>>,
}

/// The layers of a file, first to last, each of which takes what the one before gives.
pub(super) type Layers = Vec<Affine>;

/// Compares layers of a file with a network.
pub(super) fn check(
    layers: &Layers,
    name: &str,
    file: &str,
    stated: &Deep,
    limits: &Budget,
) -> Result<(), Stop> {
    let reason = format!("layers of {name} against {file}");
    equal(reason, stated.layers.len(), layers.len())?;
    for (l, (layer, found)) in stated.layers.iter().zip(layers).enumerate() {
        let shape = [found.rows.len(), found.rows.first().map_or(0, Vec::len)];
        let weight = |i: usize, k: usize| found.rows.get(i)?.get(k);
        check_layer(layer, shape, weight, found.biases.as_deref(), limits)
            .in_part(|| format!("layer {l} of {name} against {file}"))?;
    }
    Ok(())
}

/// Compares a layer, of a file with so many rows and columns; biases that are absent are 0.
pub(super) fn check_layer<'a>(
    layer: &Layer,
    [rows, columns]: [usize; 2],
    weight: impl Fn(usize, usize) -> Option<&'a Number>,
    biases: Option<&'a [Number]>,
    limits: &Budget,
) -> Result<(), Stop> {
    let found = layer.rows.first().map_or(0, Vec::len);
    let shape = |rows: usize, columns: usize| format!("{rows}, {columns}");
    let reason = "rows, columns";
    equal(reason, shape(layer.rows.len(), found), shape(rows, columns))?;
    let zero = Number::zero();
    for (i, (row, bias)) in layer.rows.iter().zip(&layer.biases).enumerate() {
        for (k, found) in row.iter().enumerate() {
            check_number(found, weight(i, k), || format!("weight ({i}, {k})"), limits)?;
        }
        let expected = match biases {
            Some(biases) => biases.get(i),
            None => Some(&zero),
        };
        check_number(bias, expected, || format!("bias {i}"), limits)?;
    }
    Ok(())
}

/// A number with roots is none of a network of any depth.
fn check_number(
    found: &Q,
    expected: Option<&Number>,
    place: impl Fn() -> String,
    limits: &Budget,
) -> Result<(), Stop> {
    limits.charge(2 * cost::ANY + cost::limbs(found.bits()))?;
    let value = expected.and_then(|number| number.value().to_plain());
    match (value, expected) {
        (Some(value), _) if value == found => Ok(()),
        (_, Some(number)) => differ(place(), found, number),
        (_, None) => differ(place(), found, "no number"),
    }
}
