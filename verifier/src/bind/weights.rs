//! A network as a file has it, and whether a statement has the same.

use super::families::FamilyFile;
use super::fault::{Fault, wrong};
use super::layers::{Affine, Layers, check_layer};
use super::number::{self, Number};
use crate::kernel::budget::Budget;
use crate::kernel::cost;
use crate::kernel::deep::Deep;
use crate::kernel::surd::Sum;
use crate::kernel::verdict::{Locate as _, Stop, differ, equal};
use relucert_format::{Shallow, Surd};

/// What a file holds.
#[derive(Clone, Debug)]
pub(super) enum Contents {
    /// A network, and if it has neither biases nor layers, the same as a family that does not depend on k.
    Network(Weights, Option<FamilyFile>),
    /// A network with one layer, or with more than two.
    Layers(Layers),
    /// A family.
    Family(FamilyFile),
}

/// A network as a file has it, with rows of equal length.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    pub(super) a: Vec<Vec<Number>>,
    pub(super) b: Option<Vec<Number>>,
    pub(super) c: Vec<Vec<Number>>,
    pub(super) e: Option<Vec<Number>>,
}

impl Contents {
    /// Of layers, each of which takes what the one before gives.
    pub(super) fn of_layers(layers: Vec<Affine>) -> Contents {
        match <[Affine; 2]>::try_from(layers) {
            Ok([inner, outer]) => Contents::Network(
                Weights {
                    inputs: inner.rows.first().map_or(0, Vec::len),
                    outputs: outer.rows.len(),
                    a: inner.rows,
                    b: inner.biases,
                    c: columns(&outer.rows),
                    e: outer.biases,
                },
                None,
            ),
            Err(layers) => Contents::Layers(layers),
        }
    }
}

/// Turns rows of equal length into columns: c_i is column i of the outer weights.
fn columns(rows: &[Vec<Number>]) -> Vec<Vec<Number>> {
    let column = |k: usize| rows.iter().filter_map(|row| row.get(k).cloned()).collect();
    let width = rows.first().map_or(0, Vec::len);
    (0..width).map(column).collect()
}

impl Weights {
    /// Refuses neurons whose contribution or hyperplane is not rational: the weights on either side must be rational multiples of each
    /// other, and the product of two of both sides rational.
    pub(super) fn contributions_are_rational(&self, limits: &Budget) -> Result<(), Fault> {
        for (i, (a, c)) in self.a.iter().zip(&self.c).enumerate() {
            limits.charge(cost::times(a.len() + c.len(), cost::ANY))?;
            let b = self.b.as_ref().and_then(|b| b.get(i));
            let inner: Vec<&Sum> = a.iter().chain(b).map(Number::value).collect();
            let outer: Vec<&Sum> = c.iter().map(Number::value).collect();
            let rational = |row: &[&Sum]| row.iter().all(|value| value.root_count() == 0);
            if rational(&inner) && rational(&outer) {
                continue;
            }
            let first_inner = number::first_of_multiples(&inner, limits);
            let first_outer = number::first_of_multiples(&outer, limits);
            let place = || format!("neuron {i}");
            let first_inner = first_inner.map_err(|fault| fault.within(place))?;
            let first_outer = first_outer.map_err(|fault| fault.within(place))?;
            if let (Some(x), Some(y)) = (first_inner, first_outer)
                && x.mul(y, limits)?.root_count() > 0
            {
                return wrong(format!("neuron {i}: its contribution is not rational"));
            }
        }
        Ok(())
    }

    pub(super) fn check(
        &self,
        name: &str,
        file: &str,
        stated: &Shallow,
        limits: &Budget,
    ) -> Result<(), Stop> {
        for (part, found, rows) in [("a", &stated.a, &self.a), ("c", &stated.c, &self.c)] {
            let what = format!("{part} of {name} against {file}");
            equal(format!("rows of {what}"), found.len(), rows.len())?;
            for (i, (found, row)) in found.iter().zip(rows).enumerate() {
                check_row(&format!("row {i} of {what}"), found, row, limits)?;
            }
        }
        // An absent bias is 0.
        let zero = Surd::from(num_rational::BigRational::from_integer(0.into()));
        let stated_e = stated
            .e
            .as_ref()
            .map(|e| e.iter().map(|e| Surd::from(e.0.clone())).collect());
        for (part, found, row, count) in [
            ("b", stated.b.clone(), &self.b, stated.m),
            ("e", stated_e, &self.e, stated.outputs),
        ] {
            let what = format!("{part} of {name} against {file}");
            let found: Vec<Surd> = found.unwrap_or_else(|| vec![zero.clone(); count]);
            let row = row.clone().unwrap_or_else(|| vec![Number::zero(); count]);
            check_row(&what, &found, &row, limits)?;
        }
        let what = format!("inputs, outputs of {name} against {file}");
        let shape = |d: usize, outputs: usize| format!("{d}, {outputs}");
        equal(
            what,
            shape(stated.d, stated.outputs),
            shape(self.inputs, self.outputs),
        )
    }
}

impl Weights {
    /// Compares with a network of any depth, which must have two layers.
    pub(super) fn check_deep(
        &self,
        name: &str,
        file: &str,
        stated: &Deep,
        limits: &Budget,
    ) -> Result<(), Stop> {
        let [inner, outer] = stated.layers.as_slice() else {
            let reason = format!("layers of {name} against {file}");
            return differ(reason, stated.layers.len(), 2);
        };
        let Weights { a, b, c, e, .. } = self;
        let (d, m, outputs) = (self.inputs, a.len(), self.outputs);
        let weight = |i: usize, k: usize| a.get(i)?.get(k);
        check_layer(inner, [m, d], weight, b.as_deref(), limits)
            .in_part(|| format!("layer 0 of {name} against {file}"))?;
        // c_i is column i of the outer weights.
        let weight = |k: usize, i: usize| c.get(i)?.get(k);
        check_layer(outer, [outputs, m], weight, e.as_deref(), limits)
            .in_part(|| format!("layer 1 of {name} against {file}"))
    }
}

fn check_row(what: &str, found: &[Surd], file: &[Number], limits: &Budget) -> Result<(), Stop> {
    equal(format!("length of {what}"), found.len(), file.len())?;
    for (k, (found, number)) in found.iter().zip(file).enumerate() {
        let same = Sum::stated(found, limits)?.compare(number.value(), limits);
        if same.in_part(|| what.to_owned())?.is_ne() {
            return differ(format!("entry {k} of {what}"), found, number);
        }
    }
    Ok(())
}
